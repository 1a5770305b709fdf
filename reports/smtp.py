"""线路: one conversation with the office's mail server, step by step; smtplib's home.

Each step is taken by itself, because what a failure means depends on where it happens. Before the
final dot nothing has been taken: try again. From the dot to the answer nobody knows: UNCLEAR.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from monitor.model import LetterState
from monitor.settings.sections import MailSettings
from monitor.wording import MailNote, MonitorError, Trouble

_LONGEST_ANSWER: Final = 200
_BAD_LOGIN: Final = (530, 534, 535, 538)
_TOO_LARGE: Final = 552
_CLOSING: Final = 421
_WHY_CLOSED: Final[tuple[tuple[type[OSError], MailNote], ...]] = (
    (socket.gaierror, MailNote.NO_NAME),
    (ConnectionRefusedError, MailNote.NOBODY_THERE),
    (TimeoutError, MailNote.NO_ANSWER),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """耐心: seconds to wait for the server; RFC 5321 gives it ten minutes for the last answer."""

    connect: float = 30
    reply: float = 60
    answer: float = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one message: SENT, REFUSED, UNCLEAR, or QUEUED (not taken, try again)."""

    state: LetterState
    said: str


class NoService(Exception):
    """The server serves nobody now; no letter's fault. ``settings``: waiting mends nothing."""

    def __init__(self, error: MonitorError, *, settings: bool = False) -> None:
        super().__init__(error.code)
        self.error = error
        self.settings = settings


