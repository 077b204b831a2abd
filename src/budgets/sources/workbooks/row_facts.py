"""What a row says for all of its numbers: what they are of, whose money, in which year, of which phase, in which unit."""

from typing import NamedTuple

from budgets.sources.workbooks.grids import address, said
from budgets.sources.workbooks.headings import FUNDING_WORDS, first, phase_in, plain
from budgets.sources.workbooks.layout import Table
from budgets.sources.workbooks.periods import is_open, span, years
from budgets.sources.workbooks.rounds import round_in

_WON = ("krw", "won")


class RowFacts(NamedTuple):
    """Empty texts and None: the row does not say."""

    label: str
    label_place: str
    is_total: bool
    government: str
    government_place: str
    context: tuple[str, ...]
    year: int | None
    span: tuple[int, int] | None
    """First and last year of its 사업기간."""
    phase: str
    phase_round: str
    funding: str
    unit: str
    """As it stands there, without blanks and brackets; it may be no unit of money."""
    unit_place: str


def facts_of(table: Table, row: int, programme: str = "") -> RowFacts:
    """*programme*: what all numbers are of where no column names it."""
    label, label_place = _label(table, row, programme)
    governments = table.of("government")
    phase_said, (unit_said, unit_place) = table.label(row, "phase")[0], table.label(row, "unit")
    phase = phase_in(phase_said)
    return RowFacts(
        label=label,
        label_place=label_place,
        is_total=row in table.totals,
        government=" ".join(dict.fromkeys(filter(None, _spread(table, row, "government")))),  # 서울 | 중구
        government_place=address(row, governments[-1].index) if governments else "",
        context=tuple(_spread(table, row, "government", "context", "programme")),
        year=year_of(table, row),
        span=_span(table.label(row, "period")[0]),
        phase=phase,
        phase_round=round_in(phase_said) if phase == "supplementary" else "",
        funding=first(FUNDING_WORDS, plain(table.label(row, "funding")[0])),
        unit="원" if unit_said.casefold() in _WON else "".join(unit_said.split()).strip("()[]〔〕"),
        unit_place=unit_place,
    )


def year_of(table: Table, row: int) -> int | None:
    """The one year that the row's cell of years names."""
    found = years(next(iter(_spread(table, row, "year")), ""))
    return found[0] if len(found) == 1 else None


def _label(table: Table, row: int, programme: str) -> tuple[str, str]:
    named = bool(table.of("programme"))
    label, place = table.label(row, *(("programme",) if named else ("context", "government")))
    label = label if named else programme or label
    return (label, place) if label or row not in table.totals else table.label(row, "programme", "context", "government", "code")


def _spread(table: Table, row: int, *roles: str) -> list[str]:
    return [said(table.grid.spread(row, column.index)) for column in table.of(*roles)]


def _span(shown: str) -> tuple[int, int] | None:
    """The years of a 사업기간; a single year is a span of one."""
    found = years(shown)
    return span(shown) or ((found[0], found[0]) if len(found) == 1 and not is_open(shown) else None)
