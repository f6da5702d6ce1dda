"""The damage report: problems sheet by sheet for the person who repairs a workbook, as sections and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from smsheets.analysis.context import Term
from smsheets.cells import column_letters, quote_sheet
from smsheets.problems import (
    NOTHING,
    SOME_NUMBER,
    SUMMED_UP,
    MissingInput,
    Problem,
    Quoted,
    count_problems,
    problem_texts,
    without_hints,
)
from smsheets.report.document import Entry, Line, Part, Section, Shown, Verbatim, in_one_line
from smsheets.report.json import View, json_bytes, schema_bytes
from smsheets.report.json_view import MissingView
from smsheets.report.wording import Words, problem_lines


class CheckedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One workbook that was checked. `problems` are in the order of its tabs."""

    file: str
    kind: str
    language: str
    problems: tuple[Problem, ...]
    missing: tuple[MissingInput, ...]
    notes: tuple[str, ...]

    @property
    def to_repair(self) -> tuple[Problem, ...]:
        """The problems that call for a repair: what was understood as it was meant is none."""
        return without_hints(self.problems)


def damage_sections(checked: CheckedFile) -> Iterator[Section]:
    """One workbook's problems under the names of its sheets, then what was understood; one line where all is well."""
    summary = summary_line(checked.problems, checked.missing)
    notes = [Line("{file}: {says}", {"file": Verbatim(checked.file), "says": Line(note)}) for note in checked.notes]
    if not checked.problems:
        yield Section("", (Line("{file}: {says}", {"file": Verbatim(checked.file), "says": summary}), *notes))
        return
    yield Section(Verbatim(checked.file), (summary, *notes), chapter=True)
    sheets: dict[str, list[Part]] = {}
    for group in group_problems(checked.to_repair):
        sheets.setdefault(group.sheet, []).append(_check_entry(group))
    for sheet, parts in sheets.items():
        yield Section(Verbatim(sheet), tuple(parts))
    if hints := hint_lines(checked.problems):
        words = any(problem.is_hint and "read" in problem.values for problem in checked.problems)
        yield Section("Understood", (*hints, Line(_PICK_WORDS if words else _NOTHING_TO_DO)))


_NOTHING_TO_DO = "Nothing has to be done: reports count these as you meant them."
_PICK_WORDS = (
    "Nothing has to be done: reports count these as you meant them. Pick a word from its list if the sheet's own "
    "figures are to count it, too."
)


def hint_lines(problems: Iterable[Problem], *, whole: bool = False) -> tuple[Line, ...]:
    """What was understood as it was meant, the same words of a column in one line.

    Args:
        whole: Name the workbooks and every cell, as a report on several workbooks does.
    """
    groups = group_problems(problem for problem in problems if problem.is_hint)
    return tuple(Line("{where}: {says}", _hint_values(group, whole=whole)) for group in groups)


def _hint_values(group: ProblemGroup, *, whole: bool) -> dict[str, Shown]:
    first, *others = group.all_cells
    whole_place = (f"{group.file}: {quote_sheet(group.sheet)}!{first}", *others)
    return {"where": tuple(map(Verbatim, whole_place if whole else (group.place,))), "says": group.hint}


def summary_line(problems: Sequence[Problem], missing: Sequence[MissingInput]) -> Line:
    """`3 problems on 2 sheets; 12 fields still to fill in.`, or that all is well."""
    wrong = without_hints(problems)
    counts: list[Line] = []
    if wrong:
        sheets = len({problem.cell.sheet for problem in wrong})
        values = {"problems": _counted("{count} problems", wrong), "sheets": Line("{count} sheets", {"count": sheets})}
        counts.append(Line("{problems} on {sheets}", values))
    if understood := [problem for problem in problems if problem.is_hint]:
        counts.append(_counted("{count} cells understood", understood))
    if inputs := sum(max(item.count, 1) for item in missing):
        counts.append(Line("{count} fields still to fill in", {"count": inputs}))
    if not wrong:
        counts.insert(0, Line("All is well"))
    return Line("{verdict}.", {"verdict": in_one_line(counts)})


def _counted(text: str, problems: Iterable[Problem]) -> Line:
    return Line(text, {"count": count_problems(problems)})


