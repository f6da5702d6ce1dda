"""Every cell of a person's file that holds something: in the plan, or the template's own, or left over.

Nothing is asked of single problem codes: a cell either comes over (a value that was read whole, an own column, an own
sheet), or is the template's (a heading, a formula), or is left over. So nothing is lost that no problem foresaw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from smsheets.cells import CellRef, column_number
from smsheets.layout.content import CellValue
from smsheets.layout.items import percent_sign
from smsheets.layout.placed import Layout
from smsheets.problems import Problem
from smsheets.reader.file.source_cells import SourceCell, SourceSheet
from smsheets.reader.places.locate import FoundTable
from smsheets.reader.read import OpenWorkbook
from smsheets.reader.rows import message_label
from smsheets.reader.values.scope import decimal_sign, exact, plain
from smsheets.reader.values.words import normal_label
from smsheets.report.document import Line
from smsheets.report.wording import problem_lines
from smsheets.rewrite.draft import BLANK, Draft, Place, doubted, partly_read
from smsheets.rewrite.furniture import Furniture, OwnPlace
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import FieldType

_NOTE = Line("A note on this cell: notes are not brought over.")
_ADD_NOTE = Line("Add it to the cell again if you need it.")
_AS_NEW = Line("Nothing: it is there again, as in a new workbook. Delete the sheet if you do not need it.")
_NOTE_ENDS = re.compile(r"(?P<begin>\n?smsheets: )|\[[a-z]++\.[a-z-]++\]")
"""How a note of an annotated copy begins and ends."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """One thing that was not brought over as it was, or only as a text that nothing reads.

    Attributes:
        cell: In the person's file.
        content: What was there, letter by letter.
        place: Where it is now, as it was typed; None where it is nowhere.
        lost: False for a remark on something that is in the repaired workbook.
        has_cell: False for what has no cell: a sheet that was not there.
    """

    cell: CellRef
    content: str
    why: Line
    todo: Line
    place: Place | None = None
    lost: bool = True
    has_cell: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that is something else now than what was typed: a number in place of a text, a word of the list.

    Attributes:
        cell: In the person's file.
        column: The heading as messages name it.
        found: What was typed.
        now: What it is now, as a person types it in the workbook's language.
        place: Where it is now.
    """

    cell: CellRef
    column: str
    found: str
    now: str
    place: Place

    def __str__(self) -> str:
        return f"'{self.found}' became {self.now}"


def changed_values(opened: OpenWorkbook, draft: Draft) -> list[Change]:
    """Every value that the repaired workbook does not hold as it was typed, sheet by sheet."""
    layout = opened.read.layout
    lengths = {problem.cell: problem for problem in opened.read.problems if problem.code == "cell.length-of-time"}
    changes: list[Change] = []
    for place, entry in draft.entries.items():
        value = entry.source.value if entry.source is not None else None
        found = str(lengths[entry.where].values["found"]) if entry.where in lengths else plain(value).strip()
        is_other = not isinstance(entry.written, str) or normal_label(entry.written) != normal_label(found)
        with_time = isinstance(value, datetime) and not isinstance(entry.written, datetime)
        if entry.written is None or draft.has_new_id(place) or entry.value in BLANK:
            continue
        if entry.where in lengths or with_time or (isinstance(value, str) and is_other):
            spec: Field
            if place.row < 0:
                spec = next(item for item in layout.forms[place.block].spec.fields if item.id == place.key)
                label = layout.words.text(spec.label)
            else:
                column = layout.tables[place.block].by_key[place.key]
                spec, label = column.spec, message_label(column, layout)
            now = _as_typed(entry.written, spec.type is FieldType.PERCENT or "%" in found, layout)
            changes.append(Change(cell=entry.where, column=label, found=found, now=now, place=place))
    order = {sheet.name: number for number, sheet in enumerate(opened.source.sheets)}
    return sorted(changes, key=lambda item: (order[item.cell.sheet], item.cell.row, item.cell.col))


def _as_typed(value: CellValue, is_share: bool, layout: Layout) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return plain(value)
    number = plain(exact(value) * 100) + percent_sign(layout.profile.language) if is_share else plain(value)
    return number.replace(".", decimal_sign(layout))


def _content_of(cell: SourceCell | None) -> str:
    """The text a person sees who clicks on a cell: its formula, else its value, letter by letter."""
    if cell is None:
        return ""
    if cell.formula:
        return f"={cell.formula}"
    return plain(cell.value) if cell.value is not None else ""


