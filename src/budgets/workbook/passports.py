"""The sheets about figures: every figure's passport, the amounts by programme, and the figures set aside."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from budgets.comparison import REASONS
from budgets.passport import brief_passports
from budgets.words import text
from budgets.workbook.book import Book
from budgets.workbook.cases import Case, Setting
from budgets.workbook.cells import Cell, Column, Link, Live, plain, web_link
from budgets.workbook.lookup import ENDS, Figures, scaled
from budgets.workbook.rows import KINDS

PASSPORT = [
    "figure_id",
    "government",
    "programme_printed",
    "as_printed",
    "low",
    "printed",
    "high",
    "unit",
    "basis",
    "source",
    "published",
    "locator",
    "url",
    "licence",
    "rulings",
    "remark",
]
"""The printed columns of the sheet of passports."""
FILTERS = ["kind", "programme", "what", "phase", "period", "funding", "extent", "scope", "coverage", "reading", "programme_ruling", "words"]
"""Right of the printed page: what the basis is made of, one by one, to filter by."""
PASSPORT_WIDTHS = (22, 12, 20, 13, 15, 15, 15, 9, 22, 24, 13, 12, 16, 10, 30, 20)
FILTER_WIDTHS = (9, 24, 16, 14, 16, 10, 12, 12, 12, 30, 40, 16)
FIRST = 3
"""The first row of figures on the sheet of passports, below title, unit and one line of headings."""


def write_passports(book: Book, figures: Figures) -> None:
    """Every figure: as printed, its reading, where it stands, what we ruled. The other sheets look figures up here."""
    sheet = book.sheets["passports"]
    sheet.ws.forgetful = True
    sheet.open(PASSPORT_WIDTHS, unit=book.say("say.unit_mixed"), outside=FILTER_WIDTHS)
    styles = dict.fromkeys(("low", "printed", "high"), "count")
    columns = [Column(book.say(f"head.{name}"), styles.get(name, "text")) for name in (*PASSPORT, *FILTERS)]
    brief = brief_passports(figures.tables, figures.rows, book.language)
    kinds = {kind: book.say(f"say.{kind}_kind") for kind in KINDS}
    rows = (_passport(book, figures, figure_id, row, brief(figure_id, row), kinds[row["_kind"]]) for figure_id, row in figures.rows.of(*KINDS))
    first, last = sheet.table(columns, rows, filtered=True)
    for name in ("figure_id", "low", "printed", "high"):
        sheet.define(f"figure_{name.removeprefix('figure_')}", first, max(first, last), PASSPORT.index(name))
    sheet.notes([book.say("say.open_end"), book.say("say.filters")])
    sheet.close_page(freeze=FIRST, columns=1)


def _passport(book: Book, figures: Figures, figure_id: str, row: Any, said: dict[str, str], kind: str) -> list[Cell]:
    """The cells of one figure: *said* is what its source, place and rulings say."""
    low, printed, high = figures.ends_of(row)
    basis = [figures.what(row), figures.phase(row), figures.period(row), *(figures.said(name, row) for name in ("funding", "extent", "scope", "coverage"))]
    what, phase, period, funding, extent, scope, coverage = basis
    url = web_link(said.get("url"))
    if isinstance(url, Link):  # the whole address stands on the sheet of sources; here it would be cut on paper
        host = urlsplit(url.address).netloc
        # A link costs memory for every row: a slim workbook keeps them on the sheet of sources.
        url = host if book.slim else Link(url.address, host)
    get = said.get
    page = [figure_id, figures.government(row), row["programme_as_printed"], row["as_printed"], low, printed, high, figures.unit(row)]
    page += [" · ".join(filter(None, basis)), get("source"), get("published"), get("locator"), url, get("licence"), get("rulings"), plain(row["note"])]
    return [*page, kind, figures.programme(row), what, phase, period, funding, extent, scope, coverage, get("reading"), get("programme_ruling"), get("words")]


PROGRAMME_WIDTHS = (12, 24, 18, 10, 10, 12, 11, 12, 11, 11, 13, 13, 13, 10, 17, 10, 32)


def write_programmes(book: Book, figures: Figures, cases: Sequence[Case], setting: Setting) -> None:
    """The published amounts by programme, live in the rounding unit and the prices of the assumptions."""
    sheet = book.sheets["programmes"]
    sheet.ws.forgetful = True
    sheet.open(PROGRAMME_WIDTHS, unit=setting.unit(book.language))
    say = book.say
    heads = ("government", "programme", "period", "fiscal_year", "nature", "phase", "funding", "scope", "coverage", "unit")
    columns = [Column(say(f"head.{name}"), "year" if name == "fiscal_year" else "text") for name in heads]
    columns += [Column(say(f"head.{end}"), "amount") for end in ENDS]
    columns += [Column(say("head.factor"), "factor"), *(Column(say(f"head.{name}")) for name in ("as_printed", "stands_in")), Column(say("head.figure_id"))]
    stands: dict[str, list[str]] = {}
    for case in cases:
        for figure in case.figure_ids:
            stands.setdefault(figure, []).append(str(case.number))
    rows = (_amount(book, figures, setting, f, row, r, stands.get(f, [])) for r, (f, row) in enumerate(figures.rows.of("budgets"), sheet.row + 2))
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


ASIDE_WIDTHS = (7, 12, 22, 15, 17, 12, 12, 10, 12, 11, 16, 30, 24, 34, 26)


def write_set_aside(book: Book, figures: Figures, cases: Sequence[Case]) -> dict[int, int]:
    """Every figure kept out of each comparison, with its reason; returns the first row of each comparison."""
    sheet = book.sheets["set_aside"]
    sheet.ws.forgetful = True
    sheet.open(ASIDE_WIDTHS)
    heads = [
        "number",
        "government",
        "programme_printed",
        "as_printed",
        "period",
        "what",
        "phase",
        "funding",
        "scope",
        "coverage",
        "reason",
        "differs",
        "other_figure",
        "why",
        "figure_id",
    ]
    columns = [Column(book.say(f"head.{name}"), "year" if name == "number" else "text") for name in heads]
    found: dict[int, int] = {}
    at = sheet.row + 1
    for case in cases:
        found[case.number] = at
        at += len(case.comparison.set_aside)
    described: dict[str, list[Cell]] = {}
    sheet.table(columns, (row for case in cases for row in _asides(book, figures, case, described)), filtered=True)
    sheet.close_page(freeze=FIRST, columns=1)
    return found


def _asides(book: Book, figures: Figures, case: Case, described: dict[str, list[Cell]]) -> Iterator[list[Cell]]:
    """The rows of one comparison; *described* keeps what every comparison says of a figure alike."""
    said = {code: text(f"reason.{code}", book.language) for code in REASONS}
    aside = case.comparison.set_aside
    columns = (aside[name].tolist() for name in ("figure_id", "reason_code", "differs", "other_figure_id", "why"))
    for figure_id, code, differs, other, why in zip(*columns, strict=True):
        if figure_id not in described:
            if book.slim:
                described.clear()
            described[figure_id] = _described(figures, figures.rows[figure_id])
        reasons = " · ".join(said[c] for c in differs)
        yield [case.number, *described[figure_id], said[code], reasons, plain(other), plain(why), figure_id]


def _described(figures: Figures, row: Any) -> list[Cell]:
    """Whose, what, when, at which stage: from 지방정부 to 포괄 단위."""
    named = [figures.government(row), row["programme_as_printed"], row["as_printed"], figures.period(row), figures.what(row), figures.phase(row)]
    return [*named, *(figures.said(name, row) for name in ("funding", "scope", "coverage"))]
