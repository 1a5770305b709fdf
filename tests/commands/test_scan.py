"""Nights on a small real school: what is asked, what is kept, what is gone on with."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import paperwork as made
import pytest
from clerk import DAY, FEES, UNIT, Ran, command, english, office, ran, school, take_in, tree
from schoolpages import article, listing
from siteserver import Reply, Site, SiteServer, serving

from commands import morning
from commands.folder import Folder
from commands.judging import judged
from commands.scope import Choice, begin, begun
from crawler import canary
from monitor.model import UnitType
from monitor.store import queries, records
from monitor.wording import Because, Exit

EAST, WEST, NEW = "青禾县东门小学", "青禾县西门小学", "青禾县北门小学"
LATE = {"A2": EAST, "A9": NEW}
#: nobody listens there
SILENT = "127.0.0.1:9"


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with serving() as server:
        yield server


def county(place: Path, server: SiteServer, site: Site) -> Path:
    """A school that answers, one that does not, one without a site."""
    units = [("A1", UNIT, site.url), ("A2", EAST, f"http://{SILENT}"), ("A3", WEST, "")]
    return office(place, units, [*server.targets, SILENT])


def scanned(place: Path, *words: str, day: str = DAY) -> Ran:
    return ran("scan", "--dir", place, "--today", day, *words)


def asked(site: Site) -> list[str]:
    """The paths asked for since the last call."""
    paths = list(site.paths)
    site.requests.clear()
    return paths


def test_a_night_whose_readers_fail_accuses_nobody(
    tmp_path: Path, server: SiteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = school(server)
    place = county(tmp_path / "office", server, site)
    known = tmp_path / "known"
    shutil.copytree(str(canary._KNOWN), known)
    for file in known.glob("generic-*"):
        file.write_bytes(b"<html><body>another page</body></html>")
    monkeypatch.setattr(canary, "_KNOWN", known)
    canary.failing.cache_clear()

    bad = scanned(place)
    checked = ran("doctor", "--dir", place, "--today", DAY)
    monkeypatch.undo()
    canary.failing.cache_clear()

    assert "告警：自检样页读取有误（其他）" in bad.out
    assert not any(word in bad.out for word in ("应公开未公开", "未设栏目", "正常"))
    assert checked.code == Exit.SETTINGS
    assert "自检样页读取有误（其他）" in checked.out
    with contextlib.closing(Folder(place, today=date.fromisoformat(DAY))) as folder:
        assert records.findings(folder.store) == ()
        assert "告警" in morning.health(folder).trouble
        # judged again, it is still the night on which nothing could be believed
        again = {one.because for one in judged(folder, queries.last_scan(folder.store).id)}
    assert Because.READER_FAILED in again

    good = scanned(place, day="2026-11-24")

    assert "告警" not in good.out
    assert "应公开未公开 1，未设栏目 1" in good.out


def test_four_nights_as_the_office_sees_them(tmp_path: Path, server: SiteServer) -> None:
    site = school(server)
    place = county(tmp_path / "信息公开 巡查", server, site)
    before = tree(place)

    preview = scanned(place, "--dry-run")

    assert preview.code == 0
    assert "将核查 6 个栏目" in preview.out
    assert "没有打开任何网站" in preview.out
    assert tree(place) == before
    assert asked(site) == []

    first = scanned(place, "--fail-on-findings")

    assert first.code == Exit.FINDINGS
    assert "应公开未公开 1，未设栏目 1，待人工核实 3，未能核查 3，正常 1" in first.out
    assert english(first.told) == []
    assert {"/", "/fees/", "/plan/"} <= set(asked(site))
    status = ran("status", "--dir", place, "--today", DAY).out
    assert f"网站未能核查：{EAST}，已连续 1 晚无法访问（尚未成功过）。公开情况未知" in status
    assert "问题：待确认 2" in status

    again = scanned(place, day="2026-11-24")

    assert again.code == 0
    assert "应公开未公开 1，未设栏目 1" in again.out
    assert "问题：待审核 2" in ran("status", "--dir", place, "--today", "2026-11-24").out
    assert not any(path.endswith(".html") for path in asked(site))  # what is known is not reopened
    with_unit = scanned(place, "--unit", UNIT, "--item", "X-1", day="2026-11-25")
    assert "核查 1 个栏目" in with_unit.out
    assert with_unit.out.count("正常 1") == 1

    site.fallback = Reply(reset=True)
    site.routes.clear()
    down = scanned(place, "--class", "小学", day="2026-11-26")

    assert "未能核查 6" in down.out
    assert "应公开未公开" not in down.out
    status = ran("status", "--dir", place, "--today", "2026-11-26").out
    assert f"{EAST}，已连续 3 晚无法访问（尚未成功过）" in status
    assert f"{UNIT}，已连续 1 晚无法访问（最近一次成功：2026-11-25）" in status
    assert "问题：待审核 2" in status  # what could not be looked at is neither worse nor better
    told = ran("explain", UNIT, "X-2", "--dir", place, "--today", "2026-11-26").out
    assert "～ 未能核查" in told
    assert "已连续 1 晚无法访问（最近一次成功：2026-11-25），公开情况未知" in told


def explained(place: Path, unit: str, item: str) -> str:
    done = ran("explain", unit, item, "--dir", place, "--today", DAY)
    assert done.code == 0, done.told
    assert english(done.out) == []
    assert "不详" not in done.out
    return done.out


def test_where_in_a_file_a_word_stands_is_explained(tmp_path: Path, server: SiteServer) -> None:
    site = school(server)
    ((title, url, day),) = FEES
    files = {"收费表.xlsx": "/fees/a.pdf", "说明.doc": "/fees/b.doc"}
    site.routes |= {
        url: article(title, day, "收费公示见附件", files=files),
        "/fees/a.pdf": Reply(body=made.workbook(("项目", "收费标准"), ("住宿费", "300元"))),
        "/fees/b.doc": Reply(body=made.doc("举报电话", encrypted=True)),
    }
    place = county(tmp_path / "局", server, site)
    rules = place / "rules.yaml"
    fields = (
        "match: {any: [收费]}, complete: [{kind: fields_present, fields: [收费标准, 举报电话]}]"
    )
    rules.write_text(rules.read_text("utf-8").replace("match: {any: [收费]}", fields), "utf-8")
    scanned(place)

    told = explained(place, "A1", "X-1")

    assert "附件未能读全（说明.doc：已加密，未能读取），要素无法判断：举报电话" in told
    assert "附件 收费表.xlsx：可打开，“收费标准”见收费!B1" in told


LINKED = """\
columns:
  - {id: fees, name: 收费信息}
  - {id: plan, name: 计划总结}
