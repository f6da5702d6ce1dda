"""`smsheets repair`: writes a person's workbook anew, with every formula whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

import click

from smsheets.cli.options import limit_options
from smsheets.cli.reading import GivenFiles
from smsheets.cli.say import expected_errors, say, talk_options, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from smsheets.reader.file.limits import Limits
    from smsheets.rewrite.account import Change
    from smsheets.rewrite.repair import Repaired


def rewrite_options(function: Callable[..., None]) -> Callable[..., None]:
    """Adds what a command takes that writes workbooks anew: the files, where they go, limits, and how much it says."""
    target = click.Path(path_type=Path)
    function = limit_options(talk_options(expected_errors(function)))
    function = click.option("--force", is_flag=True, help="Overwrite files that exist.")(function)
    where = "The file to write; a folder for several workbooks."
    function = click.option("-o", "--output", required=True, type=target, help=where)(function)
    return click.argument("files", nargs=-1, required=True, type=target, metavar="FILE...")(function)


@click.command("repair", context_settings={"help_option_names": ["-h", "--help"]})
@rewrite_options
def command(files: tuple[Path, ...], output: Path, force: bool, limits: Limits) -> None:
    """Write your workbook, or each in a folder, anew into the current template.

    It has whole formulas, your entries, and a list of what is left.
    """
    from smsheets.api import repair_workbook

    rewrite_files(files, output, repair_workbook, "Repairing", force=force, limits=limits)


class _Rewriting(Protocol):
    """A function that reads a workbook and writes it anew."""

    def __call__(self, workbook: Path, target: Path, *, force: bool, limits: Limits) -> Repaired: ...


def rewrite_files(
    files: tuple[Path, ...], output: Path, rewrite: _Rewriting, doing: str, *, force: bool, limits: Limits
) -> NoReturn:
    """Writes workbooks anew and says what came over; ends the command with its exit status.

    Args:
        doing: What is done to them, in a word.
    """
    from smsheets.errors import OptionError, SmsheetsError, WorkbookFileError
    from smsheets.files import check_target

    given = GivenFiles(files)
    files = given.find(files)
    targets = _targets(files, output)
    for _, target in targets:
        check_target(target, files, force=force)
    whole, done = True, None
    for path, (_, target) in zip(watch(files, doing), targets, strict=True):
        try:
            done = rewrite(path, target, force=force, limits=limits)
        except SmsheetsError as error:
            # What the writer refuses, such as a text that no cell can hold, does not know the file.
            known = isinstance(error, WorkbookFileError | OptionError)
            given.refuse(path, error if known else SmsheetsError(f"{path}: {error}"))
            continue
        whole = whole and done.is_whole
        for line in _report_lines(done, target):
            say(line)
    given.end(whole=done is not None)
    sys.exit(2 if given.refused else 0 if whole else 1)


def _targets(files: tuple[Path, ...], output: Path) -> list[tuple[Path, Path]]:
    """Each file with the one to write.

    Raises:
        OptionError: Several files for one name.
    """
    from smsheets.errors import OptionError

    if output.suffix.lower() == ".xlsx" and not os.path.isdir(output):
        if len(files) > 1:
            raise OptionError(f"-o {output}: is one file, but {len(files)} workbooks are given; name a folder")
        return [(files[0], output)]
    targets = [(path, output / f"{path.stem}.xlsx") for path in files]
    names = [str(target).casefold() for _, target in targets]
    for (_, target), name in zip(targets, names, strict=True):
        if names.count(name) > 1:
            raise OptionError(f"{target}: two of the workbooks would have this name; take them one after the other")
    return targets


def _report_lines(done: Repaired, target: Path) -> Iterator[str]:
    """The result in a few plain lines."""
    from smsheets.safe_text import safe_line

    yield f"{target} written"
    rows, tables = sum(done.rows.values()), sum(1 for count in done.rows.values() if count)
    yield f"  {_count(rows, 'row')} in {_count(tables, 'table')} brought over."
    for name, found in (("column", done.own_columns), ("sheet", done.own_sheets)):
        if found:
            listed = ", ".join(f"'{safe_line(item)}'" for item in found)
            yield f"  Your own {name}{'s' if len(found) > 1 else ''} {listed}: brought over as plain values."
    if done.changes:
        were = "was" if len(done.changes) == 1 else "were"
        yield f"  {_count(len(done.changes), 'value')} {were} changed, listed on the sheet '{done.changes_name}':"
        yield from _changes(done.changes)
    lost = sum(item.lost for item in done.left_over)
    if lost:
        yield f"  {_count(lost, 'thing')} could not be brought over: see the sheet '{done.list_name}'."
    elif done.list_name:
        yield f"  What was changed on the way stands on the sheet '{done.list_name}'."


_SHOWN_CHANGES = 3  # of one column
_SHOWN_COLUMNS = 10


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    """The changed values column by column, the first ones of each."""
    from smsheets.safe_text import safe_line

    columns: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        columns.setdefault((change.cell.sheet, change.column), []).append(change)
    for (sheet, column), alike in list(columns.items())[:_SHOWN_COLUMNS]:
        shown = ", ".join(f"{_cut(str(change))} ({change.cell.a1})" for change in alike[:_SHOWN_CHANGES])
        more = f" and {len(alike) - _SHOWN_CHANGES} more" if len(alike) > _SHOWN_CHANGES else ""
        yield "    " + safe_line(f"{sheet}, {column}: {shown}{more}")
    if len(columns) > _SHOWN_COLUMNS:
        yield f"    and values in {_count(len(columns) - _SHOWN_COLUMNS, 'more column')}"


_LONGEST_CHANGE = 80


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CHANGE else f"{text[:_LONGEST_CHANGE]}..."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
