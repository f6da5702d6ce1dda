"""The pictures of the filled samples and of their report, for the README and samples/pictures.

Sheets are drawn by LibreOffice as a laptop shows them first, the report page is opened by Chromium.
`python tests/refresh.py pictures` puts them in place.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
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

from smsheets.cells import column_number

_FILLED = Path(__file__).resolve().parents[2] / "samples" / "filled"
MOST_BYTES = 150_000
MOST_BYTES_OF_A_PAGE = 250_000
"""A README with pictures of this size is still shown at once."""

_INCH = 72
_WINDOW_WIDTH, _WINDOW_HEIGHT = 1310, 490
"""Pixels that a window of 1366 x 768 leaves for cells: without its frame, the ribbon, headings, tabs and bars."""

_SCREEN_DOTS = 96  # an inch, at 100 %


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """One picture: what is seen of a sheet when it is opened on a laptop."""

    name: str
    kind: str
    sheet: str


SHEETS = (
    SheetPicture("start-here", "budget", "Start here"),
    SheetPicture("budget-plan", "budget", "Budget"),
    SheetPicture("budget-dashboard", "budget", "Dashboard"),
    SheetPicture("budget-own-time", "budget", "Own time"),
    SheetPicture("strategy-goals", "strategy", "Goals"),
    SheetPicture("strategy-channels", "strategy", "Channels"),
    SheetPicture("strategy-readiness", "strategy", "Readiness"),
    SheetPicture("roadmap-initiatives", "roadmap", "Initiatives"),
    SheetPicture("roadmap-timeline", "roadmap", "Timeline"),
    SheetPicture("roadmap-tasks", "roadmap", "Tasks"),
    SheetPicture("roadmap-people", "roadmap", "By person"),
    SheetPicture("calendar-posts", "calendar", "Posts"),
    SheetPicture("calendar-month", "calendar", "Month view"),
    SheetPicture("calendar-mix", "calendar", "Mix"),
    SheetPicture("kpi-plan", "kpi-report", "KPIs"),
    SheetPicture("kpi-dashboard", "kpi-report", "Dashboard"),
    SheetPicture("kpi-inbox", "kpi-report", "Inbox"),
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
    """Opens the samples as on a laptop, takes every picture, and returns their paths."""
    with tempfile.TemporaryDirectory() as scratch:
        files = {kind: Path(scratch) / f"{kind}.xlsx" for kind in sorted({picture.kind for picture in SHEETS})}
        for kind, file in files.items():
            _save_as_window(_FILLED / f"{kind}.xlsx", file)
        _print_pdf(Path(scratch), *files.values())
        pages = {kind: printed_pages(file.with_suffix(".pdf")) for kind, file in files.items()}
        return [_take_window(item, files[item.kind].with_suffix(".pdf"), pages[item.kind], folder) for item in SHEETS]


def _save_as_window(source: Path, target: Path) -> None:
    """A copy that is printed at 100 %, on paper larger than a window: the first page begins as a sheet is opened."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = _as_window(data.decode()).encode()
            elif name == "xl/workbook.xml":
                data = re.sub(rb'<definedName name="_xlnm.Print_Area"[^>]*>.*?</definedName>', b"", data)
            new.writestr(name, data)


def _as_window(sheet: str) -> str:
    # The footer names the sheet.
    foot = '<pageMargins left="0" right="0" top="0" bottom="0.4" header="0" footer="0.1"/>'
    sheet = re.sub(r"<pageSetUpPr[^>]*/>", "", sheet)
    sheet = re.sub(r"<pageMargins[^>]*/>", foot, sheet)
    sheet = re.sub(r"<pageSetup [^>]*/>", '<pageSetup paperSize="66" orientation="landscape" scale="100"/>', sheet)
    sheet = re.sub(r"<rowBreaks.*?</rowBreaks>", "", sheet, flags=re.DOTALL)
    pane = re.search(r'<pane xSplit="(\d+)"[^>]*topLeftCell="([A-Z]+)\d+"', sheet)
    if pane is None:
        return sheet
    frozen, first = int(pane[1]), column_number(pane[2])

    def scrolled_away(column: re.Match[str]) -> str:
        if not frozen < int(column["min"]) < first or "hidden" in column["look"]:
            return column[0]
        last, look = int(column["max"]), column["look"]
        away = f'<col min="{column["min"]}" max="{min(last, first - 1)}"{look} hidden="1"/>'
        return away + (f'<col min="{first}" max="{last}"{look}/>' if last >= first else "")

    return re.sub(r'<col min="(?P<min>\d+)" max="(?P<max>\d+)"(?P<look>[^>]*?)/>', scrolled_away, sheet)


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
        dots = _WORKBOOK_DOTS / _INCH
        return [
            _take_page(
                pdf, 1, target, _WORKBOOK_DOTS, int(page.width * dots), int(page.height * _WORKBOOK_HEIGHT * dots)
            )
        ]


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


def _take_window(picture: SheetPicture, pdf: Path, pages: list[PrintedPage], folder: Path) -> Path:
    number = next(number for number, page in enumerate(pages, 1) if page.sheet == picture.sheet)
    return _take_page(pdf, number, folder / picture.name, _SCREEN_DOTS, _WINDOW_WIDTH, _WINDOW_HEIGHT)


def _take_page(pdf: Path, number: int, target: Path, dots_per_inch: int, width: int, height: int) -> Path:
    """The upper left part of a page of a PDF as a PNG; width and height in pixels."""
    crop = ["-x", "0", "-y", "0", "-W", str(width), "-H", str(height)]
    command = ["pdftoppm", "-f", str(number), "-l", str(number), "-r", str(dots_per_inch), *crop, "-png", "-singlefile"]
    subprocess.run([*command, str(pdf), str(target)], check=True, capture_output=True)
    return target.with_suffix(".png")
