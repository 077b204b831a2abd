"""The values of a table of indicators → entries. Which indicator, which extent and which period are never guessed."""

from budgets.intake.making import EVERY_OTHER, Maker
from budgets.intake.names import Unknown
from budgets.sources.workbooks.entries import Entry
from budgets.sources.workbooks.forms import TARGET
from budgets.sources.workbooks.grids import Value
from budgets.sources.workbooks.ledger import Number
from budgets.sources.workbooks.mapping import ASIDE
from budgets.vocabulary import TARGET_PHASES

_COUNTERS = {"개": ("개사", "개소", "곳"), "곳": ("개소", "개"), "%": ("퍼센트",)}
"""Counters that say the same as that of an indicator."""


class ValueMaker(Maker):
    role = "value"

    def entry(self, n: Number) -> Entry | None:
        name, extent = self.mapping.indicators.get(n.indicator, self.mapping.indicators.get(EVERY_OTHER, ("", "")))
        if name == ASIDE:
            return None
        if not n.label:
            self.ask("intake.table.no_programme", n.label_place, n.indicator or None)
        indicator = self._indicator(n, name or n.indicator)
        extent = extent or self.mapping.extent
        if indicator and not extent:
            self.ask("intake.table.no_extent", n.indicator_place, n.indicator, name=n.indicator)
        period = self._period(n, extent) if extent else None
        fine = self._unit_fits(n, indicator) if indicator else False
        if not (indicator and fine and period and n.label and self.source and n.phase in TARGET_PHASES):
            return None
        values: dict[str, Value] = {
            "government": self.government(n.government),
            "programme": self.programme(n),
            "programme_as_printed": self.printed(n),
            "indicator": indicator,
            "target_phase": n.phase,
            "as_printed": f"{n.number:,}{n.unit.replace('퍼센트', '%')}",
            "hedge": "none",
            "extent": extent,
            **period,
            "source": self.source,
            "locator": f"{self.ledger.sheet} {n.place}",
            "words": n.indicator,
        }
        places = dict.fromkeys(values, n.column.place) | dict.fromkeys(("as_printed", "locator", "figure_id"), n.place)
        places |= dict.fromkeys(("programme", "programme_as_printed"), n.label_place) | {
            "indicator": n.indicator_place,
            "government": n.government_place or n.label_place,
        }
        return Entry(TARGET, self.ledger.sheet, n.row, values, places, {})

    def _indicator(self, n: Number, name: str) -> str:
        """The indicator on the list; one that is not there is asked for."""
        try:
            return self.names.indicator(name)
        except Unknown as problem:
            self.ask("intake.table.indicator", n.indicator_place, name or None, near=problem.fields.get("near", ""), name=n.indicator)
            return ""

    def _unit_fits(self, n: Number, indicator: str) -> bool:
        wanted = next(row["unit_ko"] for row in self.names.indicators if row["indicator"] == indicator)
        if not n.unit:
            self.ask("intake.table.no_counter", n.indicator_place, n.indicator, wanted=wanted)
        elif n.unit not in (wanted, *_COUNTERS.get(wanted, ())):
            self.ask("intake.table.other_counter", n.place, n.shown, unit=n.unit, wanted=wanted)
            return False
        return bool(n.unit)

    def _period(self, n: Number, extent: str) -> dict[str, Value] | None:
        """The period of a value by its extent: a day for a stock, years for a sum since, else a year."""
        if extent == "stock":
            if not n.as_of:
                self.ask("intake.table.no_as_of", n.column.place, n.column.title or None)
                return None
            return {"period_kind": "unknown", "as_of": n.as_of}
        if extent == "cumulative":
            if n.span is None:
                self.ask("intake.table.no_since", n.column.place, n.column.title or None)
                return None
            return {"period_kind": "envelope", "period_start": str(n.span[0]), "period_end": str(n.span[1])}
        if n.year is None:
            self.ask("intake.table.no_value_year", n.column.place, n.column.title or None)
            return None
        return {"period_kind": "fiscal_year", "period_start": str(n.year), "period_end": str(n.year)}
