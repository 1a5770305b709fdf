from __future__ import annotations

import json
import random
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.model import (
    Attachment,
    Column,
    Coverage,
    DateSource,
    Discovery,
    Document,
    Evidence,
    Exposed,
    FileState,
    HiddenLink,
    Hiding,
    LookFor,
    Match,
    Misdated,
    Network,
    NoDay,
    Observation,
    Outcome,
    Personal,
    Place,
    Plan,
    PublishDate,
    Reading,
    Remembered,
    RobotsFile,
    Spot,
    Sureness,
    Target,
    WaitingLetter,
)
from monitor.wire import (
    ScanWriter,
    plan_beside,
    plan_name,
    read_plan,
    read_scan,
    scan_name,
    stuck_on,
    write_plan,
)
from monitor.wording import MonitorError

DAY = date(2026, 11, 23)
INSTANT = datetime(2026, 11, 23, 15, 4, 5, 678901, tzinfo=UTC)
REMEMBERED = Remembered(
    address="http://a.test/xxgk/",
    etag='W/"1"',
    last_modified="Mon, 23 Nov 2026 00:00:00 GMT",
    list_digest="d",
    signature="s",
    newest=DAY,
    since=DAY,
    to_end=True,
    identity_seen=True,
)
TARGET = Target(
    unit="U1",
    unit_names=("舒县实验小学", "实验小学"),
    column=Column(
        id="fees", name="收费信息", aliases=("收费公示",), counted_only=True, retired_on=DAY
    ),
    home="http://a.test/",
    disclosure_home="http://a.test/xxgk/",
    address="http://a.test/xxgk/sf/",
    group="a.test",
    since=DAY,
    look_for=(
        LookFor(
            match=Match(any=("收费",), all=("公示",), none=("解读",), near=("费用",)),
            words=("标准", "举报电话|监督电话"),
            attachments=True,
            opened=True,
        ),
    ),
    shared=True,
    remembered=REMEMBERED,
    again=(
        Document(
            url="http://a.test/1.html",
            title="收费公示",
            published=PublishDate(day=DAY, source=DateSource.LABEL, text="2026-11-23"),
            reading=Reading.PARTLY,
        ),
    ),
)
NETWORK = Network(
    delay=0.5,
    timeout=10,
    tries=2,
    pauses=(1, 2.5),
    ceiling=4,
    tls="strict",
    allow_private=("10.20.0.0/16",),
    test_targets=("127.0.0.1:8000",),
    canaries=("http://c.test/",),
    browser="/usr/bin/chromium",
    user_agent="明察",
    robots_overrides=("a.test",),
    pages_per_column=6,
    pages_per_unit=30,
    depth=3,
    minutes_per_unit=1,
)
ROBOTS = RobotsFile(
    address="http://a.test/robots.txt",
    text="User-agent: *\nDisallow: /管理/\n",
    read_at=datetime(2026, 11, 22, 15, 4, tzinfo=UTC),
)
PLAN = Plan(
    scan="2026-11-23",
    batch=2,
    night=DAY,
    catalog_digest="c",
    clock_offset=-86400.5,
    network=NETWORK,
    targets=(TARGET, replace(TARGET, unit="U2", look_for=(), remembered=Remembered())),
    robots=(ROBOTS,),
)
DOCUMENT = Document(
    url="http://a.test/1.html",
    title="关于“收费”的公示\u2028\t\\ \U0001f4c4",
    published=PublishDate(day=DAY, source=DateSource.LIST, text="[2026-11-23]"),
    written_on=DAY,
    publisher="财务科",
    doc_no="教财〔2026〕2号",
    index_no="X/2",
    first_seen_on=DAY,
    last_absent_on=DAY,
    redated_from=DAY,
    unchanged_since=DAY,
    attachments=(
        Attachment(
            name="明细.xlsx",
            url="http://a.test/x",
            state=FileState.GATED,
            places=(Place(word="标准", where="收费!B2", recognised=True),),
        ),
    ),
    elements=frozenset({"标准", "依据"}),
    reading=Reading.PARTLY,
    digest="ab",
    exposed=(
        Exposed(kind=Personal.MOBILE, masked="138****5678", where="名单 第2行C列", mark="0f"),
    ),
    misdated=Misdated(why=NoDay.FUTURE, text="2028-03-01", day=date(2028, 3, 1)),
)
OBSERVATION = Observation(
    unit="U1",
    column="fees",
    outcome=Outcome.GONE,
    address="http://a.test/xxgk/sf/",
    documents=(DOCUMENT, Document(url="", title="")),
    coverage=Coverage(pages=2, entries=31, since=DAY, to_end=True, stopped_by="页数已满"),
    unchanged=True,
    identity_seen=True,
    platform="trs",
    phrase="暂无数据",
    http_status=404,
    still_linked=True,
    remarks=("证书已过期",),
    hidden=(HiddenLink(host="spam.example", how=Hiding.TINY, count=3),),
    waiting=(WaitingLetter(sent_on=DAY, state="待回复"),),
    evidence=(
        Evidence(
            url="http://a.test/", fetched_at=INSTANT, http_status=200, sha256="ab", path="ab.gz"
        ),
    ),
    remember=REMEMBERED,
    seen_at=INSTANT,
)


