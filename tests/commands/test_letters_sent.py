"""The officer's letters: looked at, held for a month, released, sent to a real server."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import postoffice
import pytest
from clerk import UNIT, Ran, english, office, ran, school
from schoolpages import article, home, listing
from siteserver import serving

from monitor.wording import Exit

FIRST, SECOND = "WT-2026-00001", "WT-2026-00002"
MAIL = "liu@school.example"
OTHER = "青禾县东门小学"
OTHER_ROWS = [
    ("国庆放假通知", "/fees/2.html", date(2026, 9, 28)),
    ("作息时间调整通知", "/fees/1.html", date(2026, 9, 1)),
]
#: a working day; the hour is the machine's, so what the office may send is tried by trial runs
DAY = "2026-11-25"
TRIAL = ("--set", "mail.test_recipient=wang@bureau.example")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("局") / "信息公开巡查"
    with serving() as server:
        office(place, [("A1", UNIT, school(server).url)], server.targets)
        sheet = place / "单位清单.csv"
        header, row = sheet.read_text("utf-8").splitlines()
        sheet.write_text(f"{header}\n{row}{MAIL}\n", "utf-8")
        asked(place, "units", "import", sheet)
        for day in ("2026-11-23", "2026-11-24"):
            asked(place, "scan", day=day)
    asked(place, "findings", "confirm", FIRST)
    return place


@pytest.fixture
def place(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "信息公开巡查"
    copy.mkdir()
    for path in county.iterdir():
        if path.is_file():
            (copy / path.name).write_bytes(path.read_bytes())
    return copy


def asked(place: Path, *words: object, day: str = DAY, code: int = 0) -> Ran:
    done = ran(*words, "--dir", place, "--today", day)
    assert done.code == code, done.told
    assert english(done.told) == []
    return done


def at_server(server: postoffice.PostOffice) -> list[str]:
    """Settings of the server, in a trial: to the officer, at any hour."""
    given = server.settings()
    keys = ("host", "port", "security", "sender")
    return [
        part
        for key, value in ({key: getattr(given, key) for key in keys}).items()
        for part in ("--set", f"mail.{key}={value}")
    ]


def test_a_preview_shows_what_a_unit_will_read_and_keeps_nothing(place: Path) -> None:
    done = asked(place, "mail", "preview", "--folder", place / "预览")

    assert "【整改提醒】" in done.out
    assert "待发邮件是空的。" in asked(place, "mail", "outbox").out
    (file,) = (place / "预览").glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=SMTP)
    assert message["To"] == MAIL
    text = message.get_body(("plain",))
    assert text is not None
    assert "怎样反馈" in text.get_content()
    assert [part.get_filename() for part in message.iter_attachments()] == [
        f"整改反馈表-{UNIT}.xlsx"
    ]


def test_nothing_leaves_in_the_first_month_without_a_press(place: Path) -> None:
    preview = asked(place, "mail", "send", "--dry-run")
    with postoffice.opened() as server:
        first = asked(
            place, "mail", "send", *at_server(server), "--set", f"mail.test_recipient={MAIL}"
        )
        journal = list(server.journal)

    assert "将写 1 封：整改提醒 1 封" in preview.out
    assert "演练模式：不会发送邮件" in preview.out
    assert "待审 1 封" in first.out
    assert journal == []


def test_without_live_nothing_is_connected_to(place: Path) -> None:
    done = asked(place, "mail", "send", code=Exit.SETTINGS)

    assert "发信没有启用" in done.err
    assert "待审 1 封" in done.out


def test_what_the_officer_releases_is_sent_once(place: Path) -> None:
    asked(place, "mail", "send", code=Exit.SETTINGS)

    assert "第 1 封：待发" in asked(place, "mail", "release", 1).out
    with postoffice.opened() as server:
        words = (
            "mail",
            "send",
            *at_server(server),
            "--set",
            "mail.test_recipient=wang@bureau.example",
        )
        asked(place, *words)
        asked(place, *words)
        journal = list(server.journal)

    assert len(journal) <= 1  # none outside the hours of sending
    if journal:
        text = journal[0].message.get_body(("plain",))
        assert text is not None
        assert MAIL in text.get_content().splitlines()[0]


def test_a_call_instead_stops_the_letter(place: Path) -> None:
    asked(place, "mail", "send", code=Exit.SETTINGS)

    shown = asked(place, "mail", "outbox", "--show", 1).out
    done = asked(place, "mail", "by-hand", 1, "--way", "电话", "--reason", "刘老师本周补发")

    assert shown.startswith(f"收件人　{MAIL}\n主　题　【整改提醒】")
    in_short = shown.partition("短消息（可粘贴到微信群）：\n")[2]
    assert in_short.startswith("【整改提醒】")
    assert len(in_short.strip().splitlines()) <= 4
    assert "改由人工通知" in done.out
    assert "已电话通知；刘老师本周补发" in asked(place, "mail", "outbox").out
    assert "将写 0 封" in asked(place, "mail", "send", "--dry-run").out
    wrong = asked(place, "mail", "release", 1, code=Exit.INPUT)
    assert "改由人工通知" in wrong.err


def test_a_letter_that_waits_is_not_sent_when_its_problem_is_settled(place: Path) -> None:
    asked(place, "mail", "send", code=Exit.SETTINGS)
    asked(place, "findings", "contest", FIRST, "--by", "刘老师", "--ground", "C9", "--reason", "有")

    asked(place, "mail", "send", code=Exit.SETTINGS, day="2026-11-26")

    listed = asked(place, "mail", "outbox").out
    assert "已取消 1 封" in listed
    assert "不再发送" in listed


def test_a_good_example_is_marked_shown_and_taken_back(tmp_path: Path) -> None:
    place = tmp_path / "信息公开巡查"
    with serving() as server:
        good = school(server)
        poor = server.site(
            {
                "/": home({"收费信息": "/fees/"}, unit=OTHER),
                "/fees/": listing("收费信息", OTHER_ROWS, unit=OTHER),
                **{
                    at: article(title, day, "见附件。", unit=OTHER) for title, at, day in OTHER_ROWS
                },
            }
        )
        units = [("A1", UNIT, good.url), ("A2", OTHER, poor.url)]
        office(place, units, server.targets)
        for day in ("2026-11-23", "2026-11-24"):
            asked(place, "scan", day=day)
    waiting = asked(place, "findings", "list", "--unit", "A2", "--state", "待审核").out
    number = next(line for line in waiting.splitlines() if "收费公示" in line).split("　")[0]
    asked(place, "findings", "confirm", number)
    assert "可参考" not in asked(place, "mail", "preview").out

    asked(place, "examples", "add", "A1", "X-1", "--dry-run")
    assert "还没有标记。" in asked(place, "examples", "list").out
    asked(place, "examples", "add", "A1", "X-1")

    assert f"{UNIT}　收费公示　{good.url}/fees/" in asked(place, "examples", "list").out
    told = asked(place, "mail", "preview").out
    assert f"可参考　：同类单位的做法　{good.url}/fees/" in told
    assert UNIT not in told
    asked(place, "examples", "remove", "A1", "X-1")
    assert "可参考" not in asked(place, "mail", "preview").out
    gone = asked(place, "examples", "remove", "A1", "X-1", code=Exit.INPUT)
    assert "没有标记过" in gone.err


def test_a_unit_with_a_problem_is_no_example(place: Path) -> None:
    listed = asked(place, "findings", "list", "--all").out
    item = next(line for line in listed.splitlines() if line.startswith(FIRST)).split("　")[4]

    done = asked(place, "examples", "add", UNIT, item, code=Exit.INPUT)

    assert "不能作为参考" in done.err
    wrong = asked(place, "examples", "add", UNIT, "X-1", "--address", "在校园网", code=Exit.INPUT)
    assert "不是网址" in wrong.err


def test_a_month_that_is_frozen_is_told_in_its_first_days(place: Path) -> None:
    asked(place, "mail", "send", code=Exit.SETTINGS)
    asked(place, "mail", "by-hand", 1, "--way", "微信")
    asked(place, "snapshot", "freeze", "2026-11", day="2026-12-01")

    soon = asked(place, "mail", "preview", "--short", day="2026-12-01")
    late = asked(place, "mail", "preview", day="2026-12-12")

    assert "【月度小结】" in soon.out
    assert "11月达标" in soon.out
    assert "【月度小结】" not in late.out


def test_a_trial_letter_reaches_the_server(place: Path) -> None:
    with postoffice.opened() as server:
        done = asked(place, "mail", "test", "--to", "wang@bureau.example", *at_server(server))
        (letter,) = server.journal

    assert "试信已交给邮件服务器" in done.out
    assert "【试发】" in str(letter.message["Subject"])
    away = asked(place, "mail", "test", "--to", MAIL, *at_server(server), code=Exit.NETWORK)
    assert "邮件服务器" in away.err
    unset = asked(place, "mail", "test", "--to", "wang@bureau.example", code=Exit.SETTINGS)
    assert unset.err


def test_after_a_night_in_which_many_sites_were_silent_only_the_officer_hears(
    tmp_path: Path,
) -> None:
    place = tmp_path / "信息公开巡查"
    silent = [(f"A{n}", f"青禾县第{n}小学", f"http://127.0.0.1:{n}") for n in (2, 3, 4)]
    with serving() as server:
        units = [("A1", UNIT, school(server).url), *silent]
        office(place, units, [*server.targets, *(home[7:] for _, _, home in silent)])
        sheet = place / "单位清单.csv"
        header, first, *rest = sheet.read_text("utf-8").splitlines()
        sheet.write_text("\n".join((header, first + MAIL, *rest)), "utf-8")
        asked(place, "units", "import", sheet)
        for day in ("2026-10-12", "2026-10-13"):
            asked(place, "scan", day=day)
    asked(place, "findings", "confirm", FIRST)

    with postoffice.opened() as server:
        live = (*at_server(server), "--set", "mail.live=true")
        officer = ("--set", "office.reply_to=wang@bureau.example")
        done = asked(place, "mail", "send", *live, *officer)
        subjects = [str(letter.message["Subject"]) for letter in server.journal]

    assert "已暂停发送" in done.out
    assert subjects == ["【巡查异常】（仅管理员）4 个网站中有 3 个未能打开，本次巡查结果异常"]
    assert "待审 1 封" in asked(place, "mail", "outbox").out
