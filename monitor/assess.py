"""核查结论: one obligation and what was seen of it → one honest status with its reason.

Not being able to look is never a gap. A gap needs every column of the requirement looked at
conclusively, the unit's own name on the page, and the list read as far back as the clock
needs; anything less is UNSURE or UNREACH. A good status needs one column only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

from monitor.dating import marked
from monitor.doubts import doubt, worse
from monitor.inside import looked_into, marked_recognised, narrowest
from monitor.matching import answering, near_word, nearest, statement
from monitor.model import (
    GAPS,
    UNKNOWN,
    Assessment,
    Beside,
    Coverage,
    Document,
    Evidence,
    Extract,
    Moment,
    Obligation,
    Observation,
    Outcome,
    Pair,
    Removal,
    Requirement,
    Seen,
    StatementRule,
    Status,
    Unit,
    Verdict,
    Where,
)
from monitor.removals import ABSENT, removed_of
from monitor.waivers import status_of
from monitor.weighing import weigh
from monitor.wording import WHOLE_LIST, Because

#: how many of the documents behind a verdict an assessment keeps
KEPT = 5
_YEAR = timedelta(days=366)
_NO_TEXTS: Mapping[str, tuple[Extract, ...]] = MappingProxyType({})
_WHOLE = Coverage(to_end=True)
_ON_THE_WEB = frozenset({Where.SITE, Where.PLATFORM})
_SETTLED = frozenset({Status.OK, Status.DUE_SOON, Status.STMT})
#: what is concluded from what was read
_SEEN = GAPS | _SETTLED


def assess(
    obligation: Obligation,
    looks: Sequence[Observation],
    on: Moment,
    *,
    last_verified_on: date | None = None,
    catalog_digest: str = "",
    calendar_digest: str = "",
    reader: str = "",
    misread: bool = False,
    pairs: tuple[Pair, ...] | None = None,
    removed: Sequence[Removal] = (),
    texts: Mapping[str, tuple[Extract, ...]] = _NO_TEXTS,
    members: tuple[Unit, ...] = (),
) -> Assessment:
    """Return the status of an obligation from the looks at its columns, one for each.

    ``removed``: what columns of the unit listed once and now do not (``removals.still_gone``).
    ``last_verified_on`` is the day of the last complete look; it is told when this one decides
    nothing. ``misread``: the looks are those of a reader that is known to be wrong. ``pairs``: what
    the night showed of the duties linked to it. ``texts``: the kept words of the documents seen, by
    their digest; ``members``: the units under this one.
    """
    verdict = (
        _before_looking(obligation)
        or _before_opening(obligation, looks)
        or _judge(
            obligation,
            looks,
            _known(obligation, pairs, removed),
            on,
            Beside(texts=texts, members=members, on=on),
        )
    )
    if misread and verdict.status in _SEEN:
        verdict = _unsure(Because.READER_FAILED)
    requirement = obligation.requirement
    status = verdict.status
    return Assessment(
        unit=obligation.unit.code,
        requirement=requirement.id,
        period=obligation.period,
        status=status,
        because=verdict.because,
        facts=verdict.facts,
        late_by=_late_by(verdict),
        documents=verdict.documents[:KEPT],
        nearest=verdict.nearest,
        page=_page(looks),
        evidence=_evidence(looks),
        flags=verdict.flags,
        unchecked=_unchecked(requirement, verdict) if status is Status.OK else (),
        assessed_on=on.today,
        last_verified_on=last_verified_on if status in UNKNOWN else None,
        catalog_digest=catalog_digest,
        calendar_digest=calendar_digest,
        reader=reader,
    )


def _unchecked(requirement: Requirement, verdict: Verdict) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*requirement.unchecked, *verdict.untold)))


def _before_looking(obligation: Obligation) -> Verdict | None:
    """What is decided without any look: an approval, a switch, a trait nobody told."""
    if (waiver := obligation.waiver) is not None:
        status = status_of(waiver)
        because = Because.EXEMPTED if status is Status.EXEMPT else Because.NOT_CONCERNED
        return Verdict(status=status, because=because, facts={"reason": waiver.reason})
    if (reason := obligation.requirement.switched_off.get(obligation.unit.code)) is not None:
        return Verdict(status=Status.NA, because=Because.NOT_CONCERNED, facts={"reason": reason})
    if obligation.requirement.where not in _ON_THE_WEB:
        return _unsure(Because.NOT_ON_THE_WEB)
    if (trait := obligation.unknown_trait) is not None:
        return _unsure(Because.TRAIT_UNKNOWN, trait=trait.value)
    return None


def _before_opening(obligation: Obligation, looks: Sequence[Observation]) -> Verdict | None:
    """What is decided because nothing was looked at."""
    if looks:
        return None
    unit = obligation.unit
    if not _knows_the_place(obligation):
        return _unsure(Because.PLATFORM_UNKNOWN)
    if not (unit.home or unit.disclosure_home or _has_entrance(obligation)):
        return _unsure(Because.NO_SITE)
    return Verdict(status=Status.NEW, because=Because.NOT_LOOKED_YET)


def _knows_the_place(obligation: Obligation) -> bool:
    """Whether it is known where the item stands: on the unit's site, or on a platform we know."""
    return obligation.requirement.where is not Where.PLATFORM or _has_entrance(obligation)


