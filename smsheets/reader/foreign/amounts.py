"""Amounts by month in a sheet that we did not make: headings, and words for what our workbook works out itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.foreign.calendar_words import Month, month_named
from smsheets.reader.foreign.headings import (
    MONTH,
    Across,
    Heading,
    Known,
    is_total,
    measured,
    plain_heading,
    read_across,
    read_headings,
    short_label,
    shown_text,
    table_headings,
)
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import any_of, normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.reference import foreign_words, load_kpi_definitions

_LONG_WORD = 8  # letters; such words are known within longer ones, as German and plurals make them


@cache
def _said(name: str) -> re.Pattern[str]:
    """The words of one list of all languages, in a text."""
    words = {normal_label(word) for item in foreign_words().values() for word in getattr(item, name)}
    long = {word for word in words if len(word) >= _LONG_WORD}
    return re.compile(rf"{any_of(long)}|(?<!\w)(?:{any_of(words - long)})(?!\w)")


def is_worked_out(text: str) -> bool:
    """True if a heading says that its figures come from others: a total, a difference, a share of the target."""
    label = normal_label(text)
    return is_total(text) or "%" in label or _said("worked_out").search(label) is not None


def is_rate(text: str) -> bool:
    """True if a heading says that its amounts are not a month's: a day's, a week's, of one thing."""
    return _said("rates").search(normal_label(text)) is not None


@cache
def _income_words() -> frozenset[str]:
    return frozenset(normal_label(word) for words in foreign_words().values() for word in words.income)


def says_income(text: str) -> bool:
    """True if a text says nothing but that money came in: `Income`, `Revenue / Income 2027`."""
    label = re.sub(r"\b20\d\d\b", "", normal_label(text)).strip(" :-")
    return label in _income_words() or all(part.strip() in _income_words() for part in re.split(r"[/&+,]", label))


@cache
def _metric_words() -> Mapping[str, str]:
    """Normalised name of a metric -> its id."""
    found: dict[str, str] = {}
    for item in load_kpi_definitions().values():
        names = (catalogue(language, "common", "kpi-report").text(item.label) for language in languages())
        for word in (*names, *item.aliases, item.id):
            found.setdefault(normal_label(word), item.id)
    for words in foreign_words().values():
        for metric, spellings in words.values.get("metrics", {}).items():
            for word in spellings:
                found.setdefault(normal_label(word), metric)
    return found


def metric_named(text: str) -> str:
    """The metric that a heading names, also with its unit in brackets behind it; empty where it names none."""
    label = normal_label(text)
    bare = re.sub(r" ?(?:[(\[][^(\[)\]]*[)\]]|%)$", "", label)
    return _metric_words().get(label) or _metric_words().get(bare, "")


_FEWEST_NUMBERED = 3  # months that are nothing but numbers
_YEAR = 12  # months
_ENOUGH = 0.6  # of a row's cells


def amount_headings(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], known: Known
) -> tuple[list[Heading], bool] | None:
    """The headings of amounts by month and whether the row below belongs to them; None where the row holds none.

    Those with three months or more by name are left to `read_headings`.
    """
    if (above := _measures_above(cells, below, known)) is not None:
        return above, True
    if read_across(cells):
        return None
    if months := _numbered_months(cells):
        return read_headings(cells, below, known, across=months)
    return _few_months(cells, below, known)


def _month_of(value: object) -> Month | None:
    """The month of a heading: its name, or its first or last day."""
    if isinstance(value, str):
        return month_named(value)
    if isinstance(value, datetime | date) and (value.day == 1 or (value + timedelta(days=1)).day == 1):
        return Month(value.year, value.month)
    return None


