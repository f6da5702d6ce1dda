"""`smsheets analyze`: reads filled workbooks and says how it goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsheets.cli.errors import expected_errors
from smsheets.cli.limit_options import limit_options
from smsheets.cli.progress import watch
from smsheets.cli.say import remark, say
from smsheets.cli.talk_options import talk_options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from smsheets.analysis.result import Analysis
    from smsheets.profile import Profile
    from smsheets.reader.file.limits import Limits
    from smsheets.reader.read import ReadWorkbook
    from smsheets.report.document import Section
    from smsheets.report.wording import Words

_FORMATS = ("text", "json", "markdown", "csv")


@click.command("analyze", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--as-of", "as_of", help="Work figures out up to this day, 2027-07-05. Default: as in the workbooks, or today."
)
@click.option(
    "--format", "shape", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to print it."
)
@click.option("--lang", "language", help="Language of the report: en or de. Default: the workbooks' language.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file (for csv: into this folder).")
@click.option(
    "--fail-on",
    type=click.Choice(["problem", "error", "warning", "note"]),
    default="problem",
    show_default=True,
    help="Exit with 1 on problems only, or also on findings of this level and graver ones.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="A smsheets.toml with thresholds and silenced findings of your own.",
)
@limit_options
@talk_options
@expected_errors
def command(
    files: tuple[Path, ...],
    as_of: str | None,
    shape: str,
    language: str | None,
    output: Path | None,
    fail_on: str,
    config: Path | None,
    limits: Limits,
) -> None:
    """Read filled workbooks and print what was read, the plan, the variance, findings and problems."""
    from smsheets.workbook_set import analyze_workbooks, latest_as_of

    if output is not None:
        _check_output(output, files)
    workbooks, refused = _read(files, limits)
    for line in refused:
        say(line, err=True)
    if not workbooks:
        sys.exit(2)
    own = _own_settings(config)
    day = _as_of(as_of) or latest_as_of(workbooks) or _today()
    analysis = analyze_workbooks(workbooks, day, own.thresholds, own.silenced)
    _write(analysis, shape, language or _language(workbooks), output, files)
    sys.exit(2 if refused else exit_status(analysis, fail_on))


def exit_status(analysis: Analysis, fail_on: str) -> int:
    """0 where all is clean, 1 where there are problems, or findings of the level asked for or graver."""
    levels = {"problem": (), "error": ("error",), "warning": ("error", "warning"), "note": ("error", "warning", "note")}
    found = any(finding.level.value in levels[fail_on] for finding in analysis.findings)
    return 1 if analysis.problems or found else 0


def _read(files: tuple[Path, ...], limits: Limits) -> tuple[list[ReadWorkbook], list[str]]:
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


def _own_settings(config: Path | None) -> Profile:
    """The profile with a person's own thresholds and silenced findings; only these two count here."""
    from smsheets.profile import Profile
    from smsheets.profile_file import FILE_NAME, make_profile, read_profile_file

    path = config or Path(FILE_NAME)
    if config is None and not path.is_file():
        return Profile()
    values = read_profile_file(path)
    return make_profile({key: values[key] for key in ("thresholds", "silenced") if key in values}, str(path))


def _as_of(text: str | None) -> date | None:
    from datetime import date

    from smsheets.errors import OptionError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OptionError(f"--as-of {text}: write a date, for example 2027-07-05") from None


def _today() -> date:
    from datetime import date

    return date.today()


def _language(workbooks: list[ReadWorkbook]) -> str:
    """The language of most of the workbooks."""
    spoken = [workbook.language for workbook in workbooks]
    return max(spoken, key=spoken.count)


def _check_output(output: Path, files: tuple[Path, ...]) -> None:
    """Refuses to write a report over a workbook that is read."""
    from smsheets.api import check_target

    check_target(output, files, force=True)


def _write(analysis: Analysis, shape: str, language: str, output: Path | None, files: tuple[Path, ...]) -> None:
    from smsheets.errors import OptionError

    try:
        if shape == "csv":
            _write_csv(analysis, language, output, files)
        elif output is not None:
            output.write_text(_rendered(analysis, shape, language), encoding="utf-8")
            remark(f"{output} written")
        elif shape == "text":
            from smsheets.report.text import render_text

            render_text(*_sections(analysis, language), target=sys.stdout)
        else:
            click.echo(_rendered(analysis, shape, language), nl=False)
    except OSError as error:
        raise OptionError(f"{output}: cannot be written: {error.strerror}") from error


def _rendered(analysis: Analysis, shape: str, language: str) -> str:
    if shape == "json":
        from smsheets.report.json_view import render_json
        from smsheets.report.wording import Words

        return render_json(analysis, Words(language)).decode()
    if shape == "markdown":
        from smsheets.report.markdown import render_markdown

        return render_markdown(*_sections(analysis, language))
    from smsheets.report.text import render_text

    return render_text(*_sections(analysis, language))


def _sections(analysis: Analysis, language: str) -> tuple[Iterator[Section], Words]:
    from smsheets.report.build import report_sections
    from smsheets.report.wording import Words

    return report_sections(analysis), Words(language)


def _write_csv(analysis: Analysis, language: str, output: Path | None, files: tuple[Path, ...]) -> None:
    from smsheets.errors import OptionError
    from smsheets.report.frames import make_frames, write_csv

    if output is None:
        raise OptionError("--format csv writes one file per table: name a folder with -o")
    output.mkdir(parents=True, exist_ok=True)
    frames = make_frames(analysis, language)
    for name in frames:
        _check_output(output / f"{name}.csv", files)
    write_csv(frames, output)
    remark(f"{output} written")
