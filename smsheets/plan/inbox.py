"""Messages: which are answered, how fast, and which complaints reach somebody.

Figures about answers have one base, the messages that need an answer (`needs_answer`): praise that somebody thanked for
after a week makes nobody slow.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_CEILING, Decimal
from enum import Enum

import msgspec

from smsheets.median import median
from smsheets.plan.kpi_months import ratio
from smsheets.plan.kpi_report import Message
from smsheets.plan.record import group_by, round_figure

COMPLAINT = "complaint"
QUESTION = "question"
_NEEDS_NO_ANSWER = frozenset({"mention", "praise", "other"})
_SECONDS_PER_HOUR = 3600
_CENTI = Decimal("0.01")


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
    """Answered, by the word, by the day of the answer or by the hours it took."""
    return message.first_answer_hours is not None or message.answered is True


def is_unclear(message: Message) -> bool:
    """True if nobody can say whether it is answered: the cell holds something that cannot be read."""
    return not is_answered(message) and "answered" in message.where.unread


def needs_answer(message: Message) -> bool:
    """Questions, complaints, and what nobody sorted yet; without those of which the answer is unclear."""
    return in_use(message) and message.kind not in _NEEDS_NO_ANSWER and not is_unclear(message)


def answer_hours(message: Message) -> Decimal | None:
    """Hours until the first answer: as typed, else from one time to the other, to two places, as on the sheet.

    None without one of the two times, and where the answer is before the message.
    """
    if message.first_answer_hours is not None:
        return message.first_answer_hours
    return hours_between(message)


def hours_between(message: Message) -> Decimal | None:
    """Hours from the time a message came in to the time of the answer; below zero they are None."""
    if None in (message.received, message.received_at, message.answered_on, message.answered_at):
        return None
    took = _moment(message.answered_on, message.answered_at) - _moment(message.received, message.received_at)
    hours = round_figure(Decimal(took.total_seconds()) / _SECONDS_PER_HOUR, _CENTI)
    return None if hours < 0 else hours


def hours_waiting(message: Message, as_of: date) -> Decimal | None:
    """Hours from when it came in to the begin of `as_of`, for one without an answer; 0 for one of that day.

    Without a time of day they count from the begin of the day it came in.
    """
    if message.received is None or is_answered(message) or message.received > as_of:
        return None
    waited = _moment(as_of) - _moment(message.received, message.received_at)
    return max(Decimal(waited.total_seconds()) / _SECONDS_PER_HOUR, Decimal(0))


def _moment(day: date | None, clock: time | None = None) -> datetime:
    return datetime.combine(day or date.min, clock or time())


def as_known_on(message: Message, as_of: date) -> Message:
    """The message as it was on a day: without an answer of a later one."""
    if message.answered_on is None or message.answered_on <= as_of:
        return message
    return msgspec.structs.replace(message, answered=False, answered_on=None, answered_at=None, first_answer_hours=None)


def is_routed(message: Message) -> bool:
    """True if somebody deals with it or has dealt with it."""
    return message.routed_to is not None or message.resolved is True


def state_of(message: Message, promise_hours: Decimal, as_of: date) -> MessageState | None:
    """The state the sheet shows; None for a row without a message."""
    if not in_use(message):
        return None
    if message.kind == COMPLAINT and not is_routed(message):
        return MessageState.NOT_ROUTED
    if is_answered(message):
        return MessageState.SLOW if took_too_long(message, promise_hours) else MessageState.FINE
    if message.kind in _NEEDS_NO_ANSWER:
        return MessageState.NO_ANSWER_NEEDED
    return MessageState.TOO_LATE if waits_too_long(message, promise_hours, as_of) else MessageState.WAITING


def took_too_long(message: Message, promise_hours: Decimal) -> bool:
    """Needs an answer and has one, but later than promised."""
    hours = answer_hours(message)
    return needs_answer(message) and hours is not None and hours > promise_hours


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
    hours = _known_hours(messages)
    return median(hours) if hours else None


def _known_hours(messages: Iterable[Message]) -> list[Decimal]:
    """The hours until the first answer of those that need one, shortest first."""
    return sorted(hours for item in messages if needs_answer(item) and (hours := answer_hours(item)) is not None)


def hours_kept(messages: Iterable[Message], late_share: Decimal) -> Decimal | None:
    """The promise that would have been kept: the hours within which all but `late_share` of the answers came.

    None where no hours were noted.
    """
    hours = _known_hours(messages)
    if not hours:
        return None
    needed = (len(hours) * (1 - late_share)).to_integral_value(ROUND_CEILING)
    return hours[max(int(needed), 1) - 1]


def slowest_channel(messages: Iterable[Message], at_least: int) -> tuple[str, Decimal] | None:
    """The channel with the longest median until the first answer, and that median.

    Only channels with at least `at_least` timed answers count; None where fewer than two of them can be compared.
    """
    by_channel = group_by(messages, lambda message: message.channel)
    hours = {channel: _known_hours(own) for channel, own in by_channel.items()}
    middles = {channel: median(known) for channel, known in hours.items() if known and len(known) >= at_least}
    return None if len(middles) <= 1 else max(middles.items(), key=lambda item: item[1])
