"""A file handed in, and what is handed back: the lines of the check, its JSON, the painted workbook."""

import json
from pathlib import Path

from budgets.errors import UsageError
from budgets.intake.checking import Checked, check_file
from budgets.sources.workbooks.mapping import read_mapping
from budgets.sources.workbooks.painting import painted as paint
from budgets.sources.workbooks.painting import save
from budgets.sources.workbooks.understanding import understood
from budgets.words import text


def checked_file(path: Path, data: Path | None, mapping: Path | None, painted: Path | None, language: str) -> Checked:
    """Check a file with the answers of *mapping*, and write its painted copy to *painted* if that is given."""
    if painted is not None and painted.resolve() == path.resolve():
        raise UsageError("intake.paint.own", path=painted)
    checked = check_file(path, data, read_mapping(mapping) if mapping else None)
    if painted is not None:
        content, lost = paint(checked.book, checked.faults, checked.notes, language)
        save(painted, content)
        checked.notes += lost
    return checked


def told(checked: Checked, language: str, *, as_json: bool = False, ask: str = "") -> tuple[str, str]:
    """(standard output, standard error): what was understood and should be known, and the faults; or all as JSON.

    *ask*: the words that ask to confirm what was understood of a table.
    """
    name = checked.book.path.name
    if as_json:
        return json.dumps(checked.record(language), ensure_ascii=False, indent=2), ""
    out = [line for ledger in checked.ledgers for line in understood(ledger, language)]
    out += [f"· {note.say(language)}" for note in checked.notes]
    if ask and checked.ledgers:
        out.append(text(ask, language))
    faults = [f"  {fault.say(language)}" for fault in checked.faults]
    if faults:
        return "\n".join(out), "\n".join([text("intake.check.faults", language, path=name, n=len(faults)), *faults])
    key = "sound" if checked.rows else "empty"
    counts = {"rows": len(checked.rows), "new": len(checked.new)} if checked.rows else {}
    return "\n".join([*out, text(f"intake.check.{key}", language, path=name, **counts)]), ""
