"""LibreOffice computes the workbook anew: every formula must give the result it was written with."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from budgets.basis import BudgetBasis
from budgets.comparison import compare_budgets
from budgets.tables import Tables
from budgets.words import text
from budgets.workbook import Assumptions, workbook
from test_workbook import ABOUT, SETTINGS, every_comparison

pytestmark = [pytest.mark.office, pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")]

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
"""The office's own setting: compute every formula when a file is opened."""


def recalculated(data: bytes, folder: Path) -> openpyxl.Workbook:
    """The workbook after LibreOffice opened, computed and saved it."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)
    (folder / "book.xlsx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir", "out", "book.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
    return openpyxl.load_workbook(folder / "out" / "book.xlsx", data_only=True)


def cell(book: openpyxl.Workbook, name: str) -> openpyxl.cell.Cell:
    sheet, place = str(book.defined_names[name].attr_text).split("!")
    return book[sheet.strip("'")][place.replace("$", "")]


def changed(data: bytes, **cells: object) -> bytes:
    """The workbook as a person leaves it who changes these named cells. No results are kept: all must be computed."""
    book = openpyxl.load_workbook(BytesIO(data))
    for name, value in cells.items():
        cell(book, name).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def differences(wanted: bytes, found: openpyxl.Workbook) -> tuple[int, list[tuple[str, str, object, object]]]:
    """(how many formulas, those whose result differs) over all cells of all sheets."""
    formulas, results = (openpyxl.load_workbook(BytesIO(wanted), data_only=flag) for flag in (False, True))
    count, off = 0, []
    for sheet in formulas:
        for row in sheet.iter_rows():
            for one in row:
                count += one.data_type == "f"
                a, b = (book[sheet.title][one.coordinate].value for book in (results, found))
                a, b = ("" if x is None else x for x in (a, b))
                numbers = isinstance(a, int | float) and isinstance(b, int | float)
                if not (a == b or (numbers and b == pytest.approx(a, rel=1e-9, abs=1e-9))):
                    off.append((sheet.title, one.coordinate, a, b))
    return count, off


@pytest.mark.parametrize(("setting", "language"), [*((s, "ko") for s in SETTINGS), (SETTINGS[1], "en")], ids=str)
def test_every_cell_is_as_computed_for_these_assumptions(tables: Tables, tmp_path: Path, setting: Assumptions, language: str) -> None:
    comparisons = every_comparison()
    given = workbook(tables, comparisons, **ABOUT, language=language)
    unit, prices = text(f"workbook.unit.{setting.unit}", language), text(f"workbook.prices.{setting.prices}", language)
    edited = changed(given, rounding_unit=unit, prices=prices, base_year=setting.base_year or 2025)
    wanted = workbook(tables, comparisons, **ABOUT, language=language, assumptions=setting)
    count, off = differences(wanted, recalculated(edited, tmp_path))
    assert count > 1000
    assert not off, off[:20]


def test_the_file_as_written_is_computed_to_the_same(tables: Tables, tmp_path: Path) -> None:
    data = workbook(tables, every_comparison(), **ABOUT)
    count, off = differences(data, recalculated(data, tmp_path))
    assert count > 1000 and not off, off[:20]


def test_other_denominators_are_followed(tables: Tables, tmp_path: Path) -> None:
    """Another year of population and another budget, chosen on the sheet, move what is divided by them."""
    comparison = compare_budgets(tables, BudgetBasis(fiscal_year=2026, phase="proposed"))
    rows = tables.denominators.loc[tables.denominators["government"] == "seoul"]
    people = rows.loc[(rows["denominator"] == "population") & (rows["year"] == 2023), "value"].iloc[0]
    funds = rows.loc[(rows["denominator"] == "total_expenditure") & (rows["year"] == 2026) & (rows["accounts"] == "with_funds"), "value"].iloc[0]
    edited = changed(
        workbook(tables, [comparison], **ABOUT),
        population_year_1=2023,
        stage_1=text("stage.approved"),
        accounts_1=text("accounts.with_funds"),
        netting_1=text("netting.gross"),
    )
    sheet = recalculated(edited, tmp_path)["비교"]
    row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "서울")
    won = float(comparison.rows["amount_krw"].iloc[0])
    assert sheet.cell(row, 8).value == pytest.approx(won / people)
    assert sheet.cell(row, 12).value == pytest.approx(won / funds * 100)
