from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.addresses import identities, identity
from monitor.ledger import units as unit_lists
from monitor.ledger.record import record
from monitor.model import (
    Attachment,
    Column,
    Coverage,
    DateSource,
    Document,
    Duty,
    Earlier,
    Event,
    Evidence,
    Exposed,
    FileState,
    HiddenLink,
    Hiding,
    Misdated,
    Network,
    NoDay,
    Observation,
    Outcome,
    Person,
    Personal,
    Place,
    Plan,
    PublishDate,
    Reading,
    Remembered,
    RobotsFile,
    Target,
    Trait,
    Uncounted,
    Unit,
    UnitType,
    WaitingLetter,
)
from monitor.store import queries, reading, records, tables, writing
from monitor.store.looks import units_on
from monitor.store.removed import removals, vanished
from monitor.store.sighted import earlier
from monitor.wire import ScanWriter, plan_name, scan_name, write_plan
from monitor.wording import MonitorError

FIRST = date(2026, 11, 1)
FEES = "school-fees"


def at(night: date) -> datetime:
    return datetime(night.year, night.month, night.day, 1, 30, tzinfo=UTC)


def document(number: int = 1, **said: object) -> Document:
    day = date(2026, 10, number)
    return replace(
        Document(
            url=f"http://a.test/xxgk/{number}.html",
            title=f"第{number}号公示",
            published=PublishDate(day=day, source=DateSource.LIST, text=str(day)),
        ),
        **said,
    )


def observation(*documents: Document, unit: str = "U1", **said: object) -> Observation:
    return replace(
        Observation(
            unit=unit,
            column=FEES,
            outcome=Outcome.OPENED,
            address="http://a.test/xxgk/",
            documents=documents,
            coverage=Coverage(pages=1, entries=len(documents), to_end=True),
            identity_seen=True,
            http_status=200,
            remember=Remembered(list_digest="d1", etag='"e1"'),
        ),
        **said,
    )


UNCHANGED = replace(observation(), unchanged=True, coverage=Coverage(), remember=Remembered())


class Office:
    """One work folder: nights are written as the crawl would write them, then recorded."""

    def __init__(self, store: sa.Engine, folder: Path) -> None:
        self.store = store
        self.folder = folder

    def write(
        self,
        *seen: Observation,
        night: date = FIRST,
        units: tuple[str, ...] = ("U1",),
        remembered: Remembered = Remembered(),  # noqa: B008  frozen
        batch: int = 1,
        complete: bool = True,
    ) -> Path:
        targets = tuple(
            Target(
                unit=unit,
                unit_names=(unit,),
                column=Column(id=FEES, name="收费信息"),
                home="http://a.test/",
                since=date(2026, 1, 1),
                remembered=remembered,
            )
            for unit in units
        )
        plan = Plan(
            scan=str(night),
            batch=batch,
            night=night,
            catalog_digest="c1",
            clock_offset=0,
            network=Network(),
            targets=targets,
        )
        write_plan(self.folder / plan_name(night, batch), plan)
        path = self.folder / scan_name(night, batch)
        with ScanWriter(path) as writer:
            if path.stat().st_size == 0:
                writer.plan(plan)
            for one in seen:
                writer.observation(one)
            if complete:
                writer.totals({})
        return path

    def night(self, number: int, *seen: Observation, **said: object) -> dict[str, Observation]:
        """Record a night and return what the memory has of it, by unit."""
        night = FIRST + timedelta(days=number - 1)
        path = self.write(*seen, night=night, **said)
        record(self.store, path, at=at(night))
        return self.seen(night)

    def seen(self, night: date) -> dict[str, Observation]:
        return {unit: columns[FEES] for unit, columns in records.looks(self.store, str(night))}


