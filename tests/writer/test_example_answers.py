"""Example answers: in grey beside the cell, which has room for three lines, and never taken for an answer."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from test_first_screen import SCREEN_WIDE, across
from written_package import blank, layout_of

from smsheets.layout.placed import PlacedForm
from smsheets.reader.read import read_workbook
from smsheets.spec.vocabulary import FieldType
from smsheets.writer.look import MUTED

SHEETS = ("company", "mission", "positioning")
THREE_LINES = 45.0
"""Points."""

WORDS = {"en": "Example: ", "de": "Beispiel: "}
languages = pytest.mark.parametrize("language", WORDS)


def forms(language: str) -> list[PlacedForm]:
    """The forms on the sheets that describe the business."""
    found = [
        form for sheet in layout_of("strategy", language).sheets if sheet.spec.id in SHEETS for form in sheet.forms()
    ]
    assert len(found) == 7
    return found


def test_every_long_answer_has_one() -> None:
    fields = [item for form in forms("en") for item in form.spec.fields]
    long = [item.id for item in fields if item.type is FieldType.LONG_TEXT and item.formula is None]
    assert len(long) == 20
    assert set(long) <= {item.id for item in fields if item.example}


@languages
def test_it_is_grey_and_beside_a_cell_of_three_lines(language: str) -> None:
    layout = layout_of("strategy", language)
    book = openpyxl.load_workbook(io.BytesIO(blank("strategy", language).data))
    for form in forms(language):
        page = book[form.sheet]
        for item in form.spec.fields:
            if not item.example:
                continue
            row = form.row_of[item.id]
            answer, example = page.cell(row, form.value_col), page.cell(row, form.last_col)
            assert answer.value is None
            assert page.row_dimensions[row].height >= THREE_LINES
            assert (answer.alignment.wrap_text, answer.alignment.vertical) == (True, "top")
            assert example.value == WORDS[language] + layout.words.text(item.example)
            assert (example.font.italic, example.font.color.rgb[2:]) == (True, MUTED[1:])
            assert example.fill.fill_type is None


@languages
def test_answer_hint_and_example_are_in_one_window(language: str) -> None:
    sheets = {sheet.name: sheet for sheet in layout_of("strategy", language).sheets}
    for form in forms(language):
        assert form.hint_col < form.last_col
        assert across(sheets[form.sheet], form.last_col) <= SCREEN_WIDE


def test_one_that_somebody_typed_over_is_an_answer_in_the_wrong_cell(tmp_path: Path) -> None:
    path = tmp_path / "strategy.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(blank("strategy", "en").data))
    form = next(form for form in forms("en") if form.spec.id == "mission")
    row = form.row_of["destination"]
    book[form.sheet].cell(row, form.last_col).value = "A second shop by the river"
    book.save(path)
    found = [problem for problem in read_workbook(path).problems if problem.code.startswith("form.")]
    assert [(problem.code, problem.cell.a1, problem.values["place"]) for problem in found] == [
        ("form.value-beside", f"D{row}", f"B{row}")
    ]
