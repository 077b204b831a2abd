"""The workbook in which a person enters figures: one sheet per kind, drop-downs from the contract, rules as comments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from budgets.sources.workbooks.examples import examples
from budgets.sources.workbooks.forms import FIGURES, FORMS, MARK, SOURCE, Field, Form, codes, squeezed
from budgets.sources.workbooks.labels import government_labels, programme_labels
from budgets.sources.workbooks.lists import Lists
from budgets.vocabulary import FOUR, label
from budgets.words import entries, text

if TYPE_CHECKING:
    from budgets.tables import Tables

HEAD = 3
"""Row of the headings, counted from 0; examples and entries stand below."""
ROOM = 300
"""Rows prepared for entries on each sheet."""
MARKED_WIDTH = 27
"""Of the first column, where rows are filled in beforehand and say what they ask of the person."""
FONT = {"font_name": "맑은 고딕", "font_size": 10, "valign": "vcenter"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15},
    "note": {"font_size": 9, "font_color": "#595959"},
    "head": {"bold": True, "bg_color": "#E9EEF4", "top": 2, "bottom": 1, "align": "center", "text_wrap": True},
    "must": {"bold": True, "bg_color": "#CFE0F1", "top": 2, "bottom": 1, "align": "center", "text_wrap": True},
    "text": {"num_format": "@"},
    "remarked": {"num_format": "@", "bg_color": "#FFF2CC"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "example": {"italic": True, "font_color": "#8C8C8C", "bg_color": "#F2F2F2", "num_format": "@"},
    "filled": {"font_color": "#7F7F7F"},
    "filled date": {"font_color": "#7F7F7F", "num_format": "yyyy-mm-dd", "align": "center"},
}
SOURCE_OF = {f.column: f.key for f in SOURCE.fields if f.column}


def template(tables: "Tables", language: str = "ko", proposals: Iterable[Mapping[str, object]] = ()) -> bytes:
    """The template as the bytes of an .xlsx file; the same arguments give the same bytes.

    *proposals*: rows to be filled in beforehand. Each holds columns of a transcript (``kind``, ``programme_id``, …,
    as codes, dates as ``2025-12-31``), may hold ``government``, ``mark`` (a few words for the first column) and
    ``remarks`` (by column: shown as comments of painted cells), and describes a source that is not on file yet by the keys
    of the sheet of sources (``source_kind``, ``publisher``, ``title``, ``published_on``, ``url``, … ``source_note``).
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": text("intake.template.title", language), "created": datetime(2026, 1, 1)})  # no run time in the file
    styles = {name: book.add_format(FONT | properties) for name, properties in STYLES.items()}
    owners = dict(zip(tables.programmes["programme_id"], tables.programmes["government"], strict=True))
    proposed = [{"government": owners.get(str(row.get("programme_id")), "")} | dict(row) for row in proposals]
    rows = [_with_programme(row) for row in proposed]
    given = {form.name: [row for row in rows if row["kind"] == form.name] for form in FIGURES}
    given["source"] = _new_sources(rows, set(tables.sources["source_id"]))
    given["programme"] = _new_programmes(proposed)
    sheets = {name: book.add_worksheet(text(f"intake.sheet.{name}", language)) for name in ("guide", *(form.name for form in FORMS), "lists")}
    lists = Lists(book, sheets["lists"], language, styles, new_sources=HEAD + 1 + len(given["source"]) + ROOM)
    governments = government_labels(tables.governments, language)
    lists.add("governments", governments.values())
    programmes = programme_labels(tables.programmes, governments, language)
    lists.add("programmes", programmes.values())
    lists.add_sources(tables.sources)
    indicators = dict(zip(tables.indicators["indicator"], tables.indicators[f"name_{language}"], strict=True))
    lists.add("indicators", indicators.values())
    names = {"government": governments, "programme": programmes, "indicator": indicators}
    _guide(sheets["guide"], language, styles)
    for form in FORMS:
        sheet = _Sheet(sheets[form.name], form, language, styles, lists, names)
        sheet.write(examples(form, language, governments.get(FOUR[0], next(iter(governments.values())))), given.get(form.name, []))
    lists.close()
    sheets["budget"].activate() if rows else sheets["guide"].activate()
    book.close()
    return target.getvalue()


