"""Files that hang on pages and would harm who opens them: what each costs, what is said of it."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import paperwork as made
import pytest
from pypdf import PdfWriter
from schoolpages import UNIT, article, home, listing
from siteserver import Reply, serving

from commands.export import _sheet
from crawler.evidence import load, sweep
from crawler.pages.attachments import FileText, read_file
from crawler.pages.child import Child
from crawler.run import scan
from monitor.model import (
    Column,
    Evidence,
    FileState,
    LookFor,
    Match,
    Network,
    Observation,
    Outcome,
    Plan,
    Reading,
    Target,
)
from monitor.wire import read_scan

HERE = Path(__file__).resolve().parent.parent

# --- ATT-01 to ATT-05: what one file may cost --------------------------------------------------

PAGES = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def locked(*, user: str) -> bytes:
    """A PDF with passwords; an empty one for the reader only forbids changes."""
    writer = PdfWriter(io.BytesIO(made.pdf("Budget 2026")))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def lost_table() -> bytes:
    """The end of the file says the table of places is where it is not."""
    body = made.pdf("Budget 2026")
    return body.replace(b"startxref\n", b"startxref\n9")


def no_table() -> bytes:
    return made.pdf("Budget 2026").replace(b"\nxref", b"\nxxxx")


def circle_of_tables() -> bytes:
    body = made.pdf("Budget 2026")
    place = body.rindex(b"xref\n0 ")
    return body.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % place)


def with_script() -> bytes:
    action = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"
    return made.pdf("Budget 2026").replace(PAGES, action)


def nested(depth: int) -> bytes:
    return made.pdf_of([PAGES, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"[" * depth + b"]" * depth])


def form_in_itself() -> bytes:
    """A drawing that draws itself, twice."""
    return made.pdf_of(
        [
            PAGES,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            PAGE + b"/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
            made.stream(b"/F Do"),
            made.stream(
                b"/F Do /F Do",
                b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>",
            ),
        ]
    )


#: a PDF and what is said of it: its state, and whether its words are known
PDFS: Mapping[str, tuple[Callable[[], bytes], FileState, bool]] = {
    "needs a password": (lambda: locked(user="secret"), FileState.ENCRYPTED, False),
    "locked against changes only": (lambda: locked(user=""), FileState.OPENS, True),
    "scanned": (lambda: made.scanned_pdf(made.STRAIGHT), FileState.SCANNED, False),
    "a table of places elsewhere": (lost_table, FileState.OPENS, True),
    "no table of places": (no_table, FileState.DAMAGED, False),
    "tables in a circle": (circle_of_tables, FileState.OPENS, True),
    "a script": (with_script, FileState.OPENS, True),
    "pages in a circle": (
        lambda: made.pdf_of([PAGES, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]),
        FileState.DAMAGED,
        False,
    ),
    "no pages": (
        lambda: made.pdf_of([PAGES, b"<</Type/Pages/Kids[]/Count 0>>"]),
        FileState.BLANK,
        False,
    ),
    "says it has a billion pages": (
        lambda: made.pdf_of([PAGES, b"<</Type/Pages/Kids[]/Count 1000000000>>"]),
        FileState.BLANK,
        False,
    ),
    "a list in a list in a list": (lambda: nested(100_000), FileState.DAMAGED, False),
    "a drawing of itself": (form_in_itself, FileState.SCANNED, False),
    "a stream without end": (
        lambda: made.pdf("x").replace(b"/Length ", b"/Length 99999999"),
        FileState.DAMAGED,
        False,
    ),
    "cut in the middle": (
        lambda: made.pdf(*["Page"] * 9)[:900],
        FileState.DAMAGED,
        False,
    ),
}


def read_in_time(body: bytes) -> FileText:
    read_file(b"the child is started")
    began = time.monotonic()
    found = read_file(body)
    assert time.monotonic() - began < 5
    return found


@pytest.mark.parametrize("name", PDFS)
def test_a_strange_pdf_exists_and_accuses_nobody(name):
    made_now, state, known = PDFS[name]

    found = read_in_time(made_now())

    assert found.state in {state, FileState.COMPLEX} if not known else {state}
    assert bool(found.pieces) is known
    assert not found.whole or known


def test_ten_thousand_pages_are_never_read_whole():
    found = read_in_time(made.pdf(*["Page"] * 10_000))

    assert found.state in {FileState.OPENS, FileState.COMPLEX}
    assert not found.whole


def deep(levels: int) -> bytes:
    return b"<a>" * levels + b"</a>" * levels


def entities(root: bytes) -> bytes:
    """Ten entities, each ten times the one before: a billion letters when they are filled in."""
    told = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"x" * 10) for n in range(10)
    )
    return b"<?xml version='1.0'?><!DOCTYPE a [%s]><%s>&e9;</%s>" % (told, root, root)


WORD = made.word("收费公示")
SHEET = made.workbook(("收费",))
OFD = made.ofd("收费")
PART = {
    "docx": (WORD, "word/document.xml"),
    "xlsx": (SHEET, "xl/worksheets/sheet1.xml"),
    "ofd": (OFD, "Doc_0/Pages/Page_0/Content.xml"),
}


def swollen(kind: str) -> bytes:
    body, part = PART[kind]
    return made.altered(body, part, b"<a>" + b" " * 24_000_000 + b"</a>")


def lying(body: bytes) -> bytes:
    """A package whose table says that its largest part is small."""
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        largest = max(entry.file_size for entry in package.infolist())
    return body.replace(largest.to_bytes(4, "little"), (100).to_bytes(4, "little"))


#: files made to take all time and memory of who reads them, or to be sent away for more
BOMBS: Mapping[str, Callable[[], bytes]] = {
    **{f"{kind} of 24 MB": lambda kind=kind: swollen(kind) for kind in PART},
    **{f"{kind} that lies": lambda kind=kind: lying(swollen(kind)) for kind in PART},
    **{
        f"{kind} 200 000 levels deep": lambda kind=kind: made.altered(*PART[kind], deep(200_000))
        for kind in PART
    },
    **{
        f"{kind} of entities": lambda kind=kind: made.altered(*PART[kind], entities(b"a"))
        for kind in PART
    },
    "a sheet to its last corner": lambda: made.workbook(("x",), corner="XFD1048576"),
    "a pdf packed twice": lambda: made.packed_twice(60_000_000),
    "an archive of 20 000 files": lambda: made.package({f"{n}": b"" for n in range(20_000)}),
    "a page of brackets": lambda: b"%PDF-1.4\n" + b"[" * 5_000_000,
    "a picture of a billion points": lambda: (
        made.STRAIGHT.read_bytes()[:16] + b"\x00\x00\x75\x30" * 2 + made.STRAIGHT.read_bytes()[24:]
    ),
}

#: what may be said of them; none of it can make a gap
UNREAD = {
    state.name
    for state in (
        FileState.OVERSIZED,
        FileState.COMPLEX,
        FileState.DAMAGED,
        FileState.BLANK,
        FileState.SCANNED,
    )
}

_MEASURED = """
import json, resource, sys, time
from pathlib import Path
from crawler.pages.attachments import read_file, _child

