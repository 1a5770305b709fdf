"""读条目: the entries of a unit's columns → documents, each entry opened once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.addresses import identity, may_ask
from crawler.ask import Answer, Walk
from crawler.details import (
    Inside,
    calls_for,
    document,
    is_missing,
    open_entry,
    reads_files,
    to_open,
)
from crawler.identity import is_another
from crawler.pages.lists import Entry
from crawler.reading import Row
from monitor.model import Document, Evidence, LookFor, Target
from monitor.personal import STARS, masked
from monitor.textform import normal_form

#: so many answers of "not there" are believed of a file
_BELIEVED = 2
_MOST_UNCLEAR = 40  # entries of a shared list opened to see whose they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """栏目的信息条目; ``unclear``: entries of a shared list nobody could tell the owner of."""

    all: tuple[Document, ...]
    unclear: int = 0
    evidence: tuple[Evidence, ...] = ()


class Entries:
    """一个单位打开过的条目: the same article often stands in several columns.

    ``owners``: what the pages of a shared list's entries say of their unit; kept by whoever reads
    that list for all its units. ``scanned_for``: what is worth reading characters off pictures for,
    in any of the unit's columns.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        owners: dict[str, str],
        seen_at: datetime,
        scanned_for: tuple[LookFor, ...],
    ) -> None:
        self._names = names
        self._owners = owners
        self._seen_at = seen_at
        self._scanned_for = scanned_for
        self._insides: dict[tuple[str, bool], Inside] = {}
        #: answers of "not there" by the address of a file
        self._not_there: dict[str, list[Answer]] = {}

    def read(self, target: Target, rows: Sequence[Row]) -> Walk[Documents]:
        """The documents of a column, opened where the list does not say enough."""
        if target.shared:
            rows, unclear = yield from self._own_rows(target, rows)
        else:
            rows, unclear = self._without_others(target, rows)
        insides: dict[Row, Inside] = {}
        exposed = {identity(known.url): known.exposed for known in target.again if known.exposed}
        for row in to_open(rows, target):
            files = reads_files(target, row.entry.title)
            insides[row] = yield from self._inside(row, files=files)
        return Documents(
            all=tuple(
                document(
                    row,
                    insides.get(row),
                    target.look_for,
                    exposed.get(identity(masked(row.entry.url)), ()) if exposed else (),
                )
                for row in rows
            ),
            unclear=unclear,
            evidence=tuple(inside.evidence for inside in insides.values() if inside.evidence),
        )

    def read_again(self, target: Target, rows: Sequence[Row]) -> Walk[tuple[Document, ...]]:
        """The documents of ``target.again`` as they are now, on a list that is the same.

        Of those below the ``rows`` that were read, the list says what it said before.
        """
        listed = {identity(masked(row.entry.url)): row for row in rows}
        opened: list[Document] = []
        for known in target.again:
            entry = Entry(title=known.title, url=known.url, published=known.published)
            row = listed.get(identity(known.url))
            if row is None and STARS in known.url:
                continue  # an address that holds somebody's number is kept by no one but its list
            row = row or Row(entry=entry, page=target.address)
            if may_ask(row.entry.url):
                files = reads_files(target, row.entry.title)
                inside = yield from self._inside(row, files=files)
                opened.append(document(row, inside, target.look_for, known.exposed))
        return tuple(opened)

    def know(self, row: Row, inside: Inside, *, files: bool) -> None:
        """Take over what was read of an entry already; with its files it is another reading."""
        self._insides[identity(row.entry.url), files] = inside

    def _inside(self, row: Row, *, files: bool) -> Walk[Inside]:
        key = identity(row.entry.url), files
        if key not in self._insides:
            opening = open_entry(
                row,
                files=files,
                words=self.words_for(row.entry.title),
                names=self._names,
                seen_at=self._seen_at,
            )
            self._insides[key] = yield from self._without_dead_files(opening)
        return self._insides[key]

    def _without_dead_files(self, opening: Walk[Inside]) -> Walk[Inside]:
        """Open an entry; of a file that twice was not there tonight, the answer is known."""
        answer: Answer | None = None
        while True:
            try:
                ask = next(opening) if answer is None else opening.send(answer)
            except StopIteration as end:
                inside: Inside = end.value
                return inside
            told = self._not_there.get(ask.url, []) if ask.file else []
            answer = told[-1] if len(told) >= _BELIEVED else (yield ask)
            if ask.file and len(told) < _BELIEVED and is_missing(answer):
                self._not_there[ask.url] = [*told, replace(answer, body=b"")]

    def _without_others(self, target: Target, rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
        """The rows of a list that nobody called shared, without those that name another unit.

        What was left out still speaks against a gap: the unit may stand there under another name.
        """
        others = {row for row in rows if is_another(row.entry.publisher, self._names)}
        if not others:
            return rows, 0
        unclear = sum(_may_count(row, target) for row in others)
        return [row for row in rows if row not in others], unclear

    def words_for(self, title: str) -> tuple[str, ...]:
        """The words to be looked for on the pictures of an entry of this title."""
        calling = (look for look in self._scanned_for if calls_for(look.match, title))
        return tuple(dict.fromkeys(word for look in calling for word in look.words))

    def _own_rows(self, target: Target, rows: Sequence[Row]) -> Walk[tuple[list[Row], int]]:
        """The rows of a shared list that are this unit's: by title, or by who published them."""
        forms = [normal_form(name) for name in target.unit_names]
        own: list[Row] = []
        unclear = opened = 0
        for row in rows:
            if _names_one(f"{row.entry.title} {row.entry.publisher}", forms):
                own.append(row)
            elif is_another(row.entry.publisher, self._names):
                continue
            elif _may_count(row, target):
                if row.entry.url not in self._owners and opened < _MOST_UNCLEAR:
                    opened += 1
                    self._owners[row.entry.url] = yield from self._owner_of(row)
                owner = self._owners.get(row.entry.url, "")
                if _names_one(owner, forms):
                    own.append(row)
                unclear += not owner
        return own, unclear

    def _owner_of(self, row: Row) -> Walk[str]:
        """Everything that names a unit on an entry's page; "" when it could not be read."""
        if not row.entry.url:
            return ""
        inside = yield from open_entry(row, files=False, names=(), seen_at=self._seen_at)
        return inside.says_whose


def _may_count(row: Row, target: Target) -> bool:
    """Whether a row may be of the days that are asked for."""
    return row.entry.published is None or row.entry.published.day >= target.since


def _names_one(text: str, forms: Sequence[str]) -> bool:
    return any(form in normal_form(text) for form in forms)
