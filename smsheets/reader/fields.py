"""What a person typed into an input cell -> the typed value of its field, or a problem that names the cell."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from smsheets.cells import CellRef
from smsheets.layout.placed import Layout
from smsheets.layout.vocabulary import Vocabulary
from smsheets.problems import SOME_NUMBER, Problem, ProblemValue, Quoted, make_problem
from smsheets.reader.dates import date_order_of, parse_date, parse_time
from smsheets.reader.numbers import ParsedNumber, decimal_sign_of, parse_number
from smsheets.reader.source_cells import ErrorValue, SourceCell
from smsheets.reader.typed_text import Ambiguous
from smsheets.reader.words import normal_label, parse_yes_no, split_many
from smsheets.spec.model import Field, FieldType

Value = str | int | Decimal | date | time | bool | tuple[str, ...] | None

_NUMBERS = (FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENT)
_MONEY_DIGITS = 3
_EPOCH = date(1899, 12, 30).toordinal()
_LAST_DAY = 2_900_000
_NEAR_YEARS = 10
_LIKENESS = 0.6
_OPEN_LIKENESS = 0.75
_SHOWN = 60
_NEARLY_NUMBER = re.compile(
    r"(?:[^\W\d]+\.? |~ ?)?(?P<number>[^\w]?[0-9][0-9.,' ]*?[^\w]?) ?(?P<factor>[kKmM])?(?: ?[^\W\d]+\.?)?"
)


@dataclass(frozen=True)
class Scope:
    """What the cells of one column (or one form field) are read with.

    Attributes:
        label: The heading as messages name it.
        texts: All texts of the column: they decide how it writes numbers and dates.
    """

    layout: Layout
    vocabulary: Vocabulary
    field: Field
    label: str
    texts: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    _decided: dict[str, str | None] = dataclasses.field(default_factory=dict)

    @property
    def decimal_sign(self) -> str | None:
        """How the column writes decimals."""
        if "decimal" not in self._decided:
            self._decided["decimal"] = decimal_sign_of(self.texts, self.layout.profile.language)
        return self._decided["decimal"]

    @property
    def date_order(self) -> str | None:
        """How the column orders day, month and year."""
        if "order" not in self._decided:
            profile = self.layout.profile
            country = profile.country[:2] if profile.language != "en" or profile.country[:2] != "US" else None
            self._decided["order"] = date_order_of(self.texts, profile.language, country)
        return self._decided["order"]


def read_cell(cell: SourceCell | None, where: CellRef, scope: Scope, problems: list[Problem]) -> Value:
    """The value of an input cell.

    A cell that is blank or cannot be read is None (`()` where it may hold several values); what is wrong with it is
    added to `problems`.
    """
    blank: Value = () if scope.field.many else None

    def wrong(code: str, **values: ProblemValue) -> None:
        problems.append(make_problem(code, where, "", column=scope.label, **values))

    if cell is None or cell.value is None or cell.value == "":
        if cell is not None and cell.is_formula and not cell.has_cached:
            wrong("cell.not-calculated")
        return blank
    if isinstance(cell.value, str) and not cell.value.strip():
        return blank
    if isinstance(cell.value, ErrorValue):
        wrong("cell.error-value", found=str(cell.value))
        return blank
    reader = _reader_of(scope)
    return reader(cell.value, scope, wrong)


Wrong = Callable[..., None]
Typed = str | int | float | bool | date | datetime | time


def _reader_of(scope: Scope) -> Callable[[Typed, Scope, Wrong], Value]:
    spec = scope.field
    if spec.many:
        return _read_many
    if spec.type is FieldType.YES_NO:
        return _read_yes_no
    if spec.choices is not None:
        return _read_choice
    if spec.type in _NUMBERS:
        return _read_number
    if spec.type in (FieldType.DATE, FieldType.MONTH):
        return _read_date
    if spec.type is FieldType.TIME:
        return _read_time
    return _read_text


def shown(value: object) -> ProblemValue:
    """A cell's content as a message quotes it."""
    if isinstance(value, str):
        text = " ".join(value.split())
        return Quoted(text[:_SHOWN] + ("..." if len(text) > _SHOWN else ""))
    return plain(value)


def plain(value: object) -> str:
    """A number, date, time, text or truth, as a person would type it into the cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else value
        return format(number.normalize(), "f") if number == number.to_integral() else format(number, "f")
    return str(value)


def exact(number: float) -> Decimal:
    """The decimal a person typed: the shortest that gives this float."""
    return Decimal(number) if isinstance(number, int) else Decimal(repr(number))


def _read_text(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    return plain(value).strip()


def _read_number(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    if isinstance(value, bool | date | datetime | time):
        wrong("cell.not-a-number", found=shown(value), read=SOME_NUMBER)
        return None
    number = exact(value) if isinstance(value, int | float) else _number_of_text(value, scope, wrong)
    if number is None:
        return None
    spec = scope.field
    found = shown(value) if isinstance(value, str) else _in_unit(number, spec)
    if spec.type is FieldType.INTEGER and number != number.to_integral():
        wrong("cell.not-a-whole-number", found=found)
        return None
    if spec.minimum is not None and number < exact(spec.minimum):
        wrong("cell.too-small", found=found, first=_in_unit(exact(spec.minimum), spec))
        return None
    if spec.maximum is not None and number > exact(spec.maximum):
        wrong("cell.too-large", found=found, first=_in_unit(exact(spec.maximum), spec))
        return None
    return int(number) if spec.type is FieldType.INTEGER else number


def _in_unit(number: Decimal, spec: Field) -> str:
    return plain(number * 100) + " %" if spec.type is FieldType.PERCENT else plain(number)


def _number_meant(text: str, scope: Scope) -> str:
    """The number in `12 k` or `about 200`, or an example of one."""
    found = _NEARLY_NUMBER.fullmatch(text.strip())
    parsed = parse_number(found["number"], scope.decimal_sign) if found else None
    if not isinstance(parsed, ParsedNumber) or found is None:
        return SOME_NUMBER
    factor = {"k": 1000, "m": 1_000_000}.get((found["factor"] or "").casefold(), 1)
    return plain(parsed.value * factor)


def _typed(number: Decimal, scope: Scope) -> str:
    """A number as a person types it in the workbook's language."""
    return plain(number).replace(".", decimal_sign_of((), scope.layout.profile.language) or ".")


