"""Markdown of cells and outputs as HTML: no raw HTML, no pictures, no links but http, https and within the page."""

from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LINKS = ("http://", "https://", "#")


@dataclass(frozen=True)
class Heading:
    """A heading of the second rank, as the list of contents names it."""

    anchor: str
    said: str


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.validateLink = lambda url: url.strip().lower().startswith(LINKS)  # type: ignore[method-assign]
    return markdown


def prose(source: str, *, sections: int = 0, drop_title: bool = False) -> tuple[Markup, list[Heading]]:
    """HTML of *source* and its headings of the second rank, numbered on from *sections*.

    The page has one title of its own: with *drop_title* a leading ``# …`` is left out, and any other becomes ``##``.
    """
    markdown = _markdown()
    tokens = markdown.parse(source)
    if drop_title and tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]
    headings: list[Heading] = []
    for place, token in enumerate(tokens):
        if token.tag == "h1":
            token.tag = "h2"
        if token.type == "heading_open" and token.tag == "h2":
            heading = Heading(f"section-{sections + len(headings) + 1}", _plain(tokens[place + 1]))
            token.attrSet("id", heading.anchor)
            headings.append(heading)
        if token.type == "th_open":
            token.attrSet("scope", "col")
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")
    return Markup(markdown.renderer.render(tokens, markdown.options, {})), headings


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))