class Line:
    """线路: opened when the first message goes out, and anew after it broke."""

    def __init__(self, mail: MailSettings, password: str, patience: Patience) -> None:
        self._mail = mail
        self._password = password
        self._patience = patience
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye; where something failed hang up, since the server may wait for text."""
        if self._smtp is not None and error is None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._hang_up()

    def deliver(
        self, recipient: str, message: bytes, *, hand_over: Callable[[], bool]
    ) -> Answer | None:
        """Send one message to one recipient; None when ``hand_over`` forbids to end it.

        ``hand_over`` is called when all but the final dot is sent. Raises ``NoService``.
        """
        smtp = self._smtp or self._open()
        try:
            return self._transact(smtp, recipient, message, hand_over)
        except (OSError, smtplib.SMTPException):  # a send that fails has not sent the dot
            self._hang_up()
            return Answer(state=LetterState.QUEUED, said=MailNote.CUT.tell())
        except BaseException:
            self._hang_up()
            raise

    # --- one message -------------------------------------------------------------------

    def _transact(
        self, smtp: smtplib.SMTP, recipient: str, message: bytes, hand_over: Callable[[], bool]
    ) -> Answer | None:
        size = [f"size={len(message)}"] if smtp.has_extn("size") else []
        code, text = smtp.mail(self._mail.sender, size)
        if code != 250:
            return self._not_from_us(code, text)
        code, text = smtp.rcpt(recipient)
        if code not in (250, 251):
            return self._not_taken(code, text)
        code, text = smtp.docmd("data")
        if code != 354:
            return self._not_taken(code, text)
        smtp.send(_as_lines(message))
        if not hand_over():
            self._hang_up()
            return None
        if not self._listens(smtp):
            self._hang_up()
            return Answer(state=LetterState.QUEUED, said=MailNote.CUT.tell())
        smtp.send(b".\r\n")
        return self._answer(smtp)

    def _answer(self, smtp: smtplib.SMTP) -> Answer:
        """The answer to the final dot. Without one nobody knows."""
        try:
            _socket(smtp).settimeout(self._patience.answer)
            code, text = smtp.getreply()
            _socket(smtp).settimeout(self._patience.reply)
        except (OSError, smtplib.SMTPException):
            code, text = 0, b""
        if 200 <= code < 300:
            return Answer(state=LetterState.SENT, said=_said(code, text))
        if code in range(400, 600):
            if code == _CLOSING:
                self._hang_up()
            state = LetterState.QUEUED if code < 500 else LetterState.REFUSED
            return Answer(state=state, said=_said(code, text))
        self._hang_up()
        return Answer(state=LetterState.UNCLEAR, said="")

    def _not_from_us(self, code: int, text: bytes) -> Answer:
        if code >= 500 and code not in (_TOO_LARGE, *_BAD_LOGIN):
            raise self._wrong(Trouble.MAIL_SENDER, _said(code, text))
        return self._not_taken(code, text)

    def _not_taken(self, code: int, text: bytes) -> Answer:
        said = _said(code, text)
        if code == _CLOSING:
            raise NoService(Trouble.MAIL_BUSY.error(host=self._mail.host, answer=said))
        if code in _BAD_LOGIN:
            raise self._wrong(Trouble.MAIL_LOGIN, said)
        if code in range(400, 600):
            self._begin_anew()
            state = LetterState.QUEUED if code < 500 else LetterState.REFUSED
            return Answer(state=state, said=said)
        self._hang_up()  # an answer that is none: whoever it is speaks no SMTP
        return Answer(state=LetterState.QUEUED, said=said)

    def _begin_anew(self) -> None:
        """Forget this message; what was said of it holds, whatever becomes of the line."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _listens(self, smtp: smtplib.SMTP) -> bool:
        """Whether the server still waits: one that hung up or spoke has ended the message."""
        talk = _socket(smtp)
        talk.settimeout(0)
        try:
            talk.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            talk.settimeout(self._patience.reply)
            return True
        except OSError:
            return False
        return False

    # --- the line ----------------------------------------------------------------------

    def _open(self) -> smtplib.SMTP:
        if self._mail.user and self._mail.security == "none":
            raise self._wrong(Trouble.MAIL_PLAIN_LOGIN)
        try:
            self._smtp = smtp = self._connected()
            _socket(smtp).settimeout(self._patience.reply)
            # the final dot is a small packet after a large one: it would wait 40 ms for an echo
            _socket(smtp).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if self._mail.security == "starttls":
                self._encrypt(smtp)
            if self._mail.user:
                self._log_in(smtp)
            return smtp
        except NoService:
            self._hang_up()
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise self._closed(error) from error

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            raise self._wrong(Trouble.MAIL_NO_ENCRYPTION)
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.login(self._mail.user, self._password)
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code < 500:
                raise
            said = _said(error.smtp_code, error.smtp_error)
            raise self._wrong(Trouble.MAIL_LOGIN, said) from error
        except (smtplib.SMTPNotSupportedError, UnicodeEncodeError) as error:
            said = MailNote.LOGIN_UNFIT.tell()
            raise self._wrong(Trouble.MAIL_LOGIN, said) from error

    def _closed(self, error: OSError) -> NoService:
        """Why there is no line."""
        if isinstance(error, smtplib.SMTPResponseException):
            said = _said(error.smtp_code, error.smtp_error)
            return NoService(Trouble.MAIL_BUSY.error(host=self._mail.host, answer=said))
        if isinstance(error, ssl.SSLCertVerificationError):
            return self._wrong(Trouble.MAIL_CERTIFICATE, error.verify_message)
        if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
            return self._wrong(Trouble.MAIL_NO_ENCRYPTION)
        notes = (note for kind, note in _WHY_CLOSED if isinstance(error, kind))
        said = next(notes, MailNote.CUT).tell()
        return NoService(Trouble.MAIL_UNREACHABLE.error(host=self._mail.host, answer=said))

    def _wrong(self, trouble: Trouble, said: str = "") -> NoService:
        mail = self._mail
        error = trouble.error(host=mail.host, sender=mail.sender, answer=said)
        return NoService(error, settings=True)

    def _connected(self) -> smtplib.SMTP:
        mail = self._mail
        # the name we give is our own domain: the machine's would be asked of a name server
        own_name = mail.sender.rpartition("@")[2]
        timeout = self._patience.connect
        if mail.security == "tls":
            return smtplib.SMTP_SSL(
                mail.host,
                mail.port,
                own_name,
                timeout=timeout,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(mail.host, mail.port, own_name, timeout=timeout)

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected
    return smtp.sock


def _as_lines(message: bytes) -> bytes:
    """The message as the wire wants it: a dot before a dot, the last line ended."""
    quoted = re.sub(rb"(?m)^\.", b"..", message)
    return quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n"


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _plain(f"{code} {words}")


def _plain(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_ANSWER]
