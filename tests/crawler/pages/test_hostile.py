"""What hostile pages cost, measured by the benchmark that prints it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
#: one for each way a page can be too much; the benchmark itself goes through more
DEAREST = (
    *("100,000 nested tags", "a million attributes", "10 MB of Chinese in a line"),
    *("10 MB of noise", "an entity bomb", "20,000 tables", "a picture of 9 MB in the page"),
    *("most lists", "most bare links", "most rows of a table", "most rows that are clicked"),
    *("most line breaks", "most labels", "most attributes", "most of it read as Latin 1"),
)


def test_one_hostile_page_costs_at_most_five_seconds_and_64_megabytes():
    command = [sys.executable, "benchmarks/hostile.py", *DEAREST]

    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)

    costs = json.loads(told.stdout.splitlines()[-1])
    assert set(costs) == set(DEAREST)
    assert {name: cost for name, cost in costs.items() if cost[0] > 5 or cost[1] > 64} == {}
