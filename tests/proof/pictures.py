"""The pictures of the filled samples and of their report, for the README and samples/pictures.

Sheets are printed by LibreOffice, the report page is opened by Chromium. `python tests/refresh.py pictures` puts them
in place.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from contextlib import chdir
from dataclasses import asdict, dataclass
from pathlib import Path

from printed import PrintedPage, printed_pages
from programs import (
    NODE_FOLDER,
    find_chromium,
    lacking_for_browser,
    lacking_for_libreoffice,
    lacking_for_node,
    lacking_for_paper,
)

_FILLED = Path(__file__).resolve().parents[2] / "samples" / "filled"
MOST_BYTES = 150_000
MOST_BYTES_OF_A_PAGE = 250_000
"""A README with pictures of this size is still shown at once."""

_DOTS_PER_INCH = 110
_INCH = 72


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """One picture: a sheet's first page, cut to shares of its width and height; `dots`: per inch."""

    name: str
    kind: str
    sheet: str
    height: float = 0.94
    width: float = 1.0
    dots: int = _DOTS_PER_INCH


SHEETS = (
    SheetPicture("start-here", "budget", "Start here", 0.87),
    SheetPicture("budget-plan", "budget", "Budget", 0.4),
    SheetPicture("budget-dashboard", "budget", "Dashboard", 0.88),
    SheetPicture("budget-own-time", "budget", "Own time", 0.42),
    SheetPicture("strategy-goals", "strategy", "Goals", 0.75),
    SheetPicture("strategy-channels", "strategy", "Channels", 0.42),
    SheetPicture("strategy-readiness", "strategy", "Readiness", 0.6),
    SheetPicture("roadmap-initiatives", "roadmap", "Initiatives", 0.7),
    SheetPicture("roadmap-timeline", "roadmap", "Timeline", 0.36),
    SheetPicture("roadmap-tasks", "roadmap", "Tasks", 0.48),
    SheetPicture("calendar-posts", "calendar", "Posts", 0.7, dots=90),
    SheetPicture("calendar-month", "calendar", "Month view", 0.6),
    SheetPicture("calendar-mix", "calendar", "Mix", 0.6),
    SheetPicture("kpi-plan", "kpi-report", "KPIs", 0.55, dots=90),
    SheetPicture("kpi-dashboard", "kpi-report", "Dashboard", 0.8),
    SheetPicture("kpi-inbox", "kpi-report", "Inbox", 0.55),
)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One picture of a report page: a window of this size, light or dark, rolled to a part.

    Attributes:
        page: `report` for the owner's, `client` for the one that a client gets.
    """

    name: str
    width: int
    height: int
    scheme: str
    part: str = ""
    page: str = "report"


REPORT_PAGES = (
    PagePicture("report-desktop", 1180, 1010, "light"),
    PagePicture("report-phone", 360, 760, "light"),
    PagePicture("report-dark", 1180, 1250, "dark", "budget"),
    PagePicture("client-report", 1180, 1250, "light", page="client"),
)

REPORT_WORKBOOK = "report-workbook"
_WORKBOOK_DOTS = 100
_WORKBOOK_HEIGHT = 0.73
"""The first page down to below the key figures; the rest of it is empty."""


def take_sheets(folder: Path) -> list[Path]:
    """Prints the samples, takes every picture, and returns their paths."""
    kinds = sorted({picture.kind for picture in SHEETS})
    with tempfile.TemporaryDirectory() as scratch:
        _print_pdf(Path(scratch), *(_FILLED / f"{kind}.xlsx" for kind in kinds))
        return take_printed_sheets({kind: Path(scratch) / f"{kind}.pdf" for kind in kinds}, folder)


def take_printed_sheets(pdfs: Mapping[str, Path], folder: Path) -> list[Path]:
    """Takes every picture from the samples as they were printed, by their kind, and returns their paths."""
    pages = {kind: printed_pages(pdf) for kind, pdf in pdfs.items()}
    return [_take_sheet(picture, pdfs[picture.kind], pages[picture.kind], folder) for picture in SHEETS]


def take_report_workbook(folder: Path) -> list[Path]:
    """Prints the samples' report as a workbook, takes its first page, and returns the path."""
    from smsheets import analyze
    from smsheets.report.wording import Words
    from smsheets.report.xlsx.workbook import render_workbook

    with chdir(_FILLED), tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "variance.xlsx"
        file.write_bytes(render_workbook(analyze(*sorted(Path().glob("*.xlsx"))), Words("en")))
        _print_pdf(Path(scratch), file)
        pdf = file.with_suffix(".pdf")
        page = printed_pages(pdf)[0]
        target = folder / REPORT_WORKBOOK
        return [_take_page(pdf, 1, page, target, _WORKBOOK_DOTS, 1.0, _WORKBOOK_HEIGHT)]


