"""Programs of other people, found or skipped, and the workbooks they are given."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from typing import NoReturn

import pytest
from gnumeric import find_gnumeric
from libreoffice import LibreOffice, find_libreoffice
from programs import (
    find_chromium,
    find_office_python,
    lacking_for_browser,
    lacking_for_libreoffice,
    lacking_for_node,
    lacking_for_paper,
)
from workbooks import Resaved, make_blank, make_blank_with_day, make_sample, states

NO_LIBREOFFICE = "skipped: recalculation by LibreOffice. "
NO_PAPER = "skipped: sheets as they are printed. "
NO_GNUMERIC = "skipped: recalculation by Gnumeric. "
NO_NODE = "skipped: workbooks saved by JavaScript libraries, the report page in a browser. "
NO_CHROMIUM = "skipped: the report page in a browser. "


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
        _skip(NO_LIBREOFFICE + lacking_for_libreoffice())
    return found


@pytest.fixture(scope="session")
def office_python(soffice: str) -> tuple[str, str]:
    """The path of LibreOffice, and of a Python that can give it commands."""
    found = find_office_python()
    if found is None:
        _skip(NO_LIBREOFFICE + "No Python has the module uno; apt-get install python3-uno brings it")
    return soffice, found


@pytest.fixture(scope="session")
def gnumeric() -> str:
    """The path of Gnumeric's converter."""
    found = find_gnumeric()
    if found is None:
        _skip(NO_GNUMERIC + "It is not installed; apt-get install gnumeric brings it")
    return found


@pytest.fixture(scope="session")
def carlito() -> None:
    """A font with the widths of Calibri, and the programs that look at pages: what is measured on paper needs them."""
    if lacking := lacking_for_paper():
        _skip(NO_PAPER + lacking)


@pytest.fixture(scope="session")
def libreoffice(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice, forced to recalculate."""
    return LibreOffice(soffice, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session")
def resaved(libreoffice: LibreOffice) -> Mapping[tuple[str, str, str], Resaved]:
    """(kind, language, `blank` / `dated` / `sample`) -> the workbook before and after; one process for all."""
    makers = {"blank": make_blank, "dated": make_blank_with_day, "sample": make_sample}
    ours = {f"{kind}.{language}.{state}": makers[state](kind, language) for kind, language, state in states()}
    theirs = libreoffice.resave(ours)
    return {
        (kind, language, state): Resaved(data, theirs[name])
        for name, data in ours.items()
        for kind, language, state in [name.split(".")]
    }


@pytest.fixture(scope="session")
def chromium(node: str) -> str:
    """The path of Chromium."""
    found = find_chromium()
    if found is None:
        _skip(NO_CHROMIUM + lacking_for_browser())
    return found


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node.js, with the libraries installed."""
    if lacking := lacking_for_node():
        _skip(NO_NODE + lacking)
    return shutil.which("node") or ""
