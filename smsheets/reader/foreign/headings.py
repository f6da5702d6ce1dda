"""Rows of headings in a sheet that we did not make: plain ones, and those that run across with a measure each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from itertools import groupby, pairwise
from unicodedata import category

from smsheets.cells import column_letters
from smsheets.kinds import KINDS
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.foreign.calendar_words import Metric, Month, may_name_weekday, month_named, weekdays_of
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import load_spec, record_tables
from smsheets.spec.reference import foreign_words, load_platforms

OWN_HEADING, KNOWN_WORD, WEAK_WORD = 1.0, 0.95, 0.8
"""How sure a heading is that is one of ours, one of the words for it, or one that often means something else."""

MONTH = "month"
"""A column of other people's budgets that says which month an amount is for; ours has a column per month."""

_LONGEST = 60  # characters; a longer text is no heading
_BRACKETS = re.compile(r"[(\[{][^(\[{)\]}]*[)\]}]")
_KEYCAP = re.compile(r"[0-9#*]\uFE0F?\u20E3")
_PICTURES = frozenset(("So", "Sk", "Me", "Cf"))  # categories of Unicode: symbols, and what joins or colours them
_AROUND = " \t\r\n\xa0\ufe0e\ufe0f•"
_NUMBER_BEFORE = re.compile(r"\(?\d{1,2}(?:[.):]|\s[-–—|])\s*(?=[^\W\d])")


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
    platforms = load_platforms().values()
    return {normal_label(word): item.id for item in platforms for word in (*item.aliases, item.name, item.id)}


@cache
def _total_words() -> frozenset[str]:
    return frozenset(normal_label(word) for words in foreign_words().values() for word in words.totals)


def is_total(text: str) -> bool:
    """True if a text says that what follows adds others up: `Total`, `Summe Mai`."""
    label = normal_label(text)
    return label in _total_words() or any(label.startswith((f"{word} ", f"{word}:")) for word in _total_words())


def short_label(value: object) -> str:
    """A cell's text as a heading is compared, without pictures and a number; empty for long texts and other values."""
    return normal_label(undecorated(value)) if isinstance(value, str) and len(value) <= _LONGEST else ""


@lru_cache(maxsize=8192)
def undecorated(text: str) -> str:
    """A short text without the pictures around it and the number in front: `📅 1. Date` as `Date`."""
    bare = without_pictures(_KEYCAP.sub(" ", text))
    if numbered := _NUMBER_BEFORE.match(bare):
        bare = without_pictures(bare[numbered.end() :])
    return bare or text


def without_pictures(text: str) -> str:
    """A short text without the pictures and spaces around it."""
    kept = [at for at, letter in enumerate(text) if not (letter in _AROUND or category(letter) in _PICTURES)]
    return text[kept[0] : kept[-1] + 1] if kept else ""


def bare_label(label: str) -> str:
    """A label without what is in brackets: `date (dd/mm)` as `date`; as it is where nothing else is in it."""
    return " ".join(_BRACKETS.sub(" ", label).split()).rstrip(":*") or label


def _heading_label(value: object, known: Known) -> str:
    """The label of a heading's cell; lines below the first are in brackets where the first alone says what it is."""
    label = short_label(value)
    if not isinstance(value, str) or known(label) or known(bare_label(label)):
        return label
    first, _, rest = value.strip().partition("\n" if "\n" in value else "(")
    lead = short_label(first)
    if not rest or not lead or not known(lead):
        return label
    more = " ".join(normal_label(rest).strip("()[] ")[:_LONGEST].split())
    return f"{lead} ({more})" if more else lead


_FEWEST_ACROSS = 3  # two neighbours may follow each other by chance
_PLATFORM_LETTERS = 5  # shorter names, X among them, are words of other things too

Across = date | Month | Metric | int | str
"""The thing a column across stands for: a day, a month, a metric, a weekday (Monday = 0), or a platform's id."""


