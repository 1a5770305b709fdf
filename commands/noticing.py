"""提示的汇集: what a night remarks on each unit, then on all together, and keeps. No verb."""

from __future__ import annotations

from commands.texts import Texts
from crawler.canary import labels
from monitor.judgements import Case, remarked
from monitor.judgements.likeness import Print
from monitor.judgements.originality import Paper, copied, papers
from monitor.judgements.shared_platform import Met, met, of_platforms
from monitor.ledger.prints import keep_prints
from monitor.ledger.remarks import RemarksKept, note
from monitor.model import Moment, Remark, RemarkKind
from monitor.store import Memory, records


class Noticing:
    """What one night has to remark: cases come one by one, and are kept when all have been."""

    def __init__(self, store: Memory, texts: Texts, on: Moment) -> None:
        self._store = store
        self._texts = texts
        self._on = on
        self._remarks: list[Remark] = []
        self._read: set[tuple[str, str]] = set()
        self._known = dict(records.prints(store))
        self._papers: list[Paper] = []
        self._met: list[Met] = []
        self._new: dict[int, Print] = {}

    def see(self, case: Case) -> None:
        """Take in what the night knows of one unit."""
        self._remarks += remarked(case, self._on)
        self._met += met(case)
        places = {(case.unit.code, column) for column, _ in case.read}
        if places:
            self._read |= places | {(case.unit.code, "")}
        for paper, is_new in papers(case, self._known):
            if is_new:
                self._new[len(self._papers)] = paper.print
                self._known[paper.document.digest] = paper.print
            self._papers.append(paper)

    def keep_urgent(self) -> None:
        """Keep what does not wait until somebody has looked at the night."""
        urgent = [one for one in self._remarks if one.kind is RemarkKind.EXPOSED]
        note(self._store, urgent, on=self._on.today, read=())

    def keep(self) -> RemarksKept:
        """Compare the units with each other; keep it all."""
        platforms = of_platforms(self._met, _label)
        remarks = [one for one in self._remarks if not platforms.tell(one)]
        remarks += platforms.remarks
        remarks += copied(self._papers, self._new.keys(), self._texts)
        new = {self._papers[place].document.digest: one for place, one in self._new.items()}
        keep_prints(self._store, new)
        read = self._read | {(name, "") for name in platforms.seen}
        return note(self._store, remarks, on=self._on.today, read=read)


def _label(family: str) -> str:
    return "、".join(labels([family])) or family
