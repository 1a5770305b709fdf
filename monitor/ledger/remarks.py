"""提示入账: what the judgements of a night remark → memory, and what people say of it.

A remark seen again extends its row. One that lasts ends with the night that read its place and no
longer saw it; what happened once does not end. What a person called unfounded is not made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from monitor.ledger.chain import seal
from monitor.model import LASTING, Opinion, Remark
from monitor.store import rows, tables, writing
from monitor.store.types import storable

#: (unit code, column id); "" as column: the unit's site as a whole
Place = tuple[str, str]
_Key = tuple[str, ...]

_TABLE: Final = tables.remarks
_KEY: Final = ("unit", "kind", "column_id", "requirement", "subject")
_LASTING: Final = frozenset(kind.name for kind in LASTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarksKept:
    """提示入账的结果."""

    new: int = 0
    ended: int = 0


def note(
    engine: sa.Engine, remarks: Iterable[Remark], *, on: date, read: Collection[Place]
) -> RemarksKept:
    """Keep what the night ``on`` remarked; ``read``: the places it read to a conclusion.

    The same night again changes nothing.
    """
    seen = {_key(values): values for values in map(rows.remark_row, remarks)}
    with writing(engine) as memory:
        known = _known(memory)
        added = [values for key, values in seen.items() if key not in known]
        extended = [
            {"key": known[key].seq, "on": on, **_told(values)}
            for key, values in seen.items()
            if key in known and known[key].last_seen_on <= on
        ]
        ended = [
            {"key": row.seq, "on": on}
            for key, row in known.items()
            if key not in seen and _ends(row, on, read)
        ]
        if added:
            days = {"first_seen_on": on, "last_seen_on": on}
            memory.execute(sa.insert(_TABLE), [values | days for values in added])
        if extended:
            memory.execute(_EXTEND, extended)
        if ended:
            memory.execute(_END, ended)
    return RemarksKept(new=len(added), ended=len(ended))


def say(
    engine: sa.Engine, number: int, opinion: Opinion, *, by: str, at: datetime, text: str = ""
) -> bool:
    """Keep what a person says of a remark; False when there is none of that number."""
    with writing(engine) as memory:
        told = memory.execute(
            sa.update(_TABLE)
            .where(_TABLE.c.seq == number)
            .values(opinion=opinion.name, said_by=by, said_at=at, note=text)
        )
        seal(memory, _TABLE, [number])
        return told.rowcount > 0


def _known(memory: sa.Connection) -> Mapping[_Key, sa.Row[Any]]:
    """The rows that a remark of tonight would extend: those that stand, and the unfounded ones."""
    query = sa.select(
        *(_TABLE.c[name] for name in (*_KEY, "seq", "last_seen_on", "ended_on"))
    ).where(_TABLE.c.ended_on.is_(None) | (_TABLE.c.opinion == Opinion.UNFOUNDED.name))
    found = memory.execute(query.order_by(_TABLE.c.seq))
    return {_key(row._mapping): row for row in found}


def _ends(row: sa.Row[Any], on: date, read: Collection[Place]) -> bool:
    if row.ended_on is not None or row.kind not in _LASTING or row.last_seen_on >= on:
        return False
    return (row.unit, row.column_id) in read


def _key(values: Mapping[Any, Any]) -> _Key:
    return tuple(storable(values[name]) for name in _KEY)


def _told(values: rows.Values) -> rows.Values:
    return {f"new_{name}": values[name] for name in _TOLD}


#: what tells of it tonight; the rest is what it is known by
_TOLD: Final = ("because", "facts", "page", "evidence")
_ROW: Final = _TABLE.c.seq == sa.bindparam("key")
_EXTEND: Final = (
    sa.update(_TABLE)
    .where(_ROW)
    .values(
        {name: sa.bindparam(f"new_{name}") for name in _TOLD}
        | {"last_seen_on": sa.bindparam("on"), "ended_on": None}
    )
)
_END: Final = sa.update(_TABLE).where(_ROW).values(ended_on=sa.bindparam("on"))
