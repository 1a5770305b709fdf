"""The catalog: good ones, every mistake, layers, what can be found, what differs."""

from __future__ import annotations

import random
import re
import time
from contextlib import suppress
from datetime import date

import pytest

from monitor.catalog import Change, check, diff, load
from monitor.completeness import element_of
from monitor.model import LinkKey, Match, Need, Trait, Unit, UnitType, Where
from monitor.settings import shipped_rules
from monitor.triggers import PublicationOf
from monitor.wording import Mistakes, NoGap

BASE = """\
columns:
  - {id: fees, name: 收费信息, aliases: [收费公示, 教育收费]}
  - {id: plans, name: 规划计划, aliases: [工作计划]}
  - {id: report, name: 年报}
requirements:
  - id: S-11
    name: 教育收费公示
    applies_to: [primary, junior_high]
    needs: [食堂, 非民办]
    column: fees
    match: {any: [收费], none: [解读], near: [费用]}
    limits: [{kind: season, from: 08-15, to: 09-30, label: 秋季, grounds: law}]
    complete: [{kind: fields_present, fields: [标准, 依据, 举报电话|监督电话]}]
    elements: [标准, 依据, 举报电话, 减免政策]
    statement: accepted
    where: site
    themes: [四个全部]
    basis: [{title: 教育收费公示制度, doc_no: 计价格〔2002〕792号}]
    confidence: high
    weight: 2
  - id: S-12
    name: 学期工作计划
    applies_to: [primary]
    column: [plans, report]
    limits: [{kind: yearly_by, month: 1, day: 31, grounds: local}]
    basis: [{title: 某办法}]
    waivable: false
links:
  - {id: pair, from: S-11, to: S-12, key: [title], within: 3, grounds: law}
"""
LAYER = """\
layer: {name: 示例县目录, by: 张三, on: 2026-09-01}
"""


def files(tmp_path, *texts):
    names = ("rules.yaml", "本局.yaml", "学校.yaml")
    made = []
    for name, text in zip(names, texts, strict=False):
        (tmp_path / name).write_text(text, "utf-8")
        made.append(tmp_path / name)
    return made


def loaded(tmp_path, *layers, base=BASE, **more):
    return load(files(tmp_path, base, *layers), **more)


def mistakes(tmp_path, *layers, base=BASE, **more) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        loaded(tmp_path, *layers, base=base, **more)
    assert raised.value.exit_code == 2
    return [str(one) for one in raised.value.mistakes]


# --- a good catalog ----------------------------------------------------------------------


def test_a_catalog_is_read_whole(tmp_path):
    catalog = loaded(tmp_path)
    item = catalog.requirements["S-11"]

    assert list(catalog.columns) == ["fees", "plans", "report"]
    assert item.applies_to == {UnitType.PRIMARY, UnitType.JUNIOR_HIGH}
    assert item.needs == (
        Need(trait=Trait.CANTEEN),
        Need(trait=Trait.PRIVATE, wanted=False),
    )
    assert item.columns == ("fees",)
    assert item.match == Match(any=("收费",), none=("解读",), near=("费用",))
    assert [limit.kind for limit in item.limits] == ["season"]
    assert item.unchecked == ("减免政策",)
    assert item.where is Where.SITE
    assert item.basis[0].doc_no == "计价格〔2002〕792号"
    assert item.weight == 2
    assert catalog.requirements["S-12"].columns == ("plans", "report")
    assert not catalog.requirements["S-12"].waivable
    assert [(link.trigger, link.partner) for link in catalog.links] == [("S-11", "S-12")]


def test_the_digest_changes_with_any_text_of_any_layer(tmp_path):
    plain = loaded(tmp_path).digest
    layered = loaded(tmp_path, LAYER).digest

    assert plain == loaded(tmp_path).digest
    assert len({plain, layered, loaded(tmp_path, LAYER + "# 说明\n").digest}) == 3


def test_line_ends_do_not_change_the_digest(tmp_path):
    assert loaded(tmp_path).digest == loaded(tmp_path, base=BASE.replace("\n", "\r\n")).digest


def test_a_season_may_run_over_the_new_year(tmp_path):
    winter = BASE.replace("from: 08-15, to: 09-30", "from: 12-01, to: 02-28")

    assert loaded(tmp_path, base=winter).requirements["S-11"].limits


# --- mistakes ----------------------------------------------------------------------------

