"""The validated tables, held together: what was published, what it is measured against, and our rulings."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import pandas as pd

from budgets.rows import each
from budgets.rulings.judgement import judged, wholes

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Tables:
    """All of ``data/clean`` and ``data/rulings``, validated. Never changed in place."""

    budgets: pd.DataFrame
    targets: pd.DataFrame
    milestones: pd.DataFrame
    programmes: pd.DataFrame
    governments: pd.DataFrame
    indicators: pd.DataFrame
    denominators: pd.DataFrame
    sources: pd.DataFrame
    programme_rulings: pd.DataFrame
    figure_rulings: pd.DataFrame

    @cached_property
    def judged_budgets(self) -> pd.DataFrame:
        """`budgets` with government, level, scope, coverage, parent and reliability, in the official order."""
        return self._judged("budgets")

    @cached_property
    def judged_targets(self) -> pd.DataFrame:
        """`targets` with government, level, scope, coverage, parent and reliability."""
        return self._judged("targets")

    @cached_property
    def judged_milestones(self) -> pd.DataFrame:
        """`milestones` with government, level, scope, coverage, parent and reliability."""
        return self._judged("milestones")

    def copy(self) -> "Tables":
        """The same tables for another reader: cheap (nothing is copied before it is changed), and apart from these."""
        twin = Tables(**{one.name: getattr(self, one.name).copy(deep=False) for one in fields(self)})
        vars(twin)["origin"] = self  # no field: tables made of others by `replace` work everything out for themselves
        return twin

    @cached_property
    def origin(self) -> "Tables":
        """The tables of which these are a copy: what follows from them is worked out there, once for all copies."""
        return self

    @cached_property
    def register(self) -> "Register":
        """The rows of these tables by their identifiers."""
        return Register(self) if self.origin is self else self.origin.register

    def name(self, government: str, language: str = "ko") -> str:
        """The short Korean or the English name of a government."""
        return str(self._names.at[government, "short_ko" if language == "ko" else "name_en"])

    def order(self, government: str) -> int:
        """Its place in the official order."""
        return self._order[government]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {str(government): int(place) for government, place in self._names["official_order"].items()}

    @cached_property
    def colours(self) -> dict[str, str]:
        """The colour of each government that has one of its own."""
        return {str(government): str(own) for government, own in self._names["colour"].items() if not pd.isna(own)}

    @cached_property
    def _names(self) -> pd.DataFrame:
        return self.governments.drop_duplicates("government").set_index("government")

    @cached_property
    def price_index(self) -> dict[int, float]:
        """The national consumer price index by year."""
        rows = self.denominators.loc[self.denominators["denominator"] == "price_index"]
        return {int(year): float(value) for year, value in zip(rows["year"], rows["value"], strict=True)}

    @cached_property
    def money_wholes(self) -> dict[str, set[str]]:
        """Which amounts contain which, by rulings on figures and on programmes: ``{part: {whole, …}}``."""
        return wholes(self.budgets, self.figure_rulings, self.programme_rulings)

    @cached_property
    def target_wholes(self) -> dict[str, set[str]]:
        """Which values of indicators contain which, by rulings on figures."""
        return wholes(self.targets, self.figure_rulings)

    def _judged(self, name: str) -> pd.DataFrame:
        if self.origin is not self:
            return getattr(self.origin, f"judged_{name}").copy(deep=False)  # type: ignore[no-any-return]
        figures: pd.DataFrame = getattr(self, name)
        table = judged(figures, self.programmes, self.governments, self.sources, self.programme_rulings)
        order = table["government"].map(self._names["official_order"])
        return table.assign(_order=order).sort_values(["_order", "figure_id"], ignore_index=True).drop(columns="_order")


@dataclass(frozen=True, eq=False)
class Register:
    """Each row of the tables as a mapping of its columns, read once and never changed."""

    tables: Tables

    @cached_property
    def figures(self) -> Mapping[str, Row]:
        """All figures, with the name of their table as ``_kind``."""
        kinds = ("budgets", "targets", "milestones")
        return {row["figure_id"]: {**row, "_kind": kind} for kind in kinds for row in each(getattr(self.tables, kind))}

    @cached_property
    def of_programme(self) -> Mapping[str, list[Row]]:
        """The figures of each programme that has any, by the programme's identifier."""
        found: dict[str, list[Row]] = {}
        for row in self.figures.values():
            found.setdefault(row["programme_id"], []).append(row)
        return found

    @cached_property
    def sources(self) -> Mapping[str, Row]:
        return _keyed(self.tables.sources, "source_id")

    @cached_property
    def programmes(self) -> Mapping[str, Row]:
        return _keyed(self.tables.programmes, "programme_id")

    @cached_property
    def governments(self) -> Mapping[str, Row]:
        """Each government as it is called last."""
        return _keyed(self.tables.governments.drop_duplicates("government", keep="last"), "government")

    @cached_property
    def indicators(self) -> Mapping[str, Row]:
        return _keyed(self.tables.indicators, "indicator")

    @cached_property
    def programme_rulings(self) -> Mapping[str, Row]:
        return _keyed(self.tables.programme_rulings, "programme_id")

    @cached_property
    def rulings_of(self) -> Mapping[str, list[Row]]:
        """For a figure the rulings that name it on either side."""
        found: dict[str, list[Row]] = {}
        for row in each(self.tables.figure_rulings):
            for side in ("figure_id", "other_figure_id"):
                if pd.notna(row[side]):
                    found.setdefault(row[side], []).append(row)
        return found


def _keyed(table: pd.DataFrame, key: str) -> dict[str, Row]:
    return {row[key]: row for row in each(table)}
