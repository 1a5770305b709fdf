"""网络: Scrapy's engine and resolver as what the spiders need of them."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError

from crawler.browser import Browser, browser_settings, runs_scripts
from crawler.fetch import Fetcher, NoteTime
from crawler.resolver import Guard
from crawler.settings import NAME_SECONDS, scrapy_settings
from monitor.model import Network, RobotsFile

#: a resolver that took so long to say nothing has no answer, rather than "no such name"
_SILENT = NAME_SECONDS / 2


def crawl_process(network: Network) -> AsyncCrawlerProcess:
    """A Scrapy process with our settings that tells stderr only what is worth a warning."""
    process = AsyncCrawlerProcess(scrapy_settings(network) | browser_settings(network))
    _reactor().seconds = time.monotonic  # its own is the clock that people set: waits would hang
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    # Scrapy sets its logger to DEBUG and words a line for every request before it is thrown away
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    # that a page is too big or cut is an outcome and stands in the scan file
    logging.getLogger("scrapy.core.downloader").setLevel(logging.ERROR)
    # that a page was not shown is an outcome too
    logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)
    return process


def fetcher(
    crawler: Crawler,
    network: Network,
    clock: Callable[[], datetime],
    *,
    robots: Iterable[RobotsFile] = (),
    keep_robots: Callable[[RobotsFile], None] = lambda _: None,
    note_time: NoteTime = lambda _place, _headers: None,
) -> Fetcher:
    """A ``Fetcher`` over a crawler that is running.

    ``robots``: the last good copies; ``keep_robots`` takes what is read now, ``note_time`` the
    headers of every response.
    """
    reactor = _reactor()
    guard = reactor.nameResolver
    if not isinstance(guard, Guard):
        raise TypeError("the resolver is not guarded")

    async def resolve(name: str) -> str | None:
        began = reactor.seconds()
        try:
            return str(await maybe_deferred_to_future(reactor.resolve(name)))
        except DNSLookupError:
            return None if reactor.seconds() - began >= _SILENT else ""

    return Fetcher(
        network,
        download=crawler.engine.download_async,
        resolve=resolve,
        held_back=lambda host, port: guard.held_back.get((host, port), ""),
        clock=clock,
        robots=robots,
        keep_robots=keep_robots,
        note_time=note_time,
    )


def _reactor() -> Any:
    from twisted.internet import reactor  # not before Scrapy has installed it

    return reactor  # a module to mypy


def browser(crawler: Crawler, network: Network, fetcher: Fetcher) -> Browser | None:
    """A browser over a crawler that is running; None where there is none to be had."""
    if not runs_scripts(network):
        return None
    return Browser(
        download=crawler.engine.download_async,
        fetch=fetcher.answer,
        clock=fetcher.clock,
        timeout=network.timeout,
    )
