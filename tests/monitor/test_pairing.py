"""Which document speaks of which."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from builders import document

from monitor.model import Attachment, Document, LinkKey, Pair
from monitor.pairing import EARLY, paired

RULE = document("关于印发《青禾县校服管理办法》的通知", "2026-03-02")
SAID = document("《青禾县校服管理办法》政策解读", "2026-03-04")


def pairs(*triggers: Document, by: tuple[Document, ...], **changes: Any) -> tuple[Pair, ...]:
    return paired(triggers, by, of="B-08", own_places=("青禾县",), **changes)


def answers(*triggers: Document, by: tuple[Document, ...], **changes: Any) -> list[list[str]]:
    found = pairs(*triggers, by=by, **changes)
    return [[partner.title for partner in pair.partners] for pair in found]


def test_a_document_is_answered_by_what_bears_its_name() -> None:
    (pair,) = pairs(RULE, by=(SAID, document("《青禾县校车管理规定》解读", "2026-03-03")))

    assert pair.partners == (SAID,)
    assert pair.near is None


def test_the_number_tells_when_the_names_do_not() -> None:
    rule = document("关于规范服装选用的若干措施", "2026-03-02", doc_no="青教〔2026〕5号")
    said = document("青教[2026]5号文件解读", "2026-03-04")

    assert answers(rule, by=(said,)) == [[said.title]]
    assert answers(rule, by=(said,), keys=(LinkKey.TITLE,)) == [[]]


def test_the_number_tells_two_documents_of_one_name_apart() -> None:
    first = document("关于做好招生工作的通知", "2026-03-02", doc_no="青教〔2026〕5号")
    second = document("关于做好招生工作的通知", "2026-06-02", doc_no="青教〔2026〕19号")
    said = document("《关于做好招生工作的通知》（青教〔2026〕5号）解读", "2026-06-03")

    assert answers(first, second, by=(said,)) == [[said.title], []]


def test_of_two_documents_of_one_name_the_nearest_in_time_is_answered() -> None:
    first = document("关于做好招生工作的通知", "2026-03-02")
    second = document("关于做好招生工作的通知", "2026-06-02")
    said = document("《关于做好招生工作的通知》解读", "2026-06-03")
    early, late = pairs(first, second, by=(said,))

    assert late.partners == (said,)
    assert early.partners == ()
    assert early.near == said  # just the same name: nobody can be sure


def test_one_interpretation_answers_two_documents_when_it_names_both() -> None:
    other = document("关于印发《青禾县校车管理规定》的通知", "2026-03-02")
    both = document("《青禾县校服管理办法》《青禾县校车管理规定》政策解读", "2026-03-03")

    assert answers(RULE, other, by=(both,)) == [[both.title], [both.title]]


def test_what_answers_one_document_is_no_doubt_about_its_sister() -> None:
    sister = document("关于印发《青禾县校服选用采购管理办法》的通知", "2026-03-02")
    first, second = pairs(RULE, sister, by=(SAID,))

    assert {first.partners, second.partners} == {(SAID,), ()}
    assert (first.near, second.near) == (None, None)


def test_a_file_both_carry_ties_them() -> None:
    file = Attachment(name="办法.docx", url="http://bureau.example/f/1.docx")
    rule = document("关于规范服装选用的若干措施", "2026-03-02", attachments=(file,))
    said = document("政策解读：今年有哪些变化", "2026-03-04", attachments=(file,))

    assert answers(rule, by=(said,)) == [[said.title]]


def test_a_document_listed_twice_asks_once() -> None:
    again = document(RULE.title, "2026-03-09", url="http://bureau.example/again.htm")

    assert len(pairs(RULE, again, by=())) == 1


def test_an_undated_document_asks_for_nothing() -> None:
    assert pairs(document(RULE.title, None), by=()) == ()


def test_what_came_a_little_before_counts_and_long_before_leaves_a_doubt() -> None:
    day = date(2026, 3, 2)
    just = document(SAID.title, day - EARLY)
    before = document(SAID.title, day - EARLY - timedelta(days=1))

    assert pairs(RULE, by=(just,))[0].partners == (just,)
    assert pairs(RULE, by=(before,))[0].near == before


def test_an_earlier_edition_that_names_its_year_is_no_doubt() -> None:
    earlier = document("《青禾县校服管理办法（2023年修订）》政策解读", "2025-02-01")

    assert pairs(RULE, by=(earlier,))[0].near is None


def test_the_first_of_several_partners_stands_first_and_undated_ones_last() -> None:
    undated = document("图解：青禾县校服管理办法", None)
    second = document("一图读懂青禾县校服管理办法", "2026-03-20")
    (pair,) = pairs(RULE, by=(undated, second, SAID))

    assert pair.partners == (SAID, second, undated)


def test_what_stands_among_partners_without_being_called_so_only_leaves_a_doubt() -> None:
    other = document("青禾县校服管理办法来了", "2026-03-04")
    (pair,) = pairs(RULE, by=(), doubtful=(other,))

    assert pair.partners == ()
    assert pair.near == other


def test_a_document_does_not_answer_itself() -> None:
    assert answers(RULE, by=(RULE,)) == [[]]
