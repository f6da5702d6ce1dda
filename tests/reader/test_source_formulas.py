"""Formulas that one cell shares with others, and formulas that fill several cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from make_xlsx import make_xlsx
from openpyxl.formula.translate import Translator

from smsheets.cells import column_letters
from smsheets.reader.file.source import open_workbook
from smsheets.reader.file.source_cells import SharedFormula, SourceCell


def cells_of(path: Path) -> dict[tuple[int, int], SourceCell]:
    return open_workbook(path).sheets[0].cells


def test_each_cell_has_the_shared_formula_as_its_own(tmp_path: Path) -> None:
    rows = """
      <row r="2"><c r="C2"><f t="shared" ref="C2:D3" si="0">A2*$B$1+SUM(A$2:A2)</f><v>1</v></c>
        <c r="D2"><f t="shared" si="0"/><v>2</v></c></row>
      <row r="3"><c r="C3"><f t="shared" si="0"/><v>3</v></c><c r="D3"><f t="shared" si="0"/></c></row>"""
    cells = cells_of(make_xlsx(tmp_path / "a.xlsx", rows))
    assert {place: (cell.formula, cell.value, cell.has_cached) for place, cell in cells.items()} == {
        (2, 3): ("A2*$B$1+SUM(A$2:A2)", 1, True),
        (2, 4): ("B2*$B$1+SUM(B$2:B2)", 2, True),
        (3, 3): ("A3*$B$1+SUM(A$2:A3)", 3, True),
        (3, 4): ("B3*$B$1+SUM(B$2:B3)", None, False),
    }


def test_a_shared_formula_may_stand_below_and_its_number_be_used_again(tmp_path: Path) -> None:
    rows = """
      <row r="1"><c r="B1"><f t="shared" si="0"/><v>1</v></c></row>
      <row r="2"><c r="B2"><f t="shared" ref="B1:B2" si="0">A2+1</f><v>2</v></c></row>
      <row r="3"><c r="B3"><f t="shared" ref="B3:B4" si="0">A3-1</f><v>3</v></c></row>
      <row r="4"><c r="B4"><f t="shared" si="0"/><v>4</v></c><c r="C4"><f t="shared" si="9"/><v>5</v></c></row>"""
    cells = cells_of(make_xlsx(tmp_path / "a.xlsx", rows))
    assert [cells[row, 2].formula for row in (2, 3, 4)] == ["A2+1", "A3-1", "A4-1"]
    assert cells[1, 2].is_formula
    assert (cells[4, 3].formula, cells[4, 3].value) == ("", 5)  # nobody has written that one


def test_cells_that_an_array_or_a_data_table_fills_are_no_constants(tmp_path: Path) -> None:
    rows = """
      <row r="1"><c r="A1"><f t="array" ref="A1:B2">D1:E2*2</f><v>1</v></c><c r="B1"><v>2</v></c>
        <c r="C1"><v>3</v></c></row>
      <row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c></row>
      <row r="5"><c r="A5"><f t="dataTable" ref="A5:A6" dt2D="0" r1="D1"/><v>6</v></c></row>
      <row r="6"><c r="A6"><v>7</v></c></row>
      <row r="7"><c r="A7"><f t="array" ref="A7:XFD1048576">1</f><v>8</v></c><c r="B7"><v>9</v></c></row>"""
    cells = cells_of(make_xlsx(tmp_path / "a.xlsx", rows))
    assert {place: cell.formula for place, cell in cells.items()} == {
        (1, 1): "D1:E2*2", (1, 2): "", (1, 3): None, (2, 1): "", (2, 2): "", (5, 1): "", (6, 1): "", (7, 1): "1",
        (7, 2): None,
    }  # fmt: skip
    assert [cell.value for cell in cells.values() if cell.formula == "" and cell.has_cached] == [2, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1", "C4"),
        ("$A1+A$1+$A$1", "$A4+C$1+$A$1"),
        ("SUM(A1:B2,Sheet2!A1:$B$2)", "SUM(C4:D5,Sheet2!C4:$B$2)"),
        ("'It''s A1'!A1&'B2 plan'!$B2", "'It''s A1'!C4&'B2 plan'!$B5"),
        ('IF(A1="A1 ""B2""","A1",B1)', 'IF(C4="A1 ""B2""","A1",D4)'),
        ("SUM(A:A)+SUM($B:C)+SUM(1:1)+SUM($2:3)", "SUM(C:C)+SUM($B:E)+SUM(4:4)+SUM($2:6)"),
        ("LOG10(A1)+ATAN2(B1,A1)+Q1+taxes2027+x1y", "LOG10(C4)+ATAN2(D4,C4)+S4+taxes2027+x1y"),
        ("Costs[[#This Row],[A1]]+Costs[A1]+[1]Sheet1!A1", "Costs[[#This Row],[A1]]+Costs[A1]+[1]Sheet1!C4"),
        ("1E5+2.5*a1-1.5E-3", "1E5+2.5*C4-1.5E-3"),
        ("A1#+XFD1048576+XFC1", "C4#+#REF!+#REF!"),
        ("_xlfn.IFNA(A1,A1%)", "_xlfn.IFNA(C4,C4%)"),
        ("Über1+A1.B2+Ä!A1", "Über1+A1.B2+Ä!C4"),
        ('"unfinished A1', '"unfinished A1'),
        ("", ""),
    ],
)
def test_what_moves_and_what_stays(formula: str, expected: str) -> None:
    """Three rows down, two columns to the right."""
    assert SharedFormula(formula, 1, 1).at(4, 3) == expected


def test_upwards_and_to_the_left() -> None:
    assert SharedFormula("B2+A1+$C$3", 5, 5).at(4, 4) == "A1+#REF!+$C$3"


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(B2:$C$9)*B$1/$A2", "VLOOKUP(B2,'My list'!$A$1:$F$99,MATCH(C$1,Lists!1:1,0),FALSE)",
        'IF(AND(B2<>"",C2="A1"),SUMIFS(D:D,$B:$B,B2),"")', "SUM(B:C)+SUM(3:4)+COUNT($A:$B)",
        "INDEX(Sheet_2!$B$2:$B$40,ROW()-1)+LOG10(B2)+rate*B2",
    ],
)  # fmt: skip
def test_openpyxl_moves_them_alike(formula: str) -> None:
    shared = SharedFormula(formula, 2, 5)
    for row, col in ((2, 6), (3, 5), (40, 27), (2, 5)):
        theirs = Translator(f"={formula}", "E2").translate_formula(f"{column_letters(col)}{row}")
        assert f"={shared.at(row, col)}" == theirs
