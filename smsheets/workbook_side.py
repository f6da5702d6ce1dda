"""A workbook that was read -> one side of a comparison: what people typed, without the workbook around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smsheets.analysis.compare.names import DATED, name_columns
from smsheets.analysis.compare.side import Column, OwnPart, Part, Row, Side, Table, Unread, Value
from smsheets.cells import CellRef
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.periods import months_from, weeks_between
from smsheets.plan.record import Record, Where
from smsheets.reader.read import ReadWorkbook
from smsheets.spec.catalogue import ENGLISH, catalogue
from smsheets.spec.model import Field, ListSource, RowSource
from smsheets.spec.reference import load_kpi_definitions, load_platforms


def make_side(workbook: ReadWorkbook, *, neutral: bool = False) -> Side:
    """What a workbook holds.

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
        days_off=getattr(workbook.plan, "days_off", frozenset()),
        own=tuple(_own_parts(workbook)),
        problems=len(workbook.problems),
    )


def _own_parts(workbook: ReadWorkbook) -> Iterator[OwnPart]:
    for columns in workbook.own_columns.values():
        yield from (OwnPart(column.cell.sheet, column.heading) for column in columns)
    yield from (OwnPart(sheet) for sheet in workbook.own_sheets)


class _Sheets:
    """The tables and forms of one workbook, and what their cells are told with."""

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
        """What was read of each row, and where it stands; a template of one's own tells only its row."""
        read = self.workbook.rows[table.spec.id]
        records = getattr(self.workbook.plan, table.spec.id, ())
        for number, row in enumerate(read):
            known = number < len(records) and isinstance(records[number], Record)
            where = records[number].where if known else Where(file=self.workbook.file, sheet=table.sheet, row=row.row)
            yield dict(row.values), where

    def _row(self, row_id: str, values: Mapping[Part, Value], blank: Row, fields: Mapping[str, Field]) -> Row:
        """A row with what is filled in; what could not be read counts as it stands there."""
        found: dict[Part, Value] = {}
        for part, value in values.items():
            cell = blank.cell(part)
            if value is None or value == ():
                text = self.unread.get(cell)
                if text is not None:
                    found[part] = Unread(text)
            else:
                found[part] = self._neutral(value, fields[part[0]])
        return Row(id=row_id, values=found, where=blank.where, keys=blank.keys, unit=blank.unit)

    def _neutral(self, value: Value, field: Field) -> Value:
        return self.english.get(value, value) if isinstance(value, str) and field.choices is None else value

    def _column(self, field: Field, each: str | None = None) -> Column:
        words = self.words.get(field.choices or "", {})
        return Column(id=field.id, label=field.label, type=field.type.value, words=words, repeats=each or "")

    def _part(self, column: PlacedColumn) -> Part:
        """A column, and the day or name its repetition stands for."""
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
    """Cell -> what stands in it, for those that a problem quotes."""
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
