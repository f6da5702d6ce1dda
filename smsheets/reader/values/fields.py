"""The content of an input cell -> the typed value of its field, or a problem that names the cell."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from smsheets.cells import CellRef
from smsheets.layout.lists import Vocabulary
from smsheets.problems import SOME_NUMBER, Problem, ProblemValue, make_problem
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.values.dates import (
    FIRST_DATE,
    LAST_DATE,
    day_in,
    hour_meant,
    number_behind,
    parse_date,
    parse_moment,
    parse_time,
    time_in_zone,
    without_weekday,
)
from smsheets.reader.values.numbers import ParsedNumber, currency_word, decimal_sign_of, is_foreign, parse_number
from smsheets.reader.values.scope import Scope, Typed, Value, Wrong, exact, plain, shown
from smsheets.reader.values.words import (
    LONGEST_VALUE,
    Ambiguous,
    is_placeholder,
    normal_label,
    parse_yes_no,
    split_many,
    stripped,
)
from smsheets.spec.model import NUMBER_TYPES, TEXT_TYPES, Field, FieldType

_LIKENESS = 0.6  # 0 to 1: a closed list has few words, so a guess is worth much
_OPEN_LIKENESS = 0.75  # a person's own word may be meant
_YES_NO = "yes_no"
_ANY_JOINT = re.compile(r"[/&+,;|]")


def _read_yes_no(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    """Yes or no: the list's words, those of other languages, a check mark, `TRUE`."""
    words = scope.vocabulary
    text = "" if isinstance(value, bool) else plain(value)
    known = words.find(_YES_NO, text)
    parsed = value if isinstance(value, bool) else known == "yes" if known is not None else parse_yes_no(text)
    if parsed is None and scope.field.dated and (day := day_in(value, scope.period)) is not None:
        return _read_date(day, scope, wrong)
    if parsed is None:
        first, second, *_ = (*words.texts(_YES_NO), "yes", "no")
        wrong("cell.not-yes-or-no", found=shown(value), first=first, second=second)
    else:
        _check_word(text, "yes" if parsed else "no", _YES_NO, value, scope, wrong)
    return parsed


