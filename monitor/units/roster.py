"""单位清单: the sheet of units a clerk keeps → :class:`Unit` records, and back.

In: the path of the sheet and the columns of the catalog. Out: the units and the remarks to show
back; any mistake refuses the whole sheet, and all are told at once with row and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from monitor.cells import read_mail, read_yes_no
from monitor.model import Column, Person, Trait, Unit, UnitType
from monitor.sheets import Row, read_table
from monitor.textform import normal_form
from monitor.units.reading import Reading, Remarks
from monitor.wording import Refusal, Slip

#: what the sheet says → the types of a unit; the first word of each set is the one written back
TYPE_WORDS: Mapping[str, frozenset[UnitType]] = {
    "教育局": frozenset({UnitType.BUREAU}),
    "机关科室": frozenset({UnitType.SECTION}),
    "幼儿园": frozenset({UnitType.KINDERGARTEN}),
    "小学": frozenset({UnitType.PRIMARY}),
    "初中": frozenset({UnitType.JUNIOR_HIGH}),
    "九年一贯制": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}),
    "高中": frozenset({UnitType.SENIOR_HIGH}),
    "完全中学": frozenset({UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "十二年一贯制": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "中职": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "特教": frozenset({UnitType.SPECIAL}),
    "高校": frozenset({UnitType.UNIVERSITY}),
    # also understood
    "教体局": frozenset({UnitType.BUREAU}),
    "教育体育局": frozenset({UnitType.BUREAU}),
    "科室": frozenset({UnitType.SECTION}),
    "完小": frozenset({UnitType.PRIMARY}),
    "中心小学": frozenset({UnitType.PRIMARY}),
    "初级中学": frozenset({UnitType.JUNIOR_HIGH}),
    "九年一贯制学校": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}),
    "普通高中": frozenset({UnitType.SENIOR_HIGH}),
    "高级中学": frozenset({UnitType.SENIOR_HIGH}),
    "完中": frozenset({UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "十二年一贯制学校": frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH, UnitType.SENIOR_HIGH}),
    "职高": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "职业高中": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "中等职业学校": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "中专": frozenset({UnitType.SECONDARY_VOCATIONAL}),
    "特殊教育": frozenset({UnitType.SPECIAL}),
    "特殊教育学校": frozenset({UnitType.SPECIAL}),
    "高等学校": frozenset({UnitType.UNIVERSITY}),
    "大学": frozenset({UnitType.UNIVERSITY}),
}
#: the words offered and written back
TYPE_CHOICES = tuple(list(TYPE_WORDS)[: list(TYPE_WORDS).index("教体局")])

TRAIT_HEADERS: Mapping[str, Trait] = {
    "公办/民办": Trait.PRIVATE,
    "是否寄宿": Trait.BOARDING,
    "食堂": Trait.CANTEEN,
    "校车": Trait.SCHOOL_BUS,
    "独立预算": Trait.OWN_BUDGET,
    "事业单位法人": Trait.LEGAL_PERSON,
    "政府网站": Trait.GOVERNMENT_SITE,
}
#: the sheet's three columns of a person: name, phone, mail → the field of the unit
PEOPLE: Mapping[str, tuple[str, str, str]] = {
    "contact": ("联络员", "联系电话", "邮箱"),
    "responsible": ("负责人", "负责人电话", "负责人邮箱"),
    "reviewer": ("审核责任人", "审核责任人电话", "审核责任人邮箱"),
    "publisher": ("信息发布员", "信息发布员电话", "信息发布员邮箱"),
}
HEADERS = (
    "单位编码",
    "单位名称",
    "简称",
    "单位类别",
    "公办/民办",
    "网站首页",
    "信息公开栏目地址",
    "是否寄宿",
    "食堂",
    "校车",
    "独立预算",
    "事业单位法人",
    "政府网站",
    "主管单位",
    "责任科室",
    *(name for names in PEOPLE.values() for name in names),
    "启用",
    "备注",
)
REQUIRED = ("单位编码", "单位名称", "单位类别", "网站首页", "邮箱")
OTHER_NAMES = {
    "第一责任人": "负责人",
    "第一责任人电话": "负责人电话",
    "第一责任人邮箱": "负责人邮箱",
    "寄宿": "是否寄宿",
}
ENTRANCE = "栏目："


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """表样: a header, rows and drop-downs, ready to be written as a sheet."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """修改的一项: the header, what stood there, what stands there now."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsChange:
    """清单变动: what an import would do; nothing is ever deleted."""

    added: tuple[Unit, ...]
    changed: tuple[tuple[Unit, tuple[FieldChange, ...]], ...]
    deactivated: tuple[Unit, ...]


# --- 单位清单 ----------------------------------------------------------------------------


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


