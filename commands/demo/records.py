"""示例县的用语: what a site of the sample county is made of, before it has a look."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

#: the day of each night; the demo's one clock
NIGHTS = (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22))
FOREVER = len(NIGHTS) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """附件: a file beside an entry; ``lost`` is linked and answers 404."""

    name: str  # with its suffix: docx, xlsx or pdf
    rows: tuple[tuple[str, ...], ...] = ()
    lost: bool = False

    @property
    def suffix(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """信息条目 as planted: on the site from ``first_night`` up to, not including, ``gone_by``."""

    title: str
    day: str  # YYYY-MM-DD
    body: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # a table in the text
    files: tuple[Leaflet, ...] = ()
    doc_no: str = ""
    written: str = ""  # 成文日期, YYYY-MM-DD
    pinned: bool = False
    first_night: int = 1
    gone_by: int = FOREVER

    def shown_on(self, night: int) -> bool:
        return self.first_night <= night < self.gone_by


@enum.unique
class Shape(enum.Enum):
    """栏目形态: how a column presents itself."""

    LIST = "list"
    TEXT = "text"  # the column is one article, without a list
    EMPTY = "empty"  # says itself that there is nothing
    SHELL = "shell"  # filled by a script nobody but a browser runs


@enum.unique
class Dates(enum.Enum):
    """列表日期写法."""

    ISO = "2026-07-04"
    BRACKET = "[2026-07-04]"
    SLASH = "2026/7/4"
    DOT = "2026.07.04"
    CHINESE = "2026年7月4日"
    MONTH_DAY = "07-04"
    NONE = ""

    def write(self, day: str) -> str:
        year, month, dom = day.split("-")
        forms = {
            Dates.ISO: day,
            Dates.BRACKET: f"[{day}]",
            Dates.SLASH: f"{year}/{int(month)}/{int(dom)}",
            Dates.DOT: f"{year}.{month}.{dom}",
            Dates.CHINESE: f"{year}年{int(month)}月{int(dom)}日",
            Dates.MONTH_DAY: f"{month}-{dom}",
            Dates.NONE: "",
        }
        return forms[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """栏目 as planted. From ``gone_from`` on its address answers 404, still linked."""

    slug: str
    name: str  # as the menu shows it
    entries: tuple[Entry, ...] = ()
    shape: Shape = Shape.LIST
    dates: Dates | None = None  # None: as the skin writes them
    says: str = "暂无内容"  # what an empty column says
    gone_from: int = FOREVER

    def shown_on(self, night: int) -> tuple[Entry, ...]:
        """Entries of a night as listed: pinned first, then newest first."""
        shown = [entry for entry in self.entries if entry.shown_on(night)]
        shown.sort(key=lambda entry: entry.day, reverse=True)
        shown.sort(key=lambda entry: not entry.pinned)
        return tuple(shown)

    def gone_on(self, night: int) -> bool:
        return night >= self.gone_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """预期结论: what a careful officer says of one requirement on each night, and why."""

    requirement: str
    statuses: tuple[str, ...]  # one a night
    reason: str


def steady(requirement: str, status: str, reason: str) -> Claim:
    """Return the claim of an item that stands the same on all nights."""
    return Claim(requirement=requirement, statuses=(status,) * len(NIGHTS), reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """栏目与它该得的结论. ``section`` is None for a column the site does not have."""

    section: Section | None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """站点上的一个单位: a unit's part of a site."""

    code: str
    name: str
    short: str
    sections: tuple[Section, ...]
    phone: str
    place: str


@enum.unique
class Mood(enum.Enum):
    """站点状态 of a night."""

    UP = "up"
    DOWN = "down"  # nobody listens on the port
    CHALLENGE = "challenge"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """站点: one host, its look, and the units it carries."""

    host: str
    title: str
    skin: str
    tenants: tuple[Tenant, ...]
    moods: tuple[Mood, ...] = (Mood.UP,) * len(NIGHTS)
    robots: str = ""  # "" : answers 404
    soft_404: bool = False  # unknown addresses answer 200

    def mood(self, night: int) -> Mood:
        return self.moods[night - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """应答: what the server sends for one address."""

    body: bytes
    media: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


#: what a script of the site answers to its parameters
Script = Callable[[Mapping[str, str]], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Website:
    """一夜的网站: all addresses of a site on one night."""

    pages: Mapping[str, Answer]  # path → answer
    scripts: Mapping[str, Script] = field(default_factory=dict)  # path → by parameters
    unknown: Answer  # for every other path

    def answer(self, path: str, parameters: Mapping[str, str]) -> Answer:
        if path in self.scripts:
            return self.scripts[path](parameters)
        return self.pages.get(path, self.unknown)
