"""Which of their columns is which of ours, and which table each block fits best: by heading and by content.

The only module that uses rapidfuzz, which not every computer has.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from smsheets.errors import OptionError
from smsheets.reader.file.source_cells import ErrorValue
from smsheets.reader.foreign.amounts import is_list_of_payments, is_rate, is_worked_out
from smsheets.reader.foreign.calendar_words import Metric, Month, day_named, month_named
from smsheets.reader.foreign.describe import with_metrics_across
from smsheets.reader.foreign.headings import (
    MONTH,
    WEAK_WORD,
    bare_label,
    is_total,
    known_headings,
    table_headings,
)
from smsheets.reader.foreign.tables import Block, DataLine
from smsheets.reader.values.scope import plain
from smsheets.rewrite.adopted_values import MOST, Reads, are_figures, are_ids, average_length, share_read, sure_by_cells
from smsheets.rewrite.material import ACROSS, ForeignColumn, Material, column_name
from smsheets.spec.load import load_spec, record_tables
from smsheets.spec.model import Table, Workbook
from smsheets.spec.vocabulary import TEXT_TYPES, FieldType

_ALIKE = 84.0
"""Of 100; `Plattfrom` and `Platform` have 89, `Post` and `Posts` 89, `Date` and `Data` 75."""

_SLIP = 0.85  # weights, 0 to 1: a heading with a slip in it
_PART = 0.85  # the first part of a heading, as in `Text / Caption`
_LATER_PART = 0.8  # another part: `Copy / Hashtags` is the text, with hashtags in it
_LAST_WORD = 0.7  # its last word, which names the thing in most languages
_QUALIFIED = 0.5  # of a figure: `Clicks (all)` and `Video views` are not what `Clicks` and `Views` are
_SHORTEST_SLIP = 5  # characters; in shorter words one slip makes another word


def require_likeness() -> None:
    """Makes sure that the library is there.

    Raises:
        OptionError: It is not; the text says how to get it.
    """
    try:
        import rapidfuzz  # noqa: F401
    except ImportError:
        text = "'smsheets adopt' needs the package rapidfuzz. Install it with: pip install rapidfuzz"
        raise OptionError(text) from None


def _heading_scores(label: str, kind: str, table: str) -> Mapping[str, float]:
    """Column id -> how sure it is (0..1) that a normalised heading stands for it."""
    words = table_headings(kind, table)
    exact = words.get(label)
    if exact is not None:
        return exact
    scores: dict[str, float] = {}
    for part, weight in _parts(label):
        found = [(words.get(part, {}), weight)]
        near = _nearest(part, frozenset(words))
        found += [(words[word], weight * likeness * _SLIP) for word, likeness in near.items()]
        for columns, sure in found:
            for column, how_sure in columns.items():
                score = sure * how_sure * (_QUALIFIED if part != label and column in _counts(kind, table) else 1.0)
                scores[column] = max(scores.get(column, 0.0), score)
    # The short name of a record elsewhere is no word within a heading: `Hook line` is no budget line.
    return {column: score for column, score in scores.items() if not column.endswith("_id")}


@cache
def _counts(kind: str, table: str) -> frozenset[str]:
    """The columns of a table that count something."""
    columns = next(item.columns for item in record_tables(load_spec(kind)) if item.id == table)
    return frozenset(column.id for column in columns if column.type is FieldType.INTEGER)


@cache
def may_be_heading(label: str, kind: str) -> bool:
    """True if a normalised text is one of the headings of a template, or nearly."""
    known = known_headings(kind)
    if label in known:
        return True
    return any(part in known or _nearest(part, known) for part, weight in _parts(label) if weight > _LAST_WORD)


_LONGEST_HEADING = 200  # characters; a longer text is none, and not looked at in parts


def _parts(label: str) -> Iterator[tuple[str, float]]:
    """The heading itself, without what is in brackets, its parts, and its last word."""
    yield label, 1.0
    if len(label) > _LONGEST_HEADING:
        return
    bare = bare_label(label)
    if bare != label:
        yield bare, 0.97
    parts = [part.strip() for part in re.split(r"[/&+|,]| - | and | und | et | y | e | en ", bare) if part.strip()]
    if len(parts) > 1:
        for number, part in enumerate(parts):
            yield part, _LATER_PART if number else _PART
    words = bare.split()
    if len(words) > 1 and not _RATE.search(bare):
        head = _BEFORE_ITS_OWNER.match(bare)
        yield head["thing"] if head is not None else words[-1], _LAST_WORD


_RATE = re.compile(r"\b(?:per|pro|par|por|[qt][1-4]|[hs][12]|quarter|quartal|trimestre)\b")  # or not of a month
_BEFORE_ITS_OWNER = re.compile(r"(?:\S+ )??(?P<thing>\S+) (?:of|for|von|für|de|des|du|del|della|di|da|do|van|voor)\b")
"""`Kind of content` is a kind and no content; in `Date de publication` the first word names the thing, too."""


@cache
def _nearest(part: str, words: frozenset[str]) -> dict[str, float]:
    """The words that a text looks like, each with its likeness (0..1)."""
    if len(part) < _SHORTEST_SLIP:
        return {}
    from rapidfuzz import fuzz, process

    found = process.extract(part, words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    sorted_words = process.extract(part, words, scorer=fuzz.token_sort_ratio, score_cutoff=95, limit=3)
    return {word: score / 100 for word, score, _ in (*sorted_words, *found) if len(word) >= _SHORTEST_SLIP - 1}


_ANY_YEAR = 2000  # for days without one
_ENOUGH = 0.5  # 0 to 1: below, a column stays their own
_WORTH_SAYING = 0.3  # from here on the list of columns says what it may be
_READS_WELL = 0.6
"""How much of a name's certainty stays where none of the cells can be read as its column."""

