"""Guards against false accusations, one column at a time: gone, empty, redrawn, or another's.

``STORIES`` is the table: a guard, what a unit's site shows night by night, what must be said of it.
``WITHOUT`` names what implements a guard; taken out of the real crawl child, the lie must appear.
"""

from __future__ import annotations

import json
import pydoc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from office import Office, Switchboard, on, switched, switched_off
from schoolpages import home, listing, page
from siteserver import NOT_FOUND, Reply, Route, Site

from monitor import findings
from monitor.model import GAPS, Assessment, Finding, Observation, Outcome, State, Status, UnitType

Routes = Mapping[str, Route]

OK, NOCOL, EMPTY = Status.OK, Status.NOCOL, Status.EMPTY
BROKEN, UNSURE, MISSING = Status.BROKEN, Status.UNSURE, Status.MISSING


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a unit's site shows on each night (the last stays), and what is right to say."""

    guard: str
    nights: tuple[Callable[[str], Routes], ...]
    says: tuple[Status, ...]
    facts: tuple[str, ...] = ()  # stand in the sentence of the last night
    unknown_paths: Callable[[str], Route] = field(default=lambda _: NOT_FOUND)
    kind: UnitType = UnitType.PRIMARY
    columns: Mapping[str, str] = field(default_factory=lambda: {"fees": "/old/"})


# --- what sites show ---------------------------------------------------------------------


def rows(what: str, at: str) -> list[tuple[str, str, date | None]]:
    return [(f"第{n}号{what}的公示", f"{at}{n}.html", date(2026, 9, n)) for n in range(1, 7)]


def fees(unit: str, at: str = "/sf/") -> str:
    return listing("收费公示", rows("收费事项", at), unit=unit)


def news(unit: str) -> str:
    return listing("校园要闻", rows("主题教育活动", "/yw/"), unit=unit)


def nothing_of(name: str, unit: str, inner: str = "<p>暂无数据</p>") -> str:
    return page(name, f"<h3>{name}</h3><div class='list'>{inner}</div>", unit=unit, crumbs=name)


def school(unit: str, menu: Mapping[str, str], **routes: Route) -> Routes:
    """A whole site: a home page with ``menu``, and what its menus lead to."""
    return {
        "/": home({"招生信息": "/zs/", **menu}, unit=unit),
        "/zs/": nothing_of("招生信息", unit),
        **{f"/{path}/": route for path, route in routes.items()},
    }


def moved(old: Callable[[str], Route]) -> Callable[[str], Routes]:
    """The old address answers ``old``; the menu leads to the new one."""
    return lambda unit: school(unit, {"收费公示": "/sf/"}, sf=fees(unit), old=old(unit))


def dropped(old: Callable[[str], Route]) -> Callable[[str], Routes]:
    """The old address answers ``old``; no menu leads to such a column any more."""
    return lambda unit: school(unit, {}, old=old(unit))


def column(route: Callable[[str], Route]) -> Callable[[str], Routes]:
    """The column stands where the sheet and the menu say, and shows ``route``."""
    return lambda unit: school(unit, {"收费公示": "/old/"}, old=route(unit))


def notice(unit: str) -> str:
    """Soft 404, by its words, inside the whole frame; beside it the template's empty list."""
    menus = "".join(f"<li><a href='/m{n}/'>栏目之{n}</a></li>" for n in range(14))
    told = "<p>您访问的页面不存在</p><div class='list'><p>暂无数据</p></div>"
    return page("提示", f"<ul class='nav'>{menus}</ul>{told}", unit=unit)


def to_the_front(_: str) -> Reply:
    return Reply(status=302, headers={"Location": "/"})


def status(code: int) -> Callable[[str], Reply]:
    return lambda _: Reply(status=code, body=f"<html><title>{code}</title><p>{code}</p></html>")


def by_script(inner: str, script: str) -> Callable[[str], str]:
    return lambda unit: nothing_of("收费公示", unit, f"{inner}<script>{script}</script>")


THREE = {"fees": "/fees/", "admissions": "/admissions/", "finance": "/finance/"}
_NAMES = {"fees": "收费信息", "admissions": "招生信息", "finance": "财务信息"}
_WORDS = {"fees": "收费事项", "admissions": "招生工作", "finance": "经费收支"}


