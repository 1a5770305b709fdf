"""指纹入账: the fingerprints of texts → memory, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from monitor.judgements.likeness import Print
from monitor.store import tables, writing


def keep_prints(engine: sa.Engine, prints: Mapping[str, Print]) -> None:
    """Keep the fingerprints of texts by their digests; those known already stay."""
    if not prints:
        return
    table = tables.prints
    with writing(engine) as memory:
        known = set(memory.scalars(sa.select(table.c.digest).where(table.c.digest.in_(prints))))
        added = [
            {"digest": digest, "bits": f"{one.bits:016x}", "letters": one.letters}
            for digest, one in prints.items()
            if digest not in known
        ]
        if added:
            memory.execute(sa.insert(table), added)
