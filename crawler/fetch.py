"""打开网页: one ``Ask`` → one ``Answer``, over as many redirects, tries and pauses as it takes.

Every hop passes the same gates: an address one may ask for, a host that is not resting, its
robots.txt, its turn, and (in the resolver) the network address it leads to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from scrapy import Request
from scrapy.http import Response

from crawler.addresses import AddressRules, host_port, joined, literal_address, may_ask, to_post
from crawler.ask import Answer, Ask
from crawler.certificate import certificate_remarks
from crawler.handshake import old_protocol
from crawler.outcome import failure_outcome
from crawler.pages.attachments import read_file
from crawler.politeness import NO_CONNECTION, Gate, Host, is_short_wait, wait_asked
from crawler.robots import Robots, by_last_copy, read_robots
from crawler.settings import FILE_BYTES, HEADERS, PAGE_BYTES, REDIRECTS
from crawler.unpack import ACCEPTED, NotWhole, unpack
from monitor.model import Network, Outcome, RobotsFile
from monitor.wording import SiteRemark

Download = Callable[[Request], Awaitable[Response]]
#: a name → its address; "": there is none now; None: nobody said in time
Resolve = Callable[[str], Awaitable[str | None]]
#: takes the headers of a response, with the network address it came from
NoteTime = Callable[[str, Mapping[str, str]], None]

_MOVED = frozenset({301, 302, 303, 307, 308})
#: worth another try; 521 and 412 are challenges, 403 is an answer
_PASSING = frozenset({408, 500, 502, 503, 504})
#: what a server does that does not speak the scheme it was asked in
_WRONG_SCHEME = frozenset({Outcome.REFUSED, Outcome.CERTIFICATE, Outcome.OLD_TLS, Outcome.PROTOCOL})
#: how a handshake ends that found no protocol both sides speak: with a word, or without one
_NO_HANDSHAKE = frozenset({Outcome.CERTIFICATE, Outcome.PROTOCOL, Outcome.TRUNCATED})
#: how servers tell a page's own request for data from a visitor's
_BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
#: what a body looks like that was packed badly: the next try asks for it as it is
_MAYBE_PACKED_BADLY = frozenset({Outcome.PROTOCOL, Outcome.TRUNCATED})
_RETRIED = NO_CONNECTION | {Outcome.TRUNCATED, Outcome.PROTOCOL}


class Fetcher:
    """打开网页的人: keeps what this scan knows of each host."""

    def __init__(
        self,
        network: Network,
        *,
        download: Download,
        resolve: Resolve,
        held_back: Callable[[str, int], str],
        clock: Callable[[], datetime],
        robots: Iterable[RobotsFile] = (),
        keep_robots: Callable[[RobotsFile], None] = lambda _: None,
        note_time: NoteTime = lambda _place, _headers: None,
    ) -> None:
        self._network = network
        self._rules = AddressRules.of(network)
        self._download = download
        self._resolve = resolve
        self._held_back = held_back
        self.clock = clock
        self._last_robots = {one.address: one for one in robots}
        self._keep_robots = keep_robots
        self._note_time = note_time
        self._hosts: dict[str, Host] = {}
        self._old_tls: dict[tuple[str, int], str] = {}
        self._gates: dict[str, Gate] = {}

    async def answer(self, ask: Ask, sites: frozenset[str]) -> Answer:
        """Open an address; it may lead to any of ``sites`` and nowhere else.

        Some sites speak only one of http and https, whatever is registered: the other one is asked
        once, and what came is the same page with a remark.
        """
        answer = await self._follow(ask, sites)
        if answer.failure not in _WRONG_SCHEME or ask.file:
            return answer
        scheme, _, rest = ask.url.partition(":")
        other = "http" if scheme == "https" else "https"
        found = await self._follow(replace(ask, url=f"{other}:{rest}"), sites, probe=True)
        if found.failure:
            return answer
        remark = SiteRemark.OTHER_SCHEME.tell(asked=scheme, spoken=other)
        return replace(found, asked=ask.url, remarks=(*found.remarks, remark))

    async def _follow(self, ask: Ask, sites: frozenset[str], *, probe: bool = False) -> Answer:
        """Open an address, hop by hop."""
        url, cookie = ask.url, ""
        gone: list[str] = []
        for _ in range(REDIRECTS + 1):
            answer = await self._hop(ask, url, cookie, sites, probe)
            to = answer.headers.get("location", "")
            if answer.failure or answer.status not in _MOVED or not to:
                return replace(answer, asked=ask.url, redirects=tuple(gone)) if gone else answer
            gone.append(url)
            # a wall that sends us to ourselves wants its cookie back once; nobody else is shown it
            given, here = answer.headers.get("set-cookie", "").partition(";")[0], _server(url)
            url = joined(url, to)
            cookie = given if _server(url) == here else ""
        return self._failed(ask.url, Outcome.REDIRECTS)

    async def _hop(
        self, ask: Ask, url: str, cookie: str, sites: frozenset[str], probe: bool
    ) -> Answer:
        if not may_ask(url):
            return self._failed(url, Outcome.PROTOCOL)
        name, port = host_port(url)
        if (fixed := literal_address(name)) and self._rules.forbids(name, port, fixed):
            return self._failed(url, Outcome.FORBIDDEN_ADDRESS, fixed)
        if (site := self._rules.site(url)) not in sites:
            return self._failed(url, Outcome.OFFSITE, site)
        host = await self._host(url, probe)
        if host.resting:
            return self._failed(url, host.resting)
        robots = await self._robots(host, url)
        if away := robots.refuses(url, self._network.user_agent):
            phrase = self._held_back(name, port) or self._old_tls.get((name, port), "")
            return self._failed(url, away, phrase)
        headers = self._headers(ask, url, cookie)
        answer = await self._tried(host, url, headers, pause=self._pause(url, robots), ask=ask)
        if answer.failure:
            host.note_failure(answer.failure)
        elif not ask.file:
            host.note_body(url, answer.status, answer.body)
        if robots.remark:
            answer = replace(answer, remarks=(*answer.remarks, robots.remark))
        if ask.file and answer.status == 200 and not answer.failure:
            text = await asyncio.to_thread(read_file, answer.body)
            answer = replace(answer, file=text, body=b"")
        return answer

    async def _tried(
        self, host: Host, url: str, headers: dict[str, str], *, pause: float, ask: Ask
    ) -> Answer:
        """Ask as often as the settings say, with growing pauses."""
        most = FILE_BYTES if ask.file else PAGE_BYTES
        # a host that did not answer an earlier request gets one try for each further one
        tries = 1 if host.failures else max(1, self._network.tries)
        pauses = (*self._network.pauses, 0.0)
        for number in range(1, tries + 1):
            async with host.gate.turn(pause):
                answer = await self._once(url, headers, most)
            self._note_time(host.place, answer.headers)
            if answer.failure in _MAYBE_PACKED_BADLY:
                headers = {**headers, "Accept-Encoding": "identity"}
            wait = self._wait_for(host, answer)
            if answer.failure is Outcome.ASKED_TO_WAIT or number == tries:
                break
            if wait is None:
                return answer
            await asyncio.sleep(max(wait, pauses[min(number, len(pauses)) - 1]))
        return answer

    def _wait_for(self, host: Host, answer: Answer) -> float | None:
        """Seconds before it is worth asking again; None when this answer stands."""
        if answer.failure:
            return 0.0 if answer.failure in _RETRIED else None
        asked = answer.headers.get("retry-after", "") if answer.status in {429, 503} else ""
        wait = wait_asked(asked, self.clock()) if asked else None
        if wait is not None and not is_short_wait(wait):
            host.resting = Outcome.ASKED_TO_WAIT
            return None
        if wait is not None:
            return wait
        return 0.0 if answer.status in _PASSING else None

    async def _once(self, url: str, headers: dict[str, str], most: int) -> Answer:
        kind, body = to_post(url)
        request = Request(
            url,
            method="POST" if kind else "GET",
            headers=headers | ({"Content-Type": kind, **_BY_SCRIPT} if kind else {}),
            body=body,
            dont_filter=True,
            meta={
                "download_slot": self._rules.group(url),
                "download_timeout": self._network.timeout,
                "download_maxsize": most,
            },
        )
        try:
            response = await self._download(request)
            content = unpack(response.body, _text(response, "Content-Encoding"), most=most)
        except NotWhole as error:
            return self._failed(url, error.outcome)
        except Exception as error:  # whatever Scrapy and Twisted have for it: outcome.py knows
            return self._failed(url, *await self._failure(url, error))
        lenient = self._network.tls != "strict"
        return Answer(
            asked=url,
            url=url,
            status=response.status,
            headers=_plain(response),
            body=content,
            remarks=certificate_remarks(response.certificate, host_port(url)[0], self.clock())
            if lenient and response.certificate
            else (),
            fetched_at=self.clock(),
        )

    async def _failure(self, url: str, error: Exception) -> tuple[Outcome, str]:
        if address := self._held_back(*host_port(url)):
            return Outcome.FORBIDDEN_ADDRESS, address
        outcome = failure_outcome(error)
        if outcome is Outcome.PROTOCOL and error.__cause__:
            outcome = failure_outcome(error.__cause__)  # Scrapy wraps what Twisted had to say
        may_be_old = outcome in _NO_HANDSHAKE and url.startswith("https:")
        if may_be_old and (old := await self._old_protocol(*host_port(url))):
            return Outcome.OLD_TLS, old
        return outcome, ""

    async def _old_protocol(self, name: str, port: int) -> str:
        """The old protocol a server speaks, "" if that is not why it hung up; asked once."""
        if (name, port) not in self._old_tls:
            self._old_tls[name, port] = ""
            address = literal_address(name) or await self._resolve(name)
            if address and not self._rules.forbids(name, port, address):
                spoken = await old_protocol(address, port, name, seconds=self._network.timeout)
                self._old_tls[name, port] = spoken
        return self._old_tls[name, port]

    def _failed(self, url: str, outcome: Outcome, phrase: str = "") -> Answer:
        return Answer(asked=url, url=url, failure=outcome, phrase=phrase, fetched_at=self.clock())

    async def _host(self, url: str, probe: bool) -> Host:
        """The host of an address; hosts at one network address take turns at one gate.

        http and https of a host are two servers here. One that is only probed gets one try; one
        whose name nobody resolves in time gets none: each would take as long, and end the same.
        """
        group = self._rules.group(url)
        key = f"{url.partition(':')[0]} {group}"
        if key not in self._hosts:
            name, port = host_port(url)
            place: str | None = group
            if not self._rules.is_test_target(name, port):
                place = literal_address(name) or await self._resolve(name)
            gate = self._gates.setdefault(place or group, Gate())
            self._hosts.setdefault(
                key,
                Host(
                    gate=gate,
                    place=place or group,
                    failures=int(probe),
                    resting=Outcome.NO_NAME if place is None else None,
                ),
            )
        return self._hosts[key]

    async def _robots(self, host: Host, url: str) -> Robots:
        if self._rules.group(url) in self._network.robots_overrides:
            return Robots()
        if host.robots is None:
            host.robots = asyncio.ensure_future(self._read_robots(host, url))
        return await host.robots

    async def _read_robots(self, host: Host, url: str) -> Robots:
        first, group = joined(url, "/robots.txt"), self._rules.group(url)
        place = first
        for _ in range(6):  # RFC 9309 asks for five redirects at least
            ask = Ask(url=place)
            answer = await self._tried(
                host,
                place,
                self._headers(ask, place, ""),
                pause=self._pause(url, Robots()),
                ask=ask,
            )
            to = answer.headers.get("location", "")
            if answer.failure or answer.status not in _MOVED or not to:
                break
            place = joined(place, to)
            if not may_ask(place) or self._rules.group(place).removeprefix(
                "www."
            ) != group.removeprefix("www."):
                return Robots()
        else:
            answer = self._failed(place, Outcome.REDIRECTS)
        if answer.failure:
            host.note_failure(answer.failure)
        read = read_robots(status=answer.status, body=answer.body, failure=answer.failure)
        if read.text is not None:
            self._keep_robots(RobotsFile(address=first, text=read.text, read_at=self.clock()))
        return by_last_copy(read, self._last_robots.get(first), at=self.clock())

    def _headers(self, ask: Ask, url: str, cookie: str) -> dict[str, str]:
        """Headers of one hop; validators belong to the address that gave them, not to detours."""
        headers = HEADERS | {
            "User-Agent": self._network.user_agent,
            "Accept-Encoding": ACCEPTED,
            "Referer": ask.referer,
            "Cookie": cookie,
        }
        if url == ask.url:
            headers |= {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
        return {name: value for name, value in headers.items() if value}

    def _pause(self, url: str, robots: Robots) -> float:
        """Seconds between two requests to the address; test targets are nobody's server."""
        if self._rules.is_test_target(*host_port(url)):
            return 0.0
        return max(self._network.delay, robots.pause(self._network.user_agent))


def _server(url: str) -> tuple[str, str, int]:
    return (url.partition(":")[0].lower(), *host_port(url))


def _plain(response: Response) -> dict[str, str]:
    """Headers by lower-case name; several of one name are joined."""
    named = response.headers.to_unicode_dict()
    return {str(name).lower(): str(value) for name, value in named.items()}


def _text(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")
