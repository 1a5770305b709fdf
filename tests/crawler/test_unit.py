from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from schoolpages import UNIT, article, empty, home, listing, page

from crawler.addresses import AddressRules
from crawler.ask import Answer, Ask
from crawler.pages.attachments import FileText
from crawler.pages.formats import Piece
from crawler.unit import SharedLists, UnitWalk
from monitor.model import (
    Column,
    Evidence,
    FileState,
    LookFor,
    Match,
    Network,
    Observation,
    Outcome,
    Place,
    Reading,
    Remembered,
    Target,
)

SITE = "http://school.cn"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FEES = Column(id="fees", name="收费信息", aliases=("收费公示",))
MISSING = Answer(
    asked="",
    url="",
    status=404,
    body="<html><title>404</title><body>您访问的页面不存在</body></html>".encode(),
    fetched_at=NOW,
)

#: a home page whose menus hold other columns only
MENU = home({"招生信息": "/zs/", "师资情况": "/sz/"})

Pages = Mapping[str, str | Answer]


def day(number: int) -> date:
    """The day of the number-th entry: one a month, backwards from November 2026."""
    return date(2026, 11, 10) - timedelta(days=30 * number)


def rows(first: int, last: int) -> list[tuple[str, str, date | None]]:
    return [
        (f"第{n}号收费事项的公示", f"/fees/content_{n}.html", day(n)) for n in range(first, last)
    ]


def target(**given: object) -> Target:
    return Target(
        **{
            "unit": "u1",
            "unit_names": (UNIT, "向阳小学"),
            "column": FEES,
            "home": f"{SITE}/",
            "address": f"{SITE}/fees/",
            "group": "school.cn",
            "since": date(2026, 1, 1),
            **given,
        }
    )


def walked(
    pages: Pages, *targets: Target, reads_scans: bool = False, **network: object
) -> tuple[list[Observation], list[str]]:
    """Walk the targets of one unit over a dict of pages; return what was seen and asked for."""
    unit = UnitWalk(
        targets,
        rules=AddressRules(),
        network=Network(**network),
        shared=SharedLists(),
        seen_at=NOW,
        reads_scans=reads_scans,
    )
    asked: list[str] = []
    seen, held = [], []
    for one in targets:
        walk = unit.read(one)
        try:
            ask = next(walk)
            while True:
                asked.append(ask.url.removeprefix(SITE))
                ask = walk.send(answer_of(ask, pages))
        except StopIteration as end:
            (held if unit.may_change(one, end.value) else seen).append(end.value)
    return seen + unit.settled(held), asked


def answer_of(ask: Ask, pages: Pages) -> Answer:
    found = pages.get(ask.scan.decode() or ask.url.removeprefix(SITE), MISSING)
    if isinstance(found, str):
        found = Answer(asked="", url="", status=200, body=found.encode(), fetched_at=NOW)
    return replace(found, asked=ask.url, url=found.url or ask.url)


def one(pages: Pages, **given: object) -> Observation:
    (seen,), _ = walked(pages, target(**given))
    return seen


LOOK = LookFor(match=Match(any=("收费",), none=("解读",)), words=("举报电话|监督电话", "收费依据"))
FILES = replace(LOOK, attachments=True)


def failed(outcome: Outcome) -> Answer:
    return Answer(asked="", url="", failure=outcome, fetched_at=NOW)


# --- how far a list is read -------------------------------------------------------------


def test_a_list_is_read_to_its_end():
    pages = {
        "/fees/": listing("收费信息", rows(0, 4), following="/fees/index_1.html"),
        "/fees/index_1.html": listing("收费信息", rows(4, 6)),
    }

    seen = one(pages)

    assert seen.outcome is Outcome.OPENED
    assert seen.identity_seen
    assert [document.day for document in seen.documents] == [day(n) for n in range(6)]
    assert seen.coverage.to_end
    assert seen.coverage.pages == 2


def test_reading_stops_at_a_page_that_is_older_than_what_is_wanted():
    pages = {
        "/fees/": listing("收费信息", rows(0, 6), following="/fees/index_1.html"),
        "/fees/index_1.html": listing("收费信息", rows(6, 14), following="/fees/index_2.html"),
        "/fees/index_2.html": listing("收费信息", rows(14, 20), following="/fees/index_3.html"),
    }

    (seen,), asked = walked(pages, target(since=date(2026, 1, 1)))

    assert asked == ["/fees/", "/fees/index_1.html", "/fees/index_2.html"]
    assert not seen.coverage.to_end
    assert seen.coverage.reaches(date(2026, 1, 1))
    assert seen.coverage.since == day(19) + timedelta(days=1)
    assert seen.coverage.stopped_by == ""


def test_pinned_entries_do_not_end_the_search():
    pinned = [("收费管理办法", "/fees/content_97.html", date(2019, 5, 1))]
    pages = {
        "/fees/": listing("收费信息", pinned + rows(0, 5), following="/fees/index_1.html"),
        "/fees/index_1.html": listing("收费信息", pinned + rows(5, 9)),
    }

    seen = one(pages)

    assert len(seen.documents) == 10
    assert seen.coverage.to_end


@pytest.mark.parametrize(
    ("listed", "own", "told"),
    [
        ("2028-03-01", None, ("FUTURE", "2028-03-01", date(2028, 3, 1))),
        (None, "2028-03-01", ("FUTURE", "2028-03-01", date(2028, 3, 1))),
        ("2026-09", "2028-03-01", ("FUTURE", "2028-03-01", date(2028, 3, 1))),
        ("2026-09", None, ("INCOMPLETE", "2026-09", None)),
        ("2028-03-01", "2026-09-01", None),
        (None, None, None),
    ],
    ids=["in the list", "on its page", "on its page, half in the list", "half", "a day", "nothing"],
)
def test_a_document_says_what_it_shows_instead_of_a_day(listed, own, told):
    pages = {
        "/fees/": listing("收费信息", [*rows(1, 4), ("收费公示", "/fees/a.html", listed)]),
        "/fees/a.html": article("收费公示", own, "现将收费项目和标准公布如下，请家长监督。"),
    }

    shown = one(pages).documents[-1].misdated

    assert (shown and (shown.why.name, shown.text, shown.day)) == told


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (failed(Outcome.TIMED_OUT), "第2页"),
        (failed(Outcome.BUDGET), "第2页"),
        (listing("收费信息", rows(0, 4), following="/fees/index_2.html"), "不变"),
        (MISSING, "第2页"),
        (page("安全验证", "<p>请完成安全验证</p>"), "第2页"),
    ],
    ids=["no answer", "no time left", "the first page again", "not there", "a challenge"],
)
def test_a_list_that_could_not_be_read_on_claims_only_what_was_read(second, words):
    pages = {
        "/fees/": listing("收费信息", rows(0, 4), following="/fees/index_1.html"),
        "/fees/index_1.html": second,
    }

    seen = one(pages)

    assert seen.outcome is Outcome.OPENED
    assert not seen.coverage.reaches(date(2026, 1, 1))
    assert seen.coverage.since == day(3) + timedelta(days=1)
    assert words in seen.coverage.stopped_by


