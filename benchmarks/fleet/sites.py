"""同一辖区的网站: the columns of a night as pages, each unit on its own loopback port.

One thread serves all of them; ``turn_to`` changes the night. Damage that pages can have is served:
no answer, a challenge, a site in repair, half a page, a list without days, a list that says it is
empty. What is our own fault (network, reader, clock) is not: such nights are not read here.
"""

from __future__ import annotations

import html
import selectors
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType

from benchmarks.fleet.articles import words_of
from benchmarks.fleet.planting import PLATFORMS
from benchmarks.fleet.truth import Truth
from benchmarks.fleet.world import Entry

_POLL = 0.05
_CHALLENGE = (
    "<html><head><title>安全验证</title></head><body><script>document.cookie='k=1'</script>"
    "<p>请完成验证后继续访问</p></body></html>"
)
_REPAIR = (
    "<html><head><title>系统维护</title></head><body><h1>系统维护中</h1>"
    "<p>网站正在升级维护，请稍后访问。</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What is answered: status, body, and whether half of it is lost on the way."""

    body: str
    status: str = "200 OK"
    is_cut: bool = False


class Sites:
    """网站 of all units over real HTTP, as a context manager."""

    def __init__(self, truth: Truth) -> None:
        self._truth = truth
        self._night = truth.world.first
        self._poll = selectors.DefaultSelector()
        self._units: dict[int, int] = {}  # port → unit
        for unit in range(len(truth.world.units)):
            listener = socket.create_server(("127.0.0.1", 0), backlog=64)
            listener.setblocking(False)
            self._units[listener.getsockname()[1]] = unit
            self._poll.register(listener, selectors.EVENT_READ, None)
        self._is_over = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.requests = 0

    @property
    def bases(self) -> Sequence[str]:
        """Each unit's address, without a last slash."""
        return [f"http://127.0.0.1:{port}" for port in self._units]

    def __enter__(self) -> Sites:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over = True
        self._thread.join()
        for key in list(self._poll.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
        self._poll.close()

    def turn_to(self, night: int) -> None:
        self._night = night

    def _serve(self) -> None:
        while not self._is_over:
            for key, _ in self._poll.select(_POLL):
                sock = key.fileobj
                assert isinstance(sock, socket.socket)
                if key.data is None:
                    talk, _ = sock.accept()
                    self._poll.register(talk, selectors.EVENT_READ, sock.getsockname()[1])
                    continue
                try:
                    asked = sock.recv(65536)
                    is_open = bool(asked) and self._answer(sock, asked, self._units[key.data])
                except OSError:
                    is_open = False
                if not is_open:
                    self._poll.unregister(sock)
                    sock.close()

    def _answer(self, sock: socket.socket, asked: bytes, unit: int) -> bool:
        """Answer one request; False: the connection is over."""
        self.requests += 1
        path = asked.split(b" ", 2)[1].decode("ascii", "replace").partition("?")[0]
        page = self.page(unit, path)
        if page is None:
            return False
        body = page.body.encode()
        head = (
            f"HTTP/1.1 {page.status}\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        sock.sendall(head.encode() + (body[: len(body) // 2] if page.is_cut else body))
        return not page.is_cut

    def page(self, unit: int, path: str) -> _Page | None:
        """What a unit's site says at an address in the night; None: nothing."""
        world, damage = self._truth.world, self._truth.damage
        plan = world.units[unit]
        kind = damage.of(unit, plan.platform, self._night)
        if kind in {"outage", "long outage", "vendor down"}:
            return None
        if kind == "challenge":
            return _Page(_CHALLENGE, "412 Precondition Failed")
        if kind == "maintenance":
            return _Page(_REPAIR)
        if path == "/robots.txt":
            return self._missing(unit)
        if path == "/":
            return _Page(self._home(unit))
        era = damage.era(unit, self._night)
        parts = path.strip("/").split("/")
        if era:
            if parts[0] != f"v{era}":
                return self._missing(unit)
            parts = parts[1:]
        place = next(
            (number for number, duty in enumerate(world.duties) if parts[:1] == [duty.column]), None
        )
        if place is None:
            return self._missing(unit)
        if len(parts) > 1:
            return self._article(unit, place, parts[1])
        is_cut = damage.of_column(kind, unit, place, self._night, len(world.duties)) == "truncated"
        return self._column(unit, place, is_hollow=kind == "hollow", is_cut=is_cut)

    def _home(self, unit: int) -> str:
        world = self._truth.world
        links = "".join(
            f'<li><a href="{self._path(unit, duty.column)}">{duty.name}</a></li>'
            for number, duty in enumerate(world.duties)
            if world.columns[unit, number].fault(self._night) != "removed"
        )
        return self._framed(unit, "首页", f'<ul class="menu">{links}</ul>')

    def _column(self, unit: int, place: int, *, is_hollow: bool, is_cut: bool) -> _Page:
        column, duty = self._truth.world.columns[unit, place], self._truth.world.duties[place]
        fault = column.fault(self._night)
        if fault in {"removed", "broken"}:
            return self._missing(unit)
        where = f'<div class="position">当前位置：首页 &gt; {duty.name}</div>'
        if fault == "emptied" or is_hollow:
            inner = '<ul class="list"></ul><p class="none">暂无数据</p>'
        else:
            rows = "".join(self._row(unit, place, one) for one in column.shown(self._night))
            inner = f'<ul class="list">{rows}</ul>'
            if self._truth.damage.era(unit, self._night) % 2:
                inner = f'<div class="new"><ol class="items">{rows}</ol></div>'
        return _Page(self._framed(unit, duty.name, where + inner), is_cut=is_cut)

    def _row(self, unit: int, place: int, entry: Entry) -> str:
        day = f"<span>{date.fromordinal(entry.claimed)}</span>" if entry.claimed else ""
        href = "/" if entry.leads_home else f"{self._path(unit, self._home_of(place, entry))}"
        href += "" if entry.leads_home else f"{entry.serial}.html"
        return f'<li><a href="{href}">{html.escape(entry.title)}</a>{day}</li>'

    def _home_of(self, place: int, entry: Entry) -> str:
        return entry.from_column or self._truth.world.duties[place].column

    def _article(self, unit: int, place: int, name: str) -> _Page:
        world = self._truth.world
        duty = world.duties[place]
        serial = name.removesuffix(".html")
        shown = world.columns[unit, place].shown(self._night)
        entry = next((one for one in shown if str(one.serial) == serial), None)
        if entry is None or entry.is_dead:
            return self._missing(unit)
        words = words_of(world, (unit, place), entry)
        text = "".join(f"<p>{html.escape(one)}</p>" for one in words.paragraphs)
        text += "".join(map(_table, words.tables))
        day = f"发布时间：{date.fromordinal(entry.claimed)}" if entry.claimed else ""
        inner = (
            f'<div class="position">当前位置：首页 &gt; {duty.name} &gt; 正文</div>'
            f'<div class="article"><h1>{html.escape(entry.title)}</h1>'
            f'<div class="info">{day} 来源：{world.units[unit].name}</div>'
            f'<div class="content">{text}</div></div>'
        )
        return _Page(self._framed(unit, entry.title, inner))

    def _path(self, unit: int, column: str) -> str:
        era = self._truth.damage.era(unit, self._night)
        return f"/v{era}/{column}/" if era else f"/{column}/"

    def _missing(self, unit: int) -> _Page:
        inner = "<h1>404</h1><p>您访问的页面不存在。</p>"
        return _Page(self._framed(unit, "404", inner), "404 Not Found")

    def _framed(self, unit: int, title: str, inner: str) -> str:
        plan = self._truth.world.units[unit]
        name, mark = plan.name, PLATFORMS[plan.platform]
        return (
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{html.escape(title)}-{name}"
            f'</title><link href="{mark}"></head><body>'
            f'<div class="header"><h2>{name}</h2></div>{inner}'
            f'<div class="footer">主办：{name}</div></body></html>'
        )


def _table(rows: Sequence[Sequence[str]]) -> str:
    told = (f"<tr>{''.join(f'<td>{html.escape(one)}</td>' for one in row)}</tr>" for row in rows)
    return f"<table>{''.join(told)}</table>"
