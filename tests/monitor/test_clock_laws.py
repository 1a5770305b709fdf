"""Laws that hold for every clock, every day and every list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from builders import CALENDAR, age, document, md, moment, obligation, observation, requirement
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.assess import assess
from monitor.model import (
    GAPS,
    Coverage,
    DayKind,
    Document,
    Grounds,
    Match,
    Moment,
    Removal,
    Seen,
    Status,
)
from monitor.periods import Age, AgeUnit, Every
from monitor.timelimits import (
    AfterEvent,
    BeforeEvent,
    Clock,
    ColumnMaxAge,
    NoticePeriod,
    Periodic,
    Presence,
    Season,
    Standing,
    Suspend,
    TakedownAfter,
    YearlyBy,
)

#: the first count of a year takes its time
UNTIMED = settings(deadline=None, max_examples=300, derandomize=True, database=None)
LAW = Grounds.LAW
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
days = st.dates(FIRST, LAST)
kinds = st.sampled_from(DayKind)
counts = st.integers(0, 40)
ages = st.builds(Age, st.integers(1, 14), st.sampled_from(AgeUnit))
events = st.lists(days, max_size=3).map(lambda found: {"事": tuple(sorted(found))})
entries = st.lists(
    st.builds(lambda on, n: document(f"第{n}号公示", on), st.none() | days, st.integers(1, 9)),
    max_size=4,
).map(tuple)


@st.composite
def removals(draw: st.DrawFn) -> tuple[Removal, ...]:
    found = []
    for number in range(draw(st.integers(0, 2))):
        published = draw(days)
        listed = published + timedelta(days=draw(st.integers(0, 40)))
        missed = listed + timedelta(days=draw(st.integers(1, 40)))
        entry = document(f"第{number}号拟聘公示", published)
        found.append(Removal(document=entry, column="fees", listed_on=listed, missed_on=missed))
    return tuple(found)


clocks: st.SearchStrategy[Clock] = st.one_of(
    st.builds(
        AfterEvent,
        grounds=st.just(LAW),
        event=st.just("事"),
        days=counts,
        day_kind=kinds,
        presence=st.sampled_from(Presence),
        outer=st.none() | st.just(md("03-31")),
    ),
    st.builds(BeforeEvent, grounds=st.just(LAW), event=st.just("事"), lead=st.none() | ages),
    st.builds(
        NoticePeriod, grounds=st.just(LAW), days=st.none() | st.integers(1, 40), day_kind=kinds
    ),
    st.builds(
        TakedownAfter,
        grounds=st.just(LAW),
        event=st.sampled_from(("事", "公开")),
        days=counts,
        day_kind=kinds,
    ),
    st.builds(
        Periodic,
        grounds=st.just(LAW),
        every=st.sampled_from(Every),
        suspend=st.none() | st.just(Suspend.VACATION),
    ),
    st.builds(
        ColumnMaxAge,
        grounds=st.just(LAW),
        max_age=ages,
        suspend=st.none() | st.just(Suspend.VACATION),
    ),
    st.sampled_from(
        (
            YearlyBy(grounds=LAW, month=2, day=29),
            Season(grounds=LAW, opens=md("08-15"), closes=md("09-30"), label="秋季"),
            Standing(grounds=LAW),
            Standing(grounds=LAW, review_every=age("1y")),
        )
    ),
)


def at(today: date) -> Moment:
    return moment(today, calendar=CALENDAR)


@given(days, counts, kinds)
@UNTIMED
def test_no_due_day_lies_before_what_starts_it(start: date, count: int, kind: DayKind) -> None:
    limit = AfterEvent(grounds=LAW, event="事", days=count, day_kind=kind)
    due = limit.due("", {"事": (start,)}, at(start))

    assert due is not None
    assert due >= start + timedelta(days=count)


@given(days, ages)
@UNTIMED
def test_what_comes_ahead_is_never_due_after_the_event(event: date, lead: Age) -> None:
    due = lead.before(event)

    assert due < event
    assert lead.after(due) <= event < lead.after(due + timedelta(days=1))


@given(
    limit=clocks,
    today=days,
    known=events,
    listed=entries,
    gone=removals(),
    grace=st.integers(0, 60),
)
def test_grace_never_opens_a_gap_earlier(
    limit: Clock,
    today: date,
    known: dict[str, tuple[date, ...]],
    listed: tuple[Document, ...],
    gone: tuple[Removal, ...],
    grace: int,
) -> None:
    seen = Seen(documents=listed, removed=gone, events=known, coverage=Coverage(to_end=True))

    if replace(limit, grace=grace).judge(seen, at(today)).status in GAPS:
        assert limit.judge(seen, at(today)).status in GAPS


@given(clocks, days, events, entries, removals())
@UNTIMED
def test_a_gap_never_opens_on_a_window_that_was_not_read(
    limit: Clock,
    today: date,
    known: dict[str, tuple[date, ...]],
    listed: tuple[Document, ...],
    gone: tuple[Removal, ...],
) -> None:
    """A list of which nothing is known but its newest page: only what it shows may be judged."""
    item = requirement(match=Match(any=("公示",)), limits=(limit,))
    unread = observation(
        *listed,
        document("别的", today),
        coverage=Coverage(pages=1, since=today + timedelta(days=1)),
    )

    found = assess(obligation(requirement=item, events=known), (unread,), at(today), removed=gone)

    assert found.status not in GAPS


@given(clocks, days, events, entries, removals())
@UNTIMED
def test_every_verdict_can_be_told(
    limit: Clock,
    today: date,
    known: dict[str, tuple[date, ...]],
    listed: tuple[Document, ...],
    gone: tuple[Removal, ...],
) -> None:
    item = requirement(match=Match(any=("公示",)), limits=(limit,))
    look = observation(*listed, document("别的", today))

    found = assess(obligation(requirement=item, events=known), (look,), at(today), removed=gone)

    assert "不详" not in found.sentence
    assert found.status is not Status.UNREACH


@given(clocks, days, events, entries)
@UNTIMED
def test_a_rule_that_is_not_in_force_yet_opens_nothing(
    limit: Clock,
    today: date,
    known: dict[str, tuple[date, ...]],
    listed: tuple[Document, ...],
) -> None:
    young = replace(limit, effective_from=today + timedelta(days=1))
    seen = Seen(documents=listed, events=known, coverage=Coverage(to_end=True))

    assert young.judge(seen, at(today)).status not in GAPS
