"""个人信息: numbers that tell a person apart, how they are known for certain and masked. Pure.

GB 11643 gives an identity number its check character, ISO/IEC 7812 a bank card its last digit; a
number that does not keep them is none. The home of python-stdnum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum import luhn
from stdnum.cn import ric

from monitor.model import Personal

#: cheap: without so many digits in a row, or in groups, there is no number to look for (written
#: as a set of characters the search is six times as fast as with ``\d``)
_LONG: Final = re.compile(r"[0-9０-９]{4}[0-9０-９ \u3000-]{10}")
_ID: Final = re.compile(r"(?<!\d)\d{6}[ \u3000-]?\d{8}[ \u3000-]?\d{3}[\dXxＸｘ×](?!\d)")
#: issued until 1999, without century and check digit: believed only where the words say what it is
_OLD_ID: Final = re.compile(r"(?<!\d)\d{15}(?![\dXxＸｘ×])")
_CARD: Final = re.compile(r"(?<!\d)\d{4}(?:[ \u3000-]?\d{4}){3}(?:[ \u3000-]?\d{1,3})?(?!\d)")
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
ID_WORDS: Final = ("身份证", "证件号", "公民身份")
CARD_WORDS: Final = ("卡号", "账号", "帐号", "账户", "帐户", "银行", "存折", "一卡通")
#: 银联: issued to nobody but holders of cards; other first digits are also those of other numbers
_UNION: Final = "62"
_FIRST_OF_CARDS: Final = frozenset("34569")
_PROVINCES: Final = frozenset(
    f"{region}{province}"
    for region, provinces in enumerate(("", "12345", "123", "1234567", "123456", "01234", "12345"))
    for province in provinces
) | {"71", "81", "82", "83"}
#: what a mask leaves behind
STARS: Final = "******"
_EARLIEST, _LATEST = 1900, 2099
_WEIGHTED: Final = 17  # characters of an identity number before its check character
#: digits left at both ends
_LEFT: Final = {Personal.ID_NUMBER: (4, 4), Personal.BANK_CARD: (4, 4), Personal.MOBILE: (3, 4)}
_SHOWN_OF_ADDRESS: Final = 6

#: titles of lists that name persons: what is handed out or decided by name, and what is made known
#: of persons; a title that only speaks of pupils is most often news
_PERSONS: Final = re.compile(
    r"名单|名册|花名|资助|助学|奖学|补助|补贴|减免|困难|贫困|救助|低保|录取|录用|聘用|拟聘|拟任|评优"
    r"|入围|评选结果"
)
_OF_PERSONS: Final = re.compile(
    r"人员|同志|学生|教师|对象|候选|推荐|招聘|招生|招募|入学|转学|学籍|评选|评审|表彰|优秀|三好|先进|获奖"
    r"|面试|体检|考核|成绩|资格|职称"
)
_MADE_KNOWN: Final = re.compile(r"公示|公布|公告|通报|结果|一览|汇总")
_NOTICE: Final = "公示"
#: what else is put up for notice: prices, projects and purchases name no persons
_THINGS: Final = re.compile(
    r"中标|成交|采购|招标|投标|项目|工程|收费|价格|食谱|菜谱|环评|环境影响|预算|决算|许可|处罚|检查结果"
)
#: aid, admission and appraisal: lists that are put up for a time, and name children or the poor
_FOR_A_TIME: Final = re.compile(
    r"资助|助学|奖学|补助|补贴|减免|困难|贫困|救助|低保|录取|新生|入学|评优|评选|三好|优秀(?:学生|少先|团)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """证件号或卡号 in a text: what it is, its digits alone, and where they stand."""

    kind: Personal
    value: str
    start: int
    end: int


def numbers(text: str, context: str | None = None) -> Iterator[Number]:
    """Yield the identity numbers and bank cards of a text, in no order.

    ``context``: the words that tell what a number may be, where they do not stand in the text.
    """
    if not _LONG.search(text):
        return
    said = text if context is None else context
    names_ids = any(word in said for word in ID_WORDS)
    names_cards = any(word in said for word in CARD_WORDS)
    taken: list[tuple[int, int]] = []
    for found in _ID.finditer(text):
        value = plain_digits(found[0])
        if is_id_number(value):
            taken.append(found.span())
            yield _number(Personal.ID_NUMBER, value, found)
    for found in _OLD_ID.finditer(text) if names_ids else ():
        value = plain_digits(found[0])
        if is_old_id_number(value):
            yield _number(Personal.ID_NUMBER, value, found)
    for found in _CARD.finditer(text):
        value = plain_digits(found[0])
        is_named = names_cards or value.startswith(_UNION)
        if is_named and is_card(value) and not _overlaps(found.span(), taken):
            yield _number(Personal.BANK_CARD, value, found)


def mobiles(text: str) -> Iterator[Number]:
    """Yield the mobile phone numbers of a text; whose they are, it does not say."""
    for found in _MOBILE.finditer(text):
        yield _number(Personal.MOBILE, plain_digits(found[0]), found)


def masked(text: str, context: str | None = None) -> str:
    """The text with the middle of every identity number and bank card starred out.

    >>> masked("张三 360426199101010071，卡号6222 0212 3456 7890 128")
    '张三 3604**********0071，卡号6222 **** **** ***0 128'
    """
    for number in sorted(numbers(text, context), key=lambda one: -one.start):
        hidden = mask(number.kind, text[number.start : number.end])
        text = f"{text[: number.start]}{hidden}{text[number.end :]}"
    return text


def telling(texts: Iterable[str]) -> str:
    """The words of several texts that tell what a number in any of them may be."""
    missing = {*ID_WORDS, *CARD_WORDS}
    said = []
    for text in texts:
        here = [word for word in missing if word in text]
        said += here
        missing.difference_update(here)
    return " ".join(said)


def mask(kind: Personal, text: str) -> str:
    """Something personal as it may be shown, as long as it was.

    >>> mask(Personal.MOBILE, "13812345678"), mask(Personal.BIRTH_DATE, "2015-03-02")
    ('138****5678', '2015-**-**')
    """
    if kind is Personal.ADDRESS:
        shown = min(_SHOWN_OF_ADDRESS, len(text) // 2)
        return text[:shown] + "*" * (len(text) - shown)
    before, after = _LEFT.get(kind, (4, 0))
    places = [place for place, letter in enumerate(text) if letter.isdigit() or letter in "XxＸｘ×"]
    hidden = set(places[before : len(places) - after])
    return "".join("*" if place in hidden else letter for place, letter in enumerate(text))


def plain_digits(text: str) -> str:
    """The digits of a number alone, full-width ones made plain, its check letter a capital X."""
    plain = (str(int(letter)) if letter.isdigit() else letter for letter in text)
    return "".join(one for one in plain if one.isalnum() or one == "×").translate(_CHECK_LETTER)


_CHECK_LETTER: Final = str.maketrans("xＸｘ×", "XXXX")


def is_id_number(value: str) -> bool:
    """Whether 18 characters are an identity number: check character, birth date and province.

    No closer look at the place: numbers are older than today's counties, and the table of
    python-stdnum refuses who was born before a county was made.
    """
    return (
        value[:_WEIGHTED].isdecimal()
        and value[:2] in _PROVINCES
        and bool(_birth(value[6:14]))
        and ric.calc_check_digit(value) == value[_WEIGHTED:]
    )


def is_old_id_number(value: str) -> bool:
    """Whether 15 digits may be an identity number of before 1999."""
    return value[:2] in _PROVINCES and bool(_birth(f"19{value[6:12]}"))


def is_card(value: str) -> bool:
    """Whether 16 to 19 digits may be a bank card's."""
    return value[0] in _FIRST_OF_CARDS and len(set(value)) > 2 and luhn.is_valid(value)


