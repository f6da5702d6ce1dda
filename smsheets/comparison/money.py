"""The money of two budgets, and the metrics of two KPI reports: planned, spent and measured then and now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.variance.budget import BudgetVariance, LineVariance
from smsheets.analysis.variance.kpi_report import KpiReportVariance, KpiVariance
from smsheets.comparison.changes import TableChanges
from smsheets.comparison.match import Pair
from smsheets.comparison.side import Row
from smsheets.plan.budget_year import BudgetStatus, BudgetYear
from smsheets.plan.carry import ZERO

_WORSE = (BudgetStatus.NO_BUDGET, BudgetStatus.WATCH, BudgetStatus.OVER)
"""Statuses that call for attention, the gravest last."""


class MoneyPair(msgspec.Struct, frozen=True, kw_only=True):
    """Planned for the whole period and spent to date, before and now; None where nothing is known."""

    planned: Decimal | None = None
    planned_now: Decimal | None = None
    actual: Decimal | None = None
    actual_now: Decimal | None = None

    @property
    def differs(self) -> bool:
        """True where any of it is another."""
        return (self.planned, self.actual) != (self.planned_now, self.actual_now)


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """Planned money of one line that moved from months to others; what the year gained or lost is not in it."""

    amount: Decimal
    taken: tuple[date, ...]
    given: tuple[date, ...]


class LineMoney(msgspec.Struct, frozen=True, kw_only=True):
    """One line; the id before is empty for a line that is new, the id now for one that is gone.

    Attributes:
        entered: Month -> an actual that was not there before.
        shift: Planned money that moved between months; None where none did.
    """

    id: str = ""
    id_now: str = ""
    name: str
    money: MoneyPair
    status: BudgetStatus | None = None
    status_now: BudgetStatus | None = None
    entered: Mapping[date, Decimal] = {}
    shift: Shift | None = None

    @property
    def worse(self) -> bool:
        """True where the line has come to be watched, or is over, since."""
        if self.status_now not in _WORSE or self.status_now is self.status:
            return False
        return self.status not in _WORSE or _WORSE.index(self.status_now) > _WORSE.index(self.status)


class CategoryMoney(msgspec.Struct, frozen=True, kw_only=True):
    """All lines of a category; `key` is its id, None for lines without one."""

    key: str | None
    lines: int
    lines_now: int
    money: MoneyPair


class BudgetChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the money. Lines without any amount on both sides are left out."""

    lines: tuple[LineMoney, ...]
    categories: tuple[CategoryMoney, ...]
    total: MoneyPair

    @property
    def entered(self) -> Mapping[date, tuple[int, Decimal]]:
        """Month -> in how many lines an actual was entered since, and their sum."""
        found: dict[date, tuple[int, Decimal]] = {}
        for line in self.lines:
            for month, amount in line.entered.items():
                count, total = found.get(month, (0, ZERO))
                found[month] = (count + 1, total + amount)
        return dict(sorted(found.items()))


def compare_budgets(lines: TableChanges, old: BudgetVariance, new: BudgetVariance) -> BudgetChanges:
    """The money of two budgets whose lines were matched."""
    before = {line.line.where.row: line for line in old.lines}
    now = {line.line.where.row: line for line in new.lines}
    return BudgetChanges(
        lines=tuple(_lines(lines, before, now)),
        categories=tuple(_categories(old, new)),
        total=_money(old.total.year, new.total.year),
    )


def _lines(
    lines: TableChanges, before: Mapping[int, LineVariance], now: Mapping[int, LineVariance]
) -> Iterator[LineMoney]:
    found: list[tuple[Pair | None, LineVariance | None, LineVariance | None]] = [
        (pair, before.get(pair.old.where.row), now.get(pair.new.where.row)) for pair in lines.pairs
    ]
    found += [(None, before.get(row.where.row), None) for row in lines.dropped]
    found += [(None, None, now.get(row.where.row)) for row in lines.added]
    for pair, old, new in found:
        known = new or old
        if known is not None:
            yield LineMoney(
                id=(old.line.line_id or "") if old is not None else "",
                id_now=(new.line.line_id or "") if new is not None else "",
                name=known.line.name,
                money=_money(old.year if old is not None else None, new.year if new is not None else None),
                status=old.status if old is not None else None,
                status_now=new.status if new is not None else None,
                entered=_entered(pair) if pair is not None else {},
                shift=_shift(pair) if pair is not None else None,
            )


