"""Pages that are no column: challenges, block pages, maintenance notices; all invented."""

from __future__ import annotations

from schoolpages import page
from siteserver import Reply, Route


def bare(title: str, inner: str, *, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body>{inner}</body></html>"
    )


#: a page of the school itself that asks for a code before it shows its list
CAPTCHA_IN_FRAME = page(
    "收费信息",
    "<h3>收费信息</h3><p>请输入验证码</p><form><input name='code'><img src='/code.jpg'></form>"
    "<div class='list'><p>暂无数据</p></div>",
    crumbs="收费信息",
)
#: a page of the school itself that is being rebuilt, with the notice where the list would be
REPAIR_IN_FRAME = page(
    "收费信息",
    "<h3>收费信息</h3><p>网站升级改造中</p><div class='list'><p>内容更新中</p></div>",
    crumbs="收费信息",
)

CHALLENGES: dict[str, Route] = {
    "412 and a script of digits": Reply(
        status=412, body="<script>$_ts=window['$_ts'];$_ts.cd='qrr';</script><script src=/4QbV.js>"
    ),
    "202 with a cookie to set": Reply(
        status=202,
        body="<script>document.cookie='acw_sc__v2='+arg1;location.reload()</script>",
    ),
    "521 with a clearance": Reply(
        status=521,
        body="<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>",
    ),
    "493 and a wall's own name": Reply(status=493, body="<p>wzws-waf-cgi</p>"),
    "491": Reply(status=491, body=""),
    "403 of a host's firewall": Reply(
        status=403,
        body=bare("网站防火墙", "<h1>您的请求带有不合法参数，已被网站管理员设置拦截</h1>"),
    ),
    "403 and nothing to say": Reply(
        status=403, body=bare("403 Forbidden", "<h1>403 Forbidden</h1>")
    ),
    "405 of a cloud": Reply(
        status=405,
        body=bare(
            "405", "<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>"
        ),
    ),
    "200 and please verify": bare("安全检查", "<p>为保障访问安全，请完成验证</p>"),
    "200 and a code to type": bare("验证", "<p>请输入验证码后继续访问</p><input name='c'>"),
    "200 and a slider": bare("滑动验证页面", "<div class='slider'>拖动滑块完成拼图</div>"),
    "200 and a noscript only": bare(
        "", "<script src='/challenge.js'></script><noscript>请开启JavaScript并刷新该页</noscript>"
    ),
    "200 and one moment": bare("Just a moment...", "<p>Verifying you are human.</p>"),
    "200 and a look at the browser": bare("请稍候", "<p>正在检查您的浏览器，完成后自动跳转</p>"),
    "200 and a sum to solve": bare("人机验证", "<p>请点击验证，证明您不是机器人</p>"),
    "200 and a vendor's captcha": bare(
        "验证", "<script src='/TCaptcha.js'></script><script>new TencentCaptcha(1)</script>"
    ),
    "200 and access denied": bare("Access Denied", "<p>Request Blocked. Reference 18.2f</p>"),
    "200 and an odd surrounding": bare("提示", "<p>检测到您的网络环境异常</p>"),
    "200 in the school's own frame": CAPTCHA_IN_FRAME,
}

MAINTENANCE: dict[str, Route] = {
    "in maintenance": bare("公告", "<h2>系统维护中，请稍后访问</h2>"),
    "in maintenance, come back": bare("公告", "<h2>系统维护中，请稍后再试</h2>"),
    "being upgraded": bare("网站升级", "<p>网站升级中，预计三日内恢复</p>"),
    "being rebuilt": bare("公告", "<p>本站正在改版，敬请期待</p>"),
    "being registered": bare("提示", "<p>网站备案中，暂时关闭</p>"),
    "not registered": bare("提示", "<p>该网站未根据相关法规完成备案，暂时无法访问</p>"),
    "suspended": bare("提示", "<p>该站点已暂停，请联系服务商</p>"),
    "closed for now": bare("通知", "<p>接上级通知，网站暂时关闭</p>"),
    "stopped": bare("通知", "<p>因机房搬迁，网站已停止服务</p>"),
    "service paused": bare("通知", "<p>暂停服务，给您带来不便敬请谅解</p>"),
    "servers overhauled": bare("通知", "<p>服务器检修，今晚 22 时恢复</p>"),
    "platform moved": bare("通知", "<p>平台迁移中，请于下周访问</p>"),
    "routine": bare("公告", "<p>例行维护，时间：每周五晚</p>"),
    "debugged": bare("公告", "<p>系统正在调试，请谅解</p>"),
    "in English": bare("Under Maintenance", "<p>We will be back soon.</p>"),
    "503 in maintenance": Reply(status=503, body=bare("503", "<p>系统维护，请稍后再试</p>")),
    "in GBK": Reply(
        body=bare("公告", "<p>系统维护中，请稍后访问</p>").replace("utf-8", "gbk").encode("gbk"),
        headers={"Content-Type": "text/html"},
    ),
    "in the school's own frame": REPAIR_IN_FRAME,
}
