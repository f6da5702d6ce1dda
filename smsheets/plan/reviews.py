"""Whether months are looked back on, and what was decided is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from smsheets.periods import add_months
from smsheets.plan.kpi_report import Decision, Review

ANSWERS = ("what_came", "what_next", "is_working", "what_better", "reviewed_on")


def is_reviewed(review: Review) -> bool:
    """Whether anything was answered; a new workbook has the months only."""
    return any(getattr(review, field) is not None for field in ANSWERS)


def unreviewed_months(reviews: Iterable[Review], first: date, last: date) -> tuple[date, ...]:
    """The first days of the months up to `last` that nobody has reviewed, after the last one that somebody has.

    Where none has been reviewed, they begin with `first`.
    """
    done = {review.period.replace(day=1) for review in reviews if review.period is not None and is_reviewed(review)}
    done = {month for month in done if month <= last}
    month = add_months(max(done), 1) if done else first.replace(day=1)
    found: list[date] = []
    while month <= last:
        found.append(month)
        month = add_months(month, 1)
    return tuple(found)


def overdue_decisions(decisions: Iterable[Decision], as_of: date) -> tuple[Decision, ...]:
    """What was to be done before a day and is not, the oldest first."""
    late = [item for item in decisions if is_open(item) and item.due is not None and item.due < as_of]
    return tuple(sorted(late, key=lambda item: (item.due or date.max, item.decision_id or "")))


def is_open(decision: Decision) -> bool:
    """Whether something was decided that nobody says is done."""
    return decision.decision is not None and not decision.done
