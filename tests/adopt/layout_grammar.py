"""Sheets as people draw them, put together at random: what the layouts of all kinds of workbooks share.

A layout is drawn from a number alone, so a failure names it and it can be drawn again. What is put into it is known
while it is drawn; nothing here asks the program for a word. Workbooks are made in memory: writing files would take
most of the time.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from adopt.foreign_files import shown
from babel.dates import format_date, get_day_names, get_month_names

from smsheets.errors import OptionError
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceCell, SourceSheet
from smsheets.rewrite.adopt import AdoptOptions, adopt
from smsheets.rewrite.adoption import Adoption

LANGUAGES = ("en", "de", "fr", "es")
CASES = int(os.environ.get("SMSHEETS_LAYOUT_CASES", "1500"))
SEED = int(os.environ.get("SMSHEETS_LAYOUT_SEED", "0"))
CHUNKS = range(30)
"""One is in the quick run."""

YEAR = 2027
_MOST_SHOWN = 3  # failures


@dataclass
class Sheet:
    """A sheet that is being drawn, from the top down."""

    name: str
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 1

    def put(self, row: int, col: int, value: Any) -> None:
        """A cell; None leaves it empty."""
        if value is not None:
            self.cells[row, col] = value

    def put_row(self, values: Iterable[Any], col: int = 1) -> int:
        """The next row; the number it has."""
        for number, value in enumerate(values, col):
            self.put(self.row, number, value)
        self.row += 1
        return self.row - 1

    def skip(self, rows: int) -> None:
        """Empty rows."""
        self.row += rows

    def drawn(self) -> str:
        """The sheet as a message shows it."""
        lines: dict[int, list[str]] = {}
        for row, col in sorted(self.cells):
            lines.setdefault(row, []).append(f"{chr(64 + col)}={self.cells[row, col]!r}")
        merged = f" merged {self.merges}" if self.merges else ""
        return "\n".join([f"  [{self.name}]{merged}", *(f"  {row:>3} {' '.join(line)}" for row, line in lines.items())])


def source_of(sheets: Sequence[Sheet]) -> SourceWorkbook:
    """The workbook as our reader gives it for a file with these sheets."""
    found = [
        SourceSheet(
            name=sheet.name,
            state="visible",
            cells={place: SourceCell(*place, value) for place, value in sheet.cells.items()},
            merges=tuple(sheet.merges),
        )
        for sheet in sheets
    ]
    return SourceWorkbook(path=Path("plan.xlsx"), sheets=tuple(found), names={}, properties={}, date1904=False)


def adopted_layout(sheets: Sequence[Sheet], kind: str, **given: Any) -> Adoption | None:
    """The adoption of the sheets; None where it is refused in a line."""
    options = AdoptOptions(kind=kind, given=given, default_start=date(YEAR, 1, 1))
    try:
        return adopt(source_of(sheets), options)
    except OptionError:
        return None


def month_word(language: str, month: int, *, short: bool = False) -> str:
    """A month's name, with the language's own dot behind a short one."""
    return str(get_month_names("abbreviated" if short else "wide", "stand-alone", language)[month])


def weekday_words(language: str, *, short: bool = False) -> list[str]:
    """The names of the seven days from Monday on."""
    names = get_day_names("abbreviated" if short else "wide", "stand-alone", language)
    return [str(names[day]) for day in range(7)]


DAY_STYLES = ("date", "iso", "local", "named", "weekday and date")


def shown_day(day: date, style: str, language: str) -> Any:
    """A day as people type it; one style for a whole column."""
    if style == "date":
        return day
    if style == "iso":
        return day.isoformat()
    if style == "local":
        # Numbers alone: months are in front in American English only, and a plan has days above 12 elsewhere.
        return f"{day.month}/{day.day}/{day.year}" if language == "en" else f"{day:%d.%m.%Y}"
    if style == "weekday and date":
        return f"{weekday_words(language, short=True)[day.weekday()]} {format_date(day, 'long', language)}"
    return format_date(day, "long", language)


PICTURES = ("📅", "📱", "✍️", "📌", "💰", "🎯", "🔗", "👤", "📝", "✅", "📊", "#️⃣")
DECORATIONS = ("plain", "plain", "plain", "upper", "numbered", "pictured", "second line", "brackets", "colon", "star")


def decorated(texts: Sequence[str], style: str, rng: Random) -> list[str]:
    """Headings of one table as people dress them up; the style is the table's, not the heading's."""
    made = []
    for number, text in enumerate(texts, 1):
        if style == "upper":
            text = text.upper()
        elif style == "numbered":
            text = f"{number}{rng.choice(('.', ')', ' -'))} {text}"
        elif style == "pictured":
            text = f"{rng.choice(PICTURES)} {text}" if rng.random() < 0.8 else f"{text} {rng.choice(PICTURES)}"
        elif style == "second line":
            text = f"{text}\n({rng.choice(('dd/mm', 'optional', 'to do', 'max. 100'))})"
        elif style == "brackets":
            text = f"{text} ({rng.choice(('required', 'internal', '*'))})"
        elif style == "colon":
            text = f"{text}:"
        elif style == "star":
            text = f"{text} *"
        made.append(text)
    return made


Stray = Callable[[Random, int], list[list[Any]]]


def _hashtag_bank(rng: Random, tag: int) -> list[list[Any]]:
    heads = rng.choice((["Category", "Hashtags", "Usage Note"], ["Theme", "Tags"], ["Pillar", "Hashtags", "Notes"]))
    return [heads, *([f"bank {tag}.{n}", f"#clay{n} #kiln{n}", "every post"][: len(heads)] for n in range(1, 4))]


def _holidays(rng: Random, tag: int) -> list[list[Any]]:
    heads = rng.choice((["Date", "Holiday"], ["Day", "Occasion"]))
    return [heads, *([date(YEAR, 1 + n, 5), f"holiday {tag}.{n}"] for n in range(1, 4))]


def _invoices(rng: Random, tag: int) -> list[list[Any]]:
    heads = ["Invoice", "Client", "Date", "Amount", rng.choice(("Paid", "Open"))]
    return [heads, *([f"R{tag}{n}", f"client {tag}.{n}", date(YEAR, 1 + n, 9), 90.5 * n, "x"] for n in range(1, 4))]


def _people(rng: Random, tag: int) -> list[list[Any]]:
    return [["Name", "Phone", "Mail"], *([f"person {tag}.{n}", f"555-{n}", f"p{n}@mail.example"] for n in range(1, 4))]


def _platform_facts(rng: Random, tag: int) -> list[list[Any]]:
    heads = ["Platform", "Handle", rng.choice(("Best time", "Followers"))]
    names = ("Instagram", "Facebook", "TikTok")
    return [heads, *([name, f"@shop{tag}", f"fact {tag}.{n}"] for n, name in enumerate(names, 1))]


def _notes(rng: Random, tag: int) -> list[list[Any]]:
    return [["Notes"], *([f"Remember note {tag}.{n}"] for n in range(1, rng.randint(2, 4)))]


STRAYS: Mapping[str, Stray] = {
    "hashtag bank": _hashtag_bank,
    "holidays": _holidays,
    "invoices": _invoices,
    "people": _people,
    "platform facts": _platform_facts,
    "notes": _notes,
}
"""Tables that hold nothing for the kind of workbook that is drawn; each text of theirs is in one cell only."""


def add_stray(sheets: list[Sheet], name: str, rng: Random, tag: int) -> None:
    """A stray table below what is there, beside it, or on a sheet of its own."""
    rows = STRAYS[name](rng, tag)
    where = rng.choice(("sheet", "sheet", "below", "beside"))
    if where == "sheet":
        sheet = Sheet(f"Sheet {len(sheets) + 1}")
        sheets.insert(rng.choice((len(sheets), len(sheets), 0)), sheet)
        for row in rows:
            sheet.put_row(row)
        return
    sheet = sheets[-1]
    if where == "below":
        sheet.skip(rng.choice((1, 2, 2)))
        for row in rows:
            sheet.put_row(row)
        return
    last = max(col for _, col in sheet.cells)
    for number, row in enumerate(rows, 1):
        for col, value in enumerate(row, last + rng.choice((2, 2, 2))):
            sheet.put(number, col, value)


def said_texts(adoption: Adoption) -> list[str]:
    """Every text that is in a row, in the list of columns, or named as not brought over."""
    found: list[Any] = [item.value for item in adoption.left]
    for table in adoption.tables:
        found += [match.name for match in table.matches]
        found += [value for row in table.rows for value in (*row.cells.values(), *row.own.values())]
    texts = [shown(value) for value in found if value is not None]
    return [*texts, *(part for text in texts for part in re.split(r" \| ", text))]


def values_of(row: Mapping[str, Any], columns: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """A row of ours as (column, text) of what is in it, blank cells left out."""
    return tuple((column, _shown(row.get(column))) for column in columns if row.get(column) not in (None, ""))


def _shown(value: Any) -> str:
    return shown(value.date() if isinstance(value, datetime) and value.time() == time() else value).strip()


@dataclass
class Outcome:
    """What became of one layout.

    Attributes:
        put_in: Rows that were drawn.
        brought: Of these, how many came over with all that was put into them.
        wrong: What is wrong without a word, in sentences.
    """

    kind: str
    put_in: int
    brought: int
    wrong: list[str]


Record = Callable[[str, object], None]
Draw = Callable[[int], tuple[Outcome, Sequence[Sheet]]]


def check_chunk(chunk: int, cases: int, draw: Draw, record: Record) -> None:
    """Draws a share of the layouts; fails with those that bring something wrong over without a word."""
    each = -(-cases // len(CHUNKS))
    figures: Counter[str] = Counter()
    failed: list[str] = []
    for number in range(chunk * each, (chunk + 1) * each):
        outcome, sheets = draw(number)
        figures[f"{outcome.kind} layouts"] += 1
        figures[f"{outcome.kind} put in"] += outcome.put_in
        figures[f"{outcome.kind} brought"] += outcome.brought
        figures[f"{outcome.kind} wrong"] += len(outcome.wrong)
        if outcome.wrong:
            lines = [f"{outcome.kind}, layout {number} of seed {SEED}:", *outcome.wrong[:6]]
            failed.append("\n".join([*lines, *(sheet.drawn() for sheet in sheets)]))
    record("adopted layouts", dict(figures))
    if failed:
        shown_first = "\n\n".join(failed[:_MOST_SHOWN])
        pytest.fail(f"{len(failed)} of {each} layouts bring something wrong over\n\n{shown_first}", pytrace=False)


def outcome_of(
    kind: str, layout: Any, put_in: Sequence[Any], compared: Callable[[Any, Adoption], Outcome]
) -> tuple[Outcome, Sequence[Sheet]]:
    """What became of a layout, and its sheets; one that is refused brings nothing over.

    Args:
        layout: Has `sheets`, and with `given` what the user says of the business.
        compared: What was put in against what came over.
    """
    adoption = adopted_layout(layout.sheets, kind, **layout.given)
    return Outcome(kind, len(put_in), 0, []) if adoption is None else compared(layout, adoption), layout.sheets


def rng_of(kind: str, number: int) -> Random:
    """The choices of one layout."""
    return Random(f"{SEED} {kind} {number}")
