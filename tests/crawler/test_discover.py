"""The search for columns: which address is proposed, how sure, and what is said where none is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
from ruamel.yaml import YAML
from schoolpages import UNIT, empty, home, listing, page

from crawler.addresses import AddressRules
from crawler.ask import Answer
from crawler.discover import Search
from crawler.identity import other_owner
from crawler.pages.place import place_of
from crawler.pages.text import open_page
from monitor.model import Column, Discovery, Network, Outcome, Spot, Sureness, Target

SITE = "http://school.cn"
PLATFORM = "http://county.gov.cn"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FEES = Column(id="fees", name="收费信息", aliases=("收费公示",))
PLAN = Column(id="plan", name="计划总结")
ROWS = [
    (f"第{n}学期教育收费项目和标准公示", f"/fees/content_{n}.html", date(2026, 10 - n, 1))
    for n in range(1, 5)
]
MISSING = Answer(asked="", url="", status=404, body=b"<html>404 Not Found</html>", fetched_at=NOW)

Pages = Mapping[str, str | Answer]


def target(**given: object) -> Target:
    return Target(
        **{
            "unit": "u1",
            "unit_names": (UNIT, "向阳小学"),
            "column": FEES,
            "home": f"{SITE}/",
            "since": date(2026, 1, 1),
            **given,
        }
    )


def searched(pages: Pages, *targets: Target) -> tuple[list[Discovery], list[str]]:
    """Search for the targets of one unit over a dict of pages; what was found and asked for."""
    search = Search(targets, rules=AddressRules(), network=Network(), seen_at=NOW)
    asked: list[str] = []
    found = []
    for one in targets:
        walk = search.find(one)
        try:
            ask = next(walk)
            while True:
                asked.append(ask.url.removeprefix(SITE))
                ask = walk.send(answer_of(ask.url, pages))
        except StopIteration as end:
            found.append(end.value)
    return found, asked


def answer_of(url: str, pages: Pages) -> Answer:
    found = pages.get(url.removeprefix(SITE), MISSING)
    if isinstance(found, str):
        found = Answer(asked="", url="", status=200, body=found.encode(), fetched_at=NOW)
    return replace(found, asked=url, url=url)


def found(pages: Pages, **given: object) -> Discovery:
    (one,), _ = searched(pages, target(**given))
    return one


def spot(pages: Pages, **given: object) -> Spot:
    one = found(pages, **given)
    assert len(one.spots) == 1, one
    return one.spots[0]


# --- a site of its own -----------------------------------------------------------------


def test_an_entry_by_name_to_a_page_that_calls_itself_so_is_certain() -> None:
    one = spot({"/": home({"收费公示": "/fees/"}), "/fees/": listing("收费公示", ROWS)})

    assert one.address == f"{SITE}/fees/"
    assert one.sureness is Sureness.CERTAIN
    assert one.newest == date(2026, 9, 1)
    assert one.grounds == (
        "首页上有入口“收费公示”，是栏目的名称或别名",
        "页面自己写着“首页 > 收费公示”",
        "写明是本单位的",
        "第一页4条，最新2026-09-01",
    )


@pytest.mark.parametrize(
    ("label", "body", "sureness"),
    [
        ("收费公示", empty("收费公示"), Sureness.CERTAIN),
        ("学校收费公示专栏", listing("收费公示", ROWS), Sureness.LIKELY),
        ("收费公示", listing("财务公开", ROWS), Sureness.LIKELY),
        ("学校收费公示专栏", listing("财务公开", ROWS), Sureness.DOUBTFUL),
        ("服务性收费", listing("收费公示", ROWS), Sureness.DOUBTFUL),
        ("收费公示", page("收费公示", "<p>加载中</p>", crumbs="收费公示"), Sureness.DOUBTFUL),
    ],
    ids=["says it is empty", "longer", "called otherwise", "both", "near", "nothing to read"],
)
def test_how_sure_depends_on_the_words_of_both_ends(
    label: str, body: str, sureness: Sureness
) -> None:
    assert spot({"/": home({label: "/fees/"}), "/fees/": body}).sureness is sureness


def test_what_did_not_open_is_doubtful_and_says_so() -> None:
    late = Answer(asked="", url="", failure=Outcome.TIMED_OUT, fetched_at=NOW)

    one = spot({"/": home({"收费公示": "/fees/"}), "/fees/": late})

    assert one.sureness is Sureness.DOUBTFUL
    assert one.grounds[-1] == "没有打开：对方网站没有回应"


def test_two_places_alike_are_both_proposed_and_tell_of_each_other() -> None:
    menu = home({"收费公示": "/fees/"}, more="<div><a href='/more/'>收费公示</a></div>")
    pages = {"/": menu, "/fees/": listing("收费公示", ROWS), "/more/": listing("收费公示", ROWS)}

    one = found(pages)

    assert [seen.address for seen in one.spots] == [f"{SITE}/fees/", f"{SITE}/more/"]
    assert one.spots[0].grounds[-1] == f"另一处也像：{SITE}/more/"


def test_the_surer_of_two_places_stands_alone() -> None:
    menu = home({"收费公示": "/fees/"}, more="<div><a href='/more/'>收费公示</a></div>")
    pages = {"/": menu, "/fees/": listing("校园新闻", ROWS), "/more/": listing("收费公示", ROWS)}

    assert spot(pages).address == f"{SITE}/more/"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (MISSING, "入口“收费公示”点开后页面不存在"),
        (listing("收费公示", ROWS, unit="青禾县东风小学"), "打开的是“青禾县东风小学”的页面"),
        (home({"收费公示": "/fees/"}), "点开还是原来的页面"),
    ],
    ids=["gone", "of another unit", "the home page again"],
)
def test_an_entry_that_leads_nowhere_is_no_proposal(body: str | Answer, why: str) -> None:
    one = found({"/": home({"收费公示": "/fees/"}), "/fees/": body})

    assert one.spots == ()
    assert any(why in said for said in one.looked)


def test_a_column_nobody_links_to_is_not_found_and_the_place_is_told() -> None:
    one = found({"/": home({"招生信息": "/zs/"}), "/zs/": listing("招生信息", ROWS)})

    assert one.opened
    assert one.spots == ()
    assert one.looked[0].startswith(f"从 {SITE}/ 起看了")


def test_a_menu_that_a_script_fills_was_not_seen_whole() -> None:
    scripted = "<div id='nav' class='menu'></div><script>fill('nav')</script>"

    one = found({"/": home({"招生信息": "/zs/"}, more=scripted)})

    assert one.spots == ()
    assert "有的菜单由脚本生成、是图片或没有打开，没有看全" in one.looked


def test_a_home_page_that_did_not_open_is_told_apart_from_a_search_in_vain() -> None:
    one = found({"/": Answer(asked="", url="", failure=Outcome.REFUSED, fetched_at=NOW)})

    assert not one.opened
    assert one.looked == (f"{SITE}/ 对方拒绝连接，什么也没有看到",)


def test_the_site_map_and_the_usual_places_are_looked_at_too() -> None:
    menu = home({"招生信息": "/zs/"}, more="<p><a href='/map.html'>网站地图</a></p>")
    by_map = {"/": menu, "/map.html": home({"收费公示": "/fees/"}), "/fees/": empty("收费公示")}
    by_guess = {
        "/": home({"招生信息": "/zs/"}),
        "/xxgk/": home({"收费公示": "/fees/"}),
        "/fees/": empty("收费公示"),
    }

    assert spot(by_map).address == spot(by_guess).address == f"{SITE}/fees/"


def test_no_address_is_asked_for_twice() -> None:
    pages = {"/": home({"收费公示": "/all/", "计划总结": "/all/"}), "/all/": listing("公示", ROWS)}

    seen, asked = searched(pages, target(), target(column=PLAN))

    assert [one.spots[0].address for one in seen] == [f"{SITE}/all/"] * 2
    assert len(asked) == len(set(asked))


SITES = sorted((Path(__file__).parents[1] / "sites").glob("*/expected.yaml"))


@pytest.mark.parametrize("file", SITES, ids=lambda file: file.parent.name)
def test_a_column_of_every_family_is_found_by_what_it_calls_itself(file: Path) -> None:
    told = YAML(typ="safe").load(file)
    start = told["start"]
    bodies = {url: (file.parent / name).read_bytes() for url, name in told["pages"].items()}
    first = open_page(bodies[start], start)
    name = place_of(first).names[0]
    whose = other_owner(first, (UNIT,)) or UNIT
    pages: dict[str, str | Answer] = {
        url: Answer(asked="", url="", status=200, body=body, fetched_at=NOW)
        for url, body in bodies.items()
    }
    front = urljoin(start, "/")

    one = found(
        pages | {front: home({name: start}, unit=whose)},
        home=front,
        column=Column(id="x", name=name),
        unit_names=(whose,),
    )

    assert [seen.address for seen in one.spots] == [start]
    assert f"首页上有入口“{name}”" in one.spots[0].grounds[0]
    assert "页面自己写着" in one.spots[0].grounds[1]


# --- a platform of many ----------------------------------------------------------------


def on_platform(title: str, inner: str, *, crumbs: str) -> str:
    """A page of the county's platform, which lists all its schools at its end."""
    body = page(title, inner, unit="青禾县政务公开平台", crumbs=crumbs)
    return body.replace("</body>", f"<div><p>{UNIT}</p><p>青禾县东风小学</p></div></body>")