own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
bodies = {path.name: path.read_bytes() for path in Path(sys.argv[1]).iterdir()}
loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = {}
for name, body in bodies.items():
    read_file(b"the child is started")
    began = time.monotonic()
    found = read_file(body)
    told[name] = [found.state.name, found.whole, time.monotonic() - began]
_child("text").end()
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - loaded
print(json.dumps([told, grown, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""


def test_a_bomb_costs_five_seconds_no_memory_of_the_crawl_and_little_of_its_child(tmp_path):
    for name, bomb in BOMBS.items():
        (tmp_path / name).write_bytes(bomb())
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(tmp_path)],
        capture_output=True,
        check=True,
        cwd=HERE.parent,
        text=True,
    )
    told, grown, of_children = json.loads(done.stdout)

    assert told.keys() == BOMBS.keys()
    assert [name for name, (_, whole, _) in told.items() if whole] == []
    assert {name: state for name, (state, _, _) in told.items() if state not in UNREAD} == {}
    assert {name: seconds for name, (_, _, seconds) in told.items() if seconds >= 5} == {}
    assert grown < 64 * 1024
    assert of_children < 512 * 1024


@pytest.mark.parametrize("kind", PART)
def test_what_a_file_points_to_is_neither_read_nor_fetched(kind, tmp_path):
    (tmp_path / "secret").write_text("机密", "utf-8")
    body, part = PART[kind]
    with serving() as server:
        site = server.site()
        pointing = (
            "<?xml version='1.0'?><!DOCTYPE a ["
            f"<!ENTITY s SYSTEM '{(tmp_path / 'secret').as_uri()}'>"
            f"<!ENTITY w SYSTEM '{site.url}/x'><!ENTITY % p SYSTEM '{site.url}/y'> %p;]>"
            "<a>&s;&w;</a>"
        ).encode()
        found = read_file(made.altered(body, part, pointing))
        asked = site.requests

    assert asked == []
    assert "机密" not in "".join(piece.text for piece in found.pieces)


def test_a_picture_that_a_word_file_keeps_elsewhere_is_not_fetched():
    place = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(WORD)) as package:
        relations = package.read(place)
    with serving() as server:
        site = server.site()
        image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        outside = (
            f'<Relationship Id="rId99" Type="{image}" Target="{site.url}/a.png"'
            ' TargetMode="External"/></Relationships>'
        ).encode()
        body = made.altered(WORD, place, relations.replace(b"</Relationships>", outside))
        found = read_file(body)
        asked = site.requests

    assert asked == []
    assert found.state is FileState.OPENS


