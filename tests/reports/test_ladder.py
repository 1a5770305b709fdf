from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from builders import CALENDAR, assessment, finding, requirement, unit

from monitor.findings import Clock
from monitor.model import (
    Catalog,
    Column,
    Duty,
    Finding,
    FindingEvent,
    LetterKind,
    LetterState,
    Move,
    Person,
    Posting,
    State,
    Status,
    UnitType,
)
from monitor.wording import Because
from reports.kinds.pass_on_mail import pass_on
from reports.ladder import Desk, Month, letters_due
from reports.notices import MailText

MONDAY = date(2026, 11, 2)
SCHOOL = unit(code="P-01", name="青禾县向阳小学", contact=Person(name="刘老师", mail="liu@a.cn"))
OTHER = unit(code="P-02", name="青禾县东门小学", contact=Person(name="李老师", mail="li@b.cn"))
CATALOG = Catalog(
    columns={"school-fees": Column(id="school-fees", name="收费信息")},
    requirements={"S-11": requirement(id="S-11"), "S-12": requirement(id="S-12", name="预算")},
)


@dataclass(frozen=True)
class Bureau:
    name: str = "青禾县教育局"
    phone: str = "0555-1234567"
    officer: str = "王科员"


def assigned(number: str = "W-1", **more: object) -> Finding:
    """Assigned on Monday the 2nd with ten working days, to Monday the 16th."""
    whole = {"number": number, "state": State.ASSIGNED, "assigned_on": MONDAY}
    return finding(**(whole | {"deadline": date(2026, 11, 16)} | more))


def posted(kind: LetterKind, day: date, *findings: str, **more: object) -> Posting:
    whole: dict[str, object] = {
        "number": 1,
        "event": f"{kind.name}:{day}",
        "kind": kind,
        "unit": "P-01",
        "day": day,
        "recipient": "liu@a.cn",
        "findings": findings,
        "subject": "",
        "message_id": "",
        "state": LetterState.SENT,
        "tries": 1,
        "next_at": None,
        "failing_since": None,
        "told": "",
        "made_at": datetime(2026, 11, 2, tzinfo=UTC),
        "settled_at": None,
        "settled_by": "",
    }
    return Posting(**(whole | more))


def desk(on: date, *findings: Finding, postings=(), assessments=(), duties=()) -> Desk:
    return Desk(
        findings=findings,
        assessments=assessments,
        catalog=CATALOG,
        postings=postings,
        duties=duties,
        office=Bureau(),
        reply_to="wang@c.cn",
        clock=Clock(on=on, calendar=CALENDAR),
        attach=lambda unit, findings, assessments: ((f"整改反馈表-{unit.name}.xlsx", b"sheet"),),
    )


def kinds(on: date, *findings: Finding, units=(SCHOOL,), **more) -> list[LetterKind]:
    return [one.kind for one in letters_due(units, desk(on, *findings, **more)).letters]


def test_what_was_assigned_is_told_once_all_together():
    due = letters_due([SCHOOL], desk(MONDAY, assigned("W-1"), assigned("W-2", requirement="S-12")))

    (letter,) = due.letters
    assert (letter.kind, letter.recipients) == (LetterKind.MEND, ("liu@a.cn",))
    assert letter.findings == ("W-1", "W-2")
    assert "2项待整改" in letter.subject
    assert [name for name, _ in letter.attachments] == ["整改反馈表-青禾县向阳小学.xlsx"]
    told = posted(LetterKind.MEND, MONDAY, "W-1", "W-2")
    assert kinds(date(2026, 11, 3), assigned("W-1"), postings=[told]) == []


@pytest.mark.parametrize("state", [State.DETECTED, State.TO_REVIEW, State.WITHDRAWN])
def test_what_nobody_confirmed_is_told_to_nobody(state: State):
    assert kinds(MONDAY, finding(state=state)) == []


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 11, 6), None),
        (date(2026, 11, 9), LetterKind.DEADLINE),
        (date(2026, 11, 12), LetterKind.DEADLINE),
        (date(2026, 11, 16), LetterKind.DEADLINE),
        (date(2026, 11, 17), LetterKind.OVERDUE),
    ],
    ids=["too early", "half-way", "two days before", "the last day", "a day over"],
)
def test_the_ladder_of_one_problem(on: date, kind: LetterKind | None):
    told = [posted(LetterKind.MEND, MONDAY, "W-1")]

    assert kinds(on, assigned(), postings=told) == ([kind] if kind else [])


