"""Every text a reader sees, in Korean and English, in one place.

The TOML files beside this module map a key to its texts: ``key = {ko = "…", en = "…"}``. A test
holds that every key has both. ``text("caption.unit", "ko", unit="백만원")`` fills the ``{…}`` fields.
"""

import tomllib
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

    walk("", tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")))
    return found


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All keys of all word files. A key that stands in two files is a fault of ours."""
    merged: dict[str, dict[str, str]] = {}
    for path in sorted(files(__name__).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            for key, entry in entries(path.name.removesuffix(".toml")).items():
                if key in merged:
                    raise KeyError(f"{key} stands in two word files")
                merged[key] = entry
    return merged


def text(key: str, language: str = "ko", /, **fields: object) -> str:
    """The words for *key* in *language* (``ko`` or ``en``), with ``{fields}`` filled in.

    >>> text("phase.approved", "ko"), text("phase.approved", "en")
    ('본예산', 'approved')
    """
    return catalogue()[key][language].format(**fields)
