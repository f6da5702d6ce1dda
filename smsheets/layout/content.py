"""The content of the cells people fill: prefilled rows, defaults, the sample, or rows read from a workbook.

Content is neutral of language: list values by id, dates as dates or ISO texts. Filling is what the cells show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import msgspec

from smsheets.kinds import KINDS
from smsheets.layout.items import weekend_of
from smsheets.layout.lists import list_values
from smsheets.layout.placed import Layout, PlacedTable
from smsheets.layout.prefill import days_off, lean_kpis, prefilled_rows
from smsheets.periods import DAYS_IN_WEEK, add_months, weeks_between
from smsheets.profile import Profile
from smsheets.spec.catalogue import Catalogue, catalogue
from smsheets.spec.load import LeanWorkbook, load_data, load_thresholds
from smsheets.spec.model import Field, Form, Table, Workbook
from smsheets.spec.vocabulary import FieldType, RowSource, Value

CellValue = str | int | float | bool | date | datetime | time | None
Row = Mapping[str, CellValue]

SAMPLE_START = date(2027, 1, 1)
"""The first month of the sample's dates; they move along with the workbook's period."""


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Values by form and field, and by table, row and column. A repeated column holds a list.

    A date as text (`2027-03-15`) is the sample's and moves along with the workbook's period; a real date stays.
    """

    forms: Mapping[str, Mapping[str, Value]] = {}
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = {}