class ProblemGroup(msgspec.Struct, frozen=True):
    """The problems of one kind in one column of a sheet, in the order of their cells."""

    problems: tuple[Problem, ...]

    @property
    def file(self) -> str:
        """The workbook."""
        return self.problems[0].cell.file

    @property
    def sheet(self) -> str:
        """The name of the sheet."""
        return self.problems[0].cell.sheet

    @property
    def count(self) -> int:
        """How many problems they are."""
        return count_problems(self.problems)

    @property
    def cells(self) -> str:
        """Its cells, of many the first few and the last: `B6, B9:B12, … B84`."""
        *first, last = [*_runs(self._named), *self._ends]
        if len(first) <= _CELLS_SHOWN and not self._ends:
            return ", ".join([*first, last])
        return f"{', '.join(first[:_CELLS_SHOWN])}, … {last}"

    @property
    def all_cells(self) -> tuple[str, ...]:
        """Every one of its cells, those right below each other as a range."""
        return (*_runs(self._named), *(f"… {end}" for end in self._ends))

    @property
    def cells_with_values(self) -> tuple[Line | Verbatim, ...]:
        """Every one of its cells with what was found in it: `B6:B8 'soon'`."""
        runs = [(Verbatim(run), found) for found, same in groupby(self._named, _found) for run in _runs(list(same))]
        named = (run if found is None else Line("{cell} {found}", {"cell": run, "found": found}) for run, found in runs)
        return (*named, *(Verbatim(f"… {end}") for end in self._ends))

    @property
    def _named(self) -> Sequence[Problem]:
        """The problems that name a cell each; the first of those that are only counted where there is no other."""
        return [problem for problem in self.problems if problem.code != SUMMED_UP] or self.problems[:1]

    @property
    def _ends(self) -> list[str]:
        """The last cells of those that are only counted."""
        return [
            f"{problem.until or column_letters(problem.cell.col)}{problem.values['last']}"
            for problem in self.problems
            if problem.code == SUMMED_UP
        ]

    @property
    def place(self) -> str:
        """Its cells with their sheet, as a name box takes the first of them."""
        return f"{quote_sheet(self.sheet)}!{self.cells}"

    @property
    def lines(self) -> tuple[Line, Line]:
        """What is wrong and what to do, said once for all."""
        first = self.problems[0]
        if len(self.problems) == 1:
            return problem_lines(first)
        text = problem_texts()[first.kind]
        values = {**problem_lines(first)[0].values, "count": self.count}
        return Line(text.several, values), Line(text.several_todo or text.todo, values)

    @property
    def found(self) -> tuple[Verbatim | Term, ...]:
        """The first few of the values that were found; empty where the problem is not about values."""
        return _together([found for problem in self.problems if (found := _found(problem)) is not None])

    @property
    def hint(self) -> Line:
        """What was understood, in a few words."""
        first = self.problems[0]
        says, _ = problem_lines(first)
        if first.code == SUMMED_UP:
            return says
        return Line(problem_texts()[first.kind].hint, {**says.values, "found": self.found})


_CELLS_SHOWN = 3
_SOME_SHOWN = 3  # values of many cells, as examples


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """The problems of one kind in one column together, in the order of their first cells.

    A kind whose text has no form for several cells is said cell by cell.
    """
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        text = problem_texts()[problem.kind]
        groups.setdefault(_alike(problem) if text.several or text.hint else number, []).append(problem)
    return [ProblemGroup(tuple(group)) for group in groups.values()]


def _alike(problem: Problem) -> tuple[object, ...]:
    """The same for problems that are said together: one kind, one column of one table; of hints what was read, too."""
    cell, values = problem.cell, problem.values
    about = (values.get("column"), values.get("table"), values.get("read") if problem.is_hint else "")
    return problem.kind, cell.file, cell.sheet, cell.col, problem.until, about


def _found(problem: Problem) -> Verbatim | Term | None:
    """The value that was found; None where the problem is not about one."""
    found = problem.values.get("found")
    if found is None:
        return None
    if isinstance(found, Quoted):
        return Verbatim(f"'{found.text}'")
    return Term(found) if found == NOTHING else Verbatim(found)


def _runs(problems: Sequence[Problem]) -> Iterator[str]:
    """The cells of problems of one column, those right below each other as a range."""
    first = last = problems[0]
    for problem in problems[1:]:
        if problem.cell.row > last.cell.row + 1:
            yield cells_text(first, last)
            first = problem
        last = problem
    yield cells_text(first, last)


def cells_text(first: Problem, last: Problem | None = None) -> str:
    """The cells of a problem, or of several under each other: `H14`, `B3:F3`, `H14:H19`."""
    until = (last or first).cell.row
    letters = first.until or column_letters(first.cell.col)
    end = f"{letters}{until}"
    return first.cell.a1 if end == first.cell.a1 else f"{first.cell.a1}:{end}"