CASES = {
    # what stands in BASE, what is written instead, what is told about the line where it begins
    "unknown key": ("weight: 2", "wieght: 2", "未知字段“wieght”，是否为“weight”？"),
    "unknown key far from any": ("weight: 2", "zzz: 2", "未知字段“zzz”，可用的字段：id、name"),
    "unknown top key": ("links:\n", "lnks:\n", "未知字段“lnks”，是否为“links”？"),
    "unknown key of a column": ("name: 年报}", "nmae: 年报}", "未知字段“nmae”，是否为“name”？"),
    "unknown key of a match": ("near: [费用]", "naer: [费用]", "未知字段“naer”，是否为“near”？"),
    "unknown key of a basis": ("doc_no: 计", "docno: 计", "未知字段“docno”，是否为“doc_no”？"),
    "missing name": ("    name: 学期工作计划\n", "", "缺少“name”，请补上“name: ”"),
    "blank name": ("name: 学期工作计划", "name:", "“name”没有填写"),
    "list for text": ("name: 学期工作计划", "name: [计划]", "“name”应为文本，实际为列表"),
    "text for list": ("themes: [四个全部]", "themes: 四个全部", "“themes”应为列表，实际为文本"),
    "number for text": ("label: 秋季", "label: 3", "“label”应为文字，实际为3"),
    "bare number as id": ("id: S-12", "id: 12", '“id”写成了数字12，请加引号："12"'),
    "blank in an id": ("{id: report", "{id: re port", "“id”含有不能用于编号的字符：re port"),
    "duplicate key": ("weight: 2", "name: 又一个", "键“name”重复（首次出现在第7行）"),
    "duplicate item": ("id: S-12", "id: S-11", "编号“S-11”重复（首次出现在rules.yaml 第6行）"),
    "same item in full width": ("id: S-12", "id: ｓ-１１", "重复（首次出现在rules.yaml 第6行）"),
    "duplicate column": (
        "{id: report",
        "{id: fees",
        "编号“fees”重复（首次出现在rules.yaml 第2行）",
    ),
    "unknown column": ("column: fees", "column: fee", "没有栏目“fee”，是否为“fees”？"),
    "column by its name": (
        "column: fees",
        "column: 收费信息",
        "没有栏目“收费信息”，是否为“fees”？",
    ),
    "unknown column in a list": (
        "[plans, report]",
        "[plans, 校车]",
        "没有栏目“校车”，可在 columns 中新增",
    ),
    "no column": ("    column: fees\n", "", "网上公开的事项没有写栏目，请补上 column"),
    "unknown unit type": ("[primary]", "[primry]", "没有“primry”这个选项，是否为“primary”？"),
    "no unit type": ("[primary]", "[]", "“applies_to”没有填写"),
    "unknown trait": ("[食堂, 非民办]", "[食唐]", "不认识的适用条件“食唐”，可用：民办、寄宿、食堂"),
    "near trait": (
        "[食堂, 非民办]",
        "[独立预祘]",
        "不认识的适用条件“独立预祘”，是否为“独立预算”？",
    ),
    "opposed traits": ("[食堂, 非民办]", "[民办, 非民办]", "互相矛盾：既要“民办”又要“非民办”"),
    "unknown kind": (
        "kind: yearly_by",
        "kind: yearly_bye",
        "没有类型“yearly_bye”，是否为“yearly_by”",
    ),
    "no kind": ("{kind: yearly_by, month", "{month", "没有写 kind，请补上，例如 kind: yearly_by"),
    "kind is a list": ("kind: yearly_by", "kind: [a]", "没有写 kind"),
    "no such field of a limit": ("month: 1", "mouth: 1", "“mouth”没有这个字段，是否为“month”"),
    "limit without a field": ("month: 1, ", "", "“month”没有填写"),
    "limit without grounds": (", grounds: local", "", "“grounds”没有填写"),
    "unknown grounds": (
        "grounds: local",
        "grounds: lokal",
        "“grounds”没有“lokal”这个选项，可选：law",
    ),
    "month is a word": ("month: 1", "month: 一", "“month”应为不小于0的整数，实际为一"),
    "impossible day": ("month: 1, day: 31", "month: 2, day: 30", "“day”没有02-30这一天"),
    "impossible month": ("month: 1", "month: 13", "没有13-31这一天"),
    "impossible season day": (
        "from: 08-15",
        "from: 02-30",
        "“from”没有02-30这一天；指月末的写当月最后一天，二月写 02-29",
    ),
    "season day without a zero": (
        "from: 08-15",
        "from: 8-15",
        "“from”应为月日，如 01-31，实际为8-15",
    ),
    "from after to": (
        "from: 08-15, to: 09-30",
        "from: 09-30, to: 08-15",
        "“to”08-15早于“from”09-30",
    ),
    "limits is empty": (
        "limits: [{kind: yearly_by, month: 1, day: 31, grounds: local}]",
        "limits: []",
        "没有写公开时限",
    ),
    "limits is a mapping": (
        "limits: [{kind: yearly_by, month: 1, day: 31, grounds: local}]",
        "limits: {kind: standing}",
        "“limits”应为列表",
    ),
    "limits is missing": (
        "    limits: [{kind: yearly_by, month: 1, day: 31, grounds: local}]\n",
        "",
        "缺少“limits”",
    ),
    "unknown check": (
        "fields_present",
        "field_present",
        "没有类型“field_present”，是否为“fields_present”",
    ),
    "check without fields": (", fields: [标准, 依据, 举报电话|监督电话]", "", "“fields”没有填写"),
    "dead word": ("any: [收费]", "any: [收费解读]", "“收费解读”含有排除词“解读”，永远对应不上"),
    "unknown statement": ("statement: accepted", "statement: acepted", "是否为“accepted”？"),
    "unknown where": ("where: site", "where: sit", "是否为“site”？"),
    "unknown confidence": ("confidence: high", "confidence: hihg", "是否为“high”？"),
    "negative weight": ("weight: 2", "weight: -1", "“weight”太小：-1，应不小于0"),
    "no basis": ("    basis: [{title: 某办法}]\n", "", "没有写公开依据"),
    "basis without a title": ("{title: 某办法}", "{article: 第一条}", "缺少“title”"),
    "impossible date of a column": (
        "name: 年报}",
        "name: 年报, retired_on: 2021-02-29}",
        "“retired_on”没有这一天：2021-02-29",
    ),
    "link to an unknown item": ("to: S-12", "to: S-13", "没有事项“S-13”，是否为“S-12”？"),
    "link to itself": ("to: S-12", "to: S-11", "事项“S-11”指向自身"),
    "link by an unknown key": (
        "key: [title]",
        "key: [titel]",
        "没有“titel”这个选项，是否为“title”？",
    ),
    "link within less than no days": ("within: 3", "within: -1", "“within”太小：-1，应不小于0"),
    "anchor": ("id: S-12", "id: &a S-12", "不支持YAML锚点与别名（&a）"),
    "tag": ("weight: 2", "weight: !!int 2", "不允许的标签"),
    "tab": ("    weight: 2", "\tweight: 2", "缩进用了制表符"),
    "colon without a blank": ("weight: 2", "weight: a: 2", "格式有误"),
}


