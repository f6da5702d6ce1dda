"""Who has how much on the plate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.cadence import monday_of
from smsheets.plan.roadmap import Initiative, Roadmap, Task
from smsheets.plan.workload import (
    Overload,
    PersonHours,
    PersonLoad,
    find_overload,
    hours_due,
    person_loads,
    tasks_to_move,
    urgency,
)

MONDAY = date(2027, 7, 5)


def task(
    due: date | None,
    hours: str | None = None,
    status: str = "next",
    owner: str | None = "Owner",
    priority: str | None = None,
) -> Task:
    amount = None if hours is None else Decimal(hours)
    return Task(task="x", owner=owner, due=due, status=status, hours=amount, priority=priority)


def test_boards_by_person() -> None:
    roadmap = Roadmap(
        tasks=(
            task(date(2027, 7, 2), "2"),
            task(date(2027, 7, 5), "1.5"),
            task(date(2027, 7, 11)),
            task(date(2027, 7, 12)),
            task(None, "4"),
            task(date(2027, 7, 1), "8", status="done"),
            task(date(2027, 7, 1), owner=None),
            Task(task_id="T8", owner="Nobody yet"),
        ),
        initiatives=(
            Initiative(initiative="late", owner="Assistant", due=date(2027, 7, 4)),
            Initiative(initiative="done", owner="Assistant", due=date(2027, 7, 4), status="done"),
        ),
    )
    assert person_loads(roadmap, MONDAY) == (
        PersonLoad(
            person="Owner", open=5, due_this_week=2, overdue=1, done=1, hours_open=Decimal("7.5"), initiatives_overdue=0
        ),
        PersonLoad(
            person="Assistant", open=0, due_this_week=0, overdue=0, done=0, hours_open=None, initiatives_overdue=1
        ),
    )


def test_a_blank_roadmap_has_no_people() -> None:
    assert person_loads(Roadmap(), MONDAY) == ()


def test_hours_that_fit() -> None:
    tasks = [task(date(2027, 7, 1), "4"), task(date(2027, 7, 9), "6"), task(date(2027, 7, 16), "10")]
    assert find_overload(tasks, Decimal(10), MONDAY, weeks=4) is None


def test_the_first_week_that_is_too_full() -> None:
    early, late, done = task(date(2027, 7, 9), "6"), task(date(2027, 7, 16), "15"), task(MONDAY, "99", status="done")
    overload = find_overload([early, late, done], Decimal(10), MONDAY, weeks=4)
    assert overload is not None
    assert overload.until == date(2027, 7, 18)
    assert (overload.needed, overload.available) == (Decimal(21), Decimal(20))
    assert overload.tasks == (early, late)


def test_beyond_the_weeks_looked_at_and_without_hours_or_dates() -> None:
    tasks = [task(date(2027, 7, 16), "99"), task(None, "99"), task(MONDAY)]
    assert find_overload(tasks, Decimal(10), MONDAY, weeks=1) is None


def test_hours_left_are_those_that_neither_posts_nor_tasks_need() -> None:
    tasks = [task(date(2027, 7, 1), "4"), task(weeks_on(1, 6), "3"), task(weeks_on(2), "5"), task(MONDAY)]
    tasks.append(task(MONDAY, "8", status="done"))
    hours = PersonHours(per_week=Decimal(5), running=MONDAY, due=hours_due(tasks, MONDAY))
    assert hours.due == {MONDAY: 4, weeks_on(1): 3, weeks_on(2): 5}
    assert [hours.left_until(weeks_on(number)) for number in range(4)] == [1, 3, 3, 8]
    assert [hours.left_in(weeks_on(number)) for number in range(4)] == [1, 2, 0, 5]
    full = hours.with_tasks(weeks_on(2), Decimal(2)).with_posts(weeks_on(1), Decimal(2))
    assert [full.left_until(weeks_on(number)) for number in range(4)] == [-1, -1, -1, 4]
    assert full.left_in(MONDAY) == -1, "what is due later cannot be done any more"


def weeks_on(number: int, days: int = 0) -> date:
    return MONDAY + timedelta(weeks=number, days=days)


def fits_week_by_week(tasks: list[Task], hours: Decimal, taken: dict[date, Decimal], weeks: int) -> bool:
    """Doing what is due first, in the hours that each week's posts leave, everything is done when it is due."""
    left = sorted((task.due or MONDAY, task.hours or Decimal(0)) for task in tasks)
    for number in range(weeks):
        free = max(hours - taken.get(weeks_on(number), Decimal(0)), Decimal(0))
        rest = []
        for due, need in left:
            done = min(need, free)
            free -= done
            if need > done:
                rest.append((due, need - done))
        left = rest
        if any(due < weeks_on(number + 1) for due, _ in left):
            return False
    return True


amounts = st.integers(0, 12).map(Decimal)


@given(
    st.lists(st.tuples(st.integers(-9, 27), amounts), max_size=6),
    st.dictionaries(st.integers(0, 3).map(weeks_on), amounts, max_size=4),
    amounts,
)
def test_an_hour_is_sold_once(due: list[tuple[int, Decimal]], taken: dict[date, Decimal], hours: Decimal) -> None:
    tasks = [task(weeks_on(0, days), str(need)) for days, need in due]
    overload = find_overload(tasks, hours, MONDAY, 4, taken)
    assert (overload is None) is fits_week_by_week(tasks, hours, taken, 4)
    if overload is not None:
        assert overload.taken == sum(own for monday, own in taken.items() if monday <= overload.until)
        free = PersonHours(per_week=hours, running=MONDAY, posts=taken, due=hours_due(tasks, MONDAY))
        assert free.left_until(monday_of(overload.until)) <= overload.available - overload.needed < 0


def test_the_least_urgent_tasks_are_moved_until_the_rest_fits() -> None:
    high = task(MONDAY, "4", priority="high")
    low, later = task(MONDAY, "2", priority="low"), task(date(2027, 7, 9), "2", priority="low")
    nothing = task(date(2027, 7, 10), "0", priority="low")
    overload = Overload(
        until=date(2027, 7, 11), needed=Decimal(8), available=Decimal(6), tasks=(low, high, nothing, later)
    )
    assert tasks_to_move(overload) == (later,)
    tighter = Overload(until=overload.until, needed=Decimal(8), available=Decimal(5), tasks=overload.tasks)
    assert tasks_to_move(tighter) == (low, later)


def test_urgent_is_what_has_priority_then_what_is_due() -> None:
    tasks = [task(None), task(MONDAY), task(None, priority="low"), task(MONDAY, priority="high")]
    assert sorted(tasks, key=urgency) == [tasks[3], tasks[2], tasks[1], tasks[0]]
