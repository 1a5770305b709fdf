from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from monitor.model import KeptRemark, LetterKind, LetterState, Opinion, Posting, Remark, RemarkKind
from monitor.wording import Noticed
from reports.kinds.private_mail import private_mail

ON = date(2026, 11, 2)
FACTS = {
    "title": "助学金名单",
    "what": "身份证号3个",
    "example": "3604**********0071",
    "places": "正文",
}
SEEN = KeptRemark(
    number=7,
    remark=Remark(
        unit="P-01",
        kind=RemarkKind.EXPOSED,
        because=Noticed.EXPOSED,
        facts=FACTS,
        page="http://school.example/a.htm",
    ),
    first_seen_on=ON,
    last_seen_on=ON,
)


def posting(*told: str, state: LetterState = LetterState.SENT) -> Posting:
    return Posting(
        number=1,
        event="private",
        kind=LetterKind.PRIVATE,
        unit="",
        day=ON,
        recipient="officer@x.cn",
        findings=told,
        subject="",
        message_id="",
        state=state,
        tries=1,
        next_at=None,
        failing_since=None,
        told="",
        made_at=datetime(2026, 11, 2, tzinfo=UTC),
        settled_at=None,
        settled_by="",
    )


def told(*remarks: KeptRemark, before: tuple[Posting, ...] = ()) -> str:
    letter = private_mail(remarks, before, {"P-01": "青石小学"}, to="officer@x.cn", on=ON)
    return letter.text if letter else ""


def test_the_officer_reads_unit_kind_place_and_page():
    text = told(SEEN)

    assert "7 号　青石小学" in text
    assert "身份证号3个，如3604**********0071（正文）" in text
    assert "http://school.example/a.htm" in text


def test_only_what_stands_and_nobody_has_looked_at_is_told_and_once():
    assert told(SEEN, before=(posting("7"),)) == ""
    assert told(SEEN, before=(posting("7", state=LetterState.CANCELLED),)) != ""
    assert told(replace(SEEN, ended_on=ON)) == ""
    assert told(replace(SEEN, opinion=Opinion.UNFOUNDED)) == ""
    assert told(replace(SEEN, remark=replace(SEEN.remark, kind=RemarkKind.OVERSTAY))) == ""


def test_it_goes_to_the_officer_and_names_no_unit_as_its_own():
    letter = private_mail([SEEN], (), {}, to="officer@x.cn", on=ON)

    assert letter is not None
    assert (letter.recipients, letter.unit) == (("officer@x.cn",), "")
