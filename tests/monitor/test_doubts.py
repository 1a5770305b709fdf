"""Why a look proves nothing, in words that say what to do."""

from __future__ import annotations

import pytest
from builders import TODAY, document, observation

from monitor.doubts import doubt, is_misread, worse
from monitor.model import Outcome, Status


@pytest.mark.parametrize(
    ("outcome", "phrase", "facts"),
    [
        (Outcome.CHALLENGED, "请完成验证", ["网站有访问验证", "放行监测地址", "不计入问题"]),
        (Outcome.BLOCKED, "403", ["被网站防护拦截", "放行监测地址"]),
        (Outcome.MAINTENANCE, "系统维护", ["网站显示“系统维护”", "未核查"]),
        (Outcome.SHELL, "", ["由脚本加载", "是否为空"]),
        (Outcome.SHELL, "X-Sign", ["由脚本加载", "签名（X-Sign）", "人工核实"]),
        (Outcome.UNPLACED, "", ["不在本栏目内容的位置", "是否为空", "人工核实"]),
        (Outcome.UNPLACED, "招生信息", ["“招生信息”页面的同一位置也有", "人工核实"]),
        (Outcome.LAYOUT_CHANGED, "", ["疑似改版", "核对栏目地址"]),
        (Outcome.OTHER_UNIT, "红星中学", ["“红星中学”", "与登记的单位不符"]),
        (Outcome.SIMILAR, "学校收费管理", ["“收费信息”", "“学校收费管理”", "请确认"]),
        (Outcome.TAKEN_OVER, "", ["域名疑似已被他人使用"]),
        (Outcome.REFUSED, "", ["对方拒绝连接", "不计入问题"]),
    ],
    ids=lambda one: one.name if isinstance(one, Outcome) else "",
)
def test_a_doubt_names_what_was_met_and_what_can_be_done(
    outcome: Outcome, phrase: str, facts: list[str]
) -> None:
    found = doubt(observation(outcome=outcome, phrase=phrase), lambda: "收费信息")

    assert found is not None
    sentence = found.because.tell(**found.facts)
    assert [fact for fact in facts if fact not in sentence] == []


def test_a_page_read_whole_leaves_no_doubt() -> None:
    assert doubt(observation(document(on=TODAY)), lambda: "收费信息") is None


def test_what_a_person_can_clear_up_goes_before_what_nobody_could_open() -> None:
    closed = doubt(observation(outcome=Outcome.REFUSED), lambda: "收费信息")
    unread = doubt(observation(outcome=Outcome.UNREAD), lambda: "收费信息")

    first = worse(closed, unread)

    assert first is unread
    assert first is not None
    assert first.status is Status.UNSURE


def test_one_page_of_a_family_that_misreads_its_known_pages_is_enough() -> None:
    looks = [observation(platform="zfsx"), observation(platform="wordpress")]

    assert is_misread(looks, frozenset({"zfsx"}))
    assert not is_misread(looks, frozenset({"discuz"}))
    assert not is_misread(looks, frozenset())
