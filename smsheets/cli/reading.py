"""Workbooks that a command is given, and the report files that it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from smsheets.cli.say import remark, watch

if TYPE_CHECKING:
    from smsheets.reader.file.limits import Limits
    from smsheets.reader.read import ReadWorkbook
    from smsheets.report.document import Section
    from smsheets.report.wording import Words


def read_all(files: Sequence[Path], limits: Limits) -> tuple[list[ReadWorkbook], list[str]]:
    """The workbooks that can be read, and one line for each file that cannot."""
    from smsheets.errors import WorkbookFileError
    from smsheets.reader.read import read_workbook

    workbooks, refused = [], []
    for path in watch(files, "Reading"):
        try:
            workbooks.append(read_workbook(path, limits))
        except WorkbookFileError as error:
            refused.append(str(error))
    return workbooks, refused


def check_files(targets: Iterable[Path | None], given: Iterable[Path]) -> None:
    """Refuses to write over a workbook that is read, and two things into one file.

    Raises:
        OptionError: The text says which.
    """
    from smsheets.api import check_target
    from smsheets.errors import OptionError

    given, seen = tuple(given), set()
    for target in targets:
        if target is None:
            continue
        check_target(target, given, force=True)
        if target.resolve() in seen:
            raise OptionError(f"{target}: two reports cannot go into one file. Choose another name for one of them.")
        seen.add(target.resolve())


def is_asked_for(*names: str) -> bool:
    """True where one of a command's options was given, on the command line or elsewhere."""
    from click.core import ParameterSource

    context = click.get_current_context()
    return any(context.get_parameter_source(name) is not ParameterSource.DEFAULT for name in names)


def render_sections(sections: Iterable[Section], shape: str, words: Words, target: IO[str] | None = None) -> str:
    """Sections as `markdown` or `text`; a text goes to `target` where there is one, in lines that fit it."""
    if shape == "markdown":
        from smsheets.report.markdown import render_markdown

        return render_markdown(sections, words)
    from smsheets.report.text import render_text

    return render_text(sections, words, target)


def write_report_file(target: Path, render: Callable[[], bytes]) -> None:
    """Renders a report and writes it: whole, or not at all.

    Raises:
        OptionError: It cannot be written; an older file is still as it was.
    """
    from smsheets.errors import OptionError

    data = render()
    try:
        _write_whole(target, data)
    except OSError as error:
        raise OptionError(f"{target}: cannot be written: {error.strerror}") from error
    remark(f"{target} written")


def _write_whole(target: Path, data: bytes) -> None:
    """Writes beside the target, then puts it in its place; what is no file, like `/dev/stdout`, is written as it is."""
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
