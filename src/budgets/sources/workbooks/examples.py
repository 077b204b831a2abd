"""The made-up rows under the headings of the template, marked as examples: never read as entries."""

from typing import NamedTuple

from budgets.sources.workbooks.forms import BUDGET, MILESTONE, PROGRAMME, RULING, SOURCE, TABLE_UNITS, TARGET, Form
from budgets.vocabulary import label
from budgets.words import text

Row = dict[str, str]
"""What stands in the cells of a row, by the key of its column; a key that the form has not is passed over."""
OF = {"source": "example-2025-04-10", "locator": "paragraph 5, line 5"}


def examples(form: Form, language: str, government: str) -> list[Row]:
    """The examples of a form. *government*: by its name on the list of governments."""
    say = _Words(language)
    return [{"mark": say.word("example"), "government": government} | row for row in _ROWS[form.name](say)]


class _Words(NamedTuple):
    language: str

    def word(self, key: str) -> str:
        return text(f"intake.template.{key}", self.language)

    def term(self, vocabulary: str, code: str) -> str:
        return label(vocabulary, code, self.language)


def _budgets(say: _Words) -> list[Row]:
    money = {"nature": say.term("nature", "budget"), "funding": say.term("funding", "unknown"), "unit": say.term("money_unit", "KRW")}
    printed = _figure(say) | _year(say) | money | {"phase": say.term("phase", "announced"), "as_printed": "227억여 원", "hedge": "여"}
    cell = {"phase": say.term("phase", "approved"), "as_printed": "1,200", "table_unit": TABLE_UNITS[2], "hedge": say.word("none"), "locator": "p. 12, D14"}
    return [printed, printed | cell]


def _targets(say: _Words) -> list[Row]:
    phase = {"target_phase": say.term("target_phase", "target"), "extent": say.term("extent", "flow")}
    return [_figure(say) | _year(say) | phase | {"as_printed": "100여 명", "hedge": "여"}]


def _milestones(say: _Words) -> list[Row]:
    days = {"date_start": "2025-03-01", "date_end": "2025-03-31", "date_precision": say.term("milestone_precision", "month")}
    return [_figure(say) | days | {"state": say.term("milestone_state", "happened"), "as_printed": "지난달", "event": say.term("event", "office_founded")}]


def _sources(say: _Words) -> list[Row]:
    names = {"source_id": OF["source"], "publisher": say.word("example_publisher"), "title": say.word("example_title"), "source_note": say.word("example_note")}
    dates = {"published_on": "2025-04-10", "published_precision": say.term("date_precision", "day"), "published_basis": say.term("date_basis", "printed")}
    kinds = {"source_kind": say.term("source_kind", "press"), "checked": say.term("checked", "whole text"), "reliability": say.term("reliability", "press")}
    return [names | dates | kinds | {"redistribute": say.word("no")}]


def _programmes(say: _Words) -> list[Row]:
    return [OF | {"name_ko": "인공지능 시범 사업", "name_en": "Artificial intelligence pilot"}]


def _rulings(say: _Words) -> list[Row]:
    ruling = {"ruling": say.term("ruling", "same_as"), "reason": say.word("example_reason"), "decided_on": "2026-11-21"}
    return [ruling | {"figure": say.word("example_row"), "other_figure": "incheon-example-2025"}]


def _figure(say: _Words) -> Row:
    names = {"programme": say.word("example_budget_programme"), "programme_as_printed": say.word("example_programme")}
    return OF | names | {"note": say.word("example_note"), "words": "올해"}


def _year(say: _Words) -> Row:
    return {"period_kind": say.term("period_kind", "fiscal_year"), "period_start": "2025", "period_end": "2025"}


_ROWS = {
    BUDGET.name: _budgets,
    TARGET.name: _targets,
    MILESTONE.name: _milestones,
    SOURCE.name: _sources,
    PROGRAMME.name: _programmes,
    RULING.name: _rulings,
}
