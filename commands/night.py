"""一晚: one night as one use-case: plan, crawl, record, judge."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import crawler.run
from commands.braking import Worsening
from commands.clock_watch import NightClock
from commands.files import held as lock_held
from commands.folder import Folder
from commands.judging import Judge, given_now, given_of_scan, obligations
from commands.noticing import Noticing
from commands.private import tell_officer
from commands.recall import recalled
from commands.scope import ALL, Choice, begin, begun, failing_in, note_failing
from commands.texts import Texts
from commands.void import before_night, cut_off
from crawler import canary
from crawler.plan import Want, plan
from crawler.robots import KEPT_FOR
from monitor.findings import Confirm, was_confirmed
from monitor.judgements import Case
from monitor.ledger.holds import hold
from monitor.ledger.record import Recorded, record
from monitor.ledger.update import Braked, update
from monitor.matching import look_for
from monitor.model import (
    Assessment,
    Moment,
    Obligation,
    Plan,
    Status,
    Where,
)
from monitor.obligations import running_items
from monitor.store import records
from monitor.wire import ScanFile, read_scan, scan_name
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
    is_clock_wrong: bool = False  # that is why
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
    found = records.findings(folder.store)
    confirmed = {(one.unit, one.requirement) for one in found if was_confirmed(one, folder.today)}
    for obligation in obligations(given_now(folder, choice)):
        # whether a gap is mended is told by words, and by those that stood there before
        is_claimed = (obligation.unit.code, obligation.requirement.id) in confirmed
        yield from _wants(obligation, folder, opened=is_claimed)


def run(
    folder: Folder, choice: Choice = ALL, *, scan: str = "", tell: Callable[[str], None] = print
) -> Night:
    """Crawl, record and judge one night. ``scan`` goes on with an interrupted one, by its plans.

    Each batch is recorded as soon as its crawl ends: whatever stops the night, what was seen by
    then stays. A night in which our own network is down, or our clock cannot be believed, is void:
    nothing is judged.
    """
    name = scan or folder.new_scan()
    clock = NightClock(folder, name)
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
        begun_files = [read_scan(file) for file in files]
        is_read = all(file.complete for file in begun_files)
        void = before_night(folder, name, is_read=is_read)
        if not scan:
            begin(folder.scans / name, batches, choice)
        log.info("scan begun", extra={"scan": name, "resumed": bool(scan), "targets": total})
        tell(f"计划核查 {total} 个栏目，分 {len(batches)} 批")
        _check_readers(folder, name, tell)
        end = time.monotonic() + folder.window_seconds
        done, is_clock_wrong = [], False
        for batch, begun_file in zip(batches, begun_files, strict=True):
            file = begun_file
            if not void and not is_read:
                file = _crawl(folder, name, batch, end)
                void = cut_off(folder, name)
            if not void and (void := clock.doubt(file)):
                is_clock_wrong = True
            done.append(_recorded(folder, name, batch, file, tell, void))
        counts, held = (Counter(), "") if void else _judge(folder, name, choice)
    return Night(
        scan=name,
        planned=total,
        not_reached=sum(one.not_reached for one in done),
        damaged=sum(one.damaged for one in done),
        counts=counts,
        void=void,
        is_clock_wrong=is_clock_wrong,
        held=held,
    )


def _check_readers(folder: Folder, name: str, tell: Callable[[str], None]) -> None:
    """Let each family read its known pages before anything that it reads tonight is believed."""
    note_failing(folder.scans / name, canary.failing())
    if failing := failing_in(folder.scans / name):
        log.error("known pages misread", extra={"scan": name, "platforms": sorted(failing)})
        tell(Alert.READERS_FAILED.tell(platforms="、".join(canary.labels(failing))))


def _crawl(folder: Folder, name: str, batch: Plan, end: float) -> ScanFile:
    """Read one batch into its scan file; the night's window is over at ``end``."""
    file = crawler.run.scan(
        batch,
        folder.scans / name,
        evidence=folder.evidence,
        seconds=min(folder.seconds_for(batch), max(0.0, end - time.monotonic())),
        failing=failing_in(folder.scans / name),
    )
    return read_scan(file)


def _recorded(
    folder: Folder,
    name: str,
    batch: Plan,
    file: ScanFile,
    tell: Callable[[str], None],
    void: str,
) -> Recorded:
    done = record(folder.store, file, at=folder.now, void=void, plan=batch)
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
    counts: Counter[Status] = Counter()
    given = given_of_scan(folder, name, choice, on=on or folder.moment, without=without)
    judge = Judge(folder.store, name, given, Texts(folder.evidence))
    noticing = Noticing(folder.store, judge.texts, given.moment)
    worsening = Worsening(folder, name, judge.with_answers) if is_braked else None
    try:
        update(
            folder.store,
            _each(judge.cases(), counts, noticing, worsening),
            scan=name,
            at=at or folder.now,
            confirm=Confirm(
                scans=folder.settings.confirm.scans, min_hours=folder.settings.confirm.min_hours
            ),
            clock=replace(folder.clock, on=given.moment.today),
            running=running_items(folder.catalog),
            brake=worsening.hold if worsening else lambda: None,
            given=given,
        )
    except Braked:
        noticing.keep_urgent()
        tell_officer(folder)
        raise
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


def _wants(obligation: Obligation, folder: Folder, *, opened: bool) -> Iterator[Want]:
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
            look_for=look_for(obligation.requirement, obligation.unit, opened=opened),
        )
