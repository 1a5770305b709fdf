"""巡查计划: what is wanted of each unit's columns → targets, in batches of whole hosts. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from crawler.addresses import AddressRules, identity, may_ask
from monitor.model import (
    Catalog,
    Column,
    Document,
    LookFor,
    Network,
    Plan,
    Remembered,
    RobotsFile,
    Target,
    Unit,
)

#: politeness groups in one batch: what a child keeps in memory does not grow with the county
_GROUPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """要看的内容: one column of one unit, how far back, and what to look for in it.

    The caller makes one per obligation and column; the eyes do not know what is owed.
    """

    unit: str
    column: str
    since: date
    look_for: tuple[LookFor, ...] = ()


def plan(
    wants: Iterable[Want],
    *,
    units: Iterable[Unit],
    catalog: Catalog,
    remembered: Mapping[tuple[str, str], Remembered],
    network: Network,
    scan: str,
    night: date,
    clock_offset: float = 0.0,
    groups: int = _GROUPS,
    left_over: Mapping[tuple[str, str], date] | None = None,
    robots: Iterable[RobotsFile] = (),
    again: Mapping[tuple[str, str], tuple[Document, ...]] | None = None,
) -> tuple[Plan, ...]:
    """Return the batches of one scan: one target per unit and column, whole groups, longest first.

    A unit without a site gives no target (it is looked at by a person). An address on a host of its
    own is a group of its own; a unit's other columns stay with its home page. ``left_over`` are the
    columns the last scan did not come to, each with the day of its last look: they are the first.
    Each batch takes those of ``robots`` along that are of its hosts.
    ``again`` are documents to open also where their list is still the same.
    """
    rules = AddressRules.of(network)
    by_host = defaultdict(list)
    for file in robots:
        by_host[rules.group(file.address)].append(file)
    by_code = {unit.code: unit for unit in units if unit.active}
    targets = [
        _target(
            by_code[want.unit], catalog.columns[want.column], want, remembered, again or {}, rules
        )
        for want in _merged(wants)
        if want.unit in by_code and want.column in catalog.columns
    ]
    targets = _marked_shared([target for target in targets if target.home or target.address])
    return tuple(
        Plan(
            scan=scan,
            batch=number,
            night=night,
            catalog_digest=catalog.digest,
            clock_offset=clock_offset,
            network=network,
            targets=batch,
            robots=tuple(file for host in _hosts(batch, rules) for file in by_host.get(host, ())),
        )
        for number, batch in enumerate(_batches(targets, groups, left_over or {}), start=1)
    )


def _hosts(targets: Iterable[Target], rules: AddressRules) -> list[str]:
    addresses = (
        address
        for target in targets
        for address in (target.address, target.home, target.disclosure_home)
        if address
    )
    return list(dict.fromkeys(map(rules.group, addresses)))


def _merged(wants: Iterable[Want]) -> list[Want]:
    """One want per unit and column: the earliest day, and everything looked for, once."""
    found: defaultdict[tuple[str, str], list[Want]] = defaultdict(list)
    for want in wants:
        found[want.unit, want.column].append(want)
    return [
        Want(
            unit=unit,
            column=column,
            since=min(want.since for want in same),
            look_for=tuple(dict.fromkeys(look for want in same for look in want.look_for)),
        )
        for (unit, column), same in found.items()
    ]


def _target(
    unit: Unit,
    column: Column,
    want: Want,
    remembered: Mapping[tuple[str, str], Remembered],
    again: Mapping[tuple[str, str], tuple[Document, ...]],
    rules: AddressRules,
) -> Target:
    last = remembered.get((unit.code, column.id), Remembered())
    given = unit.entrances.get(column.id, "")
    home = unit.home if may_ask(unit.home) else ""
    if last.address and given and identity(last.address) != identity(given):
        last = Remembered()  # the sheet names another address now: what was seen there is no guide
    address = given or last.address
    address = address if address and may_ask(address) else ""
    return Target(
        unit=unit.code,
        unit_names=unit.names,
        column=column,
        home=home,
        disclosure_home=unit.disclosure_home if may_ask(unit.disclosure_home) else "",
        address=address,
        group=rules.group(address or home),
        since=want.since,
        look_for=want.look_for,
        remembered=last,
        again=again.get((unit.code, column.id), ()) if last.list_digest else (),
    )


def _marked_shared(targets: list[Target]) -> list[Target]:
    """Mark the targets whose list is another unit's list too."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for target in targets:
        if target.address:
            owners[identity(target.address)].add(target.unit)
    many = {address for address, units in owners.items() if len(units) > 1}
    return [
        replace(target, shared=True)
        if target.address and identity(target.address) in many
        else target
        for target in targets
    ]


def _batches(
    targets: list[Target], groups: int, left_over: Mapping[tuple[str, str], date]
) -> list[tuple[Target, ...]]:
    """Whole groups, the longest first, dealt out so that no batch has only long ones.

    Of a site that cannot give all its columns in one night, others are the last ones every night.
    """
    sizes = Counter(target.group for target in targets)
    in_order = [group for group, _ in sizes.most_common()]
    many = -(-len(in_order) // groups)
    place = {group: number % many for number, group in enumerate(in_order)} if many else {}
    rank = {group: number for number, group in enumerate(in_order)}

    def last_look(target: Target) -> date:
        return left_over.get((target.unit, target.column.id), date.max)

    waiting: dict[str, date] = {}
    for target in targets:
        waiting[target.unit] = min(last_look(target), waiting.get(target.unit, date.max))
    batches: list[list[Target]] = [[] for _ in range(many)]
    for target in sorted(
        targets, key=lambda one: (rank[one.group], waiting[one.unit], one.unit, last_look(one))
    ):
        batches[place[target.group]].append(target)
    batches.sort(key=lambda batch: min(map(last_look, batch)))
    return [tuple(batch) for batch in batches]
