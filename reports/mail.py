"""邮件: what is to be told → one message for each recipient. Nothing is sent here.

The message lacks sender and date: both belong to the hour it goes out, see :func:`stamped`. It is
ASCII in lines of at most 78 characters, whatever it tells, so that every server takes it.
"""

from __future__ import annotations

import hashlib
import html
import mimetypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final

from monitor.cells import BadCell, read_mail
from monitor.model import LetterKind, Mailing
from monitor.wording import MailNote, Trouble

MB: Final = 1024 * 1024
#: mail servers of offices and schools refuse more, and phones do not load it
LARGEST: Final = 3 * MB
_LONGEST_SUBJECT: Final = 120
_LONGEST_NAME: Final = 80
_LONGEST_FILE_NAME: Final = 120
#: what makes a Message-ID ours; not the sender's domain, which may change under a letter
_DOMAIN: Final = "letters.mingcha.local"
#: lines of a header, marks that turn the direction of text, and what no header can hold
_UNFIT: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """信: what is told to a unit or to the office, once for all (``event``)."""

    event: str
    kind: LetterKind
    unit: str = ""  # code
    day: date
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str = ""  # the same content; made from ``text`` where it is not given
    short: str = ""  # the same in a few lines, for a chat group
    attachments: tuple[tuple[str, bytes], ...] = ()
    findings: tuple[str, ...] = ()
    reply_to: str = ""  # a person's mailbox


def compose(letter: Letter) -> tuple[Mailing, ...]:
    """One message for each recipient, each naming only that one; one to "" where there is nobody.

    Attachments that make it too large are left out, the largest first, and the text says so.
    """
    subject = clean(letter.subject, _LONGEST_SUBJECT)
    recipients = dict.fromkeys(map(one_address, letter.recipients)) or ("",)
    return tuple(
        Mailing(
            event=letter.event,
            kind=letter.kind,
            unit=letter.unit,
            day=letter.day,
            recipient=recipient,
            findings=letter.findings,
            subject=subject,
            message_id=message_id(letter.event, recipient),
            content=_fitting(letter, subject, recipient),
            short=letter.short,
        )
        for recipient in recipients
    )


def one_address(text: str) -> str:
    """Exactly one mail address in the form servers take; anything else is refused."""
    try:
        address = read_mail(text)
    except BadCell:
        address = ""
    if not address:
        raise Trouble.MAIL_ADDRESS.error(value=clean(text, _LONGEST_NAME))
    return address


def message_id(event: str, recipient: str) -> str:
    """The same event and recipient give the same message, however often it goes out."""
    return f"<{_digest(event, recipient)}@{_DOMAIN}>"


def clean(text: str, longest: int) -> str:
    r"""A text that can stand in a header: one line, nothing hidden, not too long.

    >>> clean("收费\r\nBcc: x@y.cn", 40)
    '收费 Bcc: x@y.cn'
    """
    visible = "".join(
        " " if unicodedata.category(character) in _UNFIT else character for character in text
    )
    one_line = " ".join(visible.split())
    return one_line if len(one_line) <= longest else one_line[: longest - 1] + "…"


def stamped(content: bytes, *, sender: str, name: str, at: datetime) -> bytes:
    """The message with its sender and the date it goes out on."""
    head = EmailMessage(policy=SMTP)
    head["From"] = Address(display_name=clean(name, _LONGEST_NAME), addr_spec=sender)
    head["Date"] = format_datetime(at)
    return head.as_bytes().removesuffix(b"\r\n") + content


def redirected(content: bytes, *, to: str, meant_for: str) -> bytes:
    """The message for a trial: to the one who tries it, who it was meant for at its top."""
    message = message_from_bytes(content, policy=SMTP)
    banner = MailNote.IN_TEST.tell(address=meant_for)
    message.replace_header("To", to)
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_attachment() or kind not in ("text/plain", "text/html"):
            continue
        text = part.get_content()
        if kind == "text/plain":
            _set_text(part, f"{banner}\n\n{text}", "plain")
        else:
            _set_text(part, _after_body(text, f"<p><b>{html.escape(banner)}</b></p>"), "html")
    return message.as_bytes()


