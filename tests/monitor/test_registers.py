"""任务分解 and 事件登记."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter

from monitor.catalog import load
from monitor.model import Duty, Event, Unit
from monitor.units import event_names, lead_of, read_duties, read_events, unassigned
from monitor.wording import Mistakes

BASE = """\
columns:
  - {id: fees, name: 收费信息, aliases: [收费公示]}
  - {id: finance, name: 财政资金, aliases: [预决算]}
requirements:
  - id: B-20
    name: 部门预算
    applies_to: [bureau]
    column: finance
    match: {any: [预算]}
    limits:
      - {kind: after_event, event: 预算批复, days: 20, day_kind: calendar, grounds: law}
    basis: [{title: 预算法}]
  - id: B-23
    name: 教育收费
    applies_to: [bureau]
    column: fees
    match: {any: [收费]}
    limits:
      - {kind: after_event, event: 收费标准变更, days: 20, day_kind: working, grounds: law}
    basis: [{title: 某制度}]
  - id: S-11
    name: 收费公示
    applies_to: [primary]
    column: fees
    match: {any: [收费]}
    limits: [{kind: standing, grounds: law}]
    basis: [{title: 某制度}]
"""
UNITS = (
    Unit(code="001", name="第一小学", short_name="一小"),
    Unit(code="002", name="第二小学"),
)


@pytest.fixture
def catalog(tmp_path):
    (tmp_path / "rules.yaml").write_text(BASE, "utf-8")
    return load([tmp_path / "rules.yaml"])


def sheet(tmp_path, text: str):
    (tmp_path / "表.csv").write_text(text, "gbk")
    return tmp_path / "表.csv"


def told(raised) -> list[str]:
    return [str(one).removeprefix("表.csv ") for one in raised.value.mistakes]


# --- 任务分解 ----------------------------------------------------------------------------


def test_duties_name_an_item_or_a_column(tmp_path, catalog):
    path = sheet(
        tmp_path,
        "事项或栏目,责任科室,配合科室,责任人,审核人,邮箱\n"
        "b-20,计财股,办公室、基教股,张三,李四,a@b.cn\n"
        "教育收费,计财股,,,,\n"
        "预决算,办公室,,,,\n",
    )

    duties, remarks = read_duties(path, catalog)

    assert remarks == ()
    assert duties == (
        Duty(
            subject="B-20",
            section="计财股",
            co_sections=("办公室", "基教股"),
            person="张三",
            reviewer="李四",
            mail="a@b.cn",
        ),
        Duty(subject="B-23", section="计财股"),
        Duty(subject="finance", section="办公室"),
    )


def test_an_item_goes_before_a_column_of_the_same_name(tmp_path, catalog):
    (duty,), _ = read_duties(sheet(tmp_path, "事项,牵头科室\n收费公示,计财股\n"), catalog)

    assert duty.subject == "S-11"


def test_every_mistake_of_the_duties_is_told(tmp_path, catalog):
    path = sheet(
        tmp_path,
        "事项或栏目,责任科室,邮箱\n"
        "部门预祘,计财股,\n"
        "B-20,计财股、办公室,x\n"
        "B-20,计财股,\n"
        "部门预算,办公室,\n"
        ",,\n"
        "B-23,,\n",
    )

    with pytest.raises(Mistakes) as raised:
        read_duties(path, catalog)

    assert raised.value.code == "E2202"
    assert told(raised) == [
        "第2行“事项或栏目”：目录中没有事项或栏目“部门预祘”，是否为“部门预算”？",
        "第3行“责任科室”：牵头科室写了两个：计财股、办公室，请只写一个，其余写在“配合科室”",
        "第3行“邮箱”：邮箱无效：x，请只写一个地址，如 name@example.cn",
        "第5行“事项或栏目”：“部门预算”已在第4行分给“计财股”，请只保留一行",
        "第7行“责任科室”：没有填写，请补上",
    ]


def test_items_no_section_leads_on_are_listed(catalog):
    by_item = Duty(subject="B-23", section="计财股")
    by_column = Duty(subject="finance", section="办公室")

    assert unassigned((), catalog) == ("B-20", "B-23")
    assert unassigned((by_item,), catalog) == ("B-20",)
    assert unassigned((by_item, by_column), catalog) == ()


def test_who_leads_on_an_item_goes_before_who_leads_on_its_column(catalog):
    by_item = Duty(subject="B-20", section="计财股")
    by_column = Duty(subject="finance", section="办公室")
    budget = catalog.requirements["B-20"]

    assert lead_of((by_column, by_item), budget) == by_item
    assert lead_of((by_column,), budget) == by_column
    assert lead_of((by_column,), catalog.requirements["B-23"]) is None


# --- 事件登记 ----------------------------------------------------------------------------


def test_events_are_read_with_days_as_people_type_them(tmp_path, catalog):
    path = sheet(
        tmp_path,
        "单位,事件,日期,登记人,文号\n"
        "001,预算批复,2026年3月2日,张三,财〔2026〕1号\n"
        "一小,预算批复,2026.3.3,,\n"
        "第二小学,收费标准变更,20260304,,\n"
        "全部,收费标准变更,二〇二六年三月五日,,\n",
    )

    events, remarks = read_events(path, UNITS, catalog)

    assert remarks == ()
    assert events == (
        Event(
            unit="001", event="预算批复", day=date(2026, 3, 2), by="张三", doc_no="财〔2026〕1号"
        ),
        Event(unit="001", event="预算批复", day=date(2026, 3, 3)),
        Event(unit="002", event="收费标准变更", day=date(2026, 3, 4)),
        Event(unit="", event="收费标准变更", day=date(2026, 3, 5)),
    )


def test_date_cells_and_the_number_behind_one(tmp_path, catalog):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["单位", "事件", "日期"])
        page.write_row(1, 0, ["001", "预算批复"])
        page.write_datetime(1, 2, date(2026, 3, 2), book.add_format({"num_format": 31}))
        page.write_row(2, 0, ["002", "预算批复", 46084])

    events, remarks = read_events(path, UNITS, catalog)

    assert [event.day for event in events] == [date(2026, 3, 2), date(2026, 3, 3)]
    assert [str(one) for one in remarks] == [
        "表.xlsx 第3行“日期”：日期写成了数字46084，已按 2026-03-03 理解，请确认"
    ]


def test_every_mistake_of_the_events_is_told(tmp_path, catalog):
    path = sheet(
        tmp_path,
        "单位,事件,日期\n"
        "第一小雪,预算批复,2026-03-02\n"
        "001,预算批付,2026-03-02\n"
        "001,预算批复,3月2日\n"
        "001,预算批复,2026-02-30\n"
        "001,预算批复,\n"
        "001,预算批复,2026-03-02\n"
        "一小,预算批复,2026年3月2日\n"
        ",,2026-03-02\n",
    )

    with pytest.raises(Mistakes) as raised:
        read_events(path, UNITS, catalog)

    assert raised.value.code == "E2203"
    assert told(raised) == [
        "第2行“单位”：没有单位“第一小雪”，是否为“第一小学”？",
        "第3行“事件”：目录中没有用到事件“预算批付”，是否为“预算批复”？",
        "第4行“日期”：日期“3月2日”看不出是哪一天，请写成 2026-03-02 这样，年月日齐全",
        "第5行“日期”：没有“2026-02-30”这一天，请核对日期",
        "第6行“日期”：没有填写，请补上",
        "第8行“事件”：与第7行相同，请删去一行",
        "第9行“单位”：没有填写，请补上",
        "第9行“事件”：没有填写，请补上",
    ]


def test_the_events_a_catalog_waits_for_and_those_that_start_no_clock(catalog):
    assert event_names(catalog) == ("预算批复", "收费标准变更", "网站迁移", "上级检查")
