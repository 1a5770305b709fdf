"""一晚: one night as one use-case: plan, crawl, record, judge."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import crawler.run
from commands.braking import Worsening
from commands.claims import Claims
from commands.files import held as lock_held
from commands.folder import Folder
from commands.noticing import Noticing
from commands.private import tell_officer
from commands.recall import recalled
from commands.scope import ALL, Choice, begin, begun, failing_in, note_failing
from commands.texts import Texts
from commands.void import before_night, cut_off
from crawler import canary
from crawler.plan import Want, plan
from crawler.robots import KEPT_FOR
from monitor.assess import assess
from monitor.doubts import is_misread
from monitor.findings import Confirm
from monitor.judgements import Case, doubted
from monitor.ledger.holds import hold
from monitor.ledger.record import Recorded, record
from monitor.ledger.update import Braked, update
from monitor.linked import pairs_of
from monitor.matching import look_for
from monitor.model import (
    Assessment,
    Catalog,
    Event,
    Moment,
    Obligation,
    Observation,
    Pair,
    Plan,
    Removal,
    Status,
    Unit,
    Where,
)
from monitor.obligations import (
    members_of,
    owed,
    publication_days,
    running_items,
    started_by,
    triggers,
)
from monitor.removals import still_gone, watched_columns
from monitor.store import records
from monitor.store.removed import removals
from monitor.verified import listed_now, settled
from monitor.wire import read_scan, scan_name
from monitor.wording import Alert, MonitorError

log = logging.getLogger("mingcha.night")

#: how old an entry may be whose removal still says something: the longest period a clock looks at
_REMOVED_SINCE = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """一晚的结果."""

    scan: str
    planned: int = 0
    not_reached: int = 0
    damaged: int = 0
    counts: Counter[Status] = field(default_factory=Counter)
    void: str = ""  # why nothing of it counts
    held: str = ""  # why verdicts wait for an officer


def planned(folder: Folder, choice: Choice = ALL, *, scan: str = "") -> tuple[Plan, ...]:
    """Return the batches that would be crawled now; touches no site and writes nothing."""
    memory = recalled(folder)
    return plan(
        wanted(folder, choice),
        units=folder.units,
        catalog=folder.catalog,
        remembered=memory.columns,
        again=memory.again,
        network=folder.settings.to_network(),
        scan=scan or folder.new_scan(),
        night=folder.today,
        clock_offset=folder.clock_offset,
        left_over=records.left_over(folder.store),
        robots=records.robots_files(folder.store, since=folder.now - KEPT_FOR),
    )


def wanted(folder: Folder, choice: Choice = ALL) -> Iterator[Want]:
    """What the obligations of today ask to be looked at, one want for each and column."""
    for obligation in _obligations(folder, choice, folder.catalog, folder.moment):
        yield from _wants(obligation, folder)


def run(
    folder: Folder, choice: Choice = ALL, *, scan: str = "", tell: Callable[[str], None] = print
) -> Night:
    """Crawl, record and judge one night. ``scan`` goes on with an interrupted one, by its plans.

    Each batch is recorded as soon as its crawl ends: whatever stops the night, what was seen by
    then stays. A night in which our own network is down is void: nothing is judged.
    """
    name = scan or folder.new_scan()
    if scan:
        batches, choice = begun(folder.scans / name)
    else:
        batches = planned(folder, choice, scan=name)
    total = sum(len(batch.targets) for batch in batches)
    if not batches:
        effect, remedy = (
            "没有巡查，也没有记录。",
            "请核对单位清单和所选范围；没有网站的单位需人工核查。",
        )
        raise MonitorError("E2409", "没有需要打开的栏目", effect, remedy)
    with lock_held(folder.lock) as is_ours:
        if not is_ours:
            effect, remedy = "没有再开始一次。", "请等它做完；进展见 mingcha status。"
            raise MonitorError("E2412", "另一次巡查正在进行", effect, remedy)
        files = [folder.scans / name / scan_name(one.night, one.batch) for one in batches]
        is_read = all(read_scan(file).complete for file in files)
        void = before_night(folder, name, is_read=is_read)
        if not scan:
            begin(folder.scans / name, batches, choice)
        log.info("scan begun", extra={"scan": name, "resumed": bool(scan), "targets": total})
        tell(f"计划核查 {total} 个栏目，分 {len(batches)} 批")
        _check_readers(folder, name, tell)
        end = time.monotonic() + folder.window_seconds
        done = []
        for batch, file in zip(batches, files, strict=True):
            if not void and not is_read:
                _crawl(folder, name, batch, end)
                void = cut_off(folder, name)
            done.append(_recorded(folder, name, file, tell, void))
        counts, held = (Counter(), "") if void else _judge(folder, name, choice)
    return Night(
        scan=name,
        planned=total,
        not_reached=sum(one.not_reached for one in done),
        damaged=sum(one.damaged for one in done),
        counts=counts,
        void=void,
        held=held,
    )


def _check_readers(folder: Folder, name: str, tell: Callable[[str], None]) -> None:
    """Let each family read its known pages before anything that it reads tonight is believed."""
    note_failing(folder.scans / name, canary.failing())
    if failing := failing_in(folder.scans / name):
        log.error("known pages misread", extra={"scan": name, "platforms": sorted(failing)})
        tell(Alert.READERS_FAILED.tell(platforms="、".join(canary.labels(failing))))


def _crawl(folder: Folder, name: str, batch: Plan, end: float) -> None:
    """Read one batch into its scan file; the night's window is over at ``end``."""
    crawler.run.scan(
        batch,
        folder.scans / name,
        evidence=folder.evidence,
        seconds=min(folder.seconds_for(batch), max(0.0, end - time.monotonic())),
        failing=failing_in(folder.scans / name),
    )