def readable(content: bytes) -> str:
    """A message as a person reads it: its heading, its text, the names of its files."""
    message = message_from_bytes(content, policy=SMTP)
    body = message.get_body(("plain",))
    lines = [
        f"{word}　{message[name]}"
        for word, name in (("收件人", "To"), ("主　题", "Subject"))
        if message[name]
    ]
    files = [part.get_filename() or "" for part in message.iter_attachments()]
    if files:
        lines.append(f"附　件　{'、'.join(files)}")
    text = body.get_content().replace("\r\n", "\n").rstrip() if body else ""
    return "\n".join((*lines, "", text))


# --- the message -----------------------------------------------------------------------


def _fitting(letter: Letter, subject: str, recipient: str) -> bytes:
    left_out: list[str] = []
    while True:
        content = _message(_telling(letter, left_out), subject, recipient).as_bytes()
        if len(content) < LARGEST:
            return content
        if not letter.attachments:
            raise Trouble.MAIL_TOO_LARGE.error(subject=subject, limit=LARGEST // MB)
        largest = max(letter.attachments, key=lambda attachment: len(attachment[1]))
        kept = tuple(one for one in letter.attachments if one is not largest)
        letter = replace(letter, attachments=kept)
        left_out.append(clean(largest[0], _LONGEST_NAME))


def _telling(letter: Letter, left_out: list[str]) -> Letter:
    """The letter that says at its end what was left out of it."""
    if not left_out:
        return letter
    told = MailNote.LEFT_OUT.tell(names="、".join(left_out))
    page = letter.html and _before_end(letter.html, f"<p>{html.escape(told)}</p>")
    return replace(letter, text=f"{letter.text.rstrip()}\n\n{told}\n", html=page)


def _message(letter: Letter, subject: str, recipient: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    if recipient:
        message["To"] = recipient
    message["Subject"] = subject
    if letter.reply_to:
        message["Reply-To"] = one_address(letter.reply_to)
    message["Message-ID"] = message_id(letter.event, recipient)
    # a month of a unit is one conversation; the message it began with need not exist
    thread = _digest(letter.unit, f"{letter.day:%Y-%m}", recipient)
    message["References"] = f"<thread.{thread}@{_DOMAIN}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "zh-CN"
    text = "\n".join(re.split(r"\r\n?|\n", letter.text))
    _set_text(message, text, "plain")
    message.add_alternative("", subtype="html")
    _set_text(list(message.iter_parts())[-1], letter.html or _page(text), "html")
    for kind, name, content in _attached(letter):
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def _set_text(part: MIMEPart[Any, Any], text: str, subtype: str) -> None:
    # base64: no line too long, no line that begins with a dot, no server that must speak 8 bits
    part.set_content(text, subtype=subtype, charset="utf-8", cte="base64")


def _attached(letter: Letter) -> Iterator[tuple[str, str, bytes]]:
    for name, content in letter.attachments:
        guessed, _ = mimetypes.guess_type(name)
        # a text of unknown encoding and a letter in a letter would be shown, not offered as a file
        is_file = guessed and (guessed.startswith("application/") or guessed == "text/html")
        kind = guessed if guessed and is_file else "application/octet-stream"
        yield kind, clean(name, _LONGEST_FILE_NAME), content


def _page(text: str) -> str:
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"></head>'
        f'<body><div style="white-space: pre-wrap">{html.escape(text)}</div></body></html>'
    )


def _after_body(page: str, inner: str) -> str:
    found = re.search(r"<body\b[^>]*>", page, re.IGNORECASE)
    place = found.end() if found else 0
    return page[:place] + inner + page[place:]


def _before_end(page: str, inner: str) -> str:
    place = page.lower().rfind("</body>")
    place = place if place >= 0 else len(page)
    return page[:place] + inner + page[place:]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
