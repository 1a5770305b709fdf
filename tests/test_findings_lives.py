"""The life of findings through many nights: what is mended, what only seems so, what vanishes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from builders import age, column, requirement, unit, waiver
from rectified import Entry, Office, Site, on

from commands.recall import recalled
from monitor.completeness import FieldsPresent
from monitor.decisions import Decision
from monitor.findings import GOOD
from monitor.ledger.verifications import verify
from monitor.model import (
    Answer,
    Assessment,
    Catalog,
    Coverage,
    Grounds,
    Match,
    Move,
    Outcome,
    Reading,
    RemarkKind,
    State,
    Status,
    Verification,
    Waiver,
)
from monitor.periods import Every
from monitor.store import records
from monitor.timelimits import (
    ColumnMaxAge,
    NoticePeriod,
    OnOccurrence,
    Periodic,
    Standing,
    YearlyBy,
)
from monitor.timelimits.editions import SubjectPeriod
from monitor.wording import Because

LAW = Grounds.LAW
FEES = requirement(
    id="FEES",
    name="收费公示",
    columns=("fees",),
    match=Match(any=("收费",)),
    limits=(ColumnMaxAge(grounds=LAW, max_age=age("90d")),),
)
PLAN = requirement(
    id="PLAN",
    name="工作计划",
    columns=("plan",),
    match=Match(any=("工作计划",)),
    limits=(YearlyBy(grounds=LAW, month=3, day=31, subject_period=SubjectPeriod.CURRENT_YEAR),),
)
RULES = requirement(
    id="RULES",
    name="学校章程",
    columns=("rules",),
    match=Match(any=("章程",)),
    limits=(Standing(grounds=LAW),),
)
PHONE = requirement(
    id="PHONE",
    name="举报方式",
    columns=("contact",),
    match=Match(any=("举报",)),
    limits=(Standing(grounds=LAW),),
    complete=(FieldsPresent(fields=("举报电话",)),),
)
HIRING = requirement(
    id="HIRING",
    name="拟聘公示",
    columns=("notices",),
    match=Match(any=("拟聘",)),
    limits=(OnOccurrence(grounds=LAW), NoticePeriod(grounds=LAW, days=5)),
)
_NAMES = {
    "fees": "收费信息",
    "plan": "工作计划",
    "rules": "规章制度",
    "contact": "监督举报",
    "notices": "公示公告",
    "news": "通知公告",
}
CATALOG = Catalog(
    columns={key: column(id=key, name=name, aliases=()) for key, name in _NAMES.items()},
    requirements={one.id: one for one in (FEES, PLAN, RULES, PHONE, HIRING)},
)
LONG = (
    "根据上级有关规定，经校务会研究并征求家长委员会意见，现将有关事项公布如下，请师生和家长监督。"
    "一是严格按照核定的项目和标准执行，不得擅自扩大范围；二是所有款项由财务室统一开具票据；"
    "三是对家庭经济困难学生按政策减免；四是设立意见箱，每月由值班校长开箱一次并及时答复。"
)
assert len(LONG) > 120


def sites(count: int, prefix: str) -> Iterator[Site]:
    for number in range(1, count + 1):
        code = f"{prefix}{number:03}"
        home = f"http://{code.lower()}.example/"
        yield Site(unit(code=code, name=f"青石县第{number}小学", short_name="", home=home))


@dataclass
class Case:
    """One unit's story: how its gap stands at first, and what is done about it on a night."""

    name: str
    site: Site
    item: str
    mend: Callable[[Site, date], None]
    chance: random.Random
    mended: int = 0  # the night before which it is done
    answers: bool = False  # the unit says so, too
    seen: dict[int, Assessment] = field(default_factory=dict)  # by night, once it is done


# --- gaps as they stand at first ---------------------------------------------------------


def old_fees(site: Site, text: str = LONG) -> None:
    site.put(
        "fees",
        Entry("2026年春季收费公示", date(2026, 3, 2), site.url("fees", 2), f"春季。{text}"),
        Entry("2025年秋季收费公示", date(2025, 9, 1), site.url("fees", 1), f"秋季。{text}"),
    )
    news(site)


