"""Importing the national form: its header, its merged cells, and what offices write as limits."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter

from monitor.catalog import check, import_form, load
from monitor.catalog.phrases import read_limits, read_number
from monitor.model import Match, UnitType, Where
from monitor.timelimits import from_fields
from monitor.wording import MonitorError

TODAY = date(2026, 11, 23)
BASE = """\
columns:
  - {id: policy, name: 政策文件, aliases: [政策法规]}
  - {id: admissions, name: 招生考试, aliases: [招生管理]}
requirements:
  - id: B-01
    name: 指南
    applies_to: [bureau]
    column: policy
    match: {any: [指南]}
    limits: [{kind: standing, grounds: law}]
    basis: [{title: 某条例}]
"""


def after(event: str, days: int, kind: str = "working") -> dict:
    return {"kind": "after_event", "event": event, "days": days, "day_kind": kind}


def by(month: int, day: int, **more) -> dict:
    return {"kind": "yearly_by", "month": month, "day": day, **more}


def every(what: str, count: int = 1) -> dict:
    return {"kind": "periodic", "every": what, "min_count": count}


def window(first: str, last: str) -> dict:
    return {"kind": "yearly_window", "from": first, "to": last}


HAPPENS = {"kind": "on_occurrence"}
STANDING = {"kind": "standing"}
LAST_YEAR = {"subject_period": "previous_calendar_year"}


def stays(days: int, kind: str = "working") -> list[dict]:
    return [HAPPENS, {"kind": "notice_period", "days": days, "day_kind": kind}]


def vague(wording: str) -> list[dict]:
    return [{"kind": "unspecified", "wording": wording}]


PHRASES = {
    "信息形成或者变更之日起20个工作日内": [after("形成或变更", 20)],
    "自信息形成或者变更之日起２０个工作日内予以公开": [after("形成或变更", 20)],
    "该信息形成或变更之日起二十个工作日内": [after("形成或变更", 20)],
    "信息形成（变更）20个工作日内公开": [after("形成或变更", 20)],
    "信息形成或者变更之日起20个工作日内；法律、法规另有规定的，从其规定": [after("形成或变更", 20)],
    "20个工作日内": [after("形成或变更", 20)],
    "制定或修订后10日内": [after("制定或修订", 10, "calendar")],
    "批复后二十日内向社会公开": [after("批复", 20, "calendar")],
    "作出行政处罚决定之日起7个工作日内公开": [after("作出行政处罚决定", 7)],
    "变更后1个月内": [after("变更", 31, "calendar")],
    "30日内": [after("形成或变更", 30, "calendar")],
    "当日公开": [after("形成或变更", 0, "calendar")],
    "每年1月31日前": [by(1, 31)],
    "每年十月底前公布": [by(10, 31)],
    "每年2月底前": [by(2, 28)],
    "次年1月31日前": [by(1, 31, **LAST_YEAR)],
    "每年3月": [window("03-01", "03-31")],
    "每年3-5月": [window("03-01", "05-31")],
    "每年五月至八月": [window("05-01", "08-31")],
    "每学期": [every("term")],
    "每学期公开一次": [every("term")],
    "按季度公开": [every("quarter")],
    "每季度至少更新1次": [every("quarter")],
    "每月": [every("month")],
    "每周不少于2条": [every("week", 2)],
    "每半年更新": [every("half_year")],
    "每学年": [every("school_year")],
    "长期公开": [STANDING],
    "实时更新": [STANDING],
    "公示期不少于5个工作日": stays(5),
    "公示7天": stays(7, "calendar"),
    "公告期30日": stays(30, "calendar"),
    "长期公开；变更后20个工作日内更新": [STANDING, after("变更", 20)],
    "自收到评标报告之日起3日内公示，公示期不得少于3日": [
        after("收到评标报告", 3, "calendar"),
        *stays(3, "calendar"),
    ],
    "及时公开": vague("及时公开"),
    "按规定公开": vague("按规定公开"),
    "及时公开，20个工作日内": [after("形成或变更", 20)],
}


@pytest.mark.parametrize(("text", "limits"), PHRASES.items(), ids=PHRASES)
def test_what_offices_write_becomes_a_limit(text, limits):
    read = list(read_limits(text))

    assert read == limits
    for limit in read:
        fields = {key: value for key, value in limit.items() if key != "kind"}
        from_fields(str(limit["kind"]), {**fields, "grounds": "local"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "按上级要求",
        "每年招生前",
        "招生工作开始前一个月",
        "入学前公开",
        "每年3月前",
        "每年13月1日前",
        "每年2月30日前",
        "2026年3月2日",
        "长期公开；招生工作开始前一个月",
        "一" * 1000,
        "形成" * 200 + "后20个工作日内",
    ],
)
def test_what_is_not_understood_is_never_bent_into_a_date(text):
    assert read_limits(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [("20", 20), ("十", 10), ("十五", 15), ("二十", 20), ("一百二十", 120), ("两", 2), ("三", 3)],
)
def test_chinese_numbers(text, number):
    assert read_number(text) == number


# --- the sheet ---------------------------------------------------------------------------

TITLE = "示例县义务教育领域基层政务公开标准目录"
LAW = "《中华人民共和国政府信息公开条例》（国令第711号）第二十条"


@pytest.fixture
def catalog(tmp_path):
    (tmp_path / "rules.yaml").write_text(BASE, "utf-8")
    return load([tmp_path / "rules.yaml"])


def national_form(path) -> None:
    """The form of 2019 as it is mostly kept: two header rows, merged cells, boxes."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("义务教育")
        page.merge_range(0, 0, 0, 11, TITLE)
        for column, name in {
            0: "序号",
            3: "公开内容（要素）",
            4: "公开依据",
            5: "公开时限",
            6: "公开主体",
            7: "公开渠道和载体",
        }.items():
            page.merge_range(1, column, 2, column, name)
        page.merge_range(1, 1, 1, 2, "公开事项")
        page.merge_range(1, 8, 1, 9, "公开对象")
        page.merge_range(1, 10, 1, 11, "公开方式")
        for column, name in {
            1: "一级事项",
            2: "二级事项",
            8: "全社会",
            9: "特定群体（请写明）",
            10: "主动",
            11: "依申请公开",
        }.items():
            page.write(2, column, name)
        rows = [
            ("1", "", "教育法律、法规", "●教育法；●义务教育法", LAW, "20个工作日内", "√", ""),
            ("2", "", "招生计划", "1.招生计划；2.招生范围\n3.招生条件", "", "每年招生前", "√", ""),
            ("3", "", "学区划分（片区）", "学区图", "", "公示期不少于5个工作日", "√", ""),
            ("4", "学生管理", "学籍档案", "学籍", "《学籍办法》", "长期公开", "", "√"),
            ("5", "", "家长会", "通知", "某县规定", "及时公开", "√", ""),
        ]  # fmt: skip
        for at, (number, group, name, content, basis, limit, active, asked) in enumerate(rows, 3):
            page.write_row(at, 0, [number, group, name, content, basis, limit, "县教育局"])
            page.write_row(at, 10, [active, asked])
        page.write(3, 1, "政策文件")
        page.merge_range(4, 1, 5, 1, "招生管理")
        page.write(3, 7, "■政府网站 □政府公报\n■两微一端 □其他")
        page.write(7, 7, "□政府网站 ■公示栏")


