"""题名: what a title is about: document numbers, the core of the name, years, lots. Pure.

Titles of one matter differ by custom: 关于印发《甲办法》的通知 is explained by 《甲办法》政策解读,
or 一图读懂甲办法. What custom adds is taken off both; what is left must be the same, or shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.docnumbers import DocNo, doc_numbers
from monitor.periods import years_in
from monitor.textform import normal_form


@dataclass(frozen=True, slots=True)
class Subject:
    """所指: one matter a title names, without what custom adds.

    ``quoted``: it stood in 《》, so the name is meant to be whole. ``cut``: the list shows only
    its beginning.
    """

    core: str
    stem: str = ""  # the core without words that titles gain and lose freely
    form: str = ""  # 办法, 细则, 方案 …: what kind of document the name says
    years: frozenset[int] = frozenset()
    places: tuple[str, ...] = ()  # of others than the reader's own
    marks: frozenset[tuple[str, int]] = frozenset()  # 第二标段, 第3批 …
    levels: frozenset[str] = frozenset()  # 小学, 初中 …
    quoted: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """一条题名, read."""

    subjects: tuple[Subject, ...]
    doc_nos: tuple[DocNo, ...] = ()


@lru_cache(maxsize=1 << 14)
def read(title: str, own_places: tuple[str, ...] = ()) -> Title:
    """Read a title; ``own_places`` are names of the reader's own place, which may be left out.

    >>> read("青禾县教育局关于印发《青禾县校服管理办法》的通知", ("青禾县",)).subjects[0].core
    '校服管理办法'
    >>> [one.core for one in read("一图读懂《甲校车办法》《乙校车细则》").subjects]
    ['甲校车办法', '乙校车细则']
    """
    text = normal_form(title)
    is_cut = _CUT.search(text) is not None
    text = _CUT.sub("", text)
    numbers = tuple(doc_numbers(text))
    names = tuple(dict.fromkeys(_names(_NUMBERED.sub("", text))))
    years = _years(text)
    made = (_subject(name, quoted, years, own_places, is_cut) for name, quoted in names)
    return Title(tuple(subject for subject in made if subject.core), numbers)


# --- the names a title holds ---------------------------------------------------------------

#: a document number with what belongs to it: its agency begins after the name it stands behind
_NUMBERED = re.compile(
    r"[(（][\u4e00-\u9fff]{0,12}〔(?:19|20)\d\d〕第?\d{1,4}号[)）]"
    r"|(?:^|(?<=[法知见案则定准度划读》)]))[\u4e00-\u9fff]{1,8}[〔\[(【<](?:19|20)\d\d[〕\])】>]第?\d{1,4}号"
    r"|[(（]?[\u4e00-\u9fff]{0,4}[〔\[(【<](?:19|20)\d\d[〕\])】>]第?\d{1,4}号[)）]?"
)
_CUT = re.compile(r"(?:\.{2,}|…+|⋯+)$")
#: what is quoted behind these is a draft, and the word 意见 after it is that of the public
_ASKS = re.compile(r"(?:征求|征集|听取)(?:对|关于)?$")
#: what stands before a name that is only spoken of
_CITES = re.compile(
    r"(?:贯彻|落实|实施|执行|根据|依据|按照|遵守|学习|宣传|转发|对照|违反|评估|检查)$"
)
#: a name goes on after its quoted part: 《甲办法》实施细则
_GOES_ON = re.compile(
    r"^的?(?P<rest>[\u4e00-\u9fff]{0,6}(?:细则|办法|方案|意见(?!征集|采纳|反馈|建议|收集)|规定|计划|标准|清单))"
)


def _names(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each name a title is about and whether it was quoted; the whole when none is."""
    groups = list(_groups(text))
    objects = [group for group in groups if not _CITES.search(text[: group[0]])]
    if not objects:
        yield text.translate(_NO_QUOTES), False
        return
    for begin, end in objects:
        inner = text[begin + 1 : end - 1]
        following = next((first for first, _ in groups if first >= end), len(text))
        rest = _GOES_ON.match(text[end:following])
        if rest and not _ASKS.search(text[:begin]) and _bare(rest["rest"]):
            yield inner.translate(_NO_QUOTES) + rest["rest"], True
        else:
            yield from ((name, True) for name, _ in _names(inner))


