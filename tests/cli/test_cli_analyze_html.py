"""`smsheets analyze --html`: one page, beside or instead of what is printed; whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from smsheets.kinds import KINDS

Run = Callable[..., Result]
SAMPLES = Path(__file__).parents[2] / "samples" / "filled"
NAMES = tuple(f"{kind}.xlsx" for kind in KINDS)


@pytest.fixture
def sample(folder: Path) -> Path:
    """The five filled workbooks in the folder the command runs in."""
    for name in NAMES:
        shutil.copy(SAMPLES / name, folder / name)
    return folder


def test_the_page_is_written_and_nothing_else_is_printed(sample: Path, run: Run) -> None:
    result = run("analyze", *NAMES, "--html", "report.html")
    assert (result.exit_code, result.output) == (0, "report.html written\n")
    page = (sample / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert {path.name for path in sample.iterdir()} == {*NAMES, "report.html"}


def test_quiet_prints_nothing_at_all(sample: Path, run: Run) -> None:
    assert run("analyze", *NAMES, "--html", "report.html", "--quiet").output == ""
    assert (sample / "report.html").is_file()


def test_what_is_asked_for_comes_besides(sample: Path, run: Run) -> None:
    result = run("analyze", *NAMES, "--html", "report.html", "--format", "json", "--quiet")
    assert json.loads(result.output)["schema"] == "smsheets.analysis/1"
    result = run("analyze", *NAMES, "--html", "report.html", "--format", "markdown", "-o", "report.md")
    assert result.output.splitlines() == ["report.html written", "report.md written"]
    assert run("analyze", *NAMES, "--html", "report.html", "--format", "text").output.count("\n") > 30


def test_its_language_can_be_chosen(sample: Path, run: Run) -> None:
    run("analyze", *NAMES, "--html", "report.html", "--lang", "de")
    assert '<html lang="de">' in (sample / "report.html").read_text(encoding="utf-8")


def test_the_same_workbooks_give_the_same_bytes(sample: Path, run: Run) -> None:
    run("analyze", *NAMES, "--html", "one.html")
    run("analyze", *reversed(NAMES), "--html", "two.html", "--as-of", "2027-07-05")
    first, second = ((sample / name).read_text(encoding="utf-8") for name in ("one.html", "two.html"))
    assert first.partition('id="read"')[0] == second.partition('id="read"')[0]


def test_a_workbook_is_never_written_over(sample: Path, run: Run) -> None:
    before = (sample / "budget.xlsx").read_bytes()
    (sample / "link.html").symlink_to(sample / "budget.xlsx")
    for target in ("budget.xlsx", "link.html"):
        result = run("analyze", "budget.xlsx", "--html", target)
        assert result.exit_code == 2
        assert "this is the workbook itself" in result.output
    assert (sample / "budget.xlsx").read_bytes() == before


def test_two_reports_do_not_go_into_one_file(sample: Path, run: Run) -> None:
    result = run("analyze", "budget.xlsx", "--html", "report.html", "-o", "./report.html")
    assert result.exit_code == 2
    assert "two reports cannot go into one file" in result.output
    assert not (sample / "report.html").exists()


def test_a_folder_that_is_not_there_is_one_line(sample: Path, run: Run) -> None:
    result = run("analyze", "budget.xlsx", "--html", "nowhere/report.html")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "nowhere/report.html: cannot be written" in result.output


def test_the_exit_status_is_that_of_the_findings(sample: Path, run: Run) -> None:
    assert run("analyze", *NAMES, "--html", "report.html", "--fail-on", "error").exit_code == 1
