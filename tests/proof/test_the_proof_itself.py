"""LibreOffice is really made to recalculate: a wrong saved value is put right, a wrong formula is seen."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from libreoffice import LibreOffice
from sheet_values import disagreements, formula_cells, saved_values
from workbooks import make_sample

pytest.importorskip("ironcalc", reason="skipped: values saved with formulas; there is no engine for this computer")

_NUMBER_CELL = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*><f>)([^<]+)(</f><v>)([0-9.]+)(</v>)')


def _change(data: bytes, sheet_part: str, change: Callable[[str], str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as result:
        for name in source.namelist():
            content = source.read(name)
            if name == sheet_part:
                changed = change(content.decode())
                assert changed != content.decode()
                content = changed.encode()
            result.writestr(name, content)
    return target.getvalue()


def _budget_sheet(change: Callable[[str], str]) -> bytes:
    return _change(make_sample("budget", "en"), "xl/worksheets/sheet2.xml", change)


def _wrong_value(xml: str) -> str:
    """The first formula's saved number becomes 987654."""
    return _NUMBER_CELL.sub(r"\g<1>\g<3>\g<4>987654\g<6>", xml, count=1)


def _wrong_formula(xml: str) -> str:
    """The first formula gives one more than before; its saved number stays."""
    return _NUMBER_CELL.sub(r"\g<1>\g<3>+1\g<4>\g<5>\g<6>", xml, count=1)


def test_a_changed_saved_value_is_noticed(libreoffice: LibreOffice) -> None:
    data = _budget_sheet(_wrong_value)
    found = disagreements(formula_cells(data), saved_values(libreoffice.resave({"value": data})["value"]))
    assert len(found) == 1
    assert "saved 987654," in found[0]


def test_a_changed_formula_is_noticed(libreoffice: LibreOffice) -> None:
    data = _budget_sheet(_wrong_formula)
    found = disagreements(formula_cells(data), saved_values(libreoffice.resave({"formula": data})["formula"]))
    assert found
    assert "+1" in found[0]


def test_without_being_forced_libreoffice_would_only_echo(soffice: str, tmp_path: Path) -> None:
    """Why the profile is needed: as it comes, LibreOffice repeats the wrong value and agrees with it."""
    as_it_comes = LibreOffice(soffice, tmp_path, recalculate=False)
    data = _budget_sheet(_wrong_value)
    assert disagreements(formula_cells(data), saved_values(as_it_comes.resave({"value": data})["value"])) == []
