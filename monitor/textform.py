"""正形: the form in which titles, names and labels are compared; what people read stays."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

#: blanks of every width, and characters that have none
_BLANK = re.compile(r"[\s\u00ad\u034f\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


@lru_cache(maxsize=8192)
def normal_form(text: str) -> str:
    """Return ``text`` in NFKC, without blanks and zero-width characters, in simplified script.

    >>> normal_form("義務教育　收 費（２０２６）")
    '义务教育收费(2026)'
    """
    return passing_form(text)


def passing_form(text: str) -> str:
    """Return the normal form of a text that is met once: what long papers hold is not remembered.

    >>> passing_form("收 支 總 表")
    '收支总表'
    """
    if text.isascii():
        return "".join(text.split())
    return simplified(_BLANK.sub("", unicodedata.normalize("NFKC", text)))


def simplified(text: str) -> str:
    """Turn traditional characters into simplified ones, each by itself; the length stays.

    By itself, because half-converted text is common: the form of 课後服务 must not hang on what
    else stands in the line. Text that only the simplified script can hold comes back at once.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return text.translate(_simple_forms())
    return text if _IN_BOTH.isdisjoint(text) else text.translate(_simple_forms())


def is_mixed(text: str) -> bool:
    """Whether traditional and simplified characters stand side by side, as no author writes.

    >>> is_mixed("義务教育收费標准與依據公示"), is_mixed("義務教育收費"), is_mixed("乾隆镕")
    (True, False, False)
    """
    if text.isascii():
        return False
    simple, traditional = 0, 0
    for character in text:
        if character < "\u3400":
            continue
        if ord(character) in _simple_forms():
            traditional += character not in _IN_BOTH
        elif character in _simple_only():
            simple += 1
    return min(simple, traditional) >= _MIXED


#: traditional forms that GB 2312 holds as well, so that it cannot tell them from simplified text;
#: OpenCC leaves the last two alone without their neighbours
_IN_BOTH = frozenset("乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽瞭覆")
_MORE_FORMS = {"瞭": "了", "覆": "复", "衞": "卫"}
_MIXED = 2  # characters of each script; a name may carry one of the other


@cache
def _simple_forms() -> dict[int, str]:
    """The simplified form of every character that has another one."""
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    forms = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, forms, strict=True)
    return {ord(one): form for one, form in pairs if one != form and len(form) == 1} | {
        ord(one): form for one, form in _MORE_FORMS.items()
    }


@cache
def _simple_only() -> frozenset[str]:
    """The characters that traditional text does not use."""
    return frozenset(form for form in _simple_forms().values() if not _has_big5(form))


def _has_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
