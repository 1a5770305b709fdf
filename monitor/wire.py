"""巡查文件: the plan and scan files of ``formats.md`` 5 ⇄ frozen records.

In: a plan and what the eyes saw. Out: JSON lines that survive a crash at any byte. A line is
``{"v":1,"kind":…,"crc":"8 hex",…}``; the crc is the CRC-32 of the same line without its crc, so
every flipped byte shows. Fields that are empty are left out.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from monitor.model import (
    Attachment,
    Column,
    Coverage,
    DateSource,
    Document,
    Evidence,
    FileState,
    LookFor,
    Match,
    Network,
    Observation,
    Outcome,
    Plan,
    PublishDate,
    Reading,
    Remembered,
    Target,
)
from monitor.wording import Trouble

VERSION: Final = 1

#: what a JSON line holds; only this file reads or writes such a mapping
Json = dict[str, Any]
Record = TypeVar("Record")

_LINE = re.compile(
    rb'\{"v":(?P<v>\d{1,9}),"kind":"(?P<kind>[a-z]+)"(?P<crc>,"crc":"[0-9a-f]{8}")'
    rb'(?:,"target":(?P<target>"(?:[^"\\]|\\.)*"))?'
)
_CRC_DIGITS = slice(8, 16)
#: longer than any address line, see ``stuck_on``
_TAIL_BYTES = 32_768


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """计划首行: what the first line of a plan and of a scan file says; ``targets`` counts them."""

    scan: str
    batch: int
    night: date
    catalog_digest: str
    clock_offset: float
    network: Network
    targets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFile:
    """巡查文件: what one pass over a scan file found out; the observations are streamed."""

    path: Path
    header: Header | None = None  # None: the first line is missing or damaged
    done: frozenset[str] = frozenset()  # keys of the targets that have an observation
    unfinished: tuple[str, ...] = ()  # addresses opened for targets without an observation
    stuck: str = ""  # the address on the last line, when that line is an ``opened``
    damaged: int = 0  # lines whose crc is wrong
    torn: bool = False  # the last line has no end
    complete: bool = False  # the totals were written
    totals: Mapping[str, int] = field(default_factory=dict)

    def observations(self) -> Iterator[Observation]:
        """Every observation of the file, read as it is asked for."""
        if not self.path.exists():
            return
        for line in _lines(self.path):
            if line.kind == "observation":
                yield line.read(_observation, self.path)


# --- writing ---------------------------------------------------------------------------


def plan_name(night: date, batch: int) -> str:
    """The name of a batch's plan file."""
    return f"plan-{night}-{batch}.jsonl"


def scan_name(night: date, batch: int) -> str:
    """The name of a batch's scan file; it lies beside the plan."""
    return f"scan-{night}-{batch}.jsonl"


def plan_beside(scan: Path) -> Path:
    """The plan file that belongs to the scan file ``scan``."""
    return scan.with_name("plan-" + scan.name.removeprefix("scan-"))