def _number_of_text(text: str, scope: Scope, wrong: Wrong) -> Decimal | None:
    parsed = parse_number(text, scope.decimal_sign)
    if isinstance(parsed, ParsedNumber) and _too_fine(parsed, text, scope):
        parsed = parse_number(text, None)
    if parsed is None:
        wrong("cell.not-a-number", found=shown(text), read=_number_meant(text, scope))
        return None
    if isinstance(parsed, Ambiguous):
        first, second = (_typed(reading.value, scope) for reading in parsed.readings[:2])
        wrong("cell.ambiguous-number", found=shown(text), first=first, second=second)
        return None
    number = parsed.value / 100 if parsed.percent and scope.field.type is FieldType.PERCENT else parsed.value
    wrong("cell.number-as-text", found=shown(text), read=_typed(parsed.value, scope) + (" %" if parsed.percent else ""))
    return number


def _too_fine(parsed: ParsedNumber, text: str, scope: Scope) -> bool:
    """Whether `1.234` would be read as an amount with three decimals: then only a person can say."""
    exponent = parsed.value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return scope.field.type is FieldType.MONEY and digits >= _MONEY_DIGITS


def _read_date(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    parsed = parse_date(value, scope.date_order, scope.period) if isinstance(value, str) else None
    if parsed is None:
        wrong("cell.not-a-date", found=shown(value), read=_date_meant(value, scope).isoformat())
        return None
    if isinstance(parsed, Ambiguous):
        first, second = (reading.isoformat() for reading in parsed.readings[:2])
        wrong("cell.ambiguous-date", found=shown(value), first=first, second=second)
        return None
    wrong("cell.date-as-text", found=shown(value), read=parsed.isoformat())
    return parsed


def _date_meant(value: Typed, scope: Scope) -> date:
    """The day whose number stands in a cell without a date format, or an example within the workbook's period."""
    start = scope.layout.profile.start
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < _LAST_DAY:
        day = date.fromordinal(_EPOCH + int(value))
        if abs(day.year - start.year) < _NEAR_YEARS:
            return day
    return start.replace(day=15)


def _read_time(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        minutes = round(value * 1440)
        return time(minutes // 60 % 24, minutes % 60)
    parsed = parse_time(value) if isinstance(value, str) else None
    if parsed is None:
        wrong("cell.not-a-time", found=shown(value))
    return parsed


def _read_yes_no(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    if isinstance(value, bool):
        return value
    text = plain(value) if isinstance(value, int | float) else value
    known = scope.vocabulary.find("yes_no", text) if isinstance(text, str) else None
    parsed = known == "yes" if known is not None else parse_yes_no(text) if isinstance(text, str) else None
    if parsed is None:
        first, second, *_ = (*scope.vocabulary.texts("yes_no"), "yes", "no")
        wrong("cell.not-yes-or-no", found=shown(value), first=first, second=second)
    return parsed


def _read_choice(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    choices = scope.field.choices or ""
    text = plain(value).strip()
    if "." in choices:
        return text
    found = scope.vocabulary.find(choices, text)
    if found is not None:
        return found
    own = scope.vocabulary.is_open(choices)
    guess = _guess(text, scope.vocabulary.texts(choices), _OPEN_LIKENESS if own else _LIKENESS)
    if not own or guess or scope.vocabulary.is_new(choices, text):
        wrong(
            "cell.not-in-open-list" if own else "cell.not-in-list",
            found=shown(text),
            guess=guess,
            list=scope.vocabulary.label(choices),
            lists_sheet=scope.layout.lists_sheet,
        )
    return text if own else None


def _read_many(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    text = plain(value)
    choices = scope.field.choices or ""
    if not choices or "." in choices:
        return split_many(text)
    whole = scope.vocabulary.find(choices, text)
    # A value of one's own may hold a sign that would part it: `Tom & Tina`.
    pieces = (text,) if whole is not None else split_many(text)
    read = (_read_choice(piece, scope, wrong) for piece in pieces)
    return tuple(piece for piece in read if isinstance(piece, str))


def _guess(text: str, known: Iterable[str], likeness: float) -> str:
    by_label: Mapping[str, str] = {normal_label(word): word for word in known}
    close = difflib.get_close_matches(normal_label(text), by_label, n=1, cutoff=likeness)
    return by_label[close[0]] if close else ""
