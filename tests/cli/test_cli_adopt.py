# ruff: noqa: E501 -- one case is one line, however long the error is
"""`smsheets adopt`: what it prints, writes and refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from adopt.foreign_files import foreign
from click.testing import Result

from smsheets import read_workbook

Run = Callable[..., Result]

ROWS = [
    ["Our posts"],
    ["Date", "Platform", "Caption", "Mood", "Status"],
    ["2027-05-03", "Instagram", "One", "happy", "Posted"],
    ["someday", "Facebook", "Two", "calm", "Draft"],
]


@pytest.fixture
def plan(folder: Path) -> Path:
    return foreign(folder / "plan.xlsx", {"May": ROWS})


def test_it_shows_the_mapping_and_writes(folder: Path, run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    result = run("adopt", "plan.xlsx", "--as", "calendar", "-o", "mine.xlsx")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert lines[0] == "plan.xlsx: read as Content calendar. Rows for Posts: 2."
    assert "Date May!A2 Date 80% 2027-05-03" in lines
    assert "Mood May!D2 a column of your own happy" in lines
    assert "May!A4: 'someday' cannot be read as 'Date'; it stays as it was typed." in lines
    assert "1 cell is in no row (titles, totals, notes): listed on the sheet 'Not brought over'." in lines
    assert 'To change a column: --map "Mood=Title"; to keep it as one of your own: --map "Mood=".' in lines
    assert lines[-1] == "mine.xlsx written. Look through it, then: smsheets analyze mine.xlsx"
    assert [row.values["copy"] for row in read_workbook(folder / "mine.xlsx").rows["posts"]] == ["One", "Two"]
    assert plan.read_bytes() == before


def test_it_guesses_what_it_is_and_says_so(run: Run, plan: Path) -> None:
    result = run("adopt", "plan.xlsx", "--dry-run")
    assert result.output.startswith("plan.xlsx: looks like Content calendar. Rows for Posts: 2.")


def test_a_dry_run_writes_nothing(folder: Path, run: Run, plan: Path) -> None:
    assert run("adopt", "plan.xlsx", "--dry-run", "-o", "mine.xlsx").exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["plan.xlsx"]


def test_corrections_and_facts_come_from_options_and_smsheets_toml(folder: Path, run: Run, plan: Path) -> None:
    (folder / "smsheets.toml").write_text('company = "Bluebird"\nchannels = ["pinterest"]\n', encoding="utf-8")
    result = run(
        "adopt", "plan.xlsx", "-o", "mine.xlsx", "--lang", "de", "--map", "Mood=Pillar", "--map", "Caption=title"
    )
    assert result.exit_code == 0
    read = read_workbook(folder / "mine.xlsx")
    assert (read.language, read.forms["start"]["business"]) == ("de", "Bluebird")
    assert [row.values["pillar"] for row in read.rows["posts"]] == ["happy", "calm"]
    assert [row.values["title"] for row in read.rows["posts"]] == ["One", "Two"]
    assert read.layout.profile.channels == ("pinterest",)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("plan.xlsx",), "Say which file to write, for example -o mine.xlsx; or --dry-run to look first."),
        (("plan.xlsx", "-o", "mine.csv"), "-o mine.csv: write a name that ends in .xlsx"),
        (("plan.xlsx", "--as", "calender", "-o", "x.xlsx"), "--as calender: there is no such template; did you mean 'calendar'?"),
        (("plan.xlsx", "-o", "x.xlsx", "--map", "Moood=title"), "the workbook has no column 'Moood'; did you mean 'Mood'?"),
        (("plan.xlsx", "-o", "x.xlsx", "--lang", "xx"), "--lang xx: there is no such language"),
        (("gone.xlsx", "-o", "x.xlsx"), "gone.xlsx: "),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(folder: Path, run: Run, plan: Path, words: tuple[str, ...], says: str) -> None:
    result = run("adopt", *words)
    assert result.exit_code == 2
    assert says in result.output
    assert len(result.output.splitlines()) == 1
    assert not (folder / "x.xlsx").exists()


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_the_users_file_is_never_written_to(run: Run, plan: Path, force: tuple[str, ...]) -> None:
    before = plan.read_bytes()
    result = run("adopt", "plan.xlsx", "-o", "plan.xlsx", *force)
    assert result.exit_code == 2
    assert plan.read_bytes() == before


def test_a_file_that_is_there_is_kept_without_force(folder: Path, run: Run, plan: Path) -> None:
    target = folder / "mine.xlsx"
    target.write_bytes(b"mine")
    assert run("adopt", "plan.xlsx", "-o", "mine.xlsx").exit_code == 2
    assert target.read_bytes() == b"mine"
    assert run("adopt", "plan.xlsx", "-o", "mine.xlsx", "--force").exit_code == 0


def test_texts_of_the_file_cannot_command_the_terminal(folder: Path, run: Run) -> None:
    rows = [["Date", "Platform", "Caption", "Mo\u202eod"], ["2027-05-03", "Instagram", "One", "a\u009b31mb"]]
    foreign(folder / "plan.xlsx", {"Plan": rows})
    result = run("adopt", "plan.xlsx", "-o", "mine.xlsx")
    assert result.exit_code == 0
    assert "\u009b" not in result.output
    assert "\u202e" not in result.output


def test_analyze_names_the_command(run: Run, plan: Path) -> None:
    result = run("analyze", "plan.xlsx")
    assert result.exit_code == 2
    assert "looks like a content calendar (May!A2: Date, Platform, Caption, Status)" in result.output
    assert "Bring its 2 rows over with: smsheets adopt plan.xlsx --as calendar -o mine.xlsx" in result.output
