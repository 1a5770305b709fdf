"""泄露的个人信息: what an opened entry and its files tell of persons, found and starred out. Pure.

An identity number is one wherever it stands; so is a bank card that its column or its label calls
one. Phones, birth dates and homes are what tables of persons hold under such a header: the phones
of an office, of who answers for it, and of lines like 联系电话 are there to be read.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import unquote

from monitor.model import Document, Exposed, Extract, Personal
from monitor.personal import (
    CARD_WORDS,
    Number,
    is_card,
    is_old_id_number,
    mask,
    masked,
    mobiles,
    numbers,
    plain_digits,
)

#: without a digit in a row of so many, and without a header of homes, nothing is looked for
_WORTH: Final = re.compile(r"\d[\d \u3000./-]{6}|[\d年]\d{1,2}月\d|住址|家庭地址|户籍")
_MOST: Final = 1000  # of one document
#: rows from the top of a table in which its header is looked for
_HEADER_ROWS: Final = 4
_MARK_LETTERS: Final = 16
_COLUMNS: Final = (
    (Personal.ID_NUMBER, re.compile(r"身份证|证件号|公民身份")),
    (Personal.BANK_CARD, re.compile(r"卡号|[账帐][号户]|银行|一卡通|存折|社保卡")),
    (Personal.MOBILE, re.compile(r"电话|手机|联系方式|联络方式")),
    (Personal.BIRTH_DATE, re.compile(r"出生|生日")),
    (Personal.ADDRESS, re.compile(r"住址|家庭地址|家庭详细地址|户籍|户口|现居住|居住地")),
)
#: who a list may name: the table is one of persons
_NAMED: Final = re.compile(
    r"(?<!校长)(?<!园长)(?<!负责人)(?<!督学)(?<!联系人)(?<!法人)(?<!代表人)姓名"
    r"|^(?:学生|幼儿|考生|家长|监护人|申请人|受助人|受益人|户主|儿童|教师)(?:名单)?$"
)
#: an office tells who is in charge and how to reach them: 政府信息公开条例第二十条
_OF_AN_OFFICE: Final = re.compile(
    r"职务|岗位|职责|分工|科室|处室|部门|值班|督学|接待|办公|负责人|校长|书记|传真|窗口|服务"
)
_CONTACT: Final = re.compile(
    r"(?:联系|咨询|举报|监督|受理|投诉|服务|值班|报名|招生|办公|热线|校长|传真|负责)"
    r"[^\d\n]{0,12}$"
)
#: whose account it is, where it is no person's
_ORGANISATION: Final = re.compile(
    r"(?:户名|账户名称|帐户名称|单位名称|收款单位|开户单位|收款人)[：:\s]*[^\s，,；;。]{2,30}?"
    r"(?:学校|小学|中学|幼儿园|学院|大学|中心|教育局|财政局|局|公司|专户|委员会|协会|基金会|处|院)"
)
_BEFORE_A_CARD: Final = 24
_WHOLE_DAY: Final = re.compile(
    r"(?:19|20)\d\d(?:[-./年]\d{1,2}[-./月]\d{1,2}日?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
_ROW_OF_TABLE: Final = re.compile(r"^(表\d+)第(\d+)行$")
_FRACTION: Final = re.compile(r"\.0$")  # of a number that a sheet keeps as one
_SHORTEST_HOME: Final = 6
_ID_LENGTH: Final = 18
#: registers number what they hold by place, day and turn: one in eleven looks like a newborn's
_YOUNGEST: Final = 3  # years


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: Personal
    value: str  # as it is compared
    written: str  # as it stands there
    where: str


def looked_through(document: Document, key: bytes, on: date) -> Document:
    """The document with what it tells of persons in the night ``on``, and its words without it.

    What it carries from the nights before stays: the reading could not open everything (see
    ``details.document``).
    """
    if not document.extracts:
        return document
    hits = tuple(_distinct(_hits(document, on)))
    found = tuple(
        Exposed(
            kind=hit.kind,
            masked=mask(hit.kind, hit.written),
            where=hit.where,
            mark=hmac.new(key, f"{hit.kind.name}:{hit.value}".encode(), hashlib.sha256).hexdigest()[
                :_MARK_LETTERS
            ],
        )
        for hit in hits[:_MOST]
    )
    seen = {one.mark for one in found}
    carried = tuple(one for one in document.exposed if one.mark not in seen)
    stars = {hit.written: mask(hit.kind, hit.written) for hit in hits}
    return replace(
        document,
        exposed=(*found, *carried),
        extracts=tuple(_starred(one, stars) for one in document.extracts),
    )


def _starred(extract: Extract, stars: Mapping[str, str]) -> Extract:
    text = extract.text
    for written, hidden in stars.items():
        if written in text:
            text = text.replace(written, hidden)
    return replace(extract, text=text)


def _distinct(hits: Iterable[_Hit]) -> Iterator[_Hit]:
    """Each number once, however often its page repeats it: the best place first told wins."""
    known: dict[tuple[Personal, str], _Hit] = {}
    for hit in hits:
        known.setdefault((hit.kind, hit.value), hit)
    yield from known.values()


def _hits(document: Document, on: date) -> Iterator[_Hit]:
    for name in _names(document):
        yield from (
            _hit(one, name, "标题或文件名") for one in numbers(name) if not _is_newborn(one, on)
        )
    for lines in _tables(document.extracts):
        yield from _in_table(lines)
    for extract in document.extracts:
        if _WORTH.search(extract.text):
            yield from _in_text(extract, on)


def _names(document: Document) -> Iterator[str]:
    yield document.title
    for address in (document.url, *(file.url for file in document.attachments)):
        yield unquote(address)
    yield from (file.name for file in document.attachments)


# --- tables ----------------------------------------------------------------------------


def _tables(extracts: Sequence[Extract]) -> Iterator[list[Extract]]:
    """The rows of each table, one table after the other."""
    rows: list[Extract] = []
    table = ("", "")
    for extract in extracts:
        if "\t" not in extract.text:
            continue
        if (now := (extract.file, _table_of(extract))) != table and rows:
            yield rows
            rows = []
        table = now
        rows.append(extract)
    if rows:
        yield rows


def _table_of(extract: Extract) -> str:
    found = _ROW_OF_TABLE.match(extract.where)
    return found[1] if found else extract.where


def _in_table(rows: Sequence[Extract]) -> Iterator[_Hit]:
    columns: dict[int, Personal] = {}
    is_of_persons = is_of_office = False
    for number, row in enumerate(rows):
        cells = [cell.strip() for cell in row.text.split("\t")]
        if number < _HEADER_ROWS or not columns:
            told = _header(cells)
            if told:
                columns = told
                is_of_persons = any(map(_NAMED.search, map(_bare, cells)))
                is_of_office = any(map(_OF_AN_OFFICE.search, cells))
                continue
        if columns:
            for column, kind in columns.items():
                if column < len(cells) and cells[column]:
                    yield from _in_cell(
                        kind, cells[column], _place(row, column), is_of_persons, is_of_office
                    )


def _header(cells: Sequence[str]) -> dict[int, Personal]:
    """Which columns hold what, where a row is a header: no cell of it holds a number."""
    if len(cells) < 2 or any(len(cell) > 40 or re.search(r"\d{6}", cell) for cell in cells):
        return {}
    return {
        column: kind
        for column, cell in enumerate(map(_bare, cells))
        if (kind := next((kind for kind, said in _COLUMNS if said.search(cell)), None))
    }


def _bare(cell: str) -> str:
    return "".join(cell.split())


def _in_cell(
    kind: Personal, cell: str, where: str, is_of_persons: bool, is_of_office: bool
) -> Iterator[_Hit]:
    """What a cell holds under a header of that kind."""
    written = _FRACTION.sub("", cell)
    match kind:
        case Personal.ID_NUMBER:
            digits = plain_digits(written)
            if len(digits) == 15 and digits.isdecimal() and is_old_id_number(digits):
                yield _Hit(kind, digits, written, where)
            else:
                yield from (
                    _hit(one, written, where)
                    for one in numbers(written, "")
                    if one.kind is Personal.ID_NUMBER
                )
        case Personal.BANK_CARD:
            digits = plain_digits(written)
            if is_of_persons and 16 <= len(digits) <= 19 and digits.isdecimal() and is_card(digits):
                yield _Hit(kind, digits, written, where)
        case Personal.MOBILE:
            if is_of_persons and not is_of_office:
                yield from (_hit(one, written, where) for one in mobiles(written))
        case Personal.BIRTH_DATE:
            # the year and month of who is to be appointed must be told
            if is_of_persons and not is_of_office and (found := _WHOLE_DAY.search(written)):
                yield _Hit(kind, found[0], found[0], where)
        case Personal.ADDRESS:
            is_home = len(written) >= _SHORTEST_HOME and "*" not in written
            if is_home and is_of_persons and not is_of_office:
                yield _Hit(kind, written, written, where)


def _place(row: Extract, column: int) -> str:
    """Where a cell stands: 名单.xlsx 学生 第3行C列."""
    found = _ROW_OF_TABLE.match(row.where)
    table, number = (found[1], found[2]) if found else (row.where, str(row.row))
    named = " ".join(filter(None, (masked(row.file), table)))
    return f"{named} 第{number}行{_letters(column)}列"


def _letters(column: int) -> str:
    """A column by its letters: 0 is A, 27 is AB."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


