"""演示: three nights on the sample county, as an office would live them, on loopback only."""

from __future__ import annotations

import csv
import shutil
import socket
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path

import click

from commands import night
from commands.demo.county import SITES
from commands.demo.records import NIGHTS
from commands.demo.server import LOOPBACK, Server
from commands.demo.sheet import sheet_rows
from commands.explain import explained
from commands.export import compose, write_overview
from commands.folder import Folder
from commands.letters import write_previews
from commands.report import checked, draft
from commands.snapshot import freeze, thawed
from commands.words import ChineseCommand
from monitor import settings
from monitor.decisions import Decision
from monitor.ledger import units as ledger
from monitor.ledger.decisions import take
from monitor.model import GAPS, Assessment, Move, State, Status
from monitor.store import records
from monitor.timetable import DAY, Due, every_day, is_first_workday, is_workday, next_due
from monitor.units import read_units
from monitor.wording import MonitorError
from reports.formats import terminal
from reports.manuscript import Manuscript

#: the county's ports begin at the first of these that is free, so that runs show the same addresses
_FIRST_PORTS = range(18800, 28800, 1000)
_MARK = ".mingcha-demo"
_LAYER = Path(__file__).parent / "demo" / "sample-layer.yaml"
_GAP = ("QH001", "B-03")
_UNREAD = Status.UNREACH
_OFFICER = "演示经办人"
#: findings that the officer confirms; the others show what waits
_CONFIRMED = 9


@click.command("demo", cls=ChineseCommand)
@click.option(
    "--dir",
    "place",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    default=Path("示例县"),
    help="样例数据放在哪个文件夹，默认 示例县；再次演示会重建",
)
def demo_verb(place: Path) -> None:
    """在虚构的青禾县上巡查三晚，看结论和依据，再确认几项，写出月报、台账和给单位的邮件。

    例：mingcha demo
    """
    make_room(place)
    with Server(first_port=_free_ports(len(SITES))) as county:
        write_settings(place, county.addresses)
        before: dict[tuple[str, str], Assessment] = {}
        for number, day in enumerate(NIGHTS, 1):
            county.turn_to(number)
            folder = Folder(place, today=day)
            if number == 1:
                import_units(folder, sheet_rows(county.addresses))
            done = night.run(folder, tell=lambda _: None)
            after = {(one.unit, one.requirement): one for one in folder.standing()}
            _tell_night(folder, number, done, before, after)
            before = after
            folder.close()
        folder = Folder(place, today=NIGHTS[-1])
        import_units(folder, sheet_rows(county.addresses, with_late=True))
        folder = Folder(place, today=NIGHTS[-1])
        _tell_end(folder)
        _tell_decisions(folder)
        folder.close()
        folder = Folder(place, today=NIGHTS[-1] + DAY)
        _tell_papers(folder)
        folder.close()
        _tell_steps()


def _free_ports(count: int) -> int:
    """The first port of a free row of ``count``; 0 (any ports) when all are taken."""
    for first in _FIRST_PORTS:
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind((LOOPBACK, port))
        except OSError:
            continue
        return first
    return 0


def make_room(place: Path) -> None:
    """Clear what an earlier demonstration left; anything else is left alone."""
    if place.exists() and not (place / _MARK).exists() and any(place.iterdir()):
        raise MonitorError(
            "E2408",
            f"文件夹 {place} 里已有别的文件",
            "没有演示，也没有改动任何文件。",
            "请用 --dir 换一个空文件夹。",
        )
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / _MARK).touch()


def write_settings(place: Path, addresses: Mapping[str, str]) -> None:
    """Write the sample office's settings and its layer; ``addresses`` by host."""
    targets = ", ".join(f'"{address.removeprefix("http://")}"' for address in addresses.values())
    (place / _LAYER.name).write_bytes(_LAYER.read_bytes())
    (place / settings.FILE).write_text(
        "# 示例县的设置：只访问本机\n"
        "office: {name: 青禾县教育局（示例）, phone: 0550-0000000, officer: 示例经办人}\n"
        f"rules: [rules.yaml, {_LAYER.name}]\n"
        f"network: {{delay: 0, tries: 2, pauses: [0], test_targets: [{targets}]}}\n",
        encoding="utf-8",
    )


def import_units(folder: Folder, rows: list[list[str]]) -> None:
    """Take in the sample 单位清单, given as rows."""
    sheet = folder.path / "单位清单.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    units, _ = read_units(sheet, folder.catalog.columns)
    ledger.replace(folder.store, units, at=folder.now)
    for cached in ("units", "catalog"):
        folder.__dict__.pop(cached, None)


