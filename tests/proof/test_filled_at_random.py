"""Templates filled at random with anything legal: three programs compute the same, and everything comes back.

`SMSHEETS_EXAMPLES=50 pytest -m deep tests/proof/test_filled_at_random.py` tries 50 new fillings of each template
instead of the few that are always the same. A workbook that fails is kept, and named in the message.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from fillings import collect, expected_form, expected_rows, fillings, is_condition, layout_with_own_values
from libreoffice import LibreOffice
from sheet_values import Address, disagreements, formula_cells, saved_values, shown_errors
from workbooks import templates, written

from smsheets.api import read_workbook
from smsheets.layout.content import CellValue, Filling
from smsheets.layout.placed import Layout
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.budget_year import year_of
from smsheets.plan.carry import bridge_of, months_of, rule_of
from smsheets.reader.read import ReadWorkbook

pytest.importorskip("ironcalc", reason="skipped: random fillings; there is no engine for this computer")

from ironcalc_file import recalculate

EXPLORE = "SMSHEETS_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SMSHEETS_EXAMPLES", "2"))
CENT = Decimal("0.01")
TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled at random, and the file that was written."""

    layout: Layout
    filling: Filling
    path: Path

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.path.read_bytes()


AllFilled = Mapping[tuple[str, str], list[Filled]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> AllFilled:
    """Every template in every language, filled at random."""
    folder = tmp_path_factory.mktemp("random")
    return {(kind, language): list(_fill(kind, language, folder)) for kind, language in templates()}


def _fill(kind: str, language: str, folder: Path) -> Iterator[Filled]:
    layout, start = layout_with_own_values(kind, language)
    for number, filling in enumerate(collect(fillings(layout, start), EXAMPLES, derandomize=not EXPLORE)):
        path = folder / f"{kind}.{language}.{number}.xlsx"
        path.write_bytes(written(layout, filling))
        yield Filled(layout, filling, path)


@pytest.fixture(scope="module")
def resaved(filled: AllFilled, libreoffice: LibreOffice) -> Mapping[Path, bytes]:
    """The same workbooks, computed and saved by LibreOffice in one process."""
    all_filled = [item for items in filled.values() for item in items]
    done = libreoffice.resave({item.path.stem: item.data for item in all_filled})
    return {item.path: done[item.path.stem] for item in all_filled}


@TEMPLATES
def test_a_second_engine_agrees(kind: str, language: str, filled: AllFilled) -> None:
    """IronCalc, with nothing but the file."""
    for item in filled[kind, language]:
        assert disagreements(formula_cells(item.data), recalculate(item.data)) == [], item.path


@TEMPLATES
def test_libreoffice_agrees(kind: str, language: str, filled: AllFilled, resaved: Mapping[Path, bytes]) -> None:
    for item in filled[kind, language]:
        theirs = saved_values(resaved[item.path])
        assert disagreements(formula_cells(item.data), theirs) == [], item.path
        assert shown_errors(theirs, item.data) == [], item.path


@TEMPLATES
def test_everything_comes_back(kind: str, language: str, filled: AllFilled) -> None:
    for item in filled[kind, language]:
        _check_comes_back(item, read_workbook(item.path))


@TEMPLATES
def test_libreoffice_gives_everything_back(
    kind: str, language: str, filled: AllFilled, resaved: Mapping[Path, bytes], tmp_path: Path
) -> None:
    for item in filled[kind, language]:
        path = tmp_path / item.path.name
        path.write_bytes(resaved[item.path])
        _check_comes_back(item, read_workbook(path))


def _check_comes_back(item: Filled, read: ReadWorkbook) -> None:
    """What was filled in is what was read, where it stands, and only a word that is a condition is named."""
    others = [problem for problem in read.problems if not is_condition(problem)]
    assert others == [], item.path
    for name in item.layout.forms:
        assert dict(read.forms[name]) == expected_form(item.layout, item.filling, name), f"{item.path} {name}"
    for name, rows in read.rows.items():
        found = [(row.row, dict(row.values)) for row in rows]
        assert found == expected_rows(item.layout, item.filling, name), f"{item.path} {name}"


@pytest.mark.parametrize("language", ["en", "de"])
def test_libreoffice_agrees_with_the_plan_of_the_budget(
    language: str, filled: AllFilled, resaved: Mapping[Path, bytes]
) -> None:
    compared = 0
    for item in filled["budget", language]:
        plan = read_workbook(item.path).plan
        assert isinstance(plan, Budget)
        values = saved_values(resaved[item.path])
        lines = (plan if plan.start.as_of is None else plan.until(plan.start.as_of)).lines
        compared += sum(_check_line(line, item.layout, values) for line in lines)
    assert compared > 100


def _check_line(line: BudgetLine, layout: Layout, values: Mapping[Address, CellValue]) -> int:
    """Compares a line's figures on the sheet with the plan's arithmetic, to the cent; how many there were."""
    months = months_of(line)
    year, bridge = year_of(months, line.opening), bridge_of(months, rule_of(line), line.opening)
    closed = any(month.closed for month in months)
    figures: dict[str, Decimal | None] = {
        "year_planned": year.planned,
        "year_budget": year.budget,
        "budget_to_date": year.to_date,
        "actual_to_date": year.actual,
        "variance": year.variance,
        "forecast": year.forecast,
        "earned": bridge.earned if closed else None,
        "carry_used": bridge.used if closed else None,
        "carry_expired": bridge.expired if closed else None,
        "carry_forgiven": bridge.forgiven if closed else None,
        "carried_on": bridge.carried_on if closed or line.opening is not None else None,
    }
    for number, month in enumerate(months, 1):
        figures |= {f"available#{number}": month.available, f"left#{number}": month.left}
    table = layout.tables["lines"]
    for key, amount in figures.items():
        shown = values.get((table.sheet, line.where.row, table.by_key[key].col))
        found = None if shown in (None, "") else Decimal(str(shown)).quantize(CENT)
        assert found == amount, f"{line.cell(key)} {key}"
    return len(figures)
