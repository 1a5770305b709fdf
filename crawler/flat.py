"""平文: a long text in a form to look words up in. Pure.

``monitor.textform`` is for titles and names: it remembers what it was asked and turns traditional
characters into simplified ones, which costs 40 ms a page.
"""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


def flat(text: str) -> str:
    """Return ``text`` in NFKC without blanks and zero-width characters.

    >>> flat("举报　电话：１２３４５")
    '举报电话:12345'
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))
