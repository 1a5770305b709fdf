"""判断记录入账: what a scan was judged by and the digest of its verdicts, with the verdicts."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from monitor.ledger.chain import seal
from monitor.model import Given
from monitor.store import proofs, rows

_TABLE = proofs.judgings


def note_judging(
    memory: sa.Connection, given: Given, *, scan: int, at: datetime, verdicts: int, sha256: str
) -> None:
    """Keep by what ``scan`` was judged; judged again by the same to the same, it stays as it is."""
    parts = _kept(memory, rows.given_texts(given))
    told = {
        "parts": json.dumps(parts, separators=(",", ":")),
        "verdicts": verdicts,
        "sha256": sha256,
    }
    whose = rows.whose_text(given)
    same = sa.select(_TABLE).where(_TABLE.c.scan == scan, _TABLE.c.whose == whose)
    before = memory.execute(same).one_or_none()
    if before is None:
        new = sa.insert(_TABLE).values(scan=scan, whose=whose, judged_at=at, **told)
        seal(memory, _TABLE, [memory.scalar(new.returning(_TABLE.c.seq))])
    elif any(before._mapping[name] != value for name, value in told.items()):
        again = sa.update(_TABLE).where(_TABLE.c.seq == before.seq)
        memory.execute(again.values(judged_at=at, **told))
        seal(memory, _TABLE, [before.seq])


def _kept(memory: sa.Connection, texts: Mapping[str, str]) -> dict[str, str]:
    """The digest of each text; one that is not there yet is stored."""
    table = proofs.bases
    digests = {part: hashlib.sha256(text.encode()).hexdigest() for part, text in texts.items()}
    asked = sa.select(table.c.sha256).where(table.c.sha256.in_(digests.values()))
    known = set(memory.scalars(asked))
    new = {digests[part]: text for part, text in texts.items() if digests[part] not in known}
    if new:
        packed = [
            {"sha256": sha256, "content": gzip.compress(text.encode(), mtime=0)}
            for sha256, text in new.items()
        ]
        memory.execute(sa.insert(table), packed)
    return digests