def test_a_list_out_of_order_proves_nothing_until_its_end():
    mixed = [rows(0, 9)[n] for n in (3, 0, 5, 1, 7, 2, 8, 6, 4)] + rows(20, 30)
    pages = {
        "/fees/": listing("收费信息", mixed, following="/fees/index_1.html"),
        "/fees/index_1.html": listing("收费信息", rows(30, 40), following="/fees/index_2.html"),
    }

    seen = one(pages)

    assert seen.coverage.since is None
    assert not seen.coverage.to_end
    assert "不按日期" in seen.coverage.stopped_by


def test_a_column_has_a_limit_of_pages():
    pages = {
        f"/fees/{f'index_{n}.html' if n else ''}": listing(
            "收费信息",
            [(f"第{n}-{k}号通知", f"/fees/content_{n}{k}.html", day(0)) for k in range(3)],
            following=f"/fees/index_{n + 1}.html",
        )
        for n in range(9)
    }

    (seen,), asked = walked(pages, target(), pages_per_column=4)

    assert len(asked) == 4
    assert "上限" in seen.coverage.stopped_by
    assert not seen.coverage.reaches(date(2026, 1, 1))


# --- a list that is not in the page -----------------------------------------------------

CALL = (
    "<script>var lm='8813';$.post('/portal/queryList',{lmbh:lm,pageNo:1,pageSize:2},draw);</script>"
)
ASKED = "/portal/queryList#!form:lmbh=8813&pageNo={}&pageSize=2"


def data(*numbers: int, total: int = 3, title: str = "第{}号收费事项的公示") -> str:
    rows = [
        {"title": title.format(n), "url": f"/fees/content_{n}.html", "pubDate": f"{day(n)}"}
        for n in numbers
    ]
    return json.dumps({"total": total, "list": rows}, ensure_ascii=False)


def shell(inner: str = "") -> str:
    return page("收费信息", f"<ul id='rows'></ul>{inner}{CALL}", crumbs="收费信息")


def test_a_list_is_asked_for_as_the_page_itself_asks():
    pages = {
        "/fees/": shell(),
        ASKED.format(1): data(0, 1),
        ASKED.format(2): data(2),
    }

    (seen,), asked = walked(pages, target())

    assert [document.day for document in seen.documents] == [day(0), day(1), day(2)]
    assert seen.coverage.to_end
    assert asked == ["/fees/", ASKED.format(1), ASKED.format(2)]


def test_an_application_without_a_word_is_read_by_its_request():
    bare = f"<html><head><title>{UNIT}</title></head><body><div id='app'></div>{CALL}</body></html>"

    seen = one({"/fees/": bare, ASKED.format(1): data(0, 1, total=2)})

    assert seen.outcome is Outcome.OPENED
    assert seen.identity_seen
    assert len(seen.documents) == 2
    assert one({"/fees/": bare}).outcome is Outcome.SHELL


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("关于网站升级维护期间第{}号收费的公示", Outcome.OPENED),
        ("第{}号：页面不存在时的收费办法", Outcome.OPENED),
    ],
)
def test_words_in_the_titles_of_data_are_no_wall(title, outcome):
    pages = {"/fees/": shell(), ASKED.format(1): data(0, 1, total=2, title=title)}

    assert one(pages).outcome is outcome


@pytest.mark.parametrize(
    "reply",
    ['{"code":-1,"msg":"访问过于频繁","data":[]}', '{"total":0,"list":[]}', "{}", "[[["],
)
def test_data_without_rows_is_no_empty_column(reply):
    assert one({"/fees/": shell(), ASKED.format(1): reply}).outcome is Outcome.SHELL


@pytest.mark.parametrize(
    "call",
    [
        "$.post('/portal/queryList',{pageNo:1,pageSize:2},draw)",
        "$.post('/portal/queryList',{lmbh:chosen(),pageNo:1},draw)",
        "$.post('/portal/saveList',{lmbh:8813,pageNo:1},draw)",
        "$.post('http://other.cn/queryList',{lmbh:8813,pageNo:1},draw)",
    ],
    ids=["of no column", "not written out", "changes something", "another host"],
)
def test_a_request_that_cannot_be_taken_over_is_not_made(call):
    pages = {"/fees/": shell().replace(CALL, f"<script>{call}</script>")}

    (seen,), asked = walked(pages, target())

    assert seen.outcome is Outcome.SHELL
    assert not any("List" in address for address in asked)


SIGNING = {
    "a field": "$.post('/portal/queryList',{lmbh:8813,pageNo:1,sign:md5(salt+8813)},draw)",
    "a header": (
        "$.ajax({url:'/portal/queryList',type:'post',headers:{'X-Sign':sign(ts)},"
        "data:{lmbh:8813,pageNo:1}})"
    ),
    "a name": (
        "var s=hash(ts);axios.post('/portal/queryList',{lmbh:8813,pageNo:1},"
        "{headers:{accessToken:s}})"
    ),
    "every request": (
        "axios.interceptors.request.use(c=>{c.headers['signature']=hmac(c.url);return c});"
        "axios.get('/portal/queryList',{params:{lmbh:chosen()}})"
    ),
}


@pytest.mark.parametrize("how", SIGNING)
def test_a_request_that_a_script_signs_is_told_by_what_it_needs(how):
    pages = {
        "/fees/": shell().replace(CALL, f"<script>{SIGNING[how]}</script>"),
        "/portal/queryList#!form:lmbh=8813&pageNo=1": '{"code":401,"msg":"illegal request"}',
    }
    name = {"a field": "sign", "a header": "X-Sign", "a name": "accessToken"}.get(how, "signature")

    seen = one(pages)

    assert (seen.outcome, seen.phrase) == (Outcome.SHELL, name)


@pytest.mark.parametrize(
    "call",
    [
        "$.post('/portal/queryList',{lmbh:chosen(),pageNo:1},draw)",
        "$.post('/user/loginList',{name:n,token:md5(n)},draw)",
        "$.post('/portal/queryList',{lmbh:chosen(),design:plan(),csrfToken:t},draw)",
    ],
    ids=["not signed", "not the list's", "no signature"],
)
def test_a_list_filled_by_script_is_not_called_signed_without_a_sign_of_it(call):
    seen = one({"/fees/": shell().replace(CALL, f"<script>{call}</script>")})

    assert (seen.outcome, seen.phrase) == (Outcome.SHELL, "")


