"""What sites write, in a real browser: nothing runs, nothing is fetched (RPT-06, MAI-17)."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from builders import unit
from noticed import OFFICE, ON, SCHOOL, school_problems

from monitor.model import LetterKind, Status
from reports.formats.html import render, render_paper
from reports.kinds.problem_mail import compose_mail
from reports.manuscript import (
    Manuscript,
    Paper,
    PaperTable,
    Paragraph,
    Section,
    Table,
    TableColumn,
)

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=2000",
    "--dump-dom",
)
RAN = "SCRIPT-RAN"
RAN_IN = re.compile(f"<html[^>]*{RAN}", re.IGNORECASE)
ACT = f"document.documentElement.setAttribute('{RAN}','1');new Image().src='AT/ran'"
SHAPES = (
    "<script>{act}</script>",
    "</td></tr></table><script>{act}</script>",
    "</title><script>{act}</script>",
    "</style><script>{act}</script>",
    "<script src=AT/x.js></script>",
    "<scr<script>ipt>{act}</scr</script>ipt>",
    "<SCRIPT>{act}</SCRIPT>",
    "<script/x>{act}</script>",
    "<img src=x onerror={quoted}>",
    "<img src=AT/pixel.png>",
    "<img/src=x/onerror={quoted}>",
    "<img srcset='AT/a 1x'>",
    "<svg onload={quoted}>",
    "<svg><script>{act}</script></svg>",
    "<svg><image href=AT/s.png></svg>",
    "<svg><use href='AT/u.svg#x'/></svg>",
    "<svg><animate onbegin={quoted} attributeName=x dur=1s>",
    "<body onload={quoted}>",
    "<iframe src=AT/frame></iframe>",
    '<iframe srcdoc=\'<script>parent.document.documentElement.setAttribute("SCRIPT-RAN",1)'
    "</script>'></iframe>",
    "<iframe src=javascript:{act}></iframe>",
    "<object data=AT/o></object>",
    "<embed src=AT/e>",
    "<link rel=stylesheet href=AT/c.css>",
    "<link rel=preload as=image href=AT/p.png>",
    "<link rel=icon href=AT/i.ico>",
    "<style>@import url(AT/imp.css);</style>",
    "<style>body{{background:url(AT/bg.png)}}</style>",
    "<div style=background:url(AT/inline.png)>x</div>",
    "<base href=AT/>",
    "<meta http-equiv=refresh content='0;url=AT/refresh'>",
    "<form action=AT/form><input autofocus onfocus={quoted}></form>",
    "<input onfocus={quoted} autofocus>",
    "<select onfocus={quoted} autofocus>",
    "<textarea onfocus={quoted} autofocus>",
    "<details open ontoggle={quoted}>x</details>",
    "<video src=AT/v.mp4 onerror={quoted}></video>",
    "<video><source onerror={quoted}></video>",
    "<audio src=x onerror={quoted}></audio>",
    "<marquee onstart={quoted}>x</marquee>",
    "<a href=javascript:{act} autofocus>x</a>",
    "<math><mtext><script>{act}</script></mtext></math>",
    "<template><script>{act}</script></template>",
    "<noscript><img src=AT/ns.png></noscript>",
    "<table background=AT/tb.png><tr><td>x</table>",
    "<frameset onload={quoted}>",
    "<applet code=x archive=AT/a.jar></applet>",
    "<bgsound src=AT/b.mid>",
    "<isindex action=javascript:{act} type=image>",
    '" onmouseover={quoted} autofocus onfocus={quoted} x="',
    "' onload={quoted} '",
    "--><script>{act}</script>",
    "]]><script>{act}</script>",
    "{{{{ 7*7 }}}}<script>{act}</script>",
    "{{% include 'x' %}}<img src=AT/tpl.png>",
    "&lt;script&gt;{act}&lt;/script&gt;",
    "＜script＞{act}＜/script＞",
    "\u202e<script>{act}</script>",
    "<a href='AT/ping' ping='AT/ping'>x</a>",
    "<portal src=AT/portal></portal>",
)


class Listener:
    """A server on loopback that writes down what was asked of it."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *words: Any) -> None:
                pass

        self.asked = asked
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


def payloads(at: str) -> tuple[str, ...]:
    act = ACT.replace("AT", at)
    return tuple(
        shape.replace("AT", at).format(act=act, quoted=f'"{act}"'.replace(" ", "&#32;"))
        for shape in SHAPES
    )


def seen_in_browser(page: Path, place: Path) -> str:
    """The document as the browser holds it once it has come to rest."""
    done = subprocess.run(
        [CHROMIUM, *ARGUMENTS, f"--user-data-dir={place}", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def titles_of(kind: str, words: tuple[str, ...]) -> str:
    if kind == "overview":
        cells = tuple((word, Status.MISSING) for word in words)
        table = Table(
            columns=(TableColumn(heading="标题"), TableColumn(heading="状态")), rows=cells
        )
        section = Section(heading=words[1], paragraphs=words, quotation=words[2], table=table)
        return render(Manuscript(title=words[0], sections=(section,)))
    if kind == "report":
        rows = tuple((word,) for word in words)
        table = PaperTable(
            title="标题", table=Table(columns=(TableColumn(heading="标题"),), rows=rows)
        )
        paper = Paper(title=words[0], blocks=(*(Paragraph(text=word) for word in words), table))
        return render_paper(paper, clean=True)
    names = "".join(words)
    school = unit(name=names, short_name=SCHOOL.short_name)
    return compose_mail(LetterKind.MEND, school, school_problems(), office=OFFICE, on=ON).html


@pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
@pytest.mark.parametrize("kind", ["overview", "report", "mail"])
def test_nothing_a_site_wrote_runs_or_is_fetched(
    kind: str, listener: Listener, tmp_path: Path
) -> None:
    words = payloads(listener.address)
    page = tmp_path / "页.html"
    page.write_text(titles_of(kind, words), "utf-8")

    shown = seen_in_browser(page, tmp_path / "browser")

    assert len(words) >= 50
    assert "&lt;script&gt;" in shown
    assert not RAN_IN.search(shown)
    assert listener.asked == []


@pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")
def test_the_browser_would_have_told(listener: Listener, tmp_path: Path) -> None:
    """With the guard off the same words do run and fetch: the test above can fail."""
    page = tmp_path / "页.html"
    page.write_text(f"<html><body>{''.join(payloads(listener.address))}</body></html>", "utf-8")

    shown = seen_in_browser(page, tmp_path / "browser")

    assert RAN_IN.search(shown)
    assert listener.asked != []
