"""命令: what a person can ask for. ``main`` is the one place where a ``MonitorError`` is shown.

Only click is imported here: ``mingcha --help`` must not wait for a crawler or a database.
"""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import click

from commands.words import VERBOSE, explain_usage, write_pairs
from monitor.wording import Exit, MonitorError

#: verb: (module, Chinese alias, what it does)
VERBS: dict[str, tuple[str, str, str]] = {
    "init": ("commands.setup", "初始化", "建立工作文件夹，写出带说明的设置文件"),
    "doctor": ("commands.doctor", "自检", "检查本机、设置、目录、数据库和节假日数据"),
    "demo": ("commands.demonstrate", "演示", "在虚构的样例县上连续巡查三晚，不访问任何真实网站"),
    "units": ("commands.sheets", "单位", "单位清单：模板、导入、导出、逐个试开网站"),
    "catalog": ("commands.catalog", "目录", "应公开目录：列出、查看、检查、比较、导入"),
    "events": ("commands.sheets", "事件登记", "事件登记：模板、导入、列出"),
    "try": ("commands.attempt", "试查", "打开一个网址，说明读到了什么，不保存"),
    "discover": ("commands.discover", "找栏目", "替单位清单找栏目网址，写明把握和依据，由人采用"),
    "scan": ("commands.scan", "巡查", "巡查一晚：打开栏目、读取、判断、记录"),
    "status": ("commands.scan", "状态", "最近一次巡查、各类结论数量、待办"),
    "night": ("commands.nights", "夜巡", "各晚的情况；许多单位同时变差的一晚，放行或作废"),
    "findings": (
        "commands.findings",
        "问题",
        "问题：列出、确认交办、误报、复核、销号、成批审核",
    ),
    "verify": ("commands.verify", "人工核实", "机器不能断定的，由人看过后回答；可用表格成批回答"),
    "waive": ("commands.waive", "不涉及", "不涉及、依法不予公开：登记、列出、核准、终止"),
    "remarks": ("commands.remarks", "提示", "问题之外值得看一眼的情况：列出、写下看法"),
    "ledger": ("commands.ledger", "台账", "写出整改台账，读回单位交来的整改反馈表"),
    "report": ("commands.report", "报告", "月度报告和台账、整改通知、一校一页、栏目清单"),
    "mail": ("commands.mail", "邮件", "给各单位的提醒：预览、试发、发送、待发邮件"),
    "examples": ("commands.examples", "可参考", "标记做得好的单位，整改提醒里给同类单位参考"),
    "snapshot": ("commands.snapshot", "数据快照", "冻结一个月的数据，列出、比较"),
    "forecast": ("commands.forecast", "预告", "今后二十个工作日要公开什么，哪些容易误期"),
    "score": ("commands.score", "评分", "按类别算得分和等次；单项否决预演"),
    "explain": ("commands.explain", "说明", "一条结论为什么是这样，依据哪个页面"),
    "judge": ("commands.judge", "复判", "只凭留存的记录，把过去一晚重新判断，与当晚逐条对照"),
    "verify-log": ("commands.verify_log", "验链", "核对处理记录和留存页面与写入时是否一致"),
    "export": ("commands.export", "导出", "导出核查结论（JSON）和巡查情况表（网页）"),
    "schedule": (
        "commands.schedule",
        "定时",
        "到时间自己巡查、发信、写月报：常驻程序，或由系统的定时任务执行",
    ),
}
_BY_ALIAS = {alias: verb for verb, (_, alias, _) in VERBS.items()}


class Verbs(click.Group):
    """The verbs, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        verb = _BY_ALIAS.get(cmd_name, cmd_name)
        if verb not in VERBS:
            return None
        module = importlib.import_module(VERBS[verb][0])
        found = getattr(module, f"{verb.replace('-', '_')}_verb")
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=VERBS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("mingcha", "动作 [选项]", prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pairs = [(f"{verb}（{alias}）", what) for verb, (_, alias, what) in VERBS.items()]
        write_pairs(formatter, "动作", pairs)
        formatter.write("\n每个动作的说明和例子：mingcha 动作 --help\n")


@click.group(cls=Verbs, add_help_option=False, invoke_without_command=True)
@click.option("--help", "wants_help", is_flag=True)
@click.option("--version", "wants_version", is_flag=True)
@click.pass_context
def cli(ctx: click.Context, wants_help: bool, wants_version: bool) -> None:
    """明察 · 信息公开巡查：每晚核对各单位应公开的内容，说明哪里缺、凭什么这样说。"""
    if wants_version:
        from importlib.metadata import version  # only this flag needs it; it reads the disk

        click.echo(version("mingcha"))
    elif wants_help or ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; never returns. Exit codes are those of ``Exit``."""
    given = [_readable(word) for word in (sys.argv[1:] if arguments is None else arguments)]
    _survive_any_console()
    with _stoppable():
        try:
            code = cli.main(args=given, prog_name="mingcha", standalone_mode=False)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read our output has left
            sys.stdout = io.StringIO()
            code = Exit.INTERRUPTED
        except (KeyboardInterrupt, click.Abort):
            click.echo("已中断。已经保存的内容都在。", err=True)
            code = Exit.INTERRUPTED
        except click.exceptions.Exit as stop:
            code = stop.exit_code
        except Exception as error:
            code = _tell(error, given)
    sys.exit(code if isinstance(code, int) else Exit.DONE)


def _readable(word: str) -> str:
    """A word in the coding of a Chinese console where the system expected another one."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return os.fsencode(word).decode("gb18030", "replace")
    return word


def _tell(error: Exception, given: Sequence[str]) -> int:
    """Say what went wrong: a mistake as a message, a bug of ours by the name of its log."""
    from commands import logs  # not needed, and not loaded, while all is well

    code: int
    if isinstance(error, click.UsageError):
        told, code = explain_usage(error), Exit.INPUT
    elif isinstance(error, MonitorError):
        told, code = str(error), error.exit_code
    elif isinstance(error, OSError) and error.errno is not None:
        told, code = _refused(error), Exit.SETTINGS
    else:
        place = logs.keep_bug(error, _work_folder(given))
        where = f"详情已写入 {place}，请把该文件发给维护人员" if place else "详情见 --verbose"
        told, code = f"程序内部出错，这一步没有做完；{where}。〔E7001〕", Exit.BUG
    click.echo(told, err=True)
    if VERBOSE in given:
        logs.show(error)
    return code


def _refused(error: OSError) -> str:
    from commands.files import reason

    name = f"“{error.filename}”" if error.filename else "文件"
    return (
        f"不能读写{name}（{reason(error)}）〔E3108〕\n这一步没有做完，已经保存的内容都在。\n"
        "请检查磁盘空间和文件夹权限后重试。"
    )


def _work_folder(given: Sequence[str]) -> Path:
    """The folder a command line names, also where it could not be parsed."""
    for word, following in pairwise([*given, ""]):
        if word == "--dir":
            return Path(following)
        if word.startswith("--dir="):
            return Path(word.removeprefix("--dir="))
    return Path(os.environ.get("MINGCHA_DIR", "."))


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take a request to end (a closed window, a service that stops) like Ctrl-C: tidily."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        kinds = []
    before = [signal.signal(kind, stop) for kind in kinds]
    try:
        yield
    finally:
        for kind, old in zip(kinds, before, strict=True):
            signal.signal(kind, old)


def _survive_any_console() -> None:
    """Replace what a console cannot show (code page 936) instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