def schools(*names: str) -> str:
    links = "".join(
        f"<li><a href='{PLATFORM}/jyly/{number}/'>{name}</a></li>"
        for number, name in enumerate(names, 101)
    )
    return f"<ul>{links}</ul>"


FRONT = on_platform(
    "首页",
    "<div class='nav'><a href='/jyly/'>教育领域</a><a href='/sf/'>收费公示</a></div>",
    crumbs="",
)
OURS = on_platform(
    UNIT,
    "<ul><li><a href='/jyly/102/sfgs.htm'>收费公示</a></li></ul>",
    crumbs=f"教育领域 &gt; {UNIT}",
)


def platform(**more: str | Answer) -> dict[str, str | Answer]:
    pages: dict[str, str | Answer] = {
        f"{PLATFORM}/": FRONT,
        f"{PLATFORM}/jyly/": on_platform(
            "教育领域", schools("青禾县东风小学", UNIT), crumbs="教育领域"
        ),
        f"{PLATFORM}/jyly/102/": OURS,
        f"{PLATFORM}/sf/": on_platform(
            "收费公示", "<ul><li><a href='/1.htm'>全县收费公示</a></li></ul>", crumbs="收费公示"
        ),
    }
    return pages | {f"{PLATFORM}/{path}": body for path, body in more.items()}


