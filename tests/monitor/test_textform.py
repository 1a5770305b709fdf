from __future__ import annotations

import pytest

from monitor import textform
from monitor.textform import normal_form, simplified


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
    def convert() -> None:
        pytest.fail("was asked")

    monkeypatch.setattr(textform, "_converter", convert)
    normal_form.cache_clear()

    assert normal_form("某县第一小学2024年收费公示") == "某县第一小学2024年收费公示"
    assert normal_form("plain ASCII") == "plainASCII"
    with pytest.raises(pytest.fail.Exception):
        simplified("收費")
