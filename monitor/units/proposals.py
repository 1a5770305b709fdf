"""栏目地址表: addresses proposed for columns → rows to accept, and the accepted ones → units.

Only an address nobody doubts is accepted beforehand. A row that is wrong is told with its column
and left out; the others are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from monitor.cells import read_yes_no
from monitor.model import Column, Discovery, Sureness, Unit
from monitor.sheets import Row, Value, read_table
from monitor.textform import normal_form
from monitor.units.reading import Reading
from monitor.units.roster import columns_by_name
from monitor.wording import Clue, Mistake, Refusal, Slip

CODE, NAME, COLUMN, ADDRESS = "单位编码", "单位", "栏目", "网址"
SURENESS, GROUNDS, NEWEST, ACCEPT = "把握", "依据", "最新一条", "采用"
PROPOSAL_HEADERS: Final = (CODE, NAME, COLUMN, ADDRESS, SURENESS, GROUNDS, NEWEST, ACCEPT)
PROPOSAL_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {ACCEPT: ("是", "否")}
NOT_FOUND: Final = "没有找到"
NOT_OPENED: Final = "没能查看"
_REQUIRED: Final = (CODE, COLUMN, ADDRESS, ACCEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """采用的网址 as the sheet gives it."""

    unit: str
    column: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """读回的栏目地址表: what is accepted, rows that are not, and what is wrong with some."""

    taken: tuple[Accepted, ...]
    left: int  # rows with 否, or with nothing
    mistakes: tuple[Mistake, ...]
    remarks: tuple[Mistake, ...]


def sureness_of(found: Discovery) -> str:
    """How sure the eyes are, in a word; not to have been able to look is no search in vain."""
    if found.spots:
        return found.spots[0].sureness.value
    return NOT_FOUND if found.opened else NOT_OPENED


def proposal_rows(
    found: Iterable[Discovery], units: Iterable[Unit], columns: Mapping[str, Column]
) -> tuple[tuple[Value, ...], ...]:
    """One row for each unit and column, in the given order; two where two places are alike."""
    by_code = {unit.code: unit for unit in units}
    found = tuple(found)
    times = Counter(spot.address for one in found for spot in one.spots)
    rows: list[tuple[Value, ...]] = []
    for one in found:
        unit = by_code[one.unit]
        whose = (unit.code, unit.name, columns[one.column].name)
        if not one.spots:
            rows.append((*whose, None, sureness_of(one), "；".join(one.looked), None, None))
        for spot in one.spots:
            grounds, is_clear = list(spot.grounds), len(one.spots) == 1
            if known := unit.entrances.get(one.column, ""):
                clue = Clue.KNOWN_ALREADY if known == spot.address else Clue.KNOWN_OTHERWISE
                grounds.append(clue.tell(address=known))
                is_clear = False
            if times[spot.address] > 1:
                grounds.append(Clue.PROPOSED_TWICE.tell())
                is_clear = False
            accepted = "是" if is_clear and spot.sureness is Sureness.CERTAIN else None
            told = (spot.address, spot.sureness.value, "；".join(grounds), spot.newest, accepted)
            rows.append((*whose, *told))
    return tuple(rows)


def read_proposals(path: Path, units: Sequence[Unit], columns: Mapping[str, Column]) -> Acceptance:
    """Read a sheet that was looked through; raises only when its header is not that of one."""
    sheet = Reading(read_table(path, known=PROPOSAL_HEADERS, required=_REQUIRED))
    if sheet.mistakes:
        sheet.done(Refusal.PROPOSALS, None)
    by_name = columns_by_name(columns.values())
    taken: dict[tuple[str, str], tuple[int, Accepted]] = {}  # with the row
    unclear: set[tuple[str, str]] = set()
    left = 0
    for row in sheet.rows:
        before = len(sheet.mistakes)
        if not sheet.cell(row, ACCEPT, read_yes_no, None):
            left += len(sheet.mistakes) == before
            continue
        unit = _unit(sheet, row, units)
        column = _column(sheet, row, columns, by_name)
        address = sheet.address(row, ADDRESS)
        if len(sheet.mistakes) == before and not address:
            sheet.wrong(row, ADDRESS, Slip.EMPTY_CELL)
        if len(sheet.mistakes) > before:
            continue
        one = Accepted(unit=unit, column=column, address=address)
        at, known = taken.setdefault((unit, column), (row.number, one))
        if known != one:
            sheet.wrong(row, ACCEPT, Slip.ACCEPTED_TWICE, first=at)
            unclear.add((unit, column))
    return Acceptance(
        taken=tuple(one for key, (_, one) in taken.items() if key not in unclear),
        left=left,
        mistakes=tuple(sheet.mistakes),
        remarks=tuple(sheet.remarks),
    )


def with_entrances(units: Iterable[Unit], accepted: Iterable[Accepted]) -> tuple[Unit, ...]:
    """The units with the accepted addresses; what they had for other columns stays."""
    given: dict[str, dict[str, str]] = {}
    for one in accepted:
        given.setdefault(one.unit, {})[one.column] = one.address
    return tuple(
        replace(unit, entrances={**unit.entrances, **given.get(unit.code, {})}) for unit in units
    )


def _unit(sheet: Reading, row: Row, units: Sequence[Unit]) -> str:
    """The code of the row's unit; a name that belongs to another one is a mistake."""
    given = sheet.text(row, CODE, needed=True)
    unit = next((unit for unit in units if normal_form(unit.code) == normal_form(given)), None)
    if unit is None:
        if given:
            slips = (Slip.UNKNOWN_UNIT, Slip.UNKNOWN_UNIT_NEAR)
            sheet.unknown(row, CODE, slips, given, (unit.code for unit in units))
        return ""
    name = sheet.text(row, NAME)
    if name and normal_form(name) not in map(normal_form, unit.names):
        slip = Slip.OTHER_UNIT_NAME
        sheet.wrong(row, NAME, slip, code=unit.code, known=unit.name, given=name)
    return unit.code


def _column(
    sheet: Reading, row: Row, columns: Mapping[str, Column], by_name: Mapping[str, list[str]]
) -> str:
    given = sheet.text(row, COLUMN, needed=True)
    ids = [given] if given in columns else by_name.get(normal_form(given), [])
    if len(ids) == 1:
        return ids[0]
    if ids:
        first, second = (columns[column].name for column in ids[:2])
        slip = Slip.AMBIGUOUS_COLUMN
        sheet.wrong(row, COLUMN, slip, given=given, first=first, second=second)
    elif given:
        known = [column.name for column in columns.values()]
        slips = (Slip.NO_SUCH_COLUMN, Slip.NO_SUCH_COLUMN_NEAR)
        sheet.unknown(row, COLUMN, slips, given, known)
    return ""
