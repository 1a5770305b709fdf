"""The ledger goes out, an officer edits it as offices do, and it comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from clerk import UNIT, Ran, english, office, ran, school, tree
from siteserver import serving

from commands.findings import findings_verb
from monitor.edits import VERBS
from monitor.findings import MOVES
from monitor.model import FindingEvent, Move, State
from monitor.sheets import Value, read_grids
from monitor.store import open_store, records
from monitor.wording import Exit
from reports.formats.xlsx import Sheet, write_table

FIRST, SECOND = "WT-2026-00001", "WT-2026-00002"
TODAY = "2026-11-25"
LINK = "http://school.example/canteen/1.htm"
Typed = dict[str, Value]


@pytest.fixture(scope="module")
def assigned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office after two nights whose two findings were confirmed."""
    place = tmp_path_factory.mktemp("局") / "信息公开巡查"
    with serving() as server:
        office(place, [("A1", UNIT, school(server).url)], server.targets)
        for day in ("2026-11-23", "2026-11-24"):
            asked(place, "scan", day=day)
    asked(place, "findings", "confirm", FIRST, SECOND)
    return place


@pytest.fixture
def place(assigned: Path, tmp_path: Path) -> Path:
    """A copy of that office, to work in."""
    copy = tmp_path / "信息公开巡查"
    copy.mkdir()
    for path in assigned.iterdir():
        if path.is_file():
            (copy / path.name).write_bytes(path.read_bytes())
    return copy


def asked(place: Path, *words: object, day: str = TODAY) -> Ran:
    done = ran(*words, "--dir", place, "--today", day)
    assert done.code == 0, done.told
    assert english(done.told) == []
    return done


def exported(place: Path, name: str = "台账.xlsx") -> Path:
    out = place / name
    asked(place, "ledger", "export", "--out", out)
    return out


def edited(
    book: Path,
    typed: Mapping[str, Typed],
    *,
    more: Callable[[list[Typed]], list[Typed]] = lambda rows: rows,
) -> Path:
    """The book with cells typed into the rows of some problems, its rows and columns turned round.

    ``more`` does the rest to the rows. The other sheets stay, one of them an old copy of 台账.
    """
    grids = {grid.name: grid for grid in read_grids(book)}
    title, note, header, *lines = grids["台账"].rows
    names = [str(name) for name in header]
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    for row in rows:
        row |= {"本局意见": "请尽快", **typed.get(str(row["问题编号"]), {})}
    turned = ("本局意见", *reversed(names))
    sheets = [
        Sheet(name="台账（旧）", header=tuple(names), rows=lines),
        Sheet(name="按单位", header=("单位", "问题"), rows=[(UNIT, 2)]),
        Sheet(
            name="台账",
            title=str(title[0]),
            notes=(str(note[0]),),
            header=turned,
            rows=[[row.get(name) for name in turned] for row in more(rows[::-1])],
        ),
    ]
    path = book.with_name("交回.xlsx")
    write_table(path, sheets)
    return path


def life(place: Path, number: str) -> tuple[State, FindingEvent]:
    """Where a problem stands, and what happened to it last."""
    store = open_store(f"sqlite:///{place / 'mingcha.db'}")
    try:
        (one,) = [one for one in records.findings(store) if one.number == number]
        return one.state, records.finding_events(store, number)[-1]
    finally:
        store.dispose()


def states(place: Path) -> list[State]:
    return [life(place, number)[0] for number in (FIRST, SECOND)]


def test_a_ledger_that_nobody_edited_asks_for_nothing(place):
    done = asked(place, "ledger", "import", exported(place))

    assert done.out == "表中没有要照办的填写，没有写入。\n"
    assert states(place) == [State.ASSIGNED, State.ASSIGNED]


def test_what_was_filled_in_is_previewed_then_done_and_then_nothing_is_left_to_do(place):
    sheet = edited(exported(place), {FIRST: {"整改情况": "已补发", "整改后链接": LINK}})
    before = {name: text for name, text in tree(place).items() if "mingcha" not in name}

    preview = asked(place, "ledger", "import", sheet, "--dry-run")

    assert "只是预览，没有写入。" in preview.out
    assert f"{FIRST}　已反馈待复核" in preview.out
    assert {name: text for name, text in tree(place).items() if "mingcha" not in name} == before
    assert states(place) == [State.ASSIGNED, State.ASSIGNED]

    done = asked(place, "ledger", "import", sheet, "--by", "李专干")

    assert "没有采用" not in done.out
    state, last = life(place, FIRST)
    assert (state, last.by, last.reason, last.address) == (
        *(State.RESPONDED, "李专干"),
        *("已补发", LINK),
    )
    again = asked(place, "ledger", "import", exported(place, "新台账.xlsx"))
    assert again.out == "表中没有要照办的填写，没有写入。\n"


