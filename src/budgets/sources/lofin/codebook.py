"""Names and codes of governments, as 지방재정365 writes them → our identifiers.

A name is only ever looked up inside its region, so that 광주 (광역시) and 경기 광주시 cannot be mixed, nor the 중구 of
six cities.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from budgets.rows import each
from budgets.schema import Governments
from budgets.sources.transcripts import read_table

K = TypeVar("K")
V = TypeVar("V")

_SUFFIX = re.compile(r"(?:특별자치도|특별자치시|통합특별시|특별시|광역시|도)$")
_FORMER = {"강원특별자치도": ("강원도",), "전북특별자치도": ("전라북도",)}
"""Names of provinces that official tables still carry for earlier years."""


@dataclass(frozen=True)
class Former:
    """A government under the province and the name it had until a day. Its code of that time is not known to us."""

    government: str
    province: str
    name: str
    until: date


FORMER_PLACES = (
    Former("incheon-michuhol", "incheon", "남구", date(2018, 6, 30)),
    Former("daegu-gunwi", "gyeongbuk", "군위군", date(2023, 6, 30)),
)
"""인천 남구 was renamed 미추홀구, 군위군 moved from 경북 to 대구; the years of lofin begin in 2016."""


@dataclass(frozen=True)
class Entry:
    """A government in one period of validity."""

    government: str
    name: str
    name_en: str
    short: str
    level: str
    province: str
    code: str
    valid_from: date
    valid_to: date

    def called(self, language: str) -> str:
        return self.name if language == "ko" else self.name_en

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


class Codebook:
    """All governments with a lofin code."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)

    @cached_property
    def by_code(self) -> dict[str, list[Entry]]:
        return _grouped((entry.code, entry) for entry in self.entries)

    @cached_property
    def by_id(self) -> dict[str, list[Entry]]:
        return _grouped((entry.government, entry) for entry in self.entries)

    def at(self, code: str, day: date) -> Entry | None:
        """The government with this code, as it was on *day*; where it was not, as it was in its nearest period."""
        entries = self.by_code.get(code, [])
        return min(entries, key=lambda e: (not e.covers(day), abs((e.valid_from - day).days)), default=None)

    def named(self, region: str, name: str, day: date) -> Entry | None:
        """The government *name* in *region*, or None: unknown there, or more than one. Former places count on their days."""
        if former := self._former(self.regions(region), name, day):
            return former
        found = self._in_region.get((squeezed(region), squeezed(name)), [])
        if len({entry.government for entry in found}) != 1:
            return None
        return min(found, key=lambda e: (not e.covers(day), e.code))

    def former(self, code: str, name: str, day: date) -> Entry | None:
        """The government that had *code*, which nobody has today, in its former place: told by name and region of the code."""
        provinces = [e.government for e in self.entries if e.level == "province" and e.code[:2] == code[:2]]
        found = self._former(provinces, name, day)
        return replace(found, code=code) if found else None

    def _former(self, provinces: Iterable[str], name: str, day: date) -> Entry | None:
        for place in FORMER_PLACES:
            if place.province in provinces and day <= place.until and place.government in self.by_id:
                region = self.by_id[place.province][0]
                if squeezed(name) in {place.name, *(f"{said}{place.name}" for said in _region_names(region))}:
                    entry = self.by_id[place.government][0]
                    return replace(entry, name=f"{region.name} {place.name}", province=place.province)
        return None

    def owner(self, name: str) -> str | None:
        """Whose name this can only be, written with its region (경기광주시, 광주본청); None if nobody's or several's."""
        found = self._anywhere.get(squeezed(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def regions(self, name: str) -> list[str]:
        """Identifiers of the provinces with this name (서울, 서울특별시)."""
        return sorted({e.government for e in self.entries if e.level == "province" and squeezed(name) in _region_names(e)})

    @cached_property
    def _in_region(self) -> dict[tuple[str, str], list[Entry]]:
        return _grouped(((region, name), entry) for entry in self.entries for region in self._regions_of(entry) for name in _names_in(entry, region))

    @cached_property
    def _anywhere(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for (region, name), entries in self._in_region.items():
            if name.startswith(region) and name != region:
                found[name] |= {entry.government for entry in entries}
        return found

    def _regions_of(self, entry: Entry) -> set[str]:
        provinces = [entry] if entry.level == "province" else self.by_id.get(entry.province, [])
        return {name for province in provinces for name in _region_names(province)}


def read_codebook(data: Path) -> Codebook:
    """The governments of ``data/raw/reference/governments.csv``."""
    table = read_table(data / "raw" / "reference" / "governments.csv", Governments.to_schema().columns)
    return Codebook(
        Entry(
            government=row["government"],
            name=row["name_ko"],
            name_en=row["name_en"],
            short=row["short_ko"],
            level=row["level"],
            province=row["province"] or row["government"],
            code=row["lofin_code"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
        )
        for row in each(table)
        if row["lofin_code"]
    )


def squeezed(name: str) -> str:
    return "".join(name.split())


def _region_names(province: Entry) -> set[str]:
    return {squeezed(name) for name in (province.short, province.name, _SUFFIX.sub("", province.name), *_FORMER.get(province.name, ())) if name}


def _names_in(entry: Entry, region: str) -> set[str]:
    """The names of a government in files that say its region: 경기광주시, 광주시, 경기도광주시; 서울본청, 본청, 서울."""
    if entry.level == "province":
        return {f"{region}본청", "본청", region}
    return {squeezed(entry.short), f"{region}{squeezed(entry.short)}", squeezed(entry.name)}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