@pytest.mark.parametrize(("good", "bad", "wanted"), CASES.values(), ids=CASES)
def test_each_mistake_of_the_catalog_tells_its_line_and_what_would_be_right(
    tmp_path, good, bad, wanted
):
    at = BASE.index(good) if BASE.count(good) == 1 else BASE.rindex(good)
    text = BASE[:at] + bad + BASE[at + len(good) :]
    line = text.count("\n", 0, at + len(bad) - len(bad.lstrip("\n"))) + 1
    block = {line}
    if not bad:  # what is missing is told where the entry begins
        block = set(range(1, line + 1))

    found = [one for one in mistakes(tmp_path, base=text) if wanted in one]

    assert found, mistakes(tmp_path, base=text)
    assert int(found[0].split("第")[1].split("行")[0]) in block


def test_all_mistakes_of_all_files_come_at_once_in_the_order_of_reading(tmp_path):
    base = BASE.replace("weight: 2", "wieght: 2").replace("column: fees", "column: fee")
    layer = LAYER + "off: [{id: S-99, reason: 无}]\nadd: [{id: X}]\n"

    found = mistakes(tmp_path, layer, base=base)

    assert [one.split("：")[0].split(" ")[0] for one in found][:2] == ["rules.yaml", "rules.yaml"]
    assert found[-1].startswith("本局.yaml")
    assert len(found) >= 6


def test_ten_mistakes_are_shown_and_the_rest_is_counted(tmp_path):
    bad = "".join(f"  - {{id: c{n}, nmae: x}}\n" for n in range(8))
    text = BASE.replace("requirements:\n", bad + "requirements:\n", 1)

    with pytest.raises(Mistakes) as raised:
        loaded(tmp_path, base=text)

    assert len(raised.value.mistakes) == 16
    assert len(raised.value.details) == 11
    assert raised.value.details[-1].startswith("其余6处")
    assert "目录没有变动，仍按原来的目录巡查" in str(raised.value)


def test_a_ring_of_items_that_follow_each_other_is_shown(tmp_path):
    text = BASE + "  - {id: back, from: S-12, to: S-11, key: [title]}\n"

    assert any("循环引用：S-11 → S-12 → S-11" in one for one in mistakes(tmp_path, base=text))


def test_a_long_ring_through_clocks_is_shown_too(tmp_path):
    items = "".join(
        f"""\
  - id: R-{n:02}
    name: 第{n}项
    applies_to: [bureau]
    column: report
    limits:
      - {{kind: paired_after, of: R-{(n + 1) % 50:02}, days: 3, day_kind: working, grounds: law}}
    basis: [{{title: 某办法}}]
"""
        for n in range(50)
    )
    text = BASE.replace("links:\n", items + "links:\n")

    assert any("循环引用：R-00 → R-49 → " in one for one in mistakes(tmp_path, base=text))


FOLLOWS = (
    "limits: [{kind: yearly_by, month: 1, day: 31, grounds: local}]",
    "limits: [{kind: after_event, event: {of: S-11}, days: 5, day_kind: working, grounds: local}]",
)


