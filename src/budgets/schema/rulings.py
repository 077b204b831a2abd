"""What we decided, in the folder `data/rulings`: about a programme, and about a figure."""

from pandera.typing import Series

from budgets import vocabulary as v
from budgets.schema.model import SLUG, Day, TableModel, described


class ProgrammeRulings(TableModel):
    """사업 하나에 대한 우리의 판정 한 행. | One row per programme: what we decided about it."""

    programme_id: Series[str] = described("사업 | programme", unique=True, str_matches=SLUG)
    scope: Series[str] = described("범위 | scope", codes=v.SCOPES, nullable=True)
    coverage: Series[str] = described("포괄 단위 | how much of the government it covers", codes=v.COVERAGES)
    parent: Series[str] = described("이 사업을 품은 사업 | programme that contains it", nullable=True)
    reason: Series[str] = described("이유(온전한 문장) | reason, a full sentence")
    decided_on: Series[Day] = described("판정한 날 | date of the ruling")


class FigureRulings(TableModel):
    """수치 하나와 판정 하나에 한 행. | One row per figure and ruling."""

    figure_id: Series[str] = described("수치 | figure", str_matches=SLUG)
    ruling: Series[str] = described("판정 | ruling", codes=v.RULINGS)
    other_figure_id: Series[str] = described("상대 수치(대표·전체·뒤의 것) | the other figure", nullable=True)
    reason: Series[str] = described("이유(온전한 문장) | reason, a full sentence")
    decided_on: Series[Day] = described("판정한 날 | date of the ruling")