def of_platform(rows: str, crumbs: str) -> str:
    return on_platform("收费公示", f"<h3>收费公示</h3><ul class='list'>{rows}</ul>", crumbs=crumbs)


FEE_ROWS = "".join(
    f"<li><a href='/jyly/102/{n}.htm'>第{n}学期收费标准公示</a><span>2026-0{n}-01</span></li>"
    for n in range(1, 5)
)


def test_on_a_platform_the_unit_is_found_by_its_name_and_its_columns_below_it() -> None:
    pages = platform(**{"jyly/102/sfgs.htm": of_platform(FEE_ROWS, f"{UNIT} &gt; 收费公示")})

    one = spot(pages, home=f"{PLATFORM}/")

    assert one.address == f"{PLATFORM}/jyly/102/sfgs.htm"
    assert one.sureness is Sureness.CERTAIN
    assert one.grounds[0].startswith("本单位的页面上有入口")


def test_a_path_below_the_units_page_is_less_than_its_name() -> None:
    pages = platform(**{"jyly/102/sfgs.htm": of_platform(FEE_ROWS, "收费公示")})

    one = spot(pages, home=f"{PLATFORM}/")

    assert one.sureness is Sureness.LIKELY
    assert "没有写单位，网址与本单位的页面同属一处" in one.grounds


