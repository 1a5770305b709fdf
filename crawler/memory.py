"""记得什么: what one night keeps of a column so that the next need not read it again. Pure.

A column is asked for conditionally only if what is remembered was read far enough, and for the same
things as are wanted now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from crawler.ask import Ask
from crawler.reading import ColumnReading
from crawler.sight import Sight
from monitor.model import (
    Coverage,
    LookFor,
    Observation,
    Outcome,
    Remembered,
    Target,
)


def first_ask(target: Target) -> Ask:
    """Ask for what changed only if what is remembered reaches as far as is wanted now."""
    last = target.remembered
    if not reaches(target):
        return Ask(url=target.address, keep=True)
    return Ask(url=target.address, keep=True, etag=last.etag, last_modified=last.last_modified)


def reaches(target: Target) -> bool:
    """Whether what is remembered was read far enough, and for the same things."""
    last = target.remembered
    same = last.list_digest.startswith(f"{_mark(target.look_for)}:")
    return same and Coverage(since=last.since, to_end=last.to_end).reaches(target.since)


def still_says_it(target: Target, reading: ColumnReading) -> bool:
    """Whether the first page lists what it listed when the column was last read far enough."""
    mark = f"{_mark(target.look_for)}:{reading.digest}"
    return target.remembered.list_digest == mark and reaches(target)


def remembered_coverage(target: Target, now: Coverage) -> Coverage:
    last = target.remembered
    return replace(now, since=last.since, to_end=last.to_end, stopped_by="")


def to_remember(target: Target, sight: Sight, reading: ColumnReading, named: bool) -> Remembered:
    """What lets the next night ask conditionally; validators only of the page that is the list."""
    headers: Mapping[str, str] = (
        sight.answer.headers if reading.direct and not sight.answer.redirects else {}
    )
    return Remembered(
        address=target.address or sight.answer.url,
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        list_digest=f"{_mark(target.look_for)}:{reading.digest}",
        signature=reading.signature,
        newest=target.remembered.newest,
        since=reading.coverage.since,
        to_end=reading.coverage.to_end,
        identity_seen=named,
    )


def kept_in_mind(seen: Observation) -> Remembered:
    """What the next night is to know after a look: of a list that is away only where it stood.

    A list that was empty or gone may come back as it was. What it was known by before would make it
    "unchanged" then, and that would say that it is still away.
    """
    last = seen.remember
    if seen.outcome is Outcome.OPENED:
        return last
    return replace(last, etag="", last_modified="", list_digest="", since=None, to_end=False)


@lru_cache(maxsize=256)  # the same for all units of a kind
def _mark(look_for: tuple[LookFor, ...]) -> str:
    """A mark of what is looked for in a column, kept beside the digest of its list."""
    return hashlib.sha256(repr(look_for).encode()).hexdigest()[:8]
