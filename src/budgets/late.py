"""A library that is slow to import and hardly ever needed is imported when it is.

jsonschema, which altair and nbformat bring, imports a grammar of international addresses and compiles it, which takes a
second. Only the format ``iri`` of a schema needs it, and no chart and no notebook has one. What a check says stays the same.
"""

import sys
from types import ModuleType
from typing import Any

GRAMMAR = "rfc3987_syntax"


def late_grammar() -> None:
    """Let jsonschema, if it is not there yet, compile the grammar of addresses when the first address is checked.

    For processes that are ours: the command line and the warm process of the reports. Elsewhere imports stay as they are.
    """
    if "jsonschema" in sys.modules or GRAMMAR in sys.modules:
        return
    later = ModuleType(GRAMMAR)
    later.is_valid_syntax = _is_valid_syntax  # type: ignore[attr-defined]
    later.__getattr__ = _real  # type: ignore[method-assign]
    sys.modules[GRAMMAR] = later


def _is_valid_syntax(term: str, value: str) -> bool:
    valid: bool = _real("is_valid_syntax")(term, value)
    return valid


def _real(name: str) -> Any:
    """The library's own *name*, from now on imported."""
    if name.startswith("__"):  # what the import system asks of every module
        raise AttributeError(name)
    if getattr(sys.modules.get(GRAMMAR), "__spec__", None) is None:
        sys.modules.pop(GRAMMAR, None)
    import rfc3987_syntax

    return getattr(rfc3987_syntax, name)
