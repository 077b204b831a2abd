"""Pages: bytes and time to the first chart, against stock nbconvert with Altair and Altair's own offline page; what one
page adds to a warm render; 300 charts on one index.

Stock nbconvert and Altair load their scripts from the network. Where there is none they draw nothing; to let them draw
at all, their addresses are answered from this machine, at once and without loss: the best a network could do.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
from altair.utils.html import spec_to_html
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

import budgets
from budgets import charts, essay
from budgets.page import Entry, index_page, report_page
from budgets.page.bundle import vega_bundle
from budgets.passport import passports

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
ROUNDS = 5
ADDED = 0.03
"""Seconds that building one page may add to a warm render."""
FROZEN = 0.2
"""Seconds within which an index of 300 charts must answer a key."""
FIRST = "() => [...document.querySelectorAll('svg.marks, canvas.marks')].some((one) => one.getBoundingClientRect().height > 0)"


def executed(tables: Any) -> nbformat.NotebookNode:
    """The report on one government as a notebook that was run: two charts and their tables."""
    money = essay.of_government(tables.judged_budgets, "incheon")
    shown = [charts.interval_timeline(tables, money), essay.figures_table(tables, money, "budgets"), charts.milestones(tables, ["incheon"])]
    return new_notebook(cells=[new_code_cell("shown", outputs=[new_output("display_data", data=_bundle(one))]) for one in shown])


def _bundle(shown: Any) -> dict[str, Any]:
    if isinstance(shown, alt.TopLevelMixin):
        return {"application/vnd.vegalite.v5+json": shown.to_dict()}
    return {"text/html": shown._repr_html_()}


def stock(notebook: nbformat.NotebookNode) -> str:
    """The same notebook by nbconvert, its charts as Altair shows them by default: HTML that asks a network for scripts."""
    cells = []
    for cell in notebook.cells:
        data = dict(cell.outputs[0]["data"])
        for kind in [kind for kind in data if "vegalite" in kind]:
            data["text/html"] = by_altair(data.pop(kind), "universal", fullhtml=False, output_div=f"chart-{len(cells)}")
        cells.append(new_code_cell("shown", outputs=[new_output("display_data", data=data)]))
    return str(HTMLExporter(template_name="lab").from_notebook_node(new_notebook(cells=cells))[0])


def inline_page(notebook: nbformat.NotebookNode) -> str:
    """Altair's own offline page of the first chart alone (it makes one page for each chart)."""
    spec = next(value for cell in notebook.cells for kind, value in cell.outputs[0]["data"].items() if "vegalite" in kind)
    return by_altair(spec, "inline")


def by_altair(spec: dict[str, Any], template: str, **options: Any) -> str:
    """A chart in Altair's own HTML."""
    versions = {"vega_version": alt.VEGA_VERSION, "vegalite_version": alt.VEGALITE_VERSION, "vegaembed_version": alt.VEGAEMBED_VERSION}
    return str(spec_to_html(spec, mode="vega-lite", template=template, **versions, **options))


