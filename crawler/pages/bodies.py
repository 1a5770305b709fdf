"""正文: the part of an article page that carries its words, tables, pictures and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile, takewhile
from typing import TypeAlias
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import lxml.html

from crawler.pages.fields import Kind, fields_in, open_label
from crawler.pages.fragments import Content, Link, content_of, fragment_of, written_links
from crawler.pages.text import Line
from monitor.model import Attachment

Element: TypeAlias = lxml.html.HtmlElement

#: where an article is over. Strict: what follows is lost, and words that are lost accuse somebody
_END = re.compile(
    r"\W{0,2}(?:(?:上|下)一[篇条页](?=\s*[:：】\]]|\s*\Z)|(?:上|下)[篇条页]\s*[:：]|版权所有"
    r"|(?:相关(?:链接|文章|信息|新闻|阅读|稿件|文档|推荐|解读)|友情链接|热点(?:资讯|新闻|推荐)|推荐阅读"
    r"|扫一扫在手机(?:上?打开|查看|浏览)当前页面?)\s*[:：】\]]?\s*\Z)"
)
#: a line that is nothing but page furniture
_WIDGET = "打印|关闭|收藏|分享|字体|字号|返回|微信|扫描|纠错|浏览|点击|阅读|访问|查看"
_FURNITURE = re.compile(
    rf"(?:{_WIDGET}|本[页文]|此[页文]|窗口|页面|列表|顶部|首页|上一页|我要|操作|次数?|量|数|大|中|小|到"
    r"|[\s\d【】\[\]()（）<>|·:：])+\Z"
)
_HAS_WIDGET = re.compile(_WIDGET)
_COUNTER = re.compile(r"(?:点击|浏览|阅读|访问)(?:次数|量|数|率)?\s*[:：]\s*\d*(?:\s|次|\Z)")
_LONGEST_FURNITURE = 60
#: what is left of a dateline behind the counter a script writes: 点击：[…] 次
_REMNANT = re.compile(r"[\s\]】）)]*+(?:人?次)?[\s\]】）)]*+\Z")
#: an article cut into pages: what its pager says, in the lines where the text ends
_MORE_PAGES = re.compile(
    r"(?:共|1\s*[/／])\s*(?:[2-9]|[1-9]\d+)\s*页|(?<!\d)1 2 (?:\d+ |\.+ |…+ )*下一?页"
)
_PAGER_ABOVE, _PAGER_BELOW = 4, 8
#: words that send the reader to a file
_NAMES_FILES = re.compile(
    r"见附[件表]|附[件表][^。；]{0,12}下载|下载附[件表]|^附[件表]\s*\d*\s*[:：]\s*(?![没暂]?[无有])\S",
    re.MULTILINE,
)
_FIRST_LINES = 4  # some of which a script may have broken differently
#: addresses that end in the name of a file, or ask a handler for one
_TYPES = "pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z|csv|txt|rtf"
_FILE = re.compile(
    rf"\.(?:{_TYPES})(?:$|[?#&])"
    r"|(?:download|downfile|attach|wbfileid|fileid=|/group\d/m00/|sudyfile)"
    r"(?!.*(?:\.s?html?|/)(?:$|[?#]))",  # a page about files is none
    re.IGNORECASE,
)
_DOCUMENT = re.compile(rf"\.(?:{_TYPES})(?:$|[?#&])", re.IGNORECASE)
_FILE_NAME = re.compile(rf"\.(?:{_TYPES})\s*$", re.IGNORECASE)
_ICON = re.compile(
    r"javascript:|about:|icon|filetype|/ico[_/]|\.ico$|spacer|blank\.gif|qrcode|erweima",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|webp|tiff?)(?:$|[?#])", re.IGNORECASE)
_LONGEST_ADDRESS = 2000
_DATELINE_LINES = 8
_LONGEST_DATELINE = 120
#: what stands under a headline and is not the text; a 时间 down here is an event's
_DATELINE = frozenset({Kind.PUBLISHED, Kind.SOURCE, Kind.UPDATED, Kind.OTHER_DAY, Kind.PUBLISHER})
_BESIDE_DATELINE = _DATELINE | {None, Kind.OTHER}
_MOSTLY = 0.8
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "img", "a"})
_SCRIPT = re.compile(r"javascript:|#|\Z", re.IGNORECASE)
_PICTURES = (
    "following::*[self::img or self::video or self::iframe or self::embed"
    " or self::object or @pdfsrc]"
)


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
        start, stop = self._span
        for line in self.line_list[start : min(stop, start + _FIRST_LINES)]:
            if line.text in lines:
                lines = lines[_index(lines, line.text, self._headline) :]
                break
        shown = list(takewhile(lambda line: not _END.match(line), lines))
        while shown and _is_furniture(shown[-1]):
            shown.pop()
        return tuple(dropwhile(_is_furniture, shown))

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The tables of the body."""
        return self._fragment.tables if self._content is not None else ()

    @cached_property
    def images(self) -> tuple[str, ...]:
        """The pictures, films and frames of the body; icons and files in a viewer aside."""
        if self._content is None:
            return ()
        pictures = [*self._fragment.images]
        pictures += [picture for fragment in self._fragments_behind for picture in fragment.images]
        return tuple(
            address
            for address in pictures
            if not (_ICON.search(address) or _DOCUMENT.search(address))
        )

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of those images that are pictures by their name, each once."""
        found = []
        for address in self.images:
            if _PICTURE.search(address):
                try:
                    found.append(urljoin(self.url, address))
                except ValueError:  # not an address: http://[…
                    continue
        return tuple(dict.fromkeys(found))

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files the body and what stands right behind it point to, each once."""
        if self._content is None:
            return ()
        files: dict[str, Attachment] = {}
        for fragment in (self._fragment, *self._fragments_behind):
            for link in fragment.links:
                if file := _file(link, self.url):
                    files.setdefault(file.url or file.name, file)
        return tuple(files.values())

    @cached_property
    def goes_on(self) -> bool:
        """Whether more stands elsewhere: on further pages, in files named here and not found."""
        stop = self._span[1]
        near = self.line_list[max(stop - _PAGER_ABOVE, 0) : stop + _PAGER_BELOW]
        around = " ".join(line.text for line in near)
        if "页" in around and _MORE_PAGES.search(around):
            return True
        text = "\n".join(self.lines)
        return not self.attachments and "附" in text and bool(_NAMES_FILES.search(text))

    @cached_property
    def _fragment(self) -> Content:
        assert self._content is not None
        return content_of(self._content)

    @property
    def _headline(self) -> str:
        return self.line_list[self.head].text if self.head >= 0 else ""

    @cached_property
    def _span(self) -> tuple[int, int]:
        """The first line of the body and the first line after it."""
        lines = self.line_list
        start = self.last + 1
        while start < min(len(lines), self.last + _DATELINE_LINES) and (
            start == self.crumb
            or _is_dateline(lines[start])
            or (_REMNANT.match(lines[start].text) and lines[start].block is lines[start - 1].block)
        ):
            start += 1
        stop = start
        while stop < len(lines) and not _END.match(lines[stop].text):
            stop += 1
        return start, stop

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
        if self._anchor is around or above is None or around is None:
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

    def _lines_in(self, element: Element) -> Iterator[Line]:
        start, stop = self._span
        inside = frozenset(element.iter())
        return (line for line in self.line_list[start:stop] if line.block in inside)

    @cached_property
    def _fragments_behind(self) -> tuple[Content, ...]:
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
        _is_file(child) for child in element.iter("a", "img", "script")
    )


