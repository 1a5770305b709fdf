"""工作日: working days with 调休, counted by prefix sums."""

from __future__ import annotations


class WorkCalendar:
    """Placeholder until the calendar lands."""
