"""What people may write for a list's values: its words in every language, its ids, and words of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from smsheets.layout.lists import list_values
from smsheets.layout.placed import Layout
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.model import ListSpec, ListValue
from smsheets.spec.reference import load_platforms


class Vocabulary:
    """The words of a workbook's lists.

    Args:
        added: List id -> values that the workbook's own Lists sheet has.
        normal: Puts a text into the form that is compared.
    """

    def __init__(self, layout: Layout, added: Mapping[str, Sequence[str]], normal: Callable[[str], str]) -> None:
        self._layout = layout
        self._added = added
        self._normal = normal
        self._known: dict[str, dict[str, str]] = {}
        self._shown: dict[str, frozenset[str]] = {}
        self._seen: set[tuple[str, str]] = set()

    @cached_property
    def _specs(self) -> Mapping[str, ListSpec]:
        return {spec.id: spec for spec in self._layout.spec.lists}

    def find(self, list_id: str, text: str) -> str | None:
        """The id of the value a text means; a person's own value means itself; None where it is not on the list."""
        if list_id not in self._known:
            self._known[list_id] = self._words(list_id)
        return self._known[list_id].get(self._normal(text))

    def texts(self, list_id: str) -> tuple[str, ...]:
        """The values as this workbook shows them."""
        words = self._layout.words
        own = tuple(words.text(value.text) for value in self._values(list_id))
        return (*own, *self._added.get(list_id, ()))

    def shows(self, list_id: str, text: str) -> bool:
        """Whether this is a word of the list as the workbook shows it, case and spaces apart: its formulas know it."""
        if list_id not in self._shown:
            self._shown[list_id] = frozenset(self._normal(word) for word, _ in self._places(list_id))
        return self._normal(text) in self._shown[list_id]

    def word_of(self, list_id: str, value_id: str) -> str:
        """The word that the workbook shows for a value; empty where its list has none."""
        return next((word for word, id_ in self._places(list_id) if id_ == value_id), "")

    def label(self, list_id: str) -> str:
        """The list's name as this workbook shows it."""
        return self._layout.words.text(self._specs[list_id].label)

    def is_open(self, list_id: str) -> bool:
        """Whether people may add values."""
        return self._specs[list_id].open

    def is_new(self, list_id: str, text: str) -> bool:
        """Whether this text, which is not on the list, is met for the first time: it needs to be added only once."""
        place = (list_id, self._normal(text))
        new = place not in self._seen
        self._seen.add(place)
        return new

    def _places(self, list_id: str) -> list[tuple[str, str]]:
        """The words in the places of the Lists sheet, each with the id it was made for."""
        placed = self._layout.lists.get(list_id)
        if placed is None:
            return [(self._layout.words.text(value.text), value.id) for value in self._values(list_id)]
        return list(zip(placed.texts, placed.ids, strict=True))

    def _values(self, list_id: str) -> tuple[ListValue, ...]:
        spec = self._specs[list_id]
        return list_values(spec, self._layout.profile, self._layout.words.language)

    def _words(self, list_id: str) -> dict[str, str]:
        known: dict[str, str] = {}
        values = list(self._values(list_id))
        if list_id == "channels":
            named = {value.id for value in values}
            others = [item for item in load_platforms().values() if item.id not in named]
            values += [ListValue(id=item.id, text=item.name, aliases=item.aliases) for item in others]
        for text in self._added.get(list_id, ()) if self.is_open(list_id) else ():
            known[self._normal(text)] = text
        for value in reversed(values):
            for word in (*value.aliases, value.id, *self._translations(value.text), value.text):
                known[self._normal(word)] = value.id
        for value in values:
            known[self._normal(self._layout.words.text(value.text))] = value.id
        return known

    def _translations(self, text: str) -> list[str]:
        kind = self._layout.spec.kind
        return [catalogue(language, "common", kind).text(text) for language in languages()]