def news(site: Site) -> None:
    site.put(
        "news",
        Entry("关于食堂收费标准的通知", date(2026, 10, 12), site.url("news", 9), f"食堂。{LONG}"),
        Entry("秋季运动会通知", date(2026, 10, 9), site.url("news", 8), f"运动会。{LONG}"),
        Entry("2026年学校工作计划", date(2026, 2, 20), site.url("news", 3), f"计划。{LONG}"),
        Entry("青石县小学章程", date(2024, 9, 1), site.url("news", 1), f"章程。{LONG}"),
    )


def no_plan(site: Site) -> None:
    site.put(
        "plan",
        Entry("2025年学校工作计划", date(2025, 2, 20), site.url("plan", 5), f"去年。{LONG}"),
    )
    news(site)


def no_column(key: str) -> Callable[[Site], None]:
    def start(site: Site) -> None:
        site.columns[key] = Outcome.NO_COLUMN
        news(site)

    return start


def empty(key: str) -> Callable[[Site], None]:
    def start(site: Site) -> None:
        site.columns[key] = ()
        news(site)

    return start


def no_charter(site: Site) -> None:
    site.put("rules", Entry("考勤制度", date(2025, 1, 6), site.url("rules", 1), f"考勤。{LONG}"))
    news(site)


def no_phone(site: Site) -> None:
    site.put(
        "contact",
        Entry("举报须知", date(2026, 1, 6), site.url("contact", 1), f"信箱。{LONG}"),
    )


def one_page(site: Site) -> None:
    no_column("fees")(site)
    site.columns["rules"] = (Entry("青石县小学章程", date(2024, 9, 1), site.url("x", 1), LONG),)
    site.addresses |= dict.fromkeys(("fees", "news", "rules"), site.root)


# --- honest ways ---------------------------------------------------------------------------


def fresh(site: Site, today: date, **said: Any) -> Entry:
    entry = Entry("2026年秋季收费公示", today, site.url("fees", "new"), f"全文。{LONG}")
    return replace(entry, **said)


def put_fresh(**said: Any) -> Callable[[Site, date], None]:
    return lambda site, day: site.put("fees", fresh(site, day, **said))


def cross_posted(site: Site, day: date) -> None:
    site.put("news", fresh(site, day))
    site.put("fees", fresh(site, day))


def redesigned(site: Site, day: date) -> None:
    for key in ("fees", "news"):
        site.columns[key] = tuple(
            replace(one, url=one.url.replace("/" + key, "/new/" + key)) for one in site.listed(key)
        )
        site.addresses[key] = f"{site.root}new/{key}/"
    site.put("fees", fresh(site, day, url=site.url("new/fees", "9")))


def beside_a_template(site: Site, day: date) -> None:
    site.put("fees", fresh(site, day))
    filled = f"自20××年起，由××教育局核定。{LONG}"
    site.put("fees", Entry("课后服务收费", day, site.url("fees", "t"), filled))


def nothing_again(site: Site, day: date) -> None:
    site.put("fees", replace(WEEKLY, day=day, url=site.url("fees", "w2")))


WEEKLY = Entry("收费公示", date(2026, 6, 1), "", "本月没有新增收费项目。")


def weekly_fees(site: Site) -> None:
    old_fees(site)
    site.put("fees", replace(WEEKLY, url=site.url("fees", "w1")))


def page_used_again(site: Site, day: date) -> None:
    (old,) = site.drop("fees", site.url("fees", 2))
    site.put("fees", replace(old, day=day, text=f"本学期新的标准。{LONG}"))


def put_plan(**said: Any) -> Callable[[Site, date], None]:
    def mend(site: Site, day: date) -> None:
        entry = Entry("2026年学校工作计划", day, site.url("plan", "new"), f"今年。{LONG}")
        site.put("plan", replace(entry, **said))

    return mend


