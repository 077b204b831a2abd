"""Reads one article: from its text to proposals. Opens no file; what it needs to know is handed to it."""

from dataclasses import replace
from datetime import date

from budgets.reader import tables
from budgets.reader.body import body
from budgets.reader.context import in_context
from budgets.reader.cues import Cues
from budgets.reader.governments import Gazetteer, Speaking
from budgets.reader.known import Known, identified
from budgets.reader.line_by_line import Found, Setting, day_range, read_line
from budgets.reader.money import natured
from budgets.reader.names import Heads
from budgets.reader.naming import Memory
from budgets.reader.parts import listed_below, shares_told_apart, shares_told_next
from budgets.reader.periods import whens
from budgets.reader.places import Article
from budgets.reader.proposals import NOT_SAID, UNKNOWN, LeftOut, Proposal, Published, Reading, Sum
from budgets.reader.published import published as find_published
from budgets.reader.publisher import publisher
from budgets.reader.supposing import suppose
from budgets.reader.tense import Marks, marks
from budgets.reader.tokens import tokens
from budgets.reader.twice import of_headlines, said_again


def read(
    text: str,
    cues: Cues,
    gazetteer: Gazetteer,
    *,
    published: date | None = None,
    government: str | None = None,
    known: Known | None = None,
    tense: Marks = marks,
) -> Reading:
    """All proposals of an article, in the order of the text.

    *published* overrides the day printed in the text; *government* is taken where the text names none. *tense* finds
    the predicates that say when (``reader.tense``).
    """
    article = Article.of(text)
    out = body(article, cues)
    day = Published(published, (), "given") if published else find_published(article, cues)
    lines = [n for n, line in enumerate(article.lines, 1) if line.strip() and out.get(n) in (None, "after_end")]
    speaking, table, heads = Speaking(article, gazetteer, government, lines), tables.rows(article, lines), Heads.of(cues)
    memory = Memory(heads, {row.name.text for row in table.values() if heads.topic.search(row.name.text)}, table)
    setting = Setting(article, cues, gazetteer, tense, day.day, day_range(article, lines, day.day), table, memory, speaking)
    found = _line_by_line(lines, setting)
    proposals, sums = _together(found, setting)
    proposals = [identified(p, known) for p in proposals] if known else proposals
    left = [*(one for line in found for one in line.left_out), *_no_article(out, article, cues)]
    return Reading(article, day, tuple(proposals), publisher(article, cues), tuple(left), tuple(sums), _warnings(day, proposals, article, lines))


def _line_by_line(lines: list[int], setting: Setting) -> list[Found]:
    found: list[Found] = []
    count = 0
    for number in lines:
        found.append(read_line(number, count, setting))
        count += len(found[-1].proposals)
    return found


def _together(found: list[Found], setting: Setting) -> tuple[list[Proposal], list[Sum]]:
    """What the lines say of each other: first which amounts divide which, for a part takes after its whole; then the rest."""
    scenes = {line.scene.number: line.scene for line in found}
    sums = [sum_ for line in found for sum_ in line.sums]
    proposals, added = tables.with_totals([p for line in found for p in line.proposals], setting.table)
    sums += added
    for divided in (listed_below, shares_told_next, shares_told_apart):
        proposals, added = divided(proposals, scenes)
        sums += added
    proposals = [natured(p) for p in in_context(proposals, scenes, sums)]
    proposals = _numbered(of_headlines(setting.article, said_again(proposals)))
    return suppose(proposals, scenes, setting.gazetteer.levels), sums


def _no_article(out: dict[int, str], article: Article, cues: Cues) -> list[LeftOut]:
    """The figures of the lines that are no part of the article."""
    apart = sorted((number, reason) for number, reason in out.items() if reason != "after_end")
    return [LeftOut(token.span, reason) for number, reason in apart for token in tokens(article, number, cues)[0]]


def _numbered(proposals: list[Proposal]) -> list[Proposal]:
    """In the order of the text, numbers and references renewed."""
    ordered = sorted(proposals, key=lambda p: (p.span.line, p.span.start, p.kind))
    new = {p.number: n for n, p in enumerate(ordered, 1)}
    return [replace(p, number=new[p.number], part_of=p.part_of and new[p.part_of], repeats=p.repeats and new[p.repeats]) for p in ordered]


def _warnings(day: Published, proposals: list[Proposal], article: Article, lines: list[int]) -> tuple[str, ...]:
    said = []
    if day.day is None and any(w.relative for n in lines for w in whens(article.line(n), None)):
        said.append("no_date")
    if any(p.fields.get("government", NOT_SAID).value == UNKNOWN for p in proposals):
        said.append("no_government")
    return tuple(said)
