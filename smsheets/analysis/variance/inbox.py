"""How people are answered, per channel and per kind of message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import promise_hours
from smsheets.plan.inbox_answers import is_answered, median_answer_hours, needs_answer, took_too_long
from smsheets.plan.kpi_report import KpiReport, Message


class InboxGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The messages of one channel or of one kind; `key` is its id, None for those without one.

    Attributes:
        needing, answered: Messages that need an answer, and those of them that have one.
        late: Answers that took longer than promised.
        median_hours: Until the first answer; None where no hours were noted.
        promise_hours: Of a channel; None for a kind, which comes in on several.
    """

    key: str | None
    messages: int
    needing: int
    answered: int
    late: int
    median_hours: Decimal | None
    promise_hours: Decimal | None = None

    @property
    def unanswered(self) -> int:
        """Messages that need an answer and have none."""
        return self.needing - self.answered


def groups_by_channel(messages: Sequence[Message], plan: KpiReport, context: Context) -> tuple[InboxGroup, ...]:
    """One group per channel, the one with the most messages first."""
    return _groups(messages, lambda item: item.channel, plan, context, promised=True)


def groups_by_kind(messages: Sequence[Message], plan: KpiReport, context: Context) -> tuple[InboxGroup, ...]:
    """One group per kind, the one with the most messages first."""
    return _groups(messages, lambda item: item.kind, plan, context, promised=False)


def _groups(
    messages: Sequence[Message],
    key: Callable[[Message], str | None],
    plan: KpiReport,
    context: Context,
    *,
    promised: bool,
) -> tuple[InboxGroup, ...]:
    found: dict[str | None, list[Message]] = {}
    for message in messages:
        found.setdefault(key(message), []).append(message)
    ordered = sorted(found.items(), key=lambda group: (-len(group[1]), group[0] is None, group[0] or ""))
    return tuple(
        InboxGroup(
            key=name,
            messages=len(own),
            needing=sum(map(needs_answer, own)),
            answered=sum(is_answered(item) for item in own if needs_answer(item)),
            late=sum(took_too_long(item, promise_hours(plan, context, item.channel)) for item in own),
            median_hours=median_answer_hours(own),
            promise_hours=promise_hours(plan, context, name) if promised else None,
        )
        for name, own in ordered
    )