def first_chart(browser: Any, path: Path, answers: Callable[[Any], None] | None) -> tuple[float, int]:
    """Seconds from asking for the page to its first chart, and the requests that left it; inf where none appears."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(lambda url: url.startswith("http"), answers or (lambda route: route.abort()))
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    try:
        page.wait_for_function(FIRST, polling="raf", timeout=8_000)
        seconds = time.perf_counter() - start
    except Exception:
        seconds = float("inf")
    page.close()
    return seconds, sum(url.startswith("http") for url in asked)


def answered() -> Callable[[Any], None]:
    """Answers for all that stock pages ask for: our bundle where Vega-Embed is wanted (it holds Vega and Vega-Lite), empty
    scripts else."""
    bundle = vega_bundle()

    def answer(route: Any) -> None:
        route.fulfill(body=bundle if "vega-embed" in route.request.url else "", content_type="text/javascript")

    return answer


def added(notebook: nbformat.NotebookNode, known: dict[str, dict[str, str]]) -> float:
    """Seconds of processor time that one page takes in a process that is warm: the median of twenty."""
    report_page(notebook, title="예산", passports=known)
    spent = []
    for _ in range(20):
        start = time.process_time()
        report_page(notebook, title="예산", passports=known)
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def large_index(browser: Any, folder: Path, notebook: nbformat.NotebookNode) -> tuple[float, float]:
    """An index of 300 charts: seconds until it can be read, and the longest from a typed letter to the narrowed list."""
    from budgets.charts.export import save_spec

    spec = next(value for cell in notebook.cells for kind, value in cell.outputs[0]["data"].items() if "vegalite" in kind)
    save_spec(spec, folder / "chart.png")
    entries = []
    for n in range(300):
        picture = folder / f"chart-{n}.png"
        picture.write_bytes((folder / "chart.png").read_bytes())
        entries.append(
            Entry(f"{n}.html", f"보고서 {n}", "**답** 한 문장.", "read_government", ("인천",), 2000 + n % 27, f"질문 {n % 8}", pictures=(picture.name,))
        )
    (folder / "index.html").write_text(index_page(entries, title="보고서 목록"), encoding="utf-8")
    page = browser.new_page()
    start = time.perf_counter()
    page.goto((folder / "index.html").as_uri(), wait_until="domcontentloaded")
    page.wait_for_selector("#find:not([hidden])")
    ready = time.perf_counter() - start
    slowest = 0.0
    for letter in "보고서 299":
        slowest = max(slowest, page.evaluate(TYPED, letter))
    assert page.locator(".entry:visible").count() == 1
    page.close()
    return ready, slowest


TYPED = """(letter) => new Promise((done) => {
  const field = document.querySelector("input[name=word]"), start = performance.now();
  field.value += letter;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  requestAnimationFrame(() => requestAnimationFrame(() => done((performance.now() - start) / 1000)));
})"""


def main() -> int:
    """Print the tables; 1 if a bound is not kept."""
    from playwright.sync_api import sync_playwright

    tables = budgets.load()
    notebook = executed(tables)
    ids = sorted({row for row in json.dumps([c.outputs[0]["data"] for c in notebook.cells]).split('"') if row in set(tables.budgets["figure_id"])})
    known = passports(tables, ids)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        sides = {
            "ours": (report_page(notebook, title="예산", passports=known), None),
            "stock nbconvert + altair, closed network": (stock(notebook), None),
            "stock nbconvert + altair, scripts answered here": (stock(notebook), answered()),
            "altair inline=True, one chart": (inline_page(notebook), None),
        }
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for n, (html, _) in enumerate(sides.values()):
            (folder / f"{n}.html").write_text(html, encoding="utf-8")
        seen: dict[str, list[tuple[float, int]]] = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for n, (name, (_, answers)) in enumerate(sides.items()):
                seen[name].append(first_chart(browser, folder / f"{n}.html", answers))
        print(f"{'page':<50}{'kB':>8}{'first chart, s':>16}{'requests':>10}")
        for n, name in enumerate(sides):
            seconds = statistics.median(one for one, _ in seen[name])
            said = f"{seconds:.2f}" if seconds != float("inf") else "never"
            print(f"{name:<50}{(folder / f'{n}.html').stat().st_size / 1000:>8.0f}{said:>16}{max(asked for _, asked in seen[name]):>10}")
        one = added(notebook, known)
        ready, slowest = large_index(browser, folder, notebook)
        browser.close()
    print(f"\none page more in a warm process: {one * 1000:.1f} ms of processor time (at most {ADDED * 1000:.0f})")
    print(f"index of 300 charts: readable after {ready:.2f} s, a typed letter narrows it in {slowest * 1000:.0f} ms (at most {FROZEN * 1000:.0f})")
    ours = statistics.median(one for one, _ in seen["ours"])
    return int(one > ADDED or slowest > FROZEN or ours == float("inf"))


if __name__ == "__main__":
    sys.exit(main())
