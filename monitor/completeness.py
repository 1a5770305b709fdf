"""公开要素: the kinds of completeness check, each looking into one document.

The eyes report which of the words asked for (``Completeness.words``) they saw in a document;
a word is missing only when the document was read whole. ``KINDS`` is the one list of kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from monitor.kinds import build, kind_named
from monitor.model import Attachment, Completeness, Document, FileState, Reading, Shortfall
from monitor.wording import ATTACHMENTS

NOTHING_SHORT = Shortfall()
_UNOPENED = frozenset({Reading.LISTED, Reading.UNOPENED, Reading.BROKEN})
#: a file in one of these opens, whatever can be read in it
_OPEN = frozenset(
    {
        FileState.OPENS,
        FileState.BLANK,
        FileState.SCANNED,
        FileState.RECOGNISED,
        FileState.PACKED,
    }
)
_UNKNOWN = frozenset(FileState) - _OPEN - {FileState.BROKEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsPresent:
    """要素齐全: the document or its files name every field; ``a|b`` is named when either is."""

    kind: ClassVar[str] = "fields_present"
    attachments: ClassVar[bool] = True
    fields: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return self.fields

    def check(self, document: Document) -> Shortfall:
        """Return the fields that were not seen."""
        return _seen_inside(self.fields, document)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionsPresent:
    """篇章齐全: the document or its files have every section."""

    kind: ClassVar[str] = "sections_present"
    attachments: ClassVar[bool] = True
    sections: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return self.sections

    def check(self, document: Document) -> Shortfall:
        """Return the sections that were not seen."""
        return _seen_inside(self.sections, document)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentOpens:
    """附件可打开: every file of the document opens; a document without files is whole."""

    kind: ClassVar[str] = "attachment_opens"
    attachments: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = ()

    def check(self, document: Document) -> Shortfall:
        """Return the files that do not open, and those nobody could try."""
        if document.reading in _UNOPENED:
            return Shortfall(unread=(ATTACHMENTS,))
        files = document.attachments
        return Shortfall(
            broken=tuple(_name(file) for file in files if file.state is FileState.BROKEN),
            unread=tuple(_name(file) for file in files if file.state in _UNKNOWN),
        )


KINDS: dict[str, type[Completeness]] = {
    check.kind: check for check in (FieldsPresent, SectionsPresent, AttachmentOpens)
}


def from_fields(kind: str, fields: Mapping[str, object]) -> Completeness:
    """Return the check of ``kind`` with the fields of rules.yaml, or raise BadFields."""
    return build(kind_named(kind, KINDS), fields)


def element_of(word: str, elements: Sequence[str]) -> str:
    """A word that is looked for, as readers are told it: the element of the law that it stands for.

    What finds an element may be a stump of its name; where no element holds one of the
    alternatives (举报电话|监督电话) the first of them is told.

    >>> element_of("收支总|收支预算", ["部门收支总表"]), element_of("电话|联系方式", ["地址"])
    ('部门收支总表', '电话')
    """
    alternatives = word.split("|")
    named = (one for part in alternatives for one in elements if part in one)
    return next(named, alternatives[0])


def _seen_inside(words: tuple[str, ...], document: Document) -> Shortfall:
    absent = tuple(word for word in words if word not in document.elements)
    if not absent:
        return NOTHING_SHORT
    if document.reading is Reading.WHOLE:
        return Shortfall(missing=absent)
    return Shortfall(unread=absent)


def _name(file: Attachment) -> str:
    return file.name or file.url
