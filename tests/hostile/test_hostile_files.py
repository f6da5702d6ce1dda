"""Hostile files end in one clear line, or are read where they are harmless; with little memory and in little time."""

from __future__ import annotations

import os
from pathlib import Path

import archives  # noqa: F401 -- its files are listed as it is imported
import pytest
import sizes  # noqa: F401
import specs  # noqa: F401
import values  # noqa: F401
from child import MOST_MEGABYTES, Run, run_smsheets
from made_files import ATTACKS, REFUSED, on_template
from xml_parts import DOCUMENT_TYPES, READ_PARTS, UNREAD_PARTS, with_document_type

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


@pytest.mark.parametrize("name", ATTACKS)
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


OF_EACH_FAMILY = (
    "high_ratio",
    "same_name_in_another_case",
    "macros_objects_and_links",
    "three_million_cells",
    "lone_cell_below_each_column",
    "everything_merged",
    "spec_with_escapes_in_its_texts",
    "pattern_bombs_in_posts",
    "odd_numbers_in_budget",
    "unknown_ids_in_every_row",
    "deep_nesting",
)


OTHER_COMMANDS = (("check",), ("check", "--annotate", "new.xlsx"), ("repair", "-o", "new.xlsx"))
WRITTEN_WHOLE = ("unknown_ids_in_every_row",)
"""Legal files of thousands of rows: writing them anew takes more than reading them may."""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (name, words)
        for name in OF_EACH_FAMILY
        for words in OTHER_COMMANDS
        if words[0] != "repair" or name not in WRITTEN_WHOLE
    ],
    ids=str,
)
def test_a_hostile_file_in_other_commands(name: str, words: tuple[str, ...], tmp_path: Path) -> None:
    """A right result, or one line and no new file."""
    ATTACKS[name](tmp_path / "evil.xlsx")
    run = run_smsheets(words[0], "evil.xlsx", *words[1:], folder=tmp_path)
    assert_within_limits(run)
    if run.status == 2:
        assert len(run.lines) == 1, run.err[-2_000:]
        assert run.err.startswith("evil.xlsx: ")
        assert not (tmp_path / "new.xlsx").exists()
    else:
        assert name not in REFUSED
        assert (tmp_path / "new.xlsx").exists() == ("new.xlsx" in words)


@pytest.mark.parametrize("name", OF_EACH_FAMILY)
def test_a_hostile_file_that_is_compared(name: str, tmp_path: Path) -> None:
    """With itself: nothing has changed, or it is refused in one line."""
    ATTACKS[name](tmp_path / "evil.xlsx")
    run = run_smsheets("compare", "evil.xlsx", "evil.xlsx", folder=tmp_path)
    assert_within_limits(run)
    assert run.status == (2 if name in REFUSED else 0)
    if run.status == 2:
        assert len(run.lines) == 1, run.err[-2_000:]
        assert run.err.startswith("evil.xlsx: ")


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
