"""One attack in a process of its own, with limits: what it answers, how long it takes, how much memory."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from hostile.cases import Case

SECONDS, MEGABYTES = 60, 1500
"""Of processor time and of memory: what no attack may reach."""


@dataclass(frozen=True)
class Attempt:
    """What became of it: exit code (negative: a signal), what was said, seconds of the processor, megabytes at most."""

    code: int
    out: str
    error: str
    seconds: float
    megabytes: float


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def attempt(case: Case, folder: Path, language: str = "ko") -> Attempt:
    """Make the case's files in *folder* (which holds ``data``) and run its command."""
    arguments = case.make(folder)
    budgets = str(Path(sys.executable).with_name("budgets"))
    program = [sys.executable, *arguments, language] if case.program else [budgets, "--lang", language, *arguments]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        began = time.monotonic()
        process = subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=out, stderr=error, preexec_fn=_limited, cwd=folder)
        status, used = _waited(process, began)
        out.seek(0)
        error.seek(0)
        said = [stream.read(200_000).decode("utf-8", "replace") for stream in (out, error)]
    return Attempt(os.waitstatus_to_exitcode(status), *said, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _waited(process: "subprocess.Popen[bytes]", began: float) -> tuple[int, resource.struct_rusage]:
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = 0
            return status, used
        if time.monotonic() - began > 5 * SECONDS:
            process.kill()
        time.sleep(0.01)
