"""进不去的站点: what a site shows instead of itself."""

from __future__ import annotations

from commands.demo.records import Answer, Site, Website
from commands.demo.skins.markup import answer, digits


def challenge() -> Website:
    """Return a site that answers every address with a script to be solved."""
    token = "".join(digits(f"token {part}", 40) for part in range(9))
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta content="{token}">'
        "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=61294;$_ts.cd=\"qEqm\";</script>"
        "</head><body></body></html>"
    )
    return Website(pages={}, unknown=answer(page, status=412))


def maintenance(site: Site) -> Website:
    """Return a site under maintenance: status 200 at every address."""
    (tenant,) = site.tenants
    page = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>系统维护中</title></head><body>
<h2>系统维护中</h2><p>{tenant.name}网站正在升级维护，暂停访问，请稍后再来。</p>
<p>联系电话：{tenant.phone}</p></body></html>"""
    return Website(pages={}, unknown=Answer(body=page.encode()))
