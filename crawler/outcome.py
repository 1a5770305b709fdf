"""访问结果: a response or a failure to an ``Outcome``, before anything is read from it. Pure.

A page is content until something proves otherwise, and proof needs two things: the words or marks
of a known kind of wall, and little else on the page. A list of seventy entries under the title 403
is a list; a notice about an upgrade among the news is news.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.pages.text import Page, text_in
from monitor.model import Outcome

#: walls and notices stay below this; a page beyond it says something of its own
_LITTLE_TEXT = 600
_FEW_LINKS = 12
_NEXT_TO_NOTHING = 60  # characters a page shows before its scripts have run
#: characters in which a page opens, and in which it closes as a rule
_OPENING, _ENDING = 4000, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """不是栏目内容: what the page is instead, and the words that show it ("" where none do)."""

    outcome: Outcome
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """应答: one response as the looks below see it; header names are lower-case."""

    status: int
    asked: str
    final: str
    headers: Mapping[str, str]
    unit_names: tuple[str, ...]
    source: str  # the body as text
    title: str
    links: int  # anchors with words and an address; more than a few are not counted
    # where there are more than a few links, nobody asks for what follows
    text: str  # visible, blanks removed
    scripts: bool  # there are some
    unscripted: str  # what it tells browsers without scripts, blanks removed
    forms: bool  # a password is asked for

    @property
    def is_bare(self) -> bool:
        """Whether there is hardly anything on the page but one message."""
        return self.links < _FEW_LINKS and len(self.text) < _LITTLE_TEXT

    @property
    def is_blank(self) -> bool:
        """Whether a reader without scripts sees next to nothing."""
        return not self.links and len(self.text) <= _NEXT_TO_NOTHING


def recognise(
    page: Page | None,
    *,
    status: int,
    asked: str,
    final: str,
    headers: Mapping[str, str],
    body: bytes,
    unit_names: tuple[str, ...] = (),
) -> Recognised | None:
    """Return what stands in the way of reading this response, or None for content.

    ``page`` is the opened body (None when there is none), ``asked`` and ``final`` the addresses
    before and after redirects.
    """
    answer = _answer(page, status, asked, final, headers, unit_names)
    for look in _LOOKS:
        if found := look(answer):
            return found
    if not body.strip():
        return Recognised(outcome=Outcome.TRUNCATED)
    if page is not None and page.doubtful:
        return Recognised(outcome=Outcome.CHARSET)
    return None


def redirect_in(page: Page) -> str:
    """Return where a page sends its reader by meta refresh or a bare script, or "".

    Only a page with hardly anything else on it is a redirect; a refresh after more than 5 seconds
    is a page that reloads itself.
    """
    if page.tree is None:
        return ""
    answer = _answer(page, 200, page.url, page.url, {}, ())
    if answer.links > 3 or len(answer.text) > 120:
        return ""
    for content in _REFRESH(page.tree):
        found = _REFRESH_TO.match(str(content))
        if found and float(found["wait"] or 0) <= 5:
            return str(urljoin(page.url, found["to"].strip()))
    if answer.scripts and (found := _SCRIPT_TO.search(page.text)):
        return str(urljoin(page.url, found["to"]))
    return ""


def failure_outcome(failure: BaseException) -> Outcome:
    """Return the outcome of a request that brought no response.

    Goes by the names of the exception's classes, so that this file knows no network library; a
    failure that wraps others (Twisted's ``reasons``) is what the first known one of them is.
    """
    for kind in type(failure).__mro__:
        if kind.__name__ in _FAILURES:
            return _FAILURES[kind.__name__]
    for reason in getattr(failure, "reasons", ()):
        inner = getattr(reason, "value", reason)
        if isinstance(inner, BaseException):
            found = failure_outcome(inner)
            if found is not Outcome.PROTOCOL:
                return found
    return Outcome.CERTIFICATE if _TLS_WORDS.search(str(failure)) else Outcome.PROTOCOL


# --- the looks, in order: the first that knows the answer decides -----------------------


def _challenge(answer: Answer) -> Recognised | None:
    if answer.status in _CHALLENGE_STATUS:
        return Recognised(outcome=Outcome.CHALLENGED, phrase=f"{answer.status}")
    if not answer.is_bare:
        return None
    if _CHALLENGE_MARKS.search(answer.source):
        return Recognised(outcome=Outcome.CHALLENGED)
    # an application asks for scripts too, but names the place it will fill
    if answer.is_blank and not _APP_MARKS.search(answer.source):
        found = _CHALLENGE_WORDS.search(answer.unscripted)
        if found:
            return Recognised(outcome=Outcome.CHALLENGED, phrase=found.group())
    return _said(answer, _CHALLENGE_WORDS, Outcome.CHALLENGED)


def _block(answer: Answer) -> Recognised | None:
    if answer.is_bare and (found := _said(answer, _BLOCK_WORDS, Outcome.BLOCKED)):
        return found
    if answer.is_bare and _BLOCK_MARKS.search(answer.source):
        return Recognised(outcome=Outcome.BLOCKED)
    if answer.status in {403, 405, 406} and answer.links < _FEW_LINKS:
        return Recognised(outcome=Outcome.BLOCKED, phrase=f"{answer.status}")
    return None


def _wait(answer: Answer) -> Recognised | None:
    if answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers):
        return Recognised(
            outcome=Outcome.ASKED_TO_WAIT, phrase=answer.headers.get("retry-after", "")
        )
    if answer.is_bare:
        return _said(answer, _WAIT_WORDS, Outcome.ASKED_TO_WAIT)
    return None


def _login(answer: Answer) -> Recognised | None:
    if answer.status in {401, 407, 511}:
        return Recognised(outcome=Outcome.LOGIN, phrase=f"{answer.status}")
    if answer.forms and answer.is_bare:
        return Recognised(outcome=Outcome.LOGIN, phrase=answer.title)
    moved = answer.final != answer.asked
    if moved and _LOGIN_PATH.search(urlsplit(answer.final).path.lower()):
        return Recognised(outcome=Outcome.LOGIN, phrase=answer.title)
    if answer.is_bare:
        return _said(answer, _LOGIN_WORDS, Outcome.LOGIN)
    return None


def _maintenance(answer: Answer) -> Recognised | None:
    if answer.is_bare and answer.status in {200, 202, 302, 500, 502, 503}:
        return _said(answer, _MAINTENANCE_WORDS, Outcome.MAINTENANCE)
    return None


def _come_back(answer: Answer) -> Recognised | None:
    """A page that says to come later and not why: those that say why were known before."""
    return _said(answer, _LATER_WORDS, Outcome.ASKED_TO_WAIT) if answer.is_bare else None


def _taken_over(answer: Answer) -> Recognised | None:
    """Return TAKEN_OVER for a domain that lapsed; its words are never repeated."""
    if any(name in answer.source for name in answer.unit_names):
        return None
    hits = len(set(_SPAM_WORDS.findall(answer.source)))
    in_title = len(set(_SPAM_WORDS.findall(answer.title)))
    if in_title >= 2 or (in_title and hits >= 3) or hits >= 6 or _PARKED_WORDS.search(answer.text):
        return Recognised(outcome=Outcome.TAKEN_OVER)
    return None


def _gone(answer: Answer) -> Recognised | None:
    if answer.status in {404, 410}:
        return Recognised(outcome=Outcome.GONE, phrase=f"{answer.status}")
    if answer.is_bare and (found := _said(answer, _GONE_WORDS, Outcome.GONE)):
        return found
    asked, final = urlsplit(answer.asked), urlsplit(answer.final)
    went_home = _is_home(final.path) and not _is_home(asked.path) and not asked.query
    if went_home and asked.hostname == final.hostname:
        return Recognised(outcome=Outcome.GONE, phrase="跳转到首页")
    if _NOT_FOUND_PATH.search(final.path) and asked.path != final.path:
        return Recognised(outcome=Outcome.GONE, phrase="跳转到“页面不存在”")
    return None


def _server_error(answer: Answer) -> Recognised | None:
    if answer.status >= 500:
        return Recognised(outcome=Outcome.SERVER_ERROR, phrase=f"{answer.status}")
    if answer.status >= 400:
        return Recognised(outcome=Outcome.PROTOCOL, phrase=f"{answer.status}")
    return None


def _shell(answer: Answer) -> Recognised | None:
    if answer.is_blank and (answer.scripts or _SHELL_MARKS.search(answer.source)):
        return Recognised(outcome=Outcome.SHELL)
    return None


def _cut(answer: Answer) -> Recognised | None:
    """Return TRUNCATED for a page that opens and never closes.

    A server that gives too small a length cuts its page, and no network library can tell: half a
    list would be a short list. No whole page of 219 real ones lacks both marks (2026-11).
    """
    if answer.is_blank or not _OPENS.search(answer.source[:_OPENING]):
        return None
    if _CLOSES.search(answer.source[-_ENDING:]) or _CLOSES.search(answer.source):
        return None
    return Recognised(outcome=Outcome.TRUNCATED)


_LOOKS: tuple[Callable[[Answer], Recognised | None], ...] = (
    _challenge,
    _wait,
    _block,
    _login,
    _maintenance,
    _come_back,
    _taken_over,
    _gone,
    _server_error,
    _shell,
    _cut,
)

_FAILURES = {
    "DNSLookupError": Outcome.NO_NAME,
    "CannotResolveHostError": Outcome.NO_NAME,
    "ConnectionRefusedError": Outcome.REFUSED,
    "DownloadConnectionRefusedError": Outcome.REFUSED,
    "NoRouteError": Outcome.REFUSED,
    "TimeoutError": Outcome.TIMED_OUT,
    "TCPTimedOutError": Outcome.TIMED_OUT,
    "DownloadTimeoutError": Outcome.TIMED_OUT,
    "SSLError": Outcome.CERTIFICATE,
    "CertificateError": Outcome.CERTIFICATE,
    "VerificationError": Outcome.CERTIFICATE,
    "ResponseDataLossError": Outcome.TRUNCATED,
    "ResponseDataLoss": Outcome.TRUNCATED,
    "PotentialDataLoss": Outcome.TRUNCATED,
    "ConnectionDone": Outcome.TRUNCATED,
    "ConnectionLost": Outcome.TRUNCATED,
    "DownloadCancelledError": Outcome.TOO_LARGE,
    "BadGzipFile": Outcome.TRUNCATED,
    "ConnectError": Outcome.REFUSED,
}

# 瑞数 412, 加速乐 521, 网站卫士 491 and 493; 202 is a page or a challenge, its body tells
_CHALLENGE_STATUS = frozenset({412, 491, 493, 521})
_CHALLENGE_MARKS = re.compile(
    r"\$_ts\s*=|__jsl_clearance|__jsluid|wzws-waf-cgi|acw_sc__v2|yunsuo_session_verify"
    r"|cf-browser-verification|_guard/|sl-session|;go\(\{\"bts\"|document\.cookie\s*=.{0,400}location"
    r"|TencentCaptcha|geetest",
    re.DOTALL,
)
_CHALLENGE_WORDS = re.compile(
    r"(请)?完成(安全)?验证|人机验证|安全验证|滑动验证|拖动滑块|请输入验证码|点击验证|验证您是真人"
    r"|请开启JavaScript|启用JavaScript|浏览器(安全)?检查|正在检查您的浏览器|环境异常|Justamoment",
    re.IGNORECASE,
)
_BLOCK_WORDS = re.compile(
    r"网站防火墙|网站管理员设置拦截|请求带有不合法参数|访问(被|已被)?(拒绝|拦截|阻断|禁止)|拒绝访问"
    r"|您的(访问|请求|IP|操作).{0,12}(拦截|阻断|禁止|封禁|拒绝|异常)|疑似(攻击|黑客)|非法(请求|访问)"
    r"|(Access|Request)(Denied|Blocked|Rejected)|403Forbidden|405NotAllowed",
    re.IGNORECASE,
)
_BLOCK_MARKS = re.compile(
    r"404\.safedog\.cn|help\.365cyd\.com|waf\.tencent-cloud\.com|errors\.aliyun"
)
_WAIT_WORDS = re.compile(
    r"访问(过于|太)?频繁|操作(过于|太)?频繁|当前访问人数(过多|较多)|TooManyRequests",
    re.IGNORECASE,
)
_LATER_WORDS = re.compile(r"请(求)?稍[后候]再(试|来|访问)")
_LOGIN_WORDS = re.compile(
    r"统一身份认证|请先登录|请登录后|登录后(查看|访问)|仅限(校园网|校内|内网|局域网)|(校外|外网)(无法|不能)访问"
    r"|您没有(登录|访问权限)"
)
_LOGIN_PATH = re.compile(r"/(cas|sso|login|signin|passport|authserver)(/|\.|$)")
_MAINTENANCE_WORDS = re.compile(
    r"(系统|网站|平台|本站|站点|服务器?).{0,6}(维护|升级|改版|改造|检修|调试|迁移|备案)中?"
    r"|(正在|停机|例行|临时)(维护|升级|检修)|暂停(访问|服务|对外)|(站点|网站)已(暂停|关闭|停止)|暂时关闭"
    r"|UnderMaintenance|ServiceUnavailable|(未|没有).{0,16}备案",
    re.IGNORECASE,
)
_GONE_WORDS = re.compile(
    r"(页面|网页|文章|内容|信息|栏目|文件|地址).{0,8}(不存在|已删除|已被删除|找不到|没找到|未找到|已下线|已失效)"
    r"|(没有找到|找不到|无法找到)(您|你|该|此|要|相关)?.{0,8}(页面|网页|文章|内容|信息|文件|资源)"
    r"|404(错误|NotFound|提示|-)|PageNotFound|404$",
    re.IGNORECASE,
)
_SPAM_WORDS = re.compile(
    r"棋牌|博彩|六合彩|时时彩|彩票|娱乐城|澳门|赌场|百家乐|老虎机|真人荷官|成人视频|约炮|代孕|贷款秒批|电竞下注"
)
_PARKED_WORDS = re.compile(
    r"域名(出售|转让|正在出售|已过期|到期)|(该|此)域名.{0,8}(出售|转让|过期)|domain(is|maybe)forsale",
    re.IGNORECASE,
)
_NOT_FOUND_PATH = re.compile(r"/(404|error|notfound|nopage)[^/]*$", re.IGNORECASE)
_APP_MARKS = re.compile(r"id=[\"']?(app|root)\b|\{\{|v-for=|ng-app", re.IGNORECASE)
_SHELL_MARKS = re.compile(rf"<noscript|{_APP_MARKS.pattern}", re.IGNORECASE)
_TLS_WORDS = re.compile(r"\b(ssl|tls|certificate|handshake|dh key)\b", re.IGNORECASE)
_OPENS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_REFRESH_TO = re.compile(
    r"\s*(?P<wait>\d+(\.\d+)?)?\s*;\s*url\s*=\s*['\"]?(?P<to>[^'\"]+)", re.IGNORECASE
)
_SCRIPT_TO = re.compile(
    r"location(?:\.href|\.replace|\.assign)?\s*(?:=|\()\s*(?P<quote>['\"])(?P<to>[^'\"+]+)(?P=quote)\s*[;)\s<]"
)
_BLANKS = re.compile(r"\s+")

_REFRESH = etree.XPath(
    "//meta[translate(@http-equiv,'REFSH','refsh')='refresh']/@content", smart_strings=False
)
_TEXTS = etree.XPath(
    "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]",
    smart_strings=False,
)
_UNSCRIPTED = etree.XPath("string(//noscript)", smart_strings=False)


def _answer(
    page: Page | None,
    status: int,
    asked: str,
    final: str,
    headers: Mapping[str, str],
    unit_names: tuple[str, ...],
) -> Answer:
    if page is None or page.tree is None:
        return Answer(
            status=status,
            asked=asked,
            final=final,
            headers=headers,
            unit_names=unit_names,
            source=page.text if page else "",
            title="",
            links=0,
            text="",
            scripts=False,
            unscripted="",
            forms=False,
        )
    tree = page.tree
    links = sum(1 for _ in islice(_links(tree), _FEW_LINKS))
    few = links < _FEW_LINKS
    return Answer(
        status=status,
        asked=asked,
        final=final,
        headers=headers,
        unit_names=unit_names,
        source=page.text,
        title=_squeeze(next(("".join(title.itertext()) for title in tree.iter("title")), "")),
        links=links,
        text=_squeeze("".join(_TEXTS(tree))) if few else "",
        scripts=few and next(tree.iter("script"), None) is not None,
        unscripted=_squeeze(str(_UNSCRIPTED(tree))) if few else "",
        forms=few
        and any(field.get("type", "").lower() == "password" for field in tree.iter("input")),
    )


def _links(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Links a reader can see and follow."""
    for link in tree.iter("a"):
        if link.get("href") is not None and len(text_in(link).strip()) > 1:
            yield link


def _said(answer: Answer, words: re.Pattern[str], outcome: Outcome) -> Recognised | None:
    found = words.search(answer.title) or words.search(answer.text)
    return Recognised(outcome=outcome, phrase=found.group()) if found else None


def _is_home(path: str) -> bool:
    return re.fullmatch(r"/?(index|default|main)?(\.\w+)?", path) is not None


def _squeeze(text: str) -> str:
    return _BLANKS.sub("", text)
