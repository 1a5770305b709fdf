"""单元格: what a person typed into one cell → an address, a mail address, yes or no, a day.

Pure. Each reader forgives what has one meaning and raises :class:`BadCell` for what has none;
nothing is guessed. The second value of a pair tells that the reading should be shown back.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from monitor.wording import Slip

YES = frozenset(
    ["是", "有", "对", "√", "✓", "✔", "☑", "1", "y", "yes", "true", "已", "已有", "寄宿"]
)
NO = frozenset(
    ["否", "无", "没有", "不是", "非", "×", "✗", "✘", "☐", "x", "0", "n", "no", "false", "未", "不"]
)
UNKNOWN = frozenset(["", "不详", "不清楚", "未知", "待定", "待核"])
NONE_GIVEN = frozenset(["", "无", "没有", "暂无", "无网站", "没有网站", "-", "--", "—", "——", "/"])


class BadCell(ValueError):
    """The cell has no meaning, or more than one."""

    def __init__(self, slip: Slip, **facts: object) -> None:
        super().__init__(slip.name)
        self.slip = slip
        self.facts = facts


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def read_yes_no(text: str, *, yes: Collection[str] = (), no: Collection[str] = ()) -> bool | None:
    """Yes, no, or None for a blank cell; ``yes`` and ``no`` are further words of this column.

    >>> [read_yes_no(text) for text in ("√", "１", "无", "×", "")]
    [True, True, False, False, None]
    """
    word = _plain(text).casefold()
    if word in UNKNOWN:
        return None
    if word in YES or word in yes:
        return True
    if word in NO or word in no:
        return False
    raise BadCell(Slip.NOT_YES_NO, given=text)


# --- addresses --------------------------------------------------------------------------

_SCHEME = re.compile(r"(https?)(?:[:;]+[/\\]*|[/\\]{2,}|[.。][/\\]{2,})", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)", re.ASCII)


def read_address(text: str) -> tuple[str, bool]:
    """A web address, "" for none, and whether it had to be repaired.

    >>> read_address("http:/www.a.cn/x"), read_address("ｗｗｗ.a.cn"), read_address("无")
    (('http://www.a.cn/x', True), ('http://www.a.cn', False), ('', False))
    """
    given = re.sub(r"\s+", "", _plain(text)).strip("<>《》“”\"'，,;；。")
    if given in NONE_GIVEN:
        return "", False
    if found := _SCHEME.match(given):
        scheme, rest = found.group(1).lower(), given[found.end() :]
    else:
        scheme, rest = "http", given.removeprefix("//")
    host, mark, path = rest.replace("\\", "/").partition("/")
    address = f"{scheme}://{host.replace('。', '.')}{mark}{path}"
    if not _is_site(address):
        raise BadCell(Slip.BAD_ADDRESS, given=text)
    as_typed = (address, f"{scheme}://{given}", f"{scheme}:{given}")
    return address, given not in as_typed and address not in as_typed[1:]


def _is_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return port != 0 and "@" not in parts.netloc and is_host(host)


def is_host(host: str) -> bool:
    """Whether ``host`` can be the name or the number of a machine.

    >>> [is_host(name) for name in ("教育.中国", "10.0.0.1", "localhost", "-a.cn", "10.0.0.300")]
    [True, True, True, False, False]
    """
    try:
        ipaddress.ip_address(host.strip("[]"))
        return True
    except ValueError:
        pass
    name = ascii_host(host)
    labels = name.split(".")
    if not name or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return name == "localhost" or (len(labels) > 1 and not labels[-1].isdecimal())


def ascii_host(host: str) -> str:
    """The host as it goes over the wire; "" when it cannot."""
    try:
        return host.encode("idna").decode("ascii") if host else ""
    except UnicodeError:
        return ""


_LOCAL = re.compile(r"(?![.-])[A-Za-z0-9._%+-]{1,64}(?<!\.)")


def read_mail(text: str) -> str:
    """Exactly one mail address, "" for none; a Chinese domain in the form mail servers take.

    >>> read_mail(" zhang＠example.cn "), read_mail("a@教育.中国")
    ('zhang@example.cn', 'a@xn--wcvs22d.xn--fiqs8s')
    """
    given = _plain(text)
    if given in NONE_GIVEN:
        return ""
    local, _, domain = given.partition("@")
    name = ascii_host(domain.replace("。", "."))
    whole = f"{local}@{name}"
    if not _LOCAL.fullmatch(local) or "." not in name or not is_host(name) or len(whole) > 254:
        raise BadCell(Slip.BAD_MAIL_CELL, given=text)
    return whole


# --- days -------------------------------------------------------------------------------

_DAY = re.compile(
    r"(?P<year>\d{4})(?:年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})[日号]?"
    r"|(?P<mark>[-./])(?P<m2>\d{1,2})(?P=mark)(?P<d2>\d{1,2})"
    r"|(?P<m3>\d{2})(?P<d3>\d{2}))"
    r"(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?)?"
    r"(?:(?:[T ]|(?<=[日号)]))\d{1,2}:\d{2}(?::\d{2})?)?"
)
_MONTH_DAY = re.compile(r"(\d{1,2})(?:月(\d{1,2})[日号]?|[./-](\d{1,2}))")
#: typed as 11.1 or as 11.10: a cell that holds a number has lost the nought
LOST_NOUGHT = frozenset({1, 2, 3})
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_SERIAL_BEGIN = date(1899, 12, 30)
_YEARS = range(1990, 2100)


def read_day(value: object) -> tuple[date, bool]:
    """A day written out with year, month and day, and whether it was read from a bare number.

    >>> read_day("2026年3月2日")[0] == read_day("2026.3.2")[0] == read_day("20260302")[0]
    True
    """
    if isinstance(value, datetime):
        return value.date(), False
    if isinstance(value, date):
        return value, False
    if isinstance(value, (int, float)) and 36526 <= value <= 55153:  # 2000 to 2050 in a sheet
        return _SERIAL_BEGIN + timedelta(days=int(value)), True
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    plain = re.sub(r"\s+", " ", re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", _plain(text)))
    if found := _CHINESE_DAY.fullmatch(plain):
        year = int(found.group(1).translate(_NUMERALS))
        return _date(year, _number(found.group(2)), _number(found.group(3)), text), False
    found = _DAY.fullmatch(plain)
    if not found or int(found["year"]) not in _YEARS:
        raise BadCell(Slip.DATE_UNCLEAR, given=text)
    month = found["m1"] or found["m2"] or found["m3"]
    day = found["d1"] or found["d2"] or found["d3"]
    return _date(int(found["year"]), int(month), int(day), text), False


def read_month_day(value: object) -> tuple[int, int] | None:
    """Month and day of a day without a year; None for anything else.

    >>> read_month_day("11.9"), read_month_day(11.9), read_month_day("2026.11.9")
    ((11, 9), (11, 9), None)
    """
    if isinstance(value, (date, bool)):
        return None
    found = _MONTH_DAY.fullmatch(_plain(str(value)).replace(" ", ""))
    return (int(found[1]), int(found[2] or found[3])) if found else None


def is_day(value: object, day: date) -> bool:
    """Whether a cell means ``day``, as people write it; without a year it is of the same one.

    >>> [is_day(text, date(2026, 11, 10)) for text in ("2026/11/10", "11月10日", 11.1, "11.1")]
    [True, True, True, False]
    """
    found = read_month_day(value)
    if found is None:
        try:
            return read_day(value)[0] == day
        except BadCell:
            return False
    month, number = found
    has_lost_nought = isinstance(value, float) and number in LOST_NOUGHT
    return month == day.month and day.day in {number, 10 * number if has_lost_nought else number}


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell(Slip.DATE_IMPOSSIBLE, given=text) from None


def _number(numeral: str) -> int:
    """A Chinese numeral below one hundred.

    >>> [_number(text) for text in ("三", "十", "十二", "二十", "三十一")]
    [3, 10, 12, 20, 31]
    """
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int(numeral.translate(_NUMERALS))
    return (int(tens.translate(_NUMERALS)) if tens else 1) * 10 + (
        int(ones.translate(_NUMERALS)) if ones else 0
    )
