"""Anything legal that a person may type into a template, and what the reader must give back for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import cache, partial
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sheet_values import is_error
from workbooks import AS_OF, blank_filling

from smsheets.layout.cells_of import table_rows
from smsheets.layout.content import CellValue, Filling, Row
from smsheets.layout.items import minor_digits
from smsheets.layout.placed import Layout, PlacedColumn, PlacedTable
from smsheets.problems import Problem
from smsheets.spec.load import fields_of
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import DAY_TYPES, FieldType

FEWEST_ROWS = 2
MOST_ROWS = 6
FIXED_FIELDS = ("period_start", "months", "currency", "language", "country")
"""They are set when the workbook is made."""

OWN_VALUES = (
    'Our "own" & <other>',
    "Schöne Grüße",
    "日本語 ☕",
    "=SUM(A1)",
    "+49 30 1234",
    "@clay.and.kiln",
    "O'Neill",
)
"""What people add to an open list; none of them has a comma, which stands between several values in a cell.

Those with `&` or `+` are not offered where a cell may hold several: there these stand between two values. One is a
condition, which is named where a formula counts by its list (`is_condition`), though every program counts alike. None
begins with `<` or `>`, or holds `*`, `?`, `~`: COUNTIFS and SUMIFS take those for conditions, in every program.
"""

NASTY_TEXTS = (
    "=1+1",
    '=HYPERLINK("http://example.com")',
    "+1",
    "-1",
    "@SUM(1)",
    "'quoted",
    '"quoted"',
    "a,b;c",
    "007",
    "12:30",
    "2027-03-15",
    "TRUE",
    "1e5",
    "50 %",
    "<b>&amp;</b>",
    "line\nbreak",
    "tab\there",
    "e\u0301",
    "\u200fעברית",
    "👩‍🎨 clay",
    "{planned}",
    "Z" * 1200,
    "*",
    "?",
    "~",
    ">5",
    "<>",
    "null",
    "-",
    "0",
)

_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))


def fillings(layout: Layout, start: Filling) -> SearchStrategy[Filling]:
    """Fillings of a template: a few rows in each table, at its top, some of them with gaps; every form; an as-of date.

    Args:
        start: What a new workbook shows; the fields that are set when it is made stay as they are.
    """
    return _Legal(layout, start).filling()


def collect(strategy: SearchStrategy[Filling], count: int, derandomize: bool = True) -> list[Filling]:
    """Some fillings at random, to be proved all at once."""
    found: list[Filling] = []

    @settings(
        max_examples=count,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        derandomize=derandomize,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def gather(filling: Filling) -> None:
        found.append(filling)

    gather()
    return found[:count]


@cache
def layout_with_own_values(kind: str, language: str) -> tuple[Layout, Filling]:
    """A template to whose open lists people added values of their own."""
    layout, _ = blank_filling(kind, language)
    own = {name: OWN_VALUES for name, placed in layout.lists.items() if placed.spec.open}
    return blank_filling(kind, language, own)


class _Legal:
    def __init__(self, layout: Layout, start: Filling) -> None:
        self.layout = layout
        self.start = start
        self.named = {
            (item.choices or "").partition(".")[0] for item in fields_of(layout.spec) if "." in (item.choices or "")
        }
        """Tables whose rows are named by their id elsewhere: these have no empty rows."""
        self.cent = Decimal(1).scaleb(-minor_digits(layout.profile.currency))

    def filling(self) -> SearchStrategy[Filling]:
        names = [name for name, table in self.layout.tables.items() if not table.spec.computed]
        counts = st.fixed_dictionaries({name: st.integers(FEWEST_ROWS, MOST_ROWS) for name in names})
        return counts.flatmap(self._with_counts)

    def _with_counts(self, counts: Mapping[str, int]) -> SearchStrategy[Filling]:
        ids = {name: _ids(self.layout.tables[name], count) for name, count in counts.items()}
        tables = {
            name: st.tuples(*(self._row(self.layout.tables[name], ids) for _ in range(count)))
            for name, count in counts.items()
        }
        forms = {
            name: st.fixed_dictionaries({item.id: self._form_cell(name, item, ids) for item in form.spec.fields})
            for name, form in self.layout.forms.items()
        }
        return st.builds(Filling, st.fixed_dictionaries(forms), st.fixed_dictionaries(tables))

    def _row(self, table: PlacedTable, ids: Mapping[str, Sequence[str]]) -> SearchStrategy[Row]:
        inputs = [column for column in table.columns if column.spec.formula is None]
        cells: dict[str, SearchStrategy[CellValue]] = {
            column.key: st.none() if _is_own_id(table, column) else self._maybe(column.spec, ids) for column in inputs
        }
        shares = partial(self._with_shares, table)
        if table.spec.id not in self.named:
            return st.one_of(*[st.fixed_dictionaries(cells).map(shares)] * 5, st.just({}))
        name = next(column for column in inputs if not _is_own_id(table, column))
        return st.fixed_dictionaries({**cells, name.key: self._cell(name.spec, ids)}).map(shares)

    def _with_shares(self, table: PlacedTable, row: Row) -> Row:
        """A row with shares for numbers where its unit may be percent: 5,000 % would be asked back."""
        units = [column.key for column in table.columns if column.spec.choices == "units"]
        if not units or row.get(units[0]) in units_but_percent(self.layout):
            return row
        numbers = {column.key for column in table.columns if column.spec.type is FieldType.NUMBER}
        return {
            key: round(value / 20_000, 4) if key in numbers and isinstance(value, float) else value
            for key, value in row.items()
        }

    def _form_cell(self, form: str, item: Field, ids: Mapping[str, Sequence[str]]) -> SearchStrategy[CellValue]:
        if item.formula is not None:
            return st.none()
        if form == "start" and item.id in FIXED_FIELDS:
            return st.just(self.start.forms["start"][item.id])
        return self._days() if form == "start" and item.id == "as_of" else self._maybe(item, ids)

    def _maybe(self, item: Field, ids: Mapping[str, Sequence[str]]) -> SearchStrategy[CellValue]:
        return st.one_of(*[self._cell(item, ids)] * 3, st.none())

    def _cell(self, item: Field, ids: Mapping[str, Sequence[str]]) -> SearchStrategy[CellValue]:
        if item.type in DAY_TYPES:
            return self._days()
        choices = item.choices or ("yes_no" if item.type is FieldType.YES_NO else "")
        table, _, column = choices.partition(".")
        words = ids[table] if column else self.layout.lists[choices].texts if choices else ()
        if item.many:
            return _several([word for word in words if not set(word) & set("&+")] or ("B1", "B2", "B17"))
        if choices:
            return st.sampled_from(words) if words else st.none()
        if item.type is FieldType.TIME:
            return st.times().map(lambda moment: time(moment.hour, moment.minute))
        if item.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ID, FieldType.LINK):
            return texts()
        return self._numbers(item)

    def _days(self) -> SearchStrategy[CellValue]:
        near = st.dates(date(AS_OF.year - 1, 12, 1), date(AS_OF.year + 1, 1, 31))
        return near | near | st.dates(date(1990, 1, 1), date(2199, 12, 31))

    def _numbers(self, item: Field) -> SearchStrategy[CellValue]:
        low = -20_000 if item.minimum is None else item.minimum
        high = max(low + 20_000, 20_000) if item.maximum is None else item.maximum
        if item.type is FieldType.INTEGER:
            return st.integers(int(low), int(high))
        step = self.cent if item.type is FieldType.MONEY else Decimal("0.0001")
        places = -int(step.as_tuple().exponent)
        amounts = st.decimals(Decimal(str(low)), Decimal(str(high)), places=places)
        if item.type is FieldType.MONEY and item.maximum is None:
            amounts = amounts | st.decimals(Decimal(0), Decimal(10**9), places=places)
        return (amounts | st.sampled_from([Decimal(str(low)), Decimal(str(high))])).map(float)


def is_condition(problem: Problem) -> bool:
    """Whether a problem names the one own value that spreadsheet programs take for a condition."""
    return problem.code == "list.condition" and problem.values["found"] == "=SUM(A1)"


def units_but_percent(layout: Layout) -> set[str]:
    """The words for units in whose rows a number may be larger than 1; a row without a unit may be of percent."""
    units = next(item for item in layout.spec.lists if item.id == "units")
    texts = zip(units.values, layout.lists["units"].texts, strict=False)
    return {text for value, text in texts if value.id != "share"}


def _ids(table: PlacedTable, count: int) -> Sequence[str]:
    """The ids that the first rows of a table will show."""
    if not table.spec.prefix:
        return ()
    key = table.spec.columns[0].id
    return [str(row[key]) for row, _ in zip(table_rows(table, ()), range(count), strict=False)]


def _is_own_id(table: PlacedTable, column: PlacedColumn) -> bool:
    return bool(table.spec.prefix) and column.spec is table.spec.columns[0]


def _several(words: Sequence[str]) -> SearchStrategy[CellValue]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True).map(", ".join)


def texts() -> SearchStrategy[str]:
    """Texts as people write them and as they should not: quotes, signs, scripts of the world, things like formulas.

    Not the name of an error, `#REF!`: some programs save errors as texts, and so the reader takes it for one.
    """
    plain = st.text(_LETTERS, min_size=1, max_size=30).map(_trimmed).filter(lambda text: text and not is_error(text))
    return st.sampled_from(NASTY_TEXTS) | plain


def _trimmed(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Zl", "Zp")).strip()


def expected_rows(layout: Layout, filling: Filling, name: str) -> list[tuple[int, dict[str, Any]]]:
    """The records that must come back from a table: (row on the sheet, values); rows without an entry are none."""
    table = layout.tables[name]
    inputs = [column for column in table.columns if column.spec.formula is None]
    found = []
    for row, shown in enumerate(table_rows(table, filling.tables.get(name, ())), table.first_row):
        used = [column for column in inputs if not _is_own_id(table, column) and shown.get(column.key) is not None]
        if used:
            found.append((row, {column.key: expected(layout, column.spec, shown.get(column.key)) for column in inputs}))
    return found


def expected_form(layout: Layout, filling: Filling, name: str) -> dict[str, Any]:
    """The values that must come back from a form."""
    fields = [item for item in layout.forms[name].spec.fields if item.formula is None]
    return {item.id: expected(layout, item, filling.forms.get(name, {}).get(item.id)) for item in fields}


def expected(layout: Layout, item: Field, shown: CellValue) -> Any:
    """The typed value of what a cell shows."""
    if shown is None:
        return () if item.many else None
    placed = layout.lists.get("yes_no" if item.type is FieldType.YES_NO else item.choices or "")
    ids: Callable[[str], str] = lambda word: word if placed is None else placed.ids[placed.texts.index(word)]  # noqa: E731
    if item.many:
        return tuple(ids(word) for word in str(shown).split(", "))
    if item.type is FieldType.YES_NO:
        return ids(str(shown)) == "yes"
    if placed is not None:
        return ids(str(shown))
    if item.type is FieldType.INTEGER:
        return int(float(str(shown)))
    return Decimal(repr(shown)) if isinstance(shown, float | int) else shown
