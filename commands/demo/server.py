"""示例县的服务器: every site on its own loopback port; ``turn_to`` changes the night.

``python -m commands.demo.server --night 1 --port 8800`` serves the county for a browser.
"""

from __future__ import annotations

import argparse
import hashlib
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, time
from email.utils import format_datetime
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, unquote, urlsplit

from commands.demo.county import SITES
from commands.demo.records import NIGHTS, Answer, Site, Website
from commands.demo.skins import website

LOOPBACK = "127.0.0.1"
#: how often a listener looks whether it shall stop
_POLL = 0.02


class Server:
    """示例县 over real HTTP, as a context manager; ``addresses`` says where each host answers."""

    def __init__(self, night: int = 1, *, first_port: int = 0) -> None:
        """Prepare to serve from ``first_port`` on, one port a site; 0 takes any free ones."""
        self._night = night
        self._first_port = first_port
        self._ports: dict[str, int] = {}
        self._listening: dict[str, _Listener] = {}

    @property
    def addresses(self) -> Mapping[str, str]:
        """Host of the county → its address, without a last slash; the same on all nights."""
        return {host: f"http://{LOOPBACK}:{port}" for host, port in self._ports.items()}

    @property
    def night(self) -> int:
        return self._night

    def __enter__(self) -> Server:
        # every site takes a port first, so that one which is down keeps its address
        for place, site in enumerate(SITES):
            self._listen(site, self._first_port + place if self._first_port else 0)
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
        """Serve the pages of ``night``, 1 to 3; a site that is down leaves its port."""
        if not 1 <= night <= len(NIGHTS):
            raise ValueError(f"there are nights 1 to {len(NIGHTS)}, not {night}")
        self._night = night
        for site in SITES:
            if _website(site, night) is None:
                self._hang_up(site.host)
                continue
            if site.host not in self._listening:
                self._listen(site, self._ports[site.host])
            self._listening[site.host].night = night

    def _listen(self, site: Site, port: int) -> None:
        listener = _Listener(site, port, self._night)
        self._ports[site.host] = listener.server_port
        self._listening[site.host] = listener
        threading.Thread(target=listener.serve_forever, args=(_POLL,), daemon=True).start()

    def _hang_up(self, host: str) -> None:
        if listener := self._listening.pop(host, None):
            listener.shutdown()
            listener.server_close()


class _Listener(ThreadingHTTPServer):
    """One site's port."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site, port: int, night: int) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.site = site
        self.night = night

    def answer(self, night: int, path: str, parameters: Mapping[str, str]) -> Answer | None:
        """Return what the site says at an address on ``night``; None when it is down."""
        if path == "/robots.txt" and self.site.robots:
            return Answer(body=self.site.robots.encode(), media="text/plain")
        shown = _website(self.site, night)
        return shown.answer(path, parameters) if shown else None

    def changed_on(self, path: str, parameters: Mapping[str, str]) -> datetime:
        """Return when the address began to say what it says now: a night, for ever the same."""
        since = self.night
        now = self.answer(since, path, parameters)
        while since > 1 and self.answer(since - 1, path, parameters) == now:
            since -= 1
        return datetime.combine(NIGHTS[since - 1], time(1, 30), UTC)


class _Handler(BaseHTTPRequestHandler):
    """Answers from the website of the night; what has not changed answers 304."""

    protocol_version = "HTTP/1.1"
    server: _Listener

    def do_GET(self) -> None:
        self._reply({})

    def do_HEAD(self) -> None:
        self._reply({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = self.rfile.read(length).decode("utf-8", "replace")
        self._reply(dict(parse_qsl(form, keep_blank_values=True)))

    def version_string(self) -> str:
        return "nginx"

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the crawler keeps its own log."""

    def _reply(self, form: Mapping[str, str]) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        parameters = {**dict(parse_qsl(parts.query, keep_blank_values=True)), **form}
        answer = self.server.answer(self.server.night, path, parameters)
        if answer is None:  # a connection left over from the night before
            self.close_connection = True
            return
        headers = {"Content-Type": answer.media}
        if answer.status == HTTPStatus.OK:
            changed = format_datetime(self.server.changed_on(path, parameters), usegmt=True)
            headers |= {"ETag": _tag(answer), "Last-Modified": changed}
            if self._has(headers["ETag"], changed):
                self._send(HTTPStatus.NOT_MODIFIED, headers, b"")
                return
        self._send(answer.status, {**headers, **answer.headers}, answer.body)

    def _has(self, tag: str, changed: str) -> bool:
        """Whether the client holds this very page already; the tag decides when it names one."""
        if known := self.headers.get("If-None-Match"):
            return tag in known
        return self.headers.get("If-Modified-Since") == changed

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _tag(answer: Answer) -> str:
    return f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'


@cache
def _website(site: Site, night: int) -> Website | None:
    return website(site, night)


def main() -> None:
    """Serve the county until the process is stopped, and say where."""
    arguments = argparse.ArgumentParser(description="示例县：在本机打开全部示例网站")
    arguments.add_argument("--night", type=int, default=1, choices=(1, 2, 3), help="第几夜")
    arguments.add_argument("--port", type=int, default=8800, help="第一个网站的端口，其余依次加一")
    chosen = arguments.parse_args()
    with Server(chosen.night, first_port=chosen.port) as server:
        for site in SITES:
            print(f"{server.addresses[site.host]}/  {site.title}")
        threading.Event().wait()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("已停止")
