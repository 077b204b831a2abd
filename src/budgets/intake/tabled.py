"""The numbers of an untidy table → entries, as if a person had written them into the template.

Government, programme and source come from the table or from the mapping; what neither says is asked, never guessed.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from budgets.contract import PLACE
from budgets.errors import DataError
from budgets.intake.making import Maker
from budgets.intake.names import Names, Unknown, code
from budgets.intake.values import ValueMaker
from budgets.rows import each
from budgets.rulings.classifier import classify_programme
from budgets.schema import CLEAN
from budgets.sources.transcripts import read_table
from budgets.sources.workbooks.entries import Entry
from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.forms import BUDGET, SOURCE
from budgets.sources.workbooks.grids import Value
from budgets.sources.workbooks.indicators import is_of_indicators
from budgets.sources.workbooks.ledger import FACTOR, Ledger, Number
from budgets.sources.workbooks.mapping import Mapping
from budgets.vocabulary import PHASES
from budgets.words import text


def table_entries(ledgers: Iterable[Ledger], mapping: Mapping, names: Names) -> tuple[list[Entry], list[CellFault], list[CellFault]]:
    """(entries, faults, notes): one entry per amount that is no total, and per value of an indicator; first the new source of the mapping, if any."""
    entries, faults, notes = list[Entry](), list[CellFault](), list[CellFault]()
    source = mapping.source_id
    if mapping.source:
        places = dict.fromkeys((f.key for f in SOURCE.fields), "")
        values: dict[str, Value] = {key: str(value).lower() if isinstance(value, bool) else value for key, value in mapping.source.items()}
        entries.append(Entry(SOURCE, "[source]", 0, values, {}, {f.key: f.key for f in SOURCE.fields} | places))
        source = source or str(values.get("source_id") or f"{values.get('publisher', '')} {values.get('published_on', '')}")
    for ledger in ledgers:
        maker = (ValueMaker if is_of_indicators(ledger.table) else AmountMaker)(ledger, mapping, names, source)
        entries += maker.entries()
        faults += maker.faults
        notes += maker.notes
    return entries, list(dict.fromkeys(faults)), list(dict.fromkeys(notes))


class AmountMaker(Maker):
    role = "amount"

    def entry(self, n: Number) -> Entry | None:
        if not n.label:
            self.ask(
                "intake.table.no_programme" if n.funding else "intake.table.zero_length",
                n.label_place if n.funding else n.place,
                None if n.funding else n.shown,
            )
            return None
        verdict = classify_programme(n.label)
        if verdict.rule == "avian-influenza" and n.label not in self.mapping.programmes:
            self.notes.append(CellFault(self.ledger.sheet, n.label_place, n.label, "intake.table.bird_flu", {"name": n.label}))
        government = self.government(n.government)
        funding = self._funding(n, government)
        period = _period(n)
        if not (n.unit in FACTOR and period and n.phase in PHASES and self.source and government and funding):
            return None
        values: dict[str, Value] = {
            "government": government,
            "programme": self.programme(n),
            "programme_as_printed": self.printed(n),
            "as_printed": f"{n.number:,}",
            "table_unit": n.unit,
            "hedge": "none",
            "nature": self.mapping.nature or "budget",
            **dict(zip(("period_kind", "period_start", "period_end"), period, strict=True)),
            "phase": n.phase,
            "phase_round": n.phase_round,
            "funding": funding,
            "unit": "KRW",
            "source": self.source,
            "locator": f"{self.ledger.sheet} {n.place}",
            "words": {"gross": "총계", "net": "순계"}.get(n.netting, ""),
            "note": self._remark(n),
        }
        places = dict.fromkeys(values, n.column.place) | dict.fromkeys(("as_printed", "locator", "figure_id", "note"), n.place)
        places |= dict.fromkeys(("programme", "programme_as_printed"), n.label_place) | {"government": n.government_place or n.label_place}
        return Entry(
            BUDGET, self.ledger.sheet, n.row, values, places, dict.fromkeys(values.keys() - {"programme", "programme_as_printed", "government"}, n.column.title)
        )

    def _remark(self, n: Number) -> str:
        """What must be known of the amount besides: from which year on something else is counted; who vouches for it."""
        since = [year for year in self.ledger.breaks if n.year is not None and n.year >= year]
        said = [text("intake.table.break_remark", year=max(since), place=self.ledger.breaks[max(since)].place)] if since else []
        return " ".join([*said, *filter(None, [self.mapping.vouched(self.ledger.sheet, n.place)])])

    def _funding(self, n: Number, government: str) -> str:
        if n.funding != "own":
            return n.funding or "unknown"
        try:
            level = self.names.level.get(self.names.government(government), "")
        except Unknown:
            return ""
        found = {"province": "provincial", "municipality": "municipal"}.get(level, "")
        if not found:
            self.ask("intake.table.own_funding", n.column.place, n.column.title)
        return found


def _period(n: Number) -> tuple[str, str, str] | None:
    """Kind, start and end of the period an amount is of; None where the table does not say it."""
    if n.column.means.envelope:
        return None if n.span is None else ("envelope", str(n.span[0]), str(n.span[1]))
    if n.year is None or (n.phase == "paid" and not n.as_of):
        return None
    if n.phase == "paid" and f"{n.year}-01-01" <= n.as_of < f"{n.year}-12-31":
        return "part_year", f"{n.year}-01-01", n.as_of
    return "fiscal_year", str(n.year), str(n.year)


def spoken(mapping: Mapping) -> Mapping:
    """The mapping with phases and funding as codes, whatever language they were written in. Raises `Unknown`."""

    def said(vocabulary: str, given: str) -> str:
        return code(vocabulary, given) if given else ""

    columns = {
        c: {**role, **{k: said("target_phase" if (k, role["role"]) == ("phase", "value") else k, role[k]) for k in ("phase", "funding") if k in role}}
        for c, role in mapping.columns.items()
    }
    return replace(
        mapping, phase=said("phase", mapping.phase), funding=said("funding", mapping.funding), nature=said("nature", mapping.nature), columns=columns
    )


def residents(data: Path, names: Names) -> Callable[[str, int | None], float | None]:
    """Residents of a government (by any of its names) at the end of the year before, or of the nearest year on file."""
    try:
        table = read_table(data / "raw" / "reference" / "population.csv", CLEAN["denominators"].to_schema().columns).drop(columns=PLACE)
    except DataError:
        return lambda government, year: None
    found: dict[str, dict[int, float]] = {}
    for row in each(table):
        if row["year"].isdigit() and row["value"].replace(".", "").isdigit():
            found.setdefault(row["government"], {})[int(row["year"])] = float(row["value"])
    known: dict[str, str] = {}

    def people(government: str, year: int | None) -> float | None:
        if government not in known:
            try:
                known[government] = names.government(government)
            except Unknown:
                known[government] = ""
        years = found.get(known[government], {})
        return years[min(years, key=lambda y: abs(y - (year or 2025) + 1))] if years else None

    return people