def plan_page_used_again(site: Site, day: date) -> None:
    (old,) = site.drop("plan", site.url("plan", 5))
    site.put("plan", replace(old, title="2026年学校工作计划", day=day, text=f"今年。{LONG}"))


def into_its_column(key: str, number: int) -> Callable[[Site, date], None]:
    def mend(site: Site, day: date) -> None:
        (entry,) = site.drop("news", site.url("news", number))
        site.columns[key] = () if isinstance(site.columns[key], Outcome) else site.columns[key]
        site.put(key, entry)

    return mend


def put_charter(**said: Any) -> Callable[[Site, date], None]:
    def mend(site: Site, day: date) -> None:
        entry = Entry("青石县小学章程", day, site.url("rules", "new"), f"总则。{LONG}")
        site.put("rules", replace(entry, **said))

    return mend


def phone_added(site: Site, day: date) -> None:
    (old,) = site.drop("contact", site.url("contact", 1))
    added = replace(old, text=f"举报电话：0563-0000000。{LONG}")
    site.put("contact", replace(added, elements=frozenset({"举报电话"})))


HONEST: dict[str, tuple[str, Callable[[Site], None], Callable[[Site, date], None]]] = {
    "a new entry": ("FEES", old_fees, put_fresh()),
    "a scanned entry": (
        "FEES",
        old_fees,
        put_fresh(text="见图", reading=Reading.PARTLY),
    ),
    "an entry nobody opened": ("FEES", old_fees, put_fresh(text="")),
    "a short entry with a file": (
        "FEES",
        old_fees,
        put_fresh(text="详见附件", files=("http://f.example/a.pdf",)),
    ),
    "a few figures": ("FEES", old_fees, put_fresh(text="每生每月300元")),
    "posted in two columns": ("FEES", old_fees, cross_posted),
    "a redesign": ("FEES", old_fees, redesigned),
    "a template beside it": ("FEES", old_fees, beside_a_template),
    "nothing new this month": ("FEES", weekly_fees, nothing_again),
    "a page used again": ("FEES", old_fees, page_used_again),
    "a form": (
        "FEES",
        old_fees,
        put_fresh(title="收费减免申请表", text=f"××学校，20××年。{LONG}"),
    ),
    "an empty column filled": ("FEES", empty("fees"), put_fresh()),
    "one page for all columns": ("FEES", one_page, put_fresh()),
    "this year's plan": ("PLAN", no_plan, put_plan()),
    "a plan with the words of last year's and more": (
        "PLAN",
        no_plan,
        put_plan(text=f"去年。{LONG}另增三项。"),
    ),
    "the plan was in another column": ("PLAN", no_plan, into_its_column("plan", 3)),
    "the page of last year's plan": ("PLAN", no_plan, plan_page_used_again),
    "a charter": ("RULES", no_charter, put_charter()),
    "a charter without a day": ("RULES", no_charter, put_charter(day=None)),
    "a column for the charter": ("RULES", no_column("rules"), into_its_column("rules", 1)),
    "the charter was in another column": ("RULES", empty("rules"), into_its_column("rules", 1)),
    "the phone added": ("PHONE", no_phone, phone_added),
}


# --- shams -----------------------------------------------------------------------------------


def moved(**said: Any) -> Callable[[Site, date], None]:
    def mend(site: Site, day: date) -> None:
        (entry,) = site.drop("news", site.url("news", 9))
        changed = {key: day if value == "today" else value for key, value in said.items()}
        address = {"url": site.url("fees", "m")} if "url" in changed else {}
        site.put("fees", replace(entry, **changed | address))

    return mend


def redated(site: Site, day: date) -> None:
    (old,) = site.drop("fees", site.url("fees", 2))
    site.put("fees", replace(old, day=day))


def retitled(site: Site, day: date) -> None:
    (old,) = site.drop("plan", site.url("plan", 5))
    site.put("plan", replace(old, title="2026年学校工作计划", day=day))


