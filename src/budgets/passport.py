"""The passport of a figure: what was printed where, how it was read, and which rulings touch it.

Pure: tables in, words out. `passport` is the full form, label → words in reading order; `short_passports` the short
form that a chart's tooltip carries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from budgets import vocabulary as v
from budgets.errors import unknown_name
from budgets.reading import each, given, say_event_date, say_period, say_published, say_reading, say_steps
from budgets.tables import Tables
from budgets.words import catalogue, text

Row = Mapping[str, Any]
ENDS = {"budgets": ("amount_low_krw", "amount_krw", "amount_high_krw"), "targets": ("value_low", "value", "value_high")}
SHORT = ("programme", "printed", "reading", "basis", "source", "locator", "ruling")
"""The fields of the short form, in the order of a tooltip."""


def passport(tables: Tables, figure_id: str, language: str = "ko") -> dict[str, str]:
    """Label → words, in reading order, for a figure of any of the three tables.

    Raises `BasisError`, naming the nearest identifier, for a figure that does not exist.
    """
    return _Office(tables, language).full(figure_id)


def passports(
    tables: Tables, figure_ids: Iterable[str] | None = None, language: str = "ko"
) -> dict[str, dict[str, str]]:
    """The passports of several figures (default: of all), each once, in the order given."""
    office = _Office(tables, language)
    return {
        figure: office.full(figure) for figure in dict.fromkeys(office.figures if figure_ids is None else figure_ids)
    }


def short_passports(tables: Tables, figure_ids: Iterable[str], language: str = "ko") -> dict[str, dict[str, str]]:
    """For each figure the fields of `SHORT`: what a tooltip shows."""
    office = _Office(tables, language)
    return {figure: office.short(figure) for figure in dict.fromkeys(figure_ids)}


def cited_sources(tables: Tables, figure_ids: Iterable[str], language: str = "ko") -> list[str]:
    """The sources of the figures for a 자료: line, by date of publication: publisher and date, each once."""
    office = _Office(tables, language)
    used = [office.sources[office.figure(f)["source_id"]] for f in dict.fromkeys(figure_ids)]
    dated = sorted(used, key=lambda s: (not given(s["published_on"]), s["published_on"], s["source_id"]))
    return list(dict.fromkeys(office.cited(source) for source in dated))


def citations(tables: Tables, source_ids: Iterable[str], language: str = "ko") -> dict[str, str]:
    """For each source how it is cited: publisher and date."""
    office = _Office(tables, language)
    return {source: office.cited(office.sources[source]) for source in dict.fromkeys(source_ids)}


def each_passport(tables: Tables, rows: Mapping[str, Row], language: str = "ko") -> Iterator[dict[str, str]]:
    """The passport of every one of *rows* (by figure, each with its ``_kind``), in their order; none of them is kept."""
    office = _Office(tables, language, rows)
    return (office.full(figure) for figure in rows)


@dataclass(frozen=True)
class _Office:
    """Looks up and says; one for each call, since tables are never changed in place."""

    tables: Tables
    language: str
    given: Mapping[str, Row] | None = None
    """The figures, where the caller holds them already."""

    @cached_property
    def figures(self) -> Mapping[str, Row]:
        if self.given is not None:
            return self.given
        found: dict[str, Row] = {}
        for kind in ("budgets", "targets", "milestones"):
            for row in each(getattr(self.tables, kind)):
                found[row["figure_id"]] = {**row, "_kind": kind}
        return found

    @cached_property
    def sources(self) -> dict[str, Row]:
        return _keyed(self.tables.sources, "source_id")

    @cached_property
    def programmes(self) -> dict[str, Row]:
        return _keyed(self.tables.programmes, "programme_id")

    @cached_property
    def governments(self) -> dict[str, Row]:
        return _keyed(self.tables.governments.drop_duplicates("government", keep="last"), "government")

    @cached_property
    def indicators(self) -> dict[str, Row]:
        return _keyed(self.tables.indicators, "indicator")

    @cached_property
    def programme_rulings(self) -> dict[str, Row]:
        return _keyed(self.tables.programme_rulings, "programme_id")

    @cached_property
    def rulings_of(self) -> dict[str, list[Row]]:
        """The rulings that name a figure on either side."""
        found: dict[str, list[Row]] = {}
        for row in each(self.tables.figure_rulings):
            for side in ("figure_id", "other_figure_id"):
                if given(row[side]):
                    found.setdefault(row[side], []).append(row)
        return found

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
        source = self.sources[row["source_id"]]
        name = self.name(row["programme_id"])
        same = row["programme_as_printed"] == name
        said = {
            "programme": name if same else self.say("name_as_printed", name=name, printed=row["programme_as_printed"]),
            "government": self.government(row),
            "printed": row["as_printed"],
            **self.meaning(row),
            "words": row["words"],
            "source": self.source(source),
            "published": say_published(source, self.language),
            "locator": row["locator"],
            "url": source["url"],
            "licence": source["licence"] if given(source["licence"]) else self.say("no_licence"),
            "checked": self.label("checked", source["checked"]),
            "reliability": self.label("reliability", source["reliability"]),
            "rulings": "\n".join(self.rulings(figure_id)) or self.say("no_ruling"),
            "programme_ruling": self.programme_ruling(row["programme_id"]),
            "note": row["note"],
            "source_note": source["note"],
        }
        return {text(f"passport.{key}", self.language): str(x) for key, x in said.items() if given(x)}

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
            indicator = self.indicators[row["indicator"]]
            return said | {
                "indicator": indicator["name_ko" if self.language == "ko" else "name_en"],
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
        counter = self.indicators[row["indicator"]]["unit_ko"] if row["_kind"] == "targets" else ""
        low, value, high = (row[end] for end in ENDS[row["_kind"]])
        return say_reading(low, value, high, row["unit"], self.language, counter=counter)

    def steps(self, row: Row) -> str:
        counter = self.indicators[row["indicator"]]["unit_ko"] if row["_kind"] == "targets" else ""
        return say_steps(row, [row[end] for end in ENDS[row["_kind"]]], self.language, counter=counter)

    def hedge(self, row: Row) -> str:
        words = {"none": "hedge_none", "unknown": "hedge_lost"}
        return self.say(words[row["hedge"]]) if row["hedge"] in words else str(row["hedge"])

    def phase(self, row: Row) -> str:
        phase = self.label("phase", row["phase"])
        return self.say("phase_round", phase=phase, round=row["phase_round"]) if given(row["phase_round"]) else phase

    def name(self, programme_id: str) -> str:
        programme = self.programmes[programme_id]
        return str(programme["name_ko" if self.language == "ko" else "name_en"])

    def government(self, row: Row) -> str:
        government = self.governments[self.programmes[row["programme_id"]]["government"]]
        return str(government["name_ko" if self.language == "ko" else "name_en"])

    def source(self, source: Row) -> str:
        title = source["title"] if given(source["title"]) else self.say("no_title")
        return self.say("source", publisher=source["publisher"], title=title)

    def cited(self, source: Row) -> str:
        return self.say("cited", publisher=source["publisher"], date=say_published(source, self.language))

    # ---- rulings ----

    def rulings(self, figure_id: str) -> list[str]:
        """One line for each ruling that touches the figure, from its own side."""
        lines = []
        for ruling in self.rulings_of.get(figure_id, []):
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
        cited = self.cited(self.sources[row["source_id"]])
        return self.say("other", printed=row["as_printed"], programme=self.name(row["programme_id"]), cited=cited)

    def programme_ruling(self, programme_id: str) -> str:
        ruling = self.programme_rulings.get(programme_id)
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
        source = self.sources[row["source_id"]]
        skipped = (
            ("reading", "hedge", "steps", "unit", "nature")
            if row.get("nature") == "budget"
            else ("reading", "hedge", "steps", "unit")
        )
        verdicts = [self.verdict(figure_id, ruling) for ruling in self.rulings_of.get(figure_id, [])]
        return {
            "programme": self.name(row["programme_id"]),
            "printed": row["as_printed"],
            "reading": meaning.get("reading", meaning.get("date", "")),
            "basis": " · ".join(words for key, words in meaning.items() if key not in skipped),
            "source": self.cited(source),
            "locator": row["locator"],
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


def _keyed(table: pd.DataFrame, key: str) -> dict[str, Row]:
    return {row[key]: row for row in each(table)}
