"""Which row of one plan is which row of the other: by id, else by name, else by what it holds - and it is said which.

Nothing is guessed: where two rows are alike to the same degree, neither is taken; they count as dropped and added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from enum import Enum

import msgspec

from smsheets.comparison.side import Row, Table, Value
from smsheets.plan.record import group_by

_LEAST_ALIKE = 0.6
"""How much alike, 0..1, two rows must be to be taken for the same one although their ids differ."""
_LEAST_ALIKE_NAMELESS = 0.5
"""The same where a table has no ids: the name is all there is, and it was changed."""
_NEARLY = 0.75
"""From this on two texts count as nearly the same."""
_LONGEST = 80  # characters of a text that are compared letter by letter: its beginning is enough to know it
_MOST_STEPS = 6_000_000
"""Letters of one text times letters of another, of all texts of a table that are compared letter by letter; after that
only the same text is alike."""
_MOST_PAIRS = 20_000
"""More pairs are not compared closely: their rows count as dropped and added."""


class By(Enum):
    """How a row was found again."""

    ID = "id"
    NAME = "name"
    CONTENT = "content"


class Pair(msgspec.Struct, frozen=True):
    """The same row before and now."""

    old: Row
    new: Row
    by: By


class _Match(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of two tables: found again, dropped, added; each in the order of its sheet."""

    pairs: tuple[Pair, ...] = ()
    dropped: tuple[Row, ...] = ()
    added: tuple[Row, ...] = ()


def match_rows(old: Table, new: Table, *, same_period: bool = True) -> _Match:
    """Which rows are the same.

    Args:
        same_period: Of two periods, an id alone says nothing: the same number may have been given anew.
    """
    if old.form or new.form:
        return _Match(pairs=tuple(Pair(one, other, By.ID) for one, other in zip(old.rows, new.rows, strict=False)))
    matching = _Matching(old, new)
    matching.pair_unchanged()
    if not same_period and new.id_column:
        matching.pair_by(lambda row: (row.id, matching.name(row)) if row.id else (), By.ID)
        matching.pair_by(matching.name, By.NAME)
    else:
        matching.pair_renumbered()
        matching.pair_by(lambda row: row.id, By.ID)
        matching.pair_by(matching.name, By.NAME)
        matching.pair_filled_in()
        matching.pair_alike()
    return matching.result()


