"""The lists of a workbook: the values in its language, their places, and the words that people may write for them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from smsheets.layout.items import WEEKENDS, days_of_weekend, weekday_names, weekend_of
from smsheets.layout.placed import Layout, PlacedList
from smsheets.profile import Profile
from smsheets.spec.catalogue import Catalogue, catalogue, languages
from smsheets.spec.formula import Each, names_in, parse_formula
from smsheets.spec.load import fields_of
from smsheets.spec.model import Column, Field, ListSpec, ListValue, Table, Workbook
from smsheets.spec.reference import load_kpi_definitions, load_platforms, load_tools
from smsheets.spec.vocabulary import ListSource

HEADER_ROW = 4  # below the title, the note and a free row
_SPARE_PLACES = 8  # for a person's own words


def _lists_in_use(workbook: Workbook) -> tuple[ListSpec, ...]:
    """The lists that a dropdown, a formula or a repetition of the workbook needs, in the spec's order."""
    tables = (block for sheet in workbook.sheets for block in sheet.blocks if isinstance(block, Table))
    used = _of_sources(table.each for table in tables)
    for field in fields_of(workbook):
        used |= _of_field(field)
    return tuple(spec for spec in workbook.lists if spec.id in used)


def _of_sources(sources: Iterable[str | None]) -> set[str]:
    return {source[5:] for source in sources if source is not None and source.startswith("list:")}


def _of_field(field: Field) -> set[str]:
    used = {field.choices} if field.choices else set()
    if field.type.value == "yes_no":
        used.add("yes_no")
    texts = [field.formula, *(item.formula for item in field.formats)]
    if isinstance(field, Column):
        used |= _of_sources([field.each])
        texts += [field.first, field.total if field.total != "sum" else None]
    for text in texts:
        if text is not None:
            used |= _of_parts(parse_formula(text))
    return used


def _of_parts(parts: Sequence[object]) -> set[str]:
    used: set[str] = set()
    for part in parts:
        if isinstance(part, Each):
            used |= _of_sources([part.source]) | _of_parts(part.parts)
        elif getattr(part, "scope", None) == "list":
            used.add(part.name)  # type: ignore[attr-defined]
    return used


def list_values(spec: ListSpec, profile: Profile, language: str) -> tuple[ListValue, ...]:
    """The values a list has in a new workbook; from its source where it has one."""
    if spec.source is None:
        return spec.values
    if spec.source is ListSource.CHANNELS:
        return tuple(channel_value(channel) for channel in profile.channels)
    if spec.source is ListSource.PEOPLE:
        return tuple(ListValue(id=name, text=name) for name in profile.team)
    if spec.source is ListSource.METRICS:
        known = load_kpi_definitions().values()
        return tuple(ListValue(id=item.id, text=item.label, aliases=item.aliases) for item in known)
    if spec.source is ListSource.TOOLS:
        return tuple(ListValue(id=name, text=name) for names in load_tools().values() for name in names)
    if spec.source is ListSource.WEEKENDS:
        return tuple(_weekend_value(days, language) for days in dict.fromkeys((*WEEKENDS, weekend_of(profile))))
    return tuple(ListValue(id=str(n), text=name) for n, name in enumerate(weekday_names(language), 1))


def _weekend_value(weekend: str, language: str) -> ListValue:
    """A weekend by the names of its days: `Saturday and Sunday`; people also write `Sat, Sun`, or the days turned."""
    from babel.dates import get_day_names
    from babel.lists import format_list

    days = days_of_weekend(weekend)
    if not days:
        return ListValue(id=weekend, text="no day off", aliases=("none", "no weekend", "open every day"))
    aliases: list[str] = []
    for width in ("wide", "abbreviated"):
        names = get_day_names(width, locale=language)
        for order in (days, days[::-1]):
            shown = [names[day - 1] for day in order]
            aliases += (joiner.join(shown) for joiner in (", ", " & ", " + ", "/", " / ", "-", " - ", " "))
            aliases.append(format_list(shown, locale=language))
    text = format_list([weekday_names(language)[day - 1] for day in days], locale=language)
    return ListValue(id=weekend, text=text, aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias != text))


def channel_value(channel: str) -> ListValue:
    """A channel as a list value: a platform by id or name, anything else under its own name."""
    platform = load_platforms().get(channel)
    if platform is None:
        return ListValue(id=channel, text=channel)
    return ListValue(id=platform.id, text=platform.name, aliases=platform.aliases)


