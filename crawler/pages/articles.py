"""文章: one article page → headline, publish date, who says it, its column, text, attachments."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile

from crawler.pages.bodies import Body
from crawler.pages.dates import TIME_OF_DAY, Signs, Stamp, dating_of, day_in, stamps_of
from crawler.pages.fields import Field, Kind, cells_of, clean_value, without_glosses
from crawler.pages.headlines import Headline, breadcrumb, headline_of
from crawler.pages.text import Line, Page, is_prose, lines_of, open_page
from crawler.pages.undated import Undated
from monitor.model import Attachment, PublishDate
from monitor.textform import is_mixed

#: what the words around a 信息公开目录 block hold, in both scripts; without them none is looked for
_TABLE_SIGNS = ("索引", "索取号", "文号", "文字号", "文號", "文字號", "组配", "組配")
_TABLE_ABOVE, _TABLE_BELOW = 40, 60  # lines around its first sign
_DATELINE_LINES = 8  # a dateline may be a list of label and value, each in a line
_BARE_LINES = 4  # a date without a label must stand closer
_LONGEST_ROW = 300
_DOC_NO = re.compile(
    r"[（(]?[\u4e00-\u9fff]{2,14}\s?[〔\[［【(（]\s?(?:19|20)\d\d\s?[〕\]］】)）]\s?第?\s?\d{1,4}\s?号[)）]?"
)
#: elements that hold nothing but what an editor wrote
_EDITOR = re.compile(
    r"vsb_content|v_news_content|TRS_(?:Editor|UEDITOR|PreAppend)|trs_(?:editor|paper)|UCAP-CONTENT"
    r"|wp_articlecontent|Mso[A-Z]|Custom_UnionStyle|js_content|ivs_content|con_con|article-content"
)
_MARK = "\x1e"  # stands in no text
#: letters only pinyin glosses bring into a Chinese page
_TONED = tuple("āáǎàēéěèīíǐìōóǒòūúǔù")


#: days that structured data and elements of a page tell machines
_LINKED_DATA = re.compile(r'"datePublished"(?:\s*:\s*|\s+content=)"([^"]{8,40})"')
_TOLD = frozenset({"datepublished", "pubdate"})
_LONGEST_TITLE = 500


@enum.unique
class Damage(enum.Enum):
    """损坏: what was done to the characters of a page before it was stored."""

    MENDED = "乱码，已还原"
    LOST = "部分字符已丢失"
    GLOSSED = "夹注拼音，已去除"
    MIXED = "繁简混杂"


@dataclass(frozen=True, kw_only=True)
class Article:
    """文章: what one article page shows; "" and None stand for what it does not show.

    ``undated`` says why there is no day of publication, and is None where there is one. ``text``,
    ``tables``, ``attachments``, ``images``, ``goes_on`` and ``damage`` are read when asked for.
    """

    title: str = ""
    published: PublishDate | None = None
    undated: Undated | None = None
    written_on: date | None = None  # 成文日期
    updated_on: date | None = None  # 更新日期
    source: str = ""
    publisher: str = ""
    index_no: str = ""
    doc_no: str = ""
    column_path: str = ""
    _body: Body = field(default_factory=Body, repr=False, compare=False)
    _damage: frozenset[Damage] = field(default=frozenset(), repr=False)

    @cached_property
    def damage(self) -> frozenset[Damage]:
        """What was done to its characters; what could be turned back was."""
        mixed = is_mixed(self.title) or is_mixed(self.text)
        return self._damage | {Damage.MIXED} if mixed else self._damage

    @cached_property
    def text(self) -> str:
        """The words of the body, a line a line, without title, dateline and page furniture."""
        text = "\n".join(self._body.lines)
        return without_glosses(text) if Damage.GLOSSED in self._damage else text

    @cached_property
    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The tables of the body, as rows of cells."""
        return self._body.tables

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files the article offers or shows in the page."""
        return self._body.attachments

    @cached_property
    def images(self) -> int:
        """How many pictures, films and frames of the body could carry words nobody can search."""
        return len(self._body.images)

    @property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of the pictures among them."""
        return self._body.pictures

    @cached_property
    def goes_on(self) -> bool:
        """Whether more stands elsewhere: on further pages, in files named here and not found."""
        return self._body.goes_on


def read_article(
    body: bytes, url: str, content_type: str | None = None, *, seen_at: datetime | None = None
) -> Article:
    """Read an article from the bytes of its page; any bytes give an ``Article``, none raise.

    Relative dates (昨天) are read only when ``seen_at`` says when the page was fetched.
    """
    return article_of(open_page(body, url, content_type), seen_at=seen_at)


def damage_of(page: Page) -> set[Damage]:
    """What was done to the characters of a page, as far as its bytes tell."""
    mended = {Damage.MENDED} if page.mended else set()
    return mended | {Damage.LOST} if page.doubtful else mended


