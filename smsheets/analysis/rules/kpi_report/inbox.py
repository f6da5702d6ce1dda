"""Rules about people who write: answered, in time, and complaints passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.kpi_standards import channel_name, promise_hours, rounded
from smsheets.analysis.rules.kpi_report.posts import MOST_CELLS
from smsheets.analysis.variance.kpi_report import messages_so_far
from smsheets.money import Share
from smsheets.plan.inbox_answers import (
    COMPLAINT,
    hours_waiting,
    is_routed,
    median_answer_hours,
    took_too_long,
    waits_too_long,
)
from smsheets.plan.kpi_report import Message

_PROMISE = "The promise in the house rules of the strategy, else on the sheet Inbox, else this program's default"


@rule(
    "kpi-report.unanswered",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="Messages without an answer for longer than the {promise} hours promised: {count} ({channels}). The oldest"
    " came in on {received}.",
    todo="Answer today, begin with the oldest, and say sorry for the wait.",
    source=_PROMISE,
    thresholds=("kpi-report.promise_hours",),
)
def check_messages_are_answered(context: Context) -> Iterator[Hit]:
    """Messages that wait for longer than promised; a complaint among them is graver."""
    for promise, messages in _by_promise(context).items():
        late = [item for item in messages if waits_too_long(item, promise, context.as_of)]
        late.sort(key=lambda item: -(hours_waiting(item, context.as_of) or 0))
        if late:
            longest = timedelta(hours=hours_waiting(late[0], context.as_of) or 0)
            yield Hit(
                evidence=tuple(item.cell("answered") for item in late)[:MOST_CELLS],
                values={
                    "promise": rounded(promise),
                    "count": len(late),
                    "channels": _channels(late, context),
                    "received": context.as_of - longest,
                },
                level=Level.ERROR if any(item.kind == COMPLAINT for item in late) else None,
            )


@rule(
    "kpi-report.slow_answers",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{late} of {answered} answers came later than the {promise} hours promised ({share}); the median is {median}"
    " hours.",
    todo="Fix a time of day for messages and a stand-in, keep answers to common questions ready, or promise less.",
    source=_PROMISE,
    thresholds=("kpi-report.promise_hours", "kpi-report.late_share"),
)
def check_answers_are_in_time(context: Context) -> Iterator[Hit]:
    """More answers than the limit came later than promised."""
    for promise, messages in _by_promise(context).items():
        timed = [item for item in messages if item.first_answer_hours is not None]
        late = [item for item in timed if took_too_long(item, promise)]
        middle = median_answer_hours(timed)
        if middle is None or len(late) <= len(timed) * context.thresholds["kpi-report.late_share"]:
            continue
        late.sort(key=lambda item: -(item.first_answer_hours or 0))
        yield Hit(
            evidence=tuple(item.cell("first_answer_hours") for item in late)[:MOST_CELLS],
            values={
                "late": len(late),
                "answered": len(timed),
                "promise": rounded(promise),
                "share": Share(Decimal(len(late)) / len(timed)),
                "median": rounded(middle, 1),
            },
        )


@rule(
    "kpi-report.complaint_not_routed",
    level=Level.ERROR,
    needs=("kpi-report",),
    says="Complaints that nobody in the business deals with: {count} ({channels}).",
    todo="Write into 'Passed on to' who solves it, give the customer a day, and keep it.",
    source="A complaint goes to somebody who can solve it",
)
def check_complaints_are_routed(context: Context) -> Iterator[Hit]:
    """Complaints that are neither passed on nor resolved."""
    report = context.plans.kpi_report
    messages = messages_so_far(report, context.as_of) if report is not None else []
    lost = [item for item in messages if item.kind == COMPLAINT and not is_routed(item)]
    if lost:
        yield Hit(
            evidence=tuple(item.cell("routed_to") for item in lost)[:MOST_CELLS],
            values={"count": len(lost), "channels": _channels(lost, context)},
        )


def _by_promise(context: Context) -> dict[Decimal, list[Message]]:
    """The messages so far by the hours within which their channel is answered."""
    report = context.plans.kpi_report
    found: dict[Decimal, list[Message]] = {}
    if report is not None:
        for item in messages_so_far(report, context.as_of):
            found.setdefault(promise_hours(report, context, item.channel), []).append(item)
    return found


def _channels(messages: list[Message], context: Context) -> tuple[str, ...]:
    """The channels of some messages, each once."""
    return tuple(dict.fromkeys(channel_name(context, item.channel) for item in messages))
