"""The documents tell the truth: commands, targets, links, files, examples and numbers are those of the project."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import typer.main

from budgets import survey
from budgets.amounts import parse_amount
from budgets.cli import app
from budgets.comparison import Comparison, compare_budgets
from budgets.comparison.own import budget_bases
from budgets.measures import achievement
from budgets.reports.editions import read_editions
from budgets.tables import Tables
from budgets.vocabulary import FOUR

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ko.md")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder, pattern in ((".", "*.md"), ("data", "**/*.md"), ("docs", "**/*.md"), ("tests", "**/*.md"), ("benchmarks", "**/*.md"))
    for path in (ROOT / folder).glob(pattern)
)
TOP = {"data", "docs", "notebooks", "reports", "src", "tests", "benchmarks"}
MADE = ("reports/out", "data/derived", "data/clean/budget_lines", "data/raw/exports")
"""What is made or fetched, and need not be there in a clean checkout."""
SUMMARY = {
    "README.md": (
        "**{figures}** figures (**{budgets}** amounts of money, **{targets}** values of indicators, **{milestones}** dated events)"
        " of **{programmes}** programmes, from **{sources}** sources.",
        "stand on **{bases}** bases. On **{pairs}** of them two governments stand together; on **{more}** more than two.",
        "Of these, **{whole}** are about whole governments' AI budgets. The others hold single programmes of {who_en}.",
        "**{achieved}** target has its result beside it: the Incheon AI Playground of 2024, **{target}** companies promised,"
        " **{actual}** supported, **{rate}** %.",
        "is in print with **{vintages}** different totals, from **{least}**억 to **{most}**억 won.",
    ),
    "README.ko.md": (
        "출처 **{sources}**건에서 사업 **{programmes}**개에 관한 수치 **{figures}**건(금액 **{budgets}**건, 지표 값 **{targets}**건,"
        " 일정 **{milestones}**건)을 옮겼습니다.",
        "비교 기준은 **{bases}**가지입니다. 두 지방정부가 함께 서는 기준은 **{pairs}**가지, 셋 이상이 함께 서는 기준은 **{more}**가지입니다.",
        "정부 전체의 AI 예산을 말하는 기준은 **{whole}**가지입니다. 나머지는 {who_ko}의 개별 사업입니다.",
        "목표는 **{achieved}**건입니다. 2024년 인천 AI 플레이그라운드는 **{target}**개 기업을 약속하고 **{actual}**개를 지원하여 달성률이 **{rate}**%입니다.",
        "총사업비는 **{least}**억 원부터 **{most}**억 원까지 **{vintages}**가지로 적혀 있습니다.",
    ),
}


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def code(text: str) -> list[str]:
    """What stands in backticks, and every line of the fenced blocks."""
    fenced = re.findall(r"^ *```\w*\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line.strip() for block in fenced for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", rest)


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(name), flags=re.MULTILINE | re.DOTALL)


def commands() -> set[str]:
    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), flags=re.MULTILINE))


def named_commands(text: str) -> set[str]:
    """The commands of every ``budgets …`` in code."""
    calls = [match for line in code(text) for match in re.findall(r"(?:^|bin/)budgets (?:--lang \w+ )?([a-z]+)", line)]
    return set(calls)


# ---- commands ----


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_documented(name: str) -> None:
    rows = set(re.findall(r"^\| `budgets ([a-z]+)", read(name), flags=re.MULTILINE))
    assert rows == commands(), f"the table of commands in {name}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_named_exists(name: str) -> None:
    assert named_commands(read(name)) <= commands()


@pytest.mark.parametrize("name", READMES)
def test_every_option_named_exists(name: str) -> None:
    known = {"--help"}
    group = typer.main.get_command(app)
    waiting = [group]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        known |= {option for parameter in command.params for option in parameter.opts}
    budgets_code = [line for line in code(read(name)) if line.startswith(("budgets", "--"))]
    named = {option for line in budgets_code for option in re.findall(r"--[a-z]+", line)}
    assert named and named <= known


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_named_exists(name: str) -> None:
    named = {match for line in code(read(name)) for match in re.findall(r"^make ([a-z]+)$", line)}
    assert named <= targets()


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_holds_question_picture_and_commands(name: str) -> None:
    screen = "\n".join(read(name).splitlines()[:24])
    for wanted in ("docs/pictures/coverage.png", "`make report`", "`make test`", "reports/out/default/index.html", "environment.yml"):
        assert wanted in screen


def test_the_conda_lines_are_those_of_the_environment_file() -> None:
    environment = re.search(r"^name: (\S+)$", read("environment.yml"), flags=re.MULTILINE)
    assert environment
    for name in (*READMES, "CONTRIBUTING.md"):
        assert set(re.findall(r"conda activate ([\w-]+)", read(name))) == {environment[1]}


# ---- links and files ----


def anchors(text: str) -> set[str]:
    """The anchors GitHub makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", read(name)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_named_exist(name: str) -> None:
    """Paths from the top of the project, in backticks or in a tree; placeholders and what is made are left out."""
    named = {token.rstrip("/") for line in code(read(name)) for token in re.findall(r"(?<![\w./<])[\w.-]+/[\w./*-]*", line)}
    wanted = {path for path in named if path.split("/")[0] in TOP and not path.startswith(MADE) and "<" not in path}
    assert not [path for path in sorted(wanted) if not any(ROOT.glob(path))]


