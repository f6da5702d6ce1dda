"""The number in an input cell: an amount, a count, a share or a length of time; what is not clear is asked back."""

from __future__ import annotations

import re
from datetime import time
from decimal import ROUND_HALF_UP, Decimal

from smsheets.plan.reference import Unit
from smsheets.problems import SOME_NUMBER, ProblemValue
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.values.numbers import (
    ParsedNumber,
    Reading,
    currency_word,
    is_foreign,
    length_of_minutes,
    number_meant,
    parse_length,
    parse_number,
)
from smsheets.reader.values.scope import (
    Beside,
    Scope,
    Value,
    Wrong,
    decimal_sign,
    exact,
    is_near,
    plain,
    shown,
)
from smsheets.reader.values.words import Ambiguous
from smsheets.spec.vocabulary import FieldType, TimeUnit

_MOST = Decimal(10) ** 15
_LEAST = Decimal(10) ** -9
"""Amounts beyond these no business plans with; sums of them would lose the digits of all others."""


def read_number(cell: SourceCell, scope: Scope, wrong: Wrong, beside: Beside) -> Value:
    """The number of a cell, None where it is none or has two readings; a problem names what is wrong."""
    value = cell.value
    if isinstance(value, str):
        return _number_of_text(value, scope, wrong, beside)
    if isinstance(value, time) or (isinstance(value, int | float) and _ELAPSED.search(cell.number_format)):
        return _length_of_time(value, scope, wrong, beside)
    if isinstance(value, bool) or not isinstance(value, int | float):
        wrong("cell.not-a-number", found=shown(value), read=SOME_NUMBER)
        return None
    number = exact(value)
    if _is_unclear_share(number, cell.number_format, scope, beside):
        _name_share(number, shown(value), scope, wrong)
        return None
    if _is_money(scope, beside) and (sign := scope.foreign_sign(cell.number_format)):
        wrong("cell.other-currency", found=shown(f"{plain(value)} {sign}"), first=scope.layout.profile.currency)
        return None
    return _fitting(number, scope, wrong, _in_unit(number, scope))


_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
"""A number format that shows a length of time: `[h]:mm`."""


def _length_of_time(value: time | float, scope: Scope, wrong: Wrong, beside: Beside) -> Value:
    """A length that the spreadsheet program keeps as a part of a day, in the unit that the cell asks for."""
    minutes = (
        value.hour * 60 + value.minute + Decimal(value.second) / 60 if isinstance(value, time) else exact(value) * 1440
    )
    seconds = round(minutes * 60)
    found = f"{seconds // 3600}:{seconds // 60 % 60:02}"
    unit = _time_unit(scope, beside)
    number = length_of_minutes(minutes, unit) if unit is not None else None
    if number is None:
        wrong("cell.not-a-number", found=found, read=SOME_NUMBER)
        return None
    fitting = _fitting(number, scope, wrong, found)
    if fitting is not None:
        wrong("cell.length-of-time", found=found, read=_typed(number, scope))
    return fitting


def _time_unit(scope: Scope, beside: Beside) -> TimeUnit | None:
    return "hour" if beside.unit is Unit.HOURS else scope.field.unit


def _is_money(scope: Scope, beside: Beside) -> bool:
    return scope.field.type is FieldType.MONEY or beside.unit is Unit.MONEY


def _is_unclear_share(number: Decimal, number_format: str, scope: Scope, beside: Beside) -> bool:
    """True if a share is over 100 % and not shown as one: a 5 in a plain cell most likely means 5 %.

    In a KPI's row, shares that are surely meant so can say that 150 % is right: growth, for example.
    """
    if number <= 1 or "%" in number_format:
        return False
    if beside.unit is not Unit.SHARE:
        return scope.field.type is FieldType.PERCENT
    cells = beside.look()
    sure = [cell for cell in cells if "%" in cell.number_format]
    around = [*scope.numbers_of(sure), *(share for share in scope.numbers_of(cells) if share <= 1)]
    return not is_near(number, around) or is_near(number / 100, around)


