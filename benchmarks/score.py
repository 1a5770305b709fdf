"""How well pages are read: the score of a labelled folder.

    python benchmarks/score.py FOLDER [--worst N] [--floors] [--peers]

FOLDER holds ``gold.jsonl`` (a record a page: id, kind, url, file, title, publish_date, entries,
tags) and the gzipped pages it names. A title counts when it equals the label after NFKC and
removal of blanks and punctuation; a day when it is the very day, or none where the page shows
none; a list row when title and date both do (rows as a multiset). Behind each mean stands its
95 % interval (Wilson), beside it the worst site: what a mean is worth on a site nobody has seen.
``--peers`` scores public readers on the same pages (extra ``bench``); ``--floors`` exits with 1
below the floors; the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.pages.articles import Article, read_article
from crawler.pages.fragments import Fragment
from crawler.pages.lists import read_list
from monitor.model import DateSource

if TYPE_CHECKING:
    from readers import Reader

FLOORS = {"day": 0.94, "title": 0.85, "list_f1": 0.88}
UNDATED_GIVEN_AT_MOST = 0

#: the month is a word
_LATIN = re.compile("[A-Z][a-z]{2}")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """An article page: what was expected and what was read; None where nothing is scored."""

    record: Record
    got_day: str | None
    got_title: str | None  # None: the reader knows no titles
    rung: str = ""  # of the ladder, with the library where it is not our own pattern
    mended: bool = False  # the text was read from BeautifulSoup's tree

    @property
    def day(self) -> bool | None:
        """Whether the day is right; None for a page that shows none."""
        expected = self.record["publish_date"]
        return self.got_day == expected if expected else None

    @property
    def given(self) -> bool:
        """Whether a page without a date was given one."""
        return not self.record["publish_date"] and self.got_day is not None

    @property
    def title(self) -> bool | None:
        """Whether the title is right; None without a label, or a reader of titles."""
        expected = self.record["title"]
        if not expected or self.got_title is None:
            return None
        return _plain(self.got_title) == _plain(expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A list page: its rows as labelled and as read."""

    record: Record
    wanted: Counter[tuple[str, str | None]]
    got: Counter[tuple[str, str | None]]

    @property
    def count(self) -> bool:
        """Whether as many rows were read as there are."""
        return self.got.total() == self.wanted.total()

    @property
    def precision(self) -> float:
        """The share of rows read that are labelled."""
        return _share((self.wanted & self.got).total(), self.got.total())

    @property
    def recall(self) -> float:
        """The share of labelled rows that were read."""
        return _share((self.wanted & self.got).total(), self.wanted.total())

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main(arguments: Sequence[str]) -> int:
    """Score a folder and print the tables."""
    options = _options(arguments)
    with open(options.folder / "gold.jsonl", encoding="utf-8") as gold:
        records = [json.loads(line) for line in gold if line.strip()]
    details = [_detail(options.folder, record) for record in records if _is(record, "detail")]
    lists = [_list(options.folder, record) for record in records if _is(record, "list")]
    summary = _print_details(details) | _print_lists(lists)
    _print_rungs(details)
    _print_sites(details, lists)
    if options.peers:
        _print_peers(options.folder, details)
    if options.worst:
        _print_worst(details, lists, options.worst)
    missed = _missed(summary)
    summary["floors_missed"] = missed
    print(json.dumps(summary, ensure_ascii=False))
    return 1 if options.floors and missed else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="score a labelled folder of pages")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--peers", action="store_true")
    return parser.parse_args(arguments)


def _is(record: Record, kind: str) -> bool:
    return bool(record["kind"] == kind)


def _body(folder: Path, record: Record) -> bytes:
    return gzip.decompress((folder / record["file"]).read_bytes())


def _detail(folder: Path, record: Record) -> Detail:
    article = read_article(_body(folder, record), record["url"])
    day = article.published.day.isoformat() if article.published else None
    return Detail(
        record=record,
        got_day=day,
        got_title=article.title,
        rung=_rung(article),
        mended=bool(article.text) and isinstance(article._body._fragment, Fragment),
    )


