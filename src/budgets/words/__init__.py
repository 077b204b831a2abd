"""Every text a reader sees, in Korean and English, in one place.

The TOML files beside this module map a key to its texts: ``key = {ko = "…", en = "…"}``. A test
holds that every key has both. ``text("caption.unit", "ko", unit="백만원")`` fills the ``{…}`` fields.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("ko", "en")


@cache
def entries(name: str) -> dict[str, dict[str, str]]:
    """Read one word file: ``{"dotted.key": {"ko": …, "en": …}}``, in file order."""
    found: dict[str, dict[str, str]] = {}

    def walk(prefix: str, node: dict[str, Any]) -> None:
        if "ko" in node or "en" in node:
            found[prefix] = node
            return
        for key, child in node.items():
            walk(f"{prefix}.{key}" if prefix else key, child)

    walk("", tomllib.loads(_written()[name]))
    return found


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All keys of all word files. A key that stands in two files is a fault of ours."""
    merged: dict[str, dict[str, str]] = {}
    for name in _written():
        for key, entry in entries(name).items():
            if key in merged:
                raise KeyError(f"{key} stands in two word files")
            merged[key] = entry
    return merged


@cache
def _beginning(word: str) -> dict[str, dict[str, str]]:
    """The keys that begin with *word*. Only files that speak of it are read: a message of a command needs one of them."""
    begins = re.compile(rf'^[\["]*{re.escape(word)}\b', re.MULTILINE)
    return {key: entry for name, said in _written().items() if begins.search(said) for key, entry in entries(name).items()}


@cache
def _written() -> dict[str, str]:
    """Each word file by its name, as it is written."""
    paths = sorted(files(__name__).iterdir(), key=lambda path: path.name)
    return {path.name.removesuffix(".toml"): path.read_text(encoding="utf-8") for path in paths if path.name.endswith(".toml")}


def text(key: str, language: str = "ko", /, **fields: object) -> str:
    """The words for *key* in *language* (``ko`` or ``en``), with ``{fields}`` filled in.

    >>> text("phase.approved", "ko"), text("phase.approved", "en")
    ('본예산', 'approved')
    """
    said = _beginning(key.partition(".")[0])[key][language].format(**fields)
    return with_particles(said) if language == "ko" else said


def listed(names: Sequence[str], language: str = "ko") -> str:
    """Names in a row, as the language joins them.

    >>> listed(["서울", "인천"]), listed(["Seoul", "Incheon", "Gwangju"], "en")
    ('서울·인천', 'Seoul, Incheon and Gwangju')
    """
    if language == "ko" or len(names) < 2:
        return "·".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


PARTICLES = re.compile(r"은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(이\)라|\(으\)로")
FORMS = {"(이)라": ("이라", "라"), "(으)로": ("으로", "로")}
"""After a consonant, after a vowel; the others say both themselves: 은(는)."""
CLOSED, RIEUL = frozenset("036MNmn"), frozenset("178LRlr")
"""Digits and Latin letters whose spoken name ends in a consonant (영, 삼, 육, 엠, 엔), or in ㄹ (일, 칠, 팔, 엘, 알)."""


def with_particles(said: str) -> str:
    """Korean particles in the form that the word before them asks for.

    >>> with_particles("인천은(는) 경기와 ‘서울’이(가) 2024을(를) 쉼표(으)로")
    '인천은 경기와 ‘서울’이 2024를 쉼표로'
    """
    return PARTICLES.sub(_chosen, said) if "(" in said else said


def _chosen(both: re.Match[str]) -> str:
    """One particle; as it is written where no word stands right before it."""
    at, said = both.start(), both.string
    if at == 0 or said[at - 1].isspace() or said[at - 1] == "(":
        return both[0]
    while at and not (said[at - 1].isalnum() or said[at - 1].isspace()):  # quotes, an ellipsis
        at -= 1
    sound = _sound(said[at - 1 : at])
    closed, open_ = FORMS.get(both[0], (both[0][0], both[0][2]))
    return open_ if not sound or (sound == "ㄹ" and open_ == "로") else closed


def _sound(letter: str) -> str:
    """The consonant in which a letter is spoken: ``ㄹ``, ``ㄴ`` for any other, nothing for none."""
    if "가" <= letter <= "힣":
        final = (ord(letter) - ord("가")) % 28
        return "ㄹ" if final == 8 else "ㄴ" if final else ""
    return "ㄹ" if letter in RIEUL else "ㄴ" if letter in CLOSED else ""
