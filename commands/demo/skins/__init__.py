"""站点样式: one module a look; each turns a site of the county into the pages of one night."""

from __future__ import annotations

from collections.abc import Callable

from commands.demo.records import Mood, Site, Tenant, Website
from commands.demo.skins import dede, jpage, longxun, openness, plain, tables, trs, vsb, walls

SKINS: dict[str, Callable[[Site, int], Website]] = {
    "dede": dede.build,
    "jpage": jpage.build,
    "longxun": longxun.build,
    "openness": openness.build,
    "plain": plain.build,
    "tables": tables.build,
    "trs": trs.build,
    "vsb": vsb.build,
}


def website(site: Site, night: int) -> Website | None:
    """Return all addresses of ``site`` on ``night``; None when nobody listens."""
    match site.mood(night):
        case Mood.DOWN:
            return None
        case Mood.CHALLENGE:
            return walls.challenge()
        case Mood.MAINTENANCE:
            return walls.maintenance(site)
        case Mood.UP:
            return SKINS[site.skin](site, night)


#: where a unit's part of a shared site begins; elsewhere the whole site is the unit's
_HOMES: dict[str, Callable[[Tenant], str]] = {
    "longxun": longxun.home,
    "openness": openness.home,
    "trs": trs.home,
}


def home_path(site: Site, tenant: Tenant) -> str:
    """Return the path of a unit's home page on its site."""
    return _HOMES[site.skin](tenant) if site.skin in _HOMES else "/"