def test_a_clock_may_start_at_the_publication_of_another_item(tmp_path):
    text = BASE.replace(*FOLLOWS).replace("links:\n" + PAIR, "")
    (limit,) = loaded(tmp_path, base=text).requirements["S-12"].limits

    assert limit.event == PublicationOf(of="S-11")
    assert str(limit.event) == "教育收费公示公开"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("{of: S-111}", "是否为“S-11”"),
        ("{of: S-11, day: 发布}", "“event”应为事件名称，或 {of: 事项编号"),
        ("{item: S-11}", "“event”应为事件名称"),
        ("{of: S-12}", "指向自身"),
    ],
    ids=["unknown, with the nearest", "no such day", "no such key", "itself"],
)
def test_a_wrong_start_of_a_clock_is_told(tmp_path, given, wanted):
    text = BASE.replace(FOLLOWS[0], FOLLOWS[1].replace("{of: S-11}", given))

    assert any(wanted in one for one in mistakes(tmp_path, base=text))


def test_a_ring_of_items_that_wait_for_each_other_is_shown(tmp_path):
    waits = "{kind: before_event, event: {of: S-12}, grounds: law}]"
    text = BASE.replace(*FOLLOWS).replace("label: 秋季, grounds: law}]", f"grounds: law}}, {waits}")

    assert any("循环引用：S-11 → S-12 → S-11" in one for one in mistakes(tmp_path, base=text))


def test_what_must_stay_longer_than_it_may_is_a_mistake(tmp_path):
    both = (
        "limits: [{kind: notice_period, days: 5, grounds: law}, "
        "{kind: takedown_after, event: 公开, days: 3, day_kind: working, grounds: law}]"
    )
    text = BASE.replace(FOLLOWS[0], both)

    assert any(
        "公示不少于5日，又要求公开后3日内撤下" in one for one in mistakes(tmp_path, base=text)
    )
    assert loaded(tmp_path, base=text.replace("days: 3", "days: 5")).requirements


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "文件没有内容"),
        ("只有一句话\n", "不是目录文件，最外层应有 columns、requirements 或 layer"),
        ("- a\n", "不是目录文件"),
        (LAYER, "第一个文件应是完整目录，不能有“layer”"),
        ("requirements: 无\n", "“requirements”应为列表，实际为文本"),
        ("columns: [a]\n", "“文件内容”应为一组“键: 值”，实际为文本"),
    ],
)
def test_what_is_no_catalog_is_refused(tmp_path, text, wanted):
    assert any(wanted in one for one in mistakes(tmp_path, base=text))


# --- layers ------------------------------------------------------------------------------

ADD = """\
add:
  - id: X-01
    reason: 县里要求
    name: 膳食委员会
    applies_to: [primary]
    column: fees
    limits: [{kind: standing, grounds: local}]
"""


PAIR = "  - {id: pair, from: S-11, to: S-12, key: [title], within: 3, grounds: law}\n"


def clocks(catalog, item="S-12"):
    return [
        (limit.of, limit.days, limit.day_kind.value, limit.grounds.value)
        for limit in catalog.requirements[item].limits
        if limit.kind == "paired_after"
    ]


def test_a_link_with_a_day_is_a_clock_of_its_second_item(tmp_path):
    assert clocks(loaded(tmp_path)) == [("S-11", 3, "working", "law")]


def test_a_link_without_a_day_is_no_clock(tmp_path):
    catalog = loaded(tmp_path, base=BASE.replace(", within: 3, grounds: law", ""))

    assert clocks(catalog) == []
    assert catalog.links[0].within is None


def test_a_clock_that_starts_at_another_item_is_a_link(tmp_path):
    own = "[{kind: paired_after, of: S-11, days: 5, day_kind: calendar, grounds: local}]"
    text = BASE.replace("[{kind: yearly_by, month: 1, day: 31, grounds: local}]", own)
    catalog = loaded(tmp_path, base=text.replace("links:\n" + PAIR, ""))

    (link,) = catalog.links
    assert (link.trigger, link.partner, link.within) == ("S-11", "S-12", 5)
    assert link.keys == tuple(LinkKey)


def test_of_a_clock_and_a_link_of_one_duty_the_clock_of_the_item_holds(tmp_path):
    own = "[{kind: paired_after, of: S-11, days: 5, day_kind: calendar, grounds: local}]"
    text = BASE.replace("[{kind: yearly_by, month: 1, day: 31, grounds: local}]", own)
    catalog = loaded(tmp_path, base=text)

    assert clocks(catalog) == [("S-11", 5, "calendar", "local")]
    assert [(link.id, link.within) for link in catalog.links] == [("pair", 5)]


