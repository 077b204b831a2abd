"""Fresh forks of one warm process.

A warm process is started once, by itself (no thread, no state of the caller), imports what reports need and then only
forks: workers, which make reports, and the kernels of whoever asks. A worker is warm itself and forks its kernels alone.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Protocol

from budgets.errors import BudgetsError

START = "import sys; sys.path[:] = {path!r}; from budgets.reports.warm import main; main({descriptor}, {data!r})"


class Fork(Protocol):
    """A process forked for us."""

    pid: int

    def ended(self) -> int | None:
        """Its wait status once it has ended, else None."""

    def wait(self) -> int:
        """Its exit code (negative: the signal that ended it), once it has ended."""


@dataclass
class OwnFork:
    """A child of this very process."""

    pid: int
    _status: int | None = None

    def ended(self) -> int | None:
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status

    def wait(self) -> int:
        """Its exit code (negative: the signal that ended it), once it has ended."""
        if self._status is None:
            _, self._status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(self._status)


@dataclass
class LentFork:
    """A child of the warm process, forked for us."""

    pid: int
    _warm: "WarmProcess"
    _status: int | None = None

    def ended(self) -> int | None:
        if self._status is None:
            self._status = self._warm.status(self.pid)
        return self._status

    def wait(self) -> int:
        """Its exit code (negative: the signal that ended it), once it has ended."""
        while (status := self.ended()) is None:
            time.sleep(0.001)
        return os.waitstatus_to_exitcode(status)


private: list[int] = []
"""Descriptors of this process that its forks must not keep."""
here = False
"""Is this process warm itself, so that it may be forked?"""


def can_fork() -> bool:
    """Not on Windows; not where BUDGETS_FORK=0 says so."""
    return hasattr(os, "fork") and os.environ.get("BUDGETS_FORK") != "0"


def fork(role: Callable[..., None], end: socket.socket | None, *arguments: Any) -> OwnFork:
    """Fork this warm process; the child runs *role(end, *arguments)* and ends with it."""
    pid = os.fork()
    if pid:
        return OwnFork(pid)
    code = 70
    try:
        for descriptor in private:
            os.close(descriptor)
        private.clear()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        role(end, *arguments)
        code = 0
    except SystemExit:
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def run(work: Callable[[], None]) -> None:
    """Do *work*, which may start threads: where this process is warm in a fork of its own, since a process with threads
    cannot be forked again; else here.

    Raises the OSError that ended the fork, `BudgetsError` where it ended of anything else.
    """
    if not here:
        work()
        return
    said, saying = os.pipe()

    def tell(_: None) -> None:
        try:
            work()
        except OSError as error:
            os.write(saying, str(error.errno or 0).encode())
            raise

    with os.fdopen(said, "rb") as pipe:
        try:
            code = fork(tell, None).wait()
        finally:
            os.close(saying)
        number = int(pipe.read() or 0)
    if number:
        raise OSError(number, os.strerror(number))
    if code:
        raise BudgetsError("engine.exit", code=code)


class WarmProcess:
    """A warm process of ours, with the tables of *data* loaded if given; ends with this process, or when closed."""

    def __init__(self, data: str | None = None) -> None:
        ours, theirs = socket.socketpair()
        program = START.format(path=sys.path, descriptor=theirs.fileno(), data=data)
        self._lock = threading.Lock()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", program],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            start_new_session=True,  # an interrupt from the keyboard is for us, who then end it
        )
        theirs.close()
        self._socket, self._control = ours, Connection(os.dup(ours.fileno()))

    def fork(self, role: str, end: socket.socket, *arguments: Any) -> LentFork:
        """Fork a *role* ("kernel" or "worker") that talks at *end*, which is the fork's alone from now on."""
        pid = self._ask([end.fileno()], ("fork", role, arguments))
        end.close()
        return LentFork(pid, self)

    def status(self, pid: int) -> int | None:
        """The wait status of a fork, None while it runs."""
        status: int | None = self._ask([], ("status", pid, ()))
        return status

    def close(self) -> None:
        """End it and all its forks."""
        self._control.close()
        self._socket.close()
        self._process.wait()

    def _ask(self, ends: list[int], request: tuple[str, Any, tuple[Any, ...]]) -> Any:
        try:
            with self._lock:
                if ends:
                    socket.send_fds(self._socket, [b"."], ends)
                else:
                    self._socket.send(b".")
                self._control.send(request)
                return self._control.recv()
        except (EOFError, OSError):
            self._said.seek(0)
            said = self._said.read().decode("utf-8", "replace").strip().splitlines() or ["?"]
            raise BudgetsError("engine.no_process", code=self._process.wait(), why=said[-1]) from None


_process: WarmProcess | None = None
_starting = threading.Lock()


def warm_process() -> WarmProcess:
    """The one warm process of this process, started when first needed."""
    global _process
    with _starting:
        if _process is None or _process._process.poll() is not None:
            _process = WarmProcess()
        return _process
