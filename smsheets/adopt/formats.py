"""The number formats of a file, as far as they may say a currency."""

from __future__ import annotations

from pathlib import Path

from smsheets.reader.file.limits import Limits
from smsheets.reader.file.package import UnusableFileError, open_package
from smsheets.reader.file.workbook_parts import find_part, find_workbook


def number_formats(path: Path, limits: Limits) -> tuple[str, ...]:
    """The number formats that a workbook defines, without their language tags; none where they cannot be read."""
    codes: list[str] = []

    def start(tag: str, attrs: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "numFmt":
            codes.append(attrs.get("formatCode", "").replace("[$", "["))

    try:
        with open_package(path, limits) as package:
            part = find_part(
                package, package.relationships(find_workbook(package)), "styles", "spreadsheetml.styles+xml"
            )
            if part is not None:
                package.parse(part, start=start)
    except UnusableFileError:
        return ()
    return tuple(codes)
