"""Rules about what people write for: too many complaints, the same questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.kpi_standards import channel_name
from smsheets.analysis.rules.kpi_report.evidence import MOST_CELLS
from smsheets.analysis.variance.kpi_report import messages_so_far
from smsheets.cells import CellRef
from smsheets.money import Share
from smsheets.plan.inbox_answers import COMPLAINT, QUESTION, by_kind
from smsheets.plan.kpi_report import Message


@rule(
    "kpi-report.many_complaints",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{count} of {total} messages of the last {days} days are complaints ({share}), most of them on {channel}.",
    todo="Read {messages} together and look for one cause. Write what you change about it down as a decision, with an"
    " owner and a day.",
    source="Complaints are the cheapest report on quality a business gets",
    thresholds=("kpi-report.kind_days", "kpi-report.kind_messages", "kpi-report.complaint_share"),
    lacks="Fill in the kind of {count} messages to learn how many of them are complaints and questions.",
    weight=3,
)
def check_complaints_are_few(context: Context) -> Iterator[Hit | Lack]:
    """Complaints are less than the limit of all the messages that say their kind."""
    recent = _recent(context)
    found = _kind_values(recent, COMPLAINT, "kpi-report.complaint_share", context)
    if found is not None:
        yield Hit(about=COMPLAINT, root="inbox: complaints", evidence=found[0], values=found[1])
    blank = [item for item in recent if item.kind is None]
    if blank:
        yield Lack(
            evidence=tuple(item.cell("kind") for item in blank)[:MOST_CELLS],
            values={"count": len(blank)},
        )


@rule(
    "kpi-report.same_questions",
    level=Level.NOTE,
    needs=("kpi-report",),
    says="{count} of {total} messages of the last {days} days are questions ({share}), most of them on {channel}.",
    todo="Look through {messages} for what is asked twice, and answer it once where people look first: in the profile,"
    " in a pinned post, on the page you link to.",
    source="A question that comes back is one that nobody finds answered",
    thresholds=("kpi-report.kind_days", "kpi-report.kind_messages", "kpi-report.question_share"),
    weight=2,
)
def check_questions_are_answered_once(context: Context) -> Iterator[Hit]:
    """Questions are less than the limit of all the messages that say their kind."""
    found = _kind_values(_recent(context), QUESTION, "kpi-report.question_share", context)
    if found is not None:
        yield Hit(about=QUESTION, evidence=found[0], values=found[1])


def _recent(context: Context) -> list[Message]:
    report = context.plans.kpi_report
    if report is None:
        return []
    first = context.as_of - timedelta(days=int(context.thresholds["kpi-report.kind_days"]))
    messages = messages_so_far(report, context.as_of)
    return [item for item in messages if item.received is not None and item.received > first]


def _kind_values(
    messages: list[Message], kind: str, threshold: str, context: Context
) -> tuple[tuple[CellRef, ...], dict[str, Wording]] | None:
    """The cells and values of a kind that makes up the limit or more of enough messages; None otherwise."""
    kinds = by_kind(messages)
    own, total = kinds.get(kind, []), sum(len(items) for items in kinds.values())
    if total < context.thresholds["kpi-report.kind_messages"] or not own:
        return None
    share = Decimal(len(own)) / total
    if share < context.thresholds[threshold]:
        return None
    channel, _ = Counter(item.channel for item in own).most_common(1)[0]
    values: dict[str, Wording] = {
        "count": len(own),
        "total": total,
        "share": Share(share),
        "days": int(context.thresholds["kpi-report.kind_days"]),
        "channel": channel_name(context, channel),
        "messages": tuple(item.message_id for item in own if item.message_id is not None)[:MOST_CELLS],
    }
    return tuple(item.cell("kind") for item in own)[:MOST_CELLS], values