def write_plan(path: Path, plan: Plan) -> None:
    """Write a plan whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as file:
        file.write(_sealed("plan", _pack_header(plan)))
        file.writelines(_sealed("target", _pack_target(target)) for target in plan.targets)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


class ScanWriter:
    """巡查文件的写入端: each line is handed to the system before the call returns.

    Opening an existing file appends to it (``--resume``); a torn last line is cut off first.
    """

    def __init__(self, path: Path) -> None:
        _cut_torn_line(path)
        self._file = path.open("ab", buffering=0)

    def plan(self, plan: Plan) -> None:
        """First line of a new file."""
        self._file.write(_sealed("plan", _pack_header(plan)))

    def opened(self, address: str, *, target: str = "") -> None:
        """An address whose page is about to be parsed, for the target with that key."""
        self._file.write(_sealed("opened", {"target": target, "address": address}))

    def observation(self, seen: Observation) -> None:
        self._file.write(_sealed("observation", _pack_observation(seen)))

    def totals(self, counts: Mapping[str, int]) -> None:
        """Last line: the batch has been worked through."""
        self._file.write(_sealed("totals", {"counts": dict(counts)}))

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> ScanWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _cut_torn_line(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - _TAIL_BYTES)
            file.seek(start)
            cut = file.read(end - start).rfind(b"\n")
            if cut >= 0:
                file.truncate(start + cut + 1)
                return
            end = start
        file.truncate(0)


def _sealed(kind: str, body: Json) -> bytes:
    rest = json.dumps(
        {"v": VERSION, "kind": kind, **body}, ensure_ascii=False, separators=(",", ":")
    ).encode("utf-8", "replace")  # a page may hold half a surrogate pair; UTF-8 cannot
    head = len(f'{{"v":{VERSION},"kind":"{kind}"')
    return b'%b,"crc":"%08x"%b\n' % (rest[:head], zlib.crc32(rest), rest[head:])


# --- reading ---------------------------------------------------------------------------


def read_plan(path: Path) -> Plan:
    """Read a plan; a plan that is not whole is refused, since it was written whole."""
    header: Header | None = None
    targets: list[Target] = []
    try:
        for line in _lines(path):
            if line.kind == "plan":
                header = line.read(_header, path)
            elif line.kind == "target":
                targets.append(line.read(_target, path))
    except FileNotFoundError:
        raise Trouble.PLAN_UNREADABLE.error(path=path) from None
    if header is None or header.targets != len(targets):
        raise Trouble.PLAN_UNREADABLE.error(path=path)
    return Plan(
        scan=header.scan,
        batch=header.batch,
        night=header.night,
        catalog_digest=header.catalog_digest,
        clock_offset=header.clock_offset,
        network=header.network,
        targets=tuple(targets),
    )


def read_scan(path: Path) -> ScanFile:
    """Check a scan file once; a file the crawl never began counts as empty."""
    if not path.exists():
        return ScanFile(path=path)
    header: Header | None = None
    done: set[str] = set()
    opened: dict[str, str] = {}  # address → key of its target
    stuck = ""
    damaged = 0
    torn = False
    totals: Mapping[str, int] | None = None
    for line in _lines(path):
        stuck = ""
        match line.kind:
            case "damaged":
                damaged += 1
            case "torn":
                torn = True
            case "plan" if header is None:
                header = line.read(_header, path)
            case "opened":
                stuck = line.read(_address, path)
                opened[stuck] = line.target
            case "observation":
                done.add(line.target)
            case "totals":
                totals = line.read(_counts, path)
    return ScanFile(
        path=path,
        header=header,
        done=frozenset(done),
        unfinished=tuple(address for address, target in opened.items() if target not in done),
        stuck=stuck,
        damaged=damaged,
        torn=torn,
        complete=totals is not None,
        totals=totals or {},
    )


def stuck_on(path: Path) -> str:
    """The address on the last whole line when that line is an ``opened``, else "".

    Looks at the end of the file only: the watchdog asks again and again.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL_BYTES))
            lines = file.read().split(b"\n")
    except FileNotFoundError:
        return ""
    line = _checked(lines[-2] + b"\n", len(lines)) if len(lines) > 1 else None
    return line.read(_address, path) if line and line.kind == "opened" else ""


@dataclass(slots=True)
class _Line:
    """One line that was checked; ``kind`` is also ``damaged`` or ``torn``."""

    number: int
    kind: str
    text: bytes = b""
    target: str = ""

    def read(self, decode: Callable[[Json], Record], path: Path) -> Record:
        try:
            return decode(json.loads(self.text))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Trouble.SCAN_UNREADABLE.error(
                path=path, line=self.number, details=(repr(error),)
            ) from error


def _lines(path: Path) -> Iterator[_Line]:
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            line = _checked(text, number)
            if line.kind == "newer":
                raise Trouble.LINES_TOO_NEW.error(path=path, version=line.target, known=VERSION)
            yield line


def _checked(text: bytes, number: int) -> _Line:
    if not text.endswith(b"\n"):
        return _Line(number, "torn")
    shape = _LINE.match(text)
    if shape is None:
        return _Line(number, "damaged")
    start, end = shape.span("crc")
    crc = zlib.crc32(text[end:-1], zlib.crc32(text[:start]))
    if shape["crc"][_CRC_DIGITS] != b"%08x" % crc:
        return _Line(number, "damaged")
    if int(shape["v"]) != VERSION:
        return _Line(number, "newer", target=shape["v"].decode())
    target = json.loads(shape["target"]) if shape["target"] else ""
    return _Line(number, shape["kind"].decode(), text, target)


# --- one pair of functions for each record ---------------------------------------------


def _pack_header(plan: Plan) -> Json:
    return {
        "scan": plan.scan,
        "batch": plan.batch,
        "night": plan.night.isoformat(),
        "catalog": plan.catalog_digest,
        "offset": plan.clock_offset,
        "network": _pack_network(plan.network),
        "targets": len(plan.targets),
    }


