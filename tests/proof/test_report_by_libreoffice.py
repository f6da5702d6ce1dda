"""LibreOffice computes the formulas of the report that is a workbook anew, and agrees with every saved value."""

from __future__ import annotations

import pytest
from libreoffice import LibreOffice
from report.sample_analysis import sample_analysis
from sheet_values import disagreements, formula_cells, is_error, saved_values, show

from smsheets.report.wording import Words
from smsheets.report.xlsx.workbook import render_workbook


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_saved_value_is_what_libreoffice_computes(language: str, libreoffice: LibreOffice) -> None:
    ours = render_workbook(sample_analysis(language), Words(language))
    theirs = libreoffice.resave({"variance": ours})["variance"]
    formulas = formula_cells(ours)
    assert len(formulas) > 100
    assert disagreements(formulas, saved_values(theirs), set()) == []
    assert formula_cells(theirs).keys() == formulas.keys()
    assert [show(address) for address, value in saved_values(theirs).items() if is_error(value)] == []
