"""命令行用语: click's own words, in Chinese, and the options every verb has."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


class ChineseCommand(click.Command):
    """A verb whose help page is Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [piece for parameter in self.get_params(ctx) for piece in _usage(parameter, ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [
            record
            for parameter in self.get_params(ctx)
            if (record := parameter.get_help_record(ctx)) and record[1]
        ]
        write_pairs(formatter, "选项", records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示这页说明"
        return option


class ChineseGroup(click.Group):
    """A verb with verbs of its own."""

    command_class = ChineseCommand

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "动作 [选项]", prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pairs = [
            (name, command.get_short_help_str(limit=200)) for name, command in self.commands.items()
        ]
        write_pairs(formatter, "动作", pairs)


def write_pairs(
    formatter: click.HelpFormatter, heading: str, pairs: Iterable[tuple[str, str]]
) -> None:
    """Write pairs in two columns; click's own writer counts a Chinese character as one column."""
    kept = list(pairs)
    width = max((_columns(left) for left, _ in kept), default=0)
    formatter.write(f"\n{heading}：\n")
    for left, right in kept:
        formatter.write(f"  {left}{' ' * (width - _columns(left))}  {right}\n")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


def _usage(parameter: click.Parameter, ctx: click.Context) -> list[str]:
    if isinstance(parameter, click.Argument):
        name = parameter.make_metavar(ctx)
        return [name if parameter.required else f"[{name.strip('[]')}]"]
    return ["[选项]"] if parameter.name == "folder" else []


def explain_usage(mistake: click.UsageError) -> str:
    """Say in Chinese what is wrong with a command line, and what to type instead."""
    path = mistake.ctx.command_path if mistake.ctx else "mingcha"
    if isinstance(mistake, click.exceptions.NoArgsIsHelpError):
        return mistake.message  # the help page
    return f"{_what(mistake)}〔E2001〕\n没有执行任何操作。\n用法见：{path} --help"


def _what(mistake: click.UsageError) -> str:
    if isinstance(mistake, click.NoSuchOption):
        near = f"，是不是 {'、'.join(mistake.possibilities)}" if mistake.possibilities else ""
        return f"没有“{mistake.option_name}”这个选项{near}"
    if isinstance(mistake, click.MissingParameter) and mistake.param:
        return f"缺少 {mistake.param.make_metavar(mistake.ctx or click.Context(_NOTHING))}"
    if isinstance(mistake, click.BadParameter) and mistake.param:
        if isinstance(mistake.param.type, click.Choice):
            known = "、".join(map(str, mistake.param.type.choices))
            return f"“{mistake.param.opts[0]}”没有这个选项，可选：{known}"
        return f"“{mistake.param.opts[0]}”的值不能用：{mistake.message}"
    if isinstance(mistake, click.exceptions.NoSuchCommand):
        near = f"，是不是 {'、'.join(mistake.possibilities)}" if mistake.possibilities else ""
        return f"没有“{mistake.command_name}”这个动作{near}"
    if isinstance(mistake, click.BadOptionUsage):
        return f"“{mistake.option_name}”的写法不对，请看它后面要不要写值"
    return "命令写得不对：多写了内容，或名称中有空格而没有加引号"


_NOTHING = click.Command("mingcha")


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-11-23 的样子", param, ctx)


def folder_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add what every verb takes: the work folder, single settings, the day."""
    for option in (
        click.option("--verbose", is_flag=True, help="出错时显示技术细节"),
        click.option("--today", type=Day(), metavar="日期", help="当作这一天来做，如 2026-11-23"),
        click.option(
            "--set",
            "overrides",
            multiple=True,
            metavar="项=值",
            help="临时改一项设置，如 --set network.delay=5，可写多次",
        ),
        click.option(
            "--dir",
            "folder",
            metavar="文件夹",
            envvar="MINGCHA_DIR",
            default=".",
            help="工作文件夹，默认是当前文件夹",
        ),
    ):
        command = option(command)
    return command


def dry_run(command: Callable[P, R]) -> Callable[P, R]:
    """Add ``--dry-run`` to a verb that writes."""
    return click.option("--dry-run", is_flag=True, help="只看会做什么，不写入")(command)


def out_file(default: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Add ``--out``: where a verb writes its file."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="文件",
        default=Path(default),
        help=f"写到哪个文件，默认 {default}",
    )