def numbered(number: int) -> Observation:
    return replace(OBSERVATION, unit=f"U{number}", phrase="字" * number)


def scan_file(folder: Path, *seen: Observation) -> Path:
    path = folder / "scan-2026-11-23-2.jsonl"
    with ScanWriter(path) as writer:
        writer.plan(PLAN)
        for one in seen:
            writer.opened(one.address, target=one.key)
            writer.observation(one)
        writer.totals({"OPENED": len(seen)})
    return path


# --- there and back --------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        REMEMBERED,
        TARGET,
        TARGET.column,
        TARGET.look_for[0],
        TARGET.look_for[0].match,
        NETWORK,
        DOCUMENT,
        DOCUMENT.attachments[0],
        OBSERVATION,
        OBSERVATION.coverage,
    ],
    ids=lambda record: type(record).__name__,
)
def test_the_samples_below_leave_no_field_at_its_default(record):
    """A field that is added to a record must be added to a sample, and then to its codec.

    What is no part of being equal stays where it was read.
    """
    for name in filter(lambda name: name.compare, fields(record)):
        default = name.default if name.default_factory is MISSING else name.default_factory()
        assert getattr(record, name.name) != default, name.name


def test_a_plan_comes_back_whole(tmp_path):
    path = tmp_path / plan_name(DAY, 2)

    write_plan(path, PLAN)

    assert path.name == "plan-2026-11-23-2.jsonl"
    assert read_plan(path) == PLAN
    assert plan_beside(tmp_path / scan_name(DAY, 2)) == path
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "seen",
    [OBSERVATION, Observation(unit="U1", column="fees", outcome=Outcome.TIMED_OUT)],
    ids=["all fields", "almost none"],
)
def test_an_observation_comes_back_whole(tmp_path, seen):
    assert list(read_scan(scan_file(tmp_path, seen)).observations()) == [seen]


def test_numbers_of_persons_in_what_pages_say_are_masked_on_the_way(tmp_path):
    number = "360426199101010071"
    told = Document(
        url=f"http://a.test/{number}.html",
        title=f"张三\t{number}",
        attachments=(Attachment(name=f"{number}.jpg", url=f"http://a.test/up/{number}.jpg"),),
    )
    path = scan_file(tmp_path, replace(OBSERVATION, documents=(told,), phrase=number))

    assert number.encode() not in path.read_bytes()
    (seen,) = read_scan(path).observations()
    assert seen.documents[0].title == "张三\t3604**********0071"
    assert (seen.unit, seen.remember) == (OBSERVATION.unit, OBSERVATION.remember)


def test_a_discovery_comes_back_whole_and_its_target_is_done(tmp_path):
    spot = Spot(
        address="http://x.cn/fees/",
        sureness=Sureness.LIKELY,
        grounds=("首页上有入口", "写明是本单位的"),
        newest=date(2026, 9, 1),
    )
    found = (
        Discovery(unit="u1", column="fees", spots=(spot, replace(spot, newest=None))),
        Discovery(unit="u1", column="plan", opened=False, looked=("看不了",)),
    )
    with ScanWriter(tmp_path / "scan") as writer:
        for one in found:
            writer.discovery(one)

    scan = read_scan(tmp_path / "scan")

    assert tuple(scan.discoveries()) == found
    assert tuple(scan.observations()) == ()
    assert scan.done == {"u1/fees", "u1/plan"}


@pytest.mark.parametrize("outcome", Outcome, ids=lambda outcome: outcome.name)
def test_every_outcome_has_its_word_on_the_wire(tmp_path, outcome):
    seen = replace(OBSERVATION, outcome=outcome)

    assert list(read_scan(scan_file(tmp_path, seen)).observations()) == [seen]


def test_a_robots_txt_that_was_read_comes_back_whole(tmp_path):
    path = tmp_path / "scan.jsonl"
    with ScanWriter(path) as writer:
        writer.robots(ROBOTS)

    assert list(read_scan(path).robots()) == [ROBOTS]


def test_a_line_says_its_version_kind_and_checksum_first(tmp_path):
    lines = scan_file(tmp_path, OBSERVATION).read_text("utf-8").split("\n")[:-1]

    said = [json.loads(line) for line in lines]

    assert [line["kind"] for line in said] == ["plan", "opened", "observation", "totals"]
    assert all(list(line)[:3] == ["v", "kind", "crc"] for line in said)
    assert said[0]["targets"] == 2


# --- what one pass over a file tells ---------------------------------------------------


def test_a_whole_file_is_complete(tmp_path):
    file = read_scan(scan_file(tmp_path, numbered(1), numbered(2)))

    assert file.complete
    assert file.totals == {"OPENED": 2}
    assert file.done == {"U1/fees", "U2/fees"}
    assert (file.unfinished, file.stuck, file.damaged, file.torn) == ((), "", 0, False)
    assert file.header.scan == PLAN.scan
    assert file.header.targets == 2


