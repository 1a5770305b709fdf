"""运行记录: what the rooms log, as JSON lines in the work folder. The home of structlog.

The rooms speak to ``logging.getLogger("mingcha…")`` with an event and ``extra=``. A log that
cannot be written stops nothing: a night goes on in a folder that is full or read-only.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog
from structlog.typing import EventDict, WrappedLogger

NAME = "mingcha.log"
_LARGEST = 2_000_000  # bytes of one file
_KEPT = 5  # older files
#: what a warning says to whoever sits at the terminal; the file has the event and its numbers
_WARNINGS = {
    "crawl out of time": "这一批的巡查时间已用完，其余栏目按未轮到处理",
    "crawl child ended": "读取页面的进程中断，正在接着做",
}


@contextmanager
def kept(folder: Path, *, verbose: bool) -> Iterator[None]:
    """Keep what is logged in the block in ``folder``; the terminal shows warnings.

    With ``verbose`` the terminal shows every event as it is written to the file.
    """
    logger = logging.getLogger("mingcha")
    handlers = [_terminal(verbose)]
    if os.access(folder, os.W_OK):
        handlers.append(_file(folder / NAME))
    level = logger.level
    logger.setLevel(logging.INFO)
    for handler in handlers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        logger.setLevel(level)
        for handler in handlers:
            logger.removeHandler(handler)
            handler.close()


def keep_bug(error: BaseException, folder: Path) -> Path | None:
    """Write an error of ours whole to the log and return where; None: it could not be written."""
    traced = (type(error), error, error.__traceback__)
    record = logging.LogRecord("mingcha", logging.ERROR, "", 0, "bug", None, traced)
    line = _json().format(record)
    for place in (folder / NAME, Path(tempfile.gettempdir(), NAME)):
        try:
            with place.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError:
            continue
        return place
    return None


def show(error: BaseException) -> None:
    """Print the technical details of an error, for ``--verbose``."""
    traceback.print_exception(error, file=sys.stderr)


class _Quiet(RotatingFileHandler):
    """Says nothing when it cannot write: the reader of the terminal could not help it."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Leave the line out."""


def _file(path: Path) -> logging.Handler:
    # opened with the first line only: a verb that logs nothing leaves no file
    handler = _Quiet(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_json())
    return handler


def _terminal(verbose: bool) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.INFO if verbose else logging.WARNING)
    last = structlog.dev.ConsoleRenderer(colors=False) if verbose else _sentence
    handler.setFormatter(_formatter(last))
    return handler


def _json() -> logging.Formatter:
    return _formatter(
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    )


def _formatter(*last: structlog.typing.Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            _stamp,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _stamp(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event["at"] = datetime.now().astimezone().isoformat(timespec="seconds")
    return event


def _sentence(_: WrappedLogger, __: str, event: EventDict) -> str:
    """A warning as the person at the terminal reads it."""
    return f"提示：{_WARNINGS.get(str(event['event']), '运行中有异常情况')}（详见 {NAME}）"
