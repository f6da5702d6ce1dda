"""`smsheets analyze`: reads filled workbooks and says how it goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from smsheets.cli.options import (
    as_of_option,
    check_language,
    config_option,
    format_option,
    limit_options,
    own_settings,
    read_day,
    this_day,
)
from smsheets.cli.reading import (
    ClientOptions,
    GivenFiles,
    check_reports,
    deliver,
    is_asked_for,
    read_all,
    render_sections,
    write_client_reports,
    write_report,
)
from smsheets.cli.say import expected_errors, is_verbose, one_step, remark, talk_options

if TYPE_CHECKING:
    from smsheets.analysis.result import Analysis
    from smsheets.reader.file.limits import Limits
    from smsheets.reader.read import ReadWorkbook


@click.command("analyze", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@as_of_option
@format_option("text", "json", "markdown", "csv")
@click.option("--brief", is_flag=True, help="Ten lines for a message: verdict, three steps, key figures. Text only.")
@click.option("--full", is_flag=True, help="All of it: every table, finding and problem, with their codes. Text only.")
@click.option("--lang", "language", help="Language of the report: en or de. Default: the workbooks' language.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file (for csv: into this folder).")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    help="Write the report as a web page to this file. A text comes besides with --format, --brief, --full or -o only.",
)
@click.option(
    "--xlsx",
    "sheets",
    type=click.Path(path_type=Path),
    help="Write the report as a workbook with charts to this file; prints as --html does.",
)
@click.option(
    "--client", is_flag=True, help="Write a report for a client with -o: a page, a .pdf, or a folder of pages."
)
@click.option("--period", help="Of --client: a month or quarter, 2027-06 or 2027-Q2. Default: the last whole month.")
@click.option(
    "--comment",
    type=click.Path(path_type=Path),
    help="Of --client: your own words, a text file. Default: the KPI report's sheet Review.",
)
@click.option("--budget", is_flag=True, help="Of --client: show the money, too.")
@click.option(
    "--fail-on",
    type=click.Choice(["problem", "error", "warning", "note"]),
    default="problem",
    show_default=True,
    help="Exit with 1 on problems only, or also on findings of this level and graver ones.",
)
@click.option("--force", is_flag=True, help="Overwrite files that exist; a report of smsheets is replaced without it.")
@config_option
@limit_options
@talk_options
@expected_errors
def command(
    files: tuple[Path, ...],
    as_of: str | None,
    shape: str,
    brief: bool,
    full: bool,
    language: str | None,
    output: Path | None,
    page: Path | None,
    sheets: Path | None,
    client: bool,
    period: str | None,
    comment: Path | None,
    budget: bool,
    fail_on: str,
    force: bool,
    config: Path | None,
    limits: Limits,
) -> None:
    """Read filled workbooks, or folders of them, and print how it goes, what to do next and which cells need repair."""
    from smsheets.errors import OptionError
    from smsheets.workbook_set import analyze_workbooks, latest_as_of

    check_language(language)
    shape = _chosen_shape(shape, brief=brief, full=full)
    given = GivenFiles(files)
    files = given.find(files)
    wanted = ClientOptions.of(output, period, comment, budget=budget) if client else None
    if not client and is_asked_for("period", "comment", "budget"):
        raise OptionError("--period, --comment and --budget are for a report with --client")
    in_folder = output is not None and (shape == "csv" or (wanted is not None and wanted.in_folder))
    check_reports((None if in_folder else output, page, sheets), files, force=force)
    _check_ending(sheets)
    workbooks = read_all(files, limits, given)
    given.end(whole=bool(workbooks))
    if not workbooks:
        sys.exit(2)
    own = own_settings(config)
    day = read_day(as_of) or latest_as_of(workbooks) or this_day()
    with one_step("Working out figures and findings"):
        analysis = analyze_workbooks(workbooks, day, own.thresholds, own.silenced)
    language = language or _language(workbooks)
    if page is not None:
        write_report(page, _page(analysis, language))
    if sheets is not None:
        write_report(sheets, _workbook(analysis, language))
    if wanted is not None:
        write_client_reports(
            analysis, wanted, own, config, language if is_asked_for("language") else "", files, force=force
        )
    elif (page is None and sheets is None) or is_asked_for("shape", "brief", "full", "output"):
        if shape == "csv":
            _write_csv(analysis, language, output, files, force=force)
        else:
            deliver(shape, output, lambda stream: _rendered(analysis, shape, language, stream))
    sys.exit(2 if given.refused else _exit_status(analysis, fail_on))


def _exit_status(analysis: Analysis, fail_on: str) -> int:
    """0 where all is clean, 1 where there are problems, or findings of the level of `--fail-on` or graver."""
    levels = {"problem": (), "error": ("error",), "warning": ("error", "warning"), "note": ("error", "warning", "note")}
    found = any(finding.level.value in levels[fail_on] for finding in analysis.findings)
    return 1 if analysis.to_repair or found else 0


def _chosen_shape(shape: str, *, brief: bool, full: bool) -> str:
    """The format, or of a text its length: `brief`, `short` or `full`."""
    from smsheets.errors import OptionError

    if brief and full:
        raise OptionError("--brief and --full are two lengths of a report: choose one.")
    if shape == "text":
        return "brief" if brief else "full" if full else "short"
    if brief or full:
        length = "--brief" if brief else "--full"
        raise OptionError(f"{length} is plain text: leave out --format {shape}")
    return shape


def _check_ending(sheets: Path | None) -> None:
    """Programs open a workbook by the end of its name."""
    from smsheets.errors import OptionError

    if sheets is not None and sheets.suffix.lower() != ".xlsx":
        raise OptionError(f"--xlsx {sheets}: write a name that ends in .xlsx")


def _language(workbooks: list[ReadWorkbook]) -> str:
    """The language of most of the workbooks."""
    found = [workbook.language for workbook in workbooks]
    return max(found, key=found.count)


def _page(analysis: Analysis, language: str) -> bytes:
    from smsheets.report.html.page import render_page
    from smsheets.report.wording import Words

    return render_page(analysis, Words(language)).encode()


def _workbook(analysis: Analysis, language: str) -> bytes:
    from smsheets.report.wording import Words
    from smsheets.report.xlsx.workbook import render_workbook

    return render_workbook(analysis, Words(language))


def _rendered(analysis: Analysis, shape: str, language: str, target: IO[str] | None = None) -> str:
    from smsheets.report.wording import Words

    words = Words(language)
    if shape == "json":
        from smsheets.report.json_view import render_json

        return render_json(analysis, words).decode()
    if shape == "brief":
        from smsheets.report.sections.headline import render_brief

        return render_brief(analysis, words)
    if shape == "short":
        from smsheets.report.short import render_short

        return render_short(analysis, words, target, codes=is_verbose())
    from smsheets.report.build import markdown_sections, text_sections

    sections = markdown_sections(analysis) if shape == "markdown" else text_sections(analysis)
    return render_sections(sections, shape, words, target, codes=True)


def _write_csv(analysis: Analysis, language: str, output: Path | None, given: tuple[Path, ...], *, force: bool) -> None:
    from smsheets.errors import OptionError
    from smsheets.files import check_target, save_files
    from smsheets.report.frames import csv_files, make_frames

    if output is None:
        raise OptionError("--format csv writes one file per table: name a folder with -o")
    files = {output / name: data for name, data in csv_files(make_frames(analysis, language)).items()}
    for path, data in files.items():
        check_target(path, given, force=force or _has_headings(path, data))
    save_files(files, new_folders=True)
    remark(f"{output} written")


def _has_headings(path: Path, data: bytes) -> bool:
    """True if a file has the same headings as a new one, which is all the mark that CSV can carry."""
    headings = data[: data.index(b"\n") + 1]
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(len(headings)) == headings
    except OSError:
        return False
