"""What a comparison gives: typed, frozen, and the same in text, Markdown, JSON and HTML."""

from __future__ import annotations

from datetime import date

import msgspec

from smsheets.analysis.compare.changes import TableChanges
from smsheets.analysis.compare.findings import FindingChanges
from smsheets.analysis.compare.measures import KpiChanges
from smsheets.analysis.compare.money import BudgetChanges
from smsheets.analysis.compare.side import OwnPart, Side

COMPARE_SCHEMA = "smsheets.compare/1"
"""Name and version of the JSON; raised when a key is renamed or dropped."""


class WorkbookChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Two workbooks of one kind.

    Attributes:
        same_period: Whether both plan the same months; else their lines and totals are compared, not their months.
        tables: Every table and form, those without a change too.
        budget, kpis: The figures of a budget and of a KPI report.
        own_added, own_dropped: Columns and sheets of a person's own. What they hold is not compared.
    """

    old: Side
    new: Side
    same_period: bool
    tables: tuple[TableChanges, ...]
    budget: BudgetChanges | None = None
    kpis: KpiChanges | None = None
    own_added: tuple[OwnPart, ...] = ()
    own_dropped: tuple[OwnPart, ...] = ()

    @property
    def kind(self) -> str:
        """`budget`, ..."""
        return self.new.kind

    @property
    def same_currency(self) -> bool:
        """Whether amounts may be subtracted from each other."""
        return self.old.currency == self.new.currency

    @property
    def differs(self) -> bool:
        """Whether anything is another."""
        return bool(any(table.differs for table in self.tables) or self.own_added or self.own_dropped) or (
            not self.same_period
        )


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `smsheets compare` knows.

    Attributes:
        old_day, new_day: The days that the figures of both sides are worked out up to.
        workbooks: One for each kind that both sides have.
        only_old, only_new: Files whose kind the other side does not have; nothing else is said of them.
    """

    schema: str = COMPARE_SCHEMA
    old_day: date
    new_day: date
    workbooks: tuple[WorkbookChanges, ...]
    findings: FindingChanges = FindingChanges()
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything is another; a finding that came with another day alone counts, too."""
        differing = any(workbook.differs for workbook in self.workbooks)
        return bool(differing or self.findings.new or self.findings.gone or self.only_old or self.only_new)
