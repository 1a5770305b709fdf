"""一行: one sealed line of JSON; a flipped byte or a torn end shows.

A line is ``{"v":1,"kind":…,"crc":"8 hex",…}``; the crc is the CRC-32 of the same line without its
crc.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from monitor.wording import Trouble

VERSION: Final = 1

#: what a line holds; only this package reads or writes such a mapping
Json = dict[str, Any]
Record = TypeVar("Record")

_LINE = re.compile(
    rb'\{"v":(?P<v>\d{1,9}),"kind":"(?P<kind>[a-z]+)"(?P<crc>,"crc":"[0-9a-f]{8}")'
    rb'(?:,"target":(?P<target>"(?:[^"\\]|\\.)*"))?'
)
_CRC_DIGITS = slice(8, 16)
#: made once: ``json.dumps`` makes an encoder for every line
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class Line:
    """One line that was checked; ``kind`` is also ``damaged`` or ``torn``."""

    number: int
    kind: str
    text: bytes = b""
    target: str = ""

    def read(self, decode: Callable[[Json], Record], path: Path) -> Record:
        try:
            return decode(json.loads(self.text))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Trouble.SCAN_UNREADABLE.error(
                path=path, line=self.number, details=(repr(error),)
            ) from error


def lines(path: Path) -> Iterator[Line]:
    """The lines of a file, checked; a line of a newer program is refused."""
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            line = checked(text, number)
            if line.kind == "newer":
                raise Trouble.LINES_TOO_NEW.error(path=path, version=line.target, known=VERSION)
            yield line


def checked(text: bytes, number: int) -> Line:
    """What the bytes of one line are worth."""
    if not text.endswith(b"\n"):
        return Line(number, "torn")
    shape = _LINE.match(text)
    if shape is None:
        return Line(number, "damaged")
    start, end = shape.span("crc")
    crc = zlib.crc32(text[end:-1], zlib.crc32(text[:start]))
    if shape["crc"][_CRC_DIGITS] != b"%08x" % crc:
        return Line(number, "damaged")
    if int(shape["v"]) != VERSION:
        return Line(number, "newer", target=shape["v"].decode())
    target = json.loads(shape["target"]) if shape["target"] else ""
    return Line(number, shape["kind"].decode(), text, target)


def sealed(kind: str, body: Json) -> bytes:
    """The line of a record."""
    text = _written({"v": VERSION, "kind": kind, **body})
    rest = text.encode("utf-8", "replace")  # a page may hold half a surrogate pair; UTF-8 cannot
    head = len(f'{{"v":{VERSION},"kind":"{kind}"')
    return b'%b,"crc":"%08x"%b\n' % (rest[:head], zlib.crc32(rest), rest[head:])