def test_the_platforms_own_column_is_not_the_units() -> None:
    lonely = {f"{PLATFORM}/": FRONT, f"{PLATFORM}/sf/": of_platform(FEE_ROWS, "收费公示")}

    one = spot(lonely, home=f"{PLATFORM}/")

    assert one.sureness is Sureness.DOUBTFUL
    assert "没有见到本单位的名称" in one.grounds


@pytest.mark.parametrize("where", ["title", "publisher"])
def test_a_list_of_several_units_is_proposed_when_it_holds_some_of_this_one(where: str) -> None:
    whose = UNIT if where == "title" else ""
    rows = "".join(
        f"<li><a href='/sf/{n}.htm'>{whose}第{n}学期收费标准公示</a><span>2026-0{n}-01</span></li>"
        for n in range(1, 5)
    )
    articles = {
        f"{PLATFORM}/sf/{n}.htm": page(
            "收费标准公示",
            f"<h1>收费标准公示</h1><p>来源：{UNIT if n == 2 else '东风小学'}</p>",
            unit="青禾县政务公开平台",
        )
        for n in range(1, 5)
    }
    lonely = {
        f"{PLATFORM}/": FRONT,
        f"{PLATFORM}/sf/": of_platform(rows, "收费公示"),
        **(articles if where == "publisher" else {}),
    }

    one = spot(lonely, home=f"{PLATFORM}/")

    assert one.sureness is Sureness.LIKELY
    own = 4 if where == "title" else 1
    assert any(f"看了4条，有{own}条是本单位的" in said for said in one.grounds)


def test_a_column_that_offers_its_publishers_is_taken_for_the_unit_alone() -> None:
    chooser = f"<p><a href='/sf/?org=102'>{UNIT}</a> <a href='/sf/?org=101'>青禾县东风小学</a></p>"
    pages = {
        f"{PLATFORM}/": FRONT,
        f"{PLATFORM}/sf/": on_platform("收费公示", chooser, crumbs="收费公示"),
        f"{PLATFORM}/sf/?org=102": of_platform(FEE_ROWS, f"收费公示 &gt; {UNIT}"),
    }

    one = spot(pages, home=f"{PLATFORM}/")

    assert one.address == f"{PLATFORM}/sf/?org=102"
    assert "在栏目页上选本单位名称后的网址" in one.grounds


def test_a_front_page_given_as_the_units_own_does_not_make_the_platform_its_own() -> None:
    lonely = {f"{PLATFORM}/": FRONT, f"{PLATFORM}/sf/": of_platform(FEE_ROWS, "收费公示")}

    one = spot(lonely, home=f"{PLATFORM}/", disclosure_home=f"{PLATFORM}/")

    assert one.sureness is Sureness.DOUBTFUL


def test_a_page_given_as_the_units_own_vouches_for_what_is_below_it() -> None:
    ours = on_platform("信息公开", "<a href='/x/102/sf.htm'>收费公示</a>", crumbs="信息公开")
    pages = {
        f"{PLATFORM}/x/102/": ours.replace(UNIT, ""),
        f"{PLATFORM}/x/102/sf.htm": of_platform(FEE_ROWS, "收费公示").replace(UNIT, ""),
    }

    one = spot(pages, home=f"{PLATFORM}/", disclosure_home=f"{PLATFORM}/x/102/")

    assert one.sureness is Sureness.LIKELY


