"""Editions are data: matrix, exclude, names; and what is wrong in the file is said before anything runs."""

from pathlib import Path

import pytest

from budgets.errors import UsageError
from budgets.reports.editions import Edition, combinations, read_editions
from budgets.reports.parameters import NOTEBOOKS
from budgets.tables import Tables
from budgets.vocabulary import FOUR
from conftest import ROOT

COMMITTED = ROOT / "reports" / "editions.toml"


@pytest.fixture(scope="module")
def default(tables: Tables) -> Edition:
    return read_editions(COMMITTED, tables, ("default",))[0]


def edition(tmp_path: Path, tables: Tables, report: str, head: str = "") -> Edition:
    path = tmp_path / "editions.toml"
    path.write_text(f"[edition.try]\n{head}\n[[edition.try.report]]\n{report}\n", encoding="utf-8")
    return read_editions(path, tables)[0]


def test_the_default_edition_holds_what_it_must(default: Edition) -> None:
    assert len(default.reports) >= 18
    assert {r.notebook for r in default.reports} == set(NOTEBOOKS)
    assert {r.parameters.government for r in default.reports if r.notebook == "read_government"} >= set(FOUR)  # type: ignore[attr-defined]
    bases = {r.parameters.basis() for r in default.reports if r.notebook == "compare_budgets"}  # type: ignore[attr-defined]
    assert len(bases) >= 4
    assert len({r.parameters.indicator for r in default.reports if r.notebook == "follow_targets"}) >= 2  # type: ignore[attr-defined]
    assert {r.parameters.language for r in default.reports if r.notebook == "compare_budgets"} == {"ko", "en"}
    assert default.title["ko"] and default.title["en"]


def test_names_are_unique_and_fit_for_files(default: Edition) -> None:
    names = [r.name for r in default.reports]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name == name.lower() and "/" not in name for name in names)


@pytest.mark.parametrize(
    "report, said",
    [
        ('notebook = "compare_budgets"\nname = "index"', "index.html"),  # its page would be overwritten by the list of reports
        ('notebook = "compare_budgets"\nname = "b"\nmatrix = { fiscal_year = [2025] }\nexclude = [{ fiscal_yaer = 2025 }]', "fiscal_year?"),
    ],
)
def test_what_would_be_lost_or_do_nothing_is_refused(report: str, said: str, tmp_path: Path, tables: Tables) -> None:
    with pytest.raises(UsageError) as caught:
        edition(tmp_path, tables, report)
    assert all(said in caught.value.say(language) for language in ("ko", "en"))


def test_a_matrix_is_every_combination(tmp_path: Path, tables: Tables) -> None:
    made = edition(
        tmp_path,
        tables,
        'notebook = "compare_budgets"\nname = "b-{fiscal_year}-{phase}-{language}"\nparameters = { scope = "ai_broad" }\n'
        'matrix = { fiscal_year = [2025, 2026], phase = ["approved", "proposed"], language = ["ko", "en"] }\n'
        'exclude = [{ fiscal_year = 2025, phase = "proposed" }, { language = "en", phase = "approved" }]',
    )
    assert [r.name for r in made.reports] == ["b-2025-approved-ko", "b-2026-approved-ko", "b-2026-proposed-ko", "b-2026-proposed-en"]
    assert {r.parameters.scope for r in made.reports} == {"ai_broad"}  # type: ignore[attr-defined]


def test_no_matrix_is_one_report() -> None:
    assert list(combinations({"a": 1}, {}, [])) == [{"a": 1}]
    assert list(combinations({"a": 1}, {"a": [2, 3]}, [])) == [{"a": 2}, {"a": 3}]
    assert list(combinations({}, {"a": [1, 2]}, [{"a": 1}, {"a": 2}])) == []
    assert list(combinations({}, {"a": []}, [])) == []


PLAIN = 'notebook = "read_government"\nname = "one"'


