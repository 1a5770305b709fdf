"""关联: documents and what must follow each of them, with the missing, the late and the decoys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from benchmarks.fleet import almanac
from benchmarks.fleet.duties import PARTNER, TRIGGER
from benchmarks.fleet.world import Column, Entry, Pair, World

#: of 200 pairs in 60 units and 120 nights 50 lack their partner, 30 have it late; 40 decoys
_PER_UNIT = 200 / 60
_MISSING, _LATE = 50 / 200, 30 / 200
_DECOYS = 40 / 200
_SUBJECTS = (
    "课后服务管理",
    "校外培训监管",
    "学籍管理",
    "校园食品安全",
    "教师交流轮岗",
    "学生资助",
    "校车安全",
    "教材选用",
)
_KINDS = ("办法", "实施细则", "规定", "暂行办法")


def plant_pairs(world: World, rng: Random, serials: Iterator[int]) -> None:
    """Plant documents with their partners in the columns of the two linked duties."""
    trigger, partner = world.duties.index(TRIGGER), world.duties.index(PARTNER)
    taken: dict[int, set[str]] = defaultdict(set)  # what each unit's papers are about
    spans = max(1, round(len(world.nights) / 120 * _PER_UNIT * len(world.units)))
    for number in range(spans):
        unit = number % len(world.units)
        name = world.units[unit].name
        day = rng.randint(world.first + 3, max(world.first + 4, world.last - 20))
        year = date.fromordinal(day).year
        doc_no = f"望小〔{year}〕{number + 1}号"
        subject = _subject(rng, taken[unit])
        title = f"{name}关于印发《{subject}》的通知（{doc_no}）"
        first = _put(world.columns[unit, trigger], serials, title, day, doc_no)
        due = almanac.workdays_after(day, PARTNER.days)
        fate = rng.random()
        followed: int | None = day + rng.randint(0, max(0, due - day))
        if fate < _MISSING:
            followed = None
        elif fate < _MISSING + _LATE:
            followed = due + rng.randint(2, 15)
        second = None
        if followed is not None:
            named = rng.choice(
                (f"《{subject}》（{doc_no}）解读", f"一图读懂《{subject}》：政策解读")
            )
            second = _put(world.columns[unit, partner], serials, named, followed, "")
        if rng.random() < _DECOYS:
            other = _subject(rng, taken[unit])
            decoy = f"《{other}》（望小〔{year - 1}〕{number + 1}号）解读"
            _put(world.columns[unit, partner], serials, decoy, day + rng.randint(0, 5), "")
            world.decoys += 1
        world.pairs.append(
            Pair(
                unit=unit,
                trigger=first,
                partner=second,
                doc_no=doc_no,
                published=day,
                due=due,
                followed=followed,
            )
        )


def _subject(rng: Random, taken: set[str]) -> str:
    """What no other paper of the unit is about, as long as there are such subjects."""
    every = [f"{matter}{kind}" for matter in _SUBJECTS for kind in _KINDS]
    subject = rng.choice([one for one in every if one not in taken] or every)
    taken.add(subject)
    return subject


def _put(column: Column, serials: Iterator[int], title: str, day: int, doc_no: str) -> int:
    serial = next(serials)
    column.entries.append(
        Entry(serial=serial, title=title, claimed=day, appears=day, doc_no=doc_no)
    )
    return serial
