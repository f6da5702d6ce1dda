"""Blank workbooks that other people's programs fill and save come back whole: all that was typed, nothing else."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from fillings import collect, expected_form, expected_rows, fillings, layout_with_own_values
from libreoffice import LibreOffice
from typed_cells import Job, make_job, sample_job
from workbooks import missing_lines, templates, without_where, written

from smsheets.api import read_workbook
from smsheets.reader.read import ReadWorkbook

pytest.importorskip("ironcalc", reason="skipped: saved by other programs; there is no engine for this computer")

TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())
NOT_COMPUTED_AGAIN = {"workbook.not-calculated"}
"""What may be said of a file whose formulas nobody computed after the values were typed."""

SCRIPTS = pytest.mark.parametrize("script", ["exceljs_fill.cjs", "sheetjs_fill.cjs"])

Fill = Callable[[Job, Path], bytes]


def fill_by_openpyxl(job: Job, folder: Path) -> bytes:
    """Load, type, save: the formulas lose their values."""
    book = openpyxl.load_workbook(io.BytesIO(job.blank))
    for cell in job.typed:
        book[cell.sheet].cell(cell.row, cell.col).value = cell.value
        if isinstance(cell.value, str):
            book[cell.sheet].cell(cell.row, cell.col).data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def fill_by_script(node: str, script: str) -> Fill:
    """A JavaScript library opens the workbook, types and saves."""

    def fill(job: Job, folder: Path) -> bytes:
        (folder / "blank.xlsx").write_bytes(job.blank)
        cells = [cell.as_json() for cell in job.typed]
        (folder / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
        command = [node, str(Path(__file__).parent / "node" / script), "blank.xlsx", "cells.json", "filled.xlsx"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        assert not done.returncode, done.stderr
        return (folder / "filled.xlsx").read_bytes()

    return fill


_read: dict[int, tuple[Job, ReadWorkbook]] = {}


def read_of(job: Job) -> ReadWorkbook:
    """The workbook that we write of a job, read."""
    if id(job) not in _read:
        _read[id(job)] = job, read_workbook(written(job.layout, job.filling), name="ours.xlsx")
    return _read[id(job)][1]


def check_whole(job: Job, data: bytes, folder: Path, allowed: set[str]) -> ReadWorkbook:
    """What was typed is what is read, and what the plan holds; only the allowed problems are named."""
    theirs = folder / "theirs.xlsx"
    theirs.write_bytes(data)
    expected, read = read_of(job), read_workbook(theirs)
    for name in job.layout.forms:
        assert dict(read.forms[name]) == expected_form(job.layout, job.filling, name)
    for name, rows in read.rows.items():
        assert [(row.row, dict(row.values)) for row in rows] == expected_rows(job.layout, job.filling, name)
    assert without_where(read.plan) == without_where(expected.plan)
    assert missing_lines(read) == missing_lines(expected)
    told = [problem for problem in read.problems if problem.code not in allowed]
    assert [(str(item.cell), item.code) for item in told] == [
        (str(item.cell), item.code) for item in expected.problems if item.code not in allowed
    ]
    return read


@TEMPLATES
def test_filled_and_saved_by_openpyxl(kind: str, language: str, tmp_path: Path) -> None:
    job = sample_job(kind, language)
    read = check_whole(job, fill_by_openpyxl(job, tmp_path), tmp_path, NOT_COMPUTED_AGAIN)
    assert [item.code for item in read.problems if item.code in NOT_COMPUTED_AGAIN] == ["workbook.not-calculated"]


@TEMPLATES
def test_filled_and_saved_by_exceljs(kind: str, language: str, node: str, tmp_path: Path) -> None:
    job = sample_job(kind, language)
    check_whole(job, fill_by_script(node, "exceljs_fill.cjs")(job, tmp_path), tmp_path, NOT_COMPUTED_AGAIN)


@TEMPLATES
def test_filled_and_saved_by_sheetjs(kind: str, language: str, node: str, tmp_path: Path) -> None:
    job = sample_job(kind, language)
    check_whole(job, fill_by_script(node, "sheetjs_fill.cjs")(job, tmp_path), tmp_path, NOT_COMPUTED_AGAIN)


@cache
def untouched_job(kind: str, language: str) -> Job:
    """The sample business's workbook, nothing typed into it."""
    sample = sample_job(kind, language)
    return make_job(sample.layout, sample.filling, sample.filling)


@SCRIPTS
@TEMPLATES
def test_unchanged_but_saved_by_a_script(kind: str, language: str, script: str, node: str, tmp_path: Path) -> None:
    """Nothing typed: the values saved with the formulas still hold, and there is nothing to say."""
    job = untouched_job(kind, language)
    assert job.typed == ()
    check_whole(job, fill_by_script(node, script)(job, tmp_path), tmp_path, set())


@pytest.fixture(scope="module")
def saved_by_libreoffice(libreoffice: LibreOffice) -> Mapping[tuple[str, str], tuple[Job, bytes]]:
    """Every template, typed into by a script that computes nothing, then opened and saved by LibreOffice."""
    jobs = {template: sample_job(*template) for template in templates()}
    saved = libreoffice.resave({".".join(template): fill_by_openpyxl(job, Path()) for template, job in jobs.items()})
    return {template: (job, saved[".".join(template)]) for template, job in jobs.items()}


@TEMPLATES
def test_filled_and_saved_by_libreoffice(
    kind: str, language: str, saved_by_libreoffice: Mapping[tuple[str, str], tuple[Job, bytes]], tmp_path: Path
) -> None:
    """All is computed again, so that there is no problem left to name."""
    job, data = saved_by_libreoffice[kind, language]
    check_whole(job, data, tmp_path, set())


@cache
def random_job(kind: str, language: str) -> Job:
    """Anything legal, typed into a template to whose lists people added values."""
    layout, start = layout_with_own_values(kind, language)
    return make_job(layout, start, collect(fillings(layout, start), 3)[-1])


@SCRIPTS
@TEMPLATES
def test_random_fillings_saved_by_scripts(kind: str, language: str, script: str, node: str, tmp_path: Path) -> None:
    job = random_job(kind, language)
    check_whole(job, fill_by_script(node, script)(job, tmp_path), tmp_path, NOT_COMPUTED_AGAIN)


@TEMPLATES
def test_random_fillings_saved_by_openpyxl(kind: str, language: str, tmp_path: Path) -> None:
    job = random_job(kind, language)
    check_whole(job, fill_by_openpyxl(job, tmp_path), tmp_path, NOT_COMPUTED_AGAIN)