def test_a_layer_changes_a_link_adds_one_and_switches_one_off(tmp_path):
    changed = LAYER + "links: [{id: pair, reason: 同步, within: 0, day_kind: calendar}]\n"
    new = "links: [{id: back, reason: 县里要求, from: S-11, to: X-01, key: [title]}]\n"
    off = LAYER + "off: [{id: pair, reason: 不要求}]\n"

    assert clocks(loaded(tmp_path, changed)) == [("S-11", 0, "calendar", "law")]
    assert [link.id for link in loaded(tmp_path, LAYER + ADD + new).links] == ["pair", "back"]
    assert loaded(tmp_path, off).links == ()
    assert clocks(loaded(tmp_path, off)) == []


LINKS = {
    "unknown item": (
        "links: [{id: a, reason: 甲, from: S-1l, to: S-12, key: [title]}]",
        "没有事项“S-1l”，是否为“S-1",
    ),
    "no reason": ("links: [{id: pair, within: 5}]", "缺少“reason”"),
    "no grounds": (
        "links: [{id: a, reason: 甲, from: S-12, to: S-11, key: [title], within: 5}]",
        "缺少“grounds”",
    ),
    "itself": ("links: [{id: a, reason: 甲, from: S-12, to: S-12, key: [title]}]", "指向自身"),
    "a ring": (
        "links: [{id: a, reason: 甲, from: S-12, to: S-11, key: [title]}]",
        "循环引用：S-11 → S-12 → S-11",
    ),
    "unknown key": ("links: [{id: pair, reason: 甲, key: [name]}]", "没有“name”这个选项"),
    "unknown column": (
        "links: [{id: pair, reason: 甲, column: fee}]",
        "没有栏目“fee”，是否为“fees”？",
    ),
    "negative": ("links: [{id: pair, reason: 甲, within: -1}]", "“within”太小"),
    "unknown kind of days": (
        "links: [{id: pair, reason: 甲, day_kind: workday}]",
        "没有“workday”这个选项",
    ),
    "a dead word": (
        "links: [{id: pair, reason: 甲, match: {any: [公示], none: [公]}}]",
        "永远对应不上",
    ),
    "off for some units": (
        "off: [{id: pair, reason: 甲, units: [甲校]}]",
        "关联“pair”不能只对部分单位停用",
    ),
    "not a mapping": ("links: [甲]", "应为一组"),
}


@pytest.mark.parametrize(("text", "told"), LINKS.values(), ids=LINKS)
def test_a_mistake_in_a_link_is_told_where_it_stands(tmp_path, text, told):
    found = [one for one in mistakes(tmp_path, LAYER + text + "\n") if told in one]

    assert found
    assert "第" in found[0]


def test_every_shipped_link_says_what_it_rests_on():
    links = load([shipped_rules()]).links

    assert [link.id for link in links if not link.basis] == []
    assert {(link.trigger, link.partner, link.within) for link in links} == {
        ("B-08", "B-10", 3),
        ("B-11", "B-12", None),
        ("B-13", "B-12", 5),
        ("B-24", "B-25", None),
    }


def test_a_layer_adds_changes_and_switches_off(tmp_path):
    layer = LAYER + ADD + "change: [{id: S-11, reason: 更重要, set: {weight: 5}}]\n"
    layer += "off: [{id: S-12, reason: 已并入}]\n"

    catalog = loaded(tmp_path, layer)

    assert set(catalog.requirements) == {"S-11", "X-01"}
    assert catalog.requirements["S-11"].weight == 5
    assert catalog.requirements["S-11"].match.any == ("收费",)
    assert catalog.links == ()  # one end of it is not owed any more


def test_the_later_layer_wins(tmp_path):
    first = LAYER + "change: [{id: S-11, reason: 甲, set: {weight: 5, name: 收费}}]\n"
    second = LAYER + "change: [{id: S-11, reason: 乙, set: {weight: 7}}]\n"

    item = loaded(tmp_path, first, second).requirements["S-11"]

    assert (item.weight, item.name) == (7, "收费")


def test_a_layer_may_change_what_the_layer_before_it_added(tmp_path):
    second = LAYER + "change: [{id: X-01, reason: 乙, set: {weight: 7}}]\n"

    assert loaded(tmp_path, LAYER + ADD, second).requirements["X-01"].weight == 7


def test_a_value_that_is_set_replaces_the_whole_value(tmp_path):
    layer = LAYER + "change: [{id: S-11, reason: 甲, set: {match: {any: [费]}}}]\n"

    assert loaded(tmp_path, layer).requirements["S-11"].match == Match(any=("费",))


def test_a_layer_switches_off_for_some_units_only(tmp_path):
    layer = LAYER + "off: [{id: S-11, reason: 无食堂, units: [SL001, SL002]}]\n"

    item = loaded(tmp_path, layer).requirements["S-11"]

    assert item.switched_off == {"SL001": "无食堂", "SL002": "无食堂"}


@pytest.mark.parametrize(
    ("on", "is_off"),
    [(date(2026, 12, 31), True), (date(2027, 1, 1), False), (None, True)],
    ids=["the last day", "the day after", "no day given"],
)
def test_what_is_off_until_a_day_is_owed_again_after_it(tmp_path, on, is_off):
    layer = LAYER + "off: [{id: S-12, reason: 停办, until: 2026-12-31}]\n"
    layer += "change: []\n"

    catalog = loaded(tmp_path, layer, on=on)

    assert ("S-12" not in catalog.requirements) is is_off


