"""PPTX: the words of the slides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.pages.formats import Piece
from crawler.pages.formats.package import named, opened, pictures_in, texts_in, tree

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_BESIDE = re.compile(r"ppt/(?:notesSlides/notesSlide|diagrams/data|charts/chart)\d*\.xml")
_MEDIA = "ppt/media/"


def read(body: bytes) -> Iterator[Piece]:
    """Yield the slides in the order of their numbers."""
    package = opened(body)
    slides = {
        int(found[1]): found[0] for found in map(_SLIDE.fullmatch, package.namelist()) if found
    }
    for number, name in sorted(slides.items()):
        text = "\n".join(run.text or "" for run in named(tree(package, name), "t"))
        yield Piece(where=f"第{number}张", text=text)
    for text in texts_in(package, _BESIDE):
        yield Piece(where="备注或图示", text=text)
    if next(pictures_in(package, _MEDIA), None):
        yield Piece(where="图片", unread=True)


def pictures(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures of the slides."""
    return pictures_in(opened(body), _MEDIA)
