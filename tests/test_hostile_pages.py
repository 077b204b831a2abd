"""Hostile names all the way to the screen: build, render, export, and Chromium runs nothing of it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import started, until
from budgets.clean import build, load
from budgets.reports.editions import read_editions
from budgets.reports.export import export_edition
from budgets.reports.render import Options, render
from conftest import Command
from notebooks_made import edition_of, entry
from workspace import Workspace

NAMES = [
    "<script>window.ran=1</script>",
    "</script><script>window.ran=2</script>",
    "\"><img src=x onerror=window.ran=3>",
    "' onmouseover='window.ran=4' x='",
    "<!--<script>window.ran=5//-->",
    "{{ 7*7 }}{% raw %}",
    "[열기](javascript:window.ran=6)",
    "datum.x; window.ran=7",
]  # fmt: skip
EDITION = edition_of(
    entry("read_government", "government-{government}", matrix={"government": ["seoul", "incheon", "gwangju"]}),
    entry("check_coverage", "coverage"),
    entry("trace_programme", "programme", parameters={"programme_id": "seoul-ai-hub"}),
)


@pytest.fixture
def chromium() -> Iterator[Any]:
    with started() as browser:
        yield browser


def spoil(workspace: Workspace) -> None:
    """Hostile words wherever a person writes freely: names, titles, publishers, notes, locators, reasons."""
    places = [
        ("press/programmes.csv", ["name_ko", "name_en", "locator"]),
        ("press/sources.csv", ["publisher", "title", "note", "licence"]),
        ("press/seoul.csv", ["programme_as_printed", "note", "words", "locator"]),
        ("press/incheon.csv", ["programme_as_printed", "note", "words", "locator"]),
        ("press/gwangju.csv", ["programme_as_printed", "note", "words", "locator"]),
        ("rulings/programmes.csv", ["reason"]),
        ("rulings/figures.csv", ["reason"]),
        ("reference/governments.csv", ["name_en", "source"]),
        ("reference/indicators.csv", ["name_ko", "name_en", "means", "unit_ko"]),
    ]
    count = 0
    for file, columns in places:
        rows = workspace.rows(file)
        for row in rows[1:]:
            for column in columns:
                row[rows[0].index(column)] = f"{NAMES[count % len(NAMES)]} {count}"
                count += 1
        workspace.write(file, rows)


@pytest.mark.browser
@pytest.mark.slow
def test_hostile_names_run_nowhere(sound: Workspace, tmp_path: Path, command: Command, chromium: Any) -> None:
    spoil(sound)
    build(sound.data)
    (tmp_path / "editions.toml").write_text(EDITION, encoding="utf-8")
    (done,) = render((), data=sound.data, out=tmp_path / "out", options=Options(jobs=1), editions=tmp_path / "editions.toml")
    assert not done.failed, done.failed
    tables = load(sound.data)
    (edition,) = read_editions(tmp_path / "editions.toml", tables)
    book = export_edition(edition, tables, data=sound.data, out=tmp_path / "out")
    (tmp_path / "article.txt").write_text("\n".join(NAMES) + "\n인천시는 2026년 1월 5일 인공지능 사업에 올해 예산 40억 원을 투입한다.\n", encoding="utf-8")
    assert command("read", tmp_path / "article.txt", "--page", tmp_path / "read.html").returncode == 0

    pages = [*sorted((tmp_path / "out" / "small").glob("*.html")), tmp_path / "read.html"]
    assert len(pages) == 7
    said: list[str] = []
    for path in pages:
        page = chromium.new_page()
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith(("file:", "data:", "blob:")) else None)
        page.goto(path.as_uri())
        page.wait_for_load_state("load")
        until(page, "[...document.querySelectorAll('.chart')].every(chart => chart.querySelector('canvas, svg'))")
        for mark in page.query_selector_all("[data-figure]")[:5]:  # the passport, with everything we know
            mark.dispatch_event("click")
            mark.dispatch_event("mouseover")
        assert page.evaluate("window.ran") is None, path.name
        assert page.evaluate("[...document.querySelectorAll('a')].every(a => /^(https?:|file:|#|$)/.test(a.href) || a.href === '')"), path.name
        assert page.evaluate("[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"), path.name
        assert "window.ran" in page.inner_text("body") or path.name in ("coverage.html",), f"{path.name} shows the words as words"
        page.close()
    assert said == []

    with zipfile.ZipFile(book) as archive:
        for part in archive.namelist():
            content = archive.read(part).decode("utf-8", "replace")
            assert "<script" not in content and not re.search(r"<f>[^<]*(?:window|cmd|HYPERLINK)", content), part
            assert not (part.endswith(".rels") and "javascript:" in content), part
