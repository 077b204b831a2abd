"""The outermost page: head, content security policy, font, style and scripts around a finished body.

The policy allows nothing but what stands in the file: scripts by their hashes, inline style, data: fonts and pictures.
Vega's expressions run in its interpreter (``ast: true`` in page.js), so no page may evaluate text as code.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from budgets.page.environment import asset, render
from budgets.page.font import font_face


@cache
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def _characters(script: str) -> frozenset[str]:
    return frozenset(script)


def page(body: Markup, *, title: str, language: str, scripts: Sequence[str], style: str = "", pictures: str = "data:") -> str:
    """The whole file. *scripts* run in their order; *pictures* is where images may come from."""
    characters = frozenset(title + body).union(*map(_characters, scripts))
    allowed = " ".join(_hash(script) for script in scripts)
    policy = f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src {pictures}; font-src data:; base-uri 'none'; form-action 'none'"
    return str(
        render(
            "page.j2",
            language,
            title=title,
            policy=policy,
            style=Markup(font_face(characters) + asset("style.css") + style),
            body=body,
            scripts=[Markup(script) for script in scripts],
        )
    )
