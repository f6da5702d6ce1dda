"""Workbooks of two versions, paired by kind, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from smsheets.cells import CellRef
from smsheets.comparison.match import By
from smsheets.comparison.run import Comparison, WorkbookChanges, compare_sides
from smsheets.comparison.side import DATED, Column, OwnPart, Part, Row, Side, Table, Unread, Value, name_columns
from smsheets.errors import OptionError
from smsheets.kinds import KINDS
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.periods import months_from, weeks_between
from smsheets.plan.record import Record, Where
from smsheets.plan.roadmap import DaysOff, Roadmap
from smsheets.reader.read import ReadWorkbook
from smsheets.spec.catalogue import ENGLISH, catalogue
from smsheets.spec.model import Field
from smsheets.spec.reference import load_kpi_definitions, load_occasions, load_platforms
from smsheets.spec.vocabulary import ListSource, RowSource
from smsheets.workbook_set import analyze_workbooks, latest_as_of


def make_side(workbook: ReadWorkbook, *, neutral: bool = False) -> Side:
    """The content of a workbook, ready to be compared.

    Args:
        neutral: Put the texts that a new workbook begins with into English, so that they are the same in two languages.
    """
    profile = workbook.layout.profile
    return Side(
        file=workbook.file,
        kind=workbook.kind,
        business=(workbook.plan.start.business or "").strip(),
        currency=workbook.currency,
        start=profile.start.replace(day=1),
        months=profile.months,
        tables=tuple(_Sheets(workbook, neutral=neutral).tables()),
        days_off=workbook.plan.days_off if isinstance(workbook.plan, Roadmap) else DaysOff(),
        own=tuple(_own_parts(workbook)),
        problems=len(workbook.to_repair),
    )


def _own_parts(workbook: ReadWorkbook) -> Iterator[OwnPart]:
    for columns in workbook.own_columns.values():
        yield from (OwnPart(column.cell.sheet, column.heading) for column in columns)
    yield from (OwnPart(sheet) for sheet in workbook.own_sheets)


class _Sheets:
    """The tables and forms of one workbook, and the words of their cells."""

    def __init__(self, workbook: ReadWorkbook, *, neutral: bool) -> None:
        self.workbook = workbook
        self.layout = workbook.layout
        self.unread = _unread(workbook)
        self.english = _english_texts(self.layout) if neutral else {}
        self.words = _list_words(self.layout)

    def tables(self) -> Iterator[Table]:
        """Every form and every table of records that was found, from the first sheet on."""
        for sheet in self.layout.sheets:
            for block in sheet.blocks:
                if isinstance(block, PlacedForm) and block.spec.id in self.workbook.forms:
                    yield self._form(block, block.spec.title or sheet.spec.title or sheet.spec.name)
                elif isinstance(block, PlacedTable) and block.spec.id in self.workbook.rows:
                    yield self._table(block, block.spec.title or sheet.spec.title or sheet.spec.name)

    def _form(self, form: PlacedForm, title: str) -> Table:
        fields = [field for field in form.spec.fields if field.formula is None]
        read = self.workbook.forms[form.spec.id]
        row = Row(where=self._form_where(form))
        values: dict[Part, Value] = {(field.id, None): read.get(field.id) for field in fields}
        return Table(
            id=form.spec.id,
            title=title,
            form=True,
            columns=tuple(self._column(field) for field in fields),
            rows=(self._row("", values, row, {field.id: field for field in fields}),),
        )

    def _table(self, table: PlacedTable, title: str) -> Table:
        spec = table.spec
        inputs = {key: column for key, column in table.by_key.items() if column.spec.formula is None}
        parts = {key: self._part(column) for key, column in inputs.items()}
        keys = {part: key for key, part in parts.items()}
        fields = {column.spec.id: column.spec for column in inputs.values()}
        id_column = spec.columns[0].id if spec.prefix else ""
        rows: list[Row] = []
        for read, where in self._rows(table):
            row_id = read.pop(id_column, None)
            values = {parts[key]: value for key, value in read.items() if key in parts}
            blank = Row(where=where, keys=keys, unit=_unit(read) if "metric" in fields else "")
            rows.append(self._row(str(row_id or ""), values, blank, fields))
        return Table(
            id=spec.id,
            title=title,
            id_column=id_column,
            columns=tuple(self._column(field, getattr(field, "each", None)) for field in fields.values()),
            names=name_columns(spec.id, [name for name in fields if name != id_column]),
            dated=spec.id in DATED,
            rows=tuple(rows),
        )

    def _rows(self, table: PlacedTable) -> Iterator[tuple[dict[str, Value], Where]]:
        """The values of each row, and its place; of a template of one's own only the row is known."""
        read = self.workbook.rows[table.spec.id]
        records = getattr(self.workbook.plan, table.spec.id, ())
        for number, row in enumerate(read):
            known = number < len(records) and isinstance(records[number], Record)
            where = records[number].where if known else Where(file=self.workbook.file, sheet=table.sheet, row=row.row)
            yield dict(row.values), where

    def _row(self, row_id: str, values: Mapping[Part, Value], blank: Row, fields: Mapping[str, Field]) -> Row:
        """A row with what is filled in; what could not be read counts as it is there."""
        found: dict[Part, Value] = {}
        for part, value in values.items():
            cell = blank.cell(part)
            if value is None or value == ():
                text = self.unread.get(cell)
                if text is not None:
                    found[part] = Unread(text)
            elif isinstance(value, str) and fields[part[0]].choices is None:
                found[part] = self.english.get(value, value)
            else:
                found[part] = value
        return msgspec.structs.replace(blank, id=row_id, values=found)

    def _column(self, field: Field, each: str | None = None) -> Column:
        words = self.words.get(field.choices or "", {})
        return Column(id=field.id, label=field.label, type=field.type.value, words=words, repeats=each or "")

    def _part(self, column: PlacedColumn) -> Part:
        """A column, and the day or name of its repetition."""
        if column.item is None:
            return column.spec.id, None
        profile, number = self.layout.profile, column.item.n - 1
        if column.spec.each == "months":
            return column.spec.id, months_from(profile.start, profile.months)[number]
        if column.spec.each == "weeks":
            last = months_from(profile.start, profile.months + 1)[-1]
            return column.spec.id, list(weeks_between(profile.start, last))[number]
        return column.spec.id, column.item.label or str(column.item.n)

    def _form_where(self, form: PlacedForm) -> Where:
        record = getattr(self.workbook.plan, form.spec.id, None)
        if isinstance(record, Record) and record.where.cells:
            return record.where
        cells = {name: (row, form.value_col) for name, row in form.row_of.items()}
        return Where(file=self.workbook.file, sheet=form.sheet, row=form.first_row, cells=cells)


