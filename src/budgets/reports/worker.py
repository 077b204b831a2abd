"""The process that makes reports, one after another: warm, forked once, without a thread, forking a kernel for each."""

import signal
import socket
import sys
from multiprocessing.connection import Connection
from typing import Any

from budgets.reports import forks
from budgets.reports.kernel import end_with_parent
from budgets.reports.make import make


def serve(end: socket.socket) -> None:
    """Take jobs and send back what was made until nobody asks any more."""
    end_with_parent()
    signal.signal(signal.SIGTERM, _end)
    with Connection(end.detach()) as jobs:
        forks.private.append(jobs.fileno())
        while True:
            try:
                jobs.send(make(jobs.recv()))
            except (EOFError, BrokenPipeError, ConnectionResetError):
                return


def _end(*_: Any) -> None:
    sys.exit(0)
