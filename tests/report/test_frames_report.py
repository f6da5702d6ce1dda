"""The analysis as pandas frames: one per table, one row per record, amounts exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import msgspec
import pandas
from sample_analysis import sample_analysis

from smsheets import Analysis
from smsheets.plan.record import Record
from smsheets.report.frames import make_frames


@cache
def frames() -> dict[str, pandas.DataFrame]:
    return dict(make_frames(sample_analysis()))


def test_every_table_of_the_plans_has_a_frame_with_a_row_per_record() -> None:
    plans = sample_analysis().businesses[0].plans
    for kind, plan in msgspec.structs.asdict(plans).items():
        for name, value in msgspec.structs.asdict(plan).items():
            if isinstance(value, tuple) and value:
                assert len(frames()[f"{kind}.{name}"]) == len(value), (kind, name)
            elif isinstance(value, Record):
                assert len(frames()[f"{kind}.{name}"]) == 1


def test_the_frames_of_the_variance_and_of_the_whole() -> None:
    assert {"findings", "problems", "files"} <= set(frames())
    for kind in ("budget", "roadmap", "calendar", "kpi_report"):
        assert any(name.startswith(f"variance.{kind}.") for name in frames())
    assert len(frames()["findings"]) == len(sample_analysis().findings)
    assert len(frames()["files"]) == 5
    assert list(frames()["files"]["kind"]) == ["strategy", "roadmap", "budget", "calendar", "kpi-report"]


def test_the_brief_and_the_forecasts_have_frames() -> None:
    business = sample_analysis().businesses[0]
    figures, goals = frames()["headline.figures"], frames()["forecast.goals"]
    assert list(figures["id"]) == [item.id for item in business.headline.figures]
    assert list(goals["goal_id"]) == ["G1", "G2", "G3", "G4"]
    assert list(goals["outlook"])[-1] == "unknown"
    assert "Goals!C10" in goals["cells"].iloc[-1]
    assert frames()["forecast.spend"]["at_pace_likely"].iloc[0] == Decimal("16330.33")


def test_amounts_stay_exact() -> None:
    lines = frames()["budget.lines"]
    amounts = [value for value in lines["planned_1"] if value is not None]
    assert amounts
    assert all(isinstance(value, Decimal) for value in amounts)
    assert {f"planned_{month}" for month in range(1, 13)} <= set(lines.columns)


def test_every_row_says_whose_and_where_it_is() -> None:
    posts = frames()["calendar.posts"]
    assert set(posts["business"]) == {"Clay & Kiln"}
    assert posts["row"].is_monotonic_increasing
    assert set(posts["sheet"]) == {sample_analysis().businesses[0].plans.calendar.posts[0].where.sheet}  # type: ignore[union-attr]
    for name, frame in frames().items():
        if name not in ("problems", "files") and len(frame):
            assert "business" in frame.columns, name


def test_every_cell_of_a_frame_is_plain() -> None:
    for name, frame in frames().items():
        for column in frame.columns:
            for value in frame[column]:
                assert not isinstance(value, msgspec.Struct | tuple | dict | set), (name, column, value)


def test_findings_in_a_language() -> None:
    german = make_frames(sample_analysis(), "de")["findings"]
    assert list(german["id"]) == list(frames()["findings"]["id"])
    assert list(german["message"]) != list(frames()["findings"]["message"])


def test_an_empty_analysis_has_its_three_frames() -> None:
    frames = make_frames(Analysis(as_of=date(2027, 1, 1), files=(), businesses=()))
    assert {name: len(frame) for name, frame in frames.items()} == {"findings": 0, "problems": 0, "files": 0}


def test_frames_are_one_call_away() -> None:
    assert set(sample_analysis().frames()) == set(frames())  # type: ignore[attr-defined]
