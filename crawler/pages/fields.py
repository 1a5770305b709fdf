"""标注: labels and their values, as dateline and 信息公开目录 show them: 来源：…, 索引号 | …"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from monitor.textform import normal_form, simplified


@enum.unique
class Kind(enum.Enum):
    """标注种类: what the value after a label is."""

    PUBLISHED = "发布日期"
    TIME = "时间"  # says not of what, but stands under a headline
    ISSUED = "发文日期"  # of the document; with a time of day it is the system's: publication
    WRITTEN = "成文日期"
    UPDATED = "更新日期"
    OTHER_DAY = "其他日期"  # 页面生成, 生效: never a publication
    SOURCE = "来源"
    PUBLISHER = "发布机构"
    INDEX_NO = "索引号"
    DOC_NO = "文号"
    TITLE = "信息名称"
    OTHER = "其他"
    UNKNOWN = "未知"  # words before a colon that are no label we know


#: the words of each kind; blanks between their characters are allowed for
_WORDS: Mapping[Kind, str] = {
    Kind.PUBLISHED: "发布时间 发布日期 发布于 发表时间 发表日期 发表于 公布时间 公布日期 公开日期"
    " 公开时间 发稿时间 发稿日期 刊发时间 刊发日期 录入时间 添加时间 添加日期 上传时间 上传日期"
    " 上网时间 上网日期 信息时间 信息日期 文章日期 新闻时间 新闻日期 发文时间 公开日 发布日"
    " 公示时间 公示日期 掲载日 揭载日 投稿日 登录日 刊登时间 刊登日期 推送时间 推送日期 张贴日期",
    Kind.TIME: "时间 日期",
    Kind.ISSUED: "发文日期",
    Kind.WRITTEN: "成文日期 成文时间 生成日期 生成时间 印发日期 印发时间 制发日期 签发日期",
    Kind.UPDATED: "更新时间 更新日期 最后更新 最后更新时间 最近更新 最近更新时间 修改时间 修改日期"
    " 最后修改 更新日 最终更新日",
    Kind.OTHER_DAY: "页面生成时间 生效日期 生效时间 施行日期 实施日期 失效日期 失效时间 废止日期"
    " 废止时间 截止时间 截止日期 有效期 活动时间 会议时间 报名时间 当前时间 现在时间 系统时间"
    " 北京时间",
    Kind.SOURCE: "来源 信息来源 文章来源 稿件来源 新闻来源 消息来源 内容来源 稿源 出处",
    Kind.PUBLISHER: "发布机构 发布单位 发布部门 发布机关 发文机关 发文单位 发文机构 制发机关"
    " 制发单位 公开机构 公开单位 公开责任部门 责任部门 信息提供单位 供稿单位 发布者单位",
    Kind.INDEX_NO: "索引号 信息索引号 索引码 索引编号 信息索引",
    Kind.DOC_NO: "发文字号 发文文号 发布文号 文件编号 公文文号 文号 文件号",
    Kind.TITLE: "信息名称 文件名称 公文名称 标题 名称",
    Kind.OTHER: "组配分类 主题分类 信息分类 体裁分类 信息类别 公开目录 公开类别 公开类型 主题导航"
    " 内容概述 内容摘要 信息摘要 关键词 主题词 关键字 有效性 效力状态 是否有效 公开方式 公开时限"
    " 公开范围 公开程序 服务对象 所属栏目 栏目 分类 作者 责任编辑 责编 编辑 审核 审核人 终审"
    " 初审 复审 校对 录入 录入者 录入人 发布人 发布者 上传者 发布员 核发 签发 供稿 供稿人 撰稿"
    " 撰稿人 通讯员 记者 摄影 文字 图片 点击 点击数 点击率 点击量 点击次数 浏览 浏览量 浏览数"
    " 浏览次数 阅读 阅读量 阅读数 阅读次数 访问量 访问次数 查看 查看次数 人气 字体 字号 字体大小"
    " 文字大小 背景色 打印 分享 分享到 视力保护色 评论 次数 语种 文种 载体类型",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
#: the kinds whose values are words, so that placeholders and widgets must be told from them
_NAMES = frozenset({Kind.SOURCE, Kind.PUBLISHER, Kind.INDEX_NO, Kind.DOC_NO, Kind.TITLE})
#: labels of pages in other languages, which need no colon before a value
_FOREIGN = {
    Kind.PUBLISHED: r"(?:first )?published(?: on| at| date| time)?|publish(?:ing|ation)? ?(?:date"
    r"|time|on)|posted(?: on| at| date)?|post(?:ing)? date|released?(?: date| on| time)?"
    r"|date published|date posted|date of (?:publication|issue)|issued on|added on"
    r"|작성일자?|등록일자?|게시일자?",
    Kind.UPDATED: r"(?:last |date )?(?:updated|modified|revised|reviewed|edited)(?: on| at| date)?"
    r"|last update|update (?:date|time)|수정일|최종수정일",
    Kind.TIME: r"date(?: and time)?|time",
    Kind.OTHER_DAY: r"(?:expir(?:es|y|ation)|deadline|closing|valid|effective|due|event|start|end)"
    r"(?: date| time| until| on| from)*",
    Kind.SOURCE: r"source|from|출처",
    Kind.OTHER: r"author|writer|editor|written by|by|views?|hits?|clicks?|reads?|visits?"
    r"|작성자|조회수?",
}
_FOREIGN_KINDS = tuple(_FOREIGN)
_FOREIGN_LABEL = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"({words})" for words in _FOREIGN.values())
    + r")\s*(?:[:：]\s*|(?<!by)(?<!from) (?=\d|[A-Z][a-z]{2,8}\.? \d))",
    re.IGNORECASE,
)
_FOREIGN_SIGN = re.compile("[A-Za-z]{2}|일|자|출처|조회")
_COLONS = ":：∶︰﹕"
#: where a label ends: its colon, or the number right behind 发布于, 发布时间
_ENDS = re.compile(rf"\s*[{_COLONS}]\s*|(?:(?<=发[布表]于)|(?<=发[布表][时日][间期]))\s*(?=\d)")
_MAY_END = re.compile(f"[{_COLONS}发]")
_WORDS_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]\s?)*[\u4e00-\u9fff]\Z")
_LONGEST_LABEL, _SHORTEST_LABEL = 8, 2
_ADDITION = 2  # characters that make another label of one
#: a widget or a link that follows a value in the same line
_FURNITURE = re.compile(
    r"\s*(?:[|｜丨]|[【\[［](?!\s*\d)|我要纠错|打印|关闭|收藏|分享|扫一扫|视力保护|保护视力|大\s*中\s*小"
    r"|字体|字号|(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*\d*|返回列表).*\Z",
    re.DOTALL,
)
_UNFILLED = re.compile(
    r"(?:[-—–_/\\.·、,，;；:：*\s〔〕\[\]［］【】﹝﹞()（）]|号|无|null|None|undefined)*\Z"
)
#: pinyin behind the characters, as mirrors of government texts carry it: 機(jī)構(gòu)
_GLOSS = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿɡ]{1,7}[)）]")
_TONE = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_GLOSSED = 3  # one pinyin in brackets explains a rare character; several are a mirror's


class Field(NamedTuple):
    """标注项: one label with its value; ``kind`` is None for text that no label introduces."""

    kind: Kind | None
    value: str


@lru_cache(maxsize=512)  # a line is asked as dateline, as headline and as cell
def fields_in(text: str) -> tuple[Field, ...]:
    """Split a line at its labels: text before the first one, then each label's value.

    >>> [field.value for field in fields_in("2024-07-04 来源：教育局作者：张三 点击：12")]
    ['2024-07-04', '教育局', '张三', '12']
    """
    plain = simplified(text)
    labels = list(_labels(plain))
    if _FOREIGN_SIGN.search(plain):
        labels = sorted([*labels, *_foreign_labels(plain)], key=lambda label: label.start)
    return tuple(_split(text, labels or list(_bare_labels(plain))))


def cells_of(lines: Sequence[str]) -> Iterator[Field]:
    """Yield what label cells say of the cell after them: ``索 引 号``, then its value.

    A value that is a label itself means that the one before was not filled in.
    """
    kinds = [_cell_kind(line) for line in lines]
    for place, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is not None:
            after = lines[place + 1] if place + 1 < len(lines) else ""
            if after and kinds[place + 1] is None and not fields_in(after)[0].kind:
                yield Field(kind, clean_value(after) if kind in _NAMES else after)
        elif len(line) <= _LONGEST_ROW:
            yield from (field for field in fields_in(line) if field.kind)


def open_label(text: str) -> Kind | None:
    """Return the kind of a label that ends ``text``, so that its value stands in the next line."""
    if kind := _cell_kind(text):
        return kind
    if len(text) > _LONGEST_ROW or text[-1:] not in _COLONS:
        return None
    return fields_in(text)[-1].kind


def clean_value(value: str) -> str:
    """Return a value without widgets behind it; "" for placeholders: ``--``, ``〔〕号``, 无."""
    value = _FURNITURE.sub("", value).strip(" \t\u3000\xa0;；,，|")
    return "" if _UNFILLED.match(value) else value


def without_glosses(text: str) -> str:
    """Take pinyin glosses out of a text that carries them throughout.

    >>> without_glosses("發(fā)布機(jī)構(gòu)和教導(dǎo)局")
    '發布機構和教導局'
    """
    return _GLOSS.sub("", text) if len(_TONE.findall(text)) >= _GLOSSED else text


_LONGEST_ROW = 300  # characters of a table row flattened into one line
_LONGEST_CELL = 14  # a label with blanks and brackets


class _Label(NamedTuple):
    start: int
    end: int
    kind: Kind


def _labels(plain: str) -> Iterator[_Label]:
    """Find the labels that a colon ends."""
    floor = 0
    for colon in _ENDS.finditer(plain) if _MAY_END.search(plain) else ():
        start = max(floor, colon.start() - 2 * _LONGEST_LABEL)
        words = _WORDS_BEFORE.search(plain, start, colon.start())
        if words and (label := _label(words[0], words.start(), colon.end(), later=floor > 0)):
            yield label
            floor = colon.end()


def _foreign_labels(plain: str) -> Iterator[_Label]:
    """Find labels in English and Korean."""
    for found in _FOREIGN_LABEL.finditer(plain):
        yield _Label(found.start(), found.end(), _FOREIGN_KINDS[(found.lastindex or 1) - 1])


def _label(words: str, start: int, end: int, *, later: bool) -> _Label | None:
    """Return the longest label that ``words``, the Chinese before a colon, ends in.

    A word before it makes it another label (资金来源, 会议时间), unless it is the value of an
    earlier one (来源:教育局作者:…) or too long for that (某县教育局发布时间:…).
    """
    places = [place for place, character in enumerate(words) if not character.isspace()]
    squeezed = "".join(words.split())
    for length in range(min(_LONGEST_LABEL, len(squeezed)), _SHORTEST_LABEL - 1, -1):
        kind = _KINDS.get(squeezed[-length:])
        first = places[-length]
        glued = len(squeezed) - length if first and not words[first - 1].isspace() else 0
        if kind and (not glued or (kind is not Kind.TIME and (later or glued > _ADDITION))):
            return _Label(start + first, end, kind)
    last = words.split()[-1]
    if not _SHORTEST_LABEL <= len(last) <= _LONGEST_LABEL:
        return None
    kind = Kind.OTHER_DAY if last.endswith(("时间", "日期")) else Kind.UNKNOWN
    return _Label(start + len(words) - len(last), end, kind)


def _bare_labels(plain: str) -> Iterator[_Label]:
    """Find labels without colons, in a table row whose cells were joined by blanks."""
    first = plain.split(maxsplit=1)
    if not first or _KINDS.get(first[0], Kind.TIME) is Kind.TIME:
        return
    for token in re.finditer(r"\S+\s*", plain):
        if kind := _KINDS.get(token[0].strip()):
            yield _Label(token.start(), token.end(), kind)


def _split(text: str, labels: Sequence[_Label]) -> Iterator[Field]:
    before = text[: labels[0].start].strip() if labels else text
    if before:
        yield Field(None, before)
    for place, label in enumerate(labels):
        end = labels[place + 1].start if place + 1 < len(labels) else len(text)
        value = text[label.end : end].strip()
        yield Field(label.kind, clean_value(value) if label.kind in _NAMES else value)


def _cell_kind(text: str) -> Kind | None:
    """Return the kind of a line that is nothing but a label."""
    if len(text) > _LONGEST_CELL:
        return None
    return _KINDS.get(normal_form(text).rstrip(_COLONS).strip("【】[]"))
