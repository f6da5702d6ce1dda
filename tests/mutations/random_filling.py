"""Fillings in which hardly any two cells show the same: a value that slips into another cell is then seen.

(`fillings.py` gives anything legal, the same text many times over; it is for other proofs.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from random import Random

from fillings import FIXED_FIELDS, NASTY_TEXTS, units_but_percent

from smsheets.layout.cells_of import table_rows
from smsheets.layout.content import CellValue, Filling
from smsheets.layout.placed import Layout, PlacedTable
from smsheets.spec.load import fields_of
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import DAY_TYPES, FieldType

_TEXTS = (
    "Spring glazes",
    "Teller & Tassen",
    "How we fire – in 3 steps",
    "Größe: 12 × 8 cm",
    "ask Ana",
    "日本語 ☕",
    "@clay",
)
_FILLED = 0.8
_NASTY = 0.15


def fill_at_random(layout: Layout, start: Filling, rng: Random) -> Filling:
    """A few rows in each table with gaps between and within them, and most fields of each form."""
    return _Filler(layout, start, rng).filling()


class _Filler:
    def __init__(self, layout: Layout, start: Filling, rng: Random) -> None:
        self.layout = layout
        self.start = start
        self.rng = rng
        self.texts = 0
        self.named = {
            (item.choices or "").partition(".")[0] for item in fields_of(layout.spec) if "." in (item.choices or "")
        }
        """Tables whose rows are named by their id elsewhere: these have no empty rows."""

    def filling(self) -> Filling:
        records = {name: table for name, table in self.layout.tables.items() if not table.spec.computed}
        counts = {name: self.rng.randint(2, 5) for name in records}
        self.ids = {name: _ids(records[name], count) for name, count in counts.items()}
        tables = {name: [self._row(records[name]) for _ in range(count)] for name, count in counts.items()}
        forms = {
            name: {item.id: self._form_cell(name, item) for item in form.spec.fields}
            for name, form in self.layout.forms.items()
        }
        return Filling(forms, tables)

    def _row(self, table: PlacedTable) -> Mapping[str, CellValue]:
        inputs = [column for column in table.columns if column.spec.formula is None]
        if table.spec.prefix:
            inputs = [column for column in inputs if column.spec is not table.spec.columns[0]]
        named = table.spec.id in self.named
        if not named and self.rng.random() < 0.12:
            return {}
        row = {column.key: self._cell(column.spec) for column in inputs if self.rng.random() < _FILLED}
        if named and not row:
            row[inputs[0].key] = self._cell(inputs[0].spec)
        unit = next((column.key for column in inputs if column.spec.choices == "units"), None)
        if unit is not None and row.get(unit) not in units_but_percent(self.layout):
            for column in inputs:
                if column.spec.type is FieldType.NUMBER and column.key in row:
                    row[column.key] = round(self.rng.random(), 3)  # 5,000 % would be asked back
        return row

    def _form_cell(self, form: str, item: Field) -> CellValue:
        if item.formula is not None:
            return None
        if form == "start" and item.id in FIXED_FIELDS:
            return self.start.forms["start"][item.id]
        always = form == "start" and item.id == "as_of"
        return self._cell(item) if always or self.rng.random() < _FILLED else None

    def _cell(self, item: Field) -> CellValue:
        rng = self.rng
        if item.type in DAY_TYPES:
            return date(2027, 1, 1) + timedelta(rng.randrange(-30, 200))
        choices = item.choices or ("yes_no" if item.type is FieldType.YES_NO else "")
        table, _, column = choices.partition(".")
        words = self.ids[table] if column else self.layout.lists[choices].texts if choices else ()
        if item.many:
            plain = [word for word in words if not set(word) & set("&+")] or ["B1", "B2", "B17"]
            return ", ".join(rng.sample(plain, min(len(plain), rng.randint(1, 3))))
        if choices:
            return rng.choice(list(words)) if words else None
        match item.type:
            case FieldType.TIME:
                return time(rng.randrange(24), rng.choice([0, 5, 30, 59]))
            case FieldType.NUMBER | FieldType.INTEGER | FieldType.MONEY | FieldType.PERCENT:
                return self._number(item)
        return self._text()

    def _text(self) -> str:
        self.texts += 1
        if self.rng.random() < _NASTY:
            return self.rng.choice(NASTY_TEXTS)
        return f"{self.rng.choice(_TEXTS)} {self.texts}"

    def _number(self, item: Field) -> CellValue:
        rng = self.rng
        low = -5000 if item.minimum is None else item.minimum
        high = max(low + 20_000, 20_000) if item.maximum is None else item.maximum
        if item.type is FieldType.INTEGER:
            return rng.randint(int(low), int(high))
        places = 2 if item.type is FieldType.MONEY else 3
        small = min(high, low + 90)
        return round(
            rng.choice([rng.uniform(low, high), rng.uniform(low, small), float(rng.randint(int(low), int(high)))]),
            places,
        )


def _ids(table: PlacedTable, count: int) -> Sequence[str]:
    """The ids that the first rows of a table will show."""
    if not table.spec.prefix:
        return ()
    key = table.spec.columns[0].id
    return [str(row[key]) for row, _ in zip(table_rows(table, ()), range(count), strict=False)]
