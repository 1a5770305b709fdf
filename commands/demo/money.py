"""示例县学校与钱有关的栏目: fees, budget and final accounts, purchases, the canteen."""

from __future__ import annotations

from commands.demo.records import Entry, Leaflet, Plot, Section, steady
from commands.demo.schools import School, good

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
            steady(
                "S-15", "STMT", "采购栏目里有本单位2026年10月20日的情况说明，写明今年未发生采购"
            ),
        ),
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
