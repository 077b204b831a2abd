"""A folder in which a long run replaces one file after the other: as it was before the run, should the system refuse one.

Before the run every file gets a second name below ``.before``, which takes no space; a file that is replaced keeps its
old content there. ``files.json``, which gets its name last, says which files these are. To go back, that list becomes
``back.json``, new files are removed and the old ones moved in; whoever works in the folder next finishes what was begun.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

BEFORE, FILES, BACK = ".before", "files.json", "back.json"
Written = Callable[[Path], Iterable[Path]]
"""The files of a folder that a run may write."""


def remembered(folder: Path) -> bool:
    """Is a state of *folder* kept to which one can go back?"""
    return (folder / BEFORE / FILES).is_file()


def remember(folder: Path, written: Written) -> None:
    """Keep the files of *folder* as they are now. Raises OSError; then nothing is kept."""
    before = folder / BEFORE
    forget(folder)
    try:
        names = [path.relative_to(folder).as_posix() for path in written(folder)]
        for name in names:
            (before / name).parent.mkdir(parents=True, exist_ok=True)
            _second_name(folder / name, before / name)
        before.mkdir(exist_ok=True)
        (before / "files.part").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        (before / "files.part").replace(before / FILES)
    except OSError:
        forget(folder)
        raise


def take_back(folder: Path, written: Written) -> None:
    """Everything as it was when it was remembered."""
    (folder / BEFORE / FILES).replace(folder / BEFORE / BACK)
    settle_before(folder, written)


def settle_before(folder: Path, written: Written) -> None:
    """Finish what a process that died began: to go back, or to remember. What is remembered stays."""
    before = folder / BEFORE
    if (before / BACK).is_file():
        names = json.loads((before / BACK).read_text(encoding="utf-8"))
        for path in {*written(folder)} - {folder / name for name in names}:
            _remove(path, folder)
        for name in names:
            _move_back(before / name, folder / name)
    if not remembered(folder):
        forget(folder)


def forget(folder: Path) -> None:
    """The new state counts."""
    shutil.rmtree(folder / BEFORE, ignore_errors=True)


def _second_name(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a file system without second names
        shutil.copy2(path, other)


def _remove(path: Path, top: Path) -> None:
    """A file, and the folders below *top* that held nothing else."""
    path.unlink()
    for folder in path.parents:
        if folder == top or any(folder.iterdir()):
            return
        folder.rmdir()


def _move_back(kept: Path, place: Path) -> None:
    if not kept.exists():  # moved back before the process died
        return
    if place.exists() and kept.samefile(place):  # it was never replaced; perhaps its folder cannot be written
        kept.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    kept.replace(place)
