"""`smsheets check`: what is wrong in filled workbooks, for the person who repairs them."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from smsheets.cli.options import check_language, format_option, limit_options
from smsheets.cli.reading import GivenFiles, check_reports, deliver, render_sections
from smsheets.cli.say import expected_errors, remark, talk_options, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from smsheets.reader.file.limits import Limits
    from smsheets.reader.read import ReadWorkbook
    from smsheets.report.damage import CheckedFile
    from smsheets.report.wording import Words


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@format_option("text", "json", "markdown")
@click.option("--lang", "language", help="Language of the report: en or de. Default: that of each workbook.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report to this file.")
@click.option(
    "--annotate",
    "copy",
    type=click.Path(path_type=Path),
    metavar="COPY",
    help="Write a copy of the workbook with a note on each problem cell and a sheet of problems in front.",
)
@click.option("--force", is_flag=True, help="Overwrite files that exist; a report of smsheets is replaced without it.")
@limit_options
@talk_options
@expected_errors
def command(
    files: tuple[Path, ...],
    shape: str,
    language: str | None,
    output: Path | None,
    copy: Path | None,
    force: bool,
    limits: Limits,
) -> None:
    """Read filled workbooks, or folders of them, and print only their problems, sheet by sheet."""
    from smsheets.api import annotate_workbook
    from smsheets.errors import OptionError, WorkbookFileError
    from smsheets.reader.read import read_workbook

    check_language(language)
    given = GivenFiles(files)
    files = given.find(files)
    if copy is not None and len(files) > 1:
        raise OptionError("--annotate writes a copy of one workbook: give one file.")
    check_reports((output,), files, force=force)
    if output is not None and copy is not None and os.path.realpath(output) == os.path.realpath(copy):
        raise OptionError(f"{output}: --output and --annotate name the same file. Choose another name for one of them.")
    checked = []
    for path in watch(files, "Checking"):
        try:
            if copy is None:
                read = read_workbook(path, limits)
            else:
                read = annotate_workbook(path, copy, language=language or "", force=force, limits=limits)
                remark(f"{copy} written", err=True)
        except WorkbookFileError as error:
            given.refuse(path, error)
        else:
            checked.append(_checked(read))
    given.end(whole=bool(checked))
    if checked:
        _write(checked, shape, language, output)
    sys.exit(2 if given.refused else 1 if any(file.to_repair for file in checked) else 0)


def _checked(read: ReadWorkbook) -> CheckedFile:
    from smsheets.report.damage import CheckedFile

    return CheckedFile(
        file=read.file,
        kind=read.kind,
        language=read.language,
        problems=read.problems,
        missing=read.missing,
        notes=read.notes,
    )


def _write(checked: Sequence[CheckedFile], shape: str, language: str | None, output: Path | None) -> None:
    from smsheets.report.wording import Words

    words = functools.cache(Words)

    def words_for(file: CheckedFile) -> Words:
        return words(language or file.language)

    deliver(shape, output, lambda stream: _rendered(checked, shape, words_for, stream))


def _rendered(
    checked: Sequence[CheckedFile], shape: str, words_for: Callable[[CheckedFile], Words], target: IO[str] | None
) -> str:
    from smsheets.report.damage import damage_sections, render_check

    if shape == "json":
        return render_check(checked, words_for).decode()
    return "".join(render_sections(damage_sections(file), shape, words_for(file), target) for file in checked)
