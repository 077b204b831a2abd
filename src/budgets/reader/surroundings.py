"""The sentence or the line around a print, with the print in marks ⟦…⟧: what rules that hold a figure are searched in."""

import re
from typing import NamedTuple

from budgets.reader.places import Span
from budgets.reader.scene import Scene


class Surroundings(NamedTuple):
    """A stretch of a line with one print marked."""

    text: str
    scene: Scene
    start: int
    print: Span

    def words(self, hit: re.Match[str]) -> tuple[Span, ...]:
        """The groups of a rule as places of the line."""
        groups = [hit.span(n) for n in range(1, hit.re.groups + 1) if hit[n]]
        return tuple(self.scene.span(self._back(a), self._back(b)) for a, b in groups)

    def _back(self, at: int) -> int:
        """A place in the marked text, in the line: behind the print two marks were put in."""
        return self.start + at - (2 if self.start + at > self.print.start else 0)


def surroundings(print_: Span, scene: Scene, *, line: bool = False) -> Surroundings:
    """The sentence of a print, or its whole *line*."""
    start, end = (0, len(scene.line)) if line else scene.parts.sentence(print_.start)
    return Surroundings(f"{scene.line[start : print_.start]}⟦{print_.text}⟧{scene.line[print_.end : end]}", scene, start, print_)
