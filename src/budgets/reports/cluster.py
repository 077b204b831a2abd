"""The same jobs on an existing dask.distributed cluster, whose machines see the same folders.

Scheduling, workers that die and their reports are dask's business; nothing of it is ours.
"""

import threading
from collections.abc import Iterator, Sequence

from budgets.errors import BudgetsError, UsageError
from budgets.reports.fingerprints import of_code
from budgets.reports.make import Job, Made, failed, make

ALONE = threading.Lock()
"""A worker process makes one report at a time: papermill changes the working directory of its process."""


def on_cluster(planned: Sequence[Job], address: str) -> Iterator[Made]:
    """Make reports on the cluster whose scheduler is at *address*. Raises `BudgetsError` if it cannot be reached."""
    try:
        from distributed import Client, as_completed, wait
    except ImportError:
        raise UsageError("cluster.missing") from None
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise BudgetsError("cluster.unreachable", address=address, why=error) from None
    with client:
        futures = {client.submit(make_here, job, of_code(), pure=False, key=f"{job.out.name}/{job.name}"): job for job in planned}
        try:
            for done in as_completed(futures):
                failure = done.exception()
                yield done.result() if failure is None else failed(futures[done], failure)
        except GeneratorExit:  # nobody wants the rest; a report that is being made cannot be called back
            wait(list(futures))
            raise


def make_here(job: Job, code: str) -> Made:
    """Make one report on a machine of the cluster, if it has the same package as the machine that asks."""
    if of_code() != code:
        raise BudgetsError("cluster.other_code")
    with ALONE:
        return make(job)
