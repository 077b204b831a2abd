"""What is wrong in one cell of a person's workbook, said so that they can mend it without asking."""

from dataclasses import dataclass, field
from typing import Any

from budgets.errors import DataError
from budgets.words import text


@dataclass(frozen=True)
class CellFault:
    """One thing wrong in one cell (or, with ``cell`` None, in one sheet or the whole file)."""

    sheet: str
    cell: str | None
    value: str | None
    key: str
    fields: dict[str, object] = field(default_factory=dict, hash=False)
    column: str | None = None
    """The title of the column, as it stands in the sheet."""

    def say(self, language: str = "ko") -> str:
        """One line: place, value, rule and what to do."""
        place = " ".join(part for part in (one_line(self.sheet), self.cell) if part) + (f" [{one_line(self.column)}]" if self.column else "")
        said = text(self.key, language, **self.fields)
        # Messages about amounts quote the value themselves.
        given = "" if self.value is None or self.key.startswith("amount.") else f"‘{one_line(self.value)}’ — "
        return f"{place}: {given}{said}" if place else f"{given}{said}"

    def record(self, language: str = "ko") -> dict[str, Any]:
        """The same for programs."""
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "column": self.column,
            "value": self.value,
            "rule": self.key,
            "message": self.say(language),
        }


class WorkbookError(DataError):
    """A file that is no workbook we may read: damaged, locked, too large, of another kind."""


def one_line(given: str, limit: int = 80) -> str:
    """A value as it may stand in a message: one line, nothing invisible, not endless.

    >>> one_line("첫 줄\\n둘째 줄")
    '첫 줄 둘째 줄'
    """
    line = "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in given[: limit + 1])
    return line if len(line) <= limit else line[: limit - 1] + "…"
