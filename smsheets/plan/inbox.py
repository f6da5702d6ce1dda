"""Messages: which are answered, how fast, and which complaints reach somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import Enum

from smsheets.median import median
from smsheets.plan.kpi_months import ratio
from smsheets.plan.kpi_report import Message
from smsheets.plan.record import group_by

COMPLAINT = "complaint"
QUESTION = "question"
_NEEDS_NO_ANSWER = frozenset({"mention", "praise", "other"})


class MessageState(Enum):
    """The values are the ids of the list `message_states`."""

    FINE = "fine"
    SLOW = "slow"
    WAITING = "waiting"
    TOO_LATE = "too_late"
    NO_ANSWER_NEEDED = "no_answer_needed"
    NOT_ROUTED = "not_routed"


def in_use(message: Message) -> bool:
    """True if a row holds a message, and not just a number."""
    filled_in = (message.received, message.kind, message.answered, message.first_answer_hours)
    return any(value is not None for value in filled_in)


def is_answered(message: Message) -> bool:
    """Answered, by the word or by the hours it took."""
    return message.first_answer_hours is not None or message.answered is True


def needs_answer(message: Message) -> bool:
    """Questions, complaints, and what nobody sorted yet."""
    return in_use(message) and message.kind not in _NEEDS_NO_ANSWER


def hours_waiting(message: Message, as_of: date) -> int | None:
    """Hours since the day it came in, for one without an answer."""
    if message.received is None or is_answered(message) or message.received > as_of:
        return None
    return (as_of - message.received).days * 24


def is_routed(message: Message) -> bool:
    """True if somebody deals with it or has dealt with it."""
    return message.routed_to is not None or message.resolved is True


def state_of(message: Message, promise_hours: Decimal, as_of: date) -> MessageState | None:
    """The state the sheet shows; None for a row without a message."""
    if not in_use(message):
        return None
    if message.kind == COMPLAINT and not is_routed(message):
        return MessageState.NOT_ROUTED
    if message.first_answer_hours is not None:
        return MessageState.SLOW if took_too_long(message, promise_hours) else MessageState.FINE
    if message.answered:
        return MessageState.FINE
    if not needs_answer(message):
        return MessageState.NO_ANSWER_NEEDED
    return MessageState.TOO_LATE if waits_too_long(message, promise_hours, as_of) else MessageState.WAITING


def took_too_long(message: Message, promise_hours: Decimal) -> bool:
    """Answered, but later than promised."""
    return message.first_answer_hours is not None and message.first_answer_hours > promise_hours


def waits_too_long(message: Message, promise_hours: Decimal, as_of: date) -> bool:
    """Without the answer it needs for longer than promised."""
    waited = hours_waiting(message, as_of)
    return needs_answer(message) and waited is not None and waited > promise_hours


def response_rate(messages: Iterable[Message]) -> Decimal | None:
    """Answered / needing an answer; None where none needs one."""
    needing = [message for message in messages if needs_answer(message)]
    return ratio(sum(map(is_answered, needing)), len(needing))


def median_answer_hours(messages: Iterable[Message]) -> Decimal | None:
    """The median of the hours until the first answer, where known; not the mean, which one forgotten message spoils."""
    hours = [message.first_answer_hours for message in messages if message.first_answer_hours is not None]
    return median(hours) if hours else None


def hours_kept(messages: Iterable[Message], late_share: Decimal) -> Decimal | None:
    """The promise that would have been kept: the hours within which all but `late_share` of the answers came.

    None where no hours were noted.
    """
    hours = sorted(message.first_answer_hours for message in messages if message.first_answer_hours is not None)
    if not hours:
        return None
    needed = (len(hours) * (1 - late_share)).to_integral_value(ROUND_CEILING)
    return hours[max(int(needed), 1) - 1]


def slowest_channel(messages: Iterable[Message], at_least: int) -> tuple[str, Decimal] | None:
    """The channel with the longest median until the first answer, and that median.

    Only channels with at least `at_least` timed answers count; None where fewer than two of them can be compared.
    """
    timed = (message for message in messages if message.first_answer_hours is not None)
    by_channel = group_by(timed, lambda message: message.channel)
    middles = {
        channel: middle
        for channel, own in by_channel.items()
        if len(own) >= at_least and (middle := median_answer_hours(own)) is not None
    }
    return None if len(middles) <= 1 else max(middles.items(), key=lambda item: item[1])
