"""What a figure's own sentence does not say, but its text does. What is open is filled, always with words;
a phase that is only announced, or approved by the way, yields to one that the text says elsewhere.

Each step is a pure function ``(proposals, scenes) -> proposals`` that speaks of one thing; here is what they are, and in what order.
"""

from collections.abc import Callable, Iterable
from functools import partial

from budgets.reader.carrying import carried
from budgets.reader.durations import lasting
from budgets.reader.event_days import that_day
from budgets.reader.leads import led_on
from budgets.reader.overviews import of_one_item, of_overviews
from budgets.reader.proposals import Proposal, Sum
from budgets.reader.said_once import over, spans, won
from budgets.reader.scene import Scenes
from budgets.reader.subject import of_the_budget
from budgets.reader.twice import repeated
from budgets.reader.wholes import bought, of_one_period, of_wholes

Step = Callable[[list[Proposal], Scenes], list[Proposal]]


def in_context(proposals: list[Proposal], scenes: Scenes, sums: Iterable[Sum]) -> list[Proposal]:
    """The proposals, their open periods and phases filled from the context, the nearest context first."""
    for step in order(sums):
        proposals = step(proposals, scenes)
    return proposals


def order(sums: Iterable[Sum]) -> tuple[Step, ...]:
    """The steps in their order, the only place where it stands. A step fills what is still open, so what comes first is believed first."""
    return (
        # What the text says of many figures at once. These lend their years to all that follows: before any neighbour is asked.
        spans,
        of_overviews,
        led_on,
        lasting,
        of_the_budget,
        # What stands beside it: a sentence or item goes on from a figure that has its year by now, from its own words or the budget's.
        carried,
        of_one_item,
        won,
        # What the text tells elsewhere. A twin is surer than an event that was only mentioned before.
        repeated,
        that_day,
        # What adds up: a whole that has got its year lends it to its parts, and these to wherever they are printed again.
        partial(of_one_period, sums=tuple(sums)),
        repeated,
        # What follows from periods and phases, whoever gave them: so when all have spoken.
        bought,
        over,
        of_wholes,
    )
