"""A person's workbook -> a fresh one of the current template with the same plan, and a list of what is not in it.

A lean workbook is repaired as a lean one, or grows into the whole template.

What a person finds in the repaired workbook:

- Every formula, dropdown, look and chart of the current template; an older template is lifted to it. What the file
  does not have at all - a sheet, a line of a form - is there as in a new workbook; a column that is gone is empty.
- Everything that was read, as real numbers and dates and the lists' own words, the rows in their order without the
  blank ones between them. Own words of open lists are on the Lists sheet.
- A text that could not be read, in its place as it was typed, so that its owner sees it where it is to be mended, and
  on the list too. It counts as nothing, as it did before; where it would count as something now, only the list has it.
- Own columns to the right of their table, own sheets behind ours: values, no formulas, formats, charts or notes.
- A list of the values that are something else now than what was typed, such as numbers that were texts.
- The list, on the last sheet: whatever else was in a cell, letter by letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smsheets.cells import CellRef
from smsheets.errors import WorkbookFileError
from smsheets.layout.cells_of import ValueSheet, legal_names
from smsheets.layout.content import CellValue, Filling
from smsheets.layout.lists import Vocabulary
from smsheets.layout.placed import Layout
from smsheets.reader.file.limits import USUAL, Limits
from smsheets.reader.file.source import open_workbook
from smsheets.reader.lists import ReadLists, read_lists
from smsheets.reader.read import OpenWorkbook, read_source
from smsheets.reader.values.words import normal_label
from smsheets.report.wording import Words
from smsheets.rewrite.account import Change, LeftOver, changed_values, left_over
from smsheets.rewrite.draft import Draft, make_draft, more_metrics
from smsheets.rewrite.furniture import Furniture, OwnPlace, own_columns, own_places, rows_to_keep, value_sheet
from smsheets.rewrite.refill import ShownValues, fill_layout, refilled_layout, starting_filling
from smsheets.spec.load import load_spec
from smsheets.spec.model import Table, Workbook
from smsheets.writer.workbook import ComputedValues

_LONGEST = 32_000
"""A cell holds 32,767 characters; a longer text goes on in the next row."""

_HEADS = ("Sheet", "Cell", "What stood there", "Why", "What to do", "Stands in this cell now")
_WIDTHS = (20, 10, 44, 60, 60, 20)


def _list_sheet(items: Sequence[LeftOver], draft: Draft, layout: Layout) -> ValueSheet:
    """The sheet, in the workbook's language: one row per thing, its content letter by letter.

    Args:
        layout: Of the repaired workbook.
    """
    words = Words(layout.profile.language)
    rows: list[Sequence[CellValue]] = [[words.text(_HEADS[n]) for n in range(len(_HEADS))]]
    for item in items:
        where = (item.cell.sheet, item.cell.a1) if item.has_cell else (None, None)
        content = item.content
        rest = [content[start : start + _LONGEST] for start in range(_LONGEST, len(content), _LONGEST)]
        why, todo = (words.text(line.text, line.values) for line in (item.why, item.todo))
        now = str(CellRef("", *draft.place_of(item.place, layout))) if item.place is not None else None
        rows.append((*where, content[:_LONGEST], why, todo, now))
        rows += [(*where, piece) for piece in rest]
    return ValueSheet(name=words.text("Not brought over"), rows=rows, header_rows=1, widths=_WIDTHS)


def _sheet_of_changes(changes: Sequence[Change], draft: Draft, layout: Layout) -> ValueSheet:
    """The sheet that lists every changed value."""
    words = Words(layout.profile.language)
    heads = ("Sheet", "Cell", "Column", "What stood there", "What it is now", "Stands in this cell now")
    rows: list[Sequence[CellValue]] = [[words.text(head) for head in heads]]
    for item in changes:
        now = str(CellRef("", *draft.place_of(item.place, layout)))
        rows.append((item.cell.sheet, item.cell.a1, item.column, item.found[:_LONGEST], item.now[:_LONGEST], now))
    return ValueSheet(name=words.text("Changed values"), rows=rows, header_rows=1, widths=(20, 10, 30, 30, 30, 20))


_ROUNDS = 4
"""A cell has three things it may hold: the value, what was typed, nothing."""

_NO_LIMITS = Limits.of(100_000.0, 100_000_000, 10_000_000)
"""The draft is our own file: it may be larger than what people send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A repaired workbook.

    Attributes:
        data: The bytes of the file.
        rows: Table id -> how many rows were brought over.
        changes: Every value that is something else now than what was typed, in the order of their list.
        left_over: What was not brought over as it was, in the order of the list.
        own_columns: The headings of the person's own columns.
        own_sheets: The names of the person's own sheets, as they are now.
        list_name: The sheet with the list; empty where there is nothing to list.
        changes_name: The sheet with the changes; empty where there are none.
    """

    data: bytes
    rows: Mapping[str, int]
    changes: tuple[Change, ...]
    left_over: tuple[LeftOver, ...]
    own_columns: tuple[str, ...]
    own_sheets: tuple[str, ...]
    list_name: str
    changes_name: str

    @property
    def is_whole(self) -> bool:
        """True if everything was brought over."""
        return not any(item.lost for item in self.left_over)


def repair(opened: OpenWorkbook, limits: Limits = USUAL) -> Repaired:
    """The repaired workbook. The person's file is not touched.

    Raises:
        NotWrittenError: A limit of the file format is passed.
        WorkbookFileError: So many cells would be written anew that it takes too long.
    """
    return _repaired(_Repair(opened, opened.read.layout.spec), limits)


def grow(opened: OpenWorkbook, limits: Limits = USUAL) -> Repaired:
    """A lean workbook repaired into the whole template, whose other sheets and metrics are as in a new one.

    Raises:
        NotWrittenError: As for `repair`.
        WorkbookFileError: As for `repair`; or it is no lean workbook.
    """
    if not opened.read.layout.is_lean:
        raise WorkbookFileError(f"{opened.read.file}: this workbook is whole already, so there is nothing to add.")
    return _repaired(_Repair(opened, load_spec(opened.read.kind)), limits)


def _repaired(work: _Repair, limits: Limits) -> Repaired:
    opened = work.opened
    _check_size(work, limits)
    data, again = work.tried()
    items = left_over(opened, work.draft, work.own, work.furniture, again, _MOST_LISTED)
    if len(items) > _MOST_LISTED:
        raise WorkbookFileError(
            f"{opened.read.file}: more than {_MOST_LISTED:,} of its cells have no place in the template, "
            "too many to be listed. Delete those that are not needed and save it again."
        )
    changes = changed_values(opened, work.draft)
    changed = [_sheet_of_changes(changes, work.draft, work.layout)] if changes else []
    listed = [_list_sheet(items, work.draft, work.layout)] if items else []
    sheets = [*work.sheets, *changed, *listed]
    names = legal_names(
        [sheet.name for sheet in sheets], [item.name for item in work.layout.sheets] + [work.layout.lists_sheet]
    )
    return Repaired(
        data=work.written(sheets) if changed or listed else data,
        rows={name: len(rows) for name, rows in opened.read.rows.items()},
        changes=tuple(changes),
        left_over=tuple(items),
        own_columns=tuple(place.heading for place in work.own),
        own_sheets=tuple(names[: len(work.sheets)]),
        list_name=names[-1] if items else "",
        changes_name=names[len(work.sheets)] if changes else "",
    )


_MOST_LISTED = 20_000
"""Things on the list of what was not brought over; nobody reads so many."""


def _check_size(work: _Repair, limits: Limits) -> None:
    """Refuses a workbook whose repaired one would be too large to be written in reasonable time.

    Raises:
        WorkbookFileError: It would; the text says what is too much.
    """
    file, layout = work.opened.read.file, work.layout
    for placed in layout.lists.values():
        if placed.places > limits.rows:
            name = layout.words.text(placed.spec.label)
            raise WorkbookFileError(
                f"{file}: its list '{name}' has more than {limits.rows:,} words. {_LESS} --max-rows."
            )
    across = {column.spec.each for table in layout.tables.values() for column in table.columns}
    for placed in (placed for name, placed in layout.lists.items() if f"list:{name}" in across):
        if placed.places > _MOST_ACROSS:
            name = layout.words.text(placed.spec.label)
            raise WorkbookFileError(
                f"{file}: its list '{name}' has more than {_MOST_ACROSS} words, and each is a column of a table. "
                "Delete those that are not needed and save it again."
            )
    cells = sum(table.rows * (len(table.columns) + len(table.own_headings)) for table in layout.tables.values())
    if cells + sum(len(sheet.cells) for sheet in work.furniture.own_sheets) > limits.written:
        raise WorkbookFileError(
            f"{file}: written anew, it would have more than {limits.written:,} cells with its formulas. "
            f"{_LESS} --max-cells."
        )
    texts = (entry.written for entry in work.draft.entries.values())
    if sum(len(text) for text in texts if isinstance(text, str)) > limits.characters:
        raise WorkbookFileError(
            f"{file}: its texts have more than {limits.characters:,} characters together. {_LESS} --max-mb."
        )


_MOST_ACROSS = 150
"""Words of a list that a table has a column for, each with a formula in every row: 100 take 270 MB, 250 take 512 MB."""

_LESS = "Delete what is not needed and save it again, or allow more with"


class _Repair:
    """One workbook being repaired."""

    def __init__(self, opened: OpenWorkbook, spec: Workbook) -> None:
        layout = opened.read.layout
        lists = read_lists(opened.source, layout.spec, layout.profile)
        self.opened = opened
        self.spec, self.profile, self.own_spec = spec, layout.profile, layout.own_spec
        self.shown = _own_lists(layout, lists)
        self.own: Sequence[OwnPlace] = list(own_places(opened))
        self.furniture = Furniture(opened.source, opened.found, layout)
        self.sheets: Sequence[ValueSheet] = [value_sheet(sheet) for sheet in self.furniture.own_sheets]
        start = starting_filling(self.spec, self.profile)
        self.shown |= _words_of_new_tables(start, spec, layout, self.shown)
        plain = refilled_layout(self.spec, self.profile, start, own_spec=self.own_spec, shown=self.shown)
        values = ShownValues(plain, Vocabulary(layout, lists.added, normal_label))
        self.draft: Draft = make_draft(opened, start, values, rows_to_keep(opened, self.own))
        self.draft.more = more_metrics(opened.read, spec)
        self.columns = own_columns(self.own, self.draft.rows)
        self.computed: ComputedValues = {}

    @property
    def layout(self) -> Layout:
        """Where everything of the repaired workbook sits."""
        return refilled_layout(
            self.spec,
            self.profile,
            self.draft.filling(),
            own_spec=self.own_spec,
            shown=self.shown,
            own=self.columns,
        )

    def written(self, sheets: Sequence[ValueSheet]) -> bytes:
        """The workbook's bytes as the draft is now."""
        return fill_layout(self.layout, self.draft.filling(), self.columns, sheets, self.computed)

    def tried(self) -> tuple[bytes, OpenWorkbook]:
        """The draft, written and read again until every cell reads as it did in the person's file."""
        for _ in range(_ROUNDS):
            data = self.written(self.sheets)
            again = _read_again(data, self.opened.read.file)
            different = self.draft.differences(again)
            if not self.draft.give_way(different):
                break
            self.computed = {}
        return data, again


