"""Which of their columns is which of ours, and which table each block fits best: by heading and by content.

The only module that uses rapidfuzz, which not every computer has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from smsheets.cells import column_letters
from smsheets.errors import OptionError, did_you_mean
from smsheets.reader.file.source_cells import CellValue, ErrorValue
from smsheets.reader.foreign.calendar_words import Month
from smsheets.reader.foreign.headings import MONTH, is_total, known_headings, record_tables, table_headings
from smsheets.reader.foreign.tables import Block, DataLine
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.rewrite.material import ACROSS, ForeignColumn, Material
from smsheets.spec.model import TEXT_TYPES, Column, FieldType, Table, Workbook

_ALIKE = 84.0
"""Of 100; `Plattfrom` and `Platform` have 89, `Post` and `Posts` 89, `Date` and `Data` 75."""

_SLIP = 0.85  # weights, 0 to 1: a heading with a slip in it
_PART = 0.85  # one part of a heading, as in `Text / Caption`
_LAST_WORD = 0.7  # its last word, which names the thing in most languages
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
        for column, sure in words.get(part, {}).items():
            scores[column] = max(scores.get(column, 0.0), sure * weight)
        for word, likeness in _nearest(part, frozenset(words)).items():
            for column, sure in words[word].items():
                scores[column] = max(scores.get(column, 0.0), sure * weight * likeness * _SLIP)
    return scores


@cache
def may_be_heading(label: str, kind: str) -> bool:
    """True if a normalised text is one of the headings of a template, or nearly."""
    known = known_headings(kind)
    if label in known:
        return True
    return any(part in known or _nearest(part, known) for part, weight in _parts(label) if weight > _LAST_WORD)


_LONGEST_HEADING = 200
"""Characters; a longer text is none, and not looked at in parts."""


def _parts(label: str) -> Iterator[tuple[str, float]]:
    """The heading itself, without what is in brackets, its parts, and its last word."""
    yield label, 1.0
    if len(label) > _LONGEST_HEADING:
        return
    bare = " ".join(re.sub(r"[(\[{].*?[)\]}]", " ", label).split()).rstrip(":*")
    if bare and bare != label:
        yield bare, 0.97
    parts = [part.strip() for part in re.split(r"[/&+|,]| - | and | und | et | y | e | en ", bare) if part.strip()]
    if len(parts) > 1:
        for part in parts:
            yield part, _PART
    words = bare.split()
    if len(words) > 1:
        yield words[-1], _LAST_WORD


@cache
def _nearest(part: str, words: frozenset[str]) -> dict[str, float]:
    """The words that a text looks like, each with its likeness (0..1)."""
    if len(part) < _SHORTEST_SLIP:
        return {}
    from rapidfuzz import fuzz, process

    found = process.extract(part, words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    sorted_words = process.extract(part, words, scorer=fuzz.token_sort_ratio, score_cutoff=95, limit=3)
    return {word: score / 100 for word, score, _ in (*sorted_words, *found) if len(word) >= _SHORTEST_SLIP - 1}


_ENOUGH = 0.5  # 0 to 1: below, a column stays their own
_READS_WELL = 0.6
"""How much of a name's certainty stays where none of the cells can be read as its column."""

_LONG = 60  # characters on average: such texts are the posts themselves
_LIKELY_PLAN = 0.7
"""Amounts by month without a word for what they are."""


@dataclass(frozen=True, slots=True)
class Match:
    """One of their columns and ours.

    Attributes:
        target: Our column's id; empty where it is none of ours and comes along as a column of their own.
        confidence: 0..1; 1 where the user said so.
    """

    column: ForeignColumn
    target: str
    confidence: float

    @property
    def name(self) -> str:
        """Their column as we name it."""
        return column_name(self.column)

    @property
    def example(self) -> str:
        """One of its values, as it is there."""
        values = (value for value in self.column.examples if value is not None and not isinstance(value, ErrorValue))
        return " ".join(plain(next(values, "")).split())


Reads = Callable[[str, CellValue], bool]
"""True if the cells of one of our columns can hold a value."""


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
    rated: list[tuple[float, int, str, str]] = []
    order = {column.id: number for number, column in enumerate(table.columns)}
    for label, column in columns.items():
        if label not in given and not is_total(column.heading):
            for target, score in _scores(column, table, reads, kind).items():
                rated.append((score, -order.get(target, len(order)), label, target))
    rated.sort(reverse=True)
    taken: dict[str, tuple[str, float]] = {label: (target, 1.0) for label, target in given.items()}
    for score, _, label, target in rated:
        beside = {taken[other][0] for other in columns[label].beside if other in taken}
        if label not in taken and target not in beside and score >= _ENOUGH:
            taken[label] = target, score
    return [Match(column, *taken.get(label, ("", 0.0))) for label, column in columns.items()]


def _scores(column: ForeignColumn, table: Table, reads: Reads, kind: str) -> dict[str, float]:
    """Column of ours -> how sure it is: the name, and how many of the cells can be read as it."""
    if column.label == ACROSS:
        monthly = [field_.id for field_ in table.columns if field_.each == "months" and field_.formula is None]
        return {"planned" if "planned" in monthly else "actual": _LIKELY_PLAN} if monthly else {}
    named = dict(_heading_scores(column.label, kind, table.id))
    scores: dict[str, float] = {}
    for field_ in table.columns:
        if field_.formula is not None:
            continue
        name = named.pop(field_.id, 0.0)
        if field_.type is FieldType.ID and not _are_ids(column.examples, table.prefix):
            continue  # ids of another sort come along as a column of their own: ours are given anew
        share = _share(field_, column.examples, reads)
        if name:
            scores[field_.id] = name if share is None else name * (_READS_WELL + (1 - _READS_WELL) * share)
        elif not column.across:
            scores[field_.id] = _by_cells(field_, column.examples, share)
    scores.update((target, score) for target, score in named.items() if target == MONTH)
    return {target: round(score, 3) for target, score in scores.items() if score > 0}


