"""整改是否属实: what seems to mend a gap, and may only seem to, is for a person to say. Pure.

While a finding stands that a person confirmed, good verdicts close it. Entries that only make it
look mended are therefore left out and the rest is judged again: where that is not good, the verdict
is 待人工核实, which neither closes the finding nor accuses anyone anew. Entries without a day are
no news to the clocks themselves, but for those that an event starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from monitor.addresses import identity
from monitor.assess import assess
from monitor.findings import GOOD
from monitor.judgements.case import Case
from monitor.judgements.likeness import SHORTEST, bare
from monitor.judgements.originality import is_all, left_open
from monitor.matching import answers
from monitor.model import (
    Assessment,
    Claim,
    Document,
    Earlier,
    Moment,
    Obligation,
    Observation,
    Outcome,
    Reading,
    Requirement,
    Status,
)
from monitor.obligations import started_by
from monitor.textform import normal_form
from monitor.timelimits import AfterEvent, ColumnMaxAge, PairedAfter, Periodic, Standing
from monitor.wording import Because, Sham

_MENDED: Final = frozenset({Status.OK, Status.DUE_SOON})
#: gaps that old entries cannot mend; what was missing is mended by putting it where it belongs
_WANTS_NEWS: Final = frozenset({Status.STALE, Status.EMPTY})
#: gaps inside an entry that was there before
_INSIDE: Final = frozenset({Status.PARTIAL, Status.BROKEN})
#: letters of a text that says nothing; a sentence that nothing happened is longer
_NOTHING_SAID: Final = 10
_YEARS: Final = re.compile(r"20\d\d")
#: days and times, which say nothing of the matter
_WHEN: Final = re.compile(r"20\d\d[-年./]\d{1,2}(?:[-月./]\d{1,2}日?)?|\d{1,2}[:：]\d{2}")
_NO_LETTER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Mend:
    """What is said to be mended: the finding, and what stood there when it began."""

    case: Case
    requirement: Requirement
    claim: Claim
    earlier: Earlier

    def is_news(self, document: Document) -> bool:
        """Whether its column did not list it when the gap was first seen."""
        first = document.first_seen_on
        return first is not None and first > self.claim.first_seen_on

    def stood_so(self, document: Document) -> bool:
        """Whether it was listed under this title when the gap was first seen."""
        address = identity(document.url)
        return any(identity(before.url) == address for before in self.titled(document))

    def titled(self, document: Document) -> Iterator[Document]:
        """What its columns listed under its title when the gap was first seen."""
        for column, before in self.earlier.listed:
            if column in self.requirement.columns and before.title == document.title:
                yield before

    @property
    def goes_by_days(self) -> bool:
        """Whether a later day makes an entry answer that did not; to be there is another matter."""
        return any(
            isinstance(limit, AfterEvent | ColumnMaxAge | Periodic)
            or (isinstance(limit, Standing) and limit.review_every is not None)
            for limit in self.requirement.limits
        )

    @property
    def wants_news(self) -> bool:
        """Whether an entry that was public elsewhere leaves the gap what it was.

        An edition or a standing item, told by its words, is what was owed wherever it stood before.
        """
        if self.claim.status not in _WANTS_NEWS:
            return False
        is_named = self.requirement.match.any or self.requirement.match.all
        return not is_named or any(
            isinstance(limit, ColumnMaxAge | Periodic)
            or (isinstance(limit, Standing) and limit.review_every is not None)
            for limit in self.requirement.limits
        )


def not_mended(
    case: Case, obligation: Obligation, judged: Assessment, on: Moment
) -> Assessment | None:
    """Return a good verdict in doubt when it rests on what does not mend the finding; else None."""
    claim = case.claims.get(obligation.key)
    if claim is None or judged.status not in _MENDED or not judged.documents:
        return None
    before = case.earlier.get(obligation.key, _NOTHING)
    mend = _Mend(case, obligation.requirement, claim, before)
    shams = dict(_shams(mend))
    if not shams or _is_good_without(case, obligation, judged, shams, on):
        return None
    document = next((one for one in judged.documents if one in shams), next(iter(shams)))
    return replace(
        judged,
        status=Status.UNSURE,
        because=Because.NOT_MENDED,
        facts={"why": shams[document], "finding": claim.number, "title": document.title},
        nearest=document,
        late_by=None,
        unchecked=(),
    )


_NOTHING: Final = Earlier()


def _is_good_without(
    case: Case,
    obligation: Obligation,
    judged: Assessment,
    shams: Mapping[Document, str],
    on: Moment,
) -> bool:
    limits = obligation.requirement.limits
    if any(isinstance(limit, PairedAfter) for limit in limits):  # a case does not hold the pairs
        return any(document not in shams for document in judged.documents)
    looks = [
        replace(look, documents=tuple(one for one in look.documents if one not in shams))
        for column in obligation.requirement.columns
        if (look := case.looks.get(column)) is not None
    ]
    started = started_by(obligation, case.published)
    again = assess(started, looks, on, texts=case.texts, members=case.members)
    return again.status in GOOD


def _shams(mend: _Mend) -> Iterator[tuple[Document, str]]:
    """The entries that would answer and do not count, each with the sentence why."""
    for column in mend.requirement.columns:
        look = mend.case.looks.get(column)
        if look is None or look.outcome is not Outcome.OPENED:
            continue
        elsewhere = _leads_elsewhere(mend, column, look)
        for document in look.documents:
            if answers(mend.requirement.match, document.title):
                why = elsewhere or next(_signs(mend, document), "")
                if why:
                    yield document, why


def _signs(mend: _Mend, document: Document) -> Iterator[str]:
    if mend.is_news(document) or mend.claim.status in _INSIDE:
        yield from _says_nothing(mend, document)
    if mend.is_news(document):
        yield from _leads_home(mend, document)
    yield from _undated(mend, document)
    if mend.wants_news and mend.is_news(document):
        yield from _moved(mend, document)
    yield from _redated(mend, document)
    yield from _old_words(mend, document)


# --- the column ------------------------------------------------------------------------


def _leads_elsewhere(mend: _Mend, column: str, look: Observation) -> str:
    """Why a column is now another page; "" where it stood there, or the office registered it so.

    A page that several other columns are read from is one page for all, and nobody's own.
    """
    case, stood = mend.case, mend.earlier.addresses
    address = identity(look.address)
    known = {identity(stood.get(column, "")), identity(case.unit.entrances.get(column, ""))}
    if not look.address or address in known:
        return ""
    others = [
        other
        for other, seen in case.looks.items()
        if other not in mend.requirement.columns
        and seen.outcome is Outcome.OPENED
        and identity(seen.address) == address
    ]
    name = case.name_of(column)
    if len(others) == 1 and identity(stood.get(others[0], "")) == address:
        return Sham.OTHER_COLUMN.tell(column=name, other=case.name_of(others[0]))
    if not others and case.unit.home and address == identity(case.unit.home):
        return Sham.HOME.tell(column=name)
    return ""


# --- one entry -------------------------------------------------------------------------


def _says_nothing(mend: _Mend, document: Document) -> Iterator[str]:
    text = mend.case.text_of(document)
    if left := left_open(document.title, f"{document.title}\n{text or ''}"):
        yield Sham.TEMPLATE.tell(title=document.title, left=left)
    if text is None:
        return
    # where elements are asked for, they were found; a number or a phone may be all there is to say
    if is_all(document) and not mend.requirement.complete:
        said = _WHEN.sub("", text.replace(document.title, ""))
        if len(bare(said)) < _NOTHING_SAID and not any(map(str.isdigit, said)):
            yield Sham.THIN.tell(title=document.title)


def _leads_home(mend: _Mend, document: Document) -> Iterator[str]:
    """An entry that opens the unit's home page, in a list of which none did before."""
    home = identity(mend.case.unit.home) if mend.case.unit.home else ""
    if not home or identity(document.url) != home:
        return
    stood = (one for column, one in mend.earlier.listed if column in mend.requirement.columns)
    if not any(identity(one.url) == home for one in stood):
        yield Sham.LEADS_HOME.tell(title=document.title)


