"""目录信息: the index number, document number and the like that stand beside a document. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import ClassVar

from monitor.completeness.words import lacking
from monitor.model import ALONE, Beside, Document, Grounds, Place, Reading, Shortfall

_UNOPENED = frozenset({Reading.LISTED, Reading.UNOPENED, Reading.BROKEN})


@enum.unique
class Metadatum(enum.Enum):
    """目录信息的一项. The value is what rules.yaml and readers call it."""

    INDEX_NO = "索引号"
    DOC_NO = "发文字号"
    PUBLISHER = "发布机构"
    PUBLISHED = "发布日期"
    WRITTEN = "成文日期"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataPresent:
    """目录信息齐全: the page of the document shows each of them; a bare file has no such page."""

    kind: ClassVar[str] = "metadata_present"
    attachments: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ()
    fields: tuple[Metadatum, ...]
    grounds: Grounds = Grounds.DEFAULT

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.value for field in self.fields)

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return what the page does not show."""
        is_file = any(file.url == document.url for file in document.attachments)
        if document.reading in _UNOPENED or is_file:
            return Shortfall(unread=self.names)
        seen = {
            Metadatum.INDEX_NO: bool(document.index_no),
            Metadatum.DOC_NO: bool(document.doc_no),
            Metadatum.PUBLISHER: bool(document.publisher),
            Metadatum.PUBLISHED: document.published is not None,
            Metadatum.WRITTEN: document.written_on is not None,
        }
        absent = tuple(field.value for field in self.fields if not seen[field])
        places = tuple(
            Place(word=field.value, where="网页") for field in self.fields if seen[field]
        )
        short = lacking(absent, document)
        return Shortfall(missing=short.missing, unread=short.unread, places=places)