def article_of(page: Page, *, seen_at: datetime | None = None) -> Article:
    """Read an article from a page that is open already."""
    lines: Sequence[Line] = lines_of(page.tree)
    whole = _MARK.join(line.text for line in lines)
    damage = damage_of(page)
    if any(letter in whole for letter in _TONED) and (bare := without_glosses(whole)) != whole:
        texts = bare.split(_MARK)
        lines = [line._replace(text=text) for line, text in zip(lines, texts, strict=True)]
        damage.add(Damage.GLOSSED)
    metas, document = _heads(page)
    stamps = stamps_of(lines)
    crumb = breadcrumb(lines)
    table = _table(lines) if any(sign in whole for sign in _TABLE_SIGNS) else []
    headline = headline_of(
        lines,
        stamps,
        crumb,
        document=document,
        article=clean_value(metas.get("articletitle", "")) or _first(table, Kind.TITLE),
        refused={metas.get("sitename", ""), metas.get("columnname", ""), *crumb.names[-1:]},
    )
    near = _near(lines, stamps, headline)
    under = _under(lines, headline, near)
    said = [*cells_of(under), *table]
    signs = Signs(
        near=near,
        far=[stamp for stamp in stamps if stamp not in near],
        words=under,
        said=said,
        table=table,
        metas=metas,
        url=page.url,
        seen_at=seen_at,
    )
    dating = dating_of(signs)
    return Article(
        title=headline.text[:_LONGEST_TITLE],
        published=dating if isinstance(dating, PublishDate) else None,
        undated=dating if isinstance(dating, Undated) else None,
        written_on=_written_on(said),
        updated_on=_day_of(said, Kind.UPDATED),
        source=_first(said, Kind.SOURCE) or clean_value(metas.get("contentsource", "")),
        publisher=_first(said, Kind.PUBLISHER),
        index_no=_first(said, Kind.INDEX_NO),
        doc_no=_first(said, Kind.DOC_NO) or _bare_doc_no(under),
        column_path=" > ".join(name for name in crumb.names if name != headline.text),
        _body=Body(
            line_list=lines,
            head=headline.first,
            last=max([headline.last, *(stamp.place for stamp in near)]),
            crumb=crumb.place,
            url=page.url,
        ),
        _damage=frozenset(damage),
    )


def _table(lines: Sequence[Line]) -> list[Field]:
    """Read the 信息公开目录 block, wherever it stands."""
    texts = [line.text for line in lines]
    for place, text in enumerate(texts):
        if len(text) <= _LONGEST_ROW and any(sign in text for sign in _TABLE_SIGNS):
            return list(cells_of(texts[max(place - _TABLE_ABOVE, 0) : place + _TABLE_BELOW]))
    return []


def _near(lines: Sequence[Line], stamps: Sequence[Stamp], headline: Headline) -> list[Stamp]:
    """Choose the stamps that belong to the headline: under it, before any prose, or right above."""
    if headline.last < 0:
        return []
    beside = [stamp for stamp in stamps if stamp.place == headline.last and stamp.before]
    if beside and beside[0].before == headline.text:
        return beside
    below = [
        stamp
        for stamp in stamps
        if 0 < stamp.place - headline.last <= (_DATELINE_LINES if stamp.kind else _BARE_LINES)
        and not stamp.is_row
        and not any(is_prose(line) for line in lines[headline.last + 1 : stamp.place])
        and (stamp.kind is Kind.PUBLISHED or not _is_in_body(lines[stamp.place]))
    ]
    return below or [
        stamp
        for stamp in stamps
        if stamp.place == headline.first - 1
        and not stamp.is_row
        and not (stamp.place and lines[stamp.place - 1].linked)  # the date of a row
    ]


def _is_in_body(line: Line) -> bool:
    """Whether a line stands in an element that editors fill: its dates are the text's."""
    return any(
        _EDITOR.search(f"{element.get('class', '')} {element.get('id', '')}")
        for element in (line.block, *line.block.iterancestors())
    )


def _under(lines: Sequence[Line], headline: Headline, near: Sequence[Stamp]) -> list[str]:
    """Return the lines of the dateline: from the headline to the first prose."""
    if headline.last < 0:
        return []
    last = max([headline.last + 1, *(stamp.place + 1 for stamp in near)]) + 2
    first = min([headline.last + 1, *(stamp.place for stamp in near)])
    following = lines[first:last]
    return [line.text for line in takewhile(lambda line: not is_prose(line), following)]


def _first(fields: Iterable[Field], kind: Kind) -> str:
    return next((value for said, value in fields if said is kind and value), "")


def _bare_doc_no(under: Sequence[str]) -> str:
    """A 文号 that stands under the headline in a line of its own."""
    return next((line for line in under if _DOC_NO.fullmatch(line)), "")


def _written_on(fields: Sequence[Field]) -> date | None:
    """成文日期; 发文日期 is one too when it has no time of day."""
    if written := _day_of(fields, Kind.WRITTEN):
        return written
    issued = _first(fields, Kind.ISSUED)
    return None if TIME_OF_DAY.search(issued) else _day_of(fields, Kind.ISSUED)


def _day_of(fields: Iterable[Field], kind: Kind) -> date | None:
    found = day_in(_first(fields, kind))
    return found[0] if found else None


def _heads(page: Page) -> tuple[Mapping[str, str], str]:
    """Return the metas by their names in lower case, and the page's <title>; the first wins."""
    metas: dict[str, str] = {}
    times: set[str] = set()
    title = ""
    for element in page.tree.iter("meta", "title", "time") if page.tree is not None else ():
        if element.tag == "title":
            title = title or " ".join((element.text or "").split())
            continue
        name = element.get("name") or element.get("property") or element.get("itemprop")
        if element.tag == "time":
            content = element.get("datetime")
            if content and (name or "").lower() not in _TOLD:
                times.add(content)
                continue
        else:
            content = element.get("content")
        if name and content:
            metas.setdefault(name.lower(), " ".join(content.split()))
    if len(times) == 1:
        metas["time"] = times.pop()
    if "datePublished" in page.text and (found := _LINKED_DATA.search(page.text)):
        metas.setdefault("datepublished", found[1])
    return metas, title
