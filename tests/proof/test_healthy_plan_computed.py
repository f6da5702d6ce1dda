"""A plan in which all is well, computed and saved by LibreOffice, has no problem and no finding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from analysis.by_hand import healthy_plan
from libreoffice import LibreOffice

import smsheets

DAY = date(2027, 7, 15)


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_said_of_a_healthy_plan(language: str, libreoffice: LibreOffice, tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in healthy_plan(DAY).typed(tmp_path, language)}
    for name, data in libreoffice.resave(files).items():
        (tmp_path / name).write_bytes(data)
    analysis = smsheets.analyze(*sorted(tmp_path.glob("*.xlsx")), as_of=DAY)
    assert [str(problem) for problem in analysis.problems] == []
    assert [(finding.id, finding.about) for finding in analysis.findings] == []
