"""Where a change stands and which numbers it moved, in words."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from budgets import vocabulary as v
from budgets.passport import citations
from budgets.reading import say_reading, say_short, say_value
from budgets.revisions.causes import Effect, Revision
from budgets.revisions.numbers import Name, Value
from budgets.revisions.records import FIGURES, Change, Row
from budgets.tables import Tables
from budgets.words import text


@dataclass(frozen=True)
class Moved:
    """One number that is another one, in words. *causes*: their kinds; *changes*: the identifiers of the changes."""

    where: str
    what: str
    before: str
    after: str
    causes: str
    changes: tuple[str, ...]


class Speaker:
    """Says the parts of one revision in one language; names come from the new state, else from the old one."""

    def __init__(self, revision: Revision, language: str) -> None:
        self.revision, self.language = revision, language
        self._states: tuple[Tables, Tables] = (revision.new, revision.old)

    def say(self, key: str, **fields: object) -> str:
        return text(f"revisions.say.{key}", self.language, **fields)

    # ---- where a change stands ----

    def place(self, change: Change) -> str:
        """The row that changed: what it is, whose, and its identifier."""
        row = change.row
        parts = [text(f"revisions.table.{change.table}", self.language)]
        if change.table == "denominators":
            what = "field" if row["field"] else "denominator"
            named = row["field"] or v.label("denominator", row["denominator"], self.language)
            basis = [v.label(name, row[name], self.language) for name in ("stage", "accounts", "netting") if row[name] and what == "denominator"]
            return " · ".join([*parts, self.government(row["government"]), row["year"], named, *basis])
        figure = row.get("figure_id", "")
        programme = row.get("programme_id", "") or self._programme_of.get(figure, "")
        government = row.get("government", "") or self._owner.get(programme, "")
        parts += [self.government(government)] if government else []
        parts += [self._programmes.get(programme, programme)] if programme else []
        return f"{' · '.join(parts)} ({figure or row.get('id') or change.key[0]})"

    def source(self, row: Row) -> str:
        """The source of a figure and the place in it."""
        for tables in self._states:
            if row["source_id"] in set(tables.sources["source_id"]):
                cited = citations(tables, [row["source_id"]], self.language)[row["source_id"]]
                return self.say("source", source=cited, locator=row["locator"])
        return ""

    # ---- numbers ----

    def effect(self, effect: Effect) -> str:
        """One number that changed, in a line; the kinds of its causes where there are several."""
        moved = self.moved(effect)
        said = self.say("effect", where=moved.where, what=moved.what, before=moved.before, after=moved.after)
        return self.say("together", effect=said, kinds=moved.causes) if len(effect.causes) > 1 else said

    def moved(self, effect: Effect) -> Moved:
        before, after = self.values(effect)
        kinds = [text(f"revisions.kind.{kind}", self.language) for kind in effect.kinds]
        causes = kinds[0] if len(effect.causes) == 1 else self.say("combined", kinds=" + ".join(kinds))
        what = text(f"revisions.measure.{effect.name.measure}", self.language, of=self._of(effect.name))
        return Moved(effect.view.title(self.language), what, before, after, causes, tuple(change.id for change in effect.causes))

    def values(self, effect: Effect) -> tuple[str, str]:
        """Before and after; with their intervals where the printed values alone are the same."""
        short = tuple(self._value(effect.name, value) for value in (effect.before, effect.after))
        if short[0] == short[1] and effect.before is not None and len(effect.before) > 1:
            short = tuple(self._value(effect.name, value, with_interval=True) for value in (effect.before, effect.after))
        return short[0], short[1]

    def _value(self, name: Name, value: Value | None, *, with_interval: bool = False) -> str:
        language = self.language
        if value is None:
            return self.say("empty")
        if name.measure == "rank":
            return text("essay.uncertain", language) if value[0] is None else self.say("rank", n=int(value[0]))
        if len(value) == 1:
            return self.say("items", n=f"{int(value[0] or 0):,}")
        low, printed, high = value
        say = say_reading if with_interval else say_short
        counter = self._counters.get(name.unit, "")
        said = say(low, printed, high, name.unit, language, counter=counter)
        if printed is not None and name.unit == "percent" and not with_interval and abs(printed) < 1:
            said = f"{printed:.3g}%"
        return said or (say_value(printed, name.unit, language) if printed is not None else self.say("empty"))

    def _of(self, name: Name) -> str:
        """Whose number it is: a government, a figure, a target and its result, a field of a government, a table."""
        first, _, rest = name.of.partition(" ")
        if name.measure == "rows":
            return text(f"revisions.counts.{name.of}", self.language)
        if name.measure in ("value", "achievement"):
            programme = self._programme_of.get(first, "")
            return f"{self.government(self._owner.get(programme, ''))} {self._programmes.get(programme, programme)} ({first})"
        return " ".join(part for part in (self.government(first), rest) if part)

    def whole_name(self, government: str) -> str:
        """부산광역시 중구, where 중구 alone would be one of several."""
        names = self.revision.new.governments.set_index("government")["name_ko"]
        return str(names[names.index == government].iloc[-1]) if self.language == "ko" and government in names.index else self.government(government)

    def government(self, government: str) -> str:
        for tables in self._states:
            if government in set(tables.governments["government"]):
                return tables.name(government, self.language)
        return government

    @cached_property
    def _programmes(self) -> dict[str, str]:
        return self._mapped("programmes", "programme_id", f"name_{self.language}")

    @cached_property
    def _owner(self) -> dict[str, str]:
        return self._mapped("programmes", "programme_id", "government")

    @cached_property
    def _programme_of(self) -> dict[str, str]:
        return {figure: programme for table in FIGURES for figure, programme in self._mapped(table, "figure_id", "programme_id").items()}

    @cached_property
    def _counters(self) -> dict[str, str]:
        return self._mapped("indicators", "unit", "unit_ko")

    def _mapped(self, table: str, key: str, value: str) -> dict[str, str]:
        both = pd.concat([getattr(tables, table)[[key, value]] for tables in reversed(self._states)])
        return {str(k): str(x) for k, x in zip(both[key], both[value], strict=True)}
