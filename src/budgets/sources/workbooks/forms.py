"""The sheets a person fills in, declared once: what each column is called, what may stand in it, where it goes.

The template is written from this declaration and a filled-in workbook is read by it, so the two cannot drift apart.
Titles and rules stand in ``words/workbooks.toml``; a title is recognised in Korean and in English.
"""

from dataclasses import dataclass, field
from functools import cached_property

from budgets import vocabulary as v
from budgets.words import LANGUAGES, catalogue, text


@dataclass(frozen=True)
class Field:
    """One column of a sheet."""

    key: str
    kind: str = "text"
    """text · code (of ``vocabulary``) · government · programme · source · indicator · date · year-or-date · flag · figure · round"""
    vocabulary: str = ""
    to: str = ""
    """The column of the contract it becomes, where that has another name; ``-`` for none."""
    required: bool = False
    width: int = 14

    @property
    def column(self) -> str:
        """The column of the contract."""
        return "" if self.to == "-" else self.to or self.key

    def title(self, language: str) -> str:
        return text(f"intake.column.{self.key}", language)

    def rule(self, language: str) -> str:
        return text(f"intake.rule.{self.key}", language)


@dataclass(frozen=True)
class Form:
    """One sheet: ``name`` is the kind of row it makes."""

    name: str
    fields: tuple[Field, ...] = field(default=())

    def title(self, language: str) -> str:
        return text(f"intake.sheet.{self.name}", language)

    @cached_property
    def by_title(self) -> dict[str, Field]:
        """Every title a column may have, squeezed, and its field."""
        return {squeezed(title): f for f in self.fields for title in (f.key, *(f.title(language) for language in LANGUAGES))}


def squeezed(title: object) -> str:
    """A title as it is compared: no blanks, no mark of a required column, lower case."""
    return "".join(str(title).split()).removesuffix("*").casefold()


def form_of_sheet(title: str) -> Form | None:
    """The form a sheet of this name holds.

    >>> form_of_sheet("금액").name, form_of_sheet("Amounts").name, form_of_sheet("Sheet1")
    ('budget', 'budget', None)
    """
    return next((form for form in FORMS if squeezed(title) in {squeezed(form.title(language)) for language in LANGUAGES}), None)


MARK = Field("mark", to="-", width=8)
"""The first column: a row marked as an example is not read."""
WHOSE = (
    Field("government", "government", to="-", required=True, width=12),
    Field("programme", "programme", to="programme_id", required=True, width=30),
    Field("programme_as_printed", required=True, width=24),
)
PASSPORT = (
    Field("source", "source", to="source_id", required=True, width=24),
    Field("source_date", "date", to="-", width=12),
    Field("source_url", to="-", width=24),
    Field("locator", required=True, width=20),
    Field("words", width=18),
    Field("note", width=24),
    Field("figure_id", width=30),
)
PERIOD = (
    Field("period_kind", "code", "period_kind", required=True),
    Field("period_start", "year-or-date", width=12),
    Field("period_end", "year-or-date", width=12),
)
HEDGE = Field("hedge", "hedge", required=True, width=9)

BUDGET = Form(
    "budget",
    (
        MARK,
        *WHOSE,
        Field("as_printed", "printed", required=True, width=18),
        Field("table_unit", "table unit", to="-", width=10),
        HEDGE,
        Field("nature", "code", "nature", required=True, width=11),
        *PERIOD,
        Field("phase", "code", "phase", required=True, width=17),
        Field("phase_round", "round", width=9),
        Field("funding", "code", "funding", required=True, width=11),
        Field("unit", "code", "money_unit", required=True, width=11),
        *PASSPORT,
    ),
)
TARGET = Form(
    "target",
    (
        MARK,
        *WHOSE,
        Field("indicator", "indicator", required=True, width=20),
        Field("target_phase", "code", "target_phase", to="phase", required=True, width=9),
        Field("as_printed", "printed", required=True, width=18),
        HEDGE,
        Field("extent", "code", "extent", required=True),
        *PERIOD,
        Field("as_of", "date", width=12),
        *PASSPORT,
    ),
)
MILESTONE = Form(
    "milestone",
    (
        MARK,
        *WHOSE,
        Field("event", "code", "event", required=True, width=18),
        Field("date_start", "date", width=12),
        Field("date_end", "date", width=12),
        Field("date_precision", "code", "milestone_precision", required=True, width=11),
        Field("state", "code", "milestone_state", required=True, width=10),
        Field("as_printed", "printed", required=True, width=18),
        *PASSPORT,
    ),
)
SOURCE = Form(
    "source",
    (
        MARK,
        Field("source_id", width=26),
        Field("source_kind", "code", "source_kind", to="kind", required=True, width=12),
        Field("publisher", required=True, width=16),
        Field("title", width=36),
        Field("published_on", "date", width=12),
        Field("published_precision", "code", "date_precision", required=True, width=11),
        Field("published_basis", "code", "date_basis", required=True, width=11),
        Field("accessed_on", "date", width=12),
        Field("url", width=36),
        Field("licence", width=16),
        Field("redistribute", "flag", required=True, width=11),
        Field("checked", "code", "checked", required=True, width=13),
        Field("reliability", "code", "reliability", required=True, width=10),
        Field("text_file", width=18),
        Field("sha256", width=18),
        Field("source_note", to="note", width=30),
    ),
)
PROGRAMME = Form(
    "programme",
    (
        MARK,
        Field("government", "government", required=True, width=12),
        Field("name_ko", required=True, width=30),
        Field("name_en", required=True, width=30),
        Field("programme_id", width=26),
        Field("source", "source", to="source_id", required=True, width=24),
        Field("locator", required=True, width=20),
        Field("scope", "code", "scope", to="ruling:scope", width=14),
        Field("coverage", "code", "coverage", to="ruling:coverage", width=12),
        Field("parent", "programme", to="ruling:parent", width=26),
        Field("reason", to="ruling:reason", width=44),
        Field("decided_on", "date", to="ruling:decided_on", width=12),
    ),
)
RULING = Form(
    "ruling",
    (
        MARK,
        Field("figure", "figure", to="figure_id", required=True, width=36),
        Field("ruling", "code", "ruling", required=True, width=12),
        Field("other_figure", "figure", to="other_figure_id", width=36),
        Field("reason", required=True, width=60),
        Field("decided_on", "date", required=True, width=12),
    ),
)
FIGURES = (BUDGET, TARGET, MILESTONE)
FORMS = (*FIGURES, SOURCE, PROGRAMME, RULING)
TABLE_UNITS = ("원", "천원", "백만원", "억원", "조원")
FLAGS = {"true": ("예", "yes", "true", "o"), "false": ("아니오", "아니요", "no", "false", "x")}


def codes(vocabulary: str) -> tuple[str, ...]:
    """The codes of a closed vocabulary; kinds of events are those that have a name."""
    if vocabulary != "event":
        return v.codes(vocabulary)
    return tuple(key.removeprefix("event.") for key in catalogue() if key.startswith("event."))
