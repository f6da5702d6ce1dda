"""Where a figure of a table follows from others beside it: the formula, so that a reader can check the arithmetic.

A formula is written only where it gives the very figure of the analysis; the figure itself stays its cached value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation

import msgspec

from smsheets.cells import column_letters
from smsheets.money import Money
from smsheets.report.document import Month, number_of
from smsheets.report.xlsx.sheet_parts import PlacedTable

_NOTHING = type(None)
_CLOSE = Decimal("1e-9")  # what a division leaves over is far below it, a cent far above

Address = tuple[int, int]
"""Row and column, from 1."""


class _Check(msgspec.Struct, frozen=True):
    """How one column follows from others of its row.

    Attributes:
        column: Its English heading.
        needs: The English headings of the others.
        formula: With `{0}`, `{1}` for their cells.
        work_out: The same in numbers.
    """

    column: str
    needs: tuple[str, ...]
    formula: str
    work_out: Callable[..., Decimal]


_CHECKS = (
    _Check("Variance", ("Budget to date", "Actual"), "{0}-{1}", lambda budget, actual: budget - actual),
    _Check("%", ("Variance", "Budget to date"), 'IF({1}=0,"",{0}/{1})', lambda variance, budget: variance / budget),
    _Check("%", ("Change", "Actual"), "{0}/({1}-{0})", lambda change, actual: change / (actual - change)),
    _Check("Of target", ("Actual", "Target"), 'IF({1}=0,"",{0}/{1})', lambda actual, target: actual / target),
    _Check("Difference", ("Actual", "Target"), "{0}-{1}", lambda actual, target: actual - target),
    _Check("Saved by hiring", ("Own time", "Outside price"), "{0}-{1}", lambda own, outsider: own - outsider),
    _Check("Each", ("Ad money", "Results"), 'IF({1}=0,"",{0}/{1})', lambda spent, results: spent / results),
    _Check("Not answered", ("To answer", "Answered"), "{0}-{1}", lambda needing, answered: needing - answered),
    _Check("%", ("Change", "Now"), "{0}/({1}-{0})", lambda change, now: change / (now - change)),
    _Check("Pace", ("Actual", "Expected by now"), "{0}/{1}", lambda actual, expected: actual / expected),
    _Check(
        "Progress",
        ("Now", "From", "To"),
        "ROUND(({0}-{1})/({2}-{1}),3)",
        lambda now, start, end: ((now - start) / (end - start)).quantize(Decimal("0.001")),
    ),
)

_ADDED_UP = {"Budget, added up": "Planned", "Actual, added up": "Actual"}
"""A column that adds another one up, row by row."""

_PARTS_OF_ALL = {"Share": "Budget in all"}
"""A column of shares of what another one adds up to."""

_ALL = "All"
"""A column that adds up those before it."""

_Figures = Sequence[Sequence[Decimal | None]]


def table_formulas(table: PlacedTable, others: Iterable[PlacedTable] = ()) -> Mapping[Address, str]:
    """The cells of a table that are written as formulas.

    Args:
        others: The tables of the same sheet; one of them may hold the months that a change is between.
    """
    figures = _figures(table)
    found: dict[Address, str] = {}
    for make in (_row_checks, _running_sums, _shares, _row_sums, _totals):
        found.update(make(table, figures))
    for other in others:
        found.update(_changes(table, other, figures))
    return found


def _row_checks(table: PlacedTable, figures: _Figures) -> Iterator[tuple[Address, str]]:
    headers = table.view.headers
    for check in _CHECKS:
        if check.column not in headers or any(name not in headers for name in check.needs):
            continue
        col = headers.index(check.column)
        needed = [headers.index(name) for name in check.needs]
        for number, row in enumerate(figures):
            if same(_worked_out(check, [row[other] for other in needed]), row[col]):
                cells = [_a1(table.first_row + number, other + 1) for other in needed]
                yield (table.first_row + number, col + 1), check.formula.format(*cells)


def _worked_out(check: _Check, values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    try:
        return check.work_out(*known)
    except (DivisionByZero, InvalidOperation):
        return None


def _running_sums(table: PlacedTable, figures: _Figures) -> Iterator[tuple[Address, str]]:
    headers = table.view.headers
    for name, source in _ADDED_UP.items():
        if name not in headers or source not in headers:
            continue
        col, other = headers.index(name), headers.index(source)
        for number in range(1, len(figures)):
            before, more, now = figures[number - 1][col], figures[number][other], figures[number][col]
            if before is not None and more is not None and same(before + more, now):
                row = table.first_row + number
                yield (row, col + 1), f"{_a1(row - 1, col + 1)}+{_a1(row, other + 1)}"


def _totals(table: PlacedTable, figures: _Figures) -> Iterator[tuple[Address, str]]:
    """The last row as the sum of those above it, where the table says that it is a total."""
    if not table.view.total or len(figures) < 2:
        return
    for col, total in enumerate(figures[-1]):
        above = [row[col] for row in figures[:-1]]
        known = [value for value in above if value is not None]
        counted = all(isinstance(row[col], Money | int | Decimal | None) for row in table.view.rows)
        if counted and known and same(sum(known, Decimal(0)), total):
            first, last = _a1(table.first_row, col + 1), _a1(table.last_row - 1, col + 1)
            yield (table.last_row, col + 1), f"SUM({first}:{last})"


def _shares(table: PlacedTable, figures: _Figures) -> Iterator[tuple[Address, str]]:
    """Each figure as a part of what its column adds up to."""
    headers = table.view.headers
    for name, source in _PARTS_OF_ALL.items():
        if name not in headers or source not in headers:
            continue
        col, other = headers.index(name), headers.index(source)
        whole = sum((row[other] or Decimal(0) for row in figures), Decimal(0))
        area = f"{_fixed(table.first_row, other + 1)}:{_fixed(table.last_row, other + 1)}"
        for number, row in enumerate(figures):
            part = row[other]
            if whole and part is not None and same(part / whole, row[col]):
                at = table.first_row + number
                yield (at, col + 1), f"{_a1(at, other + 1)}/SUM({area})"


def _row_sums(table: PlacedTable, figures: _Figures) -> Iterator[tuple[Address, str]]:
    """The last column as the sum of the counts before it."""
    headers = table.view.headers
    if headers[-1] != _ALL:
        return
    counted = [
        col for col in range(len(headers) - 1) if all(type(row[col]) in (int, _NOTHING) for row in table.view.rows)
    ]
    for number, row in enumerate(figures):
        known = [value for col in counted if (value := row[col]) is not None]
        if known and same(sum(known, Decimal(0)), row[-1]):
            at = table.first_row + number
            yield (at, len(headers)), f"SUM({_a1(at, counted[0] + 1)}:{_a1(at, counted[-1] + 1)})"


def _changes(table: PlacedTable, months: PlacedTable, figures: _Figures) -> Iterator[tuple[Address, str]]:
    """The change of a figure between the last two months of another table that has the same names in front."""
    headers, others = table.view.headers, months.view.headers
    if "Change" not in headers or "Actual" not in headers or months.row < table.row or headers[0] != others[0]:
        return
    if len(others) < 3 or not all(isinstance(header, Month) for header in others[-2:]):
        return
    col, now, last = headers.index("Change"), headers.index("Actual"), len(others)
    names, values = [row[0] for row in months.view.rows], _figures(months)
    for number, row in enumerate(table.view.rows):
        if row[0] not in names:
            continue
        place = names.index(row[0])
        before, after = values[place][-2:]
        if before is None or after is None:
            continue
        if same(after, figures[number][now]) and same(after - before, figures[number][col]):
            at = months.first_row + place
            yield (table.first_row + number, col + 1), f"{_a1(at, last)}-{_a1(at, last - 1)}"


def _figures(table: PlacedTable) -> list[list[Decimal | None]]:
    return [[number_of(cell) for cell in row] for row in table.view.rows]


def _fixed(row: int, col: int) -> str:
    return f"${column_letters(col)}${row}"


def same(first: Decimal | None, second: Decimal | None) -> bool:
    """True where two figures are one and the same, but for the last digits of a division."""
    return first is not None and second is not None and abs(first - second) <= _CLOSE * max(Decimal(1), abs(second))


def _a1(row: int, col: int) -> str:
    """A cell's address, from 1."""
    return f"{column_letters(col)}{row}"
