"""Values that were read -> what the cells of a fresh workbook show for them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from smsheets.layout.content import CellValue
from smsheets.layout.lists import channel_value, list_values
from smsheets.layout.placed import Layout
from smsheets.layout.vocabulary import Vocabulary
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.values.scope import Value
from smsheets.spec.model import Field, FieldType, ListSource
from smsheets.spec.reference import load_platforms

_EXACT = 2**53
"""Up to here, a cell holds every whole number."""


class ShownValues:
    """Puts values into the words of one workbook.

    Args:
        layout: Of the fresh workbook; its lists hold the person's own words too.
        vocabulary: Knows which value each word of those lists means.
    """

    def __init__(self, layout: Layout, vocabulary: Vocabulary) -> None:
        self._layout = layout
        self._vocabulary = vocabulary

    def of(self, field: Field, value: Value) -> CellValue:
        """What the cell of a field shows; None where it is blank."""
        if isinstance(value, tuple):
            return ", ".join(str(self._word(field.choices, piece)) for piece in value) or None
        if isinstance(value, bool):
            return self._word("yes_no", "yes" if value else "no")
        if isinstance(value, str) and field.type is not FieldType.YES_NO:
            return self._word(field.choices, value)
        return _number(value) if isinstance(value, Decimal) else value

    def _word(self, list_id: str | None, value: str) -> str:
        return self._words.get(list_id or "", {}).get(value, value)

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, str]]:
        """List id -> value -> its word: as it stands on the Lists sheet, else the template's own."""
        words: dict[str, dict[str, str]] = {}
        for spec in self._layout.spec.lists:
            if spec.id not in self._layout.lists:
                continue
            profile, text = self._layout.profile, self._layout.words.text
            known = {value.id: text(value.text) for value in list_values(spec, profile, profile.language)}
            if spec.source is ListSource.CHANNELS:
                known = {**_platform_names(), **known}
            shown = {self._vocabulary.find(spec.id, word) or word: word for word in self._texts(spec.id)}
            words[spec.id] = {**known, **shown}
        return words

    def _texts(self, list_id: str) -> list[str]:
        """From the last to the first: of two words for one value the first one is taken."""
        return [text for text in reversed(self._layout.lists[list_id].texts) if text]


def _number(value: Decimal) -> int | float:
    whole = int(value)
    return whole if whole == value and abs(whole) <= _EXACT else float(value)


def _platform_names() -> dict[str, str]:
    return {name: channel_value(name).text for name in load_platforms()}


def typed(cell: SourceCell | None) -> CellValue:
    """What stands in a cell of the person's file, as another cell may hold it; None for dates, errors and nothing."""
    if cell is not None and isinstance(cell.value, str | int | float):
        return cell.value
    return None
