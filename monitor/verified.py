"""人工核实: a person's answer in the place of 待人工核实, for as long as what it was about stands.

Pure. A decisive verdict of the machine wins, and 未能核查 stays what it is: nobody's answer makes a
page seen. An answer holds for its period, to its last day, and until its columns list something
else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from monitor.model import (
    Answer,
    Assessment,
    Remembered,
    Requirement,
    Status,
    Verification,
)
from monitor.periods import BEIJING
from monitor.wording import Because, Flag, Slip

#: a remark on an answer: the field it is about, and what is wrong with it
Objection = tuple[str, Slip, Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an answer makes of 待人工核实, for how long, and what must be said with it."""

    status: Status
    because: Because
    lasts: timedelta
    needs: str = ""  # a field of Verification


_YEAR: Final = timedelta(days=365)
MEANINGS: Final[Mapping[Answer, Meaning]] = {
    Answer.PUBLISHED: Meaning(
        status=Status.OK, because=Because.VERIFIED_PUBLISHED, lasts=_YEAR, needs="address"
    ),
    # short: where the machine cannot read the list, it does not see either that the gap is mended
    Answer.NOT_PUBLISHED: Meaning(
        status=Status.MISSING, because=Because.VERIFIED_ABSENT, lasts=timedelta(days=30)
    ),
    Answer.OFFLINE: Meaning(
        status=Status.OK, because=Because.VERIFIED_OFFLINE, lasts=_YEAR, needs="note"
    ),
    Answer.NOT_CONCERNED: Meaning(
        status=Status.NA, because=Because.VERIFIED_NOT_CONCERNED, lasts=_YEAR, needs="note"
    ),
}


def settled(
    judged: Assessment,
    said: Verification,
    requirement: Requirement,
    *,
    listed: str,
    on: date,
) -> Assessment:
    """The assessment with what a person said, if the machine left it open and the answer holds."""
    if judged.status is Status.UNSURE and holds(said, listed=listed, on=on):
        return answered(judged, said, requirement)
    return judged


def answered(judged: Assessment, said: Verification, requirement: Requirement) -> Assessment:
    """The assessment as a person decided it; what the machine was unsure of is kept as a fact."""
    meaning = MEANINGS[said.answer]
    unsure = judged.facts.get("unsure") if is_answered(judged) else judged.sentence
    facts = {"by": said.by, "day": day_of(said), "unsure": unsure}
    facts |= {"address": said.address} if said.address else {}
    facts |= {"note": said.note} if said.note else {}
    return replace(
        judged,
        status=meaning.status,
        because=meaning.because,
        facts=facts,
        flags=(*(flag for flag in judged.flags if flag != _FLAG), _FLAG),
        unchecked=requirement.unchecked if meaning.status is Status.OK else (),
        last_verified_on=None,
    )


_FLAG: Final = Flag.VERIFIED.value


def is_answered(judged: Assessment) -> bool:
    """Whether the verdict is a person's answer."""
    return _FLAG in judged.flags


def is_open(judged: Assessment) -> bool:
    """Whether a person's answer can decide it: the machine cannot."""
    return judged.status is Status.UNSURE or is_answered(judged)


def day_of(said: Verification) -> date:
    """The day on which it was said."""
    return said.at.astimezone(BEIJING).date()


def lasts_until(answer: Answer, on: date) -> date:
    """The last day an answer can have, and has when it names none."""
    return on + MEANINGS[answer].lasts


def objection(
    said: Verification,
    judged: Assessment | None,
    requirement: Requirement,
    *,
    unit: str,
    before: Verification | None,
    on: date,
) -> Objection | None:
    """Why an answer is not taken; ``before``: one that holds and must not be lost unseen."""
    item = requirement.name
    if judged is None:
        return "事项", Slip.ANSWER_NOT_OWED, {"unit": unit, "item": item}
    if not is_open(judged):
        looked = judged.status not in {Status.UNREACH, Status.NEW}
        slip = Slip.ANSWER_DECIDED if looked else Slip.ANSWER_NOT_LOOKED
        return "事项", slip, {"item": item, "status": judged.status.value}
    if said.answer is Answer.NOT_CONCERNED and not requirement.waivable:
        return "答复", Slip.NOT_WAIVABLE, {"id": requirement.id}
    if not said.by.strip():
        return "核实人", Slip.ANSWER_NOBODY, {}
    needs = MEANINGS[said.answer].needs
    if needs == "address" and not said.address:
        return "地址", Slip.ANSWER_NO_ADDRESS, {}
    if needs == "note" and not said.note:
        return "说明", Slip.ANSWER_NO_NOTE, {"answer": said.answer.value}
    if said.valid_until is not None and said.valid_until < on:
        return "有效期至", Slip.ANSWER_UNTIL_PAST, {"given": said.valid_until}
    last = lasts_until(said.answer, on)
    if said.valid_until is not None and said.valid_until > last:
        return "有效期至", Slip.ANSWER_UNTIL_FAR, {"answer": said.answer.value, "last": last}
    if before is not None and is_answered(judged):
        told = {"answer": before.answer.value, "by": before.by, "day": day_of(before)}
        return "答复", Slip.ANSWER_GIVEN, {"item": item} | told
    return None


# --- what an answer was about ------------------------------------------------------------


def holds(said: Verification, *, listed: str, on: date) -> bool:
    """Whether an answer stands on a day on which its columns list ``listed``."""
    if said.valid_until is not None and said.valid_until < on:
        return False
    return not _has_changed(said.digest, listed)


def listed_now(
    unit: str, columns: Iterable[str], remembered: Mapping[tuple[str, str], Remembered]
) -> str:
    """What the columns list, short enough to be kept with an answer: one line for each column."""
    lines = []
    for column in columns:
        last = remembered.get((unit, column), _NOTHING)
        # before the colon stands what was looked for, which says nothing about the page
        content = last.list_digest.rpartition(":")[2][:16]
        newest = last.newest.isoformat() if last.newest else ""
        lines.append(f"{column}|{content}|{newest}")
    return "\n".join(lines)


_NOTHING: Final = Remembered()


def _has_changed(then: str, now: str) -> bool:
    """Whether a column lists something else; of a list without a digest the newest entry tells."""
    before, after = _by_column(then), _by_column(now)
    for column in before.keys() & after.keys():
        (old, old_newest), (new, new_newest) = before[column], after[column]
        if (old != new) if old and new else (old_newest != new_newest):
            return True
    return False


def _by_column(listed: str) -> dict[str, tuple[str, str]]:
    parts = [line.split("|") for line in listed.splitlines()]
    return {column: (content, newest) for column, content, newest in parts}


# --- what can be answered together ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """一个待核实的原因: what is unsure for the same reason on the same page of a unit."""

    unit: str
    page: str
    reason: str
    assessments: tuple[Assessment, ...]


def questions(standing: Iterable[Assessment]) -> tuple[Question, ...]:
    """What is 待人工核实, each cause once, in the order of ``standing``."""
    alike: dict[tuple[str, str, str], list[Assessment]] = {}
    for one in standing:
        if one.status is Status.UNSURE:
            alike.setdefault((one.unit, one.page, one.sentence), []).append(one)
    return tuple(
        Question(unit=unit, page=page, reason=reason, assessments=tuple(found))
        for (unit, page, reason), found in alike.items()
    )
