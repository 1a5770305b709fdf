"""Forms in which pages write the day under a headline, each with what must be read from it.

A form is a line of its own between a headline and a text with other days in it. They are
ordered by what they say: a day, or why there is none. ``BY_DATEPARSER`` are those that our own
patterns do not read: relative times, English and HTTP forms.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from crawler.pages import dates
from crawler.pages.articles import Article, read_article
from monitor.model import NoDay

SEEN = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)  # 2026-11-22 01:30 in Beijing
PAGE = """<!DOCTYPE html><html><head><meta charset=utf-8></head><body>
<div class=main><h1>启明小学秋季学期收费公示</h1>{line}<div class=con>
<p>根据上级文件要求，现将我校2023年9月1日起执行的收费项目、标准和依据公示如下，请广大家长监督。</p>
<p>启明小学</p><p>2023年8月25日</p></div></div></body></html>"""


def read(form: str) -> Article:
    line = form if form.startswith("<") else f"<p>{form}</p>"
    return read_article(
        PAGE.format(line=line).encode(), "http://edu.example/a/1.html", seen_at=SEEN
    )


#: the label of publication in every wording, with its usual surroundings
LABELLED = """
发布时间：2024-07-04
发布时间:2024-07-04
发布时间: 2024-07-04
发布时间 : 2024-07-04
发布时间∶2024-07-04
发布时间︰2024-07-04
发布时间﹕2024-07-04
发布时间：2024-07-04 10:34
发布时间：2024-07-04 10:34:56
发布时间：2024-07-0410:34:56
发布时间：2024-07-04T10:34:56
发布时间：2024-07-04T10:34:56+08:00
发布时间：2024-07-04 10:34:56.0
发布时间2024-07-04
发布时间 2024-07-04
【发布时间：2024-07-04】
[发布时间：2024-07-04]
（发布时间：2024-07-04）
发布日期：2024-07-04
发布日期：2024年07月04日
发布日期：2024年7月4日
发布日期：2024 年 7 月 4 日
发布日期：2024/07/04
发布日期：2024/7/4
发布日期：2024.07.04
发布日期：2024.7.4
发布日期：2024．7．4
发布日期：2024－07－04
发布日期：2024–07–04
发布日期：２０２４－０７－０４
发布日期：２０２４年７月４日
发布日期：２０２４．０７．０４
发布日期：二〇二四年七月四日
发布日期：二○二四年七月四日
发布日期：二零二四年七月四日
发布日期：20240704
发布于 2024-07-04
发布于：2024-07-04 08:00
发布于2024年7月4日
发表时间：2024-07-04
发表日期：2024-07-04
发表于：2024-07-04
发表于 2024-7-4 9:05
公布时间：2024-07-04
公布日期：2024年7月4日
公开日期：2024-07-04
公开时间：2024-07-04
公示时间：2024-07-04
公示日期：2024年7月4日
发稿时间：2024-07-04
发稿日期：2024/7/4
刊发时间：2024-07-04
刊发日期：2024-07-04
刊登日期：2024-07-04
录入时间：2024-7-4 10:34:05
添加时间：2024-07-04
添加日期：2024年07月04日
上传时间：2024-07-04
上传日期：2024-07-04
上网时间：2024-07-04
上网日期：2024-07-04
信息时间：2024-07-04
信息日期：2024-07-04
文章日期：2024-07-04
新闻时间：2024-07-04
新闻日期：2024-07-04
发文时间：2024-07-04
推送时间：2024-07-04
张贴日期：2024-07-04
时间：2024-07-04
时间：2024年07月04日 16:22
日期：2024-07-04
日期：2024.7.4
日 期：2024-07-04
时　间：2024-07-04
发 布 时 间：2024-07-04
发&nbsp;布&nbsp;日&nbsp;期：2024-07-04
发&#8203;布时&#8205;间：2024-07-04
<p><b>发布</b>时间：<i>2024-07-04</i></p>
<p>发布时间：<span>2024</span>-<span>07</span>-<span>04</span></p>
<p>发布时间：<b>2024</b>年<b>7</b>月<b>4</b>日</p>
<p>发布时间：<span>04</span><em>2024-07</em></p>
<p><span>发布时间：</span><span>2024-07-04</span></p>
<ul><li>发布时间：</li><li>2024-07-04</li></ul>
<table><tr><td>发布时间</td><td>2024-07-04</td></tr></table>
<table><tr><th>发布日期：</th><td>2024年07月04日</td></tr></table>
<dl><dt>发布日期</dt><dd>2024-07-04</dd></dl>
發布時間：2024-07-04
發佈日期：2024年7月4日
發表於：2024-07-04
公佈時間：2024-07-04
刊發日期：2024-07-04
發(fā)布時(shí)間(jiān)：2024-07-04 來(lái)源：縣教導(dǎo)局
发布时间：2024-07-04 来源：县教育局
来源：县教育局 发布时间：2024-07-04
来源：县教育局发布时间：2024-07-04
来源:县教育局发布时间:2024-07-04 08:23文字大小:[  ]背景色:
发布时间：2024-07-04 10:34 信息来源：县政府办 阅读次数：386 字体：[大 中 小]
作者：校办 发布时间：2024-07-04 点击：12次
时间:2024-07-04来源:县教育局作者: 点击:
来源： 时间：2024-07-04 浏览：
发布人：管理员 发布时间：2024-07-04
发布者：admin 发布时间：2024/7/4 10:34:00 浏览量：33
阅读：33次 发布日期：2024-07-04
更新时间：2024-08-01 发布时间：2024-07-04
成文日期：2024-05-20 发布日期：2024-07-04
发布日期：2024-07-04 生效日期：2024-08-01
发布日期：2024-07-04 有效期：2026-07-04
成文日期 2024-05-20 / 发布日期 2024-07-04 / 更新时间 2024-11-01
发布日期：2024-07-04 | 来源：县教育局 | 打印 | 关闭
索引号：A001/2024-1 发布日期：2024-07-04 发布机构：县教育局
公開日：2024年7月4日
掲載日：2024年7月4日
投稿日：2024/07/04
作成者：事務局 公開日：2024.7.4
작성일 2024.07.04
작성일: 2024-07-04
등록일 2024/07/04 조회 12
Date: 2024-07-04
Published: 2024-07-04
Time：2024-07-04 Source：School Office Hits：12
Published on 2024-07-04 by Admin
Posted on: 2024/07/04
Release date: 2024-07-04
"""

#: no label, nothing but furniture beside
BARE = """
2024-07-04
2024-7-4
2024/07/04
2024.07.04
2024年07月04日
2024年7月4日
2024 年 07 月 04 日
２０２４年７月４日
２０２４－７－４
二〇二四年七月四日
二○二四年七月四日
二零二四年七月四日
2024年七月四日
20240704
2024-07-04 10:34
2024-07-04 10:34:56
2024年07月04日 10:34
2024年7月4日10时
2024-07-04 | 县教育局
2024/7/4 县教育局
县教育局 2024-07-04
县教育局　2024年7月4日
（2024年7月4日）
（2024-07-04）
【2024-07-04】
[2024-07-04]
[2024/7/4 10:34]
〔2024年7月4日〕
2024-07-04 星期四
2024年7月4日 星期四
2024-07-04 点击：12
2024-07-04 来源：县教育局
2024-07-04 来源：县教育局 作者：张三 点击：12
作者：校办 点击：12 2024-07-04
来源：校办 2024-07-04 10:00
2024-07-04 打印 关闭
2024-07-04 字体：大 中 小
2024-07-04 浏览次数：
<p><span>2024-07-04</span></p>
<p><em>2024</em>-<em>07</em>-<em>04</em></p>
<p><b>04</b><i>2024-07</i></p>
<p><b>04</b><i>2024.07</i></p>
<p><b>07-04</b><i>2024</i></p>
<div class=date>2024.07.04</div>
<ul><li>2024-07-04</li><li>县教育局</li></ul>
<p><a href="/u/1">县教育局</a> 2024-07-04</p>
民国113年7月4日
民國113年7月4日
令和6年7月4日
2024&#8288;-07-04
2024&shy;-07&shy;-04
2024年7⽉4⽇
"""

#: read by dateparser, seen on 2026-11-22 in Beijing
BY_DATEPARSER = {
    date(2026, 11, 22): """
