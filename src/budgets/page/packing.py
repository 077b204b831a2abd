"""The passports of a page, packed for its script: every line of text stands in it once, however many figures say it."""

from collections.abc import Mapping

Passports = Mapping[str, Mapping[str, str]]
Packed = dict[str, list[list[int]]]


def pack(*several: Passports) -> tuple[list[str], list[Packed]]:
    """All lines, and for each mapping figure → one list for each label: the places of the label and of its lines.

    >>> pack({"a": {"출처": "가\\n나"}, "b": {"출처": "나"}})
    (['출처', '가', '나'], [{'a': [[0, 1, 2]], 'b': [[0, 2]]}])
    """
    places: dict[str, int] = {}

    def place(line: str) -> int:
        return places.setdefault(line, len(places))

    packed = [
        {figure: [[place(label), *map(place, value.split("\n"))] for label, value in said.items()] for figure, said in passports.items()}
        for passports in several
    ]
    return list(places), packed


def unpacked(lines: list[str], packed: Packed) -> dict[str, dict[str, str]]:
    """What was packed.

    >>> unpacked(["출처", "가", "나"], {"a": [[0, 1, 2]]})
    {'a': {'출처': '가\\n나'}}
    """
    return {figure: {lines[label]: "\n".join(lines[one] for one in value) for label, *value in said} for figure, said in packed.items()}
