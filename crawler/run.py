"""巡查的父进程: start a crawl child, watch it, end it when it is stuck, return the scan file."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from monitor.model import Network, Outcome, Plan
from monitor.wire import plan_name, read_scan, scan_name, stuck_on, write_plan

log = logging.getLogger("mingcha.crawl")

#: seconds a page may take to be read; the child shows a sign of life several times in that span
PATIENCE = 5.0
#: without an opened page on its last line a silent child gets so many times as long
_SILENCE = 6
_LOOK_EVERY = 0.1
#: tries of a page that ended a child, and of a batch whose child ends without getting further
_PAGE_TRIES = 2
_CHILD_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """试开的结果: what one address answered; ``outcome`` None: it brought a response."""

    asked: str
    url: str  # after redirects
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    seconds: float = 0.0
    redirects: tuple[str, ...] = ()  # the addresses gone through, the first asked first
    outcome: Outcome | None = None
    phrase: str = ""
    remarks: tuple[str, ...] = ()


def scan(
    plan: Plan,
    folder: Path,
    *,
    evidence: Path,
    seconds: float | None = None,
    patience: float = PATIENCE,
    failing: Collection[str] = (),
) -> Path:
    """Crawl one batch into ``folder`` and return its scan file, as far as it came.

    A scan file that is there already is gone on with. After ``seconds`` the child is ended; what it
    did not reach has no line, which the ledger records as not reached. Pages behind what was seen
    go to ``evidence``, which all nights share. What is seen of the families ``failing``, whose
    readers are known to be wrong, is not remembered for the next night.
    """
    words = (part for name in failing for part in ("--failing", name))
    return _crawl(plan, folder, evidence, seconds, patience, *words)


def search(plan: Plan, folder: Path, *, seconds: float | None = None) -> Path:
    """Look for the columns of one batch; ``folder`` takes all that comes of it.

    The same children as a scan's, with its budgets and its politeness; the file has a discovery for
    each target that was reached.
    """
    return _crawl(plan, folder, folder / "evidence", seconds, PATIENCE, "--search")


def _crawl(
    plan: Plan,
    folder: Path,
    evidence: Path,
    seconds: float | None,
    patience: float,
    *options: str,
) -> Path:
    """Start children until the batch is worked through, or no child gets further."""
    folder.mkdir(parents=True, exist_ok=True)
    plan_file = folder / plan_name(plan.night, plan.batch)
    scan_file = folder / scan_name(plan.night, plan.batch)
    write_plan(plan_file, plan)
    end = None if seconds is None else time.monotonic() + seconds
    blamed: Counter[str] = Counter()
    idle = 0
    while not (before := read_scan(scan_file)).complete:
        poison = tuple(address for address, times in blamed.items() if times >= _PAGE_TRIES)
        words = [*options, *(part for address in poison for part in ("--poison", address))]
        verdict = _one_child(plan_file, scan_file, evidence, words, end, patience)
        if verdict == "late":
            log.warning("crawl out of time", extra={"scan": plan.scan, "batch": plan.batch})
            break
        if read_scan(scan_file).complete:
            break
        address = stuck_on(scan_file)
        blamed[address] += bool(address)
        idle = idle + 1 if not address and len(read_scan(scan_file).done) == len(before.done) else 0
        log.warning(
            "crawl child ended",
            extra={"why": verdict, "address": address, "words": _last_words(scan_file)},
        )
        if idle >= _CHILD_TRIES:
            break
    return scan_file


def _one_child(
    plan_file: Path,
    scan_file: Path,
    evidence: Path,
    words: Sequence[str],
    end: float | None,
    patience: float,
) -> str:
    """Run a child to its end; return ``ended``, ``stuck`` or ``late``."""
    places = [str(place) for place in (plan_file, scan_file, evidence)]
    command = [sys.executable, "-P", "-m", "crawler", *places, "--resume", "--leash", *words]
    with scan_file.with_suffix(".log").open("ab") as told:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=told, stderr=told)
        try:
            return _watch(child, scan_file, end, patience)
        finally:
            child.kill()  # also when a person interrupts us: the file keeps what was seen
            child.communicate()


def _watch(
    child: subprocess.Popen[bytes], scan_file: Path, end: float | None, patience: float
) -> str:
    """Wait for the child, but not for ever: its scan file must be touched again and again."""
    sign, since = (0, 0), time.monotonic()
    while True:
        try:
            child.wait(_LOOK_EVERY)
        except subprocess.TimeoutExpired:
            pass
        else:
            return "ended"
        now = time.monotonic()
        if end is not None and now > end:
            return "late"
        if (seen := _sign_of_life(scan_file)) != sign:
            sign, since = seen, now
        elif (now - since > patience and stuck_on(scan_file)) or now - since > patience * _SILENCE:
            return "stuck"


def _last_words(scan_file: Path) -> str:
    """The end of what the child had to say."""
    return scan_file.with_suffix(".log").read_text("utf-8", "replace")[-2000:]


def _sign_of_life(scan_file: Path) -> tuple[int, int]:
    try:
        status = scan_file.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def fetch_one(url: str, network: Network, *, seconds: float = 180.0) -> Fetched:
    """Open one address the way a night would, in a child; redirects stay on its site."""
    with tempfile.TemporaryDirectory(prefix="mingcha-") as place:
        plan_file, out = Path(place, "plan.jsonl"), Path(place, "out")
        write_plan(
            plan_file,
            Plan(
                scan="",
                batch=0,
                night=date.min,
                catalog_digest="",
                clock_offset=0.0,
                network=network,
                targets=(),
            ),
        )
        started = time.monotonic()
        command = [sys.executable, "-P", "-m", "crawler.one", str(plan_file), url, str(out)]
        try:
            subprocess.run(command, timeout=seconds, capture_output=True, check=True)
            told = json.loads(out.with_suffix(".json").read_text("utf-8"))
        except (subprocess.SubprocessError, OSError, ValueError):
            return Fetched(asked=url, url=url, outcome=Outcome.TIMED_OUT, seconds=seconds)
        return Fetched(
            asked=url,
            url=told["url"],
            status=told["status"],
            headers=told["headers"],
            body=out.read_bytes(),
            seconds=told.get("seconds", time.monotonic() - started),
            redirects=tuple(told["redirects"]),
            outcome=Outcome[told["outcome"]] if told["outcome"] else None,
            phrase=told["phrase"],
            remarks=tuple(told["remarks"]),
        )
