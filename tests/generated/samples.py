"""The samples as they are made: one business, blank and filled, by the spec that comes along or by another."""

from __future__ import annotations

from pathlib import Path

from generated.spec_places import SpecFile, SpecPlace, shipped, spec_places
from generated.workbook_contents import Place

from smsheets.layout.content import Filling, fill, load_sample, own_values, sample_profile, starting_content
from smsheets.layout.items import minor_digits
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.profile_file import make_profile
from smsheets.spec.load import load_spec
from smsheets.spec.model import Workbook
from smsheets.writer.workbook import write_workbook

FILLED = "filled"
FOLDERS = ("blank", FILLED)


def sample_layout(kind: str, folder: str, spec: Workbook | None = None) -> tuple[Layout, Filling]:
    """Where everything of a sample sits, and what is entered in it."""
    workbook = spec or load_spec(kind)
    values = sample_profile()
    profile = make_profile(values if folder == FILLED else {"start": values["start"]})
    content = starting_content(workbook, profile, load_sample(kind, profile.language) if folder == FILLED else None)
    rows = {name: len(values) for name, values in content.tables.items()}
    layout = place_workbook(workbook, profile, rows, own_values(workbook, profile, content))
    return layout, fill(layout, content)


def write_sample(kind: str, folder: str, spec: Workbook, path: Path) -> None:
    """A sample by a spec that differs from the one that comes along."""
    layout, filling = sample_layout(kind, folder, spec)
    with path.open("wb") as target:
        assert write_workbook(layout, filling, target, minor_digits(layout.profile.currency))


def sample_places(
    kind: str, folder: str, spec: Workbook | None = None, file: SpecFile | None = None
) -> dict[Place, SpecPlace]:
    """Cell of a sample -> where it comes from."""
    layout, _ = sample_layout(kind, folder, spec)
    return spec_places(layout, file or shipped(f"{kind}.yaml"), folder == FILLED)
