"""Who was answered, how fast, and what waits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smsheets.plan.inbox_answers import (
    MessageState,
    hours_waiting,
    in_use,
    median_answer_hours,
    needs_answer,
    response_rate,
    state_of,
)
from smsheets.plan.kpi_report import Message

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