def _is_file(element: Element) -> bool:
    """Whether an element is a picture, or points to a file, or writes a link to one."""
    if element.tag == "script":
        return any(_leads_to_file(address) for address, _ in written_links(element.text or ""))
    return (
        element.tag == "img"
        or _leads_to_file(element.get("href", ""))
        or _FILE_NAME.search("".join(element.itertext())) is not None
    )


def _leads_to_file(address: str) -> bool:
    return len(address) <= _LONGEST_ADDRESS and _FILE.search(address) is not None


def _is_furniture(text: str) -> bool:
    if len(text) > _LONGEST_FURNITURE or not _HAS_WIDGET.search(text):
        return False
    return bool(_FURNITURE.match(text) or _COUNTER.search(text))


def _is_dateline(line: Line) -> bool:
    """Whether a line right under the headline is still about the article, not of it."""
    if _is_furniture(line.text):
        return True
    if len(line.text) > _LONGEST_DATELINE:
        return False
    kinds = {kind for kind, _ in fields_in(line.text)}
    return open_label(line.text) in _DATELINE or (
        kinds <= _BESIDE_DATELINE and not kinds.isdisjoint(_DATELINE)
    )


def _index(lines: Sequence[str], first: str, headline: str) -> int:
    """Return where ``first`` stands, after the headline if that is among the lines."""
    after = lines.index(headline) + 1 if headline in lines else 0
    try:
        return lines.index(first, after)
    except ValueError:
        return lines.index(first)


def _file(link: Link, page: str) -> Attachment | None:
    """Return the file a link points to; None when it points to a page.

    A file only a script can fetch has no address: it is there, and cannot be read.
    """
    address = link.address
    if not (_leads_to_file(address) or _FILE_NAME.search(link.name)):
        return None
    if link.tag == "iframe" and not _leads_to_file(address):
        return None
    try:
        viewed = parse_qs(urlsplit(address).query).get("file")
        url = "" if _SCRIPT.match(address) else urljoin(page, viewed[0] if viewed else address)
        name = link.name or unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:  # not an address: http://[…
        return None
    return Attachment(name=name, url=url)
