"""A user's file is never written to: its bytes, its time stamps and its folder are the same after every command."""

from __future__ import annotations

import hashlib
import inspect
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import smsheets
from smsheets.cli.main import main

ROOT = Path(__file__).parents[1]
GIVEN = ("budget.xlsx", "calendar.xlsx", "lean.xlsx", "own.xlsx", "broken.xlsx", "my-spec.yaml", "smsheets.toml")
COMMANDS = main.list_commands(click.Context(main))

CASES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "analyze": (
        ("budget.xlsx", "calendar.xlsx"),
        ("budget.xlsx", "broken.xlsx"),
        ("budget.xlsx", "-o", "out/report.txt"),
        ("budget.xlsx", "--format", "json", "-o", "out/report.json"),
        ("budget.xlsx", "--format", "markdown", "--fail-on", "note"),
        ("budget.xlsx", "--format", "csv", "-o", "out/csv"),
        ("budget.xlsx", "--config", "smsheets.toml", "--max-mb", "900", "--max-cells", "900000", "--max-rows", "90000"),
        ("own.xlsx",),
    ),
    "check": (
        ("budget.xlsx", "calendar.xlsx"),
        ("broken.xlsx",),
        ("budget.xlsx", "--format", "json", "-o", "out/check.json"),
        ("budget.xlsx", "--annotate", "out/noted.xlsx", "--force"),
        ("own.xlsx", "--annotate", "out/noted.xlsx", "--force"),
    ),
    "compare": (
        ("budget.xlsx", "budget.xlsx"),
        ("budget.xlsx", "calendar.xlsx"),
        ("budget.xlsx", "broken.xlsx"),
        (".", "budget.xlsx", "--format", "json", "-o", "out/changes.json"),
        ("budget.xlsx", ".", "--config", "smsheets.toml", "--max-mb", "900", "-o", "out/changes.txt"),
        ("budget.xlsx", "budget.xlsx", "--html", "out/changes.html"),
    ),
    "repair": (
        ("budget.xlsx", "-o", "out/fixed.xlsx", "--force"),
        ("budget.xlsx", "calendar.xlsx", "-o", "out/fixed", "--force"),
        ("broken.xlsx", "-o", "out/fixed.xlsx", "--force"),
    ),
    "grow": (
        ("lean.xlsx", "-o", "out/whole.xlsx", "--force"),
        ("lean.xlsx", "budget.xlsx", "-o", "out/whole", "--force"),
        ("broken.xlsx", "-o", "out/whole.xlsx"),
    ),
    "adopt": (
        ("own.xlsx", "--as", "calendar", "-o", "out/mine.xlsx", "--force"),
        ("own.xlsx", "--as", "calendar", "--dry-run"),
        ("broken.xlsx", "--as", "calendar", "-o", "out/mine.xlsx"),
    ),
    "new": (
        ("budget", "-o", "out/new.xlsx"),
        ("budget",),  # a file of that name is there
        ("--spec", "my-spec.yaml", "-o", "out"),
    ),
    "init": (("--yes", "-o", "out/smsheets.toml"), ("--yes",)),
    "explain": (("budget.over",), ("--all",)),
    "completion": (("bash",),),
    "schema": (("spec",), ("analysis",), ("compare",)),
    "samples": (("-o", "out/samples"),),
}
"""Command -> command lines, each with all the user's files beside it. Reading and writing commands have several."""

Call = Callable[[Path], object]
FUNCTIONS: Mapping[str, Call] = {
    "read_workbook": lambda folder: smsheets.read_workbook(folder / "budget.xlsx"),
    "analyze": lambda folder: smsheets.analyze(folder / "budget.xlsx", folder / "calendar.xlsx").frames(),
    "client_report": lambda folder: smsheets.client_report(folder / "budget.xlsx", folder / "calendar.xlsx"),
    "new_workbook": lambda folder: smsheets.new_workbook("budget", folder / "budget.xlsx"),
    "adopt_workbook": lambda folder: smsheets.adopt_workbook(folder / "own.xlsx", folder / "out" / "mine.xlsx"),
    "compare": lambda folder: smsheets.compare(folder / "budget.xlsx", folder / "budget.xlsx"),
    "annotate_workbook": lambda folder: smsheets.annotate_workbook(
        folder / "budget.xlsx", folder / "out" / "noted.xlsx"
    ),
    "repair_workbook": lambda folder: smsheets.repair_workbook(folder / "budget.xlsx", folder / "out" / "fixed.xlsx"),
    "grow_workbook": lambda folder: smsheets.grow_workbook(folder / "lean.xlsx", folder / "out" / "whole.xlsx"),
}
"""Public function -> a call that is given the user's files."""

