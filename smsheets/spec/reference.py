"""The data that templates and rules share: platforms, KPI definitions, texts of findings, words of other workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from smsheets.kinds import KINDS
from smsheets.plan.reference import ChannelRole, FindingText, KpiDefinition, Occasion, Platform
from smsheets.spec.load import load_common, load_data, specs_folder


@cache
def load_platforms() -> Mapping[str, Platform]:
    """Platform id -> what is known of it."""
    return {platform.id: platform for platform in load_data("platforms.yaml", tuple[Platform, ...])}


@cache
def load_kpi_definitions() -> Mapping[str, KpiDefinition]:
    """Metric id -> its definition."""
    return {item.id: item for item in load_data("kpis.yaml", tuple[KpiDefinition, ...])}


@cache
def load_role_metrics() -> Mapping[ChannelRole, tuple[str, ...]]:
    """Role of a channel -> the metrics to follow for it, the first ones first."""
    return load_data("roles.yaml", dict[ChannelRole, tuple[str, ...]])


@cache
def load_occasions() -> tuple[Occasion, ...]:
    """The days of trade, through the year."""
    return load_data("occasions.yaml", tuple[Occasion, ...])


@cache
def load_tools() -> Mapping[str, tuple[str, ...]]:
    """Kind of tool -> names of tools that are well known."""
    return load_data("tools.yaml", dict[str, tuple[str, ...]])


@cache
def load_list_texts() -> Mapping[str, Mapping[str, str]]:
    """List id -> value id -> English text, for the lists that several templates share."""
    return {spec.id: {value.id: value.text for value in spec.values} for spec in load_common().lists}


@cache
def load_finding_texts() -> Mapping[str, FindingText]:
    """Rule id (`budget.over`) -> its texts, template by template, each in the order of its file."""
    return {
        name: text
        for kind in KINDS
        for name, text in load_data(f"findings/{kind}.yaml", dict[str, FindingText]).items()
    }


class TypedWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language that people type into cells: `locales/<code>/words.yaml` says what each is for."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    placeholders: tuple[str, ...]
    joining: tuple[str, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    about: tuple[str, ...]
    day_endings: tuple[str, ...]
    before_months: tuple[str, ...]
    before_times: tuple[str, ...]
    after_times: tuple[str, ...]
    until: tuple[str, ...]
    particles: tuple[str, ...]
    totals: tuple[str, ...]
    totals_alone: tuple[str, ...]
    before_totals: tuple[str, ...]
    after_totals: tuple[str, ...]
    currencies: tuple[str, ...]
    country: str
    currency: str


@cache
def typed_words() -> Mapping[str, TypedWords]:
    """Language -> the words people type in it; also of languages that no workbook is in."""
    names = sorted(path.parent.name for path in (specs_folder() / "locales").glob("*/words.yaml"))
    return {name: load_data(f"locales/{name}/words.yaml", TypedWords) for name in names}


@cache
def words_for(name: str, *, of: tuple[str, ...] = ()) -> frozenset[str]:
    """The words of one list of `TypedWords`, of these languages; of all where none is given."""
    chosen = (words for language, words in typed_words().items() if not of or language in of)
    return frozenset(word for words in chosen for word in getattr(words, name))


@cache
def currencies_of(word: str) -> frozenset[str]:
    """The currencies that a sign or a word beside an amount can mean, from currencies.yaml; by its three letters, too.

    Args:
        word: In lower case.
    """
    listed = load_data("currencies.yaml", dict[str, tuple[str, ...]])
    codes = {code for code, words in listed.items() if word in words}
    return frozenset((*codes, word.upper()) if word.upper() in listed else codes)


Headings = dict[str, dict[str, tuple[str, ...]]]
"""Table id -> column id -> headings; `~` in front of one that often means something else, too."""


class LanguageWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language.

    Attributes:
        months: January first; the spellings of each, with spaces between.
        weekdays: Monday first; the spellings of each. A single letter may stand for two days.
        weeks: What is before a day or a number in the title of a week.
        iso_weeks: Those of them that number the weeks of the year.
        totals: The first word of a row or column that adds others up.
        worked_out: What the heading of a figure says that comes from others: a difference, a share.
        rates: What the heading of an amount says that is for a day, a week, or one thing.
        income: What says that a row is money that came in.
        common: The commonest words of the language.
        unlike: Common words of other languages whose headings look the same.
        feasts: Days that calendars name; `*` is for any words.
        values: List id -> value id -> words people write for it.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    weeks: tuple[str, ...]
    iso_weeks: tuple[str, ...] = ()
    totals: tuple[str, ...]
    worked_out: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    income: tuple[str, ...] = ()
    feasts: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    headings: Headings
    values: dict[str, dict[str, tuple[str, ...]]]


class Sign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The marks by which a table is taken for one of ours.

    Attributes:
        groups: A column of each; `months` are months across.
        telling: Headings one of which must be among them.
        titles: Words one of which must be in a title or the sheet's name, where no heading tells enough.
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
