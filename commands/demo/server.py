"""示例县的服务器: every site on its own loopback port; ``turn_to`` changes the night."""

from __future__ import annotations

import argparse
import hashlib
import threading
from collections.abc import Iterator, Mapping
from email.utils import format_datetime
from datetime import UTC, datetime, time
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, unquote, urlsplit

from commands.demo.county import SITES
from commands.demo.records import NIGHTS, Answer, Site, Website
from commands.demo.skins import website

LOOPBACK = "127.0.0.1"


class Server:
    """示例县 over real HTTP, as a context manager: ``addresses`` says where each host answers."""

    def __init__(self, night: int = 1, *, first_port: int = 0) -> None:
        """Take a port for every site: ``first_port`` and those after it, 0 for any free ones."""
        self._night = night
        self._ports: dict[str, int] = {}
        self._listening: dict[str, _Listener] = {}
        self._first_port = first_port

    @property
    def addresses(self) -> Mapping[str, str]:
        """Host of the county → base address, without the last slash; the same all nights."""
        return {host: f"http://{LOOPBACK}:{port}" for host, port in self._ports.items()}

    @property
    def night(self) -> int:
        return self._night

    def __enter__(self) -> Server:
        for place, site in enumerate(SITES):
            wanted = self._first_port + place if self._first_port else 0
            # every site takes its port at once, so that a site down at first keeps its address
            self._listen(site, wanted)
        self.turn_to(self._night)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for host in tuple(self._listening):
            self._hang_up(host)

    def turn_to(self, night: int) -> None:
        """Serve the pages of ``night`` (1 … 3); a site that is down leaves its port."""
        if not 1 <= night <= len(NIGHTS):
            raise ValueError(f"there are nights 1 to {len(NIGHTS)}, not {night}")
        self._night = night
        for site in SITES:
            if _website(site, night) is None:
                self._hang_up(site.host)
            elif site.host not in self._listening:
                self._listen(site, self._ports[site.host])
            if site.host in self._listening:
                self._listening[site.host].night = night

    def _listen(self, site: Site, port: int) -> None:
        listener = _Listener(site, port)
        self._ports[site.host] = listener.server_address[1]
        self._listening[site.host] = listener
        threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()

    def _hang_up(self, host: str) -> None:
        listener = self._listening.pop(host, None)
        if listener:
            listener.shutdown()
            listener.server_close()


class _Listener(ThreadingHTTPServer):
    """One site's port."""

    daemon_threads = True

    def __init__(self, site: Site, port: int) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.site = site
        self.night = 1


class _Handler(BaseHTTPRequestHandler):
    """Answers from the website of the night; unchanged pages answer 304."""

    protocol_version = "HTTP/1.1"
    server: _Listener

    def do_GET(self) -> None:
        self._send(self._find())

    def do_HEAD(self) -> None:
        self._send(self._find(), with_body=False)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = self.rfile.read(length).decode("utf-8", "replace")
        self._send(self._find(dict(parse_qsl(form, keep_blank_values=True))))

    def version_string(self) -> str:
        return "nginx"

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: who wants to see the requests has the crawler's own log."""

    def _find(self, form: Mapping[str, str] | None = None) -> Answer:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        site, night = self.server.site, self.server.night
        if path == "/robots.txt" and site.robots:
            return Answer(body=site.robots.encode(), media="text/plain")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        shown = _website(site, night)
        if shown is None:
            raise ConnectionAbortedError(f"{site.host} is down on night {night}")
        return shown.answer(path, {**query, **(form or {})})

    def _send(self, answer: Answer, *, with_body: bool = True) -> None:
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
        validators = {"ETag": tag} if answer.status == HTTPStatus.OK else {}
        if validators and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(answer.status)
        headers = {
            "Content-Type": answer.media,
            "Content-Length": str(len(answer.body)),
            **validators,
            **answer.headers,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)


@cache
def _website(site: Site, night: int) -> Website | None:
    return website(site, night)
