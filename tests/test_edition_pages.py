"""Every page of the default edition in a real Chromium, each opened once in one browser: no request, every chart drawn,
nothing serious for axe, zoomed and narrow without scrolling sideways; some walked with the keyboard alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from browsing import Opened, started, until
from budgets import load
from budgets.checkout import default_data
from budgets.page.packing import unpacked
from budgets.reports.render import render
from budgets.words import text
from national import national_lines
from numbers_shown import number_cells, opened, shut
from workspace import copied

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LARGEST = 1_600_000
WIDTHS = (360, 720)
"""Pixels: a telephone, and half of 1440 px, which is what a zoom of 200 % leaves."""
FIRST = 30
HIDE_ALIKE = """first => {
  const weighed = new Set(["class", "colspan", "lang", "role", "rowspan", "scope", "style", "tabindex", "type"]);
  const said = (one) => one.name + (weighed.has(one.name) ? "=" + one.value : "");
  const kind = (one) => [one.tagName, ...[...one.attributes].map(said).sort(), Boolean(one.textContent.trim()), ...[...one.children].map(kind)].join("|");
  let hidden = 0;
  for (const table of document.querySelectorAll("table")) {
    const seen = new Set();
    [...table.querySelectorAll("tbody tr")].forEach((row, place) => {
      const kinds = [row.className, ...[...row.children].map(kind)];
      row.hidden = place >= first && kinds.every((one) => seen.has(one));
      hidden += row.hidden;
      for (const one of kinds) seen.add(one);
    });
  }
  return hidden;
}"""
"""Axe weighs the contrast of every cell, which takes minutes for tables of hundreds of rows. It is shown the first rows of a
table, and of the others each that holds anything of another make: tags, attributes, classes, languages or nesting. What
is hidden from it stands in its own table above, with other words."""
SHOW = "document.querySelectorAll('tbody tr').forEach((row) => { row.hidden = false; })"
TOLD = "figure.chart > [role=img][aria-label]:not([aria-label='']):has([data-spec])"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default edition, rendered once, in a folder whose name is not plain; with three national years of invented
    official lines, so that the pages about lines show all they can."""
    out = tmp_path_factory.mktemp("회의 자료")
    data = copied(default_data(), tmp_path_factory.mktemp("national") / "data").data
    national_lines(data, data.parent / "exports", range(2023, 2026))
    (done,) = render(("default",), data=data, out=out)
    assert not done.failed, done.failed
    return done.folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as running:
        yield running


@dataclass
class Look:
    """What was seen of one page: requests, complaints, charts (in it, drawn, told in words), bytes, what axe calls serious or critical, and by how
    many pixels the page is wider than a narrow window."""

    name: str
    asked: list[str]
    complaints: list[str]
    charts: int
    drawn: int
    told: int
    size: int
    serious: list[tuple[str, str]]
    shut: list[str]
    alike: int
    too_wide: dict[int, int]