def _unread(workbook: ReadWorkbook) -> dict[CellRef, str]:
    """Cell -> its text, for those that a problem quotes."""
    return {
        problem.cell: str(getattr(problem.values["found"], "text", problem.values["found"]))
        for problem in workbook.problems
        if "found" in problem.values and problem.code.startswith("cell.")
    }


def _english_texts(layout: Layout) -> dict[str, str]:
    """Text in the workbook's language -> English, for the texts that a new workbook begins with."""
    language = layout.words.language
    if language == ENGLISH:
        return {}
    words = catalogue(language, "common", "program", layout.spec.kind)
    texts: list[str] = []
    for table in layout.tables.values():
        texts += [value for row in table.spec.prefill for value in row.values() if isinstance(value, str)]
        if table.spec.prefill_from is RowSource.KPI_DEFINITIONS:
            texts += [text for item in load_kpi_definitions().values() for text in (item.formula, item.source)]
        elif table.spec.prefill_from is RowSource.KEY_DATES:
            texts += [item.name for item in load_occasions()]
    return {words.text(text): text for text in texts}


def _list_words(layout: Layout) -> dict[str, dict[str, str]]:
    """List -> value id -> English text."""
    words = {spec.id: {value.id: value.text for value in spec.values} for spec in layout.spec.lists}
    for spec in layout.spec.lists:
        if spec.source is ListSource.CHANNELS:
            words[spec.id] = {item.id: item.name for item in load_platforms().values()}
        elif spec.source is ListSource.METRICS:
            words[spec.id] = {item.id: item.label for item in load_kpi_definitions().values()}
    return words


