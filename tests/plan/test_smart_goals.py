"""The SMART check of goals: each word, what is missing, and that the sheet says the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from smsheets.api import new_workbook
from smsheets.calc.engine import cached_values
from smsheets.layout.cells_of import workbook_cells
from smsheets.layout.content import Content, fill, starting_content
from smsheets.layout.place import place_workbook
from smsheets.plan.goals import CheckWord, Goal, check_smart
from smsheets.plan.strategy import Strategy
from smsheets.profile import Profile
from smsheets.reader.read import read_workbook
from smsheets.spec.load import load_spec

COMPLETE = Goal(
    goal_id="G1",
    goal="Double the audience",
    metric="followers",
    channel="instagram",
    unit="count",
    baseline=Decimal(4000),
    target=Decimal(8000),
    start=date(2027, 3, 1),
    deadline=date(2027, 8, 31),
    owner="Owner",
    resources_needed="4 hours a week",
    resources_available="yes",
    why="Orders from abroad are worth more",
)


def test_complete_goal_lacks_nothing() -> None:
    check = check_smart(COMPLETE)
    assert check.complete
    words = (check.specific, check.measurable, check.attainable, check.relevant, check.time_bound)
    assert set(words) == {CheckWord.OK}


def test_no_channel_means_all_channels() -> None:
    assert check_smart(replace(COMPLETE, channel=None)).complete


@pytest.mark.parametrize(
    ("change", "part", "word", "missing"),
    [
        ({"metric": None}, "specific", CheckWord.MISSING, ("metric",)),
        ({"goal": None}, "specific", CheckWord.PARTLY, ("goal",)),
        ({"target": None}, "measurable", CheckWord.MISSING, ("target",)),
        ({"baseline": None}, "measurable", CheckWord.PARTLY, ("baseline",)),
        ({"target": Decimal(4000)}, "measurable", CheckWord.PARTLY, ("target",)),
        ({"target": Decimal(3000)}, "measurable", CheckWord.PARTLY, ("target",)),
        ({"direction": "up", "target": Decimal(3000)}, "measurable", CheckWord.PARTLY, ("target",)),
        ({"direction": "down"}, "measurable", CheckWord.PARTLY, ("target",)),
        ({"direction": "down", "target": Decimal(4000)}, "measurable", CheckWord.PARTLY, ("target",)),
        ({"unit": None}, "measurable", CheckWord.PARTLY, ("unit",)),
        ({"resources_needed": None}, "attainable", CheckWord.MISSING, ("resources_needed",)),
        ({"resources_available": "partly"}, "attainable", CheckWord.PARTLY, ("resources_available",)),
        ({"resources_available": "no"}, "attainable", CheckWord.MISSING, ("resources_available",)),
        ({"why": None}, "relevant", CheckWord.MISSING, ("why",)),
        ({"deadline": None}, "time_bound", CheckWord.MISSING, ("deadline",)),
        ({"start": None}, "time_bound", CheckWord.PARTLY, ("start",)),
        ({"start": date(2027, 9, 1)}, "time_bound", CheckWord.PARTLY, ("start",)),
        ({"owner": None}, "time_bound", CheckWord.OK, ("owner",)),
    ],
)
def test_each_gap_is_named(change: dict[str, object], part: str, word: CheckWord, missing: tuple[str, ...]) -> None:
    check = check_smart(replace(COMPLETE, **change))
    assert (getattr(check, part), check.missing) == (word, missing)


def test_a_wish_lacks_nearly_everything() -> None:
    check = check_smart(Goal(goal_id="G4", goal="Be present", channel="tiktok"))
    assert check.specific is check.measurable is check.attainable is check.relevant is CheckWord.MISSING
    assert len(check.missing) == 10


def test_a_row_with_nothing_but_its_id_is_not_in_use() -> None:
    assert not Goal(goal_id="G9", channel="tiktok").in_use
    assert Goal(goal_id="G9", deadline=date(2027, 1, 1)).in_use


@given(st.sets(st.sampled_from(sorted(set(asdict(COMPLETE)) - {"where", "goal_id", "channel", "direction", "review"}))))
def test_complete_exactly_when_all_words_are_ok_and_somebody_owns_it(emptied: set[str]) -> None:
    goal = replace(COMPLETE, **dict.fromkeys(emptied))
    check = check_smart(goal)
    words = (check.specific, check.measurable, check.attainable, check.relevant, check.time_bound)
    assert check.complete == (all(word is CheckWord.OK for word in words) and goal.owner is not None)
    assert set(check.missing) == emptied


def test_sheet_computes_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "strategy.xlsx"
    if not new_workbook("strategy", path, Profile(team=("Owner",)), sample=True):
        pytest.skip("no engine on this computer")
    plan = read_workbook(path).plan
    assert isinstance(plan, Strategy)
    sheet = openpyxl.load_workbook(path, data_only=True)["Goals"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "Goal ID")
    col = {str(cell.value): cell.column for cell in header}
    for goal in plan.goals:
        check = check_smart(goal)
        parts = ("specific", "measurable", "attainable", "relevant", "time_bound")
        labels = ("Specific", "Measurable", "Attainable", "Relevant", "Time-bound")
        shown = tuple(sheet.cell(goal.where.row, col[label]).value for label in labels)
        assert shown == tuple(getattr(check, part).value for part in parts)
        assert (sheet.cell(goal.where.row, col["What is missing"]).value == "complete") == check.complete


def test_sheet_and_plan_agree_which_goal_leads_nowhere() -> None:
    figures = (None, Decimal(-2), Decimal(0), Decimal(5))
    ways = list(product(figures, figures, (None, "up", "down")))
    goals = [{"baseline": begin, "target": end, "direction": way} for begin, end, way in ways]
    rows = [{**asdict(COMPLETE), **goal, "goal_id": f"G{number}"} for number, goal in enumerate(goals, 1)]
    tables = {"goals": [{name: _plain(value) for name, value in row.items() if name != "where"} for row in rows]}
    spec, profile = load_spec("strategy"), Profile(team=("Owner",))
    content = starting_content(spec, profile, Content(tables=tables))
    layout = place_workbook(spec, profile, {name: len(found) for name, found in content.tables.items()})
    values = cached_values(workbook_cells(layout, fill(layout, content)))
    table = layout.tables["goals"]
    for number, goal in enumerate(goals, 1):
        record = replace(COMPLETE, **goal)
        check = check_smart(record)
        measurable, missing = (
            values[table.sheet, table.header_row + number, table.by_key[key].col] for key in ("measurable", "missing")
        )
        assert measurable == check.measurable.value, goal
        assert (missing == "complete") == check.complete, goal
        side = "below" if record.direction == "down" else "above"
        assert (f"target {side} the baseline" in missing) == record.leads_nowhere, goal


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value
