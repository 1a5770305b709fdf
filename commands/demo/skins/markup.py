"""公用标记: entries with their numbers, the inside of an article, files and answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from commands.demo.leaflets import WRITERS
from commands.demo.records import Answer, Entry, Leaflet, Section, Site, Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """一条信息在站点上: an entry with its section and the number its address carries."""

    entry: Entry
    section: Section
    tenant: Tenant
    number: int


#: where a skin puts the file of an entry
AddressOf = Callable[[Placed, Leaflet], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """一个站点的一夜: what a skin draws."""

    site: Site
    night: int
    placed: tuple[Placed, ...]  # of all nights, oldest first; numbers rise with the day

    def entries(self, section: Section) -> tuple[Placed, ...]:
        """Entries of a section as listed this night."""
        numbered = {id(one.entry): one for one in self.placed if one.section is section}
        return tuple(numbered[id(entry)] for entry in section.shown_on(self.night))

    def articles(self) -> Iterable[Placed]:
        """Every entry that has a page this night."""
        return (one for one in self.placed if one.entry.shown_on(self.night))

    def hot(self, tenant: Tenant, count: int = 6) -> tuple[Placed, ...]:
        """热点推荐: the newest of the tenant's last section, its news."""
        return self.entries(tenant.sections[-1])[:count]


def scene(site: Site, night: int, first_number: int = 1001) -> Scene:
    """Number the entries of a site in the order of their days."""
    loose = [
        (entry, section, tenant)
        for tenant in site.tenants
        for section in tenant.sections
        for entry in section.entries
    ]
    loose.sort(key=lambda one: (one[0].day, one[2].code, one[1].slug, one[0].title))
    return Scene(
        site=site,
        night=night,
        placed=tuple(
            Placed(entry=entry, section=section, tenant=tenant, number=number)
            for number, (entry, section, tenant) in enumerate(loose, start=first_number)
        ),
    )


def answer(text: str, *, status: int = 200) -> Answer:
    """Return a page in UTF-8."""
    return Answer(body=text.encode(), status=status)


def inside(one: Placed, address_of: AddressOf) -> str:
    """Return the inside of an article: paragraphs, table, files."""
    entry = one.entry
    parts = [f"<p>　　{escape(paragraph)}</p>" for paragraph in entry.body]
    if entry.rows:
        parts.append(table(entry.rows))
    parts += [
        f'<p>附件：<a href="{escape(address_of(one, file))}">{escape(file.name)}</a></p>'
        for file in entry.files
    ]
    return "\n".join(parts)


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    """Return a bordered table whose first row is its head."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    return f'<table border="1" cellspacing="0" width="100%"><tbody>\n{lines}</tbody></table>'


def files(one: Placed, address_of: AddressOf) -> dict[str, Answer]:
    """Return the answers for an entry's files by address; a lost one has none."""
    found = {}
    for file in one.entry.files:
        if not file.lost:
            write, media = WRITERS[file.suffix]
            found[address_of(one, file)] = Answer(body=write(file.rows), media=media)
    return found


def links(pairs: Iterable[tuple[str, str]], tag: str = "li") -> str:
    """Return one linked name a line: the menus, trees and sidebars of every look."""
    return "\n".join(
        f'<{tag}><a href="{escape(address)}">{escape(name)}</a></{tag}>' for address, name in pairs
    )


def pages_of(placed: tuple[Placed, ...], size: int) -> tuple[tuple[Placed, ...], ...]:
    """Cut a list into pages; an empty list is one empty page."""
    return tuple(placed[start : start + size] for start in range(0, len(placed), size)) or ((),)


def digits(text: str, length: int) -> str:
    """Return a number made from ``text``, the same every time, as platforms give their ids."""
    return str(int(hashlib.sha256(text.encode()).hexdigest(), 16))[:length]


def day_digits(entry: Entry) -> str:
    return entry.day.replace("-", "")