# --- words -----------------------------------------------------------------------------


def _in_text(extract: Extract, on: date) -> Iterator[_Hit]:
    """Numbers in prose and in the lines of a file that keeps no cells."""
    where = " ".join(filter(None, (masked(extract.file), extract.where))) or "正文"
    if extract.row:
        where = f"{where} 第{extract.row}行"
    yield from (
        _hit(one, extract.text, where)
        for one in numbers(extract.text)
        if one.kind is Personal.ID_NUMBER
        and len(one.value) == _ID_LENGTH  # the old ones are believed of a column alone
        and not _is_newborn(one, on)
    )
    columns: set[Personal] = set()
    is_of_office = False
    before = ""
    for line in extract.text.splitlines():
        if _NAMED.search(line) and "\t" not in line:
            columns = {kind for kind, said in _COLUMNS if said.search(line)}
            is_of_office = bool(_OF_AN_OFFICE.search(line))
        yield from _cards(line, before, where, is_listed=Personal.BANK_CARD in columns)
        if "\t" not in line:
            names_one = any(one.kind is Personal.ID_NUMBER for one in numbers(line))
            if names_one or (Personal.MOBILE in columns and not is_of_office):
                yield from _phones(line, where)
        before = line


def _cards(line: str, before: str, where: str, *, is_listed: bool) -> Iterator[_Hit]:
    """Bank cards that a label beside them, or the header of their list, calls so."""
    for one in numbers(line, CARD_WORDS[0]):
        if one.kind is not Personal.BANK_CARD or _ORGANISATION.search(f"{before}\n{line}"):
            continue
        label = line[max(0, one.start - _BEFORE_A_CARD) : one.start]
        is_labelled = any(word in label for word in CARD_WORDS) and one.value.startswith("62")
        if is_listed or is_labelled:
            yield _hit(one, line, where)


def _phones(line: str, where: str) -> Iterator[_Hit]:
    for one in mobiles(line):
        if not _CONTACT.search(line[: one.start]):
            yield _hit(one, line, where)


def _hit(one: Number, text: str, where: str) -> _Hit:
    return _Hit(one.kind, one.value, text[one.start : one.end], where)


def _is_newborn(one: Number, on: date) -> bool:
    """Whether nothing but a column's header could make an identity number of it."""
    return (
        one.kind is Personal.ID_NUMBER
        and len(one.value) == _ID_LENGTH
        and int(one.value[6:10]) > on.year - _YOUNGEST
    )
