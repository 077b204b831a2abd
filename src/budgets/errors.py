"""The errors a person may meet: what, where, why, what to do, in Korean or English.

An error carries the *key* of its words (``words/*.toml``) and the fields to fill in, so that the command line can
say it in either language. ``str(error)`` is English, the language of a Python traceback; ``error.say("ko")`` is Korean.
"""

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from budgets.words import catalogue, text


class BudgetsError(Exception):
    """Anything wrong with what we were given. Never a fault of the program itself."""

    exit_code = 1

    def __init__(self, key: str, /, **fields: object) -> None:
        self.key, self.fields = key, fields
        super().__init__(key)

    def say(self, language: str = "ko") -> str:
        """The whole message: the first line says what is wrong, the following lines where, why and what to do."""
        return text(self.key, language, **{name: told(value, language) for name, value in self.fields.items()})

    def __str__(self) -> str:
        return self.say("en")


def told(value: object, language: str) -> object:
    """A field of a message in the language of the message: what the system said, or what says itself, in its words."""
    if isinstance(value, OSError):
        # What copies a whole folder gathers its errors as text.
        gathered = re.search(r"\[Errno (\d+)\]", str(value))
        code = value.errno or (int(gathered[1]) if gathered else 0)
        key = f"system.{errno.errorcode.get(code, '')}"
        return text(key, language) if key in catalogue() else text("system.other", language, code=code)
    say = getattr(value, "say", None)
    return say(language) if callable(say) else value


class AmountError(BudgetsError, ValueError):
    """A text that is no amount; names the text and the reason."""

    def __init__(self, reason: str, given: object) -> None:
        super().__init__(f"amount.{reason}", given=_shown(given))
        self.reason, self.given = reason, given


class UsageError(BudgetsError):
    """A wrong name, option or parameter: nothing was run."""

    exit_code = 2


class BasisError(UsageError, ValueError):
    """A basis that cannot be: a name that does not exist, or fields that contradict each other."""


def unknown_name(field: str, given: object, known: Iterable[str]) -> BasisError:
    """The error for a name that does not exist, with the nearest one that does."""
    from difflib import get_close_matches  # a heavy import for a rare case

    allowed = list(known)
    near = get_close_matches(str(given), allowed, n=1)
    if near:
        return BasisError("basis.unknown_near", field=field, given=given, near=near[0], allowed=_some(allowed))
    return BasisError("basis.unknown", field=field, given=given, allowed=_some(allowed))


def _some(names: list[str], most: int = 24) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


class MeasureError(BudgetsError, ValueError):
    """A measure that would mislead, refused."""


class DataError(BudgetsError):
    """A file of ``data/`` that is missing or cannot be read."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one place of one file."""

    file: str
    line: int | None
    column: str | None
    value: str | None
    key: str
    fields: dict[str, object] = field(default_factory=dict, hash=False)

    def say(self, language: str = "ko") -> str:
        place = self.file + (f":{self.line}" if self.line else "") + (f" [{self.column}]" if self.column else "")
        given = "" if self.value is None else f" ‘{_shown(self.value)}’"
        return f"{place}{given} — {text(self.key, language, **{name: told(value, language) for name, value in self.fields.items()})}"


class ContractError(DataError):
    """All violations of the contract at once, each with file, line, column, value, rule and what to do."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("contract.faults", n=len(self.faults))

    def say(self, language: str = "ko") -> str:
        return "\n".join([super().say(language), *(f"  {fault.say(language)}" for fault in self.faults)])


def _shown(value: object, limit: int = 80) -> str:
    """A value as it may stand in a message: one line, no control characters, not endless."""
    given = value if isinstance(value, str) else repr(value) if not isinstance(value, int) else hex(value) if abs(value) >> 400 else str(value)
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in given[:limit])
    return line if len(given) <= limit else line[:-1] + "…"
