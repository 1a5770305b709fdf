"""佐证单: what proves that something was not there, night by night, as text to print. No verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from commands.explain import counted, read_of
from commands.folder import BEIJING, Folder
from commands.judge import versions
from commands.judging import given_of_scan
from monitor.matching import answering
from monitor.model import (
    GAPS,
    JUDGED,
    Assessment,
    Finding,
    Given,
    Match,
    Observation,
    Requirement,
    Ruling,
    Scan,
)
from monitor.store import judgings, queries, records
from monitor.verified import is_answered
from reports.sentences import cited, limit_text

_WORDS = (("标题含任一", "any"), ("标题须全含", "all"), ("标题不得含", "none"), ("近似词", "near"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """一晚所见: how the obligation stood at a scan that came to the unit, and what it saw."""

    scan: Scan
    calendar: str
    judged: Assessment
    looks: Mapping[str, Observation]
    counts: bool  # it says that something is not as it should be, and was believed


def proof_of(folder: Folder, finding: Finding) -> Iterator[str]:
    """Yield the lines of the paper: the rule as it was in force, the count, every night."""
    key = (finding.unit, finding.requirement, finding.period)
    verdicts = queries.verdicts_by_scan(folder.store, *key)
    columns = _item(folder, finding, verdicts).columns
    sights = tuple(_sights(folder, finding, verdicts, columns))
    last = next((one for one in reversed(sights) if one.counts), None)
    given = _given(folder, last)
    unit = next(one for one in (*given.units, *folder.units) if one.code == finding.unit)
    then = given.catalog.requirements.get(finding.requirement)
    requirement = then or _item(folder, finding, verdicts)
    period = f"　{finding.period}" if finding.period else ""
    yield f"佐证单　{finding.number}　{unit.name}　{requirement.name}{period}"
    if last is not None:
        day = last.judged.assessed_on
        yield f"结论　{last.judged.status.value}：{last.judged.sentence}（{day}）"
    yield ""
    yield "一、规则"
    yield from _rule(requirement, given)
    yield ""
    yield "二、时限的算法"
    looks = last.looks if last else {}
    listed = [one for look in _of_item(looks, requirement) for one in look.documents]
    for line in counted(given, unit, requirement, looks, listed):
        yield f"　{line}"
    yield ""
    counting = sum(one.counts for one in sights)
    yield f"三、逐晚所见：共 {len(sights)} 晚，其中 {counting} 晚见到问题，计入；其余不计"
    for sight in sights:
        yield from _night(sight, requirement, given)
    yield ""
    yield f"佐证单于 {folder.now:%Y-%m-%d %H:%M} 由留存的记录写成，没有重新访问网站。"
    yield "留存页面和处理记录是否与写入时一致，见 mingcha verify-log；"
    yield "任一晚的结论可用 mingcha judge --as-of 日期 重新判断。"


def _item(folder: Folder, finding: Finding, scans: Iterable[str]) -> Requirement:
    """The item of today's catalog; of the last one that had it, if it was taken out since."""
    if known := folder.catalog.requirements.get(finding.requirement):
        return known
    for scan in reversed(tuple(scans)):
        for one in judgings.judgings_of(folder.store, scan):
            if not one.missing:
                items = judgings.given_then(folder.store, one).catalog.requirements
                if known := items.get(finding.requirement):
                    return known
    return folder.requirement(finding.requirement)  # which says that there is none