@pytest.fixture
def office(store: sa.Engine, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


def everything(store: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with reading(store) as memory:
        return {
            table.name: sorted(map(tuple, memory.execute(sa.select(table))), key=repr)
            for table in tables.metadata.sorted_tables
        }


# --- recording a night -----------------------------------------------------------------


def test_a_recorded_look_comes_back_as_it_was_seen(office):
    evidence = Evidence(
        url="http://a.test/xxgk/", fetched_at=at(FIRST), http_status=200, sha256="ab", path="ab.gz"
    )
    whole = document(
        2,
        written_on=date(2026, 9, 30),
        publisher="财务科",
        doc_no="教财〔2026〕2号",
        index_no="X-2",
        attachments=(
            Attachment(name="说明.pdf", url="http://a.test/a.pdf", state=FileState.OPENS),
            Attachment(
                name="明细.xlsx",
                url="http://a.test/a.xlsx",
                state=FileState.RECOGNISED,
                places=(Place(word="标准", where="收费!B2", recognised=True),),
            ),
        ),
        elements=frozenset({"标准", "举报电话|监督电话"}),
        reading=Reading.RECOGNISED,
        digest="d",
        exposed=(
            Exposed(kind=Personal.ID_NUMBER, masked="3604**********0071", where="正文", mark="0f"),
        ),
    )
    seen = observation(
        whole,
        document(1, published=None, misdated=Misdated(why=NoDay.INCOMPLETE, text="2026年9月")),
        document(
            3,
            published=None,
            misdated=Misdated(why=NoDay.FUTURE, text="2028-03-01", day=date(2028, 3, 1)),
        ),
        coverage=Coverage(pages=3, entries=2, since=date(2026, 1, 1), stopped_by="页数已满"),
        platform="trs",
        phrase="共2条",
        still_linked=True,
        remarks=("证书已过期",),
        hidden=(HiddenLink(host="spam.example", how=Hiding.TINY, count=3),),
        waiting=(WaitingLetter(sent_on=date(2026, 7, 1), state="待回复"),),
        evidence=(evidence,),
        seen_at=at(FIRST),
    )

    kept = office.night(1, seen)["U1"]

    dated = tuple(replace(one, first_seen_on=FIRST) for one in seen.documents)
    assert kept == replace(seen, documents=dated, remember=Remembered())


def test_recording_the_same_file_twice_changes_nothing(office):
    path = office.write(observation(document(1), document(2)), units=("U1", "U2"))
    record(office.store, path, at=at(FIRST))
    before = everything(office.store)

    again = record(office.store, path, at=at(FIRST) + timedelta(hours=3))

    assert (again.planned, again.stored, again.known, again.not_reached) == (2, 0, 2, 0)
    assert everything(office.store) == before


def test_a_target_nobody_looked_at_is_not_reached(office):
    seen = office.night(1, observation(document(1)), units=("U1", "U2"))

    assert seen["U2"].outcome is Outcome.NOT_REACHED
    assert records.scans(office.store)[0].counts == {Outcome.OPENED: 1, Outcome.NOT_REACHED: 1}


def test_a_resumed_batch_replaces_only_what_was_not_reached(office):
    units = ("U1", "U2")
    path = office.write(observation(document(1)), units=units, complete=False)
    record(office.store, path, at=at(FIRST))
    unfinished = records.scans(office.store)[0]
    office.write(observation(document(2), unit="U2"), units=units)

    recorded = record(office.store, path, at=at(FIRST))

    assert unfinished.finished_at is None
    assert (recorded.stored, recorded.known) == (1, 1)
    assert office.seen(FIRST)["U2"].documents[0].title == document(2).title
    assert records.scans(office.store)[0].finished_at == at(FIRST)


def test_a_second_look_at_a_target_and_an_unplanned_one_are_not_stored(office):
    path = office.write(
        observation(document(1)), observation(document(2)), observation(unit="stranger")
    )

    recorded = record(office.store, path, at=at(FIRST))

    assert recorded.unplanned == 2
    assert office.seen(FIRST)["U1"].documents[0].title == document(1).title


def test_a_batch_whose_crawl_never_began_is_not_reached(office):
    path = office.write(units=("U1", "U2"))
    path.unlink()

    recorded = record(office.store, path, at=at(FIRST))

    assert (recorded.not_reached, recorded.complete) == (2, False)


def test_a_scan_file_of_another_plan_is_refused(office):
    path = office.write(observation(document(1)))
    other = office.write(night=FIRST + timedelta(days=1))
    other.with_name(plan_name(FIRST + timedelta(days=1), 1)).replace(
        path.with_name(plan_name(FIRST, 1))
    )

    with pytest.raises(MonitorError) as error:
        record(office.store, path, at=at(FIRST))

    assert error.value.code == "E2604"


def test_batches_of_one_scan_add_up(office):
    office.night(1, observation(document(1)), units=("U1",), batch=1)
    office.night(1, observation(document(1), unit="U2"), units=("U2", "U3"), batch=2)

    scan = records.scans(office.store)[0]

    assert scan.planned == 3
    assert sum(scan.counts.values()) == scan.planned


def test_the_coverage_statement_counts_what_was_looked_at_and_what_was_not(office):
    assert queries.last_scan(office.store) is None

    office.night(1, observation(document(1)))
    office.night(
        2,
        observation(outcome=Outcome.SAYS_EMPTY),
        observation(unit="U2", outcome=Outcome.SHELL),
        observation(unit="U3", outcome=Outcome.TIMED_OUT),
        units=("U1", "U2", "U3", "U4"),
    )
    last = queries.last_scan(office.store)

    assert last.planned == 4
    assert queries.coverage(office.store, last.id) == queries.Covered(
        units=4,
        units_without_answer=2,
        columns=4,
        judged=1,
        doubtful=1,
        unopened=2,
        outcomes={
            Outcome.SAYS_EMPTY: 1,
            Outcome.SHELL: 1,
            Outcome.TIMED_OUT: 1,
            Outcome.NOT_REACHED: 1,
        },
    )


# --- documents as intervals ------------------------------------------------------------


def rows_of_documents(store: sa.Engine) -> list[tuple[str, int, int | None]]:
    table = tables.documents.c
    with reading(store) as memory:
        return [
            tuple(row)
            for row in memory.execute(
                sa.select(table.title, table.first_scan, table.last_scan).order_by(
                    table.first_scan, table.place
                )
            )
        ]


def test_quiet_nights_write_no_row_for_a_document(office):
    first = office.night(1, observation(document(1), document(2)))
    for number in range(2, 6):
        kept = office.night(number, UNCHANGED, remembered=Remembered(list_digest="d1", etag='"e1"'))

    assert len(rows_of_documents(office.store)) == 2
    assert kept["U1"].documents == first["U1"].documents
    assert kept["U1"].unchanged
    assert kept["U1"].coverage == Coverage(entries=2, to_end=True)


def test_the_units_own_name_on_the_page_is_not_taken_from_the_memory(office):
    office.night(1, observation(document(1)))

    kept = office.night(
        2,
        replace(UNCHANGED, identity_seen=False),
        remembered=Remembered(list_digest="d1", etag='"e1"'),
    )

    assert not kept["U1"].identity_seen


def test_an_unchanged_look_shows_the_pages_behind_it(office):
    evidence = Evidence(
        url="http://a.test/", fetched_at=at(FIRST), http_status=200, sha256="ab", path="ab.gz"
    )
    office.night(1, observation(document(1), evidence=(evidence,)))

    kept = office.night(2, UNCHANGED, remembered=Remembered(list_digest="d1", etag='"e1"'))

    assert kept["U1"].evidence == (evidence,)


def test_what_a_page_hides_and_who_waits_stays_until_the_page_is_opened_again(office):
    first, third = (
        Evidence(
            url="http://a.test/", fetched_at=at(night), http_status=200, sha256=name, path=name
        )
        for night, name in ((FIRST, "ab"), (FIRST + timedelta(days=2), "cd"))
    )
    planted = (HiddenLink(host="spam.example", how=Hiding.TINY, count=3),)
    asked = Remembered(list_digest="d1", etag='"e1"')
    waiting = (WaitingLetter(sent_on=date(2026, 7, 1), state="待回复"),)
    office.night(1, observation(document(1), evidence=(first,), hidden=planted, waiting=waiting))

    not_opened = office.night(2, UNCHANGED, remembered=asked)
    opened = office.night(3, replace(UNCHANGED, evidence=(third,)), remembered=asked)

    assert (not_opened["U1"].hidden, not_opened["U1"].waiting) == (planted, waiting)
    assert (opened["U1"].hidden, opened["U1"].waiting) == ((), ())


def test_a_list_read_again_in_full_writes_only_what_is_new(office):
    office.night(1, observation(document(1)))
    kept = office.night(2, observation(document(2), document(1)))

    assert rows_of_documents(office.store) == [("第1号公示", 1, None), ("第2号公示", 2, None)]
    assert [one.first_seen_on for one in kept["U1"].documents] == [
        FIRST + timedelta(days=1),
        FIRST,
    ]


def test_a_document_that_is_gone_keeps_its_row_and_its_last_night(office):
    office.night(1, observation(document(1), document(2)))
    kept = office.night(2, observation(document(2)))

    assert rows_of_documents(office.store) == [("第2号公示", 1, None), ("第1号公示", 1, 1)]
    assert len(office.seen(FIRST)["U1"].documents) == 2
    assert len(kept["U1"].documents) == 1


def test_a_document_that_comes_back_keeps_the_day_it_was_first_seen(office):
    office.night(1, observation(document(1), document(2)))
    office.night(2, observation(document(2)))
    kept = office.night(3, observation(document(1), document(2)))

    assert [one.first_seen_on for one in kept["U1"].documents] == [FIRST, FIRST]
    assert ("第1号公示", 3, None) in rows_of_documents(office.store)


def test_an_edited_date_leaves_both_versions(office):
    office.night(1, observation(document(1)))
    redated = replace(document(1), published=document(9).published)
    kept = office.night(2, observation(redated))

    assert rows_of_documents(office.store) == [("第1号公示", 1, 1), ("第1号公示", 2, None)]
    assert kept["U1"].documents[0].first_seen_on == FIRST
    assert office.seen(FIRST)["U1"].documents[0].day == document(1).day


def test_what_was_read_inside_a_document_is_kept_up_to_date_in_its_row(office):
    office.night(1, observation(document(1)))
    read = replace(document(1), reading=Reading.WHOLE, elements=frozenset({"标准"}))

    kept = office.night(2, observation(read))

    assert kept["U1"].documents[0].elements == {"标准"}
    assert len(rows_of_documents(office.store)) == 1


@pytest.mark.parametrize(
    "outcome", [Outcome.TIMED_OUT, Outcome.SHELL, Outcome.LAYOUT_CHANGED], ids=lambda o: o.name
)
def test_a_night_without_a_judgement_leaves_the_memory_alone(office, outcome):
    office.night(1, observation(document(1)))
    before = records.remembered(office.store)
    failed = office.night(2, observation(outcome=outcome, remember=Remembered()))
    kept = office.night(3, UNCHANGED, remembered=Remembered(list_digest="d1", etag='"e1"'))

    assert failed["U1"].documents == ()
    assert records.remembered(office.store) == before
    assert len(kept["U1"].documents) == 1
    assert rows_of_documents(office.store) == [("第1号公示", 1, None)]


def again(*documents: Document) -> Observation:
    """A list that is the same, and what was opened again of it."""
    return replace(UNCHANGED, documents=documents)


KNOWN = Remembered(list_digest="d1", etag='"e1"')


def test_what_is_opened_again_of_an_equal_list_is_kept_in_its_row(office):
    office.night(1, observation(document(1), document(2)))
    mended = replace(document(1), reading=Reading.WHOLE, elements=frozenset({"标准"}), digest="d")

    kept = office.night(2, again(mended), remembered=KNOWN)

    assert kept["U1"].unchanged
    assert [one.elements for one in kept["U1"].documents] == [{"标准"}, frozenset()]
    assert len(rows_of_documents(office.store)) == 2


def test_what_its_list_says_of_a_document_stays_while_the_list_is_the_same(office):
    office.night(1, observation(document(1)))
    told = replace(document(1), title="另一个题目", published=None, reading=Reading.UNOPENED)

    kept = office.night(2, again(told), remembered=KNOWN)

    (found,) = kept["U1"].documents
    assert (found.title, found.day) == (document(1).title, document(1).day)
    assert found.reading is Reading.UNOPENED


def test_a_document_nobody_listed_is_not_added_to_an_equal_list(office):
    office.night(1, observation(document(1)))

    kept = office.night(2, again(document(5)), remembered=KNOWN)

    assert [one.title for one in kept["U1"].documents] == ["第1号公示"]


def test_documents_of_one_address_are_told_apart_by_their_titles(office):
    shared = [document(number, url="http://a.test/show.aspx") for number in (1, 2)]
    office.night(1, observation(*shared))

    kept = office.night(2, again(replace(shared[1], doc_no="教〔2026〕2号")), remembered=KNOWN)

    assert [one.doc_no for one in kept["U1"].documents] == ["", "教〔2026〕2号"]


def test_a_page_in_which_nothing_was_recognised_does_not_end_its_documents(office):
    office.night(1, observation(document(1)))
    blank = office.night(2, observation(coverage=Coverage(pages=1), remember=Remembered()))

    assert blank["U1"].documents == ()
    assert rows_of_documents(office.store) == [("第1号公示", 1, None)]


def test_an_empty_column_seen_unchanged_is_still_empty(office):
    office.night(1, observation(outcome=Outcome.SAYS_EMPTY, phrase="暂无数据"))
    kept = office.night(2, UNCHANGED, remembered=Remembered(list_digest="d1", etag='"e1"'))

    assert (kept["U1"].outcome, kept["U1"].phrase) == (Outcome.SAYS_EMPTY, "暂无数据")


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (False, Remembered(list_digest="d1", etag='"e1"')),
        (True, Remembered(list_digest="older")),
        (True, Remembered()),
    ],
    ids=["nothing is remembered", "another list was meant", "nobody asked for it"],
)
def test_an_unchanged_that_refers_to_nothing_known_counts_as_no_look(office, known, asked):
    if known:
        office.night(1, observation(document(1)))

    kept = office.night(2, UNCHANGED, remembered=asked)

    assert kept["U1"].outcome is Outcome.NOT_REACHED


