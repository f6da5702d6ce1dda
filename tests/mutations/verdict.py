"""What became of every value that was filled in: read, named in a problem, or lost without a word.

A value counts as read only in the record and the field that the person sees it in: the row it stands in now, and the
column whose heading is above it. Which cells a problem names is written down here for each code, and no code covers
more than a person would look at on reading it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grid import Book, Cell, Mark, Place, Sheet

from smsheets.cells import MAX_COL
from smsheets.layout.placed import Layout
from smsheets.problems import Problem
from smsheets.reader.read import OpenWorkbook
from smsheets.reader.rows import message_label

NOT_READ = object()
"""What was read from a cell that no record or form reaches."""

ROW_ONLY = (
    "row.missing-formulas", "row.changed-formulas", "table.rows-moved", "cell.overwritten-formula",
    "cell.formula-disagrees",
)  # fmt: skip
"""They speak of formulas, and so cover no cell that a person fills in."""

READ_ALL_THE_SAME = ("cell.number-as-text", "cell.date-as-text", "cell.date-with-time", "cell.other-word")
"""They say what was read, and that must be right."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A value that was lost or misread, or read although nobody typed it.

    Attributes:
        kind: `lost`, `misread`, or `invented`.
        where: What it is: table or form, and column or field.
    """

    kind: str
    sheet: str
    place: Place
    where: str
    shows: object
    accept: tuple[object, ...]
    read: object


@dataclass(frozen=True, slots=True)
class Alarm:
    """A problem with a cell that nobody edited and that was read as it stands."""

    code: str
    sheet: str
    place: Place
    shows: object


@dataclass(frozen=True, slots=True)
class Verdict:
    """The figures of one case.

    Attributes:
        followed: Values that a person filled in and still sees.
        named: Those of them that were not read, and that a problem names.
        alarms: Problems that no edit explains.
    """

    followed: int
    named: int
    losses: tuple[Loss, ...]
    alarms: tuple[Alarm, ...]


def judge(book: Book, layout: Layout, opened: OpenWorkbook) -> Verdict:
    """Compares what a person sees in a workbook with what was read from it."""
    return _Judge(book, layout, opened).verdict()


class _Judge:
    def __init__(self, book: Book, layout: Layout, opened: OpenWorkbook) -> None:
        self.book = book
        self.layout = layout
        self.read = opened.read
        self.found = opened.found
        self.reach: dict[tuple[str, Place], tuple[str, str, object]] = dict(self._reached())
        self.problems = [problem for problem in self.read.problems if problem.code not in ROW_ONLY]
        self.labels = dict(self._labels())
        self.settled: dict[tuple[object, ...], set[str]] = {}

    def verdict(self) -> Verdict:
        pending: list[tuple[Sheet, Loss, Mark]] = []
        followed = named = 0
        for sheet in self.book.sheets:
            for place, cell in sheet.cells.items():
                mark = cell.mark
                if mark is None or mark.accept is None or not self._matters(sheet, place, cell, mark):
                    continue
                followed += 1
                block, key, value = self.reach.get((sheet.name, place), ("", "", NOT_READ))
                blank = value in (NOT_READ, None, ())
                codes = self._naming(sheet, place, mark)
                if self._is_read_right(sheet, place, cell, (block, key, value)):
                    self._settle(sheet, mark)
                elif codes and (blank or not set(codes) <= set(READ_ALL_THE_SAME)):
                    named += 1
                    self._settle(sheet, mark)
                else:
                    kind = "lost" if blank else "misread"
                    name = f"{mark.block}.{mark.key}"
                    loss = Loss(kind, sheet.name, place, name, cell.value, mark.accept, _plain(value))
                    pending.append((sheet, loss, mark))
        losses = [loss for sheet, loss, mark in pending if loss.kind == "misread" or not self._is_settled(sheet, mark)]
        losses += self._invented()
        return Verdict(followed, named, tuple(losses), tuple(self._alarms()))

    def _is_read_right(self, sheet: Sheet, place: Place, cell: Cell, read: tuple[str, str, object]) -> bool:
        """Whether what was read is what is seen: in its column, or in the one whose heading stands above it now."""
        block, key, value = read
        mark = cell.mark
        if mark is None or block != mark.block:
            return False
        if key == mark.key:
            return _is_right(value, mark)
        heads = [
            (row, head)
            for (row, col), head in sheet.cells.items()
            if col == place[1]
            and row < place[0]
            and head.mark
            and (head.mark.block, head.mark.role) == (block, "header")
        ]
        _, head = max(heads, key=lambda item: item[0], default=(0, cell))
        own = self.layout.tables[block].by_key[key].label if heads else ""
        return head.typed and head.value == own and (_is_right(value, mark) or _is_as_shown(value, cell))

    def _settle(self, sheet: Sheet, mark: Mark) -> None:
        self.settled.setdefault((mark.block, mark.key, mark.record, mark.accept), set()).add(sheet.name)

    def _is_settled(self, sheet: Sheet, mark: Mark) -> bool:
        """Whether this stands on a copy of a sheet, and the same in the same record was read or named on the other."""
        there = self.settled.get((mark.block, mark.key, mark.record, mark.accept), set())
        return bool(there - {sheet.name})

    def _reached(self) -> Iterator[tuple[tuple[str, Place], tuple[str, str, object]]]:
        """Each cell that a record or a form was read from, with what was read."""
        for name, rows in self.read.rows.items():
            table = self.found.tables[name]
            for row in rows:
                for key, value in row.values.items():
                    yield (table.sheet.name, (row.row, table.columns[key])), (name, key, value)
        for name, values in self.read.forms.items():
            form = self.found.forms[name]
            for key, value in values.items():
                if key in form.cells:
                    yield (form.sheet.name, form.cells[key]), (name, key, value)

    def _matters(self, sheet: Sheet, place: Place, cell: Cell, mark: Mark) -> bool:
        """Not the id of a row in which nothing else is left: such a row is spare."""
        table = self.layout.tables.get(mark.block)
        if table is None or not table.spec.prefix or mark.key != table.columns[0].key:
            return True
        others = sheet.by_row[place[0]].values()
        return any(
            other.filled and other is not cell and other.mark.block == mark.block for other in others if other.mark
        )

    def _naming(self, sheet: Sheet, place: Place, mark: Mark) -> list[str]:
        return [problem.code for problem in self.problems if self._covers(problem, sheet, place, mark)]

    def _covers(self, problem: Problem, sheet: Sheet, place: Place, mark: Mark) -> bool:
        """Whether a person who reads the problem looks at this cell."""
        row, col = place
        here = problem.cell.sheet == sheet.name
        values = problem.values
        match problem.code:
            case "sheet.missing":
                return values.get("table") == self._sheet_of(mark.block)
            case "table.missing":
                return values.get("table") == self._title(mark.block)
            case "table.missing-column" | "form.missing-field":
                return here and values.get("column") == self.labels.get((mark.block, mark.key))
            case "table.duplicate-column" | "table.unnamed-column":
                return here and col == problem.cell.col and row > problem.cell.row
            case "table.twice":
                titled = values.get("table") == self._title(mark.block)
                return (
                    here and titled and problem.cell.row <= row < self._next_header(sheet, mark.block, problem.cell.row)
                )
            case "column.more":
                return here and col == problem.cell.col and problem.cell.row <= row <= int(str(values["last"]))
            case code if code.startswith(("workbook.", "set.")):
                return False
        return here and row == problem.cell.row and problem.cell.col <= col <= _until(problem)

    def _next_header(self, sheet: Sheet, block: str, top: int) -> int:
        """The row where the table begins once more below its headings in or under `top`."""
        headers = sorted(
            row
            for row, line in sheet.by_row.items()
            if row >= top
            and any(cell.mark and cell.mark.block == block and cell.mark.role == "header" for cell in line.values())
        )
        return headers[1] if len(headers) > 1 else sheet.size[0] + 1

    def _sheet_of(self, block: str) -> str:
        return {**self.layout.tables, **self.layout.forms}[block].sheet

    def _title(self, block: str) -> str:
        placed = {**self.layout.tables, **self.layout.forms}[block]
        return self.layout.words.text(placed.spec.title) or placed.sheet

    def _labels(self) -> Iterator[tuple[tuple[str, str], str]]:
        for name, table in self.layout.tables.items():
            yield from (((name, column.key), message_label(column, self.layout)) for column in table.columns)
        for name, form in self.layout.forms.items():
            yield from (((name, item.id), self.layout.words.text(item.label)) for item in form.spec.fields)

    def _invented(self) -> Iterator[Loss]:
        """Values that were read where nobody filled that field in."""
        for (sheet_name, place), (block, key, value) in self.reach.items():
            if value is None or value == ():
                continue
            sheet = self.book.find(sheet_name)
            cell = sheet.cells.get(place)
            mark = cell.mark if cell is not None else None
            if mark is not None and mark.accept is not None:
                continue  # judged by itself
            if self._is_spare_id(mark, sheet, place, block, key) or self._from_merge(sheet, place, value):
                continue
            if mark is not None and mark.role in ("remark", "end") and cell is not None and _is_as_shown(value, cell):
                continue
            if not any(self._covers(problem, sheet, place, Mark(block, "data", key)) for problem in self.problems):
                shows = cell.value if cell is not None else None
                yield Loss("invented", sheet_name, place, f"{block}.{key}", shows, (), _plain(value))

    def _is_spare_id(self, mark: Mark | None, sheet: Sheet, place: Place, block: str, key: str) -> bool:
        """The id of a spare row is read where a person typed something into that row."""
        table = self.layout.tables.get(block)
        if table is None or mark is None or mark.role != "spare" or key != table.columns[0].key:
            return False
        return any(cell.filled for cell in sheet.by_row[place[0]].values())

    def _from_merge(self, sheet: Sheet, place: Place, value: object) -> bool:
        span = sheet.merge_at(*place)
        top = sheet.cells.get((span[0], span[1])) if span is not None else None
        accept = top.mark.accept if top is not None and top.mark is not None else None
        return any(same(value, item) for item in accept or ())

    def _alarms(self) -> Iterator[Alarm]:
        """Problems with cells that nobody edited, and that were read."""
        ids = {
            str(shown.value) for sheet in self.book.sheets for shown in sheet.cells.values() if self._is_id(shown.mark)
        }
        for problem in self.problems:
            if not problem.code.startswith(("cell.", "id.")) or not self._is_sheet(problem.cell.sheet):
                continue
            place = problem.cell.row, problem.cell.col
            cell = self.book.find(problem.cell.sheet).cells.get(place)
            if cell is None or not cell.filled or cell.typed:
                continue
            if problem.code == "cell.not-in-open-list" and not self.book.has(self.layout.lists_sheet):
                continue  # the words that people added went with the sheet
            if problem.code == "id.duplicate" or (problem.code == "id.unknown" and problem.values["found"] not in ids):
                continue
            yield Alarm(problem.code, problem.cell.sheet, place, cell.value)

    def _is_id(self, mark: Mark | None) -> bool:
        table = self.layout.tables.get(mark.block) if mark is not None else None
        return mark is not None and table is not None and bool(table.spec.prefix) and mark.key == table.columns[0].key

    def _is_sheet(self, name: str) -> bool:
        return any(sheet.name == name for sheet in self.book.sheets)


def _until(problem: Problem) -> int:
    col = 0
    for letter in problem.until:
        col = col * 26 + ord(letter) - 64
    return min(col, MAX_COL) or problem.cell.col


def same(read: object, wanted: object) -> bool:
    """Whether a value is the one that is wanted: a number is no truth, and a text no number."""
    if isinstance(read, bool) or isinstance(wanted, bool):
        return read is wanted
    if isinstance(read, int | Decimal) and isinstance(wanted, int | Decimal):
        return read == wanted
    return type(read) is type(wanted) and read == wanted


def _is_right(value: object, mark: Mark) -> bool:
    return any(same(value, item) for item in mark.accept or ())


def _is_as_shown(value: object, cell: Cell) -> bool:
    text = str(cell.value).strip()
    return value in (text, (text,))


def _plain(value: object) -> object:
    return "not read" if value is NOT_READ else value


def figures(verdicts: Sequence[Verdict]) -> Mapping[str, int]:
    """The sums over many cases."""
    return {
        "cases": len(verdicts),
        "followed": sum(item.followed for item in verdicts),
        "losses": sum(len(item.losses) for item in verdicts),
        "named": sum(item.named for item in verdicts),
        "alarms": sum(len(item.alarms) for item in verdicts),
    }
