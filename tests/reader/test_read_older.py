"""Workbooks made before the sheets were arranged as they are now: people have filled them, and all of it is read.

`older/` holds such workbooks, and beside each, as JSON, what was read from it in its time.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from smsheets.api import workbook_bytes
from smsheets.layout.placed import MARKER_SHEET
from smsheets.reader.read import read_workbook

FOLDER = Path(__file__).parent / "older"
KINDS = sorted(path.stem for path in FOLDER.glob("*.xlsx"))


def without_where(value: Any) -> Any:
    """Plain values without the cells they came from."""
    if isinstance(value, dict):
        return {key: without_where(item) for key, item in value.items() if key != "where"}
    return [without_where(item) for item in value] if isinstance(value, list | tuple) else value


def missing_from(now: Any, then: Any, path: str = "") -> list[str]:
    """What was read once and is not now; what is read besides may be more."""
    if isinstance(then, dict):
        return [line for key, item in then.items() for line in missing_from(now.get(key), item, f"{path}.{key}")]
    if isinstance(then, list):
        if len(now) != len(then):
            return [f"{path}: {len(now)} instead of {len(then)}"]
        return [line for n, item in enumerate(then) for line in missing_from(now[n], item, f"{path}[{n}]")]
    return [] if now == then else [f"{path}: {now!r} instead of {then!r}"]


@pytest.mark.parametrize("kind", KINDS)
def test_all_of_it_is_read(kind: str) -> None:
    read = read_workbook(FOLDER / f"{kind}.xlsx")
    assert [str(problem.says) for problem in read.problems] == []
    now = without_where(msgspec.to_builtins(read.plan))
    then = msgspec.json.decode((FOLDER / f"{kind}.json").read_bytes())
    assert len(str(then)) > 4_000
    assert missing_from(now, then) == []


def test_they_are_arranged_otherwise() -> None:
    """So that the test above shows something: their map names other cells than a workbook made now."""
    for kind in KINDS:
        older = openpyxl.load_workbook(FOLDER / f"{kind}.xlsx")[MARKER_SHEET]
        profile = read_workbook(FOLDER / f"{kind}.xlsx").layout.profile
        newer = openpyxl.load_workbook(io.BytesIO(workbook_bytes(kind, profile, sample=True)[0]))[MARKER_SHEET]
        assert list(older.values) != list(newer.values)


def test_what_is_missing_is_told() -> None:
    assert missing_from({"a": [1, 2]}, {"a": [1, 3]}) == [".a[1]: 2 instead of 3"]
    assert missing_from({"a": [1]}, {"a": [1, 3]}) == [".a: 1 instead of 2"]
