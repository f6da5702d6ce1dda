"""Values: typed as text, in other words, with signs nobody sees, wiped out, or with formulas under and over them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from cell_kinds import accepted, is_day, is_number
from edit import edit
from hand import Hand

from smsheets.calc.engine import serial
from smsheets.spec.vocabulary import FieldType


def _amount(hand: Hand, number: float, places: int | None = None) -> str:
    """A number as a person of this language types it, with all its digits."""
    whole = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    text = f"{whole:,f}" if places is None else f"{whole:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".") if places is None else text
    return text.translate(str.maketrans(",.", ".,")) if hand.german else text


@edit("a number as text")
def number_as_text(hand: Hand) -> bool:
    item = hand.cell(is_number)
    if item is None or not isinstance(item.cell.value, int | float):
        return False
    text = _amount(hand, item.cell.value)
    if item.field.type is FieldType.PERCENT:
        text = _amount(hand, float(Decimal(repr(float(item.cell.value))) * 100)) + hand.rng.choice(
            [" %", "%", "\u00a0%"]
        )
    return hand.type_into(item, text, *accepted(item))


@edit("numbers of a whole column as text")
def column_as_text(hand: Hand) -> bool:
    chosen = hand.cell(is_number)
    if chosen is None or chosen.cell.mark is None:
        return False
    mark = chosen.cell.mark
    for item in list(hand.cells()):
        if item.cell.mark and (item.cell.mark.block, item.cell.mark.key) == (mark.block, mark.key) and is_number(item):
            assert isinstance(item.cell.value, int | float)
            factor = 100 if item.field.type is FieldType.PERCENT else 1
            text = _amount(hand, float(Decimal(repr(float(item.cell.value))) * factor)) + (" %" if factor > 1 else "")
            hand.type_into(item, text, *accepted(item))
    return True


@edit("an amount as text with its currency")
def amount_with_currency(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_number(item) and item.field.type is FieldType.MONEY)
    if item is None or not isinstance(item.cell.value, int | float):
        return False
    text = _amount(hand, item.cell.value, 2)
    forms = (
        [f"{text}\u00a0€", f"{text} €", f"{text} EUR", f"€ {text}"]
        if hand.german
        else [f"${text}", f"$ {text}", f"USD {text}"]
    )
    if hand.german and Decimal(repr(item.cell.value)) == int(item.cell.value):
        forms.append(f"{_amount(hand, int(item.cell.value))},-")
    return hand.type_into(item, hand.rng.choice(forms), *accepted(item))


@edit("a number as text with spaces between its thousands")
def number_with_spaces(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_number(item) and item.field.type is not FieldType.PERCENT)
    if item is None or not isinstance(item.cell.value, int | float):
        return False
    sign = "." if hand.german else ","
    text = _amount(hand, item.cell.value).replace(sign, hand.rng.choice(["\u00a0", "\u202f", " ", "'"]))
    return hand.type_into(item, text, *accepted(item))


@edit("a number as plain text without thousands")
def plain_number(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_number(item) and item.field.type is not FieldType.PERCENT)
    if item is None or not isinstance(item.cell.value, int | float):
        return False
    sign = "." if hand.german else ","
    return hand.type_into(item, _amount(hand, item.cell.value).replace(sign, ""), *accepted(item))


@edit("a number as text as other countries write it")
def foreign_number(hand: Hand) -> bool:
    """With one or two decimals, so that it can only be meant in one way."""
    item = hand.cell(lambda item: is_number(item) and item.field.type in (FieldType.MONEY, FieldType.NUMBER))
    if item is None or not isinstance(item.cell.value, float) or round(item.cell.value, 2) != item.cell.value:
        return False
    text = f"{item.cell.value:,.2f}"
    text = text if hand.german else text.translate(str.maketrans(",.", ".,"))
    return hand.type_into(item, text, *accepted(item))


@edit("a percentage typed as a whole number")
def whole_percent(hand: Hand) -> bool:
    """Fifty in a cell for shares: what is seen is 50, not a half."""
    item = hand.cell(lambda item: is_number(item) and item.field.type is FieldType.PERCENT)
    return item is not None and hand.type_into(item, 50, Decimal(50))


@edit("words in a number's cell")
def words_for_number(hand: Hand) -> bool:
    item = hand.cell(is_number)
    words = [
        hand.word("about 200", "ca. 200"),
        "12 k",
        "tbd",
        "???",
        "n/a",
        "-",
        "1-2",
        hand.word("see invoice", "s. Rechnung"),
        "10+5",
    ]
    return item is not None and hand.type_into(item, hand.rng.choice(words))


@edit("a date as text")
def date_as_text(hand: Hand) -> bool:
    item = hand.cell(is_day)
    if item is None or not isinstance(item.cell.value, date):
        return False
    return hand.type_into(item, hand.rng.choice(_written_days(hand, item.cell.value)), *accepted(item))


@edit("dates of a whole column as text")
def date_column_as_text(hand: Hand) -> bool:
    chosen = hand.cell(is_day)
    if chosen is None or chosen.cell.mark is None:
        return False
    mark, way = chosen.cell.mark, hand.rng.randrange(4)
    for item in list(hand.cells()):
        if item.cell.mark and (item.cell.mark.block, item.cell.mark.key) == (mark.block, mark.key) and is_day(item):
            assert isinstance(item.cell.value, date)
            hand.type_into(item, _written_days(hand, item.cell.value)[way], *accepted(item))
    return True


_MONTHS = {
    "en": (
        *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
        *("september sep", "october oct", "november nov", "december dec"),
    ),
    "de": (
        *("januar jän", "februar feber", "märz maerz", "april apr", "mai", "juni jun", "juli jul", "august aug"),
        *("september sep", "oktober okt", "november nov", "dezember dez"),
    ),
}
"""Language -> each month's name, and a shorter or rarer spelling of it."""


