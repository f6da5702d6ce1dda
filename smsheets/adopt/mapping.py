"""Which of their columns is which of ours: by heading, and by what stands in the cells; corrected by the user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from smsheets.adopt.likeness import heading_scores
from smsheets.adopt.material import ACROSS, ForeignColumn
from smsheets.cells import column_letters
from smsheets.errors import OptionError
from smsheets.reader.file.source_cells import CellValue, ErrorValue
from smsheets.reader.foreign.heading_words import MONTH, is_total
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.spec.guess import did_you_mean
from smsheets.spec.model import Column, FieldType, Table

_ENOUGH = 0.5
_READS_WELL = 0.6
"""How much of a name's certainty stays where none of the cells can be read as its column."""

_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK)
_LONG = 60
_LIKELY_PLAN = 0.7
"""Amounts by month without a word for what they are."""


@dataclass(frozen=True, slots=True)
class Match:
    """One of their columns and ours.

    Attributes:
        target: Our column's id; empty where it is none of ours and comes along as a column of their own.
        confidence: 0..1; 1 where the user said so.
        told: Whether the user said so.
    """

    column: ForeignColumn
    target: str
    confidence: float
    told: bool = False

    @property
    def name(self) -> str:
        """Their column as we name it."""
        return column_name(self.column)

    @property
    def example(self) -> str:
        """One of its values, as it stands there."""
        values = (value for value in self.column.examples if value is not None and not isinstance(value, ErrorValue))
        return " ".join(plain(next(values, "")).split())


Reads = Callable[[str, CellValue], bool]
"""Whether the cells of one of our columns can hold a value."""


def match_columns(
    table: Table,
    columns: Mapping[str, ForeignColumn],
    reads: Reads,
    kind: str,
    corrections: Sequence[tuple[str, str]] = (),
) -> list[Match]:
    """The best match of their columns with ours; each of ours is taken once by columns that stand side by side.

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
    return [Match(column, *taken.get(label, ("", 0.0)), told=label in given) for label, column in columns.items()]


def _scores(column: ForeignColumn, table: Table, reads: Reads, kind: str) -> dict[str, float]:
    """Column of ours -> how sure it is: the name, and how many of the cells can be read as it."""
    if column.label == ACROSS:
        monthly = [field_.id for field_ in table.columns if field_.each == "months" and field_.formula is None]
        return {"planned" if "planned" in monthly else "actual": _LIKELY_PLAN} if monthly else {}
    named = dict(heading_scores(column.label, kind, table.id))
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
    if not examples or (field_.type in _TEXTS and field_.choices is None) or field_.type is FieldType.ID:
        return None
    share = sum(reads(field_.id, value) for value in examples) / len(examples)
    # Channels and people of one's own are as good as those on the list; pillars and formats as well.
    return share if field_.choices is None or field_.choices not in ("people", "pillars", "formats") else None


def _are_ids(examples: Sequence[CellValue], prefix: str) -> bool:
    """Whether all are ids as our table gives them, and no two are the same."""
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
