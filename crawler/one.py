"""试开一个网址的子进程: the body to a file, the rest beside it as JSON.

``python -m crawler.one PLAN URL OUT``, with the network settings of the plan.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import scrapy

from crawler.addresses import AddressRules
from crawler.ask import Ask
from crawler.network import crawl_process, fetcher
from crawler.spider import utc_now
from monitor.model import Network
from monitor.wire import read_plan


class OneSpider(scrapy.Spider):
    """Opens one address and leaves."""

    name = "mingcha-one"

    def __init__(self, network: Network, url: str, out: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._network, self._url, self._out = network, url, out

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Open the address and write what came."""
        sites = frozenset({AddressRules.of(self._network).site(self._url)})
        opener = fetcher(self.crawler, self._network, clock=utc_now)
        started = time.monotonic()
        answer = await opener.answer(Ask(url=self._url), sites)
        self._out.write_bytes(answer.body)
        self._out.with_suffix(".json").write_text(
            json.dumps(
                {
                    "url": answer.url,
                    "status": answer.status,
                    "headers": dict(answer.headers),
                    "seconds": time.monotonic() - started,
                    "redirects": answer.redirects,
                    "outcome": answer.failure.name if answer.failure else "",
                    "phrase": answer.phrase,
                    "remarks": answer.remarks,
                }
            ),
            "utf-8",
        )
        return
        yield  # makes this the generator Scrapy asks for


def main(arguments: Sequence[str]) -> int:
    """Open ``URL`` under the network settings of the plan."""
    plan, url, out = arguments
    network = read_plan(Path(plan)).network
    process = crawl_process(network)
    process.crawl(OneSpider, network=network, url=url, out=Path(out))
    process.start()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
