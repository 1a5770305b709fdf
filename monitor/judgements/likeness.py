"""雷同: how alike two texts are: a fingerprint to find candidates, the letters to decide. Pure.

Names of units are masked before and every digit is one, so that a copy in another school's name,
or with another year in it, looks like what it is. The home of rapidfuzz.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from rapidfuzz import fuzz

#: stands for a name of a unit, and for any number
_NAME, _NUMBER = "□", "0"
_DIGITS: Final = re.compile(r"\d+|[〇零一二三四五六七八九十]{2,}")
_REST: Final = re.compile(r"[\W_]+")
_GRAM: Final = 3
#: a fingerprint's bits, and the bits of each band that two candidates share one of
_BITS, _BAND = 64, 8
#: bits in which the fingerprints of copies may differ
_FAR: Final = 10
#: what rapidfuzz calls alike, of 100
_ALIKE: Final = 90.0
#: letters below which any two texts are alike by chance
SHORTEST: Final = 120


@dataclass(frozen=True, slots=True)
class Print:
    """文本指纹: 64 bits that near copies share most of, and how many letters they stand for."""

    bits: int
    letters: int


def bare(text: str, names: Iterable[str] = ()) -> str:
    """The letters of a text, names of units masked and every number made the same.

    >>> bare("向阳小学2026年工作总结（第3稿）", ["向阳小学"])
    '□0年工作总结第0稿'
    """
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, _NAME)
    return "".join(
        letters if letters == _NAME else _REST.sub("", letters)
        for letters in re.split(f"({_NAME})", _DIGITS.sub(_NUMBER, text))
    )


def print_of(text: str) -> Print:
    """The simhash of a bare text over three letters each (Charikar 2002)."""
    grams = {text[place : place + _GRAM] for place in range(max(1, len(text) - _GRAM + 1))}
    lanes = 0
    for gram in grams:
        code = gram.encode()
        first, second = crc32(code), crc32(code, 0x9E3779B9)
        lanes += _LANES[0][first & 255] + _LANES[1][first >> 8 & 255]
        lanes += _LANES[2][first >> 16 & 255] + _LANES[3][first >> 24]
        lanes += _LANES[4][second & 255] + _LANES[5][second >> 8 & 255]
        lanes += _LANES[6][second >> 16 & 255] + _LANES[7][second >> 24]
    half = len(grams) // 2
    bits = 0
    for place in range(_BITS):
        bits |= (lanes >> _LANE * place & _FULL > half) << place
    return Print(bits, len(text))


#: each bit is counted in a lane of its own, all lanes in one number: one addition counts a byte
_LANE: Final = 24
_FULL: Final = (1 << _LANE) - 1
_LANES: Final = tuple(
    tuple(
        sum((value >> bit & 1) << _LANE * (8 * byte + bit) for bit in range(8))
        for value in range(256)
    )
    for byte in range(8)
)


def candidates(prints: Sequence[Print], new: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pairs of places that may be copies, each with a place of ``new`` first, each pair once."""
    bands: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for place, one in enumerate(prints):
        for band in range(_BITS // _BAND):
            bands[band, one.bits >> _BAND * band & 255].append(place)
    done: set[tuple[int, int]] = set()
    for place in new:
        bits = prints[place].bits
        for band in range(_BITS // _BAND):
            for other in bands[band, bits >> _BAND * band & 255]:
                pair = (min(place, other), max(place, other))
                if other == place or pair in done:
                    continue
                if (bits ^ prints[other].bits).bit_count() <= _FAR:
                    done.add(pair)
                    yield place, other


def likeness(one: str, other: str) -> float:
    """How alike two bare texts are, from 0 to 100."""
    return fuzz.ratio(one, other, score_cutoff=_ALIKE / 2)


def are_copies(one: str, other: str) -> bool:
    """Whether one bare text is a copy of the other, a few words changed."""
    return likeness(one, other) >= _ALIKE
