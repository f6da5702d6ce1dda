"""Programs of other people, found or skipped, and the workbooks they are given."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest
from libreoffice import LibreOffice, find_libreoffice
from workbooks import Resaved, make_blank, make_blank_with_day, make_sample, templates

NODE_FOLDER = Path(__file__).parent / "node"
NO_LIBREOFFICE = (
    "skipped: recalculation by LibreOffice. It is not installed; apt-get install libreoffice-calc-nogui brings it"
)
NO_NODE = "skipped: workbooks saved by JavaScript libraries, the report page in a browser. Node.js is not installed"
NO_CHROMIUM = "skipped: the report page in a browser. Chromium is not installed; apt-get install chromium brings it"
NO_MODULES = (
    "skipped: workbooks saved by JavaScript libraries, the report page in a browser. "
    "Run 'npm ci' in tests/proof/node first"
)


def _skip(why: str) -> NoReturn:
    """Leaves a test out and says so; where `SMSHEETS_SKIP_NOTHING` is set, that is a failure."""
    if os.environ.get("SMSHEETS_SKIP_NOTHING"):
        pytest.fail(why.replace("skipped:", "SMSHEETS_SKIP_NOTHING is set, but this cannot be run:"))
    pytest.skip(why)


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice."""
    found = find_libreoffice()
    if found is None:
        _skip(NO_LIBREOFFICE)
    return found


@pytest.fixture(scope="session")
def carlito() -> None:
    """A font with the widths of Calibri, and the programs that look at pages: what is measured on paper needs them."""
    if shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None:
        _skip("skipped: sheets as they are printed. apt-get install poppler-utils brings pdftotext and pdftoppm")
    matched = subprocess.run(["fc-match", "Calibri"], capture_output=True, text=True, check=False).stdout
    if not matched.startswith(("Carlito", "calibri", "Calibri")):
        _skip(
            "skipped: sheets as they are printed. apt-get install fonts-crosextra-carlito brings the widths of Calibri"
        )


@pytest.fixture(scope="session")
def libreoffice(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice, forced to recalculate."""
    return LibreOffice(soffice, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session")
def resaved(libreoffice: LibreOffice) -> Mapping[tuple[str, str, str], Resaved]:
    """(kind, language, `blank` / `dated` / `sample`) -> the workbook before and after; one process for all."""
    makers = {"blank": make_blank, "dated": make_blank_with_day, "sample": make_sample}
    ours = {
        f"{kind}.{language}.{state}": make(kind, language)
        for kind, language in templates()
        for state, make in makers.items()
    }
    theirs = libreoffice.resave(ours)
    return {
        (kind, language, state): Resaved(data, theirs[name])
        for name, data in ours.items()
        for kind, language, state in [name.split(".")]
    }


@pytest.fixture(scope="session")
def chromium(node: str) -> str:
    """The path of Chromium; `CHROMIUM` says where it is if it has another name."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        _skip(NO_CHROMIUM)
    return found


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node.js, with the libraries installed."""
    found = shutil.which("node")
    if found is None:
        _skip(NO_NODE)
    listed = subprocess.run(
        [found, "-e", "for (const name of ['exceljs', 'xlsx', 'puppeteer-core', 'axe-core']) require.resolve(name)"],
        cwd=NODE_FOLDER,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        _skip(NO_MODULES)
    return found
