"""读取版本: which eyes read a page; every verdict carries it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

#: raised by one with every change after which a stored page may be read otherwise
READER: Final = 1


def reader() -> str:
    """The version of the program and of its reading, as in 0.1.0/1."""
    return f"{version('mingcha')}/{READER}"