def reposted(site: Site, day: date) -> None:
    (old,) = (one for one in site.listed("fees") if one.url == site.url("fees", 2))
    site.put("fees", replace(old, day=day, url=site.url("fees", "again")))


def led_home(site: Site, day: date) -> None:
    site.addresses["fees"] = site.root
    site.columns["fees"] = (fresh(site, day), *site.listed("news"))


def led_to_news(site: Site, day: date) -> None:
    site.addresses["fees"] = f"{site.root}news/"
    site.columns["fees"] = site.listed("news")


def phone_in_a_template(site: Site, day: date) -> None:
    (old,) = site.drop("contact", site.url("contact", 1))
    text = f"举报电话：（此处填写电话）。{LONG}"
    site.put("contact", replace(old, text=text, elements=frozenset({"举报电话"})))


SHAMS: dict[str, tuple[str, Callable[[Site], None], Callable[[Site, date], None]]] = {
    "moved": ("FEES", old_fees, moved()),
    "moved to a new address": ("FEES", old_fees, moved(url="new")),
    "moved and dated anew": ("FEES", old_fees, moved(day="today")),
    "moved under another title": (
        "FEES",
        old_fees,
        moved(title="秋季收费事项", day="today", url="new"),
    ),
    "moved into an empty column": ("FEES", empty("fees"), moved()),
    "a template": ("FEES", old_fees, put_fresh(text=f"自20××年起执行。{LONG}")),
    "a template of a plan": ("PLAN", no_plan, put_plan(text=f"××小学20××年度。{LONG}")),
    "words that say nothing": ("FEES", old_fees, put_fresh(text="内容更新中")),
    "a charter that says nothing": ("RULES", no_charter, put_charter(text="详见附件")),
    "a new day": ("FEES", old_fees, redated),
    "a new year in the title": ("PLAN", no_plan, retitled),
    "the words of last year's plan": (
        "PLAN",
        no_plan,
        put_plan(text=f"去年。{LONG}"),
    ),
    "posted again": ("FEES", old_fees, reposted),
    "without a day": ("FEES", empty("fees"), put_fresh(day=None)),
    "the home page": ("FEES", no_column("fees"), led_home),
    "another column": ("FEES", old_fees, led_to_news),
    "another column instead of none": ("FEES", no_column("fees"), led_to_news),
    "a phone to be filled in": ("PHONE", no_phone, phone_in_a_template),
}
#: nothing that can be read tells it from an honest one
HIDDEN = ("FEES", old_fees, moved(title="秋季收费事项", day="today", url="new", text=""))

NIGHTS = 15
VOID, TWICE = 6, (5, 8)


def test_shams_are_refused_and_no_honest_mending_is(tmp_path: Path) -> None:
    chance = random.Random(20261102)
    own = sites(150, "C")
    told = [*(list(SHAMS.items()) * 3)[:39], ("nothing shows it", HIDDEN)]
    cases = [_case(f"sham: {name}", story, next(own), chance) for name, story in told]
    told = (list(HONEST.items()) * 5)[:110]
    cases += [_case(name, story, next(own), chance) for name, story in told]
    office = Office(tmp_path, CATALOG, [one.site for one in cases])
    _live(office, cases, chance)

    refused: list[str] = []
    wronged: list[str] = []
    days: list[int] = []
    for one in cases:
        (finding,) = office.findings(one.site.code)
        verdicts = list(one.seen.values())
        if one.name.startswith("sham"):
            is_held = finding.state is not State.CLOSED
            if is_held and not any(judged.status in GOOD for judged in verdicts):
                refused.append(one.name)
                assert all(judged.status is Status.UNSURE for judged in verdicts), one.name
            continue
        if any(judged.status not in GOOD for judged in verdicts[1:]):
            wronged.append(f"{one.name}: {verdicts[-1].sentence}")
        if finding.state is State.CLOSED and finding.closed_on:
            days.append((finding.closed_on - on(one.mended)).days)
    held = len([one for one in cases if one.name.startswith("sham")])

    assert held == 40
    assert len(refused) >= 38
    assert wronged == []
    assert len(days) == 110
    assert median(days) <= 4
    assert min(days) >= 3


