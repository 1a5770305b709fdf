"""查证所凭: what a night is held against: open findings, what stood before them, what is gone.

No verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from monitor.findings import GOOD
from monitor.judgements.backdating import PAST_SINCE, asked
from monitor.judgements.case import Key
from monitor.model import (
    GAPS,
    Assessment,
    Claim,
    ColumnPast,
    Earlier,
    Given,
    Obligation,
    Observation,
    Removal,
    Yield,
)
from monitor.obligations import running_items
from monitor.removals import still_gone
from monitor.store import Memory
from monitor.store.past import column_past
from monitor.store.removed import vanished
from monitor.store.sighted import earlier
from monitor.store.yielded import yields_before

#: how long ago an entry may have been listed last that is told as gone: later it was told already
GONE_SINCE = timedelta(days=30)


class Claims:
    """What one night needs of the memory beside its looks, read once."""

    def __init__(self, store: Memory, scan: str, given: Given) -> None:
        self._store = store
        self._scan = scan
        self._running = running_items(given.catalog)
        self._moment = given.moment
        self._uncounted = given.uncounted
        self._vanished = vanished(
            store, scan, since=given.moment.today - GONE_SINCE, uncounted=given.uncounted
        )
        self._claims: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in given.claims:
            self._claims[claim.unit].append(claim)

    def of_unit(
        self, unit: str, judged: Iterable[tuple[Obligation, Assessment]]
    ) -> Mapping[Key, Claim]:
        """Those on one unit, by the obligations of today."""
        own = self._claims.get(unit, ())
        known = {claim.key: claim for claim in own}
        known |= {
            one.key: claim
            for claim in own
            if claim.requirement in self._running
            for _, one in judged
            if one.requirement == claim.requirement and one.key not in known
        }
        return known

    def before(
        self, unit: str, judged: Iterable[tuple[Obligation, Assessment]]
    ) -> Mapping[Key, Earlier]:
        """What stood there when those of its findings began that look mended: few do."""
        judged = tuple(judged)
        claims = self.of_unit(unit, judged)
        began = {
            one.key: claims[one.key].first_seen_on
            for _, one in judged
            if one.key in claims and one.status in GOOD and one.documents
        }
        stood = {
            day: earlier(self._store, unit, until=day, scan=self._scan, uncounted=self._uncounted)
            for day in set(began.values())
        }
        return {key: stood[day] for key, day in began.items()}

    def yields_of(
        self,
        unit: str,
        judged: Iterable[tuple[Obligation, Assessment]],
        looks: Mapping[str, Observation],
    ) -> Mapping[str, tuple[Yield, ...]]:
        """What the columns yielded before whose looks make a gap tonight."""
        columns = {
            column
            for obligation, one in judged
            if one.status in GAPS
            for column in obligation.requirement.columns
            if column in looks
        }
        if not columns:
            return {}
        return yields_before(
            self._store, self._scan, unit, columns=columns, uncounted=self._uncounted
        )

    def pasts_of(self, unit: str, looks: Mapping[str, Observation]) -> Mapping[str, ColumnPast]:
        """What earlier nights saw of the columns in which something came that must be looked at."""
        since = self._moment.today - PAST_SINCE
        return {
            column: column_past(
                self._store,
                unit,
                column,
                scan=self._scan,
                since=since,
                uncounted=self._uncounted,
            )
            for column in sorted(asked(looks, self._moment))
        }

    def gone_of(self, unit: str, looks: Mapping[str, Observation]) -> tuple[Removal, ...]:
        """What its columns listed not long ago, and what stands nowhere tonight."""
        return still_gone(self._vanished.get(unit, ()), looks)
