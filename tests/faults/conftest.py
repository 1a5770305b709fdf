from __future__ import annotations

from collections.abc import Iterator

import pytest
from office import Switchboard


@pytest.fixture(scope="module")
def switchboard() -> Iterator[Switchboard]:
    """One server for all sites of a module."""
    server = Switchboard()
    yield server
    server.close()
