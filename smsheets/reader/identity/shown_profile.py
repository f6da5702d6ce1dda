"""The profile a workbook was made for, from what its sheets show: its first form, its words, its Lists sheet."""

from __future__ import annotations

from collections.abc import Mapping

from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.identity.claims import LABEL_ROWS
from smsheets.reader.identity.marker_sheet import is_marker_sheet
from smsheets.reader.identity.sheet_names import sheet_labels
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.model import Form, Table, Workbook, fields_of
from smsheets.spec.reference import load_platforms


def language_of(source: SourceWorkbook, spec: Workbook, found: set[str]) -> str:
    """The language most of whose words are there: names of sheets, headings, labels, words of lists."""
    names = {label for sheet in source.sheets for label in sheet_labels(sheet.name)}
    return max(languages(), key=lambda language: len(_words(spec, language) & (found | names)))


def _words(spec: Workbook, language: str) -> frozenset[str]:
    """What a template says in one language and in no other one."""
    said = {name: _said(spec, name) for name in languages()}
    others = [texts for name, texts in said.items() if name != language]
    return said[language].difference(*others)


def _said(spec: Workbook, language: str) -> frozenset[str]:
    words = catalogue(language, "common", "program", spec.kind)
    texts = ["Lists"]
    for sheet in spec.sheets:
        texts += [sheet.name, *(block.title for block in sheet.blocks if isinstance(block, Table | Form))]
    texts += [item.label for item in fields_of(spec)]
    for listed in spec.lists:
        texts += [listed.label, *(value.text for value in listed.values)]
    return frozenset(normal_label(words.text(text)) for text in texts if text)


def start_values(source: SourceWorkbook, spec: Workbook) -> dict[str, object]:
    """The form of the first sheet as it is shown, by field id; found by its labels in any language."""
    form = next((b for b in spec.sheets[0].blocks if isinstance(b, Form) and b.id == "start"), None)
    if form is None:
        return {}
    wanted = {
        normal_label(catalogue(language, "common", spec.kind).text(item.label)): item.id
        for language in languages()
        for item in form.fields
    }
    best: dict[str, object] = {}
    for sheet in source.sheets:
        if not is_marker_sheet(sheet):
            best = max(best, _labelled(sheet, wanted), key=len)
        if len(best) >= len(form.fields) - 1:
            break  # nothing else looks so much like it
    return best


def _labelled(sheet: SourceSheet, wanted: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for (row, col), cell in sheet.cells.items():
        if isinstance(cell.value, str) and row <= LABEL_ROWS:
            field = wanted.get(normal_label(cell.value))
            beside = sheet.cells.get((row, col + 1))
            if field is not None and beside is not None:
                found.setdefault(field, beside.value)
    return found


def channel_ids(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Channels as people read them -> platform ids, or their own names."""
    known = {
        normal_label(word): platform.id
        for platform in load_platforms().values()
        for word in (platform.name, *platform.aliases)
    }
    return tuple(known.get(normal_label(text), text) for text in texts if text)
