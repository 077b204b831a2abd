"""The page for the person who reads: the article's lines with the proposals marked in place, to accept or strike.

It holds the article's text, so it is written only where it is asked for, and nothing of it is kept by the project.
"""

import shlex
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from budgets.page.environment import asset, render
from budgets.page.shell import page
from budgets.reader.listing import day_of, place_of, remarks_of, say_reason, say_sum, values_of
from budgets.reader.proposals import Proposal, Reading
from budgets.words import text

STYLE = """
.marked{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;align-items:start}
@media(max-width:60rem){.marked{grid-template-columns:1fr}}
body{max-width:90rem}
@media(min-width:60rem){.text{position:sticky;top:5.5rem;max-height:calc(100vh - 6.5rem);overflow:auto}}
.text p{margin:.35rem 0;max-width:none;padding-left:2.6rem;text-indent:-2.6rem}
.text .at{display:inline-block;width:2.6rem;text-indent:0;color:var(--soft);font-size:.8rem}
mark{background:#fde9a9;border-bottom:2px solid #b7791f;padding:0 .1em;scroll-margin-top:4rem}
mark.target{background:#cfe8d5;border-color:#2f7a45}
mark.milestone{background:#d9e4f7;border-color:#2c5aa0}
mark sup a{text-decoration:none;font-weight:bold}
.proposal{border:1px solid var(--line);border-left:5px solid #b7791f;padding:.5rem .9rem;margin:0 0 .8rem;scroll-margin-top:6rem}
.proposal.target{border-left-color:#2f7a45}
.proposal.milestone{border-left-color:#2c5aa0}
.proposal:target,mark:target{outline:3px solid #c2570c}
.proposal:has(input:not(:checked)){opacity:.5}
.proposal:has(input:not(:checked)) .token{text-decoration:line-through}
.proposal table{border:0;font-size:.86rem}
.proposal td{padding:.1rem .5rem .1rem 0;border:0}
.token{font-weight:bold;font-size:1.05rem}
mark.struck{background:none;border-bottom-style:dotted;text-decoration:line-through}
mark.here{outline:3px solid #c2570c}
.taken{position:sticky;top:0;background:var(--paper,#fff);padding:.4rem 0;z-index:1;max-width:none}
.taken input{width:100%;font:inherit;font-family:monospace;padding:.3rem}
.remark{color:var(--warn);margin:.2rem 0;font-size:.88rem}
"""


SIGN = b'<input id="command" type="text" readonly data-begin="budgets '
"""What no other page holds."""


@dataclass(frozen=True)
class Again:
    """How ``read`` was called, so that the same text can be read again: its proposals then bear the same numbers."""

    file: Path
    published: str | None
    government: str | None
    data: Path | None
    book: Path
    """The workbook that the next call is to write."""

    def command(self, name: str, language: str) -> tuple[str, str]:
        """The command for a shell, before and after the place of ``--strike``. A file named *name* ``-`` is standard input."""
        shown = "-" if name == "-" else f"./{self.file}" if str(self.file).startswith("-") else str(self.file)
        options = {"--published": self.published, "--government": self.government, "--data": self.data}
        given = [str(word) for option, value in options.items() if value is not None for word in (option, value)]
        spoken = [] if language == "ko" else ["--lang", language]
        return shlex.join(["budgets", *spoken, "read", shown, *given]), f" {shlex.join(['--out', str(self.book)])}"


def marked_page(reading: Reading, name: str, language: str = "ko", accepted: Collection[Proposal] | None = None, *, again: Again) -> str:
    """The whole file: text on one side, proposals on the other; it opens anywhere and sends nothing.

    All of it is accepted at first, or only *accepted*. What is struck turns into the option of the command that writes the workbook without it.
    """
    proposals = [
        {
            "number": p.number, "kind": p.kind, "token": p.as_printed, "place": place_of(p, language), "said": text(f"reader.kinds.{p.kind}", language),
            "values": values_of(p, language), "remarks": remarks_of(p, language), "accepted": accepted is None or p in accepted,
        }
        for p in reading.proposals
    ]  # fmt: skip
    begin, end = again.command(name, language)
    body = render(
        "marked.j2",
        language,
        title=text("reader.page.title", language, name=name),
        day=day_of(reading, language),
        lines=[
            (number, _pieces(line, [p for p in reading.proposals if p.span.line == number]))
            for number, line in enumerate(reading.article.lines, 1)
            if line.strip()
        ],
        proposals=proposals,
        begin=begin,
        end=end,
        warnings=[text(f"reader.warning.{warning}", language) for warning in reading.warnings] + ([text("reader.page.piped", language)] if name == "-" else []),
        sums=[say_sum(sum_, language) for sum_ in reading.sums],
        left_out=[(out.token.line, out.token.text, say_reason(out.reason, language)) for out in reading.left_out],
    )
    return page(body, title=text("reader.page.title", language, name=name), language=language, scripts=[asset("marked.js")], style=STYLE)


def _pieces(line: str, proposals: list[Proposal]) -> list[tuple[str, Proposal | None]]:
    """A line cut at its proposals; of two that overlap the first is marked."""
    pieces: list[tuple[str, Proposal | None]] = []
    at = 0
    for p in sorted(proposals, key=lambda p: p.span.start):
        if p.span.start < at:
            continue
        pieces += [(line[at : p.span.start], None), (p.span.text, p)]
        at = p.span.end
    return [piece for piece in [*pieces, (line[at:], None)] if piece[0]]
