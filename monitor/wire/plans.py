"""计划文件: the plan of one batch, written whole or not at all."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from monitor.model import Plan, RobotsFile, Target
from monitor.wire.asked import Header, pack_header, pack_target, read_header, read_target
from monitor.wire.lines import lines, sealed
from monitor.wire.parts import pack_robots_file, read_robots_file
from monitor.wording import Trouble


def plan_name(night: date, batch: int) -> str:
    """The name of a batch's plan file."""
    return f"plan-{night}-{batch}.jsonl"


def scan_name(night: date, batch: int) -> str:
    """The name of a batch's scan file; it lies beside the plan."""
    return f"scan-{night}-{batch}.jsonl"


def plan_beside(scan: Path) -> Path:
    """The plan file that belongs to the scan file ``scan``."""
    return scan.with_name("plan-" + scan.name.removeprefix("scan-"))


def write_plan(path: Path, plan: Plan) -> None:
    """Write a plan whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as file:
        file.write(sealed("plan", pack_header(plan)))
        file.writelines(sealed("robots", pack_robots_file(kept)) for kept in plan.robots)
        file.writelines(sealed("target", pack_target(target)) for target in plan.targets)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def read_plan(path: Path) -> Plan:
    """Read a plan; a plan that is not whole is refused, since it was written whole."""
    header: Header | None = None
    targets: list[Target] = []
    robots: list[RobotsFile] = []
    try:
        for line in lines(path):
            if line.kind == "plan":
                header = line.read(read_header, path)
            elif line.kind == "target":
                targets.append(line.read(read_target, path))
            elif line.kind == "robots":
                robots.append(line.read(read_robots_file, path))
    except FileNotFoundError:
        raise Trouble.PLAN_UNREADABLE.error(path=path) from None
    if header is None or header.targets != len(targets):
        raise Trouble.PLAN_UNREADABLE.error(path=path)
    return Plan(
        scan=header.scan,
        batch=header.batch,
        night=header.night,
        catalog_digest=header.catalog_digest,
        clock_offset=header.clock_offset,
        network=header.network,
        targets=tuple(targets),
        robots=tuple(robots),
        reader=header.reader,
    )
