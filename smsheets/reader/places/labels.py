"""Headings and labels: those that a layout's parts may have, those of a sheet, and how alike two of them are.

A part may have its own label, that of another language, or a word that people use instead.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

import msgspec

from smsheets.layout.cells_of import example_text
from smsheets.layout.items import month_items, week_items
from smsheets.layout.placed import Layout, PlacedColumn, PlacedTable
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.identity.claims import sheet_labels
from smsheets.reader.values.words import any_of, normal_label
from smsheets.spec.catalogue import Catalogue, catalogue, languages
from smsheets.spec.reference import words_for

_HEADER_ROWS = 90
"""A heading is looked for in this many rows from the top, and in as many below where it was when it was made."""


_ORDERS = ("d mmm yyyy", "mmm d yyyy")
"""Number formats of days: weeks are named by the day, its month behind it or before it."""


class Labels:
    """The names that headings, labels, titles and sheets of one layout may have."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    @cached_property
    def others(self) -> tuple[Catalogue, ...]:
        """The other languages there are."""
        own, kind = self.layout.profile.language, self.layout.spec.kind
        return tuple(catalogue(language, "common", kind) for language in languages() if language != own)

    @cached_property
    def periods(self) -> Mapping[str, tuple[str, ...]]:
        """A month or a week as this layout writes it -> as it is written in other languages and countries."""
        profile = self.layout.profile
        profiles = [
            msgspec.structs.replace(profile, language=language, dates=dates)
            for language in languages()
            for dates in _ORDERS
        ]
        found: dict[str, tuple[str, ...]] = {}
        for items_of in (month_items, week_items):
            others = [items_of(other) for other in profiles]
            for item in items_of(profile):
                labels = dict.fromkeys(items[item.n - 1].label for items in others)
                found[item.label] = tuple(label for label in labels if label != item.label)
        return found

    @cached_property
    def list_words(self) -> Mapping[str, tuple[str, ...]]:
        """A word of a closed list as this layout writes it -> as it is written in other languages."""
        closed = (placed.spec for placed in self.layout.lists.values() if not placed.spec.open)
        values = {value.text: None for spec in closed for value in spec.values}
        return {self.layout.words.text(english): tuple(self._words(english, ())) for english in values}

    def depth(self, sheet: str) -> int:
        """How many rows of a sheet may hold headings."""
        placed = next((item for item in self.layout.sheets if item.name == sheet), None)
        tables = placed.tables() if placed is not None else ()
        return max((table.header_row for table in tables), default=0) + _HEADER_ROWS

    def of_column(self, column: PlacedColumn) -> Iterator[str]:
        """All headings a column may have, its own first."""
        yield normal_label(column.label)
        item = column.item
        if item is None:
            yield from (normal_label(word) for word in self._words(column.spec.label, column.spec.aliases))
            return
        leads = (item.label, *self.periods.get(item.label, ()), *self.list_words.get(item.label, ()))
        if normal_label(column.label) == normal_label(item.label):
            yield from (normal_label(lead) for lead in leads[1:])
        elif item.label:
            own = self.layout.words.text(column.spec.label)
            for lead in leads:
                for word in (own, *self._words(column.spec.label, column.spec.aliases)):
                    yield normal_label(f"{lead} {word}")

    def of_field(self, label: str, aliases: Iterable[str]) -> Iterator[str]:
        """All labels a form's field may have, its own first."""
        yield normal_label(self.layout.words.text(label))
        for word in self._words(label, aliases):
            yield normal_label(word)

    def of_example(self, answer: str) -> set[str]:
        """An example answer as a sheet shows it."""
        every = (self.layout.words, catalogue("en", "common"), *self.others)
        return {normal_label(example_text(answer, words)) for words in every} if answer else set()

    def of_sheet(self, sheet: str) -> set[str]:
        """All names a sheet may have."""
        placed = next(item for item in self.layout.sheets if item.name == sheet)
        words = [placed.name, *self._words(placed.spec.name, placed.spec.aliases)]
        return {normal_label(word) for word in words}

    def of_title(self, table: PlacedTable) -> set[str]:
        """All titles a table may have; none for one without a title."""
        title = table.spec.title
        words = [self.layout.words.text(title), *self._words(title, table.spec.aliases)] if title else []
        return {normal_label(word) for word in words}

    def _words(self, english: str, aliases: Iterable[str]) -> Iterator[str]:
        yield english
        for words in self.others:
            yield words.text(english)
        yield from aliases


LOOKS_LIKE = 0.72  # 0 to 1: two slips in a word of eight letters
_LONG_LABEL = 4  # characters; a shorter one begins many words


Key = TypeVar("Key")


