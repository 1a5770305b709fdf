"""试查: open one page and say what was read from it; nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from commands.files import reason
from commands.folder import Folder, opened
from commands.words import ChineseCommand, FilePath
from crawler.outcome import Recognised, recognise
from crawler.pages.articles import Article, Damage, article_of, damage_of
from crawler.pages.columns import breadcrumb, confirms
from crawler.pages.lists import Listing, Shape, listing_of
from crawler.pages.text import Page, open_page
from crawler.pages.undated import NOT_SHOWN, Undated
from crawler.run import Fetched, fetch_one
from monitor.cells import BadCell, read_address
from monitor.matching import answers
from monitor.model import Outcome, PublishDate
from monitor.wording import Exit, MonitorError

#: entries shown on a screen
_SHOWN = 15
#: what makes a page a list: so many entries; beside a dateline, so many with a day of their own
_ROWS, _DATED_ROWS = 2, 3
#: characters of a row beyond its title: the day, and what else a list may say of an entry
_DAY_CHARACTERS, _TEXT_PER_ROW = 10, 40
#: in a list, as wide as a day
_NO_DAY = "没有日期　"
#: characters of a line that is a paragraph when it holds a sentence
_PARAGRAPH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """试查的结果: one page as list or article, or why it is neither."""

    page: Page | None
    stands_in_the_way: Recognised | None = None
    listing: Listing | None = None
    article: Article | None = None

    @property
    def kind(self) -> str:
        if self.listing is not None:
            return "list"
        return "detail" if self.article is not None else ""


def read(fetched: Fetched, *, seen_at: datetime | None) -> Reading:
    """Read what an address answered as whichever it is, a list or an article."""
    page = open_page(fetched.body, fetched.url, fetched.headers.get("content-type"))
    wall = recognise(
        page,
        status=fetched.status,
        asked=fetched.asked,
        final=fetched.url,
        headers=fetched.headers,
        body=fetched.body,
    )
    if wall:
        return Reading(page=page, stands_in_the_way=wall)
    listing = listing_of(page, seen_at=seen_at)
    article = article_of(page, seen_at=seen_at)
    if _is_list(listing, article):
        return Reading(page=page, listing=listing)
    return Reading(page=page, article=article)


def _is_list(listing: Listing, article: Article) -> bool:
    """A dateline or a paragraph makes an article, unless the page is full of dated rows."""
    if listing.shape is not Shape.LIST and listing.shape is not Shape.UNKNOWN:
        return article.published is None and not _has_prose(article)
    if article.published is None:
        return len(listing.entries) >= (_ROWS if _has_prose(article) else 1)
    dated = [entry for entry in listing.entries if entry.published]
    # the rows themselves are text, too: what is left over would be the article
    left = len(article.text) - sum(len(entry.title) + _DAY_CHARACTERS for entry in dated)
    return len(dated) >= _DATED_ROWS and left < _TEXT_PER_ROW * len(dated)


def _has_prose(article: Article) -> bool:
    return any(len(line) >= _PARAGRAPH and "。" in line for line in article.text.splitlines())


@click.command("try", cls=ChineseCommand)
@click.argument("address", metavar="网址", required=False)
@click.option(
    "--file",
    "page",
    type=FilePath(),
    metavar="页面",
    help="不上网，读一个存下来的网页文件",
)
@click.option("--url", metavar="网址", help="这个文件原来的网址（与 --file 同用）")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@opened
def try_verb(
    folder: Folder, address: str | None, page: Path | None, url: str | None, as_json: bool
) -> int:
    """打开一个网址，说明读到了什么；不保存任何数据。

    例：mingcha try http://xx.example.cn/xxgk/；或 mingcha try --file 页面.html --url http://xx.example.cn/xxgk/
    """
    folder.only_looks()
    fetched = _fetched(folder, address, page, url)
    if fetched.outcome is not None:
        _tell_failure(fetched, as_json)
        return Exit.NETWORK
    seen_at = folder.now if page is None else None
    reading = read(fetched, seen_at=seen_at)
    if as_json:
        click.echo(json.dumps(as_data(reading), ensure_ascii=False))
    else:
        for line in _told(folder, fetched, reading):
            click.echo(line)
    return Exit.DONE


def as_data(reading: Reading) -> dict[str, object]:
    """The reading as ``--json`` gives it; every key is always there."""
    wall, article, listing = reading.stands_in_the_way, reading.article, reading.listing
    return {
        "kind": reading.kind,
        "outcome": (wall.outcome if wall else Outcome.OPENED).name,
        "encoding": reading.page.encoding if reading.page else "",
        "platform": listing.platform if listing else "",
        "title": article.title if article else "",
        "published": _dated(article.published) if article else None,
        "written_on": (article.written_on.isoformat() if article and article.written_on else None),
        "source": article.source if article else "",
        "publisher": article.publisher if article else "",
        "index_no": article.index_no if article else "",
        "doc_no": article.doc_no if article else "",
        "column_path": article.column_path if article else "",
        "attachments": (
            [{"name": one.name, "url": one.url} for one in article.attachments] if article else []
        ),
        "entries": [
            {"title": one.title, "url": one.url, "published": _dated(one.published)}
            for one in (listing.entries if listing else ())
        ],
        "next_page": listing.next_page if listing else "",
        "says_empty": listing.says_empty if listing else "",
        "shape": listing.shape.value if listing else "",
    }


def _dated(published: PublishDate | None) -> dict[str, str] | None:
    if published is None:
        return None
    return {
        "day": published.day.isoformat(),
        "source": published.source.name,
        "text": published.text,
    }


def _fetched(folder: Folder, address: str | None, page: Path | None, url: str | None) -> Fetched:
    if page is not None:
        try:
            body = page.read_bytes()
        except OSError as error:
            raise MonitorError(
                "E2405",
                f"读不了文件 {page}（{reason(error)}）",
                "没有试查。",
                "请核对文件名和权限。",
            ) from error
        return Fetched(asked=url or "", url=url or "", status=200, body=body)
    if not address:
        raise MonitorError(
            "E2406",
            "没有写要试查的网址",
            "没有试查。",
            "请写 mingcha try 网址，或 mingcha try --file 页面 --url 网址。",
        )
    try:
        asked, _ = read_address(address)
    except BadCell as error:
        raise MonitorError(
            "E2411",
            f"“{address}”不是网址",
            "没有试查。",
            "请写成 http://www.example.cn/xxgk/；要读存下来的页面，请用 --file。",
        ) from error
    return fetch_one(asked, folder.settings.to_network())


def _tell_failure(fetched: Fetched, as_json: bool) -> None:
    outcome = fetched.outcome or Outcome.PROTOCOL
    if as_json:
        data = as_data(Reading(page=None))
        click.echo(json.dumps({**data, "outcome": outcome.name}, ensure_ascii=False))
        return
    click.echo(f"试查　{fetched.asked}")
    said = f"（{fetched.phrase}）" if fetched.phrase else ""
    click.echo(f"  未能打开：{outcome.value}{said}。不计入问题。")
    click.echo("  可稍后再试；若浏览器能打开，请检查本机网络设置。")


def _told(folder: Folder, fetched: Fetched, reading: Reading) -> list[str]:
    encoding = reading.page.encoding if reading.page else ""
    lines = [f"试查　{fetched.asked or '（文件）'}"]
    if fetched.seconds:
        lines.append(
            f"  打开　　　成功（{fetched.seconds:.1f} 秒，{fetched.status}，编码 {encoding}）"
            f"　跳转 {len(fetched.redirects)} 次"
        )
    else:
        lines.append(f"  打开　　　文件，编码 {encoding}")
    lines += [f"  提示　　　{remark}" for remark in fetched.remarks]
    if wall := reading.stands_in_the_way:
        said = f"（“{wall.phrase}”）" if wall.phrase else ""
        lines.append(f"  页面类型　不是栏目内容：{wall.outcome.value}{said}。不计入问题。")
    elif reading.listing is not None:
        lines += _list_lines(folder, reading)
    elif reading.article is not None:
        lines += _article_lines(reading.article)
    lines.append("  未保存任何数据。")
    return lines


def _list_lines(folder: Folder, reading: Reading) -> list[str]:
    listing, page = reading.listing, reading.page
    assert listing is not None
    assert page is not None
    more = f"，另有下一页 {listing.next_page}" if listing.next_page else ""
    lines = [f"  页面类型　{_SHAPES[listing.shape]}（本页 {len(listing.entries)} 条{more}）"]
    lines += _damage_lines(damage_of(page))
    if listing.says_empty:
        lines.append(f"  页面自称　“{listing.says_empty}”")
    crumb = " > ".join(breadcrumb(page))
    columns = [one for one in folder.catalog.columns.values() if confirms(page, one)]
    names = "、".join(f"“{one.name}”" for one in columns) or "未能对应到目录中的栏目"
    lines.append(f"  栏目　　　{names}" + (f"（面包屑：{crumb}）" if crumb else ""))
    ids = {one.id for one in columns}
    here = [
        one
        for one in folder.catalog.requirements.values()
        if ids & set(one.columns) and (one.match.any or one.match.all)
    ]
    for number, entry in enumerate(listing.entries[:_SHOWN], 1):
        day = entry.published.day.isoformat() if entry.published else _NO_DAY
        source = (
            f"（取自{entry.published.source.value}）"
            if entry.published
            else f"（{_why_undated(entry.undated)}）"
            if entry.undated
            else ""
        )
        said = "、".join(one.name for one in here if answers(one.match, entry.title))
        lines.append(
            f"  {number:>3}  {day}  {entry.title}{source}" + (f"　→ {said}" if said else "")
        )
    if len(listing.entries) > _SHOWN:
        lines.append(f"  其余 {len(listing.entries) - _SHOWN} 条不再列出")
    return lines


def _article_lines(article: Article) -> list[str]:
    dated = article.published
    day = (
        f"{dated.day.isoformat()}（取自{dated.source.value}：“{dated.text}”）"
        if dated
        else f"没有。{_why_undated(article.undated or NOT_SHOWN)}"
    )
    lines = [
        "  页面类型　正文页",
        f"  标题　　　{article.title or '未能识别'}",
        f"  发布日期　{day}",
    ]
    for label, value in (
        ("成文日期", article.written_on and article.written_on.isoformat()),
        ("信息来源", article.source),
        ("发布机构", article.publisher),
        ("索引号　", article.index_no),
        ("文号　　", article.doc_no),
        ("所在栏目", article.column_path),
    ):
        if value:
            lines.append(f"  {label}　{value}")
    lines.append(f"  正文　　　{len(article.text)} 字，图片 {article.images} 张")
    lines += [f"  附件　　　{one.name}　{one.url}" for one in article.attachments]
    return lines + _damage_lines(article.damage)


def _why_undated(undated: Undated) -> str:
    """Why there is no day, with the characters that stand in its place."""
    return undated.why.value + (f"：“{undated.text}”" if undated.text else "")


def _damage_lines(damage: Collection[Damage]) -> list[str]:
    said = "；".join(one.value for one in Damage if one in damage)
    return [f"  字符　　　{said}"] if said else []


_SHAPES = {
    Shape.LIST: "列表页",
    Shape.MENU: "下级栏目的目录页",
    Shape.SHELL: "内容由脚本加载的页面，读不到条目",
    Shape.FRAME: "内嵌框架的页面",
    Shape.EMPTY: "空白栏目",
    Shape.UNPLACED: "列表不在栏目位置的页面，不能确定是否属于本栏目",
    Shape.UNKNOWN: "未能识别的页面",
}