def _has_entrance(obligation: Obligation) -> bool:
    entrances = obligation.unit.entrances
    return any(entrances.get(column) for column in obligation.requirement.columns)


def _known(
    obligation: Obligation, pairs: tuple[Pair, ...] | None, removed: Sequence[Removal]
) -> Seen:
    """What clocks are told beside what the columns show tonight."""
    return Seen(
        removed=removed_of(obligation.requirement, removed) if removed else (),
        events=obligation.events,
        period=obligation.period,
        pairs=pairs,
    )


def _judge(
    obligation: Obligation,
    looks: Sequence[Observation],
    known: Seen,
    on: Moment,
    beside: Beside,
) -> Verdict:
    """Judge by the columns that could be read; the others can only hold a gap back."""
    held_back: Verdict | None = None
    opened: list[Observation] = []
    absent: list[Observation] = []
    for look in looks:
        if (found := doubt(look, partial(_columns, obligation, [look]))) is not None:
            held_back = worse(held_back, found)
        elif look.outcome is Outcome.OPENED:
            opened.append(look)
        else:
            absent.append(look)
    if opened:
        verdict = _of_documents(obligation, opened, known, on, beside)
        if verdict.status in _SETTLED:
            return verdict
    if not _knows_the_place(obligation):  # what a platform holds, no other site can lack
        return _unsure(Because.PLATFORM_UNKNOWN)
    if (held_back := held_back or _unlooked(obligation, looks)) is not None:
        return held_back
    return verdict if opened else _of_absence(obligation, absent, known, on)


def _unlooked(obligation: Obligation, looks: Sequence[Observation]) -> Verdict | None:
    """A doubt, if a column of the requirement has no look at all."""
    looked_at = {look.column for look in looks}
    if looked_at.issuperset(obligation.requirement.columns):
        return None
    facts = {"outcome": Outcome.NOT_REACHED.value}
    return Verdict(status=Status.UNREACH, because=Because.PAGE_NOT_OPENED, facts=facts)


# --- columns that could be read --------------------------------------------------------


def _of_documents(
    obligation: Obligation,
    opened: list[Observation],
    known: Seen,
    on: Moment,
    beside: Beside,
) -> Verdict:
    """Judge what stands in the opened columns, all of them together."""
    requirement = obligation.requirement
    documents, coverage = opened[0].documents, opened[0].coverage
    if len(opened) > 1:
        documents = tuple(document for look in opened for document in look.documents)
        coverage = narrowest(opened)
    found = answering(documents, requirement.match)
    seen = replace(known, documents=found, coverage=coverage)
    verdict = weigh(requirement, seen, on)
    if verdict.documents and verdict.status in _SETTLED:
        beside = replace(beside, listed=seen.documents, coverage=coverage)
        verdict = looked_into(requirement, verdict, beside)
        return marked(verdict) if verdict.status in _SETTLED else verdict
    if verdict.status is Status.OK:
        return verdict
    start = _start(requirement, verdict, on)
    if (stated := _stated(obligation, documents, start, verdict, on)) is not None:
        return stated
    if verdict.because is Because.PAIR_MISSING:  # each pair was asked what is near to it
        return _told(obligation, opened, coverage, verdict)
    if verdict.status in ABSENT:
        needed = verdict.since or date.min
        return _near(requirement, documents, needed) or _told(
            obligation, opened, coverage, _with_nearest(verdict, requirement, documents)
        )
    return verdict


def _stated(
    obligation: Obligation,
    documents: Sequence[Document],
    start: date,
    verdict: Verdict,
    on: Moment,
) -> Verdict | None:
    """A 情况说明 in the column instead of the item: STMT, or UNSURE if it is doubtful."""
    requirement = obligation.requirement
    if requirement.statement is StatementRule.REFUSED:
        return None
    document, doubt = statement(documents, requirement, obligation.unit, start, on.today)
    if document is None:
        return None
    facts = {"title": document.title, "published": document.day}
    if doubt is None:
        stated = Verdict(
            status=Status.STMT, because=Because.STATED, facts=facts, documents=(document,)
        )
        return marked_recognised(stated, [document])
    if verdict.status is Status.DUE_SOON:
        return None
    return Verdict(
        status=Status.UNSURE,
        because=Because.STATEMENT_UNCLEAR,
        facts=facts | {"doubt": doubt.value},
        nearest=document,
    )


