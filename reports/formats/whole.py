"""整份写出: a file appears whole or not at all, also when the process or the power ends."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = ".mingcha-part-"
#: seconds after which a part belongs to nobody: no report takes that long
_FORGOTTEN = 3600


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a place to write to; what stands there at the end becomes ``path``.

    An earlier ``path`` stays as it is until then. The place is in a folder of its own beside
    ``path``, which is there for other files too that are needed on the way.
    """
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=path.parent))
    try:
        _sweep(folder)
        part = folder / "whole"
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(part, path)
        _sync(path.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what a process that was ended left beside ``folder``."""
    made = folder.stat().st_mtime
    for left in folder.parent.glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):  # its owner took it away meanwhile
            if made - left.stat().st_mtime > _FORGOTTEN:
                shutil.rmtree(left, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have the folder's new entry on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
