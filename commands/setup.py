"""初始化: the work folder and its settings file."""

from __future__ import annotations

from pathlib import Path

import click

from commands.files import write_whole
from commands.words import ChineseCommand, FilePath, dry_run
from monitor import settings
from monitor.wording import MonitorError


@click.command("init", cls=ChineseCommand)
@click.argument("folder", metavar="文件夹", type=FilePath(), default=Path())
@dry_run
def init_verb(folder: Path, dry_run: bool) -> None:
    """建立工作文件夹，写出带说明的设置文件；已有的文件不动。

    例：mingcha init 信息公开巡查
    """
    target = folder / settings.FILE
    if target.exists():
        raise MonitorError(
            "E2407",
            f"文件夹 {folder} 已经初始化过",
            "没有改动任何文件。",
            f"请直接编辑 {target}，或换一个文件夹。",
        )
    if dry_run:
        click.echo(f"将建立 {folder}，并写出 {target}。没有写入。")
        return
    write_whole(target, [settings.default_text()])
    click.echo(f"已建立 {folder}，设置文件是 {target}。")
    click.echo("接下来：")
    click.echo("  1  打开设置文件，填写本局名称和电话")
    click.echo("  2  进入该文件夹，执行 mingcha doctor")
    click.echo("  3  mingcha units template，填好后 mingcha units import 单位清单.xlsx")
    click.echo("  4  mingcha try 某个栏目的网址")
    click.echo("  5  mingcha scan --dry-run，看无误后 mingcha scan")