def _share(field_: Column, examples: Sequence[CellValue], reads: Reads) -> float | None:
    """The share of the cells that can be read; None where any text can."""
    if not examples or field_.type is FieldType.ID or (field_.type in TEXT_TYPES and field_.choices is None):
        return None
    share = sum(reads(field_.id, value) for value in examples) / len(examples)
    # Channels and people of one's own are as good as those on the list; pillars and formats as well.
    return share if field_.choices is None or field_.choices not in ("people", "pillars", "formats") else None


def _are_ids(examples: Sequence[CellValue], prefix: str) -> bool:
    """True if all are ids as our table gives them, and no two are the same."""
    texts = [plain(value).strip() for value in examples]
    ours = all(text.startswith(prefix) and text[len(prefix) :].isdecimal() for text in texts)
    return bool(texts) and ours and len(set(texts)) == len(texts)


def _by_cells(field_: Column, examples: Sequence[CellValue], share: float | None) -> float:
    """How sure it is by the cells alone, whatever the heading says."""
    texts = [value for value in examples if isinstance(value, str)]
    different = len(set(map(str, examples)))
    if len(examples) < 2:
        return 0.0
    if field_.id in ("date", "channel", "status", "format", "time", "metric") and share is not None and share >= 0.8:
        return {"date": 0.6, "channel": 0.7, "time": 0.55}.get(field_.id, 0.6 if different > 1 else 0.0) * share
    if field_.id == "link" and texts and all("://" in text or text.startswith("www.") for text in texts):
        return 0.6
    if field_.id == "hashtags" and texts and all(text.lstrip().startswith("#") for text in texts):
        return 0.7
    if field_.id == "copy" and texts and sum(map(len, texts)) / len(texts) > _LONG and different > 1:
        return 0.5
    return 0.0


def read_corrections(
    given: Sequence[str], columns: Mapping[str, Mapping[str, ForeignColumn]], names: Mapping[str, Mapping[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """`--map` texts as corrections by table: their heading = our heading or column.

    Args:
        columns: Table id -> label -> their column.
        names: Table id -> normalised name -> column id of ours.

    Raises:
        OptionError: One names no column of theirs, or none of ours; the text says what is meant most likely.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for text in given:
        theirs, sign, ours = text.rpartition("=")
        if not sign or not theirs.strip():
            raise OptionError(f'--map "{text}": write their heading = our heading, for example --map "Caption=copy"')
        tables = [name for name, known in columns.items() if _label_of(theirs, known)]
        if not tables:
            known = sorted({column_name(column) for table in columns.values() for column in table.values()})
            hint = did_you_mean(theirs.strip(), known) or f"; there are: {', '.join(known)}"
            raise OptionError(f"--map \"{text}\": the workbook has no column '{theirs.strip()}'{hint}")
        targets = {name: names[name].get(normal_label(ours), "") for name in tables}
        if ours.strip() and not any(targets.values()):
            ids = sorted({name for table in tables for name in names[table].values()})
            labels = [name for table in tables for name in names[table]]
            hint = did_you_mean(normal_label(ours), labels) or f"; there are: {', '.join(ids)}"
            raise OptionError(f"--map \"{text}\": there is no column '{ours.strip()}' of ours{hint}")
        for name, target in targets.items():
            if target or not ours.strip():
                found.setdefault(name, []).append((_label_of(theirs, columns[name]), target))
    return found


def _label_of(heading: str, columns: Mapping[str, ForeignColumn]) -> str:
    wanted = normal_label(heading)
    if wanted in columns:
        return wanted
    return next((label for label, column in columns.items() if normal_label(column_name(column)) == wanted), "")


def column_name(column: ForeignColumn) -> str:
    """Their column as we name it: its heading, else its letters; columns across by all they stand for."""
    return column.heading or f"Column {column_letters(column.where.col)}"


_FITS_ENOUGH = 1.3
"""Together, as sure as two columns of which one is weak."""

_LIKELY = 0.5  # 0 to 1: from here on a column speaks for a table
_ACROSS = 1.5  # months or platforms across speak more for a table than one heading

Blocks = list[tuple[Block, list[DataLine]]]


def sort_blocks(material: Material, spec: Workbook) -> dict[str, Blocks]:
    """Table id -> blocks with rows that fit it better than any other table."""
    found: dict[str, Blocks] = {}
    tables = list(record_tables(spec))
    for block, lines in material.blocks():
        if not lines:
            continue
        fit, _, best = max((_fit(block, table, spec.kind), -number, table) for number, table in enumerate(tables))
        if fit >= _FITS_ENOUGH:
            found.setdefault(best.id, []).append((block, lines))
    return found


def _fit(block: Block, table: Table, kind: str) -> float:
    """How many of the table's columns a block has, each as sure as it is."""
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
    return fit + (_ACROSS if _fits_across(block, table) else 0.0)


def _fits_across(block: Block, table: Table) -> bool:
    """Months across are amounts by month; days, weekdays and platforms across are posts."""
    if not block.across:
        return False
    if any(column.each == "months" for column in table.columns):
        return isinstance(block.across[0].across, Month | str)
    return {"date", "channel", "copy"} <= {column.id for column in table.columns}
