"""找栏目的结果 ⇄ JSON: what the eyes propose for one column of one unit."""

from __future__ import annotations

from monitor.model import Discovery, Spot, Sureness
from monitor.plain import day_of, iso
from monitor.wire.lines import Json
from monitor.wire.parts import filled


def pack_discovery(found: Discovery) -> Json:
    return {"target": found.key} | filled(
        unit=found.unit,
        column=found.column,
        closed=not found.opened,
        spots=[
            filled(
                address=spot.address,
                sureness=spot.sureness.name,
                grounds=spot.grounds,
                newest=iso(spot.newest),
            )
            for spot in found.spots
        ],
        looked=found.looked,
    )


def read_discovery(said: Json) -> Discovery:
    return Discovery(
        unit=said["unit"],
        column=said["column"],
        opened=not said.get("closed", False),
        spots=tuple(
            Spot(
                address=spot["address"],
                sureness=Sureness[spot["sureness"]],
                grounds=tuple(spot.get("grounds", ())),
                newest=day_of(spot.get("newest")),
            )
            for spot in said.get("spots", ())
        ),
        looked=tuple(said.get("looked", ())),
    )