def take_report_pages(folder: Path) -> list[Path]:
    """Opens the samples' report pages in Chromium, takes every picture, and returns their paths."""
    wanted = [{**asdict(page), "path": str(folder / f"{page.name}.png")} for page in REPORT_PAGES]
    with chdir(_FILLED), tempfile.TemporaryDirectory() as scratch:
        for name, html in _report_pages().items():
            file = Path(scratch) / f"{name}.html"
            file.write_text(html, encoding="utf-8")
            pictures = json.dumps([picture for picture in wanted if picture["page"] == name])
            command = ["node", str(NODE_FOLDER / "picture_page.cjs"), find_chromium() or "", str(file), pictures]
            subprocess.run(command, check=True)
    return [Path(str(picture["path"])) for picture in wanted]


def _report_pages() -> dict[str, str]:
    """The pages of the samples in this folder, by what `PagePicture.page` calls them."""
    from smsheets import analyze
    from smsheets.periods import last_whole_month
    from smsheets.report.client import client_report
    from smsheets.report.html.client import Look, render_client
    from smsheets.report.html.page import render_page
    from smsheets.report.wording import Words

    analysis, words = analyze(*sorted(Path().glob("*.xlsx"))), Words("en")
    (business,) = analysis.businesses
    client = client_report(business.business, business.context, last_whole_month(analysis.as_of))
    look = Look(colour="#8a3b12", prepared_by="Studio Nord")
    return {
        "report": render_page(analysis, words),
        "client": render_client(client, business.currency, analysis.as_of, look, words),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Pictures that are made by the same programs. `lacking` says what is to be installed, if anything."""

    holds: str
    lacking: Callable[[], str]
    take: Callable[[Path], list[Path]]


def _lacking_for_sheets() -> str:
    lacking = lacking_for_libreoffice()
    return f"LibreOffice: {lacking}" if lacking else lacking_for_paper()


MAKERS = (
    Maker(holds="pictures of sheets", lacking=_lacking_for_sheets, take=take_sheets),
    Maker(holds="picture of the report workbook", lacking=_lacking_for_sheets, take=take_report_workbook),
    Maker(
        holds="pictures of the report page",
        lacking=lambda: lacking_for_node() or lacking_for_browser(),
        take=take_report_pages,
    ),
)


def _print_pdf(folder: Path, *files: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True)


def _take_sheet(picture: SheetPicture, pdf: Path, pages: list[PrintedPage], folder: Path) -> Path:
    number = next(number for number, page in enumerate(pages, 1) if page.sheet == picture.sheet)
    target = folder / picture.name
    return _take_page(pdf, number, pages[number - 1], target, picture.dots, picture.width, picture.height)


def _take_page(
    pdf: Path, number: int, page: PrintedPage, target: Path, dots_per_inch: int, width: float, height: float
) -> Path:
    """A page of a PDF as a PNG, cut to shares of its width and height."""
    dots = dots_per_inch / _INCH
    right, bottom = str(int(page.width * width * dots)), str(int(page.height * height * dots))
    crop = ["-x", "0", "-y", "0", "-W", right, "-H", bottom]
    command = ["pdftoppm", "-f", str(number), "-l", str(number), "-r", str(dots_per_inch), *crop, "-png", "-singlefile"]
    subprocess.run([*command, str(pdf), str(target)], check=True, capture_output=True)
    return target.with_suffix(".png")
