"""入账: what one batch of a scan saw → the memory, in one transaction.

In: a scan file with its plan beside it. Out: how much of it was new. Recording the same file again
changes nothing; recording it after ``--resume`` adds what was missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import batched
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from monitor.ledger.listings import Listing, Place, store_listings
from monitor.model import JUDGED, Coverage, Observation, Outcome, Plan, Remembered, Target
from monitor.store import rows, tables, writing
from monitor.wire import ScanFile, plan_beside, read_plan, read_scan
from monitor.wording import Trouble

#: observations stored at once: few enough for the parameters of one statement
_CHUNK: Final = 200
