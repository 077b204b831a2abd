"""Who looks a figure up and says its passport, in any of its forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from budgets import vocabulary as v
from budgets.errors import unknown_name
from budgets.reading import given, say_event_date, say_period, say_place, say_published, say_reading, say_steps
from budgets.tables import Register, Row, Tables
from budgets.words import catalogue, text

ENDS = {"budgets": ("amount_low_krw", "amount_krw", "amount_high_krw"), "targets": ("value_low", "value", "value_high")}


@dataclass(frozen=True)
class Office:
    """Looks up and says; one for each call, since tables are never changed in place."""

    tables: Tables
    language: str
    given: Mapping[str, Row] | None = None
    """The figures, where the caller holds them already."""

    @cached_property
    def register(self) -> Register:
        return self.tables.register

    @property
    def figures(self) -> Mapping[str, Row]:
        return self.register.figures if self.given is None else self.given

    def figure(self, figure_id: str) -> Row:
        if figure_id not in self.figures:
            raise unknown_name("figure_id", figure_id, self.figures)
        return self.figures[figure_id]

    def say(self, key: str, **fields: object) -> str:
        return text(f"passport.says.{key}", self.language, **fields)

    def label(self, vocabulary: str, code: str) -> str:
        return v.label(vocabulary, code, self.language)

    # ---- the full form ----

    def full(self, figure_id: str) -> dict[str, str]:
        row = self.figure(figure_id)
        programme, source = self.of_programme(row["programme_id"]), self.of_source(row["source_id"])
        name, printed = programme["name"], row["programme_as_printed"]
        said = {
            "programme": name if printed == name else self.say("name_as_printed", name=name, printed=printed),
            "government": programme["government"],
            "printed": row["as_printed"],
            **self.meaning(row),
            "words": row["words"],
            "source": source["source"],
            "published": source["published"],
            "locator": say_place(row["locator"], self.language),
            "url": source["url"],
            "licence": source["licence"],
            "checked": source["checked"],
            "reliability": source["reliability"],
            "rulings": "\n".join(self.rulings(figure_id)) or self.say("no_ruling"),
            "programme_ruling": programme["ruling"],
            "note": row["note"],
            "source_note": source["note"],
        }
        return {text(f"passport.{key}", self.language): str(x) for key, x in said.items() if given(x)}

    def brief(self, figure_id: str, row: Row) -> dict[str, str]:
        programme, source = self.of_programme(row["programme_id"]), self.of_source(row["source_id"])
        said = {
            "reading": "" if row["_kind"] == "milestones" else self.reading(row),
            "words": row["words"],
            "locator": say_place(row["locator"], self.language),
            "rulings": "\n".join(self.rulings(figure_id)) or self.no_ruling,
            "source": source["source"],
            "published": source["published"],
            "url": source["url"],
            "licence": source["licence"],
            "programme_ruling": programme["ruling"],
        }
        return {key: str(x) for key, x in said.items() if given(x)}

    @cached_property
    def no_ruling(self) -> str:
        return self.say("no_ruling")

    @cached_property
    def of_source(self) -> Callable[[str], dict[str, Any]]:
        """What every figure of a source says of it; each source is said once."""
        return cache(self._of_source)

    def _of_source(self, source_id: str) -> dict[str, Any]:
        source = self.register.sources[source_id]
        return {
            "source": self.source(source),
            "published": say_published(source, self.language),
            "url": source["url"],
            "licence": source["licence"] if given(source["licence"]) else self.say("no_licence"),
            "checked": self.label("checked", source["checked"]),
            "reliability": self.label("reliability", source["reliability"]),
            "note": source["note"],
        }

    @cached_property
    def of_programme(self) -> Callable[[str], dict[str, str]]:
        """What every figure of a programme says of it; each programme is said once."""
        return cache(self._of_programme)

    def _of_programme(self, programme_id: str) -> dict[str, str]:
        government = self.register.governments[self.register.programmes[programme_id]["government"]]
        return {
            "name": self.name(programme_id),
            "government": str(government[f"name_{self.language}"]),
            "ruling": self.programme_ruling(programme_id),
        }

    def meaning(self, row: Row) -> dict[str, str]:
        """What the number is, by the table it stands in."""
        if row["_kind"] == "milestones":
            return {
                "event": say_event(row["event"], self.language),
                "state": self.label("milestone_state", row["state"]),
                "date": say_event_date(row, self.language),
            }
        said = {"reading": self.reading(row), "hedge": self.hedge(row), "steps": self.steps(row)}
        if row["_kind"] == "targets":
            indicator = self.register.indicators[row["indicator"]]
            return said | {
                "indicator": indicator[f"name_{self.language}"],
                "target_phase": self.label("target_phase", row["phase"]),
                "extent": self.label("extent", row["extent"]),
                "period": say_period(row, self.language),
            }
        return said | {
            "nature": self.label("nature", row["nature"]),
            "phase": self.phase(row),
            "period": say_period(row, self.language),
            "funding": self.label("funding", row["funding"]),
            "unit": self.label("money_unit", row["unit"]),
        }

    def reading(self, row: Row) -> str:
        low, value, high = (row[end] for end in ENDS[row["_kind"]])
        return say_reading(low, value, high, row["unit"], self.language, counter=self._counter(row))

    def steps(self, row: Row) -> str:
        return say_steps(row, [row[end] for end in ENDS[row["_kind"]]], self.language, counter=self._counter(row))

    def _counter(self, row: Row) -> str:
        """The Korean word by which an indicator's values are counted (개, 명); money has none."""
        return self.register.indicators[row["indicator"]]["unit_ko"] if row["_kind"] == "targets" else ""

    def hedge(self, row: Row) -> str:
        words = {"none": "hedge_none", "unknown": "hedge_lost"}
        return self.say(words[row["hedge"]]) if row["hedge"] in words else str(row["hedge"])

    def phase(self, row: Row) -> str:
        phase = self.label("phase", row["phase"])
        return self.say("phase_round", phase=phase, round=row["phase_round"]) if given(row["phase_round"]) else phase

    def name(self, programme_id: str) -> str:
        programme = self.register.programmes[programme_id]
        return str(programme[f"name_{self.language}"])

    def source(self, source: Row) -> str:
        title = source["title"] if given(source["title"]) else self.say("no_title")
        return self.say("source", publisher=source["publisher"], title=title)

    def cited(self, source: Row) -> str:
        return self.say("cited", publisher=source["publisher"], date=say_published(source, self.language))

    # ---- rulings ----

    def rulings(self, figure_id: str) -> list[str]:
        """One line for each ruling that touches the figure, from its own side."""
        lines = []
        for ruling in self.register.rulings_of.get(figure_id, []):
            own = ruling["figure_id"] == figure_id
            other = ruling["other_figure_id" if own else "figure_id"]
            key = f"passport.{'ruling' if own else 'ruled'}.{ruling['ruling']}"
            if own and given(other) and f"{key}_with" in catalogue():
                key += "_with"
            said = text(key, self.language, other=self.other(other) if given(other) else "")
            lines.append(self.say("ruling", ruling=said, reason=ruling["reason"]))
        return lines

    def other(self, figure_id: str) -> str:
        row = self.figure(figure_id)
        cited = self.cited(self.register.sources[row["source_id"]])
        return self.say("other", printed=row["as_printed"], programme=self.name(row["programme_id"]), cited=cited)

    def programme_ruling(self, programme_id: str) -> str:
        ruling = self.register.programme_rulings.get(programme_id)
        if ruling is None:
            return self.say("not_ruled")
        scope = self.label("scope", ruling["scope"]) if given(ruling["scope"]) else self.say("not_ruled")
        parts = [self.say("programme_ruling", scope=scope, coverage=self.label("coverage", ruling["coverage"]))]
        if given(ruling["parent"]):
            parts.append(self.say("parent", parent=self.name(ruling["parent"])))
        return "\n".join([" · ".join(parts), str(ruling["reason"])])

    # ---- the short form ----

    def short(self, figure_id: str) -> dict[str, str]:
        row = self.figure(figure_id)
        meaning = self.meaning(row)
        source = self.register.sources[row["source_id"]]
        skipped = {"reading", "hedge", "steps", "unit", *(["nature"] if row.get("nature") == "budget" else [])}
        verdicts = [self.verdict(figure_id, ruling) for ruling in self.register.rulings_of.get(figure_id, [])]
        return {
            "programme": self.name(row["programme_id"]),
            "printed": row["as_printed"],
            "reading": meaning.get("reading", meaning.get("date", "")),
            "basis": " · ".join(words for key, words in meaning.items() if key not in skipped),
            "source": self.cited(source),
            "locator": say_place(row["locator"], self.language),
            "ruling": ", ".join(dict.fromkeys(verdicts)) or self.say("no_ruling"),
        }

    def verdict(self, figure_id: str, ruling: Row) -> str:
        """A ruling in a few words, without its reason."""
        own = ruling["figure_id"] == figure_id
        other = ruling["other_figure_id" if own else "figure_id"]
        printed = f"‘{self.figure(other)['as_printed']}’" if given(other) else ""
        return text(f"passport.{'ruling' if own else 'ruled'}.{ruling['ruling']}", self.language, other=printed)


def say_event(event: str, language: str = "ko") -> str:
    """What happened, in words; an event without words of its own is said by its code.

    >>> say_event("office_founded")
    '조직 신설'
    """
    key = f"event.{event}"
    return text(key, language) if key in catalogue() else event.replace("_", " ")
