"""台账填写: a ledger that an officer has edited → what is decided in it. Pure.

In: the table as it was read, and what the office would write of each problem today. Out: the
decisions of the four open columns, and everything else that was changed, named with its row and
column: nothing else is taken over. A row whose problem has moved on since the ledger was written
is left alone.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from monitor.cells import is_day
from monitor.decisions import Decision
from monitor.findings import MOVES
from monitor.model import FindingEvent, Move, State, Word
from monitor.periods import BEIJING
from monitor.sheets import Row, Table, Value, text_of
from monitor.textform import normal_form
from monitor.units.reading import Reading, few
from monitor.wording import Flag, Mistake, RowRemark, Slip

NUMBER, UNIT, ITEM, STATE = "问题编号", "责任单位", "公开事项", "状态"
CHECKED, ACTION, ADDRESS, NOTE = "复核结果", "整改情况", "整改后链接", "备注"
#: without these a row cannot be told apart, or nobody knows what it was when it was written
REQUIRED = (NUMBER, UNIT, ITEM, STATE)
#: what the cell of a link shows
OPENS = "打开"
BETWEEN_REMARKS = "；"

_PLACE, _SEEN_ON, _CLOSED_ON = "序号", "最近核查", "销号日期"
_LINKS = frozenset({"页面地址", ADDRESS})
#: every night may write these anew
_BY_NIGHTS = frozenset({_SEEN_ON, "问题类型", "问题描述", "页面地址", "佐证编号"})
#: and a day without a night, or a letter, these
_BY_DAYS = frozenset({_SEEN_ON, "逾期天数", "催办次数"})
#: what is said of a changed cell that decides nothing
_TYPED: Mapping[str, Slip] = {
    **dict.fromkeys(("单位类别", "联系电话"), Slip.UNIT_TYPED),
    **dict.fromkeys(("一级栏目", "公开时限", "公开依据"), Slip.CATALOG_TYPED),
    **dict.fromkeys(("首次发现", "交办日期", _CLOSED_ON), Slip.DAY_TYPED),
    **dict.fromkeys(_BY_NIGHTS, Slip.SEEN_TYPED),
    "责任科室/责任人": Slip.SECTION_TYPED,
    "整改期限": Slip.DEADLINE_TYPED,
}
_LONGEST_SHOWN: Final = 40
_MINUTE: Final = timedelta(minutes=1)


@enum.unique
class Checked(Word):
    """复核结果: what an officer who has looked says. The value is the word of the drop-down."""

    PASSED = "通过"
    FAILED = "未通过"
    TO_CHECK = "待复核"


_WORDS: Mapping[str, Checked] = {
    **{word.value: word for word in Checked},
    "已通过": Checked.PASSED,
    "不通过": Checked.FAILED,
}
#: what a row asks for, by the state of its problem and what is newly said of the check
_ASKED: Mapping[tuple[State, Checked | None], Move] = {
    (State.RESPONDED, Checked.PASSED): Move.CLOSE,
    (State.RESPONDED, Checked.FAILED): Move.SEND_BACK,
    (State.ASSIGNED, None): Move.RESPOND,
    (State.ASSIGNED, Checked.TO_CHECK): Move.RESPOND,
    (State.REOPENED, None): Move.RESPOND,
    (State.REOPENED, Checked.TO_CHECK): Move.RESPOND,
}
#: and why it cannot be done in any other case
_NOT_NOW: Mapping[State, Slip] = {
    State.ASSIGNED: Slip.NOT_ANSWERED_YET,
    State.REOPENED: Slip.NOT_ANSWERED_YET,
    State.RESPONDED: Slip.ALREADY_ANSWERED,
    State.CONTESTED: Slip.REQUEST_WAITS,
    State.SUSPENDED: Slip.CLOCK_STANDS,
}
#: the verbs of ``mingcha findings`` by which an officer makes a move
VERBS: Mapping[Move, str] = {
    Move.CONFIRM: "confirm",
    Move.WITHDRAW: "withdraw",
    Move.RESPOND: "respond",
    Move.CLOSE: "close",
    Move.SEND_BACK: "return",
    Move.CONTEST: "contest",
    Move.UPHOLD: "uphold",
    Move.REJECT: "reject",
    Move.SUSPEND: "suspend",
    Move.RESUME: "resume",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """问题的现状: what the office would write of it today, by heading, and what happened to it.

    In ``cells`` a link is its address.
    """

    state: State
    cells: Mapping[str, Value]
    events: Sequence[FindingEvent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """台账填写的结果: what was decided, what was not taken over, and what is to be shown back.

    Shown back are addresses that were repaired, and columns that nights have written anew.
    """

    decisions: tuple[Decision, ...]
    mistakes: tuple[Mistake, ...]
    remarks: tuple[Mistake, ...]


def read_edits(
    table: Table,
    standings: Mapping[str, Standing],
    *,
    by: str,
    on: date,
    written_at: datetime | None,
) -> Edits:
    """Read what an officer decided in ``table``, signed ``by``.

    ``standings``: every problem by its number. ``written_at``: the cut-off that the ledger states,
    to the minute; None when its title is gone, and then a problem that was ever in the state of
    its row and left it has moved on. Rows and columns may come in any order.
    """
    sheet = Reading(table)
    decisions: list[Decision] = []
    drifted: dict[str, list[int]] = {}
    for line in _lines(sheet, standings):
        if _is_other(line) or _has_moved_on(line, written_at):
            continue
        decision = _decision(line, by)
        if decision is not None:
            decisions.append(decision)
        _compare(line, decision, on, drifted)
    for name, rows in drifted.items():
        what, remedy = Slip.SEEN_SINCE.tell(rows=few([str(row) for row in rows]))
        sheet.remarks.append(Mistake(path=table.path, column=name, what=what, remedy=remedy))
    return Edits(
        decisions=tuple(decisions),
        mistakes=tuple(sorted(sheet.mistakes, key=lambda one: one.line)),
        remarks=tuple(sheet.remarks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row beside what the office would write of its problem today."""

    sheet: Reading
    row: Row
    number: str
    now: Standing

    def is_changed(self, name: str) -> bool:
        """Whether a cell holds something else than the office would write."""
        given, now = self.row.cells.get(name), self.now.cells.get(name)
        if name in _LINKS and text_of(given) == OPENS:
            return not now
        if isinstance(now, date):
            return not is_day(given, now)
        return normal_form(text_of(given)) != normal_form(text_of(now))

    def wrong(self, name: str, slip: Slip, **more: object) -> None:
        """Name a cell, with what stands in it and what the office would write."""
        facts = {
            "number": self.number,
            "state": self.now.state.value,
            "given": _shown(self.row.cells.get(name)),
            "now": _shown(self.now.cells.get(name)),
        }
        self.sheet.wrong(self.row, name, slip, **facts | more)


