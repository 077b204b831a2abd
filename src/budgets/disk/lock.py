"""One writer at a time: a lock that the system lets go when its process dies, however it dies."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from budgets.disk.whole import settle, settle_folders
from budgets.errors import BudgetsError, DataError
from budgets.words import text

LOCK, HOLDER = ".lock", ".lock-holder"
PRIVATE = ".adding-"
"""How private copies within a data folder are called, which their writer alone reads."""


class BusyError(BudgetsError):
    """Somebody else writes here at this moment; nothing was begun."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, as far as it is known: the command, the process and since when."""

    command: str = ""
    process: int = 0
    since: str = ""

    @classmethod
    def of(cls, note: Path) -> "Holder":
        with suppress(OSError, ValueError, TypeError):
            return cls(**json.loads(note.read_text(encoding="utf-8")))
        return cls()

    def say(self, language: str) -> str:
        if not self.process:
            return text("disk.holder_unknown", language)
        return text("disk.holder", language, command=self.command, process=self.process, since=self.since)


@contextmanager
def one_writer(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Keep other writers out of *folder* (which is there) until the block ends or this process dies.

    With *wait*, wait until the other has ended; else raise `BusyError` at once, naming who writes. Raises `DataError`
    where the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock, note = FileLock(folder / LOCK, blocking=wait, thread_local=False), folder / HOLDER
    try:
        lock.acquire()
    except Timeout:
        raise BusyError("disk.busy", path=folder, holder=Holder.of(note)) from None
    except OSError as error:
        raise DataError("clean.unwritable", path=folder, why=error) from None
    try:
        with suppress(OSError):  # a note for others; nothing depends on it
            note.write_text(json.dumps(_myself()), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


@contextmanager
def writing_data(data: Path) -> Iterator[None]:
    """`one_writer` of a data folder; what a writer that died left there is finished or taken back first."""
    if not data.is_dir():
        raise DataError("disk.no_folder", path=data)
    with one_writer(data):
        try:
            settle(data)
            for left in data.glob(f"{PRIVATE}*"):
                shutil.rmtree(left, ignore_errors=True)
            settle_folders(data / "raw" / "exports")
        except OSError as error:
            raise DataError("clean.unwritable", path=data, why=error) from None
        yield


def finish_begun(data: Path) -> None:
    """Finish or take back what a writer that died left in *data*, before it is looked at. Raises as `writing_data`."""
    with writing_data(data):
        pass


def _myself() -> dict[str, str | int]:
    command = " ".join(["budgets", *sys.argv[1:3]]) if Path(sys.argv[0]).name.startswith("budgets") else Path(sys.argv[0]).name
    return {"command": command, "process": os.getpid(), "since": f"{datetime.now():%Y-%m-%d %H:%M:%S}"}
