"""Files, several files, a folder: replaced whole, whenever the process dies.

Several files are first written into ``.coming`` in their folder. ``plan.json`` there, which gets its name last, is the
moment from which on the new files count: whoever writes next moves in what is left of it. Where the system refuses one
of the moves, the plan becomes ``back.json`` and the old files are put back.
"""

import errno
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

COMING, PLAN, BACK = ".coming", "plan.json", "back.json"
OLD = ".old-"


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* beside *path*, then give it its name. Raises OSError; then *path* is as it was.

    What is no plain file (a pipe, a terminal) is written to as it is; of a link, the file it leads to is replaced.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    place = path.resolve()
    beside = place.with_name(f".{place.name}.part")
    try:
        beside.write_bytes(content)
        if place.exists():
            shutil.copymode(place, beside)
        beside.replace(place)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise


def check_folder(path: Path) -> None:
    """Raise OSError where no folder *path* could be made and written to; make nothing."""
    for place in (path, *path.absolute().parents):
        if place.exists():
            if not place.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "not a directory")
            if not os.access(place, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "not writable")
            return


def replace_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put *files* (path in *folder* → content) into place, all or none, in their order; the caller alone writes in *folder*.

    Raises OSError where the system refuses; then all stands as before.
    """
    coming = folder / COMING
    shutil.rmtree(coming, ignore_errors=True)
    try:
        coming.mkdir()
        for number, (name, content) in enumerate(files.items()):
            (coming / f"{number}").write_bytes(content)
            if (folder / name).exists():
                shutil.copy2(folder / name, coming / f"{number}.before")
        _write_plan(coming, list(files))
        _move_in(folder)
    except OSError:
        if (coming / PLAN).exists():
            (coming / PLAN).replace(coming / BACK)
        settle(folder)
        raise


def settle(folder: Path) -> None:
    """Finish or take back what a writer that died began in *folder*; what never came to count is thrown away."""
    coming = folder / COMING
    if (coming / BACK).exists():
        for number, name in _planned(coming / BACK):
            before = coming / f"{number}.before"
            if before.exists():
                before.replace(folder / name)
            elif (coming / f"{number}.new").exists():
                (folder / name).unlink(missing_ok=True)
    elif (coming / PLAN).exists():
        _move_in(folder)
    shutil.rmtree(coming, ignore_errors=True)


def replace_folder(made: Path, final: Path) -> None:
    """Give a complete folder its name; an older one of that name goes only when the new one is there."""
    old = final.with_name(OLD + final.name)
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    made.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def settle_folders(parent: Path) -> None:
    """Finish or take back what `replace_folder` began in *parent* when its process died."""
    for old in parent.glob(f"{OLD}*"):
        final = old.with_name(old.name.removeprefix(OLD))
        if final.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(final)


def _write_plan(coming: Path, names: list[str]) -> None:
    beside = coming / "plan.part"
    beside.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    beside.replace(coming / PLAN)


def _planned(plan: Path) -> list[tuple[int, str]]:
    return list(enumerate(json.loads(plan.read_text(encoding="utf-8"))))


def _move_in(folder: Path) -> None:
    """Every planned file into its place; those moved before are no longer in ``.coming``."""
    coming = folder / COMING
    for number, name in _planned(coming / PLAN):
        made = coming / f"{number}"
        if made.exists():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if not (coming / f"{number}.before").exists():
                (coming / f"{number}.new").touch()
            made.replace(place)
    with suppress(OSError):
        shutil.rmtree(coming)
