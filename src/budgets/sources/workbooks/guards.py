"""What is looked at in an Excel file before it is read: traps, macros, links, hidden rows, formulas without results.

Cells are read by another library; here the parts of the ZIP archive are only searched, as bytes.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import ParseError, fromstring

from budgets.sources.workbooks.faults import CellFault, WorkbookError
from budgets.sources.workbooks.grids import column_of
from budgets.sources.workbooks.scaled import thousands, unit_shown
from budgets.sources.workbooks.shown import STRUCK, Shown, looks
from budgets.sources.workbooks.styles import cell_styles, struck_texts, styled_cells, telling, texts_in

LARGEST = 1 << 30
"""Bytes a workbook may unpack to."""
DENSEST = 200
"""Times a large part may be larger than it is packed; honest sheets stay below 60."""
MOST_CELLS = 40_000_000
"""Cells between the first and the last that is used: each takes memory, also where it is empty."""
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="([0-9]+)"[^>]*?\bhidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<col [^>]*?hidden="(?:1|true)"[^>]*?>')
_UNRESOLVED = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>')
_FAR = re.compile(rb'<c r="([A-Z]{2,3})[0-9]+"[^>/]*>')
_USED_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"[^>/]*>')


@dataclass
class Looked:
    """What was found in the archive."""

    notes: list[CellFault] = field(default_factory=list)
    sheets: dict[str, "LookedSheet"] = field(default_factory=dict)


@dataclass
class LookedSheet:
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unresolved: frozenset[str] = frozenset()
    scaled: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    """Units that only the number format of a cell writes."""
    odd: dict[str, Shown] = field(default_factory=dict)
    """Cells of whose number a person may see another one, or none."""


class Styles:
    """The cell styles, and the shared texts, that change what a person sees, by the number cells name them with."""

    def __init__(self, archive: zipfile.ZipFile, parts: set[str]) -> None:
        looked, strings = (archive.read(part) if part in parts else b"" for part in ("xl/styles.xml", "xl/sharedStrings.xml"))
        styles = cell_styles(looked)
        self.scaled, self.units = telling(styles, lambda style: thousands(style.code)), telling(styles, lambda style: unit_shown(style.code))
        self.odd, self.struck = telling(styles, looks), struck_texts(strings)


def look_into(name: str, data: bytes) -> Looked:
    """Search an .xlsx file. Raises `WorkbookError` for a trap or a damaged archive."""
    found = Looked()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_bomb(name, archive)
            parts = {info.filename for info in archive.infolist()}
            if "xl/workbook.xml" not in parts:
                raise WorkbookError("intake.file.kind", path=name)
            for part in parts:
                if part.endswith((".xml", ".rels")):
                    _refuse_entities(name, archive, part)
            if any(part.endswith("vbaProject.bin") for part in parts):
                found.notes.append(CellFault("", None, None, "intake.file.macros"))
            if any(part.startswith("xl/externalLinks/") for part in parts):
                found.notes.append(CellFault("", None, None, "intake.file.links"))
            styles = Styles(archive, parts)
            for sheet, part in _sheets(archive).items():
                if part in parts:
                    found.sheets[sheet] = _look_at(name, sheet, archive, part, styles)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, ParseError, KeyError, zlib.error) as error:
        raise WorkbookError("intake.file.broken", path=name, why=str(error)[:120] or type(error).__name__) from None
    return found


def refuse_traps(name: str, data: bytes, largest: int = LARGEST) -> None:
    """Raise `WorkbookError` for an Office file (a ZIP archive) that would unpack without end, or is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_bomb(name, archive, largest)
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    _refuse_entities(name, archive, part)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise WorkbookError("intake.file.broken", path=name, why=str(error)[:120] or type(error).__name__) from None


def _refuse_bomb(name: str, archive: zipfile.ZipFile, largest: int = LARGEST) -> None:
    infos = archive.infolist()
    dense = [i for i in infos if i.file_size > 50_000_000 and i.file_size > DENSEST * max(1, i.compress_size)]
    size = sum(info.file_size for info in infos)
    if size > largest or dense or len(infos) > 20_000:
        raise WorkbookError("intake.file.bomb", path=name, size=f"{size:,}")


def _refuse_entities(name: str, archive: zipfile.ZipFile, part: str) -> None:
    """No part of an honest workbook declares a document type; entities that unfold without end need one."""
    with archive.open(part) as stream:
        start = stream.read(1 << 16).replace(b"\0", b"")  # also in UTF-16
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise WorkbookError("intake.file.entities", path=name)


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet."""
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): str(r.get("Target")).removeprefix("/").removeprefix("xl/") for r in relations}
    found = {}
    for element in fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet"):
            of = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            found[str(element.get("name"))] = f"xl/{targets.get(of, '')}"
    return found


def _look_at(name: str, sheet: str, archive: zipfile.ZipFile, part: str, styles: Styles) -> LookedSheet:
    rows, unresolved, columns = set[int](), set[str](), set[int]()
    scaled, units, odd = dict[str, int](), dict[str, str](), dict[str, Shown]()
    last_row, last_column = 0, 0
    with archive.open(part) as stream:
        for text in _pieces(stream):
            if b"hidden=" in text:
                rows.update(int(r) - 1 for r in _HIDDEN_ROW.findall(text))
                for column in _HIDDEN_COLUMN.findall(text):
                    first, last = (int(found[1]) if (found := re.search(rb"\b" + key + rb'="([0-9]+)"', column)) else 1 for key in (b"min", b"max"))
                    columns.update(range(first - 1, min(last, 16_384)))
            if b"<f" in text:
                unresolved.update(cell.decode() for cell in _UNRESOLVED.findall(text))
            scaled |= styled_cells(text, styles.scaled)
            units |= styled_cells(text, styles.units)
            odd |= styled_cells(text, styles.odd) | dict.fromkeys(texts_in(text, styles.struck), STRUCK)
            last_column = max(last_column, max((column_of(c.decode()) for c in set(_FAR.findall(text))), default=25))
            if at := text.rfind(b"<v"):
                used = _USED_ROW.findall(text, max(0, at - 400), at)
                last_row = max(last_row, int(used[-1]) if used else 0)
    if last_row * (last_column + 1) > MOST_CELLS:
        raise WorkbookError("intake.file.scattered", path=name, sheet=sheet, rows=f"{last_row:,}", columns=f"{last_column + 1:,}")
    return LookedSheet(frozenset(rows), frozenset(columns), frozenset(unresolved), scaled, units, odd)


def _pieces(stream: IO[bytes], size: int = 1 << 22) -> Iterator[bytes]:
    """The part in pieces that end between two cells."""
    rest = b""
    while block := stream.read(size):
        text = rest + block
        cut = max(text.rfind(b"</c>"), text.rfind(b"<row "))
        if cut <= 0 or len(rest) > 8 * size:
            cut = len(text)
        elif text.startswith(b"</c>", cut):
            cut += 4
        yield text[:cut]
        rest = text[cut:]
    if rest:
        yield rest
