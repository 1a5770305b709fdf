from __future__ import annotations

import re

import pytest

from crawler.redaction import redacted

NUMBER = "360426199101010071"
CARD = "6222021234567890128"


def seen_on(page: bytes) -> str:
    """What a reader of the page sees, whatever the markup."""
    text = re.sub(r"<[^>]*>", "", page.decode("gb18030" if b"gbk" in page else "utf-8"))
    text = re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text)
    return text.translate({ord("０") + n: ord("0") + n for n in range(10)})


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        "36042619910101<span lang=EN-US>0071</span>",
        "<b>3</b>60426<font size=2>1991</font>01010071",
        "".join(f"&#{ord(digit)};" for digit in NUMBER),
        NUMBER.translate({ord("0") + n: ord("０") + n for n in range(10)}),
        "360426 19910101 0071",
    ],
    ids=["whole", "parted by markup", "parted more", "as references", "full-width", "in groups"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_no_reader_of_a_stored_page_sees_the_number(written, encoding):
    page = f"<html><!--{encoding}--><p>身份证号</p><td>1</td><td>{written}</td></html>"

    stored = redacted(page.encode(encoding))

    assert NUMBER not in seen_on(stored).replace(" ", "")
    assert seen_on(stored).count("*") == 10
    assert len(re.findall(rb"<[^>]*>", stored)) == len(re.findall(r"<[^>]*>", page))


def test_all_else_of_a_page_stays_as_it_was_sent():
    page = (
        "<td>序号</td><td>340825123456789012</td><a href='/2026/202611021234567890.htm'>"
        f"联系电话：13812345678</a><td>{CARD[:-1]}9</td>"
    ).encode()

    assert redacted(page) == page


def test_a_card_and_an_address_that_holds_a_number_are_starred_out():
    page = f"<p>银行卡号 {CARD}</p><a href='/up/{NUMBER}.xls'>附件</a>".encode()

    stored = redacted(page)

    assert CARD.encode() not in stored
    assert NUMBER.encode() not in stored


def test_mobiles_of_a_list_of_persons_are_starred_out_and_those_of_an_office_are_not():
    rows = "".join(f"<tr><td>学生{n}</td><td>1381234567{n}</td></tr>" for n in range(4))
    persons = f"<table><tr><td>姓名</td><td>电话</td></tr>{rows}</table>".encode()
    office = persons.replace("姓名".encode(), "姓名、职务".encode())

    assert b"13812345670" not in redacted(persons)
    assert b"138****5670" in redacted(persons)
    assert redacted(office) == office