def place_lists(
    workbook: Workbook,
    profile: Profile,
    words: Catalogue,
    sheet: str,
    added: Mapping[str, Sequence[str]],
    shown: Mapping[str, Sequence[str]],
) -> dict[str, PlacedList]:
    """A column per list, from the left.

    Args:
        added: List id -> values that people put into an open list.
        shown: List id -> all its texts as an existing workbook has them, empty places too; an open list has no others.
    """
    placed: dict[str, PlacedList] = {}
    named = named_words(workbook) if shown else ()
    for col, spec in enumerate(_lists_in_use(workbook), 1):
        values = list_values(spec, profile, words.language)
        if spec.open and spec.id in shown:
            ids = {value_id for list_id, value_id in named if list_id == spec.id}
            placed[spec.id] = _shown_list(spec, sheet, col, values, shown[spec.id], words, ids)
            continue
        there = shown.get(spec.id, ())
        texts = [_word_there(value, there[n] if n < len(there) else "", words) for n, value in enumerate(values)]
        more = [(_added_text(spec, item, words), item) for item in added.get(spec.id, ())]
        own = [(text, id_) for text, id_ in more if text not in texts]
        places = len(texts) + len(own) + (_SPARE_PLACES if spec.open else 0)
        placed[spec.id] = PlacedList(
            spec=spec,
            sheet=sheet,
            col=col,
            first_row=HEADER_ROW + 1,
            texts=(*texts, *(text for text, _ in own)),
            ids=(*(value.id for value in values), *(id_ for _, id_ in own)),
            places=max(places, 1),
        )
    return placed


def _word_there(value: ListValue, there: str, words: Catalogue) -> str:
    """The word of a value: the one of its place in an existing workbook, if an earlier template called it so."""
    return there if there in value.earlier else words.text(value.text)


def _added_text(spec: ListSpec, value: str, words: Catalogue) -> str:
    """A value that people put into an open list, as it is shown: a platform by its name."""
    return words.text(channel_value(value).text if spec.source is ListSource.CHANNELS else value)


def _shown_list(
    spec: ListSpec,
    sheet: str,
    col: int,
    values: Sequence[ListValue],
    shown: Sequence[str],
    words: Catalogue,
    named: Container[str],
) -> PlacedList:
    return PlacedList(
        spec=spec,
        sheet=sheet,
        col=col,
        first_row=HEADER_ROW + 1,
        texts=tuple(shown),
        ids=tuple(_shown_ids(spec, values, shown, words, named)),
        places=len(shown) + _SPARE_PLACES,
    )


def _shown_ids(
    spec: ListSpec, values: Sequence[ListValue], shown: Sequence[str], words: Catalogue, named: Container[str]
) -> Iterator[str]:
    """The values that the words of a list mean.

    A word of one's own in the place of one of ours is that one renamed, if formulas name that place, and nothing there
    is that one without a word; else it is a new thing. Platforms and metrics are known by all their names.
    """
    ids = {word.casefold(): value.id for value in values for word in (*value.earlier, words.text(value.text))}
    if spec.source is ListSource.CHANNELS:
        ids = {**_names([channel_value(platform) for platform in load_platforms()]), **ids}
    elif spec.source is ListSource.METRICS:
        ids = {**_names(values), **ids}
    there = {text.casefold() for text in shown}
    for n, text in enumerate(shown):
        made = values[n] if n < len(values) else None
        renamed = made is not None and made.id in named and words.text(made.text).casefold() not in there
        yield ids.get(text.casefold()) or (made.id if made is not None and renamed else text)


def _names(values: Iterable[ListValue]) -> dict[str, str]:
    """Each way of writing a value -> its id."""
    return {name.casefold(): value.id for value in values for name in (value.text, *value.aliases, *value.earlier)}


def named_words(workbook: Workbook) -> frozenset[tuple[str, str]]:
    """List and value of each word that a formula of the workbook names."""
    named: set[tuple[str, str]] = set()
    for field in fields_of(workbook):
        texts = [field.formula, *(item.formula for item in field.formats)]
        for text in filter(None, [*texts, field.first] if isinstance(field, Column) else texts):
            words = (name.name.partition(".") for name in names_in(parse_formula(text)) if name.scope == "word")
            named.update((list_id, value_id) for list_id, _, value_id in words)
    return frozenset(named)


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
        """True for a word of the list as the workbook shows it, case and spaces apart: its formulas know it."""
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
        """True where people may add values."""
        return self._specs[list_id].open

    def is_new(self, list_id: str, text: str) -> bool:
        """True where this text, which is not on the list, is met for the first time: it needs to be added only once."""
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
            for word in (*value.aliases, *value.earlier, value.id, *self._translations(value.text), value.text):
                known[self._normal(word)] = value.id
        for value in values:
            known[self._normal(self._layout.words.text(value.text))] = value.id
        # What the list shows comes first: the sheet's formulas go by its cells.
        known.update((self._normal(word), id_) for word, id_ in self._places(list_id) if word)
        return known

    def _translations(self, text: str) -> list[str]:
        kind = self._layout.spec.kind
        return [catalogue(language, "common", kind).text(text) for language in languages()]
