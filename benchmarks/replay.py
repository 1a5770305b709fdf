"""Ninety nights of random troubles, judged again: the same bytes, and no gap without a page.

    python -m benchmarks.replay [--nights 90] [--units 112] [--seed 1] [--keep FOLDER]

Each night of each unit is one mix: every column comes to a random outcome (read whole, in part, to
no end, unchanged, of another unit, empty, gone, or one of the failures), entries come, go, change
their days and their contents, and some columns nobody comes to. Between the nights the office
changes its rules, calendar, units and events, answers what is unsure, confirms findings, approves
and ends waivers, releases or discards the nights that wait; readers fail. The files are written as
a crawl writes them; the program does the rest. Then every night is judged again from what is
stored. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from benchmarks.fleet.office import Night
from commands import judge, night, snapshot
from commands.folder import BEIJING
from commands.nights import judge_released
from commands.scope import ALL, begin, note_failing
from monitor.decisions import Decision
from monitor.ledger import decisions, verifications, waivers
from monitor.ledger import units as lists
from monitor.ledger.holds import rule
from monitor.model import (
    GAPS,
    Answer,
    Coverage,
    DateSource,
    Document,
    Event,
    Evidence,
    Move,
    Observation,
    Outcome,
    Plan,
    PublishDate,
    Reading,
    Remembered,
    Ruling,
    State,
    Status,
    Target,
    Unit,
    UnitType,
    Verification,
    Waiver,
)
from monitor.store import records
from monitor.wire import ScanWriter, scan_name

FIRST = date(2026, 3, 2)
COLUMNS = {"fees": "收费信息", "plan": "计划总结", "news": "通知公告", "canteen": "食堂管理"}
#: what a page may come to that says nothing of what it holds
UNREAD = tuple(
    outcome
    for outcome in Outcome
    if outcome not in {Outcome.OPENED, Outcome.SAYS_EMPTY, Outcome.NO_COLUMN, Outcome.GONE}
)
_WORDS = ("收费公示", "工作计划", "工作方案", "食堂公示", "活动通知", "每日菜谱")
_RULES = """\
columns:
{columns}
requirements:
  - {{id: R-1, name: 收费公示, applies_to: [primary], column: fees, match: {{any: [{fees}]}},
     limits: [{{kind: periodic, every: {every}, grounds: law}}], basis: [{{title: 示例办法}}]}}
  - {{id: R-2, name: 工作计划, applies_to: [primary], column: plan,
     match: {{any: [计划], near: [方案]}}, limits: [{{kind: standing, grounds: law}}],
     basis: [{{title: 示例办法}}]}}
  - {{id: R-3, name: 栏目更新, applies_to: [primary], column: news,
     limits: [{{kind: column_max_age, max_age: 1m, grounds: law}}],
     basis: [{{title: 示例办法}}]}}
  - {{id: R-4, name: 食堂公示, applies_to: [primary], column: canteen, match: {{any: [食堂]}},
     limits: [{{kind: after_event, event: 预算批复, days: {days}, day_kind: working,
     grounds: law}}], basis: [{{title: 示例办法}}]}}
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was made up for a column in a night, as far as it says whether it was read."""

    outcome: Outcome
    read: bool  # to a conclusion, as the unit's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came of judging a night again."""

    scan: str
    is_same: bool
    statuses: list[str]
    unsupported: list[str]


