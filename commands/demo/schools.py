"""示例县学校的栏目: what a school of the county publishes when all is well, item by item.

Each function returns a plot: a section as the site shows it, and what a careful officer says of
the requirements it answers. ``county`` takes these and plants the gaps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.demo.records import Claim, Dates, Entry, Leaflet, Plot, Section, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """学校 as its pages speak of it."""

    name: str
    short: str
    phone: str
    place: str
    pupils: int
    classes: int
    staff: int
    intake: int  # places for new pupils
    kinder: bool = False

    @property
    def child(self) -> str:
        return "幼儿" if self.kinder else "学生"


def good(requirement: str, reason: str) -> Claim:
    """The claim of an item that is in order on every night."""
    return Claim(requirement=requirement, statuses=("OK", "OK", "OK"), reason=reason)


def profile(school: School, name: str = "学校概况") -> Plot:
    """学校概况 as one article: the column is its only page."""
    entry = Entry(
        title=f"{school.name}基本情况",
        day="2026-09-08",
        body=(
            f"历史沿革：{school.name}创办于1958年，2009年迁入现址，2019年完成扩建。",
            f"办学性质：公办。办学地点：{school.place}。",
            f"办学规模：现有{school.classes}个班，{school.child}{school.pupils}人，教职工{school.staff}人。",
            "办学基本条件：校园占地2.4万平方米，有图书室、科学实验室、计算机教室和200米环形跑道。",
            f"机构职能：承担本学区{school.child}的教育教学和管理工作。",
            f"联系方式：办公电话{school.phone}，地址{school.place}。",
        ),
    )
    return Plot(
        section=Section(slug="xxgk", name=name, entries=(entry,), shape=Shape.TEXT),
        claims=(good("S-01", "学校概况栏目为一页正文，规模、条件和联系方式俱全"),),
    )


def leaders(school: School, name: str = "领导班子") -> Plot:
    entry = Entry(
        title=f"{school.short}领导班子成员分工",
        day="2026-08-31",
        body=(f"因人员变动，现将{school.name}领导班子成员及分管工作公布如下。",),
        rows=(
            ("姓名", "职务", "分管工作", "办公电话"),
            ("林老师", "党支部书记、校长", "主持全面工作", school.phone),
            ("何老师", "副校长", "分管教育教学、招生", school.phone),
            ("田老师", "副校长", "分管后勤、校园安全", school.phone),
        ),
    )
    older = Entry(
        title=f"{school.short}领导班子成员分工（2024年）",
        day="2024-09-02",
        body=("2024年秋季学期领导班子成员分工见下。",),
        rows=entry.rows[:2],
    )
    return Plot(
        section=Section(slug="ldbz", name=name, entries=(entry, older)),
        claims=(good("S-02", "8月31日公布了现任领导班子，职务、分管工作、办公电话俱全"),),
    )


def rules(school: School, name: str = "规章制度") -> Plot:
    titles = (
        (f"{school.name}章程", "2023-03-14"),
        (f"{school.short}{school.child}考勤管理制度", "2025-09-10"),
        (f"{school.short}教职工请假制度", "2025-09-10"),
        (f"{school.short}来访人员登记办事流程", "2026-03-02"),
        (f"{school.short}财产登记和维修制度", "2024-11-05"),
    )
    entries = tuple(
        Entry(
            title=title,
            day=day,
            body=(
                f"为规范管理，结合{school.name}实际，制定本制度。",
                "第一条　本制度适用于全校教职工和学生。",
                "第二条　各处室按照职责分工负责落实，每学期检查一次。",
                "第三条　本制度自公布之日起施行。",
            ),
        )
        for title, day in titles
    )
    return Plot(
        section=Section(slug="gzzd", name=name, entries=entries, dates=Dates.NONE),
        claims=(good("S-04", "列表不标日期，正文有日期；章程和现行制度均已公开"),),
    )


def plans(school: School, name: str = "规划计划") -> Plot:
    terms = (
        ("2026—2027学年第一学期", "2026-09-03"),
        ("2025—2026学年第二学期", "2026-03-04"),
        ("2025—2026学年第一学期", "2025-09-04"),
    )
    entries = [
        Entry(
            title=f"{school.short}{term}工作计划",
            day=day,
            body=(
                f"{term}，学校以提高教学质量为中心，安排以下工作。",
                "一、教学常规：开齐开足课程，每月检查一次备课和作业。",
                "二、队伍建设：开展校本研修，组织青年教师展示课。",
                "三、安全后勤：每周排查一次隐患，做好食堂和宿舍管理。",
            ),
        )
        for term, day in terms
    ]
    entries.append(
        Entry(
            title=f"{school.short}2025—2026学年工作总结",
            day="2026-07-06",
            body=("一学年来，学校各项工作有序推进，现将完成情况总结如下。",),
        )
    )
    entries.append(
        Entry(
            title=f"{school.name}发展规划（2024—2028年）",
            day="2024-06-20",
            body=("规划期内，学校将改善办学条件，提升教师专业水平，形成办学特色。",),
        )
    )
    return Plot(
        section=Section(slug="ghjh", name=name, entries=tuple(entries)),
        claims=(good("S-05", "上一学期（2026年3月4日）和本学期都有工作计划"),),
    )


def admissions(school: School, requirement: str, name: str = "招生信息") -> Plot:
    entries = tuple(
        Entry(
            title=f"{school.name}{year}年招生简章",
            day=f"{year}-{day}",
            body=(
                f"根据县教育局{year}年招生工作安排，制定本简章。",
                f"一、招生计划：{year}年计划招收新生{school.intake}人。",
                "二、招生范围：以县教育局公布的学区划分为准。",
                "三、招生对象与条件、报考条件：符合当年入学年龄或毕业要求的适龄人员。",
                "四、报名办法与时间：6月20日至6月30日网上登记，7月上旬到校审核材料。",
                "五、随迁子女凭居住证和就业证明报名，与本地学生同等对待。",
                "六、录取办法与录取结果：7月下旬在本栏目公布，查询电话同咨询电话。",
                f"七、咨询电话：{school.phone}，监督电话：0550-0000111。",
            ),
        )
        for year, day in (("2026", "05-18"), ("2025", "05-20"))
    ) + (
        Entry(
            title=f"{school.name}2026年新生录取结果公告",
            day="2026-07-24",
            body=(
                f"2026年共录取新生{school.intake - 6}人，录取名单已在校门口公示栏张贴，不含身份信息。",
            ),
        ),
    )
    return Plot(
        section=Section(slug="zsxx", name=name, entries=entries),
        claims=(good(requirement, "2026年5月18日公布了当年招生简章，在4月1日至9月15日之间"),),
    )


_FEE_HEAD = ("收费项目", "收费标准", "收费依据（批准机关及文号）", "收费范围", "计费单位")


def fee_notice(school: School, term: str, day: str, *, with_phone: bool = True) -> Entry:
    """收费公示 of a term; without its complaint telephone it is not whole."""
    body = [
        f"根据县发展改革、财政、教育部门有关规定，现将{school.name}{term}收费公示如下。",
        "困难学生减免政策：家庭经济困难学生凭证明申请减免，由学校审核后公布。退费规则：中途转出的按月退还。",
    ]
    if with_phone:
        body.append("投诉举报电话：0550-0000112（县教育局），监督电话：0550-0000113（县市场监管局）。")
    return Entry(
        title=f"{school.name}{term}教育收费公示",
        day=day,
        body=tuple(body),
        rows=(
            _FEE_HEAD,
            ("作业本费", "每生每学期20元", "县发改价〔2023〕6号", "在籍学生", "生·学期"),
            ("伙食费", "按实结算", "县教字〔2024〕15号", "自愿就餐学生", "元/天"),
            ("课后服务费", "每生每月60元", "县发改价〔2022〕9号", "自愿参加学生", "生·月"),
        ),
    )


def fees(school: School, name: str = "收费公示") -> Plot:
    entries = (
        fee_notice(school, "2026年秋季学期", "2026-08-30"),
        fee_notice(school, "2026年春季学期", "2026-02-24"),
        fee_notice(school, "2025年秋季学期", "2025-08-29"),
        Entry(
            title=f"{school.short}2026年秋季学期免费教科书发放情况说明",
            day="2026-09-04",
            body=("本学期免费教科书已全部发放到班，未向学生收取任何费用。",),
        ),
    )
    return Plot(
        section=Section(slug="sfgs", name=name, entries=entries),
        claims=(good("S-11", "8月30日公开秋季、2月24日公开春季收费公示，项目、标准、依据、电话俱全"),),
    )


def finance(school: School, name: str = "财务信息") -> Plot:
    """预算、决算 of a school that is a budget unit, with its tables as files."""
    budget = budget_of(school, "2026", "2026-02-27")
    accounts = accounts_of(school, "2025", "2026-09-16")
    return Plot(
        section=Section(
            slug="cwxx",
            name=name,
            entries=(
                budget,
                accounts,
                budget_of(school, "2025", "2025-02-26"),
                accounts_of(school, "2024", "2025-09-18"),
            ),
        ),
        claims=(
            good("S-12", "2026年2月27日公开了2026年单位预算，表和说明俱全，附件可打开"),
            good("S-13", "2026年9月16日公开了2025年单位决算，表和说明俱全，附件可打开"),
        ),
    )


_BUDGET_PARTS = (
    "单位职责",
    "机构设置",
    "单位收支总表",
    "单位收入总表",
    "单位支出总表",
    "财政拨款收支总表",
    "一般公共预算支出表",
    "一般公共预算基本支出表",
    "一般公共预算“三公”经费支出表",
    "政府性基金预算支出表",
    "国有资本经营预算支出表",
    "项目支出绩效目标表",
    "情况说明",
    "政府采购",
    "国有资产占用",
    "名词解释",
)


def budget_of(school: School, year: str, day: str, *, lost: bool = False) -> Entry:
    title = f"{school.name}{year}年单位预算"
    return Entry(
        title=title,
        day=day,
        body=(
            f"经批复，现将{school.name}{year}年单位预算公开如下。",
            "第一部分　单位概况：单位职责、机构设置。",
            "第二部分　预算表："
            + "、".join(_BUDGET_PARTS[2:12])
            + "。其中政府性基金预算支出表和国有资本经营预算支出表为空表，本单位无此项支出。",
            "第三部分　情况说明：收支增减变化、政府采购、国有资产占用和绩效目标情况说明。",
            "第四部分　名词解释：一般公共预算、基本支出、项目支出、“三公”经费。",
        ),
        files=(
            Leaflet(
                name=f"{title}表.xlsx",
                rows=tuple((part, f"{4 + place}1.5万元") for place, part in enumerate(_BUDGET_PARTS)),
                lost=lost,
            ),
        ),
    )


_ACCOUNT_PARTS = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
    "决算情况说明",
    "名词解释",
)


def accounts_of(school: School, year: str, day: str, *, lost: bool = False) -> Entry:
    title = f"{school.name}{year}年单位决算"
    return Entry(
        title=title,
        day=day,
        body=(
            f"经批复，现将{school.name}{year}年单位决算公开如下。",
            "第一部分　单位概况：主要职责、机构设置。",
            "第二部分　决算表：" + "、".join(_ACCOUNT_PARTS[:9]) + "。",
            "第三部分　决算情况说明：收支、“三公”经费、机关运行经费、政府采购支出、国有资产占用、预算绩效评价。",
            "第四部分　名词解释。",
        ),
        files=(
            Leaflet(
                name=f"{title}.pdf",
                rows=tuple((part, f"{3 + place}2.6万元") for place, part in enumerate(_ACCOUNT_PARTS)),
                lost=lost,
            ),
        ),
    )