def compare(old: Iterable[Unit], new: Iterable[Unit]) -> UnitsChange:
    """What importing ``new`` over ``old`` would add, change and switch off.

    A unit that the new sheet leaves out is switched off, not deleted.
    """
    before = {unit.code: unit for unit in old}
    after = {unit.code: unit for unit in new}
    changed = []
    for code in before.keys() & after.keys():
        were, are = _cells(before[code]), _cells(after[code])
        fields = tuple(
            FieldChange(name=name, old=were.get(name, ""), new=are.get(name, ""))
            for name in {**were, **are}
            if were.get(name, "") != are.get(name, "") and name != "启用"
        )
        if fields or (after[code].active and not before[code].active):
            reopened = (FieldChange(name="启用", old="否", new="是"),)
            is_reopened = after[code].active and not before[code].active
            changed.append((after[code], fields + (reopened if is_reopened else ())))
    return UnitsChange(
        added=tuple(unit for code, unit in after.items() if code not in before),
        changed=tuple(sorted(changed, key=lambda pair: list(after).index(pair[0].code))),
        deactivated=tuple(
            unit
            for code, unit in before.items()
            if unit.active and (code not in after or not after[code].active)
        ),
    )


def template_rows() -> Listing:
    """The empty 单位清单 with two invented units."""
    examples = (
        Unit(
            code="SL001",
            name="示例县第一小学",
            short_name="一小",
            types=frozenset({UnitType.PRIMARY}),
            traits={Trait.PRIVATE: False, Trait.BOARDING: False, Trait.CANTEEN: True},
            home="http://yixiao.example.cn/",
            disclosure_home="http://yixiao.example.cn/xxgk/",
            contact=Person(name="张三", phone="0550-1234567", mail="yixiao@example.cn"),
            note="示例，导入前请删去",
        ),
        Unit(
            code="SL002",
            name="示例县实验学校",
            types=frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}),
            traits={Trait.PRIVATE: True, Trait.BOARDING: True, Trait.SCHOOL_BUS: True},
            contact=Person(name="李四", phone="0550-7654321", mail="shiyan@example.cn"),
            note="示例（没有网站），导入前请删去",
        ),
    )
    return rows_of(examples, {})


def rows_of(units: Sequence[Unit], columns: Mapping[str, Column]) -> Listing:
    """The 单位清单 of ``units``; reading it again gives the same units."""
    used = sorted({column for unit in units for column in unit.entrances})
    names = {column: columns[column].name if column in columns else column for column in used}
    header = (*HEADERS, *(f"{ENTRANCE}{names[column]}" for column in used))
    rows = []
    for unit in units:
        cells = _cells(unit)
        rows.append(
            (
                *(cells[name] for name in HEADERS),
                *(unit.entrances.get(column, "") for column in used),
            )
        )
    starred = tuple(f"{name}*" if name in REQUIRED else name for name in header)
    yes_no = ("是", "否")
    choices = {"单位类别*": TYPE_CHOICES, "公办/民办": ("公办", "民办"), "启用": yes_no}
    choices |= {name: yes_no for name in TRAIT_HEADERS if name not in choices}
    return Listing(header=starred, rows=tuple(rows), choices=choices)


def _cells(unit: Unit) -> dict[str, str]:
    """The unit as its row of the sheet."""
    cells = dict.fromkeys(HEADERS, "")
    cells |= {
        "单位编码": unit.code,
        "单位名称": unit.name,
        "简称": unit.short_name,
        "单位类别": _type_text(unit.types),
        "网站首页": unit.home,
        "信息公开栏目地址": unit.disclosure_home,
        "主管单位": unit.parent,
        "责任科室": unit.section,
        "启用": "是" if unit.active else "否",
        "备注": unit.note,
    }
    for name, trait in TRAIT_HEADERS.items():
        words = ("民办", "公办") if trait is Trait.PRIVATE else ("是", "否")
        value = unit.traits.get(trait)
        cells[name] = "" if value is None else words[0] if value else words[1]
    for role, names in PEOPLE.items():
        person: Person = getattr(unit, role)
        cells |= dict(zip(names, (person.name, person.phone, person.mail), strict=True))
    cells |= {f"{ENTRANCE}{column}": address for column, address in unit.entrances.items()}
    return cells


def _type_text(types: frozenset[UnitType]) -> str:
    for word in TYPE_CHOICES:
        if TYPE_WORDS[word] == types:
            return word
    return "、".join(_SINGLE[one] for one in UnitType if one in types)


_SINGLE = {
    next(iter(types)): word
    for word, types in TYPE_WORDS.items()
    if len(types) == 1 and word in TYPE_CHOICES
}
_CODE = re.compile(r"[\w.-]{1,40}")


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
