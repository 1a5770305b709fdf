"""表行 ⇄ 一行 JSON: rows as they were once, outside their tables, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Final, cast

import sqlalchemy as sa

_DAY: Final = "day"
_INSTANT: Final = "at"


def frozen(values: Mapping[str, object]) -> str:
    """The filled fields as JSON."""
    return _written({name: value for name, value in values.items() if value is not None})


def thawed(text: str) -> dict[str, Any]:
    """The fields that were filled, by name."""
    return {name: _meant(value) for name, value in json.loads(text).items()}


def as_row(table: sa.Table, said: Mapping[str, Any]) -> sa.Row[Any]:
    """What was a row once, as a row: every field of its table, None where nothing was said."""
    values = dict.fromkeys(table.c.keys()) | dict(said)
    return cast("sa.Row[Any]", SimpleNamespace(**values))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return {_INSTANT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    raise TypeError(f"a field of type {type(value).__name__} cannot be kept")


#: made once: ``json.dumps`` makes an encoder for every text
_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def _meant(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if _INSTANT in value:
        return datetime.fromisoformat(value[_INSTANT])
    return date.fromisoformat(value[_DAY])
