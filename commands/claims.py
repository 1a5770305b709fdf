"""查证所凭: what a night is held against: open findings, what stood before them, what is gone.

No verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from monitor.findings import GOOD, continues, key_of, was_confirmed
from monitor.judgements.case import Key
from monitor.model import Assessment, Earlier, Finding, Obligation, Observation, Removal
from monitor.removals import still_gone
from monitor.store import Memory, records
from monitor.store.removed import vanished
from monitor.store.sighted import earlier

#: how long ago an entry may have been listed last that is told as gone: later it was told already
GONE_SINCE = timedelta(days=30)


class Claims:
    """What one night needs of the memory beside its looks, read once."""

    def __init__(self, store: Memory, scan: str, on: date, running: Collection[str]) -> None:
        """``running``: items whose finding goes on into the next period."""
        self._store = store
        self._running = running
        self._vanished = vanished(store, scan, since=on - GONE_SINCE)
        self._findings: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in records.findings(store):
            if was_confirmed(finding, on):
                self._findings[finding.unit].append(finding)

    def findings_of(
        self, unit: str, judged: Iterable[tuple[Obligation, Assessment]]
    ) -> Mapping[Key, Finding]:
        """Those that a person confirmed and that are not settled, by the obligations of today."""
        own = self._findings.get(unit, ())
        known = {key_of(finding): finding for finding in own}
        known |= {
            one.key: finding
            for finding in own
            if continues(finding, self._running)
            for _, one in judged
            if one.requirement == finding.requirement and one.key not in known
        }
        return known

    def before(
        self, unit: str, judged: Iterable[tuple[Obligation, Assessment]]
    ) -> Mapping[Key, Earlier]:
        """What stood there when those of its findings began that look mended: few do."""
        judged = tuple(judged)
        findings = self.findings_of(unit, judged)
        return {
            one.key: earlier(self._store, unit, until=findings[one.key].first_seen_on)
            for _, one in judged
            if one.key in findings and one.status in GOOD and one.documents
        }

    def gone_of(self, unit: str, looks: Mapping[str, Observation]) -> tuple[Removal, ...]:
        """What its columns listed not long ago, and what stands nowhere tonight."""
        return still_gone(self._vanished.get(unit, ()), looks)
