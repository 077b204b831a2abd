"""The workbook as a reader of files sees it: sheets, formulas with their results, text that stays text."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook

import budgets
from budgets import measures as m
from budgets import vocabulary as v
from budgets import workbook as package
from budgets.basis import BudgetBasis, TargetBasis
from budgets.comparison import Comparison, compare_budgets, compare_targets
from budgets.comparison.own import budget_bases
from budgets.errors import BasisError, MeasureError
from budgets.tables import Tables
from budgets.vocabulary import FOUR
from budgets.words import text
from budgets.workbook import Assumptions, workbook
from budgets.workbook.cases import UNITS
from budgets.workbook.findings import differs

SHEETS = ["표지", "비교", "목표·실적", "사업별", "제외", "여권", "출처", "점검 결과", "가정", "용어", "열 설명"]
SETTINGS = [Assumptions(), Assumptions("hundred_million", "constant", 2020), Assumptions("KRW", "constant", 2024)]
ABOUT: dict[str, Any] = {"title": "지방정부 AI 예산 비교", "date_of_data": date(2026, 11, 21), "fingerprint": "0123abcd"}


@cache
def every_comparison() -> list[Comparison]:
    """Amounts on bases that occur (all where whole governments or several stand, a sample of the others), one mixture,
    and some indicators."""
    tables = budgets.load()
    every = [compare_budgets(tables, basis) for basis in budget_bases(tables, FOUR)]
    money = [c for i, c in enumerate(every) if i % 15 == 0 or len(c.present) > 1 or c.basis.coverage == "government"]  # type: ignore[union-attr]
    mixture = BudgetBasis(fiscal_year=(2025, 2026), phase=("approved", "proposed"), coverage=("programme", "government"))
    targets = [TargetBasis(indicator="companies_supported", fiscal_year=year, phase=phase) for year in (2024, 2025) for phase in ("target", "actual")]
    return [*money, compare_budgets(tables, mixture), *(compare_targets(tables, basis) for basis in targets)]


@pytest.fixture(scope="module")
def comparisons() -> list[Comparison]:
    return every_comparison()


@pytest.fixture(scope="module")
def data(tables: Tables, comparisons: list[Comparison]) -> bytes:
    return workbook(tables, comparisons, **ABOUT)


@cache
def read(data: bytes, *, results: bool = False) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=results)


def part(data: bytes, pattern: str) -> dict[str, str]:
    """The parts of the file whose names match, as text."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name).decode("utf-8") for name in file.namelist() if re.search(pattern, name)}


def blocks(book: Workbook) -> dict[int, int]:
    """The first row of totals of each comparison of money, by its number."""
    found, number = {}, 0
    for row in book["비교"].iter_rows(min_col=1, max_col=14):
        first = str(row[0].value or "")
        if heading := re.match(r"비교 (\d+)\.", first):
            number = int(heading[1])
        if first == "지방정부" and row[13].value == "비고":
            found[number] = row[0].row + 1
    return found


def same(found: Any, wanted: Any) -> bool:
    if pd.isna(wanted):
        return found in (None, "")
    return found == pytest.approx(float(wanted), rel=1e-9)


def test_the_sheets_are_these_in_this_order(data: bytes, tables: Tables, comparisons: list[Comparison]) -> None:
    assert read(data).sheetnames == SHEETS
    english = read(workbook(tables, comparisons[:2], **ABOUT, language="en")).sheetnames
    assert english[:4] == ["Cover", "Comparison", "Targets", "Programmes"] and len(english) == len(SHEETS)


def test_english_holds_no_korean_words_of_ours(tables: Tables, comparisons: list[Comparison]) -> None:
    book = read(workbook(tables, comparisons[-6:], **ABOUT | {"title": "AI budgets"}, language="en"))
    headings = [str(c.value) for name in book.sheetnames for row in book[name].iter_rows(max_row=3) for c in row if c.value]
    assert headings and not [h for h in headings if re.search("[가-힣]", h)]


def test_same_arguments_give_the_same_bytes(data: bytes, tables: Tables, comparisons: list[Comparison]) -> None:
    assert workbook(tables, comparisons, **ABOUT) == data


