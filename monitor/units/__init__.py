"""单位: the office's own sheets (单位清单, 任务分解, 事件登记) → frozen records, and back."""

from monitor.units.listing import (
    FieldChange,
    Listing,
    UnitsChange,
    compare,
    rows_of,
    template_rows,
)
from monitor.units.reading import Remarks
from monitor.units.registers import (
    DUTY_HEADERS,
    EVENT_HEADERS,
    event_names,
    lead_of,
    read_duties,
    read_events,
    unassigned,
)
from monitor.units.roster import read_units

__all__ = [
    "DUTY_HEADERS",
    "EVENT_HEADERS",
    "FieldChange",
    "Listing",
    "Remarks",
    "UnitsChange",
    "compare",
    "event_names",
    "lead_of",
    "read_duties",
    "read_events",
    "read_units",
    "rows_of",
    "template_rows",
    "unassigned",
]
