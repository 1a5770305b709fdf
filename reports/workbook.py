"""工作簿: sheets without a format: headings, rows, and what a column may hold. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from reports.manuscript import Link

#: what a cell can hold; a link is one only when it leads to http or https
Value = str | int | float | bool | date | datetime | Link | None

#: the hidden sheet of the words that cells may be chosen from
DICTIONARY = "字典"
CHOICES_LIMIT = 255  # characters a drop-down may hold in the cell's own rule


@enum.unique
class Kind(enum.Enum):
    """列的种类: how its cells show what a person types into them."""

    TEXT = "@"
    NUMBER = "0"
    TENTHS = "0.0"
    DATE = "yyyy-mm-dd"
    LINK = "General"


@enum.unique
class Paper(enum.Enum):
    """纸张, always landscape. The value is the number that spreadsheets have for it."""

    A4 = 9
    A3 = 8


@enum.unique
class Paint(enum.Enum):
    """标色 of a row; never the only sign of what it says."""

    LATE = "红字"
    SOON = "黄底"
    DONE = "灰字"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """列式: how a column looks, and on a locked sheet whether a person may fill it in."""

    kind: Kind = Kind.TEXT
    width: float | None = None  # in digits; None: after what stands in it
    hidden: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """标色的条件: the cell of ``column`` is ``word``, or lies from ``least`` to ``most``."""

    column: str
    paint: Paint
    word: str = ""
    least: int | date | None = None
    most: int | date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """工作表: a header, rows, and the words a column may be filled with."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Value]] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # header → drop-down
    notes: tuple[str, ...] = ()  # lines above the header
    title: str = ""  # above the notes
    looks: Mapping[str, Look] = field(default_factory=dict)  # header → its column
    marks: tuple[Mark, ...] = ()  # of each row the first that holds
    fixed: int = 0  # columns at the left that stay in sight
    hidden: bool = False
    locked: bool = False  # without a password; open columns can be filled in
    paper: Paper = Paper.A4

    @property
    def top(self) -> int:
        """The rows above the header."""
        return len(self.notes) + bool(self.title)


def dictionary(sheets: Iterable[Sheet]) -> Sheet:
    """字典: every drop-down of ``sheets`` as a column of one hidden sheet."""
    lists: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        for name, words in sheet.choices.items():
            lists.setdefault(words, name)
    longest = max(map(len, lists), default=0)
    return Sheet(
        name=DICTIONARY,
        header=tuple(lists.values()),
        rows=tuple(
            tuple(words[row] if row < len(words) else None for words in lists)
            for row in range(longest)
        ),
        hidden=True,
    )


def fits_a_rule(words: Iterable[str]) -> bool:
    """Whether a drop-down can stand in the cell's own rule: short, and no word with a comma."""
    listed = tuple(words)
    return len(",".join(listed)) <= CHOICES_LIMIT and not any("," in word for word in listed)