def _case(
    name: str,
    story: tuple[str, Callable[[Site], None], Callable[[Site, date], None]],
    site: Site,
    chance: random.Random,
) -> Case:
    item, start, mend = story
    start(site)
    mended, answers = chance.randrange(4, 8), chance.random() < 0.5
    return Case(name, site, item, mend, chance, mended=mended, answers=answers)


def _live(office: Office, cases: list[Case], chance: random.Random) -> None:
    """Two nights of gaps, confirmed; then everyone does what they do, and sites fail now and then.

    One night is void, and twice somebody scans again on the same day.
    """
    for number in range(1, NIGHTS + 1):
        for one in cases:
            if one.mended == number:
                one.mend(one.site, on(number))
        if number > 2:
            _answered(office, cases, number)
        codes = [one.site.code for one in cases]
        out = {code for code in codes if number > 2 and chance.random() < 0.1}
        verdicts = office.night(number, out=out, void=number == VOID)
        if number in TWICE:
            verdicts = office.night(number, out=out, hour=14)
        for one in cases:
            code = one.site.code
            if verdicts and one.mended <= number and code not in out:
                one.seen[number] = verdicts[code, one.item]
        if number == 2:
            office.confirm(number)
            assert {one.state for one in office.findings()} == {State.ASSIGNED}


def _answered(office: Office, cases: list[Case], number: int) -> None:
    states = {one.unit: one for one in office.findings()}
    office.decide(
        number,
        *(
            Decision(finding=finding.number, move=Move.RESPOND, by="刘老师")
            for one in cases
            if one.answers and one.mended == number
            for finding in [states[one.site.code]]
            if finding.state is State.ASSIGNED
        ),
    )


# --- what vanishes ---------------------------------------------------------------------------


def in_order(site: Site) -> None:
    """A unit that owes nothing: every column has what it must have, and more."""
    site.columns["news"] = ()
    for number in range(1, 10):
        site.put(
            "news",
            Entry(
                f"校园活动之{'春夏秋冬风花雪月梅'[number - 1]}",
                date(2026, 10, number),
                site.url("news", number),
            ),
        )
    site.put(
        "fees",
        Entry("教材收费目录", date(2026, 9, 2), site.url("fees", 3), f"教材。{LONG}"),
        Entry("2026年秋季收费公示", date(2026, 9, 1), site.url("fees", 2), f"秋季。{LONG}"),
        Entry("食堂伙食收费说明表", date(2026, 8, 29), site.url("fees", 1), f"伙食。{LONG}"),
    )
    site.put(
        "plan",
        Entry("2026年学校工作计划", date(2026, 2, 20), site.url("plan", 6), f"今年。{LONG}"),
        Entry("2025年学校工作计划", date(2025, 2, 20), site.url("plan", 5), f"去年。{LONG}"),
    )
    site.put(
        "rules",
        Entry("青石县小学章程", date(2024, 9, 1), site.url("rules", 2), f"总则。{LONG}"),
        Entry("章程修订经过", None, site.url("rules", 3), f"经过。{LONG}"),
        Entry("考勤制度", date(2025, 1, 6), site.url("rules", 1), f"考勤。{LONG}"),
    )
    site.put(
        "notices",
        Entry("拟聘教师公示", date(2026, 10, 12), site.url("notices", 2), f"拟聘。{LONG}"),
        Entry("停水通知", date(2026, 10, 5), site.url("notices", 1), f"停水。{LONG}"),
    )


Act = Callable[[Site], None]


def taken(key: str, number: int) -> Act:
    def act(site: Site) -> None:
        site.drop(key, site.url(key, number))

    return act


#: what is gone, and must not be
VANISHING: dict[str, Act] = {
    "this year's plan": taken("plan", 6),
    "the fees of the term": taken("fees", 2),
    "a list of fees": taken("fees", 3),
    "the charter": taken("rules", 2),
    "an entry without a day": taken("rules", 3),
}


