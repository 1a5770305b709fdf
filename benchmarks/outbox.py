"""Whether letters are lost or taken twice when senders are killed: months of notices in a storm.

    python benchmarks/outbox.py [--letters 10000] [--months 12] [--kills 300] [--seed 1]

A month is one outbox with so many letters; the kills are spread over the months. The mail server is
the tests' own: it puts off, refuses, cuts and keeps silent, and its journal is what is counted. The
last line is one JSON object; the run fails where a letter was lost, or taken twice.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mailstorm import storm

from monitor.model import LetterState


def main() -> int:
    """Run the storms; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--letters", type=int, default=10_000, help="of a month")
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--kills", type=int, default=300, help="of all months")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begun = time.perf_counter()
    counts: Counter[LetterState] = Counter()
    broken: list[str] = []
    kills = 0
    for month in range(given.months):
        share = given.kills * (month + 1) // given.months - given.kills * month // given.months
        with tempfile.TemporaryDirectory() as folder:
            done = storm(
                Path(folder) / "mingcha.db",
                number=given.letters,
                kills=share,
                seed=given.seed + month,
            )
        counts += done.counts
        broken += done.violations
        kills += done.kills
        print(
            f"month {month + 1}: {sum(done.counts.values())} letters, {done.kills} kills, "
            f"{done.rounds} senders, {done.connections} connections, "
            f"{len(done.violations)} broken promises",
            flush=True,
        )
    for line in broken[:20]:
        print(line)
    result = {
        "letters": sum(counts.values()),
        "kills": kills,
        "seed": given.seed,
        "states": {state.name: count for state, count in counts.items()},
        "taken_twice": sum("times" in line for line in broken),
        "lost": sum("times" not in line for line in broken),
        "seconds": round(time.perf_counter() - begun, 1),
    }
    print(json.dumps(result))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
