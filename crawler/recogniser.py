"""认字: the characters on the pictures of a file, read once and kept under the file's digest."""

from __future__ import annotations

import asyncio
import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from crawler import evidence
from crawler.pages.attachments import FileText, read_scan
from crawler.pages.formats import Piece
from monitor.model import FileState
from monitor.personal import masked


class Recogniser:
    """识字的人 of one scan: one file at a time, so that the night's own work goes on beside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._one_at_a_time = asyncio.Lock()

    async def read(self, body: bytes) -> FileText | None:
        """Return what can be read on the pictures of a file; None when that took too long."""
        sha256 = hashlib.sha256(body).hexdigest()
        by = version("rapidocr")  # another version may read what this one does not
        async with self._one_at_a_time:
            if kept := evidence.kept_words(self._folder, sha256, by):
                return _unpacked(kept)
            text = await asyncio.to_thread(read_scan, body)
        if text is not None:
            evidence.keep_words(self._folder, sha256, by, _packed(text))
        return text


def _packed(text: FileText) -> bytes:
    """The words as they are kept: the numbers of persons among them are not."""
    return json.dumps([(piece.where, masked(piece.text)) for piece in text.pieces]).encode()


def _unpacked(kept: bytes) -> FileText:
    pieces = tuple(Piece(where=where, text=text) for where, text in json.loads(kept))
    return FileText(state=FileState.RECOGNISED, pieces=pieces)
