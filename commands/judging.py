"""判断: what a scan saw and what it is judged by → the verdicts, of any night. No verb.

Nothing is stored here, and what the looks are judged by comes in as one ``Given``: the same looks
and the same given come to the same verdicts, whenever they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.metadata import version
from itertools import groupby
from typing import Final

from commands.claims import Claims
from commands.folder import Folder
from commands.scope import ALL, Choice, choice_of, failing_in, told
from commands.texts import Texts
from monitor.assess import assess
from monitor.doubts import is_misread
from monitor.findings import was_confirmed
from monitor.judgements import Case, doubted
from monitor.linked import pairs_of
from monitor.model import (
    Assessment,
    Catalog,
    Claim,
    Given,
    Moment,
    Obligation,
    Observation,
    Pair,
    Removal,
    Status,
    Uncounted,
    Verification,
)
from monitor.obligations import members_of, owed, publication_days, started_by, triggers
from monitor.removals import still_gone, watched_columns
from monitor.store import Memory, judgings, records
from monitor.store.looks import units_on
from monitor.store.removed import removals
from monitor.verified import listed_now, settled

#: how old an entry may be whose removal still says something: the longest period a clock looks at
_REMOVED_SINCE: Final = timedelta(days=366)


def given_now(folder: Folder, choice: Choice = ALL) -> Given:
    """What is known today, before anything was looked at."""
    return Given(
        moment=folder.moment,
        catalog=folder.catalog,
        units=folder.units,
        events=records.events(folder.store),
        waivers=folder.waivers,
        scope=told(choice),
        program=version("mingcha"),
    )


def given_of_scan(
    folder: Folder,
    scan: str,
    choice: Choice = ALL,
    *,
    on: Moment | None = None,
    without: frozenset[str] = frozenset(),
) -> Given:
    """What ``scan`` is judged by when it is judged now; ``on``: for another day.

    ``without``: units that are left as they stand.
    """
    answers = records.verifications(folder.store)
    return replace(
        given_now(folder, choice),
        moment=on or folder.moment,
        without=without,
        uncounted=uncounted(folder),
        claims=tuple(_claims(folder, (on or folder.moment).today)),
        answers=tuple(_listed(folder, answers)) if answers else (),
        failing=failing_in(folder.scans / scan),
        reader=records.reader_of(folder.store, scan),
    )


def uncounted(folder: Folder) -> Uncounted:
    """The looks that prove nothing now, also those of families that failed their known pages."""
    known = records.uncounted(folder.store)
    since = folder.today - _REMOVED_SINCE
    misread = []
    for scan in records.scans(folder.store):
        failing = failing_in(folder.scans / scan.id) if scan.night >= since else None
        if failing and (units := units_on(folder.store, scan.id, failing)):
            misread.append((scan.id, units))
    return replace(known, units=(*known.units, *misread))


def _claims(folder: Folder, on: date) -> Iterator[Claim]:
    """What findings say that a person confirmed and that were not settled by then."""
    for one in records.findings(folder.store):
        if was_confirmed(one, on) and one.assigned_on is not None:
            yield Claim(
                number=one.number,
                unit=one.unit,
                requirement=one.requirement,
                period=one.period,
                status=one.status,
                # later only where the clock stood ahead on the night that saw it first
                first_seen_on=min(one.first_seen_on, one.assigned_on),
            )


def _listed(
    folder: Folder, answers: Mapping[tuple[str, str, str], Verification]
) -> Iterator[tuple[Verification, str]]:
    """The answers, each with what its columns list now."""
    remembered = records.remembered(folder.store)
    for said in answers.values():
        requirement = folder.catalog.requirements.get(said.requirement)
        columns = requirement.columns if requirement else ()
        yield said, listed_now(said.unit, columns, remembered)


def judged(folder: Folder, scan: str, *, catalog: Catalog | None = None) -> Iterator[Assessment]:
    """Judge what ``scan`` saw by what is known now; ``catalog``: under other rules."""
    given = given_of_scan(folder, scan)
    if catalog is not None:
        given = replace(given, catalog=catalog)
    for case in Judge(folder.store, scan, given, Texts(folder.evidence)).cases():
        yield from (one for _, one in case.judged)


def obligations(given: Given) -> Iterator[Obligation]:
    """What is owed of what was asked for, unit by unit in the order of codes."""
    choice = choice_of(given.scope)
    chosen = (unit for unit in given.units if choice.takes(unit))
    units = sorted(
        (unit for unit in chosen if unit.code not in given.without), key=lambda one: one.code
    )
    for obligation in owed(given.catalog, units, given.events, given.moment, waivers=given.waivers):
        if not choice.requirements or obligation.requirement.id in choice.requirements:
            yield obligation


class Judge:
    """Judges what one scan saw; what it needs of the memory beside the looks is read once."""

    def __init__(self, store: Memory, scan: str, given: Given, texts: Texts) -> None:
        rules = given.catalog
        self.texts = texts
        self._store = store
        self._scan = scan
        self._given = given
        self._members = members_of(given.units)
        self._linked = {link.partner for link in rules.links if link.within is not None}
        self._publications = triggers(rules)
        self._removed = self._removals()
        self._verified = records.last_verified(store, scan)
        self._answers = {
            (said.unit, said.requirement, said.period): (said, listed)
            for said, listed in given.answers
        }
        self._claims = Claims(store, scan, given)
        self._calendar = judgings.calendar_digest(given.moment.calendar)

    def cases(self) -> Iterator[Case]:
        """Judge unit by unit in the order of codes."""
        given = self._given
        looks = records.looks(self._store, self._scan)
        superiors = {unit.parent for unit in given.units if unit.parent}
        above = dict(records.looks(self._store, self._scan, units=superiors))
        seen_unit, seen = next(looks, ("", {}))
        # both streams run in the order of unit codes, so one walk meets every look
        for code, owed_by_unit in groupby(obligations(given), key=lambda one: one.unit.code):
            while seen_unit and seen_unit < code:
                seen_unit, seen = next(looks, ("", {}))
            here = seen if seen_unit == code else {}
            owed_here = tuple(owed_by_unit)
            unit = owed_here[0].unit
            judged_here = tuple(self.of_unit(owed_here, here))
            case = Case(
                unit=unit,
                judged=judged_here,
                looks=here,
                columns=given.catalog.columns,
                superior=above.get(unit.parent, {}),
                texts=self.texts,
                members=self._members.get(unit.code, ()),
                published=self._published(here),
                claims=self._claims.of_unit(unit.code, judged_here),
                earlier=self._claims.before(unit.code, judged_here),
                yields=self._claims.yields_of(unit.code, judged_here, here),
                removed=self._claims.gone_of(unit.code, here),
                pasts=self._claims.pasts_of(unit.code, here),
            )
            yield self._answered(doubted(case, given.moment))

    def with_answers(
        self, obligations: Sequence[Obligation], looks: Mapping[str, Observation]
    ) -> Iterator[tuple[Obligation, Assessment]]:
        """Judge what one unit owes, with the answers of people and without any doubt."""
        for obligation, one in self.of_unit(obligations, looks):
            yield obligation, self._settled(obligation, one)

    def _answered(self, case: Case) -> Case:
        """The case with the answers of people where it is left to them."""
        judged = tuple((owed, self._settled(owed, one)) for owed, one in case.judged)
        return replace(case, judged=judged)

    def _settled(self, obligation: Obligation, one: Assessment) -> Assessment:
        answer = self._answers.get(one.key)
        if answer is None or one.status is not Status.UNSURE:
            return one
        said, listed = answer
        on = self._given.moment.today
        return settled(one, said, obligation.requirement, listed=listed, on=on)

    def _published(self, looks: Mapping[str, Observation]) -> Mapping[str, tuple[date, ...]]:
        """The days that clocks start from which were read on a unit's own pages."""
        return publication_days(self._given.catalog, self._publications, looks)

    def of_unit(
        self, obligations: Sequence[Obligation], looks: Mapping[str, Observation]
    ) -> Iterator[tuple[Obligation, Assessment]]:
        """Judge what one unit owes from its looks by column."""
        given = self._given
        code = obligations[0].unit.code
        misread = is_misread(looks.values(), given.failing)
        days = self._published(looks)
        gone = still_gone(self._removed.get(code, ()), looks)
        for obligation in obligations:
            columns = obligation.requirement.columns
            one = assess(
                started_by(obligation, days),
                [looks[column] for column in columns if column in looks],
                given.moment,
                removed=gone,
                last_verified_on=max(
                    (day for column in columns if (day := self._verified.get((code, column)))),
                    default=None,
                ),
                catalog_digest=given.catalog.digest,
                calendar_digest=self._calendar,
                reader=given.reader,
                misread=misread,
                pairs=self._pairs(obligation, looks),
                texts=self.texts,
                members=self._members.get(code, ()),
            )
            yield obligation, one

    def _pairs(
        self, obligation: Obligation, looks: Mapping[str, Observation]
    ) -> tuple[Pair, ...] | None:
        """The pairs of the duties linked to this one; few items have any."""
        requirement = obligation.requirement
        if requirement.id not in self._linked:
            return None
        given = self._given
        return pairs_of(requirement, given.catalog, looks, obligation.unit, given.moment)

    def _removals(self) -> Mapping[str, tuple[Removal, ...]]:
        """What columns do not list any more, where some clock asks for it."""
        given = self._given
        columns = watched_columns(given.catalog.requirements.values())
        if not columns:
            return {}
        since = given.moment.today - _REMOVED_SINCE
        return removals(
            self._store, self._scan, columns=columns, since=since, uncounted=given.uncounted
        )
