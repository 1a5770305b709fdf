"""How much the reading costs beside the fetching: our crawl against a spider that does nothing.

    python benchmarks/crawl.py [--hosts 20] [--units-per-host 1] [--memory]

Both crawl the same addresses of a local server with the same settings. The trivial spider's
callback yields status, title and links as JSON lines; ours reads columns, documents, evidence, and
its scan file is recorded into SQLite. CPU is that of the crawl child, its start included, and of
the record; the server's is left out. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawler.run import scan
from monitor.model import Column, LookFor, Match, Network, Plan, Remembered, Target
from monitor.wire import read_scan

COLUMNS = 6
PAGES = 2
ROWS = 20
PAGE_BYTES = 60_000
PORT = b"@@@@@"  # stands for the port in a page: five digits as well
NIGHT = date(2026, 11, 20)
WANTED_RATIO = 0.65
WANTED_PEAK = 200  # MB
WANTED_GROWTH = 1.2


# --- the site ---------------------------------------------------------------------------


def site_pages() -> dict[str, bytes]:
    """One school's site; every host serves the same pages, with its port in them."""
    pages = {"/": page("向阳小学", menu(), "首页")}
    for column in range(COLUMNS):
        name = f"公开栏目{column}"
        for number in range(PAGES):
            pages[f"/c{column}/{'index' if not number else f'index_{number}'}.html"] = page(
                f"{name}-向阳小学", listing(column, number), name
            )
        for row in range(PAGES * ROWS):
            day = NIGHT - timedelta(days=9 * row)
            pages[f"/c{column}/t{day:%Y%m%d}_{row}.html"] = page(
                f"关于{name}第{row}号的公示", article(name, row, day), name
            )
    return pages