def _undated(mend: _Mend, document: Document) -> Iterator[str]:
    """An entry without a day, which to the clock of an event is as good as one of after it.

    Also one that stood there with a day: a list that loses its days makes nothing new.
    """
    is_by_event = any(isinstance(limit, AfterEvent) for limit in mend.requirement.limits)
    if document.day is None and is_by_event:
        yield Sham.UNDATED.tell(title=document.title)


def _moved(mend: _Mend, document: Document) -> Iterator[str]:
    """An entry that another column of the unit listed when the gap was first seen."""
    for column, before in mend.earlier.listed:
        if column not in mend.requirement.columns and _is_same_entry(document, before):
            yield Sham.MOVED.tell(
                title=document.title,
                other=mend.case.name_of(column),
                first=before.first_seen_on,
            )


def _is_same_entry(one: Document, other: Document) -> bool:
    """Whether an address and its matter are the same, or a title and its day."""
    if identity(one.url) == identity(other.url):
        return bare(normal_form(one.title)) == bare(normal_form(other.title))
    is_dated = one.day is not None and one.day == other.day
    return is_dated and normal_form(one.title) == normal_form(other.title)


def _redated(mend: _Mend, document: Document) -> Iterator[str]:
    """The words that stood there when the gap was first seen, under a new day.

    The clocks take words for as new as their first sight, which may be the night of the gap, or one
    after it: entries of a list are opened from the night on that follows a person's word.
    """
    since, before = document.unchanged_since, document.redated_from
    if since is None or before is None:
        since, before = _same_words(mend, document)
    elif since > mend.claim.first_seen_on and not mend.stood_so(document):
        return
    if since is not None and before is not None:
        yield Sham.REDATED.tell(
            title=document.title, before=before, published=document.day, since=since
        )


