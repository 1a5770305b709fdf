"""原文: the words of opened entries, read from beside the pages when a judgement asks. No verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from crawler.evidence import kept_text
from monitor.model import Extract

#: entries of one unit that several judgements ask for
_KEPT = 256


class Texts(Mapping[str, tuple[Extract, ...]]):
    """The kept words by ``Document.digest``; empty for what was not kept. It is not walked."""

    def __init__(self, evidence: Path) -> None:
        self._read = lru_cache(_KEPT)(lambda digest: kept_text(evidence, digest))

    def __getitem__(self, digest: str) -> tuple[Extract, ...]:
        return self._read(digest) if digest else ()

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the kept texts are asked for, not walked")

    def __len__(self) -> int:
        raise TypeError("the kept texts are asked for, not counted")
