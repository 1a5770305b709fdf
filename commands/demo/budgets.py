"""示例县的预算和决算: the parts and tables of one paper, as its text and the rows of its file."""

from __future__ import annotations

from collections.abc import Iterator

Rows = tuple[tuple[str, ...], ...]


def budget_text(name: str, year: str) -> tuple[str, ...]:
    """The text of a budget: what the office does, how the numbers came about, the terms."""
    return (
        f"经批复，现将{name}{year}年预算公开如下。",
        "第一部分　概况。一、主要职责：贯彻执行国家教育方针，组织实施教育教学工作。",
        "二、机构设置：设办公室、教务处、总务处等内设机构，没有下属单位。",
        "第二部分　预算表，见附件。",
        f"第三部分　预算情况说明。一、收支增减变化：{year}年收入预算比上年增加12.00万元，"
        "主要是人员经费增长；支出预算相应增加。",
        "二、“三公”经费：2.00万元，与上年持平，均为公务用车运行维护费。",
        "三、机关运行经费和公用经费：按定额安排，用于水电、办公和维修。",
        "四、政府采购：计划采购货物18.00万元。五、国有资产占用：有车辆1辆。",
        "六、绩效目标：项目支出全部编报绩效目标。",
        "第四部分　名词解释。基本支出：指为保障正常运转、完成日常工作发生的支出。",
    )


def accounts_text(name: str, year: str) -> tuple[str, ...]:
    """The text of final accounts."""
    return (
        f"经批复，现将{name}{year}年决算公开如下。",
        "第一部分　概况。主要职责：贯彻执行国家教育方针，组织实施教育教学工作。",
        "机构设置：设办公室、教务处、总务处等内设机构，没有下属单位。",
        "第二部分　决算表，见附件。",
        f"第三部分　决算情况说明。一、{year}年收入比上年减少3.00万元，支出相应减少。",
        "二、“三公”经费决算2.00万元，与上年持平，均为公务用车运行维护费。",
        "三、机关运行经费支出：按实际开支列报。四、政府采购支出：18.00万元。",
        "五、国有资产占用：有车辆1辆。六、预算绩效评价：项目自评等次为优。",
        "第四部分　名词解释。基本支出：指为保障正常运转、完成日常工作发生的支出。",
    )


def budget_rows(total: float) -> Rows:
    """The tables of a budget, one below the other; what there is nothing of says so."""
    return tuple(_tables("预算", total))


def accounts_rows(total: float) -> Rows:
    """The tables of final accounts."""
    return tuple(_tables("决算", total))


def _tables(what: str, total: float) -> Iterator[tuple[str, ...]]:
    sums = f"{total:.2f}"
    both = (
        ("收入项目", f"{what}数", "支出项目", f"{what}数"),
        ("收入总计", sums, "支出总计", sums),
    )
    one = (("科目编码", "科目名称", f"{what}数"), ("205", "教育支出", sums))
    yield from (
        (f"收入支出{what}总表",),
        *both,
        (f"收入{what}表",),
        *one,
        (f"支出{what}表",),
        *one,
        (f"财政拨款收入支出{what}总表",),
        *both,
        (f"一般公共预算财政拨款支出{what}表",),
        *one,
        (f"一般公共预算财政拨款基本支出{what}表",),
        ("科目编码", "科目名称", f"{what}数"),
        ("301", "工资福利支出", f"{total * 0.8:.2f}"),
        (f"一般公共预算“三公”经费支出{what}表",),
        ("项目", f"{what}数"),
        ("因公出国（境）费", "0.00"),
        ("公务用车购置费", "0.00"),
        ("公务用车运行维护费", "2.00"),
        ("公务接待费", "0.00"),
        (f"政府性基金{what}支出表",),
        ("科目编码", "科目名称", f"{what}数"),
        ("本单位没有政府性基金预算拨款，故此表为空。",),
        (f"国有资本经营{what}支出表",),
        ("科目编码", "科目名称", f"{what}数"),
        ("本单位没有国有资本经营预算拨款，故此表为空。",),
    )
