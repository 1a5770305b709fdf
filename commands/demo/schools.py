"""示例县学校的栏目: what a school of the county publishes when all is well, item by item.

Each function returns a plot: a section as the site shows it, and what a careful officer says of
the requirements it answers. ``county`` takes these and plants the gaps.
"""

from __future__ import annotations

from dataclasses import dataclass

from commands.demo.news import stream
from commands.demo.records import Claim, Dates, Entry, Plot, Section, Shape, steady


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
    founded: int
    area: str  # from where it takes pupils
    kinder: bool = False
    private: bool = False

    @property
    def child(self) -> str:
        return "幼儿" if self.kinder else "学生"


def good(requirement: str, reason: str) -> Claim:
    """The claim of an item that is in order on every night."""
    return steady(requirement, "OK", reason)


def profile(school: School, name: str = "学校概况") -> Plot:
    """学校概况 as one article: the column is its only page."""
    entry = Entry(
        title=f"{school.name}基本情况",
        day="2026-09-08",
        body=(
            f"历史沿革：{school.name}创办于{school.founded}年，"
            f"{school.founded + 38}年迁入现址，校舍几经扩建。",
            f"办学性质：{'民办' if school.private else '公办'}。办学地点：{school.place}。",
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
        claims=(good("S-27", "规章制度栏目里有学校章程"),),
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
    prospectuses = (
        Entry(
            title=f"{school.name}{year}年招生简章",
            day=f"{year}-{day}",
            body=(
                f"根据县教育局{year}年招生工作安排，制定本简章。",
                f"一、招生计划：{year}年计划招收新生{school.intake}人。",
                f"二、招生范围：{school.area}。",
                f"三、招生对象与条件、报考条件：符合当年规定年龄和学段的适龄{school.child}。",
                "四、报名办法与时间：6月20日至6月30日网上登记，7月上旬到校审核材料。",
                "五、随迁子女凭居住证和就业证明报名，与本地学生同等对待。",
                "六、录取办法与录取结果：7月下旬在本栏目公布，查询电话同咨询电话。",
                f"七、咨询电话：{school.phone}，监督电话：0550-0000111。",
            ),
        )
        for year, day in (("2026", "05-18"), ("2025", "05-20"))
    )
    result = Entry(
        title=f"{school.name}2026年新生录取结果公告",
        day="2026-07-24",
        body=(
            f"2026年共录取新生{school.intake - 6}人。",
            "录取名单已在校门口公示栏张贴，不含身份信息。",
        ),
    )
    return Plot(
        section=Section(slug="zsxx", name=name, entries=(*prospectuses, result)),
        claims=(good(requirement, "2026年5月18日公布了当年招生简章，在4月1日至9月15日之间"),),
    )


def teachers(school: School, name: str = "教师管理") -> Plot:
    entries = (
        Entry(
            title=f"{school.short}2026年职称评审推荐人选公示",
            day="2026-09-18",
            body=(
                "经个人申报、民主测评，拟推荐2人参加评审。公示期5个工作日，有异议请到办公室反映。",
            ),
        ),
        Entry(
            title=f"{school.short}2025—2026学年教职工考核结果公示",
            day="2026-07-03",
            body=("考核合格人员名单已在校内公示栏张贴，公示期5个工作日。",),
        ),
        Entry(
            title=f"{school.short}2026年暑期校本研修安排",
            day="2026-07-10",
            body=("研修时间5天，内容为新课程标准和信息技术应用。",),
        ),
    )
    return Plot(
        section=Section(slug="jsgl", name=name, entries=entries),
        claims=(good("S-17", "2026年有职称推荐、考核和研修信息"),),
    )


def safety(school: School, name: str = "校园安全", dates: Dates | None = None) -> Plot:
    titles = (
        ("2026年秋季学期应急疏散演练", "2026-10-14", "全校师生用时2分40秒有序撤到操场。"),
        ("2026年秋季学期安全隐患排查通报", "2026-09-09", "共排查部位36处，整改3处。"),
        ("2026年防溺水告家长书", "2026-05-20", "请家长做好看护，做到六个不。"),
        ("2026年春季学期安全工作安排", "2026-03-10", "每周检查一次消防设施和用电。"),
        ("2025年秋季学期消防演练", "2025-11-06", "邀请消防人员到校讲解。"),
        ("突发事件应急预案（2025年修订）", "2025-09-16", "明确组织机构、预警、处置和报告程序。"),
        ("安全管理制度汇编", "2025-09-16", "含门卫、住宿、就餐、组织活动的安全管理。"),
    )
    entries = tuple(
        Entry(title=f"{school.short}{title}", day=day, body=(text, "安全工作实行校长负责制。"))
        for title, day, text in titles
    )
    reason = "上学期有安全工作安排和防溺水告知，本学期有演练，预案和制度均在"
    if dates is Dates.NONE:
        reason = "列表不标日期，点开正文有；" + reason
    return Plot(
        section=Section(slug="xyaq", name=name, entries=entries, dates=dates),
        claims=(good("S-20", reason),),
    )


def guide(school: School, name: str = "信息公开指南") -> Plot:
    entry = Entry(
        title=f"{school.name}信息公开指南",
        day="2026-03-16",
        body=(
            "一、主动公开范围：学校概况、招生、收费、财务、安全等。公开形式：网站、公示栏、家长会。",
            "二、公开时限：信息形成或者变更之日起20个工作日内。",
            f"三、依申请受理机构：{school.short}办公室。咨询电话：{school.phone}，工作日8:30至17:00。",
            f"四、通信地址：{school.place}。监督与申诉渠道：县教育局办公室，0550-0000110。",
        ),
    )
    return Plot(
        section=Section(slug="xxgkzn", name=name, entries=(entry,), shape=Shape.TEXT),
        claims=(good("S-21", "栏目为一页正文，受理机构、咨询电话和申诉渠道俱全"),),
    )


def aid(school: School, name: str = "资助政策") -> Plot:
    entries = tuple(
        Entry(
            title=f"{school.short}{year}年秋季{school.child}资助政策告知",
            day=f"{year}-09-05",
            body=(
                "资助项目：生活补助、减免费用。对象：家庭经济困难学生。标准：每生每学期250元至625元。",
                "申请条件和程序：本人申请、班级评议、学校审核。监督电话：0550-0000112。",
            ),
        )
        for year in (2026, 2025)
    )
    return Plot(
        section=Section(slug="zzzc", name=name, entries=entries),
        claims=(good("E-11", "2026年9月5日公布了当年资助政策，在8月15日至10月15日之间"),),
    )


_TOPICS = (
    "升旗仪式举行",
    "读书分享活动开展",
    "秋季运动会赛况",
    "主题班会观摩",
    "科技节作品展示",
    "家长开放日掠影",
    "志愿服务走进社区",
    "合唱比赛落幕",
)


def activities(
    school: School,
    name: str = "校园新闻",
    *,
    count: int = 24,
    newest: str = "2026-11-17",
    dates: Dates | None = None,
) -> Plot:
    """学校动态: the column that fills the home page and the sidebar."""
    topics = tuple(f"{school.short}{topic}" for topic in _TOPICS)
    return Plot(
        section=Section(
            slug="xydt", name=name, entries=stream(topics, count, newest, 6), dates=dates
        ),
        claims=(good("S-34", f"最近一条是{newest}，在两周之内"),),
    )


def other(slug: str, name: str, school: School, *titles: str) -> Plot:
    """A column outside the catalog, as every site has."""
    entries = tuple(
        Entry(
            title=f"{school.short}{title}",
            day=f"2026-{month:02}-21",
            body=(f"{title}。欢迎师生和家长参与。",),
        )
        for month, title in enumerate(titles, start=4)
    )
    return Plot(section=Section(slug=slug, name=name, entries=entries))
