"""不涉及／暂缓: which approved waivers stand on a day, and what makes one void."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from monitor.model import Requirement, Status, Unit, Waiver

#: 申请理由: the fixed list of grounds
GROUNDS: dict[str, str] = {
    "C1": "已公开，在其他位置",
    "C2": "已公开，日期或标题识别有误",
    "C3": "本单位不涉及此事项",
    "C4": "本期未发生",
    "C5": "由上级或统一平台公开",
    "C6": "依法不予公开或暂缓",
    "C7": "网站改版、故障、迁移",
    "C8": "责任单位有误",
    "C9": "其他",
    "C10": "已在线下公开（公示栏、家长会）",
}
LEGAL = "C6"


def status_of(waiver: Waiver) -> Status:
    """Return what a standing waiver makes of an obligation."""
    return Status.EXEMPT if waiver.ground == LEGAL else Status.NA


def is_approved(waiver: Waiver) -> bool:
    """Whether someone other than the proposer approved it, on a ground of the list."""
    approver = waiver.approved_by.strip()
    proposer = waiver.proposed_by.strip()
    return waiver.ground in GROUNDS and bool(approver and proposer) and approver != proposer


def has_expired(waiver: Waiver, on: date) -> bool:
    """Whether its last day lies before ``on``; one without a last day does not expire."""
    return waiver.valid_until is not None and waiver.valid_until < on


def standing(
    waivers: Iterable[Waiver], unit: Unit, requirement: Requirement, on: date
) -> Waiver | None:
    """Return the waiver that stands for this unit and requirement; the last one given wins."""
    if not requirement.waivable:
        return None
    found = None
    for waiver in waivers:
        if (
            waiver.unit == unit.code
            and waiver.requirement == requirement.id
            and is_approved(waiver)
            and not has_expired(waiver, on)
        ):
            found = waiver
    return found
