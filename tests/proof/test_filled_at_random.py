"""Templates filled at random with anything legal: three programs compute the same, and everything comes back.

`SMSHEETS_EXAMPLES=50 pytest tests/proof/test_filled_at_random.py` tries 50 new ones instead of the few that are always
the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fillings import collect, expected_form, expected_rows, fillings, layout_with_own_values
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from libreoffice import LibreOffice
from sheet_values import disagreements, formula_cells, is_error, saved_values, show
from workbooks import problem_lines, templates, written

from smsheets.api import read_workbook
from smsheets.layout.content import Filling
from smsheets.layout.placed import Layout
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.budget_year import year_of
from smsheets.plan.carry import bridge_of, months_of
from smsheets.reader.read import ReadWorkbook

pytest.importorskip("ironcalc", reason="skipped: random fillings; there is no engine for this computer")

from ironcalc_file import recalculate

EXPLORE = "SMSHEETS_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SMSHEETS_EXAMPLES", "2"))
TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())


@TEMPLATES
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=not EXPLORE, database=None,
    phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_a_second_engine_agrees_and_everything_comes_back(
    kind: str, language: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    layout, start = layout_with_own_values(kind, language)
    filling = data.draw(fillings(layout, start))
    workbook = written(layout, filling)
    assert disagreements(formula_cells(workbook), recalculate(workbook)) == []
    path = tmp_path_factory.mktemp("random") / f"{kind}.xlsx"
    path.write_bytes(workbook)
    read = read_workbook(path)
    assert problem_lines(read) == []
    check_comes_back(layout, filling, read)


def check_comes_back(layout: Layout, filling: Filling, read: ReadWorkbook) -> None:
    """What was filled in is what was read, in the rows where it stands."""
    for name in layout.forms:
        assert dict(read.forms[name]) == expected_form(layout, filling, name)
    for name, rows in read.rows.items():
        assert [(row.row, dict(row.values)) for row in rows] == expected_rows(layout, filling, name)


@pytest.fixture(scope="module")
def random_workbooks() -> Mapping[str, tuple[Layout, Filling, bytes]]:
    """Name -> a template filled at random, with its layout; English and German in turn."""
    made: dict[str, tuple[Layout, Filling, bytes]] = {}
    for kind, language in templates():
        layout, start = layout_with_own_values(kind, language)
        for number, filling in enumerate(collect(fillings(layout, start), EXAMPLES, not EXPLORE)):
            made[f"{kind}.{language}.{number}"] = (layout, filling, written(layout, filling))
    return made


@pytest.fixture(scope="module")
def random_resaved(
    random_workbooks: Mapping[str, tuple[Layout, Filling, bytes]], libreoffice: LibreOffice
) -> Mapping[str, bytes]:
    """The same workbooks, computed and saved by LibreOffice in one process."""
    return libreoffice.resave({name: data for name, (_, _, data) in random_workbooks.items()})


@TEMPLATES
def test_libreoffice_agrees(
    kind: str,
    language: str,
    random_workbooks: Mapping[str, tuple[Layout, Filling, bytes]],
    random_resaved: Mapping[str, bytes],
) -> None:
    for name, (_, _, data) in random_workbooks.items():
        if name.startswith(f"{kind}.{language}."):
            theirs = saved_values(random_resaved[name])
            assert disagreements(formula_cells(data), theirs) == [], name
            assert [show(address) for address, value in theirs.items() if is_error(value)] == [], name


@TEMPLATES
def test_libreoffice_gives_everything_back(
    kind: str,
    language: str,
    random_workbooks: Mapping[str, tuple[Layout, Filling, bytes]],
    random_resaved: Mapping[str, bytes],
    tmp_path: Path,
) -> None:
    for name, (layout, filling, _) in random_workbooks.items():
        if name.startswith(f"{kind}.{language}."):
            path = tmp_path / f"{name}.xlsx"
            path.write_bytes(random_resaved[name])
            read = read_workbook(path)
            assert problem_lines(read) == [], name
            check_comes_back(layout, filling, read)


@pytest.mark.parametrize("language", ["en", "de"])
def test_libreoffice_agrees_with_the_plan_of_the_budget(
    language: str,
    random_workbooks: Mapping[str, tuple[Layout, Filling, bytes]],
    random_resaved: Mapping[str, bytes],
    tmp_path: Path,
) -> None:
    compared = 0
    for name, (layout, _, _) in random_workbooks.items():
        if name.startswith(f"budget.{language}."):
            path = tmp_path / f"{name}.xlsx"
            path.write_bytes(random_resaved[name])
            plan = read_workbook(path).plan
            assert isinstance(plan, Budget)
            values = saved_values(random_resaved[name])
            for line in plan.lines:
                compared += _check_line(line, layout, values)
    assert compared


def _check_line(line: BudgetLine, layout: Layout, values: Mapping[Any, Any]) -> int:
    """Compares a line's figures on the sheet with the plan's arithmetic, to the cent."""
    months = months_of(line)
    year, bridge = year_of(months, line.opening), bridge_of(months, line.opening)
    figures: dict[str, Decimal | None] = {
        "year_planned": year.planned,
        "year_budget": year.budget,
        "budget_to_date": year.to_date,
        "actual_to_date": year.actual,
        "variance": year.variance,
        "forecast": year.forecast,
        "left_now": bridge.left if line.opening is not None or any(month.closed for month in months) else None,
    }
    if any(month.closed for month in months):
        figures |= {"earned": bridge.earned, "used": bridge.used, "expired": bridge.expired}
    for number, month in enumerate(months, 1):
        figures |= {f"available#{number}": month.available, f"left#{number}": month.left}
    table = layout.tables["lines"]
    for key, amount in figures.items():
        shown = values.get((table.sheet, line.where.row, table.by_key[key].col))
        shown = None if shown in (None, "") else Decimal(repr(shown)).quantize(Decimal("0.01"))
        assert shown == amount, f"{line.cell(key)} {key}"
    return len(figures)
