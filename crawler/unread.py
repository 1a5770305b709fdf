"""未读到的栏目: observations of columns that were not read, or need not be. Pure."""

from __future__ import annotations

from dataclasses import replace

from crawler.ask import Answer
from crawler.memory import remembered_coverage
from crawler.sight import Sight
from monitor.model import Coverage, Evidence, Observation, Outcome, Target


def unchanged(target: Target, answer: Answer) -> Observation:
    """A page that the host says is the one of the last time."""
    return Observation(
        unit=target.unit,
        column=target.column.id,
        outcome=Outcome.OPENED,
        address=answer.url,
        unchanged=True,
        coverage=remembered_coverage(target, Coverage(pages=1)),
        identity_seen=target.remembered.identity_seen,
        http_status=answer.status,
        remarks=answer.remarks,
        remember=target.remembered,
    )


def not_read(target: Target, sight: Sight) -> Observation:
    """A page that could not be opened, or is not what was asked for."""
    return Observation(
        unit=target.unit,
        column=target.column.id,
        outcome=sight.outcome,
        address=sight.answer.url,
        phrase=sight.phrase,
        http_status=sight.answer.status,
        remarks=sight.answer.remarks,
        evidence=kept(sight),
        remember=target.remembered,
    )


def linked_but_gone(target: Target, sight: Sight) -> Observation:
    """A column that the site's own menus lead to, and that is not there."""
    seen = not_read(target, sight)
    return replace(seen, outcome=Outcome.GONE, still_linked=True, identity_seen=True)


def kept(sight: Sight | None) -> tuple[Evidence, ...]:
    return (sight.answer.evidence,) if sight and sight.answer.evidence else ()
