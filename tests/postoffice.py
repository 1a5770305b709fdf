"""A mail server of our own over raw sockets: it says, cuts or keeps silent as a test tells it.

The journal is the other side's witness: a message stands in it when its final dot was received and
the server took it, whatever the sender got to hear of that.
"""

from __future__ import annotations

import base64
import enum
import ipaddress
import re
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.settings.sections import MailSettings

PASSWORD = "a-password-of-the-tests"


class Step(enum.Enum):
    """Where a conversation stands; the server asks its rule before it answers."""

    BANNER = "220 post office"
    EHLO = "250"
    STARTTLS = "220 go on"
    AUTH = "235 welcome"
    MAIL = "250 sender ok"
    RCPT = "250 recipient ok"
    DATA = "354 send it"
    BODY = ""  # some of the message has come, its end has not
    DOT = "250 taken"
    ANSWERED = "-"  # the answer to the dot is on its way


@dataclass(frozen=True)
class Say:
    """Answer with this line; ``2…`` at the dot takes the message."""

    line: str


@dataclass(frozen=True)
class Cut:
    """Close the connection; ``take``: with the message taken."""

    take: bool = False


@dataclass(frozen=True)
class Silence:
    """Say nothing until the sender goes away."""

    take: bool = False


Action = Say | Cut | Silence


@dataclass
class Visit:
    """One connection, and the message that is being told over it."""

    number: int
    commands: list[str] = field(default_factory=list)
    encrypted: bool = False
    sender: str = ""
    recipient: str = ""
    raw: bytes = b""  # as it came, dots doubled
    talk: socket.socket | None = None  # the encrypted one, once there is one
    over: threading.Event = field(default_factory=threading.Event)  # the server hung up


@dataclass(frozen=True)
class Accepted:
    """One message that the server took."""

    recipient: str
    raw: bytes

    @property
    def content(self) -> bytes:
        return re.sub(rb"(?m)^\.", b"", self.raw)

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=SMTP)

    @property
    def message_id(self) -> str:
        return re.search(rb"(?im)^message-id:\s*(\S+)", self.raw)[1].decode()


Rule = Callable[[Step, Visit], Action | None]


def usual(step: Step, visit: Visit) -> Action | None:
    """Take every message."""


