"""The notes on the cells of a sheet: their texts. Where and how they are drawn is left alone."""

from __future__ import annotations

from smsheets.cells import parse_area
from smsheets.reader.file.package import DamagedFileError, LocalNames, Package
from smsheets.reader.file.source_cells import LONGEST_TEXT

_KINDS = ("comments+xml",)
_MOST_NOTES = 100_000


def holds_notes(package: Package) -> bool:
    """Whether any sheet may have notes, so that what the sheets point at is worth looking up."""
    return package.part_of_kind(*_KINDS) is not None or any("comments" in name for name in package.names)


def read_cell_notes(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """The text of each note by (row, col), who wrote it left as it is written.

    Raises:
        DamagedFileError: The part with the notes is broken.
    """
    links = package.relationships(sheet_part).values()
    parts = [link.target for link in links if link.kind == "comments" and package.holds(link.target)]
    notes: dict[tuple[int, int], str] = {}
    for part in parts:
        _read_part(package, part, notes)
    return notes


def _read_part(package: Package, part: str, notes: dict[tuple[int, int], str]) -> None:
    local = LocalNames()
    pieces: list[str] = []
    runs: list[str] = []
    place: tuple[int, int] | None = None
    aside = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal place, aside
        tag = local[tag]
        pieces.clear()
        if tag == "comment":
            runs.clear()
            area = parse_area(attrs.get("ref", ""))
            place = area[:2] if area is not None else None
        elif tag == "rPh":
            aside = True

    def end(tag: str) -> None:
        nonlocal aside
        tag = local[tag]
        if tag == "t" and not aside:
            runs.append("".join(pieces))
        elif tag == "rPh":
            aside = False
        elif tag == "comment" and place is not None:
            if len(notes) >= _MOST_NOTES:
                raise DamagedFileError(f"there are more than {_MOST_NOTES:,} notes")
            notes[place] = "".join(runs)[:LONGEST_TEXT]

    package.parse(part, start=start, end=end, text=pieces.append)
