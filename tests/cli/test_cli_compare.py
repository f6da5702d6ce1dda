"""`smsheets compare`: what it prints, what it writes, and with which exit status."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from made import put
from patch_xlsx import patch_cells

from smsheets.files import marked
from smsheets.layout.content import sample_profile
from smsheets.profile_file import make_profile

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample budget and a sample calendar."""
    folder = tmp_path_factory.mktemp("made")
    for kind in ("budget", "calendar"):
        put(kind, folder / f"{kind}.xlsx", make_profile(sample_profile()), sample=True)
    return folder


@pytest.fixture
def versions(made: Path, folder: Path) -> Path:
    """`old.xlsx`, and `new.xlsx` in which an actual was entered, an amount moved and a note was emptied."""
    for name in ("old", "new"):
        shutil.copy(made / "budget.xlsx", folder / f"{name}.xlsx")
    patch_cells(
        folder / "new.xlsx",
        {"Budget!AK10": 400, "Budget!AQ8": 40, "Budget!AU8": 160, "Budget!G6": None, "Budget!F7": "12"},
    )
    return folder


@pytest.fixture
def folders(made: Path, folder: Path) -> Path:
    """Two folders with the same workbooks."""
    for name in ("before", "now"):
        shutil.copytree(made, folder / name)
    return folder


def test_nothing_has_changed(folders: Path, run: Run) -> None:
    for given in (("before", "now"), ("before/budget.xlsx", "now"), ("now/calendar.xlsx", "now/calendar.xlsx")):
        result = run("compare", *given)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.output.endswith("\nNothing has changed.\n")


def test_what_has_changed_is_told_with_its_cells(versions: Path, run: Run) -> None:
    result = run("compare", "old.xlsx", "new.xlsx")
    assert result.exit_code == 1
    for line in (
        " Budget     Budget             9     9       0         0         4",
        "Entered since, actuals of Jul 2027: $400.00 (lines: 1).",
        "'Instagram ads': $60.00 of the planned money moved from Sep 2027 to Oct 2027.",
        "Cells are on the sheet 'Budget'.",
    ):
        assert line in result.output.splitlines(), result.output
    words = " ".join(result.output.split())
    assert "B5: Pinterest ads not spent over 0.00 400.00" in words
    rows = [line.split() for line in result.output.splitlines()]
    assert ["$60.00", "AQ8"] in [[word for word in row if word in ("$60.00", "AQ8")] for row in rows]
    assert any(row[-1:] == ["G6"] and "emptied" in row for row in rows)


def test_every_line_of_the_text_fits_a_terminal(versions: Path, run: Run) -> None:
    lines = run("compare", "old.xlsx", "new.xlsx").output.splitlines()
    assert [line for line in lines if len(line) > 80] == []


def test_in_german(versions: Path, run: Run) -> None:
    result = run("compare", "old.xlsx", "new.xlsx", "--lang", "de")
    assert result.exit_code == 1
    assert "\nWas sich geändert hat\n=====================\n" in result.output
    assert "Seitdem eingetragen, Ausgaben für Juli 2027: 400,00" in result.output
    assert run("compare", "old.xlsx", "old.xlsx", "--lang", "de").output.endswith("Es hat sich nichts geändert.\n")


def test_json_names_each_cell(versions: Path, run: Run) -> None:
    result = run("compare", "old.xlsx", "new.xlsx", "--format", "json")
    shown = json.loads(result.stdout)
    assert (result.exit_code, shown["schema"], shown["differs"]) == (1, "smsheets.compare/1", True)
    (workbook,) = shown["workbooks"]
    assert (workbook["kind"], workbook["same_period"], workbook["old"]["file"]) == ("budget", True, "old.xlsx")
    (lines,) = workbook["tables"]
    changes = {
        change["new_cell"]["cell"]: (row["id"], change["field"], change["each"], change["old"], change["new"])
        for row in lines["changed"]
        for change in row["changes"]
    }
    assert changes == {
        "AK10": ("B5", "actual", "2027-07-01", None, "400"),
        "AQ8": ("B3", "planned", "2027-09-01", "100", "40"),
        "AU8": ("B3", "planned", "2027-10-01", "100", "160"),
        "G6": ("B1", "note", None, "Charged on the 3rd", None),
        "F7": ("B2", "owner", None, "Assistant", "12"),
    }
    money = {line["id"]: line for line in workbook["budget"]["lines"]}
    assert money["B3"]["shift"] == {"amount": "60", "taken": ["2027-09-01"], "given": ["2027-10-01"]}
    assert (money["B5"]["status"], money["B5"]["status_now"]) == ("not_spent", "over")
    assert "budget.over" in {finding["id"] for finding in shown["findings"]["new"]}


