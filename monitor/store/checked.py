"""验链: the chain walked from its first link to its end, and what it holds beside what is there.

Nothing is mended here: what does not agree is told, each thing once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from monitor.findings import SETTLED
from monitor.model import State
from monitor.store import proofs, reading, streaming, tables
from monitor.store.judgings import unpacked
from monitor.store.rows import evidences
from monitor.store.sealed import ALL_FINDINGS, SEALED, digest_of, digest_of_all, linked
from monitor.wording import Breach

_CHAIN: Final = proofs.chain
#: a breach and what fills its sentence
Breached = tuple[Breach, Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """验链的结果."""

    links: int
    sha256: str  # of the last link; "" for none
    rows: Mapping[str, int]  # by what people call the table
    breaches: tuple[Breached, ...] = ()


@dataclass(slots=True)
class _Walk:
    """What was met on the way."""

    links: int = 0
    seq: int = 0
    sha256: str = ""
    seen: set[str] = field(default_factory=set)  # those of ``expected`` that were met
    last: dict[tuple[str, str], str] = field(default_factory=dict)  # (table, key) → digest


def check_chain(engine: sa.Engine, *, expected: str = "") -> Chain:
    """Walk the chain; ``expected``: the beginning of a sha256 that must be on it."""
    walk = _Walk()
    with reading(engine) as memory:
        breaches = [
            *_links(memory, walk, expected),
            *_end(memory, walk),
            *_rows(memory, walk),
            *_findings(memory, walk),
            *_contents(memory),
        ]
        rows = {
            sealed.name: memory.scalar(
                sa.select(sa.func.count()).select_from(sealed.rows.subquery())
            )
            or 0
            for sealed in SEALED.values()
        }
    if expected and not walk.seen:
        breaches.append((Breach.NOT_ON_CHAIN, {"sha256": expected}))
    return Chain(links=walk.links, sha256=walk.sha256, rows=rows, breaches=tuple(breaches))


def _links(memory: sa.Connection, walk: _Walk, expected: str) -> Iterator[Breached]:
    with streaming(memory, sa.select(_CHAIN).order_by(_CHAIN.c.seq)) as found:
        for row in found:
            for lost in range(walk.seq + 1, row.seq):
                yield Breach.LINK_LOST, {"seq": lost}
            is_next = row.seq == walk.seq + 1
            before = walk.sha256 if is_next else None
            if before is not None and row.sha256 != linked(
                before, row.seq, row.kind, row.entry, row.digest
            ):
                facts = {"seq": row.seq, "what": _name(row.kind), "entry": row.entry}
                yield Breach.LINK_CHANGED, facts
            walk.links += 1
            walk.seq, walk.sha256 = row.seq, row.sha256
            walk.last[row.kind, row.entry] = row.digest
            if expected and row.sha256.startswith(expected):
                walk.seen.add(row.sha256)


def _end(memory: sa.Connection, walk: _Walk) -> Iterator[Breached]:
    end = memory.execute(sa.select(proofs.chain_end)).one_or_none()
    if end is None:
        if walk.links:
            yield Breach.NO_END, {}
    elif (end.links, end.sha256 or "") != (walk.seq, walk.sha256):
        yield Breach.END_CUT, {"links": end.links, "found": walk.links}


def _rows(memory: sa.Connection, walk: _Walk) -> Iterator[Breached]:
    """Each row beside the last link that tells of it."""
    for kind, sealed in SEALED.items():
        left = {entry: digest for (of, entry), digest in walk.last.items() if of == kind}
        with streaming(memory, sealed.rows) as found:
            for row in found:
                entry = str(row._mapping[sealed.key.name])
                facts = {"what": sealed.name, "entry": entry}
                known = left.pop(entry, None)
                if known is None:
                    yield Breach.ROW_ADDED, facts
                elif known != digest_of(row._mapping):
                    yield Breach.ROW_CHANGED, facts
        for entry in left:
            yield Breach.ROW_LOST, {"what": sealed.name, "entry": entry}


def _findings(memory: sa.Connection, walk: _Walk) -> Iterator[Breached]:
    """All findings together, and each beside the last step of its history."""
    rows = memory.execute(ALL_FINDINGS.rows).all()
    known = walk.last.get((ALL_FINDINGS.table.name, "*"))
    now = digest_of_all(digest_of(row._mapping) for row in rows)
    if (rows or known is not None) and known != now:
        yield Breach.FINDINGS_CHANGED, {}
    events = tables.finding_events.c
    steps = sa.select(events.finding, events.to_state).order_by(events.seq)
    last = {step.finding: step.to_state for step in memory.execute(steps)}
    for row in rows:
        if (step := last.get(row.number)) != row.state:
            told = _state(step) if step else "无"
            facts = {"number": row.number, "state": _state(row.state), "last": told}
            yield Breach.STATE_CHANGED, facts


def _contents(memory: sa.Connection) -> Iterator[Breached]:
    """What is kept under its own digest."""
    kept = tables.snapshots.c
    snapshots = sa.select(kept.id, kept.sha256, kept.content)
    for name, sha256, content in memory.execute(snapshots):
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Breach.SNAPSHOT_CHANGED, {"entry": name}
    with streaming(memory, sa.select(proofs.bases)) as found:
        for basis in found:
            if unpacked(basis.content, basis.sha256) is None:
                yield Breach.BASIS_CHANGED, {"sha256": basis.sha256[:12]}


def _name(kind: str) -> str:
    return SEALED[kind].name if kind in SEALED else ALL_FINDINGS.name


def _state(name: str) -> str:
    return State[name].value if name in State.__members__ else name


# --- pages --------------------------------------------------------------------------------


def pages_of_open_findings(engine: sa.Engine) -> Mapping[str, str]:
    """The sha256 of every page behind a finding that is not settled → the number of the finding.

    Of each: what its steps and its present verdict rest on, and every look since it was first seen.
    """
    findings, events = tables.findings.c, tables.finding_events.c
    judged, seen = tables.assessments.c, tables.columns_seen.c
    settled = sorted(state.name for state in SETTLED)
    behind: dict[str, str] = {}
    with reading(engine) as memory:
        open_ones = sa.select(tables.findings).where(findings.state.not_in(settled))
        rows = memory.execute(open_ones.order_by(findings.number)).all()
        number_of = {(row.unit, row.requirement): row.number for row in rows}
        steps = sa.select(events.finding, events.evidence).where(
            events.evidence.is_not(None), events.finding.in_([row.number for row in rows])
        )
        for number, sha256 in memory.execute(steps):
            if sha256:
                behind.setdefault(sha256, number)
        verdicts = sa.select(judged.unit, judged.requirement, judged.evidence).where(judged.latest)
        for unit, requirement, told in memory.execute(verdicts):
            if (number := number_of.get((unit, requirement))) is not None:
                _note(behind, told, number)
        if rows:
            first = min(row.first_seen_on for row in rows)
            by_unit = {row.unit: row.number for row in reversed(rows)}
            looks = (
                sa.select(seen.unit, seen.evidence)
                .join(tables.scans, tables.scans.c.seq == seen.scan)
                .where(tables.scans.c.night >= first, seen.evidence.is_not(None))
            )
            for unit, told in memory.execute(looks):
                if unit in by_unit:
                    _note(behind, told, by_unit[unit])
    return behind


def all_pages(engine: sa.Engine) -> Collection[str]:
    """The sha256 of every page that was ever stored."""
    with reading(engine) as memory:
        return tuple(memory.scalars(sa.select(tables.evidence.c.sha256).order_by("sha256")))


def _note(behind: dict[str, str], told: str | None, number: str) -> None:
    for page in evidences(told):
        behind.setdefault(page.sha256, number)
