"""The program as functions."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard, cast

from smsheets.errors import OptionError
from smsheets.files import check_target, save_files
from smsheets.profile import Profile

if TYPE_CHECKING:
    from typing import TypeAlias

    from smsheets.comparison.run import Comparison
    from smsheets.reader.file.limits import Limits
    from smsheets.reader.file.source import Given
    from smsheets.reader.read import OpenWorkbook, ReadWorkbook
    from smsheets.report.frames import FramedAnalysis
    from smsheets.rewrite.adoption import Adoption
    from smsheets.rewrite.repair import Repaired

    Source: TypeAlias = Given | ReadWorkbook


def new_workbook(
    kind: str, path: Path | str, profile: Profile | None = None, *, sample: bool = False, force: bool = False
) -> bool:
    """Writes a new workbook.

    Args:
        kind: `strategy`, `roadmap`, `budget`, `calendar` or `kpi-report`; or the path of a spec of your own (`.yaml`).
        path: The file to write, `.xlsx`.
        profile: Whose workbook it is; None takes the defaults.
        sample: Fill it with the sample business instead of leaving it blank.
        force: Overwrite an existing file.

    Returns:
        Whether the formulas were written with their computed values (False where the engine has no wheel).

    Raises:
        SpecError: The spec cannot be used.
        OptionError: The file exists and `force` is not set, or the folder cannot be written to.
    """
    target = Path(path)
    check_target(target, (), force=force)
    data, computed = workbook_bytes(kind, profile or Profile(), sample=sample)
    save_files({target: data}, new_folders=True)
    return computed


def workbook_bytes(kind: str, profile: Profile, *, sample: bool = False) -> tuple[bytes, bool]:
    """A new workbook's bytes, and whether its formulas carry their values. The same inputs give the same bytes."""
    from smsheets.kinds import KINDS
    from smsheets.layout.content import load_sample
    from smsheets.spec.load import load_lean, load_spec, read_spec
    from smsheets.writer.workbook import NewWorkbook

    own = kind not in KINDS
    if own and profile.lean:
        raise OptionError(f"{kind}: --lean is for the five templates; leave sheets out of your own spec instead.")
    new = NewWorkbook(
        spec=read_spec(Path(kind)) if own else load_lean(kind) if profile.lean else load_spec(kind),
        profile=profile,
        sample=load_sample(kind, profile.language, profile.company) if sample and not own else None,
        own_spec=own,
    )
    buffer = io.BytesIO()
    computed = new.write(buffer)
    return buffer.getvalue(), computed


def read_workbook(workbook: Given, *, name: str = "", limits: Limits | None = None) -> ReadWorkbook:
    """Reads a filled workbook: its plan, its problems, what is still to fill in. What is given is never changed.

    Args:
        workbook: A path, bytes, a binary file, or an `openpyxl.Workbook` with all that was changed in it. Formulas are
            computed, so that they need no values.
        name: Of a workbook without a path, in problems and messages.
        limits: How large it may be; None takes the usual limits, `Limits.of(max_mb=800)` lets an honest giant in.

    Raises:
        WorkbookFileError: It is no .xlsx workbook, or not one of ours; the text says what it is and what to do.
    """
    from smsheets.reader.file.limits import USUAL
    from smsheets.reader.read import read_workbook as read

    return read(workbook, limits or USUAL, name)


def analyze(
    *workbooks: Source,
    as_of: date | None = None,
    thresholds: Mapping[str, float] | None = None,
    silenced: Sequence[str] = (),
    limits: Limits | None = None,
) -> FramedAnalysis:
    """Plan summary, variance, findings and problems of any set of workbooks, in any order.

    Args:
        workbooks: Each as for `read_workbook`, or already read.
        as_of: The day figures are worked out up to. None takes the latest as-of date that the workbooks carry.
        thresholds: Thresholds of your own, by id.
        silenced: Findings to leave out: a rule's id, or `budget.idle B5` for one case of it.
        limits: How large each file may be, as for `read_workbook`.

    Raises:
        WorkbookFileError: A path is no workbook of ours.
        OptionError: No day is given, and no workbook carries an as-of date.
    """
    from smsheets.reader.read import ReadWorkbook
    from smsheets.report.frames import FramedAnalysis
    from smsheets.workbook_set import analyze_workbooks

    read = [
        item if isinstance(item, ReadWorkbook) else read_workbook(item, name=f"workbook {number}", limits=limits)
        for number, item in enumerate(workbooks, 1)
    ]
    return FramedAnalysis.of(analyze_workbooks(read, as_of, thresholds or {}, silenced))