def test_a_column_that_says_it_is_empty_is_not_filled_from_elsewhere():
    pages = {"/fees/": empty("收费信息").replace("</body>", f"{CALL}</body>")}

    (seen,), asked = walked(pages, target())

    assert seen.outcome is Outcome.SAYS_EMPTY
    assert ASKED.format(1) not in asked


# --- a next page whose address was made -------------------------------------------------

SCRIPTED = "<div class='pager' id='pager'></div><script>laypage({count: 40});</script>"


def turned(first: int, last: int) -> str:
    return listing("收费信息", rows(first, last), pager=SCRIPTED)


def numbered(first: int, last: int, number: int) -> str:
    call = f"<script>createPageHTML(4, {number}, 'index', 'html');</script>"
    return listing("收费信息", rows(first, last), pager=call)


def test_a_pager_without_addresses_is_turned_by_trying():
    pages = {
        "/fees/": turned(0, 5),
        "/fees/index_2.html": turned(5, 10),
        "/fees/index_3.html": turned(10, 15),
    }

    (seen,), asked = walked(pages, target(since=day(9)))

    assert seen.coverage.reaches(day(9))
    assert len(seen.documents) == 15
    assert asked == ["/fees/", *(f"/fees/index_{n}.html" for n in (1, 2, 3))]


def test_numbers_that_begin_with_0_skip_no_page():
    pages = {
        "/fees/": turned(0, 5),
        "/fees/index_1.html": turned(5, 10),
        "/fees/index_2.html": turned(10, 15),
    }

    assert [one.day for one in one(pages).documents] == [day(n) for n in range(15)]


@pytest.mark.parametrize(
    "second",
    [
        turned(0, 5),
        listing(
            "校园新闻", [(f"校园新闻第{n}条", f"/n/content_{n}.html", day(n)) for n in range(5)]
        ),
        failed(Outcome.TIMED_OUT),
    ],
    ids=["the first again", "the news", "no answer"],
)
def test_a_guess_that_does_not_go_on_says_nothing(second):
    pages = {"/fees/": turned(0, 5), "/fees/index_1.html": second, "/fees/index_2.html": second}

    seen = one(pages)

    assert len(seen.documents) == 5
    assert seen.coverage.since == day(4) + timedelta(days=1)
    assert "翻页" in seen.coverage.stopped_by


def test_a_made_address_that_goes_back_in_time_leaves_nothing_proven():
    pages = {
        "/fees/": numbered(5, 10, 0),
        "/fees/index_1.html": numbered(0, 5, 1),
    }

    seen = one(pages)

    assert len(seen.documents) == 5
    assert seen.coverage.since is None
    assert not seen.coverage.to_end
    assert "不按日期" in seen.coverage.stopped_by


def test_a_page_that_counts_itself_two_further_is_not_the_next():
    pages = {"/fees/": numbered(0, 5, 0), "/fees/index_1.html": numbered(10, 15, 2)}

    seen = one(pages)

    assert len(seen.documents) == 5
    assert seen.coverage.since == day(4) + timedelta(days=1)


# --- a new layout -----------------------------------------------------------------------

KNOWN = Remembered(address=f"{SITE}/fees/", signature="body/div.main/ul.list/li")


def test_a_column_that_was_emptied_in_its_old_box_says_so():
    assert one({"/fees/": empty("收费信息")}, remembered=KNOWN).outcome is Outcome.SAYS_EMPTY


def test_a_page_of_another_layout_that_says_it_is_empty_is_believed_the_second_time():
    pages = {"/fees/": empty("收费信息").replace("class='main'", "class='wrap'")}

    first = one(pages, remembered=KNOWN)

    assert first.outcome is Outcome.LAYOUT_CHANGED
    assert one(pages, remembered=first.remember).outcome is Outcome.SAYS_EMPTY


# --- what a page may be instead ---------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (empty("收费信息"), Outcome.SAYS_EMPTY),
        (failed(Outcome.REFUSED), Outcome.REFUSED),
        (failed(Outcome.ROBOTS), Outcome.ROBOTS),
        (failed(Outcome.FORBIDDEN_ADDRESS), Outcome.FORBIDDEN_ADDRESS),
        (replace(MISSING, status=412, body=b"<script>$_ts=1</script>"), Outcome.CHALLENGED),
        (page("系统维护", "<p>网站升级维护中，请稍后访问</p>"), Outcome.MAINTENANCE),
        (
            "<html><body><div id='app'></div><script src='/a.js'></script></body></html>",
            Outcome.SHELL,
        ),
        (
            page("学校概况", "<p>" + "我校创办于一九五八年，现有教师六十名。" * 20 + "</p>"),
            Outcome.UNREAD,
        ),
    ],
    ids=[
        "says it is empty",
        "refused",
        "robots",
        "inner address",
        "challenge",
        "maintenance",
        "script shell",
        "no list",
    ],
)
def test_what_is_not_a_list_is_told_as_what_it_is(answer, outcome):
    seen = one({"/fees/": answer, "/": home({"收费信息": "/fees/"})})

    assert seen.outcome is outcome
    assert seen.documents == ()


PROSE = "我校坐落在向阳路1号，现有教学班十八个，学生七百二十人，专任教师四十六人。" * 3


def test_what_a_columns_page_hides_is_in_its_look():
    planted = "".join(f"<a href='http://s{n}.example/'>棋牌下载</a>" for n in range(2))
    shown = listing("收费信息", rows(0, 3))
    pages = {"/fees/": shown.replace("</body>", f"<p style='display:none'>{planted}</p></body>")}

    assert [link.host for link in one(pages).hidden] == ["s0.example", "s1.example"]
    assert one({"/fees/": shown}).hidden == ()


def test_a_column_that_is_one_page_of_text_is_its_only_entry():
    look_for = LookFor(match=Match(any=("收费",)), words=("专任教师", "举报电话"))
    pages = {"/fees/": article("收费信息", day(1), PROSE)}

    seen = one(pages, look_for=(look_for,))

    assert seen.outcome is Outcome.OPENED
    assert seen.coverage.to_end
    assert [document.title for document in seen.documents] == ["收费信息"]
    assert seen.documents[0].elements == {"专任教师"}
    assert seen.documents[0].day == day(1)
    assert one(pages, look_for=(look_for,), remembered=seen.remember).unchanged


# --- entries that stand in no list -------------------------------------------------------