State = Mapping[str, tuple[int, int, int, int, int, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder, its files written long ago; `out` is for what is new."""
    for kind in ("budget", "calendar"):
        shutil.copy(ROOT / "samples" / "filled" / f"{kind}.xlsx", tmp_path / f"{kind}.xlsx")
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Date", "Channel", "Caption"], ["2027-01-04", "Instagram", "Hello"], ["2027-01-05", "TikTok", "You"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "own.xlsx")
    smsheets.new_workbook("roadmap", tmp_path / "lean.xlsx", smsheets.Profile(lean=True))
    (tmp_path / "broken.xlsx").write_bytes((tmp_path / "budget.xlsx").read_bytes()[:5_000])
    shutil.copy(ROOT / "workbook_specs" / "budget.yaml", tmp_path / "my-spec.yaml")
    (tmp_path / "smsheets.toml").write_text('company = "Clay"\n', encoding="utf-8")
    (tmp_path / "out").mkdir()
    for name in GIVEN:
        os.utime(tmp_path / name, ns=(1_600_000_000_123_456_789, 1_600_000_000_987_654_321))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def state(folder: Path) -> State:
    """Name -> size, time of the last change, mode, links, place on the disk and bytes of what was there before."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.is_file():
            stat = path.stat()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[path.name] = (stat.st_size, stat.st_mtime_ns, stat.st_mode, stat.st_nlink, stat.st_ino, digest)
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_leaves_the_users_files_alone(name: str, folder: Path) -> None:
    assert name in CASES, f"a new command: say in CASES how it is called, so that '{name}' is seen to write no input"
    before = state(folder)
    assert set(before) == set(GIVEN)
    for words in CASES[name]:
        result = CliRunner().invoke(main, [name, *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), (words, result.exception)
        assert state(folder) == before, words


def test_there_is_no_case_for_a_command_that_is_gone() -> None:
    assert set(CASES) == set(COMMANDS)


def test_every_command_that_reads_a_workbook_is_run_on_one_that_is_good_and_one_that_is_broken() -> None:
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        if any(isinstance(item, click.Argument) and item.name in ("file", "files") for item in command.params):
            words = {word for case in CASES[name] for word in case}
            assert "broken.xlsx" in words, name
            assert words & {"budget.xlsx", "own.xlsx"}, name


@pytest.mark.parametrize("name", [name for name in smsheets.__all__ if inspect.isfunction(getattr(smsheets, name))])
def test_a_public_function_leaves_the_users_files_alone(name: str, folder: Path) -> None:
    assert name in FUNCTIONS, f"a new function: say in FUNCTIONS how '{name}' is called"
    before = state(folder)
    if name == "new_workbook":
        with pytest.raises(smsheets.SmsheetsError, match="exists already"):
            FUNCTIONS[name](folder)
    else:
        FUNCTIONS[name](folder)
    assert state(folder) == before


WRITERS = (
    ("analyze", ("budget.xlsx", "-o", "{}")),
    ("analyze", ("budget.xlsx", "--format", "json", "-o", "{}")),
    ("check", ("budget.xlsx", "-o", "{}")),
    ("check", ("budget.xlsx", "--annotate", "{}", "--force")),
    ("compare", ("calendar.xlsx", "budget.xlsx", "-o", "{}")),
    ("compare", (".", "calendar.xlsx", "--format", "json", "-o", "{}")),
    ("compare", ("calendar.xlsx", "budget.xlsx", "--html", "{}")),
    ("repair", ("budget.xlsx", "-o", "{}", "--force")),
    ("grow", ("budget.xlsx", "-o", "{}", "--force")),
    ("adopt", ("budget.xlsx", "--as", "budget", "-o", "{}", "--force")),
)
NAMES = ("budget.xlsx", "./out/../budget.xlsx", "symbolic.xlsx", "hard.xlsx")


@pytest.mark.parametrize("target", NAMES)
@pytest.mark.parametrize(("name", "words"), WRITERS, ids=lambda part: part if isinstance(part, str) else part[1])
def test_the_workbook_itself_is_no_output(name: str, words: tuple[str, ...], target: str, folder: Path) -> None:
    (folder / "symbolic.xlsx").symlink_to(folder / "budget.xlsx")
    (folder / "hard.xlsx").hardlink_to(folder / "budget.xlsx")
    before = state(folder)
    result = CliRunner().invoke(main, [name, *(word.format(target) for word in words)])
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1, result.output
    assert state(folder) == before


def test_no_table_is_written_over_the_workbook(folder: Path) -> None:
    (folder / "out" / "findings.csv").hardlink_to(folder / "budget.xlsx")
    before = state(folder)
    result = CliRunner().invoke(main, ["analyze", "budget.xlsx", "--format", "csv", "-o", "out"])
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)
    assert state(folder) == before


def test_a_folder_that_may_not_be_written_to_is_enough(folder: Path) -> None:
    """Nothing is put beside the workbook: no lock, no copy, no cache."""
    folder.chmod(0o555)
    try:
        for name, given in (("analyze", 1), ("check", 1), ("compare", 2)):
            result = CliRunner().invoke(main, [name, *["budget.xlsx"] * given])
            assert result.exit_code in (0, 1), result.output
    finally:
        folder.chmod(0o755)
