"""Every sheet as LibreOffice prints it, and a template with twenty faults before and after it is painted: as pictures.

    python benchmarks/sheets.py OUT

Writes OUT/<sheet>-<page>.png and says for each workbook how many pages it has and whether any is not A4.
"""

import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl

import budgets
from budgets.checkout import checkout, default_data
from budgets.intake.checking import check_file
from budgets.reports.editions import read_editions
from budgets.reports.export import comparisons
from budgets.sources.workbooks import template
from budgets.sources.workbooks.painting import painted
from budgets.workbook import workbook

sys.path.insert(0, str(checkout() / "tests"))
DOTS = 60


def main(out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    tables = budgets.load()
    edition = next(e for e in read_editions(checkout() / "reports" / "editions.toml", tables) if e.name == "default")
    about = {"title": edition.title["ko"], "date_of_data": date(2026, 11, 21), "fingerprint": "0123456789abcdef"}
    (out / "workbook.xlsx").write_bytes(workbook(tables, list(comparisons(edition, tables)), **about))
    (out / "template.xlsx").write_bytes(template(tables))
    before_and_after(out)
    odd = 0
    for name in ("workbook", "template", "before", "after"):
        odd += pictures(out, name)
    return int(odd > 0)


def before_and_after(out: Path) -> None:
    """A template of the checkout's data in which twenty faults of twenty kinds were planted, and the painted copy."""
    from filling import filled, sound_rows
    from test_check import PLANTS, fits

    rows, seen = sound_rows(), set[str]()
    kinds = [p for p in PLANTS if p.form == "budget" and not p.alone and not (p.rule in seen or seen.add(p.rule))]
    others = [p for p in PLANTS if p.form != "budget" and not p.alone and not (p.rule in seen or seen.add(p.rule))]
    chosen = fits([*kinds, *others, *PLANTS])[:20]
    for plant in chosen:
        rows[plant.form][plant.row] |= plant.cells
    path = filled(template(budgets.load()), rows, out / "before.xlsx")
    checked = check_file(path, default_data())
    (out / "after.xlsx").write_bytes(painted(checked.book, checked.faults, checked.notes)[0])
    print(f"planted {len(chosen)} faults of {len({p.rule for p in chosen})} kinds, reported {len(checked.faults)}")


def pictures(out: Path, name: str) -> int:
    """One PDF for each sheet of a workbook, its pages as PNG; returns how many pages are not A4."""
    odd = 0
    sheets = openpyxl.load_workbook(out / f"{name}.xlsx", read_only=True).sheetnames
    for sheet in sheets:
        book = openpyxl.load_workbook(out / f"{name}.xlsx", rich_text=True) if name != "workbook" else None
        if book is None:
            break
        for other in book.worksheets:
            other.sheet_state = "visible" if other.title == sheet else "hidden"
        book.active = book.sheetnames.index(sheet)
        target = BytesIO()
        book.save(target)
        (out / f"{name}-{sheets.index(sheet):02}.xlsx").write_bytes(target.getvalue())
    files = [out / "workbook.xlsx"] if name == "workbook" else sorted(out.glob(f"{name}-[0-9][0-9].xlsx"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{out}/profile", "--headless", "--convert-to", "pdf", "--outdir", out, *files],
        check=True,
        capture_output=True,
        timeout=400,
    )
    for file in files:
        pdf = file.with_suffix(".pdf")
        said = subprocess.run(["pdfinfo", "-l", "9999", pdf], capture_output=True, text=True, check=True).stdout
        sizes = [(float(w), float(h)) for w, h in re.findall(r"size:\s+([0-9.]+) x ([0-9.]+)", said)]
        wrong = sum(sorted((round(w), round(h))) != [595, 842] for w, h in sizes)
        print(f"{file.name}: {len(sizes)} pages, {wrong} not A4")
        odd += wrong
        subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", pdf, file.with_suffix("")], check=True)
    return odd


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "sheets").resolve()))
