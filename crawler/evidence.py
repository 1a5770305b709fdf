"""佐证留存: a page stored under its hash, once for all nights; read back only whole."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from crawler.redaction import redacted
from monitor.model import Extract
from monitor.personal import masked, telling

_KEY = "key"
_KEY_BYTES = 32

#: how a stored file begins (RFC 1952): gzip, deflate, no flags, no time; then what compressed it
#: says of its level and its system, which differs from one machine to another
_HEAD: Final = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0))
_SPEEDS: Final = frozenset({0, 4})
_SYSTEMS: Final = frozenset({3, 7, 10, 11, 19, 255})


class DamagedEvidence(Exception):
    """The stored copy is missing or its hash does not agree."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"evidence {sha256} is missing or damaged")
        self.sha256 = sha256


def key(folder: Path) -> bytes:
    """The key under which numbers of persons are known again: made once, for this folder only."""
    place = folder / _KEY
    try:
        return place.read_bytes()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{_KEY}.{os.getpid()}.new"
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
    try:
        os.link(fresh, place)  # whole or not at all, and the first of two stays
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return place.read_bytes()


def store(folder: Path, body: bytes) -> tuple[str, str]:
    """Store a page gzipped under its sha256; return the hash and the path inside ``folder``.

    What is personal on it is starred out first: the hash is that of what is stored. What is there
    already is left alone. The file appears whole or not at all: a kill leaves a temporary name that
    nothing points to.
    """
    body = redacted(body)
    sha256 = hashlib.sha256(body).hexdigest()
    path = _path(sha256)
    place = os.path.join(folder, path)  # as strings: a night stores tens of thousands
    if not os.path.exists(place):
        _store(place, body)
    return sha256, path


def keep_words(folder: Path, sha256: str, by: str, words: bytes) -> None:
    """Keep what ``by`` read on the pictures of a file, beside the pages."""
    _store(os.path.join(folder, _path(f"{sha256}.{by}")), words)


def kept_words(folder: Path, sha256: str, by: str) -> bytes:
    """What ``by`` read on the pictures of a file; nothing if it never did, or that is damaged."""
    try:
        return gzip.decompress((folder / _path(f"{sha256}.{by}")).read_bytes())
    except (OSError, EOFError, ValueError, zlib.error):
        return b""


def keep_text(folder: Path, digest: str, extracts: Iterable[Extract]) -> None:
    """Keep the words of an entry beside the pages, once under the digest of its text."""
    place = os.path.join(folder, _path(f"{digest}.text"))
    if not os.path.exists(place):
        words = tuple(extracts)
        said = telling(one.text for one in words)
        told = [[masked(one.text, said), masked(one.file), one.where, one.row] for one in words]
        _store(place, json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))


def kept_text(folder: Path, digest: str) -> tuple[Extract, ...]:
    """The words of an entry as they were read; none when they were not kept, or are damaged."""
    try:
        told = json.loads(gzip.decompress((folder / _path(f"{digest}.text")).read_bytes()))
        return tuple(
            Extract(text=text, file=file, where=where, row=row) for text, file, where, row in told
        )
    except (OSError, EOFError, ValueError, zlib.error):
        return ()


def _store(place: str, body: bytes) -> None:
    fresh = f"{place}.{os.getpid()}.new"
    # level 1: a fifth of the time of level 9 for a tenth more bytes; mtime 0: same page, same file
    packed = gzip.compress(body, compresslevel=1, mtime=0)
    try:
        _write(fresh, packed)
    except FileNotFoundError:  # the first of 16 folders, each made once
        os.makedirs(os.path.dirname(place), exist_ok=True)
        _write(fresh, packed)
    os.replace(fresh, place)


def _path(name: str) -> str:
    """Where a page is kept. A new folder costs a file system more than a file: 16 are enough."""
    return os.path.join(name[0], f"{name}.gz")


def _write(place: str, content: bytes) -> None:
    with open(place, "wb") as file:
        file.write(content)


def load(folder: Path, sha256: str) -> bytes:
    """Read a stored page back; raise ``DamagedEvidence`` unless it is the page that was stored."""
    try:
        packed = (folder / _path(sha256)).read_bytes()
        body = gzip.decompress(packed)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DamagedEvidence(sha256) from error
    is_ours = packed.startswith(_HEAD) and packed[8] in _SPEEDS and packed[9] in _SYSTEMS
    if not is_ours or hashlib.sha256(body).hexdigest() != sha256:
        raise DamagedEvidence(sha256)
    return body


def place(sha256: str) -> str:
    """Where a page is kept, inside the folder."""
    return _path(sha256)


def sweep(folder: Path) -> int:
    """Remove what a killed writer left behind; return how many files."""
    leftovers = list(folder.glob("?/*.new"))
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)