def test_an_older_scan_resumed_late_does_not_overwrite_a_newer_one(office):
    late = office.write(units=("U1",), complete=False)
    record(office.store, late, at=at(FIRST))
    newer = office.night(2, observation(document(1), document(2)))
    office.write(observation(document(1)))

    record(office.store, late, at=at(FIRST))

    assert office.seen(FIRST)["U1"].outcome is Outcome.NOT_REACHED
    assert office.seen(FIRST + timedelta(days=1)) == newer


def test_text_no_database_can_hold_is_stored_all_the_same(office):
    strange = document(1, title="收费\x00公示\ud83d")
    office.night(1, observation(strange))
    kept = office.night(2, observation(strange))

    assert len(rows_of_documents(office.store)) == 1
    assert kept["U1"].documents[0].title.startswith("收费\ufffd公示")


def test_many_units_stream_in_order_of_their_codes(office):
    codes = tuple(f"{letter}{number}" for letter in "Ba学" for number in range(120))
    office.night(1, *(observation(document(1), unit=code) for code in codes), units=codes)

    seen = list(records.looks(office.store, str(FIRST)))

    assert [unit for unit, _ in seen] == sorted(codes)
    assert all(len(columns[FEES].documents) == 1 for _, columns in seen)


# --- what the next night needs ---------------------------------------------------------