def three_columns(unit: str) -> Routes:
    return school(
        unit,
        {name: THREE[key] for key, name in _NAMES.items()},
        **{key: listing(_NAMES[key], rows(_WORDS[key], f"/{key}/"), unit=unit) for key in THREE},
    )


def new_menus(unit: str) -> Routes:
    """The night after the redesign: no old address is left, and the menus speak otherwise."""
    return {
        "/": home({"走进校园": "/zj/", "家校之间": "/jx/", "师生风采": "/sf/"}, unit=unit),
        **{path: nothing_of("走进校园", unit) for path in ("/zj/", "/jx/", "/sf/")},
    }


def new_template(unit: str) -> Routes:
    """The night after: every address is there, and what can be read on it is only the news."""
    items = "".join(
        f"<div class='card'><a href='/yw/{n}.html'>第{n}次主题教育活动在我校举行</a>"
        f"<i>2026-10-0{n}</i></div>"
        for n in range(1, 7)
    )
    return school(
        unit,
        {name: THREE[key] for key, name in _NAMES.items()},
        **{key: page(_NAMES[key], items, unit=unit, crumbs=_NAMES[key]) for key in THREE},
    )


# --- the table ---------------------------------------------------------------------------

STORIES: dict[str, Story] = {
    # GRD-05, soft 404: the host says "not found" with status 200
    "a notice, column moved": Story(guard="GRD-05", nights=(moved(notice),), says=(OK, OK)),
    "a notice, column gone": Story(
        guard="GRD-05",
        nights=(dropped(notice),),
        says=(NOCOL, NOCOL),
        facts=("收费信息", "原地址已失效", "页面不存在", "首页", "亦未找到"),
    ),
    "sent home, column moved": Story(guard="GRD-05", nights=(moved(to_the_front),), says=(OK, OK)),
    "sent home, column gone": Story(
        guard="GRD-05",
        nights=(dropped(to_the_front),),
        says=(NOCOL, NOCOL),
        facts=("收费信息", "原地址已失效", "跳转到首页", "亦未找到"),
    ),
    "the news for any address, column moved": Story(
        guard="GRD-05", nights=(moved(news),), says=(OK, OK), unknown_paths=news
    ),
    "the news for any address, column gone": Story(
        guard="GRD-05",
        nights=(dropped(news),),
        says=(NOCOL, NOCOL),
        unknown_paths=news,
        facts=("收费信息", "原地址已失效", "不存在的网址", "亦未找到"),
    ),
    # GRD-06, a real 404 on the column only
    "404, column moved": Story(guard="GRD-06", nights=(moved(status(404)),), says=(OK, OK)),
    "404, column gone": Story(
        guard="GRD-06",
        nights=(dropped(status(404)),),
        says=(NOCOL, NOCOL),
        facts=("收费信息", "404", "亦未找到"),
    ),
    "410, column gone": Story(
        guard="GRD-06",
        nights=(dropped(status(410)),),
        says=(NOCOL, NOCOL),
        facts=("收费信息", "410", "亦未找到"),
    ),
    "404, still in the menu": Story(
        guard="GRD-06",
        nights=(column(status(404)),),
        says=(BROKEN, BROKEN),
        facts=("收费信息", "404", "首页"),
    ),
    "404 for one night": Story(
        guard="GRD-06", nights=(dropped(status(404)), column(fees)), says=(NOCOL, OK)
    ),
    # GRD-07, a list that a script would fill
    **{
        f"filled by a script: {how}": Story(
            guard="GRD-07",
            nights=(column(by_script(*parts)),),
            says=(UNSURE, UNSURE),
            facts=("由脚本加载", "是否为空"),
        )
        for how, parts in {
            "braces": ("<ul><li>{{ item.title }}</li></ul><p>暂无数据</p>", "load('/api/list')"),
            "v-for": ("<ul><li v-for='one in all'></li></ul><p>暂无数据</p>", "new Vue()"),
            "id=app": ("<div id='app'></div><p>暂无数据</p>", "createApp(App)"),
            "loading": ("<ul></ul><p>加载中</p><p>暂无数据</p>", "load('/api/list')"),
            "ajax": ("<ul class='list'></ul><p>暂无数据</p>", "$.ajax({url:'/api/list'})"),
        }.items()
    },
    # GRD-08, truly empty, and a page that only has nothing we recognise
    "says 暂无数据": Story(
        guard="GRD-08",
        nights=(column(lambda unit: nothing_of("收费公示", unit)),),
        says=(EMPTY, EMPTY),
        facts=("收费信息", "显示“暂无数据”"),
    ),
    "says 共0条": Story(
        guard="GRD-08",
        nights=(column(lambda unit: nothing_of("收费公示", unit, "<span>共 0 条</span>")),),
        says=(EMPTY, EMPTY),
        facts=("收费信息", "共0条"),
    ),
    "says nothing": Story(
        guard="GRD-08",
        nights=(column(lambda unit: nothing_of("收费公示", unit, "<img src='/a.jpg'>")),),
        says=(UNSURE, UNSURE),
        facts=("未能",),
    ),
    # GRD-09, another site overnight
    "redesigned, addresses gone": Story(
        guard="GRD-09",
        nights=(three_columns, new_menus),
        says=(OK, UNSURE),
        facts=("疑似改版", "核对栏目地址"),
        kind=UnitType.JUNIOR_HIGH,
        columns=THREE,
    ),
    "redesigned, addresses kept": Story(
        guard="GRD-09",
        nights=(three_columns, new_template),
        says=(OK, UNSURE),
        facts=("疑似改版", "核对栏目地址"),
        kind=UnitType.JUNIOR_HIGH,
        columns=THREE,
    ),
    # GRD-24, a page copied from another school
    "another school's page": Story(
        guard="GRD-24",
        nights=(column(lambda _: listing("收费公示", rows("主题活动", "/a/"), unit="红星中学")),),
        says=(UNSURE, UNSURE),
        facts=("“红星中学”", "与登记的单位不符"),
    ),
    # GRD-19's side of every search: a name that only sounds alike is for a person
    "404, a similar name in the menu": Story(
        guard="GRD-05",
        nights=(lambda unit: school(unit, {"学校收费管理": "/gl/"}),),
        says=(UNSURE, UNSURE),
        facts=("“收费信息”", "疑似对应栏目“学校收费管理”", "请确认"),
    ),
}