def lists_persons(title: str) -> bool:
    """Whether a title suggests a list of persons.

    >>> [lists_persons(title) for title in ("助学金发放名单", "关于考核合格人员的公示")]
    [True, True]
    >>> [lists_persons(title) for title in ("我校学生参加运动会", "关于第3号事项的公示")]
    [False, False]
    """
    if _PERSONS.search(title):
        return True
    return bool(_OF_PERSONS.search(title)) and bool(_MADE_KNOWN.search(title))


def may_list_persons(title: str) -> bool:
    """Whether a title does not say whether it is of persons or of things.

    >>> [may_list_persons(title) for title in ("关于第3号事项的公示", "食堂采购中标公示")]
    [True, False]
    """
    return _NOTICE in title and not _THINGS.search(title) and not lists_persons(title)


def is_for_a_time(title: str) -> bool:
    """Whether a title is that of a list of persons that must go when its notice is over.

    >>> [is_for_a_time(title) for title in ("2026年秋季助学金名单公示", "助学金管理办法")]
    [True, False]
    """
    is_list = _NOTICE in title or "名单" in title
    return is_list and bool(_FOR_A_TIME.search(title)) and not _THINGS.search(title)


def _number(kind: Personal, value: str, found: re.Match[str]) -> Number:
    return Number(kind=kind, value=value, start=found.start(), end=found.end())


def _birth(digits: str) -> date | None:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)
