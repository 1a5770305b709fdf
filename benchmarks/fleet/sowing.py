"""播种的手: what planting does to one column of one unit, a few verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from benchmarks.fleet import almanac
from benchmarks.fleet.duties import Duty
from benchmarks.fleet.world import NEVER, Backdated, Case, Column, Entry, World

#: an honest entry comes online so many days after the day it bears
_LAGS, _LAG_WEIGHTS = (0, 1, 2, 3), (70, 20, 7, 3)
#: an entry is backdated, not slow, when it comes online so many days after the day it bears
BACKDATED_FROM = 8
_TOPICS = ("校园活动", "家校共育", "课程建设", "后勤保障", "师资培训", "阅读推广", "劳动教育")
_HOLLOW_TITLES = ("XX学校20××年{word}", "{word}（此处填写标题）", "{word}（待完善）")


@dataclass(kw_only=True)
class Sowing:
    """One column, as it is planted."""

    rng: Random
    world: World
    unit: int
    duty_number: int
    column: Column
    serials: Iterator[int]
    habit: str

    @property
    def duty(self) -> Duty:
        return self.world.duties[self.duty_number]

    @property
    def first(self) -> int:
        return self.world.first

    @property
    def last(self) -> int:
        return self.world.last

    def happens(self, share: dict[str, float]) -> bool:
        return self.rng.random() < share[self.habit]

    def publish(
        self,
        day: int,
        *,
        claimed: int | None = -1,
        edition: str = "",
        due: int = 0,
        sham: str = "",
        lacks: bool = False,
        is_dead: bool = False,
        is_statement: bool = False,
    ) -> Entry | None:
        """Put an entry up; without ``claimed`` it bears the day it comes online, or nearly so."""
        if day > self.last:
            return None
        if claimed == -1:
            claimed = day
            if self.duty.kind in {"column_max_age", "periodic"}:
                day += self.rng.choices(_LAGS, _LAG_WEIGHTS)[0]
        entry = Entry(
            serial=next(self.serials),
            title=self._title(claimed or day, edition, sham, is_statement=is_statement),
            claimed=claimed,
            appears=day,
            edition=edition,
            due=due,
            lacks=lacks or (sham in {"placeholder", "home"} and bool(self.duty.fields)),
            is_dead=is_dead,
            sham=sham,
            is_statement=is_statement,
            leads_home=sham == "home",
        )
        if sham == "moved":
            entry = self._moved(entry)
        self.column.entries.append(entry)
        if not sham and claimed is not None and day - claimed >= BACKDATED_FROM:
            self.world.backdated.append(
                Backdated(
                    unit=self.unit,
                    duty=self.duty_number,
                    serial=entry.serial,
                    published=day,
                    claimed=claimed,
                )
            )
        return entry

    def fill(self) -> None:
        """Two entries that answer nothing: the list is not empty when what is owed is gone."""
        for number in (1, 2):
            self.column.entries.append(
                Entry(
                    serial=next(self.serials),
                    title=f"{self.world.units[self.unit].name}栏目说明之{number}",
                    claimed=self.first - 300 * number,
                    appears=self.first - 300 * number,
                    is_filler=True,
                )
            )

    def change(self, entry: Entry | None, day: int, *, lacks: bool, is_dead: bool) -> None:
        """The entry's own page is another from a day on."""
        if entry is None or day > self.last:
            return
        self.column.entries.remove(entry)
        self.column.entries.append(replace(entry, vanishes=day))
        self.column.entries.append(replace(entry, appears=day, lacks=lacks, is_dead=is_dead))

    def withdraw(self, day: int, *, since: int) -> None:
        """Take down without a word what answers and came online since a day."""
        if day > self.last:
            return
        for entry in list(self.column.entries):
            if entry.is_filler or entry.vanishes <= day or not since <= entry.appears < day:
                continue
            self.column.entries.remove(entry)
            self.column.entries.append(replace(entry, vanishes=day))
            self.world.removals.append((self.unit, self.duty_number, entry.serial, day))

    def fault(self, day: int, kind: str) -> None:
        """The column says it is empty, is gone, or its link leads nowhere."""
        end = day + self.rng.randint(10, 60) if self.rng.random() < 0.75 else NEVER
        if self.column.planted_fault(day):
            return
        self.column.faults.append((day, end, kind))
        self.column.cases.append(Case(kind=kind, starts=day, fixed_on=end))

    def dress_up(self, day: int, *, edition: str, due: int) -> None:
        """Old entries get a new title, or a new day, at their old address."""
        if day > self.last:
            return
        old = [
            one
            for one in self.column.entries
            if not one.is_filler and not one.is_statement and one.appears < day < one.vanishes
        ]
        old.sort(key=lambda one: (one.appears, one.serial))
        by_title = self.duty.about.startswith(("previous", "current"))
        for entry in old[-self.duty.count :]:
            dressed = replace(
                entry,
                appears=day,
                claimed=entry.claimed if by_title else day,
                title=self._title(day, edition, "", is_statement=False) if edition else entry.title,
                edition=edition,
                due=due,
                sham="retitled" if edition else "redated",
            )
            self.column.entries.remove(entry)
            self.column.entries.append(replace(entry, vanishes=day))
            self.column.entries.append(dressed)
            if not edition:
                self.world.redated.append((self.unit, self.duty_number, entry.serial, day))

    def _title(self, day: int, edition: str, sham: str, *, is_statement: bool) -> str:
        duty, name = self.duty, self.world.units[self.unit].name
        if is_statement:
            return f"{name}关于{edition}未发生{duty.word}的情况说明"
        if edition:
            return f"{name}{edition}{duty.word}"
        if sham == "placeholder" and not duty.fields:
            return self.rng.choice(_HOLLOW_TITLES).format(word=duty.word or "工作简报")
        if duty.any_title:
            topic = self.rng.choice(_TOPICS)
            return f"{name}{topic}简报（{self.rng.randint(1000, 9999)}）"
        word = duty.near if duty.near and self.rng.random() < 0.15 else duty.word
        when = date.fromordinal(day)
        return f"{name}{when.year}年{when.month}月{when.day}日{word}（{self.rng.randint(10, 99)}）"

    def _moved(self, entry: Entry) -> Entry:
        """The entry with title and address of one that stands in the column before."""
        before = self.world.columns[self.unit, self.duty_number - 1]
        there = [
            one
            for one in before.entries
            if one.appears <= entry.appears < one.vanishes and not one.is_filler
        ]
        if not there:
            return replace(entry, sham="placeholder")
        taken = self.rng.choice(there)
        return replace(
            entry,
            title=taken.title,
            from_column=self.world.duties[self.duty_number - 1].column,
            serial=taken.serial,
        )


def steady_days(sowing: Sowing) -> list[int]:
    """The days on which a unit publishes at the pace its clock asks for, and a little before."""
    duty, rng = sowing.duty, sowing.rng
    if duty.kind == "periodic":
        days: list[int] = []
        start = almanac.last_closed(duty.every, sowing.first)[0]
        while start <= sowing.last:
            first, end = almanac.period_of(duty.every, start)
            late = sowing.habit != "punctual" and rng.random() < 0.06
            for _ in range(duty.count):
                days.append(end + rng.randint(1, 6) if late else rng.randint(first, end))
            start = end + 1
        return sorted(days)
    longest = almanac.age_after(sowing.first, duty.age) - sowing.first
    day = sowing.first - rng.randint(2, 3) * longest
    days = []
    while day <= sowing.last:
        days.append(day)
        day += rng.randint(max(1, longest * 3 // 10), longest * 8 // 10)
    return days
