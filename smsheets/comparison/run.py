"""Two sides and their analyses -> what differs: typed, frozen, and the same in text, Markdown and JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from smsheets.analysis.finding import Finding
from smsheets.analysis.result import Analysis
from smsheets.analysis.variance.whole import Variance
from smsheets.comparison.changes import TableChanges, compare_tables
from smsheets.comparison.money import BudgetChanges, KpiChanges, compare_budgets, compare_kpis
from smsheets.comparison.side import OwnPart, Side
from smsheets.kinds import KINDS


class FindingChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Findings by what became of them, each list worst first. Those that are still there are as they are now."""

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()


def compare_findings(
    old: Iterable[Finding], new: Iterable[Finding], renamed: Mapping[tuple[str, str], str] | None = None
) -> FindingChanges:
    """Findings new, gone and still there. One below another finding of the same cause counts like any other.

    Of several with one name, those that say exactly the same are the same; then those of the same cause; then the rest.

    Args:
        renamed: Kind of workbook and old id -> new id, of rows that have another id now.
    """
    earlier, now = list(_each(old)), list(_each(new))
    before = [_with_new_id(finding, renamed or {}) for finding in earlier]
    still: set[int] = set()
    gone = dict.fromkeys(range(len(before)))
    for agreeing in (_WORDING, _CAUSE, _NAME):
        left: dict[Hashable, list[int]] = defaultdict(list)
        for number in gone:
            left[_facts(before[number])[:agreeing]].append(number)
        for number, finding in enumerate(now):
            same = left[_facts(finding)[:agreeing]] if number not in still else []
            if same:
                del gone[same.pop(0)]
                still.add(number)
    return FindingChanges(
        new=tuple(finding for number, finding in enumerate(now) if number not in still),
        gone=tuple(earlier[number] for number in gone),
        still=tuple(finding for number, finding in enumerate(now) if number in still),
    )


def _with_new_id(finding: Finding, renamed: Mapping[tuple[str, str], str]) -> Finding:
    about = renamed.get((finding.id.partition(".")[0], finding.about))
    return finding if about is None else msgspec.structs.replace(finding, about=about)


_NAME, _CAUSE, _WORDING = 2, 3, 4
"""How many of a finding's facts agree where its name is the same, its cause too, all that it says."""


def _facts(finding: Finding) -> tuple[Hashable, ...]:
    return finding.id, finding.about, finding.root, tuple(sorted(finding.values.items(), key=lambda item: item[0]))


def _each(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield msgspec.structs.replace(finding, also=())
        yield from finding.also


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
        """True where amounts may be subtracted from each other."""
        return self.old.currency == self.new.currency

    @property
    def differs(self) -> bool:
        """True where anything is another."""
        differing = any(table.differs for table in self.tables)
        return bool(differing or self.own_added or self.own_dropped or not self.same_period)


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
        """True where anything is another; a finding that came with another day alone counts, too."""
        differing = any(workbook.differs for workbook in self.workbooks)
        return bool(differing or self.findings.new or self.findings.gone or self.only_old or self.only_new)


def compare_sides(
    pairs: Sequence[tuple[Side, Side]],
    old: Analysis,
    new: Analysis,
    *,
    only_old: tuple[str, ...] = (),
    only_new: tuple[str, ...] = (),
) -> Comparison:
    """The differences between the workbooks of two sides, one pair for each kind."""
    workbooks = tuple(_compare(one, other, _variance_of(one, old), _variance_of(other, new)) for one, other in pairs)
    return Comparison(
        old_day=old.as_of,
        new_day=new.as_of,
        workbooks=workbooks,
        findings=compare_findings(old.findings, new.findings, _renamed(workbooks)),
        only_old=only_old,
        only_new=only_new,
    )


def _renamed(workbooks: Iterable[WorkbookChanges]) -> dict[tuple[str, str], str]:
    """Kind and old id -> new id, of the rows that have another."""
    return {
        (workbook.kind, row.old.id): row.new.id
        for workbook in workbooks
        for table in workbook.tables
        for row in table.changed
        if row.old.id != row.new.id and row.old.id and row.new.id
    }


def _compare(old: Side, new: Side, before: Variance, now: Variance) -> WorkbookChanges:
    same_period = old.start == new.start  # one that only goes on longer is the same plan
    tables = tuple(compare_tables(old, new, same_period=same_period))
    by_id = {changes.table.id: changes for changes in tables}
    lines, kpis = by_id.get("lines"), by_id.get("kpis")
    old_kpis, new_kpis = before.kpi_report, now.kpi_report
    return WorkbookChanges(
        old=old,
        new=new,
        same_period=same_period,
        tables=tables,
        budget=compare_budgets(lines, before.budget, now.budget) if lines and before.budget and now.budget else None,
        kpis=compare_kpis(kpis, old_kpis, new_kpis) if kpis and old_kpis and new_kpis else None,
        own_added=tuple(part for part in new.own if part not in old.own),
        own_dropped=tuple(part for part in old.own if part not in new.own),
    )


def _variance_of(side: Side, analysis: Analysis) -> Variance:
    """The variance of the business whose plan this is."""
    for business in analysis.businesses:
        plan = getattr(business.plans, KINDS[side.kind].field) if side.kind in KINDS else None
        if plan is not None and plan.file == side.file:
            return business.variance
    return Variance()