def test_the_memory_tells_the_next_night_what_to_ask_for(office):
    said = Remembered(
        address="http://a.test/xxgk/",
        etag='"e1"',
        last_modified="Sun, 01 Nov 2026 00:00:00 GMT",
        list_digest="d1",
        signature="s1",
        newest=date(2026, 10, 2),
    )
    office.night(1, observation(document(1), remember=said))
    kept = records.remembered(office.store)

    assert kept == {("U1", FEES): replace(said, to_end=True, identity_seen=True)}

    renewed = replace(UNCHANGED, remember=Remembered(etag='"e2"'))
    office.night(2, renewed, remembered=kept["U1", FEES])

    assert records.remembered(office.store)["U1", FEES].etag == '"e2"'
    assert records.last_verified(office.store, str(FIRST + timedelta(days=1))) == {
        ("U1", FEES): FIRST + timedelta(days=1)
    }


def test_a_failed_night_is_not_the_last_verified_one(office):
    office.night(1, observation(document(1)))
    office.night(2, observation(outcome=Outcome.TIMED_OUT))

    second = str(FIRST + timedelta(days=1))
    assert records.last_verified(office.store, second) == {("U1", FEES): FIRST}


def robots(text: str, night: date, host: str = "a.test") -> RobotsFile:
    return RobotsFile(address=f"http://{host}/robots.txt", text=text, read_at=at(night))