def _near(requirement: Requirement, documents: Sequence[Document], needed: date) -> Verdict | None:
    """A title of the window that may be the item under another word."""
    if not requirement.match.near:
        return None
    for document in documents:
        if document.day is not None and document.day < needed:
            continue
        if (word := near_word(requirement.match, document.title)) is not None:
            return Verdict(
                status=Status.UNSURE,
                because=Because.NEAR_WORD,
                facts={"title": document.title, "word": word},
                nearest=document,
            )
    return None


def _start(requirement: Requirement, verdict: Verdict, on: Moment) -> date:
    """Return since when a 情况说明 is valid: the window of the clock, a year at the most."""
    since = verdict.since or max((limit.since(on) for limit in requirement.limits), default=None)
    return max(since or date.min, on.today - _YEAR)


def _with_nearest(
    verdict: Verdict, requirement: Requirement, documents: Sequence[Document]
) -> Verdict:
    if verdict.nearest is not None:
        return verdict
    near = nearest(documents, requirement.match)
    return verdict if near is None else replace(verdict, nearest=near)


# --- columns that are not there, or say they are empty ---------------------------------


def _of_absence(
    obligation: Obligation, absent: list[Observation], known: Seen, on: Moment
) -> Verdict:
    """Judge columns that are empty, gone or were never there.

    A column may be missed only if an empty one would be a gap today; a link that leads
    nowhere is a fault on any day.
    """
    requirement = obligation.requirement
    empty = next((look for look in absent if look.outcome is Outcome.SAYS_EMPTY), None)
    linked = next((look for look in absent if look.still_linked), None)
    gone = next((look for look in absent if look.outcome is Outcome.GONE), None)
    nothing = replace(known, removed=(), coverage=_WHOLE)
    clock = weigh(requirement, nothing, on)
    is_owed = clock.status in GAPS
    facts: dict[str, object] = {"column": _columns(obligation, absent)}
    if empty is not None:
        if not is_owed and not _owes_statement(requirement, clock):
            return clock
        status, because = Status.EMPTY, Because.COLUMN_EMPTY
        facts |= {"column": _columns(obligation, [empty]), "phrase": empty.phrase}
    elif linked is not None:
        status, because = Status.BROKEN, Because.COLUMN_BROKEN
        facts |= {"column": _columns(obligation, [linked])} | _answer(linked)
    elif gone is not None:
        status, because = Status.NOCOL if is_owed else Status.UNSURE, Because.COLUMN_GONE
        facts |= _answer(gone)
    else:
        status = Status.NOCOL if is_owed else Status.UNSURE
        because = Because.COLUMN_NOT_FOUND
    if requirement.where is Where.PLATFORM:  # the platform is not the unit's to mend
        return Verdict(status=Status.UNSURE, because=because, facts=facts)
    return Verdict(status=status, because=because, facts=facts, flags=clock.flags)


def _owes_statement(requirement: Requirement, clock: Verdict) -> bool:
    """Whether nothing at all is too little: a 情况说明 was required."""
    is_required = requirement.statement is StatementRule.REQUIRED
    return is_required and clock.because is Because.NOTHING_EXPECTED_KNOWN


# --- facts for the sentences -----------------------------------------------------------


def _told(
    obligation: Obligation, opened: list[Observation], coverage: Coverage, verdict: Verdict
) -> Verdict:
    """Add what the sentence of a gap needs and a clock does not know."""
    requirement = obligation.requirement
    facts = {
        "name": requirement.name,
        "column": _columns(obligation, opened),
        "words": _listed(requirement.match.any or requirement.match.all) or requirement.name,
        "since": WHOLE_LIST if coverage.to_end else coverage.since,
    }
    return replace(verdict, facts=facts | dict(verdict.facts))


def _answer(look: Observation) -> dict[str, object]:
    """What the site said where the column was."""
    answer = look.phrase or look.http_status
    return {"answer": answer} if answer else {}


def _columns(obligation: Obligation, looks: Sequence[Observation]) -> str:
    names = {column.id: column.name for column in obligation.columns}
    known = [names[look.column] for look in looks if look.column in names]
    return _listed(dict.fromkeys(known)) or obligation.requirement.name


def _listed(words: Iterable[str]) -> str:
    """The words for a reader: of alternatives (举报电话|监督电话) the first."""
    return "、".join(word.partition("|")[0] for word in words)


def _page(looks: Sequence[Observation]) -> str:
    """Return the address a person should open: of a column that opened, else of any."""
    addresses = [look.address for look in looks if look.outcome is Outcome.OPENED]
    return next(filter(None, (*addresses, *(look.address for look in looks))), "")


def _evidence(looks: Sequence[Observation]) -> tuple[Evidence, ...]:
    if len(looks) == 1:
        return looks[0].evidence
    return tuple(stored for look in looks for stored in look.evidence)


def _late_by(verdict: Verdict) -> int | None:
    late_by = verdict.facts.get("late_by")
    return late_by if isinstance(late_by, int) and verdict.status is Status.OK else None


def _unsure(because: Because, **facts: object) -> Verdict:
    return Verdict(status=Status.UNSURE, because=because, facts=facts)