@pytest.fixture
def imported(tmp_path, catalog):
    national_form(tmp_path / "form.xlsx")
    return import_form(tmp_path / "form.xlsx", catalog, by="张三", on=TODAY)


@pytest.fixture
def layered(tmp_path, imported):
    path = tmp_path / "本局.yaml"
    path.write_text(imported.text, "utf-8")
    return load([tmp_path / "rules.yaml", path])


def test_the_form_becomes_a_layer_that_loads(imported, layered):
    assert imported.count == 5
    assert list(layered.requirements) == ["B-01", "L-001", "L-002", "L-003", "L-004", "L-005"]
    item = layered.requirements["L-001"]
    assert item.name == "教育法律、法规"
    assert item.columns == ("policy",)
    assert item.unchecked == ("教育法", "义务教育法")
    assert item.match == Match(any=("教育法律", "法规"), near=("教育", "法律"))
    assert item.basis[0].title == "中华人民共和国政府信息公开条例"
    assert (item.basis[0].doc_no, item.basis[0].article) == ("国令第711号", "第二十条")
    assert [limit.kind for limit in item.limits] == ["after_event"]
    assert item.confidence == "medium"


def test_every_entry_says_which_row_it_came_from(imported):
    assert f"reason: 导入自《{TITLE}》第4行" in imported.text
    assert f"reason: 导入自《{TITLE}》第8行" in imported.text