def _recorded(
    folder: Folder, name: str, file: Path, tell: Callable[[str], None], void: str
) -> Recorded:
    done = record(folder.store, file, at=folder.now, void=void)
    log.info("batch recorded", extra={"scan": name, **dataclasses.asdict(done)})
    tell(f"第 {done.batch} 批：核查 {done.planned} 个栏目，未轮到 {done.not_reached} 个")
    return done


def _judge(folder: Folder, name: str, choice: Choice) -> tuple[Counter[Status], str]:
    """Judge the night, hold back what is not believed; the verdicts, and why some wait."""
    try:
        return judge_scan(folder, name, choice, is_braked=True), ""
    except Braked as braked:
        held = braked.hold
    hold(folder.store, name, held, at=folder.now)
    log.warning("night held", extra={"scan": name, "units": sorted(held.units)})
    if not held.units:
        return Counter(), held.reason
    return judge_scan(folder, name, choice, without=held.units), held.reason


def judge_scan(
    folder: Folder,
    name: str,
    choice: Choice = ALL,
    *,
    on: Moment | None = None,
    at: datetime | None = None,
    is_braked: bool = False,
    without: frozenset[str] = frozenset(),
) -> Counter[Status]:
    """Judge a scan and keep it: verdicts, what they move, and what is remarked beside them.

    ``on`` and ``at``: the day and the instant it is judged for, now where they are not told.
    ``is_braked``: raise ``Braked``, and keep nothing, when it is not believed. ``without``: units
    that are left as they stand.
    """
    moment = on or folder.moment
    counts: Counter[Status] = Counter()
    judge = _Judge(folder, name, folder.catalog, moment)
    noticing = Noticing(folder.store, judge.texts, moment)
    worsening = Worsening(folder, name, judge.with_answers) if is_braked else None
    units = cases(folder, name, choice, judge=judge)
    update(
        folder.store,
        _each(
            (case for case in units if case.unit.code not in without), counts, noticing, worsening
        ),
        scan=name,
        at=at or folder.now,
        confirm=Confirm(
            scans=folder.settings.confirm.scans, min_hours=folder.settings.confirm.min_hours
        ),
        clock=replace(folder.clock, on=moment.today),
        running=running_items(folder.catalog),
        brake=worsening.hold if worsening else lambda: None,
    )
    noted = noticing.keep()
    tell_officer(folder)
    told = {status.name: count for status, count in counts.items()}
    log.info("scan judged", extra={"scan": name, "statuses": told, "new_remarks": noted.new})
    return counts