def _fitting(number: Decimal, scope: Scope, wrong: Wrong, found: ProblemValue) -> int | Decimal | None:
    """The number if its field takes it."""
    spec = scope.field
    if abs(number) < _LEAST:
        number = Decimal(0)
    if abs(number) > _MOST:
        wrong("cell.too-large", found=found, first=plain(_MOST))
        return None
    if spec.type is FieldType.INTEGER and number != number.to_integral():
        wrong("cell.not-a-whole-number", found=found)
        return None
    if spec.minimum is not None and number < exact(spec.minimum):
        wrong("cell.too-small", found=found, first=_in_unit(exact(spec.minimum), scope))
        return None
    if spec.maximum is not None and number > exact(spec.maximum):
        wrong("cell.too-large", found=found, first=_in_unit(exact(spec.maximum), scope))
        return None
    return int(number) if spec.type is FieldType.INTEGER else number


def _in_unit(number: Decimal, scope: Scope) -> str:
    return plain(number * 100) + scope.percent if scope.field.type is FieldType.PERCENT else plain(number)


def _typed(number: Decimal, scope: Scope) -> str:
    """A number as a person types it in the workbook's language."""
    return plain(number).replace(".", decimal_sign(scope.layout))


def _number_of_text(text: str, scope: Scope, wrong: Wrong, beside: Beside) -> Value:
    """The number in a text: read as one and named, or only named."""
    kind, currency = scope.field.type, scope.layout.profile.currency
    is_share = kind is FieldType.PERCENT or beside.unit is Unit.SHARE
    unit = _time_unit(scope, beside)

    def number(part: str) -> Reading:
        return scope.number(part, beside)

    parsed = number(text)
    if parsed is None and unit is not None and (length := parse_length(text, unit, number)) is not None:
        parsed = ParsedNumber(length)
    can_be_share = is_share or (kind is FieldType.NUMBER and beside.unit is None and unit is None)
    if parsed is None or (isinstance(parsed, ParsedNumber) and parsed.percent and not can_be_share):
        meant = number_meant(text, number) if unit is None else None
        wrong("cell.not-a-number", found=shown(text), read=SOME_NUMBER if meant is None else plain(meant))
        return None
    if _is_money(scope, beside) and is_foreign(currency_word(text, scope.own_words), currency, scope.own_words):
        wrong("cell.other-currency", found=shown(text), first=currency)
        return None
    if isinstance(parsed, Ambiguous):
        first, second = (_typed(reading.value, scope) for reading in parsed.readings[:2])
        wrong("cell.ambiguous-number", found=shown(text), first=first, second=second)
        return None
    if is_share and not parsed.percent and _is_unclear_points(text, parsed.value, scope, beside):
        _name_share(parsed.value, shown(text), scope, wrong)
        return None
    fitting = _fitting(parsed.value / 100 if parsed.percent else parsed.value, scope, wrong, shown(text))
    if fitting is not None:
        read = _typed(parsed.value, scope) + (scope.percent if parsed.percent else "")
        wrong("cell.number-as-text", found=shown(text), read=read)
    return fitting


def _is_unclear_points(text: str, number: Decimal, scope: Scope, beside: Beside) -> bool:
    """True if a text without % may mean percent points; so may `1.000`, which is 1 with three decimals at most."""
    two = isinstance(parse_number(text, None, scope.own_words), Ambiguous)
    return two or _is_unclear_share(number, "", scope, beside)


def _name_share(number: Decimal, found: ProblemValue, scope: Scope, wrong: Wrong) -> None:
    first, second = (_typed(number * factor, scope) + scope.percent for factor in (1, 100))
    wrong("cell.ambiguous-number", found=found, first=first, second=second)


def number_as_seen(number: float, number_format: str) -> str:
    """A number in a column of texts as the sheet shows it: `80%`, `00742`."""
    zeros = re.fullmatch("0{2,99}", number_format)
    if zeros and number >= 0 and number == int(number):
        return str(int(number)).zfill(len(number_format))
    share = re.fullmatch(r"[#,]*0(?:\.(0{1,9}))?( ?)%", number_format)
    if share is None or abs(number) > _MOST:
        return plain(number)
    digits = Decimal(1).scaleb(-len(share[1] or ""))
    return format((exact(number) * 100).quantize(digits, ROUND_HALF_UP), "f") + share[2] + "%"