@pytest.mark.parametrize("setting", [SETTINGS[0], *(pytest.param(s, marks=pytest.mark.slow) for s in SETTINGS[1:])], ids=lambda s: f"{s.unit}-{s.prices}")
def test_results_are_those_of_the_measures(tables: Tables, comparisons: list[Comparison], setting: Assumptions) -> None:
    book = read(workbook(tables, comparisons, **ABOUT, assumptions=setting), results=True)
    sheet, tops, checked = book["비교"], blocks(book), 0
    for number, comparison in enumerate(comparisons, 1):
        if not isinstance(comparison.basis, BudgetBasis) or comparison.basis.mixed or comparison.speaks_of_parts:
            assert number not in tops
            continue
        total = m.total(comparison)
        priced = total
        if setting.prices == "constant" and comparison.basis.period_kind != "envelope":
            priced = m.constant_prices(total, base_year=setting.base_year or 0)
        per = m.per_resident(priced)
        for at, row in enumerate(total.rows.itertuples(), tops[number]):
            cells = [sheet.cell(at, c).value for c in range(1, 14)]
            assert cells[:2] == [tables.name(row.government), row.figures]
            if not row.figures:
                assert cells[2:] == [None, "발표 없음", *[None] * 9]
                continue
            for measure, start, scale in ((priced, 2, UNITS[setting.unit]), (per, 6, 1)):
                wanted = measure.rows.set_index("government").loc[row.government, ["low", "value", "high"]]
                assert all(same(found, x / scale) for found, x in zip(cells[start : start + 3], wanted, strict=True))
                checked += 1
    assert checked >= 2 * 5  # whole governments only


@pytest.mark.parametrize("language", ["ko", "en"])
def test_amounts_of_programmes_are_listed_and_never_added(tables: Tables, language: str) -> None:
    """As on the pages: no total, no per-resident value, no share, no chart; the reason, and each figure by itself."""
    parts = max((c for c in every_comparison() if c.speaks_of_parts and not c.basis.mixed), key=lambda c: (len(c.present), len(c.rows)))
    assert len(parts.rows) >= len(parts.present) > 1
    data = workbook(tables, [parts], **ABOUT, language=language)
    sheet = read(data)[text("workbook.sheet.comparison", language)]
    shown = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
    assert any(text("workbook.say.parts", language) in line for line in shown) and parts.verdict(language) in shown
    assert not [line for line in shown if line.startswith("=") and any(word in line for word in ("SUM(", "MIN(", "MAX(", "population_", "budget_"))]
    assert not {text(f"workbook.head.{head}", language) for head in ("total", "per_resident", "share")} & set(shown)
    assert [line for line in shown if line in set(parts.rows["figure_id"])] == list(parts.rows["figure_id"])
    assert shown.count(text("workbook.say.missing", language)) == len(parts.missing)
    assert len(part(data, r"charts/chart\d+\.xml")) == 1  # that of achievement
    results = read(data, results=True)[sheet.title]
    at = {row[6].value: [c.value for c in row[2:5]] for row in results.iter_rows(max_col=7) if row[6].value in set(parts.rows["figure_id"])}
    for row in parts.rows.itertuples():
        assert all(same(x, y / 1e6) for x, y in zip(at[row.figure_id], (row.amount_low_krw, row.amount_krw, row.amount_high_krw), strict=True))


def test_shares_stand_on_the_assumptions_named_beside_them(data: bytes, comparisons: list[Comparison]) -> None:
    book = read(data, results=True)
    codes = {entry: {tables_label: code for code, tables_label in pairs} for entry, pairs in _labels().items()}
    checked = 0
    for number, comparison in enumerate(comparisons, 1):
        if number not in blocks(book) or comparison.basis.period_kind != "fiscal_year" or not comparison.present:
            continue
        said = {name: book["가정"][_cell(book, f"{name}_{number}")].value for name in ("stage", "accounts", "netting")}
        if said["stage"] == "–":  # no total of the amounts' own stage is on file: no share, rather than one of another stage
            assert not any(book["비교"].cell(at, c).value for at in range(blocks(book)[number], blocks(book)[number] + 4) for c in (11, 12, 13))
            continue
        chosen = {name: codes[name][label] for name, label in said.items()}
        share = m.share_of_budget(m.total(comparison), **chosen).rows
        for at, row in enumerate(share.itertuples(), blocks(book)[number]):
            found = [book["비교"].cell(at, c).value for c in (11, 12, 13)]
            assert all(same(x, wanted) for x, wanted in zip(found, (row.low, row.value, row.high), strict=True))
            checked += any(x not in (None, "") for x in found)
    assert checked >= 2


def _labels() -> dict[str, list[tuple[str, str]]]:
    return {name: [(code, v.label(name, code)) for code in v.codes(name)] for name in ("stage", "accounts", "netting")}