def _few_months(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], known: Known
) -> tuple[list[Heading], bool] | None:
    """The headings of a budget over one or two months: beside other headings, or above measures."""
    months = {cell.col: month for cell in cells if (month := _month_of(cell.value)) is not None}
    first = min(months, default=0)
    labels = {cell.col: short_label(cell.value) for cell in below}
    if not months or len(set(months.values())) < len(months) or not labels:
        return None
    measures = [label for col, label in labels.items() if col >= first and (known(label) or is_worked_out(label))]
    if all(labels.values()) and any(map(known, measures)) and len(measures) > len(months):
        return list(measured(cells, below, months)), True
    others = [short_label(cell.value) for cell in cells if cell.col not in months]
    named = [label for label in others if label and known(label) and label not in _month_headings()]
    has_amounts = any(isinstance(cell.value, int | float) and cell.col >= first for cell in below)
    enough = len(months) + len(named) >= max(2, _ENOUGH * len(cells))
    if not named or not enough or not (has_amounts or len(below) == 1):
        return None
    items = {col: (month, "") for col, month in months.items()}
    return [plain_heading(cell, items, known) for cell in cells], False


@cache
def _month_headings() -> frozenset[str]:
    """Headings of the month or the day of an amount."""
    tables = (("budget", "lines"), ("kpi-report", "kpis"))
    return frozenset(label for place in tables for label, found in table_headings(*place).items() if MONTH in found)


def _numbered_months(cells: Sequence[SourceCell]) -> dict[int, Across]:
    """Months as their numbers from 1 on: `1`, `01`, `M1`, `Month 1`."""
    found: dict[int, Across] = {}
    for cell in cells:
        text = normal_label(plain(cell.value)) if isinstance(cell.value, int | float | str) else ""
        lead, number = text.rstrip("0123456789"), text[len(text.rstrip("0123456789")) :]
        if number and len(number) <= 2 and (lead in ("", "m") or lead.strip() in _month_headings()):
            found[cell.col] = Month(0, int(number))
    numbers = [month.month for month in found.values() if isinstance(month, Month)]
    return found if len(found) >= _FEWEST_NUMBERED and numbers == [*range(1, len(numbers) + 1)][:_YEAR] else {}


def _repeated_numbers(cells: Sequence[SourceCell]) -> dict[int, Month]:
    """Months as numbers from 1 on, again and again: `1 2 3 1 2 3`."""
    found = {cell.col: cell.value for cell in cells if isinstance(cell.value, int) and not isinstance(cell.value, bool)}
    values = list(found.values())
    run = [*range(1, min(max(values, default=0), _YEAR) + 1)]
    times = len(values) // max(len(run), 1)
    return {col: Month(0, value) for col, value in found.items()} if len(run) > 1 and values == run * times else {}


def _measures_above(cells: Sequence[SourceCell], below: Sequence[SourceCell], known: Known) -> list[Heading] | None:
    """Months below their measures: `Planned` and `Actual`, each merged over its own January, February, March."""
    months = {cell.col: month for cell in below if (month := _month_of(cell.value)) is not None}
    if not months:
        months = _repeated_numbers(below)
    upper = {cell.col: cell for cell in cells}
    over = [col for col in upper if months and col >= min(months)]
    if len(months) < 2 or not over or min(over) > min(months) or any(_month_of(upper[col].value) for col in over):
        return None
    if not any(known(short_label(upper[col].value)) for col in over):
        return None
    lower = {cell.col: cell for cell in below}
    headings = []
    for col in sorted({*upper, *lower}):
        both = tuple(line[col] for line in (upper, lower) if col in line)
        if col in months:
            measure = upper[max(above for above in over if above <= col)]
            text = f"{shown_text(measure)} {shown_text(lower[col])}"
            headings.append(Heading(col, text, short_label(measure.value), months[col], both))
        elif col in lower or col < min(months):
            text = shown_text(both[-1])
            headings.append(Heading(col, text, short_label(text), None, both))
    return headings


def is_list_of_payments(labels: Iterable[str]) -> bool:
    """True if headings say amounts, and what they were for in no other words than a budget does."""
    words, posts = table_headings("budget", "lines"), table_headings("calendar", "posts")
    known = [(words.get(label, {}).keys(), posts.get(label, {}).keys()) for label in labels]
    texts = [line for line, post in known if {"title", "copy"} & post]
    return any({"planned", "actual"} & line for line, _ in known) and all("line" in line for line in texts)