def _written_days(hand: Hand, day: date) -> list[str]:
    months = _MONTHS["de" if hand.german else "en"]
    long, short = months[day.month - 1].split()[0].capitalize(), months[day.month - 1].split()[-1].capitalize()
    iso = day.isoformat()
    if hand.german:
        near = [f"{day.day}.{day.month}.{day:%y}"] if 2000 <= day.year < 2099 else []
        return [
            f"{day:%d.%m.%Y}",
            f"{day.day}.{day.month}.{day.year}",
            f"{day.day}. {long} {day.year}",
            iso,
            f"{day.day}. {short} {day.year}",
            *near,
        ]
    near = [f"{day.month}/{day.day}/{day:%y}"] if 2000 <= day.year < 2099 else []
    return [
        f"{day.month}/{day.day}/{day.year}",
        f"{long} {day.day}, {day.year}",
        iso,
        f"{day.day} {short} {day.year}",
        f"{day:%m/%d/%Y}",
        *near,
    ]


@edit("a date as text without its year")
def date_without_year(hand: Hand) -> bool:
    item = hand.cell(is_day)
    if item is None or not isinstance(item.cell.value, date):
        return False
    day = item.cell.value
    short = _MONTHS["de" if hand.german else "en"][day.month - 1].split()[-1].capitalize()
    forms = (
        [f"{day.day}. {short}", f"{day.day}.{day.month}."]
        if hand.german
        else [f"{day.day}-{short}", f"{short} {day.day}"]
    )
    return hand.type_into(item, hand.rng.choice(forms), *accepted(item))


@edit("a date whose cell shows a number")
def date_as_number(hand: Hand) -> bool:
    """The cell lost its format: nobody sees a date there."""
    item = hand.cell(is_day)
    if item is None or not isinstance(item.cell.value, date):
        return False
    return hand.type_into(item, int(serial(item.cell.value)), *accepted(item))


@edit("a date with a time of day")
def date_with_time(hand: Hand) -> bool:
    item = hand.cell(is_day)
    if item is None or not isinstance(item.cell.value, date):
        return False
    moment = datetime.combine(item.cell.value, time(9, 30))
    return hand.type_into(item, moment, *([moment] if item.field.timed else accepted(item)))


@edit("words in a date's cell")
def words_for_date(hand: Hand) -> bool:
    item = hand.cell(is_day)
    words = [
        "tbd",
        hand.word("next week", "nächste Woche"),
        hand.word("mid March", "Mitte März"),
        "KW 12",
        "31.02.2027",
        "2027",
        "Q1",
    ]
    return item is not None and hand.type_into(item, hand.rng.choice(words))


@edit("a time as text")
def time_as_text(hand: Hand) -> bool:
    item = hand.cell(lambda item: item.field.type is FieldType.TIME and isinstance(item.cell.value, time))
    if item is None or not isinstance(item.cell.value, time):
        return False
    moment = item.cell.value
    forms = [
        f"{moment:%H:%M}",
        f"{moment.hour}:{moment:%M}",
        f"{moment:%H.%M} Uhr" if hand.german else f"{moment:%I:%M %p}",
    ]
    return hand.type_into(item, hand.rng.choice(forms), *accepted(item))