FILE_ROWS = (
    "<p><a href='/up/a.pdf'>2026年春季收费公示.pdf</a>（2026-03-01）</p>"
    "<p><a href='/up/b.pdf'>收费标准.pdf</a></p>"
)
TEXT_ROWS = (
    "<ul><li>收费公示 2026-03-01</li><li>收费公示 2025-03-01</li><li>食堂收费 2025-02-01</li></ul>"
)


def loose(inner: str) -> dict[str, str]:
    return {"/fees/": page("收费信息", inner, crumbs="收费信息")}


def test_bare_files_are_documents_with_their_file():
    seen = one(loose(FILE_ROWS))
    files = [document for document in seen.documents if document.attachments]

    assert seen.outcome is Outcome.OPENED
    assert [(document.title, document.day) for document in files] == [
        ("2026年春季收费公示.pdf", date(2026, 3, 1)),
        ("收费标准.pdf", None),
    ]
    assert [document.attachments[0].url for document in files] == [
        f"{SITE}/up/a.pdf",
        f"{SITE}/up/b.pdf",
    ]


def test_rows_of_text_are_documents_told_apart_by_title_and_day():
    seen = one(loose(TEXT_ROWS))
    again = one(loose(TEXT_ROWS.replace("<ul>", "<ul><li>收费公示 2026-09-01</li>")))
    rows = [document for document in seen.documents if document.day]

    assert [(document.title, document.day) for document in rows] == [
        ("收费公示", date(2026, 3, 1)),
        ("收费公示", date(2025, 3, 1)),
        ("食堂收费", date(2025, 2, 1)),
    ]
    assert len({document.url for document in rows}) == 3
    assert all(document.url.startswith(f"{SITE}/fees/#") for document in rows)
    assert {document.url for document in rows} < {document.url for document in again.documents}


@pytest.mark.parametrize("inner", [FILE_ROWS, TEXT_ROWS], ids=["files", "text"])
def test_what_stands_in_no_list_proves_presence_and_never_absence(inner):
    seen = one(loose(inner))

    assert not seen.coverage.reaches(date(2026, 1, 1))
    assert "没看到的不能断定" in seen.coverage.stopped_by


@pytest.mark.parametrize("inner", [FILE_ROWS, TEXT_ROWS], ids=["files", "text"])
def test_loose_rows_where_a_list_was_are_a_new_layout(inner):
    assert one(loose(inner), remembered=KNOWN).outcome is Outcome.LAYOUT_CHANGED


def test_files_on_a_page_of_another_name_are_not_the_columns():
    elsewhere = {"/fees/": page("学校概况", FILE_ROWS, crumbs="学校概况")}

    assert one(elsewhere).outcome is Outcome.UNREAD


def test_a_text_under_another_name_is_not_the_column():
    assert one({"/fees/": article("学校概况", day(1), PROSE)}).outcome is Outcome.UNREAD


def test_an_empty_column_says_so_in_its_own_words():
    seen = one({"/fees/": empty("收费信息", "栏目建设中")})

    assert "建设中" in seen.phrase
    assert seen.coverage.to_end
    assert seen.identity_seen


def test_a_page_of_another_school_is_not_this_units():
    seen = one({"/fees/": listing("收费信息", rows(0, 4), unit="红星中学")})

    assert seen.outcome is Outcome.OTHER_UNIT
    assert seen.phrase == "红星中学"


def test_the_bureaus_name_on_a_schools_column_is_no_other_unit():
    own = listing("收费信息", rows(0, 4), unit="青禾县教育局")
    seen = one({"/fees/": own, "/": page("首页", "<p>青禾县教育局</p>", unit="青禾县教育局")})

    assert seen.outcome is Outcome.OPENED
    assert not seen.identity_seen


def test_a_page_without_names_is_the_units_if_its_own_home_page_links_to_it():
    bare = listing("收费信息", rows(0, 4), unit="信息公开")

    assert one({"/fees/": bare, "/": home({"收费": "/fees/index.html"})}).identity_seen
    assert not one({"/fees/": bare, "/": home({"其他": "/other/"})}).identity_seen


# --- a column that is not where it was --------------------------------------------------


@pytest.mark.parametrize(
    ("menu", "outcome", "linked"),
    [
        ({"收费信息": "/fees/"}, Outcome.GONE, True),
        ({"收费公示": "/sf/"}, Outcome.OPENED, False),
        ({"招生信息": "/zs/"}, Outcome.GONE, False),
        ({"学校收费管理": "/guanli/"}, Outcome.SIMILAR, False),
        ({"收费信息": "/sf-gone/"}, Outcome.GONE, True),
    ],
    ids=["still linked", "moved", "not there", "something like it", "moved to nowhere"],
)
def test_a_column_that_is_gone_is_looked_for_from_the_home_page(menu, outcome, linked):
    pages = {"/": home(menu), "/sf/": listing("收费公示", rows(0, 3)), "/zs/": empty("招生信息")}

    seen = one(pages)

    assert seen.outcome is outcome
    assert seen.still_linked is linked


def test_gone_is_asked_for_twice():
    _, asked = walked({"/": home({})}, target())

    assert asked[:3] == ["/fees/", "/fees/", "/"]


def test_without_a_home_page_to_look_from_gone_proves_nothing():
    assert one({}, home="").outcome is Outcome.UNREAD


def test_a_home_page_that_does_not_open_is_told_instead():
    seen = one({"/": failed(Outcome.TIMED_OUT)})

    assert seen.outcome is Outcome.TIMED_OUT


def test_a_host_that_answers_anything_with_its_home_page_is_seen_through():
    front = home({"招生信息": "/zs/"})

    class Anything(dict[str, str]):
        def get(self, key: str, default: object = None) -> str:  # type: ignore[override]
            return empty("招生信息") if key == "/zs/" else front

    seen = one(Anything())

    assert seen.outcome is Outcome.GONE
    assert not seen.still_linked


@pytest.mark.parametrize(
    ("menu", "outcome"),
    [
        ({"收费信息": "/fees/"}, Outcome.OPENED),
        ({"信息公开": "/xxgk/"}, Outcome.OPENED),
        ({"招生信息": "/zs/"}, Outcome.NO_COLUMN),
        ({"信息公开": "/slow/"}, Outcome.UNREAD),
        ({"收费与资助": "/sfzz/"}, Outcome.SIMILAR),
    ],
    ids=["on the home page", "one menu down", "nowhere", "a menu did not open", "a near label"],
)
def test_a_column_without_an_address_is_looked_for_from_the_home_page(menu, outcome):
    pages = {
        "/": home(menu),
        "/fees/": listing("收费信息", rows(0, 3)),
        "/xxgk/": home({"收费信息": "/fees/"}),
        "/zs/": empty("招生信息"),
        "/slow/": failed(Outcome.TIMED_OUT),
    }

    seen = one(pages, address="")

    assert seen.outcome is outcome
    assert seen.identity_seen


