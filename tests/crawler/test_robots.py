from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.robots import KEPT_FOR, by_last_copy, read_robots
from monitor.model import Outcome, RobotsFile

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
        (500, b"", None, Outcome.ROBOTS_UNREAD),
        (503, FORBIDDING, None, Outcome.ROBOTS_UNREAD),
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


NOW = datetime(2026, 11, 3, 15, 30, tzinfo=UTC)
ALLOWING = "User-agent: *\nDisallow: /admin/\n"


def copy(text=ALLOWING, *, age=timedelta(hours=24)):
    return RobotsFile(address="http://x.cn/robots.txt", text=text, read_at=NOW - age)


@pytest.mark.parametrize(
    ("last", "refusal"),
    [
        (copy(), None),
        (copy(""), None),
        (copy(FORBIDDING.decode()), Outcome.ROBOTS),
        (copy(age=KEPT_FOR), None),
        (copy(age=KEPT_FOR + timedelta(seconds=1)), Outcome.ROBOTS_UNREAD),
        (None, Outcome.ROBOTS_UNREAD),
    ],
    ids=["allows it", "has no rules", "forbids it", "just in time", "too old", "none"],
)
def test_the_last_good_copy_holds_while_the_file_cannot_be_read(last, refusal):
    now = read_robots(status=500, body=b"", failure=None)

    assert by_last_copy(now, last, at=NOW).refuses(COLUMN, "mingcha") is refusal


@pytest.mark.parametrize("failure", [Outcome.REFUSED, Outcome.NO_NAME])
def test_no_copy_stands_for_a_server_that_is_not_there(failure):
    now = read_robots(status=0, body=b"", failure=failure)

    assert by_last_copy(now, copy(), at=NOW).away is failure


def test_what_can_be_read_now_goes_before_any_copy():
    now = read_robots(status=200, body=FORBIDDING, failure=None)

    assert by_last_copy(now, copy(), at=NOW) is now


@pytest.mark.parametrize(
    ("body", "is_kept"),
    [
        (ALLOWING.encode(), True),
        (b"", True),
        (b"<html>home</html>", False),
        (b"Disallow: /a\n" * 6000, False),
    ],
    ids=["rules", "an empty file", "a home page", "more than is kept whole"],
)
def test_only_a_whole_file_is_kept(body, is_kept):
    assert (read_robots(status=200, body=body, failure=None).text is not None) is is_kept
    assert read_robots(status=404, body=body, failure=None).text is None
