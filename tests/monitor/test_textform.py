from __future__ import annotations

import pytest

from monitor import textform
from monitor.textform import is_mixed, normal_form, simplified


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("收费标准", "收费标准"),
        ("收 费　标\xa0准", "收费标准"),
        ("收\u200b费\ufeff标\u00ad准", "收费标准"),
        ("收\n费\t标准", "收费标准"),
        ("２０２６年（１）", "2026年(1)"),
        ("ﬁle ①", "file1"),
        ("義務教育收費", "义务教育收费"),
        ("發文機關", "发文机关"),
        ("㛃镕喆", "㛃镕喆"),
        ("著作", "著作"),
        ("a b\tc", "abc"),
        ("", ""),
    ],
)
def test_the_normal_form(text, form):
    assert normal_form(text) == form
    assert normal_form(form) == form


def test_only_traditional_text_is_given_to_opencc(monkeypatch):
    def forms() -> None:
        pytest.fail("was asked")

    monkeypatch.setattr(textform, "_simple_forms", forms)
    normal_form.cache_clear()

    assert normal_form("某县第一小学2024年收费公示") == "某县第一小学2024年收费公示"
    assert normal_form("plain ASCII") == "plainASCII"
    with pytest.raises(pytest.fail.Exception):
        simplified("收費")


#: as pages write it, and what a catalog asks for
SPELLINGS = (
    *(("課後服務收費", "课后服务收费"), ("课後服务收费", "课后服务收费"), ("教育侷", "教育局")),
    *(("於收费的公示", "于收费的公示"), ("瞭解情況", "了解情况"), ("信訪答覆", "信访答复")),
    *(("學校裏的規章", "学校里的规章"), ("學校裡的規章", "学校里的规章"), ("爲了孩子", "为了孩子")),
    *(("啟明小學", "启明小学"), ("啓明小學", "启明小学"), ("衞生保健", "卫生保健")),
    *(
        ("羣眾監督", "群众监督"),
        ("熱綫電話", "热线电话"),
        ("説明", "说明"),
        ("內設機構", "内设机构"),
    ),
    *(("戶籍", "户籍"), ("強制", "强制"), ("關係", "关系"), ("關系", "关系"), ("隻有", "只有")),
    *(("準予", "准予"), ("製度", "制度"), ("幹部", "干部"), ("乾部", "干部"), ("週記", "周记")),
    *(("採購公告", "采购公告"), ("佈告", "布告"), ("傢長", "家长"), ("檯賬", "台账")),
    *(("收\u200c费", "收费"), ("收\u2060费", "收费"), ("信 息 公 开", "信息公开")),
    *(("（１）收费", "(1)收费"), ("收&费", "收&费"), ("⼯作⽉报", "工作月报"), ("收費①", "收费1")),
    *(("ＡＢＣ学校", "ABC学校"), ("收\u00ad费", "收费"), ("收\u202e费", "收费")),
    *(("\ufeff收费", "收费"), ("收\u3000费", "收费"), ("收\u2003费", "收费")),
)


@pytest.mark.parametrize(("spelt", "asked"), SPELLINGS, ids=[spelt for spelt, _ in SPELLINGS])
def test_look_alikes_match(spelt, asked):
    assert normal_form(spelt) == normal_form(asked)
    assert normal_form(f"镕{spelt}") == normal_form(f"镕{asked}")  # whatever stands beside it


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("義務教育收费标准與依據公示", True),
        ("義務教育收費標準與依據公示", False),
        ("义务教育收费标准与依据公示", False),
        ("乾隆镕㛃后", False),
        ("plain", False),
    ],
)
def test_half_converted_text_is_recognised(text, mixed):
    assert is_mixed(text) is mixed
