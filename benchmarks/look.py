"""Every paper of the demonstration as pictures, for a person to look at.

    python benchmarks/look.py 示例县

Writes the papers that are asked for one by one (notices with their reply sheets, a unit's page, the
list of its columns) beside those that the demonstration wrote, and turns all of them into PNG in
the folder 看 within. Needs soffice, pdftoppm and chromium.
"""

from __future__ import annotations

import email
import email.policy
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from commands.demo.records import NIGHTS
from monitor.timetable import DAY

#: a bureau, a primary school, a junior high school, a kindergarten of the sample county
UNITS = ("QH001", "QH006", "QH003", "QH009")
#: the day on which the demonstration writes its papers
TODAY = (NIGHTS[-1] + DAY).isoformat()
WIDE = 900  # points of the browser's window
DENSE = 80  # points of a printed inch
#: tells how tall a page is; for the copy that is looked at only
_RULER = "<script>document.body.dataset.tall = document.documentElement.scrollHeight</script>"


def main(county: Path) -> None:
    place = county / "看"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for verb in (["notice"], *([kind, unit] for unit in UNITS for kind in ("unit", "columns"))):
        _mingcha("report", *verb, "--dir", str(county), "--folder", str(place), "--today", TODAY)
    for paper in sorted((county / "报告").iterdir()):
        shutil.copy(paper, place)
    for letter in sorted((county / "邮件").glob("*.eml")):
        message = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default)
        page = message.get_body(("html",))
        (place / f"{letter.stem}.html").write_text(page.get_content(), encoding="utf-8")
    _print(place)
    for page in sorted(place.glob("*.html")):
        _show(page)
    print(f"{len(list(place.glob('*.png')))} pictures in {place}")


def _mingcha(*words: str) -> None:
    subprocess.run([Path(sys.executable).with_name("mingcha"), *words], check=True)


def _print(place: Path) -> None:
    """Each document and workbook → PDF → one picture a page."""
    papers = sorted((*place.glob("*.docx"), *place.glob("*.xlsx")))
    with tempfile.TemporaryDirectory() as profile:
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        to_pdf = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", place]
        subprocess.run([*to_pdf, *papers], check=True, stdout=subprocess.DEVNULL)
    for paper in papers:
        pdf = paper.with_suffix(".pdf")
        subprocess.run(["pdftoppm", "-r", str(DENSE), "-png", pdf, pdf.with_suffix("")], check=True)


def _show(page: Path) -> None:
    """A web page in a browser's window that is as tall as the page."""
    with tempfile.TemporaryDirectory() as profile:
        measured = Path(profile) / "measured.html"
        shown = page.read_text(encoding="utf-8").replace("Content-Security-Policy", "")
        measured.write_text(shown + _RULER, encoding="utf-8")
        dom = _chromium(profile, f"--window-size={WIDE},600", "--dump-dom", measured.as_uri())
        found = re.search(r'data-tall="(\d+)"', dom)
        tall = found[1] if found else "3000"
        picture = page.with_suffix(".png").resolve()
        window = f"--window-size={WIDE},{tall}"
        _chromium(profile, window, f"--screenshot={picture}", page.resolve().as_uri())


def _chromium(profile: str, *words: str) -> str:
    quiet = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    own = ["--disable-component-update", "--disable-sync", f"--user-data-dir={profile}/browser"]
    command = ["chromium", *quiet.split(), *own, "--hide-scrollbars", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