def test_the_label_of_another_known_column_is_that_column_and_not_a_near_one():
    rules = Column(id="rules", name="收费标准信息")
    pages = {"/": home({"收费信息": "/fees/"}), "/fees/": listing("收费信息", rows(0, 3))}

    both, _ = walked(pages, target(address=""), target(column=rules, address=""))
    alone = one(pages, column=rules, address="")

    assert [seen.outcome for seen in both] == [Outcome.OPENED, Outcome.NO_COLUMN]
    assert alone.outcome is Outcome.SIMILAR


def test_the_home_page_is_opened_once_for_all_columns():
    columns = [Column(id=f"c{n}", name=f"第{n}类信息") for n in range(4)]
    targets = [target(column=column, address="") for column in columns]

    _, asked = walked({"/": home({})}, *targets)

    assert asked.count("/") == 1


NOTICE = "<div><p>您访问的页面不存在或已删除，3 秒后返回首页。</p></div>"


def test_a_page_that_says_in_its_whole_template_that_it_is_gone_is_gone():
    whole = home({f"第{n}类信息": f"/c{n}/" for n in range(14)}, more=NOTICE).replace(
        "news", "none"
    )

    assert one({"/fees/": whole, "/": MENU, "/zs/": empty("招生信息")}).outcome is Outcome.GONE


# --- the night after --------------------------------------------------------------------


def remembered(pages: Pages) -> Remembered:
    return one(pages).remember


SHORT = {"/fees/": listing("收费信息", rows(0, 4))}


def test_an_unchanged_page_stands_for_what_it_said():
    last = replace(remembered(SHORT), etag='"v1"')
    pages = {"/fees/": Answer(asked="", url="", status=304, fetched_at=NOW)}

    seen = one(pages, remembered=last)

    assert seen.unchanged
    assert seen.outcome is Outcome.OPENED
    assert seen.identity_seen
    assert seen.coverage.to_end
    assert seen.remember == last


def test_an_equal_list_is_not_read_again():
    long = {
        "/fees/": listing("收费信息", rows(0, 14), following="/fees/index_1.html"),
        "/fees/index_1.html": listing("收费信息", rows(14, 16)),
    }

    seen = one(long, remembered=remembered(long))

    assert seen.unchanged
    assert seen.coverage.to_end


def test_of_an_equal_list_the_first_page_is_enough():
    long = {
        "/fees/": listing("收费信息", rows(0, 6), following="/fees/index_1.html"),
        "/fees/index_1.html": listing("收费信息", rows(6, 8)),
    }

    (seen,), asked = walked(long, target(remembered=remembered(long)))

    assert asked == ["/fees/"]
    assert seen.unchanged
    assert seen.coverage.reaches(date(2026, 1, 1))


def test_of_an_equal_list_only_what_is_asked_for_is_opened_again():
    long = {
        "/fees/": listing("收费信息", rows(0, 6), following="/fees/index_1.html"),
        "/fees/index_1.html": listing("收费信息", rows(6, 8)),
        "/fees/content_7.html": article("第7号收费事项的公示", day(7), "现予公示。"),
    }
    first = one(long, look_for=(LOOK,))
    *_, second_page = first.documents
    mended = article("第7号收费事项的公示", day(7), "监督电话：12345")

    (seen,), asked = walked(
        {**long, "/fees/content_7.html": mended},
        target(look_for=(LOOK,), remembered=first.remember, again=(second_page,)),
    )

    assert asked == ["/fees/", "/fees/content_7.html"]
    assert seen.unchanged
    (opened,) = seen.documents
    assert (opened.url, opened.title, opened.day) == (
        second_page.url,
        second_page.title,
        second_page.day,
    )
    assert opened.elements == {"举报电话|监督电话"}


def test_the_newest_answers_are_opened_where_their_words_are_asked_for():
    pages = {
        "/fees/": listing("收费信息", rows(0, 2)),
        "/fees/content_0.html": article("第0号收费事项的公示", day(0), PROSE),
        "/fees/content_1.html": article("第1号收费事项的公示", day(1), PROSE),
    }
    asked_for = LookFor(match=Match(any=("第0号",)), opened=True)

    opened = one(pages, look_for=(asked_for,)).documents

    assert {one.title for one in opened if one.digest} == {"第0号收费事项的公示"}


def test_documents_are_opened_again_though_the_server_says_the_list_is_the_same():
    pages = {
        "/fees/": Answer(asked="", url="", status=304, fetched_at=NOW),
        "/fees/content_0.html": article("第0号收费事项的公示", day(0), "监督电话：12345"),
    }
    first = one({**pages, **SHORT}, look_for=(LOOK,))
    asked_with = replace(first.remember, etag='"v1"')

    seen = one(pages, look_for=(LOOK,), remembered=asked_with, again=first.documents[:1])

    assert seen.unchanged
    assert [one.elements for one in seen.documents] == [{"举报电话|监督电话"}]


def test_a_changed_list_says_itself_what_is_opened():
    first = one(SHORT, look_for=(LOOK,))
    after = {"/fees/": listing("收费信息", rows(1, 4))}

    seen = one(after, look_for=(LOOK,), remembered=first.remember, again=first.documents[:1])

    assert not seen.unchanged
    assert len(seen.documents) == 3


def test_an_equal_list_is_read_again_when_something_else_is_looked_for():
    seen = one(SHORT, remembered=remembered(SHORT), look_for=(LOOK,))

    assert not seen.unchanged
    assert len(seen.documents) == 4


@pytest.mark.parametrize(
    "inside", [failed(Outcome.TIMED_OUT), MISSING], ids=["did not open", "broken"]
)
def test_whether_an_open_question_matters_is_not_the_eyes_to_say(inside):
    pages = {**SHORT, **{f"/fees/content_{n}.html": inside for n in range(4)}}
    first = one(pages, look_for=(LOOK,))

    assert one(pages, look_for=(LOOK,), remembered=first.remember).unchanged


def test_whose_list_it_is_need_not_be_asked_again_of_an_equal_list():
    bare = page("栏目", "").split("<div class='header'>")[0].replace(UNIT, "") + (
        listing("收费信息", rows(0, 4)).split("</div>", 2)[2]
    ).replace(UNIT, "")
    pages = {"/fees/": bare, "/": home({"收费信息": "/fees/"})}
    (first,), asked = walked(pages, target())

    (second,), again = walked(pages, target(remembered=first.remember))

    assert first.identity_seen
    assert "/" in asked
    assert again == ["/fees/"]
    assert second.unchanged
    assert second.identity_seen


