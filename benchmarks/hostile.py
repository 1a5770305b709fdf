"""What one hostile page costs, read whole by both readers.

    python benchmarks/hostile.py [NAME ...]

Each page is read in a child of its own, forked when everything is loaded: CPU seconds, and
megabytes at the peak above the start. Exits with 1 when a page costs more than 5 s or 64 MB.
Pages called ``most …`` are just below the size beyond which nothing is read: the most that reading
can cost.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from crawler.pages.articles import read_article
from crawler.pages.lists import read_list

SECONDS, MEGABYTES = 5.0, 64.0
GIVEN_UP = 30  # seconds by the clock
URL = "http://edu.example/xxgk/sfgs/index.html"
MOST_TAGS, MOST_BYTES = 89_000, 2_400_000

ROW = "<li><a href=t{n}.html>关于收费标准的公示第{n}号</a><span>2026-03-01</span></li>"
FEED = "<record><![CDATA[<li><a href={n}.html>公示文件</a><span>2024-07-04</span></li>]]></record>"
WRITE = 'document.writeln("<li><a href=\\"{n}.html\\">收费公示文件</a>2024-07-04</li>");\n'
DATA = '{{"title":"公示{n}","url":"/a/{n}.html","date":"2024-07-04"}},'


def page(markup: str) -> bytes:
    """Return a page around ``markup``."""
    return (
        "<html><head><meta charset=utf-8><title>收费公示-启明小学</title></head><body>"
        f"<p>当前位置：<a href=/>首页</a> > 收费公示</p>{markup}</body></html>"
    ).encode()


def most(unit: str, before: str = "", after: str = "") -> bytes:
    """Return a page of as many units as are still read."""
    count = min(MOST_TAGS // unit.count("<"), MOST_BYTES // len(unit.encode()))
    return page(before + "".join(unit.format(n=n) for n in range(count)) + after)


ARTICLE = "<h1>收费公示</h1><p>2024-07-04</p><div>"
PAGES: Mapping[str, Callable[[], bytes]] = {
    "100,000 nested tags": lambda: b"<div>" * 100_000 + b"2024-07-04",
    "100,000 nested inline tags": lambda: b"<b>" * 100_000 + b"x",
    "30,000 nested tables": lambda: b"<table><tr><td>" * 30_000,
    "a million attributes": lambda: (
        b"<p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">x"
    ),
    "20,000 tags of 50 attributes": lambda: (
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(50)) + b">x</p>") * 20_000
    ),
    "10 MB of Chinese in a line": lambda: page("<p>" + "中" * 3_300_000),
    "10 MB of letters": lambda: b"x" * 10_000_000,
    "10 MB of blanks": lambda: b"<p>" + b" " * 10_000_000,
    "10 MB of open brackets": lambda: b"<" * 10_000_000,
    "10 MB of noise": lambda: random.Random(1).randbytes(10_000_000),
    "10 MB of nothing": lambda: b"\0" * 10_000_000,
    "10 MB of UTF-16": lambda: ("<p>中文公示</p>" * 450_000).encode("utf-16-le"),
    "a picture of 9 MB in the page": lambda: page(
        f"{ARTICLE}<img src='data:image/png;base64,{'iVBORw0' * 1_300_000}'><p>正文</p>"
    ),
    "an entity bomb": lambda: (
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            b'<!ENTITY b%d "%s">' % (n, (b"&b%d;" % (n - 1) if n else b"&a;") * 10)
            for n in range(12)
        )
        + b"]><html><body><p>&b11;</p></body></html>"
    ),
    "20,000 tables": lambda: page("<table><tr><td>a<td>b<tr><td>2024-07-04</table>" * 20_000),
    "most rows of a list": lambda: most(ROW, "<ul>", "</ul>"),
    "most lists": lambda: most(f"<ul>{ROW * 3}</ul>"),
    "most bare links": lambda: most("<a href={n}.html>公示文件标题之一</a> 2024-07-04 "),
    "most rows of a table": lambda: most(
        "<tr><td>{n}</td><td>张三</td><td>2024-07-04</td><td>30元</td></tr>", f"{ARTICLE}<table>"
    ),
    "most tables": lambda: most("<table><tr><td>a<td>b<tr><td>c<td>2024-07-04</table>"),
    "most datelines": lambda: most("<p>发布时间：2024-07-04</p>", "<h1>公示</h1>"),
    "most files": lambda: most("<p>x<a href={n}.pdf>附件</a></p>", ARTICLE),
    "most rows that are clicked": lambda: most(
        "<li onclick=\"go('x/{n}.html')\">收费公示文件 2024-07-04</li>", "<ul>", "</ul>"
    ),
    "most line breaks": lambda: page("<p>" + "2024年的收费公示<br>" * 9_900),
    "most attributes": lambda: page(
        ("<p " + " ".join(f"a{n}=1" for n in range(13)) + ">x</p>") * 11_000
    ),
    "most records of a feed": lambda: most(
        FEED, '<script type="text/xml"><datastore>', "</datastore></script>"
    ),
    "most rows written by a script": lambda: most(WRITE, "<script>", "</script>"),
    "most records of data": lambda: (
        '{"data":[' + "".join(DATA.format(n=n) for n in range(19_900))[:-1] + "]}"
    ).encode(),
    "most words": lambda: page(f"{ARTICLE}<p>" + "收费标准，见下：" * 100_000),
    "most letters": lambda: page(f"{ARTICLE}<p>" + "abc, " * 470_000),
    "most labels": lambda: page("<h1>公示</h1><p>" + "发布时间：" * 155_000),
    "most pinyin": lambda: page("<h1>公示</h1><p>" + "發(fā)布機(jī)構(gòu)" * 80_000),
    "most of it read as Latin 1": lambda: (
        ("收费标准，见下" * 55_000).encode().decode("latin-1").encode()
    ),
    "most of it read as GBK": lambda: (
        ("收费标准，见下：" * 55_000).encode().decode("gbk", "replace").encode()
    ),
}


def main(names: Sequence[str]) -> int:
    """Print the cost of each page; 1 when one costs too much."""
    read_article(most("<p>x</p>")[:90_000], URL)  # libraries are loaded, tables are built
    _whole(page(f"{ARTICLE}<p>關於<a href=a.pdf>附件</a><table><tr><td>1</table>"))
    read_list(page(f"<ul>{ROW * 3}</ul>"), URL)
    costs = {}
    print(f"{'page':34} {'MB':>6} {'seconds':>8} {'MB above':>9}")
    for name in names or PAGES:
        size, seconds, above = costs[name] = _cost(PAGES[name])
        print(f"{name:34} {size:6.1f} {seconds:8.2f} {above:9.1f}", flush=True)
    print(json.dumps({name: cost[1:] for name, cost in costs.items()}))
    return int(any(cost[1] > SECONDS or cost[2] > MEGABYTES for cost in costs.values()))


def _cost(make: Callable[[], bytes]) -> tuple[float, float, float]:
    """Size of a page, seconds and megabytes above the start: the dearer of both readers."""
    body = make()
    dearest = [_in_child(body, reader) for reader in (_whole, _entries)]
    seconds, above = (max(values) for values in zip(*dearest, strict=True))
    return len(body) / 1e6, seconds, above


def _in_child(body: bytes, reader: Callable[[bytes], object]) -> tuple[float, float]:
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(GIVEN_UP)
        start = resource.getrusage(resource.RUSAGE_SELF)
        began = time.process_time()
        reader(body)
        spent = time.process_time() - began
        above = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start.ru_maxrss) / 1024
        os.write(into, json.dumps([round(spent, 2), round(above, 1)]).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as told:
        cost = json.loads(told.read() or "[999, 999]")  # ended by the alarm
    os.waitpid(child, 0)
    return cost[0], cost[1]


def _whole(body: bytes) -> object:
    article = read_article(body, URL)
    return article.text, article.tables, article.attachments, article.images, article.damage


def _entries(body: bytes) -> object:
    return read_list(body, URL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
