"""What people write for governments, programmes, sources, indicators, codes and days → identifiers of the data.

A name that could be two things is never decided here: it is a fault that names both.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache, cached_property

import pandas as pd

from budgets.rows import each
from budgets.rulings.classifier import normalise_name
from budgets.sources.workbooks.forms import FLAGS, codes
from budgets.sources.workbooks.grids import Value, said
from budgets.sources.workbooks.labels import DOT, government_labels, programme_labels
from budgets.words import LANGUAGES, text

AFFIX = re.compile(
    r"^(?:\[(?:국|도|시|군|구|특|일)\]|(?:도|지|국|시)\)|\((?:보조|국비|도비|시비|균특|지특|성인지예산|성인지|신규|20[0-9]{2})\))"
    r"|(?:\[(?:국|도|시|군|구|특|일)\]|\((?:보조|국비|도비|시비|균특|지특|성인지예산|성인지|신규|자체|20[0-9]{2})\))$"
)
"""What budget offices put before and after a name, and what is no part of it."""
_SUFFIX = re.compile(r"(?:특별자치도|특별자치시|특별시|광역시|도)$")
_DAY = re.compile(r"((?:19|20)[0-9]{2})[-./년 ]+([0-9]{1,2})[-./월 ]+([0-9]{1,2})[.일]?")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:년도?)?")
_SERIAL_ZERO = date(1899, 12, 30)
CENTURY = range(20_000, 75_000)
"""Numbers of days that are dates between 1954 and 2105 to a spreadsheet."""


class Unknown(Exception):  # noqa: N818 - it is said of a name
    """Why a text is no such name: the key of the words, and their fields."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields


def squeezed(name: str) -> str:
    return "".join(name.split()).casefold()


def plain_name(name: str) -> str:
    """A programme's name as it is matched over years and offices: one spelling, without affixes.

    >>> plain_name("[국] ＡＩ ㆍ IoT 기반 안전망(보조)") == plain_name("AI·IoT기반안전망")
    True
    """
    bare, before = " ".join(name.split()), ""
    while bare != before:
        before, bare = bare, AFFIX.sub("", bare).strip()
    return normalise_name(bare or name).casefold()


