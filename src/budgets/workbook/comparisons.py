"""The sheet of comparisons: one block each, with totals, per resident, shares, and the figures behind them.

Amounts of single programmes are listed one by one and never added: what happened to be printed is no government's size.
"""

from collections.abc import Sequence

from budgets import vocabulary as v
from budgets.workbook.book import Book, Sheet
from budgets.workbook.cases import STAGE, Case, pairs
from budgets.workbook.cells import Cell, Column, Live, live_text, plain, quoted
from budgets.workbook.changes import change
from budgets.workbook.charts import interval_chart
from budgets.workbook.lookup import ENDS, Figures, scaled
from budgets.workbook.totals import columns, nearest, spans_of, total

WIDTHS = (24, 12, *(12,) * 11, 40)
OUTSIDE = (3, 16, 12, 12, 12)
"""Right of the printed page: the data of the charts."""
CHART_AT, DATA_AT = 10, 15
CHART_ROWS, CHART_SIZE = 17, (540, 300)


def write(book: Book, cases: Sequence[Case], figures: Figures) -> dict[int, int]:
    """Write the sheet; return the row at which each comparison's block begins, by its number."""
    sheet = book.sheets["comparison"]
    sheet.open(WIDTHS, outside=OUTSIDE)
    found, totals = {}, {}
    for case in (c for c in cases if c.basis is not None):
        top, totals[case.number] = _block(book, sheet, case, figures)
        found[case.number] = top
        sheet.keep_together(top)
    for before, after in pairs(cases):
        top = sheet.row
        change(book, sheet, before, after, totals, figures)
        sheet.keep_together(top)
    if not found:
        sheet.note(book.say("say.nothing"))
    sheet.close_page(freeze=2)
    return found


def _block(book: Book, sheet: Sheet, case: Case, figures: Figures) -> tuple[int, int]:
    """One comparison; returns (row of its heading, first row of its totals)."""
    top = sheet.heading(book.say("say.block", n=case.number, basis=case.title(book.language)))
    sheet.note(case.comparison.verdict(book.language), "says")
    if case.total is None:
        sheet.notes([book.say(f"say.{case.refusal}")])
        _behind(book, sheet, case, figures)
        sheet.notes(_reading_notes(book, case, figures), figures.cited(case.figure_ids))
        for note in _price_notes(book, case):
            sheet.note(note)
        sheet.skip(2)
        return top, sheet.row
    sheet.unit(case.setting.unit(book.language))
    first = sheet.row + 2
    sources = figures.cited(case.figure_ids)
    live = _live_notes(book, case)
    notes = _notes(book, case, figures)
    # The totals add up cells further down; where those stand follows from what comes between.
    behind = first + len(case.governments) + len(live) + bool(sources) + bool(notes) + 3
    spans = spans_of(case, behind)
    totals = [total(book, case, g, row, spans, figures) for row, g in enumerate(case.governments, first)]
    sheet.table(columns(book), totals)
    sheet.notes(notes, sources)
    for note in live:
        sheet.note(note)
    _behind(book, sheet, case, figures)
    if case.comparison.is_race:
        _chart(book, sheet, case, (first, [row[DATA_AT:] for row in totals], case.governments), behind - 2, figures)
        sheet.row = max(sheet.row, behind - 2 + CHART_ROWS)
    sheet.skip(2)
    return top, first


def _notes(book: Book, case: Case, figures: Figures) -> list[str]:
    """What must be said under the table whatever the assumptions are."""
    assert case.total is not None and case.basis is not None
    notes = [note.say(book.language) for note in case.total.notes if note.key == "note.funding_unknown"]
    if case.basis.period_kind == "envelope":
        notes.append(book.say("say.no_envelope_prices"))
    if case.stage is None:
        notes.append(book.say("say.no_share") if case.year is None else book.say("say.no_expenditure", year=case.year))
    return notes + _reading_notes(book, case, figures)


def _reading_notes(book: Book, case: Case, figures: Figures) -> list[str]:
    """What must be said of the readings themselves."""
    return [book.say("say.open_end")] if any(None in figures.ends(f) for f in case.figure_ids) else []


