from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.store import open_store, tables

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real server of our own, without its database name; it ends with the tests.

    PostgreSQL refuses to run as root: then it runs as the user that Debian's package made. Its
    folder is not pytest's: a socket's path must be short, and that user must be let in.
    """
    if not all(map(shutil.which, ("initdb", "pg_ctl", "setpriv"))):
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with tempfile.TemporaryDirectory(prefix="mingcha-pg-") as folder:
        place = Path(folder)
        user = []
        if os.geteuid() == 0:
            user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(place, "postgres", "postgres")

        def run(*command: str | Path) -> None:
            with (place / "log").open("ab") as log:
                subprocess.run([*user, *command], check=True, stdout=log, stderr=log, cwd="/")

        data = place / "data"
        run("initdb", "-D", data, "-U", "mingcha", "-A", "trust", "-E", "UTF8", "-N")
        run("pg_ctl", "-D", data, "-w", "-o", f"-F -k {place} -h ''", "start")
        try:
            yield f"postgresql://mingcha@/{{}}?host={place}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def server_memory(postgresql: str) -> Iterator[sa.Engine]:
    """One memory on the server, emptied for every test: making a database each takes longer."""
    engine = open_store(_create(postgresql, "memory"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "ready.db"
    open_store(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database without tables, on either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / '数据 目录' / 'mingcha.db'}"
    server = request.getfixturevalue("postgresql")
    return _create(server, f"test_{next(NUMBERS)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty memory, on either kind of database."""
    if request.param == "sqlite":
        path = tmp_path / "memory" / "mingcha.db"
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        engine = open_store(f"sqlite:///{path}")
        yield engine
        engine.dispose()
    else:
        engine = request.getfixturevalue("server_memory")
        names = ", ".join(tables.metadata.tables)
        with engine.begin() as memory:
            memory.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
        yield engine


def _create(server: str, name: str) -> str:
    url = sa.make_url(server.format("postgres")).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.format(name)
