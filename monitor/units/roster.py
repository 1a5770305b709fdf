"""单位清单: the sheet of units a clerk keeps → :class:`Unit` records.

In: the path of the sheet and the columns of the catalog. Out: the units and the remarks to show
back; any mistake refuses the whole sheet, and all are told at once with row and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from monitor.cells import read_mail, read_yes_no
from monitor.model import Column, Person, Trait, Unit, UnitType
from monitor.sheets import Row, read_table
from monitor.textform import normal_form
from monitor.units.headers import (
    ENTRANCE,
    HEADERS,
    OTHER_NAMES,
    PEOPLE,
    REQUIRED,
    TRAIT_HEADERS,
    TYPE_CHOICES,
    TYPE_WORDS,
)
from monitor.units.reading import Reading, Remarks
from monitor.wording import Refusal, Slip

_CODE = re.compile(r"[\w.-]{1,40}")


def read_units(path: Path, columns: Mapping[str, Column]) -> tuple[tuple[Unit, ...], Remarks]:
    """Read the 单位清单; ``columns`` (of the catalog) give ``栏目：<名称>`` headers a meaning."""
    table = read_table(path, known=HEADERS, required=REQUIRED, other_names=OTHER_NAMES)
    sheet = Reading(table)
    entrances = _entrance_headers(sheet, columns)
    units = []
    above = ""
    for row in sheet.rows:
        above = _type_words(sheet, row, above)
        units.append(_unit(sheet, row, _types(sheet, row, above), entrances))
    _refuse_repeats(sheet, units)
    return sheet.done(Refusal.UNITS, _with_parents(sheet, units))


def _entrance_headers(sheet: Reading, columns: Mapping[str, Column]) -> dict[str, str]:
    """Header → column id for every ``栏目：<名称>``; other unknown headers are remarked on."""
    by_name = columns_by_name(columns.values())
    found: dict[str, str] = {}
    head = Row(path=sheet.table.path, number=sheet.table.header_row, cells={})
    for header in sheet.table.headers:
        if not header.startswith(ENTRANCE):
            if header not in HEADERS:
                sheet.note_header(Slip.EXTRA_COLUMN, name=header)
            continue
        name = header.removeprefix(ENTRANCE)
        ids = [name] if name in columns else by_name.get(normal_form(name), [])
        if len(ids) == 1:
            found[header] = ids[0]
        elif ids:
            first, second = (columns[column].name for column in ids[:2])
            slip = Slip.AMBIGUOUS_COLUMN
            sheet.wrong(head, header, slip, given=name, first=first, second=second)
        else:
            known = [name for one in columns.values() for name in (one.name, *one.aliases)]
            slips = (Slip.NO_SUCH_COLUMN, Slip.NO_SUCH_COLUMN_NEAR)
            sheet.unknown(head, header, slips, name, known)
    return found


def columns_by_name(columns: Iterable[Column]) -> dict[str, list[str]]:
    """Column ids by the normal form of name and aliases; a name goes before another's alias."""
    names: dict[str, list[str]] = {}
    aliases: dict[str, list[str]] = {}
    for column in columns:
        names.setdefault(normal_form(column.name), []).append(column.id)
        for alias in {normal_form(alias) for alias in column.aliases}:
            aliases.setdefault(alias, []).append(column.id)
    return aliases | names


