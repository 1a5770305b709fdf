from __future__ import annotations

import asyncio
import hashlib
from importlib.metadata import version
from pathlib import Path

import paperwork as made
import pytest
from schoolpages import article, home, listing
from siteserver import Reply, serving
from test_spider import FEES, ROWS, crawled, plan_of, target

from crawler import evidence
from crawler.pages.attachments import reads_scans
from crawler.recogniser import Recogniser
from monitor.model import FileState, LookFor, Match, Observation, Reading
from monitor.wire import read_scan

pytestmark = pytest.mark.skipif(not reads_scans(), reason="the extra [ocr] is not installed")

SCAN = made.STRAIGHT.read_bytes()
#: the last two are not on the scan
WORDS = ("收费依据", "举报电话|监督电话", "中心小学教育收费公示", "退费办法", "公示期限")


def kept(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(f"*.{version('rapidocr')}.gz")]


def night(folder: Path) -> Observation:
    """A column whose newest entry has a scan hung on it, and whose second is a picture."""
    first, second, *_ = ROWS
    look = LookFor(match=Match(any=("第0号", "第1号")), words=WORDS, attachments=True)
    with serving() as server:
        site = server.site(
            {
                "/": home({FEES.name: "/fees/"}),
                "/fees/": listing(FEES.name, ROWS),
                first[1]: article(first[0], first[2], "见附件", files={"1.pdf": "/1.pdf"}),
                second[1]: article(second[0], second[2], "<img src='/a.png'>退费办法见图"),
                "/1.pdf": Reply(body=made.scanned_pdf(made.STRAIGHT)),
                "/a.png": Reply(body=made.TURNED.read_bytes()),
            }
        )
        plan = plan_of(server, target("u1", site.url, look_for=(look,)), timeout=20)
        (seen,) = read_scan(crawled(plan, folder)).observations()
    return seen


def test_a_night_finds_on_scans_what_is_written_nowhere(tmp_path):
    seen = night(tmp_path)
    scanned, pictured = seen.documents[:2]

    assert scanned.elements == set(WORDS[:3])
    assert pictured.elements == set(WORDS[:4])
    assert {scanned.reading, pictured.reading} == {Reading.RECOGNISED}
    assert [file.state for file in scanned.attachments] == [FileState.RECOGNISED]
    assert {place.where for place in scanned.attachments[0].places} == {"第1页"}
    assert all(place.recognised for place in scanned.attachments[0].places)
    assert len(kept(tmp_path / "evidence")) == 2


def test_a_file_is_recognised_once_for_all_nights(tmp_path):
    def words() -> list[str]:
        found = asyncio.run(Recogniser(tmp_path).read(SCAN))
        assert found
        assert found.state is FileState.RECOGNISED
        return [piece.text for piece in found.pieces]

    first = words()
    assert "收费依据" in first[0]
    sha256 = hashlib.sha256(SCAN).hexdigest()
    assert evidence.kept_words(tmp_path, sha256, version("rapidocr"))
    (place,) = tmp_path.rglob("*.gz")
    before = place.stat().st_mtime_ns

    assert words() == first
    assert place.stat().st_mtime_ns == before


def test_what_is_kept_is_taken_and_what_is_damaged_is_read_anew(tmp_path):
    sha256 = hashlib.sha256(SCAN).hexdigest()
    by = version("rapidocr")
    evidence.keep_words(tmp_path, sha256, by, b'[["p", "kept"]]')

    found = asyncio.run(Recogniser(tmp_path).read(SCAN))
    assert found
    assert [piece.text for piece in found.pieces] == ["kept"]

    (place,) = tmp_path.rglob("*.gz")
    place.write_bytes(place.read_bytes()[:9])
    found = asyncio.run(Recogniser(tmp_path).read(SCAN))
    assert found
    assert "收费依据" in found.pieces[0].text
    assert evidence.kept_words(tmp_path, sha256, by)
