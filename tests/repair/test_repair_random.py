"""Templates filled at random: a repaired workbook reads as the one it was made from, whatever was typed.

`SMSHEETS_EXAMPLES=50 pytest -m '' tests/repair/test_repair_random.py` tries 50 new fillings of each template.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from fillings import OWN_VALUES, collect, fillings, layout_with_own_values
from msgspec.structs import replace as replace_struct
from repair.repaired import contents_of, repaired
from workbooks import blank_filling, templates, without_where, written

from smsheets.layout.content import Filling
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout

pytest.importorskip("ironcalc", reason="skipped: random repairs; there is no engine for this computer")

EXPLORE = "SMSHEETS_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SMSHEETS_EXAMPLES", "1"))
TEMPLATES = pytest.mark.parametrize(("kind", "language"), templates())


def random_fillings(layout: Layout, start: Filling) -> Sequence[Filling]:
    return collect(fillings(layout, start), EXAMPLES, derandomize=not EXPLORE)


def check_same(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    both = repaired(path)
    before, after = both.before.read, both.after
    assert contents_of(after) == contents_of(before)
    assert without_where(after.plan) == without_where(before.plan)
    assert both.contents() == []
    assert [item.code for item in after.problems] == [item.code for item in before.problems]


@TEMPLATES
def test_what_is_read_is_what_was_read(kind: str, language: str, tmp_path: Path) -> None:
    layout, start = layout_with_own_values(kind, language)
    for number, filling in enumerate(random_fillings(layout, start)):
        check_same(tmp_path / f"{number}.xlsx", written(layout, filling))


@TEMPLATES
def test_a_spec_of_ones_own_comes_along(kind: str, language: str, tmp_path: Path) -> None:
    """Carried in the file: here one that differs from ours in its kind."""
    plain, _ = blank_filling(kind, language)
    spec = replace_struct(plain.spec, kind="my-own-plan", title="My own plan")
    own = {name: OWN_VALUES for name, placed in plain.lists.items() if placed.spec.open}
    layout = place_workbook(spec, plain.profile, added=own, own_spec=True)
    start = Filling({"start": blank_filling(kind, language)[1].forms["start"]}, {})
    for number, filling in enumerate(random_fillings(layout, start)[:1]):
        check_same(tmp_path / f"{number}.xlsx", written(layout, filling))
