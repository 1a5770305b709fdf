"""单位的四个数: what one unit owes, has, lacks, and what could not be looked at. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from monitor.model import Snapshot, Unit
from monitor.parts import CHECKED, COMPLIANT, NOT_OWED, TO_VERIFY, Part, cells_of, units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNumbers:
    """应公开 = 达标 + 问题 + 未能核查 + 待人工核实."""

    owed: int
    compliant: int
    problems: int
    unreached: int
    to_verify: int
    by_hand: int  # of 达标 and 问题, what rests on 人工核实

    @property
    def told(self) -> str:
        """The numbers in one sentence, without a stop; what is none of the four only if it is."""
        four = (
            f"应公开{self.owed}项，达标{self.compliant}项，问题{self.problems}项，"
            f"未能核查{self.unreached}项"
        )
        doubts = f"，待人工核实{self.to_verify}项" if self.to_verify else ""
        return f"{four}{doubts}{f'（其中人工核实{self.by_hand}项）' if self.by_hand else ''}"


def numbers_of(snapshot: Snapshot, unit: Unit) -> UnitNumbers:
    """Count the unit's cells as the month's report counts them."""
    own = replace(
        snapshot,
        units=(unit,),
        assessments=tuple(one for one in snapshot.assessments if one.unit == unit.code),
        findings=tuple(one for one in snapshot.findings if one.unit == unit.code),
    )
    cells = tuple(cells_of(own, units_of(own)))
    parts = Counter(cell.part for cell in cells)
    return UnitNumbers(
        owed=sum(count for part, count in parts.items() if part not in NOT_OWED),
        compliant=sum(parts[part] for part in COMPLIANT),
        problems=parts[Part.PROBLEM],
        unreached=parts[Part.UNREACHED],
        to_verify=sum(parts[part] for part in TO_VERIFY),
        by_hand=sum(cell.is_by_hand and cell.part in CHECKED for cell in cells),
    )
