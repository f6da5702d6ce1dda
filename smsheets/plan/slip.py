"""Working days, and how many of them an initiative is late.

Slip is the working time gone by since the start, minus the working time of the done share: `elapsed -
done share * working days`. It is schedule variance in time units (earned schedule, AT - ES) with the plan spread evenly
over the working days. For an initiative that is finished, time stops on that day. Slip grows by one each working day on
which nothing is done, before the due date and after it; whoever is ten days behind finishes ten working days late if
the rest goes as planned. Below zero is ahead. The sheet Initiatives computes the same.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from smsheets.periods import DAYS_IN_WEEK
from smsheets.plan.record import round_figure
from smsheets.plan.roadmap import DaysOff, Initiative


def count_working_days(first: date, last: date, days_off: DaysOff) -> int:
    """The working days from `first` to `last`, both counted; 0 where `last` is before `first`."""
    if last < first:
        return 0
    weeks, rest = divmod((last - first).days + 1, DAYS_IN_WEEK)
    remainder = (first + timedelta(days=weeks * DAYS_IN_WEEK + extra) for extra in range(rest))
    weekdays = weeks * (DAYS_IN_WEEK - len(days_off.weekend))
    weekdays += sum(day.isoweekday() not in days_off.weekend for day in remainder)
    return weekdays - sum(first <= day <= last and day.isoweekday() not in days_off.weekend for day in days_off.dates)


def add_working_days(day: date, count: int, days_off: DaysOff) -> date:
    """The day on which `count` more working days have gone by after `day`; `day` itself for none."""
    left = count
    while left > 0:
        day += timedelta(days=1)
        left -= day not in days_off
    return day


def week_end(day: date) -> date:
    """The Sunday of the day's ISO week."""
    return day + timedelta(days=DAYS_IN_WEEK - day.isoweekday())


WHOLE = Decimal(1)
_FARTHEST = 2600
"""Ten years of working days: an end farther off than that is not worked out to the day."""
_LAST_YEAR = 9980
"""Ten years after a later due date there is no calendar any more."""


class Progress(Enum):
    """How an initiative stands on a day. The values are the ids of the workbook's progress words."""

    ON_TIME = "on_time"
    SLIPPING = "slipping"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"


def planned_days(initiative: Initiative, days_off: DaysOff) -> int | None:
    """The working days from start to due; None without both dates, or with the due date first."""
    if initiative.start is None or initiative.due is None or initiative.due < initiative.start:
        return None
    return count_working_days(initiative.start, initiative.due, days_off)


def known_done_share(initiative: Initiative) -> Decimal | None:
    """The share that is done, 0..1. Done is 1 and not started is 0, written or not; else blank is unknown."""
    if initiative.finished:
        return Decimal(1)
    if initiative.done_share is not None:
        return initiative.done_share
    return Decimal(0) if initiative.status in (None, "planned") else None


def expected_share(initiative: Initiative, as_of: date, days_off: DaysOff) -> Decimal | None:
    """The share of the planned working days that has gone by up to and with `as_of`, 0..1.

    None for a cancelled initiative and where dates are missing.
    """
    days = planned_days(initiative, days_off)
    if days is None or initiative.start is None or initiative.due is None or initiative.cancelled:
        return None
    if as_of < initiative.start:
        return Decimal(0)
    if as_of >= initiative.due or not days:
        return Decimal(1)
    return Decimal(count_working_days(initiative.start, as_of, days_off)) / days


def slip_days(initiative: Initiative, as_of: date, days_off: DaysOff) -> int | None:
    """Working days behind plan on `as_of`, to the nearest whole day (half a day up); below zero is ahead.

    None where it is not known: no dates, cancelled, in work without a done share, done without a finishing day.
    """
    days = planned_days(initiative, days_off)
    share = known_done_share(initiative)
    until = initiative.finished_on if initiative.finished else as_of
    if days is None or share is None or until is None or initiative.start is None or initiative.cancelled:
        return None
    behind = count_working_days(initiative.start, until, days_off) - share * days
    return int(round_figure(abs(behind), WHOLE)) * (1 if behind > 0 else -1)


def days_past_due(initiative: Initiative, as_of: date, days_off: DaysOff) -> int | None:
    """The working days after the due date up to and with `as_of`; None for what is not overdue."""
    if not initiative.unfinished or initiative.due is None or as_of <= initiative.due:
        return None
    return count_working_days(initiative.due + timedelta(days=1), as_of, days_off)


def end_as_planned(initiative: Initiative, as_of: date, days_off: DaysOff) -> date | None:
    """The day on which an initiative behind its plan ends, if what is left of it takes as long as was planned for it.

    That is the due date and as many working days as it is behind: its slip. Nothing is forecast: whoever is slower
    than planned ends later still. None where the slip is not known, and for an initiative that is not behind.
    """
    days, due = slip_days(initiative, as_of, days_off), initiative.due
    if due is None or due.year >= _LAST_YEAR or days is None or not 0 < days <= _FARTHEST:
        return None
    return add_working_days(due, days, days_off)


def progress_of(initiative: Initiative, as_of: date, days_off: DaysOff, slipping_from: int) -> Progress | None:
    """The word of the sheet's column 'On time?'; `slipping_from` is in working days.

    None without a due date and for a cancelled initiative.
    """
    if initiative.due is None:
        return None
    if initiative.finished:
        late = initiative.finished_on is not None and initiative.finished_on > initiative.due
        return Progress.DONE_LATE if late else Progress.DONE
    if initiative.cancelled:
        return None
    if initiative.due < as_of:
        return Progress.OVERDUE
    slip = slip_days(initiative, as_of, days_off)
    return Progress.SLIPPING if slip is not None and slip >= slipping_from else Progress.ON_TIME
