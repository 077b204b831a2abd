"""What a text tells twice: the same amount later on, the headline's figure in the body, a figure said again."""

from collections.abc import Iterable
from dataclasses import replace

from budgets.reader.body import is_prose
from budgets.reader.filling import PERIOD, filled, is_dated, is_open, period_of
from budgets.reader.places import Article
from budgets.reader.proposals import UNKNOWN, Proposal
from budgets.reader.scene import Scenes

_BORROWED = ("phase", "period_kind", "period_start", "period_end", "as_of", "extent", "funding", "nature", "indicator", "programme_as_printed")
_Print = tuple[object, ...]


def repeated(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """올해 40억 원을 편성했다. … 편성한 40억 원: the same amount of the same programme printed a second time is of the same period."""
    dated: dict[_Print, list[Proposal]] = {}
    for p in proposals:
        if (print_ := _print(p)) and is_dated(p):
            dated.setdefault(print_, []).append(p)
    prose = {number: is_prose(scene.line) for number, scene in scenes.items()}
    return [_as_before(p, dated.get(_print(p) or (), []), prose) for p in proposals]


def _as_before(p: Proposal, same: list[Proposal], prose: dict[int, bool]) -> Proposal:
    """The period and phase of the first twin; between two sentences it is one only if both name one programme."""
    if is_open(p):
        for twin in same:
            if not (prose[p.span.line] and prose[twin.span.line]) or _alike(p, twin, ["programme_as_printed"]):
                return filled(p, period_of(twin), twin.fields["phase"])
    return _phase_again(p, same)


def _phase_again(p: Proposal, same: list[Proposal]) -> Proposal:
    """An amount printed twice for one programme and period is of one phase, though only one sentence says which."""
    if p.kind != "budget" or p.value("phase") != UNKNOWN:
        return p
    twin = next((q for q in same if q.value("phase") != UNKNOWN and _alike(p, q, ["programme_as_printed", *PERIOD])), None)
    return filled(p, {}, twin.fields["phase"]) if twin else p


def _alike(p: Proposal, q: Proposal, columns: Iterable[str]) -> bool:
    return all(p.value(column) == q.value(column) for column in columns)


def of_headlines(article: Article, proposals: list[Proposal]) -> list[Proposal]:
    """A headline's figure takes what it does not say itself from the first place of the text that prints the same number."""
    prose = {p.span.line: is_prose(article.line(p.span.line)) for p in proposals}
    lead = next((number for number, line in enumerate(article.lines, 1) if is_prose(line)), 0)
    body: dict[_Print, list[Proposal]] = {}
    for p in proposals:
        if p.span.line >= lead and (number := _number(p)):
            body.setdefault(number, []).append(p)
    out = []
    for p in proposals:
        same = [] if prose[p.span.line] else body.get(_number(p) or (), [])
        below = next((q for q in same if q.span.line > p.span.line and (prose[q.span.line] or p.span.line < lead)), None)
        out.append(_borrowing(p, below) if below else p)
    heads = {p.number: p.repeats for p in out if p.span.line < lead or not prose[p.span.line]}
    return [replace(p, repeats=None) if p.repeats and heads.get(p.repeats) == p.number and p.repeats < p.number else p for p in out]


def _borrowing(p: Proposal, other: Proposal) -> Proposal:
    """A headline's figure with what the body says of it; its name, and the years of an envelope, always from there."""
    open_ended = p.value("period_kind") == other.value("period_kind") == "envelope" and not p.value("period_start") and not p.value("period_end")
    always = {"programme_as_printed"} | (set(PERIOD) if open_ended else set())
    another = not open_ended and any(p.value(column) not in ("", UNKNOWN, other.value(column)) for column in PERIOD)
    shared = [name for name in _BORROWED if name in p.fields and name in other.fields and not (another and name in PERIOD)]
    borrowed = {name: other.fields[name] for name in shared if name in always or p.value(name) in ("", UNKNOWN)}
    return replace(p, fields=p.fields | borrowed, repeats=other.number)


def said_again(proposals: list[Proposal]) -> list[Proposal]:
    """Marks what the same text says a second time: same kind, name and number."""
    seen: dict[tuple[object, ...], int] = {}
    out = []
    for p in proposals:
        first = seen.setdefault(_what_is_said(p), p.number) if p.token else p.number
        out.append(replace(p, repeats=first) if first != p.number else p)
    return out


def _what_is_said(p: Proposal) -> tuple[object, ...]:
    assert p.token is not None
    columns = ("programme_as_printed", "unit", "period_end", "phase")
    return (p.kind, p.token.amount.unit, p.token.amount.printed, *(p.value(column) for column in columns))


def _print(p: Proposal) -> _Print | None:
    """What two prints of one amount share; None for what prints no single number."""
    number = _number(p)
    return (p.kind, *number, p.value("unit")) if number else None


def _number(p: Proposal) -> _Print | None:
    return (p.token.amount.unit, p.token.amount.printed) if p.token and p.token.amount.printed is not None else None
