"""平文: a long text in a form to look words up in. Pure.

``monitor.textform`` is for titles and names: it remembers what it was asked and turns traditional
characters into simplified ones, which costs 40 ms a page.
"""

from __future__ import annotations

import unicodedata

_ZERO_WIDTH = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def flat(text: str) -> str:
    """Return ``text`` in NFKC without blanks and zero-width characters.

    >>> flat("举报　电话：１２３４５")
    '举报电话:12345'
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_ZERO_WIDTH).split())