刚刚
今天
今天 01:10
1分钟前
30 分钟前
25秒前
1小时前
半小时前
发布时间：今天 01:05
发布于 10分钟前
an hour ago
5 minutes ago
today
""",
    date(2026, 11, 21): """
昨天
昨天 14:30
昨天14:30
发布时间：昨天 09:12
时间：昨天
发布于昨天
3小时前
12小时前
1天前
[昨天]
yesterday
1 day ago
3 hours ago
""",
    date(2026, 11, 20): """
前天
前天 08:00
2天前
发布于 2天前
2 days ago
Posted: 2 days ago
""",
    date(2026, 11, 19): """
3天前
【3天前】
发布日期：3天前
3 days ago
""",
    date(2026, 11, 12): """
10天前
10 days ago
""",
    date(2024, 7, 4): """
July 4, 2024
Jul 4, 2024
Jul. 4, 2024
July 4th, 2024
July 04, 2024
4 July 2024
4 Jul 2024
04 Jul 2024
4th July 2024
04-Jul-2024
Thu, 04 Jul 2024 10:34:00 GMT
Thu, 04 Jul 2024 10:34:00 +0800
04 Jul 2024 02:34 UTC
Published July 4, 2024
Published: July 4, 2024
Published on 4 July 2024 by Admin
Posted: Jul 4, 2024 10:34 AM
Posted on July 4, 2024
Date: 4 July 2024
Release date: July 4, 2024
Date published: 4th July 2024
Updated: July 9, 2024 | Published: July 4, 2024
By Admin | July 4, 2024
July 4, 2024 Views: 12
发布时间：Jul 4, 2024
发布日期：04 Jul 2024
""",
    date(2024, 7, 5): """