def test_defaults_are_accepted_by_the_layer_or_item_by_item(tmp_path):
    whole = "layer: {name: 甲, by: 张三, on: 2026-09-01, accept_defaults: true}\n" + ADD
    one = LAYER + "change: [{id: S-11, reason: 同意, accept_defaults: true}]\n"

    def accepted(catalog):
        return {item.id for item in catalog.requirements.values() if item.accept_defaults}

    assert accepted(loaded(tmp_path)) == set()
    assert accepted(loaded(tmp_path, whole)) == {"S-11", "S-12", "X-01"}
    assert accepted(loaded(tmp_path, one)) == {"S-11"}


def test_a_layer_brings_columns_and_other_names_for_known_ones(tmp_path):
    layer = LAYER + (
        "columns:\n"
        "  - {id: meals, name: 膳食公开, reason: 本县设有}\n"
        "  - {id: fees, name: 收费专栏, aliases: [收费一览], reason: 本县叫法}\n"
    )

    columns = loaded(tmp_path, layer).columns

    assert columns["meals"].name == "膳食公开"
    assert columns["fees"].name == "收费专栏"
    assert columns["fees"].aliases == ("收费公示", "教育收费", "收费信息", "收费一览")


def test_a_waiver_of_a_layer_is_kept(tmp_path):
    waiver = (
        "waivers:\n  - {unit: SL001, requirement: S-11, ground: C3, reason: 无此项, "
        "proposed_by: 李四, approved_by: 张三, valid_until: 2027-06-30}\n"
    )

    (kept,) = loaded(tmp_path, LAYER + waiver).waivers

    assert (kept.unit, kept.requirement, kept.ground) == ("SL001", "S-11", "C3")
    assert kept.valid_until == date(2027, 6, 30)


WAIVER = "{unit: a, requirement: S-11, ground: C3, reason: r, proposed_by: 李四, approved_by: 张三}"


@pytest.mark.parametrize(
    ("layer", "line", "wanted"),
    [
        ("add: []\n", 1, "缺少“layer”"),
        ("layer: {name: 甲, by: 乙}\n", 1, "缺少“on”"),
        ("layer: {name: 甲, by: 乙, on: 2026-9-1}\n", 1, "“on”不是日期：2026-9-1"),
        (LAYER + "requirements: []\n", 2, "分层文件不能有“requirements”，新增事项请写在 add 下"),
        (LAYER + "chnage: []\n", 2, "未知字段“chnage”，是否为“change”？"),
        (LAYER + "change:\n  - {id: S-19, reason: x, set: {weight: 2}}\n", 3, "没有事项“S-19”"),
        (LAYER + "change:\n  - {id: S-11, set: {weight: 2}}\n", 3, "缺少“reason”"),
        (LAYER + "change:\n  - {id: S-11, reason: '', set: {weight: 2}}\n", 3, "“reason”没有填写"),
        (LAYER + "change:\n  - {id: S-11, reason: x}\n", 3, "没有写要改什么"),
        (LAYER + "change:\n  - {id: S-11, reason: x, set: {id: S-13}}\n", 3, "编号不能修改"),
        (
            LAYER + "change:\n  - id: S-11\n    reason: x\n    set:\n      wieght: 2\n",
            6,
            "未知字段“wieght”，是否为“weight”？",
        ),
        (
            LAYER + "change:\n  - id: S-11\n    reason: x\n    set:\n      column: fee\n",
            6,
            "没有栏目“fee”，是否为“fees”？",
        ),
        (LAYER + "off:\n  - {id: S-99, reason: x}\n", 3, "没有事项“S-99”"),
        (LAYER + "off:\n  - {id: S-11}\n", 3, "缺少“reason”"),
        (
            LAYER + "off:\n  - {id: S-11, reason: x, until: 2026-08-31}\n",
            3,
            "早于本层日期2026-09-01",
        ),
        (
            LAYER + "off:\n  - {id: S-11, reason: x, until: 2026-11-31}\n",
            3,
            "没有这一天：2026-11-31",
        ),
        (
            LAYER + "off:\n  - {id: S-11, reason: x}\n  - {id: S-11, reason: y}\n",
            4,
            "已在本局.yaml 第3行停用",
        ),
        (LAYER + "add:\n  - {id: S-11, reason: x, name: y}\n", 3, "编号“S-11”重复"),
        (LAYER + "add:\n  - {id: Y-1, name: y}\n", 3, "缺少“reason”"),
        (LAYER + "columns:\n  - {id: new, reason: x}\n", 3, "缺少“name”"),
        (LAYER + "columns:\n  - {id: new, name: x}\n", 3, "缺少“reason”"),
        (LAYER + f"waivers:\n  - {WAIVER.replace('C3', 'C11')}\n", 3, "没有“C11”这个选项"),
        (LAYER + f"waivers:\n  - {WAIVER.replace('S-11', 'S-99')}\n", 3, "没有事项“S-99”"),
        (
            LAYER + f"waivers:\n  - {WAIVER.replace('S-11', 'S-12')}\n",
            3,
            "事项“S-12”不允许核准为不涉及",
        ),
        (
            LAYER + f"waivers:\n  - {WAIVER.replace('李四', '张三')}\n",
            3,
            "提出人与核准人相同：张三",
        ),
    ],
)
def test_each_mistake_of_a_layer_tells_its_line(tmp_path, layer, line, wanted):
    found = [one for one in mistakes(tmp_path, layer) if wanted in one]

    assert found, mistakes(tmp_path, layer)
    assert found[0].startswith(f"本局.yaml 第{line}行")


