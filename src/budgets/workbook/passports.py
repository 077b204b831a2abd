"""The sheets about figures: every figure's passport, the amounts by programme, and the figures set aside."""

from collections.abc import Sequence
from typing import Any

from budgets import vocabulary as v
from budgets.passport import passports
from budgets.words import text
from budgets.workbook.book import Book
from budgets.workbook.cases import Case, Setting
from budgets.workbook.cells import Cell, Column, Live, live_text, plain, web_link
from budgets.workbook.lookup import ENDS, Figures, scaled

LABELS = ("reading", "source", "published", "locator", "url", "licence", "rulings", "programme_ruling", "words", "note")
"""The fields of a passport that are said in words."""
PASSPORT_WIDTHS = (30, 8, 9, 22, 24, 16, 16, 16, 16, 9, 14, 12, 16, 9, 9, 12, 10, 28, 24, 12, 18, 26, 12, 32, 32, 14, 22)
FIRST = 3
"""The first row of figures on the sheet of passports, below title, unit and one line of headings."""


def write_passports(book: Book, figures: Figures) -> None:
    """Every figure: as printed, its reading, where it stands, what we ruled. The other sheets look figures up here."""
    sheet = book.sheets["passports"]
    sheet.open(PASSPORT_WIDTHS, unit=book.say("say.unit_mixed"))
    heads = ("figure_id kind government programme programme_printed as_printed low printed high unit what phase period funding extent scope coverage").split()
    styles = dict.fromkeys(("low", "printed", "high"), "number")
    columns = [Column(book.say(f"head.{name}"), styles.get(name, "text")) for name in heads]
    columns += [Column(book.say(f"head.{'remark' if name == 'note' else name}")) for name in LABELS]
    said = passports(figures.tables, figures.rows, book.language)
    first, last = sheet.table(columns, (_passport(book, figures, figure_id, row, said[figure_id]) for figure_id, row in figures.rows.items()), filtered=True)
    for name, column in (("figure_id", 0), ("figure_low", 6), ("figure_printed", 7), ("figure_high", 8)):
        sheet.define(name, first, max(first, last), column)
    sheet.notes([book.say("say.open_end")])
    sheet.close_page(freeze=FIRST, columns=1)


def _passport(book: Book, figures: Figures, figure_id: str, row: Any, said: dict[str, str]) -> list[Cell]:
    language = book.language
    numbers = figures.ends(figure_id) if row["_kind"] != "milestones" else (None, None, None)
    words: list[Cell] = [plain(said.get(text(f"passport.{label}", language))) for label in LABELS]
    if not book.slim:  # a link costs memory for every row; a slim workbook keeps them on the sheet of sources
        words[LABELS.index("url")] = web_link(words[LABELS.index("url")])
    return [
        figure_id,
        book.say(f"say.{row['_kind']}_kind"),
        figures.government(row),
        figures.programme(row),
        row["programme_as_printed"],
        row["as_printed"],
        *numbers,
        figures.unit(row),
        figures.what(row),
        figures.phase(row),
        figures.period(row),
        figures.said("funding", row),
        figures.said("extent", row),
        figures.said("scope", row),
        figures.said("coverage", row),
        *words,
    ]


PROGRAMME_WIDTHS = (9, 24, 18, 9, 10, 12, 10, 12, 10, 10, 13, 13, 13, 9, 17, 9, 38)


