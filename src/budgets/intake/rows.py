"""Entries of a workbook → rows of the files in ``data/raw`` and ``data/rulings``, as text, with what could not be read.

Nothing is guessed: a cell that cannot be read is a fault, and its column is *spoiled*, so that what follows from it is
not reported a second time.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from budgets.intake.names import Names, Unknown, code, day, flag, hedge, squeezed
from budgets.schema import CLEAN, RULING
from budgets.sources.identifiers import free, slug
from budgets.sources.transcripts import FIGURE_COLUMNS
from budgets.sources.workbooks.entries import Entry
from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.forms import BUDGET, FIGURES, PROGRAMME, SOURCE, TABLE_UNITS, TARGET, Field, codes
from budgets.sources.workbooks.forms import RULING as RULING_FORM
from budgets.sources.workbooks.grids import Value, said
from budgets.sources.workbooks.rounds import round_in

SOURCE_COLUMNS = list(CLEAN["sources"].to_schema().columns)
PROGRAMME_COLUMNS = ["programme_id", "government", "name_ko", "name_en", "source_id", "locator"]
PROGRAMME_RULING_COLUMNS = list(RULING["programmes"].to_schema().columns)
FIGURE_RULING_COLUMNS = list(RULING["figures"].to_schema().columns)
COLUMNS = {
    "press/sources.csv": SOURCE_COLUMNS,
    "press/programmes.csv": PROGRAMME_COLUMNS,
    "rulings/programmes.csv": PROGRAMME_RULING_COLUMNS,
    "rulings/figures.csv": FIGURE_RULING_COLUMNS,
}
"""The columns of every file but the transcripts, which have ``FIGURE_COLUMNS``."""
_OWN_UNIT = re.compile("[조억만천백]|원|won|KRW", re.IGNORECASE)


@dataclass(eq=False)
class Row:
    """One row to be added to *file*. ``key_of`` maps a column of the file to the field it came from."""

    entry: Entry
    file: str
    record: dict[str, str]
    spoiled: set[str] = field(default_factory=set)
    new: bool = True
    """False where the very same row is on file already."""

    @property
    def identifier(self) -> str:
        return self.record[next(iter(self.record))]

    @property
    def named(self) -> str:
        """How the row is called in messages: 금액 12행."""
        return f"{self.entry.sheet} {self.entry.row + 1}"

    def key_of(self, column: str) -> str:
        """The field of the form that fills a column of the file."""
        prefix = "ruling:" if self.file == "rulings/programmes.csv" and self.entry.form is PROGRAMME else ""
        found = next((f for f in self.entry.form.fields if f.column in (prefix + column, column)), None)
        return found.key if found else ""


@dataclass
class Reader:
    """Turns entries into rows, one form after the other: sources and programmes first, for figures point to them."""

    names: Names
    faults: list[CellFault] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def read(self, entries: list[Entry]) -> None:
        for form in (SOURCE, PROGRAMME):
            for entry in entries:
                if entry.form is form:
                    self._source(entry) if form is SOURCE else self._programme(entry)
            self.names = replace(self.names)  # what was looked up before the new names came is forgotten
        for entry in entries:
            if entry.form in FIGURES:
                self._figure(entry)
        for entry in entries:
            if entry.form is RULING_FORM:
                self._ruling(entry)

    # ---- one form each ----

    def _source(self, entry: Entry) -> None:
        record, spoiled = self._cells(entry, SOURCE_COLUMNS)
        if not record["source_id"] and "source_id" not in spoiled:
            record["source_id"] = self._source_name(record)
            if not record["source_id"]:
                self._fault(entry, "source_id", "intake.fault.source_name")
                spoiled.add("source_id")
        self.rows.append(Row(entry, "press/sources.csv", record, spoiled))
        if record["source_id"]:
            self.names.sources.append(record)

    def _source_name(self, record: Mapping[str, str]) -> str:
        """Of the outlet's address and the date: etnews-2019-12-22; that of the same source on file, if there is one."""
        for known in self.names.sources:
            if all(known[c] == record[c] for c in SOURCE_COLUMNS if c != "source_id"):
                return known["source_id"]
        host = (urlsplit(record["url"]).hostname or "").removeprefix("www.").removeprefix("m.")
        stem = slug(host.split(".")[0])
        return free(f"{stem}-{record['published_on']}", {s["source_id"] for s in self.names.sources}) if stem and record["published_on"] else ""

    def _programme(self, entry: Entry) -> None:
        record, spoiled = self._cells(entry, PROGRAMME_COLUMNS)
        known = {p["programme_id"] for p in self.names.programmes}
        if not record["programme_id"] and "programme_id" not in spoiled:
            same = [p for p in self.names.programmes if all(p[c] == record[c] for c in PROGRAMME_COLUMNS if c != "programme_id")]
            stem = slug(f"{record['government']}-{record['name_en']}")[:60].strip("-")
            record["programme_id"] = same[0]["programme_id"] if same else free(stem or f"programme-{entry.row + 1}", known)
        self.rows.append(Row(entry, "press/programmes.csv", record, spoiled))
        self.names.programmes.append(record)
        ruling, wrong = self._cells(entry, PROGRAMME_RULING_COLUMNS, prefix="ruling:")
        if any(ruling.values()):
            for column in ("coverage", "reason", "decided_on"):
                if not ruling[column] and column not in wrong:
                    f = next(f for f in entry.form.fields if f.key == column)
                    self._fault(entry, column, "intake.fault.ruling_needs", column=f.title("ko"), column_en=f.title("en"))
                    wrong.add(column)
            ruling["programme_id"] = record["programme_id"]
            self.rows.append(Row(entry, "rulings/programmes.csv", ruling, wrong | (spoiled & {"programme_id"})))

    def _figure(self, entry: Entry) -> None:
        record, spoiled = self._cells(entry, FIGURE_COLUMNS)
        record["kind"] = entry.form.name
        if entry.form is TARGET:
            record["unit"] = self.names.unit.get(record["indicator"], "")
            spoiled |= {"unit"} if "indicator" in spoiled else set()
        if entry.form is BUDGET:
            self._amount(entry, record, spoiled)
        owner = self.names.owner.get(record["programme_id"], "")
        if owner and "government" in entry.values and "government" not in spoiled:
            self._same_owner(entry, owner, spoiled)
        self._passport(entry, record)
        file = "national" if self.names.level.get(owner, "national") in ("national", "aggregate") else owner
        self.rows.append(Row(entry, f"press/{file}.csv", record, spoiled))

    def _same_owner(self, entry: Entry, owner: str, spoiled: set[str]) -> None:
        try:
            given = self.names.government(entry.said("government"))
        except Unknown:
            return
        if given != owner:
            self._fault(entry, "programme", "intake.fault.programme_owner", government=self.names.government_labels.get(owner, owner))
            spoiled.add("programme_id")

    def _amount(self, entry: Entry, record: dict[str, str], spoiled: set[str]) -> None:
        """A number out of a table gets the table's unit; an amount with a unit of its own must not have a second one."""
        printed, unit = record["as_printed"], entry.said("table_unit")
        value = entry.values.get("as_printed")
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            printed = f"{value:,.10g}" if isinstance(value, float) and not value.is_integer() else f"{int(value):,}"
        problem = ""
        if unit and unit not in TABLE_UNITS:
            self._fault(entry, "table_unit", "intake.fault.table_unit")
            spoiled.add("as_printed")
            return
        if not printed:
            return
        if unit and _OWN_UNIT.search(printed):
            problem = "intake.fault.two_units"
        elif not unit and re.fullmatch(r"[△▲+\-−–(]?\s*[0-9][0-9,.]*\)?", printed):
            problem = "intake.fault.no_unit"
        elif unit and re.match(r"[△▲\-−–(]", printed):
            problem = "intake.fault.negative"
        if problem:
            self._fault(entry, "as_printed", problem, unit=unit)
            spoiled.add("as_printed")
            return
        record["as_printed"] = printed + unit

    def _passport(self, entry: Entry, record: Mapping[str, str]) -> None:
        """What a person left or wrote beside the source must be what the source says."""
        source = self.names.source_rows.get(record["source_id"])
        for key, column in (("source_date", "published_on"), ("source_url", "url")):
            given = entry.said(key)
            if source and given and source[column] and squeezed(given) != squeezed(source[column]):
                try:
                    same = key == "source_date" and day(entry.values[key]) == source[column]
                except Unknown:
                    same = False
                if not same:
                    self._fault(entry, key, "intake.fault.source_differs", wanted=source[column])

    def _ruling(self, entry: Entry) -> None:
        record, spoiled = self._cells(entry, FIGURE_RULING_COLUMNS)
        self.rows.append(Row(entry, "rulings/figures.csv", record, spoiled))

    # ---- cells ----

    def _cells(self, entry: Entry, columns: list[str], prefix: str = "") -> tuple[dict[str, str], set[str]]:
        record, spoiled = dict.fromkeys(columns, ""), set[str]()
        government = self._government(entry, spoiled)
        for f in entry.form.fields:
            if f.key == "government":
                if "government" in record and government:
                    record["government"] = government
                continue
            column = f.column.removeprefix(prefix)
            if column not in record or (prefix and not f.column.startswith(prefix)):
                continue
            value = entry.values.get(f.key, "")
            if value is None:  # already said to be unreadable
                spoiled.add(column)
            elif said(value) == "":
                if f.required:
                    self._fault(entry, f.key, _left_open(f))
                    spoiled.add(column)
            else:
                try:
                    record[column] = self._read(f, value, entry, government)
                except Unknown as problem:
                    self._fault(entry, f.key, problem.key, **problem.fields)
                    spoiled.add(column)
        return record, spoiled

    def _government(self, entry: Entry, spoiled: set[str]) -> str | None:
        if "government" not in {f.key for f in entry.form.fields}:
            return None
        given = entry.said("government")
        try:
            if given:
                return self.names.government(given)
            if entry.values.get("government", "") is not None:
                self._fault(entry, "government", "intake.fault.blank")
        except Unknown as problem:
            self._fault(entry, "government", problem.key, **problem.fields)
        spoiled.add("government")
        return None

    def _read(self, f: Field, value: Value, entry: Entry, government: str | None) -> str:
        shown = said(value)
        readers: dict[str, Callable[[], str]] = {
            "code": lambda: code(f.vocabulary, shown),
            "programme": lambda: self.names.programme(shown, government),
            "source": lambda: self.names.source(shown),
            "indicator": lambda: self.names.indicator(shown),
            "date": lambda: day(value),
            "year-or-date": lambda: day(value, year_ends=_year_ends(f.key, entry)),
            "flag": lambda: flag(value),
            "hedge": lambda: hedge(shown),
            "round": lambda: round_in(shown) or shown,
        }
        return readers.get(f.kind, lambda: shown)()

    def _fault(self, entry: Entry, key: str, rule: str, **fields: object) -> None:
        fault = entry.fault(key, rule, fields)
        if fault not in self.faults:
            self.faults.append(fault)


def _year_ends(key: str, entry: Entry) -> str | None:
    """What a year alone means: the ends of the year, in a fiscal year and in an envelope."""
    try:
        kind = code("period_kind", entry.said("period_kind"))
    except Unknown:
        kind = "fiscal_year"  # the kind itself is the fault
    return ("-01-01" if key == "period_start" else "-12-31") if kind in ("fiscal_year", "envelope") else None


def _left_open(f: Field) -> str:
    """What is said of a required cell that is empty: whether its list has a word for what the text does not say."""
    if f.kind == "hedge":
        return "intake.fault.empty"
    if f.kind == "code":
        return "intake.fault.empty" if "unknown" in codes(f.vocabulary) else "intake.fault.choose"
    return "intake.fault.blank"