def test_a_reminder_that_was_missed_is_not_made_up():
    told = [
        posted(LetterKind.MEND, MONDAY, "W-1"),
        posted(LetterKind.DEADLINE, date(2026, 11, 12), "W-1"),
    ]

    assert kinds(date(2026, 11, 13), assigned(), postings=told) == []


def test_the_head_hears_what_is_overdue_and_what_was_rejected_and_nothing_else():
    head = replace(SCHOOL, responsible=Person(name="赵校长", mail="zhao@a.cn"))
    told = [posted(LetterKind.MEND, MONDAY, "W-1")]
    late = desk(date(2026, 11, 17), assigned(), postings=told)

    both = letters_due([head], late).letters

    assert {(one.kind, one.recipients) for one in both} == {
        (LetterKind.OVERDUE, ("zhao@a.cn",)),
        (LetterKind.OVERDUE, ("liu@a.cn",)),
    }
    sent = posted(LetterKind.OVERDUE, date(2026, 11, 17), "W-1")
    rest = letters_due([head], replace(late, postings=[*told, sent])).letters
    assert [one.recipients for one in rest] == [("zhao@a.cn",)]
    assert [one.recipients for one in letters_due([head], desk(MONDAY, assigned())).letters] == [
        ("liu@a.cn",)
    ]
    one_person = replace(head, responsible=SCHOOL.contact)
    assert len(letters_due([one_person], late).letters) == 1


def test_overdue_is_told_once():
    told = [
        posted(LetterKind.MEND, MONDAY, "W-1"),
        posted(LetterKind.OVERDUE, date(2026, 11, 17), "W-1"),
    ]

    assert kinds(date(2026, 11, 20), assigned(), postings=told) == []


def test_a_unit_gets_one_letter_a_day():
    told = [posted(LetterKind.LAPSE, MONDAY, "S-12@2026-11-09")]

    assert kinds(MONDAY, assigned(), postings=told) == []
    cancelled = replace(told[0], state=LetterState.CANCELLED)
    assert kinds(MONDAY, assigned(), postings=[cancelled]) == [LetterKind.MEND]


@pytest.mark.parametrize("state", [LetterState.HELD, LetterState.QUEUED])
def test_what_waits_in_the_outbox_was_not_told_and_is_written_anew(state: LetterState):
    waits = posted(LetterKind.MEND, MONDAY, "W-1", "W-2", state=state)

    due = letters_due([SCHOOL], desk(date(2026, 11, 4), assigned("W-2"), postings=[waits]))

    (letter,) = due.letters
    assert (letter.kind, letter.findings) == (LetterKind.MEND, ("W-2",))
    assert "11月4日" in letter.text


def test_what_a_person_cancelled_is_not_written_again():
    by_hand = posted(
        LetterKind.MEND, MONDAY, "W-1", state=LetterState.CANCELLED, settled_by="王科员"
    )
    by_itself = replace(by_hand, settled_by="")
    on = date(2026, 11, 4)

    assert kinds(on, assigned(), postings=[by_hand]) == []
    assert kinds(on, assigned(), postings=[by_itself]) == [LetterKind.MEND]


def test_a_reminder_is_the_same_letter_until_its_next_day_comes():
    told = [posted(LetterKind.MEND, MONDAY, "W-1")]
    events = [
        letters_due([SCHOOL], desk(date(2026, 11, day), assigned(), postings=told)).letters[0].event
        for day in (9, 11, 12)
    ]

    assert events[0] == events[1] != events[2]


def test_in_the_vacation_a_school_is_written_to_once_a_week():
    summer = date(2026, 7, 20)
    told = [posted(LetterKind.LAPSE, date(2026, 7, 14), "S-12@2026-07-20")]
    found = assigned(assigned_on=summer, deadline=date(2026, 9, 3))
    given = desk(summer, found, postings=told)
    away = replace(given, clock=replace(given.clock, schools=frozenset({"P-01"})))
    later = replace(away, clock=replace(away.clock, on=date(2026, 7, 21)))

    assert CALENDAR.is_vacation(summer)
    assert letters_due([SCHOOL], away).letters == ()
    assert len(letters_due([SCHOOL], later).letters) == 1
    assert len(letters_due([SCHOOL], given).letters) == 1  # an office has no vacation