def _same_words(mend: _Mend, document: Document) -> tuple[date | None, date | None]:
    """Since when the words were there and the day they bore last, where their row was broken.

    It is where a list was misread for some nights, or a site made anew.
    """
    day, text = document.day, _whole(mend, document)
    last = max(mend.titled(document), key=lambda one: one.day or date.min, default=None)
    if last is None or last.day is None or day is None or text is None or not mend.goes_by_days:
        return None, None
    is_telling = identity(last.url) == identity(document.url) or len(text) >= SHORTEST
    is_same = is_telling and last.day < day and _whole(mend, last) == text
    return (last.first_seen_on, last.day) if is_same else (None, None)


def _old_words(mend: _Mend, document: Document) -> Iterator[str]:
    """An entry all of whose words were there before: under another year, or as another entry.

    At another address short texts may be alike by chance.
    """
    text = _whole(mend, document)
    if text is None or mend.stood_so(document):
        return
    years, is_long = set(_YEARS.findall(document.title)), len(text) >= SHORTEST
    wants_news = mend.wants_news and is_long and mend.is_news(document)
    for _, before in mend.earlier.listed:
        is_here = identity(before.url) == identity(document.url)
        is_retitled = (
            (is_here or is_long)
            and bare(before.title) == bare(document.title)
            and set(_YEARS.findall(before.title)) != years
        )
        if not (is_retitled or (wants_news and not is_here)):
            continue
        if _files(before) != _files(document) or _whole(mend, before) != text:
            continue
        if is_retitled:
            yield Sham.RETITLED.tell(title=document.title, before=before.title)
        else:
            yield Sham.REPOSTED.tell(title=document.title, before=before.title)


def _files(document: Document) -> set[str]:
    return {identity(file.url) for file in document.attachments}


def _whole(mend: _Mend, document: Document) -> str | None:
    """The letters of a text beside its own title; None when not all of it is known."""
    if document.reading is not Reading.WHOLE:
        return None
    text = mend.case.text_of(document)
    if text is None:
        return None
    letters, title = (_NO_LETTER.sub("", part) for part in (text, document.title))
    return letters.replace(title, "")
