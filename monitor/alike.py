"""相似: whether two titles are about one matter, certainly, perhaps, or not. Pure.

"Perhaps" is for a person: a title that is only alike must never make a gap, nor hide one.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from difflib import SequenceMatcher

from monitor.titles import Subject


@enum.unique
class Likeness(enum.IntEnum):
    """相似程度 of two subjects. LIKE: perhaps, for a person to say."""

    OTHER = 0
    LIKE = 1
    SAME = 2
    EXACT = 3


#: a core with fewer characters is only ever the same as itself
_SHORTEST_CORE = 4
_SHORTEST_CUT = 10
#: how much of the longer name a shorter one keeps, to be the same and to be like it
_SAME_SHARE = 0.6
_LIKE_SHARE = 0.3
#: how much of a name that says more is the shorter one, to be like it
_LIKE_MORE = 0.5
_LIKE_MORE_QUOTED = 0.75
#: how much two names share that each say something of their own
_LIKE_DICE = 0.6
_LIKE_DICE_QUOTED = 0.7
_FEW = 4  # characters a quoted name may have more
_LONG = 12  # a name so long may hold a slip of one character


def likeness(one: Subject, other: Subject) -> Likeness:
    """How alike two subjects are; the second is the one that speaks of the first."""
    if _differ(one, other):
        return Likeness.OTHER
    most = Likeness.LIKE if one.marks != other.marks else Likeness.EXACT
    if one.form and other.form and one.form != other.form:
        if other.quoted and one.stem != other.stem:
            return Likeness.OTHER
        most = Likeness.LIKE
    if one.core == other.core:
        return min(most, Likeness.EXACT)
    return min(most, _compared(one, other))


def _differ(one: Subject, other: Subject) -> bool:
    """Whether something named in both says that they are two matters."""
    if one.years and other.years and one.years.isdisjoint(other.years):
        return True
    if one.places != other.places:
        return True
    if one.levels and other.levels and one.levels.isdisjoint(other.levels):
        return True
    numbers, others = dict(one.marks), dict(other.marks)
    return any(numbers[sort] != others[sort] for sort in numbers.keys() & others.keys())


def _compared(one: Subject, other: Subject) -> Likeness:
    shorter, longer = sorted((one, other), key=lambda subject: len(subject.core))
    if shorter.cut and len(shorter.core) >= _SHORTEST_CUT:
        return Likeness.SAME if longer.core.startswith(shorter.core) else Likeness.OTHER
    if len(shorter.core) < _SHORTEST_CORE:
        return Likeness.OTHER
    if one.core in other.core and _may_say_more(one, other):
        return max(Likeness.LIKE, _by_stems(one, other))
    if min(len(one.stem), len(other.stem)) < _SHORTEST_CORE:
        return Likeness.LIKE if _leaves_out(other.core, one.core) else Likeness.OTHER
    return _by_stems(one, other)


def _may_say_more(one: Subject, other: Subject) -> bool:
    """Whether what holds the whole name and more may still speak of it.

    A headline may; a whole name with a few words more too, unless these name a sort of school.
    """
    if not other.quoted:
        return True
    return other.levels <= one.levels and len(other.core) - len(one.core) <= _FEW


def _leaves_out(text: str, longer: str) -> bool:
    """Whether ``text`` is ``longer`` with characters left out."""
    rest = iter(longer)
    return all(sign in rest for sign in text)


def _by_stems(one: Subject, other: Subject) -> Likeness:
    if one.stem == other.stem:
        return Likeness.SAME
    matcher = SequenceMatcher(None, one.stem, other.stem, autojunk=False)
    changes = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    lengths = len(one.stem), len(other.stem)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    sorts = {kind for kind, *_ in changes}
    share = min(lengths) / max(lengths)
    if sorts == {"delete"}:  # who speaks of a document leaves words of its name out
        if share >= _SAME_SHARE:
            return Likeness.SAME
        return Likeness.LIKE if share >= _LIKE_SHARE else Likeness.OTHER
    if sorts == {"insert"}:  # but adds none, unless it speaks of another one
        wanted = _LIKE_MORE_QUOTED if other.quoted else _LIKE_MORE
        return Likeness.LIKE if share >= wanted else Likeness.OTHER
    dice = 2 * shared / sum(lengths)
    if _is_slip(changes, min(lengths)):
        return Likeness.LIKE
    wanted = _LIKE_DICE_QUOTED if one.quoted and other.quoted else _LIKE_DICE
    return Likeness.LIKE if dice >= wanted else Likeness.OTHER


def _is_slip(changes: Sequence[tuple[str, int, int, int, int]], length: int) -> bool:
    """Whether all that differs is one character of a long name."""
    if len(changes) != 1 or length < _LONG:
        return False
    _, begin, end, other_begin, other_end = changes[0]
    return end - begin <= 1 and other_end - other_begin <= 1
