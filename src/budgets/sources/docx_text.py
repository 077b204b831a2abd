"""The text of a DOCX file as a person sees it who accepts all its changes.

Read: paragraphs, tables (also within each other), what was inserted, content controls, text boxes. Left out: what is
struck out, hidden or deleted, headers and footers, notes at the foot of a page.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from budgets.errors import DataError
from budgets.sources.grid_text import below, line, spread
from budgets.sources.workbooks.faults import WorkbookError
from budgets.sources.workbooks.guards import refuse_traps

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_UNSEEN = ("strike", "dstrike", "vanish")
_OFF = ("0", "false", "off")
DEEPEST = 200
"""Elements within elements; an honest document stays below 40."""


def docx_text(data: bytes, name: str) -> str:
    """The text of the bytes of a DOCX file. Raises `DataError` for another kind of archive, or a damaged one."""
    try:
        refuse_traps(name, data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not any(part.startswith("word/") for part in archive.namelist()):
                raise DataError("reader.kind", path=name)
    except WorkbookError as error:
        key = "reader.trap" if error.key in ("intake.file.bomb", "intake.file.entities") else "file.broken"
        raise DataError(key, path=name, why=error.fields.get("why", "")) from None
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
        styles = {str(s.get(f"{_W}styleId")): s for s in document.styles.element.iter(f"{_W}style")}
        return "\n".join(_blocks(document.element.body, {key: _hides(style, styles) for key, style in styles.items()}))
    except Exception as error:  # on a damaged file the libraries fail in any way
        raise DataError("file.broken", path=name, why=type(error).__name__) from None


def _blocks(within: Any, styles: Mapping[str, bool], depth: int = 0, aside: list[str] | None = None) -> Iterator[str]:
    """The lines of a body, a cell, a text box: its paragraphs and tables, also those in a content control.

    The rows of its tables are put *aside* where there is a list for them.
    """
    if depth > DEEPEST:
        raise ValueError("deep")
    for element in within:
        if element.tag == f"{_W}p":
            boxes: list[Any] = []
            yield from _run_text(element, styles, boxes, hidden=_paragraph_hides(element, styles)).split("\n")
            for box in boxes:
                yield from _blocks(box, styles, depth + 1)
        elif element.tag == f"{_W}tbl":
            if aside is None:
                yield from _rows(element, styles, depth)
            else:
                aside.extend(_rows(element, styles, depth))
        elif element.tag not in _GONE:
            yield from _blocks(element, styles, depth + 1, aside)


def _run_text(within: Any, styles: Mapping[str, bool], boxes: list[Any], *, hidden: bool, depth: int = 0) -> str:
    """The text of a paragraph; text boxes in it are put aside."""
    if depth > DEEPEST:
        raise ValueError("deep")
    pieces = []
    for element in within:
        if element.tag == f"{_W}txbxContent":
            boxes.append(element)
        elif element.tag == f"{_W}t":
            pieces.append("" if hidden else element.text or "")
        elif element.tag in _MARKS:
            pieces.append("" if hidden else _MARKS[element.tag])
        elif element.tag not in _GONE:
            unseen = _run_hides(element, styles, hidden) if element.tag == f"{_W}r" else hidden
            pieces.append(_run_text(element, styles, boxes, hidden=unseen, depth=depth + 1))
    return "".join(pieces)


def _paragraph_hides(paragraph: Any, styles: Mapping[str, bool]) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and styles.get(str(style.get(f"{_W}val")), False)


def _run_hides(run: Any, styles: Mapping[str, bool], otherwise: bool) -> bool:
    """Is a run struck out or hidden, by itself, by its style or as its paragraph is?"""
    format_ = run.find(f"{_W}rPr")
    if format_ is None:
        return otherwise
    style = format_.find(f"{_W}rStyle")
    by_style = styles.get(str(style.get(f"{_W}val")), False) if style is not None else False
    said = _switches(format_)
    return any(said) if said else by_style or otherwise


def _hides(style: Any, styles: Mapping[str, Any], seen: int = 0) -> bool:
    """Does a style strike out or hide, itself or as one it is based on?"""
    format_ = style.find(f"{_W}rPr")
    if format_ is not None and (said := _switches(format_)):
        return any(said)
    base = style.find(f"{_W}basedOn")
    above = styles.get(str(base.get(f"{_W}val"))) if base is not None else None
    return above is not None and seen < len(styles) and seen < DEEPEST and _hides(above, styles, seen + 1)


def _switches(format_: Any) -> list[bool]:
    """What a format says of striking out and hiding: on or off, nothing where it is silent."""
    found = (format_.find(f"{_W}{name}") for name in _UNSEEN)
    return [one.get(f"{_W}val") not in _OFF for one in found if one is not None]


def _rows(table: Any, styles: Mapping[str, bool], depth: int) -> Iterator[str]:
    """The rows of a table as lines; tables in its cells stand below their row."""
    above: list[str] = []
    for row in _within(table, "tr"):
        if any(row.find(f"{_W}trPr/{_W}{gone}") is not None for gone in ("del", "hidden")):
            continue
        cells: list[str] = spread("", _number(row, "trPr/gridBefore")) if _number(row, "trPr/gridBefore") else []
        nested: list[str] = []
        for cell in _within(row, "tc"):
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart":
                text = below(above[len(cells)]) if len(cells) < len(above) else ""
            else:
                text = " ".join(_blocks(cell, styles, depth + 1, nested))
            cells += spread(text, _number(cell, "tcPr/gridSpan") or 1)
        above = cells
        yield line(cells)
        yield from nested


def _within(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in a content control, not those of tables within."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in _GONE and child.tag not in (f"{_W}tc", f"{_W}tbl"):
            yield from _within(child, name)


def _number(element: Any, path: str) -> int:
    """A count that a row or a cell says of itself, 0 where it does not."""
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    said = str(found.get(f"{_W}val")) if found is not None else "0"
    return int(said) if said.isdecimal() else 0