def test_a_check_closes_one_and_sends_back_the_other(place):
    asked(place, "findings", "respond", FIRST, SECOND, "--by", "刘老师", "--address", LINK)
    sheet = edited(
        exported(place),
        {
            FIRST: {"复核结果": "通过", "状态": "已销号", "销号日期": "11.25"},
            SECOND: {"复核结果": "未通过", "备注": "附件打不开"},
        },
    )

    done = asked(place, "ledger", "import", sheet)

    assert "已处理 2 项。" in done.out
    assert "没有采用" not in done.out
    assert states(place) == [State.CLOSED, State.ASSIGNED]
    _, closed = life(place, FIRST)
    _, returned = life(place, SECOND)
    assert (closed.move, closed.by, closed.address) == (Move.CLOSE, "王科员", LINK)
    assert (returned.move, returned.reason) == (Move.SEND_BACK, "附件打不开")


def test_the_second_of_two_officers_is_told_of_each_row_that_has_moved_on(place):
    asked(place, "findings", "respond", SECOND, "--by", "刘老师", "--address", LINK)
    sheet = edited(exported(place), {FIRST: {"整改情况": "已补发"}, SECOND: {"复核结果": "通过"}})

    asked(place, "ledger", "import", sheet, "--by", "李专干")
    second = asked(place, "ledger", "import", sheet, "--by", "王科员")

    assert f"第5行“状态”：问题“{FIRST}”在台账写出之后又有变动" in second.out
    assert f"第4行“状态”：问题“{SECOND}”在台账写出之后又有变动" in second.out
    assert "李专干），现在是“已销号”" in second.out
    assert "以上 2 处没有采用，其余照办。\n表中没有要照办的填写，没有写入。" in second.out
    assert [life(place, number)[1].by for number in (FIRST, SECOND)] == ["李专干", "李专干"]


def test_rows_that_cannot_be_used_are_named_and_the_rest_goes_on(place):
    asked(place, "findings", "respond", SECOND, "--by", "刘老师", "--address", LINK)

    def broken(rows: list[Typed]) -> list[Typed]:
        unknown = rows[0] | {"问题编号": "WT-9"}
        unnumbered = rows[0] | {"问题编号": None}
        return [*rows, unknown, unnumbered]

    typed: dict[str, Typed] = {
        FIRST: {"整改情况": '=HYPERLINK("http://a.cn","已补发")', "整改期限": "2026/12/31"},
        SECOND: {"复核结果": "未通过", "状态": "已销号"},
    }
    sheet = edited(exported(place), typed, more=broken)

    done = asked(place, "ledger", "import", sheet)

    named = [line for line in done.out.splitlines() if line.startswith("交回.xlsx 第")]
    assert len(named) == 5
    for told in (
        "“整改期限”：表中是“2026/12/31”，记录是“2026-12-09”",
        f"mingcha findings assign {FIRST} --deadline",
        "“备注”：填了“未通过”，但没有写原因",
        "“状态”：表中是“已销号”，记录是“已反馈待复核”，没有采用；要改请用 mingcha findings close",
        "第6行“问题编号”：没有编号为“WT-9”的问题",
        "第7行“问题编号”：没有问题编号",
    ):
        assert told in done.out
    assert "以上 5 处没有采用，其余照办。" in done.out
    assert states(place) == [State.RESPONDED, State.RESPONDED]
    assert life(place, FIRST)[1].reason == '=HYPERLINK("http://a.cn","已补发")'


def test_the_ledger_of_a_month_is_read_back_in_the_next_one(place):
    asked(place, "findings", "respond", FIRST, "--by", "刘老师", "--address", LINK)
    asked(place, "snapshot", "freeze", "2026-11", day="2026-12-01")
    asked(place, "report", "monthly", "2026-11", "--folder", place, day="2026-12-01")
    (book,) = place.glob("*台账.xlsx")
    sheet = edited(book, {FIRST: {"复核结果": "通过"}, SECOND: {"整改情况": "已补发"}})
    asked(place, "findings", "respond", SECOND, "--by", "刘老师", day="2026-12-02")

    done = asked(place, "ledger", "import", sheet, day="2026-12-03")

    assert states(place) == [State.CLOSED, State.RESPONDED]
    assert f"问题“{SECOND}”在台账写出之后又有变动（2026-12-02反馈整改，刘老师）" in done.out


@pytest.mark.parametrize("kind", ["damaged", "other", "text"])
def test_a_file_that_is_no_ledger_is_refused_in_words(place, kind):
    book = exported(place)
    if kind == "damaged":
        book.write_bytes(book.read_bytes()[:2000])
    elif kind == "other":
        write_table(book, [Sheet(name="台账", header=("单位编码", "单位名称"), rows=[("1", UNIT)])])
    else:
        book.write_text("见附件", "utf-8")

    done = ran("ledger", "import", book, "--dir", place, "--today", TODAY)

    assert done.code == Exit.INPUT
    assert "没有导入任何内容" in done.err
    assert states(place) == [State.ASSIGNED, State.ASSIGNED]


def test_every_verb_that_an_edited_ledger_is_referred_to_is_there():
    assert set(VERBS.values()) <= set(findings_verb.commands)
    assert set(VERBS) <= {move for _, move in MOVES}
