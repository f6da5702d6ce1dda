"""The roadmap's records, and how late an initiative is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.roadmap import DaysOff, Holiday, Initiative, Roadmap, Task
from smsheets.plan.slip import (
    Progress,
    days_past_due,
    end_as_planned,
    expected_share,
    known_done_share,
    planned_days,
    progress_of,
    slip_days,
)

NO_DAYS_OFF = DaysOff()
TWO_WEEKS = Initiative(
    initiative_id="I1",
    initiative="Open an account",
    start=date(2027, 3, 1),
    due=date(2027, 3, 12),
    done_share=Decimal("0.5"),
    status="in_progress",
)
FINISHED = Initiative(start=date(2027, 3, 1), due=date(2027, 3, 12), status="done", finished_on=date(2027, 3, 17))


def changed(initiative: Initiative, **changes: object) -> Initiative:
    return msgspec.structs.replace(initiative, **changes)


def test_a_row_with_only_an_id_is_not_in_use() -> None:
    roadmap = Roadmap(initiatives=(Initiative(initiative_id="I1"),), tasks=(Task(task_id="T1"),))
    assert roadmap.initiatives_in_use == ()
    assert roadmap.tasks_in_use == ()


def test_days_off_are_the_dates_of_the_sheet() -> None:
    roadmap = Roadmap(holidays=(Holiday(date=date(2027, 12, 24), name="Closed"), Holiday(name="no date")))
    assert roadmap.days_off == DaysOff(dates=frozenset({date(2027, 12, 24)}))


def test_working_days_leave_out_the_days_off() -> None:
    assert planned_days(TWO_WEEKS, NO_DAYS_OFF) == 10
    assert planned_days(TWO_WEEKS, DaysOff(dates=frozenset({date(2027, 3, 8)}))) == 9


@pytest.mark.parametrize(
    ("as_of", "expected", "slip"),
    [
        (date(2027, 2, 26), "0", -5),  # half done before it began
        (date(2027, 3, 1), "0.1", -4),
        (date(2027, 3, 5), "0.5", 0),
        (date(2027, 3, 7), "0.5", 0),  # a weekend changes nothing
        (date(2027, 3, 10), "0.8", 3),
        (date(2027, 3, 12), "1", 5),
        (date(2027, 3, 15), "1", 6),  # one working day past due, five behind before that
    ],
)
def test_slip_is_time_gone_by_minus_work_done(as_of: date, expected: str, slip: int) -> None:
    assert expected_share(TWO_WEEKS, as_of, NO_DAYS_OFF) == Decimal(expected)
    assert slip_days(TWO_WEEKS, as_of, NO_DAYS_OFF) == slip


def test_half_a_day_behind_counts_as_a_day_and_half_a_day_ahead_too() -> None:
    behind = changed(TWO_WEEKS, done_share=Decimal("0.35"))
    ahead = changed(TWO_WEEKS, done_share=Decimal("0.65"))
    assert slip_days(behind, date(2027, 3, 5), NO_DAYS_OFF) == 2
    assert slip_days(ahead, date(2027, 3, 5), NO_DAYS_OFF) == -2


def test_a_finished_initiative_is_measured_on_the_day_it_was_finished() -> None:
    assert slip_days(FINISHED, date(2027, 12, 1), NO_DAYS_OFF) == 3
    assert slip_days(changed(FINISHED, finished_on=date(2027, 3, 11)), date(2027, 12, 1), NO_DAYS_OFF) == -1
    assert slip_days(changed(FINISHED, finished_on=None), date(2027, 12, 1), NO_DAYS_OFF) is None


def test_what_is_not_known_is_none_and_not_zero() -> None:
    as_of = date(2027, 3, 10)
    assert known_done_share(changed(TWO_WEEKS, done_share=None)) is None
    assert slip_days(changed(TWO_WEEKS, done_share=None), as_of, NO_DAYS_OFF) is None
    assert slip_days(changed(TWO_WEEKS, due=None), as_of, NO_DAYS_OFF) is None
    assert planned_days(changed(TWO_WEEKS, due=date(2027, 2, 1)), NO_DAYS_OFF) is None
    assert expected_share(changed(TWO_WEEKS, status="cancelled"), as_of, NO_DAYS_OFF) is None
    assert expected_share(Initiative(), as_of, NO_DAYS_OFF) is None


def test_not_started_is_nothing_done() -> None:
    planned = changed(TWO_WEEKS, done_share=None, status="planned")
    assert known_done_share(planned) == 0
    assert slip_days(planned, date(2027, 3, 2), NO_DAYS_OFF) == 2


def test_an_initiative_on_days_off_only_should_be_done_at_once() -> None:
    weekend = changed(TWO_WEEKS, start=date(2027, 3, 6), due=date(2027, 3, 7))
    assert planned_days(weekend, NO_DAYS_OFF) == 0
    assert expected_share(weekend, date(2027, 3, 6), NO_DAYS_OFF) == 1


@pytest.mark.parametrize(
    ("initiative", "as_of", "progress", "past_due"),
    [
        (TWO_WEEKS, date(2027, 3, 5), Progress.ON_TIME, None),
        (TWO_WEEKS, date(2027, 3, 10), Progress.SLIPPING, None),
        (TWO_WEEKS, date(2027, 3, 12), Progress.SLIPPING, None),  # the due date itself is still in time
        (TWO_WEEKS, date(2027, 3, 13), Progress.OVERDUE, 0),  # overdue on a weekend, no working day lost
        (TWO_WEEKS, date(2027, 3, 16), Progress.OVERDUE, 2),
        (changed(TWO_WEEKS, done_share=Decimal(1)), date(2027, 3, 16), Progress.DONE, None),
        (FINISHED, date(2027, 12, 1), Progress.DONE_LATE, None),
        (changed(TWO_WEEKS, status="cancelled"), date(2027, 12, 1), None, None),
        (changed(TWO_WEEKS, due=None), date(2027, 12, 1), None, None),
    ],
)
def test_one_word_says_how_it_goes(
    initiative: Initiative, as_of: date, progress: Progress | None, past_due: int | None
) -> None:
    assert progress_of(initiative, as_of, NO_DAYS_OFF, slipping_from=3) is progress
    assert days_past_due(initiative, as_of, NO_DAYS_OFF) == past_due


@given(
    as_of=st.dates(date(2027, 1, 1), date(2027, 12, 30)),
    length=st.integers(0, 200),
    share=st.decimals(0, "0.99", places=2),
)
def test_doing_nothing_lets_slip_grow_on_working_days_only(as_of: date, length: int, share: Decimal) -> None:
    start = date(2027, 1, 4)
    item = Initiative(start=start, due=start + timedelta(days=length), done_share=share, status="in_progress")
    today = slip_days(item, as_of, NO_DAYS_OFF)
    tomorrow = slip_days(item, as_of + timedelta(days=1), NO_DAYS_OFF)
    assert today is not None
    assert tomorrow is not None
    works_tomorrow = as_of + timedelta(days=1) >= start and (as_of + timedelta(days=1)).isoweekday() <= 5
    assert 0 <= tomorrow - today <= 2 if works_tomorrow else tomorrow == today


@pytest.mark.parametrize(
    ("as_of", "share", "end"),
    [
        (date(2027, 3, 5), "0.1", date(2027, 3, 18)),  # 4 days behind
        (date(2027, 3, 19), "0.5", date(2027, 3, 26)),  # overdue; the other half takes 5 days, from the next Monday on
        (date(2027, 3, 5), "0.5", None),  # as planned
        (date(2027, 3, 5), "0.9", None),  # ahead
    ],
)
def test_an_initiative_behind_ends_as_much_later_as_it_is_behind(as_of: date, share: str, end: date | None) -> None:
    assert end_as_planned(changed(TWO_WEEKS, done_share=Decimal(share)), as_of, NO_DAYS_OFF) == end


def test_no_end_is_told_beyond_the_calendar() -> None:
    last = changed(TWO_WEEKS, start=date(2027, 3, 1), due=date(9999, 12, 31), done_share=Decimal(0))
    assert end_as_planned(last, date(2028, 3, 5), NO_DAYS_OFF) is None
    assert end_as_planned(changed(TWO_WEEKS, done_share=Decimal(0)), date(2100, 1, 1), NO_DAYS_OFF) is None
    assert end_as_planned(changed(TWO_WEEKS, due=None), date(2028, 3, 5), NO_DAYS_OFF) is None
