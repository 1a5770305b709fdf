"""年报里的数和篇章: the figures, breakdowns and chapters that a report's text states. Pure.

In: the text of a report, a paragraph a line. Out: what it says, with the words it says it in;
nothing is compared here.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.textform import simplified

_NUMERALS: Final = "一二三四五六七八九十"
_UNITS: Final = "条|项|件|次|篇|个|人次|人|份|期|则|场|家|类|起"
#: counted things that reports call by either word
_ALIKE: Final = {"篇": "条", "则": "条", "份": "件"}
_SENTENCE_END: Final = re.compile(r"[。！？\n]")
_FIGURE: Final = re.compile(
    rf"(?P<name>[^\d，、；：。,;:（）()《》“”\"\s]{{1,24}}(?:[“\"《][^”\"》]{{1,12}}[”\"》][^\d，、；：。,;:\s]{{0,16}})?"
    rf"|[“\"《][^”\"》]{{1,12}}[”\"》][^\d，、；：。,;:\s]{{1,16}})"
    rf"(?P<value>\d{{1,9}})\s?(?P<unit>{_UNITS})"
)
#: words that begin a breakdown; the first kind names all the parts, the second some of them
_ALL_OF: Final = re.compile(r"分别(?:为|是)|(?:其构成|构成)(?:为|是)|由以下")
_SOME_OF: Final = re.compile(r"其中(?:包括|含|有)?|此中|包括|包含")
#: from here to the end of its sentence a text is about another year, or all years together
_OTHER_YEAR: Final = re.compile(r"(?<![比较])(?:上年|去年|上一年)|历年|累计|截至|至今")
#: a clause that only says how much more or less it was
_COMPARED: Final = re.compile(r"[^，；]*(?:同比|[比较](?:上|去)|与上)[^，；]*")
#: between the parts of a breakdown there is nothing but these
_BETWEEN: Final = re.compile(r"[，、；：,;:和及与\s]*")
_VERBS: Final = (
    "共|总共|全年|年内|本年度|今年|以来|我局|我校|本局|本校|本单位|主动|累计|及时|新增|公开|发布|发表|公布|办理|召开|组织"
    "|举办|开展|受理|收到|完成|编发|刊发|接听|转载|其中|包括|此中|了|的|为|是|计|达|约|近|有"
)
_LEADING: Final = re.compile(rf"^(?:{_VERBS})+")
_TRAILING: Final = re.compile(rf"(?:{_VERBS})+$")
_CHAPTER: Final = re.compile(
    rf"^\s*(?P<number>[{_NUMERALS}]{{1,3}})\s*[、.．]\s*(?P<title>\S.{{0,60}})"
)
_ITEM: Final = re.compile(
    rf"^\s*[（(]?\s*(?P<number>[{_NUMERALS}]{{0,3}})\s*[)）]\s*(?P<title>[^\s\d)）].{{0,60}})"
)
_BRACKETED: Final = re.compile(rf"^\s*[（(]\s*[{_NUMERALS}]{{1,3}}\s*[)）]")
_ANNOUNCED: Final = re.compile(
    rf"(?:包括|包含|分为)(?P<names>[^。；\n]{{4,120}}?)(?P<count>[{_NUMERALS}\d]{{1,2}})个?部分"
)
_ASSIGNED: Final = re.compile(
    r"[（(][^（()）]{0,20}(?:处室|科室|股室|责任室|责任单位|处|科|股)[^（()）]{0,30}[)）]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """一个数: what is counted, how many, of what unit, and the sentence that says so."""

    name: str
    value: int
    unit: str
    sentence: str

    @property
    def core(self) -> str:
        """What is counted, without the verbs around it: 共发布新闻 → 新闻."""
        return _TRAILING.sub("", self.name) or self.name


@dataclass(frozen=True, slots=True)
class Breakdown:
    """一组分项: a total, its parts, and whether the text says that these are all."""

    total: Figure
    parts: tuple[Figure, ...]
    is_whole: bool

    @property
    def sum(self) -> int:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """一个标题: its numeral as it stands there ("": none can be read), and its words."""

    numeral: str
    title: str
    bracketed: bool = True  # written （三）, not 三）

    @property
    def number(self) -> int:
        """0 when none can be read."""
        return number_of(self.numeral)


@dataclass(frozen=True, slots=True)
class Announced:
    """开头所说的构成: how many parts a report says it has, and their names."""

    count: int
    names: tuple[str, ...]


@enum.unique
class Level(enum.Enum):
    """标题层次."""

    CHAPTER = "一、"
    ITEM = "（一）"


def plain(text: str) -> str:
    """The text with one kind of digits, brackets and script; its lines stay."""
    return simplified(unicodedata.normalize("NFKC", text).translate(_PUNCTUATION))


_PUNCTUATION: Final = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})


def sentences(text: str) -> Iterator[str]:
    """The sentences of a plain text."""
    yield from filter(None, (part.strip() for part in _SENTENCE_END.split(text)))


def figures(text: str) -> tuple[Figure, ...]:
    """Every count a plain text states of its own year, in its order.

    >>> [(one.name, one.value) for one in figures("发布信息818条，其中回应关切29条。比上年多3条。")]
    [('信息', 818), ('回应关切', 29)]
    """
    return tuple(
        one
        for sentence in sentences(text)
        for one in _figures_in(_of_this_year(sentence), sentence)
    )


def breakdowns(text: str) -> tuple[Breakdown, ...]:
    """The totals of a plain text that are followed by their parts.

    >>> found = breakdowns("行政权力共16项，其中行政许可类1项；行政处罚类11项，其他权力4项。")
    >>> [(one.total.value, one.sum, one.is_whole) for one in found]
    [(16, 16, False)]
    """
    found = []
    before: Figure | None = None  # the last one of the sentence before
    for sentence in sentences(text):
        marks = [*_SOME_OF.finditer(sentence), *_ALL_OF.finditer(sentence)]
        for mark in sorted(marks, key=lambda mark: mark.start()):
            stated = tuple(_figures_in(sentence[: mark.start()]))
            total = stated[-1] if stated else None
            if total is None and not sentence[: mark.start()].strip():
                total = before  # …1520条。其中包括：…
            parts = _parts(sentence, mark.end())
            if total is not None and len(parts) > 1 and _same_unit(total, parts):
                is_whole = _ALL_OF.fullmatch(mark[0]) is not None
                found.append(Breakdown(total, parts, is_whole))
                break
        before = next(reversed(tuple(_figures_in(sentence))), None)
    return tuple(found)


def headings(text: str, level: Level) -> tuple[Heading, ...]:
    """The headings of one level, in the order of a plain text."""
    pattern = _CHAPTER if level is Level.CHAPTER else _ITEM
    found = []
    for line in text.splitlines():
        if (head := pattern.match(line)) is not None:
            is_whole = level is Level.CHAPTER or _BRACKETED.match(line) is not None
            found.append(Heading(head["number"], head["title"].strip(), is_whole))
    return tuple(found)


def announced(text: str) -> Announced | None:
    """The parts that a report says, at its beginning, it consists of."""
    for line in text.splitlines()[:12]:
        if (found := _ANNOUNCED.search(line)) is not None:
            count = found["count"]
            number = int(count) if count.isdigit() else number_of(count)
            return Announced(number, tuple(_listed(found["names"], number)))
    return None


def assigned(text: str) -> int:
    """How many paragraphs of a plan end by naming who is responsible."""
    return sum(_ASSIGNED.search(line) is not None for line in text.splitlines() if line.strip())


def number_of(numeral: str) -> int:
    """The number a Chinese numeral below 100 writes; 0 for none.

    >>> [number_of(word) for word in ("七", "十", "十二", "二十", "三十一", "")]
    [7, 10, 12, 20, 31, 0]
    """
    if "十" not in numeral:
        return _NUMERALS.index(numeral) + 1 if len(numeral) == 1 else 0
    tens, _, ones = numeral.partition("十")
    return (number_of(tens) or 1) * 10 + (number_of(ones) if ones else 0)


def _listed(names: str, count: int) -> list[str]:
    """The names of a list of ``count``; the last two may be joined by a word."""
    listed = re.split(r"[、，]", names.strip())
    if len(listed) < count:
        listed[-1:] = re.split(r"以及|和|及", listed[-1], maxsplit=count - len(listed))
    return [name.strip() for name in listed if name.strip()]


def _of_this_year(sentence: str) -> str:
    return _OTHER_YEAR.split(_COMPARED.sub("", sentence), maxsplit=1)[0]


def _figures_in(told: str, sentence: str = "") -> Iterator[Figure]:
    """The figures of a piece of a sentence."""
    for found in _FIGURE.finditer(told):
        unit = _ALIKE.get(found["unit"], found["unit"])
        name = _LEADING.sub("", found["name"]) or found["name"]
        yield Figure(name, int(found["value"]), unit, sentence or told)


def _parts(sentence: str, place: int) -> tuple[Figure, ...]:
    """The figures from ``place`` on that follow one another with only commas between."""
    parts: list[Figure] = []
    for found in _FIGURE.finditer(sentence, place):
        if not _BETWEEN.fullmatch(sentence, place, found.start()):
            break
        parts += _figures_in(found[0], sentence)
        place = found.end()
    return tuple(parts)


def _same_unit(total: Figure, parts: Sequence[Figure]) -> bool:
    return all(part.unit == total.unit for part in parts)
