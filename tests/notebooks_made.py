"""Small notebooks and editions written by tests, and executed notebooks in a form in which two runs can be compared."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = 'language = "ko"\ndata = ""\n'


def written(path: Path, *cells: str | tuple[str, list[str]], parameters: str = PARAMETERS) -> Path:
    """A notebook with a parameters cell and these code cells (with tags, if given)."""
    made = [new_markdown_cell("# 시험"), new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    for given in cells:
        source, tags = given if isinstance(given, tuple) else (given, [])
        made.append(new_code_cell(source, metadata={"tags": tags} if tags else {}))
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    notebook = new_notebook(cells=made)
    notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def edition_of(*entries: str, name: str = "small") -> str:
    """The file of one edition with these reports (see `entry`)."""
    head = f'[edition.{name}]\ntitle_ko = "작은 판"\ntitle_en = "A small edition"\n'
    return head + "".join(f"[[edition.{name}.report]]\n{one}\n" for one in entries)


def entry(notebook: str, name: str, **more: Mapping[str, object]) -> str:
    """A report of an edition, as people write it; *more* are its ``parameters`` and its ``matrix``."""
    given = {key: ", ".join(f"{field} = {json.dumps(value)}" for field, value in fields.items()) for key, fields in more.items()}
    return "\n".join([f'notebook = "{notebook}"', f'name = "{name}"', *(f"{key} = {{ {fields} }}" for key, fields in given.items())])


def essence(notebook: Any) -> list[dict[str, Any]]:
    """Everything of an executed notebook but what differs from one run to the next: times, process numbers, paths."""
    cells = []
    for cell in notebook.cells:
        kept: dict[str, Any] = {"type": cell.cell_type, "source": cell.source, "tags": cell.metadata.get("tags", [])}
        papermill = cell.metadata.get("papermill", {})
        kept["papermill"] = (papermill.get("status"), papermill.get("exception"), sorted(papermill))
        kept["execution"] = sorted(cell.metadata.get("execution", {}))
        if cell.cell_type == "code":
            kept["count"] = cell.execution_count
            kept["outputs"] = _joined([_plain(output) for output in cell.outputs])
        cells.append(kept)
    return cells


def _joined(found: list[Any]) -> list[Any]:
    """Neighbouring pieces of one stream as one: where ipykernel cuts them, its clock decides (0.2 seconds)."""
    whole: list[Any] = []
    for output in found:
        if whole and output["output_type"] == "stream" and whole[-1].get("name") == output["name"]:
            whole[-1]["text"] += output["text"]
        else:
            whole.append(output)
    return whole


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if isinstance(node, str):
        node = re.sub(r"ipykernel_\d+", "ipykernel_N", node)
        return re.sub(r"0x[0-9a-f]{6,}", "0xADDRESS", node)
    return node


def outputs(notebook: Any) -> str:
    """All text that the cells printed."""
    said = [output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(said)