def test_units_a_layer_names_are_checked_when_the_units_are_known(tmp_path):
    units = (Unit(code="SL001", name="第三中学"), Unit(code="SL002", name="示例县第四中学"))
    good = LAYER + "off: [{id: S-11, reason: x, units: [第三中学, SL002]}]\n"
    bad = LAYER + "off: [{id: S-11, reason: x, units: [第3中学]}]\n"

    item = loaded(tmp_path, good, units=units).requirements["S-11"]

    assert set(item.switched_off) == {"SL001", "SL002"}
    assert mistakes(tmp_path, bad, units=units) == [
        "本局.yaml 第2行第37列：没有单位“第3中学”，是否为“第三中学”？"
    ]


# --- what it can find --------------------------------------------------------------------


def one_item(limits: str, **more: str) -> str:
    extra = "".join(f"    {key}: {value}\n" for key, value in more.items())
    return f"""\
columns:
  - {{id: fees, name: 收费信息}}
requirements:
  - id: S-11
    name: 收费
    applies_to: [primary]
    column: fees
    match: {{any: [收费]}}
    limits: [{limits}]
    basis: [{{title: 某办法}}]
{extra}"""


AFTER = "kind: after_event, event: 变更, days: 20, day_kind: working"


@pytest.mark.parametrize(
    ("limits", "more", "wanted"),
    [
        ("{kind: standing, grounds: law}", {}, "crawling"),
        ("{kind: yearly_by, month: 1, day: 31, grounds: law}", {}, "crawling"),
        ("{kind: season, from: 12-01, to: 02-28, grounds: local}", {}, "crawling"),
        ("{kind: periodic, every: school_year, min_count: 1, grounds: law}", {}, "crawling"),
        ("{kind: column_max_age, max_age: 6m, grounds: law}", {}, "crawling"),
        (f"{{{AFTER}, presence: must, grounds: law}}", {}, "crawling"),
        (f"{{{AFTER}, presence: may, grounds: law}}", {}, "events"),
        ("{kind: standing, grounds: default}", {}, NoGap.DEFAULT),
        ("{kind: unspecified, grounds: law}", {}, NoGap.UNDECIDED),
        ("{kind: on_occurrence, grounds: law}", {}, NoGap.UNDECIDED),
        ("{kind: standing, grounds: law}", {"where": "input"}, NoGap.INPUT),
        ("{kind: standing, grounds: law}", {"where": "offline"}, NoGap.OFFLINE),
    ],
)
def test_the_report_tells_how_an_absent_item_can_be_found(tmp_path, limits, more, wanted):
    report = check(loaded(tmp_path, base=one_item(limits, **more)))

    assert report.by_crawling == (("S-11",) if wanted == "crawling" else ())
    assert report.with_events == (("S-11",) if wanted == "events" else ())
    assert report.never == ({"S-11": wanted} if isinstance(wanted, NoGap) else {})


def test_a_default_that_was_accepted_counts(tmp_path):
    base = one_item("{kind: standing, grounds: default}")
    layer = "layer: {name: 甲, by: 乙, on: 2026-09-01, accept_defaults: true}\n"

    assert check(loaded(tmp_path, layer, base=base)).by_crawling == ("S-11",)


def test_the_report_doubts_what_is_probably_not_meant(tmp_path):
    text = BASE.replace("aliases: [工作计划]", "aliases: [工作计划, 教育收费], counted_only: true")
    text = text.replace(
        "{id: report, name: 年报", "{id: report, name: 年报, retired_on: 2021-12-31"
    )
    text = text.replace("requirements:", "  - {id: idle, name: 闲置}\nrequirements:", 1)

    doubts = check(loaded(tmp_path, base=text)).doubts

    assert [
        doubt for doubt in doubts if "“教育收费”同时是栏目“收费信息”和“规划计划”的名称" in doubt
    ]
    assert "S-12“学期工作计划”没有写对应词，栏目里任何一条信息都会算作已公开" in doubts
    assert "S-12“学期工作计划”用到了只作统计的栏目“规划计划”" in doubts
    assert "S-12“学期工作计划”所在的栏目“年报”已于2021-12-31停用" in doubts
    assert "栏目“闲置”没有事项用到，也没有标明只作统计（counted_only）" in doubts