def moved_on(key: str, number: int, **said: Any) -> Act:
    """The entry stands elsewhere, under another address or another title."""

    def act(site: Site) -> None:
        (entry,) = site.drop(key, site.url(key, number))
        site.put(said.pop("to", key), replace(entry, **said))

    return act


def shown_from(day: date, keep: int) -> Act:
    """The list shows its first entries only, and its next page was not found."""

    def act(site: Site) -> None:
        site.columns["fees"] = site.listed("fees")[:keep]
        site.coverage["fees"] = Coverage(pages=1, entries=keep, since=day)

    return act


def outcome(key: str, what: Outcome) -> Act:
    return lambda site: site.columns.update({key: what})


def rebuilt(site: Site) -> None:
    for key in ("fees", "rules"):
        site.columns[key] = tuple(
            replace(one, url=one.url.replace(f"/{key}/", "/v2/")) for one in site.listed(key)[:1]
        )


def at_a_new_address(site: Site) -> None:
    site.addresses["fees"] = site.url("new", "fees")
    site.columns["fees"] = site.listed("fees")[:1]


def half_served(site: Site) -> None:
    site.columns["fees"] = site.listed("fees")[-1:]
    site.columns["news"] = site.listed("news")[:3]


def many_fees(site: Site) -> None:
    for number in range(10, 18):
        site.put(
            "fees",
            Entry(
                f"社团收费之{'甲乙丙丁戊己庚辛'[number - 10]}",
                date(2026, 9, number),
                site.url("fees", number),
            ),
        )


#: what looks like it and is none
KEPT: dict[str, Act] = {
    "another address": moved_on("fees", 2, url="http://other.example/2.html"),
    "another title": moved_on("fees", 2, title="关于秋季收费的公示（更新）"),
    "another column": moved_on("plan", 6, to="news"),
    "a new version": moved_on(
        "rules", 2, url="http://other.example/2.html", title="青石县小学章程（2026年修订）"
    ),
    "a notice whose time is over": taken("notices", 2),
    "news": taken("news", 4),
    "last year's plan": taken("plan", 5),
    "a rule nobody asks for": taken("rules", 1),
    "pages not read": shown_from(date(2026, 9, 2), 1),
    "a site in repair": outcome("fees", Outcome.MAINTENANCE),
    "a column that says it is empty": outcome("rules", Outcome.SAYS_EMPTY),
    "a column that is another unit's": outcome("plan", Outcome.OTHER_UNIT),
    "a site built anew": rebuilt,
    "a column elsewhere": at_a_new_address,
    "a list served by half": half_served,
}


def test_what_vanishes_is_told_at_the_second_night_and_nothing_else_is(tmp_path: Path) -> None:
    chance = random.Random(20261103)
    own = sites(75, "V")
    gone = [(name, act, next(own)) for name, act in (list(VANISHING.items()) * 6)]
    kept = [(name, act, next(own)) for name, act in (list(KEPT.items()) * 3)]
    for name, _, site in (*gone, *kept):
        in_order(site)
        if name == "a list served by half":
            many_fees(site)
    acts = {site.code: act for _, act, site in (*gone, *kept)}
    when = {code: chance.randrange(3, 7) for code in acts}
    office = Office(tmp_path, CATALOG, [site for _, _, site in (*gone, *kept)])
    told: dict[str, int] = {}
    valid: dict[str, list[int]] = {code: [] for code in acts}
    for number in range(1, 13):
        for code in acts:
            if when[code] == number:
                acts[code](office.sites[code])
        out = {code for code in acts if number > 2 and chance.random() < 0.15}
        office.night(number, out=out, void=number == 5)
        if number in {4, 7}:
            office.night(number, out=out, hour=14)
        for code in acts:
            if number != 5 and number >= when[code] and code not in out:
                valid[code].append(number)
            if code not in told and _told_as_removed(office, code):
                told[code] = number

    in_time = [name for name, _, site in gone if told.get(site.code) == valid[site.code][1]]
    wrongly = [name for name, _, site in kept if site.code in told]

    assert len(gone) == 30
    assert len(in_time) >= 29
    assert wrongly == []