every_story = pytest.mark.parametrize("title", STORIES)


def name_of(number: int) -> str:
    return (
        f"青禾县第{'一二三四五六七八九十'[number // 10]}十{'一二三四五六七八九十'[number % 10]}小学"
    )


class Stage:
    """An office whose sites play stories."""

    def __init__(self, office: Office, *titles: str) -> None:
        self.office = office
        self.codes = {title: f"P{number:02}" for number, title in enumerate(titles)}
        self._sites: dict[str, tuple[str, Site]] = {}
        for number, title in enumerate(titles):
            story, unit = STORIES[title], name_of(number)
            site = office.add(self.codes[title], unit, kind=story.kind, **story.columns)
            site.fallback = story.unknown_paths(unit)
            self._sites[title] = unit, site

    def night(self, number: int) -> str:
        for title, (unit, site) in self._sites.items():
            nights = STORIES[title].nights
            shown = nights[min(number, len(nights)) - 1](unit)
            site.routes = {"/robots.txt": NOT_FOUND, "/api/list": Reply(status=500), **shown}
        return self.office.night(on(number))

    def address(self, title: str) -> str:
        return self._sites[title][1].url


@dataclass(frozen=True, kw_only=True)
class Played:
    """All stories after two nights."""

    stage: Stage
    verdicts: tuple[Mapping[tuple[str, str], Assessment], ...]  # by night
    findings: tuple[Mapping[tuple[str, str], tuple[Finding, ...]], ...]
    looks: tuple[Mapping[tuple[str, str], Observation], ...]

    def said(self, title: str, item: str = "S-FEES") -> tuple[Assessment, ...]:
        return tuple(night[self.stage.codes[title], item] for night in self.verdicts)

    def found(self, title: str, item: str = "S-FEES") -> tuple[tuple[Finding, ...], ...]:
        return tuple(night.get((self.stage.codes[title], item), ()) for night in self.findings)


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    with switched() as server:
        yield server


@pytest.fixture(scope="module")
def played(switchboard: Switchboard, tmp_path_factory: pytest.TempPathFactory) -> Played:
    stage = Stage(Office(tmp_path_factory.mktemp("columns") / "科 室", switchboard), *STORIES)
    nights = []
    for number in (1, 2):
        scan = stage.night(number)
        office = stage.office
        nights.append((office.verdicts(), office.findings(), office.looks(scan)))
    verdicts, found, looks = zip(*nights, strict=True)
    return Played(stage=stage, verdicts=verdicts, findings=found, looks=looks)


