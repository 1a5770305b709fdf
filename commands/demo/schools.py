"""示例县学校的栏目: what a school of the county publishes when all is well, item by item.

Each function returns a plot: a section as the site shows it, and what a careful officer says of
the requirements it answers. ``county`` takes these and plants the gaps.
"""

from __future__ import annotations

from dataclasses import dataclass

from commands.demo.news import stream
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
    founded: int
    area: str  # from where it takes pupils
    kinder: bool = False
    private: bool = False

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


_FEE_HEAD = ("收费项目", "收费标准", "收费依据（批准机关及文号）", "收费范围", "计费单位")


def fee_notice(school: School, term: str, day: str, *, with_phone: bool = True) -> Entry:
    """收费公示 of a term; without its complaint telephone it is not whole."""
    body = [
        f"根据县发展改革、财政、教育部门有关规定，现将{school.name}{term}收费公示如下。",
        "困难学生减免政策：家庭经济困难学生凭证明申请减免，由学校审核后公布。退费规则：中途转出的按月退还。",
    ]
    if with_phone:
        body.append(
            "投诉举报电话：0550-0000112（县教育局），监督电话：0550-0000113（县市场监管局）。"
        )
    return Entry(
        title=f"{school.name}{term}教育收费公示",
        day=day,
        body=tuple(body),
        rows=(_FEE_HEAD, *_fee_rows(school)),
    )


def _fee_rows(school: School) -> tuple[tuple[str, ...], ...]:
    meals = ("伙食费", "按实结算", "青教〔2024〕15号", f"自愿就餐{school.child}", "元/天")
    if school.kinder:
        return (("保教费", "每生每月320元", "青发改价〔2025〕4号", "在园幼儿", "生·月"), meals)
    copybooks = ("作业本费", "每生每学期20元", "青发改价〔2023〕6号", "在籍学生", "生·学期")
    after_class = ("课后服务费", "每生每月60元", "青发改价〔2022〕9号", "自愿参加学生", "生·月")
    if school.private:
        tuition = ("学费", "每生每学期6800元", "青发改价〔2024〕11号", "在籍学生", "生·学期")
        return (tuition, copybooks, meals)
    return (copybooks, meals, after_class)


def fees(school: School, name: str = "收费公示") -> Plot:
    books = "儿童用书" if school.kinder else "教科书"
    entries = (
        fee_notice(school, "2026年秋季学期", "2026-08-30"),
        fee_notice(school, "2026年春季学期", "2026-02-24"),
        fee_notice(school, "2025年秋季学期", "2025-08-29"),
        Entry(
            title=f"{school.short}2026年秋季学期{books}发放公示",
            day="2026-09-04",
            body=("本学期用书已全部发放到班，凭班级名册领取。",),
        ),
    )
    return Plot(
        section=Section(slug="sfgs", name=name, entries=entries),
        claims=(
            good("S-11", "8月30日公开秋季、2月24日公开春季收费公示，项目、标准、依据、电话俱全"),
        ),
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
                rows=tuple(
                    (part, f"{4 + place}1.5万元") for place, part in enumerate(_BUDGET_PARTS)
                ),
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
            "第三部分　决算情况说明：收支、“三公”经费、机关运行经费、政府采购支出、"
            "国有资产占用、预算绩效评价。",
            "第四部分　名词解释。",
        ),
        files=(
            Leaflet(
                name=f"{title}.pdf",
                rows=tuple(
                    (part, f"{3 + place}2.6万元") for place, part in enumerate(_ACCOUNT_PARTS)
                ),
                lost=lost,
            ),
        ),
    )


def purchases(school: School, name: str = "采购信息") -> Plot:
    entries = (
        Entry(
            title=f"{school.short}学生课桌椅采购结果公告",
            day="2026-08-12",
            body=("采购内容：课桌椅60套。成交金额：4.2万元。执行情况：已于8月20日验收。",),
        ),
        Entry(
            title=f"{school.short}学生课桌椅采购询价公告",
            day="2026-07-28",
            body=("采购内容：课桌椅60套。报价截止时间：2026年8月7日。",),
        ),
    )
    return Plot(
        section=Section(slug="cgxx", name=name, entries=entries),
        claims=(good("S-15", "2026年8月12日公开了采购结果，公告和结果前后衔接"),),
    )


def purchases_statement(school: School, name: str = "采购信息") -> Plot:
    entry = Entry(
        title=f"关于{school.name}2026年未发生大宗物资采购的情况说明",
        day="2026-10-20",
        body=(
            f"2026年1月至今，{school.name}未发生大宗物资采购、基建维修和房产出租发包事项。",
            "如有发生，将在形成之日起20个工作日内在本栏目公开。特此说明。",
            school.name,
        ),
    )
    return Plot(
        section=Section(slug="cgxx", name=name, entries=(entry,)),
        claims=(
            Claim(
                requirement="S-15",
                statuses=("STMT", "STMT", "STMT"),
                reason="采购栏目里有本单位2026年10月20日的情况说明，写明今年未发生采购",
            ),
        ),
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


def canteen(school: School, name: str = "食堂信息") -> Plot:
    weeks = (
        "2026-11-16",
        "2026-10-12",
        "2026-09-07",
        "2026-06-08",
        "2026-05-11",
        "2026-04-13",
        "2026-03-09",
        "2025-11-10",
    )
    entries = tuple(
        Entry(
            title=f"{school.short}{day[:4]}年{int(day[5:7])}月带量食谱和膳食费收支公示",
            day=day,
            body=(
                "食堂为自营，大宗食材由中标供应商配送，每日留样、校领导陪餐。",
                "本月膳食费收入8.4万元，支出8.3万元，结余转入下月。投诉渠道：食堂意见箱。",
            ),
            rows=(("星期", "午餐", "带量（克）"), ("一", "米饭、青椒肉丝、豆腐汤", "120/90/150")),
        )
        for day in weeks
    )
    return Plot(
        section=Section(slug="stxx", name=name, entries=entries),
        claims=(good("S-35", "上学期（3月至6月）每月公示食谱和膳食费收支，本学期继续"),),
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
