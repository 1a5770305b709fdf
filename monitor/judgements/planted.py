"""暗链: links to somebody else's site, hidden from readers, that a column's page carries. Pure.

That they are hidden, foreign and of a trade no school links to was seen by the eyes
(``crawler/pages/unseen.py``); the words of the links are never repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.judgements.case import Case
from monitor.model import Moment, Remark, RemarkKind
from monitor.wording import Noticed

#: hosts that a sentence names
_NAMED: Final = 3


def hidden_links(case: Case, on: Moment) -> Iterator[Remark]:
    """Yield one remark for the unit's site: what is planted stands on many of its pages."""
    carrying = [(column, look) for column, look in case.read if look.hidden]
    if not carrying:
        return
    column, look = carrying[0]
    hosts = dict.fromkeys(link.host for link in look.hidden)
    named = "、".join(list(hosts)[:_NAMED])
    others = len(carrying) - 1
    yield Remark(
        unit=case.unit.code,
        kind=RemarkKind.PLANTED,
        because=Noticed.HIDDEN_LINKS,
        facts={
            "column": case.name_of(column),
            "others": f"（另有{others}个栏目的页面也有）" if others else "",
            "count": sum(link.count for link in look.hidden),
            "how": "、".join(dict.fromkeys(link.how.value for link in look.hidden)),
            "hosts": f"{named}等{len(hosts)}个网站" if len(hosts) > _NAMED else named,
        },
        column=column,
        page=look.address,
        evidence=look.evidence,
    )
