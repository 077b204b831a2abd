"""What `nbclient` takes for its kernel manager and client: a forked kernel at the other end of a socket pair.

All of papermill and nbclient (timing, outputs, widgets, errors, timeouts of a cell) runs unchanged on top of it.
"""

import asyncio
import contextlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import psutil
from jupyter_client.session import Session
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError

from budgets.reports import forks, kernel
from budgets.reports.limits import Limits
from budgets.reports.wire import Wire, receive

LOOK = 0.2
"""Seconds between two looks at time and memory."""


class ForkedKernel:
    """Manager and client in one; the kernel is forked when the object is made, in the working directory of the moment."""

    has_kernel = True
    ipykernel = True
    allow_stdin = False

    def __init__(self, limits: Limits) -> None:
        self.limits, self.broken = limits, ""
        self._end, theirs = socket.socketpair()
        self._started = time.monotonic()
        self._fork = self._forked(theirs, str(Path.cwd()), dict(os.environ))
        theirs.close()
        self.session = Session(key=kernel.KEY, check_pid=False)
        self._wire = Wire(self._end, kernel.SHELL)
        self._tasks: list[asyncio.Task[None]] = []
        self._writer: asyncio.StreamWriter | None = None
        self.shell_channel = self.iopub_channel = Channel()

    def _forked(self, theirs: socket.socket, folder: str, environment: dict[str, str]) -> forks.Fork:
        if not forks.here:
            return forks.warm_process().fork("kernel", theirs, folder, environment)
        forks.private.append(self._end.fileno())
        try:
            return forks.fork(kernel.serve, theirs, folder, environment)
        finally:
            forks.private.pop()

    # What nbclient asks of a kernel manager

    def client(self) -> "ForkedKernel":
        return self

    def is_alive(self) -> bool:
        return self._fork.ended() is None

    # What nbclient asks of a kernel client

    async def start_channels(self) -> None:
        self.shell_channel, self.iopub_channel = Channel(), Channel()
        reader, self._writer = await asyncio.open_connection(sock=self._end)
        self._tasks = [asyncio.create_task(self._receive(reader)), asyncio.create_task(self._watch())]

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """A fork of a warm process is ready."""

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        content = {"code": code, "silent": False, "store_history": store_history, "user_expressions": {}}
        return self._send("execute_request", content | {"allow_stdin": False, "stop_on_error": stop_on_error})

    def kernel_info(self) -> str:
        return self._send("kernel_info_request", {})

    def close(self) -> None:
        """End the kernel, and whatever it started; afterwards `how` says how it ended."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._fork.pid, signal.SIGKILL)
        run_sync(self._stop)()
        if self._fork.ended() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._fork.pid, signal.SIGKILL)  # before it had made a group of its own
            self._fork.wait()

    def how(self) -> tuple[str, dict[str, object]]:
        """Why the kernel is gone, as the key and fields of the words for it."""
        if self.broken:
            return f"engine.{self.broken}", {"seconds": self.limits.seconds, "megabytes": self.limits.megabytes}
        status = self._fork.ended()
        if status is not None and os.WIFSIGNALED(status):
            return "engine.signal", {"signal": signal.Signals(os.WTERMSIG(status)).name}
        return "engine.exit", {"code": os.waitstatus_to_exitcode(status) if status is not None else "?"}

    def _send(self, kind: str, content: dict[str, Any]) -> str:
        message = self.session.msg(kind, content)
        with contextlib.suppress(OSError):  # it has just ended: the answer that does not come says so
            self.session.send(self._wire, message)  # type: ignore[arg-type]
        return str(message["header"]["msg_id"])

    async def _stop(self) -> None:
        # On the loop that reads the socket: it must forget the descriptor before another kernel gets its number.
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._writer is not None:
            self._writer.transport.abort()
            await asyncio.sleep(0)
        self._tasks, self._writer = [], None
        self._end.close()

    async def _receive(self, reader: asyncio.StreamReader) -> None:
        while message := await receive(reader):
            channel, frames = message
            _, rest = self.session.feed_identities(frames)
            read = self.session.deserialize(rest)
            (self.iopub_channel if channel == kernel.IOPUB else self.shell_channel).put(read)
        self.shell_channel.put(None)
        self.iopub_channel.put(None)

    async def _watch(self) -> None:
        """End a kernel that takes too long or too much."""
        while True:
            await asyncio.sleep(LOOK)
            if time.monotonic() - self._started > self.limits.seconds:
                self.broken = "time"
            elif _resident(self._fork.pid) > self.limits.megabytes * 2**20:
                self.broken = "memory"
            else:
                continue
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._fork.pid, signal.SIGKILL)
            return


class Channel:
    """The messages of one channel in their order."""

    def __init__(self) -> None:
        self._messages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def put(self, message: dict[str, Any] | None) -> None:
        self._messages.put_nowait(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message. Raises `Empty` after *timeout* seconds, `DeadKernelError` when no more can come."""
        try:
            message = await asyncio.wait_for(self._messages.get(), timeout)
        except TimeoutError:
            raise Empty from None
        if message is None:
            self.put(None)
            raise DeadKernelError("Kernel died")
        return message


def _resident(pid: int) -> int:
    """Bytes of memory that a process and those it started occupy."""
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                total += one.memory_info().rss
    return total


@contextlib.contextmanager
def forked_kernel(limits: Limits) -> Iterator[ForkedKernel]:
    """A kernel for the time of one notebook."""
    one = ForkedKernel(limits)
    try:
        yield one
    finally:
        one.close()