Thu, 04 Jul 2024 20:34:00 GMT
Published: 04 Jul 2024 18:00 UTC
""",
}

#: what is shown is told by its reason, and is no day
UNDATED = {
    NoDay.INCOMPLETE: """
发布时间：2024年7月
发布时间：2024-07
发布时间：2024/7
发布时间：2024年
发布时间：2024
发布时间：07-04
发布时间：[07-04]
发布时间：7月4日
发布时间：07-04 10:34
发布日期：07/04
""",
    NoDay.AMBIGUOUS: """
发布时间：24-7-4
发布时间：24-07-04
发布日期：24.7.4
发布日期：24/07/04
发布日期：05/06/2024
发布日期：05-06-2024
Published: 05/06/2024
""",
    NoDay.IMPOSSIBLE: """
发布时间：2024-13-05
发布时间：2024/13/05
发布时间：2024年2月30日
发布时间：2023-02-29
发布时间：2024-00-10
发布时间：2024-07-00
发布时间：2024-07-32
发布时间：2024-13
发布时间：二〇二四年十三月五日
""",
    NoDay.DEFAULT: """
发布时间：1970-01-01
发布时间：1970-01-01 08:00:00
发布时间：1900-01-01
发布时间：1989-07-04
发布时间：1990-01-01
发布时间：1999-11-30
发布时间：2000-01-01 00:00:00
发布时间：0001-01-01
发布时间：0000-00-00 00:00:00
""",
    NoDay.FUTURE: """
发布时间：2026-11-24
发布时间：2026年11月24日
发布时间：2062-02-06
2028-03-01
发布日期：2099-01-01
Published: July 4, 2030
""",
    NoDay.NOT_SHOWN: """
