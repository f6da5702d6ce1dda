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
NO_NODE = "skipped: workbooks saved by JavaScript libraries. Node.js is not installed"
NO_MODULES = "skipped: workbooks saved by JavaScript libraries. Run 'npm ci' in tests/proof/node first"


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
def node() -> str:
    """The path of Node.js, with the libraries installed."""
    found = shutil.which("node")
    if found is None:
        _skip(NO_NODE)
    listed = subprocess.run(
        [found, "-e", "require('exceljs'); require('xlsx')"], cwd=NODE_FOLDER, capture_output=True, check=False
    )
    if listed.returncode:
        _skip(NO_MODULES)
    return found