# --- what must be said -------------------------------------------------------------------


@every_story
def test_a_column_is_judged_by_what_it_proves(played: Played, title: str) -> None:
    story = STORIES[title]

    told = played.said(title)

    assert tuple(one.status for one in told) == story.says
    assert [fact for fact in story.facts if fact not in told[-1].sentence] == []


@every_story
def test_a_gap_is_for_review_only_after_two_nights(played: Played, title: str) -> None:
    said = STORIES[title].says

    states = [tuple(one.state for one in night) for night in played.found(title)]

    if said[0] not in GAPS:
        assert states == [(), ()]
    elif said[1] is said[0]:
        assert states == [(State.DETECTED,), (State.TO_REVIEW,)]
    else:
        assert states == [(State.DETECTED,), (State.DROPPED,)]


@every_story
def test_a_person_is_told_the_same_in_every_place(played: Played, title: str) -> None:
    office, code = played.stage.office, played.stage.codes[title]
    sentence = played.said(title)[1].sentence

    explained = office.told(on(2), "explain", code, "S-FEES")

    assert sentence in explained
    assert played.stage.address(title) in explained
    if STORIES[title].says[1] in GAPS:
        (finding,) = played.found(title)[1]
        assert f"{finding.number}　待审核" in explained
        assert f"首次 {on(1)}，最近 {on(2)}，至少 2 次巡查见到" in explained


def test_the_export_carries_every_reason(played: Played) -> None:
    stage = played.stage
    lines = stage.office.told(on(2), "export", "assessments", "--json").splitlines()
    told = {
        row["unit"]: row["because"]["text"]
        for row in map(json.loads, lines)
        if row["requirement"] == "S-FEES"
    }

    assert told == {stage.codes[title]: played.said(title)[1].sentence for title in STORIES}


def test_the_overview_counts_what_is_known_and_what_is_not(played: Played) -> None:
    shown = played.stage.office.told(on(2), "status")

    assert f"问题：{State.TO_REVIEW.value} " in shown
    assert Status.UNSURE.value in shown


@pytest.mark.parametrize(
    "away",
    [
        column(lambda unit: nothing_of("收费公示", unit)),
        column(status(404)),
        dropped(status(404)),
    ],
    ids=["empty", "broken", "nowhere"],
)
def test_a_column_that_comes_and_goes_is_never_confirmed(
    switchboard: Switchboard, tmp_path: Path, away: Callable[[str], Routes]
) -> None:
    """GRD-14: there on one night and away on the next; what comes back is the list it was."""
    office, unit = Office(tmp_path / "科 室", switchboard), name_of(55)
    site = office.add("F1", unit, fees="/old/")
    there, gone = column(fees)(unit), away(unit)
    said = []
    for number in range(1, 6):
        site.routes = {"/robots.txt": NOT_FOUND, **(there if number % 2 else gone)}
        office.night(on(number))
        said.append(office.verdict("F1").status)

    assert said[::2] == [OK] * 3
    assert set(said[1::2]) <= GAPS
    assert office.states("F1") == [State.DROPPED] * 2


@pytest.mark.parametrize("title", [title for title, one in STORIES.items() if one.says[1] in GAPS])
def test_both_sights_of_a_gap_are_kept_as_pages(played: Played, title: str) -> None:
    (finding,) = played.found(title)[1]

    events = played.stage.office.events(finding)

    kept = [
        next(iter((played.stage.office.place / "evidence").rglob(f"{one.evidence}*")), None)
        for one in events
    ]
    assert len(events) == 2
    assert None not in kept


def test_all_columns_of_a_redrawn_site_are_one_incident(played: Played) -> None:
    for title in ("redesigned, addresses gone", "redesigned, addresses kept"):
        for item in ("S-FEES", "S-ADMISSIONS", "S-FINANCE"):
            assert played.said(title, item)[1].status is UNSURE
            assert played.found(title, item) == ((), ())


# --- and without the guard ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Guard:
    """护栏: what implements it, how it is taken out of the crawl child, and what is then said."""

    implemented_by: str
    title: str
    patch: str
    lie: Status


def without_look(name: str) -> str:
    return (
        "import crawler.outcome as it\n"
        f"it._LOOKS = tuple(look for look in it._LOOKS if look is not it.{name})\n"
    )


