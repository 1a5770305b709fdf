from __future__ import annotations

from typing import Any

import pytest
from builders import column, document, moment, observation, unit

from monitor.judgements import Case, remarked
from monitor.model import HiddenLink, Hiding, Outcome, RemarkKind

LINKS = tuple(HiddenLink(host=f"s{n}.example", how=Hiding.NOT_SHOWN, count=2) for n in range(4))


def case(**looks: Any) -> Case:
    return Case(unit=unit(), looks=looks, columns={"fees": column()})


def test_hidden_links_are_told_once_for_a_site_without_their_words() -> None:
    look = observation(document(), hidden=LINKS)

    (one,) = remarked(case(fees=look, plan=look), moment())

    assert (one.kind, one.column, one.page) == (RemarkKind.PLANTED, "fees", look.address)
    assert one.sentence == (
        "“收费信息”栏目的页面（另有1个栏目的页面也有）里有8个读者看不见的外站链接（设为不显示），"
        "文字属于赌博、色情一类，指向s0.example、s1.example、s2.example等4个网站，"
        "疑似网站被入侵、植入暗链；请网站管理员处理，不要点开"
    )


@pytest.mark.parametrize(
    "changes",
    [{"hidden": ()}, {"identity_seen": False}, {"outcome": Outcome.OTHER_UNIT}],
    ids=["none", "nobody's page", "another unit's page"],
)
def test_a_page_without_them_or_of_others_is_not_remarked_on(changes: dict[str, Any]) -> None:
    assert (
        list(remarked(case(fees=observation(document(), **{"hidden": LINKS} | changes)), moment()))
        == []
    )
