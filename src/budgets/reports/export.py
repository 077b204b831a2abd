"""The workbook of an edition: the comparisons its reports make, each once, in reading order."""

from collections.abc import Iterator
from pathlib import Path

from budgets.basis import BudgetBasis
from budgets.comparison import Comparison, compare_budgets, compare_targets
from budgets.disk import one_writer, write_whole
from budgets.errors import BudgetsError
from budgets.reports.editions import Edition
from budgets.reports.fingerprints import names, of_data
from budgets.tables import Tables
from budgets.words import text
from budgets.workbook import workbook


def export_edition(edition: Edition, tables: Tables, *, data: Path, out: Path, language: str = "ko") -> Path:
    """Write ``<out>/<edition>/<edition>.xlsx`` whole (beside its place, then moved in) and return its path.

    Raises `BudgetsError` where the file cannot be written, for instance because it is open elsewhere.
    """
    content = workbook(
        tables,
        list(comparisons(edition, tables)),
        title=edition.title[language],
        date_of_data=tables.sources["published_on"].max().date(),
        fingerprint=text("workbook.cover.made_of", language, **names(of_data(data))),
        language=language,
    )
    path = out / edition.name / f"{edition.name}.xlsx"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with one_writer(path.parent):
            write_whole(path, content)
    except OSError as error:
        raise BudgetsError("render.out", path=path, why=error) from None
    return path


def comparisons(edition: Edition, tables: Tables) -> Iterator[Comparison]:
    """Every comparison of the edition's reports, each basis once."""
    for basis in dict.fromkeys(basis for report in edition.reports for basis in report.parameters.bases()):
        yield compare_budgets(tables, basis) if isinstance(basis, BudgetBasis) else compare_targets(tables, basis)
