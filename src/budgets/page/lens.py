"""A lens: one comparison in several views, among which a reader switches in the page.

Every view is finished before the page is made; switching computes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from budgets.page.environment import render
from budgets.page.table import PASSPORTS, Table
from budgets.words import text

LENS = "application/vnd.budgets.lens+json"
"""The kind of output by which a notebook hands a lens to the page."""
AXES = ("measure", "prices")


@dataclass(frozen=True)
class View:
    """One of the views: a code of `page.lens.measure` and one of `page.lens.prices`, and what is seen: a table, a chart
    (a Vega-Lite specification) or both, or in their place a sentence that says why there is nothing."""

    measure: str
    prices: str
    table: Table | None = None
    chart: Mapping[str, Any] | None = None
    why: str = ""

    def name(self, language: str) -> str:
        return " · ".join(text(f"page.lens.{axis}.{getattr(self, axis)}", language) for axis in AXES)


@dataclass(frozen=True)
class Lens:
    """The views in their order, the first chosen at first.

    *passports*: figure → label → words: the steps from a figure to the numbers shown here.
    """

    title: str
    views: tuple[View, ...]
    language: str = "ko"
    passports: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, Any]:
        """For the page all views; for a notebook their tables, one under another, the first unfolded."""
        views = [
            {
                "measure": view.measure,
                "prices": view.prices,
                "name": view.name(self.language),
                "table": view.table.html if view.table else None,
                "chart": view.chart,
                "why": view.why,
            }
            for view in self.views
        ]
        html = render("lens_notebook.j2", self.language, title=self.title, views=views)
        seen = {"title": self.title, "views": views}
        return {LENS: seen, PASSPORTS: dict(self.passports), "text/html": str(html), "text/plain": self.title}


def lens(seen: Mapping[str, Any], number: int, language: str, drawn: list[Markup]) -> Markup:
    """The section of a page for lens *number*; *drawn* is the finished content of each view, in their order."""
    axes = [(axis, [(code, text(f"page.lens.{axis}.{code}", language)) for code in dict.fromkeys(v[axis] for v in seen["views"])]) for axis in AXES]
    views = list(zip(seen["views"], drawn, strict=True))
    return render("lens.j2", language, number=number, title=seen["title"], axes=axes, views=views)
