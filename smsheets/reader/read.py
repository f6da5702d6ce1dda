"""A filled workbook -> its plan and its problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from smsheets.calc.engine import engine_available
from smsheets.errors import NotAPlanError, WorkbookFileError
from smsheets.layout.items import weekend_of
from smsheets.layout.lists import Vocabulary
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.plan.record import Plan
from smsheets.problems import SUMMED_UP, MissingInput, OwnColumn, Problem, make_problem, without_hints
from smsheets.reader.checks import CHECKS
from smsheets.reader.checks.columns import own_columns
from smsheets.reader.checks.formulas import check_figures_are_right
from smsheets.reader.checks.references import missing_inputs
from smsheets.reader.checks.structure import own_sheets
from smsheets.reader.file.limits import USUAL, Limits
from smsheets.reader.file.source import GivenFile, SourceWorkbook, given_file, open_workbook
from smsheets.reader.identity.identify import identify
from smsheets.reader.lists import ReadLists, read_lists
from smsheets.reader.places.found import Found, FoundTable
from smsheets.reader.places.locate import locate
from smsheets.reader.plans import build_plan
from smsheets.reader.rows import METRIC_DEFINITIONS, Checked, Reading, ReadRow, read_form, read_table
from smsheets.reader.values.scope import Value
from smsheets.reader.values.words import normal_label
from smsheets.spec.load import LeanWorkbook

if TYPE_CHECKING:
    from smsheets.reader.file.source import Given

LISTED = 200
"""Problems of one kind in one column that are listed one by one."""


class _More(msgspec.Struct):
    """Problems that are only counted: the first of them, how many, and the last row."""

    first: Problem
    count: int
    last_row: int


class _ProblemList(list[Problem]):
    """Problems in the order they are found. Of one kind in one column, those past the first 200 are counted."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[tuple[str, str, int], int] = {}
        self._more: dict[tuple[str, str, int], _More] = {}

    def append(self, problem: Problem) -> None:
        """Adds one problem."""
        cell = problem.cell
        key = (problem.code, cell.sheet, cell.col)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= LISTED:
            super().append(problem)
            return
        more = self._more.setdefault(key, _More(problem, 0, 0))
        more.count += 1
        more.last_row = max(more.last_row, cell.row)
        if cell.row < more.first.cell.row:
            more.first = problem

    def extend(self, problems: Iterable[Problem]) -> None:
        """Adds several."""
        for problem in problems:
            self.append(problem)

    def complete(self) -> list[Problem]:
        """All problems, and one for each run of those that were only counted."""
        return [*self, *(_summed_up(more) for more in self._more.values())]


def _summed_up(more: _More) -> Problem:
    if more.count == 1:
        return more.first
    named = {name: value for name, value in more.first.values.items() if name in ("column", "table")}
    return make_problem(
        SUMMED_UP,
        more.first.cell,
        "",
        first=str(LISTED),
        count=str(more.count),
        last=str(more.last_row),
        kind=more.first.code,
        **named,
    )


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """One workbook, read.

    Attributes:
        kind: `budget`, ...; a kind of its own for a user's own spec.
        plan: Its typed plan; a plain `Plan` for a kind of its own.
        rows: Table id -> the records as they were read, for every record table.
        forms: Form id -> field id -> value.
        problems: What is wrong in it, by sheet and cell.
        missing: What is still to fill in.
        notes: Plain remarks about the file.
        own_columns: Table id -> columns that a person added; they are left alone.
        own_sheets: The names of the sheets that a person added.
    """

    file: str
    kind: str
    language: str
    currency: str
    plan: Plan
    rows: Mapping[str, tuple[ReadRow, ...]]
    forms: Mapping[str, Mapping[str, Value]]
    problems: tuple[Problem, ...]
    missing: tuple[MissingInput, ...]
    notes: tuple[str, ...]
    layout: Layout
    own_columns: Mapping[str, tuple[OwnColumn, ...]] = field(default_factory=dict)
    own_sheets: tuple[str, ...] = ()

    @property
    def to_repair(self) -> tuple[Problem, ...]:
        """The problems that call for a repair: what was understood as it was meant is none."""
        return without_hints(self.problems)


@dataclass(frozen=True, slots=True)
class OpenWorkbook:
    """A workbook that was read, with the cells it was read from and where its tables and forms were found."""

    source: SourceWorkbook
    found: Found
    read: ReadWorkbook


def open_given(given: Given, limits: Limits = USUAL, name: str = "") -> tuple[GivenFile, OpenWorkbook]:
    """A workbook that was given in any way, read, and its file. Nothing that was given is changed.

    Args:
        name: Of a workbook without a path.

    Raises:
        WorkbookFileError: As for `read_workbook`.
    """
    file = given_file(given, name, limits)
    source = open_workbook(file.content, limits, file.name)
    source = msgspec.structs.replace(source, calculated=file.calculated)
    return file, read_source(source, file.name, limits)


def read_workbook(given: Given, limits: Limits = USUAL, name: str = "") -> ReadWorkbook:
    """Reads a filled workbook. The file is never changed.

    Args:
        name: Of a workbook without a path.

    Raises:
        WorkbookFileError: It is no .xlsx workbook, or not one of ours; the text says what it is and what to do.
    """
    return open_given(given, limits, name)[1].read


