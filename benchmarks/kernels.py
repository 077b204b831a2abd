"""How to get a warm kernel for one notebook: what each way costs, in milliseconds of the clock for a notebook of one cell.

    python -m benchmarks.kernels [--times 10]

``stock``        papermill's engine: a process started for each notebook, ZeroMQ over TCP
``provisioner``  a Jupyter kernel provisioner that forks a warm process; ZeroMQ over IPC
``forkserver``   multiprocessing's fork server with everything preloaded; messages over a socket pair
``budgets``      the engine of this project: a fork of a warm worker; messages over a socket pair
"""

import argparse
import multiprocessing
import os
import signal
import statistics
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from nbformat.v4 import new_code_cell, new_notebook

from budgets.reports import kernel, warm
from budgets.reports.forked import ForkedKernel
from budgets.reports.limits import NONE

SOURCE = "import pandas, altair, budgets\n1 + 1"


class ForkingProvisioner(LocalProvisioner):  # type: ignore[misc]
    """Forks this process, which is warm, where the local provisioner starts a program."""

    pid = 0
    process: Any = None

    async def launch_kernel(self, cmd: list[str], **options: Any) -> dict[str, Any]:
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.setsid()
                import asyncio

                from ipykernel.kernelapp import IPKernelApp

                type(kernel.KernelApp.instance().kernel.shell).clear_instance()
                kernel.WarmKernel.clear_instance()
                kernel.KernelApp.clear_instance()
                asyncio.set_event_loop(asyncio.new_event_loop())
                app = IPKernelApp.instance()
                app.initialize(["-f", self.parent.connection_file, "--HistoryManager.hist_file=:memory:", "--log-level=50"])
                app.start()
            except BaseException:
                os.write(2, traceback.format_exc().encode())
            finally:
                os._exit(1)
        return dict(self.connection_info)

    @property
    def has_process(self) -> bool:
        return self.pid > 0

    async def poll(self) -> int | None:
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
        return None if self.pid else 0

    async def wait(self) -> int:
        with_status = os.waitpid(self.pid, 0) if self.pid else (0, 0)
        self.pid = 0
        return with_status[1]

    async def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    async def kill(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        await self.kill()


class ProvisionedManager(AsyncKernelManager):  # type: ignore[misc]
    """The usual manager, with that provisioner and with files instead of ports."""

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        self.transport, self.ip = "ipc", tempfile.mktemp(prefix="kernel-")
        self.provisioner = ForkingProvisioner(parent=self, kernel_spec=self.kernel_spec, kernel_id="one")
        return await super()._async_pre_start_kernel(**options)


class ServedKernel(ForkedKernel):
    """Our kernel, forked by multiprocessing's fork server."""

    def _forked(self, theirs: Any, folder: str, environment: dict[str, str]) -> Any:
        process = multiprocessing.get_context("forkserver").Process(target=serve, args=(DupFd(theirs.fileno()), folder, environment))
        process.start()
        return Served(process)


class Served:
    def __init__(self, process: Any) -> None:
        self.process, self.pid = process, process.pid

    def ended(self) -> int | None:
        return None if self.process.is_alive() else 0


def serve(end: Any, folder: str, environment: dict[str, str]) -> None:
    import socket

    kernel.serve(socket.socket(fileno=end.detach()), folder, environment)


def ways() -> dict[str, Callable[[], dict[str, Any]]]:
    """The options of papermill's engine for each way; a fresh kernel for each call."""
    return {
        "stock": dict,
        "provisioner": lambda: {"kernel_manager_class": ProvisionedManager},
        "forkserver": lambda: {"km": ServedKernel(NONE)},
        "budgets": lambda: {"km": ForkedKernel(NONE)},
    }


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=10)
    times = options.parse_args().times
    os.environ |= warm.THREADLESS
    multiprocessing.set_forkserver_preload(["benchmarks.preloaded"])
    warm.warm_up()
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "one.ipynb"
        notebook = new_notebook(cells=[new_code_cell(SOURCE)])
        notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
        nbformat.write(notebook, source)
        for name, made in ways().items():
            seconds = []
            for _ in range(times if name != "stock" else max(3, times // 3)):
                begin = time.perf_counter()
                taken = made()
                done = papermill.execute_notebook(str(source), None, progress_bar=False, kernel_name="python3", **taken)
                if "km" in taken:
                    taken["km"].close()
                seconds.append(time.perf_counter() - begin)
                assert done.cells[-1].outputs[0].data["text/plain"] == "2"
            first, rest = seconds[0], statistics.median(seconds[1:])
            print(f"{name}: {1000 * rest:.0f} ms a notebook (the first {1000 * first:.0f} ms)", flush=True)
    return 0


if __name__ == "__main__":
    from benchmarks import kernels  # by its own name, under which the fork server finds it

    sys.exit(kernels.main())
