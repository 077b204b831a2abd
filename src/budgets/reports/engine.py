"""papermill's engine ``budgets``: ``papermill --engine budgets in.ipynb out.ipynb``.

It is papermill's own engine with another kernel underneath, so that everything else stays the same. papermill imports
this module when it is itself imported (entry point ``papermill.engine``); import papermill, never this module first.
"""

import os
import sys
from functools import cache
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine

from budgets.reports import forks
from budgets.reports.limits import NONE, Limits, ReportEndedError


class WarmEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's engine on a kernel that is a fork of a warm process of this environment.

    A notebook for another kernel (another language or environment), and any notebook where processes cannot be forked,
    runs in a kernel of its own as under papermill's engine.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, limits: Limits = NONE, **options: Any) -> Any:
        """Execute all cells. Raises `ReportEndedError` when the kernel is gone before the last."""
        if not (forks.can_fork() and is_this_environment(kernel_name)):
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        from budgets.reports.forked import forked_kernel

        with forked_kernel(limits) as kernel:
            try:
                return super().execute_managed_notebook(nb_man, kernel_name, km=kernel, **options)
            except DeadKernelError:
                kernel.close()
                key, fields = kernel.how()
        at = max((i for i, cell in enumerate(nb_man.nb.cells) if cell.metadata.papermill.get("start_time")), default=0)
        nb_man.cell_exception(nb_man.nb.cells[at], cell_index=at)
        raise ReportEndedError(key, at, nb_man.nb, **fields)


@cache
def is_this_environment(kernel_name: str) -> bool:
    """Is this the kernel of the Python that runs us?"""
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return False
    program = spec.argv[0] if spec.argv else ""
    ours = {sys.executable, os.path.realpath(sys.executable), "python", "python3"}
    return "ipykernel_launcher" in spec.argv and program in ours
