"""接口: what the program says beside its findings, each None as long as it judges no such thing.

Whoever builds one of these judgements fills in its function here, and ``score`` compares it with
the truth from then on. Entries are named by unit code, column id and the number in their address.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

EntryName = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdating:
    """一条倒签 as the program tells it; days are ordinals."""

    entry: EntryName
    unread: bool  # a night that was not read is part of its evidence
    days_late: int  # the least number of days it can be late


def backdated(store: sa.Engine) -> tuple[Backdating, ...] | None:
    """Every entry that was said to be backdated so far."""
    return None


def lacking_partner(store: sa.Engine) -> frozenset[EntryName] | None:
    """Every document of which it was said that what must follow it has not, or came late."""
    return None


def removed(store: sa.Engine) -> frozenset[EntryName] | None:
    """Every entry of which it was said that it was taken down without a word."""
    return None
