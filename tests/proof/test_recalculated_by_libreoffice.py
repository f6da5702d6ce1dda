"""LibreOffice computes every formula of every template anew and agrees with the values we saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sheet_values import depends_on, disagreements, formula_cells, saved_values, shown_errors
from workbooks import AS_OF, Resaved, missing_lines, problem_lines, states, templates, without_where

from smsheets.api import analyze, read_workbook
from smsheets.reader.read import ReadWorkbook

pytest.importorskip("ironcalc", reason="skipped: values saved with formulas; there is no engine for this computer")

AllResaved = Mapping[tuple[str, str, str], Resaved]
TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())
STATES = pytest.mark.parametrize(("kind", "language", "state"), states())


@STATES
def test_every_saved_value_is_what_libreoffice_computes(
    kind: str, language: str, state: str, resaved: AllResaved
) -> None:
    pair = resaved[kind, language, state]
    ours = formula_cells(pair.ours)
    assert len(ours) > 100
    left_out = depends_on(ours, "TODAY()") if state == "blank" else set()
    assert disagreements(ours, saved_values(pair.theirs), left_out) == []


@STATES
def test_no_cell_shows_an_error(kind: str, language: str, state: str, resaved: AllResaved) -> None:
    pair = resaved[kind, language, state]
    for data in (pair.ours, pair.theirs):
        assert shown_errors(saved_values(data), pair.ours) == []


@TEMPLATES
def test_formulas_are_kept(kind: str, language: str, resaved: AllResaved) -> None:
    """LibreOffice saves as many formulas as we wrote: none became a value, none was left out."""
    pair = resaved[kind, language, "sample"]
    assert formula_cells(pair.theirs).keys() == formula_cells(pair.ours).keys()


@TEMPLATES
def test_a_blank_one_comes_back_without_a_problem(
    kind: str, language: str, resaved: AllResaved, tmp_path: Path
) -> None:
    ours, theirs = _read_both(resaved[kind, language, "blank"], tmp_path)
    analysis = analyze(theirs, as_of=AS_OF)
    assert analysis.problems == ()
    assert missing_lines(theirs) == missing_lines(ours) != []
    assert theirs.rows == ours.rows
    assert theirs.forms == ours.forms


@TEMPLATES
def test_a_sample_comes_back_whole(kind: str, language: str, resaved: AllResaved, tmp_path: Path) -> None:
    ours, theirs = _read_both(resaved[kind, language, "sample"], tmp_path)
    assert without_where(theirs.plan) == without_where(ours.plan)
    assert theirs.rows == ours.rows
    assert theirs.forms == ours.forms
    assert problem_lines(theirs) == problem_lines(ours)
    assert missing_lines(theirs) == missing_lines(ours)


def _read_both(pair: Resaved, folder: Path) -> tuple[ReadWorkbook, ReadWorkbook]:
    read = []
    for name, data in (("ours", pair.ours), ("theirs", pair.theirs)):
        path = folder / f"{name}.xlsx"
        path.write_bytes(data)
        read.append(read_workbook(path))
    return read[0], read[1]