def _told_as_removed(office: Office, code: str) -> bool:
    return any(one.kind is RemarkKind.REMOVED for one in office.remarks(code))


def test_a_list_that_lost_an_entry_is_read_again_not_asked_whether_it_changed(
    tmp_path: Path,
) -> None:
    office, site = one_unit(tmp_path, in_order)
    asked = []
    for number in (1, 2, 3, 4):
        if number == 2:
            site.drop("rules", site.url("rules", 2))
        office.night(number, out={"W001"} if number == 3 else ())
        columns = recalled(office.folder(on(number + 1))).columns
        asked.append({key: bool(columns["W001", key].etag) for key in ("rules", "fees")})

    assert [one["rules"] for one in asked] == [True, False, False, True]
    assert all(one["fees"] for one in asked)


# --- approvals and suspensions, with their last day --------------------------------------------


def one_unit(tmp_path: Path, start: Act, waivers: tuple[Waiver, ...] = ()) -> tuple[Office, Site]:
    (site,) = sites(1, "W")
    start(site)
    office = Office(tmp_path, CATALOG, [site])
    office.waivers = waivers
    return office, site


def states(office: Office) -> list[tuple[str, State]]:
    return [(one.number, one.state) for one in office.findings()]


FIRST_ONE, SECOND_ONE = "WT-2026-00001", "WT-2026-00002"
NO_PLAN = waiver(unit="W001", requirement="PLAN", ground="C3", approved_on=on(2), valid_until=on(6))


@pytest.mark.parametrize("contested", [True, False], ids=["at its request", "without one"])
def test_a_gap_after_its_waiver_ran_out_is_a_new_finding(tmp_path: Path, contested: bool) -> None:
    office, _ = one_unit(tmp_path, no_plan)
    for number in (1, 2):
        office.night(number)
    office.confirm(2)
    if contested:
        asked = Decision(finding=FIRST_ONE, move=Move.CONTEST, by="刘老师", ground="C3")
        given = Decision(finding=FIRST_ONE, move=Move.WAIVE, by="李科长", reason="已核准")
        office.decide(2, asked, given)
    office.waivers = (NO_PLAN,)

    standing = [office.night(number)["W001", "PLAN"].status for number in range(3, 7)]
    waived = states(office)
    office.night(7)
    begun = states(office)
    office.night(8)

    assert standing == [Status.NA] * 4
    assert waived == [(FIRST_ONE, State.WAIVED)]
    assert begun == [(FIRST_ONE, State.WAIVED), (SECOND_ONE, State.DETECTED)]
    assert states(office)[1] == (SECOND_ONE, State.TO_REVIEW)


def test_a_waiver_that_ran_out_where_nothing_is_missing_changes_nothing(tmp_path: Path) -> None:
    office, site = one_unit(tmp_path, no_plan)
    for number in (1, 2):
        office.night(number)
    office.confirm(2)
    office.waivers = (NO_PLAN,)
    for number in range(3, 7):
        office.night(number)
    put_plan()(site, on(7))
    for number in range(7, 12):
        office.night(number)

    assert states(office) == [(FIRST_ONE, State.WAIVED)]


def test_a_suspension_ends_on_its_day_though_the_site_does_not_answer(tmp_path: Path) -> None:
    office, _ = one_unit(tmp_path, no_plan)
    for number in (1, 2):
        office.night(number)
    office.confirm(2)
    deadline = office.findings()[0].deadline
    until = {"resume_on": on(5), "reason": "网站迁移"}
    office.decide(2, Decision(finding=FIRST_ONE, move=Move.SUSPEND, by="李科长", **until))

    for number in (3, 4, 5):
        office.night(number, out={"W001"})
    waiting = states(office)
    office.night(6, out={"W001"})
    (finding,) = office.findings()

    assert waiting == [(FIRST_ONE, State.SUSPENDED)]
    assert finding.state is State.ASSIGNED
    assert finding.last_verified_on == on(2)
    assert deadline is not None
    assert finding.deadline is not None
    assert finding.deadline > deadline


