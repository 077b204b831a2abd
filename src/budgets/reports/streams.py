"""Standard output and error of a kernel, cut into messages as ipykernel cuts them, without its threads.

ipykernel flushes a stream 0.2 s after its first unsent character, before anything is displayed and at the end of a cell
(output before error). What programs started by a cell write to the descriptors themselves counts too.
"""

import os
import tempfile
import threading
import time
from io import TextIOBase
from typing import Any

from jupyter_client.session import Session

from budgets.reports.wire import Wire

INTERVAL = 0.2
"""Seconds after which ipykernel sends what was written, whether or not it is flushed."""


class Capture(TextIOBase):
    """One stream. *descriptor* (1 or 2) is turned into a file that is read whenever the stream is written or flushed."""

    encoding = "UTF-8"

    def __init__(self, session: Session, wire: Wire, name: str, descriptor: int, both: "list[Capture]") -> None:
        self._session, self._wire, self.name, self._descriptor, self._both = session, wire, name, descriptor, both
        self._owner = os.getpid()
        self._lock = threading.RLock()
        self._waiting: list[str] = []
        self._due = 0.0
        self._parent: dict[str, Any] = {}
        self._outside = os.dup(descriptor)
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as the process
        self._read = 0
        # Opened for appending: every program that inherits it writes behind the others.
        appending = os.open(f"/dev/fd/{self._file.fileno()}", os.O_WRONLY | os.O_APPEND)
        os.dup2(appending, descriptor)
        os.close(appending)
        both.append(self)

    def write(self, string: str) -> int:
        """Keep *string* until the stream is sent."""
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        if os.getpid() != self._owner:  # a process forked by the cell
            os.write(self._descriptor, string.encode("utf-8", "replace"))
            return len(string)
        with self._lock:
            self._send_overdue()
            self._take(string)
        return len(string)

    def flush(self) -> None:
        """Send what is waiting."""
        if os.getpid() == self._owner:
            with self._lock:
                self._send_overdue()
                self._drain()
                self._send()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        """The descriptor of the process itself, outside the notebook, as in ipykernel."""
        return self._outside

    def set_parent(self, parent: dict[str, Any]) -> None:
        """The request that what follows belongs to."""
        self._parent = dict(parent.get("header", parent))

    def _take(self, string: str) -> None:
        self._drain()
        if string:
            if not self._waiting:
                self._due = time.monotonic() + INTERVAL
            self._waiting.append(string)

    def _drain(self) -> None:
        """Take over what was written to the descriptor since the last time."""
        written = os.fstat(self._file.fileno()).st_size - self._read
        if written > 0:
            found = os.pread(self._file.fileno(), written, self._read)
            self._read += len(found)
            if not self._waiting:
                self._due = time.monotonic() + INTERVAL
            self._waiting.append(found.decode("utf-8", "replace"))

    def _send_overdue(self) -> None:
        now = time.monotonic()
        for stream in sorted(self._both, key=lambda one: one._due):
            if stream._waiting and stream._due <= now:
                stream._send()

    def _send(self) -> None:
        if self._waiting:
            said, self._waiting = "".join(self._waiting), []
            content = {"name": self.name, "text": said}
            self._session.send(self._wire, "stream", content, parent=self._parent, ident=f"stream.{self.name}".encode())  # type: ignore[arg-type]