def _cell(book: Workbook, name: str) -> str:
    return str(book.defined_names[name].attr_text).split("!")[1].replace("$", "")


def test_every_formula_carries_a_result(data: bytes) -> None:
    sheets = part(data, r"worksheets/sheet\d+\.xml")
    formulas = [cell for text in sheets.values() for cell in re.findall(r"<c [^>]*><f>.*?</c>", text)]
    assert len(formulas) > 1000
    assert not [cell for cell in formulas if "<v>" not in cell and "<v/>" not in cell and "<v></v>" not in cell]
    assert not [cell for cell in formulas if "#" in re.sub(r"<f>.*?</f>", "", cell)]


def test_totals_changes_and_achievement_are_formulas(data: bytes) -> None:
    book = read(data)
    sheet = book["비교"]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    for word in ("unit_krw", "factor_", "SUMIFS(population_value", "SUMIFS(budget_value", "SUM(", "priced_"):
        assert any(word in t for t in texts), word
    assert any("figure_low" in str(c.value) for row in book["목표·실적"].iter_rows() for c in row if c.data_type == "f")
    assert any("index_value" in str(c.value) for row in book["사업별"].iter_rows() for c in row if c.data_type == "f")


def test_changes_are_those_of_the_measure(tables: Tables) -> None:
    pair = [compare_budgets(tables, BudgetBasis(fiscal_year=y, phase="awarded", scope="ai_broad", funding="national")) for y in (2020, 2021)]
    wanted = m.change(*map(m.total, pair)).set_index("government")
    assert wanted["value"].notna().any()
    sheet = read(workbook(tables, pair, **ABOUT), results=True)["비교"]
    top = next(row[0].row for row in sheet.iter_rows(max_col=1) if str(row[0].value).startswith("증감."))
    for at, government in enumerate(wanted.index, top + 4):
        found = [sheet.cell(at, c).value for c in range(5, 11)]
        row = wanted.loc[government]
        expected = [*(row[["low", "value", "high"]] / 1e6), *row[["percent_low", "percent", "percent_high"]]]
        assert sheet.cell(at, 1).value == tables.name(government)
        assert all(same(x, y) for x, y in zip(found, expected, strict=True)), (found, expected)


def test_achievement_is_that_of_the_measure(data: bytes, tables: Tables) -> None:
    wanted = m.achievement(tables)
    sheet = read(data, results=True)["목표·실적"]
    rows = {sheet.cell(r, 12).value: [sheet.cell(r, c).value for c in (7, 8, 9)] for r in range(1, 40)}
    assert len(wanted)
    for row in wanted.itertuples():
        assert all(same(x, y) for x, y in zip(rows[row.actual_id], (row.low, row.value, row.high), strict=True))


def test_compared_and_set_aside_are_all_figures(data: bytes, tables: Tables, comparisons: list[Comparison]) -> None:
    aside = pd.read_excel(BytesIO(data), sheet_name="제외", header=2)
    for number, comparison in enumerate(comparisons, 1):
        listed = set(aside.loc[aside["번호"] == number, "수치 식별자"])
        money = isinstance(comparison.basis, BudgetBasis)
        everything = set((tables.budgets if money else tables.targets)["figure_id"])
        assert listed | set(comparison.rows["figure_id"]) == everything
        assert not listed & set(comparison.rows["figure_id"])
    assert aside["제외 사유"].notna().all()


def test_passports_hold_every_figure_as_read(data: bytes, tables: Tables) -> None:
    passports = pd.read_excel(BytesIO(data), sheet_name="여권", header=2).set_index("수치 식별자")
    assert set(tables.budgets["figure_id"]) | set(tables.targets["figure_id"]) | set(tables.milestones["figure_id"]) <= set(passports.index)
    for row in tables.budgets.itertuples():
        found = passports.loc[row.figure_id]
        assert found["적힌 그대로"] == row.as_printed
        assert all(
            same(x if pd.notna(x) else None, y)
            for x, y in zip(found[["하한", "적힌 값", "상한"]], (row.amount_low_krw, row.amount_krw, row.amount_high_krw), strict=True)
        )


def test_findings_are_those_of_the_measure(data: bytes, tables: Tables) -> None:
    sheet = read(data, results=True)["점검 결과"]
    found = {sheet.cell(r, 1).value: sheet.cell(r, 11).value for r in range(1, 80)}
    for row in m.parts_against_totals(tables).itertuples():
        assert found[row.whole_id] == text(f"finding.{row.finding}")