def _unit(values: Mapping[str, Value]) -> str:
    """The unit of a metric's figures: the one in the row, else the one that its definition has."""
    unit = values.get("unit")
    definition = load_kpi_definitions().get(str(values.get("metric") or ""))
    if isinstance(unit, str):
        return unit
    return definition.unit.value if definition is not None else ""


_SAME_BUSINESS = 0.5
"""Two workbooks with different names of the business are of one where this share of their named rows is the same."""


def compare_workbooks(
    old: Sequence[ReadWorkbook],
    new: Sequence[ReadWorkbook],
    as_of: date | None = None,
    thresholds: Mapping[str, float] | None = None,
    silenced: Sequence[str] = (),
    fallback: date | None = None,
    *,
    alone: bool = False,
) -> Comparison:
    """The differences between two sets of workbooks, matched by kind.

    Args:
        as_of: The day both sides are worked out up to. None takes the as-of date that each side carries.
        alone: One side is a single workbook on purpose: other kinds that the other side has are left out.
        fallback: The day of a side that carries none; without it, that of the other side.

    Raises:
        OptionError: A side has two workbooks of a kind, the sides have no kind in common, or they are of different
            businesses; or there is no day.
    """
    before, now = _by_kind(old), _by_kind(new)
    kinds = [kind for kind in before if kind in now]
    if not kinds and len(old) == len(new) == 1:
        one, other = old[0], new[0]
        raise OptionError(
            f"{one.file} is {_shown(one.kind)}, {other.file} is {_shown(other.kind)}: they cannot be compared. "
            "Give two workbooks of one kind."
        )
    if not kinds:
        raise OptionError("The two sides have no workbook of the same kind: there is nothing to compare.")
    chosen_old, chosen_new = [before[kind] for kind in kinds], [now[kind] for kind in kinds]
    old_day = as_of or latest_as_of(chosen_old) or fallback or latest_as_of(chosen_new)
    new_day = as_of or latest_as_of(chosen_new) or fallback or old_day
    comparison = compare_sides(
        [_sides(before[kind], now[kind]) for kind in kinds],
        analyze_workbooks(chosen_old, old_day, thresholds or {}, silenced),
        analyze_workbooks(chosen_new, new_day, thresholds or {}, silenced),
        only_old=tuple(workbook.file for kind, workbook in before.items() if kind not in now and not alone),
        only_new=tuple(workbook.file for kind, workbook in now.items() if kind not in before and not alone),
    )
    _check_business(comparison.workbooks)
    return comparison


def _by_kind(workbooks: Sequence[ReadWorkbook]) -> dict[str, ReadWorkbook]:
    """Kind -> its workbook, in the order of the templates."""
    found: dict[str, ReadWorkbook] = {}
    for workbook in workbooks:
        first = found.setdefault(workbook.kind, workbook)
        if first is not workbook:
            raise OptionError(
                f"{workbook.file}: is {_shown(workbook.kind)}, as {first.file} is. Give one of each kind on a side."
            )
    order = {kind: number for number, kind in enumerate(KINDS)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def _shown(kind: str) -> str:
    return f"a {KINDS[kind].noun}" if kind in KINDS else f"a '{kind}'"


def _check_business(workbooks: Sequence[WorkbookChanges]) -> None:
    """Refuses two businesses. One that only has another name now is known by its rows: most are the same."""
    for workbook in workbooks:
        old, new = workbook.old, workbook.new
        if not old.business or not new.business or _plain(old.business) == _plain(new.business):
            continue
        named = [table for table in workbook.tables if table.table.id_column]
        rows = max(sum(table.before for table in named), sum(table.now for table in named))
        known = sum(
            pair.by is not By.CONTENT and table.table.name_of(pair.old) == table.table.name_of(pair.new) != ()
            for table in named
            for pair in table.pairs
        )
        if not rows or known < _SAME_BUSINESS * rows:
            raise OptionError(
                f"{old.file} is of '{old.business}', {new.file} of '{new.business}': "
                "compare workbooks of one business, or write the same name on both first sheets."
            )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _sides(old: ReadWorkbook, new: ReadWorkbook) -> tuple[Side, Side]:
    """Both plans; in two languages, what a new workbook begins with is the same text."""
    neutral = old.language != new.language
    return make_side(old, neutral=neutral), make_side(new, neutral=neutral)