def _entered(pair: Pair) -> dict[date, Decimal]:
    """The actuals that the old version does not have, by month."""
    return {
        month: amount
        for month, amount in _months(pair.new, "actual").items()
        if ("actual", month) not in pair.old.values
    }


def _shift(pair: Pair) -> Shift | None:
    """Money that was taken from some months and given to others."""
    before, now = _months(pair.old, "planned"), _months(pair.new, "planned")
    more = {month: now.get(month, ZERO) - before.get(month, ZERO) for month in sorted({*before, *now})}
    given = {month: amount for month, amount in more.items() if amount > 0}
    taken = {month: -amount for month, amount in more.items() if amount < 0}
    moved = min(sum(given.values(), ZERO), sum(taken.values(), ZERO))
    return Shift(amount=moved, taken=tuple(taken), given=tuple(given)) if moved else None


def _months(row: Row, column: str) -> dict[date, Decimal]:
    return {
        month: amount
        for (name, month), amount in row.values.items()
        if name == column and isinstance(month, date) and isinstance(amount, Decimal)
    }


def _categories(old: BudgetVariance, new: BudgetVariance) -> Iterator[CategoryMoney]:
    """Each category once, in the order of the new budget; lines without one last."""
    before = {group.key: group for group in old.categories}
    now = {group.key: group for group in new.categories}
    for key in sorted(dict.fromkeys((*now, *before)), key=lambda key: key is None):
        one, other = before.get(key), now.get(key)
        yield CategoryMoney(
            key=key,
            lines=one.lines if one is not None else 0,
            lines_now=other.lines if other is not None else 0,
            money=_money(one.year if one is not None else None, other.year if other is not None else None),
        )


def _money(old: BudgetYear | None, new: BudgetYear | None) -> MoneyPair:
    return MoneyPair(
        planned=old.planned if old is not None else None,
        planned_now=new.planned if new is not None else None,
        actual=old.actual if old is not None else None,
        actual_now=new.actual if new is not None else None,
    )


class KpiPair(msgspec.Struct, frozen=True, kw_only=True):
    """One metric before and now: its last actual, and its months so far where they add up.

    Attributes:
        unit: `share`, `money`, `count` or `hours`.
    """

    id: str
    channel: str | None
    metric: str | None
    unit: str
    value: Decimal | None
    value_now: Decimal | None
    to_date: Decimal | None
    to_date_now: Decimal | None

    @property
    def differs(self) -> bool:
        """True where any of it is another."""
        return (self.value, self.to_date) != (self.value_now, self.to_date_now)


class KpiChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the metrics. `entered` says of how many of them the actual of a month was entered since."""

    kpis: tuple[KpiPair, ...]
    entered: Mapping[date, int] = {}


def compare_kpis(rows: TableChanges, old: KpiReportVariance, new: KpiReportVariance) -> KpiChanges:
    """The metrics of two KPI reports whose rows were matched."""
    before = {kpi.row.where.row: kpi for kpi in old.kpis}
    now = {kpi.row.where.row: kpi for kpi in new.kpis}
    return KpiChanges(kpis=tuple(_pairs(rows, before, now)), entered=_months_entered(rows))


def _pairs(rows: TableChanges, before: Mapping[int, KpiVariance], now: Mapping[int, KpiVariance]) -> Iterator[KpiPair]:
    for pair in rows.pairs:
        old, new = before.get(pair.old.where.row), now.get(pair.new.where.row)
        if old is None or new is None:
            continue
        yield KpiPair(
            id=new.row.kpi_id or "",
            channel=new.row.channel,
            metric=new.row.metric,
            unit=new.meaning.unit.value,
            value=old.value,
            value_now=new.value,
            to_date=old.to_date.actual,
            to_date_now=new.to_date.actual,
        )


def _months_entered(rows: TableChanges) -> dict[date, int]:
    parts = (part for pair in rows.pairs for part in pair.new.values if part not in pair.old.values)
    found = Counter(month for name, month in parts if name == "actual" and isinstance(month, date))
    return dict(sorted(found.items()))
