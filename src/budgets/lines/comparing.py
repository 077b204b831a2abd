"""The official lines that stand on one basis, those set aside with their reasons, and one row for every government.

Reads the caches alone. Amounts are won, exact. A government without any line is a gap and named; one whose lines hold
no such programme has 0 won of them, which is a finding of another sort.
"""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from budgets.errors import unknown_name
from budgets.lines.basis import LineBasis, Several
from budgets.lines.official import FLU, OfficialLines
from budgets.lines.succession import divided, heirs, population
from budgets.tables import Tables
from budgets.words import text

REASONS = (
    "other government",
    "other level",
    "other year",
    "other snapshot",
    "avian influenza",
    "AI unclear",
    "other scope",
    "excluded kind",
)
"""Why a line in which a term was found may be set aside, in the order in which the reasons are tried."""
STATES = ("found", "none_found", "empty", "no_lines")
"""found · lines, but none of this basis (0 won) · lines, but no money in them · not one line: a gap."""
MONEY = ("adjusted_krw", "national_krw", "provincial_krw", "municipal_krw", "other_krw", "paid_krw")


@dataclass(frozen=True, eq=False)
class LineComparison:
    """What of the official lines stands on one basis.

    ``rows``: the lines (columns of `BudgetLines`, scope, is_ai, rule) with ``amount_krw``; ``set_aside``: all others in
    which a term was found, with ``reason``. ``governments``: one row each, in the official order: government · province
    · state (`STATES`) · lines · amount_krw · the sums of `MONEY` · total_krw (what the share is of) · share (percent) ·
    population · population_year · per_resident (won) · execution (paid ÷ adjusted, percent) · rank (1 = largest amount;
    equal amounts share a rank).
    """

    basis: LineBasis
    rows: pd.DataFrame
    set_aside: pd.DataFrame
    governments: pd.DataFrame
    expected: int
    tables: Tables

    @property
    def missing(self) -> Several:
        """The governments without a line, or with lines without money. An empty file is a finding, not 0 won."""
        gone = self.governments["state"].isin(["no_lines", "empty"])
        return tuple(self.governments.loc[gone, "government"])

    @property
    def present(self) -> Several:
        """The governments whose lines are there, with a programme of this basis or without."""
        there = self.governments["state"].isin(["found", "none_found"])
        return tuple(self.governments.loc[there, "government"])

    @property
    def whole_country(self) -> bool:
        """Are the lines of every government of the level there?"""
        return len(self.present) >= self.expected

    def reasons(self) -> pd.Series:
        """How many lines were set aside for each reason, in the order of `REASONS`."""
        counts = self.set_aside["reason"].value_counts()
        return counts.reindex([r for r in REASONS if r in counts.index]).astype("int64")

    @property
    def measure(self) -> str:
        """What governments are compared by: ``per_resident`` where all have a population, else ``share``."""
        some = self.governments.loc[self.governments["state"] == "found", "population"]
        return "share" if some.empty or some.isna().any() else "per_resident"

    def caption(self, language: str = "ko") -> str:
        """The basis, and what must be said about it."""
        return " — ".join([self.basis.describe(language), "; ".join(self.notes(language))])

    def notes(self, language: str = "ko") -> list[str]:
        """What must stand under every table and chart of this comparison."""
        basis, names = self.basis, [text(f"lines.kind.{k}", language) for k in self.basis.exclusions]
        if basis.snapshot is None:
            return [text("lines.nothing_short", language)]
        said = [text(f"lines.note.{basis.phase}", language, day=say_snapshot(basis.snapshot, language))]
        if names:
            said.append(text("lines.note.exclusions", language, names="·".join(names)))
        said.append(text(f"lines.note.{basis.level}", language))
        if not self.whole_country:
            said.append(text("lines.note.partial", language, n=len(self.present), all=self.expected))
        for heir, former in heirs(self.tables, basis.snapshot, basis.level).items():
            asked = set(self.governments["government"])
            if asked & {heir, *former}:
                names = [self.tables.name(g, language) for g in former]
                key = "lines.note.divided" if asked & set(former) else "lines.note.broken"
                said.append(text(key, language, heir=self.tables.name(heir, language), former="·".join(names)))
        return said


def compare_lines(tables: Tables, lines: OfficialLines, basis: LineBasis) -> LineComparison:
    """The lines that stand on *basis*, the others with their reasons, one row for every government of it.

    Where there are no lines of the year, every government is a gap and the basis that comes back has no snapshot.
    Raises `BasisError` for an unknown government.
    """
    year = basis.fiscal_year or max(lines.years, default=0)
    stored = lines.stored.get(year)
    settled = replace(basis, fiscal_year=year, snapshot=(basis.snapshot or stored.snapshot) if stored else None)
    day = settled.snapshot or (date(year, 12, 31) if year else date.today())
    asked = _asked(tables, settled, day)
    found = divided(tables, lines.programmes, asked, day)
    here = (lines.totals["fiscal_year"] == year) & (lines.totals["snapshot"] == pd.Timestamp(day))
    totals = lines.totals.loc[here & (lines.totals["level"] == settled.level)]
    reason = _reasons(found, lines.kinds, settled, asked)
    amount = found[settled.column] if settled.funding != "local" else found["provincial_krw"] + found["municipal_krw"]
    found = found.assign(amount_krw=amount)
    standing = reason.isna()
    rows = found.loc[standing].reset_index(drop=True)
    aside = found.assign(reason=reason).loc[~standing].reset_index(drop=True)
    expected = len(living(tables, day, settled.level))
    return LineComparison(settled, rows, aside, _by_government(tables, rows, totals, settled, asked), expected, tables)


