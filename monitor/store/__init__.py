"""记忆: opening the database, and one transaction to read or to write in.

In: a database address. Out: an engine whose tables are those of this program. What goes wrong
below (a lock, a full disk, a lost server) leaves as a ``MonitorError`` that says what to do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from monitor.store import schema
from monitor.wording import Trouble

__all__ = ["Memory", "open_store", "reading", "streaming", "writing"]

#: what ``open_store`` gives; whoever opened it calls ``dispose()``
Memory = sa.Engine

#: rows a stream fetches at once
_FETCHED = 2000
#: seconds a writer waits for another one
_BUSY_SECONDS = 30
#: any number, the same in every process
_WRITER_LOCK = 7_305_122
_POSTGRESQL = {
    "connect_timeout": 10,
    "options": "-c lock_timeout=30s -c statement_timeout=300s",
}
_SQLITE_TROUBLES = (
    ("SQLITE_FULL", Trouble.DISK_FULL),
    ("SQLITE_IOERR_WRITE", Trouble.DISK_FULL),
    ("SQLITE_BUSY", Trouble.DATABASE_BUSY),
    ("SQLITE_LOCKED", Trouble.DATABASE_BUSY),
    ("SQLITE_READONLY", Trouble.DATABASE_READ_ONLY),
    ("SQLITE_CORRUPT", Trouble.DATABASE_DAMAGED),
    ("SQLITE_NOTADB", Trouble.DATABASE_DAMAGED),
    ("SQLITE_CANTOPEN", Trouble.DATABASE_ABSENT),
)
_POSTGRESQL_TROUBLES = (
    ("53", Trouble.DISK_FULL),
    ("55P03", Trouble.DATABASE_BUSY),
    ("40", Trouble.DATABASE_BUSY),
    ("25006", Trouble.DATABASE_READ_ONLY),
    ("08", Trouble.DATABASE_LOST),
    ("57P", Trouble.DATABASE_LOST),
)


def open_store(address: str) -> sa.Engine:
    """Open the database at ``address``, make it if it is not there, bring its tables up to date."""
    try:
        url = sa.make_url(address)
    except sa.exc.ArgumentError:
        raise Trouble.DATABASE_ADDRESS.error() from None
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _server(url)
    try:
        with _told(engine):
            schema.upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One consistent view of the memory; nothing is written in it."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with _told(engine), engine.begin() as memory:
        yield memory


def streaming(memory: sa.Connection, query: sa.Select[Any]) -> sa.CursorResult[Any]:
    """The rows of a long answer, a few at a time; to be used in a ``with``, which may end early."""
    return memory.execution_options(yield_per=_FETCHED).execute(query)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction, whole or not at all; one writer at a time.

    On SQLite it asks for the lock at the start: a transaction that began with a read would fail
    at once, without waiting, when it turns to writing. PostgreSQL gets the same order of things
    by a lock of our own, so that no two writers look for the same row and both insert it.
    """
    with _told(engine), engine.execution_options(immediate=True).begin() as memory:
        if engine.dialect.name == "postgresql":
            memory.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER_LOCK)))
        yield memory


def _sqlite(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        _make_folder(Path(url.database).parent)
    waits = {} if "timeout" in url.query else {"timeout": _BUSY_SECONDS}
    engine = sa.create_engine(url, connect_args=waits)

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin below, not behind our back
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble.DATABASE_ABSENT.error(
            place=folder, details=(error.strerror or "",)
        ) from error


def _server(url: sa.URL) -> sa.Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            connect_args=_POSTGRESQL if url.get_backend_name() == "postgresql" else {},
        )
    except (ModuleNotFoundError, sa.exc.NoSuchModuleError):
        raise Trouble.DATABASE_DRIVER.error(address=url.drivername) from None


@contextmanager
def _told(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        trouble = _trouble(error)
        if trouble is None:
            raise
        raise trouble.error(place=_place(engine.url)) from error


def _trouble(error: sa.exc.DBAPIError) -> Trouble | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return _first(_SQLITE_TROUBLES, name)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _first(_POSTGRESQL_TROUBLES, state)
    # the server went away without a word, or was never there
    return Trouble.DATABASE_LOST if isinstance(error, sa.exc.OperationalError) else None


def _first(troubles: tuple[tuple[str, Trouble], ...], code: str) -> Trouble | None:
    return next((trouble for start, trouble in troubles if code.startswith(start)), None)


def _place(url: sa.URL) -> str:
    """Where the database is, without who opens it: this is shown and logged."""
    return f"{url.host}/{url.database}" if url.host else str(url.database)
