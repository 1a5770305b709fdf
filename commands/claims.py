"""查证所凭: what a night is held against: open findings, what stood before them, what is gone.

No verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from monitor.findings import GOOD, key_of, was_confirmed
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

    def __init__(self, store: Memory, scan: str, on: date) -> None:
        self._store = store
        self._vanished = vanished(store, scan, since=on - GONE_SINCE)
        self._findings: defaultdict[str, dict[Key, Finding]] = defaultdict(dict)
        for finding in records.findings(store):
            if was_confirmed(finding, on):
                self._findings[finding.unit][key_of(finding)] = finding

    def findings_of(self, unit: str) -> Mapping[Key, Finding]:
        """Those that a person confirmed and that are not settled."""
        return self._findings.get(unit, {})

    def before(
        self, unit: str, judged: Iterable[tuple[Obligation, Assessment]]
    ) -> Mapping[Key, Earlier]:
        """What stood there when those of its findings began that look mended: few do."""
        return dict(self._before(self.findings_of(unit), judged))

    def _before(
        self, findings: Mapping[Key, Finding], judged: Iterable[tuple[Obligation, Assessment]]
    ) -> Iterator[tuple[Key, Earlier]]:
        for _, one in judged:
            finding = findings.get(one.key)
            if finding is not None and one.status in GOOD and one.documents:
                yield one.key, earlier(self._store, one.unit, until=finding.first_seen_on)

    def gone_of(self, unit: str, looks: Mapping[str, Observation]) -> tuple[Removal, ...]:
        """What its columns listed not long ago, and what stands nowhere tonight."""
        return still_gone(self._vanished.get(unit, ()), looks)
