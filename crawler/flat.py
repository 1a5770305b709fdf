"""平文: a long text in a form to look words up in, letter by letter or nearly. Pure.

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
#: characters of which one for another changes what is said: they are not taken for misread
_TELLING = frozenset("0123456789〇零一二三四五六七八九十百千万未没无不非否")
#: of so many characters one may be misread
_ONE_IN = 8
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


def nearly_holds(text: str, word: str) -> bool:
    """Whether a text that was read off a picture (flat) holds a word, one letter in eight misread.

    >>> nearly_holds("监督举报电活及受理内门:", "举报电话及受理部门")
    False
    >>> nearly_holds("监督举报电话及受理内门:", "举报电话及受理部门")
    True
    >>> nearly_holds("青禾县实验第二小学", "青禾县实验第一小学")
    False
    """
    if word in text:
        return True
    most = len(word) // _ONE_IN
    if not most:
        return False
    starts = range(len(text) - len(word) + 1)
    return any(_is_misread(word, text[start : start + len(word)], most) for start in starts)


def _is_misread(word: str, seen: str, most: int) -> bool:
    wrong = 0
    for meant, read in zip(word, seen, strict=True):
        if meant != read:
            wrong += 1
            if wrong > most or meant in _TELLING or read in _TELLING:
                return False
    return True
