"""The figures by identifier: their readings, and the formulas that look them up on the sheet of passports."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.passport import say_event
from budgets.reading import given, say_event_date, say_period, say_published
from budgets.rows import each
from budgets.tables import Tables
from budgets.words import text
from budgets.workbook.cells import Live, plain
from budgets.workbook.rows import Row, Rows

ENDS = ("low", "printed", "high")
VALUES = {"budgets": ("amount_low_krw", "amount_krw", "amount_high_krw"), "targets": ("value_low", "value", "value_high"), "milestones": ("", "", "")}


def government_names(tables: Tables, language: str) -> dict[str, str]:
    """What each government is called: its short name, or its full one where two share the short one."""
    short = {g: tables.name(g, language) for g in tables.governments["government"].drop_duplicates()}
    counted = pd.Series(list(short.values())).value_counts()
    full = tables.governments.drop_duplicates("government").set_index("government")[f"name_{language}"]
    return {g: name if counted[name] == 1 else str(full[g]) for g, name in short.items()}


def look_up(end: str, identifier: str) -> str:
    """The formula for one end (low, printed, high) of the figure whose identifier stands in a cell.

    It goes by identifier, so that the sheet of passports may be sorted.
    """
    return f"INDEX(figure_{end},MATCH({identifier},figure_id,0))"


def scaled(end: str, identifier: str, factor: str) -> str:
    """The formula for an amount in the rounding unit; empty where the print leaves it open."""
    found = look_up(end, identifier)
    return f'IF({found}="","",{found}*{factor}/unit_krw)'


@dataclass(frozen=True)
class Figures:
    """All figures of the tables, and how they are said in one language."""

    tables: Tables
    language: str

    @cached_property
    def names(self) -> dict[str, str]:
        return government_names(self.tables, self.language)

    @cached_property
    def rows(self) -> Rows:
        """Every figure with its kind (budgets, targets, milestones) and its programme's rulings, in the official order."""
        return Rows(self.tables, {g: self.tables.order(g) for g in self.names})

    @cached_property
    def _programmes(self) -> dict[str, str]:
        column = f"name_{self.language}"
        return dict(zip(self.tables.programmes["programme_id"], self.tables.programmes[column], strict=True))

    @cached_property
    def _indicators(self) -> dict[str, Row]:
        return {str(row["indicator"]): {str(k): x for k, x in row.items()} for row in each(self.tables.indicators)}

    def ends(self, figure_id: str) -> tuple[Any, Any, Any]:
        """Lower end, printed value, upper end, each None where the print leaves it open."""
        return self.ends_of(self.rows[figure_id])

    def ends_of(self, row: Row) -> tuple[Any, Any, Any]:
        """The same, of a figure's row; an event has none."""
        low, value, high = (plain(row[c]) if c else None for c in VALUES[row["_kind"]])
        return low, value, high

    def live(self, figure_id: str, identifier: str) -> list[Live]:
        """The three ends as printed (won or counts), looked up by the identifier in a cell."""
        pairs = zip(ENDS, self.ends(figure_id), strict=True)
        return [Live(f'IF({look_up(end, identifier)}="","",{look_up(end, identifier)})', value) for end, value in pairs]

    @cached_property
    def _sources(self) -> dict[str, tuple[Any, str]]:
        """Each source's place in the order of publication, and how it is cited."""
        found = {}
        for record in each(self.tables.sources):
            source = {str(k): x for k, x in record.items()}
            said = text("passport.says.cited", self.language, publisher=source["publisher"], date=say_published(source, self.language))
            day = source["published_on"]
            found[str(source["source_id"])] = ((not given(day), str(day), source["source_id"]), said)
        return found

    def cited(self, figure_ids: Iterable[str]) -> str:
        """The sources of figures for a 자료: line, by date of publication, each once."""
        used = sorted({self._sources[self.rows[f]["source_id"]] for f in figure_ids})
        return ", ".join(dict.fromkeys(said for _, said in used))

    def programme(self, row: Row) -> str:
        return str(self._programmes[row["programme_id"]])

    def government(self, row: Row) -> str:
        return self.names.get(row["government"], "")

    def what(self, row: Row) -> str:
        """The nature of an amount, the indicator of a value, the kind of an event."""
        if row["_kind"] == "budgets":
            return v.label("nature", row["nature"], self.language)
        if row["_kind"] == "targets":
            return str(self._indicators[row["indicator"]][f"name_{self.language}"])
        return say_event(row["event"], self.language)

    def phase(self, row: Row) -> str:
        if row["_kind"] == "milestones":
            return v.label("milestone_state", row["state"], self.language)
        return v.label("phase" if row["_kind"] == "budgets" else "target_phase", row["phase"], self.language)

    def period(self, row: Row) -> str:
        return say_event_date(row, self.language) if row["_kind"] == "milestones" else say_period(row, self.language)

    def unit(self, row: Row) -> str:
        if row["_kind"] == "budgets":
            return v.label("money_unit", row["unit"], self.language)
        if row["_kind"] == "targets":
            return str(self._indicators[row["indicator"]]["unit_ko"] if self.language == "ko" else row["unit"])
        return ""

    def said(self, vocabulary: str, row: Row) -> str | None:
        """The label of a code, if the row has one."""
        code = plain(row.get(vocabulary))
        return None if code is None else v.label(vocabulary, code, self.language)
