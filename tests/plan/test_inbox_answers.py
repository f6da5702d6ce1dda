"""Who was answered, how fast, and what waits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smsheets.plan.inbox import (
    MessageState,
    hours_kept,
    hours_waiting,
    in_use,
    median_answer_hours,
    needs_answer,
    response_rate,
    slowest_channel,
    state_of,
)
from smsheets.plan.kpi_report import Message
from smsheets.plan.record import group_by

AS_OF = date(2027, 7, 5)
PROMISE = Decimal(12)


def message(kind: str | None = "question", received: date | None = date(2027, 7, 1), **more: Any) -> Message:
    return Message(kind=kind, received=received, **more)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (message(), MessageState.TOO_LATE),
        (message(received=AS_OF), MessageState.WAITING),
        (message(received=None), MessageState.WAITING),
        (message(kind=None), MessageState.TOO_LATE),
        (message(answered=True), MessageState.FINE),
        (message(answered=False), MessageState.TOO_LATE),
        (message(first_answer_hours=Decimal(12)), MessageState.FINE),
        (message(first_answer_hours=Decimal("12.5")), MessageState.SLOW),
        (message("mention"), MessageState.NO_ANSWER_NEEDED),
        (message("praise", first_answer_hours=Decimal(40)), MessageState.SLOW),
        (message("complaint", answered=True), MessageState.NOT_ROUTED),
        (message("complaint", answered=True, routed_to="Owner"), MessageState.FINE),
        (message("complaint", answered=True, resolved=True), MessageState.FINE),
        (Message(message_id="M7"), None),
    ],
)
def test_states(item: Message, expected: MessageState | None) -> None:
    assert state_of(item, PROMISE, AS_OF) is expected


def test_a_number_alone_is_no_message() -> None:
    assert not in_use(Message(message_id="M1"))
    assert not needs_answer(Message(message_id="M1"))


def test_hours_waiting_count_from_the_day_it_came_in() -> None:
    assert hours_waiting(message(), AS_OF) == 96
    assert hours_waiting(message(answered=True), AS_OF) is None
    assert hours_waiting(message(received=date(2027, 7, 6)), AS_OF) is None


def test_the_response_rate_counts_what_needs_an_answer() -> None:
    messages = [message(answered=True), message(), message(first_answer_hours=Decimal(1)), message("praise"), Message()]
    assert response_rate(messages) == Decimal(2) / Decimal(3)
    assert response_rate([message("praise")]) is None


def test_one_forgotten_message_does_not_move_the_median() -> None:
    hours = [Decimal(2), Decimal(3), Decimal(900)]
    assert median_answer_hours(message(first_answer_hours=value) for value in hours) == 3
    assert median_answer_hours([message()]) is None


def answered(*hours: int, channel: str | None = "x") -> list[Message]:
    return [message(first_answer_hours=Decimal(item), channel=channel) for item in hours]


@pytest.mark.parametrize(("late_share", "expected"), [("0", 90), ("0.25", 20), ("0.5", 8), ("1", 2)])
def test_the_promise_that_would_have_been_kept(late_share: str, expected: int) -> None:
    assert hours_kept([*answered(8, 90, 2, 20), message()], Decimal(late_share)) == expected


def test_no_promise_without_hours() -> None:
    assert hours_kept([message()], Decimal(0)) is None


def test_the_slowest_of_the_channels_that_can_be_compared() -> None:
    fast, slow, few = answered(1, 2, 3), answered(9, 4, 50, channel="facebook"), answered(99, channel="tiktok")
    assert slowest_channel([*fast, *slow, *few, *answered(70, 80, 90, channel=None)], 3) == ("facebook", 9)
    assert slowest_channel([*fast, *few], 3) is None


def test_messages_by_kind() -> None:
    found = group_by([message("praise"), message(None), message("praise"), message("question")], lambda item: item.kind)
    assert {kind: len(items) for kind, items in found.items()} == {"praise": 2, "question": 1}
