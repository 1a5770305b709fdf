"""An island: a network of its own, whose loopback owns any address, with a scripted name server.

Nothing on it can reach any other machine, and a name may answer with any address there is: so the
real resolver, the real guard and real connections are tested with names and public addresses. It is
a Linux network namespace; who may not make one sees the tests skipped, with the reason.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h
_NAME_SERVER = 53
_REFUSED_NAME = 3  # NXDOMAIN


class Island:
    """What runs through ``run`` sees only the island; so do the processes it starts."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self.run(lambda: _settle([*addresses, *_name_servers()]))
        self.names = self.run(lambda: NameServer(_name_servers()))

    def run(self, work: Callable[[], T]) -> T:
        return self._thread.submit(work).result()

    def close(self) -> None:
        self.names.close()
        self._thread.shutdown()


class NameServer:
    """A name server with scripted answers; what it does not know does not exist."""

    def __init__(self, places: Iterable[str]) -> None:
        #: addresses by name: each question takes the next one, the last stays; none: no answer
        self.answers: dict[str, Sequence[str]] = {}
        self.asked: list[str] = []
        self._sockets = [_bound(place) for place in places]
        for one in self._sockets:
            threading.Thread(target=self._serve, args=(one,), daemon=True).start()

    def close(self) -> None:
        for one in self._sockets:
            one.close()

    def _serve(self, one: socket.socket) -> None:
        while True:
            try:
                question, who = one.recvfrom(1500)
            except OSError:
                return
            name, end = _name_in(question)
            self.asked.append(name)
            known = self.answers.get(name)
            if known == ():
                continue
            number = min(self.asked.count(name), len(known or ())) - 1
            one.sendto(_reply(question, end, known[number] if known else ""), who)


@contextmanager
def island(*addresses: str) -> Iterator[Island]:
    """An island that owns ``addresses``, gone at the end of the block."""
    if os.geteuid() != 0:
        pytest.skip("a network of its own needs root")
    made = Island(addresses)
    try:
        yield made
    finally:
        made.close()


def _settle(addresses: Iterable[str]) -> None:
    """Leave the machine's network for a new one: this thread, and all it starts from now on."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK):
        pytest.skip(f"no network of its own: {os.strerror(ctypes.get_errno())}")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in dict.fromkeys(addresses):
        if not address.startswith("127.") and address != "::1":
            width = 128 if ":" in address else 32
            command = ["ip", "address", "add", f"{address}/{width}", "dev", "lo"]
            subprocess.run([*command, "nodad"] if width == 128 else command, check=True)


def _name_servers() -> list[str]:
    """Where this machine's resolver asks: these addresses are the island's, too."""
    lines = Path("/etc/resolv.conf").read_text("utf-8").splitlines()
    named = [line.split()[1] for line in lines if line.startswith("nameserver")]
    return named or ["127.0.0.1"]


def _bound(place: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    one = socket.socket(family, socket.SOCK_DGRAM)
    one.bind((place, _NAME_SERVER))
    return one


def _name_in(question: bytes) -> tuple[str, int]:
    """The name that is asked for, and where the question ends."""
    labels, place = [], 12
    while length := question[place]:
        labels.append(question[place + 1 : place + 1 + length].decode("ascii", "replace"))
        place += length + 1
    return ".".join(labels).lower(), place + 5


def _reply(question: bytes, end: int, address: str) -> bytes:
    """An A record with ``address``, or that there is no such name."""
    code = 0 if address else _REFUSED_NAME
    head = question[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, int(bool(address)), 0, 0)
    if not address:
        return head + question[12:end]
    record = struct.pack(">HHHIH", 0xC00C, 1, 1, 0, 4) + socket.inet_aton(address)
    return head + question[12:end] + record