def test_a_month_is_told_when_nothing_else_is():
    text = MailText(subject="【月度小结】…", text="四个数", html="", short="四个数")
    month = Month(name="2026-10", of=lambda unit: text if unit is SCHOOL else None)
    given = replace(desk(MONDAY), month=month)

    (letter,) = letters_due([SCHOOL, OTHER], given).letters

    assert (letter.kind, letter.unit, letter.findings) == (LetterKind.MONTH, "P-01", ("2026-10",))
    told = posted(LetterKind.MONTH, MONDAY, "2026-10")
    again = replace(given, postings=[told], clock=Clock(on=date(2026, 11, 3), calendar=CALENDAR))
    assert letters_due([SCHOOL], again).letters == ()
    busy = replace(given, findings=[assigned()])
    assert [one.kind for one in letters_due([SCHOOL], busy).letters] == [LetterKind.MEND]


def test_what_was_told_by_hand_is_not_told_again():
    told = [posted(LetterKind.MEND, MONDAY, "W-1", state=LetterState.BY_HAND)]

    assert kinds(date(2026, 11, 4), assigned(), postings=told) == []


def test_who_mended_is_thanked_once_if_they_were_asked():
    closed = assigned(state=State.CLOSED, closed_on=date(2026, 11, 9))
    asked = posted(LetterKind.MEND, MONDAY, "W-1")
    thanked = posted(LetterKind.THANKS, date(2026, 11, 9), "W-1")
    on = date(2026, 11, 10)

    assert kinds(on, closed, postings=[asked]) == [LetterKind.THANKS]
    assert kinds(on, closed, postings=[asked, thanked]) == []
    assert kinds(on, closed) == []
    assert kinds(on + timedelta(days=9), closed, postings=[asked]) == []


def test_what_will_lapse_is_told_once_before_it_does():
    soon = assessment(
        status=Status.DUE_SOON, because=Because.DUE_SOON, facts={"due": date(2026, 11, 6)}
    )

    (letter,) = letters_due([SCHOOL], desk(MONDAY, assessments=[soon])).letters
    told = posted(LetterKind.LAPSE, MONDAY, *letter.findings)

    assert letter.kind is LetterKind.LAPSE
    assert kinds(date(2026, 11, 4), assessments=[soon], postings=[told]) == []


def test_before_a_holiday_what_lapses_in_it_is_told():
    eve = date(2026, 9, 30)
    due = {"in it": date(2026, 10, 5), "after it": date(2026, 10, 8)}
    lapses = [
        assessment(
            requirement=item, status=Status.DUE_SOON, because=Because.DUE_SOON, facts={"due": day}
        )
        for item, day in zip(("S-11", "S-12"), due.values(), strict=True)
    ]

    (letter,) = letters_due([SCHOOL], desk(eve, assessments=lapses)).letters

    assert letter.kind is LetterKind.HOLIDAY
    assert letter.findings == ("S-11@2026-10-05",)
    assert "国庆" in letter.subject
    told = posted(LetterKind.HOLIDAY, date(2026, 9, 29), "S-11@2026-10-05")
    (rest,) = letters_due([SCHOOL], desk(eve, assessments=lapses, postings=[told])).letters
    assert (rest.kind, rest.findings) == (LetterKind.LAPSE, ("S-12@2026-10-08",))


@pytest.mark.parametrize(
    ("state", "move"),
    [(State.WITHDRAWN, Move.UPHOLD), (State.ASSIGNED, Move.REJECT)],
    ids=["upheld", "rejected"],
)
def test_a_request_is_answered_once(state: State, move: Move):
    decided = FindingEvent(
        finding="W-1",
        move=move,
        from_state=State.CONTESTED,
        to_state=state,
        by="王科员",
        at=datetime(2026, 11, 4, 2, tzinfo=UTC),
        reason="已在校务公开栏公开",
    )
    told = [posted(LetterKind.MEND, MONDAY, "W-1")]
    given = desk(date(2026, 11, 5), assigned(state=state), postings=told)
    answering = replace(given, answers={"W-1": decided})

    (letter,) = letters_due([SCHOOL], answering).letters
    head = replace(SCHOOL, responsible=Person(name="赵校长", mail="zhao@a.cn"))

    assert letter.kind is LetterKind.DECIDED
    assert len(letters_due([head], answering).letters) == (1 + (move is Move.REJECT))
    assert "已在校务公开栏公开" in letter.text
    heard = posted(LetterKind.DECIDED, date(2026, 11, 5), "W-1")
    again = replace(
        answering, postings=[*told, heard], clock=Clock(on=date(2026, 11, 6), calendar=CALENDAR)
    )
    assert letters_due([SCHOOL], again).letters == ()