def test_a_new_entry_makes_it_a_changed_list():
    newest = date(2026, 11, 20)
    after = {
        "/fees/": listing("收费信息", [("新的公示", "/fees/content_98.html", newest), *rows(0, 4)])
    }

    seen = one(after, remembered=remembered(SHORT))

    assert not seen.unchanged
    assert len(seen.documents) == 5
    assert seen.remember.newest == newest


def test_what_is_remembered_of_a_shorter_reach_is_not_enough():
    last = replace(remembered(SHORT), etag='"v1"', to_end=False, since=date(2026, 10, 1))
    unit = UnitWalk(
        [target(remembered=last)],
        rules=AddressRules(),
        network=Network(),
        shared=SharedLists(),
        seen_at=NOW,
    )

    ask = next(unit.read(target(remembered=last)))

    assert ask.etag == ""
    assert not one(SHORT, remembered=last).unchanged


def test_a_failed_night_forgets_nothing():
    last = remembered(SHORT)

    assert one({"/fees/": failed(Outcome.TIMED_OUT)}, remembered=last).remember == last


def test_a_list_that_is_not_recognised_any_more_is_a_new_layout():
    pages = {"/fees/": page("收费信息", "<p>" + "收费工作严格按照规定执行。" * 30 + "</p>")}

    assert one(pages, remembered=remembered(SHORT)).outcome is Outcome.LAYOUT_CHANGED


def test_a_site_made_new_overnight_is_one_incident_and_only_for_one_night():
    columns = [Column(id=f"c{n}", name=f"第{n}类信息公示") for n in range(4)]
    before = [
        target(
            column=column,
            address=f"{SITE}/{column.id}/",
            remembered=Remembered(
                address=f"{SITE}/{column.id}/", signature="body/old", list_digest="x", to_end=True
            ),
        )
        for column in columns
    ]
    pages = {f"/{column.id}/": listing(column.name, rows(0, 3)) for column in columns[:2]}
    pages["/zs/"] = empty("招生信息")

    seen, _ = walked({**pages, "/": MENU}, *before)

    assert {one.outcome for one in seen} == {Outcome.LAYOUT_CHANGED}
    again = [replace(old, remembered=new.remember) for old, new in zip(before, seen, strict=True)]
    later, _ = walked({**pages, "/": MENU}, *again)
    assert [one.outcome for one in later] == [Outcome.OPENED] * 2 + [Outcome.GONE] * 2


# --- what is opened, and what is read there ---------------------------------------------


def test_an_entry_that_answers_is_opened_for_what_it_holds():
    pages = {
        "/fees/": listing("收费信息", rows(0, 2)),
        "/fees/content_0.html": article(
            "第0号收费事项的公示", day(0), "收费标准每生100元\n监督电话：12345"
        ),
    }

    opened, missing = one(pages, look_for=(LOOK,)).documents

    assert opened.reading is Reading.WHOLE
    assert opened.elements == {"举报电话|监督电话"}
    assert opened.digest
    assert missing.reading is Reading.BROKEN


def test_a_dead_file_that_many_entries_offer_is_asked_for_twice_and_no_more():
    files = {"标准.xls": "/files/standard.xls"}
    pages = {
        "/fees/": listing("收费信息", rows(0, 3)),
        **{
            f"/fees/content_{n}.html": article(f"第{n}号", day(n), "收费标准", files=files)
            for n in range(3)
        },
    }

    (seen,), asked = walked(pages, target(look_for=(replace(LOOK, attachments=True),)))

    assert asked.count("/files/standard.xls") == 2
    states = [file.state for found in seen.documents for file in found.attachments]
    assert states == [FileState.BROKEN] * 3


@pytest.mark.parametrize(
    ("title", "opened"),
    [("收费公示", True), ("收费公示解读", False), ("教师培训安排", False), ("收 费（公示）", True)],
)
def test_only_what_answers_is_opened(title, opened):
    pages = {"/fees/": listing("收费信息", [(title, "/fees/content_99.html", day(0))])}

    _, asked = walked(pages, target(look_for=(LOOK,)))

    assert ("/fees/content_99.html" in asked) is opened


def test_the_newest_lists_of_persons_of_a_column_are_opened_whatever_is_looked_for():
    rows = [(f"第{n}批助学金名单公示", f"/fees/{n}.html", day(n)) for n in range(7)]
    rows += [(f"第{n}号事项公示", f"/fees/1{n}.html", day(n)) for n in range(7)]
    rows += [(f"我校学生第{n}次春游", f"/fees/2{n}.html", day(n)) for n in range(7)]

    _, asked = walked({"/fees/": listing("收费信息", rows)}, target())

    # newest first: five that are such lists, two of which that is not said
    assert {place for place in asked if place != "/fees/"} == {
        *(f"/fees/{n}.html" for n in range(5)),
        *(f"/fees/1{n}.html" for n in range(2)),
    }


def test_an_undated_entry_takes_its_day_from_its_own_page():
    pages = {
        "/fees/": listing("收费信息", [(title, url, None) for title, url, _ in rows(0, 4)]),
        "/fees/content_0.html": article("第0号收费事项的公示", day(0), "收费标准"),
        "/fees/content_1.html": article("第1号收费事项的公示", None, "收费标准"),
    }

    seen = one(pages)

    assert [document.day for document in seen.documents] == [day(0), None, None, None]
    assert seen.remember.newest == day(0)


def test_the_newest_five_are_enough():
    _, asked = walked({"/fees/": listing("收费信息", rows(0, 9))}, target(look_for=(LOOK,)))

    assert {path for path in asked if path.endswith(".html")} == {
        f"/fees/content_{n}.html" for n in range(5)
    }


def file(state: FileState, text: str = "", *, whole: bool = True, pictured: bytes = b"") -> Answer:
    pieces = (Piece(where="第1页", text=text),) if text else ()
    return Answer(
        asked="",
        url="",
        status=200,
        file=FileText(state=state, pieces=pieces, whole=whole, pictured=pictured),
        fetched_at=NOW,
    )


