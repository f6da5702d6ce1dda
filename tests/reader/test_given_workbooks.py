"""A workbook is read the same whichever way it is given: a path, bytes, a binary file, an `openpyxl.Workbook`."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import smsheets
from smsheets.errors import WorkbookFileError
from smsheets.kinds import KINDS
from smsheets.reader.file.source import given_file

SAMPLES = Path(__file__).parents[2] / "samples" / "filled"
WAYS: dict[str, Callable[[Path], Any]] = {
    "text": str,
    "bytes": Path.read_bytes,
    "file": lambda path: io.BytesIO(path.read_bytes()),
    "openpyxl": openpyxl.load_workbook,
}


def content(read: smsheets.ReadWorkbook) -> tuple[object, ...]:
    """All that was read but the name of the file."""
    return read.kind, read.plan, read.rows, read.forms, read.problems, read.missing, read.own_columns, read.own_sheets


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_read_as_the_file_is(kind: str, way: str) -> None:
    path = SAMPLES / f"{kind}.xlsx"
    read = smsheets.read_workbook(WAYS[way](path), name=str(path))
    assert content(read) == content(smsheets.read_workbook(path))
    assert (read.problems, read.notes) == ((), ())


def test_the_analysis_is_the_same() -> None:
    paths = sorted(SAMPLES.glob("*.xlsx"))
    usual, given = smsheets.analyze(*paths), smsheets.analyze(*map(openpyxl.load_workbook, paths))
    assert [item.file for item in given.files] == [f"workbook {number}" for number in range(1, 6)]
    says = [[(finding.id, str(finding.values)) for finding in analysis.findings] for analysis in (usual, given)]
    assert says[0] == says[1]
    numbers = {name: frame.select_dtypes("number") for name, frame in usual.frames().items()}
    for name, frame in given.frames().items():
        assert frame.select_dtypes("number").equals(numbers[name]), name


def test_what_was_changed_in_memory_is_worked_out_anew(tmp_path: Path) -> None:
    """openpyxl drops the values of all formulas; none of them is missed, and each follows the new input."""
    book = openpyxl.load_workbook(SAMPLES / "budget.xlsx")
    before = smsheets.read_workbook(SAMPLES / "budget.xlsx")
    cell = before.plan.lines[0].cell("planned", 1)  # type: ignore[attr-defined]
    book[cell.sheet][cell.a1].value += 100
    read = smsheets.read_workbook(book, name="budget.xlsx")
    assert (read.problems, read.notes) == ((), ())
    changed = smsheets.compare(before, book)
    assert changed.differs
    planned = [item.plan.lines[0].planned for item in (before, read)]  # type: ignore[attr-defined]
    assert sum(planned[1]) - sum(planned[0]) == 100
    spent = [smsheets.analyze(item).frames()["variance.budget.lines"] for item in (before, read)]
    assert not spent[0].equals(spent[1])
    book[cell.sheet][cell.a1].value = "about 5"
    problems = smsheets.read_workbook(book, name="budget.xlsx").problems
    assert [str(problem.cell) for problem in problems] == [f"{cell.sheet}!{cell.a1}"]


def test_what_is_given_is_left_as_it_was(tmp_path: Path) -> None:
    with (SAMPLES / "strategy.xlsx").open("rb") as stream:
        stream.seek(100)
        assert smsheets.read_workbook(stream).file == str(SAMPLES / "strategy.xlsx")
        assert stream.tell() == 100
    book = openpyxl.load_workbook(SAMPLES / "strategy.xlsx")
    modified = book.properties.modified
    smsheets.annotate_workbook(book, tmp_path / "notes.xlsx")
    smsheets.repair_workbook(book, tmp_path / "fixed.xlsx")
    assert book.properties.modified == modified
    assert smsheets.read_workbook(tmp_path / "fixed.xlsx").problems == ()
    assert openpyxl.load_workbook(tmp_path / "notes.xlsx").sheetnames[1:] == book.sheetnames


@pytest.mark.parametrize("way", WAYS)
def test_the_rows_of_others_are_adopted_from_it(way: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Date", "Channel", "Caption"], ["2027-01-04", "Instagram", "Hello"], ["2027-01-05", "TikTok", "You"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "own.xlsx")
    adopted = smsheets.adopt_workbook(WAYS[way](tmp_path / "own.xlsx"), tmp_path / "mine.xlsx")
    assert adopted.spec.kind == "calendar"
    posts = smsheets.read_workbook(tmp_path / "mine.xlsx").plan.posts  # type: ignore[attr-defined]
    assert [post.channel for post in posts] == ["instagram", "tiktok"]


def test_the_values_of_formulas_are_adopted_if_they_were_asked_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Date", "Channel", "Caption"], ["2027-01-04", "Instagram", "Hello"], ["2027-01-05", "TikTok", "You"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "own.xlsx")
    values = openpyxl.load_workbook(tmp_path / "own.xlsx", data_only=True)
    assert smsheets.adopt_workbook(values, tmp_path / "mine.xlsx").spec.kind == "calendar"


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (b"", "workbook: this file is empty. Download or copy it again."),
        (b"PK\x03\x04", "workbook: this workbook is cut short or damaged."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook: this is a document of an old Office program"),
        (b"a,b\n1,2\n", "workbook: this is a list with separators (CSV), not a workbook."),
        (io.StringIO("a,b"), 'workbook: this file was opened as text. Open it with mode "rb".'),
        (openpyxl.Workbook(), "workbook: "),
        (openpyxl.Workbook(write_only=True), "workbook: this workbook is write-only. Save it, and give its path."),
    ],
    ids=["empty", "cut short", "old", "a list", "text", "a blank one", "write-only"],
)
def test_what_cannot_be_read_is_told_in_one_line(given: Any, line: str) -> None:
    with pytest.raises(WorkbookFileError) as caught:
        smsheets.read_workbook(given)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("keyword", ["read_only", "data_only"])
def test_a_workbook_that_lacks_something_is_refused(keyword: str) -> None:
    book = openpyxl.load_workbook(SAMPLES / "strategy.xlsx", **{keyword: True})
    with pytest.raises(WorkbookFileError, match=f"^workbook: this workbook was opened with {keyword}=True. Open it"):
        smsheets.read_workbook(book)
    book.close()


@pytest.mark.parametrize("given", [None, 5, ["budget.xlsx"], openpyxl.Workbook().active], ids=str)
def test_something_else_is_a_mistake_of_the_caller(given: Any) -> None:
    with pytest.raises(TypeError, match="give "):
        smsheets.read_workbook(given)


def test_a_file_is_read_no_further_than_the_limit() -> None:
    limits = smsheets.Limits.of(max_mb=0.001)
    with pytest.raises(WorkbookFileError, match="this file is larger than"):
        smsheets.read_workbook(io.BytesIO(b"PK\x03\x04" * 1_000), limits=limits)
    assert given_file(io.BytesIO(b"x" * 5_000), limits=limits).content == b"x" * 1_049