NASTY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil.example","x")', "http://evil.example/x"]


def test_nothing_a_source_says_becomes_a_formula_or_a_link(tables: Tables) -> None:
    budgets = tables.budgets.copy()
    for column in ("programme_as_printed", "as_printed", "note", "words", "locator"):
        budgets[column] = [NASTY[i % len(NASTY)] for i in range(len(budgets))]
    sources = tables.sources.copy()
    sources["title"] = [NASTY[i % len(NASTY)] for i in range(len(sources))]
    sources["url"] = ["javascript:alert(1)", "file:///etc/passwd", "internal:'비교'!A1", "https://ok.example/?a=1&b=2", *[None] * (len(sources) - 4)]
    nasty = replace(tables, budgets=budgets, sources=sources)
    data = workbook(nasty, [compare_budgets(nasty, BudgetBasis(fiscal_year=2025, coverage="programme"))], **ABOUT | {"title": "=1+1"})
    book = read(data)
    assert book["표지"]["A1"].value == "=1+1" and book["표지"]["A1"].data_type == "s"
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    plain = [c for c in cells if str(c.value) in NASTY]
    assert len(plain) > 500 and all(c.data_type == "s" for c in plain)
    assert all(c.quotePrefix for c in plain if str(c.value).startswith(("=", "+", "-", "@", "\t")))
    assert not [c for c in cells if c.data_type == "f" and ("HYPERLINK" in str(c.value) or "cmd" in str(c.value))]
    targets = {c.hyperlink.target for c in cells if c.hyperlink and c.hyperlink.target}
    assert {t for t in targets if not t.startswith("#")} == {"https://ok.example/?a=1&b=2"}
    assert {c.parent.title for c in cells if c.hyperlink and c.hyperlink.target} <= {"여권", "출처"}


