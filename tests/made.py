"""Workbooks that many tests begin with, made once in a process: the same inputs give the same bytes (`test_api.py`)."""

from __future__ import annotations

from pathlib import Path

from smsheets.api import workbook_bytes
from smsheets.profile import Profile

_known: dict[tuple[str, str, bool], bytes] = {}


def made(kind: str, profile: Profile = Profile(), *, sample: bool = False) -> bytes:  # noqa: B008 -- frozen
    """A new workbook's bytes, as `workbook_bytes` makes them."""
    key = kind, repr(profile), sample
    if key not in _known:
        _known[key] = workbook_bytes(kind, profile, sample=sample)[0]
    return _known[key]


def put(kind: str, path: Path, profile: Profile = Profile(), *, sample: bool = False) -> None:  # noqa: B008 -- frozen
    """Writes a new workbook, as `new_workbook` does."""
    path.write_bytes(made(kind, profile, sample=sample))
