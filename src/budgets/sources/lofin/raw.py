"""What every reader of a downloaded file hands on: text by column, and where each row stands."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from budgets.errors import ContractError, Fault

MOST = 100
"""So many faults of one kind in one column are listed; then only their number."""


@dataclass(frozen=True)
class Raw:
    """The rows of one file (or one folder of pages), not yet judged.

    ``table`` has the columns of `fields.HEADERS` that the file has: text, with empty cells as null or ``""``; amounts
    are int64 where the file could be read so at once. ``place`` gives file and line of a row (number from 0).
    """

    name: str
    table: pa.Table
    labels: dict[str, str]
    place: Callable[[int], tuple[str, int | None]]

    def fault(self, row: int, field: str | None, value: object, key: str, fields: dict[str, object] | None = None) -> Fault:
        file, line = self.place(row)
        return Fault(
            file,
            line,
            self.labels.get(field, field) if field else None,
            None if value is None else str(value),
            key,
            fields or {},
        )


def refuse(faults: list[Fault]) -> None:
    """Raise `ContractError` with the faults, those of one kind and column beyond `MOST` counted; do nothing if none."""
    if not faults:
        return
    kept: list[Fault] = []
    seen: dict[tuple[str, str | None, str], int] = {}
    for fault in faults:
        kind = (Path(fault.file).suffix if fault.line is None else fault.file, fault.column, fault.key)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= MOST:
            kept.append(fault)
    kept += [Fault(file, None, column, None, "lofin.more", {"n": n - MOST}) for (file, column, _), n in seen.items() if n > MOST]
    raise ContractError(kept)
