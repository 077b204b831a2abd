"""The kernel of a warm report: ipykernel's own kernel, made once in a warm process and put to work in its forks.

Everything a cell can meet (shell, magics, display, tracebacks, top-level await, configuration and start-up files of the
user) is ipykernel's code. Only the transport differs: one socket pair instead of five ports and their threads.
"""

import asyncio
import contextvars
import ctypes
import gc
import logging
import os
import random
import signal
import socket
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import traitlets
import zmq
from ipykernel.displayhook import ZMQDisplayHook
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session

from budgets.reports.streams import Capture
from budgets.reports.wire import Wire, receive

SHELL, IOPUB = b"shell", b"iopub"
KEY = b"one process and its own child"
"""Signs the messages, as Jupyter asks; nobody else can reach a socket pair."""


class WarmKernel(IPythonKernel):
    """ipykernel's kernel without subshells, which need a thread, and without a queue of waiting requests."""

    shell_stream = traitlets.Any()
    _supports_kernel_subshells = False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """No request is ever waiting: the next one is sent when the last is answered."""


class KernelApp(IPKernelApp):
    """ipykernel's application up to the point where it would open its ports."""

    def _nothing(self, **_: Any) -> None:
        pass

    init_blackhole = init_connection_file = init_poller = init_sockets = init_heartbeat = _nothing
    write_connection_file = log_connection_info = init_io = init_signal = _nothing

    def init_kernel(self) -> None:
        self.session = Session(parent=self, key=KEY, check_pid=False)
        self.kernel = WarmKernel.instance(
            parent=self,
            session=self.session,
            shell_channel_thread=SimpleNamespace(parent_thread=None),
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
            log=self.log,
        )


_context: contextvars.Context | None = None
_environment: dict[str, str] = {}
"""What the kernel's start sets for the programs it starts (MPLBACKEND …), over an environment without it."""


def prepare() -> None:
    """Make the kernel in this process. Its forks can `serve` at once; this process never does."""
    global _context, _environment
    logging.getLogger("tornado").addHandler(logging.NullHandler())
    outputs, before = (sys.stdout, sys.stderr, sys.displayhook), dict(os.environ)
    app = KernelApp.instance()
    app.initialize(["--HistoryManager.hist_file=:memory:", "--log-level=CRITICAL"])  # type: ignore[no-untyped-call]
    sys.stdout, sys.stderr, sys.displayhook = outputs
    added = {name: value for name, value in os.environ.items() if name not in before}
    _context, _environment = contextvars.copy_context(), added


def serve(end: socket.socket, folder: str, environment: Mapping[str, str]) -> None:
    """Be the kernel at *end* until the other side closes it; in a fresh fork, which ends with it."""
    assert _context is not None
    _context.copy().run(_serve, end, folder, environment)


def _serve(end: socket.socket, folder: str, environment: Mapping[str, str]) -> None:
    end_with_parent()
    os.setpgid(0, 0)  # programs started by the report can be ended with it
    gc.freeze()
    app = KernelApp.instance()
    os.environ.clear()
    os.environ.update({**_environment, **environment})
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher.py"]
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    _connect(app, end)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_answer(app.kernel, end))


def _connect(app: KernelApp, end: socket.socket) -> None:
    shell = Wire(end, SHELL)
    iopub = shell.other(IOPUB)
    kernel: Any = app.kernel
    kernel.iopub_socket = kernel.shell.displayhook.pub_socket = kernel.shell.display_pub.pub_socket = iopub
    kernel.shell_stream = shell
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    both: list[Capture] = []
    sys.stdout = Capture(app.session, iopub, "stdout", 1, both)
    sys.stderr = Capture(app.session, iopub, "stderr", 2, both)
    app.displayhook = sys.displayhook = ZMQDisplayHook(app.session, iopub)  # type: ignore[no-untyped-call]
    app.displayhook.get_execution_count = lambda: kernel.execution_count
    app.patch_io()  # type: ignore[no-untyped-call]


async def _answer(kernel: Any, end: socket.socket) -> None:
    from tornado.ioloop import IOLoop

    kernel.io_loop = IOLoop.current()
    reader, _writer = await asyncio.open_connection(sock=end)
    while message := await receive(reader):
        await kernel.dispatch_shell([zmq.Frame(frame) for frame in message[1]])


def end_with_parent() -> None:
    """Let the system end this process when its parent ends, where it can (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
