"""The proof can fail: a reader that is broken on purpose is found out, and so are losses that no problem names."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import cases
import pytest
from cases import Case, edit_named, explain, run, shrink
from grid import Cell
from hand import Hand
from verdict import Loss, same

from smsheets.problems import Problem
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.read import OpenWorkbook, read_source
from smsheets.reader.rows import ReadRow

UNEDITED = Case("calendar", "en", 0, 0, ())
Rows = Mapping[str, tuple[ReadRow, ...]]
Break = Callable[[Rows], Rows]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[OpenWorkbook], OpenWorkbook]], None]:
    """Makes the reader give something else than it read."""

    def put(change: Callable[[OpenWorkbook], OpenWorkbook]) -> None:
        monkeypatch.setattr(cases, "read_source", lambda source, path: change(_read(source, path)))

    return put


def _read(source: SourceWorkbook, path: str) -> OpenWorkbook:
    return read_source(source, path)


def _losses(folder: Path, case: Case = UNEDITED) -> list[tuple[str, str]]:
    return [(loss.kind, loss.where) for loss in run(case, folder).verdict.losses]


def _with_posts(change: Callable[[list[ReadRow]], list[ReadRow]]) -> Callable[[OpenWorkbook], OpenWorkbook]:
    def changed(opened: OpenWorkbook) -> OpenWorkbook:
        rows = {**opened.read.rows, "posts": tuple(change(list(opened.read.rows["posts"])))}
        return dataclasses.replace(opened, read=dataclasses.replace(opened.read, rows=rows))

    return changed


def _with_values(row: ReadRow, **values: Any) -> ReadRow:
    return dataclasses.replace(row, values={**row.values, **values})


def test_nothing_is_lost_where_nothing_was_edited(tmp_path: Path) -> None:
    outcome = run(UNEDITED, tmp_path)
    assert outcome.verdict.losses == ()
    assert (outcome.verdict.named, outcome.verdict.alarms) == (0, ())
    assert outcome.verdict.followed > 50


def test_a_row_that_is_dropped(broken: Any, tmp_path: Path) -> None:
    broken(_with_posts(lambda rows: rows[:-1]))
    losses = _losses(tmp_path)
    assert {kind for kind, _ in losses} == {"lost"}
    assert ("lost", "posts.post_id") in losses


def test_a_value_that_is_swallowed(broken: Any, tmp_path: Path) -> None:
    key = _filled_key()
    broken(_with_posts(lambda rows: [_with_values(rows[0], **{key: None}), *rows[1:]]))
    assert _losses(tmp_path) == [("lost", f"posts.{key}")]


def test_a_column_that_is_shifted(broken: Any, tmp_path: Path) -> None:
    """Each value is read as its right neighbour's."""

    def shift(row: ReadRow) -> ReadRow:
        keys = list(row.values)
        return dataclasses.replace(
            row, values=dict(zip(keys, [row.values[key] for key in [*keys[1:], keys[0]]], strict=True))
        )

    broken(_with_posts(lambda rows: [shift(row) for row in rows]))
    assert {"misread", "lost", "invented"} == {kind for kind, _ in _losses(tmp_path)}


def test_records_that_are_mixed_up(broken: Any, tmp_path: Path) -> None:
    """All values are read, but in each other's row."""

    def swap(rows: list[ReadRow]) -> list[ReadRow]:
        one, two = rows[:2]
        return [dataclasses.replace(one, values=two.values), dataclasses.replace(two, values=one.values), *rows[2:]]

    broken(_with_posts(swap))
    assert ("misread", "posts.post_id") in _losses(tmp_path)


def test_a_row_that_nobody_filled_in(broken: Any, tmp_path: Path) -> None:
    broken(
        _with_posts(lambda rows: [*rows, _with_values(rows[-1]), dataclasses.replace(rows[-1], row=rows[-1].row + 100)])
    )
    assert {kind for kind, _ in _losses(tmp_path)} == {"invented"}


def test_a_form_that_is_not_read(broken: Any, tmp_path: Path) -> None:
    def change(opened: OpenWorkbook) -> OpenWorkbook:
        forms = {**opened.read.forms, "start": {**opened.read.forms["start"], "currency": None}}
        return dataclasses.replace(opened, read=dataclasses.replace(opened.read, forms=forms))

    broken(change)
    assert _losses(tmp_path) == [("lost", "start.currency")]


def _without_problems(keep: Callable[[Problem], bool]) -> Callable[[OpenWorkbook], OpenWorkbook]:
    def change(opened: OpenWorkbook) -> OpenWorkbook:
        problems = tuple(problem for problem in opened.read.problems if keep(problem))
        return dataclasses.replace(opened, read=dataclasses.replace(opened.read, problems=problems))

    return change


