"""个人信息: lists that show numbers of persons, and others whose numbers only look like them.

Identity numbers (GB 11643), bank cards (ISO/IEC 7812) and unified social credit codes (GB 32100)
get their check characters here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.fleet.world import NEVER, Column, Entry, Listed, World

#: documents with numbers of persons, and with decoys, in 60 units and 120 nights
_SHOWING, _DECOYS = 220, 180
#: the columns in which lists of names stand, and what they are called there
_TITLES = {
    "F19": "{name}{year}年春季优秀学生表彰名单（第{number}批）",
    "F23": "{name}{year}年评优公示名单（第{number}批）",
    "F25": "{name}{year}年春季家庭经济困难学生资助名单（第{number}批）",
}
_REGIONS = ("340223", "342501", "320481", "330521", "420106", "110105", "510623", "650102")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BINS = ("622848", "621700", "622202", "621661", "623052")
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈", ("文博", "子涵", "欣怡", "宇轩", "若曦", "明哲")
_OFFICES = ("办公室", "总务处", "教导处", "德育处")

Page = tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], ...], ...]]


def plant_persons(world: World, rng: Random, serials: Iterator[int]) -> None:
    """Put the lists up; each has its own title, and none is taken down."""
    places = [place for place in world.columns if world.duties[place[1]].id in _TITLES]
    if not places:
        return
    share = len(world.units) * len(world.nights) / (60 * 120)
    for number in range(round((_SHOWING + _DECOYS) * share)):
        is_decoy = number >= round(_SHOWING * share)
        unit, duty = places[number % len(places)]
        day = rng.randint(world.first + 2, world.last - 8)
        title = _TITLES[world.duties[duty].id].format(
            name=world.units[unit].name, year=date.fromordinal(day).year, number=number + 1
        )
        serial = next(serials)
        forms = _DECOY_FORMS if is_decoy else _FORMS
        said, page = forms[number % len(forms)](rng)
        world.persons[serial] = Listed(
            unit=unit,
            duty=duty,
            serial=serial,
            published=day,
            shows=() if is_decoy else said,
            decoys=said if is_decoy else (),
            paragraphs=page[0],
            tables=page[1],
        )
        _put(
            world.columns[unit, duty],
            Entry(serial=serial, title=title, claimed=day, appears=day, vanishes=NEVER),
        )


def _put(column: Column, entry: Entry) -> None:
    column.entries.append(entry)


# --- numbers ----------------------------------------------------------------------------


def id_number(rng: Random, *, is_right: bool = True) -> str:
    """An identity number; not ``is_right``: with another check character than it should have."""
    born = date(rng.choice((1978, 1984, 2009, 2012, 2015)), 1, 1)
    born += timedelta(days=rng.randint(0, 364))
    head = f"{rng.choice(_REGIONS)}{born:%Y%m%d}{rng.randint(1, 999):03}"
    total = sum(int(digit) * weight for digit, weight in zip(head, _WEIGHTS, strict=True))
    check = "10X98765432"[total % 11]
    if not is_right:  # and no X: nobody writes the number of an order with one
        check = rng.choice([digit for digit in "0123456789" if digit != check])
    return head + check


def card_number(rng: Random) -> str:
    """A bank card of 19 digits."""
    head = rng.choice(_BINS) + "".join(rng.choices("0123456789", k=12))
    total = 0
    for place, digit in enumerate(reversed(head)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return head + str(-total % 10)


def credit_code(rng: Random) -> str:
    """A unified social credit code of a public body."""
    org = "".join(rng.choices("0123456789", k=8))
    left = 11 - sum(int(d) * w for d, w in zip(org, _ORG_WEIGHTS, strict=True)) % 11
    org += {10: "X", 11: "0"}.get(left, str(left))
    head = f"{rng.choice(('11', '12', '52'))}{rng.choice(_REGIONS)}{org}"
    values = (_CODE_LETTERS.index(letter) for letter in head)
    total = sum(value * weight for value, weight in zip(values, _CODE_WEIGHTS, strict=True))
    return head + _CODE_LETTERS[-total % 31]


def _mobile(rng: Random) -> str:
    return f"1{rng.choice(('38', '59', '77', '86'))}{rng.randint(10_000_000, 99_999_999)}"


def _name(rng: Random) -> str:
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN)


# --- lists that show them ---------------------------------------------------------------

_INTRO = "经个人申请、班级评议、学校审核，现将名单公布如下，如有异议请在规定时间内反映。"


def _table_of_ids(rng: Random) -> tuple[tuple[str, ...], Page]:
    ids = [id_number(rng) for _ in range(4)]
    rows = [(str(n), _name(rng), one, f"{rng.randint(2, 9)}00") for n, one in enumerate(ids, 1)]
    head = ("序号", "姓名", "身份证号", "金额（元）")
    return tuple(ids), ((_INTRO,), ((head, *rows),))


def _table_of_cards(rng: Random) -> tuple[tuple[str, ...], Page]:
    cards = [card_number(rng) for _ in range(3)]
    rows = [(_name(rng), "县农村商业银行", one, f"{rng.randint(2, 9)}50") for one in cards]
    return tuple(cards), ((_INTRO,), ((("学生姓名", "开户行", "银行卡号", "金额"), *rows),))


def _table_of_both(rng: Random) -> tuple[tuple[str, ...], Page]:
    pairs = [(id_number(rng), card_number(rng)) for _ in range(3)]
    rows = [(_name(rng), one.lower(), other, "已发放") for one, other in pairs]
    head = ("姓名", "证件号码", "一卡通账号", "备注")
    return tuple(number for pair in pairs for number in pair), ((_INTRO,), ((head, *rows),))


def _ids_in_words(rng: Random) -> tuple[tuple[str, ...], Page]:
    ids = [id_number(rng) for _ in range(2)]
    told = [f"{_name(rng)}同学，身份证号：{one}，家长反映情况属实。" for one in ids]
    return tuple(ids), ((_INTRO, *told), ())


def _ids_in_groups(rng: Random) -> tuple[tuple[str, ...], Page]:
    ids = [id_number(rng) for _ in range(2)]
    marks = (" ", "-")
    told = [
        f"{_name(rng)}，{mark.join((one[:6], one[6:14], one[14:]))}，符合条件。"
        for one, mark in zip(ids, marks, strict=True)
    ]
    return tuple(ids), ((_INTRO, *told), ())


def _card_in_words(rng: Random) -> tuple[tuple[str, ...], Page]:
    card = card_number(rng)
    shown = " ".join((card[:4], card[4:8], card[8:12], card[12:16], card[16:]))
    return (card,), ((_INTRO, f"补助款打入{_name(rng)}的银行卡号：{shown}，请家长查收。"), ())


# --- and others -------------------------------------------------------------------------


def _orders(rng: Random) -> tuple[tuple[str, ...], Page]:
    numbers = [id_number(rng, is_right=False) for _ in range(4)]
    rows = [(str(n), one, f"{rng.randint(10, 99)}册") for n, one in enumerate(numbers, 1)]
    return tuple(numbers), ((_INTRO,), ((("序号", "奖品订单编号", "数量"), *rows),))


def _order_in_words(rng: Random) -> tuple[tuple[str, ...], Page]:
    numbers = [id_number(rng, is_right=False) for _ in range(2)]
    told = [f"本批奖品的交易流水号为{one}，已验收入库。" for one in numbers]
    return tuple(numbers), ((_INTRO, *told), ())


def _credit_codes(rng: Random) -> tuple[tuple[str, ...], Page]:
    codes = [credit_code(rng) for _ in range(3)]
    rows = [(f"望溪县第{rng.randint(1, 99)}文具经营部", one) for one in codes]
    words = f"本校统一社会信用代码：{codes[0]}。"
    return tuple(codes), ((_INTRO, words), ((("供货单位", "统一社会信用代码"), *rows),))


def _office_telephones(rng: Random) -> tuple[tuple[str, ...], Page]:
    lines = [f"0563-{rng.randint(2_000_000, 7_999_999)}" for _ in range(3)]
    mobile = _mobile(rng)
    rows = [(rng.choice(_OFFICES), _name(rng), one) for one in lines]
    words = f"如有异议，请与学校联系，联系电话：{mobile}，监督电话：{lines[0]}。"
    return (*lines, mobile), ((_INTRO, words), ((("科室", "负责人", "联系电话"), *rows),))


def _like_phones(rng: Random) -> tuple[tuple[str, ...], Page]:
    numbers = [_mobile(rng) for _ in range(3)]
    rows = [(str(n), f"第{n}批", one) for n, one in enumerate(numbers, 1)]
    return tuple(numbers), ((_INTRO,), ((("序号", "批次", "奖状编号"), *rows),))


_Form = Callable[[Random], tuple[tuple[str, ...], Page]]
_FORMS: tuple[_Form, ...] = (
    _table_of_ids,
    _table_of_cards,
    _table_of_both,
    _ids_in_words,
    _ids_in_groups,
    _card_in_words,
)
_DECOY_FORMS: tuple[_Form, ...] = (
    _orders,
    _order_in_words,
    _credit_codes,
    _office_telephones,
    _like_phones,
)
