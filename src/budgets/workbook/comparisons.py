"""The sheet of comparisons: one block each, with totals, per resident, shares, and the figures behind them."""

from collections.abc import Sequence

from budgets import vocabulary as v
from budgets.passport import cited_sources
from budgets.reading import say_interval
from budgets.workbook.book import Book, Sheet, letter
from budgets.workbook.cases import STAGE, Case, pairs
from budgets.workbook.cells import Cell, Column, Live, live_text, plain, quoted
from budgets.workbook.changes import change
from budgets.workbook.charts import interval_chart
from budgets.workbook.lookup import ENDS, Figures, scaled
from budgets.workbook.totals import columns, off, spans_of, total, values

WIDTHS = (22, 8, *(12,) * 11, 32)
OUTSIDE = (3, 16, 12, 12, 12, 12)
"""Right of the printed page: the data of the charts, and whether rounded parts add up."""
CHART_AT, DATA_AT, ROUNDING_AT = 9, 15, 19
CHART_ROWS, CHART_SIZE = 17, (560, 300)


def write(book: Book, cases: Sequence[Case], figures: Figures) -> dict[int, int]:
    """Write the sheet; return the row at which each comparison's block begins, by its number."""
    sheet = book.sheets["comparison"]
    unit = live_text("workbook.say.unit", book.language, unit=("rounding_unit", book.say(f"unit.{_unit(cases)}")))
    sheet.open(WIDTHS, unit=unit, outside=OUTSIDE)
    found, totals = {}, {}
    for case in (c for c in cases if c.basis is not None):
        found[case.number], totals[case.number] = _block(book, sheet, case, figures)
    for before, after in pairs(cases):
        change(book, sheet, before, after, totals, figures)
    if not found:
        sheet.note(book.say("say.nothing"))
    sheet.close_page(freeze=2)
    return found


def _unit(cases: Sequence[Case]) -> str:
    return cases[0].setting.assumptions.unit if cases else "million"


def _block(book: Book, sheet: Sheet, case: Case, figures: Figures) -> tuple[int, int]:
    """One comparison; returns (row of its heading, first row of its totals)."""
    top = sheet.row
    basis = case.comparison.basis.describe(book.language)
    sheet.line([book.say("say.block", n=case.number, basis=basis)], ["heading"])
    sheet.note(case.comparison.verdict(book.language), "says")
    if case.total is None:
        sheet.notes([book.say("say.mixed")])
        _behind(book, sheet, case, figures)
        sheet.skip(2)
        return top, sheet.row
    first = sheet.row + 2
    sources = ", ".join(cited_sources(figures.tables, case.figure_ids, book.language))
    live = _live_notes(book, case, first)
    notes = _notes(book, case, figures)
    # The totals add up cells further down; where those stand follows from what comes between.
    behind = first + len(case.governments) + len(live) + bool(sources) + bool(notes) + 3
    spans = spans_of(case, behind)
    sheet.table(columns(book), [total(book, case, g, row, spans, figures) for row, g in enumerate(case.governments, first)])
    for note in live:
        sheet.note(note)
    sheet.notes(notes, sources)
    _behind(book, sheet, case, figures)
    if case.comparison.is_race:
        _chart(book, sheet, case, first, behind - 2, figures)
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
        notes.append(book.say("say.no_share"))
    if any(None in figures.ends(f) for f in case.figure_ids):
        notes.append(book.say("say.open_end"))
    return notes


def _live_notes(book: Book, case: Case, first: int) -> list[Live]:
    """The notes that follow the assumptions: denominators, prices, rounding. Each takes its row, also when empty."""
    n, language = case.number, book.language
    fields: dict[str, tuple[str, object]] = {"population_year": (f"population_year_{n}", case.population_year)}
    if case.stage:
        fields["year"] = (f"year_{n}", case.year)
        fields |= {s: (f"{s}_{n}", v.label(s, code, language)) for s, code in zip(STAGE, case.stage, strict=True)}
    found = [live_text(f"workbook.say.{'denominators' if case.stage else 'population_only'}", language, **fields)]
    if case.year is not None:
        constant = quoted(book.say("prices.constant"))
        based = live_text("workbook.say.in_prices", language, base=("base_year", case.setting.base_year))
        without = book.say("say.no_index", year=case.year)
        asked = case.setting.assumptions.prices == "constant"
        said = None if not asked else based.value if case.prices == "constant" else without
        found.append(Live(f'IF(prices<>{constant},"",IF(priced_{n}={constant},{based.formula},{quoted(without)}))', said))
    column = letter(ROUNDING_AT)
    cells = f"{column}{first + 1}:{column}{first + len(case.governments)}"
    shown = any(off(case, g) for g in case.governments)
    rounding = book.say("say.rounding")
    found.append(Live(f'IF(SUM({cells})>0,{quoted(rounding)},"")', rounding if shown else None))
    return found


def _behind(book: Book, sheet: Sheet, case: Case, figures: Figures) -> None:
    """The figures on the basis, looked up among the passports."""
    say = book.say
    sheet.skip()
    ids = case.figure_ids
    sheet.line([say("say.behind" if case.total is not None else "say.rows") if ids else say("say.nothing_behind")], ["subheading"])
    if not ids:
        return
    columns = [
        Column(say("head.programme_printed")),
        Column(say("head.government")),
        *(Column(say(f"head.{end}"), "amount", say("head.amount")) for end in ENDS),
    ]
    columns = [Column(c.title, c.style) for c in columns] + [Column(say("head.as_printed")), Column(say("head.figure_id"), "plain"), Column("", "plain"), Column("", "plain")]
    first = sheet.row + 1
    rows = []
    for r, figure_id in enumerate(ids, first + 1):
        row = figures.rows[figure_id]
        factor = f"factor_{case.number}"
        ends = [case.setting.shown(x, case.factor) for x in figures.ends(figure_id)]
        amounts = [Live(scaled(end, f"$G{r}", factor), x) for end, x in zip(ENDS, ends, strict=True)]
        rows.append([row["programme_as_printed"], figures.government(row), *amounts, row["as_printed"], figure_id, None, None])
    sheet.table(columns, rows)


def _chart(book: Book, sheet: Sheet, case: Case, first: int, at: int, figures: Figures) -> None:
    """The bars beside the figures, over the data in the columns right of the page."""
    language, tables = book.language, figures.tables
    assert case.total is not None
    said = []
    for government in case.governments:
        low, _, high = values(case.total, government)
        said.append(f"{figures.names[government]} {say_interval(low, high, 'KRW', language) or book.say('say.missing')}")
    colours = tables.governments.drop_duplicates("government").set_index("government")["colour"]
    basis = case.comparison.basis.describe(language)
    interval_chart(
        book,
        sheet,
        data=(first, first + len(case.governments) - 1, DATA_AT),
        at=(at, CHART_AT),
        size=CHART_SIZE,
        title=basis,
        axis=f"={sheet.range(1, 1, len(WIDTHS) - 1)}",
        alt=book.say("say.chart_alt", basis=basis, values=", ".join(said)),
        colours=[plain(colours.get(g)) for g in case.governments],
    )
