"""运行记录: whole lines in a file, sentences at the terminal, and never in the way."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
from pathlib import Path

import pytest

from commands import logs


def told(folder: Path, *, verbose: bool = False) -> str:
    """What the terminal showed of one event and two warnings."""
    screen = io.StringIO()
    with contextlib.redirect_stderr(screen), logs.kept(folder, verbose=verbose):
        log = logging.getLogger("mingcha.crawl")
        log.info("batch recorded", extra={"scan": "20261123", "planned": 3})
        log.warning("crawl child ended", extra={"why": "stuck"})
        log.warning("something new")
    return screen.getvalue()


def test_a_line_is_an_event_with_its_numbers(tmp_path: Path) -> None:
    told(tmp_path)

    lines = [json.loads(line) for line in (tmp_path / logs.NAME).read_text("utf-8").splitlines()]

    assert [line["event"] for line in lines] == [
        "batch recorded",
        "crawl child ended",
        "something new",
    ]
    assert lines[0] | {"at": ""} == {
        "at": "",
        "event": "batch recorded",
        "level": "info",
        "logger": "mingcha.crawl",
        "planned": 3,
        "scan": "20261123",
    }


def test_the_terminal_shows_warnings_as_sentences(tmp_path: Path) -> None:
    first, second = told(tmp_path).splitlines()

    assert first == "提示：读取页面的进程中断，正在接着做（详见 mingcha.log）"
    assert second == "提示：运行中有异常情况（详见 mingcha.log）"


def test_on_request_the_terminal_shows_every_event(tmp_path: Path) -> None:
    screen = told(tmp_path, verbose=True)

    assert "batch recorded" in screen
    assert "planned=3" in screen
    assert "\x1b" not in screen


def test_where_nothing_is_logged_no_file_appears(tmp_path: Path) -> None:
    with logs.kept(tmp_path, verbose=False):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / logs.NAME).mkdir()

    assert "Traceback" not in told(tmp_path)
    assert "提示" in told(tmp_path / "没有这个文件夹")
    assert logging.getLogger("mingcha").handlers == []


def test_a_bug_is_kept_somewhere_else_where_the_folder_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    place = logs.keep_bug(LookupError("where is it"), Path(os.devnull))

    assert place == tmp_path / logs.NAME
    assert "where is it" in json.loads(place.read_text("utf-8"))["exception"]