# --- the child that reads ---------------------------------------------------------------------


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child("text")
    yield child
    child.end()


def test_a_child_is_kept_for_the_next_file_and_another_takes_over_when_one_is_lost(child):
    assert child.ask(WORD)
    first = child._process.pid
    assert child.ask(SHEET)
    assert child._process.pid == first
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    assert child.ask(OFD)["state"] == "OPENS"


def test_the_file_after_a_bomb_is_read(child):
    assert child.ask(made.packed_twice(60_000_000)) is None
    assert child.ask(WORD)["state"] == "OPENS"


_ORPHANED = """
import sys
from pathlib import Path
from crawler.pages import attachments

attachments._child("text").ask(b"x")
print(attachments._child("text")._process.pid, flush=True)
attachments.read_file(Path(sys.argv[1]).read_bytes())
"""


def test_a_child_ends_when_nobody_is_left_to_end_it(tmp_path):
    (tmp_path / "bomb").write_bytes(made.packed_twice(70_000_000))
    parent = subprocess.Popen(
        [sys.executable, "-c", _ORPHANED, str(tmp_path / "bomb")],
        stdout=subprocess.PIPE,
        cwd=HERE.parent,
    )
    orphan = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()

    deadline = time.monotonic() + 20
    while Path(f"/proc/{orphan}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{orphan}").exists()


# --- ATT-06 to ATT-09: files on a real server ---------------------------------------------------

FEES = Column(id="fees", name="收费信息")
LOOK = LookFor(match=Match(any=("收费",)), words=("举报电话",), attachments=True)

