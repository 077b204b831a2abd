"""Changes from one year to the next, where two comparisons differ in nothing but the year."""

from collections.abc import Mapping

import pandas as pd

from budgets import measures as m
from budgets.workbook.book import Book, Sheet
from budgets.workbook.cases import Case
from budgets.workbook.cells import Cell, Column, Live, live_text, plain
from budgets.workbook.lookup import ENDS, Figures

CHANGES = ["low", "value", "high"]
RATES = ["percent_low", "percent", "percent_high"]


def change(book: Book, sheet: Sheet, before: Case, after: Case, totals: Mapping[int, int], figures: Figures) -> None:
    """The table of changes; *totals*: the first row (from 0) of each comparison's totals on the same sheet."""
    say = book.say
    sheet.heading(say("say.change_block", first=before.year, second=after.year, a=before.number, b=after.number))
    sheet.unit(before.setting.unit(book.language))
    columns = [
        Column(say("head.government")),
        Column("", "plain"),
        Column(f"{before.year} {say('head.printed')}", "amount"),
        Column(f"{after.year} {say('head.printed')}", "amount"),
        *(Column(say(f"head.{end}"), "amount", say("head.change")) for end in ENDS),
        *(Column(say(f"head.{end}"), "percent", say("head.change_rate")) for end in ENDS),
        Column(say("head.remark"), "plain"),
        *[Column("", "plain")] * 3,
    ]
    changed = _changed(before, after)
    rows = [_row(book, before, after, government, totals, changed, figures) for government in before.governments]
    sheet.table(columns, rows)
    n, k = before.number, after.number
    said = say("say.no_change") if before.prices != after.prices else None
    sheet.note(Live(f'IF(priced_{n}=priced_{k},"",{live_text("workbook.say.no_change", book.language).formula})', said))
    sheet.skip(2)


def _changed(before: Case, after: Case) -> pd.DataFrame | None:
    """The changes in won by government; None in prices that only one of the two years has."""
    if before.prices != after.prices or before.priced is None or after.priced is None:
        return None
    return m.change(before.priced, after.priced).set_index("government")


def _row(book: Book, before: Case, after: Case, government: str, totals: Mapping[int, int], changed: pd.DataFrame | None, figures: Figures) -> list[Cell]:
    """One government."""
    # Addresses count from 1.
    o, c = (totals[case.number] + case.governments.index(government) + 1 for case in (before, after))
    name = figures.names[government]
    published = [government in case.comparison.present for case in (before, after)]
    if not all(published):
        missing = book.say("say.missing")
        shown: list[Cell] = [_printed(case, government, row) if there else missing for case, row, there in zip((before, after), (o, c), published, strict=True)]
        return [name, None, *shown, *[None] * 10]
    same = f"priced_{before.number}=priced_{after.number}"

    def both(new: str, old: str, formula: str) -> str:
        return f'IF(AND({same},ISNUMBER({new}{c}),ISNUMBER({old}{o})),{formula},"")'

    ends = list(zip("CDE", "EDC", strict=True))
    amounts = [both(new, old, f"{new}{c}-{old}{o}") for new, old in ends]
    # Nothing grows from zero by a percentage; an empty old value is not a number either.
    rates = [f'IF(N({old}{o})>0,{both(new, old, f"({new}{c}/{old}{o}-1)*100")},"")' for new, old in ends]
    won = [None if changed is None else before.setting.shown(changed.at[government, x]) for x in CHANGES]
    percent = [None if changed is None else plain(changed.at[government, x]) for x in RATES]
    shown = [_printed(before, government, o), _printed(after, government, c)]
    return [name, None, *shown, *map(Live, amounts, won), *map(Live, rates, percent), *[None] * 4]


def _printed(case: Case, government: str, r: int) -> Live:
    assert case.priced is not None
    rows = case.priced.rows.set_index("government")
    return Live(f'IF(D{r}="","",D{r})', case.setting.shown(rows.at[government, "value"]))