def _unit(
    sheet: Reading, row: Row, types: frozenset[UnitType], entrances: Mapping[str, str]
) -> Unit:
    code = sheet.text(row, "单位编码", needed=True)
    if code and not _CODE.fullmatch(code):
        sheet.wrong(row, "单位编码", Slip.BAD_UNIT_CODE, given=code)
    people = {
        role: Person(
            name=sheet.text(row, name),
            phone=sheet.text(row, phone),
            mail=sheet.cell(row, mail, read_mail, ""),
        )
        for role, (name, phone, mail) in PEOPLE.items()
    }
    traits = {
        trait: sheet.cell(row, name, _trait_reader(trait), None)
        for name, trait in TRAIT_HEADERS.items()
    }
    unit = Unit(
        code=code,
        name=sheet.text(row, "单位名称", needed=True),
        short_name=sheet.text(row, "简称"),
        types=types,
        parent=sheet.text(row, "主管单位"),
        traits={trait: value for trait, value in traits.items() if value is not None},
        home=sheet.address(row, "网站首页"),
        entrances={
            column: address
            for header, column in entrances.items()
            if (address := sheet.address(row, header))
        },
        disclosure_home=sheet.address(row, "信息公开栏目地址"),
        contact=people["contact"],
        responsible=people["responsible"],
        reviewer=people["reviewer"],
        publisher=people["publisher"],
        section=sheet.text(row, "责任科室"),
        active=sheet.cell(row, "启用", _active, True),
        note=sheet.text(row, "备注"),
    )
    if unit.active and "网站首页" in sheet.table.headers and not row.text("网站首页"):
        sheet.note(row, "网站首页", Slip.NO_SITE)
    if unit.active and "邮箱" in sheet.table.headers and not row.text("邮箱"):
        sheet.note(row, "邮箱", Slip.NO_MAIL)
    return unit


def _trait_reader(trait: Trait) -> Callable[[str], bool | None]:
    if trait is Trait.PRIVATE:
        return lambda text: read_yes_no(text, yes=("民办", "私立"), no=("公办", "公立"))
    return read_yes_no


def _active(text: str) -> bool:
    return read_yes_no(text, yes=("启用",), no=("停用", "撤销", "已撤销")) is not False


def _type_words(sheet: Reading, row: Row, above: str) -> str:
    """The cell 单位类别; when blank the words above it, as merged cells come out of Word."""
    words = sheet.text(row, "单位类别", needed=not above)
    if words or not above:
        return words
    sheet.note(row, "单位类别", Slip.CARRIED_DOWN, given=above)
    return above


def _types(sheet: Reading, row: Row, text: str) -> frozenset[UnitType]:
    types: frozenset[UnitType] = frozenset()
    for word in filter(None, re.split(r"[、,，;；/+和与 ]+", text)):
        if word not in TYPE_WORDS:
            slips = (Slip.NO_SUCH_WORD, Slip.NO_SUCH_WORD_NEAR)
            sheet.unknown(row, "单位类别", slips, word, TYPE_CHOICES)
        types |= TYPE_WORDS.get(word, frozenset())
    return types


def _refuse_repeats(sheet: Reading, units: Sequence[Unit]) -> None:
    """Codes and names must differ, whatever their width and case; both rows are named."""
    rules = (
        ("单位编码", Slip.DUPLICATE_CODE, [normal_form(unit.code).casefold() for unit in units]),
        ("单位名称", Slip.DUPLICATE_NAME, [normal_form(unit.name).casefold() for unit in units]),
    )
    for name, slip, forms in rules:
        first: dict[str, int] = {}
        for row, form in zip(sheet.rows, forms, strict=True):
            if form and form in first:
                sheet.wrong(row, name, slip, given=row.text(name), first=first[form])
            first.setdefault(form, row.number)


def _with_parents(sheet: Reading, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Turn 主管单位 into a code of the same sheet; nobody may be above itself."""
    codes = {normal_form(unit.name): unit.code for unit in units}
    codes |= {normal_form(unit.code): unit.code for unit in units}
    parents = {unit.code: codes.get(normal_form(unit.parent), "") for unit in units}
    for row, unit in zip(sheet.rows, units, strict=True):
        if not unit.parent:
            continue
        if not parents[unit.code]:
            sheet.wrong(row, "主管单位", Slip.NO_PARENT, given=unit.parent)
        elif (way := _upwards(unit.code, parents))[-1] == unit.code:
            sheet.wrong(row, "主管单位", Slip.CYCLE, chain=" → ".join(way))
    return tuple(replace(unit, parent=parents[unit.code]) for unit in units)


def _upwards(code: str, parents: Mapping[str, str]) -> list[str]:
    """The units above ``code``, until there is none or one comes again."""
    way = [code]
    while (above := parents.get(way[-1], "")) and above not in way[1:]:
        way.append(above)
    return way