更新时间：2024-07-04
最后更新：2024-07-04 10:34
最近更新：2024年7月4日
修改时间：2024-07-04
更新 时间∶2024-07-04
更&#8203;新时间：2024-07-04
Updated: July 4, 2024
Last updated on July 4, 2024
Last modified: 2024-07-04
최종수정일 2024.07.04
更新日：2024年7月4日
成文日期：2024-07-04
成文时间：2024年7月4日
发文日期：2024-07-04
印发日期：2024-07-04
签发日期：2024年7月4日
生成日期：2024-07-04
页面生成时间：2024-07-04 03:10:00
有效期至：2024-07-04
截止时间：2024-07-04
报名时间：2024年7月4日
会议时间：2024年7月4日
活动时间：2024-07-04
失效日期：2024-07-04
Deadline: July 4, 2024
Event date: 4 July 2024
时间：2024年7月4日 地点：三楼会议室
今天是2024年7月4日 星期四
今天：2024-07-04
现在时间：2024-07-04 10:34
2026年11月22日 星期日 09:00:00
欢迎光临 2024-07-04
2周前
3个月前
去年
上周五
7月4日
07-04
2024年7月
2024
24-7-4
2023—2024学年
2023-2024学年第一学期
启教发〔2024〕7号
启教发[2024]4号
电话：024-2024-0704
2024-07-04-5
v2024.7.4.1
Copyright 2015-2024
版权所有 © 2024
202407041
发布时间：null
发布时间：--
发布时间：
来源：县教育局
浏览次数：20240704
12
""",
}

#: a day that is not the usual one
OTHER_DAYS = {
    "发布时间：2024-07-04 24:00": date(2024, 7, 5),
    "发布时间：2024-12-31 24:00:00": date(2025, 1, 1),
    "发布时间：2024-07-04T20:34:00Z": date(2024, 7, 5),
    "发布时间：2024-07-04T15:59:59Z": date(2024, 7, 4),
    "发布时间：2024-07-04T16:00:00.000Z": date(2024, 7, 5),
    "发布时间：2024-07-04 23:30:00 +0800": date(2024, 7, 4),
    "发布时间：2024-07-04T12:00:00-05:00": date(2024, 7, 5),
    "发布时间：2024-02-29": date(2024, 2, 29),
    "发布时间：1990-09-10": date(1990, 9, 10),
    "发布时间：2026-11-23": date(2026, 11, 23),
    "发布日期：二〇二四年十二月三十一日": date(2024, 12, 31),
    "发布日期：二〇二四年十月廿五日": date(2024, 10, 25),
    "发布日期：二〇〇九年元月一日": date(2009, 1, 1),
    "发布日期：二○一○年十一月二十日": date(2010, 11, 20),
    "发布日期：25/12/2024": date(2024, 12, 25),
    "发布日期：12/25/2024": date(2024, 12, 25),
    "发布日期：25.12.2024": date(2024, 12, 25),
    "民國一百年": None,
    "平成31年4月30日": date(2019, 4, 30),
    "令和元年5月1日": date(2019, 5, 1),
    "December 25, 2024": date(2024, 12, 25),
    "1 May 2026": date(2026, 5, 1),
}


def forms(text: str) -> list[str]:
    return text.strip().splitlines()


CASES = [
    *((form, date(2024, 7, 4)) for form in (*forms(LABELLED), *forms(BARE))),
    *((form, day) for day, text in BY_DATEPARSER.items() for form in forms(text)),
    *((form, why) for why, text in UNDATED.items() for form in forms(text)),
    *((form, day or NoDay.NOT_SHOWN) for form, day in OTHER_DAYS.items()),
]
FOREIGN = [form for text in BY_DATEPARSER.values() for form in forms(text)]


def test_there_are_enough_forms():
    assert len({form for form, _ in CASES}) == len(CASES) >= 300
    assert len(FOREIGN) >= 40


@pytest.mark.parametrize(("form", "expected"), CASES, ids=[form for form, _ in CASES])
def test_a_form_says_its_day_or_why_it_says_none(form, expected):
    article = read(form)
    day = article.published.day if article.published else None
    why = article.undated.why if article.undated else None

    assert (day or why) == expected
    assert (day is None) is (why is not None)


def test_without_dateparser_its_forms_say_nothing(monkeypatch):
    monkeypatch.setattr(dates, "dateparser", SimpleNamespace(parse=lambda *_, **__: None))
    dates.forget()

    assert [form for form in FOREIGN if read(form).published] == []
    assert all(read(form).published for form in forms(LABELLED))
    dates.forget()
