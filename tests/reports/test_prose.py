"""How prose writes days, quotes pages and lists words."""

import pytest

from reports.prose import few, masked, quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812341234", "电话138****1234"),
        ("电话138 1234 1234", "电话138****1234"),
        ("电话138-1234-1234。", "电话138****1234。"),
        ("电话１３８１２３４１２３４", "电话１３８****１２３４"),
        ("值班0563-3012345", "值班0563-****2345"),
        ("值班（0563）3012345", "值班（0563）****2345"),
        ("身份证342501199001011234", "身份证342****34"),
        ("身份证34250119900101123X", "身份证342****3X"),
        ("2026年11月9日 20261109 教办〔2026〕123号", "2026年11月9日 20261109 教办〔2026〕123号"),
        ("金额1234567.00元", "金额1234567.00元"),
    ],
)
def test_numbers_of_persons_are_masked_and_others_are_not(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_a_quotation_is_one_short_line() -> None:
    assert quoted("栏目\n  建设中") == "栏目 建设中"
    assert quoted("字" * 31) == f"{'字' * 29}…"
    assert len(quoted("字" * 30)) == 30


def test_of_many_words_the_first_are_told_and_all_are_counted() -> None:
    assert few([]) == ""
    assert few(["甲", "乙"]) == "甲、乙"
    assert few(["甲", "乙", "丙"], most=2) == "甲、乙等3项"