def test_what_a_look_after_the_closing_saw_is_told_beside_what_nights_saw():
    looked = FindingEvent(
        finding="W-1",
        move=Move.NOT_MENDED,
        from_state=State.CLOSED,
        to_state=State.REOPENED,
        by="王科员",
        at=datetime(2026, 11, 1, 18, tzinfo=UTC),
        reason="链接打开是空白页",
    )
    given = desk(MONDAY, assigned(state=State.REOPENED), assigned("W-2"))

    (letter,) = letters_due([SCHOOL], replace(given, looks={"W-1": looked})).letters

    assert letter.kind is LetterKind.MEND
    told = "11月2日回头看：链接打开是空白页。整改后请反馈，由工作人员复核"
    assert letter.text.count(told) == 1
    assert letter.text.count("人工查看") == 1


def test_a_letter_holds_nothing_of_another_unit():
    found = [assigned("W-1"), assigned("W-2", unit="P-02")]

    letters = letters_due([SCHOOL, OTHER], desk(MONDAY, *found)).letters

    assert [one.unit for one in letters] == ["P-01", "P-02"]
    for letter, stranger in zip(letters, (OTHER, SCHOOL), strict=True):
        whole = letter.subject + letter.text + letter.html + "".join(letter.recipients)
        assert stranger.name not in whole
        assert stranger.contact.mail not in whole


def test_a_unit_nobody_can_write_to_is_named():
    nobody = unit(code="P-01", name="青禾县向阳小学")

    due = letters_due([nobody], desk(MONDAY, assigned()))

    (letter,) = due.letters
    assert letter.recipients == ()
    assert due.unaddressed == (nobody,)


def test_the_officer_is_asked_once_to_pass_on_what_has_nobody_to_go_to():
    nobody = unit(code="P-01", name="青禾县向阳小学")
    due = letters_due([nobody, OTHER], desk(MONDAY, assigned(), assigned("W-2", unit="P-02")))
    names = {"P-01": nobody.name}

    letter = pass_on(due.letters, (), names, to="wang@c.cn", on=MONDAY)

    assert letter is not None
    assert letter.recipients == ("wang@c.cn",)
    assert letter.subject == "【请代转】1个单位无有效联系人，通知未发出"
    assert "青禾县向阳小学无有效联系人，通知未发出。\n【整改提醒】" in letter.text
    assert OTHER.name not in letter.text
    told = posted(LetterKind.PASS_ON, MONDAY, *letter.findings, unit="")
    assert pass_on(due.letters, [told], names, to="wang@c.cn", on=date(2026, 11, 3)) is None


def test_each_section_of_a_bureau_gets_its_own_letter_though_another_was_written_to():
    bureau = unit(code="P-01", types=frozenset({UnitType.BUREAU}), contact=Person(mail="ju@a.cn"))
    found = [assigned("W-1"), assigned("W-2", requirement="S-12")]
    duties = [Duty(subject="S-12", section="财务科", mail="cw@a.cn")]
    sent = posted(LetterKind.MEND, MONDAY, "W-1", recipient="ju@a.cn")

    letters = letters_due([bureau], desk(MONDAY, *found, duties=duties, postings=[sent])).letters

    assert [one.recipients for one in letters] == [("cw@a.cn",)]


def test_a_bureaus_own_items_go_to_the_sections_that_lead_on_them():
    bureau = unit(
        code="P-01",
        types=frozenset({UnitType.BUREAU}),
        contact=Person(name="王", mail="ju@a.cn"),
    )
    found = [assigned("W-1"), assigned("W-2", requirement="S-12")]
    duties = [Duty(subject="S-12", section="财务科", mail="cw@a.cn")]

    letters = letters_due([bureau], desk(MONDAY, *found, duties=duties)).letters

    assert {one.recipients: one.findings for one in letters} == {
        ("ju@a.cn",): ("W-1",),
        ("cw@a.cn",): ("W-2",),
    }


def test_the_same_thing_told_on_another_day_is_the_same_event():
    first, again = (
        letters_due([SCHOOL], desk(day, assigned())).letters[0].event
        for day in (MONDAY, date(2026, 11, 3))
    )
    reopened = assigned(state=State.REOPENED, assigned_on=date(2026, 11, 20))
    other = letters_due([SCHOOL], desk(date(2026, 11, 20), reopened)).letters[0].event

    assert first == again
    assert first != other
