"""Whose workbook it is: each mark alone is enough, because every program loses another one."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from filled import GERMAN, filled
from patch_xlsx import patch_parts

from smsheets.errors import WorkbookFileError
from smsheets.kinds import KINDS
from smsheets.reader.read import read_workbook

MARKS = ("sheet", "properties", "line", "names")


def keep_only(path: Path, kept: str) -> None:
    """Takes all marks but one out of a workbook."""
    book = openpyxl.load_workbook(path)
    if kept != "sheet":
        del book["_smsheets"]
    if kept != "names":
        for name in list(book.defined_names):
            del book.defined_names[name]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if kept != "line" and isinstance(cell.value, str) and re.fullmatch(r"smsheets [a-z-]+ v1", cell.value):
                    cell.value = None
    book.save(path)
    if kept != "properties":
        patch_parts(path, lambda name, text: None if name == "docProps/custom.xml" else text)


@pytest.mark.parametrize("mark", [*MARKS, "headings"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_mark_alone_is_enough(kind: str, mark: str, tmp_path: Path) -> None:
    path = filled(tmp_path, kind, {}, profile=GERMAN)
    keep_only(path, mark)
    read = read_workbook(path)
    assert (read.kind, read.language, read.currency) == (kind, "de", "EUR")
    assert read.layout.profile.months == GERMAN.months
    assert [problem.code for problem in read.problems if problem.code != "workbook.not-calculated"] == []


@pytest.mark.parametrize("mark", ["line", "headings"])
def test_the_channels_are_those_of_the_lists_sheet(mark: str, tmp_path: Path) -> None:
    posts = "| Beitrag | Datum | Kanal |\n|---|---|---|\n| P1 | 2027-01-15 | Facebook |"
    path = filled(tmp_path, "calendar", {"posts": posts}, profile=GERMAN)
    keep_only(path, mark)
    assert read_workbook(path).rows["posts"][0].values["channel"] == "facebook"


@pytest.mark.parametrize(
    "headings", [("Category", "Planned", "Actual"), ("Date", "Channel", "Title", "Status", "Owner")]
)
def test_other_people_s_workbooks_are_not_ours(headings: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Budget"
    sheet.append(headings)
    book.save(path)
    with pytest.raises(WorkbookFileError, match=r"was not made by smsheets\. Make one with 'smsheets new'"):
        read_workbook(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("months", "9" * 400),
        ("months", "-3"),
        ("months", "²"),
        ("months", "many"),
        ("start", "9999-12-01"),
        ("start", "0001-01-01"),
        ("start", "soon"),
        ("version", "9" * 5000),
        ("version", "²"),
        ("language", "xx"),
        ("language", "../../etc"),
        ("currency", ""),
        ("country", "Ω" * 40),
        ("channels", ",,,"),
    ],
)
def test_facts_that_make_no_sense_are_left_out(name: str, value: str, tmp_path: Path) -> None:
    """The first sheet and the headings say the same thing."""
    path = filled(tmp_path, "budget", {}, profile=GERMAN)
    keep_only(path, "properties")
    pattern = rf'(name="smsheets.{name}">.*?<vt:lpwstr>)[^<]*'
    patch_parts(path, lambda part, text: re.sub(pattern, lambda found: found[1] + value, text, count=1))
    read = read_workbook(path)
    assert (read.kind, read.language, read.layout.profile.months) == ("budget", "de", GERMAN.months)
    assert read.layout.profile.start == GERMAN.start
