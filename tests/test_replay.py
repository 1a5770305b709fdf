"""Nights of random troubles, judged again: ``benchmarks/replay.py``, small."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks import replay
from benchmarks.replay import FIRST, County, Looked
from monitor.model import Outcome

NIGHTS = 30


@pytest.mark.parametrize("seed", [1, 2])
def test_every_night_judged_again_comes_to_the_same_and_no_gap_is_without_a_page(
    tmp_path: Path, seed: int
) -> None:
    found = replay.measure(tmp_path, nights=NIGHTS, units=4, seed=seed)

    assert found["replayed"] == NIGHTS
    assert found["differing"] == []
    assert found["unsupported_gaps"] == []
    assert found["closed_snapshot_changed"] is False
    verdicts = found["verdicts"]
    assert isinstance(verdicts, dict)
    assert {"OK", "MISSING", "UNSURE", "UNREACH"} <= verdicts.keys()


def test_the_simulation_would_tell_a_gap_of_a_page_that_was_not_read(tmp_path: Path) -> None:
    county = County(tmp_path, 1, 4)
    county.run(4)
    with contextlib.closing(county.folder(FIRST + timedelta(days=4))) as folder:
        assert not any(one.unsupported for one in county.replays(folder))

        county.seen = dict.fromkeys(county.seen, Looked(Outcome.TIMED_OUT, read=False))

        assert any(one.unsupported for one in county.replays(folder))
