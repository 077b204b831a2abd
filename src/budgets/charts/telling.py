"""The passport in the tooltip of a mark that stands for a sum or an official value, as a notebook shows it.

What all marks of a chart say alike (basis, source, place) is held once in its specification and put into the rows by
Vega, so that a page of hundreds of bars does not carry it hundreds of times.
"""

import json
from collections.abc import Mapping, Sequence

import altair as alt

from budgets.charts.theme import Row
from budgets.words import text

Passports = Mapping[str, Mapping[str, str]]


def told(rows: Sequence[Row], passports: Passports, language: str, *fields: str) -> tuple[list[Row], dict[str, str]]:
    """The rows with what the passport of their ``figure`` says under each of *fields* (its first line), and what all of them
    say alike as expressions for ``transform_calculate``."""
    labels = {field: text(f"passport.{field}", language) for field in fields}
    known = [passports.get(row["figure"], {}) for row in rows]
    said = {field: [one.get(label, "").split("\n")[0] for one in known] for field, label in labels.items()}
    kinds = {field: {words for words, one in zip(every, known, strict=True) if one} for field, every in said.items()}
    alike = {field: json.dumps(*some, ensure_ascii=False) for field, some in kinds.items() if len(some) == 1}
    own = [{**row, **{field: said[field][n] for field in fields if field not in alike}} for n, row in enumerate(rows)]
    return own, alike


def telling(language: str, *fields: str) -> list[alt.Tooltip]:
    """The tooltips of these fields of a passport."""
    return [alt.Tooltip(f"{field}:N", title=text(f"passport.{field}", language)) for field in fields]
