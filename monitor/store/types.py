"""字段的类型: texts, keys and instants that mean the same on every database.

Nothing here rests on the difference between '' and NULL (some databases keep '' as NULL): a text
that is part of a key is never empty (``Key``), any other reads NULL as ''.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import sqlalchemy as sa

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NO_KEY = "-"


def storable(text: str) -> str:
    """The text as it comes back: NUL and half a surrogate pair, which no database holds, go."""
    return text if text.isprintable() else _UNSTORABLE.sub("\ufffd", text)


#: ordered by code point everywhere, as Python orders: streams are merged by their keys
ORDERED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


class Words(sa.types.TypeDecorator[str]):
    """Text from anywhere, made ``storable``."""

    impl = ORDERED_TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return value if value is None else storable(value)


class Key(sa.types.TypeDecorator[str]):
    """Text that is part of a key: '' is kept as '-', since '' may come back as NULL."""

    impl = ORDERED_TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return value if value is None else storable(value) or _NO_KEY

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return "" if value == _NO_KEY else value


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, kept as UTC without a zone, which every database understands alike."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)