def read_across(cells: Sequence[SourceCell]) -> dict[int, Across]:
    """The things that cells of a row stand for across: columns -> days in steps, months, weekdays or platforms."""
    readings = (read(cells) for read in (days_across, _months, _weekdays, _platforms))
    return next(filter(None, readings), {})


def days_across(cells: Sequence[SourceCell]) -> dict[int, Across]:
    """Real dates in even steps; months where each is a month after the one before."""
    stamps = [
        (cell.col, cell.value.date() if isinstance(cell.value, datetime) else cell.value)
        for cell in cells
        if isinstance(cell.value, date)
    ]
    if len(stamps) < _FEWEST_ACROSS:
        return {}
    steps = {(right - left).days for (_, left), (_, right) in pairwise(stamps)}
    if steps <= {28, 29, 30, 31}:
        alike = all(day.day == stamps[0][1].day or (day + timedelta(days=1)).day == 1 for _, day in stamps)
        return {col: Month(day.year, day.month) for col, day in stamps} if alike else {}  # else the days of a task
    return dict(stamps) if len(steps) == 1 and min(steps) > 0 else {}


def _months(cells: Sequence[SourceCell]) -> dict[int, Across]:
    found = {cell.col: month for cell in cells if isinstance(cell.value, str) and (month := month_named(cell.value))}
    return dict(found) if len(found) >= _FEWEST_ACROSS and len(set(found.values())) == len(found) else {}


def _weekdays(cells: Sequence[SourceCell]) -> dict[int, Across]:
    labels = [short_label(cell.value) for cell in cells]
    for start in (start for start, label in enumerate(labels) if may_name_weekday(label)):
        for size in (7, 6, 5, 4, 3):
            part = labels[start : start + size]
            if len(part) == size and "" not in part and (days := weekdays_of(part)) is not None:
                return {cell.col: day % 7 for day, cell in zip(days, cells[start : start + size], strict=True)}
    return {}


def _platforms(cells: Sequence[SourceCell]) -> dict[int, Across]:
    found = {cell.col: named for cell in cells if (named := platforms_named(short_label(cell.value)))}
    return dict(found) if len(found) >= 2 and len(set(found.values())) == len(found) else {}


@lru_cache(maxsize=8192)
def platforms_named(label: str) -> str:
    """The platforms that a text is nothing but the names of, formats beside them left out: `TikTok / Reels`."""
    known = platform_words()
    bare = bare_label(label)
    if label in known or bare in known:
        return known.get(label) or known[bare]
    parts = [part.strip() for part in re.split(r"[/&+,|]", bare)]
    named = list(dict.fromkeys(known[part] for part in parts if part in known))
    rest = (part for part in parts if part not in known)
    return " / ".join(named) if len(parts) > 1 and all(part in _format_words() for part in rest) else ""


@cache
def _format_words() -> frozenset[str]:
    """Words for formats, in their plural as well."""
    lists = [words.values.get("formats", {}) for words in foreign_words().values()]
    found = {normal_label(word) for values in lists for spellings in values.values() for word in spellings}
    return frozenset(found | {f"{word}s" for word in found} | {"stories"})


def platform_in(label: str) -> str:
    """The one platform that a title names."""
    known = platform_words()
    if label in known:
        return known[label]
    words = set(re.findall(r"[^\W\d_]+", label))
    named = {known[word] for word in words if len(word) >= _PLATFORM_LETTERS and word in known}
    return named.pop() if len(named) == 1 else ""


_ENOUGH_KNOWN = 0.4  # of a row's cells: people's own headings are among ours
_ENOUGH_OF_NAMES = 0.2  # of a row of short texts, all different, above a row of something
_ENOUGH_ACROSS = 0.6  # of a row's cells, plain headings counted
_TITLE_TEXT = 60  # characters of a heading that are compared

