"""The index of an edition: every report, found by government, year, question, language and word, from any folder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budgets.page.environment import asset, render
from budgets.page.prose import prose
from budgets.page.shell import page
from budgets.words import text


@dataclass(frozen=True)
class Entry:
    """One report. *href* and *pictures* are paths relative to the index, with ``/`` between folders.

    *opening* is the sentence the report opens with; *governments* are names as a reader sees them, in their order.
    """

    href: str
    title: str
    opening: str
    notebook: str
    governments: tuple[str, ...]
    year: str | int | None
    question: str
    language: str = "ko"
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """One report that could not be made: which, with what parameters, in which cell, and why."""

    title: str
    error: str
    notebook: str = ""
    parameters: str = ""
    cell: str = ""


def index_page(
    entries: Sequence[Entry],
    *,
    title: str,
    language: str = "ko",
    subtitle: str = "",
    lead: str = "",
    files: Sequence[tuple[str, str]] = (),
    changed: Sequence[str] = (),
    failed: Sequence[Failure] = (),
    meta: Mapping[str, str] | None = None,
) -> str:
    """The whole HTML file. Entries stand under their question, both in the order given.

    *lead* and the entries' openings are Markdown (raw HTML in it stays text); *files*: (relative path, label) of what
    lies beside the reports; *changed*: how much differs from the edition before, then each change; *meta*: label →
    value, shown at the foot.
    """
    filters = [
        ("government", _distinct(name for entry in entries for name in entry.governments)),
        ("year", sorted(_distinct(str(entry.year) for entry in entries if entry.year is not None), reverse=True)),
        ("question", _distinct(entry.question for entry in entries)),
        ("language", _distinct(entry.language for entry in entries)),
    ]
    body = render(
        "index.j2",
        language,
        title=title,
        subtitle=subtitle,
        groups=[(name, [e for e in entries if e.question == name]) for name in _distinct(e.question for e in entries)],
        filters=[(name, [(value, _shown(name, value, language)) for value in values]) for name, values in filters],
        lead=lead,
        files=files,
        said=lambda markdown: prose(markdown)[0],
        changed=changed,
        failed=failed,
        meta=meta or {},
        count=len(entries),
    )
    pictures = "'self' file: data:" if any(entry.pictures for entry in entries) else "data:"
    return page(body, title=title, language=language, scripts=[asset("index.js")], style=asset("index.css"), pictures=pictures)


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _shown(name: str, value: str, language: str) -> str:
    return text(f"page.listing.lang_{value}", language) if name == "language" else value