def _shown(value: Value) -> str:
    text = " ".join(text_of(value).split()) or "空白"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


# --- which problem a row is about --------------------------------------------------------


def _lines(sheet: Reading, standings: Mapping[str, Standing]) -> Iterator[_Line]:
    """The rows of known problems, each problem once; two that differ are both refused."""
    rows: dict[str, list[Row]] = {}
    for row in sheet.rows:
        number = sheet.text(row, NUMBER)
        if not number:
            sheet.wrong(row, NUMBER, Slip.ROW_WITHOUT_NUMBER)
        elif number not in standings:
            sheet.wrong(row, NUMBER, Slip.UNKNOWN_FINDING, given=number)
        else:
            rows.setdefault(number, []).append(row)
    for number, same in rows.items():
        if len({_content(row, sheet.table.headers) for row in same}) == 1:
            yield _Line(sheet=sheet, row=same[0], number=number, now=standings[number])
            continue
        for row in same:
            others = "、".join(str(other.number) for other in same if other is not row)
            sheet.wrong(row, NUMBER, Slip.REPLIES_DIFFER, number=number, others=others)


def _content(row: Row, headers: Collection[str]) -> tuple[str, ...]:
    return tuple(normal_form(row.text(name)) for name in headers if name != _PLACE)


def _is_other(line: _Line) -> bool:
    """Whether the row tells of another problem than its number: sorted without it, or retyped."""
    for name in (UNIT, ITEM):
        if line.is_changed(name):
            line.wrong(name, Slip.OTHER_PROBLEM)
            return True
    return False


def _has_moved_on(line: _Line, written_at: datetime | None) -> bool:
    """Whether the problem has left the state in which the row was written.

    What happened in the very minute of the cut-off may have come before it. Then only leaving the
    state that the row tells, or the one of today (the row's may be typed over), is moving on.
    """
    stated = _STATES.get(normal_form(line.row.text(STATE)))
    for event in line.now.events:
        if event.to_state is event.from_state:
            continue
        is_near = written_at is None or written_at <= event.at < written_at + _MINUTE
        is_later = written_at is not None and event.at >= written_at + _MINUTE
        if is_later or (is_near and event.from_state in {stated, line.now.state}):
            last = line.now.events[-1]
            line.wrong(
                STATE,
                Slip.LEDGER_MOVED_ON,
                day=last.at.astimezone(BEIJING).date().isoformat(),
                move=last.move.value,
                by=last.by,
            )
            return True
    return False


_STATES: Mapping[str, State] = {normal_form(state.value): state for state in State}


# --- what the open columns ask for --------------------------------------------------------


