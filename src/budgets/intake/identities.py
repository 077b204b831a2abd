"""Which rows are new, which are on file already, and what new figures are called."""

import re
from collections.abc import Mapping

from budgets.intake.files import Files
from budgets.intake.names import squeezed
from budgets.intake.rows import Reader, Row
from budgets.sources.identifiers import free
from budgets.sources.transcripts import FIGURE_COLUMNS
from budgets.sources.workbooks.forms import FIGURES, PROGRAMME
from budgets.sources.workbooks.forms import RULING as RULING_FORM

_AT_ROW = re.compile(r"(.+?)\s*!?\s*(?:[A-Z]{1,3}(?=[0-9]))?([0-9]+)\s*행?")


def identify(reader: Reader, files: Files) -> None:
    """Give every row its identifier and mark those on file; a name that is taken by something else is a fault.

    Rows are changed in place. A row whose identifier is wrong gets a stand-in, so that its other cells can be checked.
    """
    figures = [row for row in reader.rows if row.entry.form in FIGURES]
    _figures(reader, figures, files.figures)
    for file in ("press/sources.csv", "press/programmes.csv", "rulings/programmes.csv"):
        _known(reader, [row for row in reader.rows if row.file == file], files.rows[file], 1)
    _follow_programmes(reader.rows)
    rulings = [row for row in reader.rows if row.entry.form is RULING_FORM]
    _resolve(reader, rulings, figures, {f["figure_id"] for f in files.figures})
    _known(reader, rulings, files.rows["rulings/figures.csv"], 3)


def _figures(reader: Reader, rows: list[Row], on_file: list[dict[str, str]]) -> None:
    by_id = {record["figure_id"]: record for record in on_file}
    by_content = {_content(record): record["figure_id"] for record in on_file}
    here: dict[tuple[str, ...], Row] = {}
    names: dict[str, Row] = {}
    taken = set(by_id)
    for n, row in enumerate(rows, 1):
        content, given = _content(row.record), row.record["figure_id"]
        if row.spoiled:
            row.record["figure_id"] = given if given and given not in by_id and given not in names else f"row-{n}"
            continue
        if content in here and given in ("", here[content].record["figure_id"]):
            _fault(reader, row, "figure_id", "intake.fault.twice", other=here[content].named)
            row.record["figure_id"] = f"row-{n}"
            continue
        here.setdefault(content, row)
        if not given and content in by_content:
            row.record["figure_id"], row.new = by_content[content], False
        elif not given:
            row.record["figure_id"] = free(_named(row.record), taken)
        elif given in by_id:
            row.new = False
            if _content(by_id[given]) != content:
                _taken(reader, row, by_id[given])
                row.record["figure_id"], row.new = f"row-{n}", True
        elif given in names:
            _fault(reader, row, "figure_id", "contract.unique")
            row.record["figure_id"] = f"row-{n}"
        names[row.record["figure_id"]] = row
        taken.add(row.record["figure_id"])


def _known(reader: Reader, rows: list[Row], on_file: list[dict[str, str]], width: int) -> None:
    """Rows identified by their first *width* columns."""

    def key(record: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(record.values())[:width]

    by_key = {key(record): record for record in on_file}
    here: dict[tuple[str, ...], Row] = {}
    for n, row in enumerate(rows, 1):
        first = next(iter(row.record))
        if row.spoiled & set(list(row.record)[:width]):
            row.record[first] = row.record[first] or f"row-{n}"
            continue
        present = by_key.get(key(row.record))
        if present is not None:
            row.new = False
            if not row.spoiled and dict(present) != row.record:
                _taken(reader, row, present)
        elif (before := here.get(key(row.record))) is not None:
            _fault(reader, row, first, "intake.fault.twice" if before.record == row.record else "contract.unique", other=before.named)
            row.new = False
        here.setdefault(key(row.record), row)


def _follow_programmes(rows: list[Row]) -> None:
    """The ruling on a new programme bears the programme's identifier."""
    names = {id(row.entry): row.record["programme_id"] for row in rows if row.file == "press/programmes.csv"}
    for row in rows:
        if row.file == "rulings/programmes.csv" and row.entry.form is PROGRAMME:
            row.record["programme_id"] = names[id(row.entry)]


def _resolve(reader: Reader, rulings: list[Row], figures: list[Row], on_file: set[str]) -> None:
    """Figures named by their row in this workbook get their identifier."""
    at = {(squeezed(row.entry.sheet), row.entry.row + 1): row for row in figures}
    names = on_file | {row.record["figure_id"] for row in figures}
    for row in rulings:
        for column in ("figure_id", "other_figure_id"):
            given = row.record[column]
            if not given or given in names:
                continue
            found = _AT_ROW.fullmatch(given)
            there = at.get((squeezed(found[1]), int(found[2]))) if found else None
            if there is not None:
                row.record[column] = there.record["figure_id"]
                if there.spoiled:  # what is wrong with that row is said there
                    row.spoiled.add(column)
            else:
                from difflib import get_close_matches

                near = get_close_matches(given, list(names), n=1)
                _fault(reader, row, column, "intake.fault.figure", near=f" → {near[0]}?" if near else "")


def _named(record: Mapping[str, str]) -> str:
    """A readable name: programme, indicator or event, period, phase, funding, outlet."""
    start, end = ((record[c] or "")[:4] for c in ("period_start", "period_end"))
    period = "-".join(dict.fromkeys(part for part in (start, end) if part)) or (record["as_of"] or record["date_start"])[:7]
    kind = "envelope" if record["period_kind"] == "envelope" else ""
    funding = "" if record["funding"] in ("unknown", "") else record["funding"]
    outlet = record["source_id"].split("-")[0]
    what = record["indicator"] or record["event"]
    parts = (record["programme_id"], what, kind, period, record["phase"] or record["state"], funding, outlet)
    return "-".join(part for part in parts if part).replace("_", "-")


def _content(record: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(record[column] for column in FIGURE_COLUMNS if column != "figure_id")


def _taken(reader: Reader, row: Row, present: Mapping[str, str]) -> None:
    column = next(c for c in row.record if row.record[c] != present[c])
    f = next((f for f in row.entry.form.fields if f.key == row.key_of(column)), None)
    title = f.title("ko") if f else column
    _fault(reader, row, next(iter(row.record)), "intake.fault.taken", column=title, present=present[column], given=row.record[column])


def _fault(reader: Reader, row: Row, at: str, rule: str, **fields: object) -> None:
    """A fault in the column *at* of the file."""
    reader.faults.append(row.entry.fault(row.key_of(at), rule, fields))
    row.spoiled.add(at)
