"""The roadmap's sheets compute what `smsheets.plan` computes: same dates in, same days out."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from smsheets.layout.content import Content, fill
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.plan.roadmap import DaysOff, Initiative, Roadmap, Task
from smsheets.plan.slip import Progress, expected_share, planned_days, progress_of, slip_days
from smsheets.plan.workload import person_loads
from smsheets.profile import Profile
from smsheets.spec.load import load_spec
from smsheets.spec.vocabulary import Value
from smsheets.writer.workbook import write_workbook

AS_OF = date(2027, 7, 6)
DATES_OFF = frozenset({date(2027, 7, 5), date(2027, 7, 4), date(2027, 6, 18), date(2027, 5, 31)})
DAYS_OFF = DaysOff(dates=DATES_OFF)
SLIPPING_FROM = 3
PROGRESS_WORDS = {
    Progress.ON_TIME: "on time",
    Progress.SLIPPING: "slipping",
    Progress.OVERDUE: "overdue",
    Progress.DONE: "done",
    Progress.DONE_LATE: "done late",
}


class Computed:
    """A written workbook's cached values by table and column."""

    def __init__(self, tables: dict[str, list[dict[str, Value]]], person: str = "") -> None:
        forms: dict[str, dict[str, Value]] = {
            "start": {"as_of": AS_OF.isoformat()},
            "settings": {"slip_days": SLIPPING_FROM},
            "board_view": {"person": person or None},
        }
        holidays: list[dict[str, Value]] = [{"date": day.isoformat()} for day in sorted(DATES_OFF)]
        content = Content(forms=forms, tables={**tables, "holidays": holidays})
        rows = {name: len(values) for name, values in content.tables.items()}
        profile = Profile(team=("Owner", "Assistant"))
        self.layout: Layout = place_workbook(load_spec("roadmap"), profile, rows)
        buffer = io.BytesIO()
        assert write_workbook(self.layout, fill(self.layout, content), buffer)
        self.book = openpyxl.load_workbook(buffer, data_only=True)

    def column(self, table_id: str, column_id: str, repetition: int = 0) -> list[object]:
        """The values of a column from the first data row on; an empty text is None."""
        table = self.layout.tables[table_id]
        col = table.repetitions[column_id][repetition].col
        sheet = self.book[table.sheet]
        return [sheet.cell(row, col).value or None for row in range(table.first_row, table.last_row + 1)]

    def bar(self, place: int) -> str:
        """An initiative's line in the timeline, a dot for an empty week."""
        weeks = len(self.layout.tables["timeline"].repetitions["week"])
        return "".join(str(self.column("timeline", "week", week)[place] or ".") for week in range(weeks))


def random_initiatives(count: int) -> list[Initiative]:
    """Rows of every sort, also nonsensical ones: no dates, the wrong way round, on a weekend, without a share."""
    chance = random.Random(7)

    def day(low: int, high: int) -> date:
        return AS_OF + timedelta(days=chance.randint(low, high))

    return [
        Initiative(
            initiative=f"Initiative {n}",
            owner=chance.choice(["Owner", "Assistant", None]),
            start=day(-90, 30) if chance.random() > 0.1 else None,
            due=day(-30, 90) if chance.random() > 0.1 else None,
            done_share=Decimal(chance.randint(0, 100)) / 100 if chance.random() > 0.2 else None,
            status=chance.choice(["planned", "in_progress", "on_hold", "done", "cancelled", None]),
            finished_on=day(-60, 0) if chance.random() > 0.7 else None,
        )
        for n in range(count)
    ]


def shown(record: Initiative | Task, *fields: str) -> dict[str, Value]:
    """A record as a row of a sheet."""
    values = {field: getattr(record, field) for field in fields}
    return {
        key: value.isoformat() if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value
        for key, value in values.items()
    }


INITIATIVES = random_initiatives(80)
TASKS = [
    Task(task=f"Task {n}", owner=owner, due=AS_OF + timedelta(days=n - 12), status=status, hours=Decimal(n) / 2)
    for n, (owner, status) in enumerate(
        (owner, status)
        for owner in ("Owner", "Assistant")
        for status in ("backlog", "next", "in_progress", "on_hold", "review", "done")
        for _ in range(2)
    )
]


@pytest.fixture(scope="module")
def computed() -> Computed:
    fields = ("initiative", "owner", "start", "due", "done_share", "status", "finished_on")
    initiatives = [{"initiative_id": f"I{n}", **shown(item, *fields)} for n, item in enumerate(INITIATIVES, 1)]
    tasks = [shown(task, "task", "owner", "due", "status", "hours") for task in TASKS]
    return Computed({"initiatives": initiatives, "tasks": tasks})


def test_working_days(computed: Computed) -> None:
    expected = [planned_days(item, DAYS_OFF) or None for item in INITIATIVES]
    assert computed.column("initiatives", "working_days")[: len(expected)] == expected


def test_slip_days(computed: Computed) -> None:
    expected = [slip_days(item, AS_OF, DAYS_OFF) or None for item in INITIATIVES]
    assert computed.column("initiatives", "slip_days")[: len(expected)] == expected