def _each(
    judged_units: Iterable[Case],
    counts: Counter[Status],
    noticing: Noticing,
    worsening: Worsening | None,
) -> Iterator[Assessment]:
    """Pass the assessments on, letting all else be noticed on the way."""
    for case in judged_units:
        noticing.see(case)
        if worsening:
            worsening.see(case)
        for _, one in case.judged:
            counts[one.status] += 1
            yield one


def judged(
    folder: Folder, scan: str, choice: Choice = ALL, *, catalog: Catalog | None = None
) -> Iterator[Assessment]:
    """Judge every obligation from what ``scan`` saw; ``catalog``: under other rules."""
    judge = _Judge(folder, scan, catalog or folder.catalog, folder.moment)
    for case in cases(folder, scan, choice, judge=judge):
        yield from (one for _, one in case.judged)


def cases(folder: Folder, scan: str, choice: Choice, *, judge: _Judge) -> Iterator[Case]:
    """Judge what ``scan`` saw, unit by unit in the order of codes; nothing is stored."""
    rules, on = judge.rules, judge.on
    looks = records.looks(folder.store, scan)
    superiors = {unit.parent for unit in folder.units if unit.parent}
    above = dict(records.looks(folder.store, scan, units=superiors))
    seen_unit, seen = next(looks, ("", {}))
    # both streams run in the order of unit codes, so one walk meets every look
    for code, obligations in groupby(
        _obligations(folder, choice, rules, on), key=lambda one: one.unit.code
    ):
        while seen_unit and seen_unit < code:
            seen_unit, seen = next(looks, ("", {}))
        here = seen if seen_unit == code else {}
        owed_here = tuple(obligations)
        unit = owed_here[0].unit
        judged_here = tuple(judge.of_unit(owed_here, here))
        case = Case(
            unit=unit,
            judged=judged_here,
            looks=here,
            columns=rules.columns,
            superior=above.get(unit.parent, {}),
            texts=judge.texts,
            members=judge.members_of(unit),
            published=judge.published(here),
            findings=judge.claims.findings_of(unit.code, judged_here),
            earlier=judge.claims.before(unit.code, judged_here),
            removed=judge.claims.gone_of(unit.code, here),
        )
        yield judge.answered(doubted(case, on))


