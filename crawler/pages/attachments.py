"""附件: a file's bytes to its text, in a child with limits, so that no file can hold up a night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import cast

from crawler.pages.child import Child
from crawler.pages.formats import Piece
from monitor.model import FileState


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """附件内容: what was read of a file. ``whole``: all there is to read was read."""

    state: FileState
    pieces: tuple[Piece, ...] = ()
    whole: bool = False
    pictured: bytes = b""  # the file itself, when words may stand in its pictures


def read_file(body: bytes) -> FileText:
    """Read an attachment's text; any bytes give an answer, none raise.

    Blocks for seconds: a spider calls it from a thread.
    """
    if not body:
        return FileText(state=FileState.BROKEN)
    if (told := _child("text").ask(body)) is None:
        return FileText(state=FileState.COMPLEX)
    return FileText(
        state=FileState[cast(str, told["state"])],
        pieces=_pieces(told),
        whole=bool(told["whole"]),
        pictured=body if told["pictured"] else b"",
    )


def reads_scans() -> bool:
    """Whether characters can be read off pictures here: the extra ``[ocr]`` is installed."""
    return find_spec("rapidocr") is not None


def read_scan(body: bytes) -> FileText | None:
    """Read the characters off the pictures of a file; None when that took too long.

    They may prove that something is there, never that it is not: nothing read so is whole. Blocks
    for up to a minute: a spider calls it from a thread.
    """
    if (told := _child("scan").ask(body)) is None:
        return None
    return FileText(state=FileState.RECOGNISED, pieces=_pieces(told))


def _pieces(told: Mapping[str, object]) -> tuple[Piece, ...]:
    pieces = cast("list[tuple[str, str, int]]", told["pieces"])
    return tuple(Piece(where=where, text=text, row=row) for where, text, row in pieces)


@cache
def _child(job: str) -> Child:
    return Child(job)
