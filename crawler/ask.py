"""问与答: what a walk asks of the network and what it gets. Records only.

A walk is a generator: it yields an ``Ask``, is sent the ``Answer``, and returns what it found. So
every decision about what to open next is pure, and is tested with a dict of pages.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from crawler.pages.attachments import FileText
from monitor.model import Evidence, Outcome

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """一次打开: an address, and the validators of the last time if an unchanged page will do."""

    url: str
    referer: str = ""
    etag: str = ""
    last_modified: str = ""
    keep: bool = False  # store the body: a verdict may rest on it
    file: bool = False  # an attachment: more bytes are taken, and its text is read
    shown: bool = False  # as a browser shows it, its scripts run
    scan: bytes = field(default=b"", repr=False)  # its file: nothing is opened, but characters
    # are read off its pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """一次打开的结果: a response, or the outcome that stands for the lack of one."""

    asked: str
    url: str  # after redirects
    redirects: tuple[str, ...] = ()  # the addresses gone through on the way
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    failure: Outcome | None = None
    phrase: str = ""  # of a failure: the other site's name, the forbidden address
    remarks: tuple[str, ...] = ()  # on the site, in Chinese
    file: FileText | None = None
    fetched_at: datetime
    evidence: Evidence | None = None  # where the body was stored, if it was to be kept

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


Walk = Generator[Ask, Answer, T]
