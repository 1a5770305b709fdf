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
    if text.isascii():
        return "".join(text.split())
    return simplified(_BLANK.sub("", unicodedata.normalize("NFKC", text)))


def simplified(text: str) -> str:
    """Turn traditional characters into simplified ones; text that has none comes back at once.

    GB 2312 holds the simplified script only, so what it can spell needs no conversion (and 著作
    or 乾隆 keep their characters).
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
