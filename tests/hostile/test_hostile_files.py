"""Hostile files end in one clear line, or are read where they are harmless; with little memory and in little time."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import archives  # noqa: F401 -- its files are listed as it is imported
import pytest
import sizes  # noqa: F401
import specs  # noqa: F401
import values  # noqa: F401
from child import MOST_MEGABYTES, Run, run_smsheets
from made_files import ATTACKS, REFUSED, on_template
from xml_parts import DOCUMENT_TYPES, READ_PARTS, UNREAD_PARTS, with_document_type

from smsheets.api import read_workbook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the limits of a process are set as POSIX has it")


def is_safe(text: str) -> bool:
    """Whether a terminal only shows it."""
    return all(line.isprintable() or "\u200d" in line for line in text.split("\n"))


def assert_within_limits(run: Run) -> None:
    """It ended by itself: a process that needs more time is ended by the system, with a negative status."""
    assert run.status in (0, 1, 2), run.err[-2_000:]
    assert "Traceback" not in run.err, run.err[-2_000:]
    assert run.megabytes < MOST_MEGABYTES
    assert is_safe(run.out)
    assert is_safe(run.err)


COMMANDS = {
    "check": ("check", "evil.xlsx"),
    "annotate": ("check", "evil.xlsx", "--annotate", "new.xlsx"),
    "workbook": ("analyze", "evil.xlsx", "--xlsx", "new.xlsx"),
    "page": ("analyze", "evil.xlsx", "--html", "new.html"),
    "repair": ("repair", "evil.xlsx", "-o", "new.xlsx"),
    "look": ("adopt", "evil.xlsx", "--as", "calendar", "--dry-run"),
    "adopt": ("adopt", "evil.xlsx", "--as", "budget", "-o", "new.xlsx"),
    "compare": ("compare", "evil.xlsx", "evil.xlsx"),
}
"""All that read a workbook, but plain `analyze`."""

ANALYZING = ("workbook", "page")
"""Those that do what `analyze` does, and more."""

OF_STRANGERS = ("look", "adopt")
"""Those that open what is none of ours, too: all others refuse a file as `analyze` does, in the same place."""

SLOWEST = [("list_of_many_values", "repair"), ("own_columns_of_a_stranger_without_end", "look")]
"""What once took more than it may, whatever is drawn."""

WHICH_COMMANDS = "SMSHEETS_HOSTILE"
"""With `SMSHEETS_HOSTILE=all` each file goes through every command, which takes most of an hour; else through one."""
ALL_COMMANDS = os.environ.get(WHICH_COMMANDS) == "all"


def commands_for(name: str) -> list[str]:
    """The commands that a file goes through besides `analyze`: the same ones in every run."""
    if ALL_COMMANDS:
        return list(COMMANDS)
    drawn = sorted(COMMANDS)[sha256(name.encode()).digest()[0] % len(COMMANDS)]
    return [] if name in REFUSED and drawn not in OF_STRANGERS else [drawn]


def is_analyzed_besides(name: str) -> bool:
    """True if the command that is drawn for a file analyzes it."""
    return not ALL_COMMANDS and name not in REFUSED and any(command in ANALYZING for command in commands_for(name))


@pytest.mark.parametrize("name", [name for name in ATTACKS if not is_analyzed_besides(name)])
def test_a_hostile_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.xlsx"
    ATTACKS[name](path)
    run = run_smsheets("analyze", path.name, folder=tmp_path)
    assert_within_limits(run)
    if name in REFUSED:
        assert run.status == 2
        assert len(run.lines) == 1, run.err[-2_000:]
        assert run.err.startswith(f"{path.name}: {REFUSED[name]}")
        assert run.out == ""
    else:
        assert run.status in (0, 1), run.err[-2_000:]
        assert run.err == ""
        assert "evil.xlsx" in run.out
    assert [item.name for item in tmp_path.iterdir()] == ["evil.xlsx"]


@pytest.mark.parametrize(
    ("name", "kind"), [("spec_with_endless_text", "calendar"), ("spec_with_escapes_in_its_texts", "evil")]
)
def test_a_spec_that_is_taken(name: str, kind: str, tmp_path: Path) -> None:
    """What it is named for is computed and shown, harmlessly."""
    ATTACKS[name](tmp_path / "evil.xlsx")
    layout = read_workbook(tmp_path / "evil.xlsx").layout
    assert (layout.own_spec, layout.spec.kind) == (True, kind)


@pytest.mark.parametrize("name", ["spec_with_a_link_to_somewhere", "spec_with_areas_of_a_few_thousand_rows"])
def test_a_spec_that_is_not_taken(name: str, tmp_path: Path) -> None:
    ATTACKS[name](tmp_path / "evil.xlsx")
    assert not read_workbook(tmp_path / "evil.xlsx").layout.own_spec


DRAWN = [(name, command) for name in ATTACKS for command in commands_for(name)]


@pytest.mark.parametrize(("name", "command"), list(dict.fromkeys([*DRAWN, *SLOWEST])))
def test_a_hostile_file_in_other_commands(name: str, command: str, tmp_path: Path) -> None:
    """A right result, or one line and no new file."""
    ATTACKS[name](tmp_path / "evil.xlsx")
    run = run_smsheets(*COMMANDS[command], folder=tmp_path)
    assert_within_limits(run)
    new = [path.name for path in tmp_path.iterdir() if path.name != "evil.xlsx"]
    if run.status == 2:
        assert len(run.lines) == 1, run.err[-2_000:]
        assert run.err.startswith("evil.xlsx: ")
        assert new == []
    else:
        assert name not in REFUSED or command in ("look", "adopt")
        assert new == [word for word in COMMANDS[command] if word.startswith("new.")]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("pattern_bombs_of_a_stranger", ""),
        ("rows_of_a_stranger_without_end", "evil.xlsx: it has more than 5,000 rows for 'Posts'."),
        ("three_million_cells", "evil.xlsx: this workbook has more than 500,000 filled cells."),
    ],
)
def test_a_hostile_file_that_is_to_be_adopted(name: str, line: str, tmp_path: Path) -> None:
    ATTACKS[name](tmp_path / "evil.xlsx")
    run = run_smsheets("adopt", "evil.xlsx", "--as", "calendar", "-o", "new.xlsx", folder=tmp_path)
    assert_within_limits(run)
    assert run.err.startswith(line)
    assert len(run.lines) == (1 if line else 0), run.err[-2_000:]
    assert (tmp_path / "new.xlsx").exists() == (not line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_a_document_type_is_refused_in_every_part_that_is_read(kind: str, encoding: str, tmp_path: Path) -> None:
    for number, part in enumerate(READ_PARTS):
        with_document_type(tmp_path / f"{number}.xlsx", part, kind, encoding)
    names = [f"{number}.xlsx" for number in range(len(READ_PARTS))]
    run = run_smsheets("analyze", *names, folder=tmp_path)
    assert_within_limits(run)
    assert run.status == 2
    assert run.lines == [
        f"{name}: this file is not safe to open: it brings a document type of its own. "
        "If you trust it, open it in your spreadsheet program and save it again as .xlsx."
        for name in names
    ]
    assert "root:" not in run.out + run.err


def test_a_document_type_in_a_part_that_is_never_read_does_nothing(tmp_path: Path) -> None:
    for number, part in enumerate(UNREAD_PARTS):
        with_document_type(tmp_path / f"{number}.xlsx", part, "laughs", "utf-8")
    run = run_smsheets("analyze", *(f"{number}.xlsx" for number in range(len(UNREAD_PARTS))), folder=tmp_path)
    assert_within_limits(run)
    assert run.status in (0, 1)


def test_an_honest_giant_is_let_in_by_an_option(tmp_path: Path) -> None:
    ATTACKS["rows_without_end"](tmp_path / "giant.xlsx")
    assert run_smsheets("check", "giant.xlsx", folder=tmp_path).status == 2
    run = run_smsheets("check", "giant.xlsx", "--max-rows", "200000", folder=tmp_path, seconds=60)
    assert run.status == 1  # the ids are gone
    ATTACKS["three_million_cells"](tmp_path / "giant.xlsx")
    assert "--max-cells" in run_smsheets("check", "giant.xlsx", folder=tmp_path).err
    on_template(tmp_path / "giant.xlsx", {"xl/worksheets/sheet2.xml": b" " * 3_000_000})
    assert "--max-mb" in run_smsheets("check", "giant.xlsx", "--max-mb", "2", folder=tmp_path).err
