"""浏览器: what a page's own scripts make of it, in a browser that has no network of its own.

The only home of scrapy-playwright (extra ``render``). Whatever the page asks for goes through the
same gates as any request of ours: the browser is given what our fetcher got, and a proxy that leads
nowhere for all that would go past it (web sockets, addresses written as numbers).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from scrapy import Request
from scrapy.http import Response

from crawler.ask import Answer, Ask
from monitor.model import Network, Outcome

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

log = logging.getLogger("mingcha.browser")

Fetch = Callable[[Ask, frozenset[str]], Awaitable[Answer]]

#: a page that asks for more is no list of a school's
_MOST_REQUESTS: Final = 40
#: how many times as long as a server a page with its scripts may take
_TIMES_AS_LONG: Final = 2
#: what a list needs to fill itself; pictures, styles and fonts tell us nothing
_NEEDED: Final = frozenset({"document", "script", "xhr", "fetch"})
_HANDLER: Final = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
_ARGUMENTS: Final = (
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # as root there is none to be had; the page has no network and no files
)


def runs_scripts(network: Network) -> bool:
    """Whether a browser is named in the settings and can be driven."""
    if not network.browser or not Path(network.browser).exists():
        return False
    return find_spec("scrapy_playwright") is not None


def browser_settings(network: Network) -> dict[str, object]:
    """What Scrapy must be set to, that pages can be shown to the browser; nothing without one."""
    if not runs_scripts(network):
        return {}
    return {
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            "http": _HANDLER,
            "https": _HANDLER,
        },
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": network.browser,
            "args": list(_ARGUMENTS),
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _TIMES_AS_LONG * network.timeout * 1000,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """看网页的浏览器 of one scan."""

    download: Callable[[Request], Awaitable[Response]]
    fetch: Fetch
    clock: Callable[[], datetime]
    timeout: float  # of one request; seconds

    async def answer(self, ask: Ask, sites: frozenset[str]) -> Answer:
        """The page as it stands once its scripts have come to rest; SHELL when they did not.

        It carries no validators: that the shell has not changed says nothing of the list.
        """
        visit = _Visit(ask=ask, sites=sites, fetch=self.fetch)
        request = Request(
            ask.url,
            dont_filter=True,
            meta={
                "playwright": True,
                "playwright_context_kwargs": {"service_workers": "block", "locale": "zh-CN"},
                "playwright_page_init_callback": visit.prepare,
                "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
                "playwright_page_methods": [_at_rest()],
                "download_slot": "browser",
                "download_timeout": _TIMES_AS_LONG * self.timeout,
            },
        )
        try:
            response = await asyncio.wait_for(self.download(request), _TIMES_AS_LONG * self.timeout)
        except Exception as error:  # whatever a browser has for it: the page stays a shell
            log.info("page not shown", extra={"url": ask.url, "error": type(error).__name__})
            await visit.leave()
            return Answer(
                asked=ask.url, url=ask.url, failure=Outcome.SHELL, fetched_at=self.clock()
            )
        return Answer(
            asked=ask.url,
            url=response.url,
            status=response.status,
            headers={"content-type": "text/html; charset=utf-8"},
            body=response.text.encode("utf-8", "replace"),
            fetched_at=self.clock(),
        )


def _at_rest() -> Any:
    from scrapy_playwright.page import PageMethod  # an extra

    return PageMethod("wait_for_load_state", "networkidle")


@dataclass  # no slots: playwright hangs a wrapper of its own on who owns a handler
class _Visit:
    """What one page asks for, and what it gets."""

    ask: Ask
    sites: frozenset[str]
    fetch: Fetch
    _PATIENCE: ClassVar[float] = 5.0
    requests: int = 0
    page: Page | None = None
    is_left: bool = False

    async def prepare(self, page: Page, _: Request) -> None:
        """Put ourselves between the page and the network; the last route set is asked first."""
        self.page = page
        await page.route("**/*", self._fulfil)

    async def leave(self) -> None:
        """End the browser of a page that never came to rest: the next page gets a new one.

        A page in an endless loop answers nothing, and shares its process with those after it.
        scrapy-playwright asks again for a page whose browser went away, in its only place for
        pages: nothing of it is given a second time, or the next page would wait for it.
        """
        self.is_left = True
        browser = self.page.context.browser if self.page is not None else None
        if browser is not None:
            with suppress(Exception):  # whatever state it is in, the night goes on
                await asyncio.wait_for(browser.close(), self._PATIENCE)

    async def _fulfil(self, route: Route) -> None:
        wanted = route.request
        self.requests += 1
        if (
            self.is_left
            or wanted.resource_type not in _NEEDED
            or wanted.method != "GET"
            or self.requests > _MOST_REQUESTS
        ):
            await route.abort()
            return
        answer = await self.fetch(Ask(url=wanted.url, referer=self.ask.url), self.sites)
        if answer.failure or answer.status >= 400:
            await route.abort()
            return
        await route.fulfill(
            status=answer.status, content_type=answer.content_type or None, body=answer.body
        )
