"""Gnumeric as a third opinion: a spreadsheet program that shares no code with LibreOffice, nor with our engine."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sheet_values import Address, FormulaCell, depends_on

COUNTS_BLANKS_THAT_ARE_CHOSEN = "COUNT(CHOOSE("
"""Its COUNT takes a blank cell that CHOOSE picked for a zero. Excel, Google Sheets and LibreOffice do not count it."""
HAS_NO_SUCH_FUNCTION = "NETWORKDAYS.INTL("
"""It knows working days with Saturday and Sunday off only. Excel, Google Sheets and LibreOffice know any weekend."""

_SECONDS = 60


def find_gnumeric() -> str | None:
    """The program that converts files, or None where Gnumeric is not installed."""
    return shutil.which("ssconvert")


def recalculate(program: str, given: Path, target: Path) -> bytes:
    """The workbook as Gnumeric computes and saves it."""
    command = [program, "--recalc", str(given), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert target.exists(), f"Gnumeric did not save {given.name}:\n{done.stdout}\n{done.stderr}"
    return target.read_bytes()


def known_differences(formulas: Mapping[Address, FormulaCell]) -> set[Address]:
    """The cells in which Gnumeric differs from all others, and those that refer to them."""
    return depends_on(formulas, COUNTS_BLANKS_THAT_ARE_CHOSEN) | depends_on(formulas, HAS_NO_SUCH_FUNCTION)
