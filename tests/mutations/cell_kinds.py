"""What kinds of filled cells there are to type into."""

from __future__ import annotations

from datetime import date

from hand import FilledCell, Hand

from smsheets.spec.vocabulary import FieldType

_NUMBERS = (FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENT)
_DATES = (FieldType.DATE, FieldType.MONTH)
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)


def is_number(item: FilledCell) -> bool:
    return item.field.type in _NUMBERS and isinstance(item.cell.value, int | float)


def is_day(item: FilledCell) -> bool:
    return item.field.type in _DATES and type(item.cell.value) is date


def is_plain_text(item: FilledCell) -> bool:
    return item.field.type in _TEXTS and item.field.choices is None and not item.field.many


def is_word(item: FilledCell) -> bool:
    """One of a list's words, of which there is only one in the cell."""
    spec = item.field
    return spec.choices is not None and "." not in spec.choices and not spec.many and spec.type is not FieldType.YES_NO


def accepted(item: FilledCell) -> tuple[object, ...]:
    assert item.cell.mark is not None
    return item.cell.mark.accept or ()


def type_word(hand: Hand, item: FilledCell, text: str) -> bool:
    """Writes a list's word in another way; a word of a person's own means what it shows."""
    own = (text, text.strip()) if item.cell.value in accepted(item) else ()
    return hand.type_into(item, text, *accepted(item), *own)
