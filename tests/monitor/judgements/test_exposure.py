from __future__ import annotations

from datetime import date

import pytest
from builders import TODAY, assessment, document, moment, obligation, observation, unit

from monitor.judgements import Case
from monitor.judgements.exposure import of_persons, overstayed
from monitor.model import (
    DayKind,
    Document,
    Exposed,
    Extract,
    Outcome,
    Personal,
    RemarkKind,
    Status,
)
from monitor.wording import Because

LIST = "2026年秋季助学金名单公示"


def exposed(kind: Personal = Personal.ID_NUMBER, mark: str = "a1") -> Exposed:
    return Exposed(kind=kind, masked="3604**********0071", where="名单.xlsx 第2行C列", mark=mark)


def case(*documents: Document, words: str = "", **changes: object) -> Case:
    texts = {one.digest: (Extract(text=words),) for one in documents if one.digest}
    return Case(unit=unit(), looks={"fees": observation(*documents, **changes)}, texts=texts)


def test_an_entry_is_told_with_kinds_counts_and_places_and_no_number():
    hits = (exposed(), exposed(mark="a2"), exposed(Personal.MOBILE, "b1"))

    (one,) = of_persons(case(document(LIST, exposed=hits)), moment())

    assert one.kind is RemarkKind.EXPOSED
    assert one.column == "fees"
    assert one.sentence == (
        f"“{LIST}”疑似含有身份证号2个、手机号码1个，如3604**********0071（名单.xlsx 第2行C列）"
    )


def test_an_entry_in_several_columns_is_told_once():
    one = document(LIST, exposed=(exposed(),))
    both = Case(unit=unit(), looks={"a": observation(one), "b": observation(one, column="b")})

    assert len(list(of_persons(both, moment()))) == 1


def test_the_same_numbers_are_the_same_remark_and_others_are_another():
    def key(*hits: Exposed) -> object:
        (one,) = of_persons(case(document(LIST, exposed=hits)), moment())
        return one.key

    first, second = exposed(), exposed(mark="a2")
    assert key(first, second) == key(second, first) != key(first)


def test_a_look_that_may_not_be_judged_says_nothing():
    seen = case(document(LIST, exposed=(exposed(),)), outcome=Outcome.OTHER_UNIT)

    assert list(of_persons(seen, moment())) == []


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 11, 5), None),
        (date(2026, 11, 6), None),
        (date(2026, 11, 7), None),
        (date(2026, 11, 9), 4),
        (date(2026, 12, 15), 40),
    ],
    ids=["the last day", "the day to take it down", "the weekend", "two working days later", "40"],
)
def test_a_list_is_late_from_the_second_working_day_after_its_notice(on, days):
    listed = document(LIST, "2026-10-30", digest="d1")

    found = list(overstayed(case(listed, words="公示期：10月30日至11月5日"), moment(on)))

    assert [(one.facts["due"], one.facts["days"]) for one in found] == (
        [(date(2026, 11, 5), days)] if days else []
    )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("食堂采购中标公示", "公示期：10月1日至10月8日"),
        ("助学金管理办法", "公示期：10月1日至10月8日"),
        (LIST, "公示期满后发放"),
    ],
    ids=["of no persons", "no list", "no day"],
)
def test_what_names_no_persons_or_no_day_is_never_late(title, words):
    listed = document(title, "2026-10-01", digest="d1")

    assert list(overstayed(case(listed, words=words), moment())) == []


def test_what_a_clock_of_the_catalog_says_goes_before_the_words_of_the_notice():
    listed = document(LIST, "2026-10-01", digest="d1")
    facts = {
        "title": LIST,
        "published": date(2026, 10, 1),
        "due": date(2026, 10, 9),
        "overstay_by": 45,
        "day_kind": DayKind.CALENDAR.label,
    }
    judged = assessment(
        status=Status.OK, because=Because.OVERSTAYED, facts=facts, documents=(listed,)
    )
    seen = case(listed, words="公示期：10月1日至10月8日")
    seen = Case(
        unit=seen.unit, looks=seen.looks, texts=seen.texts, judged=((obligation(), judged),)
    )

    (one,) = overstayed(seen, moment(TODAY))

    assert one.sentence == f"“{LIST}”应于2026-10-09前撤下，已超45个自然日"
