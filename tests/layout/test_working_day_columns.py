"""The sheets count working days as LibreOffice does, for every weekend: the columns of written workbooks."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from working_days import Counted, counted

from smsheets.layout.content import Content, fill, starting_content
from smsheets.layout.place import place_workbook
from smsheets.profile import Profile
from smsheets.spec.load import load_spec
from smsheets.spec.vocabulary import Value
from smsheets.writer.workbook import write_workbook

GROUPS = [
    tuple(lines) for _, lines in itertools.groupby(counted(), key=lambda line: (line.place, line.weekend, line.off))
]


def written_columns(profile: Profile, lines: Sequence[Counted], start: dict[str, Value]) -> list[tuple[object, object]]:
    """Working days and first day not done, as a workbook shows them."""
    spec = load_spec("roadmap")
    rows = [
        {"initiative": "Work", "start": line.first, "due": line.last, "done_share": float(share_of(line))}
        for line in lines
    ]
    usual = starting_content(spec, profile).forms
    content = Content(
        forms={**usual, "start": {**usual["start"], **start}},
        tables={"initiatives": rows, "holidays": [{"date": day} for day in lines[0].off]},
    )
    layout = place_workbook(spec, profile, {name: len(table) for name, table in content.tables.items()})
    buffer = io.BytesIO()
    assert write_workbook(layout, fill(layout, content), buffer)
    book = openpyxl.load_workbook(buffer, data_only=True)
    found = []
    for name, column in (("initiatives", "working_days"), ("timeline", "undone_from")):
        table = layout.tables[name]
        col = table.repetitions[column][0].col
        cells = (book[table.sheet].cell(table.first_row + n, col).value for n in range(len(lines)))
        found.append([cell.date() if isinstance(cell, datetime) else cell for cell in cells])
    return list(zip(*found, strict=True))


def share_of(line: Counted) -> Decimal:
    """The share that is done where the day on which it is not is the line's `end`."""
    return Decimal(line.nth - 1) / line.days if line.nth <= line.days else Decimal(0)


def first_undone(line: Counted, found: object) -> object:
    """The line's `end` where a share leads to it; else whatever was found."""
    return line.end if line.nth == 1 or line.nth <= line.days else found


@pytest.mark.parametrize("lines", GROUPS, ids=lambda lines: f"{lines[0].place}-{lines[0].weekend}")
def test_the_columns_are_libreoffices(lines: Sequence[Counted]) -> None:
    place, weekend = lines[0].place, lines[0].weekend
    profile = Profile(country=place) if place else Profile(weekend=weekend)
    found = written_columns(profile, lines, {})
    assert found == [(line.days, first_undone(line, day)) for line, (_, day) in zip(lines, found, strict=True)]


def test_the_weekend_that_was_picked_wins_over_the_country() -> None:
    picked = [line for line in counted() if line.place == "SA"]
    found = written_columns(Profile(country="DE"), picked, {"weekend": "0000110"})
    assert [days for days, _ in found] == [line.days for line in picked]


@pytest.mark.parametrize("text", [None, "Sundays or so"])
def test_without_a_weekend_of_the_list_the_country_decides(text: str | None) -> None:
    lines = [line for line in counted() if line.place == "SA"]
    found = written_columns(Profile(country="SA"), lines, {"weekend": text})
    assert [days for days, _ in found] == [line.days for line in lines]