class _Judge:
    """What judging needs of the memory beside the looks, read once a night."""

    def __init__(self, folder: Folder, scan: str, rules: Catalog, on: Moment) -> None:
        self.rules = rules
        self.on = on
        self.texts = Texts(folder.evidence)
        self._members = members_of(folder.units)
        self._linked = {link.partner for link in rules.links if link.within is not None}
        self._publications = triggers(rules)
        self._removed = _removals(folder, scan, rules, on)
        self._verified = records.last_verified(folder.store)
        self._failing = failing_in(folder.scans / scan)
        self._answers = records.verifications(folder.store)
        self._remembered = records.remembered(folder.store) if self._answers else {}
        self.claims = Claims(folder.store, scan, on.today, running_items(rules))

    def members_of(self, unit: Unit) -> tuple[Unit, ...]:
        """The units under one, whom its lists must cover."""
        return self._members.get(unit.code, ())

    def published(self, looks: Mapping[str, Observation]) -> Mapping[str, tuple[date, ...]]:
        """The days that clocks start from which were read on a unit's own pages."""
        return publication_days(self.rules, self._publications, looks)

    def with_answers(
        self, obligations: Sequence[Obligation], looks: Mapping[str, Observation]
    ) -> Iterator[tuple[Obligation, Assessment]]:
        """Judge what one unit owes, with the answers of people and without any doubt."""
        for obligation, one in self.of_unit(obligations, looks):
            yield obligation, self._settled(obligation, one)

    def answered(self, case: Case) -> Case:
        """The case with the answers of people where it is left to them."""
        judged = tuple((owed, self._settled(owed, one)) for owed, one in case.judged)
        return replace(case, judged=judged)

    def _settled(self, obligation: Obligation, one: Assessment) -> Assessment:
        said = self._answers.get(one.key)
        if said is None or one.status is not Status.UNSURE:
            return one
        requirement = obligation.requirement
        listed = listed_now(one.unit, requirement.columns, self._remembered)
        return settled(one, said, requirement, listed=listed, on=self.on.today)

    def of_unit(
        self, obligations: Sequence[Obligation], looks: Mapping[str, Observation]
    ) -> Iterator[tuple[Obligation, Assessment]]:
        """Judge what one unit owes from its looks by column."""
        code = obligations[0].unit.code
        misread = is_misread(looks.values(), self._failing)
        days = self.published(looks)
        gone = still_gone(self._removed.get(code, ()), looks)
        for obligation in obligations:
            columns = obligation.requirement.columns
            one = assess(
                started_by(obligation, days),
                [looks[column] for column in columns if column in looks],
                self.on,
                removed=gone,
                last_verified_on=max(
                    (day for column in columns if (day := self._verified.get((code, column)))),
                    default=None,
                ),
                catalog_digest=self.rules.digest,
                misread=misread,
                pairs=self._pairs(obligation, looks),
                texts=self.texts,
                members=self.members_of(obligation.unit),
            )
            yield obligation, one

    def _pairs(
        self, obligation: Obligation, looks: Mapping[str, Observation]
    ) -> tuple[Pair, ...] | None:
        """The pairs of the duties linked to this one; few items have any."""
        requirement = obligation.requirement
        if requirement.id not in self._linked:
            return None
        return pairs_of(requirement, self.rules, looks, obligation.unit, self.on)


def _removals(
    folder: Folder, scan: str, rules: Catalog, on: Moment
) -> Mapping[str, tuple[Removal, ...]]:
    """What columns do not list any more, where some clock asks for it."""
    columns = watched_columns(rules.requirements.values())
    if not columns:
        return {}
    since = on.today - _REMOVED_SINCE
    return removals(folder.store, scan, columns=columns, since=since)


def _obligations(
    folder: Folder, choice: Choice, catalog: Catalog, on: Moment
) -> Iterator[Obligation]:
    units: Iterable[Unit] = sorted(
        (unit for unit in folder.units if choice.takes(unit)), key=lambda unit: unit.code
    )
    events: tuple[Event, ...] = records.events(folder.store)
    for obligation in owed(catalog, units, events, on, waivers=folder.waivers):
        if not choice.requirements or obligation.requirement.id in choice.requirements:
            yield obligation


def _wants(obligation: Obligation, folder: Folder) -> Iterator[Want]:
    """What must be looked at to judge an obligation; nothing for one that is decided already."""
    if obligation.waiver or obligation.unknown_trait:
        return
    if obligation.unit.code in obligation.requirement.switched_off:
        return
    since = min(limit.since(folder.moment) for limit in obligation.requirement.limits)
    on_platform = obligation.requirement.where is Where.PLATFORM
    for column in obligation.columns:
        if on_platform and column.id not in obligation.unit.entrances:
            continue  # it stands on a platform: the unit's own menus do not lead there
        yield Want(
            unit=obligation.unit.code,
            column=column.id,
            since=since,
            look_for=look_for(obligation.requirement, obligation.unit),
        )
