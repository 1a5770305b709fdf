"""记录的部分 ⇄ 文字和列表: parts of records as scan files and the memory both keep them. Pure.

What is written here is read again years later: a new value stands last, and may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from monitor.model import (
    Attachment,
    Exposed,
    FileState,
    HiddenLink,
    Hiding,
    Misdated,
    NoDay,
    Personal,
    Place,
    WaitingLetter,
)


def plain_file(file: Attachment) -> tuple[object, ...]:
    """An attachment as a list; the places in it, which most have none of, last."""
    places = [(place.word, place.where, place.recognised) for place in file.places]
    return (file.name, file.url, file.state.name, *([places] if places else ()))


def file_of(
    name: str, url: str, state: str, places: Iterable[tuple[str, str, bool]] = ()
) -> Attachment:
    """The attachment of such a list."""
    return Attachment(
        name=name,
        url=url,
        state=FileState[state],
        places=tuple(
            Place(word=word, where=where, recognised=recognised)
            for word, where, recognised in places
        ),
    )


def plain_exposed(exposed: Exposed) -> tuple[str, str, str, str]:
    return (exposed.kind.name, exposed.masked, exposed.where, exposed.mark)


def exposed_of(kind: str, masked: str, where: str, mark: str) -> Exposed:
    return Exposed(kind=Personal[kind], masked=masked, where=where, mark=mark)


def plain_misdated(shown: Misdated) -> tuple[str, str, str | None]:
    return (shown.why.name, shown.text, iso(shown.day))


def misdated_of(why: str, text: str, day: str | None = None) -> Misdated:
    return Misdated(why=NoDay[why], text=text, day=day_of(day))


def plain_hidden(link: HiddenLink) -> tuple[str, str, int]:
    return (link.host, link.how.name, link.count)


def hidden_of(host: str, how: str, count: int = 1) -> HiddenLink:
    return HiddenLink(host=host, how=Hiding[how], count=count)


def plain_waiting(letter: WaitingLetter) -> tuple[str, str]:
    return (letter.sent_on.isoformat(), letter.state)


def waiting_of(sent_on: str, state: str) -> WaitingLetter:
    return WaitingLetter(sent_on=date.fromisoformat(sent_on), state=state)


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
