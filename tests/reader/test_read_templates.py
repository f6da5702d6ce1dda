"""What the program writes, it reads without a problem: every template, blank and filled, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from filled import template

from smsheets.kinds import KINDS
from smsheets.reader.read import read_workbook
from smsheets.spec.catalogue import languages


@pytest.mark.parametrize("sample", [False, True], ids=["blank", "sample"])
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_workbook_has_no_problem(kind: str, language: str, sample: bool, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(template(kind, language, sample))
    read = read_workbook(path)
    assert [str(problem) for problem in read.problems] == []
    assert read.notes == ()
    assert (read.kind, read.language) == (kind, language)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_plan_in_every_language(kind: str, tmp_path: Path) -> None:
    counts = []
    for language in languages():
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(template(kind, language, True))
        counts.append({name: len(rows) for name, rows in read_workbook(path).rows.items()})
    assert all(count == counts[0] for count in counts)
    assert sum(counts[0].values()) > 10
