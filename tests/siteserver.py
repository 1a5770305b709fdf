"""A small scriptable web server for tests: many sites, each on its own port or loopback address.

Every answer is raw bytes on a socket, so that a test can cut, delay, reset or garble it; every
request and every open connection is counted on this side, independent of the crawler's own count.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a client asked for."""

    method: str
    path: str  # with the query, percent-decoded
    headers: Mapping[str, str]  # names in lower case
    at: float  # the loop's clock
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server answers, and how badly."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0
    cut: int | None = None  # send only so many bytes of the body, then close
    reset: bool = False  # slam the door instead of answering
    raw: bytes | None = None  # sent as it is, then closed
    drip: float = 0  # seconds before each byte after the first ``at_once``
    at_once: int = 0
    endless: bool = False  # the body is said to be chunked, and never ends
    validators: bool = False  # an ETag of the body, and 304 to those who have it

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


_TLS_HELLO = b"\x16"  # a client that wants https: told off in plain http, as servers do

Route = Reply | str | bytes | Callable[[Request], "Reply | str | bytes"]

NOT_FOUND = Reply(status=404, body="<html><title>404</title><body>404 Not Found</body></html>")


class Site:
    """One host:port with its routes and its journal."""

    def __init__(
        self, host: str, port: int, routes: Mapping[str, Route], tls: ssl.SSLContext | None = None
    ) -> None:
        self.host = host
        self.port = port
        self.tls = tls
        self.routes: dict[str, Route] = {"/robots.txt": NOT_FOUND, **routes}
        self.fallback: Route = NOT_FOUND
        self.requests: list[Request] = []
        self.connections = 0
        self.open = 0  # requests being answered now
        self.peak = 0

    @property
    def netloc(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://{self.netloc}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [seen.path for seen in self.requests if seen.path != "/robots.txt"]

    def reply(self, request: Request) -> Reply:
        route = self.routes.get(request.path, self.fallback)
        found = route(request) if callable(route) else route
        return found if isinstance(found, Reply) else Reply(body=found)


class SiteServer:
    """All sites of a test, served by one event loop in one thread."""

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def site(
        self,
        routes: Mapping[str, Route] | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> Site:
        """Open one more site; ``host`` may be any address of this machine."""
        listener = socket.create_server((host, port), family=_family(host))
        site = Site(host, listener.getsockname()[1], routes or {}, tls)
        self._call(self._serve(site, listener))
        self.sites.append(site)
        return site

    @property
    def targets(self) -> tuple[str, ...]:
        """For ``Network.test_targets``."""
        return tuple(site.netloc for site in self.sites)

    def close(self) -> None:
        self._call(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)  # type: ignore[arg-type]

    async def _serve(self, site: Site, listener: socket.socket) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            site.connections += 1
            try:
                with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                    while await self._answer(site, reader, writer):
                        pass
                writer.close()  # what is still to be sent is sent
            except asyncio.CancelledError:
                writer.transport.abort()

        self._servers.append(
            await asyncio.start_server(talk, sock=listener, backlog=64, ssl=site.tls)
        )

    async def _answer(
        self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        first = await reader.readexactly(1)
        if first == _TLS_HELLO:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return False
        head = first + await reader.readuntil(b"\r\n\r\n")
        request = _request(head, self._loop.time())
        if length := int(request.headers.get("content-length", 0)):
            request = replace(request, body=await reader.readexactly(length))
        site.requests.append(request)
        site.open += 1
        site.peak = max(site.peak, site.open)
        try:
            reply = site.reply(request)
            if reply.delay:
                await asyncio.sleep(reply.delay)
            if reply.reset:
                sock = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
                return False
            wire = _wire(reply, request) if reply.raw is None else reply.raw
            at_once = reply.at_once if reply.drip else len(wire)
            writer.write(wire[:at_once])
            await writer.drain()
            for number in range(at_once, len(wire)):
                await asyncio.sleep(reply.drip)
                writer.write(wire[number : number + 1])
                await writer.drain()
            while reply.endless:
                writer.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")
                await writer.drain()
            return reply.raw is None and reply.cut is None
        finally:
            site.open -= 1

    async def _shut(self) -> None:
        for server in self._servers:
            server.close()
        talking = asyncio.all_tasks() - {asyncio.current_task()}
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        await asyncio.sleep(0.01)  # the transports close their sockets in the loop's next turns


@contextlib.contextmanager
def serving() -> Iterator[SiteServer]:
    """A server that is gone at the end of the block."""
    server = SiteServer()
    try:
        yield server
    finally:
        server.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _request(head: bytes, at: float) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    return Request(method=method, path=unquote(path), headers=headers, at=at)


def _wire(reply: Reply, request: Request) -> bytes:
    body, status = reply.content, reply.status
    headers = {"Content-Type": "text/html; charset=utf-8", **reply.headers}
    if reply.validators:
        etag = headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            status, body = 304, b""
    if reply.endless:
        headers["Transfer-Encoding"] = "chunked"
    elif status != 304:
        headers.setdefault("Content-Length", str(len(body)))
    lines = [f"HTTP/1.1 {status} Reason", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body[: reply.cut]
