"""命令行用语: click's own words, in Chinese, and the options every verb has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

#: years in which a day may be asked for: the rules reach some years back and ahead
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
#: asked for in the middle of anything, also where a verb did not come to read its options
VERBOSE = "--verbose"


class Surplus(click.UsageError):
    """Words after a command that it does not take."""

    def __init__(self, words: Sequence[str], ctx: click.Context) -> None:
        super().__init__("", ctx)
        self.words = tuple(words)


class ChineseCommand(click.Command):
    """A verb whose help page is Chinese."""

    allow_extra_args = True  # they are refused below, in Chinese

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as mistake:
            mistake.ctx = mistake.ctx or ctx  # so that the answer can name the verb
            raise
        if rest:
            raise Surplus(rest, ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        named = [
            _named(one, ctx) for one in self.get_params(ctx) if isinstance(one, click.Argument)
        ]
        formatter.write_usage(ctx.command_path, " ".join([*named, "[选项]"]), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [
            record
            for parameter in self.get_params(ctx)
            if (record := parameter.get_help_record(ctx)) and record[1]
        ]
        # the one word that click itself adds
        told = [(left, right.replace("  [required]", "（必填）")) for left, right in records]
        write_pairs(formatter, "选项", told)

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


def _named(argument: click.Argument, ctx: click.Context) -> str:
    name = argument.make_metavar(ctx).strip("[]")
    return name if argument.required else f"[{name}]"


def explain_usage(mistake: click.UsageError) -> str:
    """Say in Chinese what is wrong with a command line, and what to type instead."""
    path = mistake.ctx.command_path if mistake.ctx else "mingcha"
    if isinstance(mistake, click.exceptions.NoArgsIsHelpError):
        return f"{path} 后面还要写做什么〔E2002〕\n没有执行任何操作。\n\n{mistake.message}"
    return f"{_what(mistake)}〔E2001〕\n没有执行任何操作。\n用法见：{path} --help"


def _what(mistake: click.UsageError) -> str:
    match mistake:
        case click.NoSuchOption():
            early = "；选项要写在动作后面" if mistake.ctx and mistake.ctx.parent is None else ""
            return f"没有“{mistake.option_name}”这个选项{_near(mistake.possibilities)}{early}"
        case click.exceptions.NoSuchCommand():
            return f"没有“{mistake.command_name}”这个动作{_near(mistake.possibilities)}"
        case click.BadOptionUsage():
            wrong = "不用写值" if _is_flag(mistake) else "没有写值"
            return f"“{mistake.option_name}”后面{wrong}"
        case click.MissingParameter(param=click.Parameter() as wanted, ctx=click.Context() as ctx):
            return f"没有写{wanted.make_metavar(ctx).strip('[]')}"
        case click.BadParameter(param=click.Parameter() as given):
            return f"“{_shown(given)}”的值不能用：{mistake.message}"
        case Surplus():
            words = " ".join(mistake.words)
            return f"多写了“{words}”；名称里有空格的，请用引号括起来"
    return "命令写得不对"


def _is_flag(mistake: click.BadOptionUsage) -> bool:
    options = mistake.ctx.command.params if mistake.ctx else []
    return any(
        isinstance(one, click.Option) and one.is_flag and mistake.option_name in one.opts
        for one in options
    )


def _near(words: Iterable[str] | None) -> str:
    return f"，是不是 {'、'.join(words)}" if words else ""


def _shown(parameter: click.Parameter) -> str:
    """What a person typed: ``--set`` of an option, the Chinese name of an argument."""
    is_option = isinstance(parameter, click.Option)
    return parameter.opts[0] if is_option else parameter.metavar or parameter.opts[0]


class FilePath(click.ParamType[Path]):
    """A file as typed; whether it is there, and may be used, its verb says."""

    name = "文件"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if isinstance(value, Path):
            return value
        if not value.strip() or "\0" in value:
            self.fail("没有写文件名", param, ctx)
        return Path(value)


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD, or as people write it."""

    name = "日期"
    _FORM = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        found = self._FORM.fullmatch(unicodedata.normalize("NFKC", value).strip())
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        if day is None:
            self.fail(f"“{value}”不是日期，请写成 2026-11-23 的样子", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(f"只能写 {_FIRST_YEAR} 至 {_LAST_YEAR} 年的日期", param, ctx)
        return day


def folder_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add what every verb takes: the work folder, single settings, the day."""
    for option in (
        click.option(VERBOSE, is_flag=True, help="显示运行记录；出错时显示技术细节"),
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
        type=FilePath(),
        metavar="文件",
        default=Path(default),
        help=f"写到哪个文件，默认 {default}",
    )
