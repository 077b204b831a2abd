"""Who makes the reports: warm workers here, spawned workers where nothing can be forked, or a cluster.

Each takes jobs and yields what became of them, in the order they are done. A worker that ends fails its report alone.
"""

import multiprocessing
import os
import socket
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from budgets.errors import BudgetsError
from budgets.reports import forks
from budgets.reports.forks import can_fork
from budgets.reports.make import STOCK, WARM, Job, Made, failed, make


class Pool:
    """The makers of a whole run. *engine* is ``warm`` or ``papermill``; the second is taken where nothing can fork."""

    def __init__(self, engine: str, jobs: int | None = None, scheduler: str | None = None) -> None:
        self._warm = engine == "warm" and can_fork()
        self._jobs, self._scheduler = jobs or cores(), scheduler
        self._process: forks.WarmProcess | None = None

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.close()

    def start(self, data: Path) -> None:
        """Begin to warm up, while the caller does something else."""
        if self._warm and self._scheduler is None and self._process is None:
            self._process = forks.WarmProcess(str(data))

    def make(self, planned: Sequence[Job]) -> Generator[Made, None, None]:
        """Make the reports. Closed before its end, it waits for those that are being made."""
        jobs = [replace(job, engine=WARM if self._warm else STOCK) for job in planned]
        if not jobs:
            return
        if self._scheduler is not None:
            from budgets.reports.cluster import on_cluster

            yield from on_cluster(jobs, self._scheduler)
            return
        self.start(jobs[0].data)
        yield from warm(jobs, self._jobs, self._process) if self._process is not None else spawned(jobs, self._jobs)


@dataclass
class Slot:
    """One worker and the report it is making."""

    fork: forks.Fork
    jobs: Connection
    job: Job | None = None


def warm(planned: Sequence[Job], count: int, process: forks.WarmProcess) -> Iterator[Made]:
    """Make reports in workers forked from *process*, *count* at once."""
    waiting = list(reversed(planned))
    slots = [_slot(process) for _ in range(min(count, len(planned)))]
    try:
        while True:
            for slot in slots:
                if slot.job is None and waiting:
                    slot.job = waiting.pop()
                    slot.jobs.send(slot.job)
            busy: dict[Any, Slot] = {slot.jobs: slot for slot in slots if slot.job is not None}
            if not busy:
                return
            for ready in wait(list(busy)):
                slot = busy[ready]
                assert slot.job is not None
                try:
                    made: Made = slot.jobs.recv()
                except (EOFError, OSError):
                    made = failed(slot.job, BudgetsError("engine.worker"))
                    slot.jobs.close()
                    slots[slots.index(slot)] = _slot(process)
                slot.job = None
                yield made
    except GeneratorExit:  # nobody wants the rest; what is being made is waited for, so that nothing is written afterwards
        for slot in slots:
            if slot.job is not None:
                with suppress(EOFError, OSError):
                    slot.jobs.recv()
        raise
    finally:
        for slot in slots:
            slot.jobs.close()


def _slot(process: forks.WarmProcess) -> Slot:
    ours, theirs = socket.socketpair()
    return Slot(process.fork("worker", theirs), Connection(ours.detach()))


def spawned(planned: Sequence[Job], count: int) -> Iterator[Made]:
    """Make reports in long-lived processes that are started, not forked, each with a fresh kernel."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(count, len(planned)), mp_context=context) as pool:
        futures = {pool.submit(make, job): job for job in planned}
        try:
            for done in as_completed(futures):
                error = done.exception()
                yield done.result() if error is None else failed(futures[done], error)
        finally:  # where nobody wants the rest, what is being made is waited for
            pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
