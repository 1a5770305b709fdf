"""What judging costs beside reading what is judged.

    python benchmarks/judging.py [--obligations 50000] [--documents 6] [--keep FOLDER]

A memory is built once: units that owe everything the shipped catalog asks of any kind of unit, one
scan of all their columns, some found, some late, some missing, some not reached. The reference
streams the join of looks, documents and obligations through SQLAlchemy Core and builds the frozen
records that judging takes; the measured run does the same and judges each. CPU of this process; the
last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from monitor.assess import assess
from monitor.catalog.loading import load
from monitor.model import (
    Catalog,
    Coverage,
    DateSource,
    Document,
    Moment,
    Obligation,
    Observation,
    Outcome,
    PublishDate,
    Status,
    Trait,
    Unit,
    UnitType,
)
from monitor.obligations import owed
from monitor.store import open_store, records, rows, tables, writing
from monitor.workdays import WorkCalendar

RULES = Path(__file__).resolve().parent.parent / "rules.yaml"
NIGHT = date(2026, 11, 20)
SCAN = str(NIGHT)
WANTED_RATIO = 2.0
#: every so many looks one did not come to the page
UNREACHED_EVERY = 23
#: units given to the database at once
BULK = 40

Result = TypeVar("Result")
Joined = Iterator[tuple[Obligation, Sequence[Observation]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--obligations", type=int, default=50_000)
    parser.add_argument("--documents", type=int, default=6, help="entries in each column")
    parser.add_argument("--keep", type=Path, help="keep the database in this folder")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mingcha-judging-") as place:
        folder = said.keep or Path(place)
        catalog = load([RULES])
        on = Moment(today=NIGHT, calendar=WorkCalendar())
        units = _units(catalog, on, said.obligations)
        engine = open_store(f"sqlite:///{folder / 'judging.db'}")
        if not records.scans(engine):
            seconds, entries = _timed(lambda: _build(engine, catalog, units, said.documents))
            print(f"built {entries} documents of {len(units)} units in {seconds:.0f} s")
        result = _measure(engine, catalog, units, on)
        engine.dispose()
    print(json.dumps(result))


def _measure(
    engine: sa.Engine, catalog: Catalog, units: Sequence[Unit], on: Moment
) -> dict[str, object]:
    reference, count = _timed(lambda: sum(1 for _ in _joined(engine, catalog, units, on)))
    peak_reference = _peak()

    def judge() -> Counter[Status]:
        return Counter(
            assess(obligation, looks, on, catalog_digest=catalog.digest).status
            for obligation, looks in _joined(engine, catalog, units, on)
        )

    measured, statuses = _timed(judge)
    for status, number in statuses.most_common():
        print(f"{status.name:10}{number:>10}")
    ratio = measured / reference
    print(f"reference {reference:.1f} s, judged {measured:.1f} s of CPU: {ratio:.2f} times")
    return {
        "obligations": count,
        "reference_seconds": round(reference, 2),
        "judged_seconds": round(measured, 2),
        "ratio": round(ratio, 3),
        "wanted_ratio": WANTED_RATIO,
        "judging_microseconds_each": round((measured - reference) / count * 1e6, 1),
        "peak_mb_reference": peak_reference,
        "peak_mb": _peak(),
    }


def _joined(engine: sa.Engine, catalog: Catalog, units: Sequence[Unit], on: Moment) -> Joined:
    by_code = {unit.code: unit for unit in units}
    for code, looks in records.looks(engine, SCAN):
        for obligation in owed(catalog, [by_code[code]], (), on):
            yield (
                obligation,
                [looks[name] for name in obligation.requirement.columns if name in looks],
            )


# --- the memory that is read -----------------------------------------------------------


def _units(catalog: Catalog, on: Moment, obligations: int) -> list[Unit]:
    def unit(number: int) -> Unit:
        return Unit(
            code=f"U{number:06}",
            name=f"第{number}单位",
            types=frozenset(UnitType),
            traits=dict.fromkeys(Trait, True),
            home=f"http://u{number}.test/",
        )

    each = sum(1 for _ in owed(catalog, [unit(0)], (), on))
    return [unit(number) for number in range(-(-obligations // each))]


def _build(engine: sa.Engine, catalog: Catalog, units: Sequence[Unit], entries: int) -> int:
    names: dict[str, list[str]] = {column: [] for column in catalog.columns}
    for requirement in catalog.requirements.values():
        for column in requirement.columns:
            words = requirement.match.any or requirement.match.all
            names[column].append((words or (requirement.name,))[0])
    turn = 0
    with writing(engine) as memory:
        memory.execute(sa.insert(tables.scans).values(seq=1, id=SCAN, night=NIGHT))
        for some in (units[start : start + BULK] for start in range(0, len(units), BULK)):
            looks: list[rows.Values] = []
            listed: list[rows.Values] = []
            for unit in some:
                for column, words in sorted(names.items()):
                    turn += 1
                    documents = tuple(
                        _document(unit, column, words, number, turn) for number in range(entries)
                    )
                    looks.append(_look(unit, column, turn, documents))
                    listed += [
                        rows.document_row(document)
                        | {
                            "unit": unit.code,
                            "column_id": column,
                            "first_scan": 1,
                            "place": place,
                            "last_scan": None,
                            "identity": document.url,
                            "first_seen_on": document.day,
                        }
                        for place, document in enumerate(documents)
                    ]
            memory.execute(sa.insert(tables.columns_seen), looks)
            memory.execute(sa.insert(tables.documents), listed)
    return turn * entries


def _document(unit: Unit, column: str, words: Sequence[str], number: int, turn: int) -> Document:
    """The first entries answer something, the others are of the usual kind; all grow old."""
    day = NIGHT - timedelta(days=(turn * 7 + number * 31) % 500)
    about = words[number % len(words)] if words and (turn + number) % 3 else "近期工作安排"
    return Document(
        url=f"{unit.home}{column}/{number}.html",
        title=f"{unit.name}关于{day.year}年{about}的通知（第{number}号）",
        published=PublishDate(day=day, source=DateSource.LIST, text=str(day)),
    )


def _look(unit: Unit, column: str, turn: int, documents: tuple[Document, ...]) -> rows.Values:
    reached = turn % UNREACHED_EVERY
    seen = Observation(
        unit=unit.code,
        column=column,
        outcome=Outcome.OPENED if reached else Outcome.TIMED_OUT,
        address=f"{unit.home}{column}/",
        coverage=Coverage(pages=1, entries=len(documents), to_end=True),
        identity_seen=True,
        http_status=200,
        seen_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    listed = len(documents) if reached else 0
    return rows.look_row(seen) | {"scan": 1, "evidence_scan": None, "listed": listed}


# --- measuring -------------------------------------------------------------------------


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _peak() -> int:
    """The most memory this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
