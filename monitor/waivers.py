"""不涉及／暂缓: which approved waivers stand on a day, what voids one, what speaks against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from monitor.model import Assessment, Requirement, Status, Unit, Waiver, WaiverRequest
from monitor.periods import months_later
from monitor.textform import normal_form
from monitor.wording import Caution, WaiverFault

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
#: what a person may ask this for; the other grounds end otherwise than in 不涉及
ASKED_FOR: Final = ("C3", "C4", "C6", "C9")

LONG, YEAR, TERM = "长期", "本年度", "本学期"
DURATIONS: Final = (LONG, YEAR, TERM)
#: 长期 is confirmed anew every year
_CONFIRMED_FOR: Final = 12
_CONFIRMED_WITHIN: Final = timedelta(days=60)
#: approved for less than this is not 长期
_LONG_DAYS: Final = timedelta(days=360)
#: shares above which an officer should look twice
_MANY_WAIVED: Final = 0.15
_MOST_PUBLISH: Final = 0.5
_FEW_OTHERS: Final = 3
_PUBLISHED: Final = frozenset({Status.OK, Status.STMT, Status.DUE_SOON})
_UNDECIDED: Final = frozenset({Status.UNSURE, Status.UNREACH, Status.NEW, Status.NA, Status.EXEMPT})


def status_of(waiver: Waiver) -> Status:
    """Return what a standing waiver makes of an obligation."""
    return Status.EXEMPT if waiver.ground == LEGAL else Status.NA


def is_approved(waiver: Waiver) -> bool:
    """Whether someone other than the proposer approved it, on a ground of the list."""
    approver, proposer = waiver.approved_by.strip(), waiver.proposed_by.strip()
    if waiver.ground not in GROUNDS or not (approver and proposer):
        return False
    return not same_person(approver, proposer)


def same_person(one: str, other: str) -> bool:
    """Whether two names, however typed, are one."""
    return normal_form(one) == normal_form(other)


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


# --- asking, approving, ending ---------------------------------------------------------


def last_day(duration: str, on: date) -> date:
    """The last day of a waiver asked for on a day, for one of ``DURATIONS``.

    >>> [last_day(duration, date(2026, 11, 23)).isoformat() for duration in DURATIONS]
    ['2027-11-22', '2026-12-31', '2027-01-31']
    """
    if duration == YEAR:
        return date(on.year, 12, 31)
    if duration == TERM:
        ends = (date(on.year, 1, 31), date(on.year, 7, 31), date(on.year + 1, 1, 31))
        return next(day for day in ends if day >= on)
    return months_later(on, _CONFIRMED_FOR) - timedelta(days=1)


def state_of(asked: WaiverRequest, on: date) -> str:
    """Where a request stands, in the words of the list."""
    if asked.ended_at is not None:
        return "已终止"
    if has_expired(asked.waiver, on):
        return "已到期"
    return "待核准" if asked.approved_at is None else "已核准"


def is_live(asked: WaiverRequest, on: date) -> bool:
    """Whether it waits for approval, or stands."""
    return asked.ended_at is None and not has_expired(asked.waiver, on)


def may_approve(asked: WaiverRequest, approver: str, on: date) -> None:
    """Raise unless ``approver`` may: never who proposed it; a legal ground needs a second officer.

    One that was approved for long may be confirmed for another year when it nears its end.
    """
    if asked.ended_at is not None:
        raise WaiverFault.ENDED.error(number=asked.number, name=asked.ended_by)
    until = asked.waiver.valid_until
    if asked.approved_at is None and has_expired(asked.waiver, on):
        raise WaiverFault.EXPIRED.error(number=asked.number, until=until)
    if asked.approved_at is not None and until is not None:
        if not is_for_long(asked):
            raise WaiverFault.NOT_FOR_LONG.error(number=asked.number, until=until)
        if until - on > _CONFIRMED_WITHIN:
            days = _CONFIRMED_WITHIN.days
            raise WaiverFault.TOO_EARLY.error(number=asked.number, until=until, days=days)
    if same_person(approver, asked.waiver.proposed_by):
        raise WaiverFault.OWN_REQUEST.error(number=asked.number, name=approver)
    if asked.waiver.ground == LEGAL and same_person(approver, asked.added_by):
        raise WaiverFault.SECOND_OFFICER.error(number=asked.number, name=approver)


def is_for_long(asked: WaiverRequest) -> bool:
    """长期: asked for a year at a time."""
    until = asked.waiver.valid_until
    return until is None or until - asked.proposed_at.date() >= _LONG_DAYS


def cautions(
    proposal: Waiver,
    standing: Collection[Assessment],
    units: Sequence[Unit],
    requirement: Requirement,
) -> Iterator[str]:
    """Yield what speaks against a waiver, from how everything stands: warnings, never refusals."""
    unit = next(one for one in units if one.code == proposal.unit)
    own = [one for one in standing if one.unit == proposal.unit]
    waived = {one.requirement for one in own if one.status in {Status.NA, Status.EXEMPT}}
    waived.add(proposal.requirement)
    if own and len(waived) > _MANY_WAIVED * len(own):
        yield Caution.MANY.tell(unit=unit.name, owed=len(own), waived=len(waived))
    alike = {one.code for one in units if one.types & unit.types and one.code != unit.code}
    others = [
        one.status
        for one in standing
        if one.requirement == proposal.requirement
        and one.unit in alike
        and one.status not in _UNDECIDED
    ]
    published = sum(status in _PUBLISHED for status in others)
    if len(others) >= _FEW_OTHERS and published > _MOST_PUBLISH * len(others):
        yield Caution.OTHERS_PUBLISH.tell(
            others=len(others), published=published, item=requirement.name
        )
    seen = next((one for one in own if one.requirement == proposal.requirement), None)
    if seen is not None and seen.status in _PUBLISHED and seen.documents:
        document = seen.documents[0]
        facts = {"day": document.day} if document.day else {"day": "未标日期"}
        yield Caution.ON_ITS_SITE.tell(title=document.title, **facts)
