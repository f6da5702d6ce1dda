"""Forms: values beside their cell, labels that moved or are gone, lines that stand twice, merged cells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from filled import ENGLISH, filled, problem_lines
from patch_xlsx import Formula, merge_cells, patch_cells, recalculate, rename_sheet

from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import read_source, read_workbook
from smsheets.reader.values.fields import Value

FORMS: dict[str, dict[str, object]] = {
    "settings": {"watch_share": 0.05, "over_share": 0.15, "weeks_per_year": 52},
    "ad_goal": {"revenue_goal": 1000, "average_order": 20},
}


def budget(folder: Path, cells: Mapping[str, str | float | Formula | None]) -> Path:
    path = filled(folder, "budget", {}, forms=FORMS)
    patch_cells(path, cells)
    recalculate(path)
    return path


def said(path: Path) -> list[str]:
    return [line.removeprefix("budget.xlsx: ") for line in problem_lines(path)]


def values(path: Path, form: str) -> list[Value]:
    return [value for value in read_workbook(path).forms[form].values() if value is not None]


@pytest.mark.parametrize("place", ["C5", "D5", "E5"])
def test_a_value_typed_beside_its_cell(place: str, tmp_path: Path) -> None:
    path = budget(tmp_path, {"Ad calculator!B5": None, f"Ad calculator!{place}": 900})
    assert said(path) == [
        f"Ad calculator!{place}: 'Revenue goal' must be in B5, found 900 here, which was not read. Move it to B5."
        " [form.value-beside]"
    ]


def test_a_remark_beside_a_value(tmp_path: Path) -> None:
    assert said(budget(tmp_path, {"Ad calculator!D5": "ask Tina", "Ad calculator!C6": "net of tax"})) == []


@pytest.mark.parametrize("row", [5, 6])
def test_a_label_that_is_gone(row: int, tmp_path: Path) -> None:
    labels = {5: ("Revenue goal", 1000), 6: ("Average order value", 20)}
    path = budget(tmp_path, {f"Ad calculator!A{row}": None})
    assert said(path) == [
        f"Ad calculator!B{row}: There is no label beside {labels[row][1]}, so it was not read; it may be"
        f" '{labels[row][0]}'. Write its label again, or move the value beside it. [form.value-without-label]"
    ]


def test_a_required_label_that_is_gone_is_told_once(tmp_path: Path) -> None:
    lines = said(budget(tmp_path, {"Settings!A5": None}))
    assert [line.rpartition("[")[2] for line in lines] == ["form.value-without-label]"]


def test_a_label_in_ones_own_words(tmp_path: Path) -> None:
    assert said(budget(tmp_path, {"Ad calculator!A5": "What we want"})) == [
        "Ad calculator!A5: line 'Revenue goal' not found; 'What we want' in A5 looks like it. Write 'Revenue goal' as"
        " the label again. [form.missing-field]"
    ]


def test_a_line_that_was_deleted(tmp_path: Path) -> None:
    cells = dict.fromkeys(("Ad calculator!A5", "Ad calculator!B5", "Ad calculator!C5"))
    assert said(budget(tmp_path, cells)) == [
        "Ad calculator!A6: Gone from 'From a sales goal to the ad budget', though formulas need it: 'Revenue goal'. No"
        " longer right: 'Orders needed', 'Return on ad spend (ROAS)'. Undo the deletion, or run 'smsheets repair' on"
        " this file: the copy that it writes has it again. [form.lost-lines]"
    ]


def test_a_line_that_moved(tmp_path: Path) -> None:
    path = budget(
        tmp_path,
        {"Settings!A7": None, "Settings!B7": None, "Settings!A9": "Working weeks a year", "Settings!B9": 48},
    )
    assert said(path) == []
    assert [str(value) for value in values(path, "settings")] == ["0.05", "0.15", "48"]


def test_a_label_that_moved_without_its_value(tmp_path: Path) -> None:
    path = budget(tmp_path, {"Settings!A7": None, "Settings!A9": "Working weeks a year"})
    assert said(path) == [
        "Settings!B7: There is no label beside 52, so it was not read. Write its label again, or move the value beside"
        " it. [form.value-without-label]"
    ]


def test_a_line_that_stands_twice(tmp_path: Path) -> None:
    path = budget(tmp_path, {"Settings!A9": "Watch limit", "Settings!B9": 0.2})
    assert said(path) == [
        "Settings!B9: 'Watch limit' is here a second time, with 0.2; what was read is the one in B5. Delete one of the"
        " two. [form.twice]"
    ]


def test_the_same_line_twice_with_one_value(tmp_path: Path) -> None:
    assert said(budget(tmp_path, {"Settings!A9": "Watch limit", "Settings!B9": 0.05})) == []


@pytest.mark.parametrize("merged", ["A5:B5", "B4:B5"])
def test_a_value_under_merged_cells(merged: str, tmp_path: Path) -> None:
    path = budget(tmp_path, {"Ad calculator!B4": 1})
    merge_cells(path, "Ad calculator", merged)
    assert values(path, "ad_goal") == [20]
    assert f"Ad calculator!B5: 'Revenue goal' shows nothing here, because the cells {merged} are merged" in "".join(
        said(path)
    )


def test_a_value_merged_with_empty_cells(tmp_path: Path) -> None:
    path = budget(tmp_path, {})
    merge_cells(path, "Ad calculator", "B5:C5")
    assert said(path) == []
    assert values(path, "ad_goal") == [1000, 20]


def test_a_single_line_on_a_renamed_sheet(tmp_path: Path) -> None:
    """It stands beside the table that is made for the same sheet."""
    path = filled(tmp_path, "roadmap", {}, forms={"settings": {"slip_days": 9}})
    rename_sheet(path, "Holidays", "Closed days")
    assert problem_lines(path) == []
    assert read_workbook(path).forms["settings"] == {"slip_days": 9}


def test_all_labels_of_one_form_are_gone(tmp_path: Path) -> None:
    """One of them stands in the other form of the sheet too, and is not taken for it."""
    cells = dict.fromkeys(f"Ad calculator!A{row}" for row in range(5, 14))
    lines = said(budget(tmp_path, cells))
    assert [line.rpartition("[")[2] for line in lines] == ["table.missing]"]
    assert "'From a sales goal to the ad budget' was not found" in lines[0]


def test_a_label_that_only_a_table_has_as_a_heading(tmp_path: Path) -> None:
    path = filled(tmp_path, "kpi-report", {}, forms={"charts": {"channel": "Instagram"}})
    label = read_workbook(path).layout.forms["charts"].row_of["channel"]
    patch_cells(path, {f"Settings!A{label}": "Which one?"})
    codes = [problem.code for problem in read_workbook(path).problems]
    assert codes == ["form.missing-field"]


def test_a_label_with_a_remark_behind_it(tmp_path: Path) -> None:
    path = budget(tmp_path, {"Ad calculator!A6": "Average order value (net, please)"})
    assert "'Average order value (net, please)' in A6 looks like it" in said(path)[0]


def test_a_value_typed_over_the_hint_of_the_next_line(tmp_path: Path) -> None:
    lines = said(budget(tmp_path, {"Ad calculator!B5": None, "Ad calculator!C6": 900}))
    assert [line.rpartition("[")[2] for line in lines] == ["form.value-beside]"]


def codes(path: Path) -> list[str]:
    return [f"{problem.cell.a1} {problem.code}" for problem in read_workbook(path).problems]


def test_a_form_without_labels_on_a_renamed_sheet(tmp_path: Path) -> None:
    """The other form tells which sheet it was."""
    path = budget(tmp_path, dict.fromkeys(f"Ad calculator!A{row}" for row in range(5, 14)))
    rename_sheet(path, "Ad calculator", "Tab 2")
    assert [problem.code for problem in read_workbook(path).problems] == ["table.missing"]


def test_a_title_that_reads_like_a_label(tmp_path: Path) -> None:
    path = filled(tmp_path, "strategy", {}, forms={"offer": {"products": "Mugs"}})
    patch_cells(path, {"Company!A14": "What we sell (please fill in)"})
    assert codes(path) == ["A14 form.missing-field"]


def test_a_formula_typed_beside_its_cell(tmp_path: Path) -> None:
    path = budget(tmp_path, {"Ad calculator!B6": None, "Ad calculator!C6": Formula("10*2", 20)})
    assert codes(path) == ["C6 form.value-beside"]


@pytest.mark.parametrize("place", ["C7", "D7", "D6", "C4"])
def test_a_value_that_slipped_by_a_line_or_two(place: str, tmp_path: Path) -> None:
    path = budget(tmp_path, {"Ad calculator!B5": None, f"Ad calculator!{place}": 900})
    assert codes(path) == [f"{place} form.value-beside"]


@pytest.mark.parametrize("place", ["C7", "D6"])
def test_a_value_over_a_hint_beside_a_label_in_ones_own_words(place: str, tmp_path: Path) -> None:
    full = {"Ad calculator!B7": 0.1, "Ad calculator!B8": 2}
    path = budget(tmp_path, {**full, "Ad calculator!A6": "Ours", "Ad calculator!B6": None, f"Ad calculator!{place}": 9})
    assert codes(path) == [f"{place} form.value-without-label"]


def test_a_value_that_slipped_below_the_last_line_whose_label_is_gone(tmp_path: Path) -> None:
    lines = said(budget(tmp_path, {"Settings!A7": None, "Settings!B7": None, "Settings!C8": 48}))
    assert [line for line in lines if "C8" in line] == [
        "Settings!C8: There is no label beside 48, so it was not read. Write its label again, or move the value beside"
        " it. [form.value-without-label]"
    ]


def test_a_remark_behind_a_hint_of_a_form_with_an_empty_line(tmp_path: Path) -> None:
    cells = {"Ad calculator!B5": None, "Ad calculator!D6": "as last year", "Ad calculator!C6": "net of tax"}
    assert codes(budget(tmp_path, cells)) == []


@pytest.mark.parametrize(
    ("cell", "value", "line"),
    [
        ("B11", "Wonderland", "'Country' must be a country, found text 'Wonderland'."),
        ("B11", "XX", "'Country' must be a country, found text 'XX'."),
        ("B11", "DE-BAYERN", "'Country' must be a country, found text 'DE-BAYERN'."),
        ("B11", 49, "'Country' must be a country, found 49."),
        ("B10", "soon", "'Language' must be a language, found text 'soon'."),
        ("B10", 46402, "'Language' must be a language, found 46402."),
        ("B9", "dollars?", "'Currency' must be a currency, found text 'dollars?'; all amounts were read in USD."),
        ("B9", "ABC", "'Currency' must be a currency, found text 'ABC'; all amounts were read in USD."),
        ("B7", 46402, "'First month' must be the first day of a month, found 2027-01-15."),
    ],
)
def test_nonsense_on_the_first_sheet(cell: str, value: str | float, line: str, tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {}, rows=12)
    patch_cells(path, {f"Start here!{cell}": value})
    read = read_workbook(path)
    assert [problem.says for problem in read.problems] == [line]
    assert (read.currency, read.language, read.layout.profile.start) == ("USD", "en", ENGLISH.start)


@pytest.mark.parametrize(
    ("cell", "values"),
    [("B11", ["DE", "de-by", "US-CA", " GB-SCT ", "UK", "br"]), ("B10", ["en", "de", "EN-us", "English", "fr"])],
)
def test_what_makes_sense_on_the_first_sheet(cell: str, values: list[str], tmp_path: Path) -> None:
    for value in values:
        path = filled(tmp_path, "budget", {}, rows=12)
        patch_cells(path, {f"Start here!{cell}": value})
        assert problem_lines(path) == [], value


def test_a_deleted_column_of_a_form(tmp_path: Path) -> None:
    """The one between labels and values, or that of the values: then nothing is where it was."""
    path = filled(tmp_path, "calendar", rows=10)
    book = openpyxl.load_workbook(path)
    book["Cadence"].delete_cols(2)
    book["Mix"].delete_cols(3)
    book.save(path)
    opened = read_source(open_workbook(path), str(path))
    assert {col for _, col in opened.found.forms["cadence_view"].cells.values()} == {2}
    assert "mix_view" not in opened.found.forms
    assert [problem.values["table"] for problem in opened.read.problems if problem.code == "table.missing"] == ["Mix"]