@dataclass(slots=True)
class County:
    """An office with its memory, and the truth of what its nights came to."""

    place: Path
    seed: int
    size: int
    chance: random.Random = field(init=False)
    shared: dict[str, object] = field(default_factory=dict)
    seen: dict[tuple[str, str, str], Looked] = field(default_factory=dict)  # scan, unit, column
    entries: dict[tuple[str, str], list[Document]] = field(default_factory=dict)
    frozen: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        (self.place / "settings.yaml").write_text(
            json.dumps({"rules": ["catalog.yaml"], "office": {"officer": "王科员"}}), "utf-8"
        )
        self._write_rules()
        folder = self.folder(FIRST)
        self.shared["store"] = folder.store
        lists.replace(folder.store, self._units(), at=folder.now)

    def folder(self, day: date, *, hour: int = 23) -> Night:
        """The folder as it is on a day."""
        folder = Night(self.place, day, self.shared)
        folder.later = timedelta(hours=hour - 23)
        return folder

    def run(self, nights: int) -> None:
        for number in range(nights):
            day = FIRST + timedelta(days=number)
            if number:
                self._office_hours(day)
            self.one_night(day)
            if number == nights // 2:
                self._freeze(day)

    # --- a night --------------------------------------------------------------------------

    def one_night(self, day: date) -> None:
        folder = self.folder(day)
        name = folder.new_scan()
        batches = night.planned(folder, scan=name)
        begin(folder.scans / name, batches, ALL)
        if self.chance.random() < 0.1:
            note_failing(folder.scans / name, ["generic"])
        for batch in batches:
            self._write_scan(folder, name, batch)
        night.run(folder, scan=name, tell=lambda _: None)

    def _write_scan(self, folder: Night, name: str, batch: Plan) -> None:
        file = folder.scans / name / scan_name(batch.night, batch.batch)
        with ScanWriter(file) as writer:
            writer.plan(replace(batch, reader="0/1"))
            for target in batch.targets:
                look = self._look(folder, target)
                key = (name, target.unit, target.column.id)
                if look is None:
                    self.seen[key] = Looked(Outcome.NOT_REACHED, read=False)
                    continue
                read = look.outcome not in UNREAD and look.identity_seen
                self.seen[key] = Looked(look.outcome, read=read)
                writer.observation(look)
            writer.totals({})

    def _look(self, folder: Night, target: Target) -> Observation | None:
        chance, day = self.chance, folder.today
        roll = chance.random()
        if roll < 0.05:
            return None
        page = hashlib.sha256(f"{target.unit}{target.column.id}{day}".encode()).hexdigest()
        at = datetime.combine(day, clock_time(20), BEIJING).astimezone(UTC)
        address = f"http://{target.unit.lower()}.example/{target.column.id}/"
        look = Observation(
            unit=target.unit,
            column=target.column.id,
            outcome=Outcome.OPENED,
            address=address,
            identity_seen=chance.random() > 0.04,
            platform="generic",
            http_status=200,
            evidence=(
                Evidence(
                    url=address, fetched_at=at, http_status=200, sha256=page, path=f"x/{page}.gz"
                ),
            ),
            seen_at=at,
        )
        if roll < 0.35:
            return replace(look, outcome=chance.choice(UNREAD), identity_seen=False)
        if roll < 0.41:
            outcome = chance.choice((Outcome.SAYS_EMPTY, Outcome.NO_COLUMN, Outcome.GONE))
            return replace(look, outcome=outcome, phrase="暂无内容")
        known = target.remembered
        if roll < 0.6 and known.list_digest:
            return replace(look, unchanged=True, remember=known, evidence=())
        documents = self._listed(target, day)
        digest = hashlib.sha256(repr([(one.url, one.title) for one in documents]).encode())
        coverage = Coverage(pages=1, entries=len(documents), to_end=True)
        if roll > 0.9:
            coverage = replace(
                coverage,
                to_end=False,
                since=day - timedelta(days=chance.choice((5, 60, 500))),
                stopped_by="已读到本晚的页数上限",
            )
        return replace(
            look,
            documents=documents,
            coverage=coverage,
            remember=Remembered(
                address=address,
                list_digest=f"x:{digest.hexdigest()[:16]}",
                to_end=coverage.to_end,
                since=coverage.since,
                identity_seen=True,
            ),
        )

    def _listed(self, target: Target, day: date) -> tuple[Document, ...]:
        """What the list holds tonight: entries come and go, and change in place."""
        chance = self.chance
        key = (target.unit, target.column.id)
        here = self.entries.setdefault(key, [])
        # every other unit brings nothing new for weeks, and then what looks new
        is_quiet = int(key[0][-1], 36) % 2 and day > FIRST
        for _ in range(chance.choice((0, 0, 1, 2)) * (not is_quiet)):
            here.insert(0, self._entry(key, day))
        elsewhere = [one for place in COLUMNS for one in self.entries.get((key[0], place), ())]
        if elsewhere and chance.random() < 0.1:  # put here, too: it only seems to mend a gap
            here.insert(0, chance.choice(elsewhere))
        if here and chance.random() < 0.15:
            here.pop(chance.randrange(len(here)))
        for place, one in enumerate(here):
            roll = chance.random()
            if roll < 0.06:  # opened, or opened again: other words inside
                words = hashlib.sha256(f"{one.url}{day}".encode()).hexdigest()
                reading = chance.choice((Reading.WHOLE, Reading.BROKEN, Reading.LISTED))
                here[place] = replace(
                    one, reading=reading, digest=words, publisher=f"第{day.day}科"
                )
            elif roll < 0.09:  # another day for the same words
                moved = day - timedelta(days=chance.randrange(40))
                here[place] = replace(one, published=_dated(moved))
            elif one.title.startswith("每日"):  # its day is that of the night
                here[place] = replace(one, published=_dated(day))
        return tuple(here)

    def _entry(self, key: tuple[str, str], day: date) -> Document:
        chance = self.chance
        word = chance.choice(
            ("收费公示", "工作计划", "工作方案", "食堂公示", "活动通知", "每日菜谱")
        )
        number = chance.randrange(10**9)
        age = chance.choice((0, 1, 3, 20, 90, 400))
        return Document(
            url=f"http://{key[0].lower()}.example/{key[1]}/{number}.html",
            title=f"{word}（{number % 97}）" if not word.startswith("每日") else word + str(number),
            published=_dated(day - timedelta(days=age)) if chance.random() > 0.1 else None,
        )

    # --- the office, by day ---------------------------------------------------------------

    def _office_hours(self, day: date) -> None:
        """What people do before a night; most days nothing."""
        chance, folder = self.chance, self.folder(day, hour=10)
        if chance.random() < 0.1:
            self._write_rules()
        if chance.random() < 0.1:
            off = day - timedelta(days=chance.randrange(20))
            (self.place / "calendar.yaml").write_text(
                f"notices: [{{title: 通知, days: {{{off}: off}}}}]\n", "utf-8"
            )
        if chance.random() < 0.1:
            lists.replace(folder.store, self._units(), at=folder.now)
        if chance.random() < 0.15:
            event = Event(unit="", event="预算批复", day=day - timedelta(days=chance.randrange(60)))
            lists.replace_events(folder.store, [event], at=folder.now)
        for held in records.held_nights(folder.store):
            if held.ruling is None and chance.random() < 0.7:
                ruling = chance.choice((Ruling.RELEASED, Ruling.RELEASED, Ruling.DISCARDED))
                rule(folder.store, held.number, ruling, by="李科长", at=folder.now, note="看过")
                if ruling is Ruling.RELEASED:
                    judge_released(folder, held)
        if chance.random() < 0.3:
            self._answer(folder)
        if chance.random() < 0.5:
            self._confirm(folder)
        if chance.random() < 0.1:
            self._waive(folder)

    def _confirm(self, folder: Night) -> None:
        said = [
            Decision(finding=one.number, move=Move.CONFIRM, by="李科长")
            for one in records.findings(folder.store)
            if one.state is State.TO_REVIEW and self.chance.random() < 0.7
        ]
        decisions.take(folder.store, said, at=folder.now, clock=folder.clock)

    def _answer(self, folder: Night) -> None:
        unsure = [one for one in records.assessments(folder.store) if one.status is Status.UNSURE]
        said = [
            Verification(
                unit=one.unit,
                requirement=one.requirement,
                period=one.period,
                answer=self.chance.choice((Answer.OFFLINE, Answer.NOT_PUBLISHED)),
                by="李科长",
                at=folder.now,
                note="公示栏",
            )
            for one in self.chance.sample(unsure, min(3, len(unsure)))
            if one.requirement in folder.catalog.requirements
        ]
        verifications.verify(folder.store, said, folder.catalog)

    def _waive(self, folder: Night) -> None:
        asked = [one for one in records.waiver_requests(folder.store) if one.ended_at is None]
        if asked and self.chance.random() < 0.5:
            waivers.expire(folder.store, asked[0].number, by="李科长", at=folder.now)
            return
        unit = self.chance.choice(folder.units)
        requirement = folder.catalog.requirements["R-4"]
        waiver = Waiver(
            unit=unit.code,
            requirement=requirement.id,
            ground="C3",
            reason="没有食堂",
            proposed_by="赵校长",
            approved_by="",
        )
        if any(one.waiver.unit == unit.code for one in asked):
            return
        made = waivers.add(folder.store, waiver, unit, requirement, by="王科员", at=folder.now)
        waivers.approve(folder.store, made.number, approver="李科长", by="李科长", at=folder.now)

    def _units(self) -> list[Unit]:
        """The list of units; now and then one of them is closed, or renamed."""
        roll = self.chance.randrange(self.size * 3)
        return [
            Unit(
                code=f"U{number:03}",
                name=f"第{number}小学" + ("（新）" if roll == number else ""),
                types=frozenset({UnitType.PRIMARY}),
                home=f"http://u{number:03}.example/",
                active=roll != self.size + number,
            )
            for number in range(self.size)
        ]

    def _write_rules(self) -> None:
        chance = self.chance
        columns = "\n".join(f"  - {{id: {key}, name: {name}}}" for key, name in COLUMNS.items())
        text = _RULES.format(
            columns=columns,
            fees=chance.choice(("收费", "收费, 缴费", "公示")),
            every=chance.choice(("month", "term", "quarter")),
            days=chance.choice((10, 20)),
        )
        (self.place / "catalog.yaml").write_text(text, "utf-8")

    def _freeze(self, day: date) -> None:
        folder = self.folder(day)
        snapshot.freeze(folder, "half", FIRST, day, by="王科员")
        self.frozen["half"] = snapshot.thawed(folder, "half")

    def closed_snapshot_changed(self, day: date) -> bool:
        """Whether the frozen period reads otherwise under the rules of today."""
        self._write_rules()
        (self.place / "calendar.yaml").write_text(
            f"notices: [{{title: 新通知, days: {{{FIRST}: off}}}}]\n", "utf-8"
        )
        now = snapshot.thawed(self.folder(day), "half")
        before = self.frozen["half"]
        assert isinstance(before, type(now))
        plain = [one.calendar.plain() for one in (before, now)]
        same = replace(now, calendar=before.calendar) == before
        return not same or plain[0] != plain[1]

    # --- what must hold -------------------------------------------------------------------

    def replays(self, folder: Night) -> Iterator[Replay]:
        """Each night that counts, judged again."""
        columns = {key: one.columns for key, one in folder.catalog.requirements.items()}
        for scan in records.scans(folder.store):
            for again in judge.nights_of(folder, scan) if not scan.void else ():
                done = judge.judged_again(folder, scan, again)
                verdicts = [json.loads(line) for line in done.lines]
                yield Replay(
                    scan=scan.id,
                    is_same=judge.came_to_the_same(again, done),
                    statuses=[one["status"] for one in verdicts],
                    unsupported=list(self._unsupported(scan.id, verdicts, columns)),
                )

    def _unsupported(
        self, scan: str, verdicts: list[dict[str, str]], columns: Mapping[str, tuple[str, ...]]
    ) -> Iterator[str]:
        """The gaps of a scan that are no person's answer, and of which a column was not read."""
        for one in verdicts:
            if Status[one["status"]] not in GAPS or one["because"] == "VERIFIED_ABSENT":
                continue
            for column in columns[one["requirement"]]:
                look = self.seen.get((scan, one["unit"], column))
                if look is None or not look.read:
                    outcome = look.outcome.name if look else "none"
                    yield f"{scan} {one['unit']} {one['requirement']}: {outcome}"


