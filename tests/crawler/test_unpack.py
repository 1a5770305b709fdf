from __future__ import annotations

import gzip
import zlib

import pytest

from crawler.unpack import NotWhole, unpack
from monitor.model import Outcome

BODY = "收费公示".encode() * 1000
ZIPPED = gzip.compress(BODY)
RAW = zlib.compressobj(wbits=-15)
BARE = RAW.compress(BODY) + RAW.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (BODY, ""),
        (BODY, "identity"),
        (ZIPPED, "gzip"),
        (ZIPPED, "x-gzip"),
        (zlib.compress(BODY), "deflate"),
        (BARE, "deflate"),
        (gzip.compress(ZIPPED), "gzip, gzip"),
        (gzip.compress(BODY[:5000]) + gzip.compress(BODY[5000:]), "gzip"),
    ],
    ids=["plain", "identity", "gzip", "x-gzip", "zlib", "bare deflate", "twice", "two members"],
)
def test_what_was_packed_comes_back(body, encoding):
    assert unpack(body, encoding, most=100_000) == BODY


@pytest.mark.parametrize(
    ("body", "encoding", "outcome"),
    [
        (ZIPPED[:-20], "gzip", Outcome.TRUNCATED),
        (zlib.compress(BODY)[:-5], "deflate", Outcome.TRUNCATED),
        (BODY, "gzip", Outcome.PROTOCOL),
        (ZIPPED[:10] + b"\xff" * 50, "gzip", Outcome.PROTOCOL),
        (BODY, "br", Outcome.PROTOCOL),
        (gzip.compress(bytes(200_000)), "gzip", Outcome.TOO_LARGE),
        (gzip.compress(gzip.compress(bytes(200_000))), "gzip, gzip", Outcome.TOO_LARGE),
    ],
    ids=[
        "cut, with the length it says",
        "cut zlib",
        "not packed at all",
        "damaged",
        "not asked for",
        "a bomb",
        "a bomb in a bomb",
    ],
)
def test_half_a_page_is_no_page(body, encoding, outcome):
    with pytest.raises(NotWhole) as caught:
        unpack(body, encoding, most=100_000)

    assert caught.value.outcome is outcome
