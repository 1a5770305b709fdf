"""看不见的菜单: where a page may lead without a link to read: scripts, pictures, plain words.

That a unit has no such column may be said only of pages that hide nothing. Everything here errs on
the side of hiding: it costs a verdict, never a false one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import lxml.html

from crawler.pages.rows import address_of
from crawler.pages.text import Page, visible_text
from monitor.model import Column

_MENU = re.compile(r"nav|menu|daohang|caidan", re.IGNORECASE)
#: parts of a menu that are empty by nature: the button of a phone's menu, a line, a background
_DECORATION = re.compile(
    r"btn|button|toggle|icon|line|mask|bg|close|clear|arrow|search|logo", re.IGNORECASE
)
_CONTAINERS = ("div", "dl", "nav", "ol", "td", "ul")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|mp4|zip|rar|apk)(?:$|\?)", re.IGNORECASE)
_SHORTEST = 3  # characters of a name that means something outside a link
_CHINESE = "[\u4e00-\u9fff]"


def hides_links(page: Page) -> bool:
    """Whether a menu of the page is filled by a script, or leads on by pictures without words."""
    tree = page.tree
    if tree is None:
        return True
    has_scripts = next(tree.iter("script"), None) is not None
    return (has_scripts and any(map(_is_empty_menu, tree.iter(*_CONTAINERS)))) or any(
        _is_wordless(link, page.url) for link in tree.iter("a", "area")
    )


def named_outside_links(page: Page, columns: Sequence[Column]) -> dict[str, str]:
    """Return, by column id, a name of a column that stands somewhere on the page by itself.

    In a script, an option, an ``onclick`` item, a heading: where no link can be read from.
    """
    found: dict[str, str] = {}
    for column in columns:
        for name in (column.name, *column.aliases):
            if len(name) < _SHORTEST or name not in page.text:
                continue
            if re.search(f"(?<!{_CHINESE}){re.escape(name)}(?!{_CHINESE})", page.text):
                found.setdefault(column.id, name)
    return found


def _is_empty_menu(element: lxml.html.HtmlElement) -> bool:
    marks = f"{element.get('id') or ''} {element.get('class') or ''}"
    if element.tag != "nav" and not _MENU.search(marks):
        return False
    if _DECORATION.search(marks) or element.find(".//a") is not None:
        return False
    return not visible_text(element).strip()


def _is_wordless(link: lxml.html.HtmlElement, url: str) -> bool:
    """Whether a link shows a picture that nobody can read and leads somewhere on this site."""
    pictures = list(link.iter("img"))
    if not pictures and link.tag != "area":
        return False
    told = [link.get("title"), link.get("alt"), *(picture.get("alt") for picture in pictures)]
    if any(told) or visible_text(link).strip():
        return False
    address = urlsplit(address_of(link, url))
    here = urlsplit(url)
    is_home = address.path.rstrip("/") in {"", here.path.rstrip("/")} and not address.query
    return address.netloc == here.netloc and not is_home and not _FILE.search(address.path)
