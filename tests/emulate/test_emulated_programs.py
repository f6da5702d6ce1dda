"""Workbooks as other programs save them, with all their habits: the same plan comes back, and nothing is wrong with it.

`SMSHEETS_EXAMPLES=20 pytest -m '' tests/emulate` tries 20 new random fillings of each template instead of one.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from emulate import apple_numbers, excel, google_sheets, wps
from emulate.written_book import take_apart
from fillings import collect, fillings, layout_with_own_values
from patch_xlsx import Formula, patch_cells
from workbooks import make_blank, make_sample, templates, without_where, written

from smsheets.api import read_workbook
from smsheets.reader.read import ReadWorkbook

pytest.importorskip("ironcalc", reason="skipped: emulated programs; there is no engine for this computer")

Rewrite = Callable[[bytes], bytes]

PROGRAMS: Mapping[str, Rewrite] = {
    "google": google_sheets.rewrite,
    "google-with-its-own-functions": lambda data: google_sheets.rewrite(
        data, google_sheets.Habits(imported=True, checkboxes=True)
    ),
    "numbers": apple_numbers.rewrite,
    "numbers-of-old": lambda data: apple_numbers.rewrite(data, apple_numbers.Export(titles=False, since_1904=True)),
    "numbers-values": lambda data: apple_numbers.rewrite(data, apple_numbers.Export(formulas=False, summary=False)),
    "numbers-split": lambda data: apple_numbers.rewrite(data, apple_numbers.Export(formulas=False, split=True)),
    "wps": wps.rewrite,
    "excel": excel.rewrite,
    "excel-online": lambda data: excel.rewrite(data, "web"),
}
VARIANTS = ("google-with-its-own-functions", "numbers-of-old", "numbers-values", "excel-online")
"""Other ways of the same programs: tried with the sample only."""

CHECKBOXES = "google-with-its-own-functions"
VALUES_ONLY = ("numbers-values", "numbers-split")
TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())
EXPLORE = "SMSHEETS_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SMSHEETS_EXAMPLES", "1"))


@dataclass(frozen=True, slots=True)
class Original:
    """A workbook as we wrote it, and what is read from it."""

    name: str
    data: bytes
    read: ReadWorkbook


@lru_cache(maxsize=10)
def originals(kind: str, language: str, folder: Path) -> tuple[Original, ...]:
    """A new workbook, the sample's, and some filled at random."""
    files = {"blank": make_blank(kind, language), "sample": make_sample(kind, language)}
    layout, start = layout_with_own_values(kind, language)
    for number, filling in enumerate(collect(fillings(layout, start), EXAMPLES, derandomize=not EXPLORE)):
        files[f"random{number}"] = written(layout, filling)
    return tuple(
        Original(name, data, read_bytes(data, folder / f"{kind}.{language}.{name}.xlsx"))
        for name, data in files.items()
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("emulated")


def read_bytes(data: bytes, path: Path) -> ReadWorkbook:
    path.write_bytes(data)
    return read_workbook(path)


def entries(read: ReadWorkbook) -> dict[str, Any]:
    """All that was read, without its places."""
    rows = {name: [dict(row.values) for row in found] for name, found in read.rows.items()}
    return {**rows, **{f"form {name}": dict(form) for name, form in read.forms.items()}}


def missing(read: ReadWorkbook) -> list[tuple[str, int]]:
    """What is still to fill in; a table without a title is called as its sheet."""
    return [(item.label.partition(" - Table")[0], item.count) for item in read.missing]


def checkboxes(read: ReadWorkbook, program: str) -> list[str]:
    """What has to be said of checkboxes: TRUE is read as yes, but the sheet's own formulas look for the word."""
    records = [*(row.values for rows in read.rows.values() for row in rows), *read.forms.values()]
    values = [value for record in records for value in record.values() if isinstance(value, bool)]
    return ["cell.other-word" for _ in values] if program == CHECKBOXES else []


@pytest.mark.parametrize("program", PROGRAMS)
@TEMPLATES
def test_the_same_plan_comes_back(kind: str, language: str, program: str, folder: Path) -> None:
    for original in originals(kind, language, folder):
        if program in VARIANTS and original.name != "sample":
            continue
        read = read_bytes(PROGRAMS[program](original.data), folder / f"{kind}.{language}.{program}.xlsx")
        ours = original.read
        assert entries(read) == entries(ours), original.name
        assert without_where(read.plan) == without_where(ours.plan), original.name
        assert (read.kind, read.layout.profile) == (ours.kind, ours.layout.profile), original.name
        assert missing(read) == missing(ours), original.name
        conditions = [item.code for item in ours.problems]  # words such as =SUM(A1), at random
        assert set(conditions) <= {"list.condition"}, original.name
        found = sorted(item.code for item in read.problems)
        assert found == sorted([*conditions, *checkboxes(read, program)]), original.name
        assert read.notes == (), original.name


MISTAKES: Mapping[str, str | float | Formula | None] = {
    "Budget!H6": "12 k",
    "Budget!K7": Formula("1/0", "#DIV/0!"),
    "Budget!E8": "sometimes",
    "Budget!N9": 4711,
    "Budget!K10": "1.234,50",
}


WRONG = {
    "cell.not-a-number",
    "cell.error-value",
    "cell.not-in-list",
    "cell.overwritten-formula",
    "cell.number-as-text",
}


UNCHANGED = [name for name in PROGRAMS if name not in (CHECKBOXES, *VALUES_ONLY)]


@pytest.mark.parametrize("program", UNCHANGED)
def test_what_is_wrong_is_named_as_before(program: str, tmp_path: Path) -> None:
    """Errors are texts in Google Sheets; a formula that was typed over is told from one that was broken."""
    path = tmp_path / "budget.xlsx"
    path.write_bytes(make_sample("budget", "en"))
    patch_cells(path, MISTAKES)
    ours = read_workbook(path)
    assert {item.code for item in ours.problems} >= WRONG
    read = read_bytes(PROGRAMS[program](path.read_bytes()), tmp_path / "theirs.xlsx")
    assert entries(read) == entries(ours)
    assert [(item.code, item.says) for item in read.problems] == [(item.code, item.says) for item in ours.problems]
    if not program.startswith("numbers"):
        assert [str(item.cell) for item in read.problems] == [str(item.cell) for item in ours.problems]


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def calendar() -> bytes:
    return make_sample("calendar", "en")


def sheet_with(found: Mapping[str, str], text: str) -> str:
    """The sheet part that has a text in it; fails where none has."""
    return next(part for name, part in found.items() if name.startswith("xl/worksheets/sheet") and text in part)


def test_google_sheets_changes_the_structure(calendar: bytes) -> None:
    found = parts(google_sheets.rewrite(calendar, google_sheets.Habits(imported=True, checkboxes=True)))
    assert not any(name.startswith("docProps") for name in found)
    assert "urn:schemas-microsoft-com:mac:vml" in found["xl/workbook.xml"]
    assert 'name="smsheets_posts"' in found["xl/workbook.xml"]
    assert 'state="hidden" name="_smsheets"' in found["xl/workbook.xml"]
    assert all(part.count("<row ") >= google_sheets.ROWS for name, part in found.items() if name.endswith("sheet3.xml"))
    assert '<f t="shared" ref="' in sheet_with(found, 't="shared" si=')
    assert sheet_with(found, "__xludf.DUMMYFUNCTION")
    assert sheet_with(found, 't="b"><v>1</v>')
    assert "_xlfn." not in "".join(found.values())
    assert 't="e"' not in "".join(found.values())
    assert 's="1"/><c r="Z' in found["xl/worksheets/sheet1.xml"]


def test_google_sheets_keeps_ten_digits(tmp_path: Path) -> None:
    long = [
        cell.raw
        for sheet in take_apart(make_sample("budget", "en")).sheets
        for cell in sheet.cells.values()
        if cell.formula and cell.kind == "number" and len(cell.raw.lstrip("-0.").replace(".", "")) > 10
    ]
    assert long
    found = parts(google_sheets.rewrite(make_sample("budget", "en")))
    assert not any(f"<v>{raw}</v>" in part for raw in long for part in found.values())


def test_numbers_changes_the_structure(calendar: bytes) -> None:
    found = parts(apple_numbers.rewrite(calendar, apple_numbers.Export(since_1904=True)))
    book = found["xl/workbook.xml"]
    assert 'date1904="1"' in book
    assert "definedName" not in book
    assert "hidden" not in book
    assert book.index('name="Export Summary"') < book.index('name="Start here - Table 1"')
    assert 'name="_smsheets - Table 1"' in book
    assert "docProps/custom.xml" not in found
    assert '<mergeCell ref="A1:' in found["xl/worksheets/sheet2.xml"]
    assert "dataValidation" not in "".join(found.values())
    split = parts(apple_numbers.rewrite(calendar, apple_numbers.Export(formulas=False, split=True)))
    assert 'name="Mix - Table 3"' in split["xl/workbook.xml"]
    assert "<f>" not in "".join(split.values())


def test_wps_changes_the_structure(calendar: bytes) -> None:
    found = parts(wps.rewrite(calendar))
    assert "xl/worksheets/" in found
    assert 'Target="/xl/worksheets/sheet1.xml"' in found["xl/_rels/workbook.xml.rels"]
    assert "<rPh " in found["xl/sharedStrings.xml"]
    assert "uniqueCount" not in found["xl/sharedStrings.xml"]
    assert sheet_with(found, 't="inlineStr"><is><r>')
    assert "WPS Spreadsheets" in found["docProps/app.xml"]
    assert "KSOProductBuildVer" in found["docProps/custom.xml"]


@pytest.mark.parametrize("where", ["desktop", "web"])
def test_excel_changes_the_structure(calendar: bytes, where: excel.Where) -> None:
    found = parts(excel.rewrite(calendar, where))
    assert excel.APPLICATIONS[where] in found["docProps/app.xml"]
    assert "xl/calcChain.xml" in found
    assert "<r><rPr>" in found["xl/sharedStrings.xml"]
    assert sheet_with(found, 'cm="1"><f t="array"')
    assert sheet_with(found, 't="shared" si=')
    assert sheet_with(found, "<x14:dataValidations")
    assert 'x14ac:dyDescent="0.25"' in found["xl/worksheets/sheet1.xml"]
    assert ("AlternateContent" in found["xl/workbook.xml"]) == (where == "desktop")
