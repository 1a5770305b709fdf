"""巡查计划 ⇄ JSON: what the eyes are asked; one pair of functions for each record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.model import Column, LookFor, Match, Network, Plan, Target
from monitor.plain import day_of, iso
from monitor.wire.lines import Json
from monitor.wire.parts import filled, pack_remembered, read_remembered
from monitor.wire.seen import pack_document, read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """计划首行: what the first line of a plan and of a scan file says; ``targets`` counts them."""

    scan: str
    batch: int
    night: date
    catalog_digest: str
    clock_offset: float
    network: Network
    targets: int
    reader: str = ""


def pack_header(plan: Plan) -> Json:
    return {
        "scan": plan.scan,
        "batch": plan.batch,
        "night": plan.night.isoformat(),
        "catalog": plan.catalog_digest,
        "offset": plan.clock_offset,
        "network": pack_network(plan.network),
        "targets": len(plan.targets),
        "reader": plan.reader,
    }


def read_header(said: Json) -> Header:
    return Header(
        scan=said["scan"],
        batch=said["batch"],
        night=date.fromisoformat(said["night"]),
        catalog_digest=said["catalog"],
        clock_offset=said["offset"],
        network=_network(said["network"]),
        targets=said["targets"],
        reader=said.get("reader", ""),
    )


def pack_network(network: Network) -> Json:
    """All fields, also those at their default: the plan tells how the night was run."""
    return {
        "delay": network.delay,
        "timeout": network.timeout,
        "tries": network.tries,
        "pauses": network.pauses,
        "ceiling": network.ceiling,
        "tls": network.tls,
        "allow_private": network.allow_private,
        "test_targets": network.test_targets,
        "canaries": network.canaries,
        "browser": network.browser,
        "user_agent": network.user_agent,
        "robots_overrides": network.robots_overrides,
        "pages_per_column": network.pages_per_column,
        "pages_per_unit": network.pages_per_unit,
        "depth": network.depth,
        "minutes_per_unit": network.minutes_per_unit,
    }


def _network(said: Json) -> Network:
    return Network(
        delay=said["delay"],
        timeout=said["timeout"],
        tries=said["tries"],
        pauses=tuple(said["pauses"]),
        ceiling=said["ceiling"],
        tls=said["tls"],
        allow_private=tuple(said["allow_private"]),
        test_targets=tuple(said["test_targets"]),
        canaries=tuple(said["canaries"]),
        browser=said.get("browser", ""),
        user_agent=said["user_agent"],
        robots_overrides=tuple(said["robots_overrides"]),
        pages_per_column=said["pages_per_column"],
        pages_per_unit=said["pages_per_unit"],
        depth=said["depth"],
        minutes_per_unit=said["minutes_per_unit"],
    )


def pack_target(target: Target) -> Json:
    return filled(
        unit=target.unit,
        names=target.unit_names,
        column=filled(
            id=target.column.id,
            name=target.column.name,
            aliases=target.column.aliases,
            counted_only=target.column.counted_only,
            retired=iso(target.column.retired_on),
        ),
        home=target.home,
        disclosure_home=target.disclosure_home,
        address=target.address,
        group=target.group,
        since=target.since.isoformat(),
        look_for=[pack_look_for(look_for) for look_for in target.look_for],
        shared=target.shared,
        remembered=pack_remembered(target.remembered),
        again=[pack_document(document) for document in target.again],
    )


def read_target(said: Json) -> Target:
    column = said["column"]
    return Target(
        unit=said["unit"],
        unit_names=tuple(said.get("names", ())),
        column=Column(
            id=column["id"],
            name=column["name"],
            aliases=tuple(column.get("aliases", ())),
            counted_only=column.get("counted_only", False),
            retired_on=day_of(column.get("retired")),
        ),
        home=said.get("home", ""),
        disclosure_home=said.get("disclosure_home", ""),
        address=said.get("address", ""),
        group=said.get("group", ""),
        since=date.fromisoformat(said["since"]),
        look_for=tuple(map(_look_for, said.get("look_for", ()))),
        shared=said.get("shared", False),
        remembered=read_remembered(said.get("remembered", {})),
        again=tuple(map(read_document, said.get("again", ()))),
    )


def pack_look_for(look_for: LookFor) -> Json:
    match = look_for.match
    return filled(
        any=match.any,
        all=match.all,
        none=match.none,
        near=match.near,
        words=look_for.words,
        attachments=look_for.attachments,
        opened=look_for.opened,
    )


def _look_for(said: Json) -> LookFor:
    return LookFor(
        match=Match(
            any=tuple(said.get("any", ())),
            all=tuple(said.get("all", ())),
            none=tuple(said.get("none", ())),
            near=tuple(said.get("near", ())),
        ),
        words=tuple(said.get("words", ())),
        attachments=said.get("attachments", False),
        opened=said.get("opened", False),
    )
