"""What was understood of a table, in lines a person can confirm: where it is, its unit, its columns, its totals."""

from budgets.sources.workbooks.grids import letters
from budgets.sources.workbooks.headings import Meaning
from budgets.sources.workbooks.ledger import Ledger
from budgets.sources.workbooks.rounds import AFTER
from budgets.vocabulary import PHASES, label
from budgets.words import text


def understood(ledger: Ledger, language: str = "ko") -> list[str]:
    """One table in lines; the first says where it is."""
    table = ledger.table

    def say(key: str, **fields: object) -> str:
        return text(f"intake.table.{key}", language, **fields)

    first, last = (row + 1 for row in table.head)
    head = f"{first}" if first == last else f"{first}–{last}"
    lines = [say("found", sheet=ledger.sheet, area=table.area, head=head, rows=len(table.body) - len(table.totals), totals=len(table.totals))]
    lines.append("  " + say("unit", unit=_unit(ledger, say("unknown"))))
    for column in table.columns:
        lines.append("  " + say("column", letters=letters(column.index), title=column.title, means=_means(ledger, column.means, language)))
    if table.totals:
        rows = [f"{row + 1}({table.label(row, 'programme', 'context', 'government', 'code')[0]})" for row in sorted(table.totals)]
        lines.append("  " + say("total_rows", rows=", ".join(rows[:12]) + (" …" if len(rows) > 12 else "")))
    if table.repeated:
        lines.append("  " + say("repeated", rows=", ".join(str(row + 1) for row in table.repeated)))
    lines += ["  " + say("note", place=note.place, text=note.text[:120]) for note in table.notes[:10]]
    lines.append("  " + say("numbers", n=sum(n.role in ("amount", "value") for n in ledger.numbers), nothing=ledger.nothing))
    return lines


def _unit(ledger: Ledger, unknown: str) -> str:
    own = [f"{letters(c.index)} {c.means.unit}" for c in ledger.table.of("amount", "change") if c.means.unit]
    years = [f"{year} {unit}" for year, unit in sorted(ledger.mapping.unit_of_year.items())]
    counted = dict.fromkeys(n.unit for n in ledger.numbers if n.role == "value")
    return ", ".join(filter(None, [ledger.unit, *own, *years, *counted])) or unknown


def _means(ledger: Ledger, means: Meaning, language: str) -> str:
    if not means.role:
        return text("intake.table.unknown", language)
    parts = [text(f"intake.role.{means.role}", language)]
    if means.role == "value":
        years = sorted({n.year for n in ledger.numbers if n.column.means is means and n.year})
        return " · ".join([*parts, label("target_phase", means.phase, language) if means.phase else "", *map(str, years)])
    if means.role == "amount":
        numbers = [n for n in ledger.numbers if n.column.means is means]
        years = sorted({n.year for n in numbers if n.year})
        phases = sorted({n.phase for n in numbers if n.phase in PHASES}, key=PHASES.index)
        parts += [", ".join(map(str, years[:4])) + (" …" if len(years) > 4 else "")] if years else []
        spans = sorted({n.span for n in numbers if n.span})
        parts += (
            [text("period_kind.envelope", language) + " " + ", ".join(f"{a}–{b}" for a, b in spans[:4]) + (" …" if len(spans) > 4 else "")] if spans else []
        )
        parts += [", ".join(label("phase", phase, language) for phase in phases)] if phases else []
        rounds = list(dict.fromkeys(n.phase_round for n in numbers if n.phase_round))
        parts += [", ".join(rounds[:4]) + (" …" if len(rounds) > 4 else "")] if rounds else []
        parts += [text("intake.table.after", language)] if any(n.phase == AFTER for n in numbers) else []
        parts += [text(f"netting.{netting}", language) for netting in sorted({n.netting for n in numbers if n.netting})]
        fundings = list(dict.fromkeys(n.funding for n in numbers if n.funding))
        parts += [", ".join(text(f"funding.{f}", language) if f != "own" else "시비" for f in fundings)] if fundings else []
    return " · ".join(parts)
