"""What a printed amount of money says about itself: nature, unit, phase, whose money."""

import re
from dataclasses import replace

from budgets.reader.places import Span
from budgets.reader.proposals import NOT_SAID, UNKNOWN, Proposal, Read, Token
from budgets.reader.scene import Scene, said
from budgets.reader.tense import marks

_FUNDING_REACH, _PHASE_REACH, _UNIT_REACH = 7, 18, 14
_STRONGER_THAN_LABELS = {"requested", "applied_for"}
_NEAR = 16
_INCLUDING = re.compile(r"\s?[을를]\s?(?:포함한|포함해|포함하면|더한|더해|합친)\s[^,.]{0,12}")
_GIVEN = re.compile(r"씩?(?:[을를으로]|은\s꼭)")
"""The amount is what is given or spent: the object of its sentence, or its means."""
_STATE = re.compile(r"차지|달[한하]|이[른르]|그[친치]|웃돈|밑돈|넘는|남는|해당|뜻|말[한하]|보인|나타|꼽")
"""Predicates that say how much it is, not what is done with it."""
_ROUND = re.compile(r"(?:제\s?)?([1-9])\s?(?:회|차)\s?(?=추)")


def read_money(scene: Scene, token: Token) -> dict[str, Read]:
    """nature, unit, phase, phase_round and funding of an amount, each ``unknown`` where the text does not say."""
    return {"nature": nature(scene, token), "unit": unit(scene, token), **phase(scene, token), "funding": funding(scene, token)}


def unit(scene: Scene, token: Token) -> Read:
    """A rate (과제당, 1인당, 매년) or, by default, a total."""
    label = scene.label(token, "unit", _UNIT_REACH)
    return said(*label) if label else Read("KRW")


def nature(scene: Scene, token: Token) -> Read:
    """Budget, fund, investment …: the nearest word that says so; money that is spent or planned is a budget."""
    start, end = token.span.start, token.span.end
    clause = scene.parts.clause(start)
    back = max([clause[0], start - _NEAR, *(t.span.end for t in scene.tokens if t.span.end <= start)])
    ahead = min(clause[1], end + _NEAR, scene.behind(token)[1])
    for at, cue, span in scene.after(token, "nature"):
        if at <= _NEAR:
            return said(cue, span)
    found = []
    for order, cue in enumerate(scene.cues.of_field("nature")):
        if cue.side != "near" or cue.value == "budget":
            continue
        found += [(hit.start() - end, order, cue, hit) for hit in cue.pattern.finditer(scene.line, end, ahead)]
        found += [(start - hit.end() + 1, order, cue, hit) for hit in cue.pattern.finditer(scene.line, back, start)]
    if found:
        _, _, cue, hit = min(found, key=lambda f: f[:2])
        return Read(cue.value, (scene.span(hit.start(), hit.end()),))
    for cue in scene.cues.of_field("nature"):
        if cue.side == "near" and cue.value == "budget" and (word := scene.near(cue, *scene.parts.sentence(start))):
            return said(cue, word)
    return NOT_SAID


def natured(p: Proposal) -> Proposal:
    """The amount as a budget where only its phase is said: what is announced, asked for, approved or spent is one."""
    read = p.fields.get("phase", NOT_SAID)
    if p.kind != "budget" or p.value("nature") != UNKNOWN or read.value == UNKNOWN:
        return p
    return replace(p, fields=p.fields | {"nature": Read("budget", read.words)})


def phase(scene: Scene, token: Token) -> dict[str, Read]:
    """The phase of a budget.

    A label before the amount (추경 25억) decides, unless the verb says that it was only asked for; then the verbs
    behind it, those that name a phase before those that only announce; then a call that was won earlier in the sentence.
    """
    label = scene.label(token, "phase", _PHASE_REACH)
    behind = scene.after(token, "phase")
    clause_end = scene.parts.clause(token.span.start)[1]
    own = [hit for hit in behind if hit[2].start < clause_end]
    strong = next((hit for hit in own if hit[1].value not in ("announced", "unknown")), None)
    if label and not (strong and strong[1].value in _STRONGER_THAN_LABELS):
        rounds = _ROUND.search(label[1].text)
        if label[0].value == "approved" and _grown(scene, token, label[1]):
            return {"phase": Read("adjusted", (label[1],)), "phase_round": Read("")}
        said_round = Read(f"{rounds[1]}회", (label[1],)) if rounds and label[0].value == "supplementary" else Read("")
        return {"phase": said(*label), "phase_round": said_round}
    chosen = strong or (behind[0] if behind else None)
    read = said(chosen[1], chosen[2]) if chosen else NOT_SAID
    if read.value in ("announced", "unknown") and (earlier := _earlier(scene, token)):
        read = earlier
    if read == NOT_SAID:
        read = _planned(scene, token)
    return {"phase": read, "phase_round": Read("")}


def _grown(scene: Scene, token: Token, label: Span) -> bool:
    """본예산 412억 원에서 599억 원으로, in a sentence on a supplementary budget: what the budget has become."""
    start, end = scene.parts.sentence(token.span.start)
    from_it = any(label.end <= t.span.start < token.span.start for t in scene.tokens)
    return from_it and any(cue.value == "supplementary" and scene.near(cue, start, end) for cue in scene.cues.of_field("phase") if cue.side == "label")


def _planned(scene: Scene, token: Token) -> Read:
    """군비 3억 원을 얹어 길을 넓힌다: a predicate that speaks of what is done or to be done announces the money."""
    if not _GIVEN.match(scene.line, token.span.end) or scene.taken_back(token, "phase"):
        return NOT_SAID
    found = marks(scene.line, token.span.end, scene.parts.sentence(token.span.start)[1])
    if not found or found[0].tense not in ("future", "present", "noted"):
        return NOT_SAID
    words = scene.span(found[0].start, found[0].end)
    return NOT_SAID if _STATE.match(words.text) else Read("announced", (words,))


def _earlier(scene: Scene, token: Token) -> Read | None:
    """A call won or entered earlier in the same sentence, with no other year in between."""
    start, end = scene.before(token, wide=True)
    for cue in scene.cues.of_field("phase_before"):
        span = scene.near(cue, start, end)
        if span and not any(w.kind == "year" and span.end <= w.start < end and w.relative for w in scene.whens):
            return said(cue, span)
    return None


def funding(scene: Scene, token: Token) -> Read:
    """Whose money: the word before the amount, or right behind it. 시비 stays ``city`` until the government is known."""
    part = next((t for t in scene.tokens if t.money and _INCLUDING.fullmatch(scene.line, t.span.end, token.span.start)), None)
    if part and (share := scene.label(part, "funding", _FUNDING_REACH)):
        return Read("mixed", (share[1], scene.span(part.span.end, token.span.start)))  # 국비 140억 원을 포함한 236억 원
    label = scene.label(token, "funding", _FUNDING_REACH)
    if label:
        return said(*label)
    for start, cue, span in scene.after(token, "funding"):
        if start == 0:
            return said(cue, span)
    return NOT_SAID
