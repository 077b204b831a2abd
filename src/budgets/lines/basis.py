"""What is held equal when official budget lines are compared. Like `BudgetBasis`, it only selects."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from budgets import vocabulary as v
from budgets.errors import BasisError, unknown_name
from budgets.lines.kinds import EXCLUSIONS, PATTERNS
from budgets.words import text

Several = tuple[str, ...]
PHASES = ("adjusted", "paid")
FUNDINGS = ("all", "national", "provincial", "municipal", "local", "other")
LEVELS = ("province", "municipality")
SCOPE = ("ai_core", "ai_broad")


@dataclass(frozen=True, kw_only=True)
class LineBasis:
    """The basis of a comparison of official budget lines.

    - ``fiscal_year``: 0 takes the latest year there are lines of.
    - ``phase``: adjusted (예산현액, with carry-over) or paid (지출액 to the snapshot date; never 결산).
    - ``funding``: all, or the part of 예산현액 that is national, provincial, municipal, local (provincial and
      municipal) or other money. What was paid is not published by funding.
    - ``snapshot``: the date of the export; None takes the one that is stored of the year.
    - ``exclusions``: kinds of lines (`kinds.PATTERNS`) left out of amounts and of the totals that shares are of.
    - ``governments``: identifiers; ``"all"`` (or none) takes all of the level that exist on the date.

    Raises `BasisError`, naming the nearest code, for a value that does not exist.

    >>> LineBasis(fiscal_year=2026).describe("en")
    '2026 · adjusted budget · AI core+AI broad · all funding · municipality'
    """

    fiscal_year: int = 0
    phase: str = "adjusted"
    scope: Several = SCOPE
    funding: str = "all"
    level: str = "municipality"
    snapshot: date | None = None
    exclusions: Several = EXCLUSIONS
    governments: Several | Literal["all"] = "all"

    def __post_init__(self) -> None:
        year = self.fiscal_year
        if isinstance(year, bool) or not isinstance(year, int) or not (year == 0 or 2000 <= year <= 2100):
            raise BasisError("basis.year", given=year)
        for name, codes in (("phase", PHASES), ("funding", FUNDINGS), ("level", LEVELS)):
            _known(name, getattr(self, name), codes)
        object.__setattr__(self, "scope", _several("scope", self.scope, v.SCOPES))
        object.__setattr__(self, "exclusions", _several("exclusions", self.exclusions, tuple(PATTERNS), empty=True))
        governments = "all" if self.governments in ("all", (), []) else _several("governments", self.governments, None)
        object.__setattr__(self, "governments", governments)
        if self.phase == "paid" and self.funding != "all":
            raise BasisError("basis.paid_by_funding", funding=self.funding)

    @property
    def column(self) -> str:
        """The column of the lines that holds the amount; ``local_krw`` is provincial + municipal."""
        return f"{self.phase if self.funding == 'all' else self.funding}_krw"

    def at(self, level: str) -> "LineBasis":
        """The same basis for all governments of another level."""
        return replace(self, level=level, governments="all")

    def figure(self, government: str) -> str:
        """An identifier of the amount of *government* on this basis: ``lines-2025-seoul-2025-12-31``. What is not held as
        it is by default is spelt out, so that two bases never share one."""
        said = ["lines", str(self.fiscal_year), government]
        said += [self.phase] if self.phase != "adjusted" else []
        said += ["of", self.funding] if self.funding != "all" else []
        said += ["in", *self.scope] if self.scope != SCOPE else []
        said += ["without", *(self.exclusions or ["nothing"])] if self.exclusions != EXCLUSIONS else []
        return "-".join([*said, *([f"{self.snapshot:%Y-%m-%d}"] if self.snapshot else [])])

    def describe(self, language: str = "ko") -> str:
        """The basis in one line of words."""
        parts = [
            text("basis.years", language, years=self.fiscal_year) if self.fiscal_year else "",
            text(f"lines.phase.{self.phase}", language),
            "+".join(v.label("scope", scope, language) for scope in self.scope),
            text("lines.funding.all", language) if self.funding == "all" else v.label("funding", self.funding, language),
            v.label("level", self.level, language),
        ]
        if self.snapshot:
            day = self.snapshot
            said = f"{day.year}. {day.month}. {day.day}." if language == "ko" else day.isoformat()
            parts.append(text("basis.snapshot", language, day=said))
        return " · ".join(part for part in parts if part)


def _known(field: str, given: object, codes: Several) -> None:
    if given not in codes:
        raise unknown_name(field, given, codes)


def _several(field: str, given: str | Iterable[str], codes: Several | None, *, empty: bool = False) -> Several:
    values = (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))
    if not values and not empty:
        raise BasisError("basis.empty", field=field)
    for value in values:
        if codes is not None:
            _known(field, value, codes)
    return values