#: names a server may give a file, or a page may link it by
NAMES = [
    "../../etc/cron.d/x",
    "..\\..\\windows\\x",
    "/etc/passwd",
    "C:\\x.pdf",
    "\\\\server\\share\\x.pdf",
    "a\x00b.pdf",
    "CON",
    "NUL.pdf",
    "COM1.docx",
    ".",
    "..",
    "",
    " ",
    "名" * 90 + ".pdf",
    "x" * 300 + ".pdf",
    "-rf.pdf",
    "a;b|c&d.pdf",
    "$(touch x).pdf",
    "`id`.pdf",
    "%2e%2e%2f%2e%2e%2fx.pdf",
    "a\r\nSet-Cookie: x=1",
    '"quoted".pdf',
    "收费公示.pdf.exe",
    "\u202efdp.exe",
    "a\u0000\u0007\u001b[31m.pdf",
    "~root/.ssh/authorized_keys",
    "file.pdf::$DATA",
]


def night(pages: Mapping[str, object], folder: Path) -> Observation:
    """One column of one unit, crawled by a real child from a real server."""
    with serving() as server:
        site = server.site({"/": home({"收费信息": "/fees/"}), **pages})
        plan = Plan(
            scan="s1",
            batch=1,
            night=date(2026, 11, 20),
            catalog_digest="",
            clock_offset=0.0,
            network=Network(timeout=20, tries=1, pauses=(0,), test_targets=server.targets),
            targets=(
                Target(
                    unit="u1",
                    unit_names=(UNIT,),
                    column=FEES,
                    home=f"{site.url}/",
                    address=f"{site.url}/fees/",
                    group=site.netloc,
                    since=date(2026, 1, 1),
                    look_for=(LOOK,),
                ),
            ),
        )
        (seen,) = read_scan(scan(plan, folder, evidence=folder / "evidence")).observations()
    assert seen.outcome is Outcome.OPENED
    return seen


