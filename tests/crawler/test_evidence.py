from __future__ import annotations

import pytest

from crawler.evidence import DamagedEvidence, keep_text, kept_text, load, store, sweep
from monitor.model import Extract

PAGE = "<html>收费公示</html>".encode()
DIGEST = "ab" * 32
WORDS = (
    Extract(text="收费标准\n每生每年"),
    Extract(text="项目\t金额", file="附件.xlsx", where="收费", row=2),
)


def test_a_page_comes_back_as_it_was(tmp_path):
    sha256, path = store(tmp_path, PAGE)

    assert load(tmp_path, sha256) == PAGE
    assert (tmp_path / path).exists()


def test_the_same_page_is_stored_once_for_all_nights(tmp_path):
    first = store(tmp_path, PAGE)
    place = tmp_path / first[1]
    before = place.stat().st_mtime_ns, place.read_bytes()

    assert store(tmp_path, PAGE) == first
    assert (place.stat().st_mtime_ns, place.read_bytes()) == before
    assert len(list(tmp_path.glob("*/*"))) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda place: place.unlink(),
        lambda place: place.write_bytes(place.read_bytes()[:-9]),
        lambda place: place.write_bytes(b"no gzip at all"),
    ],
    ids=["lost", "cut", "overwritten"],
)
def test_a_damaged_copy_is_never_shown(tmp_path, damage):
    sha256, path = store(tmp_path, PAGE)

    damage(tmp_path / path)

    with pytest.raises(DamagedEvidence):
        load(tmp_path, sha256)


def test_a_copy_of_another_page_is_not_taken_for_it(tmp_path):
    sha256, path = store(tmp_path, PAGE)
    _, other = store(tmp_path, b"another page")

    (tmp_path / path).write_bytes((tmp_path / other).read_bytes())

    with pytest.raises(DamagedEvidence):
        load(tmp_path, sha256)


def test_what_a_killed_writer_left_is_swept(tmp_path):
    sha256, path = store(tmp_path, PAGE)
    (tmp_path / path).with_name("half.gz.77.new").write_bytes(b"half")

    assert sweep(tmp_path) == 1
    assert load(tmp_path, sha256) == PAGE


def test_the_words_of_an_entry_come_back_as_they_stand_there(tmp_path):
    keep_text(tmp_path, DIGEST, WORDS)

    assert kept_text(tmp_path, DIGEST) == WORDS


def test_words_that_were_not_kept_or_are_damaged_are_none(tmp_path):
    keep_text(tmp_path, DIGEST, WORDS)
    (place,) = tmp_path.glob("*/*.gz")
    place.write_bytes(place.read_bytes()[:-9])

    assert kept_text(tmp_path, DIGEST) == kept_text(tmp_path, "cd" * 32) == ()


def test_kept_words_hold_no_number_of_a_person_not_even_one_that_is_no_hit(tmp_path):
    words = (
        Extract(text="银行账号\t金额", file="360426199101010071.xlsx", where="收费", row=1),
        Extract(text="4012888888881881\t360426202609010026", where="收费", row=2),
    )

    keep_text(tmp_path, DIGEST, words)

    assert kept_text(tmp_path, DIGEST) == (
        Extract(text="银行账号\t金额", file="3604**********0071.xlsx", where="收费", row=1),
        Extract(text="4012********1881\t3604**********0026", where="收费", row=2),
    )