def test_the_last_robots_txt_that_could_be_read_is_kept(office):
    nights = [FIRST + timedelta(days=number) for number in range(2)]
    files = [office.write(observation(), night=night) for night in nights]
    for file, night, text in zip(files, nights, ("old", ""), strict=True):
        with ScanWriter(file) as writer:
            writer.robots(robots(text, night))
    with ScanWriter(files[0]) as writer:
        writer.robots(robots("other", FIRST, "b.test"))

    record(office.store, files[1], at=at(nights[1]))
    record(office.store, files[0], at=at(nights[1]))  # late, and older than what is known

    kept = records.robots_files(office.store, since=at(FIRST))
    assert kept == (robots("", nights[1]), robots("other", FIRST, "b.test"))
    assert records.robots_files(office.store, since=at(nights[1])) == kept[:1]


def test_a_void_night_keeps_its_looks_and_changes_nothing_that_is_remembered(office):
    office.night(1, observation(document(1)))
    tomorrow, after = FIRST + timedelta(days=1), FIRST + timedelta(days=2)
    file = office.write(observation(document(2)), night=tomorrow)
    with ScanWriter(file) as writer:
        writer.robots(robots("portal", tomorrow))
    kept = ("documents", "remembered", "robots")
    before = {name: everything(office.store)[name] for name in kept}

    record(office.store, file, at=at(tomorrow), void="网络异常")
    record(office.store, file, at=at(after))  # once void, a night stays so

    now = everything(office.store)
    assert {name: now[name] for name in kept} == before
    last, first = records.scans(office.store)
    assert (last.void, last.is_valid, first.void, first.is_valid) == ("网络异常", False, "", True)
    assert last.counts == {Outcome.OPENED: 1}
    assert records.read_whole_on(office.store) == {("U1", FEES): FIRST}


def test_what_was_left_over_is_told_by_the_last_night_that_counts(office):
    office.night(1, observation(), units=("U1", "U2"))
    tomorrow = FIRST + timedelta(days=1)
    nobody = office.write(night=tomorrow, units=("U1", "U2"))

    record(office.store, nobody, at=at(tomorrow), void="网络异常")

    assert records.left_over(office.store) == {("U2", FEES): date.min}


def test_silent_nights_are_counted_from_the_last_answer(office):
    unit_lists.replace(
        office.store, [Unit(code=code, name=code) for code in ("U1", "U2", "U3")], at=at(FIRST)
    )
    units = ("U1", "U2", "U3")
    fine = observation(document(1), unit="U2")
    timed_out = observation(outcome=Outcome.TIMED_OUT)
    never = observation(outcome=Outcome.NO_NAME, unit="U3")
    office.night(1, observation(document(1)), fine, never, units=units)
    office.night(2, timed_out, fine, never, units=units)
    office.night(3, observation(outcome=Outcome.NOT_REACHED), fine, never, units=units)
    office.night(4, timed_out, fine, units=units)
    office.night(5, fine, units=("U2",))

    assert records.nights_unreachable(office.store) == (
        records.Silence(unit="U1", nights=2, last_answer_on=FIRST),
        records.Silence(unit="U3", nights=3, last_answer_on=None),
    )


