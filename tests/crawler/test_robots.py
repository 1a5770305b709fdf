from __future__ import annotations

import pytest

from crawler.robots import read_robots
from monitor.model import Outcome

COLUMN = "http://x.cn/xxgk/sfxx/"
FORBIDDING = b"User-agent: *\nDisallow: /xxgk/\nCrawl-delay: 3\n"


@pytest.mark.parametrize(
    ("status", "body", "failure", "refusal"),
    [
        (200, FORBIDDING, None, Outcome.ROBOTS),
        (200, b"\xef\xbb\xbf" + FORBIDDING, None, Outcome.ROBOTS),
        (200, b"User-agent: mingcha\nAllow: /\n\nUser-agent: *\nDisallow: /", None, None),
        (200, b"<!DOCTYPE html><html>Disallow: /</html>", None, None),
        (200, "禁止".encode("gbk"), None, None),
        (200, b"", None, None),
        (404, b"", None, None),
        (403, b"", None, None),
        (500, b"", None, Outcome.ROBOTS),
        (503, FORBIDDING, None, Outcome.ROBOTS),
        (0, b"", Outcome.TIMED_OUT, Outcome.TIMED_OUT),
        (0, b"", Outcome.REFUSED, Outcome.REFUSED),
        (0, b"", Outcome.REDIRECTS, None),
    ],
    ids=[
        "forbids the column",
        "with a byte order mark",
        "allows us by name",
        "a home page under this name",
        "bytes that are no rules",
        "empty",
        "not there",
        "forbidden itself",
        "broken",
        "unavailable",
        "no answer",
        "no connection",
        "leads in circles",
    ],
)
def test_what_robots_txt_means_for_a_column(status, body, failure, refusal):
    robots = read_robots(status=status, body=body, failure=failure)

    assert robots.refuses(COLUMN, "mingcha") is refusal


def test_a_wish_for_a_slower_pace_is_granted_within_reason():
    assert read_robots(status=200, body=FORBIDDING, failure=None).pause("mingcha") == 3
    slow = b"User-agent: *\nCrawl-delay: 86400\n"
    assert read_robots(status=200, body=slow, failure=None).pause("mingcha") == 30


def test_a_file_of_any_size_is_read_to_its_half_megabyte():
    body = b"User-agent: *\nDisallow: /xxgk/\n" + b"Disallow: /" + b"*a" * 5_000_000

    assert read_robots(status=200, body=body, failure=None).refuses(COLUMN, "mingcha")