def living(tables: Tables, day: date, level: str) -> list[str]:
    """The governments of a level that exist on *day*, in the official order."""
    g, when = tables.governments, pd.Timestamp(day)
    alive = ~(g["valid_from"] > when).fillna(False) & ~(g["valid_to"] < when).fillna(False)
    some = g.loc[alive & (g["level"] == level) & g["lofin_code"].notna()].sort_values("official_order", kind="stable")
    return list(dict.fromkeys(some["government"]))


def say_snapshot(day: date | None, language: str = "ko") -> str:
    """The date of a snapshot, as written in a sentence."""
    if day is None:
        return ""
    return f"{day.year}. {day.month}. {day.day}." if language == "ko" else day.isoformat()


def _asked(tables: Tables, basis: LineBasis, day: date) -> list[str]:
    if basis.governments == "all":
        return living(tables, day, basis.level)
    known = set(tables.governments.loc[tables.governments["lofin_code"].notna(), "government"])
    for government in basis.governments:
        if government not in known:
            raise unknown_name("governments", government, sorted(known))
    return sorted(basis.governments, key=tables.order)


def _reasons(found: pd.DataFrame, kinds: pd.Series, basis: LineBasis, asked: list[str]) -> pd.Series:
    tests = {
        "other government": ~found["government"].isin(asked),
        "other level": found["level"] != basis.level,
        "other year": found["fiscal_year"] != basis.fiscal_year,
        "other snapshot": found["snapshot"] != (pd.Timestamp(basis.snapshot) if basis.snapshot else pd.NaT),
        # Bird flu has the scope ``other``: whoever asks for that scope asks for it, too.
        "avian influenza": (found["rule"] == FLU) & ("other" not in basis.scope),
        "AI unclear": (found["is_ai"] == "unclear") & ("other" not in basis.scope),
        "other scope": ~found["scope"].isin(basis.scope),
        "excluded kind": kinds.isin(basis.exclusions),
    }
    applies = pd.DataFrame({reason: tests[reason].fillna(False).astype(bool) for reason in REASONS}, index=found.index)
    return applies.idxmax(axis=1).where(applies.any(axis=1)) if len(found) else pd.Series([], dtype="object")


def _by_government(tables: Tables, rows: pd.DataFrame, totals: pd.DataFrame, basis: LineBasis, asked: list[str]) -> pd.DataFrame:
    """*totals*: those of the year, date and level alone."""
    moved = totals["adjusted_krw"].abs().groupby(totals["government"]).sum()
    kept = totals.loc[~totals["kind"].isin(basis.exclusions)]
    if basis.funding == "local":
        kept = kept.assign(local_krw=kept["provincial_krw"] + kept["municipal_krw"])
    whole = kept.groupby("government")[basis.column].sum()
    sums = rows.groupby("government")[["amount_krw", *MONEY]].sum()
    counts = rows.groupby("government").size()
    out = pd.DataFrame({"government": asked})
    who = out["government"]
    # As the lines say it on their date; where there are none, as the table of governments has it.
    provinces: dict[str, str] = {}
    for table in (tables.governments, totals):
        pairs = dict.fromkeys(zip(table["government"].to_numpy(object), table["province"].to_numpy(object), strict=True))
        provinces |= {g: p for g, p in reversed(pairs) if not pd.isna(p)}
    out["province"] = who.map(provinces)
    out["state"] = [_state(g, moved, counts) for g in who]
    there = out["state"].isin(["found", "none_found"])
    out["lines"] = who.map(counts).fillna(0).astype("Int64").where(there)
    amounts = sums.reindex(asked).fillna(0).astype("Int64").set_axis(out.index).where(there)
    out[list(amounts.columns)] = amounts
    out["total_krw"] = who.map(whole).astype("Int64").where(there)
    people, year = population(tables, asked, basis.fiscal_year - 1), basis.fiscal_year - 1
    out["population"], out["population_year"] = who.map(people).astype("Float64"), year
    money = out["amount_krw"].astype("Float64")
    out["share"] = money / out["total_krw"].astype("Float64").where(out["total_krw"] > 0) * 100
    out["per_resident"] = money / out["population"]
    adjusted = out["adjusted_krw"].astype("Float64")
    out["execution"] = out["paid_krw"].astype("Float64") / adjusted.where(adjusted > 0) * 100
    out["rank"] = out["amount_krw"].rank(method="min", ascending=False).astype("Int64")
    return out


def _state(government: str, moved: "pd.Series[int]", counts: "pd.Series[int]") -> str:
    if counts.get(government, 0):
        return "found"
    if government not in moved.index:
        return "no_lines"
    return "none_found" if moved[government] else "empty"
