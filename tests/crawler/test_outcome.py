from __future__ import annotations

import pytest

from crawler.outcome import Recognised, failure_outcome, recognise, redirect_in
from crawler.pages.text import open_page
from monitor.model import UNOPENED, Outcome

ADDRESS = "http://xx.test/xxgk/sfxx/"
ROWS = "".join(f"<li><a href='/a/{n}.html'>第{n}条公示信息</a></li>" for n in range(30))
LIST = f"<html><title>收费信息</title><body><h2>收费信息</h2><ul>{ROWS}</ul></body></html>"


def seen(
    body: str | bytes,
    *,
    status: int = 200,
    final: str = ADDRESS,
    headers: dict[str, str] | None = None,
    unit_names: tuple[str, ...] = (),
) -> Recognised | None:
    raw = body.encode() if isinstance(body, str) else body
    return recognise(
        open_page(raw, final),
        status=status,
        asked=ADDRESS,
        final=final,
        headers=headers or {},
        body=raw,
        unit_names=unit_names,
    )


def bare(words: str, title: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body><p>{words}</p></body></html>"


CHALLENGES = {
    "412 with a token": (412, "<meta content='x9Qk'><script>$_ts=window['$_ts'];</script>"),
    "412 bare": (412, ""),
    "521 with a cookie script": (521, "<script>document.cookie=('_');location.href='/'</script>"),
    "493": (493, "<html></html>"),
    "202 with a token": (202, "<script>$_ts={};var a=1</script>"),
    "200 with a token": (200, "<html><script>$_ts={};</script><body></body></html>"),
    "200 with a clearance cookie": (200, "<script>var c='__jsl_clearance_s=1';go()</script>"),
    "200 please verify": (200, bare("为了您的账号安全，请完成安全验证")),
    "200 slide": (200, bare("请向右滑动验证后继续访问", "安全验证")),
    "200 captcha": (200, bare("请输入验证码：<input name=c>")),
    "200 enable scripts": (200, bare("请开启JavaScript并刷新该页")),
    "200 noscript only": (
        200,
        "<script src=/c.js></script><noscript>请开启JavaScript并刷新该页</noscript>",
    ),
    "200 browser check": (200, bare("正在检查您的浏览器，请稍候")),
    "200 just a moment": (200, bare("", "Just a moment...")),
    "200 cookie then reload": (
        200,
        "<script>document.cookie='a=1';window.location.reload()</script>",
    ),
    "200 cloud firewall": (200, "<script>var arg1='acw_sc__v2'</script>"),
    "403 with a token": (403, "<script>$_ts={};</script>"),
}


@pytest.mark.parametrize("case", CHALLENGES.values(), ids=CHALLENGES.keys())
def test_a_challenge_is_recognised_before_anything_is_read(case):
    status, body = case

    found = seen(body, status=status)

    assert found is not None
    assert found.outcome in {Outcome.CHALLENGED, Outcome.SHELL}
    assert found.outcome is Outcome.CHALLENGED or "noscript" in body


MAINTENANCE = [
    "系统维护中，请稍后访问",
    "网站升级改造中，暂停访问",
    "本网站正在升级，给您带来不便敬请谅解",
    "网站备案中",
    "该站点已暂停",
    "站点已关闭，请联系空间商",
    "服务器维护中",
    "平台正在维护",
    "网站正在维护，预计3月1日恢复",
    "停机维护通知：今晚暂停服务",
    "网站改版中",
    "系统升级",
    "例行检修，暂停对外服务",
    "网站迁移中",
    "网站已停止访问",
    "暂时关闭",
    "Service Unavailable",
]


@pytest.mark.parametrize("words", MAINTENANCE)
@pytest.mark.parametrize("status", [200, 503])
def test_a_maintenance_notice_is_no_empty_column(words, status):
    found = seen(bare(words), status=status)

    assert found is not None
    assert found.outcome is Outcome.MAINTENANCE
    assert found.phrase


BLOCKS = {
    "firewall page": (200, bare("您的请求带有不合法参数，已被网站管理员设置拦截！", "网站防火墙")),
    "refused": (403, bare("拒绝访问")),
    "forbidden": (403, bare("", "403 Forbidden")),
    "bare 403": (403, ""),
    "405": (405, bare("很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。")),
    "address banned": (200, bare("您的IP已被封禁")),
}


@pytest.mark.parametrize("case", BLOCKS.values(), ids=BLOCKS.keys())
def test_a_block_page_is_no_empty_column(case):
    status, body = case

    found = seen(body, status=status)

    assert found is not None
    assert found.outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("body", "status", "final", "outcome"),
    [
        (bare("您访问的页面不存在"), 200, ADDRESS, Outcome.GONE),
        (bare("抱歉，该信息已被删除"), 200, ADDRESS, Outcome.GONE),
        (bare("", "404 Not Found"), 200, ADDRESS, Outcome.GONE),
        (bare("找不到"), 404, ADDRESS, Outcome.GONE),
        ("", 410, ADDRESS, Outcome.GONE),
        (LIST, 200, "http://xx.test/", Outcome.GONE),
        (LIST, 200, "http://xx.test/index.html", Outcome.GONE),
        (bare("出错了"), 200, "http://xx.test/404.html", Outcome.GONE),
        (bare("出错了"), 500, ADDRESS, Outcome.SERVER_ERROR),
        (bare("bad gateway"), 502, ADDRESS, Outcome.SERVER_ERROR),
        (bare("错误的请求"), 400, ADDRESS, Outcome.PROTOCOL),
        (bare("访问过于频繁"), 200, ADDRESS, Outcome.ASKED_TO_WAIT),
        ("", 429, ADDRESS, Outcome.ASKED_TO_WAIT),
        ("", 200, ADDRESS, Outcome.TRUNCATED),
        ("<form><input type=password></form>", 200, ADDRESS, Outcome.LOGIN),
        (bare("统一身份认证平台"), 200, ADDRESS, Outcome.LOGIN),
        (LIST, 200, "http://xx.test/cas/login?service=1", Outcome.LOGIN),
        (bare("本栏目仅限校园网访问"), 200, ADDRESS, Outcome.LOGIN),
        ("", 401, ADDRESS, Outcome.LOGIN),
        (bare("澳门棋牌娱乐城", "棋牌下载"), 200, ADDRESS, Outcome.TAKEN_OVER),
        (bare("该域名正在出售"), 200, ADDRESS, Outcome.TAKEN_OVER),
        ("<div id=app></div><script src=/a.js></script>", 200, ADDRESS, Outcome.SHELL),
        (b"\xff\xfe\x00" * 9 + b"\x81\x30\xff" * 40, 200, ADDRESS, None),
    ],
)
def test_other_walls(body, status, final, outcome):
    found = seen(body, status=status, final=final)

    assert outcome is None or (found is not None and found.outcome is outcome)


