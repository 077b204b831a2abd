"""The templates and the words they ask for: ``{{ word("page.skip") }}``, everything escaped."""

import json
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from budgets.words import entries, text


def address(path: str) -> str:
    """A relative path as an address; a colon in it can then not pass for a scheme.

    >>> address("../예산 1.html"), address("javascript:x")
    ('../%EC%98%88%EC%82%B0%201.html', 'javascript%3Ax')
    """
    return quote(path, safe="/#=")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("budgets", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["address"] = address
    return environment


def compile_templates() -> None:
    """Compile every template of this package, once for this process and its forks."""
    for name in _environment().list_templates(extensions=["j2"]):
        _environment().get_template(name)


def render(template: str, language: str, **context: object) -> Markup:
    """Fill in one template of this package; the result is HTML."""

    def word(key: str, **fields: object) -> str:
        return text(key, language, **fields)

    return Markup(_environment().get_template(template).render(context, language=language, word=word))


@cache
def asset(name: str) -> str:
    """A style sheet or script of this package."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def script_json(value: object) -> Markup:
    """*value* as JSON that may stand inside a script element: no ``<`` is left to end it."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(written.replace("<", "\\u003c"))


def words_under(prefix: str, language: str) -> dict[str, str]:
    """The page's words below *prefix*, by their last part, for the page's script."""
    return {key.removeprefix(prefix): text[language] for key, text in entries("page").items() if key.startswith(prefix)}