def _read_choice(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    """The id of the one value that a cell names; a person's own value of an open list as it is there."""
    choices = scope.field.choices or ""
    text = stripped(plain(value))
    if "." in choices:
        return text
    several = _several(text, choices, scope.vocabulary) if scope.vocabulary.find(choices, text) is None else {}
    if len(several) > 1:
        words = (scope.vocabulary.word_of(choices, item) or typed for item, typed in several.items())
        wrong("cell.several-values", found=shown(value), read=", ".join(words))
        return None
    found = next(iter(several), None) or scope.vocabulary.find(choices, text)
    if found is None:
        return _unknown(text, choices, scope, wrong)
    _check_word(text, found, choices, value, scope, wrong)
    return found


def _read_many(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    """The ids of all values that a cell names. No dropdown and no formula of the sheet needs its own words here."""
    text = plain(value)
    choices = scope.field.choices or ""
    if not choices or "." in choices:
        return split_many(text)
    # A value of one's own may hold a character that would part it: `Tom & Tina`.
    pieces = (text,) if scope.vocabulary.find(choices, text) is not None else split_many(text)
    read = (scope.vocabulary.find(choices, piece) or _unknown(piece, choices, scope, wrong) for piece in pieces)
    return tuple(piece for piece in read if piece is not None)


def _several(text: str, choices: str, words: Vocabulary) -> dict[str, str]:
    """The list values that a text names together, each as it was typed; none where it is one value of someone's own."""
    if len(text) > LONGEST_VALUE:
        return {}
    for pieces in dict.fromkeys((split_many(text), tuple(_ANY_JOINT.split(text)))):
        typed = [piece.strip() for piece in pieces if piece.strip()]
        meant = {piece: words.find(choices, piece) for piece in typed}
        known = {found: piece for piece, found in meant.items() if found is not None}
        unknown = {piece: piece for piece, found in meant.items() if found is None}
        if len(known) > 1 or (known and len(typed) > 1 and not (unknown and words.is_open(choices))):
            return {**known, **unknown}
    return {}


def _unknown(text: str, choices: str, scope: Scope, wrong: Wrong) -> str | None:
    """Names a word that is not on the list; in an open list it is read as a value of one's own."""
    own = scope.vocabulary.is_open(choices)
    guess = ""
    if next(scope.guesses, None) is not None:
        guess = _guess(text, scope.vocabulary.texts(choices), _OPEN_LIKENESS if own else _LIKENESS)
    if not own or guess or scope.vocabulary.is_new(choices, text):
        _name_unlisted(text, guess, choices, scope, wrong)
    return text if own else None


def _name_unlisted(text: str, guess: str, choices: str, scope: Scope, wrong: Wrong) -> None:
    wrong(
        "cell.not-in-open-list" if scope.vocabulary.is_open(choices) else "cell.not-in-list",
        found=shown(text),
        guess=guess,
        list=scope.vocabulary.label(choices),
        lists_sheet=scope.layout.lists_sheet,
    )


def _check_word(text: str, found: str, choices: str, value: Typed, scope: Scope, wrong: Wrong) -> None:
    """Names a word that people understand, and the sheet's formulas do not."""
    if scope.vocabulary.shows(choices, text):
        return
    word = scope.vocabulary.word_of(choices, found)
    if word:
        wrong("cell.other-word", found=shown(value), read=word, list=scope.vocabulary.label(choices))
    elif scope.vocabulary.is_new(choices, text):  # one of ours, but the list does not have it, or no longer
        _name_unlisted(text, "", choices, scope, wrong)


def _guess(text: str, known: Iterable[str], likeness: float) -> str:
    if len(text) > LONGEST_VALUE:
        return ""
    by_label: Mapping[str, str] = {normal_label(word): word for word in known}
    close = difflib.get_close_matches(normal_label(text), by_label, n=1, cutoff=likeness)
    return by_label[close[0]] if close else ""


_MONEY_DIGITS = 3  # 1.234 would be an amount with three decimals
_SHOWN_ERROR = 60  # characters in a message
_MOST = Decimal(10) ** 15
_LEAST = Decimal(10) ** -9
"""Amounts beyond these no business plans with; sums of them would lose the digits of all others."""
_EPOCH = date(1899, 12, 30).toordinal()
_LAST_DAY = 2_900_000  # in the year 9839, counted as Excel counts
_NEAR_YEARS = 10  # from the workbook's first: another one is a plain number
_NEARLY_NUMBER = re.compile(
    r"(?:[^\W\d]+\.? |~ ?)?(?P<number>[^\w]?[0-9][0-9.,' ]*?[^\w]?) ?(?P<factor>[kKmM])?(?: ?[^\W\d]+\.?)?"
)


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
        wrong("cell.error-value", found=str(cell.value)[:_SHOWN_ERROR])
        return blank
    if isinstance(cell.value, str) and _stands_for_nothing(cell.value, scope):
        wrong("cell.placeholder", found=shown(cell.value))
        return blank
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        if _is_unclear_share(cell.value, cell.number_format, scope.field):
            _name_share(exact(cell.value), shown(cell.value), scope, wrong)
            return blank
        if scope.field.type is FieldType.MONEY and (sign := scope.foreign_sign(cell.number_format)):
            found = shown(f"{plain(cell.value)} {sign}")
            wrong("cell.other-currency", found=found, first=scope.layout.profile.currency)
            return blank
        if scope.field.choices is None and scope.field.type in TEXT_TYPES and not scope.field.many:
            return _number_as_seen(cell.value, cell.number_format)
    reader = _reader_of(scope)
    return reader(cell.value, scope, wrong)


def _is_unclear_share(number: float, number_format: str, spec: Field) -> bool:
    """True if a share is over 100 % and not shown as one: a 5 in a plain cell most likely means 5 %."""
    return spec.type is FieldType.PERCENT and number > 1 and "%" not in number_format


def _name_share(number: Decimal, found: ProblemValue, scope: Scope, wrong: Wrong) -> None:
    first, second = (_typed(number * factor, scope) + scope.percent for factor in (1, 100))
    wrong("cell.ambiguous-number", found=found, first=first, second=second)


def _stands_for_nothing(text: str, scope: Scope) -> bool:
    """True if someone typed a dash or `TBD` where a number, a date or a word of a list is to come."""
    spec = scope.field
    if not is_placeholder(text) or (spec.choices is None and spec.type in TEXT_TYPES):
        return False
    choices = spec.choices or ("yes_no" if spec.type is FieldType.YES_NO else "")
    return not choices or "." in choices or scope.vocabulary.find(choices, text) is None


def _reader_of(scope: Scope) -> Callable[[Typed, Scope, Wrong], Value]:
    spec = scope.field
    if spec.many:
        return _read_many
    if spec.type is FieldType.YES_NO:
        return _read_yes_no
    if spec.choices is not None:
        return _read_choice
    if spec.type in NUMBER_TYPES:
        return _read_number
    if spec.type in (FieldType.DATE, FieldType.MONTH):
        return _read_date
    if spec.type is FieldType.TIME:
        return _read_time
    return _read_text


def _number_as_seen(number: float, number_format: str) -> str:
    """A number in a column of texts as the sheet shows it: `80%`, `00742`."""
    zeros = re.fullmatch("0{2,99}", number_format)
    if zeros and number >= 0 and number == int(number):
        return str(int(number)).zfill(len(number_format))
    share = re.fullmatch(r"[#,]*0(?:\.(0{1,9}))?( ?)%", number_format)
    if share is None or abs(number) > _MOST:
        return plain(number)
    digits = Decimal(1).scaleb(-len(share[1] or ""))
    return format((exact(number) * 100).quantize(digits, ROUND_HALF_UP), "f") + share[2] + "%"


def _read_text(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    return stripped(plain(value))


def _read_number(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    if isinstance(value, bool | date | datetime | time):
        wrong("cell.not-a-number", found=shown(value), read=SOME_NUMBER)
        return None
    if isinstance(value, int | float):
        number = exact(value)
        return _fitting(number, scope, wrong, _in_unit(number, scope))
    parsed = _number_of_text(value, scope, wrong)
    if parsed is None:
        return None
    as_share = parsed.percent and scope.field.type in (FieldType.PERCENT, FieldType.NUMBER)
    fitting = _fitting(parsed.value / 100 if as_share else parsed.value, scope, wrong, shown(value))
    if fitting is not None:
        read = _typed(parsed.value, scope) + (scope.percent if parsed.percent else "")
        wrong("cell.number-as-text", found=shown(value), read=read)
    return fitting


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


def _number_meant(text: str, scope: Scope) -> str:
    """The number in `12 k` or `about 200`, or an example of one."""
    found = _NEARLY_NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST_VALUE else None
    parsed = parse_number(found["number"], scope.decimal_sign, scope.own_words) if found else None
    if not isinstance(parsed, ParsedNumber) or found is None:
        return SOME_NUMBER
    factor = {"k": 1000, "m": 1_000_000}.get((found["factor"] or "").casefold(), 1)
    return plain(parsed.value * factor)


def _typed(number: Decimal, scope: Scope) -> str:
    """A number as a person types it in the workbook's language."""
    return plain(number).replace(".", decimal_sign_of((), scope.layout.profile.language) or ".")


def _number_of_text(text: str, scope: Scope, wrong: Wrong) -> ParsedNumber | None:
    parsed = parse_number(text, scope.decimal_sign, scope.own_words)
    if isinstance(parsed, ParsedNumber) and _too_fine(parsed, scope):
        parsed = parse_number(text, None, scope.own_words)
    kind = scope.field.type
    no_share = isinstance(parsed, ParsedNumber) and parsed.percent and kind in (FieldType.MONEY, FieldType.INTEGER)
    if parsed is None or no_share:
        wrong("cell.not-a-number", found=shown(text), read=_number_meant(text, scope))
        return None
    if kind is FieldType.MONEY and is_foreign(
        currency_word(text, scope.own_words), scope.layout.profile.currency, scope.own_words
    ):
        wrong("cell.other-currency", found=shown(text), first=scope.layout.profile.currency)
        return None
    if isinstance(parsed, Ambiguous):
        first, second = (_typed(reading.value, scope) for reading in parsed.readings[:2])
        wrong("cell.ambiguous-number", found=shown(text), first=first, second=second)
        return None
    if kind is FieldType.PERCENT and not parsed.percent and parsed.value > 1:
        _name_share(parsed.value, shown(text), scope, wrong)
        return None
    return parsed


def _too_fine(parsed: ParsedNumber, scope: Scope) -> bool:
    """True if `1.234` would be an amount with three decimals, or a count with some: then only a person can say."""
    exponent = parsed.value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return digits >= _MONEY_DIGITS and scope.field.type in (FieldType.MONEY, FieldType.INTEGER)


def _read_date(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    moment = _day_of(value, scope, wrong)
    day = moment.date() if isinstance(moment, datetime) else moment
    if day is None or FIRST_DATE <= day <= LAST_DATE:
        return moment
    code, limit = ("cell.too-small", FIRST_DATE) if day < FIRST_DATE else ("cell.too-large", LAST_DATE)
    wrong(code, found=day.isoformat(), first=limit.isoformat())
    return None


def _day_of(value: Typed, scope: Scope, wrong: Wrong) -> date | None:
    timed = scope.field.timed or scope.field.dated
    if isinstance(value, datetime):
        if timed:
            return value if value.time() != time() else value.date()
        wrong("cell.date-with-time", found=shown(value), read=value.date().isoformat())
        return value.date()
    if isinstance(value, date):
        return value
    plain_day = parse_date(value, scope.date_order, scope.period) if isinstance(value, str) else None
    parsed, clock = plain_day, None
    if isinstance(value, str) and parsed is None:
        parsed, clock = parse_moment(value, scope.date_order, scope.period)
    if parsed is None and isinstance(value, str) and (rest := without_weekday(value)):
        day = parse_date(rest, scope.date_order, scope.period)
        if isinstance(day, date):
            wrong("cell.other-weekday", found=shown(value), read=day.isoformat())
            return None
    if parsed is None:
        wrong("cell.not-a-date", found=shown(value), read=_date_meant(value, scope).isoformat())
        return None
    if isinstance(parsed, Ambiguous):
        first, second = (reading.isoformat() for reading in parsed.readings[:2])
        wrong("cell.ambiguous-date", found=shown(value), first=first, second=second)
        return None
    code = "cell.date-as-text" if timed or plain_day is not None else "cell.date-with-time"
    moment = datetime.combine(parsed, clock) if timed and clock else parsed
    wrong(code, found=shown(value), read=plain(moment))
    return moment


def _date_meant(value: Typed, scope: Scope) -> date:
    """The day whose number is in a cell without a date format, or an example within the workbook's period."""
    start = scope.layout.profile.start
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < _LAST_DAY:
        day = date.fromordinal(_EPOCH + int(value))
        if abs(day.year - start.year) < _NEAR_YEARS:
            return day
    return start.replace(day=15)


def _read_time(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    if isinstance(value, time):
        return value
    number = number_behind(value)
    if number is not None and 0 <= number < 1:
        minutes = round(number * 1440)
        return time(minutes // 60 % 24, minutes % 60)
    if isinstance(value, datetime) and number is None:
        return value.time()
    parsed = parse_time(value) if isinstance(value, str) else None
    if parsed is None:
        zoned = time_in_zone(value) if isinstance(value, str) else None
        code, meant = ("cell.not-a-time", hour_meant(number)) if zoned is None else ("cell.time-with-zone", zoned)
        wrong(code, found=shown(value if number is None else number), read=plain(meant or "09:30"))
    return parsed
