from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from formerly import database_of_step

from monitor.model import State
from monitor.store import open_store, reading, records, schema, tables, writing
from monitor.wording import MonitorError

NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("scans") as scans:
        scans.add_column(sa.Column("weather", sa.Text()))
    op.create_table("half_way", sa.Column("day", sa.Date()))
    {then}
"""


def _newest() -> str:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    return str(ScriptDirectory.from_config(config).get_current_head())


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make this program one with a further step."""

    def release(*, then: str = "pass") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "v9999.py").write_text(NEXT_STEP.format(then=then, newest=_newest()))
        monkeypatch.setattr(schema, "MIGRATIONS", folder)

    return release


def test_the_steps_lead_to_exactly_the_tables_of_the_program(store):
    with reading(store) as memory:
        context = MigrationContext.configure(memory, opts={"compare_type": True})

        assert compare_metadata(context, tables.metadata) == []


def test_every_constraint_has_a_name(store):
    unnamed = [
        (table.name, constraint)
        for table in tables.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]
    with reading(store) as memory:
        look = sa.inspect(memory)
        for name in tables.metadata.tables:
            unnamed += [
                (name, key)
                for key in (look.get_pk_constraint(name), *look.get_foreign_keys(name))
                if not key["name"]
            ]

    assert unnamed == []


def test_a_database_of_the_release_before_is_brought_up_with_its_rows(address, next_release):
    old = open_store(address)
    with writing(old) as memory:
        memory.exec_driver_sql("INSERT INTO scans (id, night) VALUES ('s1', '2026-11-01')")
    old.dispose()
    next_release()

    new = open_store(address)

    with reading(new) as memory:
        assert memory.exec_driver_sql("SELECT id, weather FROM scans").all() == [("s1", None)]
    new.dispose()


def test_a_step_that_breaks_off_leaves_the_database_as_it_was(address, next_release):
    old = open_store(address)
    newest = _newest()
    next_release(then="raise OSError('the power went')")

    with pytest.raises(OSError, match="power"):
        open_store(address)

    with reading(old) as memory:
        look = sa.inspect(memory)
        assert "half_way" not in look.get_table_names()
        assert "weather" not in {column["name"] for column in look.get_columns("scans")}
        assert memory.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == newest
    old.dispose()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(address, next_release):
    engine = open_store(address)
    with writing(engine) as memory:
        memory.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(MonitorError) as error:
        open_store(address)

    assert error.value.code == "E5101"
    assert "9999" in str(error.value)
    with reading(engine) as memory:
        assert memory.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    engine.dispose()


def test_a_database_that_is_not_ours_is_not_taken_over(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE units (anything TEXT)")
    other.close()

    with pytest.raises(MonitorError) as error:
        open_store(f"sqlite:///{path}")

    assert error.value.code == "E5108"


def test_findings_of_the_first_tables_are_kept_with_their_history(address):
    lines = (
        "INSERT INTO scans (seq, id, night) VALUES (1, 's1', '2026-11-01')",
        "INSERT INTO findings (number, unit, requirement, period, status, state, first_seen_on,"
        " last_seen_on, sightings, last_scan) VALUES ('WT-1', 'U1', 'S-11', '-', 'MISSING',"
        " 'TO_REVIEW', '2026-11-01', '2026-11-02', 2, 1)",
        "INSERT INTO finding_events (seq, finding, move, to_state, moved_by, moved_at)"
        " VALUES (1, 'WT-1', 'DETECT', 'DETECTED', 'mingcha', '2026-11-01 00:00:00')",
    )
    database_of_step(address, "0001", lines)

    store = open_store(address)

    (finding,) = records.findings(store)
    assert (finding.state, finding.deadline, finding.section) == (State.TO_REVIEW, None, "")
    assert [event.by for event in records.finding_events(store, "WT-1")] == ["mingcha"]
    store.dispose()


def test_what_is_listed_keeps_its_words_from_the_day_of_the_upgrade(address):
    """Rows of the release before: their words are known, and the night they were last seen."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    before = sa.create_engine(address)
    if before.url.database and before.dialect.name == "sqlite":
        Path(before.url.database).parent.mkdir()
    entry = (
        "INSERT INTO documents (unit, column_id, first_scan, place, last_scan, identity, title,"
        " published_on, date_source, reading, digest, first_seen_on) VALUES ('U1', 'fees', 1,"
    )
    look = (
        "INSERT INTO columns_seen (scan, unit, column_id, outcome, http_status, pages, entries,"
        " listed, to_end, identity_seen, unchanged, still_linked) VALUES"
    )
    with before.begin() as memory:
        config.attributes["connection"] = memory
        command.upgrade(config, "0003")
        for line in (
            "INSERT INTO scans (seq, id, night) VALUES (1, 's1', '2026-11-01')",
            "INSERT INTO scans (seq, id, night) VALUES (2, 's2', '2026-11-02')",
            f"{look} (1, 'U1', 'fees', 'OPENED', 200, 1, 3, 3, true, true, false, false)",
            f"{look} (2, 'U1', 'fees', 'OPENED', 304, 1, 3, 3, true, true, true, false)",
            "INSERT INTO remembered (unit, column_id, scan, verified_on, outcome, to_end, entries,"
            " listed, identity_seen) VALUES ('U1', 'fees', 2, '2026-11-02', 'OPENED', true, 3, 3,"
            " true)",
            f"{entry} 0, NULL, 'a', 'A', '2026-10-01', 'LABEL', 'WHOLE', 'd1', '2026-11-01')",
            f"{entry} 1, NULL, 'b', 'B', '2026-10-02', 'LIST', 'LISTED', NULL, '2026-11-01')",
            f"{entry} 2, 1, 'c', 'C', '2026-10-03', 'LABEL', 'WHOLE', 'd3', '2026-11-01')",
        ):
            memory.exec_driver_sql(line)
    before.dispose()

    store = open_store(address)

    with reading(store) as memory:
        table = tables.documents.c
        kept = memory.execute(
            sa.select(table.title, table.words, table.words_since, table.words_day).order_by(
                "title"
            )
        ).all()
        assert memory.scalar(sa.select(tables.remembered.c.read_on)) == date(2026, 11, 1)
    assert kept == [
        ("A", "LABEL:d1", date(2026, 11, 2), date(2026, 10, 1)),
        ("B", None, None, None),
        ("C", None, None, None),
    ]
    assert [look["fees"].documents[0].title for _, look in records.looks(store, "s2")] == ["B"]
    store.dispose()
