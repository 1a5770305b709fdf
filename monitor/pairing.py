"""配对: which document speaks of another one: by document number, title, or a shared file.

In: documents that owe a partner, and those that may be one. Out: a :class:`Pair` for each that
owes. Who is asked at all, and what an open pair means, is not decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.alike import Likeness, likeness
from monitor.docnumbers import DocNo, doc_numbers
from monitor.model import Document, LinkKey, Pair
from monitor.textform import normal_form
from monitor.titles import Subject, Title, read

#: a partner may come so much before its document: both are prepared together
EARLY = timedelta(days=30)
#: one document listed twice within so many days is one
_SAME_TIME = timedelta(days=30)
_LONG_BEFORE = timedelta(days=180)
_BY_NUMBER = 10  # above every likeness


@dataclass(frozen=True, slots=True)
class _Read:
    """A document with its title read."""

    document: Document
    title: Title
    numbers: tuple[DocNo, ...]


@dataclass(frozen=True, slots=True)
class _Tie:
    """What holds a partner's subject (its place in the title) to a trigger, and how firmly."""

    trigger: int
    partner: int
    subject: int
    strength: int


def paired(
    triggers: Iterable[Document],
    partners: Iterable[Document],
    *,
    doubtful: Iterable[Document] = (),
    of: str,
    keys: Collection[LinkKey] = tuple(LinkKey),
    own_places: tuple[str, ...] = (),
) -> tuple[Pair, ...]:
    """Pair every dated trigger, the oldest first, with what answers it.

    ``partners`` may answer; ``doubtful`` stand where partners stand, but are not called so: they
    can only make an open pair doubtful. One partner answers several triggers only when its title
    names them all.
    """
    asked = [_read(one, own_places) for one in _once(triggers)]
    named = [_read(one, own_places) for one in partners]
    unnamed = [_read(one, own_places) for one in doubtful]
    ties = [
        tie for place, trigger in enumerate(asked) for tie in _ties(place, trigger, named, keys)
    ]
    firm = _chosen(ties, asked, named)
    taken = _taken(firm, named)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for tie in firm:
        found[tie.trigger].add(tie.partner)
    return tuple(
        _pair(
            trigger,
            of,
            [named[partner].document for partner in sorted(found[place])],
            _near(place, trigger, ties, named, taken, unnamed),
        )
        for place, trigger in enumerate(asked)
    )


def _pair(trigger: _Read, of: str, answers: list[Document], near: Document | None) -> Pair:
    day = trigger.document.day
    assert day is not None  # undated ones were left out
    return Pair(
        of=of,
        trigger=trigger.document,
        since=day - EARLY,
        partners=tuple(sorted(answers, key=lambda one: one.day or date.max)),
        near=None if answers else near,
    )


def _read(document: Document, own_places: tuple[str, ...]) -> _Read:
    title = read(document.title, own_places)
    numbers = (*doc_numbers(document.doc_no), *title.doc_nos)
    return _Read(document, title, tuple(dict.fromkeys(numbers)))


def _once(triggers: Iterable[Document]) -> list[Document]:
    """The dated triggers, the oldest first, those listed twice only once."""
    dated = [(one.day, normal_form(one.title), one) for one in triggers if one.day is not None]
    kept: list[Document] = []
    last: dict[str, date] = {}
    for day, title, document in sorted(dated, key=lambda one: (one[0], one[1], one[2].url)):
        before = last.get(title)
        if before is not None and day - before <= _SAME_TIME:
            continue
        last[title] = day
        kept.append(document)
    return kept


# --- ties ----------------------------------------------------------------------------------


def _ties(
    place: int, trigger: _Read, named: Sequence[_Read], keys: Collection[LinkKey]
) -> list[_Tie]:
    found = []
    for number, partner in enumerate(named):
        if partner.document.url == trigger.document.url:
            continue
        strength = _by_reference(trigger, partner, keys)
        if strength:
            found.append(_Tie(place, number, -1, strength))
        if LinkKey.TITLE not in keys or _speaks_of_another(trigger, partner):
            continue
        for subject, said in enumerate(partner.title.subjects):
            alike = _most_alike(trigger.title.subjects, said)
            alike = _in_time(trigger.document, partner.document, said, alike)
            if alike is not Likeness.OTHER:
                found.append(_Tie(place, number, subject, alike))
    return found