def lookalikes(wanted: Mapping[Key, Sequence[str]], strange: Mapping[int, str]) -> dict[Key, int]:
    """The strange headings that look like labels that are gone: of each heading and label, those most alike.

    Args:
        wanted: Whatever has the labels -> its label, and others that count where none looks like that.
        strange: Column or row -> heading.
    """
    texts = {place: normal_label(text) for place, text in strange.items()}
    rated: list[tuple[int, float, int, int]] = []
    for number, labels in enumerate(wanted.values()):
        for rank, label in enumerate(map(normal_label, labels)):
            alike = ((likeness(label, text), place) for place, text in texts.items())
            rated += [(-rank, share, -number, place) for share, place in alike if share >= LOOKS_LIKE]
    keys, found = list(wanted), dict[Key, int]()
    for _, _, number, place in sorted(rated, reverse=True):
        if keys[-number] not in found and place in texts:
            found[keys[-number]] = place
            del texts[place]
    return found


def likeness(wanted: str, found: str) -> float:
    """How much a label looks like another, 0 to 1; one with a remark behind it looks just like it."""
    if wanted == found or (len(wanted) >= _LONG_LABEL and re.match(rf"{re.escape(wanted)}\W", found)):
        return 1.0
    if len(found) > 2 * len(wanted) + 2:
        return 0.0
    return difflib.SequenceMatcher(None, wanted, found).ratio()


_LONGEST_HINT = 255  # characters, the limit of Excel for hints


class Page:
    """The short texts of a sheet's upper rows, by row and normalised.

    A text in a range merged over several rows is in the first and the last of them: a heading may begin higher up.
    """

    def __init__(self, sheet: SourceSheet, depth: int) -> None:
        self.sheet = sheet
        self.names = set(sheet_labels(sheet.name))
        self.rows: dict[int, dict[int, str]] = {}
        self.places: dict[str, list[tuple[int, int]]] = {}
        deeper = _rows_after_gaps(sheet, depth)
        for (row, col), cell in sheet.cells.items():
            if (row <= depth or row in deeper) and isinstance(cell.value, str) and 0 < len(cell.value) <= _LONGEST_HINT:
                label = normal_label(cell.value)
                self.rows.setdefault(row, {})[col] = label
                self.places.setdefault(label, []).append((row, col))
        self._above: dict[tuple[int, int], int] = {}
        for first, col, last, _ in sheet.merges:
            label = self.rows.get(first, {}).get(col, "")
            if label and last > first and (last, col) not in sheet.cells:
                self.rows.setdefault(last, {})[col] = label
                self._above[last, col] = first

    def shown(self, row: int, col: int) -> str:
        """A text as it is written."""
        return str(self.sheet.cells[self._above.get((row, col), row), col].value)


_MOST_GAPS = 200
"""After so many gaps nobody pastes another table; a sheet with blank rows between all its rows has thousands."""
_ROWS_OF_HEAD = 3
"""A title, a row of totals and headings come right after a gap."""


def _rows_after_gaps(sheet: SourceSheet, depth: int) -> set[int]:
    """The rows from `depth` on that come right after a blank one: a table pasted far below begins there."""
    if sheet.last_row <= depth:
        return set()
    rows = {row for row, _ in sheet.cells if row >= depth}
    starts = sorted(row for row in rows if row > depth and row - 1 not in rows)[:_MOST_GAPS]
    return {start + down for start in starts for down in range(_ROWS_OF_HEAD)}


TITLE_ROWS = 3  # above the headings: title, totals, and a row that people insert
ENOUGH_HEADINGS = 0.4  # of a table's; people rename and delete columns
_OTHERS = 0.5
"""Headings of a row that are not a table's speak against it: they are most likely another one's."""
SURE_SHARE = 0.6  # of a table's columns, for a copy on another sheet
_FEW = 2
"""Fewer headings than these make no table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingFit:
    """A row that may be the headings of a table.

    Attributes:
        texts: Column -> heading; of several computed tables beside each other those of one.
        share: How well it fits; its sheet's name and its title help.
        matched: How many of the table's columns have a heading there.
        sure: Hardly anything else can be there, not even a row of someone's words.
        titled: The table's title is above it.
    """

    share: float
    placed: PlacedTable
    page: Page
    row: int
    texts: Mapping[int, str]
    matched: int
    sure: bool
    titled: bool

    @property
    def name(self) -> str:
        """The table's id."""
        return self.placed.spec.id


