"""巡查的眼睛: ``DisclosureSpider`` walks a plan and writes one observation per target.

It drives the walks: hands each ``Ask`` to the network and each ``Answer`` back, keeps the budgets,
stores evidence, writes the scan file. What to open and what it means is decided in the walks.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar, cast

import scrapy

from crawler import evidence
from crawler.addresses import AddressRules
from crawler.ask import Answer, Ask, Walk
from crawler.clocks import ClockWatch, ServerClocks
from crawler.exposed import looked_through
from crawler.memory import kept_in_mind
from crawler.network import browser, fetcher
from crawler.pages.attachments import reads_scans
from crawler.recogniser import Recogniser
from crawler.unit import SharedLists, UnitWalk
from monitor.model import Evidence, Observation, Outcome, Plan, Remembered, Target
from monitor.personal import masked
from monitor.wire import ScanWriter

log = logging.getLogger("mingcha.crawl")

T = TypeVar("T")

#: the parent takes a child for stuck that has not shown a sign of life for ten times as long
_PULSE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """一批的差事: the plan, what of it is still to do, and where things go."""

    plan: Plan
    scan_file: Path
    evidence: Path
    done: frozenset[str] = frozenset()  # target keys
    poison: frozenset[str] = frozenset()  # addresses that killed a child before: not opened again
    failing: frozenset[str] = frozenset()  # families whose readers are known to be wrong

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(target for target in self.plan.targets if target.key not in self.done)


@dataclass(slots=True)
class _Budget:
    """What one unit may still cost."""

    pages: int
    until: float  # the loop's clock

    def spend(self) -> bool:
        """Take one page; False when there is none left, or no time."""
        self.pages -= 1
        return self.pages >= 0 and asyncio.get_running_loop().time() < self.until


def utc_now() -> datetime:
    """The eyes' one look at the clock; everything below takes the moment as an argument."""
    return datetime.now(UTC)


