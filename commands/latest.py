"""最近所见: the last good look at each column, whichever night gave it, unit by unit. No verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from commands.folder import Folder
from commands.scope import failing_in
from monitor.doubts import is_misread
from monitor.judgements import Case
from monitor.model import JUDGED, Assessment, Obligation, Observation, Unit
from monitor.obligations import owed
from monitor.store import records

#: nights that are searched for a column the last one could not read
_LOOKED_BACK = 14
#: units whose looks are in mind at once
_AT_ONCE = 50


def cases(folder: Folder, units: Sequence[Unit]) -> Iterator[Case]:
    """What is known today of each unit: what it owes, the last verdicts, the last good looks."""
    standing = {(one.unit, one.requirement): one for one in folder.standing()}
    events = records.events(folder.store)
    rules = folder.catalog
    for first in range(0, len(units), _AT_ONCE):
        some = units[first : first + _AT_ONCE]
        obligations = owed(rules, some, events, folder.moment, waivers=folder.waivers)
        by_unit = groupby(obligations, key=lambda one: one.unit.code)
        owing = {code: tuple(own) for code, own in by_unit}
        looks = latest_looks(folder, owing)
        for code, own in owing.items():
            yield Case(
                unit=own[0].unit,
                judged=tuple(_judged(own, standing)),
                looks=looks.get(code, {}),
                columns=rules.columns,
            )


def _judged(
    own: Sequence[Obligation], standing: Mapping[tuple[str, str], Assessment]
) -> Iterator[tuple[Obligation, Assessment]]:
    for one in own:
        yield one, standing[one.unit.code, one.requirement.id]


def latest_looks(
    folder: Folder, owing: Mapping[str, Sequence[Obligation]]
) -> Mapping[str, Mapping[str, Observation]]:
    """The newest look at each column that proves something, else the newest of all."""
    wanted = {
        code: {column.id for one in own for column in one.columns} for code, own in owing.items()
    }
    found: dict[str, dict[str, Observation]] = {code: {} for code in wanted}
    for scan in records.scans(folder.store, newest=_LOOKED_BACK):
        missing = [code for code, columns in wanted.items() if columns - _good(found[code])]
        if not missing:
            break
        if scan.void:
            continue
        failing = failing_in(folder.scans / scan.id)
        for code, looks in records.looks(folder.store, scan.id, units=missing):
            if is_misread(looks.values(), failing):
                continue
            known = found[code]
            good = _good(known)
            for column, look in looks.items():
                if column not in known or (column not in good and look.outcome in JUDGED):
                    known[column] = look
    return found


def _good(looks: Mapping[str, Observation]) -> set[str]:
    return {column for column, look in looks.items() if look.outcome in JUDGED}