@pytest.mark.parametrize(
    "body",
    [
        LIST,
        LIST.replace("收费信息</title>", "403</title>"),
        LIST.replace("第3条公示信息", "关于网站升级改造暂停访问的公告"),
        LIST.replace("第3条公示信息", "请完成安全验证的通知"),
        LIST.replace("第3条公示信息", "原页面不存在的说明"),
        LIST.replace("<h2>", "<form><input type=password></form><h2>"),
        LIST.replace("第3条公示信息", "警惕网络博彩、棋牌、彩票等违法活动致家长的一封信"),
        bare("暂无内容"),
        bare("栏目建设中，敬请期待"),
    ],
    ids=[
        "list",
        "titled 403",
        "news of an upgrade",
        "news of a check",
        "news of a deletion",
        "login box",
        "a warning against gambling",
        "empty column",
        "column being built",
    ],
)
def test_a_page_with_something_of_its_own_is_content(body):
    assert seen(body) is None


def test_a_school_that_warns_of_gambling_keeps_its_name():
    body = bare("青禾小学提醒家长：远离棋牌、博彩、彩票", "青禾小学")

    assert seen(body, unit_names=("青禾小学",)) is None


@pytest.mark.parametrize(
    ("body", "to"),
    [
        ("<meta http-equiv='refresh' content='0;url=/new/'>", "http://xx.test/new/"),
        ("<meta http-equiv=Refresh content=\"3; URL='a.html'\">", ADDRESS + "a.html"),
        ("<meta http-equiv=refresh content='60;url=/new/'>", ""),
        ("<meta http-equiv=refresh content='5'>", ""),
        ("<script>window.location.href='/m/';</script>", "http://xx.test/m/"),
        ('<script>location.replace("/m/")</script>', "http://xx.test/m/"),
        (LIST + "<script>location.href='/m/';</script>", ""),
    ],
)
def test_only_a_bare_page_is_a_redirect(body, to):
    assert redirect_in(open_page(body.encode(), ADDRESS)) == to


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (TimeoutError(), Outcome.TIMED_OUT),
        (ConnectionRefusedError(), Outcome.REFUSED),
        (ValueError("odd"), Outcome.PROTOCOL),
        (ValueError("SSL routines: dh key too small"), Outcome.CERTIFICATE),
    ],
)
def test_a_failure_to_open_is_named_and_never_judged(failure, outcome):
    assert failure_outcome(failure) is outcome
    assert outcome in UNOPENED
