"""刹车: which units a night makes worse; whether it is believed before anything moves. No verb."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from commands.folder import Folder
from crawler.canary import labels
from monitor.brake import Hold, hold_of
from monitor.findings import GOOD
from monitor.judgements import Case
from monitor.model import GAPS, Assessment, Obligation, Observation
from monitor.store import records

#: scans that are searched for the last night of a unit that is believed
_LOOKED_BACK = 30
#: judges what one unit owes from its looks by column
Judge = Callable[
    [Sequence[Obligation], Mapping[str, Observation]], Iterable[tuple[Obligation, Assessment]]
]


class Worsening:
    """变差的单位: cases of a night come one by one; then it is asked whether to hold it.

    A unit is worse when an item that was in order is a gap now. What would be a gap had nothing
    changed on its pages is the calendar's doing, or a new rule's, and does not count.
    """

    def __init__(self, folder: Folder, scan: str, judge: Judge) -> None:
        self._folder = folder
        self._scan = scan
        self._judge = judge
        self._before = records.statuses(folder.store)
        self._lost: dict[str, list[Obligation]] = {}
        self._platforms: defaultdict[str, set[str]] = defaultdict(set)

    def see(self, case: Case) -> None:
        """Take in how one unit was judged."""
        code = case.unit.code
        lost = [
            obligation
            for obligation, one in case.judged
            if one.status in GAPS and self._before.get((code, one.requirement)) in GOOD
        ]
        if lost:
            self._lost[code] = lost
        for name in {look.platform for look in case.looks.values()} - {"", "generic"}:
            self._platforms["、".join(labels([name]))].add(code)
        if host := urlsplit(case.unit.home).netloc:
            self._platforms[host].add(code)

    def hold(self) -> Hold | None:
        """Why the night waits, and whose verdicts; None: it is believed."""
        if self._hold(self._lost) is None:
            return None
        return self._hold(frozenset(self._by_the_pages()))

    def _hold(self, worse: Iterable[str]) -> Hold | None:
        sites = [unit.code for unit in self._folder.units if unit.active and unit.home]
        return hold_of(frozenset(worse), sites, self._platforms)

    def _by_the_pages(self) -> Iterator[str]:
        """The units whose loss the pages of their last believed night do not explain."""
        looks = self._believed_looks()
        for code, lost in self._lost.items():
            again = self._judge(lost, looks.get(code, {}))
            if any(one.status not in GAPS for _, one in again):
                yield code

    def _believed_looks(self) -> Mapping[str, Mapping[str, Observation]]:
        """Each unit as the newest night saw it that is believed of it.

        What waits, or was discarded, is not: the same fault two nights long is no calendar.
        """
        store = self._folder.store
        doubted = dict(records.uncounted(store).units)
        looks: dict[str, Mapping[str, Observation]] = {}
        for scan in records.scans(store, newest=_LOOKED_BACK):
            wanted = self._lost.keys() - looks.keys() - set(doubted.get(scan.id, ()))
            if wanted and scan.is_valid and scan.id != self._scan:
                looks |= dict(records.looks(store, scan.id, units=wanted))
        return looks