class _Sheet:
    """One form on its sheet."""

    def __init__(self, sheet: Any, form: Form, language: str, styles: Mapping[str, Any], lists: "Lists", names: Mapping[str, Mapping[str, str]]) -> None:
        self.sheet, self.form, self.language, self.styles, self.lists, self.names = sheet, form, language, styles, lists, names
        self.at = {f.key: n for n, f in enumerate(form.fields)}

    def write(self, examples: Sequence[Mapping[str, str]], proposals: Sequence[Mapping[str, object]]) -> None:
        self._page()
        for n, f in enumerate(self.form.fields):
            self.sheet.set_column(n, n, f.width, self.styles["date" if f.kind == "date" else "text"])  # 2025 in a date cell would become a day of 1905
            self.sheet.write_string(HEAD, n, f.title(self.language) + (" *" if f.required else ""), self.styles["must" if f.required else "head"])
            self._comment(HEAD, n, self._said(f))
        for row, example in enumerate(examples, HEAD + 1):
            self.sheet.set_row(row, 20)  # room for a font that stands in for ours
            for n, f in enumerate(self.form.fields):
                self.sheet.write_string(row, n, example.get(f.key, ""), self.styles["example"])
        first = HEAD + 1 + len(examples)
        if proposals:
            self.sheet.set_column(0, 0, MARKED_WIDTH, self.styles["text"])
        for row, proposal in enumerate(proposals, first):
            remarks = self._remarks(proposal)
            for f in self.form.fields:
                self._put(row, f, proposal, self.styles["remarked" if f.key in remarks else "text"])
            for key, said in remarks.items():
                self._comment(row, self.at[key], said)
        last = first + len(proposals) + ROOM - 1
        if "source_date" in self.at:
            self._passports(first, last, proposals)
        for f in self.form.fields:
            self._choices(f, first, last)

    def _page(self) -> None:
        self.sheet.write_string(0, 0, self.form.title(self.language), self.styles["title"])
        self.sheet.write_string(
            1, 0, f"{text(f'intake.about.{self.form.name}', self.language)}. {text('intake.template.required', self.language)}", self.styles["note"]
        )
        self.sheet.set_row(HEAD, 32)
        self.sheet.freeze_panes(HEAD + 1, 3 if "programme" in self.at and self.at["programme"] == 2 else 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(2, 0)
        self.sheet.repeat_rows(HEAD)
        self.sheet.repeat_columns(0, 2)
        self.sheet.set_footer("&C&P / &N")

    def _said(self, f: Field) -> str:
        """The rule of a column, with the meaning of every code that may stand in it."""
        said = f.rule(self.language)
        if f.kind == "code" and f.vocabulary != "event":
            terms = entries("vocabulary")
            for code in codes(f.vocabulary):
                means = terms[f"{f.vocabulary}.{code}"].get(f"means_{self.language}")
                said += f"\n· {label(f.vocabulary, code, self.language)}" + (f": {means}" if means else "")
        return said

    def _comment(self, row: int, column: int, said: str) -> None:
        self.sheet.write_comment(
            row, column, said, {"x_scale": 2.6, "y_scale": min(6.0, 0.5 + said.count("\n") * 0.24 + len(said) / 120), "font_size": 9, "author": "budgets"}
        )

    def _remarks(self, proposal: Mapping[str, Any]) -> dict[str, str]:
        """The remarks of a row by the key of their cell; what is about a column that this form has not stands at the print."""
        found: dict[str, list[str]] = {}
        for column, said in proposal.get("remarks", {}).items():
            found.setdefault(column if column in self.at else "as_printed", []).extend(said)
        return {key: "\n".join(said) for key, said in found.items() if said}

    def _put(self, row: int, f: Field, proposal: Mapping[str, object], style: Any) -> None:
        value = proposal.get(f.key) if f.key in proposal else proposal.get(f.column)
        if value in (None, "") or (not f.column and f.kind not in ("government", "table unit") and f is not MARK):
            return
        shown = str(value)
        if f.kind == "code":
            shown = text(f"{f.vocabulary}.{shown}", self.language) if shown in codes(f.vocabulary) else shown
        elif f.kind in self.names:
            shown = self.names[f.kind].get(shown, shown)
        elif f.kind == "hedge" and shown in ("none", "unknown"):
            shown = text(f"intake.template.{shown}", self.language)
        elif f.kind == "flag":
            shown = text(f"intake.template.{'yes' if shown in ('true', 'True') else 'no'}", self.language)
        elif f.kind == "date":
            try:
                self.sheet.write_datetime(row, self.at[f.key], date.fromisoformat(shown), self.styles["date"])
                return
            except ValueError:  # what is no date is shown as it is, and found by the check
                pass
        self.sheet.write_string(row, self.at[f.key], shown, style)

    def _passports(self, first: int, last: int, proposals: Sequence[Mapping[str, object]]) -> None:
        """Date and address of the chosen source, live; the present results are written beside the formulas."""
        for row in range(first, last + 1):
            proposal = proposals[row - first] if row - first < len(proposals) else {}
            cell = xlsxwriter.utility.xl_rowcol_to_cell(row, self.at["source"])
            for key, listed, style in (("source_date", "source_dates", "filled date"), ("source_url", "source_urls", "filled")):
                found = f"INDEX({listed},MATCH({cell},sources,0))"
                now = (
                    self.lists.known.get(str(proposal.get("source_id")), {}).get(listed)
                    or proposal.get(SOURCE_OF["published_on"] if key == "source_date" else "url")
                    or ""
                )
                self.sheet.write_formula(row, self.at[key], f'=IF({cell}="","",IFERROR(IF({found}="","",{found}),""))', self.styles[style], str(now))

    def _choices(self, f: Field, first: int, last: int) -> None:
        """The drop-down of a column."""
        source = self.lists.choices(f, self._cell("government", first), self._cell(f.key, first))
        if source is None:
            return
        # What is on no list may still be right where people may enter new ones: then the check decides.
        free = f.kind in ("programme", "source", "hedge", "figure") or f.vocabulary == "event"
        options = {
            "validate": "list",
            "source": source,
            "show_error": not free,
            "error_title": f.title(self.language)[:32],
            "error_message": f.rule(self.language)[:255],
        }
        self.sheet.data_validation(first, self.at[f.key], last, self.at[f.key], options)

    def _cell(self, key: str, row: int) -> str:
        return f"${xlsxwriter.utility.xl_col_to_name(self.at[key])}{row + 1}" if key in self.at else '""'


def _new_sources(rows: Iterable[Mapping[str, object]], known: set[str]) -> list[dict[str, object]]:
    """The sources of the proposals that are not on file, each once, with the keys of the sheet of sources."""
    found: dict[str, dict[str, object]] = {}
    for row in rows:
        source = str(row.get("source_id") or "")
        if source and source not in known:
            found.setdefault(source, {f.key: row[f.key] for f in SOURCE.fields if f is not MARK and row.get(f.key) not in (None, "")})
    return list(found.values())


def _new_programme(row: Mapping[str, object]) -> str:
    """The printed name of the programme, where it is on no list; empty where it is, or where nobody knows whose it is."""
    return str(row.get("programme_as_printed") or "") if row["government"] and not row.get("programme_id") else ""


def _with_programme(row: dict[str, object]) -> dict[str, object]:
    """The row; a programme that is on no list is named as it is printed."""
    name = _new_programme(row)
    return row | {"programme_id": name} if name else row


def _new_programmes(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """The programmes that are on no list, each once for a government, with what their sheet asks of them."""
    found: dict[tuple[object, str], dict[str, object]] = {}
    for row in rows:
        if name := _new_programme(row):
            found.setdefault((row["government"], squeezed(name)), {"name_ko": name, **{key: row.get(key) for key in ("government", "source_id", "locator")}})
    return list(found.values())


def _guide(sheet: Any, language: str, styles: Mapping[str, Any]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, text("intake.template.title", language), styles["title"])
    for n in range(1, 6):
        sheet.write_string(n + 1, 0, text(f"intake.template.step_{n}", language))
    for n, form in enumerate(FORMS, 9):
        sheet.write_url(n, 0, f"internal:'{form.title(language)}'!A1", string=form.title(language))
        sheet.write_string(n, 1, text(f"intake.about.{form.name}", language))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
