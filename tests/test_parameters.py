"""A wrong parameter of a notebook is refused before anything runs, and the near miss is named."""

from typing import Any

import pytest

from budgets.errors import UsageError
from budgets.reports.parameters import NOTEBOOKS, CompareBudgets, checked, title
from budgets.tables import Tables


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_defaults_are_valid_and_complete(tables: Tables, notebook: str) -> None:
    parameters = checked(notebook, {}, tables)
    assert parameters == NOTEBOOKS[notebook]()
    about = parameters.about(tables)
    assert set(about) == {"governments", "year"}
    assert title(notebook, parameters, tables) != title(notebook, parameters.model_copy(update={"language": "en"}), tables)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    # a misspelt name
    ("compare_budgets", {"phaze": "proposed"}, "phase"),
    ("follow_targets", {"indicators": "companies_supported"}, "indicator"),
    ("read_government", {"goverment": "seoul"}, "government"),
    ("check_coverage", {"firstyear": 2018}, "first_year"),
    # a misspelt value
    ("compare_budgets", {"phase": "propsed"}, "proposed"),
    ("compare_budgets", {"scope": "ai-core"}, "ai_core"),
    ("compare_budgets", {"funding": "nationl"}, "national"),
    ("compare_budgets", {"coverage": "programm"}, "programme"),
    ("compare_budgets", {"level": "provincial"}, "province"),
    ("compare_budgets", {"governments": ["seoul", "inchon"]}, "incheon"),
    ("compare_budgets", {"base_year": 2205}, "2025"),
    ("follow_targets", {"indicator": "company_supported"}, "companies_supported"),
    ("follow_targets", {"extent": "stocks"}, "stock"),
    ("read_government", {"government": "gwanju"}, "gwangju"),
    ("trace_programme", {"programme_id": "gwangju-cluster"}, "gwangju-cluster1"),
    ("check_coverage", {"governments": ["seoull"]}, "seoul"),
    ("compare_official", {"governments": ["gyeongi"]}, "gyeonggi"),
    ("compare_official", {"fiscal_year": 2024}, "2025"),
    # a value that is not of the type, also where it could be taken for it
    ("compare_budgets", {"fiscal_year": "2026"}, "fiscal_year"),
    ("compare_budgets", {"fiscal_year": 2026.5}, "fiscal_year"),
    ("compare_budgets", {"fiscal_year": True}, "fiscal_year"),
    ("compare_budgets", {"fiscal_year": 20266}, "20266"),
    ("compare_budgets", {"governments": "seoul"}, "governments"),
    ("compare_budgets", {"governments": []}, "governments"),
    ("compare_budgets", {"envelope_years": [2024, 2020]}, "2024"),
    ("compare_budgets", {"envelope_years": [2020]}, "2020"),
    ("compare_budgets", {"phase": None}, "phase"),
    ("compare_budgets", {"language": "fr"}, "language"),
    ("read_government", {"government": 11}, "government"),
    ("check_coverage", {"first_year": 2026, "last_year": 2018}, "2026"),
    ("check_coverage", {"first_year": 0}, "first_year"),
]


@pytest.mark.parametrize(("notebook", "given", "named"), WRONG, ids=str)
def test_wrong_parameters_are_refused_by_name(tables: Tables, notebook: str, given: dict[str, Any], named: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(notebook, given, tables)
    assert caught.value.exit_code == 2
    for language in ("ko", "en"):
        assert named in caught.value.say(language), caught.value.say(language)


def test_a_notebook_that_does_not_exist(tables: Tables) -> None:
    with pytest.raises(UsageError) as caught:
        checked("compare_budget", {}, tables)
    assert "compare_budgets" in caught.value.say("ko")


@pytest.mark.parametrize(
    ("notebook", "given"),
    [
        ("compare_budgets", {"governments": ["busan", "seoul"]}),
        ("compare_budgets", {"governments": ["gyeonggi-seongnam"], "level": "municipality"}),
        ("compare_budgets", {"fiscal_year": 1999}),
        ("compare_budgets", {"envelope_years": [2020, 2024], "phase": "paid", "coverage": "programme"}),
        ("follow_targets", {"indicator": "visitors", "fiscal_year": 2031}),
        ("read_government", {"government": "busan"}),
        ("trace_programme", {"programme_id": "seoul-ai-minutes"}),
        ("check_coverage", {"first_year": 2030, "last_year": 2030}),
    ],
    ids=str,
)
def test_odd_parameters_may_be_valid(tables: Tables, notebook: str, given: dict[str, Any]) -> None:
    parameters = checked(notebook, given, tables)
    assert {name: getattr(parameters, name) for name in given} == given


def test_years_of_an_envelope_take_the_place_of_the_year() -> None:
    assert CompareBudgets(envelope_years=[2020, 2024]).basis().fiscal_year is None
    assert CompareBudgets().basis().envelope_years is None
