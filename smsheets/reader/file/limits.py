"""How much a file may ask of the computer: an honest giant is let in by an option, a bomb is refused in one line."""

from __future__ import annotations

import msgspec

MEGABYTE = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a file may hold. The largest honest workbook among thousands of real ones stays below half of it.

    Attributes:
        parts: Files inside the .xlsx archive.
        part_mb: Megabytes of one part when unpacked.
        mb: Megabytes of all parts that are read, when unpacked; the archive itself may not be larger either.
        ratio: How many times its size a part may unpack to, once it is past `free_mb`.
        free_mb: Megabytes a part may unpack to whatever its ratio.
        cells: Filled cells in all sheets.
        rows: Filled rows of one table.
    """

    parts: int = 5_000
    part_mb: float = 100
    mb: float = 250
    ratio: int = 200
    free_mb: float = 20
    cells: int = 500_000
    rows: int = 5_000

    @classmethod
    def of(cls, max_mb: float | None = None, max_cells: int | None = None, max_rows: int | None = None) -> Limits:
        """The limits with those that a person set.

        Who names megabytes trusts the file: they hold for a single part too, whatever its ratio.
        """
        usual = cls()
        return cls(
            part_mb=usual.part_mb if max_mb is None else max_mb,
            mb=usual.mb if max_mb is None else max_mb,
            free_mb=usual.free_mb if max_mb is None else max_mb,
            cells=usual.cells if max_cells is None else max_cells,
            rows=usual.rows if max_rows is None else max_rows,
        )


USUAL = Limits()
