"""The command line as a clerk uses it: a small office on loopback, and what was printed."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schoolpages import UNIT, article, home, listing
from siteserver import Site, SiteServer

from commands import main
from monitor import settings

DAY = "2026-11-23"  # a Monday
FEES = [("2026年秋季学期教育收费公示", "/fees/1.html", date(2026, 9, 1))]
PLAN = [("2026年秋季运动会秩序册", "/plan/1.html", date(2026, 10, 9))]
ITEMS = {"X-1": "收费公示", "X-2": "年度工作计划", "X-3": "食堂管理公示"}
#: three items a primary school owes, so that a night is short
RULES = "\n".join(
    [
        "columns:",
        "  - {id: fees, name: 收费信息}",
        "  - {id: plan, name: 计划总结}",
        "  - {id: canteen, name: 食堂管理}",
        "requirements:",
        *(
            f"  - {{id: {key}, name: {name}, applies_to: [primary], column: {column},"
            f" match: {{any: [{word}]}}, limits: [{{kind: standing, grounds: law}}],"
            " basis: [{title: 示例办法}]}"
            for (key, name), column, word in zip(
                ITEMS.items(), ("fees", "plan", "canteen"), ("收费", "计划", "食堂"), strict=True
            )
        ),
        "  - {id: X-4, name: 依申请公开, applies_to: [primary], where: offline,"
        " limits: [{kind: standing, grounds: law}], basis: [{title: 示例办法}]}",
    ]
)
_BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
_ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        return self.out + self.err


def ran(*words: object) -> Ran:
    """Run one command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Ran(code=code, out=out.getvalue(), err=err.getvalue())


def ran_outside(
    *words: object, environ: Mapping[str, str] | None = None, held_to_rights: bool = False
) -> Ran:
    """Run one command in a process of its own; ``held_to_rights``: file rights bind also root."""
    may_all = held_to_rights and os.geteuid() == 0
    done = subprocess.run(
        [*(_BOUND if may_all else ()), *command(*words)],
        capture_output=True,
        env={**os.environ, **(environ or {})},
    )
    coding = (environ or {}).get("PYTHONIOENCODING", "utf-8")
    return Ran(code=done.returncode, out=done.stdout.decode(coding), err=done.stderr.decode(coding))


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", "from commands import main; main()", *map(str, words)]


def school(server: SiteServer) -> Site:
    """A primary school: one item is there, one is not, one column is not."""
    routes: dict[str, str] = {
        "/": home({"收费信息": "/fees/", "计划总结": "/plan/", "学校概况": "/about/"}),
        "/fees/": listing("收费信息", FEES),
        "/plan/": listing("计划总结", PLAN),
        "/about/": listing("学校概况", []),
    }
    for title, url, day in [*FEES, *PLAN]:
        routes[url] = article(title, day, "各位家长：现将有关事项公布如下，请予监督。")
    return server.site(dict(routes))


def office(place: Path, units: Sequence[Sequence[str]], targets: Sequence[str]) -> Path:
    """A work folder with settings, the small catalog, and ``units`` (code, name, home)."""
    place.mkdir(parents=True, exist_ok=True)
    told = ", ".join(f'"{target}"' for target in targets)
    (place / "rules.yaml").write_text(RULES, "utf-8")
    (place / settings.FILE).write_text(
        "office: {name: 青禾县教育局, phone: 0555-1234567, officer: 王科员}\n"
        f"network: {{delay: 0, timeout: 5, tries: 1, pauses: [0], test_targets: [{told}]}}\n",
        "utf-8",
    )
    if units:
        take_in(place, units)
    return place


def take_in(place: Path, units: Sequence[Sequence[str]]) -> None:
    """Import units through the verb."""
    sheet = place / "单位清单.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("单位编码", "单位名称", "单位类别", "网站首页", "邮箱"))
        writer.writerows((code, name, "小学", home, "") for code, name, home in units)
    done = ran("units", "import", sheet, "--dir", place)
    assert done.code == 0, done.told


def tree(place: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


def english(text: str) -> list[str]:
    """English sentences, which no reader of ours may meet; a command is none."""
    return _ENGLISH.findall(re.sub(r"mingcha(?: [a-z]+)+", "", text))


__all__ = [
    "DAY",
    "FEES",
    "UNIT",
    "Ran",
    "command",
    "english",
    "office",
    "ran",
    "ran_outside",
    "school",
    "take_in",
    "tree",
]