def test_expected_share(computed: Computed) -> None:
    for found, item in zip(computed.column("initiatives", "expected_share"), INITIATIVES, strict=False):
        assert (found or 0) == pytest.approx(float(expected_share(item, AS_OF, DAYS_OFF) or 0)), item


def test_progress_words(computed: Computed) -> None:
    progress = [progress_of(item, AS_OF, DAYS_OFF, SLIPPING_FROM) for item in INITIATIVES]
    expected = [PROGRESS_WORDS[word] if word is not None else None for word in progress]
    assert computed.column("initiatives", "overdue")[: len(expected)] == expected


def test_boards_by_person(computed: Computed) -> None:
    loads = person_loads(Roadmap(initiatives=tuple(INITIATIVES), tasks=tuple(TASKS)), AS_OF)
    assert computed.column("by_person", "person")[: len(loads)] == [load.person for load in loads]
    for column in ("open", "due_this_week", "overdue", "done", "hours_open", "initiatives_overdue"):
        expected = [getattr(load, column) or None for load in loads]
        assert computed.column("by_person", column)[: len(loads)] == expected, column


@pytest.mark.parametrize("person", ["", "Owner", "Assistant"])
def test_the_board_shows_the_tasks_of_a_status_by_their_due_date(person: str) -> None:
    """The newest finished ones first; without a person those of everybody."""
    undated = Task(task="Some day", owner="Owner", status="backlog")
    unknown = Task(task="Nobody's", due=AS_OF, status="next")
    tasks = [undated, unknown, *reversed(TASKS)]
    shown_tasks = [shown(task, "task", "owner", "due", "status", "hours") for task in tasks]
    board = Computed({"tasks": shown_tasks}, person)
    for place, status in enumerate(("backlog", "next", "in_progress", "on_hold", "review", "done")):
        mine = [task for task in tasks if task.status == status and person in ("", task.owner)]
        mine.sort(key=lambda task: task.due or date.max, reverse=status == "done")
        late = [status != "done" and task.due is not None and task.due < AS_OF for task in mine]
        names = [f"{task.task} · {task.owner}" if task.owner and not person else task.task for task in mine]
        expected = ["! " * overdue + name for overdue, name in zip(late, names, strict=True)]
        found = board.column("board", "tasks", place)
        assert found == [*expected, *[None] * (12 - len(expected))], status


@pytest.mark.parametrize(("count", "last"), [(12, "Task 12"), (13, "More: 2")])
def test_the_board_says_how_many_more_there_are(count: int, last: str) -> None:
    tasks = [Task(task=f"Task {number}", due=AS_OF, status="next") for number in range(1, count + 1)]
    board = Computed({"tasks": [shown(task, "task", "due", "status") for task in tasks]})
    assert board.column("board", "tasks", 1) == [*(task.task for task in tasks[:11]), last]


def test_blank_rows_show_nothing(computed: Computed) -> None:
    for table, columns in (
        ("initiatives", ("overdue", "slip_days", "working_days", "expected_share")),
        ("timeline", ("initiative_id", "initiative", "owner", "done_share", "start", "due", "undone_from", "late_to")),
    ):
        for column in columns:
            assert set(computed.column(table, column)[len(INITIATIVES) :]) <= {None}, column
    assert set(computed.bar(len(INITIATIVES))) == {"."}


BARS: list[tuple[dict[str, Value], str]] = [
    # Eight weeks from 31 May 2027; the as-of date is in the sixth.
    ({"start": "2027-06-07", "due": "2027-06-17", "status": "done"}, ".●●..│.."),
    ({"start": "2027-06-07", "due": "2027-06-17", "status": "done", "finished_on": "2027-06-23"}, ".●●!.│.."),
    ({"start": "2027-06-21", "due": "2027-07-16", "done_share": 0.6}, "...●●○○."),
    ({"start": "2027-06-21", "due": "2027-07-16", "done_share": 0.3}, "...●!○○."),
    ({"start": "2027-06-07", "due": "2027-06-17", "done_share": 0.6}, ".●!!!!.."),
    ({"start": "2027-07-12", "due": "2027-07-20"}, ".....│○○"),
    ({"start": "2027-06-07", "due": "2027-06-17", "status": "cancelled"}, "........"),
    ({"start": "2027-06-07"}, "........"),
    ({"start": "2027-06-17", "due": "2027-06-07"}, "........"),
]


@pytest.fixture(scope="module")
def timeline() -> Computed:
    return Computed({"initiatives": [{"initiative": "x", **row} for row, _ in BARS]})


@pytest.mark.parametrize("place", range(len(BARS)), ids=lambda place: str(BARS[place][0]))
def test_timeline(timeline: Computed, place: int) -> None:
    assert timeline.bar(place)[22:30] == BARS[place][1]


def test_the_month_stands_over_the_week_of_its_first_day(timeline: Computed) -> None:
    table = timeline.layout.tables["timeline"]
    assert table.total_row is not None
    sheet = timeline.book[table.sheet]
    heads = [sheet.cell(table.total_row, week.col).value or "." for week in table.repetitions["week"]]
    assert heads[:11] == ["Jan", ".", ".", ".", ".", "Feb", ".", ".", ".", "Mar", "."]
    assert heads[26:29] == ["Jul", "▼", "."]
