"""The samples as they are made: one business, blank and filled, by the spec that comes along or by another."""

from __future__ import annotations

from pathlib import Path

from generated.spec_places import SpecFile, SpecPlace, shipped, spec_places
from generated.workbook_contents import Place

from smsheets.layout.content import load_sample, sample_profile
from smsheets.profile_file import make_profile
from smsheets.spec.load import load_spec
from smsheets.spec.model import Workbook
from smsheets.writer.workbook import NewWorkbook

FILLED = "filled"
FOLDERS = ("blank", FILLED)


def new_sample(kind: str, folder: str, spec: Workbook | None = None) -> NewWorkbook:
    """A sample before it is a file."""
    values = sample_profile()
    filled = folder == FILLED
    profile = make_profile(values if filled else {"start": values["start"]})
    sample = load_sample(kind, profile.language) if filled else None
    return NewWorkbook(spec=spec or load_spec(kind), profile=profile, sample=sample)


def write_sample(kind: str, folder: str, spec: Workbook, path: Path) -> None:
    """A sample by a spec that differs from the one that comes along."""
    with path.open("wb") as target:
        assert new_sample(kind, folder, spec).write(target)


def sample_places(
    kind: str, folder: str, spec: Workbook | None = None, file: SpecFile | None = None
) -> dict[Place, SpecPlace]:
    """Cell of a sample -> where it comes from."""
    return spec_places(new_sample(kind, folder, spec).layout, file or shipped(f"{kind}.yaml"), folder == FILLED)
