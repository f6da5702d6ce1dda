"""Which template a workbook is, and the facts its layout was made from.

The facts stand in several places, because no single one survives every program: a hidden sheet, document
properties, a visible line on the first sheet, range names, and the headings themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from smsheets.layout.placed import MARKER_SHEET
from smsheets.profile import Profile
from smsheets.reader.source import SourceWorkbook
from smsheets.reader.source_cells import SourceSheet
from smsheets.reader.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import KINDS, load_spec
from smsheets.spec.model import Form, Table, Workbook

_NAME_PREFIX = "smsheets_"
_MARKER_LINE = re.compile(r"smsheets ([a-z][a-z0-9-]*) v(\d+)")
_FACT_ROWS = 40
_MARKER_ROWS = 60
_ENOUGH_HEADINGS = 0.6


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says it is. `spec` is the one it was made from, whether ours or a user's own."""

    spec: Workbook
    version: int
    profile: Profile
    own_spec: bool = False


def identify(source: SourceWorkbook) -> Identity | None:
    """The workbook's identity; None where it is not one of ours."""
    facts = (
        _marker_facts(source)
        or _property_facts(source)
        or _visible_facts(source)
        or _name_facts(source)
        or _heading_facts(source)
    )
    if facts is None:
        return None
    spec = _carried_spec(source)
    own = spec is not None
    if spec is None:
        if facts["smsheets"] not in KINDS:
            return None
        spec = load_spec(facts["smsheets"])
    version = facts.get("version", "")
    return Identity(spec, int(version) if version.isdecimal() else spec.version, _profile(facts, source, spec), own)


def _marker_facts(source: SourceWorkbook) -> dict[str, str] | None:
    sheet = source.sheet(MARKER_SHEET)
    if sheet is None:
        return None
    facts: dict[str, str] = {}
    for row in range(1, _FACT_ROWS):
        name, value = sheet.cells.get((row, 1)), sheet.cells.get((row, 2))
        if name is not None and value is not None:
            facts.setdefault(str(name.value), str(value.value))
    return facts if "smsheets" in facts else None


def _property_facts(source: SourceWorkbook) -> dict[str, str] | None:
    facts = {
        name.removeprefix("smsheets."): value
        for name, value in source.properties.items()
        if name.startswith("smsheets.")
    }
    return facts if "smsheets" in facts else None


def _visible_facts(source: SourceWorkbook) -> dict[str, str] | None:
    for sheet in source.sheets:
        for (row, _), cell in sheet.cells.items():
            if row <= _MARKER_ROWS and isinstance(cell.value, str):
                match = _MARKER_LINE.fullmatch(cell.value.strip())
                if match is not None:
                    return {"smsheets": match[1], "version": match[2]}
    return None


def _carried_spec(source: SourceWorkbook) -> Workbook | None:
    """A user's own spec that the workbook carries along; None where there is none, or it does not fit any more."""
    sheet = source.sheet(MARKER_SHEET)
    if sheet is None:
        return None
    pieces = [
        str(sheet.cells[row, 2].value)
        for (row, col), cell in sorted(sheet.cells.items())
        if col == 1 and cell.value == "spec" and (row, 2) in sheet.cells
    ]
    if not pieces:
        return None
    from smsheets.spec.checks import is_sound
    from smsheets.spec.thresholds import load_thresholds

    try:
        spec = msgspec.json.decode("".join(pieces), type=Workbook)
    except msgspec.MsgspecError:
        return None
    return spec if is_sound(spec, load_thresholds()) else None


def _name_facts(source: SourceWorkbook) -> dict[str, str] | None:
    """From the range names, one for each table and form: Google Sheets keeps them."""
    names = {name.removeprefix(_NAME_PREFIX) for name in source.names if name.startswith(_NAME_PREFIX)}
    if not names:
        return None
    rated = []
    for kind in KINDS:
        blocks = (block for sheet in load_spec(kind).sheets for block in sheet.blocks)
        rated.append((len(names & {block.id for block in blocks if isinstance(block, Table | Form)}), kind))
    return {"smsheets": max(rated)[1]} if max(rated)[0] >= max(2, len(names) // 2) else None


def _heading_facts(source: SourceWorkbook) -> dict[str, str] | None:
    """The template most of whose headings are there, in any language. Other people's budgets have some of them too."""
    found = _texts(source)
    best: tuple[float, str, str] = (0.0, "", "")
    for kind in KINDS:
        for language in languages():
            labels = _headings(load_spec(kind), language)
            best = max(best, (len(labels & found) / len(labels), kind, language))
    share, kind, language = best
    return {"smsheets": kind, "language": language} if share >= _ENOUGH_HEADINGS else None


def _headings(spec: Workbook, language: str) -> set[str]:
    words = catalogue(language, "common", spec.kind)
    tables = (block for sheet in spec.sheets[1:] for block in sheet.blocks if isinstance(block, Table))
    columns = (column for table in tables if not table.computed for column in table.columns if column.each is None)
    return {normal_label(words.text(column.label)) for column in columns}


def _texts(source: SourceWorkbook) -> set[str]:
    return {
        normal_label(cell.value)
        for sheet in source.sheets
        for (row, _), cell in sheet.cells.items()
        if row <= _MARKER_ROWS and isinstance(cell.value, str) and len(cell.value) < 60
    }


def _profile(facts: Mapping[str, str], source: SourceWorkbook, spec: Workbook) -> Profile:
    """The profile the layout was made for: from the facts, else from the first sheet, else the defaults."""
    language = facts.get("language") or _language_of(source, spec)
    shown = _start_values(source, spec, language if language in languages() else "en")
    start = _as_date(facts.get("start")) or _as_date(shown.get("period_start")) or Profile().start
    channels = tuple(name for name in facts.get("channels", "").split(",") if name)
    months = facts.get("months") or str(shown.get("months") or 12)
    return Profile(
        language=language if language in languages() else "en",
        currency=str(shown.get("currency") or facts.get("currency") or Profile().currency).strip().upper(),
        country=facts.get("country") or str(shown.get("country") or Profile().country),
        start=start.replace(day=1),
        months=min(max(int(float(months)), 1), 24) if months.replace(".", "").isdigit() else 12,
        channels=channels or Profile().channels,
    )


def _language_of(source: SourceWorkbook, spec: Workbook) -> str:
    """The language whose sheet names fit best."""
    names = {normal_label(sheet.name) for sheet in source.sheets}

    def fit(language: str) -> int:
        words = catalogue(language, "common", spec.kind)
        return sum(normal_label(words.text(sheet.name)) in names for sheet in spec.sheets)

    return max(languages(), key=fit)


def _start_values(source: SourceWorkbook, spec: Workbook, language: str) -> dict[str, object]:
    """The form `start` as it is shown, by label."""
    form = next((b for b in spec.sheets[0].blocks if isinstance(b, Form) and b.id == "start"), None)
    if form is None:
        return {}
    words = catalogue(language, "common")
    wanted = {normal_label(words.text(item.label)): item.id for item in form.fields}
    best: dict[str, object] = {}
    for sheet in source.sheets[:3] + source.sheets[-1:]:
        found = _labelled(sheet, wanted)
        best = max(best, found, key=len)
    return best


def _labelled(sheet: SourceSheet, wanted: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for (row, col), cell in sheet.cells.items():
        if isinstance(cell.value, str) and row <= _MARKER_ROWS:
            field = wanted.get(normal_label(cell.value))
            beside = sheet.cells.get((row, col + 1))
            if field is not None and beside is not None:
                found.setdefault(field, beside.value)
    return found


def _as_date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
