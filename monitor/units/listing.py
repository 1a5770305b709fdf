"""单位清单写出: units as rows, the empty sheet with examples, and what an import would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.model import Column, Person, Trait, Unit, UnitType
from monitor.units.headers import (
    ENTRANCE,
    HEADERS,
    PEOPLE,
    REQUIRED,
    TRAIT_HEADERS,
    TYPE_CHOICES,
    TYPE_WORDS,
)


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
