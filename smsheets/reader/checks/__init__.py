"""The checks of a workbook that was read: each gives the problems it finds, and a further one is a further entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from smsheets.problems import Problem
from smsheets.reader.checks.columns import check_columns_are_found
from smsheets.reader.checks.form_lines import check_lines_are_found, check_start_makes_sense
from smsheets.reader.checks.formulas import check_figures_are_right
from smsheets.reader.checks.references import check_references_are_known, check_words_work
from smsheets.reader.checks.rows import (
    check_rows_are_counted,
    check_rows_are_records,
    check_rows_are_shown,
    check_rows_stand_inside,
)
from smsheets.reader.checks.structure import (
    broken_formulas,
    check_parts_are_found,
    check_parts_stand_once,
    check_version_is_known,
    check_weekend_is_counted,
)
from smsheets.reader.rows import Checked

_CAUSES = ("sheet.missing", "table.missing", "table.lost-columns", "form.lost-lines")


def check_formulas_are_whole(checked: Checked) -> Iterator[Problem]:
    """One problem for each sheet with broken formulas, unless what they miss is named already."""
    broken = list(broken_formulas(checked))
    causes = (check_parts_are_found, check_columns_are_found, check_lines_are_found) if broken else ()
    if not any(problem.code in _CAUSES for check in causes for problem in check(checked)):
        yield from broken


CHECKS: tuple[Callable[[Checked], Iterable[Problem]], ...] = (
    check_version_is_known,
    check_weekend_is_counted,
    check_parts_are_found,
    check_rows_are_records,
    check_rows_are_counted,
    check_rows_are_shown,
    check_columns_are_found,
    check_lines_are_found,
    check_start_makes_sense,
    check_parts_stand_once,
    check_rows_stand_inside,
    check_references_are_known,
    check_words_work,
    check_formulas_are_whole,
    check_figures_are_right,
)
"""Each is called once, with the same workbook; none sees what another one found."""