_BELOW_PLATFORMS = {"status": 0.62, "format": 0.61, "time": 0.6, "date": 0.55}
"""What a column for each platform may hold instead of texts, and how sure that is."""

_LIKELY_PLAN = 0.7
"""Amounts by month without a word for what they are."""


@dataclass(frozen=True, slots=True)
class Match:
    """One of their columns and ours.

    Attributes:
        target: Our column's id; empty where it is none of ours and comes along as a column of their own.
        confidence: 0..1, of `target` or else of `perhaps`; 1 where the user said so.
        worked_out: Whether its figures come from others, as our own workbook works them out: they stay behind.
        perhaps: Our column that one of their own may be; empty where nothing speaks for any.
    """

    column: ForeignColumn
    target: str
    confidence: float
    worked_out: bool = False
    perhaps: str = ""

    @property
    def name(self) -> str:
        """Their column as we name it."""
        return column_name(self.column)

    @property
    def example(self) -> str:
        """One of its values, as it is there."""
        values = (value for value in self.column.examples if value is not None and not isinstance(value, ErrorValue))
        return " ".join(plain(next(values, "")).split())


def match_columns(
    table: Table,
    columns: Mapping[str, ForeignColumn],
    reads: Reads,
    kind: str,
    corrections: Sequence[tuple[str, str]] = (),
) -> list[Match]:
    """The best match of their columns with ours; each of ours is taken once by columns that are side by side.

    Args:
        corrections: (label of theirs, id of ours or empty), which win.
    """
    given = {label: target for label, target in corrections if label in columns}
    rated: list[tuple[float, float, int, int, str, str]] = []
    order = {column.id: number for number, column in enumerate(table.columns)}
    places = {label: number for number, label in enumerate(columns)}
    monthly = any(field_.each == "months" for field_ in table.columns)
    anew = {label for label, column in columns.items() if label not in given and _is_anew(column, table, kind, monthly)}
    for label, column in columns.items():
        if label not in given and label not in anew and not is_total(column.heading):
            beside_it = [columns[other] for other in column.beside if other in columns]
            # Of two that may be the text of a post, it is the longer one.
            length = average_length(column.examples)
            for target, score in _scores(column, table, reads, kind, beside_it).items():
                if target == "planned" and score <= WEAK_WORD and any(_are_days(other) for other in beside_it):
                    target = "actual"  # an amount on a day was paid, whatever it is called
                longer = length if target == "copy" else 0.0
                rated.append((score, longer, -order.get(target, len(order)), -places[label], label, target))
    rated.sort(reverse=True)
    taken: dict[str, tuple[str, float]] = {label: (target, 1.0) for label, target in given.items()}
    for score, *_, label, target in rated:
        beside = {taken[other][0] for other in columns[label].beside if other in taken}
        if label not in taken and target not in beside and score >= _ENOUGH:
            taken[label] = target, score
    perhaps = {label: (target, score) for score, *_, label, target in reversed(rated) if score >= _WORTH_SAYING}
    found: list[Match] = []
    for label, column in columns.items():
        target, sure = taken.get(label, ("", 0.0))
        guess, likely = perhaps.get(label, ("", 0.0)) if not target and column.label != ACROSS else ("", 0.0)
        found.append(Match(column, target, sure or likely, monthly and label in anew, guess))
    return found


