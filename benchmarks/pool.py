"""One way of making `read_government` for many governments: ``python -m benchmarks.pool WAY PLACE DATA GOVERNMENT …``.

``budgets`` renders the edition of PLACE; ``papermill`` and ``ploomber`` execute in a pool of two processes and export
with nbconvert's API; ``floor`` runs the cells and builds our page in one warm process a core, without any isolation.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from budgets.checkout import checkout

SOURCE = checkout() / "notebooks" / "read_government.ipynb"


def by_papermill(government: str, data: str, place: str) -> None:
    import papermill

    executed = f"{place}/{government}.ipynb"
    papermill.execute_notebook(str(SOURCE), executed, {"government": government, "data": data}, kernel_name="python3", progress_bar=False)
    export(executed)


def by_ploomber(government: str, data: str, place: str) -> None:
    from ploomber_engine import execute_notebook

    executed = f"{place}/{government}.ipynb"
    execute_notebook(str(SOURCE), executed, parameters={"government": government, "data": data}, progress_bar=False)
    export(executed)


def export(executed: str) -> None:
    page, _ = exporter().from_filename(executed)
    Path(executed).with_suffix(".html").write_text(page, encoding="utf-8")


@cache
def exporter() -> Any:
    from nbconvert import HTMLExporter

    return HTMLExporter()


def by_floor(government: str, data: str, place: str) -> None:
    """The cells in this process's shell, one report after the other, and the page from their outputs."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from nbformat.v4 import new_output

    from budgets.page import report_page

    shell = InteractiveShell.instance()
    shell.display_pub.publish = lambda *_, **__: None  # type: ignore[method-assign]
    shell.reset(new_session=True)
    notebook = nbformat.read(SOURCE, as_version=4)
    for number, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        with capture_output():
            done = shell.run_cell(cell.source)
            done.raise_error()
            found = shell.display_formatter.format(done.result) if done.result is not None else ({}, {})
        if number == 0:
            shell.user_ns.update(government=government, data=data)
        cell.execution_count = number + 1
        cell.outputs = [new_output("execute_result", found[0], metadata=found[1], execution_count=number + 1)] if found[0] else []
    page = report_page(notebook, title=government, language="ko", passports=passports(data), index="index.html")
    Path(place, f"{government}.html").write_text(page, encoding="utf-8")


@cache
def passports(data: str) -> dict[str, dict[str, str]]:
    from budgets.clean import load
    from budgets.passport import passports

    return passports(load(data), language="ko")


def by_budgets(place: Path, data: Path) -> None:
    from budgets.reports.render import Options, render

    (rendered,) = render((), data=data, out=place / "out-many", options=Options(force=True), editions=place / "editions.toml")
    assert not rendered.failed, rendered.failed[0].errors


def run() -> None:
    way, place, data, *governments = sys.argv[1:]
    if way == "budgets":
        return by_budgets(Path(place), Path(data))
    folder = Path(place) / way
    folder.mkdir()
    make = {"papermill": by_papermill, "ploomber": by_ploomber, "floor": by_floor}[way]
    from budgets.reports.pools import cores

    with ProcessPoolExecutor(cores() if way == "floor" else 2, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(make, government, data, str(folder)) for government in governments]:
            done.result()


if __name__ == "__main__":
    from benchmarks import pool  # by its own name, under which the pool's processes find it

    pool.run()