def test_visits_are_counted_by_nights_and_a_site_behind_a_wall_is_there(office):
    unit_lists.replace(
        office.store, [Unit(code=code, name=code) for code in ("U1", "U2", "U3")], at=at(FIRST)
    )
    units = ("U1", "U2", "U3")
    down = observation(outcome=Outcome.SERVER_ERROR)
    fenced = observation(outcome=Outcome.CHALLENGED, unit="U2")
    too_late = observation(outcome=Outcome.BUDGET, unit="U3")
    office.night(1, observation(document(1)), fenced, too_late, units=units)
    office.night(2, down, fenced, too_late, units=units)
    office.night(3, down, fenced, too_late, units=units)
    tomorrow = FIRST + timedelta(days=3)
    record(office.store, office.write(down, night=tomorrow), at=at(tomorrow), void="网络异常")

    assert queries.visits(office.store, since=FIRST) == {"U1": (3, 2), "U2": (3, 0)}
    assert queries.visits(office.store, since=FIRST + timedelta(days=2)) == {
        "U1": (1, 1),
        "U2": (1, 0),
    }


# --- the same entry under another address ----------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.edu.cn/x/1.html", "https://a.edu.cn/x/1.html"),
        ("http://www.a.edu.cn/x/", "http://a.edu.cn/x"),
        ("http://a.edu.cn/x/index.shtml", "http://a.edu.cn/x/"),
        ("http://a.edu.cn/x/1.html?v=20261101", "http://a.edu.cn/x/1.html"),
        ("http://a.edu.cn/x.jsp;jsessionid=8F?id=1", "http://a.edu.cn/x.jsp?id=1"),
        ("http://A.edu.cn/Show.ASPX?id=1", "http://a.edu.cn/show.aspx?id=1"),
        ("http://a.edu.cn/%E6%94%B6.html", "http://a.edu.cn/收.html"),
        ("http://a.edu.cn/x/1.html#top", "http://a.edu.cn/x/1.html"),
    ],
)
def test_spellings_of_one_address_are_one_entry(one, other):
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.edu.cn/s/AbC", "http://a.edu.cn/s/aBc"),
        ("http://a.edu.cn/show?id=1", "http://a.edu.cn/show?id=2"),
        ("http://a.edu.cn:8081/1.html", "http://a.edu.cn/1.html"),
        ("http://a.edu.cn/app#/detail/1", "http://a.edu.cn/app#/detail/2"),
    ],
)
def test_other_pages_are_other_entries(one, other):
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.edu.cn/x/1.html",
        "https://www.a.edu.cn/x_y/t20261101_3.htm",
        "http://127.0.0.1/x/~y/1",
        "http://a.edu.cn:8081/x/1.html",
        "https://www.a.edu.cn:80/x/1.html",
        "http://a.edu.cn:443/x/1.html",
        "http://a.edu.cn/x/index.html",
        "http://a.edu.cn/X/Show.aspx",
        "http://a.edu.cn/x//1.html",
    ],
)
def test_the_short_way_to_an_identity_leads_where_the_long_one_does(url):
    assert identity(url) == identity(url + "#a-fragment-takes-the-long-way")


def test_entries_that_share_an_address_are_told_apart_by_their_titles():
    shared = [document(number, url="javascript:void(0)") for number in (1, 2)]

    assert len({name for name, _ in identities([*shared, *shared])}) == 2


def test_an_address_of_any_shape_has_an_identity():
    for url in ("", "http://[", "http://a:99999999/", "mailto:a@b.cn", "http://a/" + "长" * 5000):
        assert len(identity(url)) <= 400


# --- the lists a person keeps ----------------------------------------------------------

SCHOOL = Unit(
    code="U1",
    name="舒县实验小学",
    short_name="实验小学",
    types=frozenset({UnitType.PRIMARY, UnitType.JUNIOR_HIGH}),
    parent="B1",
    traits={Trait.CANTEEN: True, Trait.BOARDING: False, Trait.SCHOOL_BUS: None},
    home="http://a.test/",
    entrances={FEES: "http://a.test/xxgk/"},
    disclosure_home="http://a.test/xxgk/",
    contact=Person(name="张三", phone="05641234567", mail="z@a.test"),
    reviewer=Person(name="李四"),
    section="办公室",
    note="两个校区",
)


def test_units_come_back_as_the_list_gave_them_in_its_order(store):
    given = (replace(SCHOOL, code="U2"), SCHOOL)
    unit_lists.replace(store, given, at=at(FIRST))

    assert records.units(store) == given


