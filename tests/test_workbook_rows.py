"""Whole rows are written as XlsxWriter writes them cell by cell; but a text stays a text, whatever it looks like."""

import re
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped,unused-ignore]
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.workbook.cells import LONGEST, shortened
from budgets.workbook.worksheet import RowSheet

ODD = ["", " 앞", "뒤\u3000", "a & b < c > d", "두\n줄", "_x0041_", "\x01", "\ufffe", '"', "=1+1", "https://a.kr", "1,234"]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(ODD[1:]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(lambda x: not x.startswith("<r>")),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
)
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def parts(rows: list[list[Any]], *, slim: bool, whole: bool) -> dict[str, str]:
    """The sheet and the table of texts of a workbook of these rows, written whole or cell by cell."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": slim, **OPTIONS})
    sheet = book.add_worksheet("표", worksheet_class=RowSheet if whole else None)
    forms = [book.add_format({"bold": True}), book.add_format({"align": "center"})]
    for r, cells in enumerate(rows):
        sheet.set_row(r, 30) if r % 3 == 0 else None
        if whole:
            sheet.write_row_of(r, [(c, cell, forms[c % 2]) for c, cell in enumerate(cells)])
            continue
        for c, cell in enumerate(cells):
            write = sheet.write_blank if cell is None else sheet.write_string if isinstance(cell, str) else sheet.write_number
            write(r, c, cell, forms[c % 2])
    book.close()
    with zipfile.ZipFile(target) as file:
        named = [n for n in file.namelist() if re.search(r"sheet1\.xml|sharedStrings|styles", n)]
        return {n: re.sub(r' spans="[\d:]+"', "", file.read(n).decode()) for n in named}


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=5), slim=st.booleans())
def test_whole_rows_are_the_cells_one_by_one(rows: list[list[Any]], slim: bool) -> None:
    assert parts(rows, slim=slim, whole=True) == parts(rows, slim=slim, whole=False)


@pytest.mark.parametrize("slim", [False, True])
def test_a_text_that_looks_like_rich_xml_is_a_text(slim: bool) -> None:
    said = "<r><t>예산</t></r></is></c><c><f>1+1</f></c><r></r>"
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": slim}) as book:
        book.add_worksheet("표", worksheet_class=RowSheet).write_row_of(0, [(0, said, None), (1, "<r>&</r>", None)])
    read = openpyxl.load_workbook(target)["표"]
    assert [cell.value for cell in read[1]] == [said, "<r>&</r>"]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_of_a_cell_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="B3"), xlsxwriter.Workbook(BytesIO()) as book:
        book.add_worksheet("표", worksheet_class=RowSheet).write_row_of(2, [(1, number, None)])


@pytest.mark.parametrize("sign", ["가", "𝟙"])
def test_a_text_is_as_long_as_excel_counts(sign: str) -> None:
    cut = shortened(sign * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST and cut.endswith("…") and set(cut[:-1]) == {sign}
    assert shortened(sign * 100) == sign * 100
