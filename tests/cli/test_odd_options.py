"""Every value of an option is looked at where it enters: one clear line and exit status 2, whatever was typed.

The options are found from click's commands, so that a new one is tried, too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from smsheets.api import new_workbook
from smsheets.cli.main import main

COMMANDS = main.list_commands(click.Context(main))

CASES: Mapping[str, tuple[str, ...]] = {
    "analyze": ("plan.xlsx", "--brief"),
    "check": ("plan.xlsx",),
    "repair": ("plan.xlsx", "-o", "fixed.xlsx", "--force"),
    "grow": ("plan.xlsx", "-o", "whole.xlsx", "--force"),
    "compare": ("plan.xlsx", "plan.xlsx"),
    "adopt": ("theirs.xlsx", "--dry-run", "--as", "roadmap"),
    "new": ("strategy", "-o", "new.xlsx", "--force"),
    "init": ("--yes", "--force"),
    "explain": ("budget.over",),
    "schema": ("spec",),
    "completion": ("bash",),
    "samples": (),
}
"""Command -> a command line that it can be run with, before the option that is tried."""

DAYS = (
    "0001-01-01", "1899-12-31", "9999-12-31", "2199-12-31", "10000-01-01", "2027-02-30", "2027-W01-1", "٢٠٢٧-01-01",
)  # fmt: skip
MONTHS = (
    "0001-01", "1990-01", "2199-02", "2199-12", "9999-06", "9999-12", "99999-01", "0000-00", "2027-13", "-2027-01",
)  # fmt: skip
NUMBERS = ("0", "-1", "nan", "inf", "-inf", "1e308", "1e-320", "9" * 30, "9" * 5_000, "0x10", "1_0", "١٢")
TEXTS = (
    "", " ", "\n", "x" * 40_000, "\udcff", "\x07\x7f", "=1+1", "Wow!A1", "../../etc/passwd", "ﷺ" * 300, "a,b," * 2_000,
    "--",
)  # fmt: skip
LONGEST_LINE = 1_010
"""Characters: some lines on a terminal, where all that is possible is listed."""


def options_of(name: str) -> Iterator[click.Option]:
    """The options of a command with a value that a person makes up: no file, no choice of some words."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    for item in command.params:
        if isinstance(item, click.Option) and not (item.is_flag or isinstance(item.type, click.Path | click.Choice)):
            yield item


OPTIONS = {(item.opts[-1], item.help): (name, item.opts[-1]) for name in CASES for item in options_of(name)}.values()
"""Command and option; an option that several commands share once, by the quickest of them, which is the last."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    new_workbook("roadmap", tmp_path / "plan.xlsx", sample=True)
    book = openpyxl.Workbook()
    for row in (["Initiative", "Start", "End", "Owner"], ["Shop", "2027-01-04", "2027-02-01", "Ann"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "theirs.xlsx")
    return tmp_path


def assert_clear(result: Result, words: object) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), (words, repr(result.exception))
    assert result.exit_code in (0, 1, 2), words
    if result.exit_code == 2:
        lines = result.stderr.splitlines()
        if lines[0].startswith("Usage: "):  # what click refuses says how to call it, too, and repeats what was typed
            assert len(lines) == 4, (words, lines)
        else:
            assert len(lines) == 1, (words, lines)
            assert 0 < len(lines[0]) <= LONGEST_LINE, (words, lines)


def test_every_command_is_tried() -> None:
    assert set(CASES) == set(COMMANDS)
    assert ("compare", "--as-of") in OPTIONS


def tried(name: str, option: str, values: tuple[str, ...]) -> None:
    for value in values:
        words = [name, *CASES[name], option, value]
        assert_clear(CliRunner().invoke(main, words), words)
        if name == "init":
            tomllib.loads(Path("smsheets.toml").read_text(encoding="utf-8") if Path("smsheets.toml").exists() else "")


@pytest.mark.parametrize(
    ("name", "option", "values"),
    [
        ("analyze", "--as-of", DAYS),
        ("new", "--start", MONTHS),
        ("adopt", "--start", ("0001-01", "9999-12", "99999-01")),
        ("init", "--months", NUMBERS),
        ("check", "--max-mb", NUMBERS),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_days_months_and_numbers_at_the_ends(name: str, option: str, values: tuple[str, ...], folder: Path) -> None:
    tried(name, option, values)


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids="".join)
def test_whatever_is_typed(name: str, option: str, folder: Path) -> None:
    tried(name, option, (*DAYS, *MONTHS, *NUMBERS, *TEXTS))
