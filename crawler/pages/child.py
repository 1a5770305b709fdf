"""会被结束的帮手: a child process that reads files, kept for the next one, ended when it is stuck.

To start one takes longer than to read most files, so it stays as long as it behaves.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from crawler.pages.reader import JOBS, LENGTH

#: bytes of one answer; what the child says is not trusted either
_LONGEST_ANSWER = 16 * 2**20


class Child:
    """读附件的子进程 of one job: ``ask`` it for one file after the other, from any thread."""

    def __init__(self, job: str) -> None:
        self._name = job
        self._job = JOBS[job]
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def ask(self, body: bytes) -> Mapping[str, object] | None:
        """Return what the child says of a file; None when it died of it or took too long."""
        with self._one_at_a_time:
            process = self._process
            if process is None or process.poll() is not None:
                process = self._started()
            told = self._told(process, body, self._job.hard_seconds) if process else None
            if told is None or told["leaves"]:
                self.end()
            return told

    def end(self) -> None:
        """End the child, if there is one; the next file starts another."""
        if process := self._process:
            self._process = None
            process.kill()
            process.communicate()

    def _started(self) -> subprocess.Popen[bytes] | None:
        """Start a child and wait until it is ready, so that its start is not the file's time."""
        self.end()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "crawler.pages.reader", self._name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        is_ready = self._told(self._process, None, self._job.start_seconds) is not None
        return self._process if is_ready else None

    def _told(
        self, process: subprocess.Popen[bytes], body: bytes | None, seconds: float
    ) -> Mapping[str, object] | None:
        """Hand a file over and wait for the line about it."""
        assert process.stdin
        assert process.stdout
        told: Mapping[str, object] | None = None
        with _ended_after(process, seconds):
            try:
                if body is not None:
                    process.stdin.write(LENGTH.pack(len(body)))
                    process.stdin.write(body)
                    process.stdin.flush()
                told = json.loads(process.stdout.readline(_LONGEST_ANSWER))
            except (OSError, ValueError):
                pass  # it is gone, or its line is cut: there is no answer
        return told


@contextmanager
def _ended_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill a process that is still busy after ``seconds``: whoever waits for it reads its end."""
    watch = threading.Timer(seconds, process.kill)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()  # a kill that began is over, so the next file finds a dead child and not half
