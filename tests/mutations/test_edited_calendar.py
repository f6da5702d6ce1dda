"""A filled template, edited as people do: nothing is lost without a word. See `compositions.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from compositions import CHUNKS, Record, check_chunk


@pytest.mark.parametrize("chunk", CHUNKS)
def test_nothing_is_lost(chunk: int, tmp_path: Path, record_property: Record) -> None:
    check_chunk("calendar", chunk, tmp_path, record_property)
