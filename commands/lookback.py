"""回头看: the closed findings that wait for a person's look, as lines and as a sheet. No verb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from commands.files import refuse_to_overwrite, told_if_refused
from commands.folder import Folder
from monitor.findings import key_of
from monitor.ledger.moves import MACHINE
from monitor.lookback import LOOKS_BACK, Chosen, DueLook, Histories, closing_of, due_looks
from monitor.model import Assessment
from monitor.store import records
from reports.formats.xlsx import Sheet, write_table
from reports.workbook import Value

_HEADER = (
    *("编号", "单位", "公开事项", "发现的问题", "销号日期", "谁销的号", "销号依据", "佐证编号"),
    *("页面", "销号满", "应看日期", "最迟", "列入原因"),
)
_NOTES = (
    "请打开页面看整改是否保持，再写下结果：mingcha findings looked 编号 --as 属实；"
    "没有整改的 --as 不属实 --reason 看到的情况，转“问题反弹”。",
)
_EVIDENCE_DIGITS = 12
#: a step is stamped on the day after its night at the latest
_STAMPED_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is told of one look."""

    look: DueLook
    unit: str
    item: str
    by: str
    reason: str
    evidence: str
    page: str


def waiting_looks(folder: Folder) -> tuple[DueLook, ...]:
    """The looks that wait today."""
    return _due(folder, _histories(folder))


def lookback_lines(folder: Folder) -> Iterator[str]:
    """The looks that wait today, each with its closing and its page."""
    found = _told(folder)
    if not found:
        yield "没有等待回头看的问题。"
        return
    counts = Counter(one.look.chosen for one in found)
    kinds = "，".join(f"{kind.value} {counts[kind]} 项" for kind in Chosen if counts[kind])
    yield f"待回头看 {len(found)} 项：{kinds}"
    for one in found:
        look = one.look
        yield (
            f"{look.finding.number}　{look.finding.status.value}　{one.unit}　{one.item}"
            f"　{look.closed_on} 销号，已满 {look.days} 天，最迟 {look.last_on}"
            f"（{look.chosen.value}）"
        )
        kept = f"（佐证编号 {one.evidence}）" if one.evidence else ""
        yield f"　　销号依据　{one.by}：{one.reason or '没有写明'}{kept}"
        yield f"　　页面　　　{one.page or '没有记下网址'}"
    yield "看过页面后：mingcha findings looked 编号 --as 属实"
    yield "没有整改的：mingcha findings looked 编号 --as 不属实 --reason 看到的情况"


def write_lookback(folder: Folder, out: Path) -> int:
    """Write them as a sheet; return how many there are. An existing file stays."""
    found = _told(folder)
    refuse_to_overwrite(out)
    rows = [_row(one) for one in found]
    with told_if_refused(out):
        write_table(out, [Sheet(name="回头看", header=_HEADER, rows=rows, notes=_NOTES)])
    return len(found)


def _histories(folder: Folder) -> Histories:
    since = folder.now - LOOKS_BACK - _STAMPED_WITHIN
    return records.histories(folder.store, since=since)


def _due(folder: Folder, histories: Histories) -> tuple[DueLook, ...]:
    return due_looks(
        records.findings(folder.store),
        histories,
        on=folder.today,
        percent=folder.settings.lookback.percent,
    )


def _told(folder: Folder) -> tuple[_Told, ...]:
    histories = _histories(folder)
    units = {unit.code: unit.short_name or unit.name for unit in folder.units}
    items = {key: one.name for key, one in folder.catalog.requirements.items()}
    standing = {one.key: one for one in records.assessments(folder.store)}
    return tuple(_one(look, histories, units, items, standing) for look in _due(folder, histories))


def _one(
    look: DueLook,
    histories: Histories,
    units: Mapping[str, str],
    items: Mapping[str, str],
    standing: Mapping[tuple[str, str, str], Assessment],
) -> _Told:
    finding = look.finding
    history = histories.get(finding.number, ())
    closing = closing_of(history)
    judged = standing.get(key_of(finding))
    named = next((event.address for event in reversed(history) if event.address), "")
    by = closing.by if closing else ""
    period = f"（{finding.period}）" if finding.period else ""
    return _Told(
        look=look,
        unit=units.get(finding.unit, finding.unit),
        item=f"{items.get(finding.requirement, finding.requirement)}{period}",
        by="巡查自动销号" if by in {MACHINE, ""} else f"{by}销号",
        reason=closing.reason if closing else "",
        evidence=closing.evidence[:_EVIDENCE_DIGITS] if closing else "",
        page=named or (judged.page if judged else ""),
    )


def _row(one: _Told) -> tuple[Value, ...]:
    look = one.look
    return (
        look.finding.number,
        one.unit,
        one.item,
        look.finding.status.value,
        look.closed_on,
        one.by,
        one.reason,
        one.evidence,
        one.page,
        f"{look.days} 天",
        look.due_on,
        look.last_on,
        look.chosen.value,
    )