Known = Callable[[str], bool]
"""True if a normalised text may be a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a block.

    Attributes:
        text: As it is there; empty for a column without a heading.
        label: Normalised, without what it stands for across.
        across: What the column stands for in a table that runs across; None for a plain column.
        cells: The cells it was read from.
        unsure: Whether it is one of several alike, and nothing says which is for what.
    """

    col: int
    text: str
    label: str
    across: Across | None = None
    cells: tuple[SourceCell, ...] = ()
    unsure: bool = False


def read_headings(
    cells: Sequence[SourceCell],
    below: Sequence[SourceCell],
    known: Known,
    given: frozenset[str] = frozenset(),
    across: Mapping[int, Across] | None = None,
) -> tuple[list[Heading], bool] | None:
    """The headings of a row and whether the row below belongs to them; None where the row holds no headings.

    Args:
        given: Headings that the user names: a row with one of them is one of headings.
        across: What runs across, where that is known.
    """
    across = across or read_across(cells)
    labels = [_heading_label(cell.value, known) for cell in cells]
    matched = _matched(labels, known)
    plain_known = sum(cell.col not in across and known(label) for cell, label in zip(cells, labels, strict=True))
    enough = _ENOUGH_KNOWN if all(labels) and len(set(labels)) == len(labels) else _ENOUGH_ACROSS
    if across and (len(across) >= _FEWEST_ACROSS or len(across) + plain_known >= enough * len(cells)):
        return _wide(cells, below, across, known)
    has_numbers = any(isinstance(cell.value, int | float) for cell in cells)
    are_names = all(labels) and len(set(labels)) == len(labels) and len(below) >= _FEWEST_ACROSS
    enough = max(2, (_ENOUGH_OF_NAMES if are_names else _ENOUGH_KNOWN) * len(cells))
    if not given & set(labels) and (has_numbers or matched < enough):
        return None
    lower = [_heading_label(cell.value, known) for cell in below]
    if len(lower) > len(cells) and all(lower) and _matched(lower, known) > max(matched, _ENOUGH_ACROSS * len(lower)):
        return None  # a line of words above the headings
    items = _composite(cells, known)
    if not items and not across and len(read_across(below)) >= _FEWEST_ACROSS:
        return None  # a line of words above the months
    return [plain_heading(cell, items, known) for cell in cells], False


def _matched(labels: Sequence[str], known: Known) -> int:
    return sum(1 for label in labels if label and (known(label) or _parted(label, known) is not None))


def plain_heading(cell: SourceCell, items: Mapping[int, tuple[Across, str]], known: Known) -> Heading:
    """A heading of one cell, with what it stands for across where that is known."""
    text = shown_text(cell)
    if cell.col in items:
        across, rest = items[cell.col]
        return Heading(cell.col, text, rest, across, (cell,))
    label = _heading_label(cell.value, known) or short_label(text[:_TITLE_TEXT])
    return Heading(cell.col, text, label, None, (cell,))


def _composite(cells: Sequence[SourceCell], known: Known) -> dict[int, tuple[Across, str]]:
    """Columns like `Jan planned`, `Actual Feb`, `Instagram caption`, where there are several."""
    found = {cell.col: parts for cell in cells if (parts := _parted(short_label(cell.value), known)) is not None}
    kinds = {type(across) for across, _ in found.values()}
    fewest = 1 if kinds == {Month} else _FEWEST_ACROSS
    return found if len(found) >= fewest and len(kinds) == 1 else {}


def _parted(label: str, known: Known) -> tuple[Across, str] | None:
    """A heading as what it stands for across and its measure; None where it has not both."""
    bare = bare_label(label)
    if bare != label and (found := _parted(bare, known)) is not None:
        return found
    words = re.sub(r"[-()\[\]:]", " ", label).split()
    for size in (1, 2):
        for lead, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            text, measure = " ".join(lead), " ".join(rest)
            across: Across | None = month_named(text) or platform_words().get(text) if measure else None
            if across is not None and known(measure):
                return across, measure
    return None


