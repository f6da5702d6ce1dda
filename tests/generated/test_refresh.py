"""One command makes everything anew that is generated, and touches nothing that is as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import refresh
from generated.samples import FOLDERS
from patch_xlsx import read_parts, write_parts


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a few bad samples, as if it were the checkout."""
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    for name in ("id.missing", "cell.merged"):
        shutil.copytree(refresh.SAMPLES / "bad" / name, tmp_path / "kept" / name)
    return tmp_path / "kept"


def test_only_what_differs_is_written(kept: Path, tmp_path: Path) -> None:
    made = shutil.copytree(kept, tmp_path / "made")
    (made / "id.missing" / "expected.txt").write_text("other\n", encoding="utf-8")
    (made / "new").mkdir()
    (made / "new" / "expected.txt").write_text("new\n", encoding="utf-8")
    shutil.rmtree(made / "cell.merged")
    assert list(refresh.replace_folder(made, kept)) == [
        "kept/id.missing/expected.txt written",
        "kept/new/expected.txt written",
        "kept/cell.merged/calendar.xlsx deleted, it is no longer made",
        "kept/cell.merged/expected.txt deleted, it is no longer made",
    ]
    assert sorted(path.name for path in kept.iterdir()) == ["id.missing", "new"]
    assert list(refresh.replace_folder(made, kept)) == []


def test_a_workbook_that_is_only_packed_otherwise_stays(kept: Path, tmp_path: Path) -> None:
    made = shutil.copytree(kept, tmp_path / "made")
    workbook = made / "cell.merged" / "calendar.xlsx"
    parts = read_parts(workbook)
    write_parts(workbook, dict(reversed(parts.items())))
    assert workbook.read_bytes() != (kept / "cell.merged" / "calendar.xlsx").read_bytes()
    assert list(refresh.replace_folder(made, kept)) == []


def test_what_cannot_be_drawn_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    no_office = "LibreOffice: It is not installed; apt-get install libreoffice-calc-nogui brings it"
    assert list(refresh.refresh_pictures()) == [
        f"skipped: pictures of sheets. {no_office}",
        f"skipped: picture of the report workbook. {no_office}",
        "skipped: pictures of the report page. Node.js is not installed",
    ]


def test_an_unknown_part_is_told_with_those_there_are() -> None:
    command = [sys.executable, str(refresh.TESTS / "refresh.py"), "budget"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there is no part budget. samples: samples/blank and samples/filled; bad:" in done.stderr


def test_the_folders_of_the_samples_are_those_that_are_refreshed() -> None:
    assert {path.name for path in refresh.SAMPLES.iterdir()} == {*FOLDERS, "bad", "pictures"}
