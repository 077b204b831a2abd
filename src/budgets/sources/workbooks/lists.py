"""The sheet of lists behind the drop-downs of the template."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import xlsxwriter

from budgets.rows import each
from budgets.sources.workbooks.forms import SOURCE, TABLE_UNITS, Field, codes
from budgets.sources.workbooks.labels import DOT
from budgets.words import text

HEDGES = ("약", "여", "규모", "내외", "가량", "정도", "안팎", "대", "이상", "이하", "이내", "미만", "최대")
NEW = 300
"""New sources that the drop-down of sources can show."""


class Lists:
    """Columns of choices, each under a defined name."""

    def __init__(self, book: Any, sheet: Any, language: str, styles: Mapping[str, Any], *, new_sources: int) -> None:
        self.book, self.sheet, self.language, self.styles = book, sheet, language, styles
        self.first_new, self.column = new_sources - NEW, 0
        self.known: dict[str, dict[str, str]] = {}
        """Date and address of every source on file."""
        self._vocabularies: set[str] = set()
        self.title = text("intake.sheet.lists", language)

    def add(self, name: str, values: Iterable[str]) -> None:
        """A column of texts under *name*."""
        column = self._column(name)
        shown = list(values)
        for row, value in enumerate(shown, 1):
            self.sheet.write_string(row, column, value)
        self._define(name, column, len(shown))
        self.sheet.set_column(column, column, min(60, max([10, *(len(v) * 1.6 for v in shown)])))

    def add_sources(self, sources: pd.DataFrame) -> None:
        """Names, dates and addresses of the sources: those on file, then those entered on the sheet of sources."""
        columns = {name: self._column(name) for name in ("sources", "source_dates", "source_urls")}
        at = {f.key: xlsxwriter.utility.xl_col_to_name(n) for n, f in enumerate(SOURCE.fields)}
        rows = each(sources.sort_values("source_id"))
        for row, source in enumerate(rows, 1):
            day = "" if pd.isna(source["published_on"]) else f"{source['published_on']:%Y-%m-%d}"
            url = "" if pd.isna(source["url"]) else str(source["url"])
            self.known[source["source_id"]] = {"source_dates": day, "source_urls": url}
            for name, value in (("sources", source["source_id"]), ("source_dates", day), ("source_urls", url)):
                self.sheet.write_string(row, columns[name], value)
        sheet = f"'{text('intake.sheet.source', self.language)}'!"
        for n in range(NEW):
            row, there = len(rows) + 1 + n, self.first_new + n + 1
            name, outlet, day, url = (f"{sheet}${at[key]}${there}" for key in ("source_id", "publisher", "published_on", "url"))
            written = f'IF(ISNUMBER({day}),TEXT({day},"yyyy-mm-dd"),{day}&"")'
            self.sheet.write_formula(row, columns["sources"], f'=IF({name}<>"",{name},IF({outlet}<>"",{outlet}&" "&{written},""))', None, "")
            self.sheet.write_formula(row, columns["source_dates"], f"={written}", None, "")
            self.sheet.write_formula(row, columns["source_urls"], f'={url}&""', None, "")
        for name, column in columns.items():
            self._define(name, column, len(rows) + NEW)
            self.sheet.set_column(column, column, 28)

    def choices(self, f: Field, government: str, cell: str) -> str | list[str] | None:
        """What the drop-down of a column shows; *government* and *cell* are addresses in the first row of entries."""
        match f.kind:
            case "government":
                return "=governments"
            case "programme":
                narrowed = f'IF({government}="",{cell},{government}&"{DOT}")&"*"'
                return f"=OFFSET(INDEX(programmes,1),IFERROR(MATCH({narrowed},programmes,0)-1,0),0,MAX(1,COUNTIF(programmes,{narrowed})),1)"
            case "source":
                return '=OFFSET(INDEX(sources,1),0,0,COUNTIF(sources,"?*"),1)'
            case "indicator":
                return "=indicators"
            case "table unit":
                return list(TABLE_UNITS)
            case "flag":
                return [text("intake.template.yes", self.language), text("intake.template.no", self.language)]
            case "hedge":
                return [text("intake.template.none", self.language), text("intake.template.unknown", self.language), *HEDGES]
            case "code":
                if f.vocabulary not in self._vocabularies:
                    self.add(f.vocabulary, [text(f"{f.vocabulary}.{code}", self.language) for code in codes(f.vocabulary)])
                    self._vocabularies.add(f.vocabulary)
                return f"={f.vocabulary}"
        return None

    def close(self) -> None:
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def _column(self, name: str) -> int:
        column, self.column = self.column, self.column + 1
        self.sheet.write_string(0, column, name, self.styles["head"])
        return column

    def _define(self, name: str, column: int, rows: int) -> None:
        letter = xlsxwriter.utility.xl_col_to_name(column)
        self.book.define_name(name, f"='{self.title}'!${letter}$2:${letter}${rows + 1}")
