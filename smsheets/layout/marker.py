"""The facts a workbook says about itself, in several places, because no single one survives every program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from smsheets.cells import column_letters
from smsheets.layout.place import marker_line
from smsheets.layout.placed import Layout

_SPEC_CHUNK = 16_000
"""Characters of a piece of a spec of one's own: a cell holds 32,767 units of UTF-16, and some characters take two."""
_PROPERTY_LENGTH = 127
"""A document property holds 255 units of UTF-16: names are put into several, each of at most so many characters."""
_OWN = "smsheets."
"""Our properties begin with it."""


def _marker_facts(layout: Layout) -> dict[str, str]:
    """The facts a reader needs to build the same layout again."""
    profile = layout.profile
    own = {
        "weekend": profile.weekend,
        "paper": profile.paper.value if profile.paper is not None else "",
        "dates": profile.dates,
        "lean": "yes" if layout.is_lean else "",
    }
    return {
        "smsheets": layout.spec.kind,
        "version": str(layout.spec.version),
        "language": profile.language,
        "currency": profile.currency,
        "country": profile.country,
        "start": profile.start.isoformat(),
        "months": str(profile.months),
        "channels": join_names(profile.channels),
        **{name: value for name, value in own.items() if value},
    }


def marker_properties(layout: Layout) -> dict[str, str]:
    """Custom document properties; those with more channels than one holds are numbered from 2 on."""
    first, *more = _parts(layout.profile.channels)
    facts = {**_marker_facts(layout), "channels": first}
    facts |= {f"channels.{number}": part for number, part in enumerate(more, 2)}
    return {f"{_OWN}{name}": value for name, value in facts.items()}


def property_facts(properties: Mapping[str, str]) -> dict[str, str]:
    """The facts that `marker_properties` put into document properties."""
    facts = {name.removeprefix(_OWN): value for name, value in properties.items() if name.startswith(_OWN)}
    number = 2
    while (more := facts.pop(f"channels.{number}", None)) is not None:
        facts["channels"] = f"{facts.get('channels', '')},{more}"
        number += 1
    return facts


def _parts(names: Sequence[str]) -> list[str]:
    """Names with commas between them, in pieces that a document property holds; no name is cut in two."""
    parts = [""]
    for name in names:
        longer = f"{parts[-1]},{join_names([name])}" if parts[-1] else join_names([name])
        if parts[-1] and len(longer) > _PROPERTY_LENGTH:
            parts.append(join_names([name]))
        else:
            parts[-1] = longer
    return parts


def marker_rows(layout: Layout) -> Iterator[tuple[str, ...]]:
    """The rows of the hidden sheet: facts, then one row per column and per form field, then a spec of one's own."""
    yield (marker_line(layout.spec),)
    yield from _marker_facts(layout).items()
    yield ("table or form", "column or field", "sheet", "cell", "label")
    for table in layout.tables.values():
        for column in table.columns:
            cell = f"{column_letters(column.col)}{table.header_row}"
            yield (table.spec.id, column.key, table.sheet, cell, column.label)
    for form in layout.forms.values():
        for item in form.spec.fields:
            cell = f"{column_letters(form.value_col)}{form.row_of[item.id]}"
            yield (form.spec.id, item.id, form.sheet, cell, layout.words.text(item.label))
    if layout.own_spec:
        text = msgspec.json.encode(layout.spec).decode()
        for start in range(0, len(text), _SPEC_CHUNK):
            yield ("spec", text[start : start + _SPEC_CHUNK])


def join_names(names: Sequence[str]) -> str:
    """Names with commas between them; one that has a comma itself is in quotes."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(names)
    return line.getvalue()


def split_names(text: str) -> tuple[str, ...]:
    """The names that `join_names` joined."""
    try:
        return tuple(name for line in csv.reader([" ".join(text.splitlines())]) for name in line if name)
    except csv.Error:  # a cell that somebody wrote into
        return tuple(name for name in text.split(",") if name)
