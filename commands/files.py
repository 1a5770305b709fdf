"""文件: what a verb writes appears whole or not at all; what the system refuses is told."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.wording import MonitorError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_REASONS = {
    errno.ENOENT: "找不到",
    errno.ENOTDIR: "找不到",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.EISDIR: "是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘已满",
    errno.ENAMETOOLONG: "名称过长",
    errno.EMFILE: "打开的文件过多",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese; its number where there is no word for it.

    >>> reason(PermissionError(errno.EACCES, "Permission denied"))
    '没有权限'
    """
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write UTF-8 text; an earlier file stays until the new one is there to its end."""
    with told_if_refused(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(path))
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)


def refuse_to_overwrite(path: Path) -> None:
    """Raise when there is a file already that a person may have filled in."""
    if path.exists():
        raise MonitorError(
            "E2103",
            f"文件 {path} 已经存在",
            "没有覆盖，也没有写入。",
            "请用 --out 换一个文件名，或先移走原文件。",
        )


@contextmanager
def told_if_refused(path: Path) -> Iterator[None]:
    """Tell in Chinese that ``path`` could not be written."""
    try:
        yield
    except OSError as error:
        raise MonitorError(
            "E3107",
            f"写不了文件 {path}（{reason(error)}）",
            "没有写入。",
            "请换一个有写入权限的文件夹；若该文件正用 WPS 或 Excel 打开，请先关闭。",
        ) from error


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a lock against other processes; False when one of them has it.

    The system lets go of it when its holder ends, however that comes about.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
