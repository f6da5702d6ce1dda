"""Whose workbook it is and for when: any one mark tells it, whatever became of the others and of the headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from emulate import excel, marks
from emulate.written_book import Book, Place, take_apart
from filled import with_fewer_rows
from fillings import collect, fillings
from workbooks import templates, without_where, written

from smsheets.api import read_workbook
from smsheets.kinds import KINDS
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout, PlacedForm, PlacedTable
from smsheets.profile import Profile
from smsheets.profile_file import make_profile
from smsheets.reader.read import ReadWorkbook
from smsheets.spec.load import load_spec
from smsheets.writer.workbook import NewWorkbook

pytest.importorskip("ironcalc", reason="skipped: marks of workbooks; there is no engine for this computer")

TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())
MARKS = ("sheet", "properties", "line", "names", "headings")
GONE = {"sheet.missing", "cell.formula-disagrees", "row.changed-formulas", "table.rows-moved"}
LANGUAGES = ("en", "de")
OTHER = {"en": "de", "de": "en"}


@dataclass(frozen=True, slots=True)
class Made:
    """A workbook with entries at random, for months, money and channels that are not the usual ones."""

    book: Book
    layout: Layout
    data: bytes


@cache
def made(kind: str, language: str) -> Made:
    spec, profile = with_fewer_rows(load_spec(kind), 40), unusual_profile(language)
    new = NewWorkbook(spec=spec, profile=profile)
    layout, filling = new.layout, collect(fillings(new.layout, new.filling), 1)[0]
    data = written(layout, filling)
    return Made(take_apart(data), layout, data)


def unusual_profile(language: str) -> Profile:
    given: dict[str, Any] = {"language": language, "currency": "CHF", "country": "CH", "start": "2026-10", "months": 5}
    return make_profile({**given, "channels": ["linkedin", "instagram"], "own_channels": ["Market stall"]})


def read_book(book: Book, folder: Path) -> ReadWorkbook:
    path = folder / "changed.xlsx"
    path.write_bytes(excel.write(book))
    return read_workbook(path)


def read_data(data: bytes, folder: Path) -> ReadWorkbook:
    path = folder / "made.xlsx"
    path.write_bytes(data)
    return read_workbook(path)


def entries(read: ReadWorkbook) -> dict[str, Any]:
    rows = {name: [dict(row.values) for row in found] for name, found in read.rows.items()}
    return {**rows, **{f"form {name}": dict(form) for name, form in read.forms.items()}}


def other_headings(layout: Layout, how: str) -> Mapping[tuple[str, Place], str]:
    """The headings as people retype them: in capitals, or in the other language."""
    own = marks.headings_of(layout)
    if how == "capitals":
        return {place: f" {text.upper()} " for place, text in own.items()}
    if how == "kept":
        return own
    language = OTHER[layout.profile.language]
    other = place_workbook(layout.spec, unusual_profile(language))
    return {
        (table.sheet, (table.header_row, column.col)): other.tables[name].by_key[column.key].label
        for name, table in layout.tables.items()
        for column in table.columns
        if column.label
    }


def problems(read: ReadWorkbook) -> list[tuple[str, str, str]]:
    return [(str(problem.cell), problem.code, problem.says) for problem in read.problems]


@pytest.mark.parametrize("mark", MARKS)
@TEMPLATES
def test_one_mark_is_enough(kind: str, language: str, mark: str, tmp_path: Path) -> None:
    was = made(kind, language)
    ours, read = read_data(was.data, tmp_path), read_book(marks.keep_only(was.book, mark, was.layout), tmp_path)
    assert (read.kind, read.layout.profile) == (kind, was.layout.profile)
    assert entries(read) == entries(ours)
    assert without_where(read.plan) == without_where(ours.plan)
    assert problems(read) == problems(ours)


@pytest.mark.parametrize("how", ["capitals", "other language"])
@pytest.mark.parametrize("mark", ["properties", "headings"])
@TEMPLATES
def test_one_mark_and_other_headings(kind: str, language: str, mark: str, how: str, tmp_path: Path) -> None:
    was = made(kind, language)
    ours = read_data(was.data, tmp_path)
    book = marks.keep_only(was.book, mark, was.layout)
    read = read_book(marks.retyped(book, other_headings(was.layout, how)), tmp_path)
    assert (read.kind, read.layout.profile) == (kind, was.layout.profile)
    assert entries(read) == entries(ours)
    assert problems(read) == problems(ours)


@TEMPLATES
def test_headings_alone_without_the_first_sheet(kind: str, language: str, tmp_path: Path) -> None:
    """Months, language and channels are still to be seen; money and country are then those of the language.

    Figures that were worked out from the first sheet are old ones here: a real program would show #REF! in them.
    """
    was = made(kind, language)
    ours = read_data(was.data, tmp_path)
    book = marks.without_sheet(marks.keep_only(was.book, "headings", was.layout), was.layout.sheets[0].name)
    read = read_book(book, tmp_path)
    expected, found = was.layout.profile, read.layout.profile
    if kind != "strategy":  # a strategy shows no months
        assert (found.start, found.months) == (expected.start, expected.months)
    assert (read.kind, found.language, found.channels) == (kind, language, expected.channels)
    assert found.currency == {"en": "USD", "de": "EUR"}[language]
    told = {name: value for name, value in entries(ours).items() if name != "form start"}
    assert entries(read) == told
    assert {code for _, code, _ in problems(read)} - {code for _, code, _ in problems(ours)} <= GONE


def title_of(block: PlacedTable | PlacedForm, layout: Layout) -> str:
    return layout.words.text(block.spec.title) or block.sheet


@pytest.mark.parametrize("kept", ["names", "properties"])
@TEMPLATES
def test_labels_that_nobody_knows(kind: str, language: str, kept: str, tmp_path: Path) -> None:
    """The hints beside the values, or the range names, tell where a form stands."""
    was = made(kind, language)
    ours = read_data(was.data, tmp_path)
    unknown = {place: f"Regel {number}" for number, place in enumerate(marks.labels_of(was.layout), 1)}
    read = read_book(marks.retyped(marks.keep_only(was.book, kept, was.layout), unknown), tmp_path)
    told = {problem.values.get("table") for problem in read.problems if problem.code == "form.unknown-labels"}
    for name, form in ours.forms.items():
        if any(value not in (None, ()) for value in form.values()):
            assert dict(read.forms[name]) == dict(form), name
            assert title_of(was.layout.forms[name], was.layout) in told, name


@pytest.mark.parametrize("kept", ["sheet", "names", "properties"])
@TEMPLATES
def test_headings_that_nobody_knows(kind: str, language: str, kept: str, tmp_path: Path) -> None:
    """The map of the marker sheet, or the range names, or how the workbook was made: and the cells must fit."""
    was = made(kind, language)
    ours = read_data(was.data, tmp_path)
    unknown = {place: f"Kolom {number}" for number, place in enumerate(marks.headings_of(was.layout), 1)}
    read = read_book(marks.retyped(marks.keep_only(was.book, kept, was.layout), unknown), tmp_path)
    assert read.kind == kind
    told = {problem.values.get("table") for problem in read.problems}
    for name, rows in ours.rows.items():
        if name in read.rows:
            assert [dict(row.values) for row in read.rows[name]] == [dict(row.values) for row in rows], name
        assert title_of(was.layout.tables[name], was.layout) in told, name
    assert len(read.rows) >= len(ours.rows) / 2


@TEMPLATES
def test_a_marker_sheet_of_another_template(kind: str, language: str, tmp_path: Path) -> None:
    """Copied into a workbook beside its own, and in its place."""
    was, other = made(kind, language), made(list(KINDS)[list(KINDS).index(kind) - 1], language)
    ours = read_data(was.data, tmp_path)
    strange = other.book.sheets[-1]
    beside = replace(was.book, sheets=(replace(strange, name="Sheet9"), *was.book.sheets))
    instead = replace(was.book, sheets=(*was.book.sheets[:-1], strange))
    for book in (beside, instead, marks.without_properties(marks.without_names(instead))):
        read = read_book(book, tmp_path)
        assert (read.kind, read.layout.profile) == (kind, was.layout.profile)
        assert entries(read) == entries(ours)


@TEMPLATES
def test_properties_of_another_template(kind: str, language: str, tmp_path: Path) -> None:
    """Its sheets were copied into a workbook of another kind: the headings are right."""
    was, other = made(kind, language), made(list(KINDS)[list(KINDS).index(kind) - 1], language)
    book = marks.keep_only(was.book, "headings", was.layout)
    read = read_book(replace(book, properties=other.book.properties), tmp_path)
    assert read.kind == kind
    assert entries(read) == entries(read_data(was.data, tmp_path))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["budget", "kpi-report"])
def test_headings_of_other_months_than_the_marks_say(kind: str, language: str, tmp_path: Path) -> None:
    """Last year's workbook, its headings retyped for the next year; the sheets' figures follow them."""
    was = made(kind, language)
    later = {
        place: text.replace("2026", "2036").replace("2027", "2037")
        for place, text in marks.headings_of(was.layout).items()
    }
    read = read_book(marks.retyped(was.book, later), tmp_path)
    assert (read.layout.profile.start, read.layout.profile.months) == (date(2036, 10, 1), 5)
    name = "lines" if kind == "budget" else "kpis"
    ours = read_data(was.data, tmp_path)
    assert [dict(row.values) for row in read.rows[name]] == [dict(row.values) for row in ours.rows[name]]


def test_one_heading_of_a_wrong_month_changes_nothing_else(tmp_path: Path) -> None:
    was = made("budget", "en")
    wrong = {
        place: text.replace("Oct 2026", "Oct 2025")
        for place, text in marks.headings_of(was.layout).items()
        if text.startswith("Oct 2026")
    }
    read = read_book(marks.retyped(was.book, wrong), tmp_path)
    assert (read.layout.profile.start, read.layout.profile.months) == (date(2026, 10, 1), 5)
    assert {problem.code for problem in read.problems} >= {"table.missing-column"}
