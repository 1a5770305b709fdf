"""What seems to mend a confirmed finding: which entries count, and which are for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    TODAY,
    age,
    assessment,
    column,
    document,
    md,
    moment,
    obligation,
    observation,
    requirement,
    unit,
)

from monitor.judgements import Case, doubted
from monitor.model import (
    Assessment,
    Attachment,
    Claim,
    DayKind,
    Document,
    Earlier,
    Extract,
    Grounds,
    Match,
    Observation,
    Reading,
    Requirement,
    Status,
)
from monitor.timelimits import AfterEvent, ColumnMaxAge, PairedAfter, Season
from monitor.wording import Because

BEGAN = TODAY - timedelta(days=20)
FRESH = ColumnMaxAge(grounds=Grounds.LAW, max_age=age("90d"))
FEES = requirement(limits=(FRESH,))
DECIDED = AfterEvent(grounds=Grounds.LAW, event="作出决定", days=7, day_kind=DayKind.WORKING)
ONCE = document("2025年秋季收费公示", "2025-09-01", first_seen_on=BEGAN)
NEW = document("2026年秋季收费公示", TODAY, first_seen_on=TODAY)
BODY = "经研究决定，现将收费项目和标准公布如下，请家长监督。" * 6
ADDRESS = "http://school.example/fees/"


def verdict(
    *entries: tuple[Document, str],
    item: Requirement = FEES,
    earlier: Earlier = Earlier(addresses={"fees": ADDRESS}),  # noqa: B008  frozen
    elsewhere: dict[str, Observation] | None = None,
    entrances: dict[str, str] | None = None,
    address: str = ADDRESS,
    judged: Assessment | None = None,
    **found: Any,
) -> Assessment:
    """What becomes of a good verdict that these entries, with their texts, gave."""
    entries = tuple((replace(one, digest=f"d{text}"), text) for one, text in entries)
    documents = tuple(one for one, _ in entries)
    given = judged or assessment(status=Status.OK, because=Because.FRESH, documents=documents)
    school = unit(entrances=entrances or {})
    unit_code, requirement, period = given.key
    claim = Claim(
        number="WT-1",
        unit=unit_code,
        requirement=requirement,
        period=period,
        **{"status": Status.STALE, "first_seen_on": BEGAN} | found,
    )
    known = [*entries, *((one, _words(one)) for _, one in earlier.listed)]
    case = Case(
        unit=school,
        judged=((obligation(unit=school, requirement=item), given),),
        looks={"fees": observation(*documents, address=address), **(elsewhere or {})},
        columns={"fees": column(), "news": column(id="news", name="通知公告")},
        texts={one.digest: (Extract(text=text),) for one, text in known if text},
        claims={given.key: claim},
        earlier={given.key: earlier},
    )
    return doubted(case, moment()).judged[0][1]


def _words(one: Document) -> str:
    return one.digest.removeprefix("d")


def stood(*listed: tuple[str, Document], **addresses: str) -> Earlier:
    return Earlier(listed=listed, addresses={"fees": ADDRESS} | addresses)


def told(found: Assessment) -> str:
    assert found.status is Status.UNSURE
    assert found.because is Because.NOT_MENDED
    assert found.nearest is not None
    return str(found.facts["why"])


# --- what is no mending ----------------------------------------------------------------------


def test_an_entry_from_another_column_is_told_with_the_column_and_the_day() -> None:
    there = stood(("news", replace(NEW, first_seen_on=BEGAN)))

    assert told(verdict((NEW, BODY), earlier=there)) == (
        f"“2026年秋季收费公示”在“通知公告”栏目早已有（{BEGAN}已见），只是移了过来"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"自20××年起。{BODY}", "“2026年秋季收费公示”里还留着未填的“20××”"),
        ("2026年秋季收费公示 2026-11-23 10:20 详见附件", "没有实际内容，也没有附件"),
    ],
    ids=["a template", "nothing"],
)
def test_an_entry_that_tells_nothing_is_no_mending(text: str, why: str) -> None:
    assert why in told(verdict((NEW, text)))


def test_the_words_of_the_gap_under_a_new_day_are_no_mending() -> None:
    old = replace(ONCE, title=NEW.title, published=NEW.published, unchanged_since=BEGAN)
    redated = replace(old, redated_from=date(2025, 9, 1))

    assert told(verdict((redated, BODY))) == (
        f"“2026年秋季收费公示”的内容自{BEGAN}起未变，只是日期由2025-09-01改为{TODAY}"
    )


def test_the_words_that_were_read_after_a_person_confirmed_are_no_mending_either() -> None:
    stood_there = replace(ONCE, title=NEW.title)
    read_since = BEGAN + timedelta(days=3)
    old = replace(stood_there, published=NEW.published, unchanged_since=read_since)
    redated = replace(old, redated_from=date(2025, 9, 1))

    found = verdict((redated, BODY), earlier=stood(("fees", stood_there)))

    assert "只是日期由2025-09-01改为" in told(found)


@pytest.mark.parametrize(
    ("words", "url", "status"),
    [
        (BODY, ONCE.url, Status.UNSURE),
        (BODY, "http://school.example/v2/1.htm", Status.UNSURE),
        ("另作通知。" * 30, ONCE.url, Status.OK),
    ],
    ids=["the same", "the same on a site made anew", "others"],
)
def test_words_are_compared_also_where_the_list_was_not_seen_in_between(
    words: str, url: str, status: Status
) -> None:
    before = replace(ONCE, title=NEW.title, digest=f"d{words}")
    redated = replace(NEW, url=url, first_seen_on=BEGAN)

    found = verdict(
        (redated, BODY),
        earlier=stood(("fees", before)),
        item=requirement(limits=(DECIDED,)),
        status=Status.MISSING,
    )

    assert found.status is status


def test_a_title_that_nobody_filled_in_needs_no_text_to_be_seen() -> None:
    unread = document("收费公示（待完善）", TODAY, first_seen_on=TODAY)

    assert "（待完善）" in told(verdict((unread, "")))


def test_an_entry_that_opens_the_home_page_is_no_mending() -> None:
    entry = replace(NEW, url="http://school.example/")

    assert told(verdict((entry, BODY))) == "“2026年秋季收费公示”打开的是网站首页"


def test_where_every_entry_opens_the_home_page_one_more_says_nothing() -> None:
    entry, before = (replace(one, url="http://school.example/") for one in (NEW, ONCE))

    assert verdict((entry, BODY), earlier=stood(("fees", before))).status is Status.OK


@pytest.mark.parametrize("first_seen", [TODAY, BEGAN], ids=["new", "it lost its day"])
def test_an_entry_without_a_day_answers_no_event(first_seen: date) -> None:
    entry = replace(NEW, published=None, first_seen_on=first_seen)

    found = verdict((entry, BODY), item=requirement(limits=(DECIDED,)), status=Status.MISSING)

    assert told(found) == "“2026年秋季收费公示”未标日期，看不出是不是事后发布的"


@pytest.mark.parametrize("url", [ONCE.url, "http://school.example/other.htm"])
def test_last_years_words_under_this_years_title_are_no_mending(url: str) -> None:
    listed = replace(ONCE, digest=f"d{BODY}")
    titled = replace(NEW, url=url)

    found = verdict((titled, BODY), earlier=stood(("fees", listed)), status=Status.MISSING)

    assert "只改了标题中的年份" in told(found)


def test_a_column_that_leads_to_another_one_is_no_mending() -> None:
    news = {"news": observation(NEW, column="news", address="http://school.example/news/")}
    there = stood(news="http://school.example/news/")

    found = verdict(
        (NEW, BODY), earlier=there, elsewhere=news, address="http://school.example/news/"
    )

    assert told(found) == "“收费信息”栏目现在打开的是“通知公告”栏目"


def test_a_column_that_leads_home_is_no_mending() -> None:
    found = verdict((NEW, BODY), address="http://school.example/index.html")

    assert told(found) == "“收费信息”栏目现在打开的是网站首页"


# --- what is -----------------------------------------------------------------------------------


def test_one_honest_entry_is_enough_whatever_stands_beside_it() -> None:
    template = document("课后服务收费", TODAY, first_seen_on=TODAY)

    assert verdict((template, f"20××年。{BODY}"), (NEW, BODY)).status is Status.OK


def test_an_entry_that_stood_in_the_right_column_is_no_news_of_anything() -> None:
    assert verdict((NEW, BODY), (ONCE, f"20××年。{BODY}")).status is Status.OK


@pytest.mark.parametrize(
    "said",
    [
        {"status": Status.MISSING},
        {"status": Status.NOCOL},
        {
            "item": requirement(
                limits=(
                    Season(grounds=Grounds.LAW, opens=md("08-15"), closes=md("09-30"), label="秋"),
                )
            )
        },
    ],
    ids=["it was missing", "there was no column", "it is the edition that was owed"],
)
def test_what_is_owed_may_come_from_another_column(said: dict[str, Any]) -> None:
    there = stood(("news", replace(NEW, first_seen_on=BEGAN)))

    assert verdict((NEW, BODY), earlier=there, **said).status is Status.OK


@pytest.mark.parametrize(
    "changes",
    [
        {"attachments": (Attachment(name="标准", url="http://school.example/b.pdf"),)},
        {"reading": Reading.PARTLY},
        {"reading": Reading.LISTED},
    ],
    ids=["with another file", "with pictures", "not opened"],
)
def test_words_that_are_not_all_there_is_prove_no_sham(changes: dict[str, Any]) -> None:
    listed = replace(ONCE, digest=f"d{BODY}")
    entry = replace(NEW, url=ONCE.url, **changes)

    found = verdict((entry, BODY), earlier=stood(("fees", listed)), status=Status.MISSING)

    assert found.status is Status.OK


def test_short_words_may_be_the_same_each_month() -> None:
    words = "本月没有新增收费项目。"
    listed = replace(ONCE, title=NEW.title, digest=f"d{words}")

    assert verdict((NEW, words), earlier=stood(("fees", listed))).status is Status.OK


def test_a_title_that_comes_again_on_another_day_is_not_moved() -> None:
    weekly = document(NEW.title, TODAY - timedelta(days=30), first_seen_on=BEGAN)

    assert verdict((NEW, BODY), earlier=stood(("news", weekly))).status is Status.OK


@pytest.mark.parametrize(
    "said",
    [
        {"entrances": {"fees": "http://school.example/"}},
        {
            "elsewhere": {
                key: observation(NEW, column=key, address="http://school.example/")
                for key in ("news", "plan")
            }
        },
    ],
    ids=["the office registered it", "all columns are on it"],
)
def test_the_home_page_may_be_where_it_stands(said: dict[str, Any]) -> None:
    assert verdict((NEW, BODY), address="http://school.example/", **said).status is Status.OK


@pytest.mark.parametrize("status", [Status.NA, Status.STMT, Status.STALE, Status.UNSURE])
def test_only_what_is_published_can_seem_mended(status: Status) -> None:
    given = assessment(status=status, because=Because.NOT_CONCERNED, documents=(NEW,))

    assert verdict((NEW, f"20××年。{BODY}"), judged=given).because is not Because.NOT_MENDED


@pytest.mark.parametrize(
    ("texts", "status"),
    [((f"20××年。{BODY}",), Status.UNSURE), ((f"20××年。{BODY}", BODY), Status.OK)],
    ids=["all", "one of two"],
)
def test_what_another_document_calls_for_rests_on_all_its_answers(
    texts: tuple[str, ...], status: Status
) -> None:
    clock = PairedAfter(grounds=Grounds.LAW, of="B-1", days=3, day_kind=DayKind.WORKING)
    item = requirement(match=Match(any=("解读",)), limits=(clock,))
    answers = [
        (document(f"解读之{number}", TODAY, first_seen_on=TODAY), text)
        for number, text in enumerate(texts)
    ]

    assert verdict(*answers, item=item, status=Status.MISSING).status is status
