"""The content of an input cell -> the typed value of its field, or a problem that names the cell."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time

from smsheets.cells import CellRef
from smsheets.layout.lists import Vocabulary
from smsheets.periods import FIRST_DATE, LAST_DATE
from smsheets.problems import Problem, ProblemValue, make_problem
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.values.amounts import number_as_seen, read_number
from smsheets.reader.values.dates import (
    day_in,
    hour_meant,
    number_behind,
    parse_date,
    parse_moment,
    parse_time,
    time_in_zone,
    without_weekday,
)
from smsheets.reader.values.scope import NOTHING_BESIDE, Beside, Scope, Typed, Value, Wrong, plain, shown
from smsheets.reader.values.words import (
    LONGEST_VALUE,
    Ambiguous,
    is_placeholder,
    normal_label,
    parse_yes_no,
    split_many,
    stripped,
)
from smsheets.spec.vocabulary import NUMBER_TYPES, TEXT_TYPES, FieldType

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
    if scope.layout.only_suggests(choices):
        return scope.vocabulary.find(choices, text) or text
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
    welcome = not guess and scope.layout.takes_own_words(choices)
    if not own or guess or (not welcome and scope.vocabulary.is_new(choices, text)):
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


_SHOWN_ERROR = 60  # characters in a message
_EPOCH = date(1899, 12, 30).toordinal()
_LAST_DAY = 2_900_000  # in the year 9839, counted as Excel counts
_NEAR_YEARS = 10  # from the workbook's first: another one is a plain number


def read_cell(
    cell: SourceCell | None,
    where: CellRef,
    scope: Scope,
    problems: list[Problem],
    beside: Callable[[], Beside] = lambda: NOTHING_BESIDE,
) -> Value:
    """The value of an input cell.

    A cell that is blank or cannot be read is None (`()` where it may hold several values); what is wrong with it is
    added to `problems`. What is `beside` it in its row is asked for where it is a number.
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
    spec = scope.field
    if spec.type in NUMBER_TYPES and spec.choices is None:
        return read_number(cell, scope, wrong, beside())
    if spec.type is FieldType.DATE and isinstance(cell.value, date) and where.row in scope.turned_days:
        wrong("cell.turned-date", found=shown(cell.value), read=scope.turned_days[where.row].isoformat())
        return None
    is_text = spec.choices is None and spec.type in TEXT_TYPES and not spec.many
    if is_text and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return number_as_seen(cell.value, cell.number_format)
    reader = _reader_of(scope)
    return reader(cell.value, scope, wrong)


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
    if spec.type in (FieldType.DATE, FieldType.MONTH):
        return _read_date
    if spec.choices is not None:
        return _read_choice
    if spec.type is FieldType.TIME:
        return _read_time
    return _read_text


def _read_text(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    return stripped(plain(value))


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
    text = value if isinstance(value, str) else ""
    plain_day = parse_date(text, scope.date_order, scope.period, scope.country) if text else None
    parsed, clock = plain_day, None
    if text and parsed is None:
        parsed, clock = parse_moment(text, scope.date_order, scope.period, scope.country)
    if parsed is None and (rest := without_weekday(text, scope.country)):
        day = parse_date(rest, scope.date_order, scope.period, scope.country)
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
