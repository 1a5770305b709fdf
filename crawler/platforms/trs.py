"""拓尔思 TRS WCM / 海云, and the 集约化 templates that share its pager script."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.pages.text import Page
from crawler.platforms.platform import Paging, Platform

_QUOTED = r"""['"]([\w./-]{0,80})['"]"""
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
#: createPageHTML(9, 0, "index", "html"): pages, page from 0
_FROM_ZERO = re.compile(rf"createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*{_QUOTED}\s*,\s*{_QUOTED}")
#: createPageHTML('page_div', 9, 1, 'list', 'shtml', 176): pages, page from 1, entries
_FROM_ONE = re.compile(
    rf"createPageHTML\(\s*['\"][\w-]{{1,40}}['\"]\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*{_QUOTED}\s*,\s*{_QUOTED}"
    r"(?:\s*,\s*['\"]?(\d+))?"
)
#: Pager({size: 25, current: 0, prefix: 'index', suffix: 'htm'}): pages, page from 0
_PAGER = re.compile(r"Pager\(\s*\{([^{}]{1,400})\}")
_SETTING = re.compile(r"(\w+)\s*:\s*['\"]?([\w./-]+)")
_COUNT = re.compile(r"countPage\s*=\s*(\d+)")
_CURRENT = re.compile(r"currentPage\s*=\s*(\d+)")
_EXTENSION = re.compile(r"""['"]index['"][^;\n]{0,80}?['"]\.?(s?html?|jhtml)['"]""")
_NUMBERED = re.compile(r"_\d+$")


def paging(page: Page) -> Paging | None:
    """Read the pager's script call; page n + 1 is ``index_n``, on some templates ``list_{n+1}``."""
    if not ("createPageHTML" in page.text or "countPage" in page.text or "Pager(" in page.text):
        return None
    text = _COMMENT.sub("", page.text)
    if found := _FROM_ONE.search(text):
        pages, number, prefix, extension, total = found.groups()
        return _from_one(page.url, int(pages), int(number), prefix, extension, total)
    if found := _FROM_ZERO.search(text):
        pages, number, prefix, extension = found.groups()
        return _from_zero(page.url, int(pages), int(number), prefix, extension)
    if found := _PAGER.search(text):
        setting = dict(_SETTING.findall(found[1]))
        if setting.get("size", "").isdigit() and setting.get("current", "").isdigit():
            return _from_zero(
                page.url,
                int(setting["size"]),
                int(setting["current"]),
                setting.get("prefix", "index"),
                setting.get("suffix", "html"),
            )
    count, current = _COUNT.search(text), _CURRENT.search(text)
    if count and current:
        prefix, extension = _file_of(page)
        return _from_zero(page.url, int(count[1]), int(current[1]), prefix, extension)
    return None


def _from_zero(url: str, pages: int, number: int, prefix: str, extension: str) -> Paging:
    more = number + 1 < pages
    name = f"{prefix}_{number + 1}.{extension.lstrip('.')}"
    return Paging(
        candidates=(urljoin(url, name),) if more else (), page=number + 1, pages=max(pages, 1)
    )


def _from_one(
    url: str, pages: int, number: int, prefix: str, extension: str, total: str | None
) -> Paging:
    names = [f"{prefix}_{n}.{extension.lstrip('.')}" for n in (number + 1, number)]
    return Paging(
        candidates=tuple(urljoin(url, name) for name in names) if number < pages else (),
        page=max(number, 1),
        pages=max(pages, 1),
        total=int(total) if total else None,
    )


def _file_of(page: Page) -> tuple[str, str]:
    """Name and extension of the list's first page."""
    name = urlsplit(page.url).path.rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    if dot:
        return _NUMBERED.sub("", stem), extension
    found = _EXTENSION.search(page.text)
    return "index", found[1] if found else "html"


PLATFORM = Platform(
    name="trs",
    label="拓尔思 TRS",
    addresses=(re.compile(r"/t\d{8}_\d+\.\w+$"),),
    marks=(
        "Pager({",
        "createPageHTML(",
        "TRS_Editor",
        "trs_editor_view",
        "TRS_UEDITOR",
        "countPage",
        "_trs_ta_js",
    ),
    paging=paging,
)