def test_a_unit_that_left_the_list_stays_and_is_inactive(store):
    unit_lists.replace(store, [SCHOOL, replace(SCHOOL, code="U2")], at=at(FIRST))
    unit_lists.replace(store, [replace(SCHOOL, name="实验学校")], at=at(FIRST))

    assert [(unit.code, unit.active) for unit in records.units(store)] == [
        ("U1", True),
        ("U2", False),
    ]


def test_the_same_list_again_changes_nothing(store):
    unit_lists.replace(store, [SCHOOL], at=at(FIRST))
    before = everything(store)

    unit_lists.replace(store, [SCHOOL], at=at(FIRST) + timedelta(1))

    assert everything(store) == before


def test_duties_and_events_follow_their_sheets_and_keep_their_history(store):
    fees = Duty(subject=FEES, section="财务科", co_sections=("办公室",), person="王五")
    day = Event(unit="", event="开学", day=date(2026, 9, 1), by="教育科")
    unit_lists.replace_duties(store, [fees], at=at(FIRST))
    unit_lists.replace_events(store, [day, replace(day, unit="U1")], at=at(FIRST))

    assert records.duties(store) == (fees,)
    assert records.events(store) == (day, replace(day, unit="U1"))

    moved = replace(fees, section="计财科")
    unit_lists.replace_duties(store, [moved], at=at(FIRST))
    unit_lists.replace_events(store, [day], at=at(FIRST))

    assert records.duties(store) == (moved,)
    assert records.events(store) == (day,)
    assert len(everything(store)["duties"]) == len(everything(store)["events"]) == 2


# --- what is not listed any more -------------------------------------------------------


def gone(office: Office, number: int, *columns: str) -> list[tuple[str, date, date]]:
    """What is known to be gone on that night: titles, last night listed, first night missed."""
    night = FIRST + timedelta(days=number - 1)
    found = removals(
        office.store,
        str(night),
        columns=columns or (FEES,),
        since=date(2026, 1, 1),
        uncounted=records.uncounted(office.store),
    )
    return [
        (one.document.title, one.listed_on, one.missed_on)
        for one in found.get("U1", ())
        if one.column == FEES
    ]


