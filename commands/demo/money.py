"""示例县学校与钱有关的栏目: fees, budget and final accounts, purchases, the canteen."""

from __future__ import annotations

from commands.demo.budgets import accounts_rows, accounts_text, budget_rows, budget_text
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


def budget_of(school: School, year: str, day: str, *, lost: bool = False) -> Entry:
    title = f"{school.name}{year}年单位预算"
    return Entry(
        title=title,
        day=day,
        body=budget_text(school.name, year),
        files=(Leaflet(name=f"{title}表.xlsx", rows=budget_rows(412.5), lost=lost),),
    )


def accounts_of(school: School, year: str, day: str, *, lost: bool = False) -> Entry:
    title = f"{school.name}{year}年单位决算"
    return Entry(
        title=title,
        day=day,
        body=accounts_text(school.name, year),
        files=(Leaflet(name=f"{title}.pdf", rows=accounts_rows(402.6), lost=lost),),
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
