"""可参考: which good example a unit is shown, of those an officer marked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from monitor.model import Assessment, Example, Status, Unit

#: in order today: an example that is a gap itself by now helps nobody
IN_ORDER = frozenset({Status.OK, Status.DUE_SOON})


def shown_to(
    units: Iterable[Unit], marked: Sequence[Example], assessments: Iterable[Assessment]
) -> Callable[[Unit], Mapping[str, str]]:
    """How to find a unit's examples: the addresses by item, of other units of its class.

    The one that was marked last is shown, as long as its own verdict is in order.
    """
    by_code = {unit.code: unit for unit in units}
    wanted = {(one.unit, one.requirement) for one in marked}
    good = {
        (one.unit, one.requirement)
        for one in assessments
        if (one.unit, one.requirement) in wanted and one.status in IN_ORDER
    }

    def of_unit(unit: Unit) -> Mapping[str, str]:
        return {
            one.requirement: one.address
            for one in sorted(marked, key=lambda one: one.at)
            if (one.unit, one.requirement) in good
            and one.unit != unit.code
            and one.unit in by_code
            and by_code[one.unit].types & unit.types
        }

    return of_unit
