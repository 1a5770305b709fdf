"""自检: is everything a night needs there; each line with what to do about it."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

import click

from commands.folder import BEIJING, Folder, opened
from commands.words import ChineseCommand
from crawler import canary
from crawler.browser import runs_scripts
from crawler.outside import answers
from crawler.pages.attachments import reads_scans
from crawler.platforms import PLATFORMS
from monitor.store import reading
from monitor.wording import Exit, MonitorError

#: bytes of free disk below which a night may not end
_LITTLE_SPACE = 2 * 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """一项检查: mark ✓, ! or ✗, what was found, and what to do."""

    mark: str
    what: str
    remedy: str = ""
    exit_code: Exit = Exit.DONE  # of the verb, when this is the first that fails


@click.command("doctor", cls=ChineseCommand)
@opened
def doctor_verb(folder: Folder) -> int:
    """逐项检查本机、设置、目录、数据库、磁盘、自检样页、时钟、节假日数据和网络。

    例：mingcha doctor
    """
    worst = Exit.DONE
    for look in _LOOKS:
        try:
            checks = list(look(folder))
        except MonitorError as mistake:
            worst = worst or mistake.exit_code
            checks = [Check(mark="✗", what=mistake.what, remedy=mistake.remedy)]
            checks += [Check(mark="　", what=detail) for detail in mistake.details]
        for check in checks:
            worst = worst or check.exit_code
            click.echo(
                f"{check.mark}　{check.what}" + (f"。{check.remedy}" if check.remedy else "")
            )
        if look is _settings and worst:  # without settings nothing else can be looked at
            break
    return worst


def _python(_: Folder) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check(mark="✓", what=f"Python {version}")


def _settings(folder: Folder) -> Iterator[Check]:
    settings = folder.settings
    yield Check(mark="✓", what="设置文件可用")
    if not settings.office.name or not settings.office.phone:
        yield Check(
            mark="!",
            what="没有填写本局名称或电话",
            remedy="请在 settings.yaml 的 office 中填写，对方网站管理员据此联系",
        )
    if settings.network.test_targets:
        yield Check(mark="!", what="设置了测试地址（network.test_targets），仅供试用")


def _scans(_: Folder) -> Iterator[Check]:
    """Neither is a fault: without the extra a person looks at what only a picture shows."""
    told = "能识别" if reads_scans() else "没有安装识别组件（ocr），留给人工核实"
    yield Check(mark="✓", what=f"扫描件和图片里的文字：{told}")


def _scripts(folder: Folder) -> Iterator[Check]:
    """Neither is a fault: without a browser such columns wait for a person."""
    network = folder.settings.to_network()
    if not network.browser:
        yield Check(
            mark="✓", what="由脚本填充的栏目：没有设置浏览器（network.browser），留给人工核实"
        )
    elif runs_scripts(network):
        yield Check(mark="✓", what=f"由脚本填充的栏目：用 {network.browser} 显示后读取")
    else:
        yield Check(
            mark="!",
            what=f"设置的浏览器 {network.browser} 用不了，由脚本填充的栏目留给人工核实",
            remedy="请核对 network.browser 的路径，并安装附加组件 mingcha[render]",
        )


def _space(folder: Folder) -> Iterator[Check]:
    free = shutil.disk_usage(folder.path).free
    told = f"磁盘可用 {free / 2**30:.1f} GB"
    if free < _LITTLE_SPACE:
        yield Check(mark="!", what=told, remedy="请清理磁盘，至少留出 2 GB")
    else:
        yield Check(mark="✓", what=told)
    if not os.access(folder.path, os.W_OK):
        yield Check(
            mark="✗",
            what="工作文件夹不能写入",
            remedy="请检查文件夹权限",
            exit_code=Exit.SETTINGS,
        )


def _store(folder: Folder) -> Iterator[Check]:
    with reading(folder.store):
        yield Check(mark="✓", what=f"数据库可用，单位 {len(folder.units)} 家")
    if not folder.units:
        yield Check(mark="!", what="还没有单位", remedy="请执行 mingcha units import 单位清单.xlsx")


def _catalog(folder: Folder) -> Iterator[Check]:
    yield Check(mark="✓", what=f"目录可用，{len(folder.catalog.requirements)} 个事项")


def _readers(_: Folder) -> Iterator[Check]:
    """Whether each family of publishing systems reads its known pages, as before each night."""
    if failing := canary.failing():
        yield Check(
            mark="✗",
            what=f"自检样页读取有误（{'、'.join(canary.labels(failing))}）",
            remedy="请重新安装或升级本程序；在此之前，这些平台上的单位一律待人工核实",
            exit_code=Exit.SETTINGS,
        )
    else:
        yield Check(mark="✓", what=f"{len(PLATFORMS)} 类网站平台的自检样页读取正确")


def _clock(folder: Folder) -> Iterator[Check]:
    local = datetime.now().astimezone()
    if local.utcoffset() != local.astimezone(BEIJING).utcoffset():
        yield Check(mark="!", what="本机时区不是北京时间，程序仍按北京时间计算")
    yield Check(mark="✓", what=f"今天按 {folder.today.isoformat()} 计算")


def _holidays(folder: Folder) -> Iterator[Check]:
    for year in (folder.today.year, folder.today.year + 1):
        first, last = date(year, 1, 1), date(year, 12, 31)
        if folder.moment.calendar.is_provisional(first, last):
            yield Check(
                mark="!",
                what=f"没有 {year} 年的放假调休数据，暂按周一至周五计",
                remedy="国务院办公厅公布后，请升级程序或写入 calendar.yaml",
            )
        else:
            yield Check(mark="✓", what=f"{year} 年放假调休数据已有")


def _names(folder: Folder) -> Iterator[Check]:
    """Whether names can be resolved: asks for one unit's host, opens nothing."""
    homes = (urlsplit(unit.home).hostname for unit in folder.units if unit.active)
    host = next((home for home in homes if home), "")
    if not host:
        return
    try:
        socket.getaddrinfo(host, 80)
    except (OSError, UnicodeError):  # the second: a label longer than a name may be
        yield Check(
            mark="✗",
            what=f"域名无法解析（{host}）",
            remedy="请检查网络和 DNS 设置",
            exit_code=Exit.NETWORK,
        )
    else:
        yield Check(mark="✓", what=f"域名可以解析（{host}）")


def _way_out(folder: Folder) -> Iterator[Check]:
    """Whether the addresses answer by which a night tells our own network from the sites'."""
    network = folder.settings.to_network()
    silent = [one for one in network.canaries if not answers(one, network)]
    if not network.canaries:
        yield Check(
            mark="!",
            what="没有设置对照网址（network.canaries）",
            remedy="请填两三个平时总能打开的外部网址，本机断网的那一晚就会自动作废",
        )
    elif len(silent) == len(network.canaries):
        yield Check(
            mark="✗",
            what=f"对照网址都打不开（{'、'.join(silent)}）",
            remedy="请检查本机网络；这样的巡查一律作废",
            exit_code=Exit.NETWORK,
        )
    elif silent:
        yield Check(
            mark="!",
            what=f"部分对照网址打不开（{'、'.join(silent)}）",
            remedy="请核对网址，或换成总能打开的",
        )
    else:
        yield Check(mark="✓", what=f"{len(network.canaries)} 个对照网址都能打开")


_LOOKS: tuple[Callable[[Folder], Iterator[Check]], ...] = (
    _python,
    _settings,
    _scans,
    _scripts,
    _space,
    _store,
    _catalog,
    _readers,
    _clock,
    _holidays,
    _names,
    _way_out,
)
