"""The metrics of two KPI reports: months that got their actuals since, and the figures of two periods side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.compare.changes import TableChanges
from smsheets.analysis.variance.kpi_report import KpiReportVariance, KpiVariance


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
        """Whether any of it is another."""
        return (self.value, self.to_date) != (self.value_now, self.to_date_now)


class KpiChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the metrics. `entered` says of how many of them the actual of a month was entered since."""

    kpis: tuple[KpiPair, ...]
    entered: Mapping[date, int] = {}


def compare_kpis(rows: TableChanges, old: KpiReportVariance, new: KpiReportVariance) -> KpiChanges:
    """The metrics of two KPI reports whose rows were matched."""
    before = {kpi.row.where.row: kpi for kpi in old.kpis}
    now = {kpi.row.where.row: kpi for kpi in new.kpis}
    return KpiChanges(kpis=tuple(_pairs(rows, before, now)), entered=_entered(rows))


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


def _entered(rows: TableChanges) -> dict[date, int]:
    found: dict[date, int] = {}
    for pair in rows.pairs:
        for name, month in pair.new.values:
            if name == "actual" and isinstance(month, date) and (name, month) not in pair.old.values:
                found[month] = found.get(month, 0) + 1
    return dict(sorted(found.items()))