@pytest.fixture(scope="module")
def looks(folder: Path, browser: Any) -> list[Look]:
    """Every page of the edition, opened once, all in one browser; the panel of a figure looked at once for each kind of
    report, since it is the same on all."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    kinds: set[str] = set()
    found = []
    for path in sorted(folder.glob("*.html")):
        kind = path.stem.split("-")[0]
        found.append(look(path, browser, axe, with_panel=kind not in kinds))
        kinds.add(kind)
    assert len(found) > 20 and len(kinds) > 7
    return found


def look(path: Path, browser: Any, axe: Any, *, with_panel: bool) -> Look:
    with Opened(browser, path, viewport={"width": 1440, "height": 900}) as opened:
        page = opened.page
        charts, drawn, told = (page.locator(found).count() for found in ("[data-spec]", ".drawing .drawn svg", TOLD))
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        alike = page.evaluate(HIDE_ALIKE, FIRST)
        mute = page.evaluate(SHUT_MARKS)
        found = serious(axe, page)
        page.evaluate(SHOW)
        button = page.locator("button.figure:visible").first
        if button.count():
            button.click()
            page.wait_for_selector("dialog[open]")
            found += serious(axe, page, "dialog") if with_panel else []
            page.keyboard.press("Escape")
        too_wide = {}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            too_wide[width] = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        asked = [url for url in opened.requests if not url.startswith("data:") and url != path.as_uri()]
        return Look(path.name, asked, opened.complaints, charts, drawn, told, path.stat().st_size, found, mute, alike, too_wide)


SHUT_MARKS = """() => {
  const known = JSON.parse(document.getElementById("page-data")?.textContent ?? '{"passports": {}}').passports;
  const bars = ".mark-rect > *, .mark-symbol > *, .mark-arc > *, .mark-trail > *, .mark-shape > *";
  const datum = (one) => one.__data__?.datum?.datum ?? one.__data__?.datum ?? {};
  return [...document.querySelectorAll(".drawing .role-mark")].flatMap((marks) => [...marks.parentNode.querySelectorAll(bars)])
    .filter((one) => one.closest(".role-mark") && !String(datum(one).figure ?? "").split(" ").some((id) => id in known))
    .map((one) => one.closest("[data-spec]").dataset.spec + ": " + JSON.stringify(datum(one)).slice(0, 120));
}"""
"""The bars and points of all charts without a passport. Vega leaves with every mark it draws what it stands for."""


def serious(axe: Any, page: Any, context: str | None = None) -> list[tuple[str, str]]:
    """The rules broken, each with the first place."""
    options = {"runOnly": list(RULES), "resultTypes": ["violations"]}
    results = axe.run(page, context=context, options=options).response
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in results["violations"] if one["impact"] in ("serious", "critical")]


def test_no_page_asks_for_anything_or_complains(looks: list[Look]) -> None:
    assert [(one.name, one.asked, one.complaints) for one in looks if one.asked or one.complaints] == []


def test_every_chart_is_drawn(looks: list[Look]) -> None:
    """A view that a lens hides is drawn, too: switching draws nothing."""
    assert [(one.name, one.charts, one.drawn) for one in looks if one.charts != one.drawn] == []
    assert sum(one.drawn for one in looks) > 40


def test_every_chart_says_in_words_what_it_shows(looks: list[Look]) -> None:
    """After it is drawn: Vega takes role and label of the element it draws in."""
    assert [(one.name, one.charts, one.told) for one in looks if one.charts != one.told] == []


def test_every_page_is_small(looks: list[Look]) -> None:
    assert [(one.name, one.size) for one in looks if one.size > LARGEST] == []


def test_axe_finds_nothing_serious_on_any_page(looks: list[Look]) -> None:
    assert [(one.name, one.serious) for one in looks if one.serious] == []


def test_every_bar_and_point_opens_a_passport(looks: list[Look]) -> None:
    assert [(one.name, one.shut) for one in looks if one.shut] == []


def test_every_number_of_every_table_opens_a_passport(folder: Path) -> None:
    """Also sums, counts and what amounts are divided by: what was added, from where, what was left out and why."""
    pages = {path.name: opened(path) for path in sorted(folder.glob("*.html"))}
    assert {name: found for name, (page, known) in pages.items() if (found := shut(page, known))} == {}
    counts = {name: sum(1 for _ in number_cells(page, known)) for name, (page, known) in pages.items()}
    assert sum(counts.values()) > 4_000 and counts["lines-ko.html"] > 500 and counts["found-ko.html"] > 100


def test_axe_is_shown_every_row_of_another_make(browser: Any, looks: list[Look]) -> None:
    page = browser.new_page()
    odd = {35: "<td class='missing'>없음</td>", 36: "<td lang='en'>none</td>", 37: "<td><button>7</button></td>", 38: "<td></td>"}
    page.set_content("<table><tbody>" + "".join(f"<tr>{odd.get(n, f'<td>{n}</td>')}</tr>" for n in range(40)) + "</tbody></table>")
    assert page.evaluate(HIDE_ALIKE, FIRST) == 40 - FIRST - len(odd)
    assert page.evaluate("[...document.querySelectorAll('tr')].flatMap((row, n) => row.hidden ? [n] : [])") == [30, 31, 32, 33, 34, 39]
    page.close()
    assert sum(one.alike for one in looks) > 500, "long tables there are"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(looks: list[Look], width: int) -> None:
    assert [(one.name, one.too_wide[width]) for one in looks if one.too_wide[width] > 0] == []


WALK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {
    tag: one.tagName.toLowerCase(), id: one.id, text: (one.getAttribute("aria-label") || one.textContent).trim().slice(0, 80),
    kind: one.className, name: one.name || "", seen: box.width > 0 && box.height > 0,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def walked(page: Any, most: int = 600) -> list[dict[str, Any]]:
    """Everything that Tab reaches, in its order, from the top of the page to the end."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(WALK)
        if stop is None:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("name", ["budgets-2026-proposed-ko", "official-2025-en", "programme-gwangju-cluster1", "government-incheon"])