def _rung(article: Article) -> str:
    """The rung of the ladder that gave the day, and whether dateparser read it."""
    if article.published is None:
        return "none"
    foreign = article.published.source is DateSource.RELATIVE or _LATIN.search(
        article.published.text
    )
    return article.published.source.name + (" (dateparser)" if foreign else "")


def _list(folder: Path, record: Record) -> Rows:
    listing = read_list(_body(folder, record), record["url"])
    return Rows(
        record=record,
        wanted=Counter((_plain(row["title"]), row["date"]) for row in record["entries"]),
        got=Counter(
            (_plain(entry.title), entry.published.day.isoformat() if entry.published else None)
            for entry in listing.entries
        ),
    )


def _print_details(details: Sequence[Detail]) -> dict[str, Any]:
    groups: dict[str, Callable[[Detail], bool]] = {
        "plain": lambda page: not page.record.get("tags"),
        "hard": lambda page: "hard" in (page.record.get("tags") or ()),
        "undated": lambda page: "undated" in (page.record.get("tags") or ()),
        "all": lambda page: True,
    }
    print(f"{'details':10} {'pages':>6} {'day':>22} {'title':>22} {'undated given a day':>20}")
    for name, belongs in groups.items():
        pages = [page for page in details if belongs(page)]
        given = sum(page.given for page in pages)
        day, title = (_rate(page.day for page in pages), _rate(page.title for page in pages))
        print(f"{name:10} {len(pages):6} {day:>22} {title:>22} {given:20}")
    return {
        "details": len(details),
        "day": _mean(page.day for page in details),
        "day_hard": _mean(page.day for page in details if groups["hard"](page)),
        "day_worst_site": _worst_site(details, lambda page: page.day),
        "title": _mean(page.title for page in details),
        "title_worst_site": _worst_site(details, lambda page: page.title),
        "undated_given": sum(page.given for page in details),
        "sites_wholly_right": _wholly_right(details),
    }


def _print_rungs(details: Sequence[Detail]) -> None:
    """How often each rung of the ladder and each library decided."""
    print("\nday read from   ", _counted(page.rung for page in details))
    mended = sum(page.mended for page in details)
    print(f"text read by     BeautifulSoup {mended}, lxml alone {len(details) - mended}")


def _print_peers(folder: Path, details: Sequence[Detail]) -> None:
    """The same pages as public readers read them."""
    from readers import PEERS  # an extra: not there where only the floors are asked for

    print(f"{'reader':12} {'day':>22} {'hard':>22} {'title':>22} {'undated given':>14}")
    read = {"mingcha": details}
    for name, reader in PEERS.items():
        read[name] = [_as_read(folder, page.record, reader) for page in details]
    for name, pages in read.items():
        hard = [page for page in pages if "hard" in (page.record.get("tags") or ())]
        figures = (
            _rate(page.day for page in pages),
            _rate(page.day for page in hard),
            _rate(page.title for page in pages),
        )
        columns = " ".join(f"{figure:>22}" for figure in figures)
        print(f"{name:12} {columns} {sum(page.given for page in pages):14}")
    print()


def _as_read(folder: Path, record: Record, reader: Reader) -> Detail:
    day, title = reader(_body(folder, record), record["url"])
    return Detail(record=record, got_day=day, got_title=title)


def _print_lists(lists: Sequence[Rows]) -> dict[str, Any]:
    print(
        f"\n{'lists':10} {'pages':>6} {'F1':>8} {'prec.':>8} {'recall':>8} {'row count right':>22}"
    )
    means: dict[str, float | None] = {}
    for name, pages in (
        ("plain", [page for page in lists if not page.record.get("variant_of")]),
        ("variants", [page for page in lists if page.record.get("variant_of")]),
        ("all", lists),
    ):
        means = {
            "list_f1": _mean(page.f1 for page in pages),
            "list_precision": _mean(page.precision for page in pages),
            "list_recall": _mean(page.recall for page in pages),
        }
        columns = " ".join(f"{_percent(mean):>8}" for mean in means.values())
        print(f"{name:10} {len(pages):6} {columns} {_rate(page.count for page in pages):>22}")
    return {
        "lists": len(lists),
        "list_count": _mean(page.count for page in lists),
        **means,  # of all
        "list_f1_worst_site": _worst_site(lists, lambda page: page.f1),
    }


