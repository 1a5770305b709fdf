"""附件可打开: whether the files of a document open, whatever can be read in them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from monitor.model import (
    ALONE,
    Attachment,
    Beside,
    Document,
    FileState,
    Grounds,
    Reading,
    Shortfall,
)
from monitor.wording import ATTACHMENTS

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
class AttachmentOpens:
    """附件可打开: every file of the document opens; a document without files is whole."""

    kind: ClassVar[str] = "attachment_opens"
    attachments: ClassVar[bool] = True
    grounds: ClassVar[Grounds] = Grounds.LAW
    words: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ()

    def check(self, document: Document, beside: Beside = ALONE) -> Shortfall:
        """Return the files that do not open, and those nobody could try."""
        if document.reading in _UNOPENED:
            return Shortfall(unread=(ATTACHMENTS,))
        files = document.attachments
        return Shortfall(
            broken=tuple(_name(file) for file in files if file.state is FileState.BROKEN),
            unread=tuple(_name(file) for file in files if file.state in _UNKNOWN),
        )


def _name(file: Attachment) -> str:
    return file.name or file.url
