"""Rules about people who write: answered, in time, and complaints passed on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.kpi_standards import channel_name, promise_hours, rounded
from smsheets.analysis.rules.kpi_report.posts import MOST_CELLS
from smsheets.analysis.variance.kpi_report import messages_so_far
from smsheets.money import Share
from smsheets.plan.inbox_answers import (
    COMPLAINT, hours_waiting, is_routed, median_answer_hours, took_too_long, waits_too_long,
)
from smsheets.plan.kpi_report import Message


@rule(
    "kpi-report.unanswered",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel}: messages without an answer for longer than promised: {count}. The oldest waits {hours} hours,"
    " {promise} are promised.",
    todo="Answer today, begin with the oldest, and say sorry for the wait.",
    source="The promise in the house rules of the strategy, else on the sheet Inbox, else this program's default",
    thresholds=("kpi-report.promise_hours",),
)
def check_messages_are_answered(context: Context) -> Iterator[Hit]:
    """Channels with messages that wait for longer than promised; a complaint among them is graver."""
    report = context.plans.kpi_report
    for channel, messages in _by_channel(context).items():
        if report is None:
            return
        promise = promise_hours(report, context, channel)
        late = [item for item in messages if waits_too_long(item, promise, context.as_of)]
        late.sort(key=lambda item: -(hours_waiting(item, context.as_of) or 0))
        if late:
            yield Hit(
                evidence=tuple(item.cell("answered") for item in late)[:MOST_CELLS],
                values={
                    "channel": channel_name(context, channel),
                    "count": len(late),
                    "hours": hours_waiting(late[0], context.as_of) or 0,
                    "promise": rounded(promise),
                },
                level=Level.ERROR if any(item.kind == COMPLAINT for item in late) else None,
            )


@rule(
    "kpi-report.slow_answers",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel}: {late} of {answered} answers came later than the {promise} hours promised ({share}); the median is"
    " {median} hours.",
    todo="Fix a time of day for messages and a stand-in, keep answers to common questions ready, or promise less.",
    source="The promise in the house rules of the strategy, else on the sheet Inbox, else this program's default",
    thresholds=("kpi-report.promise_hours", "kpi-report.late_share"),
)
def check_answers_are_in_time(context: Context) -> Iterator[Hit]:
    """Channels where more answers than the limit came later than promised."""
    report = context.plans.kpi_report
    for channel, messages in _by_channel(context).items():
        if report is None:
            return
        promise = promise_hours(report, context, channel)
        timed = [item for item in messages if item.first_answer_hours is not None]
        late = [item for item in timed if took_too_long(item, promise)]
        middle = median_answer_hours(timed)
        if middle is None or len(late) <= len(timed) * context.thresholds["kpi-report.late_share"]:
            continue
        late.sort(key=lambda item: -(item.first_answer_hours or 0))
        yield Hit(
            evidence=tuple(item.cell("first_answer_hours") for item in late)[:MOST_CELLS],
            values={
                "channel": channel_name(context, channel),
                "late": len(late),
                "answered": len(timed),
                "share": Share(Decimal(len(late)) / len(timed)),
                "median": rounded(middle, 1),
                "promise": rounded(promise),
            },
        )


@rule(
    "kpi-report.complaint_not_routed",
    level=Level.ERROR,
    needs=("kpi-report",),
    says="{channel}: complaints that nobody in the business deals with: {count}.",
    todo="Write into 'Passed on to' who solves it, give the customer a day, and keep it.",
    source="A complaint goes to somebody who can solve it",
)
def check_complaints_are_routed(context: Context) -> Iterator[Hit]:
    """Complaints that are neither passed on nor resolved."""
    for channel, messages in _by_channel(context).items():
        lost = [item for item in messages if item.kind == COMPLAINT and not is_routed(item)]
        if lost:
            yield Hit(
                evidence=tuple(item.cell("routed_to") for item in lost)[:MOST_CELLS],
                values={"channel": channel_name(context, channel), "count": len(lost)},
            )


def _by_channel(context: Context) -> dict[str | None, list[Message]]:
    """The messages so far by channel, in the order of the sheet."""
    report = context.plans.kpi_report
    found: dict[str | None, list[Message]] = {}
    for item in messages_so_far(report, context.as_of) if report is not None else ():
        found.setdefault(item.channel, []).append(item)
    return found
