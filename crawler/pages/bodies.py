"""正文: the part of an article page that carries its words, tables, pictures and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import lxml.html

from crawler.pages.fields import Kind, fields_in, open_label
from crawler.pages.text import Fragment, Line, Link, fragment_of
from monitor.model import Attachment

Element = lxml.html.HtmlElement

#: where an article is over, whatever element it stands in
_END = re.compile(
    r"[【\[（(]?\s*(?:(?:上|下|前|后)一?[篇条页][】\]]?\s*[:：]|(?:上|下)一[篇条]|版权所有|相关(?:链接|文章|信息|新闻|阅读"
    r"|稿件|文档|推荐|解读|附件下载)|友情链接|热点(?:资讯|新闻|推荐)|推荐阅读|扫一扫在手机|主办单位[:：])"
)
#: a line that is nothing but page furniture
_FURNITURE = re.compile(
    r"(?:[\s【】\[\]()（）<>|·:：]|打印(?:本[页文]|此[页文])?|关闭(?:本页|窗口|页面)?|收藏(?:本页)?|分享到?|字体|字号|大|中|小"
    r"|返回(?:列表|顶部|首页|上一页)?|微信|扫描|我要纠错|操作>*|(?:浏览|点击|阅读|访问|查看)(?:次数|量|数)?\d*|次|\d+)+\Z"
)
#: addresses that end in the name of a file, or ask a handler for one
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z|csv|txt|rtf)(?:$|[?#&])"
    r"|download|downfile|attach|wbfileid|fileid=|/group\d/m00/|sudyfile",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z)\s*$", re.IGNORECASE)
_ICON = re.compile(r"icon|filetype|/ico[_/]|\.ico$|spacer|blank\.gif|qrcode|erweima", re.IGNORECASE)
_DATELINE_LINES = 8
_LONGEST_DATELINE = 120
_DATELINE = frozenset({Kind.PUBLISHED, Kind.TIME, Kind.SOURCE, Kind.OTHER_DAY})
_MOSTLY = 0.5
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "img", "a"})
_COUNTER = re.compile(r"(?:点击|浏览|阅读|访问)(?:次数|量|数|率)?\s*[:：]\s*\d*(?:\s|次|$)")
_LONGEST_COUNTER = 60
_PICTURES = "following::*[self::img or self::iframe or self::embed or self::object or @pdfsrc]"


@dataclass(frozen=True, kw_only=True)
class Body:
    """正文: the body of an article; where it stands is found when one of its parts is asked for.

    ``head``: the line of the headline; ``last``: the last line of headline and dateline;
    ``crumb``: the line of the breadcrumb.
    """

    line_list: Sequence[Line] = ()
    head: int = -1
    last: int = -1
    crumb: int = -1
    url: str = ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the body, without what stands before and after it."""
        if self._content is None:
            return ()
        lines: Sequence[str] = self._fragment.lines
        if self._first in lines:
            lines = lines[_index(lines, self._first, self._headline) :]
        shown = takewhile(lambda line: not _END.match(line), lines)
        return tuple(line for line in shown if not _is_furniture(line))

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The tables of the body."""
        return self._fragment.tables if self._content is not None else ()

    @cached_property
    def images(self) -> int:
        """The pictures of the body, icons aside."""
        if self._content is None:
            return 0
        pictures = [*self._fragment.images]
        pictures += [picture for fragment in self._fragments_behind for picture in fragment.images]
        return sum(not _ICON.search(address) for address in pictures)

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files the body and what stands right behind it point to, each once."""
        if self._content is None:
            return ()
        files: dict[str, Attachment] = {}
        for fragment in (self._fragment, *self._fragments_behind):
            for link in fragment.links:
                if file := _file(link, self.url):
                    files.setdefault(file.url, file)
        return tuple(files.values())

    @cached_property
    def _fragment(self) -> Fragment:
        assert self._content is not None
        return fragment_of(self._content)

    @property
    def _headline(self) -> str:
        return self.line_list[self.head].text if self.head >= 0 else ""

    @cached_property
    def _span(self) -> tuple[int, int]:
        """The first line of the body and the first line after it."""
        lines = self.line_list
        start = self.last + 1
        while start < min(len(lines), self.last + _DATELINE_LINES) and (
            start == self.crumb or _is_dateline(lines[start])
        ):
            start += 1
        stop = start
        while stop < len(lines) and not _END.match(lines[stop].text):
            stop += 1
        return start, stop

    @property
    def _first(self) -> str:
        start, stop = self._span
        return self.line_list[start].text if start < stop else ""

    @cached_property
    def _anchor(self) -> Element | None:
        """The element the body surely holds: its first line, else its first picture or file."""
        start, stop = self._span
        if start < stop:
            return self.line_list[start].block
        if self.last < 0:
            return None
        return next(iter(self.line_list[self.last].block.xpath(_PICTURES)), None)

    @cached_property
    def _content(self) -> Element | None:
        """The element that holds the body: beside the headline, or around both."""
        if self._anchor is None:
            return None
        around = self._around
        node = self._anchor
        while (above := node.getparent()) is not None and above is not around:
            node = above
        if self._anchor is around or above is None:
            return self._anchor
        if node.tag in _PARAGRAPHS:
            return around
        start, stop = self._span
        inside = sum(len(line.text) for line in self._lines_in(node))
        whole = sum(len(line.text) for line in self._lines_in(around))
        return around if start < stop and inside < whole * _MOSTLY else node

    @cached_property
    def _around(self) -> Element | None:
        """The smallest element that holds both headline and body."""
        if self._anchor is None:
            return None
        line = self.line_list[max(self.head, 0)] if self.head >= 0 else None
        above = {self._anchor, *self._anchor.iterancestors()}
        node = line.block if line else self._anchor.getparent()
        while node is not None and node not in above:
            node = node.getparent()
        return node

    @property
    def _is_flat(self) -> bool:
        """Whether the headline stands inside the element of the body."""
        return self._content is self._around

    def _lines_in(self, element: Element | None) -> Iterator[Line]:
        start, stop = self._span
        for line in self.line_list[start:stop]:
            if line.block is element or any(up is element for up in line.block.iterancestors()):
                yield line

    @cached_property
    def _fragments_behind(self) -> tuple[Fragment, ...]:
        """What stands right behind the body and holds files or pictures."""
        if self._is_flat or self._content is None:
            return ()
        stop = self._span[1]
        end = self.line_list[stop].block if stop < len(self.line_list) else None
        over = {end, *end.iterancestors()} if end is not None else set()
        behind = takewhile(lambda element: element not in over, self._content.itersiblings())
        return tuple(fragment_of(element) for element in behind if _holds_files(element))


