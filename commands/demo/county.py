"""示例县: 青禾县, its units, their sites, and every planted gap. No such county exists.

``SITES`` is what the server shows; ``MEMBERS`` are the units, each with its columns and what a
careful officer would say of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from commands.demo import bureau, focus, gaps, money, schools
from commands.demo.gaps import Planting
from commands.demo.records import NIGHTS, Dates, Mood, Plot, Site, Tenant
from commands.demo.schools import School


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """单位 of the county: a row of the 单位清单, its host, and its columns."""

    code: str
    name: str
    kind: str  # 单位类别 as the sheet writes it
    host: str  # "" for a unit without a site
    phone: str
    place: str
    plots: tuple[Plot, ...]
    private: bool = False
    boarding: bool = False
    canteen: bool = True
    budget: bool = True
    joins_late: bool = False  # added to the list after the last night

    @property
    def short(self) -> str:
        return self.name.removeprefix("青禾县")

    @property
    def tenant(self) -> Tenant:
        return Tenant(
            code=self.code.lower(),
            name=self.name,
            short=self.short,
            sections=tuple(plot.section for plot in self.plots if plot.section),
            phone=self.phone,
            place=self.place,
        )


#: what each kind of school calls its admissions item; special schools owe none
_ADMISSIONS = {
    "高中": "S-08",
    "中职": "S-08",
    "初中": "S-07",
    "小学": "S-07",
    "九年一贯制": "S-07",
    "幼儿园": "S-09",
}

_BY_DISTRICT = "以县教育局公布的学区划分为准"
_AREAS = {"小学": _BY_DISTRICT, "初中": _BY_DISTRICT, "九年一贯制": _BY_DISTRICT}

#: 栏目名称 as most sites of the county write them; a site may differ
_NAMES = {
    "profile": "学校概况",
    "leaders": "领导班子",
    "plans": "规划计划",
    "admissions": "招生信息",
    "fees": "收费公示",
    "finance": "财务信息",
    "purchases": "采购信息",
    "teachers": "教师管理",
    "safety": "校园安全",
    "guide": "信息公开指南",
    "canteen": "食堂信息",
    "aid": "资助政策",
    "news": "校园新闻",
}


def _school(
    number: int,
    name: str,
    kind: str,
    host: str,
    place: str,
    *,
    names: Mapping[str, str] | None = None,
    planted: Mapping[str, Planting] | None = None,
    canteen: bool = True,
    budget: bool = True,
    private: bool = False,
    boarding: bool = False,
    joins_late: bool = False,
) -> Member:
    """Write down a school: all its columns in good order, then what is planted in some."""
    school = School(
        name=name,
        short=name.removeprefix("青禾县"),
        phone=f"0550-0000{200 + number}",
        place=place,
        pupils=180 + number * 47,
        classes=6 + number,
        staff=20 + number * 3,
        intake=40 + number * 10,
        founded=1950 + number * 2,
        area=_AREAS.get(kind, "面向全县"),
        kinder=kind == "幼儿园",
        private=private,
    )
    plots = _columns(school, kind, {**_NAMES, **(names or {})}, canteen, budget)
    for item, plant in (planted or {}).items():
        plots[item] = plant(school, plots[item])
    return Member(
        code=f"QH{number:03}",
        name=name,
        kind=kind,
        host=host,
        phone=school.phone,
        place=place,
        plots=tuple(plots.values()),
        private=private,
        boarding=boarding,
        canteen=canteen,
        budget=budget,
        joins_late=joins_late,
    )


def _columns(
    school: School, kind: str, names: Mapping[str, str], canteen: bool, budget: bool
) -> dict[str, Plot]:
    """Return the columns of a school in the order of its menu, news last."""
    plots = {
        "profile": schools.profile(school, names["profile"]),
        "leaders": schools.leaders(school, names["leaders"]),
        "plans": schools.plans(school, names["plans"]),
    }
    if kind in _ADMISSIONS:
        requirement = _ADMISSIONS[kind]
        plots["admissions"] = schools.admissions(school, requirement, names["admissions"])
    plots["fees"] = money.fees(school, names["fees"])
    if budget:
        plots["finance"] = money.finance(school, names["finance"])
    if school.private:
        plots["rules"] = schools.rules(school)
    plots |= {
        "purchases": money.purchases(school, names["purchases"]),
        "teachers": schools.teachers(school, names["teachers"]),
        "safety": schools.safety(school, names["safety"]),
        "guide": schools.guide(school, names["guide"]),
    }
    if canteen and kind != "中职":
        plots["canteen"] = money.canteen(school, names["canteen"])
    plots |= {
        "aid": schools.aid(school, names["aid"]),
        "party": schools.other("djyd", "党建园地", school, "主题党日活动", "党员志愿服务"),
        "home": schools.other("jxgy", "家校共育", school, "家长学校开课", "家访月活动"),
        "news": schools.activities(school, names["news"]),
    }
    return plots


def _dated(dates: Dates) -> Planting:
    """The column in good order, its list dated another way."""

    def plant(school: School, plot: Plot) -> Plot:
        assert plot.section is not None
        return replace(plot, section=replace(plot.section, dates=dates))

    return plant


def _long(count: int, dates: Dates | None = None) -> Planting:
    """The news column in good order, several pages long."""

    def plant(school: School, plot: Plot) -> Plot:
        assert plot.section is not None
        return schools.activities(school, plot.section.name, count=count, dates=dates)

    return plant


def _with_a_pinned_one(school: School, plot: Plot) -> Plot:
    """The news column in good order, an old entry pinned above the new ones."""
    assert plot.section is not None
    *newer, oldest = plot.section.entries
    entries = (*newer, replace(oldest, title=f"[置顶]{oldest.title}", pinned=True))
    return replace(plot, section=replace(plot.section, entries=entries))


BUREAU = Member(
    code="QH001",
    name=bureau.NAME,
    kind="教育局",
    host="portal",
    phone=bureau.PHONE,
    place=bureau.PLACE,
    plots=(*bureau.plots(), *focus.plots()),
)

MEMBERS = (
    BUREAU,
    _school(
        2,
        "青禾县第一中学",
        "高中",
        "yizhong",
        "青禾县文昌路66号",
        names={"fees": "教育收费", "news": "校园动态", "safety": "平安校园"},
        planted={"finance": gaps.finance_awaiting_accounts, "news": _long(64)},
        boarding=True,
    ),
    _school(
        3,
        "青禾县第二中学",
        "初中",
        "erzhong",
        "青禾县城东路12号",
        names={"profile": "学校简介", "leaders": "学校领导", "news": "学校新闻"},
        planted={"fees": gaps.fees_mended, "news": gaps.quiet("2026-10-13", 40)},
        canteen=False,
    ),
    _school(
        4,
        "青禾县实验初级中学",
        "初中",
        "gongkai",
        "青禾县学苑路6号",
        planted={"safety": gaps.empty("暂无相关信息")},
    ),
    _school(
        5,
        "青禾县实验小学",
        "小学",
        "gongkai",
        "青禾县文昌路18号",
        planted={
            "safety": lambda school, _: schools.safety(school, dates=Dates.NONE),
            "news": _long(62),
        },
    ),
    _school(
        6,
        "青禾县河湾小学",
        "小学",
        "gongkai",
        "青禾县河湾镇河湾村",
        planted={
            "purchases": gaps.purchases_stated,
            "guide": gaps.absent("首页和公开目录里都没有信息公开指南栏目"),
            "teachers": gaps.absent(
                "没有教师管理栏目；今年有没有评聘、招聘，从网站上无从得知", "UNSURE"
            ),
        },
        budget=False,
    ),
    _school(
        7,
        "青禾县特殊教育学校",
        "特教",
        "gongkai",
        "青禾县康宁路3号",
        planted={"fees": gaps.fees_without_phone, "canteen": gaps.canteen_of_last_year},
        boarding=True,
    ),
    _school(
        8,
        "青禾县柳桥镇中心小学",
        "小学",
        "liuqiao",
        "青禾县柳桥镇桥头街2号",
        planted={"finance": gaps.finance_without_budget},
    ),
    _school(
        9,
        "青禾县柳桥镇中心幼儿园",
        "幼儿园",
        "liuqiao",
        "青禾县柳桥镇桥头街9号",
        names={"profile": "园所概况", "leaders": "园领导", "news": "园所动态"},
        planted={"admissions": gaps.admissions_of_last_year},
        budget=False,
    ),
    _school(
        10,
        "青禾县职业技术学校",
        "中职",
        "zhixiao",
        "青禾县工业园区育才路1号",
        names={"admissions": "招生工作", "news": "新闻动态"},
        planted={
            "news": _with_a_pinned_one,
            "aid": gaps.broken(
                2, "菜单里还有资助政策，但第二夜起地址返回404，首页上也没有别的入口"
            ),
        },
        boarding=True,
    ),
    _school(
        11,
        "青禾县启明学校",
        "九年一贯制",
        "qiming",
        "青禾县新城大道88号",
        names={"fees": "收费标准"},
        planted={
            "admissions": lambda school, plot: replace(
                plot,
                claims=(*plot.claims, schools.good("S-10", "2026年5月18日公布了招生简章")),
            ),
            "guide": gaps.broken(
                1, "菜单里有信息公开指南，点开是“您访问的页面不存在或已删除”（状态却是200）"
            ),
        },
        budget=False,
        private=True,
        boarding=True,
    ),
    _school(
        12,
        "青禾县城南学校",
        "九年一贯制",
        "chengnan",
        "青禾县城南新区和平路10号",
        planted={
            "plans": gaps.scripted,
            "fees": gaps.scripted,
            "finance": gaps.scripted,
            "canteen": gaps.scripted,
            "admissions": gaps.waived(
                "S-07", "NA", "2025年底由两校合并，2026年由县里统一招生，已核准不涉及"
            ),
        },
    ),
    _school(
        13,
        "青禾县第一幼儿园",
        "幼儿园",
        "yiyou",
        "青禾县府前路8号",
        names={"profile": "幼儿园简介", "leaders": "园领导"},
        planted={
            "news": _long(30, Dates.MONTH_DAY),
            "leaders": _dated(Dates.NONE),
            "purchases": gaps.waived(
                "S-15", "NA", "大宗物资由县教育局统一采购，本县规定幼儿园不另行公开"
            ),
        },
        budget=False,
    ),
    _school(14, "青禾县第三小学", "小学", "sanxiao", "青禾县北环路5号"),
    _school(15, "青禾县云岭镇初级中学", "初中", "yunling", "青禾县云岭镇岭下街1号", boarding=True),
    _school(16, "青禾县白石镇中心小学", "小学", "baishi", "青禾县白石镇石桥路7号"),
    _school(17, "青禾县石门小学", "小学", "", "青禾县云岭镇石门村", canteen=False, budget=False),
    _school(
        18,
        "青禾县第二幼儿园",
        "幼儿园",
        "eryou",
        "青禾县城东路30号",
        names={"profile": "幼儿园简介", "leaders": "园领导"},
        budget=False,
        joins_late=True,
    ),
)

_ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n"


def _site(
    host: str,
    title: str,
    skin: str,
    *,
    moods: tuple[Mood, ...] = (Mood.UP,) * len(NIGHTS),
    robots: str = "",
    soft_404: bool = False,
) -> Site:
    return Site(
        host=host,
        title=title,
        skin=skin,
        tenants=tuple(member.tenant for member in MEMBERS if member.host == host),
        moods=moods,
        robots=robots,
        soft_404=soft_404,
    )


_SHUT = Mood.MAINTENANCE
SITES = (
    _site("portal", "青禾县人民政府", "trs", robots=_ROBOTS),
    _site("gongkai", "青禾县公共企事业单位信息公开平台", "longxun", robots=_ROBOTS),
    _site("liuqiao", "柳桥镇教育信息公开", "openness"),
    _site("yizhong", "青禾县第一中学", "jpage", robots=_ROBOTS),
    _site("erzhong", "青禾县第二中学", "tables"),
    _site("zhixiao", "青禾县职业技术学校", "vsb"),
    _site("qiming", "青禾县启明学校", "dede", soft_404=True),
    _site("chengnan", "青禾县城南学校", "plain"),
    _site("yiyou", "青禾县第一幼儿园", "plain", robots=_ROBOTS),
    _site("sanxiao", "青禾县第三小学", "plain", moods=(Mood.CHALLENGE,) * 3),
    _site("yunling", "青禾县云岭镇初级中学", "dede", moods=(_SHUT, _SHUT, Mood.UP)),
    _site("baishi", "青禾县白石镇中心小学", "plain", moods=(Mood.UP, Mood.UP, Mood.DOWN)),
    _site("eryou", "青禾县第二幼儿园", "plain"),
)
