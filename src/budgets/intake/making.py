"""What amounts and values of an untidy table have in common on their way to entries: whose, from where, of which programme."""

from budgets.intake.names import Names, Unknown
from budgets.sources.workbooks.entries import Entry
from budgets.sources.workbooks.faults import CellFault
from budgets.sources.workbooks.ledger import Ledger, Number
from budgets.sources.workbooks.mapping import ASIDE, Mapping

EVERY_OTHER = "*"
_WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
"""What a cell may hold between letters without printing anything."""


class Maker:
    """Makes the entries of one table; what the table and the mapping leave open is asked."""

    role = ""
    """The role of the numbers that become entries."""

    def __init__(self, ledger: Ledger, mapping: Mapping, names: Names, source: str) -> None:
        self.ledger, self.mapping, self.names, self.source = ledger, mapping, names, source
        self.faults: list[CellFault] = []
        self.notes: list[CellFault] = []

    def entries(self) -> list[Entry]:
        wanted = [n for n in self.ledger.numbers if n.role == self.role and not n.is_total and self.programme(n) != ASIDE]
        if not wanted:
            return []
        if not self.source:
            self.ask("intake.table.no_source")
        if not self.mapping.government and not self.ledger.table.of("government"):
            self.ask("intake.table.no_government")
        return [entry for n in wanted if (entry := self.entry(n))]

    def entry(self, n: Number) -> Entry | None:
        """None where the table leaves something open that was asked already."""
        raise NotImplementedError

    def ask(self, key: str, place: str | None = None, value: str | None = None, **fields: object) -> None:
        self.faults.append(CellFault(self.ledger.sheet, place, value, key, fields))

    def programme(self, n: Number) -> str:
        """What the mapping says of this name, else the name itself."""
        return self.mapping.programmes.get(n.label, self.mapping.programmes.get(EVERY_OTHER, n.label))

    def printed(self, n: Number) -> str:
        """The name as printed, without what prints nothing."""
        return n.label.translate(_WIDTHLESS)

    def government(self, given: str) -> str:
        """서울 중구 as it is; 서울 서울특별시 is the latter."""
        if self.mapping.government:
            return self.mapping.government
        for name in (given, given.partition(" ")[2]):
            try:
                return self.names.government(name) if name else given
            except Unknown:
                continue
        return given
