"""What must hold between the tables: identifiers that lead somewhere, units, files, periods of validity.

Pure: tables with places (``_file``, ``_line``) in, faults out.
"""

from pathlib import Path

import pandas as pd

from budgets.errors import Fault
from budgets.rows import each
from budgets.rulings.judgement import missing
from budgets.sources.transcripts import KINDS


def kind_faults(figures: pd.DataFrame) -> list[Fault]:
    """Kinds that do not exist, cells that a kind leaves empty, identifiers that stand twice over all transcripts."""
    faults = []
    own = {c for columns in KINDS.values() for c in columns}
    for row in each(figures):
        place = {"file": row["_file"], "line": row["_line"]}
        if row["kind"] not in KINDS:
            faults.append(Fault(**place, column="kind", value=row["kind"], key="contract.kind"))
            continue
        for column in sorted(own - set(KINDS[row["kind"]])):
            if row[column] != "":
                faults.append(Fault(**place, column=column, value=row[column], key="contract.not_for_kind", fields={"kind": row["kind"]}))
    doubled = figures.loc[figures["figure_id"].duplicated(keep=False) & (figures["figure_id"] != "")]
    return faults + [Fault(r["_file"], r["_line"], "figure_id", r["figure_id"], "contract.unique") for r in each(doubled)]


def reference_faults(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Identifiers that point nowhere, units that are not the indicator's, rows in the wrong government's file."""
    known = {name: set(tables[name].iloc[:, 0].dropna()) for name in ("sources", "governments", "programmes", "indicators")}
    pointing = [
        ("programmes", "government", "governments"),
        ("programmes", "source_id", "sources"),
        ("governments", "province", "governments"),
        ("governments", "successor", "governments"),
        ("denominators", "government", "governments"),
        ("targets", "indicator", "indicators"),
        *(
            (figures, column, table)
            for figures in ("budgets", "targets", "milestones")
            for column, table in (("programme_id", "programmes"), ("source_id", "sources"))
        ),
    ]
    faults = [
        missing({"file": row["_file"], "line": row["_line"]}, column, row[column], to, known[to])
        for name, column, to in pointing
        for row in each(tables[name].loc[tables[name][column].notna() & ~tables[name][column].isin(known[to])])
    ]
    units = dict(zip(tables["indicators"]["indicator"], tables["indicators"]["unit"], strict=True))
    for row in each(tables["targets"]):
        if row["indicator"] in units and row["unit"] != units[row["indicator"]]:
            faults.append(Fault(row["_file"], row["_line"], "unit", row["unit"], "contract.unit", {"unit": units[row["indicator"]]}))
    return faults + _place_faults(tables) + _overlap_faults(tables["governments"]) + _order_faults(tables)


def _place_faults(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    owner = dict(zip(tables["programmes"]["programme_id"], tables["programmes"]["government"], strict=True))
    level = dict(zip(tables["governments"]["government"], tables["governments"]["level"], strict=True))
    faults = []
    for name in ("budgets", "targets", "milestones"):
        for row in each(tables[name]):
            government = owner.get(row["programme_id"])
            file = Path(row["_file"]).stem
            if government in level and file != ("national" if level.get(government) in ("national", "aggregate") else government):
                faults.append(Fault(row["_file"], row["_line"], "programme_id", row["programme_id"], "contract.wrong_file", {"government": government}))
    return faults


def _overlap_faults(governments: pd.DataFrame) -> list[Fault]:
    ordered = governments.assign(start=governments["valid_from"].fillna(pd.Timestamp.min), end=governments["valid_to"].fillna(pd.Timestamp.max))
    ordered = ordered.sort_values(["government", "start"], kind="stable")
    overlapping = ordered.loc[ordered["start"] <= ordered.groupby("government")["end"].shift()]
    return [Fault(row["_file"], row["_line"], "valid_from", row["government"], "contract.overlap") for row in each(overlapping)]


def _order_faults(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """What happened before it was printed, and was printed before it was read. The clock is not asked."""
    dated = tables["sources"].loc[tables["sources"]["published_precision"] == "day"]
    published = dict(zip(dated["source_id"], dated["published_on"], strict=True))
    faults = []
    for row in each(dated):
        if row["accessed_on"] < row["published_on"]:
            fields: dict[str, object] = {"published": f"{row['published_on']:%Y-%m-%d}"}
            faults.append(Fault(row["_file"], row["_line"], "accessed_on", f"{row['accessed_on']:%Y-%m-%d}", "contract.read_before_published", fields))
    for row in each(tables["milestones"]):
        day = published.get(row["source_id"], pd.NaT)
        if row["state"] == "happened" and row["date_start"] > day:
            fields = {"published": f"{day:%Y-%m-%d}"}
            faults.append(Fault(row["_file"], row["_line"], "date_start", f"{row['date_start']:%Y-%m-%d}", "contract.before_it_was_printed", fields))
    return faults