class HeadingSearch:
    """The rows that may be headings of a layout's tables, best fit first."""

    def __init__(
        self, layout: Layout, pages: list[Page], labels: Labels, earlier: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.layout = layout
        self.pages = pages
        self.labels = labels
        tables = layout.tables
        self.wanted = {n: {**wanted_headings(table, labels), **earlier.get(n, {})} for n, table in tables.items()}
        self.names = {name: _names(table, labels) for name, table in tables.items()}
        self.fits = [fit for name, table in tables.items() for fit in _fits(table, self.wanted[name], pages, labels)]
        self.fits.sort(key=self._order, reverse=True)

    def _order(self, fit: HeadingFit) -> tuple[float, int, int]:
        """Where several fit alike, the first one from the top does: people repeat headings further down."""
        table = fit.placed
        if not table.spec.computed:
            return fit.share, -fit.row, 0
        return fit.share, -abs(fit.row - table.header_row), -abs(min(fit.texts) - table.columns[0].col)

    def fit_at(self, name: str, sheet: SourceSheet, row: int) -> HeadingFit:
        """A row of a sheet as the headings of a table, however well it fits."""
        page, placed = self.page_of(sheet), self.layout.tables[name]
        matched = self.count(name, page, row)
        return HeadingFit(
            share=0.0,
            placed=placed,
            page=page,
            row=row,
            texts=page.rows[row],
            matched=matched,
            sure=matched >= max(min(_FEW, len(placed.columns)), SURE_SHARE * len(placed.columns)),
            titled=False,
        )

    def page_of(self, sheet: SourceSheet) -> Page:
        """The texts of a sheet."""
        return next(page for page in self.pages if page.sheet is sheet)

    def count(self, name: str, page: Page, row: int) -> int:
        """How many of a table's columns have a heading in a row."""
        return _matched(self.wanted[name], page.rows[row])


def _fits(table: PlacedTable, wanted: Mapping[str, str], pages: list[Page], labels: Labels) -> Iterator[HeadingFit]:
    """The rows that may be a table's headings."""
    names, titles = labels.of_sheet(table.sheet), labels.of_title(table)
    count = len(table.columns)
    few = min(_FEW, count)
    enough = max(1, round(ENOUGH_HEADINGS * count), few)
    for page in pages:
        at_home = bool(page.names & names)
        for row in sorted({row for label in page.places.keys() & wanted.keys() for row, _ in page.places[label]}):
            whole = page.rows[row]
            for texts in _parts(whole, wanted) if table.spec.computed else (whole,):
                matched = _matched(wanted, texts)
                if matched < (few if at_home else enough):
                    continue
                titled = is_titled(page, row, titles, texts if len(texts) < len(whole) else None)
                fit = matched / count + _OTHERS * matched / len(texts)
                share = fit + (0.25 if at_home else 0.0) + (0.2 if titled else 0.0)
                yield HeadingFit(
                    share=share,
                    placed=table,
                    page=page,
                    row=row,
                    texts=texts,
                    matched=matched,
                    sure=matched >= (enough if titled else max(few, SURE_SHARE * count)),
                    titled=titled,
                )


_MOST_PARTS = 20
"""Tables beside each other; a row with more is nothing that a template made."""


def _parts(texts: Mapping[int, str], wanted: Mapping[str, str]) -> Iterator[Mapping[int, str]]:
    """The headings of a row, parted at the blank columns between tables that have the same ones beside each other."""
    part: dict[int, str] = {}
    seen: dict[str, int] = {}
    left = blank = parts = 0
    for col, text in sorted(texts.items()):
        key, blank = wanted.get(text), left if left and col > left + 1 else blank
        if key in seen and blank >= seen[key] and parts < _MOST_PARTS:
            yield {place: part[place] for place in part if place <= blank}
            part = {place: part[place] for place in part if place > blank}
            seen = {wanted[text]: place for place, text in part.items() if text in wanted}
            parts += 1
        part[col], left = text, col
        if key is not None:
            seen[key] = col
    yield part


def _matched(wanted: Mapping[str, str], texts: Mapping[int, str]) -> int:
    """How many columns have a heading in a row."""
    return len({wanted[text] for text in texts.values() if text in wanted})


def is_titled(page: Page, row: int, titles: Set[str], columns: Collection[int] | None = None) -> bool:
    """True if one of these titles is right above a row, or above these columns of it."""
    above = (page.rows.get(line, {}) for line in range(row - TITLE_ROWS, row))
    return any(text in titles and (not columns or col in columns) for texts in above for col, text in texts.items())


def wanted_headings(table: PlacedTable, labels: Labels) -> dict[str, str]:
    """Normalised heading -> column key. A column's own heading wins over another's alias."""
    wanted: dict[str, str] = {}
    spare: dict[str, str] = {}
    for column in table.columns:
        first, *rest = labels.of_column(column)
        if first:
            wanted.setdefault(first, column.key)
        for label in rest:
            spare.setdefault(label, column.key)
    return {**spare, **wanted}


def _names(table: PlacedTable, labels: Labels) -> set[str]:
    """The columns' own headings in every language."""
    plain = (column.spec for column in table.columns if column.item is None and not table.spec.computed)
    return {name for spec in plain for name in labels.of_field(spec.label, ())}


@cache
def total_pattern() -> re.Pattern[str]:
    """A word for a total, with what it is of: `Summe 2027`."""
    before, totals, alone, after = (
        any_of(words_for(name)) for name in ("before_totals", "totals", "totals_alone", "after_totals")
    )
    return re.compile(rf"(?:(?:{before})?(?:{totals})|{alone}|[σς∑])(?: (?:[^\s\d]*+\d\S*|{after}))*\b:?")
