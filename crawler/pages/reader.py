"""读附件的子进程: files in, one after the other, their text out; whatever a file does stays here.

``python -m crawler.pages.reader JOB``, where JOB is ``text`` or ``scan``. In: eight bytes of
length and the file. Out: a line of JSON; the first line of all says that this process is ready.
"""

from __future__ import annotations

import gc
import importlib
import json
import re
import signal
import struct
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType, ModuleType

from crawler.pages.formats import Piece, Unreadable
from crawler.pages.formats.kinds import NOT_READ, READERS, kind_of
from monitor.model import FileState

try:
    import resource
except ImportError:  # Windows has no such limits: there the parent's clock alone holds
    resource = None  # type: ignore[assignment]

LENGTH = struct.Struct(">Q")
_MOST_TEXT = 500_000  # characters kept of one file
_MOST_PIECES = 50_000

#: control characters and halves of characters, which damaged files are full of
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """一个文件读下来: why it gives no text, or its pieces and whether those are all there is."""

    state: FileState
    pieces: tuple[Piece, ...] = ()
    whole: bool = False
    pictured: bool = False  # it holds pictures that can be taken out


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """一种差事: how a file is read, and what one file may cost."""

    pieces: Callable[[bytes, str], Iterator[Piece]]
    seconds: float  # until no further piece is begun
    hard_seconds: float  # until the process is ended
    memory: int  # bytes of address space
    full: int  # kilobytes taken after which the process makes room for a fresh one
    start_seconds: float  # for the process to get ready


def _text(body: bytes, kind: str) -> Iterator[Piece]:
    pieces: Iterator[Piece] = _module(kind).read(body)
    return pieces


def _characters(body: bytes, kind: str) -> Iterator[Piece]:
    """What can be read on the pictures of a file."""
    scan = importlib.import_module("crawler.pages.formats.scan")
    for where, picture in _module(kind).pictures(body):
        yield Piece(where=where, text=scan.words_on(picture))


JOBS = MappingProxyType(
    {
        "text": Job(
            pieces=_text,
            seconds=3,
            hard_seconds=4,
            memory=512 * 2**20,
            full=200_000,
            start_seconds=30,
        ),
        # a page that is full of words takes ten seconds on one core and 860 MB
        "scan": Job(
            pieces=_characters,
            seconds=40,
            hard_seconds=60,
            memory=3 * 2**30,
            full=1_500_000,
            start_seconds=60,
        ),
    }
)


def read(body: bytes, job: Job) -> Told:
    """Read a file piece by piece, as far as the job allows."""
    until = time.monotonic() + job.seconds
    pieces: list[Piece] = []
    size, whole = 0, True
    try:
        kind = kind_of(body)
        if kind not in READERS:
            return Told(state=NOT_READ.get(kind, FileState.UNREADABLE))
        for piece in job.pieces(body, kind):
            whole &= not piece.unread
            piece = replace(piece, text=_NO_TEXT.sub("", piece.text))
            size += len(piece.text)
            if size > _MOST_TEXT or len(pieces) >= _MOST_PIECES or time.monotonic() > until:
                whole = False
                break
            pieces.append(piece)
    except Unreadable as why:
        return Told(state=why.state, pieces=tuple(pieces))
    state = _state(kind, pieces)
    return Told(
        state=state,
        pieces=tuple(pieces),
        # where there is no text at all nothing was read, so nothing can be missing
        whole=whole and state is FileState.OPENS,
        pictured=any(piece.unread for piece in pieces) and hasattr(_module(kind), "pictures"),
    )


def _state(kind: str, pieces: list[Piece]) -> FileState:
    if kind == "zip":
        return FileState.PACKED
    has_text = any(piece.text.strip() for piece in pieces)
    has_unread = any(piece.unread for piece in pieces)
    if has_text:
        return FileState.OPENS
    return FileState.SCANNED if has_unread else FileState.BLANK


def _module(kind: str) -> ModuleType:
    return importlib.import_module(f"crawler.pages.formats.{READERS[kind]}")


def main(name: str) -> int:
    """Answer files until the input ends, or this process has grown too large."""
    job = JOBS[name]
    source, out = sys.stdin.buffer, sys.stdout.buffer
    _limit(job)
    out.write(b"{}\n")
    out.flush()
    leaves, full = False, max(job.full, _memory())  # what the parent took counts, until exceeded
    while not leaves and (length := source.read(LENGTH.size)):
        body = source.read(LENGTH.unpack(length)[0])
        _alarm(job.hard_seconds + 1)
        try:
            told = read(body, job)
        except (MemoryError, RecursionError):
            told, leaves = Told(state=FileState.COMPLEX), True
            gc.collect()
        _alarm(0)
        leaves = leaves or _memory() > full
        line = {
            "state": told.state.name,
            "pieces": [(piece.where, piece.text, piece.row) for piece in told.pieces if piece.text],
            "whole": told.whole,
            "pictured": told.pictured,
            "leaves": leaves,
        }
        out.write(json.dumps(line).encode() + b"\n")
        out.flush()
    return 0


def _limit(job: Job) -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (job.memory, job.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _alarm(seconds: float) -> None:
    """End this process by itself: its parent may be gone and cannot do it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _memory() -> int:
    """The kilobytes this process has taken at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if resource else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
