"""解压: the body as it came over the wire → the body that was meant, whole or not at all. Pure.

Scrapy's own unpacking hands over what it could unpack of a cut stream and says nothing, so half a
list would look like a short list.
"""

from __future__ import annotations

import zlib

from monitor.model import Outcome

#: what we say we can read; both come with the standard library
ACCEPTED = "gzip, deflate"

_GZIP, _ZLIB, _RAW = 31, 15, -15
_STEP = 1 << 16


class NotWhole(Exception):
    """The body cannot be had whole; ``outcome`` says in which way."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome


def unpack(body: bytes, encoding: str, *, most: int) -> bytes:
    """Undo ``Content-Encoding``; raise ``NotWhole`` for what is cut, damaged or too big."""
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in {"gzip", "x-gzip"}:
            body = _inflate(body, (_GZIP,), most)
        elif name == "deflate":
            # RFC 9110 means zlib; some servers send the bare stream
            body = _inflate(body, (_ZLIB, _RAW), most)
        elif name != "identity":
            raise NotWhole(Outcome.PROTOCOL)
    return body


def _inflate(body: bytes, kinds: tuple[int, ...], most: int) -> bytes:
    for kind in kinds:
        try:
            return _one(body, kind, most)
        except zlib.error:
            continue
    raise NotWhole(Outcome.PROTOCOL)


def _one(body: bytes, kind: int, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body:
        stream = zlib.decompressobj(kind)
        while not stream.eof:
            part = stream.decompress(body, _STEP)
            body = stream.unconsumed_tail
            size += len(part)
            if size > most:
                raise NotWhole(Outcome.TOO_LARGE)
            if not part and not body and not stream.eof:
                raise NotWhole(Outcome.TRUNCATED)
            parts.append(part)
        body = stream.unused_data if kind == _GZIP else b""  # a gzip file may hold several members
    return b"".join(parts)