@dataclass(frozen=True)
class Filling:
    """Texts and values of the input cells: form -> field -> value; table -> rows -> column key (`planned#3`) -> value.

    A row may be empty: it keeps its place.
    """

    forms: Mapping[str, Row] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def row_counts(self) -> dict[str, int]:
        """Table id -> number of rows."""
        return {name: len(rows) for name, rows in self.tables.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnColumn:
    """A person's own column of one table: its heading as they wrote it, one value per row of the table's filling."""

    heading: str
    values: Sequence[CellValue]


def load_sample(kind: str, language: str, company: str = "") -> Content:
    """The sample business's content of one template, its free texts in a language.

    Args:
        company: A name for the business, instead of its own.
    """
    words = _sample_words(language, kind)
    content = load_data(f"sample/{kind}.yaml", Content)
    own = str(load_data("sample/profile.yaml", dict[str, Any])["company"])

    def shown(value: Any) -> Any:
        text = _worded(value, words)
        return text.replace(own, company) if company and isinstance(text, str) else text

    return Content(
        forms={name: {key: shown(value) for key, value in form.items()} for name, form in content.forms.items()},
        tables={
            name: [{key: shown(value) for key, value in row.items()} for row in rows]
            for name, rows in content.tables.items()
        },
    )


def _sample_words(language: str, *kinds: str) -> Catalogue:
    """The sample's free texts and no others: its person 'Owner' is not the heading 'Owner'."""
    return catalogue(language, *(f"{kind}-sample" for kind in kinds), "sample")


def _worded(value: Any, words: Catalogue) -> Any:
    if isinstance(value, list):
        return [_worded(item, words) for item in value]
    return words.text(value) if isinstance(value, str) else value


def starting_content(workbook: Workbook, profile: Profile, sample: Content | None = None) -> Content:
    """The content of a new workbook: the sample where there is one, else defaults and prefilled rows."""
    forms: dict[str, dict[str, Value]] = {}
    tables: dict[str, Sequence[Mapping[str, Any]]] = {}
    for sheet in workbook.sheets:
        for block in sheet.blocks:
            if isinstance(block, Form):
                forms[block.id] = {item.id: _default(item, workbook, profile) for item in block.fields}
            elif isinstance(block, Table) and not block.computed:
                rows: list[Mapping[str, Any]] = [*block.prefill, *prefilled_rows(block.prefill_from, profile)]
                filled = _column_defaults(block, workbook, profile)
                tables[block.id] = [{**filled, **row} for row in _fewer(rows, block, workbook)]
    forms.setdefault("start", {}).update(_start_values(profile))
    if sample is not None:
        for name, values in sample.forms.items():
            forms[name] = {**forms.get(name, {}), **values}
        forms["start"] |= {key: value for key, value in _start_values(profile).items() if value is not None}
        for sheet in workbook.sheets:
            for block in sheet.blocks:
                if isinstance(block, Table) and block.id in sample.tables:
                    tables[block.id] = [
                        *days_off(block.prefill_from, profile),
                        *_fewer(sample.tables[block.id], block, workbook),
                    ]
    return Content(forms=forms, tables=tables)


def _fewer(rows: Sequence[Mapping[str, Any]], table: Table, workbook: Workbook) -> Sequence[Mapping[str, Any]]:
    """The rows of a table that the workbook begins with: a lean one has fewer metrics."""
    is_lean = table.prefill_from is RowSource.CHANNEL_KPIS and isinstance(workbook, LeanWorkbook)
    return lean_kpis(rows) if is_lean else rows


def _start_values(profile: Profile) -> dict[str, Value]:
    return {
        "business": profile.company or None,
        "period_start": profile.start.isoformat(),
        "months": profile.months,
        "currency": profile.currency,
        "language": profile.language,
        "country": profile.country,
        "weekend": weekend_of(profile),
    }


def _default(field: Field, workbook: Workbook, profile: Profile) -> Value:
    if field.threshold is None:
        return field.default
    known = load_thresholds(workbook.kind) if workbook.kind in KINDS else load_thresholds()
    return profile.thresholds.get(field.threshold, known[field.threshold].value)


def own_values(workbook: Workbook, profile: Profile, content: Content) -> dict[str, list[str]]:
    """List id -> values in the content that an open list does not have yet: they go onto the Lists sheet."""
    known = {
        spec.id: {value.id for value in list_values(spec, profile, profile.language)}
        for spec in workbook.lists
        if spec.open
    }
    added: dict[str, list[str]] = {}
    for sheet in workbook.sheets:
        for block in sheet.blocks:
            if not isinstance(block, Table):
                continue
            for column in block.columns:
                if column.choices in known and not column.many and column.formula is None:
                    values = (row.get(column.id) for row in content.tables.get(block.id, ()))
                    new = [value for value in values if isinstance(value, str) and value not in known[column.choices]]
                    found = added.setdefault(column.choices, [])
                    found += [value for value in dict.fromkeys(new) if value not in found]
    return {name: values for name, values in added.items() if values}


def _column_defaults(table: Table, workbook: Workbook, profile: Profile) -> dict[str, Value]:
    defaults = {column.id: _default(column, workbook, profile) for column in table.columns if column.each is None}
    return {key: value for key, value in defaults.items() if value is not None}


def fill(layout: Layout, content: Content) -> Filling:
    """Content as the cells of a layout show it: in its language, with its dates."""
    words = _Words(layout)
    forms = {
        form_id: {
            item.id: words.shown(item, content.forms.get(form_id, {}).get(item.id))
            for item in form.spec.fields
            if item.formula is None
        }
        for form_id, form in layout.forms.items()
    }
    tables = {
        table_id: _fill_table(table, content.tables.get(table_id, ()), words)
        for table_id, table in layout.tables.items()
        if not table.spec.computed
    }
    return Filling(forms, tables)


def _fill_table(table: PlacedTable, rows: Sequence[Mapping[str, object]], words: _Words) -> list[Row]:
    filled: list[Row] = []
    for row in rows:
        shown: dict[str, CellValue] = {}
        for column in table.columns:
            value = row.get(column.spec.id)
            if column.item is not None and isinstance(value, list):
                value = value[column.item.n - 1] if column.item.n <= len(value) else None
            elif column.item is not None:
                value = None
            if value is not None and column.spec.formula is None:
                shown[column.key] = words.shown(column.spec, value)
        filled.append(shown)
    return filled


class _Words:
    """Puts neutral values into a layout's language and period."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.texts = {
            name: {id_: text for id_, text in zip(item.ids, item.texts, strict=False) if text}
            for name, item in layout.lists.items()
        }
        start = layout.profile.start
        self.shift = (start.year - SAMPLE_START.year) * 12 + start.month - SAMPLE_START.month

    def shown(self, field: Field, value: object) -> CellValue:
        """The value as the cell of a field shows it."""
        if value is None or isinstance(value, date):
            return value
        if isinstance(value, list | tuple):
            return ", ".join(str(self.shown(field, item)) for item in value)
        if isinstance(value, str) and (field.timed or (field.dated and value[:1].isdigit())):
            return self._moment(value)
        if field.type is FieldType.YES_NO:
            known = self.texts.get("yes_no", {})
            key = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            return known.get(str(key), str(key))
        if field.choices in self.texts:
            return self.texts[field.choices].get(str(value), self.layout.words.text(str(value)))
        if isinstance(value, str):
            return self._text(field, value)
        assert isinstance(value, int | float | bool)
        return value

    def _moment(self, value: str) -> CellValue:
        moment = datetime.fromisoformat(value)
        day = add_months(moment.date(), self.shift)
        return datetime.combine(day, moment.time()) if moment.time() != time() else day

    def _text(self, field: Field, value: str) -> CellValue:
        if field.type in (FieldType.DATE, FieldType.MONTH):
            day = date.fromisoformat(value)
            return day if field.id == "period_start" else add_months(day, self.shift)
        if field.type is FieldType.TIME:
            return time.fromisoformat(value)
        return self.layout.words.text(value)


def sample_profile(language: str = "en") -> dict[str, Any]:
    """The sample business as profile values: its name, first month, channels and people."""
    values = dict(load_data("sample/profile.yaml", dict[str, Any]))
    words = _sample_words(language)
    return {**values, "team": [words.text(name) for name in values["team"]]}


def running_items(layout: Layout, filling: Filling) -> dict[str, int]:
    """The numbers of the as-of day's month and week within the period, from 1; nothing where there is no such day."""
    day = filling.forms.get("start", {}).get("as_of")
    if not isinstance(day, date):
        return {}
    start = layout.profile.start
    month = (day.year - start.year) * 12 + day.month - start.month
    week = (date(day.year, day.month, day.day) - next(weeks_between(start, start))).days // DAYS_IN_WEEK
    passed = {"months": month, "weeks": week}
    return {source: min(max(n + 1, 1), len(layout.items[source])) for source, n in passed.items()}