_NO_QUOTES = str.maketrans("", "", "《》〈〉<>")


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the outermost quotations begin and end; the last may not be closed."""
    depth = begin = 0
    for place, sign in enumerate(text):
        if sign in "《〈":
            begin = begin if depth else place
            depth += 1
        elif sign in "》〉" and depth:
            depth -= 1
            if not depth:
                yield begin, place + 1
    if depth:
        yield begin, len(text) + 1


# --- what custom adds ----------------------------------------------------------------------

_EXPLAINED = (
    r"(?:政策|文件|文字|图文|图片|图表|视频|动漫|漫画|音频|专家|部门|媒体|负责人|主要负责人|权威|简明|新闻)*"
    r"(?:解读|图解|问答|答问)(?:材料|说明|稿|一览|回应|系列|[一二三四五六]|之[一二三四五六])*"
)
_SHOWN = r"一[图张]图?(?:读懂|看懂|了解|速览|速读|解读|明白|搞懂|带你看懂)|图说|长图|漫画|H5|划重点"
ORGAN = r"(?:[局厅部委办室会院处科股园]|政府|中心|学校|小学|中学|大学|部门)"
_HEAD = re.compile(
    rf"^(?:【[^】]*】|\[[^\]]*\]|(?:{_EXPLAINED}|{_SHOWN})[:|丨¦·,、!—\-_]*|[:|丨¦·,、!—\-_]+"
    rf"|[\u4e00-\u9fff、()·]{{2,40}}?(?:负责人|负责同志|局长|主任|科长|股长)(?=就)"
    rf"|关于|对于|有关|印发|公布|发布|下发|颁布|出台|制定|修订|公开|征求|征集|对|就"
    rf"|(?=[^关]*关于)[\u4e00-\u9fff、()·]{{2,40}}?{ORGAN}(?:等[一二三四五六七八九十\d]+部门)?(?=关于))"
)
_TAIL = re.compile(
    rf"(?:{_EXPLAINED}|{_SHOWN}|通知|通告|公告|公示|布告|函|答记者问|记者问|热点问题|常见问题"
    r"|(?:问题)?解答|(?:起草|编制|制定|出台|修订|有关|相关|政策)?(?:情况)?(?:的)?说明"
    r"|(?:公开)?(?:征求|征集|听取)(?:社会|公众|各方|群众)*意见(?:建议)?(?:稿|函)?"
    r"|(?:公众|社会|各方)*意见(?:建议)?(?:的)?(?:采纳|反馈|征集|收集)(?:情况|结果)?|(?:公众)?意见情况"
    r"|(?:采纳|反馈|征集|办理|执行|录取)(?:情况|结果|意见|名单)*"
    r"|结果|情况|公开|招标|(?:政府)?采购|中标|成交|中选|磋商|竞争性|谈判|询价|比选|合同|更正"
    r"|预算|决算|出台|来了|(?:背景|意义|亮点|看点|重点|变化|影响)(?:[和与及、](?:背景|意义|亮点|看点|重点|变化|影响))*|印发|发布|正式|有关政策|相关政策|政策|内容|要点|的|[,:、!?|丨·—\-_]+)$"
)
#: notes in brackets that say how far a document is, not what it is
NOTE = re.compile(
    r"\((?:试行|暂行|修订|修订版|修订稿|修改|新修订|征求意见稿|意见征求稿|送审稿|草案|审议稿|讨论稿"
    r"|[一二三四五六七八九十]|附[^)]*|全文|文字版|图文|代拟稿|第?[一二三]稿"
    r"|(?:19|20)\d\d年?(?:修订|版|修正)?)\)"
)
_YEAR = re.compile(
    r"(?:19|20)\d\d[-—–~至](?:20)?\d\d(?:学年度?|年度?)?|(?:19|20)\d\d(?:年度|学年度?|年)?"
    r"|[〇零一二三四五六七八九]{4}年度?"
)
#: words that titles gain and lose freely
_FREE = re.compile(
    r"进一步|切实|认真|全面|扎实|深入|持续|做好|抓好|加强|强化|规范|促进|推进|推动|深化|开展|提升|完善"
    r"|健全|若干|有关|相关|工作|实施|管理|具体|各项|全县|全市|全区|我县|我市|我区|本县|本市|本区|[的和与及、()·“”\"]"
)
_FORM = re.compile(
    r"(细则|办法|规定|意见|方案|规则|制度|标准|指南|规划|计划|要点|预案|清单|目录|守则|准则|章程"
    r"|条例|措施|纲要|规程|规范|决定|流程)$"
)


def _bare(text: str) -> str:
    """The text without what custom puts before and after a name."""
    before = None
    while text != before:
        before = text
        text = _HEAD.sub("", text, count=1)
        shorter = _TAIL.sub("", text)
        text = shorter if shorter or not text else text
    return text


def _subject(
    name: str, quoted: bool, years: frozenset[int], own_places: tuple[str, ...], cut: bool
) -> Subject:
    own_years = _years(name) or years
    marks = _marks(name)
    text = _bare(NOTE.sub("", name))
    text = _bare(_YEAR.sub("", text))
    text = NOTE.sub("", text)
    for place in sorted(own_places, key=len, reverse=True):
        before, found, rest = text.partition(place)
        if found and _PLACE.fullmatch(before):  # 云州市青禾县 is one's own 青禾县
            text = rest
        text = text.replace(place, "")
    text = _bare(text)
    places = _places(text)
    form = _FORM.search(text)
    core = _MARK.sub("", text).translate(_NO_SIGNS)
    stem = _FREE.sub("", core)
    stem = _FORM.sub("", stem) or stem
    return Subject(
        core=core,
        stem=stem,
        form=form[1] if form else "",
        years=own_years,
        places=places,
        marks=marks,
        levels=frozenset(_LEVELS[word] for word in _LEVELS if word in core.replace("中小学", "")),
        quoted=quoted,
        cut=cut,
    )


_NO_SIGNS = str.maketrans("", "", "()[]【】“”\"'·、,:;。!?-—_|丨 ")


def _years(text: str) -> frozenset[int]:
    """The years a title is about; a school year is all the years it touches."""
    years = years_in(text)
    return years.calendar | years.touched


# --- what tells two names of one form apart ------------------------------------------------

_NUMERAL = r"[一二三四五六七八九十\d]{1,3}"
_MARK = re.compile(
    rf"[(（]?第?(?P<number>{_NUMERAL})(?:个)?(?P<sort>标段|标包|包件|包|批次|批|期|轮|阶段|季度|号楼|分册|次)[)）]?"
    rf"|[(（]?(?P<sort2>标段|标包|包)(?P<number2>{_NUMERAL})[)）]?"
)
#: a five-year plan is told by its number
_FIVE_YEARS = re.compile(r"十(?P<number>[二三四五六七])五")
_SORTS = {"批次": "批", "标包": "包", "包件": "包", "分册": "册"}
#: sorts of school, by the words for each
_LEVELS = {
    "小学": "小学",
    "初中": "初中",
    "高中": "高中",
    "幼儿园": "幼儿园",
    "学前": "幼儿园",
    "中职": "中职",
    "职业": "中职",
    "特殊教育": "特殊教育",
    "特教": "特殊教育",
    "民办": "民办",
    "高校": "高校",
}
_DIGITS = {sign: place for place, sign in enumerate("一二三四五六七八九", 1)}
#: a place at the head of a name; 学区 and 校区 are none, 县域 and 市级 neither
_PLACE = re.compile(
    r"^(?:(?:(?![学校师生教育])[\u4e00-\u9fff]){2,6}?(?:省|自治区|自治州|(?<!城)市(?![级直民场内])|县(?![域级直城内])"
    r"|(?<![学校社片小园景辖地])(?<![主心老新]城)区(?![域级内])|旗(?!舰)))+"
)


def _marks(text: str) -> frozenset[tuple[str, int]]:
    found = {("五年规划", _number(plan["number"])) for plan in _FIVE_YEARS.finditer(text)}
    for mark in _MARK.finditer(text):
        sort = mark["sort"] or mark["sort2"]
        found.add((_SORTS.get(sort, sort), _number(mark["number"] or mark["number2"])))
    return frozenset(found)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return int("".join(str(_DIGITS.get(sign, sign)) for sign in text))
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _places(text: str) -> tuple[str, ...]:
    found = _PLACE.match(text)
    return (found[0],) if found else ()
