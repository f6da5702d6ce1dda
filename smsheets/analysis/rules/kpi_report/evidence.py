"""What the rules of the KPI report share: names, roots, the rows in use, and what works on a channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smsheets.analysis.context import month_word
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Wording
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.variance.kpi_report import has_figures
from smsheets.cells import CellRef
from smsheets.plan.budget import ADVERTISING, BudgetLine
from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import KpiReport, KpiRow, PostResult
from smsheets.plan.post_rates import compare_groups, engagements, most_clicked
from smsheets.plan.reference import Family

MOST_CELLS = 12
"""A finding that shows in more cells than this names the first ones."""


def about_channel(channel: str | None) -> str:
    """What a channel is known by: its id; `all` for the whole business."""
    return channel or "all"


def results_root(channel: str | None) -> str:
    """The cause of what several rules see of a channel's figures."""
    return f"channel {about_channel(channel)}: results"


def ads_root(channel: str | None) -> str:
    """The cause of what several rules see of the money for a channel's advertising."""
    return f"channel {about_channel(channel)}: ads"


def about_row(row: KpiRow) -> str:
    """What a row is known by: its id, else its channel and its metric."""
    return row.kpi_id or f"{about_channel(row.channel)} {row.metric}"


def rows_with_figures(months: KpiMonths) -> Iterator[KpiRow]:
    """The rows that somebody uses."""
    return (row for row in months.report.kpis if row.metric is not None and has_figures(row))


def rows_by_channel(months: KpiMonths) -> dict[str, list[KpiRow]]:
    """The rows in use of each channel, in the order of the sheet; the whole business is no channel."""
    found: dict[str, list[KpiRow]] = {}
    for row in rows_with_figures(months):
        if row.channel is not None:
            found.setdefault(row.channel, []).append(row)
    return found


def family_of(metric: str | None, facts: Facts) -> Family | None:
    """What a metric says; None for a person's own."""
    definition = facts.kpi_definitions.get(metric or "")
    return None if definition is None else definition.family


def metric_words(rows: Iterable[KpiRow], facts: Facts) -> tuple[str, ...]:
    """The metrics of some rows, each once."""
    return tuple(dict.fromkeys(facts.metric_name(row.metric) for row in rows))


def posts_so_far(report: KpiReport, facts: Facts) -> list[PostResult]:
    """The posts up to the context's day, and those without a day."""
    return [post for post in report.post_results if post.date is None or post.date <= facts.as_of]


def month_at(months: KpiMonths, number: int) -> Wording:
    """A month of the report's period by its name."""
    return month_word(months.report.start.period_start, number)


def ad_lines(facts: Facts, channel: str | None) -> tuple[BudgetLine, ...]:
    """The advertising lines of a channel; none without a budget."""
    budget = facts.plans.budget
    lines = budget.lines if budget is not None else ()
    return tuple(line for line in lines if line.category == ADVERTISING and line.channel == channel is not None)


def line_names(lines: Iterable[BudgetLine]) -> tuple[str, ...]:
    """Lines as a list names them: what they are for, with their ids behind it."""
    return tuple(f"{line.line} ({line.line_id})" if line.line and line.line_id else line.name for line in lines)


def best_format(report: KpiReport, channel: str, facts: Facts, metric: str | None) -> dict[str, Wording]:
    """What to do more of on a channel: `format` with its `factor`, for a business metric its `clicks`; may be empty.

    Formats are compared on this channel alone, from `kpi-report.group_posts` posts each.
    """
    at_least = int(facts.thresholds["kpi-report.group_posts"])
    posts = [post for post in posts_so_far(report, facts) if post.channel == channel]
    if family_of(metric, facts) is Family.BUSINESS:
        clicked = most_clicked(posts, at_least)
        if clicked is None:
            return {}
        return {"format": facts.list_word("formats", clicked[0]), "clicks": rounded(clicked[1], 1)}
    known = [post for post in posts if engagements(post) is not None]
    groups = compare_groups(known, lambda post: post.format, at_least)
    if len(groups) < 2 or groups[0].factor < facts.thresholds["kpi-report.works_factor"]:
        return {}
    return {"format": facts.list_word("formats", str(groups[0].key)), "factor": rounded(groups[0].factor, 1)}


def joined(ids: Iterable[str | None]) -> str:
    """Several ids as one: `P4+P9`."""
    return "+".join(name for name in ids if name)


def cut(cells: Sequence[CellRef]) -> tuple[CellRef, ...]:
    """The first cells."""
    return tuple(cells[:MOST_CELLS])