# --- closing, and coming back --------------------------------------------------------------------


def test_a_closed_finding_whose_document_vanishes_is_reopened_and_told(tmp_path: Path) -> None:
    office, site = one_unit(tmp_path, no_plan)
    site.drop("news", site.url("news", 3))  # where the title would stand, it is not gone
    for number in (1, 2):
        office.night(number)
    office.confirm(2)
    put_plan()(site, on(3))
    for number in (3, 4, 5, 6):
        office.night(number)
    closed = states(office)
    site.drop("plan", site.url("plan", "new"))
    for number in (20, 21):
        office.night(number)

    (finding,) = office.findings()
    (told,) = (one for one in office.remarks("W001") if one.kind is RemarkKind.REMOVED)
    moves = [event.to_state for event in records.finding_events(office.store, FIRST_ONE)]
    assert closed == [(FIRST_ONE, State.CLOSED)]
    assert finding.state is State.REOPENED
    assert moves[-3:] == [State.RESPONDED, State.CLOSED, State.REOPENED]
    assert told.sentence == (
        "“2026年学校工作计划”（2026-11-04）2026-11-07还在“工作计划”栏目，"
        "2026-11-21、2026-11-22两晚把列表读全都没有见到，本单位其他栏目也没有；"
        "对应事项：工作计划，没有到期撤下的规定"
    )


def test_looks_of_one_day_and_void_nights_close_nothing(tmp_path: Path) -> None:
    office, site = one_unit(tmp_path, no_plan)
    for number in (1, 2):
        office.night(number)
    office.confirm(2)
    put_plan()(site, on(3))
    for hour in (1, 9, 20):
        office.night(3, hour=hour)
    office.night(6, void=True)
    same_day = states(office)
    office.night(6, hour=20)

    assert same_day == [(FIRST_ONE, State.RESPONDED)]
    assert states(office) == [(FIRST_ONE, State.CLOSED)]


def test_a_sham_is_refused_in_the_month_after_that_of_the_finding(tmp_path: Path) -> None:
    monthly = replace(FEES, limits=(Periodic(grounds=LAW, every=Every.MONTH),))
    (site,) = sites(1, "W")
    old_fees(site)
    catalog = replace(CATALOG, requirements={"FEES": monthly})
    office = Office(tmp_path, catalog, [site])
    for number in (1, 2):
        office.night(number)
    office.confirm(2)
    begun = office.findings()[0].period
    put_fresh(text=f"自20××年起。{LONG}")(site, on(31))
    verdicts = [office.night(number)["W001", "FEES"] for number in (31, 34, 35)]

    assert begun != verdicts[0].period
    assert [one.because for one in verdicts] == [Because.NOT_MENDED] * 3
    assert states(office) == [(FIRST_ONE, State.ASSIGNED)]


def test_what_a_person_said_of_a_doubt_stands_and_closes(tmp_path: Path) -> None:
    office, site = one_unit(tmp_path, old_fees)
    for number in (1, 2):
        office.night(number)
    office.confirm(2)
    moved()(site, on(3))
    doubted = office.night(3)["W001", "FEES"]
    said = Verification(
        unit="W001",
        requirement="FEES",
        period="",
        answer=Answer.PUBLISHED,
        by="李科长",
        at=office.at(on(3), 9),
        address=site.url("news", 9),
    )
    verify(office.store, [said], CATALOG)
    after = [office.night(number)["W001", "FEES"].status for number in (4, 5, 6, 7)]

    assert doubted.sentence == (
        "疑似未真正整改：“关于食堂收费标准的通知”在“通知公告”栏目早已有（2026-11-02已见），"
        "只是移了过来，请人工核实"
    )
    assert after == [Status.OK] * 4
    assert states(office) == [(FIRST_ONE, State.CLOSED)]
