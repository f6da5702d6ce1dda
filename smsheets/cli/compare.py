"""`smsheets compare`: what differs between two versions of a plan, or between the plans of two periods."""

from __future__ import annotations

import os
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
    GivenFiles,
    check_reports,
    deliver,
    is_asked_for,
    read_all,
    render_sections,
    write_report,
)
from smsheets.cli.say import expected_errors, talk_options

if TYPE_CHECKING:
    from smsheets.comparison.run import Comparison
    from smsheets.reader.file.limits import Limits


@click.command("compare", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW")
@as_of_option
@format_option("text", "json", "markdown")
@click.option("--lang", "language", help="Language of the report: en or de. Default: that of NEW.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report to this file.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    help="Write the report as a web page to this file. Then only what --format or -o asks for comes besides.",
)
@click.option("--force", is_flag=True, help="Overwrite files that exist; a report of smsheets is replaced without it.")
@config_option
@limit_options
@talk_options
@expected_errors
def command(
    old: Path,
    new: Path,
    as_of: str | None,
    shape: str,
    language: str | None,
    output: Path | None,
    page: Path | None,
    force: bool,
    config: Path | None,
    limits: Limits,
) -> None:
    """Compare two workbooks of one kind, or two folders of them: what was added, dropped, changed, overspent."""
    from smsheets.comparison.pairs import compare_workbooks

    check_language(language)
    day, own = read_day(as_of), own_settings(config)
    given = GivenFiles([old, new])
    old_files, new_files = given.find([old]), given.find([new])
    check_reports((output, page), (*old_files, *new_files), force=force)
    before = read_all(old_files, limits, given)
    now = read_all(new_files, limits, given)
    given.end(whole=bool(before and now))
    if not before or not now:
        sys.exit(2)
    comparison = compare_workbooks(
        before, now, day, own.thresholds, own.silenced, this_day(), alone=os.path.isdir(old) != os.path.isdir(new)
    )
    chosen = language or now[0].language
    if page is not None:
        write_report(page, _page(comparison, chosen))
    if page is None or is_asked_for("shape", "output"):
        deliver(shape, output, lambda stream: _rendered(comparison, shape, chosen, stream))
    sys.exit(2 if given.refused else 1 if comparison.differs else 0)


def _page(comparison: Comparison, language: str) -> bytes:
    from smsheets.comparison.report import render_comparison
    from smsheets.report.wording import Words

    return render_comparison(comparison, Words(language)).encode()


def _rendered(comparison: Comparison, shape: str, language: str, target: IO[str] | None) -> str:
    from smsheets.report.wording import Words

    words = Words(language)
    if shape == "json":
        from smsheets.comparison.json import render_compare

        return render_compare(comparison, words).decode()
    from smsheets.comparison.report import compare_sections

    return render_sections(compare_sections(comparison), shape, words, target)
