"""Our own workbooks with problems in them: the annotated copy is read as the same plan with the same problems."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filled import GERMAN, filled, template
from patch_xlsx import patch_parts, rename_sheet
from rich_workbooks import notes_of, open_book, parts_of

from smsheets import annotate_workbook, read_workbook
from smsheets.errors import OptionError, WorkbookFileError
from smsheets.kinds import KINDS
from smsheets.problems import PROBLEM_SHEET_MARK
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import ReadWorkbook

LINES = """
| Line | Category           | What for  | Jan 2027 Planned | Jan 2027 Actual |
| B1   | Software and tools | Editor    | '12 k            | 10              |
| B2   | Software and tools | Editor    | 15               | 'a lot          |
| B2   | Software and tools | Camera    | 15               |                 |
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A budget with three problems: two texts for amounts, one id twice."""
    return filled(tmp_path, "budget", {"lines": LINES})


def lines(read: ReadWorkbook) -> list[str]:
    return [str(problem).removeprefix(read.file) for problem in read.problems]


def test_it_is_read_as_the_same(wrong: Path, tmp_path: Path) -> None:
    before = annotate_workbook(wrong, tmp_path / "copy.xlsx")
    after = read_workbook(tmp_path / "copy.xlsx")
    assert [problem.code for problem in before.problems] == ["cell.not-a-number", "cell.not-a-number", "id.duplicate"]
    assert lines(after) == lines(before)
    assert repr(after).replace(after.file, before.file) == repr(before)


def test_each_problem_has_its_note(wrong: Path, tmp_path: Path) -> None:
    read = annotate_workbook(wrong, tmp_path / "copy.xlsx")
    notes = notes_of(tmp_path / "copy.xlsx")
    assert notes == {
        str(problem.cell): f"smsheets: {problem.says} {problem.todo} [{problem.code}]" for problem in read.problems
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_without_problems_gets_a_sheet_that_says_so(kind: str, tmp_path: Path) -> None:
    path, copy = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(template(kind, "de", sample=True))
    read = annotate_workbook(path, copy)
    assert read.problems == ()
    front = open_book(copy).worksheets[0]
    assert front.title == "Probleme"
    assert str(front["A2"].value).startswith("Alles in Ordnung")
    assert front["A3"].value == "Es gibt nichts zu reparieren."
    assert read_workbook(copy).problems == ()
    before, after = parts_of(path), parts_of(copy)
    sheets = [name for name in before if name.startswith("xl/worksheets/") and before[name] != after[name]]
    assert sheets == []


def test_again_and_again(wrong: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    annotate_workbook(wrong, first)
    annotate_workbook(first, second)
    assert first.read_bytes() == second.read_bytes()
    annotate_workbook(wrong, second, force=True)
    assert first.read_bytes() == second.read_bytes()


def test_the_extra_sheet_is_known_by_its_mark_whatever_it_is_called(wrong: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "copy.xlsx", tmp_path / "again.xlsx"
    annotate_workbook(wrong, copy)
    rename_sheet(copy, "Problems", "To do")
    assert open_workbook(copy).problem_sheet == "To do"
    annotate_workbook(copy, again)
    assert open_book(again).sheetnames[:2] == ["To do", "Start here"]
    assert len(open_book(again).sheetnames) == len(open_book(wrong).sheetnames) + 1


def test_without_its_mark_it_is_a_sheet_of_its_own(wrong: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    annotate_workbook(wrong, copy)
    patch_parts(copy, lambda name, text: text.replace(PROBLEM_SHEET_MARK, "mine"))
    assert open_workbook(copy).problem_sheet == ""
    assert lines(read_workbook(copy)) == lines(read_workbook(wrong))


def test_german_and_other_languages(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": "| Posten | Jan 2027 Geplant |\n| B1 | 'zwölf |"}, profile=GERMAN)
    annotate_workbook(path, tmp_path / "de.xlsx")
    annotate_workbook(path, tmp_path / "en.xlsx", language="en")
    assert open_book(tmp_path / "de.xlsx").sheetnames[0] == "Probleme"
    assert open_book(tmp_path / "en.xlsx").sheetnames[0] == "Problems"
    german, english = (next(iter(notes_of(tmp_path / f"{name}.xlsx").values())) for name in ("de", "en"))
    assert german.startswith("smsheets: ")
    assert "muss eine Zahl sein" in german
    assert "must be a number" in english


def test_the_workbook_itself_is_never_written_to(wrong: Path, tmp_path: Path) -> None:
    before, stamp = wrong.read_bytes(), wrong.stat().st_mtime_ns
    link, twin = tmp_path / "link.xlsx", tmp_path / "twin.xlsx"
    link.symlink_to(wrong)
    os.link(wrong, twin)
    for target in (wrong, link, twin, tmp_path / "sub" / ".." / wrong.name):
        (tmp_path / "sub").mkdir(exist_ok=True)
        with pytest.raises(OptionError, match="the workbook itself"):
            annotate_workbook(wrong, target, force=True)
    annotate_workbook(wrong, tmp_path / "copy.xlsx")
    assert (wrong.read_bytes(), wrong.stat().st_mtime_ns) == (before, stamp)


def test_a_file_that_exists_is_kept(wrong: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    target.write_text("mine")
    with pytest.raises(OptionError, match=r"exists already\. Use --force"):
        annotate_workbook(wrong, target)
    assert target.read_text() == "mine"
    annotate_workbook(wrong, target, force=True)
    assert open_workbook(target).problem_sheet == "Problems"


@pytest.mark.parametrize("name", ["copy.xlsm", "copy.xls", "copy", "copy.ods"])
def test_a_copy_is_called_what_it_is(name: str, wrong: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"must have a name that ends in \.xlsx"):
        annotate_workbook(wrong, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_workbook_with_macros_needs_their_ending(wrong: Path, tmp_path: Path) -> None:
    patch_parts(wrong, lambda name, text: text.replace("sheet.main+xml", "sheet.macroEnabled.main+xml"))
    with pytest.raises(OptionError, match=r"must have a name that ends in \.xlsm"):
        annotate_workbook(wrong, tmp_path / "copy.xlsx")
    annotate_workbook(wrong, tmp_path / "copy.xlsm")
    assert lines(read_workbook(tmp_path / "copy.xlsm")) == lines(read_workbook(wrong))


def test_what_cannot_be_read_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(template("budget")[:3000])
    with pytest.raises(WorkbookFileError):
        annotate_workbook(path, tmp_path / "copy.xlsx")
    assert not (tmp_path / "copy.xlsx").exists()


def test_a_part_that_cannot_be_spliced_is_one_line(wrong: Path, tmp_path: Path) -> None:
    patch_parts(wrong, lambda name, text: text[:-9] if name == "[Content_Types].xml" else text)
    with pytest.raises(WorkbookFileError, match=r"its part .* is not proper XML"):
        annotate_workbook(wrong, tmp_path / "copy.xlsx")
    assert not (tmp_path / "copy.xlsx").exists()
