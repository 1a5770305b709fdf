from __future__ import annotations

import hashlib
import hmac
import random
from datetime import UTC, datetime

import pytest
from builders import document
from personlists import Paper, harmless, list_of_persons

from crawler.ask import Answer, Ask
from crawler.details import Inside, open_entry
from crawler.exposed import looked_through
from crawler.pages.attachments import FileText, read_file
from crawler.pages.lists import Entry
from crawler.reading import Row
from monitor.model import Document, Extract, Personal

KEY = b"a key of one office"
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
KINDS = {"html": "htm", "xlsx": "xlsx", "docx": "docx", "pdf": "pdf"}


def opened(paper: Paper, number: int = 0) -> Inside:
    """An entry as a night opens it, its file read by the real reader."""
    url = f"http://school.example/{number}.{KINDS[paper.kind]}"
    walk = open_entry(
        Row(entry=Entry(title=paper.title, url=url), page="http://school.example/"),
        files=True,
        names=(),
        seen_at=AT,
    )

    def answer(ask: Ask) -> Answer:
        file: FileText | None = read_file(paper.body) if ask.file else None
        body = b"" if ask.file else paper.body
        return Answer(asked=ask.url, url=ask.url, status=200, body=body, file=file, fetched_at=AT)

    try:
        ask = next(walk)
        while True:
            ask = walk.send(answer(ask))
    except StopIteration as end:
        return end.value


def seen(paper: Paper, number: int = 0) -> Document:
    inside = opened(paper, number)
    return looked_through(document(title=paper.title, extracts=inside.extracts), KEY, AT.date())


def table(*rows: str, file: str = "名单.xlsx") -> Document:
    return document(
        extracts=tuple(
            Extract(text=row, file=file, where="Sheet1", row=number)
            for number, row in enumerate(rows, 1)
        )
    )


def found(one: Document) -> list[tuple[Personal, str, str]]:
    return [
        (hit.kind, hit.masked, hit.where) for hit in looked_through(one, KEY, AT.date()).exposed
    ]


def mark(kind: Personal, value: str) -> str:
    said = f"{kind.name}:{value}".encode()
    return hmac.new(KEY, said, hashlib.sha256).hexdigest()[:16]


def test_of_three_hundred_papers_the_lists_of_persons_are_told_from_the_others():
    lot = random.Random(20261102)
    missed: dict[Personal, list[str]] = {kind: [] for kind in Personal}
    planted = 0
    unmasked: list[str] = []
    for number in range(150):
        paper = list_of_persons(lot, number)
        one = seen(paper, number)
        marks = {hit.mark for hit in one.exposed}
        for kind, values in (
            (Personal.ID_NUMBER, paper.ids),
            (Personal.BANK_CARD, paper.cards),
            (Personal.MOBILE, paper.mobiles),
        ):
            missed[kind] += [value for value in values if mark(kind, value) not in marks]
        planted += len(paper.ids)
        kept = "".join(extract.text for extract in one.extracts)
        unmasked += [value for value in paper.planted if value in kept]
    clean = [harmless(lot, number) for number in range(150)]
    false = [paper.title for number, paper in enumerate(clean) if seen(paper, number).exposed]

    assert len(missed[Personal.ID_NUMBER]) <= planted * 0.01
    assert len(missed[Personal.BANK_CARD]) <= planted * 0.01
    assert len(missed[Personal.MOBILE]) <= planted * 0.01
    assert unmasked == []
    assert len(false) <= len(clean) * 0.005


def test_a_hit_tells_what_it_is_where_it_stands_and_never_the_number():
    one = table(
        "姓名\t班级\t身份证号\t家长电话\t出生日期\t家庭住址",
        "张三\t三（1）班\t360426199101010071\t13812345678\t2015-03-02\t青石镇向阳村大塘组5号",
    )

    assert found(one) == [
        (Personal.ID_NUMBER, "3604**********0071", "名单.xlsx Sheet1 第2行C列"),
        (Personal.MOBILE, "138****5678", "名单.xlsx Sheet1 第2行D列"),
        (Personal.BIRTH_DATE, "2015-**-**", "名单.xlsx Sheet1 第2行E列"),
        (Personal.ADDRESS, "青石镇向阳******", "名单.xlsx Sheet1 第2行F列"),
    ]
    assert looked_through(one, KEY, AT.date()).extracts[1].text == (
        "张三\t三（1）班\t3604**********0071\t138****5678\t2015-**-**\t青石镇向阳******"
    )


def test_the_same_number_is_known_again_only_under_the_same_key():
    one = document(extracts=(Extract(text="身份证号：360426199101010071"),))
    spaced = document(extracts=(Extract(text="360426 19910101 0071"),))

    (first,), (again,) = (looked_through(each, KEY, AT.date()).exposed for each in (one, spaced))
    (other,) = looked_through(one, b"another office", AT.date()).exposed

    assert first.mark == again.mark != other.mark


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：13812345678",
        "举报电话：0563-1234567、13812345678",
        "统一社会信用代码：123408254860012345",
        "身份证号：360426199101010072",
        "身份证号：360426199113010071",
        "身份证号：3604**********0071",
        "户名：青禾县实验小学 账号：6222021234567890128",
        "张三的银行卡号：6222021234567890129",
        "订单号 20261102360426199101010071",
        "档案号：34082520260901001X、340825202609010028、340825202609010036",
    ],
    ids=[
        "a line of contact",
        "two of them",
        "an organisation's code",
        "a wrong check character",
        "no such month",
        "masked already",
        "a school's account",
        "a wrong check digit",
        "a longer number",
        "what a register numbers by place and day",
    ],
)
def test_what_is_no_persons_or_is_there_to_be_read_is_no_hit(text):
    assert found(document(extracts=(Extract(text=text),))) == []


def test_an_old_number_is_one_only_in_a_column_that_says_so():
    assert found(table("姓名\t身份证号", "李四\t360426910101007")) == [
        (Personal.ID_NUMBER, "3604*******1007", "名单.xlsx Sheet1 第2行B列")
    ]
    assert found(table("姓名\t准考证号", "李四\t360426910101007")) == []


def test_phones_of_who_is_in_charge_are_there_to_be_read():
    assert found(table("姓名\t职务\t手机", "李四\t校长\t13812345678")) == []
    assert found(table("学校\t校长姓名\t电话", "一小\t李四\t13812345678")) == []
    assert [kind for kind, _, _ in found(table("姓名\t手机", "李四\t13812345678"))] == [
        Personal.MOBILE
    ]


def test_a_number_in_the_name_of_a_file_is_one():
    one = document(title="张三360426199101010071.jpg", extracts=(Extract(text="见附件"),))

    assert found(one) == [(Personal.ID_NUMBER, "3604**********0071", "标题或文件名")]


def test_what_was_known_stays_where_tonights_reading_had_trouble():
    known = looked_through(
        table("姓名\t身份证号", "李四\t360426199101010071"), KEY, AT.date()
    ).exposed

    again = looked_through(
        document(exposed=known, extracts=(Extract(text="见附件"),)), KEY, AT.date()
    )

    assert again.exposed == known
