"""校验链: every row of what was done and said is linked to the one before it, as it was written.

Called inside the transaction that wrote the rows; ``writing`` has one writer at a time, so the
chain cannot fork. A row that is changed by its verb is linked anew. What is on the chain is checked
by ``store/checked.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from monitor.store import proofs
from monitor.store.sealed import ALL_FINDINGS, SEALED, digest_of, digest_of_all, linked

#: rows asked for in one statement
_ASKED: Final = 500
_CHAIN: Final = proofs.chain
_END: Final = proofs.chain_end
#: kind, entry, digest
_Link = tuple[str, str, str]


def seal(memory: sa.Connection, table: sa.Table, keys: Sequence[object]) -> None:
    """Link the rows of ``table`` with these keys, as they stand now."""
    sealed = SEALED[table.name]
    links: list[_Link] = []
    for start in range(0, len(keys), _ASKED):
        some = keys[start : start + _ASKED]
        for row in memory.execute(sealed.rows.where(sealed.key.in_(some))):
            entry = str(row._mapping[sealed.key.name])
            links.append((table.name, entry, digest_of(row._mapping)))
    _append(memory, links)


def seal_findings(memory: sa.Connection) -> None:
    """Link all findings together, unless they are as the last such link tells."""
    name = ALL_FINDINGS.table.name
    digest = digest_of_all(digest_of(row._mapping) for row in memory.execute(ALL_FINDINGS.rows))
    last = (
        sa.select(_CHAIN.c.digest)
        .where(_CHAIN.c.kind == name)
        .order_by(_CHAIN.c.seq.desc())
        .limit(1)
    )
    if digest != memory.scalar(last):
        _append(memory, [(name, "*", digest)])


def _append(memory: sa.Connection, links: Sequence[_Link]) -> None:
    if not links:
        return
    end = memory.execute(sa.select(_END)).one_or_none()
    seq, sha256 = (end.links, end.sha256 or "") if end else (0, "")
    last = memory.execute(sa.select(_CHAIN).order_by(_CHAIN.c.seq.desc()).limit(1)).one_or_none()
    if last is not None and last.seq > seq:
        # the end was tampered with; whatever is wrong with it, what is done now is written down
        seq, sha256 = last.seq, last.sha256
    values: list[dict[str, object]] = []
    for kind, entry, digest in links:
        seq += 1
        sha256 = linked(sha256, seq, kind, entry, digest)
        values.append(
            {"seq": seq, "kind": kind, "entry": entry, "digest": digest, "sha256": sha256}
        )
    memory.execute(sa.insert(_CHAIN), values)
    said = {"links": seq, "sha256": sha256}
    memory.execute(sa.update(_END).values(said) if end else sa.insert(_END).values(id=1, **said))
