"""Rules about looking back: months that nobody reviewed, decisions that nobody kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from smsheets.analysis.context import Context, Term
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.kpi_standards import months_of
from smsheets.analysis.month_words import MONTHS
from smsheets.analysis.rules.kpi_report.evidence import joined
from smsheets.cells import CellRef
from smsheets.periods import add_months, month_end
from smsheets.plan.kpi_report import Decision, KpiReport
from smsheets.plan.reviews import is_open, overdue_decisions, unreviewed_months


@rule(
    "kpi-report.decisions_overdue",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="What the reviews decided and nobody did in time: {count} ({decisions}). The oldest was due on {due}:"
    " '{decision}'",
    todo="Do it this week, give it a day that holds, or drop it and write down why.",
    source="A decision that nobody keeps teaches everybody not to decide",
    lacks="Fill in by when it is to be done ({decisions}) to learn whether decisions are kept.",
    weight=2,
)
def check_decisions_are_kept(context: Context) -> Iterator[Hit | Lack]:
    """What was decided is done by its day."""
    report = context.plans.kpi_report
    if report is None:
        return
    late = overdue_decisions(report.decisions, context.as_of)
    if late:
        owner = late[0].owner
        yield Hit(
            about=joined(item.decision_id for item in late),
            evidence=tuple(item.cell("due") for item in late),
            values={
                "count": len(late),
                "decisions": _names(late),
                "due": late[0].due or context.as_of,
                "decision": late[0].decision or "",
                "first": late[0].decision_id or late[0].decision or "",
                "owner": owner or "",
            },
            todo=OWNER_DECIDES if owner is not None else "",
        )
    endless = tuple(item for item in report.decisions if is_open(item) and item.due is None)
    if endless:
        yield Lack(evidence=tuple(item.cell("due") for item in endless), values={"decisions": _names(endless)})


OWNER_DECIDES = "{owner} does {first} this week, gives it a day that holds, or drops it and writes down why."


def _names(decisions: tuple[Decision, ...]) -> tuple[str, ...]:
    return tuple(item.decision_id or item.decision or "" for item in decisions)


@rule(
    "kpi-report.review_stale",
    level=Level.NOTE,
    needs=("kpi-report",),
    says="Months that nobody has looked back on: {months}.",
    todo="Take half an hour, answer the four questions of the sheet Review for {first}, and write down one decision.",
    source="Plan, do, check, adapt: a month that nobody looks back on teaches nothing",
    thresholds=("kpi-report.review_days", "kpi-report.review_months"),
    weight=2,
)
def check_months_are_reviewed(context: Context) -> Iterator[Hit]:
    """A month is reviewed some days after its end; several in a row without a review are graver.

    Only of a report that somebody fills in, and from the first month with a figure on.
    """
    months = months_of(context)
    report = months.report if months is not None else None
    start = report.start.period_start if report is not None else None
    if report is None or start is None:
        return
    known = [number for row in report.kpis for number, value in enumerate(row.actual, 1) if value is not None]
    over = context.as_of - timedelta(days=int(context.thresholds["kpi-report.review_days"]))
    last = add_months(over.replace(day=1), 0 if over == month_end(over) else -1)
    period = max((len(row.actual) for row in report.kpis), default=0)
    last = min(last, add_months(start.replace(day=1), (report.start.months or period) - 1))
    if not known:
        return
    missing = unreviewed_months(report.review, add_months(start, min(known) - 1), last)
    if missing:
        many = len(missing) >= context.thresholds["kpi-report.review_months"]
        person = _who_reviews(context)
        yield Hit(
            about=f"{missing[0]:%Y-%m}",
            evidence=_review_cells(report, missing),
            values={
                "months": tuple(Term(MONTHS[month.month - 1]) for month in missing),
                "first": Term(MONTHS[missing[-1].month - 1]),
                "person": person or "",
            },
            level=Level.WARNING if many else None,
            todo=PERSON_REVIEWS if person is not None else "",
        )


PERSON_REVIEWS = (
    "{person} takes half an hour, answers the four questions of the sheet Review for {first}, and writes"
    " down one decision."
)


def _who_reviews(context: Context) -> str | None:
    """Who reads the numbers, else who leads; None where the strategy names nobody."""
    strategy = context.plans.strategy
    roles = strategy.team if strategy is not None else ()
    people = [role.person for wanted in ("analyst", "lead") for role in roles if role.role == wanted and role.person]
    return people[0] if people else None


def _review_cells(report: KpiReport, months: tuple[date, ...]) -> tuple[CellRef, ...]:
    """Where the answers go; the first metric where the sheet Review has no row for these months."""
    rows = [row for row in report.review if row.period is not None and row.period.replace(day=1) in months]
    return tuple(row.cell("what_came") for row in rows) or (report.kpis[0].cell("metric"),)