def _print_sites(details: Sequence[Detail], lists: Sequence[Rows]) -> None:
    print(f"\n{'site':12} {'details':>8} {'day':>8} {'title':>8} {'lists':>6} {'F1':>8}")
    articles, listings = _by_site(details), _by_site(lists)
    for site in sorted({*articles, *listings}):
        ours, theirs = articles.get(site, []), listings.get(site, [])
        day, title = _mean(page.day for page in ours), _mean(page.title for page in ours)
        f1 = _mean(page.f1 for page in theirs)
        print(
            f"{site:12} {len(ours):8} {_percent(day):>8} {_percent(title):>8}"
            f" {len(theirs):6} {_percent(f1):>8}"
        )
    print()


def _print_worst(details: Sequence[Detail], lists: Sequence[Rows], number: int) -> None:
    wrong = [page for page in details if page.given or page.day is False or page.title is False]
    for page in wrong[:number]:
        print(page.record["id"], page.record.get("tags") or "")
        print(f"  day    expected {page.record['publish_date']}  got {page.got_day}")
        print(f"  title  expected {page.record['title']!r}\n         got      {page.got_title!r}")
    poor = sorted((rows for rows in lists if rows.f1 < 1), key=lambda rows: rows.f1)
    for rows in poor[:number]:
        print(f"{rows.record['id']} F1 {rows.f1:.3f}")
        for missing in list((rows.wanted - rows.got).elements())[:3]:
            print(f"  missing  {missing}")
        for extra in list((rows.got - rows.wanted).elements())[:3]:
            print(f"  extra    {extra}")


def _missed(summary: Mapping[str, Any]) -> list[str]:
    """Return the floors that were not reached; what the folder does not hold is not asked of it."""
    known = {name: floor for name, floor in FLOORS.items() if summary[name] is not None}
    missed = [name for name, floor in known.items() if summary[name] < floor]
    if summary["undated_given"] > UNDATED_GIVEN_AT_MOST:
        missed.append("undated_given")
    return missed


def _by_site(pages: Iterable[Detail] | Iterable[Rows]) -> dict[str, list[Any]]:
    sites: dict[str, list[Any]] = defaultdict(list)
    for page in pages:
        sites[page.record.get("site") or "?"].append(page)
    return sites


def _worst_site(
    pages: Iterable[Any], score: Callable[[Any], float | None]
) -> tuple[str, float] | None:
    means = {site: _mean(map(score, found)) for site, found in _by_site(pages).items()}
    known = {site: mean for site, mean in means.items() if mean is not None}
    return min(known.items(), key=lambda pair: pair[1]) if known else None


def _wholly_right(details: Sequence[Detail]) -> list[int]:
    """Sites on which every day and title is right, and all sites."""
    sites = _by_site(details)
    right = [
        all(page.day is not False and page.title is not False and not page.given for page in pages)
        for pages in sites.values()
    ]
    return [sum(right), len(right)]


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(names).most_common())


def _rate(values: Iterable[bool | None]) -> str:
    """The share of what is right, and its 95 % interval by Wilson.

    >>> _rate([True] * 9 + [False])
    '90.0% (59.6–98.2)'
    """
    known = [value for value in values if value is not None]
    if not known:
        return "–"
    n, share, z = len(known), sum(known) / len(known), 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return f"{share:.1%} ({100 * low:.1f}–{100 * high:.1f})"


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _percent(mean: float | None) -> str:
    return "–" if mean is None else f"{mean:.1%}"


def _plain(text: str | None) -> str:
    """Return ``text`` in NFKC without blanks and punctuation."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", text or "")
        if unicodedata.category(character)[0] not in "ZPC"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
