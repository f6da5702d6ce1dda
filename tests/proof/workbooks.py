"""The workbooks that the proofs are made on: every template in every language, blank, sample, or filled."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from filled import with_fewer_rows
from made import made

from smsheets.kinds import KINDS
from smsheets.layout.content import Filling, fill, load_sample, sample_profile, starting_content
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.plan.record import Plan, Record, Where
from smsheets.profile import Profile
from smsheets.profile_file import make_profile
from smsheets.reader.read import ReadWorkbook
from smsheets.spec.load import load_spec
from smsheets.writer.workbook import NewWorkbook, write_workbook

AS_OF = date(2027, 6, 15)
LANGUAGES = ("en", "de")
_FEW_ROWS = 9
"""The first rows of each of the sample's tables, all lines of its budget among them; spare ones come below."""
_FEW_MONTHS = 3
"""A first month, one in between and a last one."""
MONEY = {"en": ("USD", "US"), "de": ("EUR", "DE")}


@dataclass(frozen=True, slots=True)
class Resaved:
    """A workbook as we wrote it, and as another program computed and saved it."""

    ours: bytes
    theirs: bytes


def profile_of(language: str, **more: Any) -> Profile:
    """The sample business, in a language, with the money of its country."""
    currency, country = MONEY[language]
    return make_profile(
        {**sample_profile(language), "language": language, "currency": currency, "country": country, **more}
    )


def blank_profile(language: str) -> Profile:
    """A business that has said nothing of itself."""
    currency, country = MONEY[language]
    return make_profile({"language": language, "currency": currency, "country": country})


def templates() -> list[tuple[str, str]]:
    """Every template in every language: (kind, language)."""
    return [(kind, language) for language in LANGUAGES for kind in KINDS]


def states() -> list[tuple[str, str, str]]:
    """(kind, language, state): `blank`, `sample`, and in one language `dated`, as a day is the same in all."""
    return [
        (kind, language, state)
        for kind, language in templates()
        for state in ("blank", "dated", "sample")
        if state != "dated" or language == LANGUAGES[0]
    ]


def make_blank(kind: str, language: str) -> bytes:
    """A new workbook to be filled in."""
    return made(kind, blank_profile(language))


def make_sample(kind: str, language: str) -> bytes:
    """The sample business's workbook."""
    return made(kind, profile_of(language), sample=True)


def small_sample(kind: str, language: str = "en") -> NewWorkbook:
    """The sample business's workbook of few months, with few rows in each table: quickly computed and read."""
    sample = load_sample(kind, language)
    few = {name: rows[:_FEW_ROWS] for name, rows in sample.tables.items()}
    return NewWorkbook(
        spec=with_fewer_rows(load_spec(kind), _FEW_ROWS),
        profile=profile_of(language, months=_FEW_MONTHS),
        sample=msgspec.structs.replace(sample, tables=few),
    )


def make_blank_with_day(kind: str, language: str) -> bytes:
    """A new workbook with nothing filled in but the as-of date, so that no cell depends on today."""
    layout, filling = blank_filling(kind, language)
    return written(layout, with_day(filling, AS_OF))


def blank_filling(kind: str, language: str, own: Mapping[str, Sequence[str]] | None = None) -> tuple[Layout, Filling]:
    """The layout of a new workbook, and what stands in its input cells.

    Args:
        own: List id -> values that people added on the Lists sheet.
    """
    spec, profile = load_spec(kind), blank_profile(language)
    content = starting_content(spec, profile)
    layout = place_workbook(spec, profile, {name: len(rows) for name, rows in content.tables.items()}, own)
    return layout, fill(layout, content)


def sample_filling(kind: str, language: str) -> tuple[Layout, Filling]:
    """The layout of the sample workbook, and what stands in its input cells."""
    spec, profile = load_spec(kind), profile_of(language)
    new = NewWorkbook(spec=spec, profile=profile, sample=load_sample(kind, language))
    return new.layout, new.filling


def with_day(filling: Filling, day: date) -> Filling:
    """The filling with an as-of date."""
    return Filling({**filling.forms, "start": {**filling.forms.get("start", {}), "as_of": day}}, filling.tables)


def written(layout: Layout, filling: Filling) -> bytes:
    """The workbook's bytes, every formula with its value."""
    target = io.BytesIO()
    assert write_workbook(layout, filling, target)
    return target.getvalue()


def without_where(plan: Plan) -> Plan:
    """The plan without the cells it came from, so that two files' plans can be compared."""
    parts = {name: _bare(getattr(plan, name)) for name in plan.__struct_fields__}
    return msgspec.structs.replace(plan, **parts)


def _bare(part: Any) -> Any:
    if isinstance(part, Record):
        return msgspec.structs.replace(part, where=Where())
    return tuple(_bare(item) for item in part) if isinstance(part, tuple) else part


def problem_lines(read: ReadWorkbook) -> list[str]:
    """The problems without the file's name."""
    return [f"{item.cell} [{item.code}] {item.says}" for item in read.problems]


def missing_lines(read: ReadWorkbook) -> list[str]:
    """What is still to fill in, without the file's name."""
    return [f"{item.cell} {item.label} {item.count}" for item in read.missing]