def client_report(
    *workbooks: Source,
    period: str = "",
    comment: str = "",
    budget: bool = False,
    brand: Mapping[str, str] | None = None,
    language: str = "",
    as_of: date | None = None,
    limits: Limits | None = None,
) -> str:
    """The report of one business that can be sent to a client, as a web page: nothing internal is in it.

    Args:
        workbooks: As for `analyze`.
        period: A month or quarter, `2027-06` or `2027-Q2`; empty takes the last whole month.
        comment: Your own words, in Markdown; empty takes the KPI report's sheet Review.
        budget: Show the money, too.
        brand: `logo` (a path), `colour` and `prepared_by`, as in smsheets.toml.
        language: `en` or `de`; empty takes that of most of the workbooks.
        as_of: As for `analyze`.
        limits: How large each file may be, as for `read_workbook`.

    Returns:
        The page, as HTML that needs no other file.

    Raises:
        WorkbookFileError: A path is no workbook of ours.
        OptionError: The workbooks are of several businesses or of none; the period, the brand or the language cannot be
            used; or there is no day.
    """
    from smsheets.periods import last_whole_month, read_period
    from smsheets.profile_file import full_colour, make_profile, read_logo
    from smsheets.report.client import client_report as put_together
    from smsheets.report.client import read_comment
    from smsheets.report.html.client import Look, render_client
    from smsheets.report.wording import Words

    chosen = read_period(period) if period else None
    if period and chosen is None:
        raise OptionError(f"period {period}: write a month or a quarter, for example 2027-06 or 2027-Q2")
    own = make_profile({"brand": dict(brand or {})}).brand
    look = Look(logo=read_logo(own, Path()), colour=full_colour(own.colour), prepared_by=own.prepared_by)
    analysis = analyze(*workbooks, as_of=as_of, limits=limits)
    if len(analysis.businesses) != 1:
        raise OptionError(f"A report for a client is about one business, and these are {len(analysis.businesses)}.")
    (business,) = analysis.businesses
    words = Words(language or analysis.language_of(business))
    report = put_together(
        business.business,
        business.context,
        chosen or last_whole_month(analysis.as_of),
        read_comment(comment),
        budget=budget,
    )
    return render_client(report, business.currency, analysis.as_of, look, words)


def compare(
    old: Source | Sequence[Source],
    new: Source | Sequence[Source],
    *,
    as_of: date | None = None,
    thresholds: Mapping[str, float] | None = None,
    silenced: Sequence[str] = (),
    limits: Limits | None = None,
) -> Comparison:
    """The differences between two versions of a plan, or between the plans of two periods. No file is changed.

    Args:
        old: A workbook as for `analyze`, the path of a folder of them, or a list of these, one of each kind.
        new: The same, matched by kind.
        as_of: The day both are worked out up to. None takes the as-of date that each side carries, or the other's.
        thresholds: Thresholds of your own, by id.
        silenced: Findings to leave out: a rule's id, or `budget.idle B5` for one case of it.
        limits: How large each file may be, as for `read_workbook`.

    Raises:
        WorkbookFileError: A path is no workbook of ours.
        OptionError: The two are of different kinds or businesses; a side has two of a kind; or there is no day.
    """
    from smsheets.comparison.pairs import compare_workbooks

    before, now = _read_given(old, limits), _read_given(new, limits)
    alone = _is_one(old) != _is_one(new)
    return compare_workbooks(before, now, as_of, thresholds or {}, silenced, alone=alone)


def _is_one(given: Source | Sequence[Source]) -> bool:
    """True where a single workbook was given, and no folder or list."""
    return not Path(given).is_dir() if isinstance(given, str | Path) else not _are_several(given)


def _are_several(given: Source | Sequence[Source]) -> TypeGuard[Sequence[Source]]:
    """True for a list of workbooks; bytes are one."""
    return isinstance(given, Sequence) and not isinstance(given, str | bytes | bytearray | memoryview)


def _read_given(given: Source | Sequence[Source], limits: Limits | None) -> list[ReadWorkbook]:
    """Workbooks that were given in any way, read."""
    from smsheets.files import find_workbooks
    from smsheets.reader.read import ReadWorkbook

    if isinstance(given, str | Path):
        return [read_workbook(path, limits=limits) for path in find_workbooks([Path(given)]).files]
    if _are_several(given):
        return [workbook for item in given for workbook in _read_given(item, limits)]
    one = cast("Source", given)
    return [one if isinstance(one, ReadWorkbook) else read_workbook(one, limits=limits)]