def test_every_room_has_its_place_in_the_architecture() -> None:
    whole, reader = read("docs/architecture.md").split("## Inside the reader")
    for text, folder in ((whole, "src/budgets"), (reader.partition("\n## ")[0], "src/budgets/reader")):
        rooms = {p.stem for p in (ROOT / folder).iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()} - {"__init__"}
        table = [line.split("|")[-2] for line in text.splitlines() if re.match(r"\| [a-z ]+ \|", line)]
        placed = [room for cell in table for room in re.findall(r"`(\w+)`", cell)]
        assert sorted(placed) == sorted(rooms - ({"reading", "context"} if folder.endswith("reader") else set()))


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]
    listed = set(re.findall(r"decisions/([\w-]+\.md)", read("docs/architecture.md")))
    assert listed == set(names)


@pytest.mark.parametrize("name", [d for d in DOCUMENTS if d.startswith("docs/decisions/")])
def test_a_decision_says_context_decision_and_consequences(name: str) -> None:
    said = re.findall(r"^\*\*(Context|Decision|Consequences)\.\*\*", read(name), flags=re.MULTILINE)
    assert said == ["Context", "Decision", "Consequences"]


def test_the_citation_agrees_with_the_package() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    cited = dict(re.findall(r"^([a-z-]+): (.+)$", read("CITATION.cff"), flags=re.MULTILINE))
    assert cited["cff-version"] == "1.2.0"
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
    assert {"message", "title"} <= set(cited) and "authors:\n  - name:" in read("CITATION.cff")
    assert f"## {project['version']}\n" in read("CHANGELOG.md")


# ---- examples ----


def test_the_edition_of_the_readme_can_be_rendered(tables: Tables, tmp_path: Path) -> None:
    for name in READMES:
        (example,) = blocks(name, "toml")
        path = tmp_path / "editions.toml"
        path.write_text(example, encoding="utf-8")
        (edition,) = read_editions(path, tables, ("mine",))
        assert [report.name for report in edition.reports] == ["mine-2024", "mine-2025"]


@pytest.mark.parametrize("name", READMES)
def test_the_python_of_the_readme_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks(name, "python")
    names: dict[str, object] = {}
    exec(example, names)
    comparison = names["comparison"]
    assert isinstance(comparison, Comparison)
    assert comparison.verdict("ko" if "ko" in name else "en") in capsys.readouterr().out