@pytest.mark.parametrize(
    ("answer", "state", "reading", "elements"),
    [
        (file(FileState.OPENS, "收费依据：某文件"), FileState.OPENS, Reading.WHOLE, {"收费依据"}),
        (file(FileState.UNREADABLE, whole=False), FileState.UNREADABLE, Reading.PARTLY, set()),
        (file(FileState.GATED, whole=False), FileState.GATED, Reading.PARTLY, set()),
        (MISSING, FileState.BROKEN, Reading.PARTLY, set()),
        (failed(Outcome.TIMED_OUT), FileState.UNREACHED, Reading.PARTLY, set()),
        (failed(Outcome.OFFSITE), FileState.NOT_TRIED, Reading.PARTLY, set()),
        (failed(Outcome.TOO_LARGE), FileState.OVERSIZED, Reading.PARTLY, set()),
    ],
    ids=["opens", "unreadable", "gated", "not there, twice", "no answer", "elsewhere", "too large"],
)
def test_an_attachment_is_read_or_told_why_not(answer, state, reading, elements):
    pages = {
        "/fees/": listing("收费信息", rows(0, 1)),
        "/fees/content_0.html": article(
            "收费公示", day(0), "见附件", files={"附件1.pdf": "/fees/1.pdf"}
        ),
        "/fees/1.pdf": answer,
    }

    (seen,) = one(pages, look_for=(FILES,)).documents

    assert [attachment.state for attachment in seen.attachments] == [state]
    assert seen.reading is reading
    assert seen.elements == elements


SCAN = b"a scan"


def scanned(text: str) -> dict[str, str | Answer]:
    """A page with a scan; its characters stand under the digest of their file."""
    return {
        "/fees/": listing("收费信息", rows(0, 1)),
        "/fees/content_0.html": article(
            "收费公示", day(0), "见附件", files={"附件1.pdf": "/fees/1.pdf"}
        ),
        "/fees/1.pdf": file(FileState.SCANNED, whole=False, pictured=SCAN),
        SCAN.decode(): file(FileState.RECOGNISED, text, whole=False),
    }


def test_words_that_are_written_nowhere_are_looked_for_on_a_scan():
    (seen,), asked = walked(
        scanned("收费依据：某文件"), target(look_for=(FILES,)), reads_scans=True
    )
    (found,) = seen.documents

    assert asked.count("/fees/1.pdf") == 2  # the file, then the characters in it
    assert found.elements == {"收费依据"}
    assert found.reading is Reading.RECOGNISED
    assert found.attachments[0].state is FileState.RECOGNISED
    assert found.attachments[0].places == (Place(word="收费依据", where="第1页", recognised=True),)


def test_nothing_read_on_a_scan_leaves_it_open():
    (seen,), _ = walked(scanned("看不清"), target(look_for=(FILES,)), reads_scans=True)
    (found,) = seen.documents

    assert found.elements == set()
    assert found.reading is Reading.PARTLY
    assert found.attachments[0].state is FileState.RECOGNISED


def test_a_scan_whose_characters_nobody_can_read_stays_one():
    (seen,), asked = walked(scanned("收费依据"), target(look_for=(FILES,)))
    (found,) = seen.documents

    assert asked.count("/fees/1.pdf") == 1
    assert found.elements == set()
    assert found.reading is Reading.PARTLY
    assert found.attachments[0].state is FileState.SCANNED


def test_no_characters_are_read_when_every_word_is_written():
    pages = scanned("x") | {
        "/fees/content_0.html": article(
            "收费公示", day(0), "收费依据：见文件，监督电话：1", files={"1.pdf": "/fees/1.pdf"}
        )
    }
    (seen,), asked = walked(pages, target(look_for=(FILES,)), reads_scans=True)

    assert asked.count("/fees/1.pdf") == 1
    assert seen.documents[0].attachments[0].state is FileState.SCANNED


def test_a_picture_notice_is_read():
    pages = scanned("x") | {
        "/fees/content_0.html": article("收费公示", day(0), "<img src='/fees/a.png'><p>见图</p>"),
        "/fees/a.png": file(FileState.SCANNED, whole=False, pictured=SCAN),
        SCAN.decode(): file(FileState.RECOGNISED, "收费依据，举报电话", whole=False),
    }
    (seen,), _ = walked(pages, target(look_for=(LOOK,)), reads_scans=True)
    (found,) = seen.documents

    assert found.elements == {"收费依据", "举报电话|监督电话"}
    assert found.reading is Reading.RECOGNISED
    assert [(one.name, one.state) for one in found.attachments] == [("图片1", FileState.RECOGNISED)]


def test_where_a_word_stands_in_a_sheet_is_told():
    cells = (
        Piece(where="收费", text="收费"),
        Piece(where="收费", text="项目\t举 报电话\t标准", row=2),
        Piece(where="收费", text="收费\t依据", row=3),
    )
    sheet = FileText(state=FileState.OPENS, pieces=cells, whole=True)
    pages = scanned("x") | {"/fees/1.pdf": replace(file(FileState.OPENS), file=sheet)}
    (found,) = one(pages, look_for=(FILES,)).documents

    assert found.elements == {"举报电话|监督电话", "收费依据"}
    assert found.attachments[0].places == (
        Place(word="举报电话", where="收费!B2"),
        Place(word="收费依据", where="收费!第3行"),
    )


def test_files_are_left_alone_when_nothing_is_looked_for_in_them():
    pages = {
        "/fees/": listing("收费信息", rows(0, 1)),
        "/fees/content_0.html": article(
            "收费公示", day(0), "见附件", files={"附件1.pdf": "/fees/1.pdf"}
        ),
    }

    (seen,), asked = walked(pages, target(look_for=(LOOK,)))

    assert "/fees/1.pdf" not in asked
    assert seen.documents[0].reading is Reading.PARTLY


def test_a_page_that_explains_an_absence_is_kept():
    said = article("关于本年度无此类信息的情况说明", day(0), "本年度未发生校车事项。")
    proof = Evidence(url="", fetched_at=NOW, http_status=200, sha256="e1", path="e1.gz")
    pages = {
        "/fees/": listing("收费信息", [("情况说明", "/fees/content_0.html", day(0))]),
        "/fees/content_0.html": Answer(
            asked="", url="", status=200, body=said.encode(), fetched_at=NOW, evidence=proof
        ),
    }

    assert proof in one(pages).evidence


@pytest.mark.parametrize(
    "front",
    ["<html><title>欢迎</title><body><a href='/in'><img src='a.jpg'></a></body></html>", home({})],
    ids=["a picture to click on", "no menu at all"],
)
def test_a_home_page_without_menus_proves_nothing(front):
    assert one({"/": front}, address="").outcome is not Outcome.NO_COLUMN
    assert one({"/": front}).outcome is not Outcome.GONE


