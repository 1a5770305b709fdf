"""A database as an earlier program left it, for those who bring it up to date."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from monitor.store import schema


def database_of_step(address: str, step: str, lines: Iterable[str]) -> None:
    """Make the tables of a step at an empty address, with the rows that these statements tell."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    before = sa.create_engine(address)
    if before.url.database and before.dialect.name == "sqlite":
        Path(before.url.database).parent.mkdir()
    with before.begin() as memory:
        config.attributes["connection"] = memory
        command.upgrade(config, step)
        for line in lines:
            memory.exec_driver_sql(line)
    before.dispose()
