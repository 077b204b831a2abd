"""The licences of all locked libraries, read from what is installed: ``python tests/licences.py > docs/licences.md``."""

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
ELSEWHERE = {
    "aiohappyeyeballs": "PSF-2.0", "aiohttp": "Apache-2.0 AND MIT", "aiosignal": "Apache-2.0", "appnope": "BSD-2-Clause", "colorama": "BSD-3-Clause",
    "frozenlist": "Apache-2.0", "multidict": "Apache-2.0", "propcache": "Apache-2.0", "pywinpty": "MIT", "yarl": "Apache-2.0",
}  # fmt: skip
"""Locked for other systems or other Pythons, and not installed here: as their projects state."""
UNSTATED = {"axe-playwright-python": "MIT"}
"""Without a licence in their metadata: read in the licence file they bring."""
NAMES = {
    "BSD License": "BSD-3-Clause or BSD-2-Clause",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
    "Artistic License": "Artistic-1.0",
    "GNU General Public License (GPL)": "GPL",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
}
PERMISSIVE = {"MIT", "MIT-0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "PSF-2.0", "Zlib", "CC0-1.0"}
UNCHANGED = {"MPL-2.0", "OFL-1.1"}
"""May be used and passed on unchanged beside code under MIT: no file of them is changed here."""
HEAD = """\
# Licences of what we build on

Every library of `requirements.lock`, with the licence its package states. The code here is under MIT ([LICENSE](../LICENSE)); nothing of these
libraries is part of it. Two things are put into what is made: the font of pages and pictures (OFL-1.1, from `pylopdf-fonts-ko`) and the drawing
library of charts (BSD-3-Clause, Vega, from `vl-convert-python`). Licences that ask for changed files to be published (MPL-2.0) touch no file of ours.

Printed by `python tests/licences.py > docs/licences.md` after `make lock`; tests hold the list against the lock file and the installed packages.

"""


def locked() -> list[tuple[str, str]]:
    """(name, version) of every line of the lock file."""
    return re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)


def stated(name: str) -> str | None:
    """The licence an installed package states, None for one that is not installed."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    if metadata.get("License-Expression"):
        return metadata["License-Expression"]
    classes = [line.rsplit(" :: ", 1)[-1] for line in metadata.get_all("Classifier") or [] if line.startswith("License")]
    given = classes or [(metadata.get("License") or "").split("\n")[0].strip()]
    return " OR ".join(NAMES.get(one, one) for one in given) or UNSTATED.get(name, "")


def licence(name: str) -> str:
    """What the list says of a library. Raises LookupError where nobody says it."""
    said = stated(name)
    said = ELSEWHERE.get(name) if said is None else said
    if not said:
        raise LookupError(f"{name} states no licence: read the one it brings, and name it in UNSTATED or ELSEWHERE")
    return said


def runtime() -> set[str]:
    """The libraries that the package needs when it runs, with all they need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, found = [Requirement(line) for line in project["dependencies"]], set()
    while waiting:
        one = waiting.pop()
        name = (canonicalize_name(one.name), tuple(sorted(one.extras)))
        if name in found:
            continue
        found.add(name)
        try:
            needs = [Requirement(line) for line in importlib.metadata.requires(one.name) or []]
        except importlib.metadata.PackageNotFoundError:  # for another system
            continue
        waiting += [n for n in needs if n.marker is None or any(n.marker.evaluate({"extra": extra}) for extra in ("", *one.extras))]
    return {name for name, _ in found}


def words(said: str) -> set[str]:
    """The licences of an expression."""
    return set(re.findall(r"[A-Za-z0-9][\w.+-]*", said)) - {"AND", "OR", "or", "WITH"}


def document() -> str:
    """``docs/licences.md``, as text."""
    needed = runtime()
    lines = [f"| {name} | {version} | {licence(name)} | {'report' if name in needed else 'tools'} |" for name, version in locked()]
    note = "\n`report`: needed to make reports. `tools`: for tests, style and types, or on other systems; never part of what is made or passed on.\n"
    return f"{HEAD}| library | version | licence | for |\n|---|---|---|---|\n" + "\n".join(lines) + "\n" + note


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(document())
