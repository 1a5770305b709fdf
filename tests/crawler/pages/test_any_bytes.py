"""Whatever stands at an address, both readers give an answer: no exception, and soon."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.pages.articles import read_article
from crawler.pages.lists import Listing, read_list

URL = "http://edu.example/xxgk/sfgs/index.html"
SEEN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
#: one answer takes a thousandth of this; the machine may be busy
SOON = settings(
    max_examples=150,
    deadline=5000,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

#: a page in the shape of real ones, in parts that can be lost, doubled and swapped
PARTS = (
    "<!DOCTYPE html><html><head><meta charset=gb2312><title>收费公示-启明小学</title>",
    '<meta name="PubDate" content="2024-07-04 10:34"><base href="/upload/">',
    '<script type="application/ld+json">{"datePublished":"2024-07-04T20:00:00Z"}</script>',
    "</head><body><div class=nav><a href=/>首页</a> | <a href=/xxgk/>信息公开</a></div>",
    "<p>当前位置：<a href=/>首页</a> &gt; 信息公开 &gt; 收费公示</p>",
    "<h1>启明小学秋季学期<br>收费公示</h1><p>发布时间：2024-07-04 10:34 来源：县教育局</p>",
    "<p>发布时间：<b>04</b><i>2024-07</i></p><time datetime=2024-07-04>July 4, 2024</time>",
    "<table><tr><th>索引号：<td>A1/2024-1<th>发布日期：<td>二〇二四年七月四日</table>",
    "<div id=vsb_content><p>根据文件要求，现将收费标准公示如下，请监督。</p><td>30<b>元</div></td>",
    "<p style='display:none'>暂无内容</p><a href='http://[x'>附件1.pdf</a><img src=1.jpg>",
    "<ul class=list><li><a href=t20240704_1.html>关于收费的公示一</a><span>07-04</span></li>",
    "<li onclick=\"go('/a/2.html')\">关于收费的公示二 2024-07-04</li></ul>",
    '<script type="text/xml"><datastore><record><![CDATA[<li><a href=1.html>三</a>]]></record>',
    "<script>document.writeln('<li><a href=\"/a/3.html\">公示三</a>2024-07-04</li>')</script>",
    "<textarea><a href=1.html>公示</a></textarea><select><option>1<option>2</select>",
    "<script>createPageHTML(9, 0, 'index', 'html')</script><a href=index_2.html>下一页</a>",
    "<p>發(fā)布時(shí)間(jiān)：3天前</p>淇℃伅鍏紑锛屾敹璐癸紝鏍囧噯锛ç\x9f¥é\x80\x9a",
    "<p>上一篇：旧闻 下一篇：新闻</p><div>版权所有 2015-2026 启明小学</div></body></html>",
    "{{title}} <% 1 %> &#0; &#xD800; &nbsp; \ufffd \u202e \u200b",
)
CHARSETS = ("utf-8", "gb18030", "utf-16", "big5", "latin-1")


def read(body: bytes, content_type: str | None = None) -> None:
    article = read_article(body, URL, content_type, seen_at=SEEN)
    _ = (article.text, article.tables, article.attachments, article.images, article.goes_on)
    assert (article.published is None) is (article.undated is not None)
    assert article.damage is not None
    assert len(article.title) <= 500
    listing = read_list(body, URL, content_type, seen_at=SEEN)
    assert isinstance(listing, Listing)
    assert all(entry.title for entry in listing.entries)


@SOON
@given(st.binary(max_size=3000))
def test_arbitrary_bytes(body):
    read(body)


@SOON
@given(st.text(max_size=1500), st.sampled_from(CHARSETS), st.text(max_size=30))
def test_arbitrary_text_between_tags(words, charset, label):
    body = f"<h1>{words}</h1><p>{label}：{words}</p><ul><li><a href='{label}'>{words}</a></ul>"

    read(body.encode(charset, "replace"), f"text/html; charset={label}")


@SOON
@given(
    st.lists(st.sampled_from(PARTS), max_size=30),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6)), max_size=25),
    st.sampled_from(CHARSETS),
)
def test_damaged_pages(parts, wounds, charset):
    body = bytearray("".join(parts).encode(charset, "replace"))
    for place, wound in wounds:
        body[place : place + len(wound)] = wound

    read(bytes(body))


@SOON
@given(
    st.recursive(st.sampled_from(PARTS), lambda inner: st.lists(inner, max_size=4), max_leaves=40)
)
def test_parts_inside_parts(tree):
    def markup(part: str | list[object]) -> str:
        if isinstance(part, str):
            return part
        return "<div><table><tr><td>" + "".join(map(markup, part)) + "</span></div>"

    read(markup(tree).encode())