def test_limits_nobody_understood_are_listed_and_can_only_end_in_doubt(imported, layered):
    assert [(one.row, one.name, one.text) for one in imported.unread] == [
        (5, "招生计划", "每年招生前")
    ]
    assert "以下行的公开时限未能识别" in imported.text.splitlines()[1]
    assert imported.text.splitlines()[1].endswith("：5")
    (limit,) = layered.requirements["L-002"].limits
    assert (limit.kind, limit.wording) == ("unspecified", "每年招生前")
    assert "L-002" in check(layered).never


def test_merged_and_blank_cells_are_carried_on(layered):
    assert layered.requirements["L-002"].columns == ("admissions",)
    assert layered.requirements["L-003"].columns == ("admissions",)
    assert layered.requirements["L-003"].basis == layered.requirements["L-001"].basis


def test_a_group_without_a_column_of_its_own_gets_one(layered):
    (made,) = layered.requirements["L-004"].columns

    assert layered.columns[made].name == "学生管理"
    assert layered.requirements["L-005"].columns == (made,)


def test_what_is_asked_for_or_hung_on_a_board_is_never_looked_for_on_a_site(layered):
    where = {name: item.where for name, item in layered.requirements.items()}

    assert where["L-001"] is Where.SITE
    assert where["L-004"] is Where.OFFLINE  # 依申请公开
    assert where["L-005"] is Where.OFFLINE  # ■公示栏


def test_a_plain_csv_with_one_header_row_is_read_too(tmp_path, catalog):
    path = tmp_path / "目录.csv"
    path.write_text(
        "序号,事项名称,公开内容,公开依据,公开时限\n"
        "1,招生考试,招生简章,,每年6月30日前\n"
        "2,,录取结果,,\n"
        "3,食堂,食谱,《食品安全法》,每周\n",
        "gbk",
    )

    made = import_form(
        path, catalog, by="张三", on=TODAY, applies_to={UnitType.PRIMARY}, prefix="X"
    )
    (tmp_path / "本局.yaml").write_text(made.text, "utf-8")
    layered = load([tmp_path / "rules.yaml", tmp_path / "本局.yaml"])

    assert made.count == 2
    assert layered.requirements["X-001"].unchecked == ("招生简章", "录取结果")
    assert layered.requirements["X-001"].applies_to == {UnitType.PRIMARY}
    assert layered.requirements["X-002"].columns == ("X-column-01",)


def test_ids_do_not_collide_with_the_catalog(tmp_path, catalog):
    national_form(tmp_path / "form.xlsx")

    made = import_form(tmp_path / "form.xlsx", catalog, by="张三", on=TODAY, prefix="B")

    (tmp_path / "本局.yaml").write_text(made.text.replace("B-001", "B-101"), "utf-8")
    assert len(load([tmp_path / "rules.yaml", tmp_path / "本局.yaml"]).requirements) == 6


def test_a_sheet_that_is_not_the_form_is_refused(tmp_path, catalog):
    path = tmp_path / "名单.csv"
    path.write_text("姓名,班级\n张三,1\n", "utf-8")

    with pytest.raises(MonitorError) as raised:
        import_form(path, catalog, by="张三", on=TODAY)

    assert raised.value.code == "E2102"
    assert "公开时限" in raised.value.remedy


def test_awkward_words_of_a_form_survive_the_way_into_yaml(tmp_path, catalog):
    path = tmp_path / "目录.csv"
    names = ["2026", "yes", "a: b", "#一", "-二", "[三]", "*四", "&五", "'六'", "null", "010"]
    rows = "".join(f'{n},"{name}","{name}","{name}",每月\n' for n, name in enumerate(names))
    path.write_text(f"序号,事项名称,公开内容,公开依据,公开时限\n{rows}", "utf-8")

    made = import_form(path, catalog, by="010", on=TODAY)
    (tmp_path / "本局.yaml").write_text(made.text, "utf-8")
    layered = load([tmp_path / "rules.yaml", tmp_path / "本局.yaml"])

    assert [item.name for item in layered.requirements.values()][1:] == names