def _own_lists(layout: Layout, lists: ReadLists) -> dict[str, tuple[str, ...]]:
    """The open lists as they are on the person's Lists sheet, each word once and in its place.

    An empty place is kept: a renamed word is known by where it is.
    """
    opens = {spec.id for spec in layout.spec.lists if spec.open}
    words = {name: _once(texts) for name, texts in lists.shown.items() if name in opens}
    return {name: texts for name, texts in words.items() if any(texts)}


def _words_of_new_tables(
    start: Filling, spec: Workbook, layout: Layout, shown: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The person's lists that lack words of the tables that are added, with those words at their end."""
    tables = [block for sheet in spec.sheets for block in sheet.blocks if isinstance(block, Table)]
    longer: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for column in table.columns if table.id not in layout.tables else ():
            name = column.choices
            if name is not None and name in shown:
                own = longer.get(name, shown[name])
                words = (row.get(column.id) for row in start.tables.get(table.id, ()))
                new = dict.fromkeys(word for word in words if isinstance(word, str) and word not in own)
                longer[name] = (*own, *new)
    return longer


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts, each at its first place only."""
    first = {text: n for n, text in reversed(list(enumerate(texts)))}
    return tuple(text if first[text] == n else "" for n, text in enumerate(texts))


def _read_again(data: bytes, name: str) -> OpenWorkbook:
    return read_source(open_workbook(data, _NO_LIMITS, name), name, _NO_LIMITS, with_figures=False)