class _Matching:
    """The rows that are still to be found, by their numbers."""

    def __init__(self, old: Table, new: Table) -> None:
        self.table, self.old, self.new = new, old.rows, new.rows
        self.name = new.name_of
        self.old_left = dict.fromkeys(range(len(old.rows)))
        self.new_left = dict.fromkeys(range(len(new.rows)))
        self.found: dict[int, Pair] = {}
        self.steps_left = _MOST_STEPS

    def take(self, one: int, other: int, by: By) -> None:
        del self.old_left[one], self.new_left[other]
        self.found[one] = Pair(self.old[one], self.new[other], by)

    def pair_unchanged(self) -> None:
        """Rows that are the same in everything, however many of them there are."""
        places: dict[Hashable, list[int]] = defaultdict(list)
        for number in reversed(self.new_left):
            row = self.new[number]
            places[row.id, row.content].append(number)
        for number in list(self.old_left):
            row = self.old[number]
            if same := places.get((row.id, row.content)):
                self.take(number, same.pop(), By.ID if row.id else By.CONTENT)

    def pair_renumbered(self) -> None:
        """Rows with another id than before: their old id is gone, or names something else now, and they are elsewhere.

        With the same content they are the same; with the same name where they are more alike than what has the id now.
        """
        holders = self._once(self.new_left, self.new, lambda row: row.id)
        contents = self._once(self.new_left, self.new, lambda row: row.content)
        names = self._once(self.new_left, self.new, self.name)
        old_contents = self._once(self.old_left, self.old, lambda row: row.content)
        old_names = self._once(self.old_left, self.old, self.name)
        for number in list(self.old_left):
            row = self.old[number]
            name, holder = self.name(row), holders.get(row.id)
            if not row.id or (holder is not None and self.name(self.new[holder]) == name):
                continue
            same = contents.get(row.content) if old_contents.get(row.content) == number else None
            if same is None and old_names.get(name) == number:
                same = self._more_alike(row, names.get(name), holder)
            if same is not None and same in self.new_left:
                self.take(number, same, By.CONTENT)

    def _more_alike(self, row: Row, same: int | None, holder: int | None) -> int | None:
        """The row of the same name, unless the one that has the id now is as much like it."""
        if same is None or holder is None:
            return same
        return same if self._likeness(row, self.new[same]) > self._likeness(row, self.new[holder]) else None

    def pair_by(self, key: Callable[[Row], Hashable], by: By) -> None:
        """Rows whose key is the only one of its kind on both sides; a name they have beside ids is a likeness."""
        there = self._once(self.new_left, self.new, key)
        for value, number in self._once(self.old_left, self.old, key).items():
            if value in there:
                other = there[value]
                have_ids = self.old[number].id or self.new[other].id
                self.take(number, other, By.CONTENT if by is By.NAME and have_ids else by)

    def pair_filled_in(self) -> None:
        """Rows without ids that hold all they held before, and more: those that a new workbook begins with, say.

        Of several that held the same, it makes no difference which one it is.
        """
        if self.table.id_column or len(self.old_left) * len(self.new_left) > _MOST_PAIRS:
            return
        for number in sorted(self.old_left, key=lambda number: (-len(self.old[number].content), number)):
            held = self.old[number].content
            more = next((other for other in self.new_left if held < self.new[other].content), None)
            if more is not None:
                self.take(number, more, By.NAME)

    def pair_alike(self) -> None:
        """The rows that are left, where two are alike enough and no other is as much alike."""
        if len(self.old_left) * len(self.new_left) > _MOST_PAIRS:
            return
        scores = {
            (one, other): self._likeness(self.old[one], self.new[other])
            for one in self.old_left
            for other in self.new_left
            if not (self.old[one].id and self.old[one].id == self.new[other].id)
        }
        best_old, best_new = _best(scores, 0), _best(scores, 1)
        for (one, other), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            least = _LEAST_ALIKE if self.table.id_column else _LEAST_ALIKE_NAMELESS
            if score >= least and best_old[one] == (score, 1) and best_new[other] == (score, 1):
                self.take(one, other, By.CONTENT)

    def result(self) -> _Match:
        return _Match(
            pairs=tuple(self.found[number] for number in sorted(self.found)),
            dropped=tuple(self.old[number] for number in self.old_left),
            added=tuple(self.new[number] for number in self.new_left),
        )

    def _likeness(self, one: Row, other: Row) -> float:
        """How alike two rows are, 0..1: their names count half, all the rest of them half."""
        named = {(name, None) for name in self.table.names}
        rest = [part for part in {*one.values, *other.values} if part not in named]
        filled = [part for part in sorted(named, key=str) if part in one.values or part in other.values]
        names = _mean(self._alike(one.values.get(part), other.values.get(part)) for part in filled)
        if not rest:
            return names
        return names / 2 + _mean(float(one.values.get(part) == other.values.get(part)) for part in rest) / 2

    def _alike(self, one: Value, other: Value) -> float:
        """How alike two values are, 0..1; below a limit they are not."""
        if one == other:
            return 1.0
        if not (isinstance(one, str) and isinstance(other, str) and self.steps_left > 0):
            return 0.0
        first, second = one[:_LONGEST].casefold(), other[:_LONGEST].casefold()
        self.steps_left -= len(first) * len(second)
        ratio = SequenceMatcher(None, first, second, autojunk=False).ratio()
        return ratio if ratio >= _NEARLY else 0.0

    @staticmethod
    def _once(left: Iterable[int], rows: Sequence[Row], key: Callable[[Row], Hashable]) -> dict[Hashable, int]:
        """Key -> the only row that has it; an empty key is none."""
        keys = {number: key(rows[number]) for number in left}
        counts = Counter(keys.values())
        return {value: number for number, value in keys.items() if value and counts[value] == 1}


def _best(scores: dict[tuple[int, int], float], side: int) -> dict[int, tuple[float, int]]:
    """Row -> its highest score, and how many others it has it with."""
    by_row = group_by(scores, lambda pair: pair[side])
    rated = {row: [scores[pair] for pair in pairs] for row, pairs in by_row.items()}
    return {row: (max(found), found.count(max(found))) for row, found in rated.items()}


def _mean(scores: Iterable[float]) -> float:
    listed = list(scores)
    return sum(listed) / len(listed) if listed else 0.0