class DisclosureSpider(scrapy.Spider):
    """巡查: groups side by side up to the ceiling, inside a group one unit after the other."""

    name = "mingcha"

    def __init__(self, job: Job, writer: ScanWriter, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._job = job
        self._writer = writer
        self._network = job.plan.network
        self._rules = AddressRules.of(self._network)
        self._offset = timedelta(seconds=job.plan.clock_offset)
        self._clock_watch = ClockWatch(utc_now())
        self._servers = ServerClocks()
        self._counts: Counter[str] = Counter()
        self._recogniser = Recogniser(job.evidence)
        self._key = evidence.key(job.evidence)
        self._reads_scans = reads_scans()

    def now(self) -> datetime:
        """The scan's clock: the real one, moved by ``--today``; whether it was set is noted."""
        at = utc_now()
        if (jump := self._clock_watch.news(at)) is not None:
            self._writer.jump(jump)
        return at + self._offset

    def _note_time(self, place: str, headers: Mapping[str, str]) -> None:
        ahead = self._servers.news(place, headers, at=utc_now())
        if ahead is not None:
            self._writer.server(place, ahead)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Read all groups; everything is asked for from here, so nothing is yielded."""
        self._fetcher = fetcher(
            self.crawler,
            self._network,
            clock=self.now,
            robots=self._job.plan.robots,
            keep_robots=self._writer.robots,
            note_time=self._note_time,
        )
        self._browser = browser(self.crawler, self._network, self._fetcher)
        pulse = asyncio.create_task(self._pulse())
        try:
            await self._read_groups()
        finally:
            pulse.cancel()
        self._writer.totals(self._counts)
        return
        yield  # makes this the generator Scrapy asks for

    async def _pulse(self) -> None:
        """Touch the scan file while this process is not stuck in a page."""
        while True:
            self.now()  # a clock that is set and set back between two pages is seen too
            os.utime(self._job.scan_file)
            await asyncio.sleep(_PULSE)

    async def _read_groups(self) -> None:
        """As many groups at once as the ceiling allows, the longest begun first."""
        groups: dict[str, list[Target]] = {}
        for target in self._job.targets:
            groups.setdefault(target.group, []).append(target)
        waiting = iter(sorted(groups.values(), key=len, reverse=True))

        async def work() -> None:
            for targets in waiting:
                await self._read_group(targets)

        await asyncio.gather(*(work() for _ in range(max(1, self._network.ceiling))))

    async def _read_group(self, targets: list[Target]) -> None:
        shared = SharedLists()
        for _, own in groupby(targets, key=lambda target: target.unit):
            await self._read_unit(tuple(own), shared)

    async def _read_unit(self, targets: tuple[Target, ...], shared: SharedLists) -> None:
        """Read a unit's columns; write each observation as soon as nothing can change it."""
        budget = self._budget()
        walk = UnitWalk(
            targets,
            rules=self._rules,
            network=self._network,
            shared=shared,
            seen_at=self.now(),
            reads_scans=self._reads_scans,
        )
        held: list[Observation] = []
        for target in targets:
            seen = await self._drive(walk.read(target), target, walk.sites, budget, _unread)
            if walk.may_change(target, seen):
                held.append(seen)
            else:
                self._write(seen)
        for seen in walk.settled(held):
            self._write(seen)

    def _budget(self) -> _Budget:
        return _Budget(
            pages=self._network.pages_per_unit,
            until=asyncio.get_running_loop().time() + self._network.minutes_per_unit * 60,
        )

    async def _drive(
        self,
        walk: Walk[T],
        target: Target,
        sites: frozenset[str] | None,
        budget: _Budget,
        lost: Callable[[Target, Answer | None], T],
    ) -> T:
        """Answer what a walk asks until it has found what it went for.

        ``sites``: where it may lead; None: to any site that it asks for itself. ``lost`` stands for
        what it would have found, when a page breaks it.
        """
        answer: Answer | None = None
        while True:
            try:
                ask = next(walk) if answer is None else walk.send(answer)
            except StopIteration as end:
                return cast(T, end.value)
            except Exception:  # a page no one thought of: it must not end the night for the others
                log.exception("page not read", extra={"target": target.key})
                return lost(target, answer)
            may_lead_to = frozenset({self._rules.site(ask.url)}) if sites is None else sites
            answer = await self._answer(ask, may_lead_to, budget)
            if answer.body:
                self._writer.opened(answer.url, target=target.key)

    async def _answer(self, ask: Ask, sites: frozenset[str], budget: _Budget) -> Answer:
        if self._is_poison(ask.url):
            return self._missed(ask, Outcome.PARSER_KILLED)
        if not budget.spend():
            return self._missed(ask, Outcome.BUDGET)
        if ask.scan:
            text = await self._recogniser.read(ask.scan)
            return Answer(asked=ask.url, url=ask.url, file=text, fetched_at=self.now())
        if not ask.shown:
            answer = await self._fetcher.answer(ask, sites)
        elif self._browser:
            answer = await self._browser.answer(ask, sites)
        else:
            return self._missed(ask, Outcome.SHELL)
        if self._is_poison(answer.url):
            return self._missed(ask, Outcome.PARSER_KILLED)
        return self._kept(answer) if ask.keep and answer.body else answer

    def _is_poison(self, address: str) -> bool:
        return bool(self._job.poison) and masked(address) in self._job.poison

    def _missed(self, ask: Ask, outcome: Outcome) -> Answer:
        return Answer(asked=ask.url, url=ask.url, failure=outcome, fetched_at=self.now())

    def _kept(self, answer: Answer) -> Answer:
        """Store a page that a verdict may rest on."""
        sha256, path = evidence.store(self._job.evidence, answer.body)
        return replace(
            answer,
            evidence=Evidence(
                url=answer.url,
                fetched_at=answer.fetched_at,
                http_status=answer.status,
                sha256=sha256,
                path=path,
            ),
        )

    def _write(self, seen: Observation) -> None:
        if seen.platform in self._job.failing:  # not remembered: the next night reads it anew
            seen = replace(seen, remember=Remembered(address=seen.remember.address))
        seen = replace(
            seen,
            remember=kept_in_mind(seen),
            documents=tuple(
                looked_through(one, self._key, self._job.plan.night) for one in seen.documents
            ),
        )
        for document in seen.documents:
            if document.extracts:
                evidence.keep_text(self._job.evidence, document.digest, document.extracts)
        self._counts[seen.outcome.name] += 1
        self._writer.observation(replace(seen, seen_at=self.now()))


def _unread(target: Target, answer: Answer | None) -> Observation:
    """A target whose page could not be read through."""
    return Observation(
        unit=target.unit,
        column=target.column.id,
        outcome=Outcome.PARSER_KILLED,
        address=answer.url if answer else target.address,
        http_status=answer.status if answer else 0,
        remember=target.remembered,
    )