def read_source(
    source: SourceWorkbook, path: str, limits: Limits = USUAL, *, with_figures: bool = True
) -> OpenWorkbook:
    """Reads a workbook whose file was opened.

    Args:
        path: The file as messages name it.
        with_figures: Whether the sheets' own figures are checked, which takes most of the time.

    Raises:
        WorkbookFileError: It is not one of ours, or one of its tables is too long.
    """
    path = path.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    identity = identify(source)
    if identity is None:
        from smsheets.reader.foreign.describe import describe_foreign
        from smsheets.reader.identity.claims import is_report

        raise NotAPlanError(f"{path}: {describe_foreign(source)}", is_report=is_report(source))
    lists = read_lists(source, identity.spec, identity.profile)
    layout = place_workbook(identity.spec, identity.profile, own_spec=identity.own_spec, shown=lists.shown)
    found = locate(source, layout)
    for table in found.tables.values():
        if len(table.rows.records) > limits.rows:
            raise WorkbookFileError(
                f"{path}: the table '{table.sheet.name}' has more than {limits.rows:,} filled rows. "
                "Delete those that are not needed and save it again, or allow more with --max-rows."
            )
    problems = _ProblemList()
    reading = Reading(path, layout, Vocabulary(layout, lists.added, normal_label), problems)
    filled = {name: table for name, table in found.tables.items() if not table.placed.spec.computed}
    read_first = {name: read_table(filled[name], reading) for name in filled if name == METRIC_DEFINITIONS}
    rows = {name: read_first.get(name) or read_table(table, reading) for name, table in filled.items()}
    forms = {name: read_form(form, reading) for name, form in found.forms.items()}
    checked = Checked(
        source=source,
        found=found,
        reading=reading,
        rows=rows,
        version=identity.version,
        lists=lists,
        sized=_sized(found, layout, lists),
        checked_rows={name: _checked_rows(found.tables[name]) for name in rows},
    )
    for check in CHECKS:
        if with_figures or check is not check_figures_are_right:
            problems.extend(check(checked))
    notes = source.notes
    if checked.has_figures and not engine_available():
        notes += (_NOT_CHECKED,)
    if any(_used_rows(table) > _checked_rows(table) for table in checked.record_tables):
        notes += (_NOT_ALL_CHECKED,)
    own = {name: own_columns(found.tables[name], checked) for name in rows}
    read = ReadWorkbook(
        file=path,
        kind=identity.spec.kind,
        language=identity.profile.language,
        currency=identity.profile.currency,
        plan=_completed(build_plan(identity.spec.kind, found, rows, forms, path), layout),
        rows=rows,
        forms=forms,
        problems=_sort_problems(problems.complete(), source),
        missing=tuple(missing_inputs(found, rows, forms, reading)),
        notes=notes,
        layout=layout,
        own_columns={name: columns for name, columns in own.items() if columns},
        own_sheets=own_sheets(checked),
    )
    return OpenWorkbook(source, found, read)


def _completed(plan: Plan, layout: Layout) -> Plan:
    """The plan with what a lean workbook left out, and its country's weekend where it should say one and does not."""
    if isinstance(layout.spec, LeanWorkbook):
        plan = msgspec.structs.replace(plan, left_out=layout.spec.left_out)
    start = layout.forms.get("start")
    if plan.start.weekend is not None or start is None or "weekend" not in start.row_of:
        return plan
    return msgspec.structs.replace(plan, start=msgspec.structs.replace(plan.start, weekend=weekend_of(layout.profile)))


_NOT_CHECKED = "The sheet's own figures could not be checked: the engine for that is not available for this computer."


_NOT_ALL_CHECKED = "The sheet's own figures were checked in the first rows of a very long table only."
_CHECKED_CELLS = 60_000
"""Formulas of a table that are checked, row by row: a lone cell in the last row of a sheet is no reason for more."""


def _used_rows(table: FoundTable) -> int:
    return max(table.rows.records, default=table.header_row) - table.header_row


def _checked_rows(table: FoundTable) -> int:
    return _CHECKED_CELLS // max(sum(column.spec.formula is not None for column in table.placed.columns), 6)


def _sized(found: Found, layout: Layout, lists: ReadLists) -> Layout:
    """The layout with the ranges that the file's formulas have.

    A table that no formula names gets enough rows for each of the user's rows to have its number.
    """
    records = {name: table for name, table in found.tables.items() if not table.placed.spec.computed}
    counts = {name: min(_used_rows(table), _checked_rows(table)) for name, table in records.items()}
    ranges = {
        name: (table.ranges[0] - table.header_row, table.ranges[1] - table.header_row)
        for name, table in records.items()
        if table.ranges is not None
    }
    return place_workbook(
        layout.spec, layout.profile, counts, own_spec=layout.own_spec, shown=lists.shown, ranges=ranges
    )


def _sort_problems(problems: list[Problem], source: SourceWorkbook) -> tuple[Problem, ...]:
    """Problems in the order of the sheets' tabs, then by row and column; one per cell and code."""
    order = {sheet.name: number for number, sheet in enumerate(source.sheets)}
    unique = {(problem.code, problem.cell, problem.says): problem for problem in problems}
    return tuple(sorted(unique.values(), key=lambda p: (order.get(p.cell.sheet, 0), p.cell.row, p.cell.col, p.code)))
