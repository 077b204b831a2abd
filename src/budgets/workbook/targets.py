"""The sheet of targets and actuals: achievement, the comparisons of indicators, and every published value."""

from collections.abc import Sequence
from typing import Any

from budgets import measures as m
from budgets import vocabulary as v
from budgets.reading import say_period
from budgets.rows import each
from budgets.workbook.book import Book, Sheet
from budgets.workbook.cases import Case
from budgets.workbook.cells import Cell, Column, Live, plain
from budgets.workbook.charts import chart_columns, chart_row, interval_chart
from budgets.workbook.lookup import Figures, look_up

WIDTHS = (26, 12, 18, 8, 10, 20, 11, 11, 11, 15, 38, 38)
OUTSIDE = (3, 16, 12, 12, 12)
DATA_AT = 13
CHART_ROWS, CHART_SIZE = 17, (620, 300)
NAMES = ("low", "value", "high")


def write(book: Book, cases: Sequence[Case], figures: Figures) -> dict[int, int]:
    """Write the sheet; return the row at which each comparison of an indicator begins, by its number."""
    sheet = book.sheets["targets"]
    sheet.open(WIDTHS, outside=OUTSIDE)
    top = sheet.row
    _achievement(book, sheet, figures)
    sheet.keep_together(top)
    found = {}
    for case in (c for c in cases if c.basis is None):
        found[case.number] = _block(book, sheet, case, figures)
        sheet.keep_together(found[case.number])
    sheet.heading(book.say("say.all_targets"))
    columns = _columns(book)
    sheet.table(columns, (_value(figures, f, r) for r, (f, _) in enumerate(figures.rows.of("targets"), sheet.row + 2)), filtered=True)
    sheet.notes([book.say("say.open_end")])
    sheet.close_page(freeze=2, columns=1)
    return found


def _columns(book: Book) -> list[Column]:
    heads = ("programme", "government", "indicator", "unit", "target", "period")
    named = [book.say(f"head.{name}") for name in heads]
    named[4] = "·".join(book.head("target", "actual")) if book.language == "ko" else "/".join(book.head("target", "actual"))
    ends = [Column(book.say(f"head.{end}"), "count") for end in ("low", "printed", "high")]
    return [*map(Column, named), *ends, Column(book.say("head.as_printed")), Column(book.say("head.figure_id")), Column(book.say("head.remark"))]


def _value(figures: Figures, figure_id: str, r: int) -> list[Cell]:
    """One published value; *r* counts from 1, as addresses do."""
    row = figures.rows[figure_id]
    named = [figures.programme(row), figures.government(row), figures.what(row), figures.unit(row), figures.phase(row), figures.period(row)]
    return [*named, *figures.live(figure_id, f"$K{r}"), row["as_printed"], figure_id, plain(row["note"])]


def _achievement(book: Book, sheet: Sheet, figures: Figures) -> None:
    """Actual over target, in percent, of the pairs that may be divided."""
    say = book.say
    sheet.heading(say("say.achievement"))
    found = each(m.achievement(figures.tables))
    if not found:
        sheet.note(say("say.no_achievement"))
        sheet.skip()
        return
    heads = [*book.head("programme", "government", "indicator", "unit", "extent", "period")]
    columns = [*map(Column, heads), *(Column(say(f"head.{end}"), "percent", say("head.rate")) for end in ("low", "printed", "high"))]
    columns += [
        Column(f"{say('head.target')} → {say('head.actual')}"),
        Column(say("head.target_id")),
        Column(say("head.actual_id")),
        Column("", "", outside=True),
    ]
    columns += chart_columns(book, "indicator")
    rows = [_rate(book, figures, pair, r) for r, pair in enumerate(found, sheet.row + 3)]
    first, _ = sheet.table(columns, rows)
    sheet.notes([], figures.cited(pair[k] for pair in found for k in ("target_id", "actual_id")))
    interval_chart(
        book,
        sheet,
        place=(first, DATA_AT),
        rows=[row[DATA_AT:] for row in rows],
        at=(sheet.row, 0),
        size=CHART_SIZE,
        title=say("head.rate"),
        axis="%",
        alt=say("say.target_alt", n=len(found)),
        gap=max(70, 400 - 110 * len(found)),
    )
    sheet.skip(CHART_ROWS)


