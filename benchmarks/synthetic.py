"""Made-up figures for many governments: a data folder like the committed one, with programmes and figures for each."""

import csv
import shutil
from pathlib import Path

from budgets.checkout import default_data
from budgets.clean import build, load

YEARS = range(2021, 2026)


def many_governments(folder: Path, count: int) -> list[str]:
    """Write ``raw``, ``rulings`` and ``clean`` with figures for *count* governments more; their identifiers."""
    for name in ("raw/press", "raw/reference", "rulings"):
        shutil.copytree(default_data() / name, folder / name)
    known = load().governments
    governments = list(dict.fromkeys(known.loc[known["level"].isin(["province", "municipality"]), "government"]))[:count]
    assert len(governments) == count, f"only {len(governments)} governments"
    source = load().sources["source_id"].iloc[0]
    for government in governments:
        plan, hub = f"{government}-made-plan", f"{government}-made-hub"
        for programme, name, coverage in ((plan, "AI 예산", "government"), (hub, "AI 허브", "programme")):
            add(
                folder / "raw/press/programmes.csv",
                programme_id=programme,
                government=government,
                name_ko=name,
                name_en=name,
                source_id=source,
                locator="excerpt",
            )
            add(
                folder / "rulings/programmes.csv",
                programme_id=programme,
                scope="ai_core",
                coverage=coverage,
                reason="만들어 낸 사업이다.",
                decided_on="2026-11-21",
            )
        add_figures(folder / "raw" / "press" / f"{government}.csv", government, plan, hub, source)
    build(folder)
    return governments


def add_figures(path: Path, government: str, plan: str, hub: str, source: str) -> None:
    shared = {"source_id": source, "locator": "excerpt", "hedge": "none"}
    for n, year in enumerate(YEARS):
        days = {"period_kind": "fiscal_year", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        money = {
            "kind": "budget",
            "nature": "budget",
            "phase": "approved",
            "funding": "unknown",
            "unit": "KRW",
            **days,
            **shared,
        }
        for programme, amount in ((plan, f"{200 + 40 * n}억 원"), (hub, f"{20 + n}억 5000만 원")):
            add(
                path,
                figure_id=f"{programme}-{year}",
                programme_id=programme,
                programme_as_printed="AI",
                as_printed=amount,
                words="본예산",
                **money,
            )
    result = {
        "kind": "target",
        "phase": "actual",
        "unit": "companies",
        "indicator": "companies_supported",
        "extent": "flow",
    }
    add(path, figure_id=f"{hub}-companies-2024", programme_id=hub, programme_as_printed="AI 허브", as_printed="59개", words="지원", period_kind="fiscal_year",
        period_start="2024-01-01", period_end="2024-12-31", **result, **shared)  # fmt: skip
    add(path, figure_id=f"{hub}-opened", kind="milestone", programme_id=hub, programme_as_printed="AI 허브", event="opening", date_start="2022-05-01",
        date_end="2022-05-01", date_precision="day", state="happened", as_printed="5월 1일", words="문을 열었다", source_id=source, locator="excerpt")  # fmt: skip


def add(path: Path, **cells: str) -> None:
    """Append a row; a new file gets the header of Incheon's."""
    like = path if path.exists() else default_data() / "raw" / "press" / "incheon.csv"
    with like.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n", restval="")
        if new:
            writer.writeheader()
        writer.writerow(cells)


def edition(governments: list[str], times: int = 1) -> str:
    """An edition with `read_government` for each, *times* over."""
    names = ", ".join(f'"{government}"' for government in governments)
    report = '[[edition.many.report]]\nnotebook = "read_government"\nname = "r{}-{{government}}"\nmatrix = {{ government = [{}] }}\n'
    return "[edition.many]\n" + "".join(report.format(n, names) for n in range(times))