def _holds_files(element: Element) -> bool:
    return isinstance(element.tag, str) and any(
        child.tag == "img" or _FILE.search(child.get("href", ""))
        for child in element.iter("a", "img")
    )


def _is_furniture(text: str) -> bool:
    return bool(_FURNITURE.match(text) or (len(text) <= _LONGEST_COUNTER and _COUNTER.search(text)))


def _is_dateline(line: Line) -> bool:
    """Whether a line right under the headline is still about the article, not of it."""
    if _is_furniture(line.text):
        return True
    fields = fields_in(line.text)
    return len(line.text) <= _LONGEST_DATELINE and (
        open_label(line.text) is not None
        or all(kind not in (None, Kind.OTHER) for kind, _ in fields)
        or (len(fields) > 1 and any(kind in _DATELINE for kind, _ in fields))
    )


def _index(lines: Sequence[str], first: str, headline: str) -> int:
    """Return where ``first`` stands, after the headline if that is among the lines."""
    after = lines.index(headline) + 1 if headline in lines else 0
    try:
        return lines.index(first, after)
    except ValueError:
        return lines.index(first)


def _file(link: Link, page: str) -> Attachment | None:
    """Return the file a link points to; None when it points to a page."""
    address = link.address
    if not (_FILE.search(address) or _FILE_NAME.search(link.name)):
        return None
    if link.tag == "iframe" and not _FILE.search(address):
        return None
    try:
        viewed = parse_qs(urlsplit(address).query).get("file")
        url = urljoin(page, viewed[0] if viewed else address)
        name = link.name or unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:  # not an address: http://[…
        return None
    return Attachment(name=name, url=url)
