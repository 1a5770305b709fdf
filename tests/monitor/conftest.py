from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.store import open_store

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server of our own, without its database name; it ends with the tests.

    PostgreSQL refuses to run as root: then it runs as the user that Debian's package made.
    """
    if not all(map(shutil.which, ("initdb", "pg_ctl", "setpriv"))):
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    place = tmp_path_factory.mktemp("pg")
    user = []
    if os.geteuid() == 0:
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        for folder in (place, *place.parents[:2]):
            folder.chmod(0o755)
        shutil.chown(place, "postgres", "postgres")
    log = (place / "log").open("wb")

    def run(*command: str | Path) -> None:
        subprocess.run([*user, *command], check=True, stdout=log, stderr=log, cwd="/")

    data = place / "data"
    run("initdb", "-D", data, "-U", "mingcha", "-A", "trust", "-E", "UTF8", "-N")
    run("pg_ctl", "-D", data, "-w", "-o", f"-F -k {place} -h ''", "start")
    try:
        yield f"postgresql://mingcha@/{{}}?host={place}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        log.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, on either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / '数据 目录' / 'mingcha.db'}"
    server = request.getfixturevalue("postgresql")
    name = f"test_{next(NUMBERS)}"
    engine = sa.create_engine(
        sa.make_url(server.format("postgres")).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.format(name)


@pytest.fixture
def store(address: str) -> Iterator[sa.Engine]:
    """An empty memory, on either kind of database."""
    engine = open_store(address)
    yield engine
    engine.dispose()
