"""A case: a filled template, some edits one after the other, the file, and what was read from it."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch

import edit_columns
import edit_columns_headings
import edit_columns_merged
import edit_forms
import edit_rows
import edit_rows_own
import edit_sheets
import edit_values
import edit_values_words
from edit import EDITS, Edit
from filled_books import FILLINGS, FilledBook, filled_book
from grid import Book
from hand import Hand
from verdict import Loss, Verdict, judge
from xlsx_bytes import to_bytes

from smsheets.cells import column_letters
from smsheets.errors import WorkbookFileError
from smsheets.reader.checks import formulas as check
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import read_source

MODULES = (
    edit_columns,
    edit_columns_headings,
    edit_columns_merged,
    edit_forms,
    edit_rows,
    edit_rows_own,
    edit_sheets,
    edit_values,
    edit_values_words,
)
"""Where the edits are entered into the catalogue."""
MOST_EDITS = 6
SEED = int(os.environ.get("SMSHEETS_EDIT_SEED", "0"))


@dataclass(frozen=True, slots=True)
class Case:
    """A filled template, by its number, and edits, each with what its choices are drawn from."""

    kind: str
    language: str
    number: int
    filling: int
    edits: tuple[tuple[Edit, str], ...]

    def filled(self) -> FilledBook:
        """The template before the edits."""
        return filled_book(self.kind, self.language, self.filling)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case; `error` where the workbook was refused as a whole."""

    case: Case
    book: Book
    verdict: Verdict
    notes: tuple[str, ...] = ()
    error: str = ""


def make_case(kind: str, language: str, number: int, seed: int = SEED) -> Case:
    """One to six edits of one of the filled templates, always the same for the same numbers."""
    rng = Random(f"{seed} {kind} {language} {number}")
    known = [item for item in EDITS if language in item.languages]
    chosen = rng.choices(known, k=rng.randint(1, MOST_EDITS))
    edits = tuple((item, f"{seed} {number} {at}") for at, item in enumerate(chosen))
    return Case(kind, language, number, rng.randrange(FILLINGS), edits)


def apply(case: Case) -> tuple[Book, tuple[str, ...]]:
    """The workbook after all edits, and what was done; an edit that has nothing to work on does nothing."""
    filled = case.filled()
    book, notes = filled.book, []
    for item, seed in case.edits:
        hand = Hand(filled, book, Random(seed))
        done = item.run(hand)
        book = hand.book if done else book
        notes.append(
            f"{item.name}{'' if done else ' (nothing to do)'}" + "".join(f"\n      {n}" for n in hand.notes[:4])
        )
    return book, tuple(notes)


def run(case: Case, folder: Path) -> Outcome:
    """Edits, saves, reads and judges."""
    book, notes = apply(case)
    path = folder / "edited.xlsx"
    path.write_bytes(to_bytes(book))
    return judged(case, book, notes, path)


def judged(case: Case, book: Book, notes: tuple[str, ...], path: Path) -> Outcome:
    """Reads a file and compares it with what a person sees.

    The sheet's own figures are checked in every fourth case. In the others the file is read as on a computer
    without an engine for that: the check takes half of the time, and no value that a person filled in depends on it.
    """
    checked = case.number % 4 == 0
    try:
        with nullcontext() if checked else patch.object(check, "engine_available", lambda: False):
            opened = read_source(open_workbook(path), str(path))
    except WorkbookFileError as error:
        return Outcome(case, book, _refused(book), notes, str(error))
    except Exception as error:  # whatever it is: a person's file never gives a traceback
        return Outcome(case, book, _broken(book, error), notes, str(error))
    return Outcome(case, book, judge(book, case.filled().layout, opened), notes)


def _refused(book: Book) -> Verdict:
    """A workbook that is refused as a whole is named as a whole: the user is told, and nothing is taken for a plan."""
    count = sum(cell.filled for sheet in book.sheets for cell in sheet.cells.values())
    return Verdict(count, count, (), ())


def _broken(book: Book, error: Exception) -> Verdict:
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno} {error!r}"
    return Verdict(0, 0, (Loss("traceback", book.sheets[0].name, (1, 1), where, None, (), None),), ())


def shrink(case: Case, folder: Path) -> Case:
    """The case with as few edits as still lose something."""
    edits = list(case.edits)
    for item in list(edits):
        fewer = [other for other in edits if other is not item]
        if fewer and run(_with_edits(case, fewer), folder).verdict.losses:
            edits = fewer
    return _with_edits(case, edits)


def _with_edits(case: Case, edits: Sequence[tuple[Edit, str]]) -> Case:
    return Case(case.kind, case.language, case.number, case.filling, tuple(edits))


def explain(outcome: Outcome) -> str:
    """The edits, the losses, and the region of the sheet around the first of them."""
    case = outcome.case
    name = f"{case.kind}.{case.language}.{SEED}.{case.number}"
    lines = [f"{name} (filling {case.filling})", *(f"    {note}" for note in outcome.notes), ""]
    lines += [f"  {_loss_line(loss)}" for loss in outcome.verdict.losses[:6]]
    lines += _region(outcome.book, outcome.verdict.losses[0]) if outcome.verdict.losses else []
    lines.append(f"  again: SMSHEETS_EDIT_CASE={name} pytest tests/mutations/test_one_case.py")
    return "\n".join(lines)


def _loss_line(loss: Loss) -> str:
    place = f"{loss.sheet}!{column_letters(loss.place[1])}{loss.place[0]}"
    read = f"{loss.where} is {_short(loss.read)}, not {_short(loss.accept)}"
    return f"{loss.kind}: {place} shows {_short(loss.shows)}: {read}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 60 else text[:57] + "..."


def _region(book: Book, loss: Loss) -> Iterator[str]:
    """The rows around a cell, and the headings."""
    sheet = book.find(loss.sheet)
    row, col = loss.place
    cols = range(max(1, col - 3), col + 4)
    headers = [
        r
        for r, line in sheet.by_row.items()
        if r < row and any(c.mark and c.mark.role == "header" for c in line.values())
    ]
    shown = sorted({*([max(headers)] if headers else []), *range(max(1, row - 2), row + 3)})
    yield "      " + "".join(f"| {column_letters(c):<16}" for c in cols)
    for r in shown:
        cells = (sheet.cells.get((r, c)) for c in cols)
        yield f"{r:>5} " + "".join(f"| {_cell_text(cell):<16}" for cell in cells)


def _cell_text(cell: object) -> str:
    value = getattr(cell, "value", None)
    text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 16 else text[:15] + "…"


@cache
def edit_named(name: str) -> Edit:
    """An edit by its name."""
    return next(item for item in EDITS if item.name == name)
