"""The values of every list of a workbook, in its language, and their places on the Lists sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from smsheets.layout.items import weekday_names
from smsheets.layout.placed import PlacedList
from smsheets.profile import Profile
from smsheets.spec.catalogue import Catalogue
from smsheets.spec.formula import Each, parse_formula
from smsheets.spec.model import Column, Field, ListSource, ListSpec, ListValue, Table, Workbook, fields_of
from smsheets.spec.reference import load_kpi_definitions, load_platforms

HEADER_ROW = 4
SPARE_PLACES = 8


def lists_in_use(workbook: Workbook) -> tuple[ListSpec, ...]:
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
    return tuple(ListValue(id=str(n), text=name) for n, name in enumerate(weekday_names(language), 1))


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
        shown: List id -> all its texts as an existing workbook has them, empty places too; nothing else is in the list.
    """
    placed: dict[str, PlacedList] = {}
    for col, spec in enumerate(lists_in_use(workbook), 1):
        values = list_values(spec, profile, words.language)
        if spec.open and spec.id in shown:
            placed[spec.id] = _shown_list(spec, sheet, col, values, shown[spec.id], words)
            continue
        texts = [words.text(value.text) for value in values]
        own = [text for item in added.get(spec.id, ()) if (text := words.text(item)) not in texts]
        places = len(texts) + len(own) + (SPARE_PLACES if spec.open else 0)
        placed[spec.id] = PlacedList(
            spec=spec,
            sheet=sheet,
            col=col,
            first_row=HEADER_ROW + 1,
            texts=(*texts, *own),
            ids=(*(value.id for value in values), *(id_ for id_ in added.get(spec.id, ()) if words.text(id_) in own)),
            places=max(places, 1),
        )
    return placed


def _shown_list(
    spec: ListSpec, sheet: str, col: int, values: Sequence[ListValue], shown: Sequence[str], words: Catalogue
) -> PlacedList:
    ids = {words.text(value.text): value.id for value in values}
    return PlacedList(
        spec=spec,
        sheet=sheet,
        col=col,
        first_row=HEADER_ROW + 1,
        texts=tuple(shown),
        ids=tuple(ids.get(text, text) for text in shown),
        places=len(shown) + SPARE_PLACES,
    )
