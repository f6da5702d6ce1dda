"""Gnumeric computes every formula of every template anew and agrees with the values we saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from gnumeric import COUNTS_BLANKS_THAT_ARE_CHOSEN, known_differences, recalculate
from sheet_values import disagreements, formula_cells, saved_values
from workbooks import make_blank_with_day, make_sample, templates

pytest.importorskip("ironcalc", reason="skipped: values saved with formulas; there is no engine for this computer")
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")

MAKERS = {"dated": make_blank_with_day, "sample": make_sample}
"""Without a day, a blank workbook would have the same formulas with fewer values to compare."""

ENOUGH = 200
"""Formulas that are compared, at least: of the roadmap's 2,800 all but 500 need working days."""


@pytest.mark.parametrize("state", MAKERS)
@pytest.mark.parametrize(("kind", "language"), templates())
def test_every_saved_value_is_what_gnumeric_computes(
    kind: str, language: str, state: str, gnumeric: str, tmp_path: Path
) -> None:
    data = MAKERS[state](kind, language)
    given = tmp_path / "given.xlsx"
    given.write_bytes(data)
    ours = formula_cells(data)
    known = known_differences(ours)
    assert len(ours) - len(known) > ENOUGH
    assert disagreements(ours, saved_values(recalculate(gnumeric, given, tmp_path / "saved.xlsx")), known) == []


def test_the_known_difference_is_still_there(gnumeric: str, tmp_path: Path) -> None:
    """Where Gnumeric counts as the others do one day, nothing needs to be left out any more."""
    data = make_sample("kpi-report", "en")
    given = tmp_path / "given.xlsx"
    given.write_bytes(data)
    computed = saved_values(recalculate(gnumeric, given, tmp_path / "saved.xlsx"))
    different = disagreements(formula_cells(data), computed)
    assert different
    assert all(COUNTS_BLANKS_THAT_ARE_CHOSEN in line or "KPIs!" in line for line in different)