def _sights(
    folder: Folder,
    finding: Finding,
    verdicts: Mapping[str, Assessment],
    columns: Sequence[str],
) -> Iterator[Sight]:
    """The nights since the finding was first seen that came to its unit."""
    waiting = {
        one.scan: one.units
        for one in records.held_nights(folder.store)
        if one.ruling is not Ruling.RELEASED
    }
    for scan in reversed(records.scans(folder.store)):
        judged = verdicts.get(scan.id)
        if judged is None or scan.night < finding.first_seen_on:
            continue
        looks = dict(records.looks(folder.store, scan.id, units=[finding.unit]))
        if seen := looks.get(finding.unit):
            held = waiting.get(scan.id)
            is_held = held is not None and (not held or finding.unit in held)
            # a verdict spans the nights between two that say the same; not all of them saw it
            was_read = all(column in seen and seen[column].outcome in JUDGED for column in columns)
            is_seen = was_read or is_answered(judged)
            noted = judgings.judgings_of(folder.store, scan.id)
            calendar = noted[-1].calendar if noted else ""
            yield Sight(
                scan=scan,
                calendar=calendar,
                judged=judged,
                looks=seen,
                counts=judged.status in GAPS and is_seen and not is_held,
            )


def _given(folder: Folder, sight: Sight | None) -> Given:
    """By what the last night that counts was judged; by what is known now, if it was not noted."""
    if sight is None:
        scan = folder.last_judged()
        return given_of_scan(folder, scan)
    noted = judgings.judgings_of(folder.store, sight.scan.id)
    whole = [one for one in noted if not one.missing]
    if whole:
        return judgings.given_then(folder.store, whole[-1])
    then = replace(folder.moment, today=sight.scan.night)
    return given_of_scan(folder, sight.scan.id, on=then)


def _rule(requirement: Requirement, given: Given) -> Iterator[str]:
    yield f"　事项　　　{requirement.name}（{requirement.id}）"
    yield f"　公开时限　{limit_text(requirement)}"
    names = [given.catalog.columns[one].name for one in requirement.columns]
    yield f"　公开栏目　{'、'.join(names)}"
    match: Match = requirement.match
    for label, field in _WORDS:
        if words := getattr(match, field):
            yield f"　{label}　{'、'.join(words)}"
    for basis in requirement.basis:
        yield f"　依据　　　{cited(basis)}"


def _of_item(looks: Mapping[str, Observation], requirement: Requirement) -> Sequence[Observation]:
    return [looks[column] for column in requirement.columns if column in looks]


def _night(sight: Sight, requirement: Requirement, given: Given) -> Iterator[str]:
    judged = sight.judged
    counts = "计入" if sight.counts else "不计"
    yield ""
    is_open = judged.status in GAPS and not sight.counts
    yield f"{sight.scan.night}　{'未认定' if is_open else judged.status.value}　{counts}"
    for look in _of_item(sight.looks, requirement):
        column = given.catalog.columns.get(look.column)
        at = f"{look.seen_at.astimezone(BEIJING):%H:%M:%S}　" if look.seen_at else ""
        status = f"（{look.http_status}）" if look.http_status else ""
        phrase = f"，页面写明“{look.phrase}”" if look.phrase else ""
        name = column.name if column else look.column
        yield f"　{at}{name}　{look.outcome.value}{status}{phrase}"
        yield f"　　地址　　{look.address or '未打开'}"
        for line in read_of(look):
            yield f"　　读取　　{line}"
        yield f"　　条目　　{_entries(look, requirement)}"
        for page in look.evidence:
            when = page.fetched_at.astimezone(BEIJING)
            yield f"　　留存页面　{when:%Y-%m-%d %H:%M:%S} 取自 {page.url}"
            yield f"　　　　　　　sha256 {page.sha256}"
    of_then = versions(sight.scan.catalog_digest, sight.calendar, sight.scan.reader)
    yield f"　版本　　{of_then}"


def _entries(look: Observation, requirement: Requirement) -> str:
    """How many entries the list showed, which days they bear, how many answer the item."""
    days = sorted(one.day for one in look.documents if one.day is not None)
    span = f"，日期自 {days[0]} 至 {days[-1]}" if days else ""
    undated = len(look.documents) - len(days)
    blank = f"，{undated} 条未标日期" if undated else ""
    fitting = len(tuple(answering(look.documents, requirement.match)))
    return f"{len(look.documents)} 条{span}{blank}；标题与本项相符的 {fitting} 条"