def _rate(book: Book, figures: Figures, pair: Any, r: int) -> list[Cell]:
    row = figures.rows[pair["target_id"]]
    formulas = []
    # The least achievement is the lowest actual against the highest target.
    for above, below in zip(("low", "printed", "high"), ("high", "printed", "low"), strict=True):
        actual, target = look_up(above, f"$L{r}"), look_up(below, f"$K{r}")
        formulas.append(f'IF(AND(ISNUMBER({actual}),N({target})>0),{actual}/{target}*100,"")')
    rates = [plain(pair[name]) for name in NAMES]
    shown = f"{figures.ends(pair['target_id'])[1] or 0:,.10g} → {figures.ends(pair['actual_id'])[1] or 0:,.10g}"
    label = f"{figures.government(row)} {figures.what(row)} {say_period(pair | {'period_kind': 'fiscal_year'}, book.language)}"
    named = [
        figures.programme(row),
        figures.government(row),
        figures.what(row),
        figures.unit(row),
        v.label("extent", pair["extent"], book.language),
        figures.period(row),
    ]
    helper = chart_row(label, [f"{c}{r}" for c in "GHI"], rates)
    return [*named, *map(Live, formulas, rates), shown, pair["target_id"], pair["actual_id"], None, *helper]


def _block(book: Book, sheet: Sheet, case: Case, figures: Figures) -> int:
    """One comparison of an indicator: its figures, and a line for every government without one."""
    top = sheet.row
    language = book.language
    basis = case.title(language)
    sheet.heading(book.say("say.block", n=case.number, basis=basis))
    sheet.note(case.comparison.verdict(language), "says")
    rows: list[list[Cell]] = []
    labels, r = [], sheet.row + 2
    columns = [*_columns(book), Column("", "", outside=True)]
    columns += chart_columns(book)
    for government in case.governments:
        name = figures.names[government]
        mine = [str(f) for f in case.comparison.rows.loc[case.comparison.rows["government"] == government, "figure_id"]]
        for figure_id in mine:
            helper = chart_row(name, [f"{c}{r + len(rows)}" for c in "GHI"], figures.ends(figure_id))
            rows.append([*_value(figures, figure_id, r + len(rows)), None, *helper])
        if not mine:
            empty: list[Cell] = [None] * len(_columns(book))
            empty[1], empty[7] = name, book.say("say.missing")
            rows.append([*empty, None, book.say("say.missing_label", name=name), None, None, None])
        labels += [government] * max(1, len(mine))
    first, _ = sheet.table(columns, rows)
    sheet.notes([], figures.cited(case.figure_ids))
    if case.comparison.is_race:
        colours = figures.tables.governments.drop_duplicates("government").set_index("government")["colour"]
        units = {figures.unit(figures.rows[f]) for f in case.figure_ids}
        alt = book.say("say.chart_alt", basis=basis, values=", ".join(_said(figures, f) for f in case.figure_ids))
        interval_chart(
            book,
            sheet,
            place=(first, DATA_AT),
            rows=[row[DATA_AT:] for row in rows],
            at=(sheet.row, 0),
            size=CHART_SIZE,
            title=basis,
            axis=", ".join(sorted(units)),
            alt=alt,
            colours=[plain(colours.get(g)) for g in labels],
        )
        sheet.skip(CHART_ROWS)
    sheet.skip()
    return top


def _said(figures: Figures, figure_id: str) -> str:
    row = figures.rows[figure_id]
    return f"{figures.government(row)} {row['as_printed']}"
