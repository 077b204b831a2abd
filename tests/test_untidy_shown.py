"""Numbers of which a person sees another one, or none: struck out, hidden by their format, shown in percent or with more digits.

Every workbook is made by the test that reads it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from budgets.clean import build, load
from budgets.intake.checking import check_file
from budgets.sources.workbooks import template
from budgets.sources.workbooks.ledger import Ledger
from budgets.words import LANGUAGES
from filling import filled, place, sound_rows
from test_untidy import Rows, cells, keys, mapping, only, saved
from workspace import Workspace

AMOUNTS: Rows = [["2025년 본예산 (단위: 백만원)"], ["사업명", "예산액", "구성비"], ["가", 1200, 0.6], ["나", 0.5, 0.4], ["다", -30, 0], ["라", 0, 0]]


def styled(tmp_path: Path, change: Callable[[Any], None], answers: str = "", rows: Rows = AMOUNTS) -> Ledger:
    path = saved(tmp_path / "t.xlsx", rows, change=lambda book: change(book.active))
    return only(path, mapping(tmp_path, answers))


def asked(ledger: Ledger) -> list[tuple[str, str | None]]:
    return [(fault.key.removeprefix("intake.table."), fault.cell) for fault in ledger.faults]


def strike(*places: str) -> Callable[[Any], None]:
    def struck(sheet: Any) -> None:
        for cell in places:
            sheet[cell].font = Font(strike=True)

    return struck


def form(code: str, *places: str) -> Callable[[Any], None]:
    def formed(sheet: Any) -> None:
        for cell in places:
            sheet[cell].number_format = code

    return formed


def test_a_number_struck_out_is_asked_about_at_its_cell(tmp_path: Path) -> None:
    ledger = styled(tmp_path, strike("B3", "A4"))
    assert asked(ledger) == [("struck", "B3")] and "B3" not in cells(ledger) and cells(ledger)["B4"] != 0
    assert all(fault.say(language).startswith("세출 B3: ‘1200’ — ") for fault in ledger.faults for language in LANGUAGES)


@pytest.mark.parametrize(("answer", "wanted"), [("skip", None), ("read", 1200)])
def test_what_a_person_says_of_struck_numbers_holds(answer: str, wanted: int | None, tmp_path: Path) -> None:
    ledger = styled(tmp_path, strike("B3", "C3"), f'struck = "{answer}"')
    assert (cells(ledger).get("B3"), asked(ledger)) == (wanted, [])


def test_a_number_written_as_text_is_struck_out_too(tmp_path: Path) -> None:
    rows = [*AMOUNTS[:2], ["가", "1,200"], ["나", "-"], ["다", 5]]
    assert asked(styled(tmp_path, strike("B3", "B4"), rows=rows)) == [("struck", "B3")], "a dash says nothing, struck out or not"


def test_a_part_of_a_cell_may_be_struck_out(tmp_path: Path) -> None:
    """What was 1,000 and is 200 now, as people mend a table by hand."""
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    sheet, struck = book.add_worksheet("세출"), book.add_format({"font_strikeout": True})
    for row, cells_of in enumerate(AMOUNTS[:2]):
        sheet.write_row(row, 0, cells_of)
    sheet.write_row(2, 0, ["가"])
    sheet.write_rich_string(2, 1, struck, "1,000", " 200")
    sheet.write_row(3, 0, ["나", "800"])
    book.close()
    assert asked(only(tmp_path / "t.xlsx")) == [("struck", "B3")]


def test_a_font_that_says_it_does_not_strike(tmp_path: Path) -> None:
    def unstruck(sheet: Any) -> None:
        sheet["B3"].font = Font(strike=False, bold=True)

    assert asked(styled(tmp_path, unstruck)) == []


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (";;;", ["B3", "B4", "B5", "B6"]),
        ('"비공개"', ["B3", "B4", "B5", "B6"]),
        ('#,##0;;"-"', ["B5"]),
        ("#,##0;△#,##0;;@", []),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', []),
        ("#,##0_ ;[Red]\\-#,##0\\ ", []),
        ("General", []),
    ],
)
def test_a_number_that_its_format_hides_is_asked_about(code: str, wanted: list[str], tmp_path: Path) -> None:
    """Zeros alone left blank, as tables often have them, hide no amount."""
    change = form(code, "B3", "B4", "B5", "B6")
    assert asked(styled(tmp_path, change)) == [("unseen", cell) for cell in wanted]
    for answer in ("skip", "read"):
        ledger = styled(tmp_path, change, f'hidden = "{answer}"')
        assert asked(ledger) == [] and all((cell in cells(ledger)) == (answer == "read") for cell in wanted)


def test_a_format_that_only_a_condition_brings_hides_nothing(tmp_path: Path) -> None:
    """Such a format may have the number of one that cells have."""

    def conditional(sheet: Any) -> None:
        sheet["B3"].number_format = "#,##0_-"
        hidden = DifferentialStyle(numFmt=NumberFormat(numFmtId=164, formatCode=";;;"))
        sheet.conditional_formatting.add("B3:B6", Rule("cellIs", dxf=hidden, operator="equal", formula=["0"]))

    assert asked(styled(tmp_path, conditional)) == []


@pytest.mark.parametrize("code", ["0%", "0.00%", "#,##0.0%;[Red]-#,##0.0%"])
def test_a_percentage_is_no_amount(code: str, tmp_path: Path) -> None:
    """Half of a million, or fifty per cent of something? In a column of rates there is no such question."""
    ledger = styled(tmp_path, form(code, "B4", "C3", "C4"))
    assert asked(ledger) == [("percent", "B4")] and sorted(cells(ledger)) == ["B3", "B5", "B6"]


def test_a_format_that_adds_digits_is_not_believed(tmp_path: Path) -> None:
    """Offices write #,##0",000" to show in won what they keep in thousands."""
    assert asked(styled(tmp_path, form('#,##0",000"', "B3"))) == [("digits", "B3")]
    assert asked(styled(tmp_path, form('#,##0"건(2025)"', "B3"))) == []