def amount_rows(name: str) -> list[tuple[str, str]]:
    """(print, reading) of every ``print → low … high`` and every such table row of a document."""
    rows = re.findall(r"^\| ([^|]+) \| ((?:[\d.,]+\S* …[^|]*|\d+)) \| [^|]+ \|$", read(name), flags=re.MULTILINE)
    for line in read(name).splitlines():
        if line.startswith("|") and "→" in line:
            rows += [tuple(part.split(" → ")) for part in line.split("|")[-2].split(" · ") if " → " in part]
    return [(printed.strip(), reading.strip()) for printed, reading in rows]


@pytest.mark.parametrize(
    ("name", "printed", "reading"),
    [(name, *row) for name in (*READMES, "docs/decisions/0002-amounts-are-intervals.md") for row in amount_rows(name)],
)
def test_amounts_are_read_as_the_documents_say(name: str, printed: str, reading: str) -> None:
    amount = parse_amount(printed)
    low, _, high = (end.strip() for end in (reading if "…" in reading else f"{reading} … {reading}").partition("…"))

    def said(end: str) -> int | None:
        return None if not end else int(end) if end.isdigit() else int(parse_amount(f"{end}명" if end[-1].isdigit() else end).printed or 0)

    assert (amount.low, amount.high) == (said(low), said(high))


def test_enough_examples_of_amounts_were_found() -> None:
    assert all(len(amount_rows(name)) >= 5 for name in (*READMES, "docs/decisions/0002-amounts-are-intervals.md"))


# ---- numbers ----


@pytest.fixture(scope="module")
def facts(tables: Tables) -> dict[str, object]:
    """The numbers of the README's summary, from the data."""
    pairs = survey.comparable_pairs(tables, FOUR)
    achieved = achievement(tables)
    (playground,) = achieved.loc[(achieved["programme_id"] == "incheon-ai-playground") & (achieved["period_start"].dt.year == 2024)].to_dict("records")
    cluster = tables.budgets.loc[(tables.budgets["programme_id"] == "gwangju-cluster1") & (tables.budgets["period_kind"] == "envelope")]
    totals = cluster.loc[cluster["funding"] == "unknown", "amount_krw"].dropna() // 10**8
    beside = [government for government in FOUR if any(government in row for row in pairs["governments"])]
    return {
        "budgets": len(tables.budgets),
        "targets": len(tables.targets),
        "milestones": len(tables.milestones),
        "figures": len(tables.budgets) + len(tables.targets) + len(tables.milestones),
        "programmes": len(tables.programmes),
        "sources": len(tables.sources),
        "bases": sum(len(compare_budgets(tables, basis).rows) > 0 for basis in budget_bases(tables, FOUR)),
        "pairs": int((pairs["governments"].map(len) == 2).sum()),
        "more": int((pairs["governments"].map(len) > 2).sum()),
        "whole": int((pairs["coverage"] == "government").sum()),
        "who_en": " and ".join(tables.name(government, "en") for government in beside),
        "who_ko": "과 ".join(tables.name(government) for government in beside),
        "achieved": len(achieved),
        "target": int(playground["target"]),
        "actual": int(playground["actual"]),
        "rate": round(playground["value"]),
        "vintages": totals.nunique(),
        "least": f"{totals.min():,}",
        "most": f"{totals.max():,}",
    }


@pytest.mark.parametrize(("name", "sentence"), [(name, sentence) for name, sentences in SUMMARY.items() for sentence in sentences])
def test_the_summary_says_what_the_data_say(name: str, sentence: str, facts: dict[str, object]) -> None:
    assert sentence.format(**facts) in flat(read(name))


def test_the_limits_are_what_the_data_say(tables: Tables, facts: dict[str, object]) -> None:
    """No settled account, no two whole governments on one basis, texts read mostly as excerpts: as the READMEs warn."""
    assert "settled" not in set(tables.budgets["phase"])
    assert facts["whole"] == 0
    assert (tables.sources["checked"] == "excerpt").mean() > 0.5
    assert (tables.budgets["phase"] == "approved").mean() < 0.25


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_speak_of_the_project_alone(name: str) -> None:
    """No folder outside the project is named."""
    assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root)/|\.\./shared", read(name))