@pytest.mark.parametrize(
    "name", ["words in a number's cell", "words in a date's cell", "an error in a cell", "a heading in one's own words"]
)
def test_a_problem_that_is_not_told(name: str, broken: Any, tmp_path: Path) -> None:
    """The same edit loses nothing with its problem, and something without it."""
    case = Case("budget", "de", 1, 1, ((edit_named(name), "told"),))
    assert _losses(tmp_path, case) == []
    broken(_without_problems(lambda problem: False))
    assert _losses(tmp_path, case) != []


def test_a_problem_with_another_cell_does_not_count(broken: Any, tmp_path: Path) -> None:
    case = Case("budget", "de", 1, 1, ((edit_named("words in a number's cell"), "told"),))

    def elsewhere(opened: OpenWorkbook) -> OpenWorkbook:
        moved = [_moved(problem) for problem in opened.read.problems]
        return dataclasses.replace(opened, read=dataclasses.replace(opened.read, problems=tuple(moved)))

    broken(elsewhere)
    assert [kind for kind, _ in _losses(tmp_path, case)] == ["lost"]


def _moved(problem: Problem) -> Problem:
    cell = problem.cell
    return Problem(
        code=problem.code, cell=type(cell)(cell.file, cell.sheet, cell.row + 1, cell.col), values=problem.values
    )


def test_a_case_shrinks_to_the_edit_that_loses(broken: Any, tmp_path: Path) -> None:
    broken(_without_problems(lambda problem: not problem.code.startswith("cell.")))
    harmless = (edit_named("hide rows"), "a"), (edit_named("rename a sheet"), "b")
    guilty = edit_named("words in a number's cell"), "told"
    small = shrink(Case("budget", "de", 1, 1, (harmless[0], guilty, harmless[1])), tmp_path)
    assert small.edits == (guilty,)
    text = explain(run(small, tmp_path))
    assert "words in a number's cell" in text
    assert "lost: " in text
    assert "not read" not in text.splitlines()[0]


@pytest.mark.parametrize(
    ("read", "wanted", "are_same"),
    [
        (Decimal("1.50"), Decimal("1.5"), True),
        (3, Decimal(3), True),
        (1, True, False),
        (True, True, True),
        ("3", 3, False),
        (date(2027, 3, 1), "2027-03-01", False),
        (("a", "b"), ("a", "b"), True),
        (("a",), "a", False),
        (None, "", False),
    ],
)
def test_when_two_values_are_the_same(read: object, wanted: object, are_same: bool) -> None:
    assert same(read, wanted) is are_same


def _filled_key() -> str:
    """A column that is filled in in the first row."""
    filled = UNEDITED.filled()
    first = next(iter(filled.filling.tables["posts"]))
    return next(key for key, value in first.items() if value is not None)


def test_every_value_of_the_filling_is_followed() -> None:
    """No filled cell is left out of the count."""
    filled = UNEDITED.filled()
    expected = sum(
        value is not None for rows in filled.filling.tables.values() for row in rows for value in row.values()
    ) + sum(value is not None for form in filled.filling.forms.values() for value in form.values())
    ids = sum(
        bool(row)
        for name, rows in filled.filling.tables.items()
        if filled.layout.tables[name].spec.prefix
        for row in rows
    )
    marked = [cell for sheet in filled.book.sheets for cell in sheet.cells.values() if cell.filled]
    assert len(marked) == expected + ids


def test_an_edit_is_the_same_again() -> None:
    case = cases.make_case("roadmap", "en", 17)
    assert cases.apply(case) == cases.apply(cases.make_case("roadmap", "en", 17))


def test_a_loss_says_where(tmp_path: Path) -> None:
    loss = Loss("lost", "Posts", (6, 2), "posts.date", date(2027, 1, 5), (date(2027, 1, 5),), None)
    assert "Posts!B6" in cases._loss_line(loss)


def test_a_filled_cell_keeps_its_truth_when_it_is_moved(tmp_path: Path) -> None:
    hand = Hand(UNEDITED.filled(), UNEDITED.filled().book, cases.Random("x"))
    before = sorted(str(cell.mark) for sheet in hand.book.sheets for cell in sheet.cells.values() if cell.filled)
    for name in ("sort the rows", "insert columns on the left", "swap two columns", "type titles above everything"):
        assert edit_named(name).run(hand)
    after = sorted(str(cell.mark) for sheet in hand.book.sheets for cell in sheet.cells.values() if cell.filled)
    assert after == before
    assert Cell("x").filled is False
