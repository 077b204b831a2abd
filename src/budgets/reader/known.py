"""Proposals against the figures already transcribed: what repeats one, what contradicts one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from budgets.amounts import Amount, read_figure
from budgets.errors import AmountError
from budgets.reader.proposals import UNKNOWN, Against, Proposal, Read

_SAME = {
    "budget": ("phase", "funding", "unit", "nature", "period_start", "period_end"),
    "target": ("indicator", "phase", "extent", "period_start", "period_end", "as_of"),
    "milestone": ("event",),
}
_NOISE = re.compile(r"[\s‘’“”'\"()·,.\-]|사업$|프로젝트$")


@dataclass(frozen=True)
class Known:
    """The transcribed figures, and the printed names of every programme."""

    figures: Mapping[str, tuple[Mapping[str, str], ...]]
    """By programme."""
    aliases: Mapping[str, frozenset[str]]
    governments: Mapping[str, str] = field(default_factory=dict)
    """Of each programme."""
    _met: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Iterable[Mapping[str, str]], programmes: Iterable[Mapping[str, str]]) -> "Known":
        rows: dict[str, list[Mapping[str, str]]] = {}
        names: dict[str, set[str]] = {}
        governments: dict[str, str] = {}
        for programme in programmes:
            governments[programme["programme_id"]] = programme["government"]
            names.setdefault(programme["programme_id"], set()).add(plain(programme["name_ko"]))
        for row in figures:
            rows.setdefault(row["programme_id"], []).append(row)
            names.setdefault(row["programme_id"], set()).add(plain(row["programme_as_printed"]))
        return cls(
            {programme: tuple(found) for programme, found in rows.items()},
            {programme: frozenset(found - {""}) for programme, found in names.items()},
            governments,
        )

    def programmes(self, name: str, government: str) -> set[str]:
        """The programmes of a government that this printed name may mean: it is one of their names, or holds or is held by one."""
        if (name, government) not in self._met:
            own = {p for p in self._meant(name) if government in (UNKNOWN, self.governments.get(p, government))}
            self._met[name, government] = own
        return self._met[name, government]

    def _meant(self, name: str) -> set[str]:
        wanted = plain(name)
        if len(wanted) < 3 or name == UNKNOWN:
            return set()
        exact = {programme for programme, names in self.aliases.items() if wanted in names}
        return exact or {programme for programme, names in self.aliases.items() if any(_contains(wanted, other) for other in names)}


def identified(proposal: Proposal, known: Known) -> Proposal:
    """The proposal with what stands on file: the figures it repeats or contradicts, and its programme.

    The programme is the one whose figure it repeats, or the only one that bears its very name; names that only hold one
    another make programmes `similar`.
    """
    name, relations = proposal.fields["programme_as_printed"], against(proposal, known)
    meant = known.programmes(name.value, proposal.value("government"))
    sure = {a.programme_id for a in relations if a.relation == "repeats"} or {p for p in meant if plain(name.value) in known.aliases[p]}
    if len(sure) != 1:
        return replace(proposal, known=relations, similar=tuple(sorted(meant)))
    return replace(proposal, known=relations, fields=proposal.fields | {"programme_id": Read(sure.pop(), name.words)})


def against(proposal: Proposal, known: Known) -> tuple[Against, ...]:
    """The figures of the same programme, period and phase: equal values repeat, values apart contradict."""
    found = []
    for row in (
        row
        for programme in sorted(known.programmes(proposal.value("programme_as_printed"), proposal.value("government")))
        for row in known.figures.get(programme, ())
    ):
        if row["kind"] != proposal.kind or not _same(proposal, row):
            continue
        relation = _relation(proposal, row)
        if relation:
            found.append(Against(relation, row["figure_id"], row["source_id"], row["as_printed"], row["programme_id"]))  # type: ignore[arg-type]
    repeats = tuple(a for a in found if a.relation == "repeats")
    return repeats or tuple(found)


def _same(proposal: Proposal, row: Mapping[str, str]) -> bool:
    """Do both say the same of every column that names what the figure is? ``unknown`` on one side does not differ."""
    open_ = ("", UNKNOWN)
    for column in _SAME[proposal.kind]:
        ours, theirs = proposal.value(column), row[column]
        if ours != theirs and ours not in open_ and theirs not in open_:
            return False
    return True


def _relation(proposal: Proposal, row: Mapping[str, str]) -> str | None:
    if proposal.token is None:
        same = (proposal.value("date_start"), proposal.value("date_end")) == (row["date_start"], row["date_end"])
        return "repeats" if same else "contradicts" if _dated(proposal, row) else None
    try:
        other = read_figure(row["as_printed"], row["hedge"])
    except AmountError:
        return None
    mine = proposal.token.amount
    if mine.printed == other.printed and mine.printed is not None:
        return "repeats"
    return None if _meet(mine, other) or not _same_period(proposal, row) else "contradicts"


def _dated(proposal: Proposal, row: Mapping[str, str]) -> bool:
    return bool(row["date_start"] and proposal.value("date_start")) and row["date_precision"] == proposal.value("date_precision")


def _same_period(proposal: Proposal, row: Mapping[str, str]) -> bool:
    """Only figures whose period or date is said by both can contradict each other."""
    columns = ("period_end", "as_of") if proposal.kind == "target" else ("period_end",)
    return any(proposal.value(c) and proposal.value(c) == row[c] for c in columns)


def _meet(a: Amount, b: Amount) -> bool:
    return (a.low is None or b.high is None or a.low <= b.high) and (b.low is None or a.high is None or b.low <= a.high)


def _contains(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= 5 and shorter in longer


def plain(name: str) -> str:
    """A name without blanks, quotes and the word 사업 at its end, to be compared.

    >>> plain("AI 바우처 지원 사업") == plain("‘AI 바우처 지원’ 사업")
    True
    """
    for _ in range(2):
        name = _NOISE.sub("", name.strip())
    return name
