"""Programs of other people: where they are, and in one line what is lacking."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from libreoffice import find_libreoffice

NODE_FOLDER = Path(__file__).parent / "node"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MODULES = "for (const name of ['exceljs', 'xlsx', 'puppeteer-core', 'axe-core']) require.resolve(name)"


def find_chromium() -> str | None:
    """The browser; `CHROMIUM` says where it is if it has another name."""
    return os.environ.get("CHROMIUM") or next((path for name in _CHROMIUM if (path := shutil.which(name))), None)


def find_office_python() -> str | None:
    """A Python that has the module `uno`: the system's own, or the one that LibreOffice brings along."""
    found = [shutil.which("python3", path=os.defpath), shutil.which("python3")]
    tried = [[path, "-c", "import uno"] for path in found if path]
    return next((command[0] for command in tried if subprocess.run(command, capture_output=True).returncode == 0), None)


def lacking_for_libreoffice() -> str:
    """What is to be installed for recalculation; nothing where it is there."""
    if find_libreoffice() is None:
        return "It is not installed; apt-get install libreoffice-calc-nogui brings it"
    return ""


def lacking_for_paper() -> str:
    """What is to be installed for looking at pages, beside LibreOffice: programs, and a font as wide as Calibri."""
    if shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None:
        return "apt-get install poppler-utils brings pdftotext and pdftoppm"
    if shutil.which("fc-match") is None:
        return "apt-get install fontconfig fonts-crosextra-carlito brings the widths of Calibri"
    matched = subprocess.run(["fc-match", "Calibri"], capture_output=True, text=True, check=False).stdout
    if not matched.startswith(("Carlito", "calibri", "Calibri")):
        return "apt-get install fonts-crosextra-carlito brings the widths of Calibri"
    return ""


def lacking_for_node() -> str:
    """What is to be installed for the JavaScript libraries."""
    found = shutil.which("node")
    if found is None:
        return "Node.js is not installed"
    listed = subprocess.run([found, "-e", _MODULES], cwd=NODE_FOLDER, capture_output=True, check=False)
    return "Run 'npm ci' in tests/proof/node first" if listed.returncode else ""


def lacking_for_browser() -> str:
    """What is to be installed for the report page in a browser, beside the JavaScript libraries."""
    return "" if find_chromium() else "Chromium is not installed; apt-get install chromium brings it"
