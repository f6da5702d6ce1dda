"""A small workbook written in YAML, placed: what tests of the layout begin with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.profile import Profile
from smsheets.spec.checks import check_workbook
from smsheets.spec.convert import convert
from smsheets.spec.load import complete, load_common, load_thresholds
from smsheets.spec.model import Workbook
from smsheets.spec.yaml_source import Source

HEAD = "kind: small\nversion: 1\ntitle: Small\npurpose: To be looked at.\nsteps: [Look]\n"
PROFILE = Profile(start=date(2027, 1, 1), months=3, channels=("instagram", "Newsletter"), country="DE")


def small_spec(sheets: str) -> Workbook:
    """A checked spec from the YAML of its lists and sheets."""
    source = Source(HEAD + sheets, "small.yaml")
    workbook = complete(convert(source, Workbook), load_common())
    check_workbook(workbook, source, load_thresholds())
    return workbook


def small_layout(sheets: str, profile: Profile = PROFILE, rows: Mapping[str, int] | None = None) -> Layout:
    """The layout of such a spec."""
    return place_workbook(small_spec(sheets), profile, rows)