def _new_id_lines(opened: OpenWorkbook, draft: Draft) -> Iterator[LeftOver]:
    """The rows that got a new id: one that had none, or one that an earlier row has."""
    for (name, row), new in draft.ids.items():
        table = opened.found.tables[name]
        key = table.placed.spec.columns[0].id
        if key not in table.columns:
            continue
        where = CellRef(opened.read.file, table.sheet.name, row, table.columns[key])
        content = _content_of(table.sheet.cells.get((row, where.col))).strip()
        problem = next((item for item in opened.read.problems if item.cell == where), None)
        if problem is not None:
            todo = Line("Its ID is {new} now. Write that wherever this row is meant.", {"new": new})
            yield LeftOver(where, content, problem_lines(problem)[0], todo, lost=bool(content))


def _moved_column_lines(opened: OpenWorkbook, own: Sequence[OwnPlace]) -> Iterator[LeftOver]:
    """The columns that may be the template's but for their heading: they came over as a person's own."""
    for problem in opened.read.problems:
        heading = _heading(problem, own)
        if heading:
            todo = Line(
                "Its values stand in your own column '{heading}' now. Move them where they belong.",
                {"heading": heading},
            )
            yield LeftOver(problem.cell, str(problem.values.get("guess") or ""), problem_lines(problem)[0], todo)


def _heading(problem: Problem, own: Sequence[OwnPlace]) -> str:
    """The own column that a problem is about; none for most."""
    for place in own:
        at_home = place.table.sheet.name == problem.cell.sheet and place.table.header_row == problem.cell.row
        unnamed = problem.code == "table.unnamed-column" and place.col == problem.cell.col
        missing = problem.code == "table.missing-column" and problem.values.get("place") == place.header_cell
        if at_home and (unnamed or missing):
            return place.heading
    return ""


def missing_lines(opened: OpenWorkbook) -> Iterator[LeftOver]:
    """The sheets and tables that were not in the person's file."""
    for problem in opened.read.problems:
        if problem.code in ("sheet.missing", "table.missing"):
            yield LeftOver(problem.cell, "", problem_lines(problem)[0], _AS_NEW, lost=False, has_cell=False)


def _note_lines(opened: OpenWorkbook) -> Iterator[LeftOver]:
    """The notes on the cells of every sheet, without those that an annotated copy put there."""
    for sheet in opened.source.sheets:
        for (row, col), text in sorted(sheet.cell_notes.items()):
            theirs = _without_ours(text).strip()
            if theirs:
                yield LeftOver(CellRef(opened.read.file, sheet.name, row, col), theirs, _NOTE, _ADD_NOTE)


def _without_ours(note: str) -> str:
    """A note without the words of an annotated copy."""
    kept: list[str] = []
    at = 0
    begin: int | None = None
    for found in _NOTE_ENDS.finditer(note):
        if found["begin"] is None and begin is not None:
            kept.append(note[at:begin])
            at, begin = found.end(), None
        elif found["begin"] is not None and begin is None:
            begin = found.start()
    return "".join((*kept, note[at:]))


_BESIDE = Line("Nothing is read here: it stands beside or below what the sheet asks for.")
_MOVE = Line("Type it where it belongs, or keep it on a sheet of your own.")
_OVER_FORMULA = Line("A formula belongs here, and it is back.")
_FORMULA_IS_BACK = Line("Nothing, if the formula is right. Else change what it is computed from.")
_OWN_FORMULA = Line("A formula of your own: its value was brought over, the formula was not.")
_TYPE_FORMULA = Line("Type the formula again if you need it.")
_NOT_READ = Line("It could not be read.")
_LIST_WORD = Line("This list takes no words of your own, because formulas use its words.")
_PICK = Line("Use one of the words of the list.")
_KEEP_THE_REST = Line("What could be read is there. Keep the rest in another cell if you need it.")
_NO_ROOM = Line("The cell cannot hold it as it stood there.")


