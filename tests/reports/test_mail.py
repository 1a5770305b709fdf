from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from mailroom import START, letter

from monitor.wording import MonitorError
from reports import mail

PAGE = "<html><body class='x'><p>有2项内容需要补充。</p></body></html>"


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=SMTP)


def composed(**changes: object) -> EmailMessage:
    (only,) = mail.compose(letter(**changes))
    return read(only.content)


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def test_each_recipient_gets_a_message_of_their_own():
    both = mail.compose(letter(recipients=("a@x.cn", "b@x.cn", "a@x.cn")))

    assert [one.recipient for one in both] == ["a@x.cn", "b@x.cn"]
    assert [read(one.content)["To"] for one in both] == ["a@x.cn", "b@x.cn"]
    assert b"b@x.cn" not in both[0].content
    assert both[0].message_id != both[1].message_id


def test_the_same_event_gives_the_same_message_whatever_the_day():
    (first,) = mail.compose(letter())
    (second,) = mail.compose(letter(day=date(2027, 1, 1), text="另一段话"))

    assert first.message_id == second.message_id == read(first.content)["Message-ID"]


def test_a_month_of_a_unit_is_one_conversation():
    threads = [
        composed(event=event, unit=unit, day=day)["References"]
        for event, unit, day in (
            ("e-1", "P-1", date(2026, 11, 2)),
            ("e-2", "P-1", date(2026, 11, 30)),
            ("e-3", "P-1", date(2026, 12, 1)),
            ("e-4", "P-2", date(2026, 11, 2)),
        )
    ]

    assert threads[0] == threads[1]
    assert len(set(threads)) == 3


def test_a_letter_says_that_a_machine_wrote_it_and_who_answers():
    message = composed(reply_to="wang@jyj.cn")

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "wang@jyj.cn"


def test_text_and_page_say_the_same():
    message = composed(text="收费公示 <script>alert(1)</script>\n</table>&amp;\n")

    page = text_of(message, "html")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert text_of(message) == "收费公示 <script>alert(1)</script>\n</table>&amp;\n"


# --- MAI-15, MAI-16: what may stand in a header ----------------------------------------------

HOSTILE = {
    "CR LF": "收费\r\nBcc: x@evil.cn",
    "LF": "收费\nBcc: x@evil.cn",
    "CR": "收费\rBcc: x@evil.cn",
    "vertical tab": "收费\x0bBcc: x@evil.cn",
    "line separator": "收费\u2028Bcc: x@evil.cn",
    "next line": "收费\x85Bcc: x@evil.cn",
    "NUL": "收费\x00Bcc: x@evil.cn",
    "turned round": "收费\u202eBcc: x@evil.cn",
    "half a character": "收费\ud800Bcc: x@evil.cn",
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_title_neither_adds_a_header_nor_blocks_the_letter(title):
    message = composed(subject=title, attachments=((f"{title}.xlsx", b"x"),))

    assert message["Bcc"] is None
    assert message["Subject"] == "收费 Bcc: x@evil.cn"
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "收费 Bcc: x@evil.cn.xlsx"
    stamped = read(mail.stamped(message.as_bytes(), sender="j@x.cn", name=title, at=START))
    assert stamped["From"].addresses[0].display_name == "收费 Bcc: x@evil.cn"
    assert stamped["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "a@b.cn, evil@x.cn",
        '"x" <a@b.cn>',
        "a@b@c.cn",
        "a" * 300 + "@b.cn",
        "-a@b.cn",
        "a@-b.cn",
        "",
        "  ",
        "a@b.cn\r\nBcc: x@y.cn",
        "a@b.cn>\r\nDATA",
        "a@b",
        "张三@b.cn",
    ],
)
def test_what_is_not_exactly_one_address_gets_no_letter(address):
    with pytest.raises(MonitorError, match="联系人邮箱无效") as refused:
        mail.compose(letter(recipients=(address,)))

    assert refused.value.code == "E2801"


def test_a_chinese_domain_is_written_as_servers_take_it():
    assert mail.one_address(" wang＠教育.中国 ") == "wang@xn--wcvs22d.xn--fiqs8s"


# --- MAI-18, MAI-25: what goes over the wire --------------------------------------------------

TEXTS = {
    "dots": "第一行\n.\n..两点\n.x\n",
    "lines ended in three ways": "一\r\n二\r三\n四",
    "a line of 5,000 characters": "长" * 5000,
    "emoji and rare characters": "𠮷野家 😀 ﷽",
    "no last line end": "完",
    "blank": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_a_text_is_read_back_as_it_was_written(text):
    (one,) = mail.compose(letter(text=text))

    expected = re.sub("\r\n?", "\n", text)
    assert text_of(read(one.content)).rstrip("\n") == expected.rstrip("\n")
    assert one.content.isascii()
    assert max(map(len, one.content.split(b"\r\n"))) <= 78
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", one.content)


@pytest.mark.parametrize("length", [1, 20, 40, 119, 300])
def test_a_subject_is_read_back_as_it_was_written(length):
    subject = "整改提醒😀" * (length // 5) + "题" * (length % 5)

    message = composed(subject=subject)

    expected = subject if length <= 120 else subject[:119] + "…"
    assert message["Subject"] == expected


def test_the_name_of_an_attachment_is_read_back_by_every_program():
    message = composed(attachments=(("整改反馈表（城东小学）.xlsx", b"PK\x03\x04"),))

    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "整改反馈表（城东小学）.xlsx"
    assert attachment.get_content() == b"PK\x03\x04"
    assert b"filename*" in message.as_bytes()


def test_a_stored_letter_that_is_attached_stays_a_file():
    message = composed(attachments=(("a.eml", b"From: x\r\n\r\n"),))

    (attachment,) = message.iter_attachments()
    assert attachment.get_content_type() == "application/octet-stream"


# --- how large ---------------------------------------------------------------------------------


def test_what_makes_a_letter_too_large_is_left_out_and_named():
    small, large = ("反馈表.xlsx", b"x" * 1000), ("页面留存.html", b"y" * 2_500_000)

    (one,) = mail.compose(letter(attachments=(large, small), html=PAGE))

    message = read(one.content)
    assert [part.get_filename() for part in message.iter_attachments()] == ["反馈表.xlsx"]
    for kind in ("plain", "html"):
        assert "没有随信发送，需要时请与联系人联系：页面留存.html" in text_of(message, kind)
    assert text_of(message, "html").rstrip().endswith("</p></body></html>")
    assert len(one.content) < mail.LARGEST


def test_a_text_that_is_too_large_by_itself_is_refused():
    with pytest.raises(MonitorError) as refused:
        mail.compose(letter(text="长" * 1_000_000))

    assert refused.value.code == "E2802"


# --- MAI-22: a trial ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", PAGE, "<p>没有外壳</p>"], ids=["made", "whole", "a part"])
def test_a_trial_names_the_true_recipient_at_the_top_and_nowhere_sends_to_them(page):
    (one,) = mail.compose(letter(html=page, attachments=(("说明.txt", "原文".encode()),)))

    tried = read(mail.redirected(one.content, to="me@x.cn", meant_for=one.recipient))

    assert tried["To"] == "me@x.cn"
    assert text_of(tried).startswith("【测试邮件】本应发给：wang@school.example.cn\n")
    told = re.sub("<[^>]*>", "", text_of(tried, "html")).lstrip()
    assert told.startswith("【测试邮件】本应发给：wang@school.example.cn")
    assert tried["Message-ID"] == one.message_id
    (attachment,) = tried.iter_attachments()
    assert attachment.get_content() == "原文".encode()
