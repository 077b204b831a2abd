"""``receipt.toml`` of an export folder: what was asked or given, when, and the hash of every file."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

NAME = "receipt.toml"


def write_receipt(folder: Path, facts: Mapping[str, object], files: Mapping[str, str]) -> None:
    """Write the receipt of *folder*: *facts* (text, whole numbers, days, lists, one level of tables) and file hashes."""
    plain = {key: value for key, value in facts.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in facts.items() if isinstance(value, Mapping)}
    lines = [f"{key} = {_toml(value)}" for key, value in {**plain, "sha256": digest(files)}.items()]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in table.items())]
    for name, sha256 in files.items():
        lines += [
            "",
            "[[file]]",
            f"name = {_toml(name)}",
            f"bytes = {(folder / name).stat().st_size}",
            f"sha256 = {_toml(sha256)}",
        ]
    (folder / NAME).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def digest(files: Mapping[str, str]) -> str:
    """One hash for all files, whatever their order."""
    return hashlib.sha256("\n".join(sorted(f"{sha256}  {name}" for name, sha256 in files.items())).encode()).hexdigest()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(str(value), ensure_ascii=False)