def _header(said: Json) -> Header:
    return Header(
        scan=said["scan"],
        batch=said["batch"],
        night=date.fromisoformat(said["night"]),
        catalog_digest=said["catalog"],
        clock_offset=said["offset"],
        network=_network(said["network"]),
        targets=said["targets"],
    )


def _pack_network(network: Network) -> Json:
    """All fields, also those at their default: the plan tells how the night was run."""
    return {
        "delay": network.delay,
        "timeout": network.timeout,
        "tries": network.tries,
        "pauses": network.pauses,
        "ceiling": network.ceiling,
        "tls": network.tls,
        "allow_private": network.allow_private,
        "test_targets": network.test_targets,
        "canaries": network.canaries,
        "user_agent": network.user_agent,
        "robots_overrides": network.robots_overrides,
        "pages_per_column": network.pages_per_column,
        "pages_per_unit": network.pages_per_unit,
        "depth": network.depth,
        "minutes_per_unit": network.minutes_per_unit,
    }


def _network(said: Json) -> Network:
    return Network(
        delay=said["delay"],
        timeout=said["timeout"],
        tries=said["tries"],
        pauses=tuple(said["pauses"]),
        ceiling=said["ceiling"],
        tls=said["tls"],
        allow_private=tuple(said["allow_private"]),
        test_targets=tuple(said["test_targets"]),
        canaries=tuple(said["canaries"]),
        user_agent=said["user_agent"],
        robots_overrides=tuple(said["robots_overrides"]),
        pages_per_column=said["pages_per_column"],
        pages_per_unit=said["pages_per_unit"],
        depth=said["depth"],
        minutes_per_unit=said["minutes_per_unit"],
    )


def _pack_target(target: Target) -> Json:
    return _filled(
        unit=target.unit,
        names=target.unit_names,
        column=_filled(
            id=target.column.id,
            name=target.column.name,
            aliases=target.column.aliases,
            counted_only=target.column.counted_only,
            retired=_iso(target.column.retired_on),
        ),
        home=target.home,
        disclosure_home=target.disclosure_home,
        address=target.address,
        group=target.group,
        since=target.since.isoformat(),
        look_for=[_pack_look_for(look_for) for look_for in target.look_for],
        shared=target.shared,
        remembered=_pack_remembered(target.remembered),
    )


def _target(said: Json) -> Target:
    column = said["column"]
    return Target(
        unit=said["unit"],
        unit_names=tuple(said.get("names", ())),
        column=Column(
            id=column["id"],
            name=column["name"],
            aliases=tuple(column.get("aliases", ())),
            counted_only=column.get("counted_only", False),
            retired_on=_day(column.get("retired")),
        ),
        home=said.get("home", ""),
        disclosure_home=said.get("disclosure_home", ""),
        address=said.get("address", ""),
        group=said.get("group", ""),
        since=date.fromisoformat(said["since"]),
        look_for=tuple(map(_look_for, said.get("look_for", ()))),
        shared=said.get("shared", False),
        remembered=_remembered(said.get("remembered", {})),
    )


def _pack_look_for(look_for: LookFor) -> Json:
    match = look_for.match
    return _filled(
        any=match.any,
        all=match.all,
        none=match.none,
        near=match.near,
        words=look_for.words,
        attachments=look_for.attachments,
    )


def _look_for(said: Json) -> LookFor:
    return LookFor(
        match=Match(
            any=tuple(said.get("any", ())),
            all=tuple(said.get("all", ())),
            none=tuple(said.get("none", ())),
            near=tuple(said.get("near", ())),
        ),
        words=tuple(said.get("words", ())),
        attachments=said.get("attachments", False),
    )


def _pack_remembered(remembered: Remembered) -> Json:
    return _filled(
        address=remembered.address,
        etag=remembered.etag,
        last_modified=remembered.last_modified,
        list_digest=remembered.list_digest,
        signature=remembered.signature,
        newest=_iso(remembered.newest),
        since=_iso(remembered.since),
        to_end=remembered.to_end,
        identity_seen=remembered.identity_seen,
    )


def _remembered(said: Json) -> Remembered:
    return Remembered(
        address=said.get("address", ""),
        etag=said.get("etag", ""),
        last_modified=said.get("last_modified", ""),
        list_digest=said.get("list_digest", ""),
        signature=said.get("signature", ""),
        newest=_day(said.get("newest")),
        since=_day(said.get("since")),
        to_end=said.get("to_end", False),
        identity_seen=said.get("identity_seen", False),
    )