def test_the_number_of_a_visit_is_not_kept() -> None:
    pages = {
        "/": home({"收费公示": "/fees.jsp;jsessionid=9F3A?id=1"}),
        "/fees.jsp?id=1": listing("收费公示", ROWS),
    }

    assert spot(pages).address == f"{SITE}/fees.jsp?id=1"


def rows_of_schools(mark: str) -> str:
    """A page of two schools, each with its columns: as a table, under headings, in a list."""
    other = "青禾县东风小学"
    if mark == "table":
        head = "<tr><th>学校</th><th>招生信息</th><th>收费公示</th></tr>"
        body = "".join(
            f"<tr><td>{name}</td><td><a href='/m/{n}/zs.htm'>查看</a></td>"
            f"<td><a href='/m/{n}/sf.htm'>查看</a></td></tr>"
            for n, name in ((1, other), (2, UNIT))
        )
        return f"<table>{head}{body}</table>"
    heading = {"heading": "h3", "list": "dt"}[mark]
    inside = {"heading": "ul", "list": "dd"}[mark]
    return "".join(
        f"<{heading}>{name}</{heading}><{inside}><a href='/m/{n}/zs.htm'>招生信息</a>"
        f"<a href='/m/{n}/sf.htm'>收费公示</a></{inside}>"
        for n, name in ((1, other), (2, UNIT), (3, "青禾县城关小学"))
    )


@pytest.mark.parametrize("mark", ["table", "heading", "list"])
@pytest.mark.parametrize("crumbs", [f"{UNIT} &gt; 收费公示", "收费公示"], ids=["named", "unnamed"])
def test_of_a_page_of_many_schools_only_the_units_own_links_count(mark: str, crumbs: str) -> None:
    pages = {
        f"{PLATFORM}/": FRONT,
        f"{PLATFORM}/jyly/": on_platform("教育领域", rows_of_schools(mark), crumbs="教育领域"),
        f"{PLATFORM}/m/1/sf.htm": of_platform(FEE_ROWS, "青禾县东风小学 &gt; 收费公示"),
        f"{PLATFORM}/m/2/sf.htm": of_platform(FEE_ROWS, crumbs),
    }

    one = spot(pages, home=f"{PLATFORM}/")

    assert one.address == f"{PLATFORM}/m/2/sf.htm"
    assert one.sureness is (Sureness.LIKELY if crumbs == "收费公示" else Sureness.CERTAIN)
    assert one.grounds[0].startswith("多个单位的总表中本单位名下")


def test_a_school_that_lays_out_its_own_page_in_a_table_is_no_list_of_schools() -> None:
    links = "<a href='/fees/'>收费公示</a>"
    table = f"<table><tr><td>{UNIT}</td><td>{links}</td></tr></table><a href='/plan/'>计划总结</a>"
    pages = {
        "/": page("首页", table),
        "/fees/": listing("收费公示", ROWS),
        "/plan/": listing("计划总结", ROWS),
    }

    seen, _ = searched(pages, target(), target(column=PLAN))

    assert [one.spots[0].sureness for one in seen] == [Sureness.CERTAIN] * 2


def test_a_menu_may_lead_to_the_county_and_the_other_site_is_told() -> None:
    pages = {
        "/": home({"收费公示": f"{PLATFORM}/sf/"}),
        f"{PLATFORM}/sf/": of_platform(FEE_ROWS, "收费公示"),
    }

    one = spot(pages)

    assert one.sureness is Sureness.DOUBTFUL
    assert "在别的网站（county.gov.cn）上" in one.grounds


def test_the_kindergarten_of_a_school_is_another_unit() -> None:
    pages = {
        "/": home({"收费公示": "/fees/"}, unit=f"{UNIT}附属幼儿园"),
        "/fees/": listing("收费公示", ROWS, unit=f"{UNIT}附属幼儿园"),
    }

    assert spot(pages).sureness is not Sureness.CERTAIN
