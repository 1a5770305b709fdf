"""平文: a long text in a form to look words up in. Pure.

``monitor.textform`` is for titles and names: it remembers what it was asked and turns traditional
characters into simplified ones, which costs 40 ms a page.
"""

from __future__ import annotations

import re
import unicodedata

#: what keeps nearly every text from being in NFKC: replacing them is many times faster
_USUAL = tuple(
    (mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；！？（）％～…\u3000\xa0"
)
_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


def flat(text: str) -> str:
    """Return ``text`` in NFKC without blanks and zero-width characters.

    >>> flat("举报　电话：１２３４５")
    '举报电话:12345'
    """
    for mark, plain in _USUAL:
        text = text.replace(mark, plain)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _BLANKS.sub("", text)
