"""Words of time that speak for what follows them: a sentence that only leads on to its items, a heading, a question."""

import re
from dataclasses import replace

from budgets.reader.body import is_prose
from budgets.reader.filling import WHOLE_COST, filled, is_open
from budgets.reader.governing import columns
from budgets.reader.lists import is_item
from budgets.reader.periods import MONEY_TIME, When
from budgets.reader.proposals import NOT_SAID, Proposal, Read
from budgets.reader.scene import Scene, Scenes

_HEADING = re.compile(r"\s*(?:[―—–-]\s?|Q[.:]\s|[□◆◇■▶●<\[【〈《]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][.]?\s|[0-9]{1,2}[.)]\s)")
_TITLE = 4
"""Lines at the head, which are no headings of a part."""
_LONGEST = 40
"""Characters of a heading or question."""
_COUNTED_OUT = re.compile(r"\s*(?:하나|둘|셋|넷|첫째|둘째|셋째|넷째|다섯째)[,.:]?\s")
_IN_ALL = re.compile(rf"(?:{WHOLE_COST}|모두|총)\s?(?:약\s?)?$")
"""모두 175억 원이 드는 큰일."""
Place = tuple[int, int]


def led_on(proposals: list[Proposal], scenes: Scenes) -> list[Proposal]:
    """2028년까지 내건 성과는 세 가지다. 기업 40개사 지원, …: what has no time of its own is of the time that leads on to it."""
    for number, scene in sorted(scenes.items()):
        for start, end in scene.parts.sentences:
            if when := _leading(scene, start, end):
                first, last = _reach(scenes, (number, end))
                proposals = [_led(p, scene, when) if first <= p.span[:2] < last and _may_be_led(p, scenes[p.span.line]) else p for p in proposals]
    return proposals


def _leading(scene: Scene, start: int, end: int) -> When | None:
    """The only word of time of a sentence without figures that leads on, or of a heading."""
    times = scene.times(start, end)
    if len(times) != 1 or times[0].kind not in MONEY_TIME or any(start <= token.span.start < end for token in scene.tokens):
        return None
    leads = any(cue.pattern.search(scene.line, start, end) for cue in scene.cues.of_field("lead_on"))
    return times[0] if leads or _may_be_heading(scene) else None


def _may_be_heading(scene: Scene) -> bool:
    """Of a part, or a question (`lists.is_heading` knows the signs of lists): a short line that is no sentence."""
    return bool(_HEADING.match(scene.line)) and scene.number > _TITLE and len(scene.line) <= _LONGEST and not is_prose(scene.line)


def _reach(scenes: Scenes, place: Place) -> tuple[Place, Place]:
    """How far it speaks: to the end of its paragraph, at its end over the items below; a heading over these, or the prose up to the next."""
    number, end = place
    below = [line for line in sorted(scenes) if line > number]
    if not below or scenes[number].line[end:].strip():
        return place, (number + 1, 0)
    goes_on = is_prose if _may_be_heading(scenes[number]) and not _listed(scenes[below[0]].line) else _listed
    return place, (next((line for line in below if not goes_on(scenes[line].line)), below[-1] + 1), 0)


def _listed(line: str) -> bool:
    return is_item(line) or bool(_COUNTED_OUT.match(line))


def _may_be_led(p: Proposal, scene: Scene) -> bool:
    timed = scene.times(*scene.parts.sentence(p.span.start))
    return is_open(p) and not timed and not (p.kind == "budget" and _IN_ALL.search(scene.line[: p.span.start]))


def _led(p: Proposal, scene: Scene, when: When) -> Proposal:
    led = filled(p, columns(scene, when))
    to_come = scene.published and when.last and when.last >= scene.published
    if led is p or p.kind != "target" or p.fields["phase"] != NOT_SAID or not to_come:
        return led
    return replace(led, fields=led.fields | {"phase": Read("target", (scene.words(when),))})
