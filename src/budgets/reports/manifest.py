"""What an edition's folder holds: of each report what it was made of, its files and their hashes.

``manifest.json`` is written when a run ends. Until then every finished report is a line of ``manifest.journal``, so that
a run that is killed loses nothing that was finished.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from budgets.disk import write_whole
from budgets.errors import DataError
from budgets.reports.fingerprints import of_file

VERSION = 1
PARTS = {"version": int, "reports": dict, "whole": str, "index": str, "made_of": dict, "edition": str, "lines": dict}
"""What a manifest holds, and of what kind."""


@dataclass(frozen=True)
class Record:
    """One finished report: *key* is what it was made of; *files* are its files, by path in the folder, with hashes."""

    key: str
    files: dict[str, str]
    opening: str = ""
    pictures: tuple[str, ...] = ()

    def stands(self, folder: Path) -> bool:
        """Are all its files there, unchanged?"""
        return bool(self.files) and all(of_file(folder / path) == digest for path, digest in self.files.items())


@dataclass
class Manifest:
    """The records of an edition. *whole* is what everything was made of, when the last run ended without a failure;
    *prints* name that: data, code and lock. *edition* is its name, whatever its folder is called. *lines*: what is kept
    of official lines (`line_sums`)."""

    folder: Path
    whole: str = ""
    index: str = ""
    records: dict[str, Record] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)
    edition: str = ""
    lines: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / "manifest.json"

    @property
    def journal(self) -> Path:
        return self.folder / "manifest.journal"

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """What is known of *folder*; whatever cannot be read counts as nothing."""
        try:
            manifest = cls.checked(folder)
        except DataError:
            manifest = cls(folder)
        for line in _lines(manifest.journal):
            try:
                one = json.loads(line)
                manifest.records[one.pop("name")] = _record(one)
                manifest.whole = ""
            except (ValueError, TypeError, KeyError, AttributeError):  # the line at which the run was killed
                break
        return manifest

    @classmethod
    def checked(cls, folder: Path) -> "Manifest":
        """What ``manifest.json`` says; nothing where there is none.

        Raises `DataError` for one of another version, and for one that is damaged, with the line and character, or the
        part, that cannot be read.
        """
        if not (folder / "manifest.json").is_file():
            return cls(folder)
        content = _parsed(folder)
        return cls(
            folder,
            whole=content["whole"],
            index=content["index"],
            records=content["reports"],
            prints=content["made_of"],
            edition=content["edition"],
            lines=content["lines"],
        )

    def unchanged(self, whole: str) -> bool:
        """Was everything made of the same, and does everything stand?"""
        if not self.records or self.whole != whole or of_file(self.folder / "index.html") != self.index:
            return False
        with ThreadPoolExecutor() as pool:  # hashing leaves the other cores free
            return all(pool.map(lambda record: record.stands(self.folder), self.records.values()))

    def add(self, name: str, record: Record) -> None:
        """Note a finished report, on the disk at once."""
        self.records[name] = record
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, **asdict(record)}, ensure_ascii=False) + "\n")

    def close(self, whole: str) -> None:
        """Write the manifest whole, then drop the journal."""
        self.whole, self.index = whole, of_file(self.folder / "index.html")
        content = {
            "version": VERSION,
            "edition": self.edition,
            "whole": whole,
            "index": self.index,
            "made_of": self.prints,
            **({"lines": self.lines} if self.lines else {}),
            "reports": {n: asdict(r) for n, r in self.records.items()},
        }
        publish(self.path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        self.journal.unlink(missing_ok=True)


def _parsed(folder: Path) -> dict[str, Any]:
    """The parts of the manifest in *folder*, each of its kind, the reports as records. Raises as `Manifest.checked`."""
    path, given = folder / "manifest.json", b""
    try:
        given = path.read_bytes()
        content = json.loads(given.decode("utf-8"))
    except OSError as error:
        raise DataError("file.broken", path=path, why=error) from None
    except UnicodeDecodeError as error:
        raise damaged(folder, "place", **_place(given[: error.start].decode("utf-8"))) from None
    except json.JSONDecodeError as error:
        raise damaged(folder, "place", line=error.lineno, column=error.colno) from None
    except (RecursionError, ValueError):  # too deep, a number too long
        raise damaged(folder, "place", line=1, column=1) from None
    if not isinstance(content, dict):
        raise damaged(folder, "place", line=1, column=1)
    if content.get("version", VERSION) != VERSION:
        raise DataError("diff.version", path=folder, why=f"manifest.json: version {content['version']} ≠ {VERSION}")
    parts: dict[str, Any] = {"made_of": {}, "edition": "", "lines": {}} | content  # the first manifests do not have these
    for part, kind in PARTS.items():
        if not isinstance(parts.get(part), kind):
            raise damaged(folder, "part", part=part)
    try:
        return parts | {"reports": {name: _record(one) for name, one in parts["reports"].items()}}
    except (KeyError, TypeError):
        raise damaged(folder, "part", part="reports") from None


def damaged(folder: Path, where: str, /, **fields: object) -> DataError:
    """The error for a manifest of which a *part*, or anything from a *place* on, cannot be read."""
    return DataError("manifest.damaged", path=folder / "manifest.json", where=DataError(f"manifest.{where}", **fields), folder=folder / "data")


def _place(before: str) -> dict[str, object]:
    return {"line": before.count("\n") + 1, "column": len(before) - before.rfind("\n")}


def publish(path: Path, content: str) -> None:
    """Write a file whole: beside its place, then moved in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content.encode("utf-8"))


def _record(one: dict[str, Any]) -> Record:
    return Record(one["key"], one["files"], one["opening"], tuple(one["pictures"]))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