def page(title: str, inner: str, name: str) -> bytes:
    """A page of about 60 kB: styles, scripts, menus, the content, a footer."""
    head = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>"
    head += '<meta name="SiteName" content="向阳小学"><style>'
    head += "".join(f".c{n}{{margin:{n}px;color:#{n:06x}}}" for n in range(300)) + "</style>"
    top = '<div class="header"><h2>向阳小学</h2></div><div class="nav"><ul>'
    top += "".join(f'<li><a href="/m{n}/index.html">导航栏目{n}</a></li>' for n in range(60))
    top += '</ul></div><div class="position">当前位置：<a href="/">首页</a> &gt; '
    top += f'<a href="#">{name}</a></div>'
    foot = f"<!-- {PORT.decode()} -->"
    foot += '<div class="footer"><p>主办：向阳小学　地址：向阳路1号</p></div></body></html>'
    text = f"{head}</head><body>{top}<div class='main'>{inner}</div>"
    filler = (
        "var data=[" + "1234567890," * ((PAGE_BYTES - len((text + foot).encode())) // 11) + "0];"
    )
    return f"{text}<script>{filler}</script>{foot}".encode()


def menu() -> str:
    links = (f'<li><a href="/c{n}/index.html">公开栏目{n}</a></li>' for n in range(COLUMNS))
    return f'<div class="menu"><h3>信息公开</h3><ul>{"".join(links)}</ul></div>'


def listing(column: int, number: int) -> str:
    rows = []
    for row in range(number * ROWS, (number + 1) * ROWS):
        day = NIGHT - timedelta(days=9 * row)
        title = f"关于公开栏目{column}第{row}号事项的公示"
        link = f'<a href="t{day:%Y%m%d}_{row}.html" title="{title}">{title}</a>'
        rows.append(f"<li>{link}<span>{day}</span></li>")
    following = '<a href="index_1.html">下一页</a>' if number + 1 < PAGES else ""
    pager = f'<div class="page">共{PAGES}页 第{number + 1}页 {following}</div>'
    return f'<ul class="list">{"".join(rows)}</ul>{pager}'


def article(name: str, row: int, day: date) -> str:
    words = (
        f"根据有关规定，现将{name}第{row}号事项予以公示，接受监督，举报电话12345，收费标准如下。"
    )
    paragraphs = "".join(f"<p>{words}{words}{n}</p>" for n in range(12))
    return (
        f'<div class="article"><h1>关于{name}第{row}号事项的公示</h1>'
        f'<div class="info">发布时间：{day} 09:00　来源：向阳小学</div>'
        f'<div class="content">{paragraphs}</div></div>'
    )


def serve(hosts: int) -> None:
    """Serve the site on ``hosts`` ports; says them on the first line, then keeps quiet."""
    pages = {path.encode(): wire(body) for path, body in site_pages().items()}
    missing = wire(b"<html><title>404</title></html>", "404 Not Found")
    poll = selectors.DefaultSelector()
    ports = []
    for _ in range(hosts):
        listener = socket.create_server(("127.0.0.1", 0), backlog=32)
        listener.setblocking(False)
        poll.register(listener, selectors.EVENT_READ, "listen")
        ports.append(listener.getsockname()[1])
    print(json.dumps(ports), flush=True)
    while True:
        for key, _ in poll.select():
            sock = key.fileobj
            assert isinstance(sock, socket.socket)
            if key.data == "listen":
                talk, _ = sock.accept()
                poll.register(talk, selectors.EVENT_READ, "talk")
                continue
            asked = sock.recv(65536)
            if not asked:
                poll.unregister(sock)
                sock.close()
                continue
            found = pages.get(asked.split(b" ", 2)[1], missing)
            sock.sendall(found.replace(PORT, b"%05d" % sock.getsockname()[1]))


def wire(body: bytes, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


# --- the two crawls ---------------------------------------------------------------------


def network_of(ports: list[int]) -> Network:
    return Network(
        delay=0, pauses=(0,), timeout=20, test_targets=tuple(f"127.0.0.1:{port}" for port in ports)
    )


def plan_of(ports: list[int]) -> Plan:
    look_for = (
        LookFor(match=Match(any=("第1号", "第2号", "第3号")), words=("举报电话", "收费标准")),
    )
    targets = tuple(
        Target(
            unit=f"u{port}",
            unit_names=("向阳小学",),
            column=Column(id=f"c{column}", name=f"公开栏目{column}"),
            home=f"http://127.0.0.1:{port}/",
            address=f"http://127.0.0.1:{port}/c{column}/index.html",
            group=f"127.0.0.1:{port}",
            since=NIGHT - timedelta(days=300),
            look_for=look_for,
            remembered=Remembered(),
        )
        for port in ports
        for column in range(COLUMNS)
    )
    return Plan(
        scan="bench",
        batch=1,
        night=NIGHT,
        catalog_digest="",
        clock_offset=0.0,
        network=network_of(ports),
        targets=targets,
    )


def ours(ports: list[int], folder: Path) -> dict[str, float]:
    """Crawl with our child and record what it saw."""
    started = time.monotonic()
    scan_file = scan(plan_of(ports), folder, evidence=folder / "evidence")
    wall = time.monotonic() - started
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    record_cpu = record(scan_file, folder)
    return {
        "cpu": child.ru_utime + child.ru_stime,
        "record_cpu": record_cpu,
        "peak_mb": child.ru_maxrss / 1024,
        "wall": wall,
        "pages": opened(scan_file),
        "outcomes": len(set(read_scan(scan_file).done)),
    }


def opened(scan_file: Path) -> int:
    return sum(b'"kind":"opened"' in line for line in scan_file.open("rb"))


def record(scan_file: Path, folder: Path) -> float:
    """Take the scan file into a fresh database; return the CPU it cost."""
    # not above: the trivial spider runs this file too, and would pay for their import
    from monitor.ledger import record as ledger
    from monitor.store import open_store

    store = open_store(f"sqlite:///{folder}/bench.db")
    before = time.process_time()
    taken = ledger.record(store, scan_file, at=datetime.now(UTC))
    spent = time.process_time() - before
    store.dispose()
    assert taken.stored == taken.planned, taken
    return spent


def addresses(ports: list[int], folder: Path) -> list[str]:
    """What our crawl asked for: each host's robots.txt, and what it opened, in its order."""
    scan_file = next(folder.glob("scan-*.jsonl"))
    lines = (json.loads(line) for line in scan_file.open(encoding="utf-8"))
    pages = [line["address"] for line in lines if line["kind"] == "opened"]
    return [f"http://127.0.0.1:{port}/robots.txt" for port in ports] + pages


def trivial(ports: list[int], urls: Path, out: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--trivial", json.dumps(ports), str(urls), str(out)]
    started = time.monotonic()
    subprocess.run(command, check=True)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu": child.ru_utime + child.ru_stime,
        "peak_mb": child.ru_maxrss / 1024,
        "wall": time.monotonic() - started,
        "pages": len(out.read_text("utf-8").splitlines()) - len(ports),
    }


def crawl_trivially(ports: list[int], urls: Path, out: Path) -> None:
    """Fetch the addresses in one plain spider with our settings."""
    import scrapy
    from scrapy.http import TextResponse

    from crawler.addresses import AddressRules
    from crawler.network import crawl_process

    network = network_of(ports)
    rules = AddressRules.of(network)

    class TrivialSpider(scrapy.Spider):
        name = "trivial"
        custom_settings = {  # noqa: RUF012  # Scrapy's own attribute
            "CONCURRENT_REQUESTS": network.ceiling,
            "EXTENSIONS": {"scrapy.extensions.feedexport.FeedExporter": 0},
            "FEEDS": {str(out): {"format": "jsonlines", "encoding": "utf-8"}},
        }

        async def start(self) -> AsyncIterator[scrapy.Request]:
            for url in urls.read_text("utf-8").split():
                yield scrapy.Request(
                    url, dont_filter=True, meta={"download_slot": rules.group(url)}
                )

        def parse(self, response: TextResponse) -> dict[str, object]:
            return {
                "url": response.url,
                "status": response.status,
                "title": response.css("title::text").get(),
                "links": response.css("a::attr(href)").getall(),
            }

    process = crawl_process(network)
    process.crawl(TrivialSpider)
    process.start()


# --- the measurement --------------------------------------------------------------------


def case(name: str, ports: list[int], folder: Path) -> dict[str, float]:
    """Run one crawl in a process of its own, so that its children's usage is its own."""
    command = [sys.executable, __file__, "--case", name, json.dumps(ports), str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def measure(
    hosts: int, repeat: int, names: tuple[str, ...] = ("ours", "trivial")
) -> dict[str, dict[str, float]]:
    """The cheapest of several runs of each crawl over one server."""
    place = Path(tempfile.mkdtemp(prefix="mingcha-bench-"))
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(hosts)], stdout=subprocess.PIPE
    )
    try:
        assert server.stdout
        ports = json.loads(server.stdout.readline())
        results: dict[str, list[dict[str, float]]] = {name: [] for name in names}
        for number in range(repeat):
            for name in results:
                results[name].append(case(name, ports, place / str(number)))
        return {name: min(runs, key=lambda run: run["cpu"]) for name, runs in results.items()}
    finally:
        server.kill()
        server.wait()
        if server.stdout:
            server.stdout.close()
        shutil.rmtree(place, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="also 50 and 500 hosts")
    parser.add_argument("--serve", type=int)
    parser.add_argument("--case", nargs=3)
    parser.add_argument("--trivial", nargs=3)
    said = parser.parse_args()
    if said.serve:
        serve(said.serve)
    elif said.trivial:
        crawl_trivially(json.loads(said.trivial[0]), Path(said.trivial[1]), Path(said.trivial[2]))
    elif said.case:
        name, ports, folder = said.case[0], json.loads(said.case[1]), Path(said.case[2])
        if name == "ours":
            print(json.dumps(ours(ports, folder)))
        else:
            urls = folder / "urls.txt"
            urls.write_text("\n".join(addresses(ports, folder)), "utf-8")
            print(json.dumps(trivial(ports, urls, folder / "trivial.jsonl")))
    else:
        return report(said.hosts, said.repeat, memory=said.memory)
    return 0


def report(hosts: int, repeat: int, *, memory: bool) -> int:
    found = measure(hosts, repeat)
    mine, plain = found["ours"], found["trivial"]
    per_page = {
        "ours_ms": 1000 * (mine["cpu"] + mine["record_cpu"]) / mine["pages"],
        "trivial_ms": 1000 * plain["cpu"] / plain["pages"],
    }
    ratio = per_page["trivial_ms"] / per_page["ours_ms"]
    out: dict[str, object] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        **found,
        **per_page,
        "ratio": ratio,
        "peak_mb": mine["peak_mb"],
    }
    good = ratio >= WANTED_RATIO and mine["peak_mb"] <= WANTED_PEAK
    if memory:
        few, many = (measure(count, 1, ("ours",))["ours"] for count in (50, 500))
        out |= {"peak_50": few["peak_mb"], "peak_500": many["peak_mb"]}
        out["growth"] = many["peak_mb"] / few["peak_mb"]
        good = good and many["peak_mb"] <= WANTED_GROWTH * few["peak_mb"]
    print(f"ours {per_page['ours_ms']:.2f} ms a page, trivial {per_page['trivial_ms']:.2f} ms")
    print(json.dumps(out | {"good": good}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