def left_over(
    opened: OpenWorkbook,
    draft: Draft,
    own: Sequence[OwnPlace],
    furniture: Furniture,
    again: OpenWorkbook,
    most: int,
) -> list[LeftOver]:
    """Everything that is left over, sheet by sheet.

    Args:
        again: The repaired workbook, read: a value typed over a formula is no loss where the formula shows the same.
        most: Of more cells than these, one more is enough to say so.
    """
    finder = _Finder(opened, draft, own, furniture, again)
    homes = (sheet for sheet in opened.source.sheets if sheet.name in furniture.homes)
    found = islice(chain.from_iterable(map(finder.of_sheet, homes)), most + 1)
    others = (
        *_new_id_lines(opened, draft),
        *_moved_column_lines(opened, own),
        *missing_lines(opened),
        *_note_lines(opened),
    )
    order = {sheet.name: number for number, sheet in enumerate(opened.source.sheets)}
    return sorted((*found, *others), key=lambda item: (order[item.cell.sheet], item.cell.row, item.cell.col))


class _Finder:
    def __init__(
        self, opened: OpenWorkbook, draft: Draft, own: Sequence[OwnPlace], furniture: Furniture, again: OpenWorkbook
    ) -> None:
        self.file = opened.read.file
        self.opened = opened
        self.draft = draft
        self.furniture = furniture
        self.rows = {name: set(rows) for name, rows in draft.rows.items()}
        self.partly = partly_read(opened)
        self.again = again
        self.entries = {
            (entry.where.sheet, entry.where.row, entry.where.col): place for place, entry in draft.entries.items()
        }
        self.own = {
            (place.table.sheet.name, row, place.col)
            for place in own
            for row in (place.table.header_row, *draft.rows[place.table.placed.spec.id])
        }
        self.problems: dict[tuple[str, int], list[Problem]] = {}
        for problem in opened.read.problems:
            self.problems.setdefault((problem.cell.sheet, problem.cell.row), []).append(problem)
        self.form_cells = {
            (form.sheet.name, *place): (name, key)
            for name, form in opened.found.forms.items()
            for key, place in form.cells.items()
        }
        lists = opened.read.layout.lists.values()
        self.list_words = {normal_label(text) for placed in lists for text in placed.texts}

    def of_sheet(self, sheet: SourceSheet) -> Iterator[LeftOver]:
        """The cells left over of one sheet."""
        texts = self.furniture.texts(sheet.name)
        for row, col in sorted(sheet.cells):
            cell = sheet.cells[row, col]
            place = self.entries.get((sheet.name, row, col))
            if place is not None:
                yield from self._of_input(place, cell)
            elif (sheet.name, row, col) in self.own or _is_blank(cell):
                continue
            elif isinstance(cell.value, str) and texts[label := normal_label(cell.value)] > 0 and not cell.is_formula:
                texts[label] -= 1
            else:
                yield from self._of_other(sheet, cell)

    def _of_input(self, place: Place, cell: SourceCell) -> Iterator[LeftOver]:
        entry = self.draft.entries[place]
        if _is_blank(cell) or self.draft.has_new_id(place):
            return
        problem = self._problem(entry.where)
        unread = entry.value in BLANK or not entry.choices or entry.source is None
        if unread or entry.where in self.partly:
            why, todo = problem_lines(problem) if problem is not None else (_NOT_READ, _MOVE)
            if entry.value not in BLANK and not entry.choices:
                why, todo = _NO_ROOM, _MOVE
            stands = bool(entry.choices) and entry.written in (cell.value, doubted(cell))
            if entry.choices and not stands:
                todo = _KEEP_THE_REST
            yield LeftOver(entry.where, _content_of(cell), why, todo, place if stands else None)
        elif cell.is_formula:
            yield LeftOver(entry.where, _content_of(cell), _OWN_FORMULA, _TYPE_FORMULA, lost=False)

    def _of_other(self, sheet: SourceSheet, cell: SourceCell) -> Iterator[LeftOver]:
        where = CellRef(self.file, sheet.name, cell.row, cell.col)
        problem = self._problem(where)
        table = self._table_at(sheet, cell)
        if sheet.name == self.furniture.lists_sheet:
            if normal_label(plain(cell.value)) not in self.list_words:
                yield LeftOver(where, _content_of(cell), _LIST_WORD, _PICK)
        elif self._is_computed(sheet, cell, table):
            if not self._shows_the_same(where, cell, table, problem):
                why = problem_lines(problem)[0] if problem is not None else _OVER_FORMULA
                yield LeftOver(where, _content_of(cell), why, _FORMULA_IS_BACK)
        elif not self._is_ours(sheet.name, cell, table):
            # Below the last row, what was typed over the formula of a spare row is only a text that is there.
            named = problem is not None and problem.code != "cell.overwritten-formula"
            yield LeftOver(where, _content_of(cell), problem_lines(problem)[0] if problem and named else _BESIDE, _MOVE)

    def _is_ours(self, sheet: str, cell: SourceCell, table: FoundTable | None) -> bool:
        if table is not None and (_is_spare_id(table, cell) or _repeats_heading(table, cell)):
            return True
        return (sheet, cell.row, cell.col) in self.furniture.labels or (
            cell.is_formula and self.furniture.has_formula(cell.formula or "", sheet)
        )

    def _table_at(self, sheet: SourceSheet, cell: SourceCell) -> FoundTable | None:
        """The table in one of whose columns a cell is, its line of totals counted."""
        for table in self.opened.found.tables.values():
            above = 1 if table.placed.total_row is not None else 0
            inside = table.header_row - above <= cell.row and (not table.stop or cell.row < table.stop)
            if table.sheet is sheet and inside and cell.col in table.columns.values():
                return table
        return None

    def _is_computed(self, sheet: SourceSheet, cell: SourceCell, table: FoundTable | None) -> bool:
        if table is not None:
            column = next(table.placed.by_key[key] for key, col in table.columns.items() if col == cell.col)
            if cell.row < table.header_row:
                return column.spec.total is not None
            row_counts = table.placed.spec.computed or cell.is_formula or self._is_record(cell.row, table)
            return cell.row > table.header_row and column.spec.formula is not None and row_counts
        return (sheet.name, cell.row, cell.col) in self.form_cells

    def _is_record(self, row: int, table: FoundTable | None) -> bool:
        return table is not None and row in self.rows[table.placed.spec.id]

    def _shows_the_same(
        self, where: CellRef, cell: SourceCell, table: FoundTable | None, problem: Problem | None
    ) -> bool:
        """True if the template's formula shows what is here, so that nothing is lost."""
        if cell.is_formula:
            text = cell.formula or ""
            if not text or "#REF!" in text or self.furniture.has_formula(text, where.sheet):
                return True
            # Earlier templates and other programs write our formulas in their own way, and all of a column alike.
            return problem is None and self.furniture.is_usual_formula(table, cell)
        return problem is None and self._now(where, table) == _rounded(cell.value)

    def _now(self, where: CellRef, table: FoundTable | None) -> object:
        """The value in the repaired workbook where a cell of the person's file was."""
        if table is None:
            name, key = self.form_cells[where.sheet, where.row, where.col]
            form = self.again.found.forms[name]
            cell = form.sheet.cells.get(form.cells[key])
        else:
            name = table.placed.spec.id
            there = self.again.found.tables[name]
            key = next(key for key, col in table.columns.items() if col == where.col)
            row = where.row - table.header_row
            if not table.placed.spec.computed and row > 0:
                row = self.draft.numbers[name].get(where.row, -1) + 1
            cell = there.sheet.cells.get((there.header_row + row, there.columns[key])) if row else None
        return _rounded(cell.value) if cell is not None else None

    def _problem(self, where: CellRef) -> Problem | None:
        """The problem that names this cell."""
        for problem in self.problems.get((where.sheet, where.row), ()):
            last = column_number(problem.until) if problem.until else problem.cell.col
            if problem.cell.col <= where.col <= last:
                return problem
        return None


def _is_blank(cell: SourceCell) -> bool:
    if cell.is_formula and not cell.has_cached:
        return False
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _rounded(value: object) -> object:
    return round(value, 6) if isinstance(value, float | int) and not isinstance(value, bool) else value


def _is_spare_id(table: FoundTable, cell: SourceCell) -> bool:
    """True if it is the id of a row that nothing else is in."""
    spec = table.placed.spec
    if not spec.prefix or table.columns.get(spec.columns[0].id) != cell.col:
        return False
    return plain(cell.value).strip().removeprefix(spec.prefix).isdecimal()


def _repeats_heading(table: FoundTable, cell: SourceCell) -> bool:
    """True if it is the heading of its column: at the top, or once more among the rows."""
    above = table.sheet.cells.get((table.header_row, cell.col))
    if cell.row == table.header_row or above is None or not isinstance(cell.value, str):
        return cell.row == table.header_row
    return normal_label(cell.value) == normal_label(plain(above.value))
