"""网络: Scrapy's engine and resolver as the two calls that ``Fetcher`` needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from scrapy.crawler import Crawler
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError

from crawler.fetch import Fetcher
from crawler.resolver import Guard
from monitor.model import Network


def fetcher(crawler: Crawler, network: Network, clock: Callable[[], datetime]) -> Fetcher:
    """A ``Fetcher`` over a crawler that is running."""
    from twisted.internet import reactor  # may be imported only once Scrapy installed it

    guard = reactor.nameResolver  # type: ignore[attr-defined]  # the reactor is a module to mypy
    if not isinstance(guard, Guard):
        raise TypeError("the resolver is not guarded")

    async def resolve(name: str) -> str:
        try:
            return str(await maybe_deferred_to_future(reactor.resolve(name)))  # type: ignore[attr-defined]
        except DNSLookupError:
            return ""

    return Fetcher(
        network,
        download=crawler.engine.download_async,
        resolve=resolve,
        held_back=lambda host, port: guard.held_back.get((host, port), ""),
        clock=clock,
    )