def write_programmes(book: Book, figures: Figures, cases: Sequence[Case], setting: Setting) -> None:
    """The published amounts by programme, live in the rounding unit and the prices of the assumptions."""
    sheet = book.sheets["programmes"]
    unit = live_text("workbook.say.unit", book.language, unit=("rounding_unit", book.say(f"unit.{setting.assumptions.unit}")))
    sheet.open(PROGRAMME_WIDTHS, unit=unit)
    say = book.say
    heads = ("government", "programme", "period", "fiscal_year", "nature", "phase", "funding", "scope", "coverage", "unit")
    columns = [Column(say(f"head.{name}"), "year" if name == "fiscal_year" else "text") for name in heads]
    columns += [Column(say(f"head.{end}"), "amount") for end in ENDS]
    columns += [Column(say("head.factor"), "factor"), *(Column(say(f"head.{name}")) for name in ("as_printed", "stands_in")), Column(say("head.figure_id"), "plain")]
    money = [(f, r) for f, r in figures.rows.items() if r["_kind"] == "budgets"]
    stands = {f: [str(c.number) for c in cases if f in set(c.figure_ids)] for f, _ in money} if len(money) < 10_000 else {}
    rows = (_amount(book, figures, setting, f, row, r, stands.get(f, [])) for r, (f, row) in enumerate(money, sheet.row + 2))
    sheet.table(columns, rows, filtered=True)
    sheet.notes([say("say.factor_note"), say("say.open_end")])
    sheet.close_page(freeze=FIRST, columns=2)


def _amount(book: Book, figures: Figures, setting: Setting, figure_id: str, row: Any, r: int, stands: list[str]) -> list[Cell]:
    """One amount; *r* counts from 1, as addresses do."""
    year = int(row["period_start"].year) if row["period_kind"] in ("fiscal_year", "part_year") and plain(row["period_start"]) is not None else None
    factor = setting.factor(year)
    constant = book.say("prices.constant")
    ratio = f"INDEX(index_value,MATCH(base_year,index_year,0))/INDEX(index_value,MATCH($D{r},index_year,0))"
    ends = [setting.shown(x, factor) for x in figures.ends(figure_id)]
    return [
        figures.government(row),
        figures.programme(row),
        figures.period(row),
        year,
        figures.what(row),
        figures.phase(row),
        figures.said("funding", row),
        figures.said("scope", row),
        figures.said("coverage", row),
        figures.unit(row),
        *(Live(scaled(end, f"$Q{r}", f"$N{r}"), x) for end, x in zip(ENDS, ends, strict=True)),
        Live(f'IF(prices="{constant}",IFERROR({ratio},1),1)', factor),
        row["as_printed"],
        ", ".join(stands) or None,
        figure_id,
    ]


ASIDE_WIDTHS = (7, 9, 24, 17, 18, 14, 12, 10, 12, 12, 24, 34, 30, 40, 34)


def write_set_aside(book: Book, figures: Figures, cases: Sequence[Case]) -> dict[int, int]:
    """Every figure kept out of each comparison, with its reason; returns the first row of each comparison."""
    sheet = book.sheets["set_aside"]
    sheet.open(ASIDE_WIDTHS)
    heads = "number government programme_printed as_printed period what phase funding scope coverage reason differs other_figure why figure_id".split()
    columns = [Column(book.say(f"head.{name}"), {"number": "year", "figure_id": "plain"}.get(name, "text")) for name in heads]
    found: dict[int, int] = {}
    at = sheet.row + 1
    for case in cases:
        found[case.number] = at
        at += len(case.comparison.set_aside)
    sheet.table(columns, (_aside(book, figures, case, row) for case in cases for row in case.comparison.set_aside.to_dict("records")), filtered=True)
    sheet.close_page(freeze=FIRST, columns=1)
    return found


def _aside(book: Book, figures: Figures, case: Case, aside: Any) -> list[Cell]:
    row = figures.rows[aside["figure_id"]]
    reasons = [text(f"reason.{code}", book.language) for code in str(aside["differs"]).split(" · ")]
    return [
        case.number,
        figures.government(row),
        row["programme_as_printed"],
        row["as_printed"],
        figures.period(row),
        figures.what(row),
        figures.phase(row),
        figures.said("funding", row),
        figures.said("scope", row),
        figures.said("coverage", row),
        text(f"reason.{aside['reason_code']}", book.language),
        " · ".join(reasons),
        plain(aside["other_figure_id"]),
        plain(aside["why"]),
        aside["figure_id"],
    ]
