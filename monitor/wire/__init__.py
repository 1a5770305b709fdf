"""巡查文件: the plan and scan files of a batch ⇄ frozen records.

In: a plan and what the eyes saw. Out: JSON lines that survive a crash at any byte. Fields that are
empty are left out; ``docs/`` has the format, ``lines`` its seal.
"""

from __future__ import annotations

from monitor.wire.asked import Header
from monitor.wire.plans import plan_beside, plan_name, read_plan, scan_name, write_plan
from monitor.wire.scans import ScanFile, ScanWriter, read_scan, stuck_on

__all__ = [
    "Header",
    "ScanFile",
    "ScanWriter",
    "plan_beside",
    "plan_name",
    "read_plan",
    "read_scan",
    "scan_name",
    "stuck_on",
    "write_plan",
]