def test_a_value_shown_in_percent_is_read_as_it_is_shown(tmp_path: Path) -> None:
    rows: Rows = [["2025년 성과지표"], ["성과지표", "단위", "목표", "실적"], ["취업률", "%", 0.85, 0.285], ["수료 인원", "명", 120, 130]]
    ledger = styled(tmp_path, form("0%", "C3", "D3"), rows=rows)
    assert [(n.place, str(n.number), n.unit) for n in ledger.numbers if n.row == 2] == [("C3", "85", "%"), ("D3", "28.5", "%")]
    assert asked(styled(tmp_path, strike("D4"), rows=rows)) == [("struck", "D4")]


@pytest.mark.parametrize("cell", ["<td><s>1,200</s></td>", "<td>800 <del>1,200</del></td>", '<td style="text-decoration: line-through">1,200</td>'])
def test_what_a_page_strikes_out(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    path.write_text(
        f"<p>2025년 본예산 (단위: 천원)</p><table><tr><th>사업명</th><th>예산액</th></tr><tr><td>가</td>{cell}</tr><tr><td>나</td><td>800</td></tr></table>",
        encoding="utf-8",
    )
    ledger = only(path)
    assert keys(ledger) == ["table.struck"] and ledger.faults[0].cell == "B3" and cells(ledger) == {"B4": 800}


def test_the_template_takes_no_cell_that_is_seen_otherwise(sound: Workspace, tmp_path: Path) -> None:
    """Each at its cell, in a workbook in which nothing else is wrong."""
    build(sound.data)
    path = filled(template(load(sound.data)), sound_rows(), tmp_path / "filled.xlsx")
    file = openpyxl.load_workbook(path)
    odd = {
        "struck": strike,
        "unseen": partial(form, ";;;"),
        "percent": partial(form, "0%"),
        "digits": partial(form, '0"000"'),
        "scaled": partial(form, "#,##0,"),
    }
    wanted = {}
    for row, (rule, change) in enumerate(odd.items()):
        sheet, cell = place("budget", row, "as_printed")
        if rule != "struck":
            file[sheet][cell] = 1200
        change(cell)(file[sheet])
        wanted[sheet, cell] = f"intake.fault.{rule}"
    file.save(path)
    checked = check_file(path, sound.data)
    assert {(fault.sheet, fault.cell): fault.key for fault in checked.faults} == wanted
    for language in LANGUAGES:
        assert all(any(fault.say(language).startswith(f"{sheet} {cell} ") for fault in checked.faults) for sheet, cell in wanted)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ('"△"#,##0', "sign"), ("\\-#,##0", "sign"), ("(#,##0)", "sign"), ("-#,##0;-#,##0", "sign"),
        ("[$$-409]#,##0", "currency"), ("$#,##0", "currency"), ('#,##0"%"', "percent"), ("#,##0\\‰", "percent"),
        ("#,##0_);(#,##0)", ""), ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", ""), ("[$₩-412]#,##0", ""), ("#,##0;[Red]△#,##0", ""),
    ],
)  # fmt: skip
def test_a_sign_or_a_currency_that_only_the_format_writes(code: str, why: str, tmp_path: Path) -> None:
    """1200 that everybody sees as △1,200 or $1,200; the formats that offices use for amounts are nothing odd."""
    ledger = styled(tmp_path, form(code, "B3"))
    assert asked(ledger) == ([(why, "B3")] if why else [])