def _check_entry(group: ProblemGroup) -> Entry:
    """A group below the name of its workbook and sheet, with the first of its cells and of what was found."""
    entry = _entry(group, group.place)
    if len(group.problems) == 1 or not group.found:
        return entry
    says = Line("{says} Found: {found}", {"says": entry.says, "found": group.found})
    return msgspec.structs.replace(entry, says=says)


def whole_entry(group: ProblemGroup) -> Entry:
    """A group with its workbook and every one of its cells."""
    is_said = len(group.problems) == 1 or (group.cells == ", ".join(group.all_cells) and not group.found)
    cells = () if is_said else group.cells_with_values
    return msgspec.structs.replace(_entry(group, f"{group.file}: {group.place}"), cells=cells)


def _entry(group: ProblemGroup, where: str) -> Entry:
    says, todo = group.lines
    name, link = group.problems[0].kind, _address(group)
    return Entry(level="problem", says=says, todo=todo, where=where, name=name, link=link, count=group.count)


def _together(values: Sequence[Verbatim | Term]) -> tuple[Verbatim | Term, ...]:
    """The values that differ, the first few of many."""
    different = list(dict.fromkeys(values))
    more = (Verbatim("…"),) if len(different) > _SOME_SHOWN else ()
    return (*different[:_SOME_SHOWN], *more)


def _address(group: ProblemGroup) -> str:
    """Where a spreadsheet program opens the file at the first cell."""
    where = f"{quote_sheet(group.sheet)}!{cells_text(group.problems[0])}"
    return f"{Path(group.file).absolute().as_uri()}#{quote(where, safe='!:')}"


CHECK_SCHEMA = "smsheets.check/1"
"""Name and version of the JSON; raised when a key is renamed or dropped."""

_EXPECTING = ("cell.", "id.")
"""Codes whose problems say what belongs into the cell."""


class CellProblemView(View, frozen=True, kw_only=True):
    """A problem in words, with its cell.

    Attributes:
        until: The last column's letters where it concerns a run of cells in one row.
        hint: Whether the value was understood as it was meant, so that nothing has to be done.
        link: For a hyperlink inside the workbook: `#'Budget'!H14`.
        found: What stands there.
        guess: What was probably meant.
        expected: What belongs there, or was read instead.
    """

    file: str
    sheet: str
    cell: str
    until: str
    row: int
    col: int
    link: str
    code: str
    hint: bool
    says: str
    todo: str
    found: str | None
    guess: str | None
    expected: str | None

    @classmethod
    def _own(cls, source: Problem, words: Words) -> dict[str, Any]:
        says, todo = problem_lines(source)
        cell = source.cell
        doubled = cell.sheet.replace("'", "''")
        values = {name: words.value(value) for name, value in says.values.items()}
        expects = source.code.startswith(_EXPECTING) and source.values.get("read") != SOME_NUMBER
        return {
            "file": cell.file,
            "sheet": cell.sheet,
            "cell": cell.a1,
            "row": cell.row,
            "col": cell.col,
            "hint": source.is_hint,
            "link": f"#'{doubled}'!{cells_text(source)}",
            "says": words.value(says),
            "todo": words.value(todo),
            "found": values.get("found"),
            "guess": values.get("guess"),
            "expected": values.get("read") if expects else None,
        }


class CheckedFileView(View, frozen=True, kw_only=True):
    """A workbook that was checked; `problems` are in the order of its tabs, then by row and column."""

    file: str
    kind: str
    language: str
    problems: tuple[CellProblemView, ...]
    missing: tuple[MissingView, ...]
    notes: tuple[str, ...]

    @classmethod
    def _own(cls, source: CheckedFile, words: Words) -> dict[str, Any]:
        return {"notes": tuple(words.text(note) for note in source.notes)}


class CheckView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `smsheets check` says."""

    schema: str = CHECK_SCHEMA
    files: tuple[CheckedFileView, ...]


def render_check(files: Iterable[CheckedFile], words_for: Callable[[CheckedFile], Words]) -> bytes:
    """The damage report as indented JSON in UTF-8."""
    return json_bytes(CheckView(files=tuple(CheckedFileView.make(item, words_for(item)) for item in files)))


def check_schema() -> bytes:
    """The JSON Schema of what `render_check` gives."""
    return schema_bytes(CheckView)