def _live_notes(book: Book, case: Case) -> list[Live]:
    """The notes that follow the assumptions: denominators, prices. Each takes its row, also when empty."""
    n, language = case.number, book.language
    fields: dict[str, tuple[str, object]] = {"population_year": (f"population_year_{n}", case.population_year)}
    if case.stage:
        fields["year"] = (f"year_{n}", case.year)
        fields |= {s: (f"{s}_{n}", v.label(s, code, language)) for s, code in zip(STAGE, case.stage, strict=True)}
    return [live_text(f"workbook.say.{'denominators' if case.stage else 'population_only'}", language, **fields), *_price_notes(book, case)]


def _price_notes(book: Book, case: Case) -> list[Live]:
    """In which prices the amounts of one fiscal year are shown."""
    if case.year is None:
        return []
    constant, asked = quoted(book.say("prices.constant")), case.setting.assumptions.prices == "constant"
    based = live_text("workbook.say.in_prices", book.language, base=("base_year", case.setting.base_year))
    without = book.say("say.no_index", year=case.year)
    said = None if not asked else based.value if case.prices == "constant" else without
    return [Live(f'IF(prices<>{constant},"",IF(priced_{case.number}={constant},{based.formula},{quoted(without)}))', said)]


def _behind(book: Book, sheet: Sheet, case: Case, figures: Figures) -> None:
    """The figures on the basis, looked up among the passports.

    Where the comparison speaks of programmes, a government without one has a line, too.
    """
    say = book.say
    sheet.skip()
    ids = case.listed
    words = say("say.behind" if case.total is not None else "say.rows") if case.figure_ids else say("say.nothing_behind")
    sheet.line([words, *[None] * (CHART_AT - 2), case.setting.unit(book.language) if ids else None], ["subheading", *[""] * (CHART_AT - 2), "unit"])
    if not ids:
        return
    heads = [Column(say("head.programme_printed")), Column(say("head.government"))]
    heads += [Column(say(f"head.{end}"), "amount") for end in ENDS]
    heads += [Column(say("head.as_printed")), Column(say("head.figure_id"), "id"), *[Column("", "id")] * (CHART_AT - 7)]
    rows = [_figure(book, case, g, f, r, figures) for r, (g, f) in enumerate(ids, sheet.row + 2)]
    sheet.table(heads, rows)


def _figure(book: Book, case: Case, government: str, figure_id: str | None, r: int, figures: Figures) -> list[Cell]:
    """One figure in the rounding unit, or the gap of a government; *r* counts from 1, as addresses do."""
    name, rest = figures.names[government], [None] * (CHART_AT - 7)
    if figure_id is None:
        return [None, name, None, book.say("say.missing"), None, None, nearest(book, case, government), *rest]
    row = figures.rows[figure_id]
    amounts = [Live(scaled(end, f"$G{r}", f"factor_{case.number}"), x) for end, x in zip(ENDS, _ends(case, figures, figure_id), strict=True)]
    return [row["programme_as_printed"], name, *amounts, row["as_printed"], figure_id, *rest]


def _ends(case: Case, figures: Figures, figure_id: str) -> list[float | None]:
    return [case.setting.shown(x, case.factor) for x in figures.ends(figure_id)]


def _chart(book: Book, sheet: Sheet, case: Case, drawn: tuple[int, list[list[Cell]], list[str]], at: int, figures: Figures) -> None:
    """The bars beside the figures; *drawn*: first row of the data, the data, the government of each bar."""
    language, tables = book.language, figures.tables
    first, rows, governments = drawn
    said = [f"{figures.names[g]} {_said(figures, f) if f else book.say('say.missing')}" for g, f in case.listed]
    colours = tables.governments.drop_duplicates("government").set_index("government")["colour"]
    basis = case.title(language)
    interval_chart(
        book,
        sheet,
        place=(first, DATA_AT),
        rows=rows,
        at=(at, CHART_AT),
        size=CHART_SIZE,
        title=basis,
        axis=f"={sheet.range(at, at, CHART_AT - 1)}",
        alt=book.say("say.chart_alt", basis=basis, values=", ".join(said)),
        colours=[plain(colours.get(g)) for g in governments],
    )


def _said(figures: Figures, figure_id: str) -> str:
    row = figures.rows[figure_id]
    return f"{row['programme_as_printed']} {row['as_printed']}"