@pytest.mark.parametrize(
    ("report", "key", "named"),
    [
        (f'{PLAIN}\nmatrixx = {{ government = ["seoul"] }}', "edition.key", "matrix"),
        ('notebook = "read_government"', "edition.missing_key", "name"),
        ('name = "one"', "edition.missing_key", "notebook"),
        ('notebook = 1\nname = "one"', "edition.missing_key", "notebook"),
        ('notebook = "read_goverment"\nname = "one"', "parameter.notebook", "read_government"),
        (f'{PLAIN}\nparameters = {{ goverment = "seoul" }}', "parameter.unknown", "government"),
        (f'{PLAIN}\nparameters = {{ government = "seol" }}', "basis.unknown_near", "seoul"),
        (f"{PLAIN}\nparameters = {{ government = 11 }}", "parameter.wrong", "government"),
        (f'{PLAIN}\nmatrix = {{ government = ["seoul", "incheon"] }}', "edition.twice", "one"),
        ('notebook = "read_government"\nname = "{city}"', "edition.name", "{city}"),
        ('notebook = "read_government"\nname = "../escape"', "edition.name", "../escape"),
        ('notebook = "read_government"\nname = "서울"', "edition.name", "서울"),
        ('notebook = "read_government"\nname = ""', "edition.name", ""),
        (f"{PLAIN}\nmatrix = {{ government = [] }}", "edition.no_reports", "try"),
        (f'{PLAIN}\nparameters = "seoul"', "edition.shape", "parameters"),
        (f'{PLAIN}\nmatrix = {{ government = "seoul" }}', "edition.shape", "matrix"),
        (f'{PLAIN}\nexclude = {{ government = "seoul" }}', "edition.shape", "exclude"),
    ],
)
def test_what_is_wrong_in_an_edition_is_said(tmp_path: Path, tables: Tables, report: str, key: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        edition(tmp_path, tables, report)
    assert caught.value.fields.get("why", caught.value).key == key and caught.value.exit_code == 2  # type: ignore[attr-defined]
    for language in ("ko", "en"):
        assert named in caught.value.say(language) and "try" in caught.value.say(language)


@pytest.mark.parametrize(
    "wrong",
    [
        'parameters = { phase = "propsed" }',
        'matrix = { phase = ["approved", "propsed"] }',
        "parameters = { fiscal_year = 20266 }",
        'parameters = { phaze = "paid" }',
        'parameters = { fiscal_year = "2026" }',
    ],
)
def test_what_is_wrong_in_a_report_names_edition_and_report(tmp_path: Path, tables: Tables, wrong: str) -> None:
    with pytest.raises(UsageError) as caught:
        edition(tmp_path, tables, f'notebook = "compare_budgets"\nname = "money-{{phase}}"\n{wrong}')
    for language in ("ko", "en"):
        first = caught.value.say(language).splitlines()[0]
        assert first.startswith("edition.try, ") and "‘money-{phase}’: " in first


def test_an_unknown_entry_of_the_edition_itself(tmp_path: Path, tables: Tables) -> None:
    with pytest.raises(UsageError) as caught:
        edition(tmp_path, tables, PLAIN, head='titel_ko = "제목"')
    assert caught.value.key == "edition.key" and "title_ko" in caught.value.say("ko")


def test_an_unknown_edition(tables: Tables) -> None:
    with pytest.raises(UsageError) as caught:
        read_editions(COMMITTED, tables, ("defualt",))
    assert caught.value.key == "edition.unknown" and "default" in caught.value.say("ko")


@pytest.mark.parametrize("content", [b"[edition.", b"\xff\xfe", None, b"[edition.try]\n"], ids=["cut off", "no text", "missing", "empty"])
def test_a_file_that_cannot_be_read(tmp_path: Path, tables: Tables, content: bytes | None) -> None:
    path = tmp_path / "editions.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_editions(path, tables)
    assert caught.value.key in ("edition.broken", "edition.no_reports")
