"""The bar for budgets: what is missing in documents with planted omissions, and nothing else."""

from __future__ import annotations

import shutil

import pytest

from benchmarks.elements import CONVERTED, PLAIN, WANTED_F1, measured, papers


@pytest.mark.parametrize("seed", [5, 6])
def test_what_was_left_out_is_found_and_hardly_anything_else(seed: int) -> None:
    score = measured(seed, converted=False)

    assert score.f1 >= WANTED_F1, score.wrong
    assert score.counts["accused_unread"] == 0
    assert score.counts["no_place"] == 0
    assert score.counts["hints_false"] == 0, score.wrong


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_sixty_documents_of_other_programs_are_read_as_well() -> None:
    score = measured(7, converted=True)

    assert score.counts["papers"] >= 60
    assert score.f1 >= WANTED_F1, score.wrong
    assert score.counts["accused_unread"] == 0


def test_a_seed_writes_the_same_papers_every_time() -> None:
    forms = PLAIN | CONVERTED

    assert papers(5, forms) == papers(5, forms)
    assert sum(len(paper.missing) for paper in papers(5, forms)) > 60