def test_addresses_are_written_out_and_identifiers_lead_to_them(data: bytes, tables: Tables) -> None:
    """A link is cut at the edge of its column when LibreOffice prints it; a text is wrapped, in a row high enough."""
    sheet = read(data)["출처"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    wanted = tables.sources.set_index("source_id")["url"].dropna()
    for row in range(4, sheet.max_row + 1):
        identifier, address = sheet.cell(row, 1), sheet.cell(row, heads["주소"])
        if (url := wanted.get(identifier.value)) and url.startswith("http"):
            assert address.value == url and address.hyperlink is None and address.alignment.wrap_text
            assert identifier.hyperlink.target == url
            assert (sheet.row_dimensions[row].height or 15) >= 15 * -(-len(url) // 62)


def test_pages_are_a4_one_page_wide_with_headings_and_numbers(data: bytes) -> None:
    for sheet in read(data):
        assert str(sheet.page_setup.paperSize) == "9" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1) and str(sheet.page_setup.fitToHeight) == "0"
        assert sheet.print_title_rows and "&P" in part(data, r"sheet1\.xml")["xl/worksheets/sheet1.xml"].replace("&amp;", "&")
        assert sheet.freeze_panes and sheet.print_area


@pytest.mark.slow
def test_pages_end_between_comparisons(data: bytes) -> None:
    sheet = read(data)["비교"]
    ends = [b.id for b in sheet.row_breaks.brk]
    assert ends
    for end in ends:  # the row above the break; the next one begins a page
        assert re.match(r"비교 \d+\.|증감\.", str(sheet.cell(end + 1, 1).value))


def test_comparisons_of_indicators_name_the_indicator(data: bytes, tables: Tables) -> None:
    names = dict(zip(tables.indicators["indicator"], tables.indicators["name_ko"], strict=True))
    bases = [row[1].value for row in read(data)["표지"].iter_rows() if str(row[0].value).startswith("비교 ")]
    assert sum(str(b).startswith(names["companies_supported"]) for b in bases) == 4


def test_cells_are_merged_only_in_lines_of_words_across_the_page(data: bytes) -> None:
    for sheet in read(data):
        for span in sheet.merged_cells.ranges:
            assert span.min_row == span.max_row and span.min_col == 1
            assert all(sheet.cell(span.min_row, c).value is None for c in range(2, span.max_col + 1))


def test_charts_have_alternative_text_whiskers_and_gaps(data: bytes, comparisons: list[Comparison]) -> None:
    charts = part(data, r"charts/chart\d+\.xml")
    races = [c for c in comparisons if c.is_race]
    assert len(charts) == len(races) + 1  # and one of achievement
    # Excel leaves gaps unless a chart says otherwise, and nothing stands in the data of a gap.
    assert all("<c:errBars>" in text and "dispBlanksAs" not in text for text in charts.values())
    for chart in charts.values():
        labels, values = (re.search(rf"<c:{kind}>.*?</c:{kind}>", chart, re.DOTALL)[0] for kind in ("cat", "val"))  # type: ignore[index]
        missing = set(re.findall(r'<c:pt idx="(\d+)"><c:v>[^<]*발표 없음', labels))
        assert len(missing) == labels.count("발표 없음") and not missing & set(re.findall(r'<c:pt idx="(\d+)">', values))
    drawn = "".join(part(data, r"drawings/drawing\d+\.xml").values())
    assert len(re.findall(r'descr="막대그림', drawn)) == len(charts)


def test_a_lonely_government_is_not_drawn(tables: Tables) -> None:
    lonely = compare_budgets(tables, BudgetBasis(fiscal_year=2026, phase="proposed"))
    assert lonely.present == ("seoul",)
    data = workbook(tables, [lonely], **ABOUT)
    assert len(part(data, r"charts/chart\d+\.xml")) == 1  # that of achievement
    assert lonely.verdict() in [c.value for c in read(data)["비교"]["A"]]


def test_rounding_is_spoken_of_only_where_shown_parts_do_not_add_up(tables: Tables) -> None:
    printed = m.parts_against_totals(tables).loc[lambda r: (r["unit"] == "KRW") & (r["parts"].map(len) == 2)].iloc[0]

    def noted(each: int) -> bool:
        """With a total of money whose two parts cost so many won each."""
        budgets = tables.budgets.copy()
        for figures, won in ((printed["parts"], each), ([printed["whole_id"]], 2 * each)):
            budgets.loc[budgets["figure_id"].isin(figures), ["amount_low_krw", "amount_krw", "amount_high_krw"]] = won
        sheet = read(workbook(replace(tables, budgets=budgets), [], **ABOUT), results=True)["점검 결과"]
        return any("반올림된 경우" in str(c.value) for c in sheet["A"])

    assert noted(7_400_000) and not noted(7_000_000)


def test_rounding_goes_half_up_as_in_a_spreadsheet() -> None:
    assert differs(1.0, [0.5, 0.5], 0)
    assert not differs(2.0, [0.5, 1.4], 0)
    assert not differs(None, [0.5, 0.5], 0) and not differs(1.0, [0.5, None], 0)


@pytest.mark.slow
def test_a_workbook_of_many_figures_says_the_same(tables: Tables, comparisons: list[Comparison], monkeypatch: pytest.MonkeyPatch) -> None:
    usual = read(workbook(tables, comparisons[-3:], **ABOUT))
    monkeypatch.setattr(package, "MANY", 0)
    slim = read(workbook(tables, comparisons[-3:], **ABOUT))
    for one, other in zip(usual, slim, strict=True):
        assert [[c.value for c in row] for row in one.iter_rows()] == [[c.value for c in row] for row in other.iter_rows()]


def test_what_cannot_be_is_refused(tables: Tables, comparisons: list[Comparison]) -> None:
    with pytest.raises(BasisError, match="million"):
        Assumptions(unit="milion")
    with pytest.raises(MeasureError):
        workbook(tables, comparisons[:1], **ABOUT, assumptions=Assumptions("KRW", "constant", 1990))


def test_without_comparisons_there_are_still_all_sheets(tables: Tables) -> None:
    assert read(workbook(tables, [], **ABOUT)).sheetnames == SHEETS


def test_figures_are_made_some_at_a_time_and_stay_in_order(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many figures there are, few rows are held; what is read of them is the same."""
    from budgets.workbook import rows as module
    from budgets.workbook.lookup import Figures

    whole = dict(Figures(tables, "ko").rows.of(*module.KINDS))
    monkeypatch.setattr(module, "CHUNK", 7)
    lots = Figures(tables, "ko").rows
    assert list(lots) == list(whole) and len(lots) == len(tables.budgets) + len(tables.targets) + len(tables.milestones)
    for (one, row), (other, wanted) in zip(lots.of(*module.KINDS), whole.items(), strict=True):
        assert one == other and {k: str(x) for k, x in row.items()} == {k: str(x) for k, x in wanted.items()}
        assert len(lots._lots) <= module.KEPT
    last = list(whole)[-1]
    assert str(lots[last]) == str(whole[last]) and last in lots and "no-such-figure" not in lots