def test_one_name_for_two_columns_of_different_units_is_no_doubt(tmp_path):
    text = BASE.replace("aliases: [工作计划]", "aliases: [教育收费]")
    text = text.replace("applies_to: [primary, junior_high]", "applies_to: [junior_high]")

    assert not [one for one in check(loaded(tmp_path, base=text)).doubts if "同时是" in one]


def test_the_difference_is_told_item_by_item(tmp_path):
    old = loaded(tmp_path)
    layer = LAYER + ADD + "off: [{id: S-12, reason: 并入}]\n"
    layer += "change: [{id: S-11, reason: 甲, set: {weight: 5}}]\n"

    changes = {change.id: change for change in diff(old, loaded(tmp_path, layer))}

    assert {name: one.change for name, one in changes.items()} == {
        "S-11": Change.CHANGED,
        "X-01": Change.ADDED,
        "S-12": Change.REMOVED,
    }
    assert changes["S-11"].fields == {"weight": (2, 5)}


@pytest.mark.parametrize(
    ("limits", "group"),
    [
        ("{kind: before_event, event: 终止, lead: 6m, grounds: law}", "with_events"),
        ("{kind: before_event, event: {of: S-11}, grounds: law}", "with_events"),
        ("{kind: notice_period, days: 1, grounds: law}", "if_removed"),
        ("{kind: notice_period, grounds: law}", NoGap.UNDECIDED),
        ("{kind: notice_period, days: 5, grounds: default}", NoGap.DEFAULT),
        ("{kind: takedown_after, event: 公示期满, grounds: law}", NoGap.UNDECIDED),
        (
            "{kind: standing, grounds: law}, {kind: takedown_after, event: 公开, grounds: law}",
            NoGap.UNDECIDED,
        ),
    ],
    ids=[
        "ahead of an event",
        "ahead of a publication",
        "a notice",
        "a notice of no fixed time",
        "a notice by practice",
        "a take-down",
        "there, and gone again",
    ],
)
def test_how_an_absence_can_be_told_is_asked_of_the_clocks(tmp_path, limits, group):
    text = BASE.replace(FOLLOWS[0], f"limits: [{limits}]").replace("links:\n" + PAIR, "")
    report = check(loaded(tmp_path, base=text))

    if isinstance(group, NoGap):
        assert report.never["S-12"] is group
    else:
        assert "S-12" in getattr(report, group)


def test_a_start_nobody_can_see_is_doubted(tmp_path):
    text = BASE.replace(*FOLLOWS).replace("where: site", "where: offline")

    assert any("起算日无从得知" in one for one in check(loaded(tmp_path, base=text)).doubts)


def test_nothing_differs_from_itself(tmp_path):
    assert diff(loaded(tmp_path), loaded(tmp_path)) == ()


def test_the_shipped_catalog_loads_and_every_item_is_accounted_for():
    catalog = load([shipped_rules()])
    report = check(catalog)

    counted = [*report.by_crawling, *report.with_events, *report.if_removed, *report.never]
    assert sorted(counted) == sorted(catalog.requirements)
    assert len(report.by_crawling) > 30


def test_the_examples_of_the_manual_load(tmp_path):
    manual = (shipped_rules().parent / "docs" / "rules.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    whole, layer, links = (block for block in blocks if not block.startswith("complete:"))
    base, own = files(tmp_path, whole, layer)

    assert load([base]).requirements
    assert "县-01" in load([shipped_rules(), own]).requirements
    own.write_text(LAYER + links, "utf-8")
    assert "县-招生" in {link.id for link in load([shipped_rules(), own]).links}


def test_every_word_that_is_looked_for_is_told_as_an_element_of_the_law():
    told = {
        (one.id, element_of(word, one.elements))
        for one in load([shipped_rules()]).requirements.values()
        for check in one.complete
        for word in check.names
    }
    named = {
        (one.id, element)
        for one in load([shipped_rules()]).requirements.values()
        for element in one.elements
    }

    assert told <= named


def test_random_damage_is_refused_or_taken_and_never_raises_anything_else(tmp_path):
    random.seed(11)
    lines = (BASE + LAYER.replace("layer", "links")).splitlines()

    begin = time.process_time()
    for _ in range(300):
        damaged = list(lines)
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(damaged))
            text = damaged[at] or " "
            place = random.randrange(len(text))
            sign = random.choice("[]{}:,-#&*!|>'\"%@ \t收09ax~\0")
            damaged[at] = random.choice(["", damaged[-1], text[:place] + sign + text[place + 1 :]])
        with suppress(Mistakes):
            loaded(tmp_path, base="\n".join(damaged))

    assert time.process_time() - begin < 20
