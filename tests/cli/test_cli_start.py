"""The command line before any command runs: help, version, and what must not be imported for it."""

from __future__ import annotations

import atexit
import gc
import os
import subprocess
import sys
from collections.abc import Callable

import click
import pytest
from click.testing import Result

from smsheets import __version__
from smsheets.cli.main import _leave, main, run

COMMANDS = main.list_commands(click.Context(main))
HEAVY = (
    "pandas", "numpy", "openpyxl", "xlsxwriter", "rich", "msgspec", "yaml", "babel", "holidays", "ironcalc", "grapheme",
    "smsheets.api", "smsheets.spec", "smsheets.layout", "smsheets.reader", "smsheets.writer", "smsheets.report",
    "smsheets.analysis", "smsheets.plan",
)  # fmt: skip


def imported_by(*command: str) -> set[str]:
    """The modules that a run of Python imports."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    whole = [sys.executable, "-X", "importtime", *command]
    done = subprocess.run(whole, capture_output=True, text=True, check=True, env=usual)
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def heavy(modules: set[str]) -> list[str]:
    return sorted(name for name in modules if any(name == part or name.startswith(f"{part}.") for part in HEAVY))


def test_help_imports_nothing_but_click() -> None:
    modules = imported_by("-m", "smsheets", "--help")
    assert "click" in modules
    assert heavy(modules) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_imports_nothing_but_click(command: str) -> None:
    assert heavy(imported_by("-m", "smsheets", command, "--help")) == []


def test_import_smsheets_costs_nothing() -> None:
    assert heavy(imported_by("-c", "import smsheets")) == []


def test_a_new_workbook_needs_neither_pandas_nor_rich_nor_a_reader(tmp_path: object) -> None:
    modules = imported_by("-m", "smsheets", "new", "budget", "-o", f"{tmp_path}/budget.xlsx")
    unwanted = ("pandas", "numpy", "openpyxl", "rich", "smsheets.reader", "smsheets.report", "smsheets.analysis")
    assert [name for name in heavy(modules) if name.startswith(unwanted)] == []


def test_yaml_is_read_once_and_kept(tmp_path: object) -> None:
    """The second run finds the compiled copies of the specs."""
    for number in (1, 2):
        modules = imported_by("-m", "smsheets", "new", "budget", "-o", f"{tmp_path}/{number}.xlsx")
    assert not {"yaml", "smsheets.spec.checks"} & modules


def test_an_analysis_as_json_needs_neither_pandas_nor_a_writer(tmp_path: object) -> None:
    subprocess.run([sys.executable, "-m", "smsheets", "new", "budget", "-o", f"{tmp_path}/b.xlsx"], check=True)
    modules = imported_by("-m", "smsheets", "analyze", f"{tmp_path}/b.xlsx", "--format", "json")
    unwanted = ("pandas", "numpy", "rich", "xlsxwriter", "smsheets.writer")
    assert [name for name in heavy(modules) if name.startswith(unwanted)] == []


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_help_lists_every_command(flag: str, run: Callable[..., Result]) -> None:
    result = run(flag)
    assert result.exit_code == 0
    assert all(f"  {command}  " in result.output for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_says_what_it_is(command: str, run: Callable[..., Result]) -> None:
    found = main.get_command(click.Context(main), command)
    assert found is not None
    assert found.help
    assert [option.name for option in found.params if isinstance(option, click.Option) and not option.help] == []
    for flag in ("--help", "-h"):
        result = run(command, flag)
        assert result.exit_code == 0
        assert found.help.split("\n")[0][:40] in result.output


def test_the_help_fits_a_terminal(run: Callable[..., Result]) -> None:
    for command in ([], *([name] for name in COMMANDS)):
        assert [line for line in run(*command, "--help").output.splitlines() if len(line) > 80] == []


def test_version(run: Callable[..., Result]) -> None:
    assert run("--version").output == f"smsheets, version {__version__}\n"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["anlyze"], "No such command 'anlyze'."),
        (["analyze"], "Missing argument 'FILE...'."),
        (["new", "--lnag", "de"], "--lnag"),
        (["new", "budget", "--months", "x"], "Invalid value for '--months': 'x' is not a valid integer."),
        (["analyze", "x.xlsx", "--format", "pdf"], "'pdf' is not one of 'text', 'json', 'markdown', 'csv'."),
        (["analyze", "x.xlsx", "--fail-on", "all"], "'all' is not one of 'problem', 'error', 'warning', 'note'."),
    ],
)
def test_what_click_refuses(words: list[str], error: str, run: Callable[..., Result]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert error in result.stderr


def test_a_bug_stays_a_traceback(monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]) -> None:
    def broken() -> bytes:
        raise RuntimeError("a bug")

    monkeypatch.setattr("smsheets.spec.load.spec_schema", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        run("schema", "spec")


def test_the_program_hardly_looks_for_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fifth of a run went into searches that find nothing: while modules are imported, and when the process ends."""
    at_the_end: list[object] = []
    while_it_runs: list[int] = []
    before, usual = gc.get_threshold(), (700, 10, 10)  # as Python comes; the tests themselves look less often
    gc.set_threshold(*usual)
    monkeypatch.setattr(atexit, "register", at_the_end.append)
    monkeypatch.setattr("smsheets.cli.main.main", lambda: while_it_runs.append(gc.get_threshold()[0]))
    try:
        run()
    finally:
        gc.set_threshold(*before)
    assert while_it_runs[0] > 50 * usual[0]
    assert at_the_end == [_leave]
