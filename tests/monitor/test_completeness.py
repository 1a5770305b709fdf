from __future__ import annotations

import pytest
from builders import document

from monitor.completeness import (
    KINDS,
    AttachmentOpens,
    FieldsPresent,
    SectionsPresent,
    from_fields,
)
from monitor.kinds import BadFields
from monitor.model import Attachment, Completeness, FileState, Reading

FIELDS = FieldsPresent(fields=("标准", "依据", "举报电话|监督电话"))
SECTIONS = SectionsPresent(sections=("收支", "三公经费"))


@pytest.mark.parametrize(
    ("check", "elements", "missing"),
    [
        (FIELDS, {"标准", "依据", "举报电话|监督电话"}, ()),
        (FIELDS, {"标准"}, ("依据", "举报电话|监督电话")),
        (FIELDS, {"标准", "依据", "监督电话"}, ("举报电话|监督电话",)),
        (FIELDS, set(), ("标准", "依据", "举报电话|监督电话")),
        (SECTIONS, {"收支", "三公经费"}, ()),
        (SECTIONS, {"三公经费"}, ("收支",)),
    ],
    ids=["all", "one of three", "alternatives come back whole", "none", "sections", "a section"],
)
def test_what_was_not_seen_in_a_document_read_whole_is_missing(
    check: Completeness, elements: set[str], missing: tuple[str, ...]
) -> None:
    found = check.check(document(elements=frozenset(elements), reading=Reading.WHOLE))

    assert found.missing == missing
    assert found.unread == found.broken == ()


@pytest.mark.parametrize("reading", [one for one in Reading if one is not Reading.WHOLE])
@pytest.mark.parametrize("check", [FIELDS, SECTIONS], ids=lambda check: check.kind)
def test_what_was_not_read_whole_lacks_nothing(check: Completeness, reading: Reading) -> None:
    found = check.check(document(reading=reading))

    assert found.missing == ()
    assert found.unread == check.words


@pytest.mark.parametrize(
    ("state", "broken", "unread"),
    [
        (FileState.OPENS, (), ()),
        (FileState.BROKEN, ("附表.pdf",), ()),
        (FileState.GATED, (), ("附表.pdf",)),
        (FileState.UNREADABLE, (), ("附表.pdf",)),
        (FileState.UNREACHED, (), ("附表.pdf",)),
        (FileState.NOT_TRIED, (), ("附表.pdf",)),
        (FileState.SCANNED, (), ()),
        (FileState.RECOGNISED, (), ()),
        (FileState.PACKED, (), ()),
        (FileState.BLANK, (), ()),
        (FileState.ENCRYPTED, (), ("附表.pdf",)),
        (FileState.DAMAGED, (), ("附表.pdf",)),
        (FileState.OVERSIZED, (), ("附表.pdf",)),
        (FileState.COMPLEX, (), ("附表.pdf",)),
    ],
)
def test_only_a_file_that_does_not_open_is_broken(
    state: FileState, broken: tuple[str, ...], unread: tuple[str, ...]
) -> None:
    file = Attachment(name="附表.pdf", url="http://school.example/a.pdf", state=state)
    found = AttachmentOpens().check(document(attachments=(file,)))

    assert (found.broken, found.unread, found.missing) == (broken, unread, ())


def test_the_files_of_a_page_nobody_opened_are_unknown() -> None:
    assert AttachmentOpens().check(document(reading=Reading.LISTED)).unread == ("附件",)
    assert AttachmentOpens().check(document(reading=Reading.WHOLE)).unread == ()


def test_the_table_lists_every_kind_and_builds_it_from_fields() -> None:
    assert {"fields_present", "sections_present", "attachment_opens"} < set(KINDS)
    assert from_fields("fields_present", {"fields": list(FIELDS.fields)}) == FIELDS
    assert from_fields("attachment_opens", {}) == AttachmentOpens()


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("field_present", {}, "kind"),
        ("fields_present", {}, "fields"),
        ("fields_present", {"fields": []}, "fields"),
        ("fields_present", {"fields": "标准"}, "fields"),
        ("fields_present", {"fields": ["标准", 3]}, "fields"),
        ("sections_present", {"section": ["收支"]}, "section"),
    ],
)
def test_a_wrong_field_is_named(kind: str, fields: dict[str, object], field: str) -> None:
    with pytest.raises(BadFields) as caught:
        from_fields(kind, fields)

    assert field in dict(caught.value.problems)
