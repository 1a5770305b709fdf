"""JPEG, PNG, GIF, BMP, TIFF, WebP: one picture, no text."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.pages.formats import Piece

_WHERE = "图片"


def read(body: bytes) -> Iterator[Piece]:
    """Yield the one thing there is, which is no text."""
    yield Piece(where=_WHERE, unread=bool(body))


def pictures(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The picture itself."""
    yield _WHERE, body
