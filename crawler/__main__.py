"""巡查的子进程: plan file in, scan file out.

``python -m crawler PLAN SCAN EVIDENCE [--search] [--resume] [--leash] [--poison ADDRESS]
[--failing FAMILY]``, the last two as often as needed.

A process of its own: a Twisted reactor cannot be started twice, and what a page does to a parser
stays here.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.spider import DisclosureSpider

#: new objects between two rounds of Python's collector; reading one page makes thousands
_NEW_OBJECTS = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Read one batch; the scan file says how far it came, whatever happens."""
    said = _parser().parse_args(arguments)
    # modules live as long as the process: looking through them for garbage, while they load and
    # ever after, took a tenth of its time
    gc.disable()
    from crawler import evidence
    from crawler.network import crawl_process
    from crawler.spider import DisclosureSpider, Job
    from crawler.version import reader
    from monitor.wire import ScanWriter, read_plan, read_scan

    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
    gc.enable()
    if said.leash:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    plan = read_plan(said.plan)
    seen = read_scan(said.scan) if said.resume else None
    evidence.sweep(said.evidence)
    with ScanWriter(said.scan) as writer:
        if seen is None or seen.header is None:
            writer.plan(replace(plan, reader=reader()))
        job = Job(
            plan=plan,
            scan_file=said.scan,
            evidence=said.evidence,
            done=seen.done if seen else frozenset(),
            poison=frozenset(said.poison),
            failing=frozenset(said.failing),
        )
        process = crawl_process(plan.network)
        process.crawl(_searching() if said.search else DisclosureSpider, job=job, writer=writer)
        process.start()
        return 1 if process.bootstrap_failed else 0


def _searching() -> type[DisclosureSpider]:
    from crawler.search import SearchSpider  # takes its time to load, and no night needs it

    return SearchSpider


def _end_with_parent() -> None:
    """Wait for the end of our input, which comes when the parent is gone, however it went."""
    while os.read(0, 1):  # not sys.stdin: its lock would be held while the interpreter ends
        pass
    os._exit(1)  # nobody watches us now, and the next parent may read the same sites


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawler")
    parser.add_argument("plan", type=Path)
    parser.add_argument("scan", type=Path)
    parser.add_argument("evidence", type=Path)
    parser.add_argument("--search", action="store_true", help="look for columns, read nothing")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--leash", action="store_true", help="end when the input ends")
    parser.add_argument("--poison", action="append", default=[], help="an address not to open")
    parser.add_argument(
        "--failing",
        action="append",
        default=[],
        help="a family whose pages are not to be remembered",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
