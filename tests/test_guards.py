"""No guard is idle: with any one of them off a test fails, and says so by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from switches import Guard, guards, run_without

#: pytest ran, and something failed
_FAILED = 1


@pytest.mark.parametrize("guard", guards(), ids=lambda guard: guard.keeps)
def test_without_the_guard_its_test_fails(guard: Guard, tmp_path: Path) -> None:
    done = run_without(guard, tmp_path)

    assert done.returncode == _FAILED, done.stdout + done.stderr
    assert f"FAILED {guard.test}" in done.stdout