def _by_reference(trigger: _Read, partner: _Read, keys: Collection[LinkKey]) -> int:
    """A number both bear, or a file both carry."""
    if LinkKey.DOC_NO in keys and any(
        one.is_same(other) for one in trigger.numbers for other in partner.numbers
    ):
        return _BY_NUMBER
    shares_a_file = _addresses(trigger.document) & _addresses(partner.document)
    return _BY_NUMBER if shares_a_file else 0


def _addresses(document: Document) -> frozenset[str]:
    return frozenset((document.url, *(file.url for file in document.attachments)))


def _speaks_of_another(trigger: _Read, partner: _Read) -> bool:
    """Whether the partner gives every document it names a number, and never this one's."""
    if len(partner.numbers) < len(partner.title.subjects):
        return False
    if any(one.is_same(other) for one in trigger.numbers for other in partner.numbers):
        return False
    return any(one.is_next_to(other) for one in trigger.numbers for other in partner.numbers)


def _most_alike(subjects: Sequence[Subject], said: Subject) -> Likeness:
    return max((likeness(one, said) for one in subjects), default=Likeness.OTHER)


def _in_time(trigger: Document, partner: Document, said: Subject, alike: Likeness) -> Likeness:
    """What came long before the document cannot speak of it.

    The same name leaves a doubt: the document may have been published anew. Not so when it also
    names the year of an earlier edition.
    """
    day, answered = trigger.day, partner.day
    if day is None or answered is None or answered >= day - EARLY:
        return alike
    is_earlier = said.years and max(said.years) < day.year and answered < day - _LONG_BEFORE
    return Likeness.LIKE if alike >= Likeness.SAME and not is_earlier else Likeness.OTHER


# --- who answers whom ----------------------------------------------------------------------


def _chosen(ties: Iterable[_Tie], asked: Sequence[_Read], named: Sequence[_Read]) -> list[_Tie]:
    """The firm ties: each subject of a partner speaks of the trigger it is firmest tied to.

    Among equals it is the nearest in time. Every number in a title is a subject of its own.
    """
    by_subject: defaultdict[tuple[int, int], list[_Tie]] = defaultdict(list)
    chosen: list[_Tie] = []
    for tie in ties:
        if tie.subject < 0:
            chosen.append(tie)
        elif tie.strength >= Likeness.SAME:
            by_subject[tie.partner, tie.subject].append(tie)
    numbered = {tie.partner for tie in chosen}
    for (partner, _), tied in by_subject.items():
        if partner in numbered and len(named[partner].title.subjects) == 1:
            continue  # its number says of which one it speaks
        firmest = max(tie.strength for tie in tied)
        chosen.append(
            min(
                (tie for tie in tied if tie.strength == firmest),
                key=lambda tie: _distance(asked[tie.trigger], named[tie.partner]),
            )
        )
    return chosen


def _distance(trigger: _Read, partner: _Read) -> tuple[bool, int]:
    """How far apart in time; before its document is farther than after it."""
    day, answered = trigger.document.day, partner.document.day
    if day is None or answered is None:
        return False, 0
    return answered < day, abs((answered - day).days)


def _taken(firm: Iterable[_Tie], named: Sequence[_Read]) -> Mapping[int, frozenset[int]]:
    """The subjects of each partner that are spoken for."""
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for tie in firm:
        count = len(named[tie.partner].title.subjects)
        if tie.subject >= 0:
            taken[tie.partner].add(tie.subject)
        elif count == 1:
            taken[tie.partner].add(0)
    return {partner: frozenset(subjects) for partner, subjects in taken.items()}


def _near(
    place: int,
    trigger: _Read,
    ties: Iterable[_Tie],
    named: Sequence[_Read],
    taken: Mapping[int, frozenset[int]],
    unnamed: Sequence[_Read],
) -> Document | None:
    """What may be the partner after all: alike and not spoken for, or of just the same name."""
    found = [
        (tie.strength, named[tie.partner].document)
        for tie in ties
        if tie.trigger == place
        if tie.strength == Likeness.EXACT or tie.subject not in taken.get(tie.partner, ())
    ]
    for other in unnamed:
        if other.document.url == trigger.document.url:
            continue
        for said in other.title.subjects:
            alike = _most_alike(trigger.title.subjects, said)
            alike = _in_time(trigger.document, other.document, said, alike)
            if alike is not Likeness.OTHER:
                found.append((alike, other.document))
    return max(found, key=lambda one: (one[0], str(one[1].day or "")), default=(0, None))[1]
