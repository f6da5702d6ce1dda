"""Which initiative waits for which."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.roadmap import Initiative, Roadmap, Task, TaskIndex, find_circles, initiatives_by_id, likely_end

AS_OF = date(2027, 7, 5)


def circles(**waits: str) -> list[str]:
    """Circles as `I1 I2`, of initiatives given as id -> the ids it waits for."""
    items = [Initiative(initiative_id=key, depends_on=tuple(ids.split())) for key, ids in waits.items()]
    return [" ".join(item.initiative_id or "" for item in circle) for circle in find_circles(initiatives_by_id(items))]


def test_a_chain_is_no_circle() -> None:
    assert circles(I1="", I2="I1", I3="I1 I2") == []


def test_two_ways_to_the_same_place_are_no_circle() -> None:
    assert circles(I1="I2 I3", I2="I4", I3="I4", I4="") == []


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        ({"I1": "I1"}, ["I1"]),
        ({"I1": "I2", "I2": "I1"}, ["I1 I2"]),
        ({"I1": "I3", "I2": "I1", "I3": "I2"}, ["I1 I3 I2"]),
        ({"I1": "I2", "I2": "I3", "I3": "I2"}, ["I2 I3"]),  # I1 only waits for the circle
        ({"I1": "I2", "I2": "I1", "I3": "I4", "I4": "I3"}, ["I1 I2", "I3 I4"]),
        ({"I1": " i2", "I2": "I1"}, ["I1 I2"]),  # however it is typed
        ({"I1": "I9"}, []),  # not on the sheet
    ],
)
def test_circles_begin_with_their_first_row(waits: dict[str, str], expected: list[str]) -> None:
    assert circles(**waits) == expected


@given(edges=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_a_circle_is_found_where_there_is_one(edges: set[tuple[int, int]]) -> None:
    waits = {f"I{n}": " ".join(f"I{b}" for a, b in sorted(edges) if a == n) for n in range(7)}
    alive = set(range(7))
    while ended := {n for n in alive if not any(a == n and b in alive for a, b in edges)}:
        alive -= ended
    assert bool(circles(**waits)) == bool(alive)


def test_the_first_of_two_rows_with_one_id_counts() -> None:
    first = Initiative(initiative_id="I1", initiative="first")
    found = initiatives_by_id([first, Initiative(initiative_id="i1"), Initiative(initiative="no id")])
    assert found == {"i1": first}


@pytest.mark.parametrize(
    ("initiative", "end"),
    [
        (Initiative(due=date(2027, 8, 1)), date(2027, 8, 1)),
        (Initiative(due=date(2027, 6, 1)), AS_OF),  # overdue: it did not end yet
        (Initiative(), None),
        (Initiative(due=date(2027, 6, 1), status="done", finished_on=date(2027, 6, 9)), date(2027, 6, 9)),
        (Initiative(due=date(2027, 6, 1), done_share=Decimal(1)), date(2027, 6, 1)),
    ],
)
def test_likely_end(initiative: Initiative, end: date | None) -> None:
    assert likely_end(initiative, AS_OF) == end


def test_tasks_belong_to_an_initiative_by_its_id() -> None:
    tasks = tuple(
        Task(task_id=f"T{number}", task="x", initiative_id=id_) for number, id_ in enumerate(("i1 ", "I2", None, "I1"))
    )
    roadmap = Roadmap(tasks=(*tasks, Task(initiative_id="I1")))
    assert TaskIndex(roadmap).of(Initiative(initiative_id="I1")) == (tasks[0], tasks[3])
    assert TaskIndex(roadmap).of(Initiative(initiative="No id")) == ()