def _tell_night(
    folder: Folder,
    number: int,
    done: night.Night,
    before: dict[tuple[str, str], Assessment],
    after: dict[tuple[str, str], Assessment],
) -> None:
    told = "，".join(
        f"{status.value} {done.counts[status]}" for status in Status if done.counts[status]
    )
    click.echo(f"第 {number} 晚（{folder.today.isoformat()}）　核查 {done.planned} 个栏目：{told}")
    names = {unit.code: unit.name for unit in folder.units}
    moved: Counter[tuple[str, str]] = Counter()
    for key, now in after.items():
        was = before.get(key)
        if was is None or was.status is now.status:
            continue
        if now.status is Status.UNREACH:
            moved[names[now.unit], f"改为未能核查，{now.sentence}"] += 1
            continue
        if was.status is Status.UNREACH:
            moved[names[now.unit], "网站恢复，重新核查"] += 1
            continue
        item = folder.catalog.requirements[now.requirement].name
        what = "新出现" if now.status in GAPS else "已改好" if was.status in GAPS else "有变化"
        click.echo(f"  {what}　{names[now.unit]} · {item}：{was.status.value} → {now.status.value}")
    for (name, why), count in moved.items():
        click.echo(f"  网　站　{name}：{count} 项{why}")


def _tell_decisions(folder: Folder) -> None:
    """Let the officer confirm some of what waits for review."""
    waiting = [one for one in records.findings(folder.store) if one.state is State.TO_REVIEW]
    done = take(
        folder.store,
        [
            Decision(finding=one.number, move=Move.CONFIRM, by=_OFFICER, reason="看过留存页面")
            for one in waiting[:_CONFIRMED]
        ],
        at=folder.now,
        clock=folder.clock,
    )
    click.echo(
        f"{_OFFICER}看过 {len(done)} 项待审核的问题，确认并交办；"
        f"其余 {len(waiting) - len(done)} 项待审核，不对外提起"
    )


def _tell_papers(folder: Folder) -> None:
    """Write the month's report and ledger, and the letters to the units; nothing is sent."""
    first, last = NIGHTS[-1].replace(day=1), NIGHTS[-1]
    freeze(folder, f"{first:%Y-%m}", first, last, by=_OFFICER)
    snapshot = thawed(folder, f"{first:%Y-%m}")
    for written in draft(folder, snapshot, checked(snapshot), folder.path / "报告"):
        click.echo(f"已写出 {written}")
    count, _ = write_previews(folder, folder.path / "邮件")
    click.echo(f"已写出 {count} 封给单位的邮件（{folder.path / '邮件'}），没有发送")
    click.echo(f"开着 mingcha schedule run 时：{_next_times(folder)}")
    click.echo()


def _next_times(folder: Folder) -> str:
    """When the timetable would act next, after the last night of the demonstration."""
    hours = folder.settings.schedule
    midnight = datetime.combine(folder.today, time(), folder.settings.zone)
    times = (
        ("巡查", hours.scan, every_day),
        ("发信", hours.letters, is_workday),
        ("月报", hours.monthly, is_first_workday),
    )
    calendar = folder.moment.calendar
    told = (
        (
            word,
            next_due(
                Due(hour=time.fromisoformat(hour), days=days, calendar=calendar), now=midnight
            ),
        )
        for word, hour, days in times
    )
    return "，".join(f"下次{word} {at:%Y-%m-%d %H:%M}" for word, at in told if at)


def _tell_end(folder: Folder) -> None:
    whole = compose(folder)
    by_unit = Manuscript(
        title="三晚之后", sections=tuple(one for one in whole.sections if "按单位" in one.heading)
    )
    click.echo()
    click.echo(terminal.render(by_unit).rstrip("\n"))
    click.echo()
    standing = list(folder.standing())
    gap = next(one for one in standing if (one.unit, one.requirement) == _GAP)
    went_down = {
        silence.unit
        for silence in records.nights_unreachable(folder.store)
        if silence.last_answer_on
    }
    down = next(one for one in standing if one.status is _UNREAD and one.unit in went_down)
    for one in (gap, down):
        whose, what = folder.unit(one.unit), folder.requirement(one.requirement)
        click.echo("\n".join(explained(folder, whose, what)))
        click.echo()
    page = folder.path / "巡查情况.html"
    write_overview(folder, page)
    click.echo(f"网页报告：{page}（用浏览器打开，问题旁有当时留存的页面）")
    click.echo()


def _tell_steps() -> None:
    click.echo("用在本局，分五步：")
    click.echo(
        "  1  mingcha init 信息公开巡查　然后进入这个文件夹，在 settings.yaml 填本局名称和电话"
    )
    click.echo(
        "  2  mingcha units template　填好单位清单.xlsx 后 mingcha units import 单位清单.xlsx"
    )
    click.echo("  3  mingcha doctor　逐项检查，再用 mingcha try 网址 试一两个栏目")
    click.echo("  4  mingcha scan --dry-run　看将要打开哪些栏目；无误后在晚上 mingcha scan")
    click.echo(
        "  5  mingcha export overview --html 巡查情况.html　逐条核对，用 mingcha explain 看依据"
    )