def _is_anew(column: ForeignColumn, table: Table, kind: str, monthly: bool) -> bool:
    """True if our workbook works the figures of a column out itself."""
    if not monthly or not is_worked_out(column.measure or column.heading):
        return False
    return is_total(column.heading) or column.label not in table_headings(kind, table.id)


def _scores(
    column: ForeignColumn, table: Table, reads: Reads, kind: str, beside: Sequence[ForeignColumn]
) -> dict[str, float]:
    """Column of ours -> how sure it is: the name, and how many of the cells can be read as it."""
    monthly = [field_.id for field_ in table.columns if field_.each == "months" and field_.formula is None]
    if column.label == ACROSS:
        if monthly:
            unsure = any(_says_another_measure(other, monthly, table, kind) for other in beside)
            return {} if unsure else {"planned" if "planned" in monthly else "actual": _LIKELY_PLAN}
        fields = (field_ for field_ in table.columns if field_.id in _BELOW_PLATFORMS)
        shares = {field_.id: share_read(field_, column.examples, reads) for field_ in fields}
        found = {name: _BELOW_PLATFORMS[name] for name, share in shares.items() if share and share >= MOST}
        return found if len(column.examples) > 1 else {}
    if column.unsure:
        return {}
    named = dict(_heading_scores(column.label, kind, table.id))
    is_known = column.label in table_headings(kind, table.id)
    scores: dict[str, float] = {}
    for field_ in table.columns:
        if field_.formula is not None:
            continue
        name = named.pop(field_.id, 0.0)
        if field_.id in monthly and (column.has_months_beside or (is_rate(column.heading) and not is_known)):
            continue  # one amount for all of them, or for a day
        if monthly and field_.type in TEXT_TYPES and are_figures(column.examples):
            continue  # `Expenses` over amounts is not what they were for
        if field_.type is FieldType.ID and not are_ids(column.examples, table.prefix):
            continue  # ids of another sort come along as a column of their own: ours are given anew
        share = share_read(field_, column.examples, reads)
        if name:
            scores[field_.id] = name if share is None else name * (_READS_WELL + (1 - _READS_WELL) * share)
        elif not column.across:
            scores[field_.id] = sure_by_cells(field_, column.examples, share, headed=bool(column.heading))
    scores.update((target, score) for target, score in named.items() if target == MONTH)
    return {target: round(score, 3) for target, score in scores.items() if score > 0}


def _are_days(column: ForeignColumn) -> bool:
    """True if a column says on which days amounts were, and not only in which months."""
    if MONTH not in table_headings("budget", "lines").get(column.label, {}):
        return False
    days = (value for value in column.examples if isinstance(value, date))
    texts = (value for value in column.examples if isinstance(value, str) and month_named(value) is None)
    return any(day.day > 1 for day in days) or any(day_named(text, _ANY_YEAR, None) is not None for text in texts)


def _says_another_measure(column: ForeignColumn, monthly: Sequence[str], table: Table, kind: str) -> bool:
    """True if an amount beside the months is not their sum: then they may be the plan or what was spent."""
    if "planned" not in monthly or column.across or column.is_sum or not are_figures(column.examples):
        return False
    named = _heading_scores(column.label, kind, table.id)
    return not is_worked_out(column.heading) and any(named.get(target, 0.0) >= _LIKELY for target in monthly)


_FITS_ENOUGH = 1.3
"""Together, as sure as two columns of which one is weak."""

_SURER = 0.01  # more than a word that often means something else
_ONLY_HERE = {"hashtags", "asset"}
_LIKELY = 0.5  # 0 to 1: from here on a column speaks for a table
_ACROSS = 1.5  # months or platforms across speak more for a table than one heading

Blocks = list[tuple[Block, list[DataLine]]]


_ABOUT: Mapping[str, tuple[str, ...]] = {
    "posts": ("title", "copy"),
    "ideas": ("idea",),
    "key_dates": ("name",),
    "initiatives": ("initiative",),
    "tasks": ("task",),
}
"""Table -> the columns that say what a record is about: without one of them a list of anything else would fit."""