def annotate_workbook(
    workbook: Given, target: Path | str, *, language: str = "", force: bool = False, limits: Limits | None = None
) -> ReadWorkbook:
    """Reads a workbook, and writes a copy with a note on each problem cell and a sheet of problems in front.

    Everything else in the copy is as it was, byte for byte; the file itself is never changed.

    Args:
        workbook: As for `read_workbook`. Of an `openpyxl.Workbook`, the copy is one of what openpyxl saves.
        target: The copy, `.xlsx`; `.xlsm` where the workbook holds macros.
        language: Of the notes, `en` or `de`; empty takes the workbook's.
        force: Overwrite an existing file.
        limits: How large the file may be, as for `read_workbook`.

    Returns:
        The workbook as it was read.

    Raises:
        WorkbookFileError: It is no workbook of ours.
        OptionError: The copy cannot be written there.
    """
    from smsheets.annotation.copy import annotated_copy, needed_ending
    from smsheets.reader.file.limits import USUAL
    from smsheets.reader.read import open_given

    copy, allowed = Path(target), limits or USUAL
    check_target(copy, _paths(workbook), force=force)
    file, opened = open_given(workbook, allowed)
    ending = needed_ending(file, allowed)
    if copy.suffix.lower() != ending:
        raise OptionError(f"{copy}: the copy of this workbook must have a name that ends in {ending}.")
    save_files({copy: annotated_copy(file, opened, language, allowed)}, new_folders=True)
    return opened.read


def repair_workbook(
    workbook: Given, target: Path | str, *, force: bool = False, limits: Limits | None = None
) -> Repaired:
    """Reads a workbook, and writes what was read into a fresh one of the current template.

    Every formula is whole again. What could not be read is listed on a sheet of its own; the file is never changed.

    Args:
        workbook: As for `read_workbook`.
        target: The repaired workbook, `.xlsx`.
        force: Overwrite an existing file.
        limits: How large the file may be, as for `read_workbook`.

    Returns:
        What was brought over, and what was not.

    Raises:
        WorkbookFileError: It is no workbook of ours.
        OptionError: The repaired workbook cannot be written there.
    """
    from smsheets.rewrite.repair import repair

    return _rewrite(workbook, target, repair, force=force, limits=limits)


def _rewrite(
    workbook: Given,
    target: Path | str,
    rewritten: Callable[[OpenWorkbook, Limits], Repaired],
    *,
    force: bool,
    limits: Limits | None,
) -> Repaired:
    from smsheets.reader.file.limits import USUAL
    from smsheets.reader.read import open_given

    written = Path(target)
    check_target(written, _paths(workbook), force=force)
    allowed = limits or USUAL
    _, opened = open_given(workbook, allowed)
    done = rewritten(opened, allowed)
    save_files({written: done.data}, new_folders=True)
    return done


def grow_workbook(
    workbook: Given, target: Path | str, *, force: bool = False, limits: Limits | None = None
) -> Repaired:
    """Reads a lean workbook, and writes it as a whole one: the other sheets and metrics are added, all else is kept.

    Args:
        workbook: As for `read_workbook`.
        target: The whole workbook, `.xlsx`.
        force: Overwrite an existing file.
        limits: How large the file may be, as for `read_workbook`.

    Returns:
        What was brought over, and what was not, as `repair_workbook` does.

    Raises:
        WorkbookFileError: It is no workbook of ours, or it is whole already.
        OptionError: The whole workbook cannot be written there.
    """
    from smsheets.rewrite.repair import grow

    return _rewrite(workbook, target, grow, force=force, limits=limits)


def adopt_workbook(
    workbook: Given,
    target: Path | str,
    kind: str = "",
    *,
    settings: Mapping[str, object] | None = None,
    corrections: Sequence[str] = (),
    force: bool = False,
    limits: Limits | None = None,
) -> Adoption:
    """Brings the rows of a workbook that this program did not make into a template, and writes it.

    Args:
        workbook: As for `read_workbook`. The formulas of others are not computed: open an `openpyxl.Workbook` with
            `data_only=True` to bring their values.
        target: The new workbook, `.xlsx`.
        kind: The template, as for `new_workbook`; empty lets the workbook tell.
        settings: What is known of the business, as in smsheets.toml.
        corrections: Which column is which, `Caption=Text`; `Mood=` keeps one as it is.
        force: Overwrite an existing file.
        limits: How large the file may be, as for `read_workbook`.

    Returns:
        Which column became which, what could not be read, and what stayed behind.

    Raises:
        WorkbookFileError: It is no workbook, or has too many rows.
        OptionError: It is one of ours, or has no rows that fit; a setting cannot be used; or the new workbook cannot be
            written there.
    """
    from smsheets.reader.file.limits import USUAL
    from smsheets.rewrite.adopt import AdoptOptions, adopt_file

    made = Path(target)
    check_target(made, _paths(workbook), force=force)
    options = AdoptOptions(
        kind=kind, given=dict(settings or {}), corrections=corrections, default_start=Profile().start
    )
    adoption = adopt_file(workbook, options, limits or USUAL)
    save_files({made: adoption.workbook()}, new_folders=True)
    return adoption


def _paths(given: Given) -> list[Path]:
    """Where a workbook is that was given by its path."""
    return [Path(given)] if isinstance(given, str | Path) else []
