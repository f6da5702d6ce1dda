"""Which of our columns a heading of another workbook stands for: our own headings and the words other people use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.foreign_words import foreign_words
from smsheets.spec.load import KINDS, load_spec
from smsheets.spec.model import Table, Workbook
from smsheets.spec.reference import load_platforms

OWN_HEADING, KNOWN_WORD, WEAK_WORD = 1.0, 0.95, 0.8
"""How sure a heading is that is one of ours, one of the words for it, or one that often means something else."""

MONTH = "month"
"""A column of other people's budgets that says which month an amount is for; ours has a column per month."""

_LONGEST = 60


def record_tables(spec: Workbook) -> Iterator[Table]:
    """The tables of a template that people fill."""
    blocks = (block for sheet in spec.sheets for block in sheet.blocks)
    return (block for block in blocks if isinstance(block, Table) and not block.computed)


@cache
def table_headings(kind: str, table: str) -> Mapping[str, Mapping[str, float]]:
    """Normalised heading -> column id -> how sure it is (0..1)."""
    spec = next(item for item in record_tables(load_spec(kind)) if item.id == table)
    found: dict[str, dict[str, float]] = {}

    def add(word: str, column: str, sure: float) -> None:
        label = normal_label(word)
        if label:
            columns = found.setdefault(label, {})
            columns[column] = max(columns.get(column, 0.0), sure)

    for words in foreign_words().values():
        for column, spellings in words.headings.get(table, {}).items():
            for word in spellings:
                add(word.removeprefix("~"), column, WEAK_WORD if word[0] == "~" else KNOWN_WORD)
    for field in spec.columns:
        if field.formula is None:
            for word in field.aliases:
                add(word, field.id, KNOWN_WORD)
            for language in languages():
                add(catalogue(language, "common", kind).text(field.label), field.id, OWN_HEADING)
    return found


@cache
def known_headings(kind: str) -> frozenset[str]:
    """All headings that a column of any table of a template may have; of all templates for an empty kind."""
    tables = [(name, table.id) for name in ((kind,) if kind else KINDS) for table in record_tables(load_spec(name))]
    return frozenset(label for place in tables for label in table_headings(*place))


@cache
def platform_words() -> Mapping[str, str]:
    """Normalised name of a platform -> its id."""
    return {
        normal_label(word): item.id
        for item in load_platforms().values()
        for word in (*item.aliases, item.name, item.id)
    }


@cache
def _total_words() -> frozenset[str]:
    return frozenset(normal_label(word) for words in foreign_words().values() for word in words.totals)


def is_total(text: str) -> bool:
    """Whether a text says that what follows adds others up: `Total`, `Summe Mai`."""
    label = normal_label(text)
    return label in _total_words() or any(label.startswith((f"{word} ", f"{word}:")) for word in _total_words())


def short_label(value: object) -> str:
    """A cell's text as a heading is compared; empty for long texts and other values."""
    return normal_label(value) if isinstance(value, str) and len(value) <= _LONGEST else ""
