"""The template: sheets, drop-downs and rules of the contract; proposals filled in beforehand; the same bytes every time."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import budgets
from budgets import vocabulary as v
from budgets.clean import build
from budgets.intake.checking import check_file
from budgets.sources.transcripts import FIGURE_COLUMNS, KINDS
from budgets.sources.workbooks import template
from budgets.sources.workbooks.forms import BUDGET, FIGURES, FORMS, MILESTONE, PROGRAMME, RULING, SOURCE, TARGET
from budgets.sources.workbooks.template import HEAD
from budgets.tables import Tables
from budgets.words import text
from conftest import Command
from workspace import copied

PROPOSALS: list[dict[str, Any]] = [
    {
        "kind": "budget", "programme_id": "incheon-ai-playground", "programme_as_printed": "AI 놀이터", "nature": "budget", "phase": "approved", "funding": "unknown", "unit": "KRW",
        "period_kind": "fiscal_year", "period_start": "2025-01-01", "period_end": "2025-12-31", "as_printed": "16억 원", "hedge": "none", "source_id": "newpaper-2025-05-02",
        "locator": "paragraph 3, line 5", "words": "올해", "source_kind": "press", "publisher": "새신문", "title": "=1+1", "published_on": "2025-05-02", "published_precision": "day",
        "published_basis": "printed", "url": "https://newpaper.kr/1", "redistribute": "false", "checked": "whole text", "reliability": "press", "sha256": "ab" * 32,
    },
    {
        "kind": "target", "programme_id": "incheon-ai-playground", "programme_as_printed": "AI 놀이터", "indicator": "companies_supported", "phase": "target", "extent": "flow", "unit": "companies",
        "period_kind": "fiscal_year", "period_start": "2026-01-01", "period_end": "2026-12-31", "as_printed": "90여 개", "hedge": "여", "source_id": "newpaper-2025-05-02", "locator": "paragraph 4, line 6",
    },
    {
        "kind": "milestone", "programme_id": "incheon-ai-playground", "programme_as_printed": "AI 놀이터", "event": "declaration", "date_start": "2025-05-02", "date_end": "2025-05-02", "date_precision": "day",
        "state": "happened", "as_printed": "2일", "source_id": "newpaper-2025-05-02", "locator": "paragraph 5, line 5",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(Path(__file__).parent / "refusals" / "sound", tmp_path_factory.mktemp("template") / "data").data
    build(folder)
    return folder


@pytest.fixture(scope="module")
def opened(tables: Tables) -> Any:
    return openpyxl.load_workbook(BytesIO(template(tables)))


def test_the_forms_hold_every_column_of_the_contract() -> None:
    derived = {"figure_id", "kind"}
    for form, kind in ((BUDGET, "budget"), (TARGET, "target"), (MILESTONE, "milestone")):
        columns = {f.column for f in form.fields if f.column}
        others = {c for k, own in KINDS.items() if k != kind for c in own} - set(KINDS[kind])
        wanted = set(FIGURE_COLUMNS) - others - derived | {"figure_id"}
        assert columns == wanted - ({"unit"} if form is TARGET else {"hedge"} - set(KINDS[kind]))
    assert {f.column for f in SOURCE.fields if f.column} == set(budgets.load().sources.columns)
    assert {f.column for f in RULING.fields if f.column} == {"figure_id", "ruling", "other_figure_id", "reason", "decided_on"}
    assert {f.column.removeprefix("ruling:") for f in PROGRAMME.fields if f.column.startswith("ruling:")} == {
        "scope",
        "coverage",
        "parent",
        "reason",
        "decided_on",
    }


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_heading_has_a_rule_and_every_choice_a_list(tables: Tables, language: str) -> None:
    book = openpyxl.load_workbook(BytesIO(template(tables, language)))
    assert book.sheetnames == [
        text(f"intake.sheet.{name}", language) for name in ("guide", "budget", "target", "milestone", "source", "programme", "ruling", "lists")
    ]
    for form in FORMS:
        sheet = book[form.title(language)]
        chosen = {str(area).split(":")[0].rstrip("0123456789") for v in sheet.data_validations.dataValidation for area in v.sqref.ranges}
        for n, f in enumerate(form.fields, 1):
            head = sheet.cell(HEAD + 1, n)
            assert head.value == f.title(language) + (" *" if f.required else "")
            assert head.comment is not None and f.rule(language) in head.comment.text
            listed = f.kind in ("code", "government", "programme", "source", "indicator", "flag", "hedge", "table unit")
            assert (head.column_letter in chosen) == listed, f.key
        assert sheet.freeze_panes and sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"


def listed(book: Any, name: str) -> list[str]:
    sheet, cells = book.defined_names[name].attr_text.rsplit("!", 1)
    return [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]


def test_the_lists_are_those_of_the_data(opened: Any, tables: Tables) -> None:
    governments = listed(opened, "governments")
    assert len(governments) == len(set(governments)) == tables.governments["government"].nunique()
    assert [g for g in governments if g in ("서울", "인천", "광주", "경기")] == ["서울", "인천", "광주", "경기"]
    assert {"인천 중구", "서울 중구", "경기 광주시"} <= set(governments)
    programmes = listed(opened, "programmes")
    assert len(programmes) == len(tables.programmes) and "인천 · AI 플레이그라운드 인천" in programmes
    order = [programme.split(" · ")[0] for programme in programmes]
    assert len([a for a, b in zip(order, [None, *order], strict=False) if a != b]) == len(set(order)), "a government's programmes stand together"
    assert listed(opened, "phase") == [v.label("phase", code) for code in v.PHASES]
    assert listed(opened, "sources")[: len(tables.sources)] == sorted(tables.sources["source_id"])


def test_examples_are_marked_and_not_read(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(template(budgets.load(data)))
    book = openpyxl.load_workbook(path)
    for form in FORMS:
        sheet = book[form.title("ko")]
        assert sheet.cell(HEAD + 2, 1).value == "예시" and sheet.cell(HEAD + 2, 2).font.i
    found = check_file(path, data)
    assert found.rows == [] and found.faults == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_proposals_are_filled_in_and_pass_the_check(data: Path, tmp_path: Path, language: str) -> None:
    path = tmp_path / "p.xlsx"
    path.write_bytes(template(budgets.load(data), language, PROPOSALS))
    found = check_file(path, data)
    assert [fault.say() for fault in found.faults] == []
    rows = [row.record for row in found.rows if row.entry.form in FIGURES]
    wanted = [{k: str(p.get(k, "")) for k in FIGURE_COLUMNS if k not in ("figure_id",)} for p in PROPOSALS]
    assert [{k: row[k] for k in wanted[0]} for row in rows] == wanted
    (source,) = (row.record for row in found.rows if row.entry.form is SOURCE)
    assert {k: source[k] for k in ("source_id", "publisher", "title", "sha256", "redistribute")} == {
        k: PROPOSALS[0][k] for k in ("source_id", "publisher", "title", "sha256", "redistribute")
    }


def test_nothing_a_source_says_becomes_a_formula(data: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(template(budgets.load(data), "ko", PROPOSALS)))
    cell = next(c for row in book["출처"].iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s" or cell.value == "=1+1"
    shown = openpyxl.load_workbook(BytesIO(template(budgets.load(data), "ko", PROPOSALS)), data_only=True)
    assert "=1+1" in {c.value for row in shown["출처"].iter_rows() for c in row}


def test_the_same_bytes_every_time(data: Path) -> None:
    tables = budgets.load(data)
    assert template(tables, "ko", PROPOSALS) == template(tables, "ko", PROPOSALS)


def test_the_command_line_never_overwrites(data: Path, tmp_path: Path, command: Command) -> None:
    path = tmp_path / "t.xlsx"
    assert command("template", path, "--data", data).returncode == 0
    before = path.read_bytes()
    done = command("--lang", "en", "template", path, "--data", data)
    assert done.returncode == 2 and "not overwritten" in done.stderr and path.read_bytes() == before
    assert command("template", tmp_path / "t.csv", "--data", data).returncode == 2


@pytest.mark.office
def test_libreoffice_shows_date_and_address_of_the_chosen_source(tables: Tables, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    book = openpyxl.load_workbook(BytesIO(template(tables)))
    sheet = book["금액"]
    at = {f.key: n for n, f in enumerate(BUDGET.fields, 1)}
    known = tables.sources.dropna(subset=["url", "published_on"]).iloc[0]
    sheet.cell(8, at["source"]).value = known["source_id"]
    sheet.cell(9, at["source"]).value = "새신문 2025-05-02"
    new = book["출처"]
    head = {f.key: n for n, f in enumerate(SOURCE.fields, 1)}
    new.cell(7, head["publisher"]).value, new.cell(7, head["published_on"]).value = "새신문", "2025-05-02"
    new.cell(7, head["url"]).value = "https://newpaper.kr/1"
    book.save(tmp_path / "t.xlsx")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            tmp_path / "out",
            tmp_path / "t.xlsx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shown = openpyxl.load_workbook(tmp_path / "out" / "t.xlsx", data_only=True)["금액"]
    assert [shown.cell(8, at[k]).value for k in ("source_date", "source_url")] == [f"{known['published_on']:%Y-%m-%d}", known["url"]]
    assert [shown.cell(9, at[k]).value for k in ("source_date", "source_url")] == ["2025-05-02", "https://newpaper.kr/1"]
