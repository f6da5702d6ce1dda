# ruff: noqa: E501 -- one case is one line, however long the error is
"""`smsheets analyze`: what it prints, where, and with which exit status."""

from __future__ import annotations

import csv
import json
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from made import put

from smsheets import Profile, new_workbook
from smsheets.files import marked
from smsheets.kinds import KINDS
from smsheets.layout.content import sample_profile
from smsheets.profile_file import make_profile

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `sample-KIND.xlsx` and `blank-KIND.xlsx` of every kind."""
    folder = tmp_path_factory.mktemp("made")
    for kind in KINDS:
        put(kind, folder / f"sample-{kind}.xlsx", make_profile(sample_profile()), sample=True)
        put(kind, folder / f"blank-{kind}.xlsx", Profile(company="Clay"))
    return folder


@pytest.fixture
def sample(made: Path, folder: Path) -> Path:
    """The five filled workbooks in the folder the command runs in."""
    for kind in KINDS:
        shutil.copy(made / f"sample-{kind}.xlsx", folder / f"{kind}.xlsx")
    return folder


@pytest.fixture
def wrong(made: Path, folder: Path) -> Path:
    """A budget with a word where an amount belongs."""
    book = openpyxl.load_workbook(made / "sample-budget.xlsx")
    sheet = book["Budget"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "Line ID")
    actual = next(cell.column for cell in header if cell.value == "Jan 2027\nActual")
    sheet.cell(header[0].row + 1, actual).value = "a lot"
    book.save(folder / "wrong.xlsx")
    return folder / "wrong.xlsx"


def names(*kinds: str) -> list[str]:
    return [f"{kind}.xlsx" for kind in kinds or KINDS]


def test_all_five_in_any_order_give_the_same_report(sample: Path, run: Run) -> None:
    first = run("analyze", *names(), "--format", "json")
    second = run("analyze", *reversed(names()), "--format", "json")
    assert json.loads(first.output)["businesses"] == json.loads(second.output)["businesses"]


def test_blank_workbooks_are_clean(made: Path, run: Run) -> None:
    result = run("analyze", *(str(made / f"blank-{kind}.xlsx") for kind in KINDS), "--as-of", "2027-03-01")
    assert result.exit_code == 0
    assert "Problems in the workbooks: none.\n" in result.output
    assert " fields still to fill in: see --full\n" in result.output


@pytest.mark.parametrize(("level", "status"), [("problem", 0), ("error", 1), ("warning", 1), ("note", 1)])
def test_the_exit_status_follows_the_level_asked_for(level: str, status: int, sample: Path, run: Run) -> None:
    assert run("analyze", *names(), "--fail-on", level).exit_code == status


def test_findings_below_the_level_do_not_count(sample: Path, run: Run) -> None:
    levels = {
        finding["level"]
        for business in json.loads(run("analyze", "calendar.xlsx", "--format", "json").output)["businesses"]
        for finding in business["findings"]
    }
    for level in ("error", "warning", "note"):
        graver = ("error", "warning", "note")[: ("error", "warning", "note").index(level) + 1]
        expected = 1 if levels & set(graver) else 0
        assert run("analyze", "calendar.xlsx", "--fail-on", level).exit_code == expected


def test_a_problem_gives_exit_status_1(wrong: Path, run: Run) -> None:
    result = run("analyze", "wrong.xlsx", "--full")
    assert result.exit_code == 1
    text = " ".join(result.output.split())
    assert "must be a number, found text 'a lot'." in text
    assert "[cell.not-a-number]" in text


def test_files_that_cannot_be_read_give_one_line_each_and_exit_status_2(sample: Path, run: Run) -> None:
    (sample / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (sample / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    (sample / "cut.xlsx").write_bytes((sample / "budget.xlsx").read_bytes()[:5000])
    (sample / "empty.xlsx").write_bytes(b"")
    with zipfile.ZipFile(sample / "other.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    openpyxl.Workbook().save(sample / "not-ours.xlsx")
    bad = ["none.xlsx", "table.csv", "old.xls", "cut.xlsx", "empty.xlsx", "other.xlsx", "not-ours.xlsx"]
    result = run("analyze", *bad)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == bad
    assert all(len(line) > len(name) + 20 for name, line in zip(bad, lines, strict=True))


def test_the_others_are_still_analyzed(sample: Path, run: Run) -> None:
    result = run("analyze", "none.xlsx", "budget.xlsx", "--format", "json")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert [file["kind"] for file in json.loads(result.stdout)["files"]] == ["budget"]


def test_the_day(sample: Path, run: Run) -> None:
    assert json.loads(run("analyze", "budget.xlsx", "--format", "json").output)["as_of"] == "2027-07-05"
    asked = run("analyze", "budget.xlsx", "--format", "json", "--as-of", "2027-03-31")
    assert json.loads(asked.output)["as_of"] == "2027-03-31"
    refused = run("analyze", "budget.xlsx", "--as-of", "31.3.2027")
    assert (refused.exit_code, refused.stdout, refused.stderr) == (
        2, "", "--as-of 31.3.2027: write a date, for example 2027-07-05\n",
    )  # fmt: skip


def test_without_a_day_it_is_today(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    monkeypatch.setattr("smsheets.cli.analyze.this_day", lambda: date(2031, 2, 3))
    result = run("analyze", str(made / "blank-budget.xlsx"), "--format", "json")
    assert json.loads(result.output)["as_of"] == "2031-02-03"


def test_text_is_plain_and_narrow(sample: Path, run: Run) -> None:
    output = run("analyze", *names(), "--full").output
    assert "\x1b" not in output
    assert max(map(len, output.splitlines())) <= 80


@pytest.mark.parametrize(
    ("shape", "start"),
    [("text", "\nClay & Kiln, Jul 5, 2027, from 5 workbooks\nOff track: "), ("markdown", "## In brief\n"), ("json", "{\n")],
)
def test_a_format_to_the_screen_and_into_a_file(shape: str, start: str, sample: Path, run: Run) -> None:
    shown = run("analyze", *names(), "--format", shape)
    assert shown.output.startswith(start)
    kept = run("analyze", *names(), "--format", shape, "-o", "report.out")
    assert kept.output == "report.out written\n"
    data = (sample / "report.out").read_bytes()
    assert data == (shown.output.encode() if shape == "json" else marked(shown.output))
    assert shown.exit_code == kept.exit_code == 0


def test_brief_is_ten_plain_lines_on_the_screen_and_in_a_file(sample: Path, run: Run) -> None:
    shown = run("analyze", *names(), "--brief")
    assert shown.exit_code == 0
    assert 5 <= len(shown.output.splitlines()) <= 10
    assert shown.output.startswith("Clay & Kiln, ")
    assert "\x1b" not in shown.output
    assert run("analyze", *names(), "--brief", "-o", "brief.txt").output == "brief.txt written\n"
    assert (sample / "brief.txt").read_bytes() == marked(shown.output)


CODE = r"\[[a-z-]+\.[a-z_-]+\]"


def test_the_three_lengths_on_the_screen_and_in_a_file(sample: Path, run: Run) -> None:
    full = run("analyze", *names(), "--full")
    assert full.output.startswith("\nWhat was read\n=============\n")
    assert re.search(CODE, full.output)
    assert run("analyze", *names(), "--full", "-o", "full.txt").output == "full.txt written\n"
    assert (sample / "full.txt").read_bytes() == marked(full.output)
    assert re.search(CODE, run("analyze", *names()).output) is None
    assert re.search(CODE, run("analyze", *names(), "--verbose").stdout)
    both = run("analyze", *names(), "--full", "--brief")
    assert (both.exit_code, both.stderr) == (2, "--brief and --full are two lengths of a report: choose one.\n")


@pytest.mark.parametrize(("shape", "length"), [("json", "--brief"), ("markdown", "--full"), ("csv", "--brief")])
def test_a_length_is_that_of_a_text(shape: str, length: str, sample: Path, run: Run) -> None:
    result = run("analyze", "budget.xlsx", length, "--format", shape)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{length} is plain text: leave out --format {shape}\n"


def test_csv_is_one_file_per_table(sample: Path, run: Run) -> None:
    assert run("analyze", *names(), "--format", "csv", "-o", "out").output == "out written\n"
    files = {path.stem for path in (sample / "out").glob("*.csv")}
    assert {"findings", "problems", "files", "budget.lines", "calendar.posts", "strategy.goals"} <= files
    with (sample / "out" / "budget.lines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["business"] == "Clay & Kiln"
    assert rows[0]["line_id"] == "B1"


def test_csv_needs_a_folder(sample: Path, run: Run) -> None:
    result = run("analyze", "budget.xlsx", "--format", "csv")
    assert (result.exit_code, result.stderr) == (
        2, "--format csv writes one file per table: name a folder with -o\n",
    )  # fmt: skip


@pytest.mark.parametrize("shape", ["text", "csv"])
def test_a_place_that_cannot_be_written_to(shape: str, sample: Path, run: Run) -> None:
    (sample / "taken").write_text("a file", encoding="utf-8")
    result = run("analyze", "budget.xlsx", "--format", shape, "-o", "taken/report")
    assert result.exit_code == 2
    assert result.stderr.startswith("taken/report")
    assert ": cannot be written: " in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_language_is_the_workbooks_or_the_one_asked_for(made: Path, folder: Path, run: Run) -> None:
    new_workbook("budget", folder / "german.xlsx", Profile(language="de", company="Ton"))
    assert run("analyze", "german.xlsx", "--as-of", "2027-03-01").output.startswith("\nTon, 01.03.2027, aus german.xlsx\n")
    english = run("analyze", "german.xlsx", "--as-of", "2027-03-01", "--lang", "en")
    assert english.output.startswith("\nTon, Mar 1, 2027, from german.xlsx\n")
    refused = run("analyze", "german.xlsx", "--as-of", "2027-03-01", "--lang", "fr")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "There is no language 'fr'. Use one of: en, de.\n"


def test_thresholds_of_ones_own(sample: Path, run: Run) -> None:
    def found(*words: str) -> list[str]:
        view = json.loads(run("analyze", *names(), "--format", "json", *words).output)
        return [finding["id"] for finding in view["businesses"][0]["findings"]]

    assert "calendar.dormant_linked" in found()
    (sample / "mine.toml").write_text('[thresholds]\n"calendar.dormant_days" = 9999\n', encoding="utf-8")
    assert "calendar.dormant_linked" not in found("--config", "mine.toml")
    shutil.copy(sample / "mine.toml", sample / "smsheets.toml")
    assert "calendar.dormant_linked" not in found()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[thresholds]\n'calendar.dormant_day' = 1\n", "unknown threshold 'calendar.dormant_day'; did you mean 'calendar.dormant_days'?"),
        ("treshold = 1\n", "unknown key 'treshold'; did you mean 'thresholds'?"),
        ("[thresholds]\n'calendar.dormant_days' = 'x'\n", "thresholds: expected a number, got a text"),
    ],
)  # fmt: skip
def test_thresholds_that_cannot_be_used(text: str, line: str, sample: Path, run: Run) -> None:
    (sample / "smsheets.toml").write_text(text, encoding="utf-8")
    result = run("analyze", "budget.xlsx")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"smsheets.toml: {line}\n")


def test_the_workbooks_are_never_changed(sample: Path, run: Run) -> None:
    before = {path.name: path.read_bytes() for path in sample.iterdir()}
    run("analyze", *names())
    assert {path.name: path.read_bytes() for path in sample.iterdir()} == before


@pytest.mark.parametrize("shape", ["text", "markdown"])
def test_what_people_typed_cannot_steer_the_terminal(shape: str, made: Path, folder: Path, run: Run) -> None:
    nasty = "red\u202eevil\u202c\u2028two\none {x} {0} %s [bold]"
    book = openpyxl.load_workbook(made / "sample-calendar.xlsx")
    sheet = book["Posts"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "Post ID")
    for row in range(header[0].row + 1, header[0].row + 20):
        for cell in header[1:12]:
            if isinstance(sheet.cell(row, cell.column).value, str) and not str(
                sheet.cell(row, cell.column).value
            ).startswith("="):
                sheet.cell(row, cell.column).value = nasty
    book["Start here"]["B6"].value = nasty
    book.save(folder / "nasty.xlsx")
    output = run("analyze", "nasty.xlsx", "--format", shape, "--as-of", "2027-07-05").output
    bad = {sign for sign in output if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")}
    assert bad == set()
    assert "evil" in output
