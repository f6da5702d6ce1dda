"""The words of other people's workbooks: headings, months, weekdays, totals and list values, a file per language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from smsheets.spec.load import load_data, specs_folder

Headings = dict[str, dict[str, tuple[str, ...]]]
"""Table id -> column id -> headings; `~` in front of one that often means something else, too."""


class LanguageWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language.

    Attributes:
        months: January first; the spellings of each, with spaces between.
        weekdays: Monday first; the spellings of each. A single letter may stand for two days.
        weeks: What stands before a day or a number in the title of a week.
        iso_weeks: Those of them that number the weeks of the year.
        totals: The first word of a row or column that adds others up.
        values: List id -> value id -> words people write for it.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    weeks: tuple[str, ...]
    iso_weeks: tuple[str, ...] = ()
    totals: tuple[str, ...]
    headings: Headings
    values: dict[str, dict[str, tuple[str, ...]]]


class Sign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a table must have to be taken for one of ours.

    Attributes:
        groups: A column of each; `months` are months across.
        telling: Headings one of which must be among them.
        titles: Words one of which must stand in a title or the sheet's name, where no heading tells enough.
        platforms: Whether names of platforms in the cells tell as much as a heading.
    """

    kind: str
    table: str
    groups: tuple[tuple[str, ...], ...]
    telling: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    platforms: bool = False


_FOLDER = "adopt"
_SIGNS = "signs"


@cache
def foreign_words() -> Mapping[str, LanguageWords]:
    """Language -> its words; English first."""
    names = sorted(path.stem for path in (specs_folder() / _FOLDER).glob("*.yaml") if path.stem != _SIGNS)
    names.sort(key=lambda name: name != "en")
    return {name: load_data(f"{_FOLDER}/{name}.yaml", LanguageWords) for name in names}


@cache
def foreign_signs() -> tuple[Sign, ...]:
    """By what each kind of workbook is known."""
    return load_data(f"{_FOLDER}/{_SIGNS}.yaml", tuple[Sign, ...])