_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "lines": (("planned", "actual"), ("line", "category", "channel")),
    "kpis": (("metric",), ("actual", "target")),
    **dict.fromkeys(("cadence_wanted", "text_limits"), (("channel",),)),
    **dict.fromkeys(("post_results", "key_dates"), (("date",),)),
    "own_time": (("task",),),
    "goals": (("goal",),),
    "mix_targets": (("pillar",),),
    "metric_definitions": (("metric",),),
}
"""Table -> of each of these one column: without it its rows say nothing, however well the others fit."""

_MUCH_LESS = 0.4  # of the best fit on a sheet: such a table is beside the point


def sort_blocks(material: Material, spec: Workbook, named: Container[str] = ()) -> dict[str, Blocks]:
    """Table id -> blocks with rows that fit it better than any other table; of each sheet those that fit best.

    Args:
        named: Labels of theirs that the user named: their tables are taken in any case.
    """
    found: dict[str, Blocks] = {}
    tables = list(record_tables(spec))
    fits: list[tuple[float, Table, Block, list[DataLine]]] = []
    for block, lines in material.blocks():
        if lines and spec.kind == "kpi-report":
            block, lines = with_metrics_across(block, lines)
        if lines:
            fit, _, best = max((_fit(block, table, spec.kind), -number, table) for number, table in enumerate(tables))
            fits.append((fit, best, block, lines))
    best_of: dict[tuple[str, str], float] = {}
    for fit, table, block, _ in fits:
        best_of[block.sheet, table.id] = max(fit, best_of.get((block.sheet, table.id), 0.0))
    for fit, table, block, lines in fits:
        enough = max(_FITS_ENOUGH, _MUCH_LESS * best_of[block.sheet, table.id])
        if fit >= enough or any(label in named for label in block.labels):
            found.setdefault(table.id, []).append((block, lines) if _unfolds(table) else _plain(block, lines))
    return found


def _unfolds(table: Table) -> bool:
    """True if what runs across is a row or an amount each; in a plan of tasks it is a bar that somebody drew."""
    return any(column.id == "date" or column.each == "months" for column in table.columns)


def _plain(block: Block, lines: Sequence[DataLine]) -> tuple[Block, list[DataLine]]:
    headings = (
        heading if heading.across is None else replace(heading, across=None, label=f"({heading.text} {heading.col})")
        for heading in block.headings
    )
    block = replace(block, headings=tuple(headings))
    return block, [replace(line, block=block) for line in lines]


def _fit(block: Block, table: Table, kind: str) -> float:
    """How many of the table's columns a block has, each as sure as it is; 0 where nothing says what its rows are."""
    rated = sorted(
        (
            (score, target, heading.label)
            for heading in block.headings
            if heading.label
            for target, score in _heading_scores(heading.label, kind, table.id).items()
            if score >= _LIKELY
        ),
        reverse=True,
    )
    taken: dict[str, str] = {}
    fit = 0.0
    for score, target, label in rated:
        if target not in taken and label not in taken.values():
            taken[target] = label
            fit += score
    if _fits_across(block, table):
        return fit + _ACROSS
    sure = {target: score for score, target, _ in reversed(rated)}
    if table.id == "posts" and "channel" not in sure and is_list_of_payments(block.labels):
        return 0.0
    if table.id in _ABOUT and not _says_what(sure, _ABOUT[table.id]):
        return 0.0
    needed = _NEEDED.get(table.id, ())
    return fit if all(any(sure.get(column, 0.0) >= _LIKELY for column in group) for group in needed) else 0.0


def _says_what(sure: Mapping[str, float], about: Sequence[str]) -> bool:
    """True if a table's headings say what its rows are about, or when and where they are shown.

    A word that often means something else counts beside what only such a table has.
    """
    enough = WEAK_WORD if _ONLY_HERE & sure.keys() or {"start", "due"} <= sure.keys() else WEAK_WORD + _SURER
    return any(sure.get(column, 0.0) >= enough for column in about) or {"date", "channel"} <= sure.keys()


def _fits_across(block: Block, table: Table) -> bool:
    """Months across are amounts by month; days, weekdays and platforms across are posts."""
    if not block.across:
        return False
    if any(column.each == "months" for column in table.columns):
        return isinstance(block.across[0].across, Month | str) or (
            table.id == "kpis" and isinstance(block.across[0].across, Metric)
        )
    months = {heading.across for heading in block.across if isinstance(heading.across, Month)}
    return {"date", "channel", "copy"} <= {column.id for column in table.columns} and len(months) not in (1, 2)
