"""A revision in words, for a 정오표: what became of which row, before and after, why, and which numbers it moved."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from budgets.amounts import format_amount
from budgets.contract import columns
from budgets.reading import given, say_day
from budgets.revisions.causes import Effect, Revision
from budgets.revisions.effects import Moved, Speaker
from budgets.revisions.official_lines import Lines, LinesChange, Side
from budgets.revisions.official_sums import Sums, SumsChange
from budgets.revisions.records import DERIVED, FIGURES, KINDS, TERMS, WHY, Change, Row
from budgets.schema import CLEAN, RULING
from budgets.tables import Tables
from budgets.vocabulary import SCOPES
from budgets.words import catalogue, text

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
QUIET = ("value", "compared", "beside", "published", "whole", "rows")
"""Numbers that follow from the row itself or count rows: listed in full, not among the first things said."""
MODELS = CLEAN | {f"{name.removesuffix('s')}_rulings": model for name, model in RULING.items()}
GIST = {
    "budgets": ("as_printed", "phase", "funding", "period_start", "period_end"),
    "targets": ("indicator", "as_printed", "phase"),
    "milestones": ("event", "as_printed", "date_start", "date_end", "state"),
    "programmes": ("name_ko",),
    "governments": ("name_ko", "level"),
    "indicators": ("name_ko", "unit"),
    "denominators": ("value",),
    "sources": ("publisher", "title", "published_on"),
    "programme_rulings": ("scope", "coverage", "parent"),
    "figure_rulings": ("ruling", "other_figure_id"),
    "terms": ("pattern", "scope", "is_ai"),
}
"""What of a whole row is said where it came or went."""


@dataclass(frozen=True)
class Erratum:
    """One line of the 정오표, in words. *effects*: the numbers it moved, all of them; *loud*: those worth saying first."""

    change: Change | LinesChange | SumsChange
    kind: str
    place: str
    before: str
    after: str
    reason: str
    effects: tuple[str, ...]
    loud: tuple[str, ...]

    def said(self, most: int, language: str) -> list[str]:
        """At most so many of the numbers it moved, and how many more there are."""
        if not self.effects:
            return [text("revisions.say.no_effect", language)]
        rest = len(self.effects) - len(self.loud[:most])
        return [*self.loud[:most], *([text("revisions.say.more" if self.loud else "revisions.say.only_counts", language, n=rest)] if rest else [])]


def errata(revision: Revision, language: str = "ko") -> list[Erratum]:
    """The lines of the 정오표, in the order of the changes."""
    speaker = Speaker(revision, language)
    moved: dict[str, list[Effect]] = {change.id: [] for change in revision.changes}
    for effect in revision.effects:
        for change in effect.causes:
            moved[change.id].append(effect)
    return [*(_erratum(change, moved[change.id], speaker) for change in revision.changes), *(_of_lines(change, speaker) for change in revision.lines)]


def moved(revision: Revision, language: str = "ko") -> list[Moved]:
    """Every number that changed, with its causes, in the order of what shows them."""
    speaker = Speaker(revision, language)
    return [speaker.moved(effect) for effect in revision.effects]


def lines(revision: Revision, language: str = "ko", most: int = 6) -> list[str]:
    """The 정오표 as plain text: how much changed, then each change with at most so many numbers it moved."""
    said = [lead(revision, language)]
    for one in errata(revision, language):
        said += ["", text("revisions.say.line", language, kind=one.kind, place=one.place)]
        said += [f"  {line}" for line in _moved(one.before, one.after, language)]
        said += [f"  {text('revisions.say.reason', language, reason=one.reason)}"] if one.reason else []
        said += [f"  · {effect}" for effect in one.said(most, language)]
    return said


def summary(old: Tables, new: Tables, changes: Iterable[Change], language: str = "ko", most: int = 12) -> list[str]:
    """A few lines for a first page: how much changed, then one line a change, figures and rulings first."""
    found = list(changes)
    if not found:
        return []
    speaker = Speaker(Revision(old, new, tuple(found), ()), language)
    order = [*FIGURES, "figure_rulings", "programme_rulings", "denominators"]
    first = sorted(found, key=lambda one: order.index(one.table) if one.table in order else len(order))
    said = [_one_line(_erratum(change, [], speaker), language) for change in first[:most]]
    rest = len(found) - most
    return [headline(found, language), *said, *([text("revisions.say.more_changes", language, n=rest)] if rest > 0 else [])]


def lead(revision: Revision, language: str) -> str:
    """What is said first of a revision: its changes, and how many of them are of the official lines."""
    if not revision.lines:
        return headline(revision.changes, language, len(revision.effects))
    n = text("revisions.lines.lead", language, n=len(revision.lines))
    return f"{headline(revision.changes, language, len(revision.effects))} {n}" if revision.changes else n


def headline(changes: Iterable[Change], language: str, effects: int | None = None) -> str:
    """How many changes of which kinds, and how many numbers they moved, where that was worked out."""
    counts = Counter(change.kind for change in changes)
    if not counts:
        return text("revisions.say.nothing", language)
    kinds = ", ".join(
        text("revisions.say.kind_count", language, kind=text(f"revisions.kind.{kind}", language), n=counts[kind]) for kind in KINDS if counts[kind]
    )
    return kinds if effects is None else text("revisions.say.count", language, n=counts.total(), kinds=kinds, effects=effects)


def _erratum(change: Change, moved: list[Effect], speaker: Speaker) -> Erratum:
    language = speaker.language
    before, after = (_side(change, side, language) for side in ("before", "after"))
    return Erratum(
        change,
        text(f"revisions.kind.{change.kind}", language),
        speaker.place(change),
        before,
        after,
        _reason(change, speaker),
        tuple(speaker.effect(effect) for effect in moved),
        tuple(speaker.effect(effect) for effect in moved if effect.name.measure not in QUIET or change.table == "targets"),
    )


def _of_lines(change: LinesChange | SumsChange, speaker: Speaker) -> Erratum:
    """What became of the lines of one government and year, and what of it was or is AI."""
    language = speaker.language

    def side(one: Side | None) -> str:
        said = {} if one is None else {"day": one.snapshot, "lines": f"{one.lines:,}"} | _amount(one.ai, language)
        return text("revisions.lines.side", language, **said) if said else text("revisions.say.empty", language)

    place = text("revisions.lines.place", language, year=change.year, government=speaker.whole_name(change.government))
    why, effects = _of_single_lines(change, language) if isinstance(change, LinesChange) else _of_sums(change, language)
    return Erratum(change, text(f"revisions.kind.{change.kind}", language), place, side(change.before), side(change.after), why, effects, effects)


def _of_single_lines(change: LinesChange, language: str) -> tuple[str, tuple[str, ...]]:
    """(how many lines came, went and changed; what of that is AI)."""
    parts = [(key, lines) for key in ("ai_new", "ai_gone", "ai_found", "ai_lost", "ai_moved") if (lines := getattr(change, key)).n]
    said = tuple(text(f"revisions.lines.{key}", language, **_amount(lines, language)) for key, lines in parts)
    counts = {"new": f"{change.new:,}", "gone": f"{change.gone:,}", "changed": f"{change.changed:,}"}
    return text("revisions.lines.counts", language, **counts), said or (text("revisions.lines.same_ai", language),)


def _of_sums(change: SumsChange, language: str) -> tuple[str, tuple[str, ...]]:
    """(why the sums are others; every sum that is another one, before and after)."""
    old, new = (_sums_shown(one) for one in (change.before, change.after))
    nothing = Lines(0, 0)
    moved = [(key, old.get(key, nothing), new.get(key, nothing)) for key in dict.fromkeys([*old, *new])]

    def amount(lines: Lines) -> str:
        return text("revisions.lines.amount", language, **_amount(lines, language))

    said = tuple(text("revisions.lines.sum", language, what=text(key, language), before=amount(a), after=amount(b)) for key, a, b in moved if a != b)
    why = text(f"revisions.lines.why_{'together' if change.together else change.kind}", language)
    return f"{why} {text('revisions.lines.only_sums', language)}", said or (text("revisions.lines.same_sums", language),)


def _sums_shown(sums: Sums | None) -> dict[str, Lines]:
    """The sums of one side by the key of what they are called: all lines, AI, and each verdict."""
    if sums is None:
        return {}
    of = sums.verdicts
    verdicts = {f"scope.{scope}": of[scope] for scope in SCOPES if scope in of} | {f"lines.reason.{other}": of[other] for other in of if other not in SCOPES}
    return {"revisions.lines.all": Lines(sums.lines, sums.krw), "revisions.lines.ai": sums.ai} | verdicts


def _amount(lines: Lines, language: str) -> dict[str, str]:
    return {"n": f"{lines.n:,}", "krw": format_amount(lines.krw, language)}


def _side(change: Change, side: str, language: str) -> str:
    """The cells of one side, one a line; of a row that came or went the cells that say what it was."""
    row: Row | None = getattr(change, side)
    if row is None:
        return text("revisions.say.empty", language)
    whole = change.before is None or change.after is None
    names = list(GIST[change.table]) if whole else [field.column for field in change.fields]
    follows = {"denominators": ("low", "high"), "figure_rulings": WHY, "programme_rulings": WHY, TERMS: WHY}.get(change.table, DERIVED)
    kept = [name for name in names if name not in follows] or names
    return "\n".join(_cell(change.table, name, row[name], language) for name in kept if not whole or row[name])


def _cell(table: str, column: str, value: str, language: str) -> str:
    said = _value(table, column, value, language) if value else text("revisions.say.empty", language)
    return text("revisions.say.cell", language, column=_column(table, column, language), value=said)


def _value(table: str, column: str, value: str, language: str) -> str:
    """A cell as readers call it: codes by their words, long numbers with separators."""
    vocabulary = {("targets", "phase"): "target_phase", ("milestones", "state"): "milestone_state"}.get((table, column), column)
    if f"{vocabulary}.{value}" in catalogue():
        return text(f"{vocabulary}.{value}", language)
    plain = value.replace(".", "", 1)
    if table == "denominators" and column in ("value", "low", "high") and plain.isdigit():
        return f"{float(value):,.10g}" if "." in value else f"{int(value):,}"
    return say_day(date.fromisoformat(value), language) if DAY.fullmatch(value) else value


@cache
def _column(table: str, column: str, language: str) -> str:
    """What readers call a column: its description in the contract up to the first bracket or stop."""
    if table not in MODELS:
        return text(f"revisions.column.{column}", language)
    described = columns(MODELS[table]).set_index("column")[language]
    return str(described[column]).split("(")[0].split(".")[0].split(";")[0].strip()


def _reason(change: Change, speaker: Speaker) -> str:
    row = change.row
    if given(row.get("reason")):
        return row["reason"]
    if change.table in FIGURES:
        return " ".join(part for part in (speaker.source(row), row["note"]) if part)
    if change.table == "denominators":
        return " ".join(part for part in (row["source"], row["note"]) if part)
    return row.get("note", "")


def _moved(before: str, after: str, language: str) -> list[str]:
    """Before and after, cell by cell where both sides have the same cells."""
    old, new = before.split("\n"), after.split("\n")
    if len(old) == len(new) and all(a.partition(": ")[0] == b.partition(": ")[0] for a, b in zip(old, new, strict=True)):
        return [text("revisions.say.moved", language, before=a, after=b.partition(": ")[2] or b) for a, b in zip(old, new, strict=True)]
    return [text("revisions.say.moved", language, before=" · ".join(old), after=" · ".join(new))]


def _one_line(one: Erratum, language: str) -> str:
    said = "; ".join(_moved(one.before, one.after, language))
    return f"{text('revisions.say.line', language, kind=one.kind, place=one.place)} — {said}"