def column(files: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """A list of entries, each a page with files: name → address."""
    rows = [(f"收费公示{title}", f"/{title}.html", date(2026, 11, 1)) for title in files]
    pages: dict[str, object] = {"/fees/": listing("收费信息", rows)}
    for title, own in files.items():
        pages[f"/{title}.html"] = article(
            f"收费公示{title}", date(2026, 11, 1), "见附件", files=own
        )
    return pages


def test_a_name_of_a_file_is_only_text(tmp_path):
    files = {
        f"{group}": {f"附件{n}.pdf": f"/{n}.pdf" for n in range(group * 5, group * 5 + 5)}
        for group in range(5)
    }
    pages = column(files)
    for number, name in enumerate([*NAMES[:24], NAMES[24]]):
        header = name.encode("utf-8").replace(b"\r\n", b"").replace(b"\x00", b"")
        pages[f"/{number}.pdf"] = Reply(
            raw=b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"
            b'Content-Disposition: attachment; filename="%s"\r\nContent-Length: %d\r\n\r\n%s'
            % (header, len(made.pdf("x")), made.pdf("x"))
        )
    before = set(tmp_path.parent.iterdir())

    seen = night(pages, tmp_path / "night")

    states = [file.state for document in seen.documents for file in document.attachments]
    assert states == [FileState.OPENS] * 25
    kept = [path.relative_to(tmp_path / "night") for path in (tmp_path / "night").rglob("*")]
    allowed = re.compile(
        r"evidence(/[0-9a-f](/[0-9a-f]{64}(\.text)?\.gz)?)?|(plan|scan)-[\d-]+\.(jsonl|log)"
    )
    assert [str(path) for path in kept if not allowed.fullmatch(path.as_posix())] == []
    assert set(tmp_path.parent.iterdir()) == before


def test_a_file_linked_by_a_hostile_name_is_only_text(tmp_path):
    names = ["../../x.pdf", "C:\\x.pdf", "CON.pdf"]
    links = {name: f"/f/{number}.pdf" for number, name in enumerate(names)}
    pages = column({"甲": links, "乙": {}})
    pages |= {address: Reply(body=made.pdf("x")) for address in links.values()}

    seen = night(pages, tmp_path / "night")

    assert [file.name for file in seen.documents[0].attachments] == names
    assert not list(tmp_path.rglob("*x.pdf"))


def test_what_is_not_the_file_it_is_called_is_told(tmp_path):
    pages = column(
        {
            "甲": {
                "登录.pdf": "/login.pdf",
                "旧.docx": "/old.docx",
                "空.xlsx": "/none.xlsx",
                "程序.pdf": "/program.pdf",
            },
            "乙": {"多.zip": "/all.zip", "另.rar": "/all.rar", "大.pdf": "/endless.pdf"},
        }
    ) | {
        "/login.pdf": "<html><body>请先登录</body></html>",
        "/old.docx": Reply(body=made.doc("举报电话")),
        "/none.xlsx": Reply(body=b""),
        "/program.pdf": Reply(body=b"MZ\x90\x00" + b"\x00" * 99),
        "/all.zip": Reply(body=made.package({"里.zip": made.package({"a": b"x"})})),
        "/all.rar": Reply(body=b"Rar!\x1a\x07\x00"),
        "/endless.pdf": Reply(raw=b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.7\n" + b"x" * (65 * 2**20)),
    }

    seen = night(pages, tmp_path)

    states = {file.name: file.state for one in seen.documents for file in one.attachments}
    assert states == {
        "登录.pdf": FileState.GATED,
        "旧.docx": FileState.OPENS,
        "空.xlsx": FileState.BROKEN,
        "程序.pdf": FileState.UNREADABLE,
        "多.zip": FileState.PACKED,
        "另.rar": FileState.PACKED,
        "大.pdf": FileState.OVERSIZED,
    }
    assert {one.reading for one in seen.documents} == {Reading.PARTLY}
    assert seen.documents[0].elements == {"举报电话"}


# --- ATT-10, ATT-12: the pages that are kept ------------------------------------------------------


def test_a_kept_page_is_shown_as_its_words_and_nothing_of_it_is_alive():
    body = (
        "<html><head><base href='http://evil.example/'>"
        "<meta http-equiv='refresh' content='0;url=/x'>"
        "<title>收费</title></head><body onload='steal()'><script>steal()</script>"
        "<form action='/login'><input name='password'></form>"
        "<a href='javascript:steal()'>收费公示</a>"
        "<iframe src='/x'></iframe><svg onload='steal()'></svg>&lt;script&gt;steal()&lt;/script&gt;"
        "</body></html>"
    )
    kept = Evidence(
        url="http://a.example/'><script>steal()</script>",
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        http_status=200,
        sha256="ab",
        path="a/ab.gz",
    )

    shown = _sheet(kept, body.encode())

    assert "收费公示" in shown
    assert "原始文件未作任何改动" in shown
    alive = r"<(?:script|base|form|input|iframe|svg|object|embed)\b|http-equiv=.refresh"
    assert not re.search(alive, shown, re.IGNORECASE)
    assert not re.search(r"<[^>]*\bon\w+\s*=|href=.javascript", shown, re.IGNORECASE)


_STORING = """
import sys
from pathlib import Path
from crawler.evidence import store

for number in range(100_000):
    sha256, path = store(Path(sys.argv[1]), (b"page %d " % number) * 20_000)
    print(sha256, path, flush=True)
"""


def test_a_writer_that_is_killed_leaves_whole_pages_only(tmp_path):
    told: list[str] = []
    for lines in (3, 7, 11):
        writer = subprocess.Popen(
            [sys.executable, "-c", _STORING, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=HERE.parent,
            text=True,
        )
        told += [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        writer.communicate()

    sweep(tmp_path)

    assert not list(tmp_path.rglob("*.new"))
    for line in told:  # what a row may point to
        sha256, path = line.split()
        assert (tmp_path / path).exists()
        load(tmp_path, sha256)
    for path in tmp_path.rglob("*.gz"):
        load(tmp_path, path.stem)
