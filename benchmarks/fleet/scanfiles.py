"""计划与巡查文件 of a night, as a crawl would have written them; the format is written here anew.

In: the truth and a night. Out: a plan file and a scan file in a folder: JSON lines, each
``{"v":1,"kind":…,"crc":"8 hex of the rest",…}``. What is damaged that night shows as a crawl would
have seen it. Columns that list what they listed are told as unchanged, and read whole every few
weeks; a column of which nobody came to a page has no line. What the pages of opened entries say
stands in a file of its own, for whoever looks through it before it is recorded.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.fleet.articles import Words, home_words, words_of
from benchmarks.fleet.truth import Truth
from benchmarks.fleet.world import Entry, Place

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SOONEST, _SPREAD = 22, 7  # a column that says "unchanged" is read whole after so many nights
#: what the pages of opened entries say, by address: paragraphs, and tables by rows of cells
PAGES = "pages.json"
#: entries opened in a column that is looked into
_NEWEST = 5
_DAY_SECONDS = 86_400.0
#: whose clocks a crawl tells
_SERVERS = 5
_MENU = ("首页", "学校概况", "信息公开", "联系我们")
_OUTAGES = (
    {"outcome": "TIMED_OUT"},
    {"outcome": "REFUSED"},
    {"outcome": "SERVER_ERROR", "http_status": 503},
    {"outcome": "CERTIFICATE"},
)
#: what a look at a page says whose list could not be seen at all
_CLOSED: dict[str, dict[str, object]] = {
    "network": {"outcome": "NO_NAME"},
    "long outage": {"outcome": "TIMED_OUT"},
    "vendor down": {"outcome": "SERVER_ERROR", "http_status": 502},
    "challenge": {"outcome": "CHALLENGED", "phrase": "请完成验证", "http_status": 412},
    "maintenance": {"outcome": "MAINTENANCE", "phrase": "系统维护中", "http_status": 200},
    "slow": {"outcome": "BUDGET"},
    "redesign": {"outcome": "LAYOUT_CHANGED", "http_status": 200},
}
_NETWORK = {
    "delay": 2.0,
    "timeout": 30,
    "tries": 3,
    "pauses": [2, 8, 30],
    "ceiling": 16,
    "tls": "lenient",
    "allow_private": [],
    "test_targets": [],
    "canaries": [],
    "browser": "",
    "user_agent": "mingcha",
    "robots_overrides": [],
    "pages_per_column": 60,
    "pages_per_unit": 300,
    "depth": 6,
    "minutes_per_unit": 10,
}


@dataclass(slots=True)
class _Told:
    """What was told of a column last, as the memory of the next night has it."""

    key: tuple[object, ...] = ()  # equal: it lists the same
    remember: str = ""  # as JSON
    read_on: int = 0
    unchanged: bytes = b""  # the end of a line that says so


@dataclass(kw_only=True)
class Writer:
    """写手: one for all nights of a run, since "unchanged" refers to the night before."""

    truth: Truth
    bases: Sequence[str]  # each unit's address, without a last slash
    catalog_digest: str
    #: how a crawl names the place of the list: on sites as they were, and on those made anew
    layouts: Sequence[str] = ("", "")
    _told: dict[Place, _Told] = field(default_factory=dict)
    _listed: dict[tuple[object, ...], tuple[str, dict[str, Words]]] = field(default_factory=dict)
    _heads: dict[Place, tuple[str, str]] = field(default_factory=dict)
    _looked_into: frozenset[Place] = frozenset()
    _pages: dict[str, Words] = field(default_factory=dict)  # opened tonight, by address

    def forget(self) -> None:
        """Another pair of eyes has read the columns: what was told before is no guide."""
        self._told.clear()

    def write(
        self,
        night: int,
        folder: Path,
        *,
        scan: str,
        shown: date,
        at: datetime,
        looked_into: frozenset[Place] = frozenset(),
    ) -> Path:
        """Write the files of a night into a folder that is there; ``shown``: its day.

        ``looked_into``: columns whose newest entries are opened though no word is looked for.
        """
        path = folder / f"scan-{shown}-1.jsonl"
        self._looked_into = looked_into
        self._pages = {}
        places = list(self.truth.world.columns)
        head = {
            "scan": scan,
            "batch": 1,
            "night": shown.isoformat(),
            "catalog": self.catalog_digest,
            "offset": 0.0,
            "network": _NETWORK,
            "targets": len(places),
        }
        first = sealed("plan", _inner(head))
        with (folder / f"plan-{shown}-1.jsonl").open("wb") as file:
            file.write(first)
            since = (shown - timedelta(days=400)).isoformat()
            file.writelines(sealed("target", self._target(place, since)) for place in places)
        with path.open("wb") as file:
            file.write(first)
            file.writelines(self._clocks(night))
            known = dict(self._told)
            file.writelines(self._lines(night, at))
            if night in self.truth.damage.jumps:  # the next night knows nothing of a void one
                self._told = known
            file.write(sealed("totals", _inner({"counts": {"targets": len(places)}})))
        told = {url: [words.paragraphs, words.tables] for url, words in self._pages.items()}
        (folder / PAGES).write_text(_write(told), encoding="utf-8")
        return path

    def misread(self, night: int) -> tuple[str, ...]:
        """The families whose known pages told that they are read wrongly in a night."""
        damage = self.truth.damage
        names = {unit.platform for unit in self.truth.world.units}
        return tuple(
            sorted(name for name in names if damage.platforms.get((name, night)) == "misread")
        )

    def _clocks(self, night: int) -> Iterator[bytes]:
        """What the crawl tells of our clock: servers say what day it is, whatever it says."""
        kind, days = self.truth.damage.jumps.get(night, ("", 0))
        ahead = -days * _DAY_SECONDS if kind == "jump" else 0.0
        for base in dict.fromkeys(self.bases[:_SERVERS]):
            told = {"server": base.partition("//")[2], "ahead": ahead}
            yield sealed("clock", _inner(told))
        if kind == "jump between":
            yield sealed("clock", _inner({"jump": days * _DAY_SECONDS}))

    def _lines(self, night: int, at: datetime) -> Iterator[bytes]:
        world, damage = self.truth.world, self.truth.damage
        jump = damage.jumps.get(night, ("", 0))
        later = at + timedelta(days=jump[1]) if jump[0] == "jump between" else at
        half = len(world.units) // 2
        width = len(world.duties)
        kinds = [damage.of(number, unit.platform, night) for number, unit in enumerate(world.units)]
        for place in world.columns:
            unit, duty = place
            seen_at = (later if unit >= half else at).isoformat()
            kind = kinds[unit]
            if kind:
                if kind == "slow" and duty >= width * 3 // 4:
                    continue  # nobody came to it
                kind = damage.of_column(kind, unit, duty, night, width)
            yield from self._look(place, night, kind, seen_at)

    def _target(self, place: Place, since: str) -> str:
        unit, column = self._head(place)
        told = self._told.get(place)
        remembered = f',"remembered":{told.remember}' if told and told.remember else ""
        return f'{unit}{column},"since":"{since}"{remembered}}}'

    def _head(self, place: Place) -> tuple[str, str]:
        found = self._heads.get(place)
        if found is None:
            unit, duty = self.truth.world.units[place[0]], self.truth.world.duties[place[1]]
            base = self.bases[place[0]]
            names = f'"unit":"{unit.code}","names":["{unit.name}"],'
            rest = f'"column":{{"id":"{duty.column}","name":"{duty.name}"}},'
            home = f'"home":"{base}/","group":"{base.partition("//")[2]}"'
            found = self._heads[place] = (names + rest, home)
        return found

    def _look(self, place: Place, night: int, kind: str, seen_at: str) -> Iterator[bytes]:
        """The lines of one column."""
        column = self.truth.world.columns[place]
        fault = column.fault(night)
        if not kind and not fault:
            told = self._told.get(place)
            is_looked_into = place in self._looked_into
            key = (column.version(night), self.truth.damage.era(place[0], night), is_looked_into)
            if told and told.key == key and night - told.read_on < _SOONEST + _spread(place):
                yield sealed_bytes(told.unchanged, seen_at)
                return
            yield from self._whole(place, night, key, seen_at)
            return
        said = self._closed(place, night, kind, fault)
        if said is not None:
            yield self._line(place, {"address": self._address(place, night), **said}, seen_at)
            return
        yield from self._damaged(place, night, kind, seen_at)

    def _closed(self, place: Place, night: int, kind: str, fault: str) -> dict[str, object] | None:
        """What a page without a list says, whether by damage or because it is so."""
        if kind == "outage":
            return dict(_OUTAGES[place[0] % len(_OUTAGES)])
        if kind in _CLOSED:
            return _CLOSED[kind] | {"identity_seen": kind == "redesign"}
        if kind == "hollow" or (kind != "misread" and fault == "emptied"):
            self._told[place] = _Told(remember=_write({"list_digest": "empty"}))
            return {
                "outcome": "SAYS_EMPTY",
                "phrase": "暂无数据",
                "http_status": 200,
                "identity_seen": True,
                "coverage": {"pages": 1, "to_end": True},
                "remember": {"list_digest": "empty"},
            }
        if fault:
            self._told[place] = _Told(remember=_write({"list_digest": "gone"}))
            return {
                "outcome": "GONE",
                "http_status": 404,
                "identity_seen": True,
                "still_linked": fault == "broken",
                "remember": {"list_digest": "gone"},
            }
        if kind == "blank":
            if place[1] % 2:
                return {"outcome": "UNREAD", "http_status": 200, "identity_seen": True}
            return {
                "outcome": "OPENED",
                "http_status": 200,
                "identity_seen": True,
                "coverage": {"pages": 1, "to_end": True},
            }
        return None

    def _damaged(self, place: Place, night: int, kind: str, seen_at: str) -> Iterator[bytes]:
        """A list that was read, but not rightly: cut short, without days, or another block."""
        shown = self.truth.world.columns[place].shown(night)
        coverage: dict[str, object] = {"pages": 1, "to_end": True}
        address = self._address(place, night)
        if kind == "truncated":
            dated = [one for one in shown if one.claimed is not None]
            if len(dated) < 2 or len(dated) < len(shown):
                yield self._line(place, {"address": address, "outcome": "TRUNCATED"}, seen_at)
                return
            shown = shown[: len(shown) // 2]
            earliest = shown[-1].claimed
            assert earliest is not None
            since = date.fromordinal(earliest + 1).isoformat()
            coverage = {"pages": 1, "since": since, "stopped_by": "后续页面未能打开"}
        documents = self._documents(place, shown, night)
        if kind == "undated":
            documents = [{**one, "published": None} for one in documents]
        elif kind == "misread":
            documents = [
                {"url": f"{self.bases[place[0]]}/m{n}/", "title": title, "reading": "LISTED"}
                for n, title in enumerate(_MENU)
            ]
        documents = [{k: v for k, v in one.items() if v} for one in documents]
        mark = f"{kind}-{night}"
        self._told[place] = _Told(remember=_write({"list_digest": mark}))
        said = {
            "outcome": "OPENED",
            "address": address,
            "documents": documents,
            "coverage": coverage | {"entries": len(documents)},
            "identity_seen": True,
            "platform": self.truth.world.units[place[0]].platform,
            "http_status": 200,
            "remember": {"list_digest": mark},
        }
        yield self._line(place, said, seen_at)

    def _whole(
        self, place: Place, night: int, key: tuple[object, ...], seen_at: str
    ) -> Iterator[bytes]:
        """A column read to its end."""
        unit = self.truth.world.units[place[0]]
        shown = self.truth.world.columns[place].shown(night)
        address = self._address(place, night)
        newest = max((one.claimed for one in shown if one.claimed), default=None)
        remember = {
            "address": address,
            "list_digest": hashlib.sha256(repr((place, key)).encode()).hexdigest()[:24],
            **({"newest": date.fromordinal(newest).isoformat()} if newest else {}),
            "to_end": True,
            "identity_seen": True,
        }
        if layout := self.layouts[self.truth.damage.era(place[0], night) % 2]:
            remember["signature"] = layout
        said = {
            "outcome": "OPENED",
            "address": address,
            "coverage": {"pages": 1, "entries": len(shown), "to_end": True},
            "identity_seen": True,
            "platform": unit.platform,
            "http_status": 200,
            "remember": remember,
        }
        yield sealed("opened", _inner({"target": _key(self, place), "address": address}))
        listed = self._list(place, key, shown, night)
        inner = f"{self._target_key(place)},{_inner(said)[:-1]}"
        if shown:
            inner += f',"documents":{listed}'
        yield sealed_bytes(inner.encode(), seen_at)
        self._told[place] = _Told(
            key=key,
            remember=_write(remember),
            read_on=night,
            unchanged=f'{self._target_key(place)},"unchanged":true,{_inner(said)[:-1]}'.encode(),
        )

    def _list(
        self, place: Place, key: tuple[object, ...], shown: Sequence[Entry], night: int
    ) -> str:
        found = self._listed.get((place, key))
        if found is None:
            before, self._pages = self._pages, {}
            told = self._documents(place, shown, night)
            listed = _write([{k: v for k, v in one.items() if v} for one in told])
            found = self._listed[place, key] = (listed, self._pages)
            self._pages = before
        self._pages |= found[1]
        return found[0]

    def _documents(
        self, place: Place, shown: Sequence[Entry], night: int
    ) -> list[dict[str, object]]:
        newest = [one for one in shown if not one.is_filler][:_NEWEST]
        looked_into = newest if place in self._looked_into else ()
        return [
            self._document(place, one, night, is_looked_into=one in looked_into) for one in shown
        ]

    def _document(
        self, place: Place, entry: Entry, night: int, *, is_looked_into: bool
    ) -> dict[str, object]:
        """An entry as the list and, where it is opened, its own page tell it."""
        world = self.truth.world
        unit, duty = world.units[place[0]], world.duties[place[1]]
        is_opened = bool(duty.fields) and not entry.is_filler
        is_opened = is_opened or entry.is_statement or entry.claimed is None
        is_opened = is_opened or is_looked_into or entry.serial in world.persons
        reading = "BROKEN" if is_opened and entry.is_dead else "WHOLE" if is_opened else "LISTED"
        is_whole = reading == "WHOLE"
        published = None
        if entry.claimed is not None:
            day = date.fromordinal(entry.claimed).isoformat()
            published = (day, "LABEL" if is_whole and not entry.leads_home else "LIST", day)
        url = self._entry_address(place, entry, night)
        if is_whole:
            self._pages[url] = (
                home_words(world, place, night)
                if entry.leads_home
                else words_of(world, place, entry)
            )
        return {
            "url": url,
            "title": entry.title,
            "published": published,
            "publisher": unit.name if is_whole else "",
            "doc_no": entry.doc_no,
            "elements": sorted(duty.fields) if is_whole and not entry.lacks else [],
            "reading": reading,
        }

    def _address(self, place: Place, night: int, column: str = "") -> str:
        era = self.truth.damage.era(place[0], night)
        prefix = f"v{era}/" if era else ""
        column = column or self.truth.world.duties[place[1]].column
        return f"{self.bases[place[0]]}/{prefix}{column}/"

    def _entry_address(self, place: Place, entry: Entry, night: int) -> str:
        if entry.leads_home:
            return f"{self.bases[place[0]]}/"
        return f"{self._address(place, night, entry.from_column)}{entry.serial}.html"

    def _target_key(self, place: Place) -> str:
        unit, duty = self.truth.world.units[place[0]], self.truth.world.duties[place[1]]
        key = f'"target":"{unit.code}/{duty.column}"'
        return f'{key},"unit":"{unit.code}","column":"{duty.column}"'

    def _line(self, place: Place, said: dict[str, object], seen_at: str) -> bytes:
        filled = {name: value for name, value in said.items() if value}
        return sealed_bytes(f"{self._target_key(place)},{_inner(filled)[:-1]}".encode(), seen_at)


def _key(writer: Writer, place: Place) -> str:
    world = writer.truth.world
    return f"{world.units[place[0]].code}/{world.duties[place[1]].column}"


def _spread(place: Place) -> int:
    return zlib.crc32(f"{place}".encode()) % _SPREAD


def _inner(body: dict[str, object]) -> str:
    """An object as JSON without its first brace."""
    return _write(body)[1:]


_OBSERVED = b'{"v":1,"kind":"observation"'


def sealed(kind: str, inner: str) -> bytes:
    """A line; ``inner`` is its body without the first brace, and ends with the last."""
    head = f'{{"v":1,"kind":"{kind}"'.encode()
    rest = f",{inner}".encode()
    return b'%b,"crc":"%08x"%b\n' % (head, zlib.crc32(rest, zlib.crc32(head)), rest)


def sealed_bytes(inner: bytes, seen_at: str) -> bytes:
    """The line of an observation whose body lacks its instant."""
    rest = b',%b,"seen_at":"%b"}' % (inner, seen_at.encode())
    return b'%b,"crc":"%08x"%b\n' % (_OBSERVED, zlib.crc32(rest, zlib.crc32(_OBSERVED)), rest)
