"""Folders of workbooks: each plan in them is read, what is no plan is left out and said, nothing waits for ever."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]
COMMANDS = ("analyze {} --full", "check {}", "compare {} {}", "repair {} -o fixed")

READING = (*COMMANDS, "adopt {} --as calendar --dry-run", "new budget --config {}", "new --spec {}")


@pytest.fixture
def plan(folder: Path) -> Path:
    """Two workbooks, and what people keep beside them."""
    inside = folder / "plan"
    (inside / "old").mkdir(parents=True)
    for kind in ("budget", "roadmap"):
        shutil.copy(ROOT / "samples" / "blank" / f"{kind}.xlsx", inside / f"{kind}.xlsx")
    (inside / "~$budget.xlsx").write_bytes(b"\x05Ann" + bytes(160))
    (inside / ".hidden.xlsx").write_bytes(b"PK")
    (inside / "notes.txt").write_text("call the printer", encoding="utf-8")
    openpyxl.Workbook().save(inside / "prices.xlsx")
    return inside


@pytest.fixture
def with_report(plan: Path, run: Run) -> Path:
    run("analyze", "plan/budget.xlsx", "--xlsx", "plan/variance.xlsx", "-q")
    return plan


@pytest.mark.parametrize("words", COMMANDS)
def test_every_plan_of_a_folder_is_read(words: str, with_report: Path, run: Run) -> None:
    done = run(*words.format("plan", "plan").split())
    assert done.exit_code == 0, done.output
    lines = done.stderr.splitlines()
    assert lines[0] == "plan: left out notes.txt, old, ~$budget.xlsx."
    assert len([line for line in lines if line.startswith("plan/variance.xlsx: this is a report")]) == 1
    assert len([line for line in lines if line.startswith("plan/prices.xlsx: ")]) == 1
    assert all(line.endswith("left out.") for line in lines[-2:])
    if words.startswith("repair"):
        assert sorted(path.name for path in Path("fixed").iterdir()) == ["budget.xlsx", "roadmap.xlsx"]
    elif not words.startswith("compare"):
        assert "plan/budget.xlsx" in done.stdout
        assert "plan/roadmap.xlsx" in done.stdout
    assert run(*words.format("plan", "plan").split(), "--quiet", *["--force"] * words.startswith("repair")).stderr == ""


@pytest.mark.parametrize("words", COMMANDS[:2])
def test_what_the_shell_finds_besides_is_left_out(words: str, with_report: Path, run: Run) -> None:
    """plan/*.xlsx while the budget is open, with a report beside it; what is named and no plan is refused."""
    names = [f"plan/{name}.xlsx" for name in ("budget", "roadmap", "variance", "~$budget")]
    command = words.split()[0]
    done = run(command, *names)
    assert done.exit_code == 0, done.output
    assert len(done.stderr.splitlines()) == 2
    assert run(command, *names, "plan/prices.xlsx").exit_code == 2
    for alone in ("plan/variance.xlsx", "plan/~$budget.xlsx"):
        refused = run(command, alone)
        assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_broken_plan_in_a_folder_is_no_success(words: str, plan: Path, run: Run) -> None:
    (plan / "budget.xlsx").write_bytes((plan / "budget.xlsx").read_bytes()[:5_000])
    done = run(*words.format("plan", "plan").split())
    assert done.exit_code == 2
    assert [line for line in done.stderr.splitlines() if line.startswith("plan/budget.xlsx: ")]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_folder_without_a_plan(words: str, folder: Path, run: Run) -> None:
    (folder / "empty").mkdir()
    done = run(*words.format("empty", "empty").split())
    assert (done.exit_code, done.stderr) == (2, "empty: there is no .xlsx workbook in this folder.\n")
    openpyxl.Workbook().save(folder / "empty" / "prices.xlsx")
    done = run(*words.format("empty", "empty").split())
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)


def test_a_copy_with_notes_is_of_one_workbook(plan: Path, run: Run) -> None:
    assert "give one file" in run("check", "plan", "--annotate", "noted.xlsx").stderr
    for name in ("roadmap.xlsx", "prices.xlsx"):
        (plan / name).unlink()
    assert run("check", "plan", "--annotate", "noted.xlsx").exit_code == 0


@pytest.mark.parametrize("words", READING)
def test_nothing_waits_for_a_pipe_or_a_device(words: str, folder: Path, run: Run) -> None:
    os.mkfifo(folder / "pipe.xlsx")
    for given in ("pipe.xlsx", "/dev/zero", "/dev/null"):
        refused = run(*words.format(given, given).split())
        assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1), refused.output


@pytest.mark.parametrize("words", READING)
def test_a_name_that_cannot_be_is_one_line(words: str, folder: Path, run: Run) -> None:
    for given in ("n" * 300 + ".xlsx", "nowhere/" + "n" * 300, "a\udcff.xlsx"):
        refused = run(*words.format(given, given).split())
        assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1), refused.output
