"""`smsheets check`: what it prints, what it writes, and with which exit status."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from made import put
from patch_xlsx import patch_cells

from smsheets.files import marked
from smsheets.layout.content import sample_profile
from smsheets.profile_file import make_profile
from smsheets.reader.file.source import open_workbook

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample budget and a sample calendar, German."""
    folder = tmp_path_factory.mktemp("made")
    for kind, language in (("budget", "en"), ("calendar", "de")):
        profile = make_profile({**sample_profile(language), "language": language})
        put(kind, folder / f"{kind}.xlsx", profile, sample=True)
    return folder


@pytest.fixture
def good(made: Path, folder: Path) -> Path:
    """Both in the folder the command runs in."""
    for kind in ("budget", "calendar"):
        shutil.copy(made / f"{kind}.xlsx", folder / f"{kind}.xlsx")
    return folder


@pytest.fixture
def wrong(good: Path) -> Path:
    """The budget with words for hours in two rows, one below the other."""
    patch_cells(good / "budget.xlsx", {"Own time!D6": "many", "Own time!D7": "few"})
    return good / "budget.xlsx"


def test_clean_workbooks_give_one_line_each(good: Path, run: Run) -> None:
    result = run("check", "budget.xlsx", "calendar.xlsx")
    assert result.exit_code == 0
    assert result.output == "budget.xlsx: All is well.\ncalendar.xlsx: Alles in Ordnung.\n"


def test_problems_are_told_by_sheet(wrong: Path, run: Run) -> None:
    result = run("check", "budget.xlsx", "calendar.xlsx")
    assert result.exit_code == 1
    assert "\nbudget.xlsx\n===========\n" in result.output
    assert "\nOwn time\n--------\n" in result.output
    assert "'Own time'!D6:D7: 2 cells of 'Hours a week' are no numbers." in result.output
    assert result.output.endswith("calendar.xlsx: Alles in Ordnung.\n")
    assert "cell.not-a-number" not in result.output
    assert "[cell.not-a-number]" in run("check", "budget.xlsx", "--verbose").stdout


def test_files_that_cannot_be_used_give_one_line_each(wrong: Path, run: Run) -> None:
    openpyxl.Workbook().save("not-ours.xlsx")
    result = run("check", "none.xlsx", "calendar.xlsx", "not-ours.xlsx", "budget.xlsx")
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["none.xlsx", "not-ours.xlsx"]
    assert "calendar.xlsx: Alles in Ordnung.\n" in result.stdout
    assert "'Own time'!D6" in result.stdout
    nothing = run("check", "none.xlsx")
    assert (nothing.exit_code, nothing.stdout) == (2, "")


def test_json(wrong: Path, run: Run) -> None:
    result = run("check", "budget.xlsx", "calendar.xlsx", "--format", "json")
    shown = json.loads(result.stdout)
    assert (result.exit_code, shown["schema"]) == (1, "smsheets.check/1")
    assert [(file["file"], file["kind"], file["language"]) for file in shown["files"]] == [
        ("budget.xlsx", "budget", "en"),
        ("calendar.xlsx", "calendar", "de"),
    ]
    links = [problem["link"] for problem in shown["files"][0]["problems"] if problem["code"] == "cell.not-a-number"]
    assert links == ["#'Own time'!D6", "#'Own time'!D7"]
    assert json.loads(run("schema", "check").output)["$defs"]["CellProblemView"]


def test_language_format_and_file(wrong: Path, run: Run) -> None:
    result = run("check", "budget.xlsx", "--lang", "de", "--format", "markdown", "-o", "report.md")
    assert (result.exit_code, result.output) == (1, "report.md written\n")
    text = Path("report.md").read_text(encoding="utf-8")
    assert text.startswith("## budget.xlsx\n")
    assert "2 Zellen von 'Hours a week' sind keine Zahlen." in text
    assert "### Own time\n" in text
    printed = run("check", "budget.xlsx").stdout
    run("check", "budget.xlsx", "-o", "report.txt")
    assert Path("report.txt").read_bytes() == marked(printed)


def test_the_report_never_goes_into_a_workbook(wrong: Path, run: Run) -> None:
    before = wrong.read_bytes()
    result = run("check", "budget.xlsx", "-o", "./budget.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the workbook itself" in result.stderr
    both = run("check", "budget.xlsx", "--annotate", "copy.xlsx", "-o", "copy.xlsx")
    assert (both.exit_code, "name the same file" in both.stderr) == (2, True)
    assert wrong.read_bytes() == before


def test_a_folder_that_cannot_be_written_to_is_one_line(wrong: Path, run: Run) -> None:
    result = run("check", "budget.xlsx", "-o", "none/report.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "none/report.txt: cannot be written: No such file or directory\n"


def test_an_annotated_copy(wrong: Path, run: Run) -> None:
    result = run("check", "budget.xlsx", "--annotate", "out/copy.xlsx", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "out/copy.xlsx written\n")
    problems = json.loads(result.stdout)["files"][0]["problems"]
    book = openpyxl.load_workbook("out/copy.xlsx")
    listed = [(row[0].value, row[1].value) for row in book["Problems"].iter_rows(min_row=5)]
    assert listed == [(problem["sheet"], problem["cell"]) for problem in problems]
    for problem in problems:
        note = book[problem["sheet"]][problem["cell"]].comment
        assert note is not None
        assert f"{problem['says']} {problem['todo']} [{problem['code']}]" in note.text
    again = run("check", "out/copy.xlsx", "--format", "json")
    assert [item["link"] for item in json.loads(again.stdout)["files"][0]["problems"]] == [
        item["link"] for item in problems
    ]


def test_a_copy_is_not_written_over_anything(wrong: Path, run: Run) -> None:
    Path("copy.xlsx").write_text("mine", encoding="utf-8")
    assert "exists already" in run("check", "budget.xlsx", "--annotate", "copy.xlsx").stderr
    assert Path("copy.xlsx").read_text(encoding="utf-8") == "mine"
    assert run("check", "budget.xlsx", "--annotate", "copy.xlsx", "--force").exit_code == 1
    assert open_workbook(Path("copy.xlsx")).problem_sheet == "Problems"
    itself = run("check", "budget.xlsx", "--annotate", "budget.xlsx", "--force")
    assert (itself.exit_code, "the workbook itself" in itself.stderr) == (2, True)


def test_one_copy_of_one_workbook(good: Path, run: Run) -> None:
    result = run("check", "budget.xlsx", "calendar.xlsx", "--annotate", "copy.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "--annotate writes a copy of one workbook: give one file.\n"


def test_a_file_that_cannot_be_read_gives_no_copy(folder: Path, run: Run) -> None:
    result = run("check", "none.xlsx", "--annotate", "copy.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert not Path("copy.xlsx").exists()
