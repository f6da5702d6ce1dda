"""What a workbook says of itself, place by place: each place is a claim, and any one of them may be gone or wrong.

The places are the marker sheet, the document properties, a visible line on the first sheet, the range names, and the
headings themselves. Google Sheets loses the properties, Numbers the names too, and people copy sheets from one workbook
into another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.identity.marker_sheet import MarkerSheet, is_marker_sheet
from smsheets.reader.identity.spec_size import LONGEST_SPEC, is_small
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import KINDS, load_spec
from smsheets.spec.model import Form, Table, Workbook

NAME_PREFIX = "smsheets_"
LABEL_ROWS = 60
_LONGEST_LABEL = 60
_MARKER_LINE = re.compile(r"smsheets ([a-z][a-z0-9-]*) v(\d+)")
_ENOUGH_HEADINGS = 0.6


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place says: which template it is, and the facts its layout was made from. `own`: a user's own spec."""

    spec: Workbook
    facts: Mapping[str, str]
    own: bool = False


def claims_of(source: SourceWorkbook, markers: tuple[MarkerSheet, ...]) -> list[Claim]:
    """What every place says but the headings; the place that says most comes first."""
    own = {spec.kind: spec for marker in markers if (spec := _carried_spec(marker)) is not None}
    told = [marker.facts for marker in markers]
    told += [_property_facts(source), *_visible_facts(source), _name_facts(source)]
    claims = []
    for facts in told:
        kind = facts.get("smsheets", "")
        if kind in own:
            claims.append(Claim(own[kind], facts, own=True))
        elif kind in KINDS:
            claims.append(Claim(load_spec(kind), facts))
    return claims


def heading_claim(found: set[str]) -> Claim | None:
    """The template most of whose headings are there, in any language. Other people's budgets have some of them too."""
    rated = [(heading_share(load_spec(kind), found), kind) for kind in KINDS]
    share, kind = max(rated)
    return Claim(load_spec(kind), {"smsheets": kind}) if share >= _ENOUGH_HEADINGS else None


def heading_share(spec: Workbook, found: set[str]) -> float:
    """How many of a template's headings are among these texts, 0 to 1, in the language that fits best."""
    known = (headings(spec, language) for language in languages())
    return max((len(labels & found) / len(labels) for labels in known if labels), default=0.0)


def headings(spec: Workbook, language: str) -> frozenset[str]:
    """The normalised headings of a template's record tables that do not repeat."""
    return _known_headings(spec.kind, language) if is_known(spec) else _headings(spec, language)


def is_known(spec: Workbook) -> bool:
    """Whether it is one of the program's own templates."""
    return spec.kind in KINDS and spec is load_spec(spec.kind)


@cache
def _known_headings(kind: str, language: str) -> frozenset[str]:
    return _headings(load_spec(kind), language)


def _headings(spec: Workbook, language: str) -> frozenset[str]:
    words = catalogue(language, "common", spec.kind)
    tables = (block for sheet in spec.sheets[1:] for block in sheet.blocks if isinstance(block, Table))
    columns = (column for table in tables if not table.computed for column in table.columns if column.each is None)
    return frozenset(normal_label(words.text(column.label)) for column in columns)


def short_texts(source: SourceWorkbook) -> set[str]:
    """The normalised texts that may be headings or labels; what the marker sheets say is none."""
    return {
        normal_label(cell.value)
        for sheet in source.sheets
        if not is_marker_sheet(sheet)
        for (row, _), cell in sheet.cells.items()
        if row <= LABEL_ROWS and isinstance(cell.value, str) and len(cell.value) < _LONGEST_LABEL
    }


def _property_facts(source: SourceWorkbook) -> dict[str, str]:
    properties = source.properties.items()
    return {name.removeprefix("smsheets."): value for name, value in properties if name.startswith("smsheets.")}


def _visible_facts(source: SourceWorkbook) -> Iterator[dict[str, str]]:
    for sheet in source.sheets:
        for (row, _), cell in sheet.cells.items():
            if row <= LABEL_ROWS and isinstance(cell.value, str) and "smsheets" in cell.value:
                match = _MARKER_LINE.fullmatch(cell.value.strip())
                if match is not None and not is_marker_sheet(sheet):
                    yield {"smsheets": match[1], "version": match[2]}


def _name_facts(source: SourceWorkbook) -> dict[str, str]:
    """From the range names, one for each table and form: Google Sheets keeps them."""
    names = {name.removeprefix(NAME_PREFIX) for name in source.names if name.startswith(NAME_PREFIX)}
    if not names:
        return {}
    rated = []
    for kind in KINDS:
        blocks = (block for sheet in load_spec(kind).sheets for block in sheet.blocks)
        rated.append((len(names & {block.id for block in blocks if isinstance(block, Table | Form)}), kind))
    return {"smsheets": max(rated)[1]} if max(rated)[0] >= max(2, len(names) // 2) else {}


def _carried_spec(marker: MarkerSheet) -> Workbook | None:
    """A user's own spec that the workbook carries along; None where there is none, or it does not fit any more."""
    if not marker.spec or len(marker.spec) > LONGEST_SPEC:
        return None
    from smsheets.spec.checks import is_sound
    from smsheets.spec.thresholds import load_thresholds

    try:
        spec = msgspec.json.decode(marker.spec, type=Workbook)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return spec if is_small(spec) and is_sound(spec, load_thresholds()) else None
