"""表结构升级: brings a database's tables from any released step to this program's."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from monitor.store.proofs import metadata
from monitor.wording import Trouble

MIGRATIONS = Path(__file__).parent / "migrations"
#: any number, the same in every process: whoever upgrades holds this lock
_UPGRADE_LOCK = 7_305_121


def upgrade(engine: sa.Engine) -> None:
    """Take the missing steps, all in one transaction; refuse a newer or a foreign database.

    A process that is killed in the middle leaves the database as it was; a second process that
    comes at the same moment waits and finds nothing to do.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    steps = ScriptDirectory.from_config(config)
    newest = steps.get_current_head()
    with engine.connect() as memory:
        if _step(memory) == newest:
            return
    with engine.execution_options(immediate=True).begin() as memory:
        if engine.dialect.name == "postgresql":
            memory.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
        found = _step(memory)
        if found is not None and found not in {step.revision for step in steps.walk_revisions()}:
            raise Trouble.DATABASE_NEWER.error(found=found, known=newest)
        if found is None and not metadata.tables.keys().isdisjoint(
            sa.inspect(memory).get_table_names()
        ):
            raise Trouble.DATABASE_FOREIGN.error(place=engine.url.database)
        config.attributes["connection"] = memory
        command.upgrade(config, "head")


def _step(memory: sa.Connection) -> str | None:
    return MigrationContext.configure(memory).get_current_revision()
