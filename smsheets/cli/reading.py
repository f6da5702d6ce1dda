"""Workbooks that a command is given, and the report files that it writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from smsheets.cli.say import is_verbose, put, remark, say, watch

if TYPE_CHECKING:
    from smsheets.analysis.result import Analysis
    from smsheets.errors import SmsheetsError
    from smsheets.periods import Period
    from smsheets.profile import Profile
    from smsheets.reader.file.limits import Limits
    from smsheets.reader.read import ReadWorkbook
    from smsheets.report.client import Remark
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


def render_sections(
    sections: Iterable[Section], shape: str, words: Words, target: IO[str] | None = None, *, codes: bool = False
) -> str:
    """Sections as `markdown` or `text`; a text in lines that fit the stream it is for.

    Args:
        codes: Whether a text has the codes of findings and problems without `--verbose`, too. Markdown always has them.
    """
    if shape == "markdown":
        from smsheets.report.markdown import render_markdown

        return render_markdown(sections, words)
    from smsheets.report.text import render_text

    return render_text(sections, words, target, codes=codes or is_verbose())


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


_MAY_LACK = "Figures may be missing in the report; smsheets check lists the cells."
_PAGES = (".html", ".htm")
_PDF = ".pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientOptions:
    """What is asked for with `--client`.

    Attributes:
        output: A page, a PDF, or a folder.
        period: None is the last whole month.
        comment: Empty takes the workbook's own.
        budget: Show the money, too.
    """

    output: Path
    period: Period | None
    comment: tuple[Remark, ...]
    budget: bool

    @classmethod
    def of(cls, output: Path | None, period: str | None, comment: Path | None, *, budget: bool) -> ClientOptions:
        """What was typed, checked before anything is read.

        Raises:
            OptionError: Something of it cannot be used.
        """
        from smsheets.errors import OptionError
        from smsheets.periods import read_period
        from smsheets.report.client import read_comment
        from smsheets.spec.yaml_source import read_text

        if is_asked_for("shape", "brief", "full"):
            raise OptionError("--client is a page or a PDF: leave out --format, --brief and --full")
        if output is None:
            raise OptionError("--client: say where it goes, for example -o report.html, -o report.pdf, or -o clients/")
        if output.suffix and output.suffix.lower() not in (*_PAGES, _PDF) and not os.path.isdir(output):
            raise OptionError(f"--client -o {output}: write a name that ends in .html or .pdf, or a folder")
        chosen = read_period(period) if period is not None else None
        if period is not None and chosen is None:
            raise OptionError(f"--period {period}: write a month or a quarter, for example 2027-06 or 2027-Q2")
        words = read_comment(read_text(comment, OptionError)) if comment is not None else ()
        return cls(output=output, period=chosen, comment=words, budget=budget)

    @property
    def in_folder(self) -> bool:
        """True where each business gets a file of its own, and a list of them."""
        return os.path.isdir(self.output) or not self.output.suffix


def write_client_reports(
    analysis: Analysis,
    options: ClientOptions,
    own: Profile,
    config: Path | None,
    language: str,
    given: Iterable[Path],
    *,
    force: bool,
) -> None:
    """Writes the report of each business for its client, and for several of them their list, worst first.

    Args:
        config: The settings that `own` is from, as they were named.
        language: Of all reports; empty takes that of each business's workbooks.

    Raises:
        OptionError: A file or a setting cannot be used, or several reports are to go into one file.
    """
    from smsheets.errors import OptionError
    from smsheets.files import marked_pdf, save_files
    from smsheets.periods import last_whole_month
    from smsheets.profile_file import FILE_NAME, full_colour, read_logo
    from smsheets.report.client import ClientEntry, client_report, worst_first
    from smsheets.report.html.client import Look, render_client, render_index
    from smsheets.report.html.page import print_page
    from smsheets.report.wording import Words
    from smsheets.safe_text import safe_file_names

    if analysis.problems:
        remark(f"Problems in the workbooks: {len(analysis.problems)}. {_MAY_LACK}", err=True)
    businesses = analysis.businesses
    if len(businesses) > 1 and not options.in_folder:
        raise OptionError(f"--client: there are {len(businesses)} businesses, so name a folder: -o clients/")
    if len(businesses) > 1 and options.comment:
        raise OptionError("--comment belongs to one business, and there are several: use their sheets Review instead")
    look = Look(
        logo=read_logo(own.brand, (config or Path(FILE_NAME)).parent),
        colour=full_colour(own.brand.colour),
        prepared_by=own.brand.prepared_by,
    )
    period = options.period or last_whole_month(analysis.as_of)
    pages, entries = {}, []
    names = safe_file_names((item.business for item in businesses), "index", default="business")
    for name, business in zip(names, businesses, strict=True):
        words = Words(language or analysis.language_of(business))
        report = client_report(business.business, business.context, period, options.comment, budget=options.budget)
        pages[options.output / f"{name}.html"] = render_client(report, business.currency, analysis.as_of, look, words)
        entries.append(ClientEntry(report=report, file=f"{name}.html", state=business.headline.state))
    if not options.in_folder:
        (page,) = pages.values()
        is_pdf = options.output.suffix.lower() == _PDF
        data = marked_pdf(print_page(page, analysis.as_of)) if is_pdf else page.encode()
        write_report(options.output, data)
        return
    if len(entries) > 1:
        words = Words(language or analysis.language_of(businesses[0]))
        pages[options.output / "index.html"] = render_index(worst_first(entries), look, words)
    check_reports(pages, given, force=force)
    save_files({path: page.encode() for path, page in pages.items()}, new_folders=True)
    remark(f"{options.output} written")
