"""The workbooks that a command is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smsheets.cli.progress import watch

if TYPE_CHECKING:
    from smsheets.reader.file.limits import Limits
    from smsheets.reader.read import ReadWorkbook


def read_all(files: Sequence[Path], limits: Limits) -> tuple[list[ReadWorkbook], list[str]]:
    """The workbooks that can be read, and one line for each file that cannot."""
    from smsheets.errors import WorkbookFileError
    from smsheets.reader.read import read_workbook

    workbooks, refused = [], []
    for path in watch(files, "Reading"):
        try:
            workbooks.append(read_workbook(path, limits))
        except WorkbookFileError as error:
            refused.append(str(error))
    return workbooks, refused
