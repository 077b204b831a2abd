"""The notebooks are thin: a parameters cell, one verb a cell, prose in two languages, nothing computed by hand."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

import budgets
from budgets import essay
from budgets.reports.parameters import NOTEBOOKS
from conftest import ROOT

FOLDER = ROOT / "notebooks"
READ = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.ipynb"))}
Notebook = dict[str, Any]


def cells(notebook: str, kind: str) -> list[dict[str, Any]]:
    return [c for c in READ[notebook]["cells"] if c["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def tags(cell: dict[str, Any]) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def test_every_notebook_has_its_parameters_and_every_model_its_notebook() -> None:
    assert list(READ) == sorted(NOTEBOOKS)


@pytest.mark.parametrize("notebook", READ)
def test_notebooks_are_stripped(notebook: str) -> None:
    for cell in cells(notebook, "code"):
        assert cell["outputs"] == [] and cell["execution_count"] is None
        assert set(cell["metadata"]) <= {"tags"}
    metadata = READ[notebook]["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert set(metadata) == {"kernelspec", "language_info"} and metadata["language_info"] == {"name": "python"}
    ids = [cell["id"] for cell in READ[notebook]["cells"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("notebook", READ)
def test_the_parameters_cell_is_the_model(notebook: str) -> None:
    (cell,) = [c for c in cells(notebook, "code") if "parameters" in tags(c)]
    given = {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(source(cell)).body if isinstance(node, ast.Assign)}  # type: ignore[attr-defined]
    defaults = NOTEBOOKS[notebook]().model_dump()
    assert given == defaults
    assert {name: type(value) for name, value in given.items()} == {name: type(value) for name, value in defaults.items()}
    # papermill puts the given parameters right after this cell: nothing may use them before.
    first = next(c for c in READ[notebook]["cells"] if c["cell_type"] == "code")
    assert first is cell


FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.With, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


@pytest.mark.parametrize("notebook", READ)
def test_cells_are_verbs_and_nothing_else(notebook: str) -> None:
    allowed = set(budgets.__all__)
    for cell in cells(notebook, "code"):
        tree = ast.parse(source(cell))
        assert len(tree.body) == 1 or "parameters" in tags(cell), f"more than one verb: {source(cell)}"
        for node in ast.walk(tree):
            assert not isinstance(node, FORBIDDEN), f"{type(node).__name__}: {source(cell)}"
            if isinstance(node, ast.Import):
                raise AssertionError(f"only names of the front door are imported: {source(cell)}")
            if isinstance(node, ast.ImportFrom):
                assert node.module == "budgets" and {a.name for a in node.names} <= allowed, source(cell)
            if isinstance(node, ast.BinOp):
                raise AssertionError(f"no arithmetic in a notebook: {source(cell)}")
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "parameters" not in tags(cell):
                assert not re.search(r"[/\\]|\.csv|\.html", node.value), f"a path: {source(cell)}"


@pytest.mark.parametrize("notebook", READ)
def test_everything_imported_is_used_and_every_essay_verb_exists(notebook: str) -> None:
    code = "\n".join(source(c) for c in cells(notebook, "code"))
    (imported,) = [[a.name for a in node.names] for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)]
    used = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    assert set(imported) <= used
    for verb in re.findall(r"essay\.(\w+)", code):
        assert verb in essay.__all__, verb


@pytest.mark.parametrize("notebook", READ)
def test_prose_comes_in_pairs_korean_first(notebook: str) -> None:
    all_cells = READ[notebook]["cells"]
    prose = [(n, c) for n, c in enumerate(all_cells) if c["cell_type"] == "markdown"]
    assert [tags(c) for _, c in prose] == [["ko"], ["en"]] * (len(prose) // 2)
    for (n, ko), (m, en) in zip(prose[::2], prose[1::2], strict=True):
        assert m == n + 1, "the English cell follows its Korean one"
        assert re.search("[가-힣]", source(ko)) and not re.search("[가-힣]", source(en).replace("억 원", ""))
        assert [line.split()[0] for line in source(ko).splitlines() if line.startswith("#")] == [
            line.split()[0] for line in source(en).splitlines() if line.startswith("#")
        ]
        assert bool(source(ko).split("\n\n")[1:]) == bool(source(en).split("\n\n")[1:]), "text in one language only"
    assert source(prose[0][1]).startswith("# ") and prose[0][0] == 0


@pytest.mark.parametrize("notebook", READ)
def test_each_notebook_opens_with_one_computed_sentence(notebook: str) -> None:
    (opening,) = [source(c) for c in cells(notebook, "code") if "opening" in tags(c)]
    assert opening.startswith("essay.open_")


@pytest.mark.parametrize("notebook", READ)
def test_numbers_in_the_prose_are_examples_or_computed(notebook: str) -> None:
    """A typed number goes stale. The only ones are those that explain how a print is read."""
    examples = ("40억 원", "39.5억", "40.5억", "3.95", "4.05", "1인당", "0원", "0이 아", "0 won", "재정365", "lofin365")
    for cell in cells(notebook, "markdown"):
        rest = source(cell)
        for example in examples:
            rest = rest.replace(example, "")
        assert not re.search(r"\d", rest), rest


# ---- run ----

ODD: list[tuple[str, dict[str, Any]]] = [
    ("compare_budgets", {"governments": ["busan", "gyeonggi-seongnam"], "fiscal_year": 1999, "language": "en"}),
    ("compare_budgets", {"envelope_years": [2020, 2024], "phase": "announced", "coverage": "programme", "scope": "rnd_general"}),
    ("compare_budgets", {"fiscal_year": 2025, "phase": "approved", "coverage": "programme", "governments": ["gyeonggi", "seoul"]}),
    ("follow_targets", {"indicator": "visitors", "fiscal_year": 2031, "governments": ["busan"]}),
    ("follow_targets", {"indicator": "companies_supported", "fiscal_year": 2020, "extent": "stock", "language": "en"}),
    ("read_government", {"government": "busan", "language": "en"}),
    ("read_government", {"government": "gyeonggi-seongnam"}),
    ("trace_programme", {"programme_id": "seoul-ai-minutes"}),
    ("trace_programme", {"programme_id": "gyeonggi-physical-ai-lab", "language": "en"}),
    ("check_coverage", {"governments": ["busan"], "first_year": 2030, "last_year": 2030}),
    ("compare_official", {"governments": ["seoul"], "language": "en"}),
]
RUNS = [*((notebook, {}) for notebook in NOTEBOOKS), *ODD]


@pytest.mark.slow
@pytest.mark.parametrize(("notebook", "given"), RUNS, ids=str)
def test_notebooks_run_from_any_folder_with_any_valid_parameters(notebook: str, given: dict[str, Any], tmp_path: Path) -> None:
    papermill = pytest.importorskip("papermill")
    done = papermill.execute_notebook(
        str(FOLDER / f"{notebook}.ipynb"), str(tmp_path / "out.ipynb"), parameters=given, cwd=str(tmp_path), progress_bar=False, execution_timeout=120
    )
    opening = next(c for c in done.cells if "opening" in c.metadata.get("tags", []))
    said = "".join(opening.outputs[0]["data"]["text/markdown"])
    assert said.startswith("**") and len(said) > 20
    assert not [o for c in done.cells if c.cell_type == "code" for o in c.outputs if o.get("name") == "stderr"], "a warning in a report"
