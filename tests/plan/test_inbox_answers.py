"""Who was answered, how fast, and what waits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from smsheets.plan.inbox import (
    MessageState,
    answer_hours,
    as_known_on,
    hours_kept,
    hours_waiting,
    in_use,
    median_answer_hours,
    needs_answer,
    response_rate,
    slowest_channel,
    state_of,
    took_too_long,
    waits_too_long,
)
from smsheets.plan.kpi_report import Message
from smsheets.plan.record import Where, group_by

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
        (message("praise", first_answer_hours=Decimal(40)), MessageState.FINE),
        (message("complaint", answered=True), MessageState.NOT_ROUTED),
        (message("complaint", answered=True, routed_to="Owner"), MessageState.FINE),
        (message("complaint", answered=True, resolved=True), MessageState.FINE),
        (Message(message_id="M7"), None),
    ],
)
def test_states(item: Message, expected: MessageState | None) -> None:
    assert state_of(item, PROMISE, AS_OF) is expected


def at(received: str, answered: str | None = None, **more: Any) -> Message:
    """A message by the moments it came in and was answered."""
    moments = {"received": received, "answered": answered}
    parts: dict[str, Any] = {}
    for name, text in moments.items():
        if text is not None:
            moment = datetime.fromisoformat(text)
            parts[f"{name}_at"] = moment.time() if "T" in text else None
            parts["received" if name == "received" else "answered_on"] = moment.date()
    parts["answered"] = answered is not None
    return message(**parts, **more)


@pytest.mark.parametrize(
    ("item", "hours", "state"),
    [
        (at("2027-07-01T09:00", "2027-07-01T20:30"), Decimal("11.5"), MessageState.FINE),
        (at("2027-07-01T09:00", "2027-07-02T09:00"), Decimal(24), MessageState.SLOW),
        (at("2027-07-01T09:00", "2027-07-02T09:00", first_answer_hours=Decimal(3)), Decimal(3), MessageState.FINE),
        (at("2027-07-01", "2027-07-02T09:00"), None, MessageState.FINE),
        (at("2027-07-01T09:00", "2027-07-04"), None, MessageState.FINE),
        (at("2027-07-02T09:00", "2027-07-01T09:00"), None, MessageState.FINE),
        (at("2027-07-01T09:00"), None, MessageState.TOO_LATE),
        (at("2027-07-04T12:00"), None, MessageState.WAITING),
        (at("2027-07-04T11:30"), None, MessageState.TOO_LATE),
        (at("2027-07-05T23:00"), None, MessageState.WAITING),
    ],
)
def test_hours_come_from_both_times(item: Message, hours: Decimal | None, state: MessageState) -> None:
    assert answer_hours(item) == hours
    assert state_of(item, PROMISE, AS_OF) is state


def test_an_answer_of_a_later_day_is_none_yet() -> None:
    item = at("2027-07-01", "2027-07-06")
    assert as_known_on(item, date(2027, 7, 6)) == item
    assert state_of(as_known_on(item, AS_OF), PROMISE, AS_OF) is MessageState.TOO_LATE


def test_an_answer_that_cannot_be_read_is_no_missing_answer() -> None:
    item = msgspec.structs.replace(message(), where=Where(unread=frozenset({"answered"})))
    assert not waits_too_long(item, PROMISE, AS_OF)
    assert response_rate([item, message(answered=True)]) == 1
    assert waits_too_long(message(), PROMISE, AS_OF)


def test_what_needs_no_answer_counts_in_no_figure_about_answers() -> None:
    """The same figures with and without praise, whatever was noted of it."""
    needing = [*answered(2, 30), message(), message("complaint", first_answer_hours=Decimal(50))]
    nice = [message(kind, first_answer_hours=Decimal(1), channel="x") for kind in ("praise", "mention", "other")] * 3
    for figure in (response_rate, median_answer_hours, lambda items: hours_kept(items, Decimal("0.1"))):
        assert figure([*needing, *nice]) == figure(needing)
    assert sum(took_too_long(item, Decimal(0)) for item in [*needing, *nice]) == 3


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
