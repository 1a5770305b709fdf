"""How many "not published" were one synonym away: what the words of the catalog overlook.

    python benchmarks/synonyms.py [FOLDER]

A title is one synonym away from a requirement when the title with one of its words replaced by a
synonym answers it, and the title as it stands neither answers, nor holds a near word, nor holds a
word that rules it out. The synonyms stand in ``synonyms.csv``, a group of words a row.

Looked at are the sample county after its three nights (each cell that was MISSING on any of them)
and, if given, the lists of a labelled folder (``gold.jsonl`` and the pages it names): each list is
taken for the whole column of each requirement of schools and bureaus that has words, and judged by
its titles alone. Such a pair is a stress: most lists carry something else altogether.

The other way round, each title of the sample county that answers, and each word the catalog asks
for, is written with a synonym: how many of these wordings would the requirement neither know nor
find near? Those are the accusations of a school with another way of speaking.

Every example asks for a reader, who says whether the requirement should know the word (there is no
师资 in 教师资格). The last line is one JSON object.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from commands import demonstrate, night
from commands.demo.records import NIGHTS
from commands.demo.server import Server
from commands.demo.sheet import sheet_rows
from commands.folder import Folder
from crawler.pages.lists import read_list
from monitor.catalog import load
from monitor.matching import answers, near_word
from monitor.model import Match, Requirement, Status, UnitType, Where
from monitor.store import records
from monitor.textform import normal_form

RULES = Path(__file__).resolve().parent.parent / "rules.yaml"
THESAURUS = Path(__file__).with_name("synonyms.csv")
EXAMPLES, WORST = 20, 10

Groups: TypeAlias = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A title that another word would have let answer."""

    title: str
    word: str
    synonym: str

    def __str__(self) -> str:
        return f"{self.word} → {self.synonym}　{self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What was called missing, and the titles that were one synonym away from it."""

    place: str
    requirement: Requirement
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A title that answers, written with a synonym, and whether that is known or near."""

    requirement: Requirement
    swap: Swap
    is_known: bool


def main(arguments: Sequence[str]) -> int:
    """Print what was overlooked in the sample county and in the folder."""
    groups = read_groups(THESAURUS)
    missing, wordings = _county(groups)
    figures: dict[str, object] = {
        "groups": len(groups),
        "county": _told("the sample county", missing),
        "titles_reworded": _told_wordings("titles that answer", wordings),
        "words_reworded": _told_wordings("words of the catalog", _own_words(groups)),
    }
    if arguments:
        figures["folder"] = _told("the folder", list(_folder(Path(arguments[0]), groups)))
    print(json.dumps(figures, ensure_ascii=False))
    return 0


def read_groups(thesaurus: Path) -> Groups:
    """Return the groups of words that can stand for each other, in normal form."""
    with open(thesaurus, encoding="utf-8", newline="") as rows:
        return [tuple(normal_form(word) for word in row if word) for row in csv.reader(rows) if row]


def swaps_of(title: str, groups: Groups) -> tuple[tuple[Swap, str], ...]:
    """Return each replacement of one word of ``title``, with the title it makes."""
    text = normal_form(title)
    found = []
    for group in groups:
        for word in group:
            before, *others = text.split(word)
            for turn in range(len(others)):
                head, tail = word.join([before, *others[:turn]]), word.join(others[turn:])
                found += [
                    (Swap(title=title, word=word, synonym=synonym), head + synonym + tail)
                    for synonym in group
                    if synonym != word
                ]
    return tuple(found)


def one_synonym_away(match: Match, title: str, swaps: Iterable[tuple[Swap, str]]) -> Swap | None:
    """Return the swap that lets ``title`` answer; None when it is known, near or ruled out.

    >>> fees = Match(any=("收费",), near=("学费",))
    >>> swaps = swaps_of("2026年秋季缴费标准", [("收费", "缴费")])
    >>> one_synonym_away(fees, "2026年秋季缴费标准", swaps).word
    '缴费'
    """
    if answers(match, title) or near_word(match, title) is not None or _rules_out(match, title):
        return None
    return next((swap for swap, changed in swaps if answers(match, changed)), None)


def _rules_out(match: Match, title: str) -> bool:
    text = normal_form(title)
    return any(normal_form(word) in text for word in match.none)


# --- the sample county -----------------------------------------------------------------


def _county(groups: Groups) -> tuple[list[Absence], list[Wording]]:
    """Live three nights: each cell that was MISSING on one, and what answered in other words."""
    missing: dict[tuple[str, str], Absence] = {}
    with tempfile.TemporaryDirectory(prefix="mingcha-synonyms-") as place, Server() as server:
        demonstrate.write_settings(Path(place), server.addresses)
        for number, day in enumerate(NIGHTS, 1):
            server.turn_to(number)
            folder = Folder(Path(place), today=day)
            if number == 1:
                demonstrate.import_units(folder, sheet_rows(server.addresses))
            night.run(folder, tell=lambda _: None)
            listed = list(_titles(folder, f"{day:%Y%m%d}"))
            for unit, requirement, status, titles in listed:
                if status is Status.MISSING:
                    changed = [(title, swaps_of(title, groups)) for title in titles]
                    key = (unit, requirement.id)
                    missing.setdefault(key, _absence(unit, requirement, changed))
            folder.close()
    wordings = {
        (wording.requirement.id, wording.swap): wording
        for _, requirement, _, titles in listed
        for title in titles
        for wording in _wordings(requirement, title, groups)
    }
    return list(missing.values()), list(wordings.values())


def _titles(folder: Folder, scan: str) -> Iterator[tuple[str, Requirement, Status, list[str]]]:
    """Yield unit, requirement and status of each cell with the titles of its columns."""
    looks = dict(records.looks(folder.store, scan))
    for judged in records.assessments(folder.store, scan):
        requirement = folder.catalog.requirements[judged.requirement]
        columns = looks.get(judged.unit, {})
        titles = [
            document.title
            for column in requirement.columns
            if column in columns
            for document in columns[column].documents
        ]
        yield judged.unit, requirement, judged.status, titles


def _wordings(requirement: Requirement, title: str, groups: Groups) -> Iterator[Wording]:
    match = requirement.match
    if not _has_words(match) or not answers(match, title):
        return
    for swap, changed in swaps_of(title, groups):
        if not _rules_out(match, changed):
            is_known = answers(match, changed) or near_word(match, changed) is not None
            yield Wording(requirement=requirement, swap=swap, is_known=is_known)


def _own_words(groups: Groups) -> list[Wording]:
    """Write each word that answers in other words, beside those its requirement always asks for."""
    wordings: dict[tuple[str, Swap], Wording] = {}
    for requirement in filter(_is_asked, load([RULES]).requirements.values()):
        match = requirement.match
        for word in match.any or match.all:
            title = word + "".join(other for other in match.all if other not in word)
            for wording in _wordings(requirement, title, groups):
                wordings.setdefault((requirement.id, wording.swap), wording)
    return list(wordings.values())


# --- the lists of a folder -------------------------------------------------------------


def _folder(folder: Path, groups: Groups) -> Iterator[Absence]:
    """Yield each pair of a list and a requirement that none of its titles answers or nears."""
    catalog = load([RULES])
    asked = [one for one in catalog.requirements.values() if _is_asked(one)]
    for name, titles in _lists(folder):
        changed = [(title, swaps_of(title, groups)) for title in titles]
        for requirement in asked:
            match = requirement.match
            if not any(answers(match, one) or near_word(match, one) for one in titles):
                yield _absence(name, requirement, changed)


def _is_asked(requirement: Requirement) -> bool:
    is_ours = requirement.applies_to != {UnitType.UNIVERSITY}
    return _has_words(requirement.match) and is_ours and requirement.where is Where.SITE


def _has_words(match: Match) -> bool:
    return bool(match.any or match.all)


def _lists(folder: Path) -> Iterator[tuple[str, list[str]]]:
    with open(folder / "gold.jsonl", encoding="utf-8") as gold:
        pages = [json.loads(line) for line in gold if line.strip()]
    for page in pages:
        if page["kind"] == "list" and not page.get("variant_of"):
            body = gzip.decompress((folder / page["file"]).read_bytes())
            yield page["id"], [entry.title for entry in read_list(body, page["url"]).entries]


def _absence(
    place: str, requirement: Requirement, titles: Iterable[tuple[str, tuple[tuple[Swap, str], ...]]]
) -> Absence:
    found = (one_synonym_away(requirement.match, title, swaps) for title, swaps in titles)
    return Absence(place=place, requirement=requirement, swaps=tuple(filter(None, found)))


# --- what is told ----------------------------------------------------------------------


def _told(where: str, absences: Sequence[Absence]) -> dict[str, object]:
    """Print the counts, the requirements most often overlooked and examples of each."""
    overlooked = [absence for absence in absences if absence.swaps]
    print(f"{where}: {len(absences)} missing, {len(overlooked)} of them one synonym away")
    by_requirement = Counter(absence.requirement.id for absence in overlooked)
    for name, number in by_requirement.most_common(WORST):
        print(f"  {name:6}{number:>4}")
    shown = _spread(overlooked)
    for absence, swap in shown[:EXAMPLES]:
        print(f"  {absence.requirement.id} {absence.requirement.name}　{absence.place}　{swap}")
    print()
    return {
        "missing": len(absences),
        "one_synonym_away": len(overlooked),
        "distinct_swaps": len(shown),
        "worst": dict(by_requirement.most_common(WORST)),
    }


def _told_wordings(what: str, wordings: Sequence[Wording]) -> dict[str, object]:
    """Print how many wordings are neither known nor near, and which."""
    lost = [wording for wording in wordings if not wording.is_known]
    print(f"{what}, reworded: {len(wordings)}, {len(lost)} of them neither known nor near")
    by_requirement = Counter(wording.requirement.id for wording in lost)
    for name, number in by_requirement.most_common(WORST):
        print(f"  {name:6}{number:>4}")
    examples: dict[tuple[str, str, str], Wording] = {}
    for wording in lost:
        swap = wording.swap
        examples.setdefault((wording.requirement.id, swap.word, swap.synonym), wording)
    for wording in list(examples.values())[:EXAMPLES]:
        print(f"  {wording.requirement.id} {wording.requirement.name}　{wording.swap}")
    print()
    return {
        "wordings": len(wordings),
        "neither_known_nor_near": len(lost),
        "distinct_swaps": len(examples),
        "worst": dict(by_requirement.most_common(WORST)),
    }


def _spread(overlooked: Iterable[Absence]) -> list[tuple[Absence, Swap]]:
    """One example for each requirement and swap, in the order found."""
    examples: dict[tuple[str, str, str], tuple[Absence, Swap]] = {}
    for absence in overlooked:
        for swap in absence.swaps:
            key = (absence.requirement.id, swap.word, swap.synonym)
            examples.setdefault(key, (absence, swap))
    return list(examples.values())


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("usage: python benchmarks/synonyms.py [FOLDER]")
    sys.exit(main(sys.argv[1:]))
