from __future__ import annotations

import pytest

from crawler.addresses import AddressRules, identity, literal_address, may_ask
from monitor.model import Network

OPEN = AddressRules.of(Network())
CAMPUS = AddressRules.of(Network(allow_private=("10.20.0.0/16", "oa.school.cn", "127.0.0.0/8")))
TESTS = AddressRules.of(Network(test_targets=("127.0.0.1:8000-8002", "127.0.0.9:9000")))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.5",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_an_inner_address_is_never_connected_to(address):
    assert OPEN.forbids("x.cn", 80, address)


@pytest.mark.parametrize("address", ["114.114.114.114", "8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is(address):
    assert not OPEN.forbids("x.cn", 80, address)


@pytest.mark.parametrize(
    ("host", "address", "forbidden"),
    [
        ("x.cn", "10.20.0.9", False),
        ("x.cn", "10.21.0.9", True),
        ("oa.school.cn", "192.168.7.7", False),
        ("x.cn", "127.0.0.1", True),
        ("oa.school.cn", "127.0.0.1", True),
        ("oa.school.cn", "169.254.169.254", True),
    ],
    ids=[
        "inside the allowed network",
        "beside it",
        "an exact host",
        "loopback is never a range",
        "nor for an exact host",
        "nor the cloud's own address",
    ],
)
def test_the_settings_open_exact_hosts_and_networks_only(host, address, forbidden):
    assert CAMPUS.forbids(host, 80, address) is forbidden


@pytest.mark.parametrize(
    ("host", "port", "forbidden"),
    [("127.0.0.1", 8001, False), ("127.0.0.1", 8003, True), ("127.0.0.9", 9000, False)],
)
def test_a_test_target_is_an_exact_port(host, port, forbidden):
    assert TESTS.forbids(host, port, host) is forbidden


@pytest.mark.parametrize(
    ("url", "group"),
    [
        ("http://JYJ.x.gov.cn/a", "jyj.x.gov.cn"),
        ("http://x.cn.:8080/a", "x.cn"),
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000"),
        ("http://127.0.0.1:8001/a", "127.0.0.1:8001"),
    ],
)
def test_a_politeness_group_is_a_host_or_a_test_target(url, group):
    assert TESTS.group(url) == group


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://x.cn/a.html", True),
        ("https://学校.cn/", True),
        ("file:///etc/passwd", False),
        ("ftp://x.cn/a", False),
        ("javascript:void(0)", False),
        ("data:text/html,a", False),
        ("http:///a", False),
        (r"http://ok.test\@127.0.0.1/", False),
        ("http://user:word@x.cn/", False),
        ("http://x.cn:99999/", False),
        ("http://x.cn/" + "a" * 2100, False),
        ("http://x.cn/" + "a/" * 21, False),
        ("http://x.cn/a/b/a/b/a/b/", False),
        ("http://[::1/", False),
    ],
)
def test_only_an_address_made_for_readers_is_asked_for(url, asked):
    assert may_ask(url) is asked


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://x.cn/a/", "https://www.x.cn/a/index.html", True),
        ("http://x.cn/a.htm;jsessionid=9F?id=1", "http://X.cn/a.htm?id=1", True),
        ("http://x.cn/a?id=1", "http://x.cn/a?id=2", False),
        ("http://x.cn/#/list?id=7", "http://x.cn/#/list?id=8", False),
        ("http://x.cn/a#top", "http://x.cn/a", True),
    ],
)
def test_addresses_are_compared_by_what_they_lead_to(one, other, same):
    assert (identity(one) == identity(other)) is same


def test_a_name_is_not_an_address():
    assert literal_address("10.0.0.1") == "10.0.0.1"
    assert literal_address("127.1") == ""  # a resolver makes an address of it; it is tested there
