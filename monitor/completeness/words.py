"""要素用词: words that the eyes were asked to look for in a document and its files. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from monitor.model import ALONE, Beside, Document, Grounds, Reading, Shortfall

NOTHING_SHORT = Shortfall()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsPresent:
    """要素齐全: the document or its files name every field; ``a|b`` is named when either is."""

    kind: ClassVar[str] = "fields_present"
    attachments: ClassVar[bool] = True
    fields: tuple[str, ...]
    grounds: Grounds = Grounds.LAW

    @property
    def words(self) -> tuple[str, ...]:
        return self.fields

    @property
    def names(self) -> tuple[str, ...]:
        return self.fields

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the fields that were not seen."""
        return seen_inside(self.fields, document)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionsPresent:
    """篇章齐全: the document or its files have every section."""

    kind: ClassVar[str] = "sections_present"
    attachments: ClassVar[bool] = True
    sections: tuple[str, ...]
    grounds: Grounds = Grounds.LAW

    @property
    def words(self) -> tuple[str, ...]:
        return self.sections

    @property
    def names(self) -> tuple[str, ...]:
        return self.sections

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the sections that were not seen."""
        return seen_inside(self.sections, document)


def seen_inside(words: tuple[str, ...], document: Document) -> Shortfall:
    """The words that the eyes did not report; missing where the document was read whole."""
    absent = tuple(word for word in words if word not in document.elements)
    if not absent:
        return NOTHING_SHORT
    return lacking(absent, document)


def lacking(names: tuple[str, ...], document: Document) -> Shortfall:
    """What was not seen of a document: missing where it was read whole, else only unread."""
    if document.reading is Reading.WHOLE:
        return Shortfall(missing=names)
    return Shortfall(unread=names)