requirements:
  - {id: X-1, name: 制度文件, applies_to: [primary], column: fees, match: {any: [印发]},
     limits: [{kind: standing, grounds: law}], basis: [{title: 示例办法}]}
  - {id: X-2, name: 制度解读, applies_to: [primary], column: plan, match: {any: [解读]},
     limits: [{kind: on_occurrence, grounds: law}], basis: [{title: 示例办法}]}
links: [{id: pair, from: X-1, to: X-2, key: [doc_no, title], within: 3, grounds: law}]
"""


def test_what_waits_for_an_answer_is_explained_document_by_document(
    tmp_path: Path, server: SiteServer
) -> None:
    site = school(server)
    rules = [
        ("关于印发《校服管理办法》的通知", "/fees/2.html", date(2026, 11, 9)),
        ("关于印发《门卫值班制度》的通知", "/fees/3.html", date(2026, 11, 10)),
        ("关于印发《图书借阅制度》的通知", "/fees/4.html", date(2026, 11, 20)),
    ]
    said = [
        ("《门卫值班制度》解读", "/plan/2.html", date(2026, 11, 12)),
        ("召开图书借阅制度解读会", "/plan/3.html", date(2026, 11, 21)),
    ]
    site.routes |= {"/fees/": listing("收费信息", rules), "/plan/": listing("计划总结", said)}
    place = county(tmp_path / "局", server, site)
    (place / "rules.yaml").write_text(LINKED, "utf-8")
    scanned(place)

    told = explained(place, UNIT, "X-2")

    assert "× 应公开未公开" in told
    assert "应于2026-11-12前公开对《关于印发〈校服管理办法〉的通知》的制度解读，未见" in told
    assert (
        "关联　　关于印发《校服管理办法》的通知：2026-11-09 公开，"
        "自次日起第 3 个工作日 → 2026-11-12，已过 11 天，没有相近的" in told
    )
    assert (
        "关于印发《图书借阅制度》的通知：2026-11-20 公开，"
        "自次日起第 3 个工作日，跳过周末 2 天 → 2026-11-25，还剩 2 天，"
        "最接近：召开图书借阅制度解读会（2026-11-21），由人确认" in told
    )
    assert "门卫值班制度》的通知：" not in told


NOTICE = ("2026年下半年收费减免名单公示", "/fees/2.html", date(2026, 11, 16))


def test_a_notice_taken_down_early_is_found_and_its_days_are_told(
    tmp_path: Path, server: SiteServer
) -> None:
    site = school(server)
    place = county(tmp_path / "局", server, site)
    rules = place / "rules.yaml"
    text = rules.read_text("utf-8")
    up_and_gone = "limits: [{kind: notice_period, days: 5, day_kind: working, grounds: law}]"
    follows = (
        "limits: [{kind: after_event, event: {of: X-1}, days: 5, day_kind: working, grace: 2,"
        " grounds: law}]"
    )
    standing = "limits: [{kind: standing, grounds: law}]"
    text = text.replace(standing, up_and_gone, 1).replace(standing, follows, 1)
    rules.write_text(text, "utf-8")
    site.routes["/fees/"] = listing("收费信息", [NOTICE, *FEES])
    site.routes[NOTICE[1]] = article(NOTICE[0], NOTICE[2], "名单如下")

    scanned(place, day="2026-11-17")
    up = ran("explain", "A1", "X-1", "--dir", place, "--today", "2026-11-17").out
    first = ran("explain", "A1", "X-2", "--dir", place, "--today", "2026-11-17").out
    site.routes["/fees/"] = listing("收费信息", FEES)
    scanned(place, day="2026-11-18")
    gone = ran("explain", "A1", "X-1", "--dir", place, "--today", "2026-11-18").out
    follower = ran("explain", "A1", "X-2", "--dir", place, "--today", "2026-11-18").out
    site.fallback = Reply(reset=True)
    site.routes.clear()
    scanned(place, day="2026-11-19")
    down = ran("explain", "A1", "X-1", "--dir", place, "--today", "2026-11-19").out

    assert f"公示中：{NOTICE[0]}（2026-11-16），应公示至2026-11-23" in up
    assert "× 应公开未公开" in gone
    assert (
        f"“{NOTICE[0]}”（2026-11-16）应公示至2026-11-23，2026-11-17还在栏目中，2026-11-18核查时已不见"
    ) in gone
    assert f"“{NOTICE[0]}”自 2026-11-16 起公示" in gone
    assert "自次日起第 5 个工作日，跳过周末 2 天 → 2026-11-23" in gone
    assert "“收费公示公开”发生于 2026-11-16" in first
    assert "× 应公开未公开" in first  # a second publication gives no new time for the first
    assert "“收费公示公开”发生于 2026-09-01" in follower
    assert "自次日起第 5 个工作日，跳过周末 2 天 → 2026-09-08" in follower
    assert "宽限 2 天，至 2026-09-10" in follower
    assert "× 应公开未公开" in follower
    assert "～ 未能核查" in down
    assert all("不详" not in told and english(told) == [] for told in (up, gone, follower, down))


def test_every_kind_of_verdict_explains_itself(tmp_path: Path, server: SiteServer) -> None:
    site = school(server)
    place = county(tmp_path / "局", server, site)
    scanned(place)
    late = [("A1", UNIT, site.url), *((c, n, f"http://{SILENT}") for c, n in LATE.items())]
    assert "? 待人工核实" in explained(place, WEST, "X-1")
    take_in(place, late)

    gap = explained(place, UNIT, "年度工作计划")
    assert "× 应公开未公开　2026-11-23 判断" in gap
    assert "最新　　2026年秋季运动会秩序册　2026-10-09" in gap
    assert f"访问 {site.url}/plan/（200）" in gap
    kept = gap.partition("留存于 ")[2].split()[0]
    assert (place / kept).exists()
    assert "待确认（首次 2026-11-23" in gap

    assert "无 未设栏目" in explained(place, "A1", "X-3")
    good = explained(place, "A1", "X-1")
    assert "✓ 正常" in good
    assert "对应　　2026年秋季学期教育收费公示　2026-09-01（取自" in good
    assert "问题" not in good
    assert "～ 未能核查" in explained(place, EAST, "X-1")
    assert "· 尚未核查\n" in explained(place, NEW, "X-1")

    for unit, item, why in (
        ("A1", "X-4", "线下公开，不在网上核查"),
        ("A3", "X-1", "已停用，不再核查"),
    ):
        refused = ran("explain", unit, item, "--dir", place)
        assert refused.code == Exit.INPUT
        assert why in refused.err


# --- cut off -----------------------------------------------------------------------------


def begun_outside(place: Path, site: Site) -> subprocess.Popen[bytes]:
    """A scan in a process of its own, which has come to the slow page."""
    night = subprocess.Popen(
        command("scan", "--dir", place, "--today", DAY, "--unit", "A1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 20
    while "/plan/" not in site.paths:
        assert time.monotonic() < until, "the scan did not come to the page"
        assert night.poll() is None, night.communicate()
        time.sleep(0.02)
    return night


def processes_in(place: Path) -> list[str]:
    """What runs with the folder on its command line; nothing where the system does not say."""
    found = []
    for said in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has just ended
            found.append(said.read_bytes().decode(errors="replace"))
    return [line for line in found if str(place) in line]


def slow_school(server: SiteServer) -> tuple[Site, Reply]:
    """A school one of whose pages keeps its reader waiting."""
    site = school(server)
    page = site.routes["/plan/"]
    assert isinstance(page, str)
    site.routes["/plan/"] = Reply(body=page, delay=30)
    return site, Reply(body=page)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL], ids=lambda kind: kind.name)
def test_a_scan_that_was_cut_off_is_gone_on_with_by_its_own_plan(
    kind: signal.Signals, tmp_path: Path, server: SiteServer
) -> None:
    site, quick = slow_school(server)
    place = county(tmp_path / "局", server, site)
    night = begun_outside(place, site)
    running = ran("status", "--dir", place).out
    second = scanned(place, "--resume")

    os.kill(night.pid, kind)
    out, err = night.communicate()

    assert "巡查 20261123 正在进行" in running
    assert second.code == Exit.INPUT
    assert "另一次巡查正在进行" in second.err
    if kind is signal.SIGINT:
        assert night.returncode == Exit.INTERRUPTED, err.decode()
        assert "可用 mingcha scan --resume 接着做" in err.decode()
        assert "Traceback" not in (out + err).decode()
    until = time.monotonic() + 10
    while running := processes_in(place):  # the child that read the site ends with its parent
        assert time.monotonic() < until, running
        time.sleep(0.02)
    assert "没有做完，可用 mingcha scan --resume" in ran("status", "--dir", place).out

    site.routes["/plan/"] = quick
    asked(site)
    take_in(place, [("A1", UNIT, site.url)])  # the others left in the meantime
    preview = ran("scan", "--resume", "--dry-run", "--dir", place, "--today", DAY)
    resumed = scanned(place, "--resume")

    assert "将核查 3 个栏目" in preview.out
    assert resumed.code == 0, resumed.told
    assert "计划核查 3 个栏目" in resumed.out
    assert "应公开未公开 1，未设栏目 1，正常 1" in resumed.out
    assert ran("scan", "--resume", "--dir", place).code == Exit.INPUT  # nothing is left to do
    folder = Folder(place)
    try:
        assert [scan.id for scan in records.scans(folder.store)] == ["20261123"]
    finally:
        folder.close()


def test_a_scan_that_was_read_and_not_judged_is_unfinished(
    tmp_path: Path, server: SiteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = school(server)
    place = county(tmp_path / "局", server, site)

    def pulled(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as power:
        power.setattr("commands.night.update", pulled)
        assert scanned(place).code == Exit.INTERRUPTED
    asked(site)

    resumed = scanned(place, "--resume")

    assert resumed.code == 0
    assert "应公开未公开 1" in resumed.out
    assert asked(site) == []


def test_a_scan_keeps_its_range_beside_its_plans(tmp_path: Path) -> None:
    choice = Choice(
        units=frozenset({"甲"}),
        types=frozenset({UnitType.PRIMARY}),
        requirements=frozenset({"X-1"}),
    )
    (tmp_path / ".20261123.new").mkdir()  # of a start that was cut off

    begin(tmp_path / "20261123", (), choice)

    assert begun(tmp_path / "20261123") == ((), choice)
    assert not (tmp_path / ".20261123.new").exists()


def test_what_of_the_inner_network_is_open_is_said_first(
    tmp_path: Path, server: SiteServer
) -> None:
    """NET-17."""
    place = county(tmp_path / "科室", server, school(server))
    allowed = "network.allow_private=[10.20.0.0/16, oa.school.cn]"

    told = scanned(place, "--dry-run", "--set", allowed)

    assert "已放行内网地址 10.20.0.0/16、oa.school.cn。" in told.told
    assert "已放行" not in scanned(place, "--dry-run").told


def test_a_scan_without_network_says_so_and_fails(tmp_path: Path, server: SiteServer) -> None:
    """GRD-02: nobody listens at the only canary."""
    site = school(server)
    place = county(tmp_path / "科室", server, site)
    words = (f"network.canaries=[http://{SILENT}/]", "network.tries=1")

    told = scanned(place, *(part for word in words for part in ("--set", word)))

    assert told.code == Exit.NETWORK
    assert "本次巡查作废：监测服务器自身网络异常（1 个对照网址全部打不开）" in told.out
    assert "网络恢复后可以再执行一次 mingcha scan" in told.out
    assert site.requests == []
