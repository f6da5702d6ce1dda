"""Lean workbooks that grow: all that was typed is in the whole one, whatever it was, and the plan is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from fillings import OWN_VALUES, collect, fillings
from made import made
from patch_xlsx import patch_cells
from repair.repaired import contents_of
from workbooks import blank_profile, templates, without_where, written

from smsheets.api import grow_workbook, read_workbook, repair_workbook
from smsheets.cells import column_letters
from smsheets.errors import OptionError, WorkbookFileError
from smsheets.kinds import KINDS
from smsheets.layout.content import fill, starting_content
from smsheets.layout.place import place_workbook
from smsheets.plan.record import Plan
from smsheets.profile import Profile
from smsheets.reader.read import ReadWorkbook
from smsheets.spec.load import load_lean, load_spec

TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())


def lean(kind: str, profile: Profile = Profile()) -> bytes:  # noqa: B008 -- frozen
    return made(kind, msgspec.structs.replace(profile, lean=True))


def parts_of(plan: Plan, names: frozenset[str] | set[str]) -> dict[str, Any]:
    bare = without_where(plan)
    return {name: getattr(bare, name) for name in names}


def check_nothing_is_lost(few: ReadWorkbook, whole: ReadWorkbook) -> None:
    """Every value of the lean workbook is in the whole one; a KPI report has further rows below them."""
    before, after = contents_of(few), contents_of(whole)
    for name, form in before["forms"].items():
        assert {key: after["forms"][name][key] for key in form} == form, name
    for name, rows in before["rows"].items():
        assert after["rows"][name][: len(rows)] == rows, name
        assert name == "kpis" or len(after["rows"][name]) == len(rows), name
    for name, texts in before["lists"].items():
        assert after["lists"][name] == texts, name
    names = set(few.plan.__struct_fields__) - {"left_out", "kpis"} - few.plan.left_out
    assert parts_of(whole.plan, names) == parts_of(few.plan, names)


@TEMPLATES
def test_whatever_is_typed_is_in_the_whole_one(kind: str, language: str, tmp_path: Path) -> None:
    spec, profile = load_lean(kind), blank_profile(language)
    content = starting_content(spec, profile)
    rows = {name: len(values) for name, values in content.tables.items()}
    opens = {name for name, placed in place_workbook(spec, profile).lists.items() if placed.spec.open}
    layout = place_workbook(spec, profile, rows, dict.fromkeys(opens, OWN_VALUES))
    for filling in collect(fillings(layout, fill(layout, content)), 1, derandomize=True):
        path = tmp_path / "lean.xlsx"
        path.write_bytes(written(layout, filling))
        done = grow_workbook(path, tmp_path / "whole.xlsx")
        few, whole = read_workbook(path), read_workbook(tmp_path / "whole.xlsx")
        assert done.left_over == ()
        assert whole.layout.spec is load_spec(kind)
        assert whole.plan.left_out == frozenset()
        check_nothing_is_lost(few, whole)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_one_grows_into_a_new_whole_one(kind: str, tmp_path: Path) -> None:
    grow_workbook(lean(kind), tmp_path / "whole.xlsx")
    whole, new = read_workbook(tmp_path / "whole.xlsx"), read_workbook(made(kind))
    assert whole.problems == ()
    expected = contents_of(new)
    found = contents_of(whole)
    kpis = [tables["rows"].pop("kpis", []) for tables in (found, expected)]
    assert found == expected
    metrics = [{(row["channel"], row["metric"]) for row in rows} for rows in kpis]
    assert metrics[0] == metrics[1]
    assert [len(rows) for rows in kpis] == [len(metrics[1])] * 2


def test_words_of_the_added_sheets_come_onto_a_list_that_lacks_them(tmp_path: Path) -> None:
    """As in a workbook made before there was such a pillar."""
    path = tmp_path / "calendar.xlsx"
    path.write_bytes(lean("calendar"))
    pillars = place_workbook(load_lean("calendar"), Profile(lean=True)).lists["pillars"]
    row = pillars.first_row + pillars.ids.index("curated")
    patch_cells(path, {f"Lists!{column_letters(pillars.col)}{row}": "Our own subject"})
    grow_workbook(path, tmp_path / "whole.xlsx")
    whole = read_workbook(tmp_path / "whole.xlsx")
    assert whole.problems == ()
    assert "curated" in [row["pillar"] for row in contents_of(whole)["rows"]["mix_targets"]]
    assert {"Our own subject", "Shared from others"} <= set(contents_of(whole)["lists"]["pillars"])


def test_a_metric_that_was_deleted_stays_away(tmp_path: Path) -> None:
    path = tmp_path / "kpi-report.xlsx"
    path.write_bytes(lean("kpi-report"))
    row = metrics_of(path)["comments"]
    patch_cells(path, {f"KPIs!{letter}{row}": None for letter in "ABC"})
    grow_workbook(path, tmp_path / "whole.xlsx")
    grown = metrics_of(tmp_path / "whole.xlsx")
    assert "comments" not in grown
    assert {"impressions", "saves", "replies"} <= set(grown)


def metrics_of(path: Path) -> dict[object, int]:
    """Metric of Instagram -> its row."""
    rows = (row for row in read_workbook(path).rows["kpis"] if row.values["channel"] == "instagram")
    return {row.values["metric"]: row.row for row in rows}


def test_repair_keeps_a_lean_workbook_lean(tmp_path: Path) -> None:
    repair_workbook(lean("strategy"), tmp_path / "again.xlsx")
    again = read_workbook(tmp_path / "again.xlsx")
    assert again.layout.spec is load_lean("strategy")
    assert again.problems == ()


def test_a_whole_one_has_nothing_to_grow(tmp_path: Path) -> None:
    with pytest.raises(WorkbookFileError, match="this workbook is whole already, so there is nothing to add"):
        grow_workbook(made("budget"), tmp_path / "whole.xlsx")
    assert not (tmp_path / "whole.xlsx").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(lean("budget"))
    with pytest.raises(OptionError, match="this is the workbook itself, which is never changed"):
        grow_workbook(path, path, force=True)