def _dated(day: date) -> PublishDate:
    return PublishDate(day=day, source=DateSource.LIST, text=day.isoformat())


def measure(place: Path, *, nights: int, units: int, seed: int) -> Mapping[str, object]:
    """Run the nights, then hold them to what must be so."""
    county = County(place, seed, units)
    begun = time.monotonic()
    county.run(nights)
    ran = time.monotonic() - begun
    last = FIRST + timedelta(days=nights)
    with contextlib.closing(county.folder(last)) as folder:
        begun = time.monotonic()
        replayed = list(county.replays(folder))
        took = time.monotonic() - begun
        statuses = Counter(status for one in replayed for status in one.statuses)
        return {
            "nights": nights,
            "mixes": nights * units,
            "ran_s": round(ran, 1),
            "replayed": len({one.scan for one in replayed}),
            "differing": [one.scan for one in replayed if not one.is_same],
            "replay_s": round(took, 1),
            "held": len(records.held_nights(folder.store)),
            "verdicts": dict(statuses.most_common()),
            "unsupported_gaps": [gap for one in replayed for gap in one.unsupported][:20],
            "closed_snapshot_changed": county.closed_snapshot_changed(last),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nights", type=int, default=90)
    parser.add_argument("--units", type=int, default=112)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the office in this folder")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mingcha-replay-") as place:
        found = measure(
            said.keep or Path(place), nights=said.nights, units=said.units, seed=said.seed
        )
    print(json.dumps(found, ensure_ascii=False))
    is_good = not (
        found["differing"] or found["unsupported_gaps"] or found["closed_snapshot_changed"]
    )
    raise SystemExit(0 if is_good else 1)


if __name__ == "__main__":
    main()