GUARDS: dict[str, Guard] = {
    "GRD-05 by phrase": Guard(
        implemented_by="crawler.gone.says_gone",
        title="a notice, column moved",
        patch="import crawler.unit as it\nit.says_gone = lambda page: ''\n",
        lie=EMPTY,
    ),
    "GRD-05 sent home": Guard(
        implemented_by="crawler.outcome._gone",
        title="sent home, column moved",
        patch=without_look("_gone"),
        lie=MISSING,
    ),
    "GRD-05 by a random path": Guard(
        implemented_by="crawler.gone.is_same_page",
        title="the news for any address, column moved",
        patch="import crawler.unit as it\nit.is_same_page = lambda one, other: False\n",
        lie=MISSING,
    ),
    "GRD-06 looked for anew": Guard(
        implemented_by="crawler.unit.UnitWalk._found",
        title="404, column moved",
        patch=(
            "import crawler.unit as it\n"
            "def gives_up(self, target, *, gone):\n"
            "    return it.replace(it.not_read(target, gone), identity_seen=True)\n"
            "    yield\n"
            "it.UnitWalk._found = gives_up\n"
        ),
        lie=NOCOL,
    ),
    "GRD-07 braces": Guard(
        implemented_by="crawler.pages.unlisted.awaits_script",
        title="filled by a script: braces",
        patch="import crawler.pages.lists as it\nit.awaits_script = lambda *_: False\n",
        lie=EMPTY,
    ),
    "GRD-08 its own words": Guard(
        implemented_by="crawler.pages.unlisted.says_empty",
        title="says nothing",
        patch="import crawler.pages.lists as it\nit.says_empty = lambda *_: '无'\n",
        lie=EMPTY,
    ),
    "GRD-09 one incident": Guard(
        implemented_by="crawler.unit.UnitWalk.settled",
        title="redesigned, addresses gone",
        patch="import crawler.unit as it\nit.UnitWalk.settled = lambda self, held: list(held)\n",
        lie=NOCOL,
    ),
    "GRD-24 whose page": Guard(
        implemented_by="crawler.identity.other_owner",
        title="another school's page",
        patch="import crawler.unit as it\nit.other_owner = lambda *_: ''\n",
        lie=MISSING,
    ),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_what_implements_a_guard_is_where_the_table_says(guard: str) -> None:
    assert pydoc.locate(GUARDS[guard].implemented_by) is not None


@pytest.mark.parametrize("guard_off", GUARDS)
def test_without_the_guard_the_unit_is_accused(
    guard_off: str, switchboard: Switchboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = GUARDS[guard_off]
    stage = Stage(Office(tmp_path / "科 室", switchboard), guard.title)
    nights = len(STORIES[guard.title].nights)
    for number in range(1, nights):
        stage.night(number)
    monkeypatch.setenv("PYTHONPATH", switched_off(tmp_path / "without", guard.patch))

    stage.night(nights)

    code = stage.codes[guard.title]
    assert stage.office.verdict(code).status is guard.lie
    assert stage.office.states(code) == [State.DETECTED]


@pytest.mark.parametrize(
    ("guard_off", "state"),
    [(False, State.DETECTED), (True, State.TO_REVIEW)],
    ids=["guarded", "guard_off"],
)
def test_two_scans_of_one_night_are_one_sighting(
    guard_off: bool,
    state: State,
    switchboard: Switchboard,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GRD-06: confirmed in two scans, hours apart; off: ``monitor.findings._is_apart``."""
    stage = Stage(Office(tmp_path / "科 室", switchboard), "404, column gone")
    if guard_off:
        monkeypatch.setattr(findings, "_is_apart", lambda *_: True)

    stage.night(1)
    stage.night(1)

    assert stage.office.states(stage.codes["404, column gone"]) == [state]


def test_every_outcome_of_the_stories_is_the_one_meant(played: Played) -> None:
    """A verdict may be right for a wrong reason; the look behind it may not."""
    stage = played.stage
    meant = {
        "a notice, column gone": Outcome.GONE,
        "410, column gone": Outcome.GONE,
        "filled by a script: braces": Outcome.SHELL,
        "says 共0条": Outcome.SAYS_EMPTY,
        "redesigned, addresses kept": Outcome.LAYOUT_CHANGED,
        "another school's page": Outcome.OTHER_UNIT,
        "404, a similar name in the menu": Outcome.SIMILAR,
    }
    seen = {title: played.looks[1][stage.codes[title], "fees"].outcome for title in meant}

    assert seen == meant
