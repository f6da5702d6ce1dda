"""Every sheet of every filled sample as it is printed: nothing cut off, nothing beside the page, no error."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from libreoffice import LibreOffice
from picture_file import LIKE_ENOUGH, look_alike, share_that_differs
from pictures import MOST_BYTES, MOST_BYTES_OF_A_PAGE, REPORT_PAGES, REPORT_WORKBOOK, SHEETS, take_sheets
from printed import Printed
from refresh import COMMAND, SAMPLES
from workbooks import make_sample, sample_filling, templates, written

from smsheets.cells import column_letters
from smsheets.kinds import KINDS
from smsheets.layout.placed import Layout

templates_of_all = pytest.mark.parametrize(("kind", "language"), templates())

FOLDER = SAMPLES / "pictures"


@pytest.fixture(scope="session")
def pdfs(libreoffice: LibreOffice, carlito: None) -> Mapping[tuple[str, str], Path]:
    """(kind, language) -> the filled sample on paper; one process for all."""
    done = libreoffice.print_pdf({f"{kind}.{language}": make_sample(kind, language) for kind, language in templates()})
    return {(kind, language): done[f"{kind}.{language}"] for kind, language in templates()}


@pytest.fixture(scope="session")
def prints(pdfs: Mapping[tuple[str, str], Path]) -> Mapping[tuple[str, str], Printed]:
    """(kind, language) -> the filled sample and its pages."""
    return {
        (kind, language): Printed(sample_filling(kind, language)[0], make_sample(kind, language), pdf)
        for (kind, language), pdf in pdfs.items()
    }


@templates_of_all
def test_every_sheet_is_printed(kind: str, language: str, prints: Mapping[tuple[str, str], Printed]) -> None:
    printed = prints[kind, language]
    names = [sheet.name for sheet in printed.layout.sheets] + [printed.layout.lists_sheet]
    assert list(dict.fromkeys(page.sheet for page in printed.pages)) == names


@templates_of_all
def test_no_page_is_empty(kind: str, language: str, prints: Mapping[tuple[str, str], Printed]) -> None:
    """Every page has words that neither its sheet's headings are, nor the ids of spare rows, nor the footer."""
    printed = prints[kind, language]
    for sheet in [*(sheet.name for sheet in printed.layout.sheets), printed.layout.lists_sheet]:
        first, *others = printed.pages_of(sheet)
        known = {word.text for word in first.words}
        for number, page in enumerate(others, 2):
            said = [word.text for word in page.words if not re.fullmatch(r"[A-Z]{1,3}\d+|\d+|/", word.text)]
            assert set(said) - known, (sheet, number)


@templates_of_all
def test_no_cell_shows_an_error_or_is_too_narrow(
    kind: str, language: str, prints: Mapping[tuple[str, str], Printed]
) -> None:
    """Of the cells that only a chart reads, `NA()` is painted over; it is among the words of a page, but not seen."""
    printed = prints[kind, language]
    cells = (cell for sheet in printed.book for row in sheet.iter_rows() for cell in row)
    painted_over = Counter(f"{cell.parent.title}: #N/A" for cell in cells if "NA()" in str(cell.value))
    assert Counter(printed.errors()) - painted_over == Counter()


@templates_of_all
def test_headings_are_whole_and_on_one_page(
    kind: str, language: str, prints: Mapping[tuple[str, str], Printed]
) -> None:
    assert prints[kind, language].cut_headings() == []


def too_narrow(data: bytes, layout: Layout, table: str, column: str) -> bytes:
    """The workbook with one column too narrow for what stands in it."""
    placed = layout.tables[table]
    book = openpyxl.load_workbook(io.BytesIO(data))
    letters = column_letters(placed.repetitions[column][0].col)
    book[placed.sheet].column_dimensions[letters].width = 4
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def two_pages_wide(data: bytes) -> bytes:
    """The workbook without its being fitted to a page's width."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(target, "w") as taken:
        for name in given.namelist():
            taken.writestr(name, re.sub(rb"<pageSetUpPr[^>]*/>", b"", given.read(name)))
    return target.getvalue()


def test_the_proof_sees_what_is_broken(libreoffice: LibreOffice, carlito: None) -> None:
    layout, filling = sample_filling("budget", "en")
    whole = written(layout, filling)
    files = {"thin": too_narrow(whole, layout, "own_time", "cost_month"), "wide": two_pages_wide(whole)}
    pdfs = libreoffice.print_pdf(files)
    thin, wide = (Printed(layout, files[name], pdfs[name]) for name in ("thin", "wide"))
    assert any("###" in error for error in thin.errors())
    assert any(cut.startswith("Own time: 'Our cost a month'") for cut in thin.cut_headings())
    assert any(cut.startswith("Budget: 'Forecast in all'") for cut in wide.cut_headings())


@pytest.fixture(scope="session")
def pictures(libreoffice: LibreOffice, carlito: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures as they would be made now."""
    folder = tmp_path_factory.mktemp("pictures")
    take_sheets(folder)
    return folder


def test_every_workbook_has_pictures_and_all_are_small() -> None:
    assert {picture.kind for picture in SHEETS} == set(KINDS)
    names = [*(picture.name for picture in SHEETS), *(page.name for page in REPORT_PAGES), REPORT_WORKBOOK]
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(names)
    for name in names:
        most = MOST_BYTES_OF_A_PAGE if name in [page.name for page in REPORT_PAGES] else MOST_BYTES
        assert (FOLDER / f"{name}.png").stat().st_size < most, name


@pytest.mark.parametrize("name", [picture.name for picture in SHEETS])
def test_the_pictures_are_fresh(name: str, pictures: Path) -> None:
    kept, now = FOLDER / f"{name}.png", pictures / f"{name}.png"
    assert look_alike(kept, now), f"{kept} does not show the sample any more; if this is meant: {COMMAND}"


def test_another_picture_is_told_apart(pictures: Path) -> None:
    assert share_that_differs(pictures / "budget-dashboard.png", pictures / "start-here.png") > 5 * LIKE_ENOUGH
