"""How long a report may take and how much memory it may occupy, and what is said when its process is gone."""

from dataclasses import dataclass
from typing import Any

from budgets.errors import BudgetsError


@dataclass(frozen=True)
class Limits:
    """Seconds from start to end of one report, and megabytes of memory of its process and those it starts."""

    seconds: float = 300
    megabytes: float = 4096


NONE = Limits(float("inf"), float("inf"))


class ReportEndedError(BudgetsError):
    """The process of a report is gone: it ended itself, crashed, or reached a limit. Names the cell it was at."""

    def __init__(self, key: str, cell: int, notebook: Any, /, **fields: object) -> None:
        super().__init__(key, **fields)
        self.cell, self.notebook = cell, notebook
