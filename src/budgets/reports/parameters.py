"""The parameters of each notebook, typed. A wrong name or value is refused before anything runs.

The defaults here are the defaults of the notebooks' parameters cells (a test holds them equal).
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import compare_budgets, compare_targets
from budgets.errors import BudgetsError, UsageError, unknown_name
from budgets.lines.basis import LineBasis
from budgets.official import functional_budgets
from budgets.reports.editions import near
from budgets.tables import Tables
from budgets.vocabulary import FOUR, SCOPES
from budgets.words import text

Names = list[str]


class Parameters(BaseModel):
    """What every notebook takes: the language of the report and the folder of the data (empty: the checkout's)."""

    model_config = ConfigDict(extra="forbid", strict=True)
    of_lines: ClassVar[bool] = False
    """whether the report shows official lines"""
    language: Literal["ko", "en"] = "ko"
    data: str = ""

    def bases(self) -> list[BudgetBasis | TargetBasis]:
        """The bases on which the report compares published figures."""
        return []

    def check(self, tables: Tables) -> None:
        """Raise a `BudgetsError` for values that are not in the tables."""

    def subject(self, tables: Tables) -> str:
        """What the report is about, for its title."""
        return ""

    def about(self, tables: Tables) -> dict[str, Any]:
        """governments and years, for finding the report in the index."""
        return {"governments": list(getattr(self, "governments", [])), "year": getattr(self, "fiscal_year", None)}

    def sees(self, tables: Tables) -> list[str] | None:
        """The governments whose figures the report reads (with all that rulings tie to them); None for all figures.

        What is named too narrowly here would be left standing when it is out of date: a test changes figures and
        compares the reports.
        """
        return None


class CompareBudgets(Parameters):
    """`notebooks/compare_budgets.ipynb`."""

    governments: Names = list(FOUR)
    fiscal_year: int = 2026
    envelope_years: list[int] = []
    phase: str = "proposed"
    scope: str = "ai_core"
    funding: str = "unknown"
    coverage: str = "government"
    level: str = "province"
    base_year: int = 2025

    def basis(self) -> BudgetBasis:
        return BudgetBasis(
            fiscal_year=None if self.envelope_years else self.fiscal_year,
            envelope_years=tuple(self.envelope_years) or None,  # type: ignore[arg-type]
            phase=self.phase,
            scope=self.scope,
            funding=self.funding,
            coverage=self.coverage,
            level=self.level,
            governments=tuple(self.governments),
        )

    def bases(self) -> list[BudgetBasis | TargetBasis]:
        return [self.basis()]

    def check(self, tables: Tables) -> None:
        compare_budgets(tables, self.basis())
        if self.base_year not in tables.price_index:
            raise unknown_name("base_year", self.base_year, [str(year) for year in sorted(tables.price_index)])

    def subject(self, tables: Tables) -> str:
        return self.basis().describe(self.language)

    def about(self, tables: Tables) -> dict[str, Any]:
        return super().about(tables) | ({"year": None} if self.envelope_years else {})


class FollowTargets(Parameters):
    """`notebooks/follow_targets.ipynb`."""

    governments: Names = list(FOUR)
    indicator: str = "companies_supported"
    fiscal_year: int = 2024
    extent: str = "flow"
    coverage: str = "programme"

    def basis(self, phase: str) -> TargetBasis:
        return TargetBasis(
            indicator=self.indicator,
            phase=phase,
            extent=self.extent,
            fiscal_year=self.fiscal_year,
            scope=SCOPES,
            coverage=self.coverage,
            governments=tuple(self.governments),
        )

    def bases(self) -> list[BudgetBasis | TargetBasis]:
        return [self.basis("target"), self.basis("actual")]

    def check(self, tables: Tables) -> None:
        compare_targets(tables, self.basis("target"))

    def subject(self, tables: Tables) -> str:
        names = tables.indicators.set_index("indicator")[f"name_{self.language}"]
        return f"{names[self.indicator]}, {self.basis('target').describe(self.language).split(' · ')[0]}"


class ReadGovernment(Parameters):
    """`notebooks/read_government.ipynb`."""

    government: str = "incheon"

    def check(self, tables: Tables) -> None:
        known = list(tables.governments["government"].unique())
        if self.government not in known:
            raise unknown_name("government", self.government, known)

    def subject(self, tables: Tables) -> str:
        return tables.name(self.government, self.language)

    def about(self, tables: Tables) -> dict[str, Any]:
        return {"governments": [self.government], "year": None}

    def sees(self, tables: Tables) -> list[str] | None:
        return [self.government]


class TraceProgramme(Parameters):
    """`notebooks/trace_programme.ipynb`."""

    programme_id: str = "gwangju-cluster1"

    def check(self, tables: Tables) -> None:
        known = list(tables.programmes["programme_id"])
        if self.programme_id not in known:
            raise unknown_name("programme_id", self.programme_id, known)

    def subject(self, tables: Tables) -> str:
        names = tables.programmes.set_index("programme_id")[f"name_{self.language}"]
        return str(names[self.programme_id])

    def about(self, tables: Tables) -> dict[str, Any]:
        owner = dict(zip(tables.programmes["programme_id"], tables.programmes["government"], strict=True))
        return {"governments": [owner[self.programme_id]], "year": None}

    def sees(self, tables: Tables) -> list[str] | None:
        return list(tables.programmes.loc[tables.programmes["programme_id"] == self.programme_id, "government"])


class CheckCoverage(Parameters):
    """`notebooks/check_coverage.ipynb`."""

    governments: Names = list(FOUR)
    first_year: int = 2018
    last_year: int = 2026

    def check(self, tables: Tables) -> None:
        if not 1990 <= self.first_year <= self.last_year <= 2100:
            raise UsageError("parameter.wrong", notebook="check_coverage", name="first_year", given=self.first_year, why=f"… {self.last_year}")
        known = list(dict.fromkeys(tables.governments["government"]))
        for government in self.governments:
            if government not in known:
                raise unknown_name("governments", government, known)


class CompareOfficial(Parameters):
    """`notebooks/compare_official.ipynb`."""

    governments: Names = list(FOUR)
    fiscal_year: int = 2025
    base_year: int = 2020

    def check(self, tables: Tables) -> None:
        functional_budgets(tables, self.fiscal_year, self.governments)
        if self.base_year not in tables.price_index:
            raise unknown_name("base_year", self.base_year, [str(year) for year in sorted(tables.price_index)])

    def sees(self, tables: Tables) -> list[str] | None:
        return []

    def subject(self, tables: Tables) -> str:
        return str(self.fiscal_year)


class FindAiProgrammes(Parameters):
    """`notebooks/find_ai_programmes.ipynb`; fiscal_year 0 is the latest there are lines of."""

    of_lines = True
    fiscal_year: int = 0

    def check(self, tables: Tables) -> None:
        LineBasis(fiscal_year=self.fiscal_year)

    def about(self, tables: Tables) -> dict[str, Any]:
        return {"governments": [], "year": self.fiscal_year or None}

    def sees(self, tables: Tables) -> list[str] | None:
        return []

    def subject(self, tables: Tables) -> str:
        return f": {self.fiscal_year}" if self.fiscal_year else ""


class CompareLines(Parameters):
    """`notebooks/compare_lines.ipynb`; fiscal_year 0 is the latest there are lines of, no governments are all of them."""

    of_lines = True
    governments: Names = []
    marked: Names = []
    fiscal_year: int = 0
    phase: str = "adjusted"
    scope: Names = ["ai_core", "ai_broad"]
    funding: str = "all"
    level: str = "municipality"

    def basis(self) -> LineBasis:
        return LineBasis(
            fiscal_year=self.fiscal_year,
            phase=self.phase,
            scope=tuple(self.scope),
            funding=self.funding,
            level=self.level,
            governments=tuple(self.governments),
        )

    def check(self, tables: Tables) -> None:
        self.basis()
        known = list(dict.fromkeys(tables.governments["government"]))
        for name in ("governments", "marked"):
            for government in getattr(self, name):
                if government not in known:
                    raise unknown_name(name, government, known)

    def about(self, tables: Tables) -> dict[str, Any]:
        return {"governments": self.governments, "year": self.fiscal_year or None}

    def subject(self, tables: Tables) -> str:
        return self.basis().describe(self.language)


NOTEBOOKS: dict[str, type[Parameters]] = {
    "check_coverage": CheckCoverage,
    "compare_budgets": CompareBudgets,
    "follow_targets": FollowTargets,
    "read_government": ReadGovernment,
    "trace_programme": TraceProgramme,
    "compare_official": CompareOfficial,
    "find_ai_programmes": FindAiProgrammes,
    "compare_lines": CompareLines,
}


def checked(notebook: str, given: Mapping[str, Any], tables: Tables) -> Parameters:
    """The parameters of a report, complete and valid. Raises `UsageError` (or `BasisError`) naming the near miss."""
    if notebook not in NOTEBOOKS:
        raise UsageError("parameter.notebook", given=notebook, known=", ".join(NOTEBOOKS))
    model = NOTEBOOKS[notebook]
    for name in given:
        if name not in model.model_fields:
            raise UsageError("parameter.unknown", notebook=notebook, given=name, near=near(name, model.model_fields), known=", ".join(model.model_fields))
    try:
        parameters = model(**given)
        parameters.check(tables)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError("parameter.wrong", notebook=notebook, name=".".join(map(str, first["loc"])), given=first["input"], why=first["msg"]) from None
    except UsageError:
        raise
    except BudgetsError as error:
        raise UsageError(error.key, **error.fields) from None
    return parameters


def title(notebook: str, parameters: Parameters, tables: Tables) -> str:
    """The report's title in its language."""
    return text(f"title.{notebook}", parameters.language, what=parameters.subject(tables))
