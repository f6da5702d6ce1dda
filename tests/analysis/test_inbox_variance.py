"""How people are answered, per channel and per kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.kpi_report import InboxGroup, compute_variance
from smsheets.plan.kpi_report import KpiReport, Message
from smsheets.plan.strategy import HouseRule, Strategy
from smsheets.spec.load import load_thresholds

MESSAGES = (
    Message(channel="x", kind="question", received=date(2027, 2, 1), first_answer_hours=Decimal(30)),
    Message(channel="x", kind="complaint", received=date(2027, 2, 2), first_answer_hours=Decimal(2)),
    Message(channel="x", kind="praise", received=date(2027, 2, 2)),
    Message(channel="instagram", kind="question", received=date(2027, 2, 3)),
    Message(kind="question", received=date(2027, 9, 9)),
)


def groups() -> tuple[tuple[InboxGroup, ...], tuple[InboxGroup, ...]]:
    """By channel and by kind; on X an answer is promised within a day, elsewhere within an hour."""
    rules = (HouseRule(topic="response", within_hours=Decimal(1)), HouseRule(channel="x", within_hours=Decimal(24)))
    context = Context(
        plans=PlanSet(strategy=Strategy(house_rules=rules)),
        as_of=date(2027, 3, 1),
        thresholds={name: item.amount for name, item in load_thresholds("kpi-report").items()},
    )
    inbox = compute_variance(KpiReport(inbox=MESSAGES), context).inbox
    return inbox.by_channel, inbox.by_kind


def test_by_channel_with_the_promise_of_each() -> None:
    first, second = groups()[0]
    assert first == InboxGroup(
        key="x",
        messages=3,
        needing=2,
        answered=2,
        late=1,
        median_hours=Decimal(16),
        promise_hours=Decimal(24),
    )
    assert (second.key, second.unanswered, second.median_hours, second.promise_hours) == (
        "instagram",
        1,
        None,
        Decimal(1),
    )


def test_by_kind_the_most_frequent_first() -> None:
    found = {group.key: (group.messages, group.needing, group.answered, group.late) for group in groups()[1]}
    assert list(found) == ["question", "complaint", "praise"]
    assert found == {"question": (2, 2, 1, 1), "complaint": (1, 1, 1, 0), "praise": (1, 0, 0, 0)}


def test_the_parts_add_up_to_the_whole() -> None:
    for parts in groups():
        assert sum(group.messages for group in parts) == 4
        assert sum(group.needing for group in parts) == 3
        assert sum(group.late for group in parts) == 1
