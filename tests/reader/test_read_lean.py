"""Lean workbooks, read back: no problem, and nothing that is untrue of sheets they never had."""

from __future__ import annotations

import io
import re
from pathlib import Path

import msgspec
import openpyxl
import pytest
from made import made
from patch_xlsx import patch_cells
from workbooks import LANGUAGES, blank_profile, profile_of, without_where

from smsheets.analysis.finding import Finding
from smsheets.api import analyze, read_workbook
from smsheets.kinds import KINDS
from smsheets.layout.placed import MARKER_SHEET
from smsheets.reader.read import ReadWorkbook
from smsheets.report.build import report_sections
from smsheets.report.text import render_text
from smsheets.report.wording import Words
from smsheets.spec.load import LeanWorkbook, load_lean, load_spec
from smsheets.writer.workbook import NewWorkbook

SAMPLES = Path(__file__).parents[2] / "samples" / "filled"

Both = tuple[list[ReadWorkbook], list[ReadWorkbook]]


def lean(kind: str, language: str, *, sample: bool) -> bytes:
    profile = profile_of(language) if sample else blank_profile(language)
    return made(kind, msgspec.structs.replace(profile, lean=True), sample=sample)


@pytest.mark.parametrize("sample", [False, True], ids=["blank", "sample"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_has_no_problem(kind: str, language: str, sample: bool) -> None:
    data = lean(kind, language, sample=sample)
    read = read_workbook(data, name=f"{kind}.xlsx")
    assert read.problems == ()
    assert read.own_sheets == ()
    assert read.layout.spec == load_lean(kind)
    hidden = {sheet.name for sheet in read.layout.sheets if sheet.hidden}
    assert [item for item in read.missing if item.cell.sheet in hidden] == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {sheet.title for sheet in book if sheet.sheet_state == "hidden"} - {MARKER_SHEET} == {
        *hidden, read.layout.lists_sheet,
    }  # fmt: skip
    assert book.active.sheet_state == "visible"


def test_it_is_known_without_the_marker_and_the_properties() -> None:
    """As Google Sheets and people leave it."""
    book = openpyxl.load_workbook(io.BytesIO(lean("strategy", "en", sample=True)))
    del book[MARKER_SHEET]
    book.custom_doc_props = type(book.custom_doc_props)()
    for row in book["Start here"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("smsheets strategy"):
                assert cell.value == "smsheets strategy v1 lean"
                line = cell
    assert isinstance(read_workbook(book).layout.spec, LeanWorkbook)
    line.value = None
    read = read_workbook(book)
    assert isinstance(read.layout.spec, LeanWorkbook)
    assert read.problems == ()


@pytest.fixture(scope="module")
def both() -> Both:
    """The sample, lean and whole."""
    few = [read_workbook(lean(kind, "en", sample=True), name=f"{kind}.xlsx") for kind in KINDS]
    return few, [read_workbook(SAMPLES / f"{kind}.xlsx") for kind in KINDS]


def findings_of(workbooks: list[ReadWorkbook]) -> list[Finding]:
    (business,) = analyze(*workbooks).businesses
    return [finding for first in business.findings for finding in (first, *first.also)]


def test_findings_are_about_sheets_that_are_there(both: Both) -> None:
    few, whole = both
    there = {(read.file, sheet.name) for read in few for sheet in read.layout.sheets}
    findings = findings_of(few)
    assert len(findings) > 40
    assert {(cell.file, cell.sheet) for finding in findings for cell in finding.evidence} <= there
    gone = {finding.id for finding in findings_of(whole)} - {finding.id for finding in findings}
    assert {"strategy.two_factor_off", "strategy.thin_margin", "budget.cheaper_to_hire"} <= gone


def test_what_is_in_both_is_the_same(both: Both) -> None:
    for few, whole in zip(*both, strict=True):
        plan, known = without_where(few.plan), without_where(whole.plan)
        parts = [name for name in plan.__struct_fields__ if name not in ("left_out", "kpis", *plan.left_out)]
        assert [name for name in parts if getattr(plan, name) != getattr(known, name)] == []
        for name in plan.left_out & set(plan.__struct_fields__):
            assert getattr(plan, name) == type(plan).__struct_defaults__[type(plan).__struct_fields__.index(name)]


def test_advice_names_no_sheet_that_is_not_there(both: Both) -> None:
    few, _ = both
    words = Words("en")
    report = render_text(report_sections(analyze(*few)), words).replace("\n", " ")
    for read in few:
        for sheet in load_spec(read.kind).sheets:
            if sheet.name not in {placed.name for placed in read.layout.sheets}:
                assert not re.search(rf"sheet '?{sheet.name}\b", report), sheet.name


def test_a_name_that_no_list_has_is_welcome(tmp_path: Path) -> None:
    """The lists are hidden; a category of the budget has a row on the dashboard, so that it has to be on its list."""
    path = tmp_path / "strategy.xlsx"
    path.write_bytes(lean("strategy", "en", sample=False))
    patch_cells(path, {"Goals!B11": "Sell more", "Goals!H11": "Anna"})
    read = read_workbook(path)
    assert read.plan.goals[0].owner == "Anna"  # type: ignore[attr-defined]
    assert [problem.code for problem in read.problems] == ["workbook.not-calculated"]
    assert read.layout.takes_own_words("people")
    budget = NewWorkbook(spec=load_lean("budget"), profile=blank_profile("en")).layout
    assert not budget.takes_own_words("categories")
    assert not read_workbook(SAMPLES / "strategy.xlsx").layout.takes_own_words("people")
