"""Workbooks that a command is given, and the report files that it writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from smsheets.cli.say import put, remark, say, watch

if TYPE_CHECKING:
    from smsheets.errors import SmsheetsError
    from smsheets.reader.file.limits import Limits
    from smsheets.reader.read import ReadWorkbook
    from smsheets.report.document import Section
    from smsheets.report.wording import Words


class GivenFiles:
    """Files of a command line, and a line for each that cannot be used; what need not be a plan is only left out.

    Args:
        given: What was named on the command line; what a folder holds was not.
    """

    def __init__(self, given: Iterable[Path]) -> None:
        self._given = frozenset(given)
        self._places: list[str] = []
        self._said: set[str] = set()
        self._left_out: dict[str, None] = {}
        self.refused = False

    def find(self, given: Iterable[Path]) -> tuple[Path, ...]:
        """The workbooks among them, with those of folders."""
        from smsheets.files import find_workbooks

        found = find_workbooks(given)
        self._places += found.left_out
        return tuple(found.files)

    def refuse(self, path: Path, error: SmsheetsError) -> None:
        """Says what is wrong with a file, now or in the end."""
        from smsheets.errors import NotAPlanError

        if isinstance(error, NotAPlanError) and (error.is_report or path not in self._given):
            self._left_out[str(error)] = None
            return
        self.refused = True
        if str(error) not in self._said:
            say(str(error), err=True)
            self._said.add(str(error))

    def end(self, *, whole: bool) -> None:
        """Says what is left out.

        Args:
            whole: There are plans besides.
        """
        for line in dict.fromkeys(self._places):
            remark(line, err=True)
        for line in self._left_out:
            (remark if whole else say)(f"{line} It is left out." if whole else line, err=True)
        self.refused = self.refused or not whole


def read_all(files: Sequence[Path], limits: Limits, given: GivenFiles) -> list[ReadWorkbook]:
    """The workbooks that can be read."""
    from smsheets.errors import WorkbookFileError
    from smsheets.reader.read import read_workbook

    workbooks = []
    for path in watch(files, "Reading"):
        try:
            workbooks.append(read_workbook(path, limits))
        except WorkbookFileError as error:
            given.refuse(path, error)
    return workbooks


def check_reports(targets: Iterable[Path | None], given: Iterable[Path], *, force: bool) -> None:
    """Refuses to write a report over a workbook that is read, or two into one file, or over a file of somebody else.

    An older report may be replaced; anything else only with `force`.

    Raises:
        OptionError: The text says which.
    """
    from smsheets.errors import OptionError
    from smsheets.files import check_target, is_own_report

    given, seen = tuple(given), set()
    for target in targets:
        if target is None:
            continue
        check_target(target, given, force=force or is_own_report(target))
        place = os.path.realpath(target)
        if place in seen:
            raise OptionError(f"{target}: two reports cannot go into one file. Choose another name for one of them.")
        seen.add(place)


def is_asked_for(*names: str) -> bool:
    """True where one of a command's options was given, on the command line or elsewhere."""
    from click.core import ParameterSource

    context = click.get_current_context()
    return any(context.get_parameter_source(name) is not ParameterSource.DEFAULT for name in names)


def render_sections(sections: Iterable[Section], shape: str, words: Words, target: IO[str] | None = None) -> str:
    """Sections as `markdown` or `text`; a text in lines that fit the stream it is for."""
    if shape == "markdown":
        from smsheets.report.markdown import render_markdown

        return render_markdown(sections, words)
    from smsheets.report.text import render_text

    return render_text(sections, words, target)


def write_report(target: Path, data: bytes) -> None:
    """Writes a report: whole, or not at all.

    Raises:
        OptionError: It cannot be written; an older file is still as it was.
    """
    from smsheets.files import save_files

    save_files({target: data})
    remark(f"{target} written")


def deliver(shape: str, target: Path | None, render: Callable[[IO[str] | None], str]) -> None:
    """Prints a report, or writes it to a file with the mark by which a later one may replace it.

    Args:
        render: Gives the report for a stream that it is printed to; for None, as a file holds it.
    """
    from smsheets.files import marked

    if target is not None:
        report = render(None)
        write_report(target, report.encode() if shape == "json" else marked(report))
    else:
        put(render(sys.stdout), exact=shape == "json")