class PostOffice:
    """A server on loopback. ``rule`` may be changed at any time."""

    def __init__(
        self,
        rule: Rule = usual,
        *,
        security: str = "none",
        certificate: Path | None = None,
        features: tuple[str, ...] = ("8BITMIME", "SIZE 10485760"),
    ) -> None:
        self.rule = rule
        self.security = security
        self.features = features
        self.journal: list[Accepted] = []
        self.visits: list[Visit] = []
        self._context: ssl.SSLContext | None = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def settings(self, **changes: object) -> MailSettings:
        """How an office would write this server into its settings."""
        usual_ones = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": self.security,
            "sender": "jyj@example.cn",
            "live": True,
        }
        return MailSettings(**usual_ones | changes)

    @property
    def times_accepted(self) -> Counter[str]:
        """How often each message was taken, by Message-ID."""
        return Counter(one.message_id for one in self.journal)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    # --- one connection ----------------------------------------------------------------

    def _serve(self) -> None:
        while True:
            try:
                talk, _ = self._listener.accept()
            except OSError:
                return
            visit = Visit(number=len(self.visits) + 1)
            self.visits.append(visit)
            thread = threading.Thread(target=self._receive, args=(talk, visit), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _receive(self, talk: socket.socket, visit: Visit) -> None:
        # a sender that is killed, or hangs up, ends the conversation wherever it stands
        talk.settimeout(20)
        talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError, _Over):
            try:
                if self.security == "tls" and self._context:
                    talk = self._context.wrap_socket(talk, server_side=True)
                    visit.encrypted = True
                self._say(talk, visit, Step.BANNER)
                lines = _Lines(talk)
                while True:
                    lines = self._command(lines, visit)
            finally:
                (visit.talk or talk).close()
                visit.over.set()

    def _command(self, lines: _Lines, visit: Visit) -> _Lines:
        line = lines.next().decode("utf-8", "replace")
        visit.commands.append(line[:8].upper() + line[8:])
        verb = line[:4].upper()
        talk = lines.talk
        if verb in ("EHLO", "HELO"):
            self._say(talk, visit, Step.EHLO, self._greeting(visit))
        elif verb == "STAR":
            self._say(talk, visit, Step.STARTTLS)
            assert self._context
            talk = self._context.wrap_socket(talk, server_side=True)
            visit.talk = talk  # the first socket is detached: this one is to be closed
            visit.encrypted = True
            return _Lines(talk)
        elif verb == "AUTH":
            given = base64.b64decode(line.split()[2]).split(b"\0")
            right = given[2].decode() == PASSWORD
            self._say(talk, visit, Step.AUTH, "235 welcome" if right else "535 no such login")
        elif verb == "MAIL":
            visit.sender = line
            self._say(talk, visit, Step.MAIL)
        elif verb == "RCPT":
            visit.recipient = re.search("<(.*)>", line)[1]
            self._say(talk, visit, Step.RCPT)
        elif verb == "DATA":
            if self._say(talk, visit, Step.DATA).startswith("354"):
                self._message(lines, visit)
        elif verb == "QUIT":
            talk.sendall(b"221 bye\r\n")
            raise _Over
        else:
            talk.sendall(b"250 fine\r\n")
        return lines

    def _greeting(self, visit: Visit) -> str:
        features = [*self.features]
        if self.security == "starttls" and not visit.encrypted:
            features.append("STARTTLS")
        if visit.encrypted:
            features.append("AUTH PLAIN")
        answer = ["post office", *features]
        return "\r\n".join(f"250{'-' if one is not answer[-1] else ' '}{one}" for one in answer)

    def _message(self, lines: _Lines, visit: Visit) -> None:
        lines.fill()
        self._act(lines.talk, visit, self.rule(Step.BODY, visit))
        visit.raw = lines.message()
        action = self.rule(Step.DOT, visit)
        line = action.line if isinstance(action, Say) else Step.DOT.value
        if line.startswith("2") if not isinstance(action, Cut | Silence) else action.take:
            self.journal.append(Accepted(visit.recipient, visit.raw))
        self._act(lines.talk, visit, action)
        if not isinstance(action, Say):
            lines.talk.sendall(f"{line}\r\n".encode())
        self._act(lines.talk, visit, self.rule(Step.ANSWERED, visit))

    def _say(self, talk: socket.socket, visit: Visit, step: Step, line: str = "") -> str:
        action = self.rule(step, visit)
        self._act(talk, visit, action)
        if isinstance(action, Say):
            return action.line
        line = line or step.value
        talk.sendall(f"{line}\r\n".encode())
        return line

    def _act(self, talk: socket.socket, visit: Visit, action: Action | None) -> None:
        match action:
            case Say(line):
                talk.sendall(f"{line}\r\n".encode())
                if line.startswith("421"):
                    raise _Over
            case Cut():
                raise _Over
            case Silence():
                with suppress(OSError):
                    while talk.recv(65536):
                        pass
                raise _Over


class _Over(Exception):
    """The conversation has ended."""


class _Lines:
    """What comes over a socket, line by line or as a message up to its final dot."""

    def __init__(self, talk: socket.socket) -> None:
        self.talk = talk
        self._kept = b""

    def fill(self) -> None:
        came = self.talk.recv(65536)
        if not came:
            raise _Over
        self._kept += came

    def next(self) -> bytes:
        return self._until(b"\r\n")

    def message(self) -> bytes:
        return self._until(b"\r\n.\r\n") + b"\r\n"

    def _until(self, end: bytes) -> bytes:
        looked_at = 0
        while (found := self._kept.find(end, max(0, looked_at - len(end)))) < 0:
            looked_at = len(self._kept)
            self.fill()
        came, self._kept = self._kept[:found], self._kept[found + len(end) :]
        return came


@contextmanager
def opened(rule: Rule = usual, **given: object) -> Iterator[PostOffice]:
    """A post office that is gone at the end of the block."""
    office = PostOffice(rule, **given)
    try:
        yield office
    finally:
        office.close()


def at(step: Step, action: Action, *, times: int = 1) -> Rule:
    """A rule that does something at one step, so many times; all else is as usual."""
    left = [times]

    def rule(here: Step, _: Visit) -> Action | None:
        if here is step and left[0]:
            left[0] -= 1
            return action
        return None

    return rule


def certificate(
    path: Path, *, host: str = "127.0.0.1", years: tuple[int, int] = (2020, 2099)
) -> Path:
    """A certificate of our own making, signed by itself, with its key, at ``path``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post office")])
    try:
        known_as: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        known_as = x509.DNSName(host)
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in years)
    public = key.public_key()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(7)
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.SubjectAlternativeName([known_as]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