def test_json_fits_its_schema(versions: Path, run: Run) -> None:
    schema = json.loads(run("schema", "compare").output)
    view = schema["$defs"]["ComparisonView"]
    shown = json.loads(run("compare", "old.xlsx", "new.xlsx", "--format", "json").stdout)
    assert set(view["required"]) <= set(shown) <= set(view["properties"])
    change = shown["workbooks"][0]["tables"][0]["changed"][0]["changes"][0]
    assert set(schema["$defs"]["ChangeView"]["required"]) == set(change)


def test_markdown(versions: Path, run: Run) -> None:
    result = run("compare", "old.xlsx", "new.xlsx", "--format", "markdown")
    assert result.exit_code == 1
    assert result.output.startswith("## What has changed\n")
    assert "| B5: Pinterest ads | Actual, Jul 2027 |  | 400.00 | filled in | AK10 |\n" in result.output


def test_the_report_is_written_to_a_file(versions: Path, run: Run) -> None:
    result = run("compare", "old.xlsx", "new.xlsx", "-o", "changes.txt")
    assert (result.exit_code, result.output) == (1, "changes.txt written\n")
    assert (versions / "changes.txt").read_bytes() == marked(run("compare", "old.xlsx", "new.xlsx").output)
    quiet = run("compare", "old.xlsx", "new.xlsx", "-o", "changes.txt", "--quiet")
    assert (quiet.exit_code, quiet.output) == (1, "")


def test_a_report_is_never_written_over_a_workbook(versions: Path, run: Run) -> None:
    result = run("compare", "old.xlsx", "new.xlsx", "-o", "old.xlsx")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_the_day_can_be_given(versions: Path, run: Run) -> None:
    result = run("compare", "old.xlsx", "new.xlsx", "--as-of", "2027-08-31")
    assert "Figures up to Aug 31, 2027." in result.output
    wrong = run("compare", "old.xlsx", "new.xlsx", "--as-of", "soon")
    assert (wrong.exit_code, wrong.stderr) == (2, "--as-of soon: write a date, for example 2027-07-05\n")


def test_findings_can_be_silenced(versions: Path, run: Run) -> None:
    (versions / "smsheets.toml").write_text('silenced = ["budget.over"]\n', encoding="utf-8")
    result = run("compare", "old.xlsx", "new.xlsx", "--format", "json")
    findings = json.loads(result.stdout)["findings"]
    assert "budget.over" not in {finding["id"] for listed in findings.values() for finding in listed}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "before/budget.xlsx",
            "now/calendar.xlsx",
            "before/budget.xlsx is a budget, now/calendar.xlsx is a calendar: they cannot be compared. "
            "Give two workbooks of one kind.\n",
        ),
        ("before/budget.xlsx", "none.xlsx", "none.xlsx: "),
        ("empty", "now", "empty: there is no .xlsx workbook in this folder.\n"),
    ],
)
def test_what_cannot_be_compared_ends_in_one_line(old: str, new: str, line: str, folders: Path, run: Run) -> None:
    (folders / "empty").mkdir()
    result = run("compare", old, new)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert result.stderr.startswith(line)


def test_a_broken_file_in_a_folder_does_not_hide_the_others(folders: Path, run: Run) -> None:
    (folders / "now" / "broken.xlsx").write_bytes(b"PK")
    result = run("compare", "before", "now")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert result.stderr.startswith("now/broken.xlsx: ")
    assert "Nothing has changed." in result.stdout


def test_texts_of_a_workbook_command_no_terminal_and_hold_no_markdown(versions: Path, run: Run) -> None:
    patch_cells(versions / "new.xlsx", {"Budget!G6": "[click](http://x) *now* {amount} \u202etxt"})
    text = run("compare", "old.xlsx", "new.xlsx").output
    assert "\u202e" not in text
    assert "{amount}" in text
    assert "\\[click\\]" in run("compare", "old.xlsx", "new.xlsx", "--format", "markdown").output


def test_the_page_holds_the_same(versions: Path, run: Run) -> None:
    patch_cells(versions / "new.xlsx", {"Budget!G6": "<script>alert(1)</script> & more"})
    result = run("compare", "old.xlsx", "new.xlsx", "--html", "changes.html")
    assert (result.exit_code, result.output) == (1, "changes.html written\n")
    page = (versions / "changes.html").read_text(encoding="utf-8")
    for words in ("What has changed", "Budget", "B5: Pinterest ads", "AQ8", "New findings"):
        assert words in page, words
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert run("compare", "old.xlsx", "new.xlsx", "--html", "changes.html", "--format", "json").stdout.startswith(
        "changes"
    )


def test_every_word_of_the_text_stands_on_the_page(versions: Path, run: Run) -> None:
    text = run("compare", "old.xlsx", "new.xlsx", "--format", "markdown").output
    run("compare", "old.xlsx", "new.xlsx", "--html", "changes.html")
    page = html.unescape((versions / "changes.html").read_text(encoding="utf-8"))
    told = {word for word in re.findall(r"[\w.]+", text.replace("\\", "")) if len(word) > 3}
    assert [word for word in sorted(told) if word not in page] == []
