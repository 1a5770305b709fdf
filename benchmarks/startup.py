"""CPU seconds of ``mingcha --help``: wanted at most 0.3, so nothing heavy may be imported."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

RUNS = 7
HEAVY = ("scrapy", "twisted", "sqlalchemy", "lxml", "pydantic", "jinja2")


def main() -> None:
    seconds = [_cpu() for _ in range(RUNS)]
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, commands; print([m for m in {HEAVY} if m in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    print(f"mingcha --help: median {statistics.median(seconds):.3f} s CPU of {RUNS} runs")
    print(f"heavy libraries imported: {loaded}")


def _cpu() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", "import commands; commands.main(['--help'])"],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