def _wide(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], across: Mapping[int, Across], known: Known
) -> tuple[list[Heading], bool]:
    """Headings that run across, with a second row of measures below them where there is one."""
    labels = [short_label(cell.value) for cell in below]
    plain_cols = {cell.col for cell in cells if cell.col not in across}
    data = any(cell.col in plain_cols and not known(label) for cell, label in zip(below, labels, strict=True))
    if not data and any(label and labels.count(label) > 1 and known(label) for label in labels):
        return list(measured(cells, below, across)), True
    items = {col: (item, "") for col, item in across.items()}
    headings = [plain_heading(cell, items, known) for cell in cells]
    return _with_own_measures(headings, known), False


def _with_own_measures(headings: Sequence[Heading], known: Known) -> list[Heading]:
    """Headings across whose own measures are beside them: `Instagram | Status | Facebook | Status`.

    Each belongs to the nearest thing across on the one side, where that is another one for each; else nobody knows.
    """
    across = {heading.col: heading for heading in headings if heading.across is not None}
    items = {heading.across for heading in across.values()}
    alike = Counter(bare_label(heading.label) for heading in headings if heading.across is None and heading.label)
    found: dict[int, Heading] = {}
    for heading in headings:
        parts = _parted(heading.label, known) if heading.across is None else None
        if parts is not None and parts[0] in items:
            found[heading.col] = replace(heading, across=parts[0], label=parts[1])
    for label in (label for label, count in alike.items() if count > 1):
        cols = [heading.col for heading in headings if bare_label(heading.label) == label and heading.across is None]
        before = [max((other for other in across if other < col), default=0) for col in cols]
        behind = [min((other for other in across if other > col), default=0) for col in cols]
        sides = (side for side in (before, behind) if 0 not in side and len(set(side)) == len(side))
        owners = next(sides, [])
        for at, heading in enumerate(item for item in headings if item.col in cols):
            if owners:
                owner = across[owners[at]]
                text = f"{owner.text} {heading.text}"
                found[heading.col] = replace(heading, across=owner.across, text=text, label=label)
            else:
                found[heading.col] = replace(heading, unsure=True)
    return [found.get(heading.col, heading) for heading in headings]


def measured(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], across: Mapping[int, Across]
) -> Iterator[Heading]:
    """Each measure in the second row with what is above it or, as in merged cells, to the left above it."""
    upper, lower = {cell.col: cell for cell in cells}, {cell.col: cell for cell in below}
    item, named = None, ""
    for col in sorted({*upper, *lower}):
        if col in upper:
            item, named = across.get(col), shown_text(upper[col])
        both = tuple(line[col] for line in (upper, lower) if col in line)
        text = " ".join(shown_text(cell) for cell in both)
        if item is not None and col in lower:
            yield Heading(col, text if col in upper else f"{named} {text}", short_label(lower[col].value), item, both)
        else:
            yield Heading(col, text, short_label(text), None, both)


def side_by_side(headings: Sequence[Heading]) -> Iterator[tuple[Heading, ...]]:
    """One block, or several where the same headings are repeated further right."""
    # Neighbours have the same distance from their number in the row.
    numbered = groupby(enumerate(headings), lambda item: item[1].col - item[0])
    runs = [tuple(heading for _, heading in run) for _, run in numbered]
    labels = [{(heading.label, heading.across) for heading in run} for run in runs]
    if len(runs) > 1 and all(len(labels[0] & other) >= 2 for other in labels[1:]):
        yield from map(_distinct, runs)
    else:
        yield _distinct(headings)


def _distinct(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Headings of one block, each with a label of its own: of two alike the second has its letters behind it."""
    seen: set[tuple[str, Across | None]] = set()
    found: list[Heading] = []
    for heading in headings:
        if heading.label and (heading.label, heading.across) in seen:
            heading = replace(heading, label=f"{heading.label} ({column_letters(heading.col).lower()})")
        seen.add((heading.label, heading.across))
        found.append(heading)
    return tuple(found)


def shown_text(cell: SourceCell) -> str:
    """The value of a cell, on one line."""
    return " ".join(plain(cell.value).split()) if cell.value is not None else ""
