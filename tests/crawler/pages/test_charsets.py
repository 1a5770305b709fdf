from __future__ import annotations

import pytest

from crawler.pages.charsets import decode
from crawler.pages.text import open_page, visible_text

WORDS = "某县教育局关于2024年义务教育收费公示的通知，请各学校认真贯彻执行。"
NAMES = "朱镕基、陶喆、㛃、〇"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "gb2312"),
        ("gb18030", "gb2312"),
        ("gb18030", "utf-8"),
        ("gbk", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("utf-16-be", ""),
        ("big5", "big5"),
    ],
)
def test_the_bytes_decide_and_the_declaration_is_a_hint(encoding, declared):
    words = "某縣教育局關於收費公示的通知" if encoding == "big5" else WORDS
    markup = f"<html><head><meta charset='{declared}'></head><body><p>{words}</p></body></html>"

    page = open_page(
        markup.encode(encoding), "http://edu.example/", f"text/html; charset={declared}"
    )

    assert page.tree is not None
    assert visible_text(page.tree) == words
    assert not page.doubtful


def test_rare_characters_of_names_survive_a_page_declared_gb2312():
    body = f"<meta charset=gb2312><p>{NAMES}</p>".encode("gb18030")

    text, encoding, doubtful, _ = decode(body, "text/html; charset=gb2312")

    assert NAMES in text
    assert encoding == "gb18030"
    assert not doubtful


def test_big5_is_found_without_a_declaration():
    words = "本校家長會訂於週六上午舉行，敬請各位家長準時出席，謝謝您的支持與愛護。" * 3

    text, encoding, _, _ = decode(words.encode("big5"))

    assert (text, encoding) == (words, "big5")


@pytest.mark.parametrize(
    "body",
    [
        ("<p>" + WORDS * 5).encode() + ("<p>" + WORDS).encode("gb18030"),
        WORDS.encode("utf-8")[:-1] * 4,
        f"<p>{WORDS}锟斤拷锟斤拷</p>".encode(),
        (WORDS * 5).encode().decode("cp1252", "replace").encode(),
        f"<p>{WORDS}\ufffd\ufffd\ufffd</p>".encode(),
    ],
    ids=[
        "two charsets",
        "cut characters",
        "read wrongly before",
        "twice encoded with losses",
        "lost before",
    ],
)
def test_lost_characters_make_a_page_doubtful(body):
    assert open_page(body, "").doubtful


def test_words_of_other_languages_are_no_damage():
    page = open_page(f"<p>{WORDS}</p><p>Café Münster, où êtes-vous?</p>".encode(), "")

    assert not page.doubtful


def read_as(wrong: str, then: str = "utf-8") -> bytes:
    """The words in UTF-8, read as ``wrong`` by somebody who stored what came of it."""
    read = WORDS.encode().decode(wrong)
    return f"<p>{read}</p>".encode(then)


def as_windows() -> bytes:
    """Windows 1252 has no sign for five bytes; browsers keep them as they are."""
    signs = (bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in WORDS.encode())
    return "".join(signs).encode()


@pytest.mark.parametrize(
    "body",
    [
        read_as("latin-1"),
        as_windows(),
        WORDS.encode("gbk").decode("latin-1").encode(),
        "<li>淇℃伅鍏紑</li><li>鏀惰垂鏍囧噯锛屽叕绀猴紝閫氱煡锛屽</li>".encode(),
        "<title>收费公示</title><p>é\x80\x9aç\x9f¥ and æ\x94¶è´¹</p>".encode(),
    ],
    ids=["Latin 1", "Windows 1252", "GBK as Latin 1", "UTF-8 as GBK", "in parts"],
)
def test_what_was_read_wrongly_once_is_turned_back_and_told(body):
    found = decode(body)

    assert found.mended
    assert any(word in found.text for word in ("收费", "通知"))
    assert not any(sign in found.text for sign in "éè淇鏀")


def test_a_page_without_damage_is_not_mended():
    assert not decode(f"<p>{WORDS}{NAMES}</p>".encode()).mended
    assert not decode("Établissement privé à côté de l'école «Noël»".encode()).mended


def test_what_was_lost_on_the_way_leaves_a_page_doubtful():
    found = decode(f"<p>{WORDS * 3}</p>".encode().decode("gbk", "replace").encode())

    assert "义务教育收费公示的通知" in found.text
    assert found.mended
    assert found.doubtful


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Gebühren für Schüler, Öffnungszeiten", "cp1252"),
        ("수업료 안내 공지사항입니다", "cp949"),
        ("授業料に関するお知らせ", "cp932"),
        ("授業料に関するお知らせ", "euc_jp"),
        ("Плата за обучение", "cp1251"),
    ],
)
def test_pages_of_other_languages_are_in_what_they_declare(words, encoding):
    body = f"<meta charset={encoding}><p>{words}</p>".encode(encoding)

    found = decode(body)

    assert (found.encoding, found.doubtful) == (encoding, False)
    assert words in found.text


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html; charset=utf-8",
        "text/html; charset=ISO-8859-1",
        "text/html; charset=euc-kr",
        "text/html",
        None,
    ],
)
def test_a_page_in_gbk_is_read_whatever_the_server_says(content_type):
    found = decode("<p>信息公开</p>".encode("gbk"), content_type)

    assert (found.text, found.encoding, found.doubtful) == ("<p>信息公开</p>", "gb18030", False)
