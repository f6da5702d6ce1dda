"""`smsheets analyze --xlsx`: a workbook, beside or instead of what is printed; and no command takes it for a plan."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from smsheets.files import REPORT_PROPERTY
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


def test_the_workbook_is_written_and_nothing_else_is_printed(sample: Path, run: Run) -> None:
    result = run("analyze", *NAMES, "--xlsx", "variance.xlsx")
    assert (result.exit_code, result.output) == (0, "variance.xlsx written\n")
    assert openpyxl.load_workbook(sample / "variance.xlsx", read_only=True).sheetnames[0] == "Overview"
    assert {path.name for path in sample.iterdir()} == {*NAMES, "variance.xlsx"}


def test_what_is_asked_for_comes_besides(sample: Path, run: Run) -> None:
    result = run("analyze", "budget.xlsx", "--xlsx", "variance.xlsx", "--format", "json", "--quiet")
    assert json.loads(result.output)["schema"] == "smsheets.analysis/1"
    result = run("analyze", "budget.xlsx", "--html", "report.html", "--xlsx", "variance.xlsx")
    assert result.output.splitlines() == ["report.html written", "variance.xlsx written"]


def test_its_language_can_be_chosen(sample: Path, run: Run) -> None:
    run("analyze", "budget.xlsx", "--xlsx", "variance.xlsx", "--lang", "de")
    assert "Hinweise" in openpyxl.load_workbook(sample / "variance.xlsx", read_only=True).sheetnames


def test_a_workbook_that_is_read_is_never_written_over(sample: Path, run: Run) -> None:
    before = (sample / "budget.xlsx").read_bytes()
    result = run("analyze", "budget.xlsx", "--xlsx", "./budget.xlsx")
    assert result.exit_code == 2
    assert "this is the workbook itself" in result.output
    assert (sample / "budget.xlsx").read_bytes() == before


def test_its_name_ends_as_programs_need_it(sample: Path, run: Run) -> None:
    result = run("analyze", "budget.xlsx", "--xlsx", "variance.xls")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "write a name that ends in .xlsx" in result.output
    assert not (sample / "variance.xls").exists()


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("command", ["analyze", "check", "repair", "adopt"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_command_takes_it_for_a_plan(language: str, command: str, marked: bool, sample: Path, run: Run) -> None:
    run("analyze", *NAMES, "--xlsx", "variance.xlsx", "--lang", language)
    if not marked:
        (sample / "variance.xlsx").write_bytes(_without_properties((sample / "variance.xlsx").read_bytes()))
    options = () if command in ("analyze", "check") else ("-o", "new.xlsx")
    result = run(command, "variance.xlsx", *options)
    assert result.exit_code == 2
    assert [line for line in result.output.splitlines() if "this is a report that smsheets wrote" in line]
    assert not (sample / "new.xlsx").exists()


def _without_properties(data: bytes) -> bytes:
    """As Google Sheets leaves a workbook."""
    left = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(left, "w") as taken:
        for name in given.namelist():
            taken.writestr(name, given.read(name).replace(REPORT_PROPERTY.encode(), b"other"))
    return left.getvalue()
