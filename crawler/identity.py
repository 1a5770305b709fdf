"""身份: whose page this is, by the names it carries where pages say who they are. Pure."""

from __future__ import annotations

import re

from lxml import etree

from crawler.flat import flat
from crawler.pages.place import place_of
from crawler.pages.text import Page
from monitor.textform import normal_form

#: where a page says whose it is: title, site metas, the heading, the breadcrumb, header and footer
_SELF = etree.XPath(
    "//h1//text() | //h2//text()"
    " | //meta[translate(@name, 'CONTESUR', 'contesur')='contentsource'"
    "   or translate(@name, 'AUTHOR', 'author')='author']/@content"
    " | //img[contains(@src, 'logo') or contains(@class, 'logo')]/@alt"
    " | //img[contains(@src, 'logo') or contains(@class, 'logo')]/@title"
    " | //*[contains(@class, 'logo') or contains(@id, 'logo')]//text()"
    " | //*[self::header or self::footer or contains(@class, 'header') or contains(@id, 'header')"
    "   or contains(@class, 'foot') or contains(@id, 'foot') or contains(@class, 'copyright')"
    "   or contains(@class, 'bottom') or contains(@id, 'bottom')]"
    "   //text()[not(parent::script) and not(parent::style)]"
    " | //*[contains(@class, 'crumb') or contains(@class, 'position') or contains(@class, 'weizhi')"
    "   or contains(@class, 'location') or contains(@class, 'place')]//text()",
    smart_strings=False,
)
_OWNER = etree.XPath(
    "//title/text() | //meta[translate(@name, 'SITENAM', 'sitenam')='sitename']/@content",
    smart_strings=False,
)
_HEADED = etree.XPath(
    "//h1//text() | //h2//text()"
    " | //img[contains(@src, 'logo') or contains(@class, 'logo')]/@alt"
    " | //*[contains(@class, 'logo') or contains(@id, 'logo') or self::header"
    "   or contains(@class, 'header') or contains(@id, 'header')]//text()"
    "   [not(parent::script) and not(parent::style) and not(ancestor::a/ancestor::li)"
    "    and not(ancestor::select)]",
    smart_strings=False,
)
#: what stands before the name of the owner at the end of a page
_IMPRINT = r"(?:版权所有|主办(?:单位)?|Copyright|©)[\w\W]{0,12}?"
_SHORTEST_NAME = 4  # characters; 一小 is a school of every county
#: what must not follow a name, or it is the name of another unit
_NOT_ANOTHER = r"(?!附属|附设|幼儿园|分校|分园|教学点|.{0,3}校区)"
_PARTS = re.compile(r"[-_|—–>»/·\s]+")
#: names of schools, and of the offices above them; a page of the office may carry a school's column
_SCHOOL = re.compile(
    r"[\u4e00-\u9fff（）()]{2,24}?(?:小学|中学|幼儿园|学校|高中|初中|[一二三四五六七八九十]中|实验学校|职教中心)"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:教育局|教体局|教育和体育局|教育体育局|教委|教育委员会)"
)
_LONGEST_PAGE_END = 4000  # characters of a footer that has no class to tell it by


def carries_name(page: Page, names: tuple[str, ...]) -> bool:
    """Whether the page says of itself that it is this unit's."""
    if page.tree is None or not names:
        return False
    forms = [form for name in names if (form := flat(name))]
    if any(form in flat("".join(map(str, _OWNER(page.tree)))) for form in forms):
        return True
    said = flat("".join(map(str, _SELF(page.tree))))
    if any(form in said for form in forms):
        return True
    end = flat("".join(page.tree.itertext())[-_LONGEST_PAGE_END:])
    return any(form in end for form in forms)


def names_itself(page: Page, names: tuple[str, ...]) -> bool:
    """Whether title, heading, breadcrumb or imprint name this very unit: more than a mention.

    A name at the end of a page does not count by itself, where a platform lists all its schools,
    nor a short name that others share, nor a name that goes on: the kindergarten of a school is
    another unit.
    """
    if page.tree is None:
        return False
    forms = [form for name in names if len(form := flat(name)) >= _SHORTEST_NAME]
    told = (*_OWNER(page.tree), *_HEADED(page.tree), *place_of(page).crumbs)
    said = "\n".join(flat(str(text)) for text in told)
    end = flat("".join(page.tree.itertext())[-_LONGEST_PAGE_END:])
    return any(
        re.search(re.escape(form) + _NOT_ANOTHER, said)
        or re.search(_IMPRINT + re.escape(form) + _NOT_ANOTHER, end)
        for form in forms
    )


def other_owner(page: Page, names: tuple[str, ...]) -> str:
    """The name of another unit of the same kind that the page gives as its own, "" if none.

    Only the title and SiteName count, and only if none of the unit's own names is there: a school's
    column on the bureau's site carries the bureau's name, and that is no contradiction.
    """
    if page.tree is None or not names:
        return ""
    forms = [normal_form(name) for name in names]
    kind = _kind_of(forms)
    said = [str(text) for text in _OWNER(page.tree)]
    if any(form in normal_form(text) for text in said for form in forms):
        return ""
    # the site's name stands last in a title: 收费公示-某某小学
    for text in reversed(said):
        for part in reversed(_PARTS.split(text)):
            found = kind.fullmatch(normal_form(part))
            if found and not any(_related(found[0], form) for form in forms):
                return found[0]
    return ""


def is_another(name: str, names: tuple[str, ...]) -> bool:
    """Whether ``name`` is that of another unit of the same kind, a school's beside a school's."""
    if not name:
        return False
    forms = [normal_form(own) for own in names]
    found = _kind_of(forms).fullmatch(normal_form(name))
    return found is not None and not any(_related(found[0], form) for form in forms)


def _kind_of(forms: list[str]) -> re.Pattern[str]:
    return _OFFICE if any(_OFFICE.search(form) for form in forms) else _SCHOOL


def _related(said: str, own: str) -> bool:
    """Whether one name may be a longer or shorter form of the other."""
    return said in own or own in said or _core(said) in own or _core(own) in said


def _core(name: str) -> str:
    """A name without the place before it: 某县城关镇中心小学 → the part after 省市县区镇乡."""
    return re.split(r"[省市县区镇乡]", name)[-1] or name
