"""Two sides and their analyses -> what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smsheets.analysis.compare.changes import TableChanges, compare_tables
from smsheets.analysis.compare.findings import compare_findings
from smsheets.analysis.compare.measures import KpiChanges, compare_kpis
from smsheets.analysis.compare.money import BudgetChanges, compare_budgets
from smsheets.analysis.compare.result import Comparison, WorkbookChanges
from smsheets.analysis.compare.side import Side
from smsheets.analysis.result import Analysis, Variance


def compare_sides(
    pairs: Sequence[tuple[Side, Side]],
    old: Analysis,
    new: Analysis,
    *,
    only_old: tuple[str, ...] = (),
    only_new: tuple[str, ...] = (),
) -> Comparison:
    """What differs between the workbooks of two sides, one pair for each kind."""
    workbooks = tuple(_compare(one, other, _variance_of(one, old), _variance_of(other, new)) for one, other in pairs)
    return Comparison(
        old_day=old.as_of,
        new_day=new.as_of,
        workbooks=workbooks,
        findings=compare_findings(old.findings, new.findings, _renamed(workbooks)),
        only_old=only_old,
        only_new=only_new,
    )


def is_same_period(old: Side, new: Side) -> bool:
    """Whether both plan from the same month on; one that only goes on longer is the same plan."""
    return old.start == new.start


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
    same_period = is_same_period(old, new)
    tables = tuple(compare_tables(old, new, same_period=same_period))
    by_id = {changes.table.id: changes for changes in tables}
    return WorkbookChanges(
        old=old,
        new=new,
        same_period=same_period,
        tables=tables,
        budget=_budget(by_id.get("lines"), before, now),
        kpis=_kpis(by_id.get("kpis"), before, now),
        own_added=tuple(part for part in new.own if part not in old.own),
        own_dropped=tuple(part for part in old.own if part not in new.own),
    )


def _variance_of(side: Side, analysis: Analysis) -> Variance:
    """The variance of the business whose plan this is."""
    field = side.kind.replace("-", "_")
    for business in analysis.businesses:
        plan = getattr(business.plans, field, None)
        if plan is not None and plan.file == side.file:
            return business.variance
    return Variance()


def _budget(lines: TableChanges | None, before: Variance, now: Variance) -> BudgetChanges | None:
    if lines is None or before.budget is None or now.budget is None:
        return None
    return compare_budgets(lines, before.budget, now.budget)


def _kpis(rows: TableChanges | None, before: Variance, now: Variance) -> KpiChanges | None:
    if rows is None or before.kpi_report is None or now.kpi_report is None:
        return None
    return compare_kpis(rows, before.kpi_report, now.kpi_report)
