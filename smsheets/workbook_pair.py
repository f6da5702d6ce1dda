"""Workbooks that were read, as two sides -> one comparison: which belong together, and up to which days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from smsheets.analysis.compare.match import By, Pair
from smsheets.analysis.compare.result import Comparison, WorkbookChanges
from smsheets.analysis.compare.run import compare_sides
from smsheets.analysis.compare.side import Side, Table
from smsheets.errors import OptionError
from smsheets.reader.read import ReadWorkbook
from smsheets.spec.load import KINDS
from smsheets.workbook_set import analyze_workbooks, latest_as_of
from smsheets.workbook_side import make_side

_KINDS_SHOWN = {
    "strategy": "a strategy",
    "roadmap": "a roadmap",
    "budget": "a budget",
    "calendar": "a calendar",
    "kpi-report": "a KPI report",
}
_ENDINGS = (".xlsx", ".xlsm")
_SAME_BUSINESS = 0.5
"""Two workbooks with different names of the business are of one where this share of their named rows is the same."""


def compare_workbooks(
    old: Sequence[ReadWorkbook],
    new: Sequence[ReadWorkbook],
    as_of: date | None = None,
    thresholds: Mapping[str, float] | None = None,
    silenced: Sequence[str] = (),
    fallback: date | None = None,
    *,
    alone: bool = False,
) -> Comparison:
    """What differs between two sets of workbooks, matched by kind.

    Args:
        as_of: The day both sides are worked out up to. None takes the as-of date that each side carries.
        alone: One side is a single workbook on purpose: other kinds that the other side has are left out.
        fallback: The day of a side that carries none; without it, that of the other side.

    Raises:
        OptionError: A side has two workbooks of a kind, the sides have no kind in common, or they are of different
            businesses; or there is no day.
    """
    before, now = _by_kind(old), _by_kind(new)
    kinds = [kind for kind in before if kind in now]
    if not kinds:
        raise OptionError(_nothing_in_common(old, new))
    chosen_old, chosen_new = [before[kind] for kind in kinds], [now[kind] for kind in kinds]
    old_day = as_of or latest_as_of(chosen_old) or fallback or latest_as_of(chosen_new)
    new_day = as_of or latest_as_of(chosen_new) or fallback or old_day
    comparison = compare_sides(
        [_sides(before[kind], now[kind]) for kind in kinds],
        analyze_workbooks(chosen_old, old_day, thresholds or {}, silenced),
        analyze_workbooks(chosen_new, new_day, thresholds or {}, silenced),
        only_old=tuple(workbook.file for kind, workbook in before.items() if kind not in now and not alone),
        only_new=tuple(workbook.file for kind, workbook in now.items() if kind not in before and not alone),
    )
    _check_business(comparison.workbooks)
    return comparison


def workbook_files(path: Path) -> list[Path]:
    """The file itself; the workbooks of a folder, by name, without what a spreadsheet program keeps while one is open.

    Raises:
        OptionError: The folder holds none, or cannot be read.
    """
    if not path.is_dir():
        return [path]
    try:
        found = sorted(item for item in path.iterdir() if item.suffix.lower() in _ENDINGS and item.is_file())
    except OSError as error:
        raise OptionError(f"{path}: cannot be read: {error.strerror}") from error
    files = [item for item in found if not item.name.startswith(("~$", "."))]
    if not files:
        raise OptionError(f"{path}: there is no .xlsx workbook in this folder.")
    return files


def _by_kind(workbooks: Sequence[ReadWorkbook]) -> dict[str, ReadWorkbook]:
    """Kind -> its workbook, in the order of the templates."""
    found: dict[str, ReadWorkbook] = {}
    for workbook in workbooks:
        first = found.setdefault(workbook.kind, workbook)
        if first is not workbook:
            raise OptionError(
                f"{workbook.file}: is {_shown(workbook.kind)}, as {first.file} is. Give one of each kind on a side."
            )
    order = {kind: number for number, kind in enumerate(KINDS)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def _nothing_in_common(old: Sequence[ReadWorkbook], new: Sequence[ReadWorkbook]) -> str:
    if len(old) == len(new) == 1:
        one, other = old[0], new[0]
        return (
            f"{one.file} is {_shown(one.kind)}, {other.file} is {_shown(other.kind)}: they cannot be compared. "
            "Give two workbooks of one kind."
        )
    return "The two sides have no workbook of the same kind: there is nothing to compare."


def _shown(kind: str) -> str:
    return _KINDS_SHOWN.get(kind, f"a '{kind}'")


def _check_business(workbooks: Sequence[WorkbookChanges]) -> None:
    """Refuses two businesses. One that only has another name now is told by its rows: most are the same."""
    for workbook in workbooks:
        old, new = workbook.old, workbook.new
        if not old.business or not new.business or _plain(old.business) == _plain(new.business):
            continue
        named = [table for table in workbook.tables if table.table.id_column]
        rows = max(sum(table.before for table in named), sum(table.now for table in named))
        known = sum(_is_same(pair, table.table) for table in named for pair in table.pairs)
        if not rows or known < _SAME_BUSINESS * rows:
            raise OptionError(
                f"{old.file} is of '{old.business}', {new.file} of '{new.business}': "
                "compare workbooks of one business, or write the same name on both first sheets."
            )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _is_same(pair: Pair, table: Table) -> bool:
    return pair.by is not By.CONTENT and table.name_of(pair.old) == table.name_of(pair.new) != ()


def _sides(old: ReadWorkbook, new: ReadWorkbook) -> tuple[Side, Side]:
    """Both plans; in two languages, what a new workbook begins with is the same text."""
    neutral = old.language != new.language
    return make_side(old, neutral=neutral), make_side(new, neutral=neutral)
