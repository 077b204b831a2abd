"""The worksheet our rows are written on: XlsxWriter's own, with a short way for rows of texts and numbers.

XlsxWriter takes cell by cell, and looks twice at what each is: when it is given and when its XML is made. Our rows come
whole, each below the one before, and of few kinds. The XML is the same, letter for letter, but for one thing: a text is
a text, also where it looks like the XML of a rich one.
"""

import re
from collections import namedtuple
from collections.abc import Iterable
from math import isfinite
from typing import Any

from xlsxwriter.utility import _preserve_whitespace, xl_col_to_name  # type: ignore[import-untyped,unused-ignore]
from xlsxwriter.worksheet import (  # type: ignore[import-untyped,unused-ignore]
    CellBlankTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

LETTERS = [xl_col_to_name(column) for column in range(256)]
ODD = re.compile("[&<>\x00-\x1f\ufffe\uffff]|_x|^\\s|\\s$")
"""What may have to be written otherwise than it is (a blank at an end, a sign of XML, a control character)."""
InlineText = namedtuple("InlineText", ["text", "format"])
"""A text that stands in its cell and not in the table of all texts."""


class RowSheet(Worksheet):  # type: ignore[misc,unused-ignore]
    """A worksheet that also takes whole rows."""

    previous_row: int
    forgetful = False
    """Nothing is drawn on it: in constant memory a row's height may go once the row is written."""

    def write_row_of(self, row: int, cells: Iterable[tuple[int, Any, Any]]) -> None:
        """Write (column, text or number or None, format) of one row, below every row written before.

        A cell without a value and without a format is left out. Raises `ValueError` for a number without an end.
        """
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        line, index, inline = self.table[row], self.str_table._get_shared_string_index, self.constant_memory
        for column, cell, form in cells:
            if isinstance(cell, str):
                line[column] = InlineText(cell, form) if inline or cell.startswith("<r>") else CellStringTuple(index(cell), form)
            elif cell is None:
                line[column] = CellBlankTuple(form)
            elif isfinite(cell):
                line[column] = CellNumberTuple(cell, form)
            else:
                raise ValueError(f"{cell} at {LETTERS[column]}{row + 1}: no number of a cell")
        if line:
            self._check_dimensions(row, min(line))
            self._check_dimensions(row, max(line))

    def _write_rows(self) -> None:
        for row in sorted(self.table.keys() | self.row_info.keys()):
            self._write_line(row)

    def _write_single_row(self, current_row_num: int = 0) -> None:
        done, self.previous_row = self.previous_row, current_row_num
        self._write_line(done)
        self.table.clear()
        if self.forgetful and done != current_row_num:
            self.row_info.pop(done, None)

    def _write_line(self, row: int) -> None:
        line, height = self.table.get(row), self.row_info.get(row)
        if line:
            self._write_row(row, None, height)
            made: list[str] = []
            for column in sorted(line):
                if (xml := self._xml_of(row, column, line[column])) is None:
                    self.fh.write("".join(made))
                    made.clear()
                    self._write_cell(row, column, line[column])
                else:
                    made.append(xml)
            self.fh.write("".join(made) + "</row>")
        elif height:
            self._write_empty_row(row, None, height)

    def _xml_of(self, row: int, column: int, cell: Any) -> str | None:
        """The XML of a text, number or blank; None for any other cell."""
        kind, form = type(cell), cell.format
        at = f'<c r="{LETTERS[column]}{row + 1}" s="{form._get_xf_index()}"' if form else f'<c r="{LETTERS[column]}{row + 1}"'
        if kind is InlineText:
            said = cell.text
            if not ODD.search(said):
                return f'{at} t="inlineStr"><is><t>{said}</t></is></c>'
            said = self._escape_control_characters(said)
            keep = ' xml:space="preserve"' if _preserve_whitespace(said) else ""
            return f'{at} t="inlineStr"><is><t{keep}>{self._escape_data(said)}</t></is></c>'
        if kind is CellBlankTuple:
            return f"{at}/>"
        if kind is CellNumberTuple:
            return f"{at}><v>{cell.number:.16G}</v></c>"
        return f'{at} t="s"><v>{cell.string}</v></c>' if kind is CellStringTuple and not self.constant_memory else None

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """None of ours names a function younger than Excel 2007; XlsxWriter would search each for sixty of them."""
        return formula.removeprefix("=")
