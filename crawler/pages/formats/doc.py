"""DOC and WPS, the format of Word 97: the text of its pieces, in the order of the paper."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

import olefile

from crawler.pages.formats import Piece, Unreadable
from monitor.model import FileState

_WORD_97 = 0xA5EC
#: places in the first block of WordDocument (MS-DOC 2.5): flags; where the table of pieces stands
#: and how long it is
_FLAGS, _PIECES = 0x0A, 0x01A2
_ENCRYPTED, _OTHER_TABLE = 0x0100, 0x0200
_ONE_BYTE = 0x40000000  # in a piece's place: a byte a character, and the place counts twice
_MOST_TABLE = 20 * 2**20
#: what a field is made of stands between \x13 and \x14, what it shows between \x14 and \x15
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14?")
#: ends of paragraphs, pages and columns, and of a row: its own mark behind that of its last cell
_ENDS = re.compile("[\r\x0c\x0e]|\x07\x07")
_CELL_END = "\x07"
#: stand for a picture, and for what is drawn over the text
_PICTURES = ("\x01", "\x08")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


def read(body: bytes) -> Iterator[Piece]:
    """Yield the paragraphs of a Word 97 file; a row of a table is one."""
    text = _text_of(body)
    if any(mark in text for mark in _PICTURES):
        yield Piece(where="图片", unread=True)
    number = 0
    for paragraph in _ENDS.split(_FIELD_CODE.sub("", text).replace("\x0b", "\r")):
        shown = _CONTROL.sub("", paragraph.replace(_CELL_END, "\t")).rstrip()
        if shown.strip():
            number += 1
            yield Piece(where=f"第{number}段", text=shown)


def _text_of(body: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as parts:
            main = _stream(parts, "WordDocument")
            sign, flags = struct.unpack_from("<H", main)[0], _at(main, _FLAGS, "<H")
            if sign != _WORD_97:
                raise Unreadable(FileState.UNREADABLE)
            if flags & _ENCRYPTED:
                raise Unreadable(FileState.ENCRYPTED)
            table = _stream(parts, "1Table" if flags & _OTHER_TABLE else "0Table")
        start, size = _at(main, _PIECES, "<I"), _at(main, _PIECES + 4, "<I")
        # headers, notes and text boxes stand behind the main text, in the same pieces
        return "".join(_pieces(main, table[start : start + size]))
    except (OSError, struct.error, LookupError, ValueError) as why:
        raise Unreadable(FileState.DAMAGED) from why


def _stream(parts: olefile.OleFileIO, name: str) -> bytes:
    stream: bytes = parts.openstream(name).read(_MOST_TABLE)
    return stream


def _pieces(main: bytes, table: bytes) -> Iterator[str]:
    """Walk the table of pieces: first what is changed (passed over), then where each piece is."""
    place = 0
    while table[place] == 1:
        place += 3 + _at(table, place + 1, "<H")
    if table[place] != 2:
        raise ValueError("no table of pieces")
    count = (_at(table, place + 1, "<I") - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table, place + 5)
    found = place + 5 + 4 * (count + 1)
    for number in range(count):
        characters = ends[number + 1] - ends[number]
        start = _at(table, found + 8 * number + 2, "<I")
        if start & _ONE_BYTE:
            start = (start & ~_ONE_BYTE) // 2
            yield main[start : start + characters].decode("cp1252", "replace")
        else:
            yield main[start : start + 2 * characters].decode("utf-16-le", "replace")


def _at(block: bytes, place: int, form: str) -> int:
    number: int = struct.unpack_from(form, block, place)[0]
    return number
