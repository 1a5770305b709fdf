"""平文: one form for texts that readers take to be the same."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.flat import flat


@pytest.mark.parametrize(
    "text",
    [
        "举报，电话：１２３",
        "第㈠条…（甲）",
        "＝\u0338！\u0301",
        "ｶﾞ　か\u3099",
        "収費\xa0標準",
        "plain text",
    ],
    ids=["full width", "compatibility", "combining", "kana", "blanks", "ascii"],
)
def test_every_text_comes_out_in_nfkc_without_blanks(text):
    assert flat(text) == "".join(unicodedata.normalize("NFKC", text).split())
