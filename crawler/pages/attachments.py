"""附件: a file's bytes to its text, in a child with limits, so that no file can hold up a night.

What a file is, its first bytes tell; its name and its Content-Type are often wrong.
"""

from __future__ import annotations

import importlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass

from crawler.pages.formats import Unreadable
from monitor.model import FileState

_MEMORY = 512 * 2**20  # bytes of address space a reader may take
_SECONDS = 20
_MOST_TEXT = 500_000  # characters kept of one file

# module under crawler.pages.formats by what is inside
_READERS = {
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "sheet",
    "ods": "sheet",
    "xls": "sheet",
}
_PARTS = (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml"), ("ofd", "OFD.xml"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """附件内容: the text of a file. ``whole``: all there is to read was read."""

    state: FileState
    text: str = ""
    whole: bool = False


def kind_of(body: bytes) -> str:
    """Tell what a file is by its first bytes; "" for what is not known.

    >>> kind_of(b"%PDF-1.7")
    'pdf'
    >>> kind_of(b"<html><title>please log in</title>")
    'html'
    """
    start = body[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<script", b"<meta")):
        return "html"
    if b"%pdf-" in start:
        return "pdf"
    if body.startswith(b"PK\x03\x04"):
        return _zip_kind(body)
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        # xls and doc share the container; the stream's name is UTF-16 in its directory
        return "xls" if "Workbook".encode("utf-16-le") in body else "ole"
    if body.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")):
        return "image"
    return "archive" if body.startswith((b"Rar!", b"7z\xbc\xaf")) else ""


def read_file(body: bytes, *, seconds: float = _SECONDS) -> FileText:
    """Read an attachment's text in a child process; any bytes give an answer, none raise.

    Blocks for at most ``seconds``: a spider calls it from a thread.
    """
    if not body:
        return FileText(state=FileState.BROKEN)
    kind = kind_of(body)
    if kind == "html":
        return FileText(state=FileState.GATED)
    if kind not in _READERS:
        known = FileState.OPENS if kind else FileState.UNREADABLE
        return FileText(state=known)
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "crawler.pages.attachments", kind],
            input=body,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return FileText(state=FileState.UNREADABLE)
    text, whole = json.loads(answer.stdout)
    return FileText(state=FileState.OPENS, text=text, whole=whole)


def _zip_kind(body: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(body)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    for kind, part in _PARTS:
        if part in names:
            return kind
    return "ods" if "content.xml" in names else "archive"


def _limit() -> None:
    """Bound this process; where the system has no such limits the time limit alone holds."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _child(kind: str) -> int:
    _limit()
    reader = importlib.import_module(f"crawler.pages.formats.{_READERS[kind]}")
    try:
        text, whole = reader.read(sys.stdin.buffer.read())
    except (Unreadable, MemoryError):
        return 1
    json.dump((text[:_MOST_TEXT], whole and len(text) <= _MOST_TEXT), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_child(sys.argv[1]))