def _decision(line: _Line, by: str) -> Decision | None:
    """What the row decides; None when nothing, or nothing that can be done."""
    before = len(line.sheet.mistakes)
    checked, action, address = _checked(line), _action(line), _address(line)
    if len(line.sheet.mistakes) > before:
        return None
    said = {CHECKED: checked, ACTION: action, ADDRESS: address}
    filled = [name for name, value in said.items() if value]
    note = _note(line)
    _tell_cleared(line, filled)
    if not filled:
        if note:
            line.wrong(NOTE, Slip.NOTE_NOT_KEPT, given=_shown(note))
        return None
    move = _ASKED.get((line.now.state, checked))
    if move is None:
        line.wrong(filled[0], _NOT_NOW.get(line.now.state, Slip.NOTHING_OPEN))
        return None
    if move is Move.RESPOND:
        return _respond(line, action or address, address, note, by)
    reason = note or action
    if move is Move.SEND_BACK and not reason:
        line.wrong(NOTE, Slip.RETURN_WITHOUT_REASON)
        return None
    if note and action:
        line.wrong(ACTION, Slip.ACTION_NOT_KEPT)
    known = text_of(line.now.cells.get(ADDRESS)) if move is Move.CLOSE else ""
    return Decision(finding=line.number, move=move, by=by, reason=reason, address=address or known)


def _respond(line: _Line, done: str, address: str, note: str, by: str) -> Decision | None:
    """反馈整改 for the unit; what is said of an earlier answer is said again."""
    if not done:
        line.wrong(CHECKED, Slip.ACTION_MISSING)
        return None
    if note:
        line.wrong(NOTE, Slip.NOTE_NOT_KEPT, given=_shown(note))
    reason = line.sheet.text(line.row, ACTION)
    return Decision(finding=line.number, move=Move.RESPOND, by=by, reason=reason, address=address)


def _checked(line: _Line) -> Checked | None:
    """What is newly said of the check."""
    given = line.sheet.text(line.row, CHECKED)
    if not given or not line.is_changed(CHECKED):
        return None
    checked = _WORDS.get(normal_form(given))
    if checked is None:
        words = [word.value for word in Checked]
        slips = (Slip.NO_SUCH_WORD, Slip.NO_SUCH_WORD_NEAR)
        line.sheet.unknown(line.row, CHECKED, slips, given, words)
    return checked


def _action(line: _Line) -> str:
    return line.sheet.text(line.row, ACTION) if line.is_changed(ACTION) else ""


def _address(line: _Line) -> str:
    """An address that was newly written out; behind 打开 none can be read."""
    if not line.is_changed(ADDRESS):
        return ""
    if line.row.text(ADDRESS) == OPENS:
        line.wrong(ADDRESS, Slip.HIDDEN_ADDRESS)
        return ""
    return line.sheet.address(line.row, ADDRESS)


def _note(line: _Line) -> str:
    """备注 without what the ledger writes there by itself, today or on the day of the sheet."""
    pieces = (piece.strip() for piece in _BETWEEN.split(line.row.text(NOTE)))
    return BETWEEN_REMARKS.join(
        piece
        for piece in pieces
        if piece and normal_form(piece) not in _OWN_REMARKS and not _SUSPENDED.fullmatch(piece)
    )


_BETWEEN = re.compile(r"[；;\n]+")
_OWN_REMARKS = frozenset(
    normal_form(text) for text in (*(flag.value for flag in Flag), RowRemark.NOT_SEEN.value)
)
_SUSPENDED = re.compile(RowRemark.SUSPENDED.value.format(day=r"\d{4}-\d{2}-\d{2}"))


def _tell_cleared(line: _Line, filled: Collection[str]) -> None:
    """Name what was emptied; the word of an earlier check may go when there is more to say."""
    for name in (CHECKED, ACTION, ADDRESS):
        is_superseded = name == CHECKED and bool(filled)
        is_there = name in line.sheet.table.headers and not is_superseded
        if is_there and not line.row.text(name) and line.is_changed(name):
            line.wrong(name, Slip.CLEARED)


# --- what the other columns say -----------------------------------------------------------


def _compare(
    line: _Line, decision: Decision | None, on: date, drifted: dict[str, list[int]]
) -> None:
    """Name every other cell that differs; what nights have written since goes by columns."""
    for name in line.sheet.table.headers:
        if name == STATE:
            _compare_state(line, decision)
        elif name not in _TYPED.keys() | _BY_DAYS or not line.is_changed(name):
            continue
        elif name in _BY_DAYS or (name in _BY_NIGHTS and line.is_changed(_SEEN_ON)):
            drifted.setdefault(name, []).append(line.row.number)
        elif not (name == _CLOSED_ON and _closes(decision) and _is_on(line, name, on)):
            line.wrong(name, _TYPED[name])


def _compare_state(line: _Line, decision: Decision | None) -> None:
    """Name a typed state, unless it is where the row's own decision leads."""
    if not line.is_changed(STATE):
        return
    before = line.now.state
    stated = _STATES.get(normal_form(line.row.text(STATE)))
    if decision is not None and MOVES[before, decision.move] is stated:
        return
    moves = (move for (of, move), to in MOVES.items() if of is before and to is stated)
    verb = next((VERBS[move] for move in moves if move in VERBS), None)
    if verb is None:
        line.wrong(STATE, Slip.STATE_OUT_OF_REACH)
    else:
        line.wrong(STATE, Slip.STATE_TYPED, verb=verb)


def _closes(decision: Decision | None) -> bool:
    return decision is not None and decision.move is Move.CLOSE


def _is_on(line: _Line, name: str, on: date) -> bool:
    return is_day(line.row.cells.get(name), on)
