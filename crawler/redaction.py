"""遮盖: a page as it is stored, without the numbers of persons that stand on it. Pure.

In the bytes, so that all else stays as it was sent. A word processor may part a number by markup,
and write its digits as references or full-width: what a reader sees as one number is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from monitor.model import Personal
from monitor.personal import CARD_WORDS, ID_WORDS, mask, numbers

#: so many digits, blanks and hyphens aside: many times faster than a pattern, and it may be wrong
_ROW_OF_DIGITS: Final = b"0" * 14
_DIGITS_ALIKE: Final = bytes.maketrans(b"123456789", b"0" * 9)
_ENCODINGS: Final = ("utf-8", "gb18030")
#: where these stand a number may be parted by markup
_PARTED: Final = tuple(
    word.encode(encoding) for word in ("身份证", "卡号") for encoding in _ENCODINGS
)
_NAMES: Final = tuple("姓名".encode(encoding) for encoding in _ENCODINGS)
_OFFICE: Final = tuple(
    word.encode(encoding)
    for word in ("职务", "科室", "岗位", "部门", "督学")
    for encoding in _ENCODINGS
)
_IDS: Final = tuple((w, w.encode(e)) for w in ID_WORDS for e in _ENCODINGS)
_CARDS: Final = tuple((w, w.encode(e)) for w in CARD_WORDS for e in _ENCODINGS)
_INLINE: Final = rb"</?(?:span|font|b|i|u|em|strong|a|o:p|st1:\w+|ins|wbr)\b[^<>]*>"
_PART: Final = rb"(?:%b|[ \t\r\n-]|&nbsp;|&#160;)*" % _INLINE
_ANY_TAG: Final = re.compile(rb"<[^<>]*>")
_INLINE_TAG: Final = re.compile(_INLINE, re.IGNORECASE)
_DIGIT_REFERENCE: Final = re.compile(rb"&#(?:0*(4[89]|5[0-7])|x0*(3\d));?", re.IGNORECASE)
_WIDE_DIGIT: Final = re.compile(rb"\xef\xbc[\x90-\x99]|\xa3[\xb0-\xb9]")
_TOKEN: Final = re.compile(
    rb"<[^<>]*>|&nbsp;|&#160;|(?P<digit>&#(?:0*(?:4[89]|5[0-7])|x0*3\d);?"
    rb"|\xef\xbc[\x90-\x99]|\xa3[\xb0-\xb9]|[\dXx])|(?s:.)",
    re.IGNORECASE,
)
#: a cell with nothing but a mobile number in it; of so many a table is a list of persons
_MOBILE_CELL: Final = re.compile(
    rb"(<t[dh]\b[^<>]*>(?:\s|<[^<>/]*>|&nbsp;)*1[3-9]\d)(\d{4})(\d{4}(?:\s|</[^<>t][^<>]*>|&nbsp;)*</t)",
    re.IGNORECASE,
)
_SOME: Final = 3
#: columns of such a list that hold where persons live and when they were born
_AT_HOME: Final = tuple(
    word.encode(encoding)
    for word in ("住址", "家庭地址", "户籍", "出生日期", "出生年月日")
    for encoding in _ENCODINGS
)
_TABLE: Final = re.compile(rb"<table\b.*?</table", re.IGNORECASE | re.DOTALL)
_ROW: Final = re.compile(rb"<tr\b", re.IGNORECASE)
_CELL: Final = re.compile(rb"(<t[dh]\b[^<>]*>)(.*?)(?=</t[dh])", re.IGNORECASE | re.DOTALL)
_WORDS: Final = re.compile(rb"(?:^|(?<=>))[^<>]*[^<>\s][^<>]*")


def redacted(body: bytes) -> bytes:
    """The bytes of a page with the middle of what is a person's number starred out.

    >>> redacted("身份证<td>36042619910101<b>0071</b></td>".encode()).endswith(
    ...     b"<td>3604**********<b>0071</b></td>")
    True
    """
    has_digits = _ROW_OF_DIGITS in body.translate(_DIGITS_ALIKE, b" -")
    if has_digits or any(word in body for word in _PARTED):
        body = _without_numbers(body)
    is_list = any(word in body for word in _NAMES) and not any(word in body for word in _OFFICE)
    if is_list and len(_MOBILE_CELL.findall(body)) >= _SOME:
        body = _MOBILE_CELL.sub(rb"\1****\3", body)
    if is_list and any(word in body for word in _AT_HOME):
        body = _TABLE.sub(lambda table: _without_homes(table[0]), body)
    return body


def _without_homes(table: bytes) -> bytes:
    """A table with the cells starred out that stand under a header of homes or birth days."""
    first, *rows = _ROW.split(table)
    hidden: set[int] = set()
    kept = [first]
    for row in rows:
        cells = [cell[2] for cell in _CELL.finditer(row)]
        told = {n for n, cell in enumerate(cells) if any(word in cell for word in _AT_HOME)}
        kept.append(row if told or not hidden else _without_cells(row, hidden))
        hidden = told or hidden
    return b"<tr".join(kept)


def _without_cells(row: bytes, hidden: set[int]) -> bytes:
    numbers_of_cells = count()

    def starred(cell: re.Match[bytes]) -> bytes:
        if next(numbers_of_cells) not in hidden:
            return cell[0]
        return cell[1] + _WORDS.sub(b"****", cell[2])

    return _CELL.sub(starred, row)


def _without_numbers(body: bytes) -> bytes:
    said = "".join(word for word, written in (*_IDS, *_CARDS) if written in body)
    found = dict(_numbers(body, said))
    for value, kind in found.items():
        shape = re.compile(rb"(?<!\d)%b(?!\d)" % _PART.join(map(_written, value)), re.IGNORECASE)
        stars = mask(kind, value)
        body = shape.sub(lambda match, stars=stars: _starred(match[0], stars), body)  # type: ignore[misc]
    return body


def _numbers(body: bytes, said: str) -> Iterator[tuple[str, Personal]]:
    """The numbers of a page: as they stand in it, and as its reader sees them."""
    plain = _DIGIT_REFERENCE.sub(_plain_reference, _INLINE_TAG.sub(b"", body))
    plain = _WIDE_DIGIT.sub(lambda match: bytes([match[0][-1] % 0x10 + 0x30]), plain)
    for text in (body, _ANY_TAG.sub(b"\n", plain)):
        for one in numbers(text.decode("latin-1"), said):
            yield one.value, one.kind


def _plain_reference(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1]) if match[1] else int(match[2], 16)])


def _written(digit: str) -> bytes:
    """The ways in which one character of a number may stand in a page."""
    if digit == "X":
        return rb"(?:X|&#(?:88|120|x58|x78);?|\xef\xbc\xb8|\xa3\xd8)"
    number = int(digit)
    return rb"(?:%d|&#(?:0*%d|x0*%x);?|\xef\xbc%b|\xa3%b)" % (
        number,
        48 + number,
        48 + number,
        re.escape(bytes([0x90 + number])),
        re.escape(bytes([0xB0 + number])),
    )


def _starred(written: bytes, stars: str) -> bytes:
    """A number with its markup, digit by digit as ``stars`` shows it."""
    shown = iter(stars)
    return b"".join(
        token[0] if token["digit"] is None or next(shown, "") != "*" else b"*"
        for token in _TOKEN.finditer(written)
    )
