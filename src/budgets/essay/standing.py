"""In words, for the passport of every figure: its own basis, who else stands there, and what keeps the nearest away."""

from collections.abc import Mapping
from typing import Any

from budgets.asked import Asked
from budgets.comparison.standing import Standing, standings
from budgets.essay.cells import name_column
from budgets.passport import citations
from budgets.reading import say_reasons
from budgets.tables import Tables
from budgets.words import text


def stands(tables: Tables, language: str = "ko") -> Mapping[str, dict[str, str]]:
    """Figure → label → words, for every amount and every value of an indicator.

    Events stand on no basis, and are not in it.
    """
    register = tables.register
    cited = citations(tables, register.sources, language)

    def name(figure: str) -> str:
        row = register.figures[figure]
        programme = register.programmes[row["programme_id"]]
        judged = {**row, "government": programme["government"]}
        return named_figure(tables, judged, programme[name_column(language)], cited[row["source_id"]], language)

    named, found = Asked(register.figures, name), standings(tables)
    return Asked(found, lambda figure: _said(found[figure], named, language))


def _said(one: Standing, named: Mapping[str, str], language: str) -> dict[str, str]:
    basis, beside = text("essay.stands.basis", language), text("essay.stands.beside", language)
    out = say_reasons(one.kept_out, language)
    if one.basis is None:
        return {basis: text("essay.stands.no_basis", language, reasons=out)}
    words = [one.basis.describe(language)]
    if one.kept_out:
        words.append(text("essay.stands.kept_out", language, reasons=out))
    said = {basis: "\n".join(words), beside: "\n".join(named[figure] for figure in one.beside)}
    if not one.beside:
        alone = len(one.basis.governments) == 1
        said[beside] = text(f"essay.stands.{'alone' if alone else 'nobody'}", language)
    if one.nearest:
        lines = [text("essay.trace.differs", language, figure=named[near.figure_id], reasons=say_reasons(near.reasons, language)) for near in one.nearest]
        said[text("essay.stands.nearest", language)] = "\n".join(lines)
    return said


def named_figure(tables: Tables, row: Mapping[str, Any], programme: str, source: str, language: str) -> str:
    """‘131억 원’(경기 생성형 AI 플랫폼, 중부일보(2025. 4. 23.))"""
    government = tables.name(str(row["government"]), language)
    named = programme.removeprefix(f"{government} ")  # 광주 AI 사업 전체: the government is not said twice
    fields = {"printed": row["as_printed"], "government": government, "programme": named, "source": source}
    return text("essay.trace.figure", language, **fields)
