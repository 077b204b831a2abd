"""Articles of our own with their truth in place: ``⟦print|kind|period|phase|whose or what|programme|unit|government⟧``.

*unit* is left out for won, *government* for that of the head.
*kind* is b (money), t (count) or m (event). *period*: ``2025`` a fiscal year · ``2025..2027`` an envelope, an end may be
open · ``2025-03-01..2025-06-30`` a part of a year, the days of an event · ``@2025-03-31`` a stock at a date · ``?`` the
text does not say. *phase* of an event is its state. ``*`` is not held against the reader.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from budgets.reader import Proposal, Reading

KINDS = {"b": "budget", "t": "target", "m": "milestone"}
FIELDS = ("print", "period", "phase", "whose", "programme", "unit", "government")
_WHOSE = {"budget": "funding", "target": "indicator", "milestone": "event"}
_MARK = re.compile(r"⟦([^⟧]*)⟧")


@dataclass(frozen=True)
class Expected:
    """One figure or event as a careful reader takes it from the text."""

    line: int
    start: int
    text: str
    kind: str
    period: str
    phase: str
    whose: str
    """funding of money, indicator of a count, kind of an event"""
    programme: str
    unit: str
    government: str


@dataclass(frozen=True)
class Annotated:
    """An article, and what it says."""

    name: str
    text: str
    published: date
    government: str
    expected: tuple[Expected, ...]


@dataclass
class Count:
    """How well some articles were read; ``remarks`` names each miss, false proposal and wrong field."""

    wanted: int = 0
    found: int = 0
    events_wanted: int = 0
    events_found: int = 0
    proposals: int = 0
    false: int = 0
    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        return self.right[name] / self.of[name] if self.of[name] else 1.0


def load(path: Path) -> Annotated:
    """The article without its marks, and its marks. Raises ValueError for a mark that cannot be read."""
    head, _, marked = path.read_text(encoding="utf-8").partition("\n---\n")
    passport = dict(line.split(": ", 1) for line in head.splitlines())
    lines, expected = [], []
    for number, line in enumerate(marked.rstrip("\n").split("\n"), 1):
        plain, at = "", 0
        for hit in _MARK.finditer(line):
            plain += line[at : hit.start()]
            text, kind, period, phase, whose, programme, *rest = hit[1].split("|")
            unit, government = (*rest, "", "")[:2]
            unit = unit or ("KRW" if kind == "b" else "*")
            expected.append(Expected(number, len(plain), text, KINDS[kind], period, phase, whose, programme, unit, government or passport["government"]))
            plain += text
            at = hit.end()
        lines.append(plain + line[at:])
    return Annotated(path.stem, "\n".join(lines), date.fromisoformat(passport["published"]), passport["government"], tuple(expected))


def count(article: Annotated, reading: Reading, total: Count) -> None:
    """Add one reading to *total*."""
    taken: set[int] = set()
    for e in article.expected:
        event = e.kind == "milestone"
        p = next((p for p in reading.proposals if p.number not in taken and _matches(p, e)), None)
        total.wanted += not event
        total.events_wanted += event
        if p is None:
            total.remarks.append(f"{article.name} line {e.line}: {e.text} missed")
            continue
        taken.add(p.number)
        total.found += not event
        total.events_found += event
        said, wanted = _said(p), _wanted(e)
        for name in FIELDS:
            if wanted[name] == "*":
                continue
            right = _COMPARE.get(name, str.__eq__)(said[name], wanted[name])
            total.of[name] += 1
            total.right[name] += right
            if not right:
                total.remarks.append(f"{article.name} line {e.line}: {e.text} {name} {said[name]}, not {wanted[name]}")
    false = [p for p in reading.proposals if p.number not in taken]
    total.remarks += [f"{article.name} line {p.span.line}: {p.span.text} ({p.kind}) false" for p in false]
    total.false += len(false)
    total.proposals += len(reading.proposals)


def _matches(p: Proposal, e: Expected) -> bool:
    """The same kind of proposal at the same characters; a hedge word more or less is held against the print."""
    return p.kind == e.kind and p.span.line == e.line and p.span.start < e.start + len(e.text) and e.start < p.span.end


def _said(p: Proposal) -> dict[str, str]:
    return {
        "print": p.span.text, "period": period_of(p), "phase": p.value("state" if p.kind == "milestone" else "phase"), "whose": p.value(_WHOSE[p.kind]),
        "programme": p.value("programme_as_printed"), "unit": p.value("unit"), "government": p.value("government"),
    }  # fmt: skip


def _wanted(e: Expected) -> dict[str, str]:
    return {"print": e.text, "period": e.period, "phase": e.phase, "whose": e.whose, "programme": e.programme, "unit": e.unit, "government": e.government}


def period_of(p: Proposal) -> str:
    """The period of a proposal in the writing of the annotation."""
    if p.kind == "milestone":
        return f"{p.value('date_start')}..{p.value('date_end')}"
    if p.value("as_of"):
        return f"@{p.value('as_of')}"
    start, end = p.value("period_start"), p.value("period_end")
    match p.value("period_kind"):
        case "unknown" | "":
            return "?"
        case "fiscal_year":
            return start[:4]
        case "envelope":
            return f"{start[:4]}..{end[:4]}"
    return f"{start}..{end}"


def _same_period(said: str, wanted: str) -> bool:
    """A stock printed for 2027 stands at its end."""
    return said == wanted or (len(wanted) == 4 and said == f"@{wanted}-12-31")


def overlap(name: str, other: str) -> bool:
    """Do two names share at least half of the words of the shorter one, 사업 aside?"""
    mine, theirs = ({word for word in n.replace("'", "").replace("R&D", "R&D ").split() if word not in ("사업", "및")} for n in (name, other))
    shared = len(mine & theirs) or sum(any(len(b) > 3 and (b in a or a in b) for b in theirs) for a in mine if len(a) > 3)
    return bool(mine and theirs) and shared * 2 >= min(len(mine), len(theirs))


_COMPARE: dict[str, Callable[[str, str], bool]] = {"period": _same_period, "programme": overlap}