HIDDEN = {
    "a menu filled by a script": "<ul id='mainNav'></ul><script src='/js/menu.js'></script>",
    "a menu written by a script": "<div class='nav'><script>document.write(menus)</script></div>",
    "a menu asked for later": "<div id='xxgk_menu'></div><script>load('/menu.json')</script>",
    "an item that is no link": "<ul><li onclick=\"go('/fees/')\">收费信息</li></ul>",
    "a choice": "<select><option value='/fees/'>收费信息</option></select>",
    "a label in a script": "<script>var menu=[{name:'收费信息',id:7}]</script>",
    "a picture without words": "<a href='/c1/'><img src='/i/sf.png'></a>",
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_a_home_page_hides_may_be_the_column(hidden):
    menu = {"招生信息": "/zs/", "校园新闻": "/xw/"}
    pages = {"/zs/": empty("招生信息"), "/xw/": empty("校园新闻")}

    assert one({"/": home(menu), **pages}, address="").outcome is Outcome.NO_COLUMN
    seen = one({"/": home(menu, more=hidden), **pages}, address="")
    assert seen.outcome in {Outcome.UNREAD, Outcome.SIMILAR}


@pytest.mark.parametrize(
    "plain",
    [
        "<div class='nav-toggle'></div><script></script>",
        "<a href='/'><img src='/logo.png'></a>",
        "<a href='http://www.moe.gov.cn/'><img src='/moe.png'></a>",
        "<a href='/gh/'><img src='/gh.png' alt='工会之家'></a>",
        "<p>规范教育收费信息化建设座谈会召开</p>",
    ],
    ids=[
        "the button of a menu",
        "the logo",
        "another site",
        "a picture with words",
        "inside words",
    ],
)
def test_what_hides_nothing_leaves_the_verdict(plain):
    menu = {"招生信息": "/zs/", "校园新闻": "/xw/"}
    pages = {"/": home(menu, more=plain), "/zs/": empty("招生信息"), "/xw/": empty("校园新闻")}

    assert one(pages, address="").outcome is Outcome.NO_COLUMN


def test_a_home_page_that_is_gone_is_no_missing_column():
    assert one({}, address="").outcome is Outcome.UNREAD


# --- one list for several units ---------------------------------------------------------


def test_of_a_shared_list_a_unit_is_given_what_names_it():
    entries = [
        ("向阳小学收费公示", "/s/content_1.html", day(0)),
        ("红星中学收费公示", "/s/content_2.html", day(1)),
        ("秋季收费公示", "/s/content_3.html", day(2)),
        ("春季收费公示", "/s/content_4.html", day(3)),
    ]
    pages = {
        "/fees/": listing("学校收费", entries, unit="青禾县教育局"),
        "/s/content_2.html": article("红星中学收费公示", day(1), "略", unit="红星中学"),
        "/s/content_3.html": article("秋季收费公示", day(2), "略", unit=UNIT),
        "/s/content_4.html": article("春季收费公示", day(3), "略", unit="红星中学"),
    }

    seen = one(pages, shared=True)

    assert [document.title for document in seen.documents] == ["向阳小学收费公示", "秋季收费公示"]
    assert seen.coverage.to_end


def test_an_entry_nobody_can_place_leaves_the_column_unread():
    entries = [("秋季收费公示", "/s/content_3.html", day(2))]

    seen = one({"/fees/": listing("学校收费", entries, unit="青禾县教育局")}, shared=True)

    assert seen.documents == ()
    assert not seen.identity_seen
    assert not seen.coverage.reaches(date(2026, 1, 1))
    assert "1条" in seen.coverage.stopped_by


def test_a_shared_list_is_read_once_for_all_its_units():
    pages = {"/fees/": listing("学校收费", [("向阳小学收费公示", "/s/content_1.html", day(0))])}
    shared = SharedLists()
    asked = 0
    for code in ("u1", "u2"):
        unit = UnitWalk(
            [target(unit=code, shared=True)],
            rules=AddressRules(),
            network=Network(),
            shared=shared,
            seen_at=NOW,
        )
        walk = unit.read(target(unit=code, shared=True))
        try:
            ask = next(walk)
            while True:
                asked += 1
                ask = walk.send(answer_of(ask, pages))
        except StopIteration:
            pass

    assert asked == 1


SOURCES = ("来源：青禾县红星小学", "来源：青禾县向阳小学", "来源：青禾县红星小学")


def sourced(*sources: str) -> str:
    items = "".join(
        f'<li><a href="/s/content_{n}.html">第{n}号收费事项的公示</a><span>{source}</span>'
        f"<span>{day(n)}</span></li>"
        for n, source in enumerate(sources)
    )
    return page("收费信息", f"<h3>收费信息</h3><ul class='list'>{items}</ul>", crumbs="收费信息")


def test_of_a_list_nobody_called_shared_rows_that_name_another_unit_do_not_count():
    seen = one({"/fees/": sourced(*SOURCES)})

    assert [document.title for document in seen.documents] == ["第1号收费事项的公示"]
    assert not seen.coverage.reaches(date(2026, 1, 1))
    assert "2条" in seen.coverage.stopped_by


def test_an_office_that_is_named_as_source_is_no_other_school():
    seen = one({"/fees/": sourced("来源：青禾县教育局", "来源：教务处", "来源：向阳小学")})

    assert len(seen.documents) == 3
    assert seen.coverage.to_end


def test_whom_a_shared_list_names_need_not_be_opened():
    (seen,), asked = walked({"/fees/": sourced(*SOURCES)}, target(shared=True))

    assert [document.title for document in seen.documents] == ["第1号收费事项的公示"]
    assert seen.coverage.to_end
    assert asked == ["/fees/"]


# --- a list beside the column's own ------------------------------------------------------


def test_rows_beside_a_list_that_is_asked_for_are_not_the_column():
    column = "<meta name='SiteId' content='7'><div class='box'><h3>县区动态</h3><ul>" + "".join(
        f"<li><a href='/content/article/{n}0000'>县里召开第{n}次会议</a><span>{day(n)}</span></li>"
        for n in range(4)
    )
    call = (
        "</ul></div><div id='lm'></div><script>Ls.ajax({url:'/site/label/8888',"
        "data:{labelName:'publicInfoList',catId:'5540',pageSize:15}});</script>"
    )
    place = "/public/column/66011?type=4&catId=5540"
    asks = (
        "/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=7&organId=66011"
        "&catId=5540&type=4&action=list&pageIndex=1&pageSize=15&isDate=true&dateFormat=yyyy-MM-dd"
        "&length=50&sortType=1&fuzzySearch=false&fromCode=title&isInvalid=0"
    )
    part = "".join(
        f"<li><a href='/public/66/{n}123.html'>第{n}号收费事项的公示</a><span>{day(n)}</span></li>"
        for n in range(3)
    )
    pages = {
        place: page("收费信息", column + call, crumbs="收费信息"),
        asks: f"<ul>{part}</ul><script>go({{pageCount:1}})</script>",
    }

    seen = one(pages, address=f"{SITE}{place}")

    assert [document.title for document in seen.documents] == [
        f"第{n}号收费事项的公示" for n in range(3)
    ]
    assert one({place: pages[place]}, address=f"{SITE}{place}").outcome is Outcome.SHELL