def test_an_address_without_a_result_is_told(tmp_path):
    path = tmp_path / "scan-x-1.jsonl"
    with ScanWriter(path) as writer:
        writer.plan(PLAN)
        writer.opened("http://a.test/1", target="U1/fees")
        writer.opened("http://a.test/2", target="U2/fees")
        writer.observation(numbered(1))
        writer.opened("http://a.test/3", target="U2/fees")

    file = read_scan(path)

    assert file.unfinished == ("http://a.test/2", "http://a.test/3")
    assert file.stuck == stuck_on(path) == "http://a.test/3"
    assert not file.complete


def test_only_a_page_on_the_last_line_can_be_the_one_that_hangs(tmp_path):
    assert stuck_on(scan_file(tmp_path, OBSERVATION)) == ""
    assert stuck_on(tmp_path / "not-there.jsonl") == ""


def test_a_file_the_crawl_never_began_is_empty(tmp_path):
    file = read_scan(tmp_path / "scan-2026-11-23-9.jsonl")

    assert file.header is None
    assert list(file.observations()) == []


def test_every_line_is_in_the_file_before_the_call_returns(tmp_path):
    path = tmp_path / "scan-x-1.jsonl"
    with ScanWriter(path) as writer:
        writer.plan(PLAN)
        writer.observation(OBSERVATION)

        assert read_scan(path).done == {"U1/fees"}


def test_going_on_with_a_torn_file_cuts_the_torn_line_off(tmp_path):
    path = scan_file(tmp_path, numbered(1), numbered(2))
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b'{"v":1,"kind":"totals"') - 40])

    with ScanWriter(path) as writer:
        writer.observation(numbered(3))
        writer.totals({})
    file = read_scan(path)

    assert list(file.observations()) == [numbered(1), numbered(3)]
    assert (file.damaged, file.torn, file.complete) == (0, False, True)


def test_a_line_longer_than_any_buffer_is_cut_off_whole(tmp_path):
    path = scan_file(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + b"{" * 200_000)

    ScanWriter(path).close()

    assert path.read_bytes() == whole


def test_half_a_character_in_a_title_does_not_stop_the_writer(tmp_path):
    seen = replace(OBSERVATION, documents=(replace(DOCUMENT, title="收\ud83d费"),))

    (back,) = read_scan(scan_file(tmp_path, seen)).observations()

    assert back.documents[0].title == "收?费"


# --- damage ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_cut_anywhere_loses_the_end_and_nothing_else(tmp_path, seed):
    seen = [numbered(number) for number in range(1, 8)]
    path = scan_file(tmp_path, *seen)
    whole = path.read_bytes()
    chance = random.Random(seed)

    for _ in range(100):
        path.write_bytes(whole[: chance.randrange(len(whole))])
        file = read_scan(path)
        back = list(file.observations())

        assert back == seen[: len(back)]
        assert file.damaged == 0
        assert {one.key for one in back} == file.done
        stuck_on(path)


@pytest.mark.parametrize("seed", range(6))
def test_a_flipped_byte_anywhere_is_counted_and_never_believed(tmp_path, seed):
    seen = [numbered(number) for number in range(1, 8)]
    path = scan_file(tmp_path, *seen)
    whole = path.read_bytes()
    chance = random.Random(seed)

    for _ in range(100):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
        path.write_bytes(broken)
        file = read_scan(path)
        back = list(file.observations())

        assert all(one in seen for one in back)
        assert len(back) >= len(seen) - 2  # a lost line end costs the two lines it parted
        assert file.damaged or file.torn
        stuck_on(path)


@pytest.mark.parametrize("seed", range(4))
def test_noise_in_a_file_is_passed_over(tmp_path, seed):
    chance = random.Random(seed)
    path = scan_file(tmp_path, numbered(1))
    lines = path.read_bytes().splitlines(keepends=True)
    noise = [chance.randbytes(chance.randrange(80)).replace(b"\n", b"") + b"\n" for _ in range(50)]
    mixed = lines[:1] + noise + lines[1:]
    path.write_bytes(b"".join(mixed))

    file = read_scan(path)

    assert file.damaged == 50
    assert list(file.observations()) == [numbered(1)]


def test_a_file_of_a_newer_program_is_refused_in_words(tmp_path, monkeypatch):
    path = tmp_path / "scan-x-1.jsonl"
    monkeypatch.setattr("monitor.wire.lines.VERSION", 7)
    with ScanWriter(path) as writer:
        writer.plan(PLAN)
    monkeypatch.undo()

    with pytest.raises(MonitorError) as error:
        read_scan(path)

    assert error.value.code == "E2602"
    assert "格式版本为 7" in str(error.value)


def test_a_plan_that_is_not_whole_is_refused(tmp_path):
    path = tmp_path / plan_name(DAY, 1)
    write_plan(path, PLAN)
    lines = path.read_bytes().splitlines(keepends=True)

    for damaged in (lines[:-1], lines[1:], [*lines[:-1], lines[-1][:-20]], []):
        path.write_bytes(b"".join(damaged))
        with pytest.raises(MonitorError) as error:
            read_plan(path)
        assert error.value.code == "E2601"
    path.unlink()
    with pytest.raises(MonitorError, match="缺失或已损坏"):
        read_plan(path)