def test_a_page_is_walked_with_the_keyboard_alone(folder: Path, browser: Any, name: str) -> None:
    with Opened(browser, folder / f"{name}.html") as opened:
        page = opened.page
        stops = walked(page)
        assert stops[0]["kind"] == "skip", "the first stop leads to the content"
        assert all(stop["seen"] and stop["ring"] for stop in stops), [s for s in stops if not (s["seen"] and s["ring"])][:3]
        buttons = page.locator("button.figure:visible").count()
        assert sum("figure" in stop["kind"].split() for stop in stops) == buttons
        # Every chart whose marks open passports has its rows as buttons: in its own table, or in the one that follows.
        assert page.evaluate(UNREACHED) == []

        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        until(page, "document.activeElement.id === 'content'")
        if buttons:
            open_and_close_a_passport(page)


UNREACHED = """() => {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const reached = new Set([...document.querySelectorAll("[data-figure]")].flatMap((one) => one.dataset.figure.split(" ")));
  const drawn = (spec) => [...JSON.stringify(spec).matchAll(/"figure":"([^"]+)"/g)].flatMap((found) => found[1].split(" "));
  return [...document.querySelectorAll("[data-spec]")].flatMap((box) =>
    drawn(JSON.parse(document.getElementById(box.dataset.spec).textContent)).filter((id) => page.passports[id] && !reached.has(id)));
}"""


@pytest.mark.parametrize("name", ["government-incheon", "programme-gwangju-cluster1", "coverage-en", "targets-companies-2024-ko"])
def test_every_figure_says_what_it_may_be_held_against(folder: Path, browser: Any, name: str) -> None:
    """Also where the page makes no comparison: the figure's basis, who else stands on it, what keeps the nearest away."""
    language = "en" if name.endswith("-en") else "ko"
    with Opened(browser, folder / f"{name}.html") as opened:
        page = opened.page
        packed = page.evaluate("JSON.parse(document.getElementById('page-data').textContent)")
        standing = unpacked(packed["lines"], packed["standing"])
        tables = load()
        published = {figure for table in (tables.budgets, tables.targets) for figure in table["figure_id"]}
        assert standing and set(standing) == set(packed["passports"]) & published
        figure = next(f for f, said in standing.items() if text("essay.stands.nearest", language) in said)
        page.evaluate("figure => { location.hash = '#figure=' + figure; }", figure)
        page.wait_for_selector("dialog[open]")
        shown = page.inner_text("dialog")
        assert text("page.script.stands", language) in shown
        for label, words in standing[figure].items():
            assert label in shown and all(line in shown for line in words.splitlines())


def open_and_close_a_passport(page: Any) -> None:
    """Enter opens it, Tab stays inside, Escape closes it, the focus returns to where it was."""
    page.locator("button.figure:visible").first.focus()
    said = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog[open]')")
    until(page, "said => document.activeElement.textContent === said", arg=said)


def test_the_lens_of_a_report_is_switched_with_the_keyboard(folder: Path, browser: Any) -> None:
    with Opened(browser, folder / "official-2025-ko.html") as opened:
        page = opened.page
        page.locator(".lens input[value=total]").focus()
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.lens').dataset.shown === '주민 1인당 · 명목가격'")
        assert page.inner_text(".lens [role=status]") == "지금 보이는 것: 주민 1인당 · 명목가격"
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.lens').dataset.shown === '주민 1인당 · 불변가격'")
        assert page.locator(".lens .view:visible").count() == 1
        assert page.locator(".lens .view:visible .drawn svg").count() == 1
        page.emulate_media(media="print")
        assert page.locator(".lens .choices").is_hidden()
        assert page.inner_text(".lens .view:visible .state") == "주민 1인당 · 불변가격"
        assert page.locator(".lens .view:visible").count() == 1


def test_without_scripts_every_view_and_every_number_is_there(folder: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "official-2025-ko.html").as_uri())
    assert page.locator(".lens .view:visible").count() == 6
    assert page.locator(".lens .choices").is_hidden()
    context.close()
