"""The warm process: everything imported and compiled, one thread, nothing to do but fork.

Run by `forks.WarmProcess`; the request format is private to these two modules.
"""

import gc
import os
import signal
import socket
from multiprocessing.connection import Connection
from typing import Any

from budgets.late import late_grammar

THREADLESS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


def main(descriptor: int, data: str | None = None) -> None:
    """Warm up (with the tables of *data*, if given), then fork on request until the process that started this one is
    gone."""
    environment = dict(os.environ)
    # Libraries that start threads when imported are told not to: a process with threads cannot be forked safely.
    os.environ |= THREADLESS
    late_grammar()
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    warm_up(data)
    os.environ.clear()
    os.environ.update(environment)
    from budgets.reports import forks

    control = socket.socket(fileno=descriptor)
    forks.private.append(descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    children: dict[int, forks.OwnFork] = {}
    with Connection(os.dup(descriptor)) as requests:
        forks.private.append(requests.fileno())
        while True:
            asked, ends, *_ = socket.recv_fds(control, 1, 1)
            if not asked:
                break
            what, subject, arguments = requests.recv()
            for child in children.values():
                child.ended()  # no dead process waits for someone to ask
            if what == "fork":
                with socket.socket(fileno=ends[0]) as end:
                    child = forks.fork(_roles()[subject], end, *arguments)
                children[child.pid] = child
                requests.send(child.pid)
            else:
                status = children[subject].ended()
                if status is not None:
                    del children[subject]
                requests.send(status)
    for pid, child in children.items():
        if child.ended() is None:
            os.kill(pid, signal.SIGTERM)
    for child in children.values():
        child.wait()


def warm_up(data: str | None = None) -> None:
    """Import what reports use, compile the templates of their pages, load the tables, make a kernel; leave one thread."""
    import altair
    import pandas
    import pandera.pandas  # noqa: F401

    import budgets
    from budgets import clean, comparison, essay, measures, page, passport  # noqa: F401
    from budgets.reports import forked, forks, kernel, make, run, worker  # noqa: F401

    altair.Chart(pandas.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q").to_dict()
    for name in budgets.__all__:
        getattr(budgets, name)
    make.warm_up(data)
    kernel.prepare()
    forks.here = True
    gc.collect()
    gc.freeze()


def _roles() -> dict[str, Any]:
    from budgets.reports import kernel, worker

    return {"kernel": kernel.serve, "worker": worker.serve}
