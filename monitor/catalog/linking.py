"""关联: what must follow what, told by ``links`` and by the clocks of items, as one.

A link with a day gives its second item a ``paired_after`` clock; such a clock makes a link. When
both are written the days of the clock hold: it is the item's own, which a layer can change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from monitor.catalog.entries import LinkEntry
from monitor.model import Basis, Link, LinkKey, Match, Requirement
from monitor.timelimits import PairedAfter
from monitor.triggers import PublicationOf


def build_link(entry: LinkEntry) -> Link:
    """The link of an entry, still without its clock."""
    return Link(
        id=entry.id,
        trigger=entry.from_,
        partner=entry.to,
        keys=tuple(map(LinkKey, entry.key)),
        columns=entry.column,
        match=Match(any=entry.match.any, all=entry.match.all, none=entry.match.none),
        within=entry.within,
        day_kind=entry.day_kind,
        basis=tuple(
            Basis(title=one.title, doc_no=one.doc_no, article=one.article) for one in entry.basis
        ),
    )


def clock_of(entry: LinkEntry) -> PairedAfter | None:
    """The clock an entry asks for; None when it has no day, or no grounds for one."""
    if entry.within is None or entry.grounds is None:
        return None
    return PairedAfter(
        of=entry.from_,
        days=entry.within,
        day_kind=entry.day_kind,
        grounds=entry.grounds,
        effective_from=entry.effective_from,
    )


def linked(
    requirements: Mapping[str, Requirement], entries: Iterable[LinkEntry]
) -> tuple[Mapping[str, Requirement], tuple[Link, ...]]:
    """Give links to clocks and clocks to links; links with an end that is not owed fall away."""
    clocked = dict(requirements)
    links: list[Link] = []
    for entry in entries:
        partner = clocked.get(entry.to)
        if partner is None or entry.from_ not in requirements:
            continue
        link, own = build_link(entry), _clocks(partner).get(entry.from_)
        if own is not None:
            link = replace(link, within=own.days, day_kind=own.day_kind)
        elif (clock := clock_of(entry)) is not None:
            clocked[entry.to] = replace(partner, limits=(*partner.limits, clock))
        links.append(link)
    ends = {(link.trigger, link.partner) for link in links}
    for partner in requirements.values():
        for trigger, clock in _clocks(partner).items():
            if trigger in requirements and (trigger, partner.id) not in ends:
                links.append(_link_of(trigger, partner, clock))
    return clocked, tuple(links)


def _link_of(trigger: str, partner: Requirement, clock: PairedAfter) -> Link:
    return Link(
        id=f"{trigger}-{partner.id}",
        trigger=trigger,
        partner=partner.id,
        within=clock.days,
        day_kind=clock.day_kind,
        basis=partner.basis,
    )


def _clocks(requirement: Requirement) -> dict[str, PairedAfter]:
    return {limit.of: limit for limit in requirement.limits if isinstance(limit, PairedAfter)}


def ring(links: Iterable[LinkEntry], requirements: Iterable[Requirement]) -> tuple[str, ...]:
    """Ids of items that each must follow the one before, round to the first; () when none do."""
    after: dict[str, set[str]] = {}
    for link in links:
        if link.from_ != link.to:  # told where it is written
            after.setdefault(link.from_, set()).add(link.to)
    for requirement in requirements:
        for limit in requirement.limits:
            event = getattr(limit, "event", None)
            first = event.of if isinstance(event, PublicationOf) else getattr(limit, "of", None)
            if isinstance(first, str):
                after.setdefault(first, set()).add(requirement.id)
    return _cycle(after)


def _cycle(after: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """One way round that comes back to its start, or nothing."""
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if name in way:
            return (*way[way.index(name) :], name)
        if name in done:
            return ()
        for inner in sorted(after.get(name, ())):
            if found := walk(inner, (*way, name)):
                return found
        done.add(name)
        return ()

    return next((found for name in sorted(after) if (found := walk(name, ()))), ())