def night_of(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def test_an_entry_that_is_gone_is_told_with_the_two_nights_that_prove_it(office):
    office.night(1, observation(document(1), document(2)))
    office.night(2, UNCHANGED, remembered=Remembered(list_digest="d1", etag='"e1"'))
    assert gone(office, 2) == []
    office.night(3, observation(document(1), remember=Remembered(list_digest="d2")))
    office.night(4, observation(document(1), remember=Remembered(list_digest="d2")))

    assert gone(office, 3) == [("第2号公示", night_of(2), night_of(3))]
    assert gone(office, 4) == [("第2号公示", night_of(2), night_of(3))]
    assert gone(office, 2) == []  # the same sight, judged again
    assert gone(office, 4, "other") == []


@pytest.mark.parametrize(
    "after",
    [
        observation(document(1), coverage=Coverage(pages=1, entries=1, since=date(2026, 10, 3))),
        observation(document(1), address="http://a.test/new/"),
        observation(document(1), identity_seen=False),
        observation(document(1), document(2, title="第2号公示（更新）")),
        observation(outcome=Outcome.TIMED_OUT),
        observation(outcome=Outcome.SAYS_EMPTY),
    ],
    ids=[
        "the list was not read back to its day",
        "the column stands elsewhere",
        "not known to be the unit's",
        "its title was changed",
        "the site did not answer",
        "the column says it is empty",
    ],
)
def test_what_a_night_does_not_prove_is_not_gone(office, after):
    office.night(1, observation(document(1), document(2)))
    office.night(2, after)

    assert gone(office, 2) == []


def test_the_night_that_proves_it_may_come_later(office):
    office.night(1, observation(document(1), document(2)))
    short = Coverage(pages=1, entries=1, since=date(2026, 10, 3))
    office.night(2, observation(document(1), coverage=short))
    office.night(3, observation(document(1), remember=Remembered(list_digest="d3")))

    assert gone(office, 3) == [("第2号公示", night_of(1), night_of(3))]


def test_a_void_night_proves_nothing_gone(office):
    office.night(1, observation(document(1), document(2)))
    office.night(2, observation(document(1)))
    with writing(office.store) as memory:
        this = tables.scans.c.night == night_of(2)
        memory.execute(sa.update(tables.scans).where(this).values(void="本机网络不通"))

    assert gone(office, 2) == []


def test_what_comes_back_is_not_gone(office):
    office.night(1, observation(document(1), document(2)))
    office.night(2, observation(document(1)))
    office.night(3, observation(document(1), document(2)))

    assert len(gone(office, 2)) == 1
    assert gone(office, 3) == []


def twice(office: Office, number: int) -> list[tuple[str, date, date | None]]:
    """What is gone on that night: titles, the first night missed and the last, if two tell it."""
    uncounted = records.uncounted(office.store)
    found = vanished(office.store, str(night_of(number)), since=FIRST, uncounted=uncounted)
    return [(one.document.title, one.missed_on, one.missed_again_on) for one in found.get("U1", ())]


def test_a_second_night_that_read_the_list_proves_it_again(office):
    without = observation(document(1), remember=Remembered(list_digest="d2", etag='"e2"'))
    office.night(1, observation(document(1), document(2), document(3, published=None)))
    office.night(2, without)
    not_read = replace(UNCHANGED, http_status=304)
    office.night(3, not_read, remembered=Remembered(list_digest="d2", etag='"e2"'))
    office.night(4, UNCHANGED, remembered=Remembered(list_digest="d2", etag='"e2"'))

    assert twice(office, 3) == [
        ("第3号公示", night_of(2), None),
        ("第2号公示", night_of(2), None),
    ]
    assert twice(office, 4) == [
        ("第3号公示", night_of(2), night_of(4)),
        ("第2号公示", night_of(2), night_of(4)),
    ]


@pytest.mark.parametrize(
    ("units", "ruling", "proves"),
    [
        ('["U1"]', None, False),
        ('["U1"]', "DISCARDED", False),
        ('["U1"]', "RELEASED", True),
        ('["U10"]', None, True),
    ],
    ids=["it waits", "discarded", "released", "another unit waits"],
)
def test_a_night_held_for_the_unit_proves_nothing_gone(office, units, ruling, proves):
    office.night(1, observation(document(1), document(2)))
    for number in (2, 3):
        office.night(number, observation(document(1)))
    with writing(office.store) as memory:
        told = {"scan": 2, "reason": "多家变差", "units": units, "held_at": at(night_of(2))}
        memory.execute(sa.insert(tables.holds).values(ruling=ruling, **told))

    again = night_of(3) if proves else None
    first = night_of(2) if proves else night_of(3)
    assert twice(office, 3) == [("第2号公示", first, again)]


def test_what_only_a_look_that_proves_nothing_has_listed_never_stood_there(office):
    office.night(1, observation(document(1)))
    office.night(2, observation(document(1), document(2, title="首页")))
    for number in (3, 4):
        office.night(number, observation(document(1)))
    scan, misread = str(night_of(4)), ((str(night_of(2)), ("U1",)),)

    def gone_without(units: tuple[tuple[str, tuple[str, ...]], ...]) -> int:
        uncounted = Uncounted(units=units)
        return len(vanished(office.store, scan, since=FIRST, uncounted=uncounted))

    assert (gone_without(()), gone_without(misread)) == (1, 0)


def test_the_units_that_a_family_was_read_on_are_known_by_scan(office):
    office.night(1, observation(document(1), platform="webplus"))

    scan = str(night_of(1))
    assert units_on(office.store, scan, {"webplus", "vsb"}) == ("U1",)
    assert units_on(office.store, scan, {"vsb"}) == ()


def test_what_some_column_still_lists_under_its_title_has_not_vanished(office):
    office.night(1, observation(document(1), document(2)))
    there = document(2, url="http://a.test/elsewhere/2.html")
    office.night(2, observation(document(1), there))
    office.night(3, observation(document(1), there))

    assert twice(office, 3) == []


def test_what_stood_there_up_to_a_night_is_known_with_its_titles_and_place(office):
    office.night(1, observation(document(1)))
    office.night(2, observation(document(1, title="第1号公示（更新）"), address="http://a.test/b/"))
    office.night(3, observation(document(1, title="改了"), document(2), address="http://a.test/c/"))

    def known_of(unit: str) -> Earlier:
        scan = str(night_of(3))
        return earlier(office.store, unit, until=night_of(2), scan=scan, uncounted=Uncounted())

    known = known_of("U1")

    assert [(column, one.title) for column, one in known.listed] == [
        (FEES, "第1号公示"),
        (FEES, "第1号公示（更新）"),
    ]
    assert known.addresses == {FEES: "http://a.test/b/"}
    assert known_of("U2").listed == ()


def test_of_what_stood_there_is_known_what_was_read_since_up_to_tonight(office):
    office.night(1, observation(document(1)))
    office.night(2, observation(outcome=Outcome.SAYS_EMPTY))
    office.night(3, observation(document(1, digest="d"), document(2)))
    office.night(4, observation(outcome=Outcome.SAYS_EMPTY))
    office.night(5, observation(document(1, title="第1号公示（2026）", digest="d"), document(2)))
    office.night(6, observation(outcome=Outcome.SAYS_EMPTY))
    office.night(7, observation(document(1, title="第1号公示（2026）", digest="e"), document(2)))

    known = earlier(
        office.store, "U1", until=night_of(1), scan=str(night_of(7)), uncounted=Uncounted()
    )

    assert [(one.title, one.digest) for _, one in known.listed] == [
        ("第1号公示", ""),
        ("第1号公示", "d"),
    ]
