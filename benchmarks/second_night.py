"""What a second night costs over sites that did not change, beside the first.

    python benchmarks/second_night.py [--hosts 40]

Whole nights of a small county: plan, crawl child, record, verdicts, in a process each. One server
gives validators (ETag, and 304 to those who show it), the other never does. Requests and bytes are
the server's own count; CPU is that of the crawl child and of the record. Most columns are in order;
in some what is owed is missing, in some the words that are wanted may stand in files that cannot be
read, in some a link is dead. A second county has columns whose documents lack what they must hold,
too, and such whose files are gone: these documents are opened again every night, so that a mended
one is noticed at once. Files are archives, which are not read: what reading files costs is no merit
of the second night. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

COLUMNS = 6
ROWS = 20
PAGES = 2
PAGE_BYTES = 40_000
FIRST = date(2026, 11, 20)
WANTED = {"requests": 0.08, "bytes": 0.01, "cpu": 0.20}
COUNT = b"/-/count"  # what the server answers with what it sent, and begins anew

#: columns in which files are to be opened, too
_WITH_FILES = 3
#: of so many hosts one has a column of each of these kinds
_ONE_IN = 6
_MISSING, _LACKING, _DEAD = 1, 2, 3  # columns, on that host
_PARTIAL, _GONE = 4, 5  # and these where there are gaps inside documents


# --- the county -------------------------------------------------------------------------


def catalog() -> str:
    """Two requirements in each column, with words to be found; in some also files to be opened."""
    columns = "".join(f"  - {{id: c{n}, name: 公开栏目{n}}}\n" for n in range(COLUMNS))
    items = "".join(
        f"  - id: R{n}{part}\n"
        f"    name: 事项{n}{part}\n"
        "    applies_to: [primary]\n"
        f"    column: c{n}\n"
        f"    match: {{any: [{matter}]}}\n"
        "    limits: [{kind: column_max_age, max_age: 10m, grounds: law}]\n"
        f"    complete: [{{kind: fields_present, fields: [举报电话]}}{_files(n)}]\n"
        "    basis: [{title: 中小学校信息公开办法}]\n"
        for n in range(COLUMNS)
        for part, matter in (("A", "收费"), ("B", "招生"))
    )
    return f"columns:\n{columns}requirements:\n{items}"


def _files(column: int) -> str:
    return ", {kind: attachment_opens}" if column >= COLUMNS - _WITH_FILES else ""


def site(number: int, *, inside: bool) -> dict[str, bytes]:
    """The pages of the number-th school; ``inside``: some have gaps inside their documents."""
    special = number % _ONE_IN == 0
    kinds = range(_GONE + 1 if inside else _PARTIAL) if special else ()
    pages = {"/": page("首页", _menu())}
    for column in range(COLUMNS):
        kind = column if column in kinds else 0
        for part in range(PAGES):
            name = f"/c{column}/{f'index_{part}' if part else 'index'}.html"
            pages[name] = page(f"公开栏目{column}", _listing(column, part, kind))
        for row in range(PAGES * ROWS):
            if not (kind == _DEAD and row == 0):
                fees = row % 2 == 0  # the first of the two items
                lacks = row < ROWS and (kind == _LACKING or (kind == _PARTIAL and fees))
                words = "" if lacks else "举报电话12345。"
                file = "" if kind == _PARTIAL else "b.rar" if kind == _GONE and fees else "a.rar"
                text = _article(column, row, words, file)
                pages[f"/c{column}/{row}.html"] = page(f"第{row}号", text)
        pages[f"/c{column}/a.rar"] = b"Rar!\x1a\x07" + bytes(PAGE_BYTES)
    return pages


def page(name: str, inner: str) -> bytes:
    head = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{name}-向阳小学</title></head>"
    menu = "".join(f'<li><a href="/m{n}/">导航{n}</a></li>' for n in range(40))
    text = f"{head}<body><div class='header'><h2>向阳小学</h2><ul>{menu}</ul></div>"
    text += f"<div class='position'>首页 &gt; {name}</div>{inner}"
    end = "<div class='footer'>主办：向阳小学</div></body></html>"
    rest = PAGE_BYTES - len((text + end).encode())
    return f"{text}<script>var d='{'x' * rest}'</script>{end}".encode()


def _menu() -> str:
    links = (f'<li><a href="/c{n}/index.html">公开栏目{n}</a></li>' for n in range(COLUMNS))
    return f"<ul>{''.join(links)}</ul>"


def _matter(row: int, kind: int) -> str:
    if row >= ROWS:
        return "工作动态"
    return "工作动态" if kind == _MISSING else ("收费", "招生")[row % 2]


def _listing(column: int, part: int, kind: int) -> str:
    rows = "".join(
        f'<li><a href="{row}.html">第{row}号{_matter(row, kind)}事项的公示</a>'
        f"<span>{FIRST - timedelta(days=6 * row)}</span></li>"
        for row in range(part * ROWS, (part + 1) * ROWS)
    )
    following = '<a href="index_1.html">下一页</a>' if part + 1 < PAGES else ""
    return f'<ul class="list">{rows}</ul><div class="page">{following}</div>'


def _article(column: int, row: int, words: str, file: str) -> str:
    day = FIRST - timedelta(days=6 * row)
    text = "".join(f"<p>现将公开栏目{column}第{row}号事项予以公示。{words}</p>" for _ in range(8))
    return (
        f"<div class='article'><h1>第{row}号事项的公示</h1><div class='info'>发布时间：{day}</div>"
        f"<div class='content'>{text}{_linked(file)}</div></div>"
    )


def _linked(file: str) -> str:
    return f"<p><a href='{file}'>附件.rar</a></p>" if file else ""


# --- the server -------------------------------------------------------------------------


def serve(hosts: int, *, validators: bool, inside: bool) -> None:
    """Serve every school on a port; says the ports on the first line, then keeps quiet."""
    poll = selectors.DefaultSelector()
    pages: dict[int, dict[bytes, tuple[bytes, bytes]]] = {}
    for number in range(hosts):
        listener = socket.create_server(("127.0.0.1", 0), backlog=32)
        listener.setblocking(False)
        poll.register(listener, selectors.EVENT_READ, "listen")
        pages[listener.getsockname()[1]] = {
            path.encode(): (body, b'"%s"' % hashlib.md5(body).hexdigest().encode())
            for path, body in site(number, inside=inside).items()
        }
    print(json.dumps(list(pages)), flush=True)
    requests = sent = 0
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
            path = asked.split(b" ", 2)[1]
            if path == COUNT:
                sock.sendall(_wire(json.dumps([requests, sent]).encode(), b"", "200 OK"))
                requests = sent = 0
                continue
            answer = _answer(asked, pages[sock.getsockname()[1]].get(path), validators)
            sock.sendall(answer)
            requests, sent = requests + 1, sent + len(answer)


def _answer(asked: bytes, found: tuple[bytes, bytes] | None, validators: bool) -> bytes:
    if found is None:
        return _wire(b"<html><title>404</title></html>", b"", "404 Not Found")
    body, tag = found
    if not validators:
        return _wire(body, b"", "200 OK")
    if b"If-None-Match: " + tag in asked:
        return _wire(b"", tag, "304 Not Modified")
    return _wire(body, tag, "200 OK")


def _wire(body: bytes, tag: bytes, status: str) -> bytes:
    kind = "application/octet-stream" if body[:3] == b"Rar" else "text/html"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + (b"ETag: %s\r\n" % tag if tag else b"") + b"\r\n" + body


# --- a night ----------------------------------------------------------------------------


def night(place: Path, ports: list[int], day: date) -> dict[str, object]:
    """One night in this process; what it cost and what it said."""
    from commands import night as nights
    from commands.folder import Folder
    from monitor.ledger import units
    from monitor.model import Unit, UnitType
    from monitor.store import records

    spent = 0.0
    keep: Callable[..., nights.Recorded] = nights.record

    def timed(*given: object, **named: object) -> nights.Recorded:
        nonlocal spent
        before = time.process_time()
        try:
            return keep(*given, **named)
        finally:
            spent += time.process_time() - before

    nights.record = timed
    folder = Folder(place, today=day)
    if not folder.units:
        county = [
            Unit(
                code=f"P{port}",
                name="向阳小学",
                types=frozenset({UnitType.PRIMARY}),
                home=f"http://127.0.0.1:{port}/",
            )
            for port in ports
        ]
        units.replace(folder.store, county, at=folder.now)
        folder.close()
        folder = Folder(place, today=day)  # it keeps the units it has read
    done = nights.run(folder, tell=lambda _: None)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = {
        "/".join(one.key): [one.status.name, one.because.name]
        for one in records.assessments(folder.store, done.scan)
    }
    unchanged = sum(
        look.unchanged
        for _, seen in records.looks(folder.store, done.scan)
        for look in seen.values()
    )
    folder.close()
    return {
        "cpu": child.ru_utime + child.ru_stime + spent,
        "record_cpu": spent,
        "columns": done.planned,
        "unchanged": unchanged,
        "verdicts": said,
    }


def measure(hosts: int, *, validators: bool, inside: bool) -> dict[str, object]:
    """Two nights over one server."""
    how = ["--validators"] * validators + ["--inside"] * inside
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(hosts), *how], stdout=subprocess.PIPE
    )
    try:
        assert server.stdout
        ports = json.loads(server.stdout.readline())
        with tempfile.TemporaryDirectory(prefix="mingcha-second-") as folder:
            targets = [f"127.0.0.1:{port}" for port in ports]
            network = {"delay": 0, "tries": 2, "pauses": [0], "test_targets": targets}
            settings = {"rules": ["catalog.yaml"], "network": network}
            Path(folder, "settings.yaml").write_text(json.dumps(settings), "utf-8")
            Path(folder, "catalog.yaml").write_text(catalog(), "utf-8")
            nights = []
            for number in range(2):
                day = FIRST + timedelta(days=number)
                command = [sys.executable, __file__, "--night", folder, json.dumps(ports), str(day)]
                told = subprocess.run(command, check=True, stdout=subprocess.PIPE)
                counted = urlopen(f"http://127.0.0.1:{ports[0]}{COUNT.decode()}").read()
                requests, sent = json.loads(counted)
                nights.append(json.loads(told.stdout) | {"requests": requests, "bytes": sent})
    finally:
        server.kill()
        server.wait()
    first, second = nights
    same = first.pop("verdicts") == second["verdicts"]
    words = list(second.pop("verdicts").values())
    return {
        "first": first,
        "second": second,
        **{name: second[name] / first[name] for name in WANTED},
        "same_verdicts": same,
        "verdicts": _counted(words),
    }


def _counted(words: list[list[str]]) -> dict[str, int]:
    statuses = [status for status, _ in words]
    return {status: statuses.count(status) for status in sorted(set(statuses))}


def report(hosts: int) -> int:
    found = {
        "validators": measure(hosts, validators=True, inside=False),
        "none": measure(hosts, validators=False, inside=False),
        "validators, gaps inside": measure(hosts, validators=True, inside=True),
        "none, gaps inside": measure(hosts, validators=False, inside=True),
    }
    judged = {name: set(WANTED) for name in found}
    for name in judged.keys() - {"validators"}:
        judged[name].discard("bytes")
    good = all(
        one["same_verdicts"] and all(one[what] <= WANTED[what] for what in judged[name])  # type: ignore[operator]
        for name, one in found.items()
    )
    for name, one in found.items():
        told = ", ".join(f"{what} {one[what]:.2%}" for what in WANTED)
        print(f"{name}: {told}, same verdicts: {one['same_verdicts']}")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    print(json.dumps({"at": at, "cores": os.cpu_count(), "hosts": hosts, **found, "good": good}))
    return 0 if good else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--validators", action="store_true")
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("--serve", type=int)
    parser.add_argument("--night", nargs=3)
    said = parser.parse_args()
    if said.serve:
        serve(said.serve, validators=said.validators, inside=said.inside)
    elif said.night:
        place, ports, day = said.night
        print(json.dumps(night(Path(place), json.loads(ports), date.fromisoformat(day))))
        return 0
    return report(said.hosts)


if __name__ == "__main__":
    sys.exit(main())