@dataclass
class Names:
    """Everything that has a name: what is on file, and what the workbook itself adds."""

    governments: pd.DataFrame
    programmes: list[dict[str, str]]
    sources: list[dict[str, str]]
    indicators: list[dict[str, str]]
    aliases: list[tuple[str, str]] = field(default_factory=list)
    """(programme, name as printed) of every figure on file."""

    @cached_property
    def level(self) -> dict[str, str]:
        return dict(zip(self.governments["government"], self.governments["level"], strict=True))

    @cached_property
    def source_rows(self) -> dict[str, dict[str, str]]:
        return {row["source_id"]: row for row in self.sources}

    @cached_property
    def unit(self) -> dict[str, str]:
        """The unit of each indicator."""
        return {row["indicator"]: row["unit"] for row in self.indicators}

    # ---- governments ----

    def government(self, given: str) -> str:
        found = self._governments.get(squeezed(given), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Unknown("intake.fault.ambiguous", names=self._labels(found))
        if given.isdigit():
            raise Unknown("intake.fault.government_code")
        near = get_close_matches(squeezed(given), self._governments, n=1)
        raise Unknown("intake.fault.government", near=_near(self._labels(self._governments[near[0]])) if near else "")

    @cached_property
    def _governments(self) -> dict[str, set[str]]:
        """Every way to write a government. 광주 is the metropolitan city, 광주시 could be that or the one in 경기."""
        found: dict[str, set[str]] = defaultdict(set)
        rows = each(self.governments)
        regions = {row["government"]: {row["short_ko"], row["name_ko"], _SUFFIX.sub("", row["name_ko"])} for row in rows if row["level"] == "province"}
        for language in LANGUAGES:
            for government, name in government_labels(self.governments, language).items():
                found[squeezed(name)].add(government)
        for row in rows:
            names = {row["government"], row["name_ko"], row["name_en"]}
            if row["level"] == "municipality":
                names |= {row["short_ko"], *(f"{region} {row['short_ko']}" for region in regions.get(row["province"], ()))}
            elif row["level"] == "province":
                bases = regions[row["government"]]
                names |= bases | {f"{base} 본청" for base in bases} | {f"{row['short_ko']}시" for base in bases if re.search("시$", base)}
            else:
                names.add(row["short_ko"])
            for name in names - {""}:
                found[squeezed(name)].add(row["government"])
        return found

    @cached_property
    def government_labels(self) -> dict[str, str]:
        return government_labels(self.governments, "ko")

    def _labels(self, governments: Iterable[str]) -> str:
        return ", ".join(sorted(self.government_labels[g] for g in governments))

    # ---- programmes ----

    def programme(self, given: str, government: str | None) -> str:
        """The programme, sought among those of *government* where that is known."""
        for name in (squeezed(given), plain_name(given.partition(DOT.strip())[2] or given), plain_name(given)):
            found = self._programmes.get(name, set())
            mine = {p for p in found if government in (None, self.owner.get(p))} or found
            if len(mine) == 1:
                return next(iter(mine))
            if mine:
                raise Unknown("intake.fault.ambiguous", names=", ".join(sorted(mine)))
        pool = {name: p for name, found in self._programmes.items() for p in found if government in (None, self.owner.get(p))}
        near = get_close_matches(plain_name(given), pool, n=1, cutoff=0.5) or get_close_matches(squeezed(given), pool, n=1)
        raise Unknown("intake.fault.programme", near=_near(self.programme_labels.get(pool[near[0]], pool[near[0]])) if near else "")

    @cached_property
    def owner(self) -> dict[str, str]:
        return {row["programme_id"]: row["government"] for row in self.programmes}

    @cached_property
    def programme_labels(self) -> dict[str, str]:
        return programme_labels(self._programme_table, self.government_labels, "ko")

    @cached_property
    def _programme_table(self) -> pd.DataFrame:
        return pd.DataFrame(self.programmes, columns=["programme_id", "government", "name_ko", "name_en"], dtype="str")

    @cached_property
    def _programmes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for language in LANGUAGES:
            labels = programme_labels(self._programme_table, government_labels(self.governments, language), language)
            for programme, name in labels.items():
                found[squeezed(name)].add(programme)
        for row in self.programmes:
            for name in {squeezed(row["programme_id"]), *map(plain_name, (row["name_ko"], row["name_en"]))} - {""}:
                found[name].add(row["programme_id"])
        named = set(found)  # an alias does not make a programme's own name ambiguous
        for programme, alias in self.aliases:
            if plain_name(alias) not in named:
                found[plain_name(alias)].add(programme)
        return found

    # ---- sources, indicators ----

    def source(self, given: str) -> str:
        """By identifier, address, or ``publisher 2025-04-10``."""
        found = self._sources.get(squeezed(given), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Unknown("intake.fault.ambiguous", names=", ".join(sorted(found)))
        near = get_close_matches(squeezed(given), self._sources, n=1)
        raise Unknown("intake.fault.source", near=_near(", ".join(sorted(self._sources[near[0]]))) if near else "")

    @cached_property
    def _sources(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.sources:
            for name in {row["source_id"], row["url"], f"{row['publisher']} {row['published_on']}"} - {"", " "}:
                found[squeezed(name)].add(row["source_id"])
        return found

    def indicator(self, given: str) -> str:
        names = {squeezed(row[key]): row["indicator"] for row in self.indicators for key in ("indicator", "name_en", "name_ko")}
        if (name := squeezed(given)) in names:
            return names[name]
        shown = {row["indicator"]: row["name_ko"] for row in self.indicators}
        near = get_close_matches(name, names, n=1)
        raise Unknown("intake.fault.indicator", near=_near(shown[names[near[0]]]) if near else "")


def code(vocabulary: str, given: str) -> str:
    """The code of a closed vocabulary by its Korean or English label, or itself.

    >>> code("phase", "본예산"), code("phase", "approved")
    ('approved', 'approved')
    """
    names = _codes(vocabulary)
    if (name := squeezed(given)) in names:
        return names[name]
    if vocabulary == "event" and re.fullmatch(r"[a-z]+(_[a-z]+)*", given):
        return given
    near = get_close_matches(name, names, n=1)
    fields: dict[str, object] = {}
    for language, ending in (("ko", ""), ("en", "_en")):
        fields["codes" + ending] = ", ".join(text(f"{vocabulary}.{c}", language) for c in codes(vocabulary))
        fields["near" + ending] = _near(text(f"{vocabulary}.{names[near[0]]}", language)) if near else ""
    raise Unknown("intake.fault.code", **fields)


@cache
def _codes(vocabulary: str) -> dict[str, str]:
    """Every name of every code, squeezed."""
    return {squeezed(name): c for c in codes(vocabulary) for name in (c, *(text(f"{vocabulary}.{c}", la) for la in LANGUAGES))}


def day(given: Value, *, year_ends: str | None = None) -> str:
    """A day as ``2025-12-31``. *year_ends* (``-01-01`` or ``-12-31``) is what a year alone means, where it may stand.

    >>> day("2025. 3. 1."), day(2025.0, year_ends="-12-31")
    ('2025-03-01', '2025-12-31')
    """
    if isinstance(given, date):
        there = given.date() if isinstance(given, datetime) else given
        if there.year > 1910:
            return there.isoformat()
        given = (there - _SERIAL_ZERO).days  # a year that was typed into a cell formatted as a date
        if not year_ends:
            raise Unknown("intake.fault.year_as_day", year=given)
    shown = said(given)
    if year_ends and (year := _YEAR.fullmatch(shown)):
        return year[1] + year_ends
    if found := _DAY.fullmatch(shown):
        try:
            return date(*(int(part) for part in found.groups())).isoformat()
        except ValueError:
            raise Unknown("intake.fault.no_day") from None
    if isinstance(given, (int, float)) and float(given).is_integer() and int(given) in CENTURY:
        raise Unknown("intake.fault.serial", day=(_SERIAL_ZERO + timedelta(days=int(given))).isoformat())
    raise Unknown("intake.fault.date")


def flag(given: Value) -> str:
    for value, names in FLAGS.items():
        if squeezed(said(given)) in names:
            return value
    raise Unknown("intake.fault.flag")


def hedge(given: str) -> str:
    """``none`` and ``unknown`` by their names in both languages; anything else is a word as printed."""
    for name in ("none", "unknown"):
        if squeezed(given) in {name, *(squeezed(text(f"intake.template.{name}", language)) for language in LANGUAGES)}:
            return name
    return given


def _near(name: str) -> str:
    return f" → {name}?" if name else ""
