"""Pages: what they show, what they leave out, that nothing runs or loads that should not, and that Chromium agrees."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from browsing import Opened, started, until
from budgets.lens import of_functions
from budgets.page import Column, Entry, Failure, Lens, View, html_table, index_page, report_page
from budgets.page.bundle import vega_bundle
from budgets.page.chart import data_table, figures_of
from budgets.page.environment import asset
from budgets.page.packing import unpacked
from budgets.page.report import parameters
from budgets.page.table import PASSPORTS
from budgets.tables import Tables

VEGALITE = "application/vnd.vegalite.v6+json"
HOSTILE = (
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 2</script>",
    '"><img src=x onerror="window.ran = 3">',
    "' onmouseover='window.ran = 4",
    "<!--<script>",
    "{{ 7 * 7 }}",
    "[열기](javascript:window.ran=5)",
    "<iframe src='https://example.org/'></iframe>",
)


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def shown(data: dict[str, Any], *tags: str) -> nbformat.NotebookNode:
    return new_code_cell("made()", outputs=[new_output("display_data", data=data)], metadata={"tags": list(tags)})


def bars(names: list[str], **usermeta: Any) -> dict[str, Any]:
    frame = pd.DataFrame({"government": names, "amount": range(100, 100 + len(names)), "figure": names})
    drawn = alt.Chart(frame).mark_bar().encode(x="amount:Q", y=alt.Y("government:N", sort=None), tooltip="government")
    spec: dict[str, Any] = drawn.properties(title=alt.Title("제목", subtitle="기준"), usermeta=usermeta).to_dict()
    return spec


def notebook(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return new_notebook(cells=list(cells))


def body_of(*cells: nbformat.NotebookNode, language: str = "ko", **more: Any) -> BeautifulSoup:
    return parsed(report_page(notebook(*cells), title="시험", language=language, **more))


# ---- tables ----


def a_table(language: str = "ko", **more: Any) -> BeautifulSoup:
    frame = pd.DataFrame(
        {
            "name": ["서울", "광주"],
            "amount": [-1234567.0, None],
            "share": [0.1234, None],
            "day": [pd.Timestamp("2026-11-21"), pd.NaT],
            "remark": ["가", None],
            "figure": ["seoul-1", None],
        }
    )
    columns = [
        Column("name", "지방정부"),
        Column("amount", "예산", "amount"),
        Column("share", "구성비", "percent"),
        Column("day", "날짜", "date", missing="미상"),
        Column("remark", "비고"),
    ]
    return parsed(html_table(frame, columns=columns, caption="예산", unit="백만원", language=language, **more).html)


def test_a_table_reads_as_officials_write_it() -> None:
    table = a_table(notes=["하나", "둘"], sources=["통계청", "행정안전부"])
    assert table.select_one("caption .unit").text == "(단위: 백만원)"
    cells = [[cell.text for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert cells == [
        ["서울", "△1,234,567", "12.3%", "2026. 11. 21.", "가"],
        ["광주", "발표 없음", "발표 없음", "미상", ""],
    ]
    assert [line.text for line in table.select(".notes")] == ["자료: 통계청; 행정안전부", "주: 1) 하나 2) 둘"]
    assert {cell["scope"] for cell in table.select("thead th")} == {"col"}
    assert [row.th["scope"] for row in table.select("tbody tr")] == ["row", "row"]
    assert [row.get("data-figure") for row in table.select("tbody tr")] == ["seoul-1", None]


def test_a_table_in_english() -> None:
    cells = [cell.text for cell in a_table("en").select("tbody tr")[0].select("td")]
    assert cells[:3] == ["−1,234,567", "12.3%", "21 November 2026"]
    assert a_table("en").select("tbody td")[4].text == "not published"
    assert not a_table("en").select(".notes")


def test_amounts_are_written_by_the_writer_given() -> None:
    assert "10억" in a_table(number=lambda amount: "10억").select_one("tbody td").text


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_of_a_table_is_escaped(text: str) -> None:
    frame = pd.DataFrame({"name": [text], "figure": [text]})
    made = html_table(frame, columns=[Column("name", text)], caption=text, unit=text, notes=[text], sources=[text])
    table = parsed(made._repr_html_())
    assert not table.select("script, img, iframe")
    assert table.select_one("tbody th").text == table.select_one("thead th").text == text
    assert table.tr.attrs == {} and table.select_one("tbody tr").attrs == {"data-figure": text}


# ---- what a report shows ----


def test_cells_of_the_other_language_are_left_out() -> None:
    cells = (
        new_markdown_cell("# 비교"),
        new_markdown_cell("한국어 글", metadata={"tags": ["ko"]}),
        new_markdown_cell("English text", metadata={"tags": ["en"]}),
        new_markdown_cell("둘 다"),
    )
    korean, english = body_of(*cells).main.text, body_of(*cells, language="en").main.text
    assert "한국어 글" in korean and "둘 다" in korean and "English" not in korean
    assert "한국어 글" not in english and "둘 다" in english and "English text" in english


def test_the_page_has_one_title_and_its_sections_are_listed() -> None:
    page = body_of(new_markdown_cell("# 공책의 제목"), new_markdown_cell("## 가\n\n## 나 `다`"), new_markdown_cell("# 라"))
    assert [heading.text for heading in page.select("h1")] == ["시험"]
    assert "공책의 제목" not in page.main.text
    anchors = {link["href"].removeprefix("#"): link.text for link in page.select("nav.contents a")}
    assert anchors == {heading["id"]: heading.text for heading in page.main.select("h2")}
    assert list(anchors.values()) == ["가", "나 다", "라"]


def test_code_and_stderr_are_hidden_and_errors_are_seen() -> None:
    cell = new_code_cell(
        "secret_code()",
        outputs=[
            new_output("stream", name="stderr", text="a warning"),
            new_output("stream", name="stdout", text="a line"),
            new_output("error", ename="MeasureError", evalue="\x1b[31m인구 없음\x1b[0m", traceback=["/home/who/x.py"]),
        ],
    )
    page = body_of(cell)
    assert "secret_code" not in page.text and "a warning" not in page.text and "/home/who" not in page.text
    assert "a line" in page.main.text
    assert page.select_one(".error pre").text == "MeasureError: 인구 없음"


def test_only_the_richest_form_of_an_output_is_shown() -> None:
    page = body_of(shown({"text/markdown": "**굵게**", "text/plain": "Markdown(…)"}), shown({"text/plain": "수 3"}))
    assert page.main.strong.text == "굵게" and "Markdown(…)" not in page.text
    assert page.main.pre.text == "수 3"


def test_charts_and_tables_are_numbered_apart() -> None:
    table = {"text/html": html_table(pd.DataFrame({"a": [1]}), columns=[Column("a", "가")], caption="표").html}
    chart = {VEGALITE: bars(["서울"])}
    page = body_of(shown(chart), shown(table), shown(table), shown(chart, "table-follows"))
    assert [number.text for number in page.select("figcaption .number")] == ["그림 1.", "그림 2."]
    numbers = [caption.select_one(".number").text for caption in page.select("caption")]
    assert numbers == ["", "표 1.", "표 2."], "the chart's own data table carries no number"
    assert [bool(figure.select("details")) for figure in page.select("figure.chart")] == [True, False]
    english = body_of(shown(chart), shown(table), language="en").text
    assert "Figure 1." in english and "Table 1." in english


def test_a_chart_says_what_its_usermeta_says() -> None:
    said = {
        "finding": "서울이 가장 크다",
        "unit": "억 원",
        "sources": ["예산서"],
        "notes": ["추정"],
        "columns": [["government", "지방정부"], ["amount", "예산", "percent"]],
    }
    page = body_of(shown({VEGALITE: bars(["서울", "인천"], **said)}))
    figure = page.select_one("figure.chart")
    assert figure.select_one(".title").text == "제목" and figure.select_one(".subtitle").text == "기준"
    assert figure.select_one("figcaption .unit").text == "(단위: 억 원)"
    alternative = figure.select_one("[role=img]")["aria-label"]
    assert alternative == "제목. 서울이 가장 크다. 값은 아래 자료표에 있음."
    assert [cell.text for cell in figure.select("thead th")] == ["지방정부", "예산"]
    assert [cell.text for cell in figure.select("tbody td")] == ["10,000.0%", "10,100.0%"]
    assert [line.text for line in figure.select(".notes")] == ["자료: 예산서", "주: 추정"]
    spec = json.loads(page.select_one("#spec-1").text)
    assert not {"title", "usermeta", "$schema"} & set(spec), "the caption says it; nothing of ours goes to Vega"


def test_the_data_table_takes_the_rows_that_have_its_columns() -> None:
    first, second = [{"other": 1}], [{"year": 2024, "n": 1234, "day": "2026-11-21T00:00:00", "figure": "a b"}]
    spec = {
        "datasets": {"x": first, "y": second},
        "layer": [{"data": {"name": "x"}}, {"hconcat": [{"data": {"name": "y"}}]}],
        "usermeta": {"columns": [["year", "연도"], ["n", "개"], ["day", "날짜"]]},
    }
    row = parsed(str(data_table(spec, "자료", "ko"))).tbody.tr
    assert [cell.text for cell in row.select("th, td")] == ["2024", "1,234", "2026. 11. 21."]
    assert row["data-figure"] == "a b" and list(figures_of(spec)) == ["a", "b"]
    assert data_table({"data": {"values": []}}, "자료", "ko") is None


def a_lens() -> Lens:
    table = html_table(pd.DataFrame({"a": [1], "figure": ["in-lens"]}), columns=[Column("a", "가")], caption="표")
    chart = bars(["in-chart"])
    views = (View("total", "nominal", table, chart), View("share", "nominal", table), View("total", "constant", why=HOSTILE[0]))
    return Lens("지방정부별 값", views, passports={"in-lens": {"환산": "1원 ÷ 2"}, "elsewhere": {"환산": "3"}})


def test_a_lens_shows_its_views_under_one_number_and_says_what_is_missing() -> None:
    page = body_of(shown({VEGALITE: bars(["서울"])}), shown(a_lens()._repr_mimebundle_()))
    views = page.select(".lens .view")
    assert [view.select_one(".state").text for view in views] == ["합계 · 명목가격", "구성비 · 명목가격", "합계 · 불변가격"]
    assert [len(view.select("figure.table")) for view in views] == [1, 1, 0] and views[2].select_one(".why").text == HOSTILE[0]
    assert {number.text for number in page.select(".lens caption .number")} == {"표 1."}
    assert page.select_one(".lens figcaption .number").text == "그림 2." and page.select_one("#spec-2-1-total-nominal")
    radios = [(radio["data-axis"], radio["value"], radio.has_attr("checked")) for radio in page.select(".lens input[type=radio]")]
    assert radios == [("measure", "total", True), ("measure", "share", False), ("prices", "nominal", True), ("prices", "constant", False)]
    assert [legend.text for legend in page.select(".lens fieldset legend")] == ["무엇을 볼까", "가격"]


def test_the_steps_of_a_lens_are_in_the_passports_of_its_figures() -> None:
    passports = {name: {"적힌 그대로": name} for name in ("in-lens", "in-chart", "elsewhere")}
    page = body_of(shown(a_lens()._repr_mimebundle_()), passports=passports)
    data = json.loads(page.select_one("#page-data").text)
    assert set(data["passports"]) == {"in-lens", "in-chart"}
    assert unpacked(data["lines"], data["traced"]) == {"in-lens": {"환산": "1원 ÷ 2"}}


def test_what_two_comparisons_say_of_a_figure_stands_in_two_lines() -> None:
    table = html_table(pd.DataFrame({"a": [1], "figure": ["x"]}), columns=[Column("a", "가")], caption="표").html
    said = [shown({"text/html": table, PASSPORTS: {"x": {"이 비교에서": words}}}) for words in ("비교에 듦", "제외", "제외")]
    data = json.loads(body_of(*said, passports={"x": {"가": "나"}}).select_one("#page-data").text)
    traced = unpacked(data["lines"], data["traced"])
    assert traced["x"]["이 비교에서"].splitlines()[:2] == ["비교에 듦", "제외"]


def test_a_cell_for_the_notebook_alone_is_not_in_the_page() -> None:
    page = body_of(shown({VEGALITE: bars(["서울"])}, "notebook-only"))
    assert not page.select("figure.chart")


def test_a_table_without_rows_says_so() -> None:
    made = html_table(pd.DataFrame({"a": [], "b": []}), columns=[Column("a", "가"), Column("b", "나")], caption="표")
    cell = parsed(made.html).select_one("tbody td")
    assert cell.text == "해당 없음" and cell["colspan"] == "2"


def test_parameters_are_told_with_what_was_injected() -> None:
    cells = [
        new_code_cell('year: int = 2025\nphase = "approved"\ngovernment = None', metadata={"tags": ["parameters"]}),
        new_code_cell("year = 2026\nodd = 1 + 1", metadata={"tags": ["injected-parameters"]}),
        new_code_cell("hidden = 3"),
    ]
    assert parameters(cells, "ko") == [
        ("year", "연도", "2026"),
        ("phase", "예산 단계", "본예산 (approved)"),
        ("government", "지방정부", "정하지 않음"),
        ("odd", "odd", "1 + 1"),
    ]
    assert "이 보고서의 매개변수" in body_of(*cells).main.text
    assert parameters([new_code_cell("!", metadata={"tags": ["parameters"]})], "ko") == []


def test_only_passports_of_figures_on_the_page_are_kept() -> None:
    table = html_table(pd.DataFrame({"a": [1], "figure": ["in-table also"]}), columns=[Column("a", "가")], caption="표")
    passports = {name: {"인쇄된 값": name} for name in ("in-chart", "in-table", "also", "elsewhere")}
    page = body_of(shown({VEGALITE: bars(["in-chart"])}), shown({"text/html": table.html}), passports=passports)
    assert set(json.loads(page.select_one("#page-data").text)["passports"]) == {"in-chart", "in-table", "also"}


def official_cell() -> dict[str, Any]:
    """A table of official values and a chart of one of them, with their whole passports."""
    frame = pd.DataFrame({"field": ["교육"], "seoul": [810], "incheon": [14], "one": ["functional-교육-1"], "two": [None]})
    columns = [Column("field", "분야"), Column("seoul", "서울", "number", figure="one"), Column("incheon", "인천", "number", figure="two")]
    table = html_table(frame, columns=columns, caption="분야별 세출")
    said = {"functional-교육-1": {"적힌 그대로": "810백만원"}, "elsewhere": {"적힌 그대로": "1"}}
    return {"text/html": table.html, PASSPORTS: said}


def test_an_output_brings_the_passports_of_official_values_and_each_cell_its_own() -> None:
    page = body_of(shown(official_cell()), passports={"elsewhere": {"인쇄된 값": "2"}})
    assert [cell.get("data-figure") for cell in page.select("tbody td")] == ["functional-교육-1", None]
    data = json.loads(page.select_one("#page-data").text)
    assert unpacked(data["lines"], data["passports"]) == {"functional-교육-1": {"적힌 그대로": "810백만원"}}
    assert data["traced"] == {}, "nothing is said twice"


# ---- nothing runs, nothing loads ----


def hostile_page() -> str:
    frame = pd.DataFrame({"name": list(HOSTILE), "figure": [f"hostile-{n}" for n in range(len(HOSTILE))]})
    table = html_table(frame, columns=[Column("name", HOSTILE[0])], caption=HOSTILE[1], notes=list(HOSTILE))
    chart = bars(list(HOSTILE), title=HOSTILE[1], finding=HOSTILE[2], notes=list(HOSTILE))
    cells = (
        new_markdown_cell("\n\n".join(HOSTILE)),
        shown({VEGALITE: chart}),
        shown({"text/html": table.html}),
        shown({"text/html": "".join(HOSTILE) + '<a href="javascript:window.ran=6" onclick="window.ran=7">x</a>'}),
        shown({"text/markdown": "\n\n".join(HOSTILE) + "\n\n![x](https://example.org/x.png)"}),
        shown({"text/plain": HOSTILE[1]}),
    )
    passports = {f"hostile-{n}": {text: text} for n, text in enumerate(HOSTILE)}
    passports |= {text: {text: text + " https://example.org/a javascript:window.ran=8"} for text in HOSTILE}
    return report_page(
        notebook(*cells),
        title=HOSTILE[1],
        subtitle=HOSTILE[0],
        passports=passports,
        meta={text: text for text in HOSTILE},
        index="javascript:window.ran=9",
    )


def test_hostile_texts_stay_texts() -> None:
    html = hostile_page()
    page = parsed(html)
    assert page.h1.text == HOSTILE[1] and page.title.text == HOSTILE[1]
    assert not page.select("img, iframe, [onerror], [onmouseover], [onclick]")
    running = [script.text for script in page.select("script:not([type])")]
    assert running == [vega_bundle(), asset("page.js")]
    links = [link["href"] for link in page.select("a")]
    assert links and not [link for link in links if not link.startswith(("#", "http://", "https://", "javascript%3A"))]
    assert json.loads(page.select_one("#spec-1").text)["datasets"]
    assert "49" not in page.select_one("footer").text


def test_links_of_prose_are_marked_and_pictures_are_not_loaded() -> None:
    page = body_of(new_markdown_cell("[가](https://example.org/) ![나](https://example.org/x.png) [다](data:text/html,x)"))
    link = page.main.a
    assert link["href"] == "https://example.org/" and "noopener" in link["rel"]
    assert len(page.main.select("a, img")) == 2 and not page.select("img")


def test_the_policy_allows_the_scripts_of_the_page_and_nothing_else() -> None:
    page = body_of(shown({VEGALITE: bars(["서울"])}))
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and "unsafe" not in rules["script-src"]
    assert len(re.findall("'sha256-", rules["script-src"])) == len(page.select("script:not([type])")) == 2
    assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "font-src", "base-uri", "form-action"}
    assert len(body_of(new_markdown_cell("글")).select("script:not([type])")) == 1, "no charts, no bundle"


def test_a_page_is_small_and_carries_its_own_letters() -> None:
    names = ["서울", "인천", "광주", "경기"]
    html = report_page(notebook(*(shown({VEGALITE: bars(names)}) for _ in range(12))), title="예산 비교")
    assert len(html.encode()) < 1_600_000
    assert "font/otf;base64" in html and 'lang="ko"' in html
    assert html.count(vega_bundle()) == 1, "one bundle for all charts"


def test_the_same_notebook_gives_the_same_page() -> None:
    cell = shown({VEGALITE: bars(["서울"])})
    assert report_page(notebook(cell), title="가") == report_page(notebook(cell), title="가")


# ---- the index ----


def entries() -> list[Entry]:
    return [
        Entry("가 나/seoul-2026.html", "서울 2026", "서울은 …", "read_government", ("서울",), 2026, "무엇을 발표했나"),
        Entry("both.html", "비교 2025", "둘은 …", "compare_budgets", ("서울", "인천"), 2025, "견줄 수 있나"),
        Entry("both-en.html", "Comparison", "Two …", "compare_budgets", ("서울", "인천"), 2025, "견줄 수 있나", "en"),
        Entry("javascript:x.html", HOSTILE[2], HOSTILE[1], "all", (), None, HOSTILE[3], pictures=("그림/a.png",)),
    ]


def an_index() -> str:
    failed = [
        Failure("광주 2025", "MeasureError: 인구 없음", "compare_budgets", "year=2025", "7"),
        Failure(*HOSTILE[:2]),
    ]
    return index_page(entries(), title="보고서 목록", changed=["서울 2건 추가", HOSTILE[0]], failed=failed)


def test_the_index_lists_everything_under_its_question() -> None:
    page = parsed(an_index())
    groups = [(group.h2.text, [link.text for link in group.select("h3 a")]) for group in page.select("section.group")]
    assert groups == [
        ("무엇을 발표했나", ["서울 2026"]),
        ("견줄 수 있나", ["비교 2025", "Comparison"]),
        (HOSTILE[3], [HOSTILE[2]]),
    ]
    hrefs = [link["href"] for link in page.select("h3 a")]
    assert hrefs[0] == "%EA%B0%80%20%EB%82%98/seoul-2026.html" and hrefs[3] == "javascript%3Ax.html"
    assert "MeasureError: 인구 없음" in page.select_one("section.error").text
    assert len(page.select("script")) == 1 and len(page.select("img")) == 1
    options = [[option.text for option in select.select("option")] for select in page.select("select")]
    assert options[:2] == [["전체", "서울", "인천"], ["전체", "2026", "2025"]] and ["전체", "한국어", "영어"] in options


# ---- in Chromium ----


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with started() as browser:
        yield browser


def in_chromium(browser: Any, path: Path, html: str, address: str = "") -> Opened:
    path.write_text(html, encoding="utf-8")
    return Opened(browser, path, address)


def a_report(**more: Any) -> str:
    chart = {VEGALITE: bars(["seoul-1", "incheon-1"], columns=[["government", "지방정부"], ["amount", "예산"]])}
    passports = {"seoul-1": {"인쇄된 값": "100억 원 규모", "출처": "예산서\nhttps://example.org/a"}}
    return report_page(notebook(shown(chart), shown(chart)), title="예산 비교", passports=passports, **more)


@pytest.mark.browser
def test_charts_are_drawn_without_any_request(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "예산 비교.html"
    opened = in_chromium(chromium, path, a_report())
    assert opened.page.locator(".drawn svg").count() == 2
    assert [address for address in opened.requests if not address.startswith("data:")] == [path.as_uri()]
    assert opened.complaints == []
    assert 'img "제목. 기준. 값은 아래 자료표에 있음."' in opened.page.locator("#chart-1").aria_snapshot(), "what a screen reader says"
    assert opened.page.evaluate("document.fonts.check('12px \"Noto Sans KR\"')")


@pytest.mark.browser
def test_the_passport_opens_on_a_mark_on_enter_and_by_its_address(chromium: Any, tmp_path: Path) -> None:
    opened = in_chromium(chromium, tmp_path / "page.html", a_report())
    page = opened.page
    page.locator(".mark-rect path").first.click()
    assert "100억 원 규모" in page.inner_text("dialog[open]")
    assert page.get_attribute("dialog dd a", "href") == "https://example.org/a"
    address = page.input_value("#passport-address")
    assert address.endswith("#figure=seoul-1") and page.url == address
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog[open]') && !location.href.includes('#')")

    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    until(page, "document.activeElement.textContent === 'seoul-1'")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert "100억 원 규모" in page.inner_text("dialog[open]")
    page.keyboard.press("Escape")
    # The focus goes back to where it was, once the panel has closed.
    until(page, "document.activeElement.textContent === 'seoul-1'")
    assert len(page.query_selector_all("button.figure")) == 2, "rows without a passport are no buttons"

    linked = in_chromium(chromium, tmp_path / "page.html", a_report(), "#figure=seoul-1")
    linked.page.wait_for_selector("dialog[open]")
    unknown = in_chromium(chromium, tmp_path / "page.html", a_report(), "#figure=<b>x</b>")
    unknown.page.wait_for_selector("dialog[open]")
    assert "<b>x</b>" in unknown.page.inner_text("dialog[open]")


@pytest.mark.browser
def test_an_official_value_opens_its_passport_by_bar_by_cell_by_enter_and_by_address(chromium: Any, tables: Tables, tmp_path: Path) -> None:
    cell = shown(of_functions(tables, 2025, ["seoul", "incheon"], 2020)._repr_mimebundle_())
    html = report_page(notebook(cell), title="공식 분야별 세출")
    page = in_chromium(chromium, tmp_path / "official.html", html).page
    page.locator(".view:not([hidden]) .mark-rect path").first.click()
    page.wait_for_selector("dialog[open]")
    assert page.inner_text("dialog dd").startswith("서울특별시") and "백만원" in page.inner_text("dialog")
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog[open]')")

    button = page.locator(".view:not([hidden]) td[data-figure*='incheon-과학기술'] button")
    for act in (button.click, lambda: button.press("Enter")):
        act()
        page.wait_for_selector("dialog[open]")
        assert "인천광역시" in page.inner_text("dialog") and "지방재정365" in page.inner_text("dialog")
        address = page.input_value("#passport-address")
        page.keyboard.press("Escape")
        until(page, "!document.querySelector('dialog[open]')")

    linked = in_chromium(chromium, tmp_path / "official.html", html, "#" + address.partition("#")[2]).page
    linked.wait_for_selector("dialog[open]")
    assert "인천광역시" in linked.inner_text("dialog") and "과학기술" in linked.inner_text("dialog")


@pytest.mark.browser
def test_hostile_texts_do_not_run(chromium: Any, tmp_path: Path) -> None:
    opened = in_chromium(chromium, tmp_path / "page.html", hostile_page())
    assert opened.page.locator(".drawn svg").count() == 1
    page = opened.page
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    buttons = page.locator("button.figure")
    assert buttons.count() >= len(HOSTILE)
    for place in range(buttons.count()):
        buttons.nth(place).click()
        page.keyboard.press("Escape")
    page.locator(".mark-rect path").first.hover()
    assert page.evaluate("window.ran") is None
    assert [address for address in opened.requests if not address.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0


@pytest.mark.browser
def test_the_index_narrows_by_word_and_choice(chromium: Any, tmp_path: Path) -> None:
    opened = in_chromium(chromium, tmp_path / "index.html", an_index())
    page = opened.page

    def left() -> list[str]:
        return [link.inner_text() for link in page.query_selector_all("h3 a") if link.is_visible()]

    assert len(left()) == 4 and page.evaluate("window.ran") is None
    page.select_option("select[name=government]", "인천")
    assert left() == ["비교 2025", "Comparison"] and page.inner_text("#find [role=status]") == "보고서 2건"
    page.select_option("select[name=language]", "en")
    assert left() == ["Comparison"]
    page.fill("input[name=word]", "없는 낱말")
    assert left() == [] and "없음" in page.inner_text("#find [role=status]")
    page.click("button[type=reset]")
    until(page, "document.querySelectorAll('.entry:not([hidden])').length === 4")
    page.fill("input[name=word]", "2026 서울")
    until(page, "document.querySelectorAll('.entry:not([hidden])').length === 1")
    assert left() == ["서울 2026"]
    assert {address.split(":")[0] for address in opened.requests} <= {"file", "data"}


def test_words_left_in_korean_are_marked_so_on_an_english_page() -> None:
    """A screen reader then reads a print or a title in Korean, and the rest in English."""
    frame = pd.DataFrame({"name": ["Seoul", "서울"], "printed": ["약 1500억원", "KRW 150bn"]})
    columns = [Column("name", "Government"), Column("printed", "As printed")]
    for language, marked in (("en", ["서울", "약 1500억원"]), ("ko", [])):
        table = html_table(frame, columns=columns, caption="Figures", language=language)
        page = body_of(shown({"text/html": table.html}), language=language)
        assert sorted(one.text for one in page.select("table [lang=ko]")) == sorted(marked)
        assert not page.select("table [style]"), "what a notebook needs of style is not in the page"
        assert 'style="text-align:left"' in table.html


def test_the_index_says_how_much_changed_before_it_lists_the_changes() -> None:
    page = BeautifulSoup(index_page([], title="목록", changed=["정정 1건, 삭제 1건", "[정정] 가", "[삭제] 나"]), "html.parser")
    section = page.select_one("section[aria-labelledby=changed]")
    assert section.select_one("p").text == "정정 1건, 삭제 1건"
    assert [one.text for one in section.select("li")] == ["[정정] 가", "[삭제] 나"]
