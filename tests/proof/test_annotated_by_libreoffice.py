"""The annotated copy in another program: LibreOffice opens it, shows our notes, and has all that the user put in."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from artificial import OURS, annotated, wrong_cells
from libreoffice import LibreOffice
from rich_workbooks import by_openpyxl, by_xlsxwriter, notes_of, open_book

from smsheets import annotate_workbook, read_workbook
from smsheets.annotation.comments import note_text
from smsheets.problems import Problem

WRONG = {"xlsxwriter": ("Costs!B2", "Costs!C5", "O'Neil & Söhne!A1"), "openpyxl": ("Costs!B2", "Costs!C5", "Second!A1")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("annotated")


@pytest.fixture(scope="module")
def saved(libreoffice: LibreOffice, folder: Path) -> dict[str, Path]:
    """`xlsxwriter`, `xlsxwriter-notes`, ... -> the workbook without and with our notes, saved by LibreOffice."""
    given: dict[str, bytes] = {}
    for name, make in (("xlsxwriter", by_xlsxwriter), ("openpyxl", by_openpyxl)):
        path = make(folder / f"{name}.xlsx")
        given[name] = path.read_bytes()
        given[f"{name}-notes"] = annotated(path, wrong_cells(*WRONG[name]), name=f"{name}-copy").read_bytes()
    given["budget"] = wrong_budget(folder).read_bytes()
    annotate_workbook(folder / "budget.xlsx", folder / "budget-copy.xlsx")
    given["budget-notes"] = (folder / "budget-copy.xlsx").read_bytes()
    found = {}
    for name, data in libreoffice.resave(given).items():
        found[name] = folder / f"saved-{name}.xlsx"
        found[name].write_bytes(data)
    return found


def wrong_budget(folder: Path) -> Path:
    """The sample budget with two amounts that are none, saved by a program that keeps the rest."""
    from patch_xlsx import patch_cells
    from workbooks import make_sample

    path = folder / "budget.xlsx"
    path.write_bytes(make_sample("budget", "en"))
    patch_cells(path, {"Own time!D6": "many", "Settings!B4": "a lot"})
    return path


def things_in(path: Path) -> dict[str, object]:
    """How many charts, pictures, formats, validations a workbook has on each sheet but ours, and its merged cells."""
    book = open_book(path)
    found: dict[str, object] = {}
    for sheet in book.worksheets:
        if not sheet.title.startswith("Problems"):
            found[sheet.title] = {
                "charts": len(sheet._charts),
                "conditional formats": sum(len(item.rules) for item in sheet.conditional_formatting),
                "validations": sorted(str(item.sqref) for item in sheet.data_validations.dataValidation),
                "merged": sorted(str(item) for item in sheet.merged_cells.ranges),
                "filter": sheet.auto_filter.ref,
                "widths": {letter: round(item.width, 1) for letter, item in sheet.column_dimensions.items()},
                "values": {cell.coordinate: cell.value for cell in sheet._cells.values() if cell.value is not None},
            }
    with zipfile.ZipFile(path) as archive:
        found["pictures"] = sorted(name for name in archive.namelist() if "media/" in name)
        drawings = b"".join(archive.read(name) for name in archive.namelist() if re.search(r"drawings/drawing\d", name))
        found["sparklines"] = sum(
            archive.read(name).count(b"sparkline>") for name in archive.namelist() if "sheet" in name
        )
    found["text boxes"] = drawings.count(b"Thank you")
    return found


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl", "budget"])
def test_all_that_the_user_put_in_is_there(name: str, saved: dict[str, Path]) -> None:
    assert things_in(saved[f"{name}-notes"]) == things_in(saved[name])


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl"])
def test_our_notes_stand_beside_the_users(name: str, saved: dict[str, Path], folder: Path) -> None:
    expected = dict(notes_of(folder / f"{name}.xlsx"))
    for place in WRONG[name]:
        expected[place] = f"{expected[place]}\n{OURS}" if place in expected else OURS
    assert notes_of(saved[f"{name}-notes"]) == expected


def test_a_note_on_each_problem_cell_of_a_budget(saved: dict[str, Path], folder: Path) -> None:
    problems = read_workbook(folder / "budget.xlsx").problems
    assert len(problems) >= 2
    assert notes_of(saved["budget-notes"]) == {**notes_of(saved["budget"]), **by_cell(problems)}


def by_cell(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {str(problem.cell): note_text(problem.says, problem.todo, problem.code) for problem in problems}


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl", "budget"])
def test_the_sheet_in_front_is_there_with_its_links(name: str, saved: dict[str, Path]) -> None:
    front = open_book(saved[f"{name}-notes"]).worksheets[0]
    assert front.title.startswith("Problems")
    assert [cell.value for cell in front[4]] == ["Sheet", "Cell", "What is wrong", "What to do", "Code"]
    links = [front.cell(row, 2).hyperlink for row in range(5, front.max_row + 1)]
    assert [link.location.rpartition("!")[2] for link in links if link is not None] == [
        front.cell(row, 2).value for row in range(5, front.max_row + 1)
    ]
    assert front.auto_filter.ref == f"A4:E{front.max_row}"


def test_what_libreoffice_saved_is_annotated_anew_without_stacking(saved: dict[str, Path], folder: Path) -> None:
    """LibreOffice forgets who wrote a note; ours are known by their words."""
    again = folder / "again.xlsx"
    read = annotate_workbook(saved["budget-notes"], again)
    assert notes_of(again) == {**notes_of(saved["budget"]), **by_cell(read.problems)}
    assert open_book(again).sheetnames == open_book(saved["budget-notes"]).sheetnames


def test_the_check_can_fail(saved: dict[str, Path]) -> None:
    """A workbook that openpyxl loaded and saved has lost what this looks for."""
    book = open_book(saved["xlsxwriter"])
    lost = BytesIO()
    book.save(lost)
    path = saved["xlsxwriter"].with_name("lost.xlsx")
    path.write_bytes(lost.getvalue())
    assert things_in(path) != things_in(saved["xlsxwriter"])