def _pack_observation(seen: Observation) -> Json:
    return {"target": seen.key} | _filled(
        unit=seen.unit,
        column=seen.column,
        outcome=seen.outcome.name,
        address=seen.address,
        documents=[_pack_document(document) for document in seen.documents],
        coverage=_filled(
            pages=seen.coverage.pages,
            entries=seen.coverage.entries,
            since=_iso(seen.coverage.since),
            to_end=seen.coverage.to_end,
            stopped_by=seen.coverage.stopped_by,
        ),
        unchanged=seen.unchanged,
        identity_seen=seen.identity_seen,
        platform=seen.platform,
        phrase=seen.phrase,
        http_status=seen.http_status,
        still_linked=seen.still_linked,
        remarks=seen.remarks,
        evidence=[_pack_evidence(evidence) for evidence in seen.evidence],
        remember=_pack_remembered(seen.remember),
        seen_at=seen.seen_at and seen.seen_at.isoformat(),
    )


def _observation(said: Json) -> Observation:
    coverage = said.get("coverage", {})
    seen_at = said.get("seen_at")
    return Observation(
        unit=said["unit"],
        column=said["column"],
        outcome=Outcome[said["outcome"]],
        address=said.get("address", ""),
        documents=tuple(map(_document, said.get("documents", ()))),
        coverage=Coverage(
            pages=coverage.get("pages", 0),
            entries=coverage.get("entries", 0),
            since=_day(coverage.get("since")),
            to_end=coverage.get("to_end", False),
            stopped_by=coverage.get("stopped_by", ""),
        ),
        unchanged=said.get("unchanged", False),
        identity_seen=said.get("identity_seen", False),
        platform=said.get("platform", ""),
        phrase=said.get("phrase", ""),
        http_status=said.get("http_status", 0),
        still_linked=said.get("still_linked", False),
        remarks=tuple(said.get("remarks", ())),
        evidence=tuple(map(_evidence, said.get("evidence", ()))),
        remember=_remembered(said.get("remember", {})),
        seen_at=datetime.fromisoformat(seen_at) if seen_at else None,
    )


def _pack_document(document: Document) -> Json:
    published = document.published
    return _filled(
        url=document.url,
        title=document.title,
        published=published and (published.day.isoformat(), published.source.name, published.text),
        written=_iso(document.written_on),
        publisher=document.publisher,
        doc_no=document.doc_no,
        index_no=document.index_no,
        first_seen=_iso(document.first_seen_on),
        attachments=[(file.name, file.url, file.state.name) for file in document.attachments],
        elements=sorted(document.elements),
        reading=document.reading.name,
        digest=document.digest,
    )


def _document(said: Json) -> Document:
    return Document(
        url=said.get("url", ""),
        title=said.get("title", ""),
        published=_published(*said["published"]) if "published" in said else None,
        written_on=_day(said.get("written")),
        publisher=said.get("publisher", ""),
        doc_no=said.get("doc_no", ""),
        index_no=said.get("index_no", ""),
        first_seen_on=_day(said.get("first_seen")),
        attachments=tuple(
            Attachment(name=name, url=url, state=FileState[state])
            for name, url, state in said.get("attachments", ())
        ),
        elements=frozenset(said.get("elements", ())),
        reading=Reading[said["reading"]],
        digest=said.get("digest", ""),
    )


def _published(day: str, source: str, text: str) -> PublishDate:
    return PublishDate(day=date.fromisoformat(day), source=DateSource[source], text=text)


def _pack_evidence(evidence: Evidence) -> Json:
    return {
        "url": evidence.url,
        "at": evidence.fetched_at.isoformat(),
        "status": evidence.http_status,
        "sha256": evidence.sha256,
        "path": evidence.path,
    }


def _evidence(said: Json) -> Evidence:
    return Evidence(
        url=said["url"],
        fetched_at=datetime.fromisoformat(said["at"]),
        http_status=said["status"],
        sha256=said["sha256"],
        path=said["path"],
    )


def _address(said: Json) -> str:
    return str(said["address"])


def _counts(said: Json) -> Mapping[str, int]:
    return dict(said["counts"])


def _filled(**fields: object) -> Json:
    """The fields that say something; every default of the records is empty or false."""
    return {name: value for name, value in fields.items() if value}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
