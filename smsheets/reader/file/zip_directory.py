"""An archive's directory, looked at before and after it is read: how many parts it lists, and that none share bytes."""

from __future__ import annotations

import os
import struct
import zipfile
from itertools import pairwise
from pathlib import Path

from smsheets.reader.file.file_kinds import NOT_OURS, UnusableFileError
from smsheets.reader.file.limits import Limits

_END = b"PK\x05\x06"
_END_SIZE = 22
_END64 = b"PK\x06\x06"
_END64_SIZE = 56
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_COMMENT_SIZE = 1 << 16
_ENTRY_SIZE = 512
"""More bytes than the directory of an honest archive has for each part: its name and some forty more."""
_LOCAL_HEADER_SIZE = 30


def check_directory(path: Path, limits: Limits) -> None:
    """Refuses an archive whose directory is too long to be read at all.

    Raises:
        UnusableFileError: It lists too many parts, or takes up more bytes than that many parts have.
        OSError: The file cannot be read.
    """
    for count, size in _directories(path):
        if count > limits.parts or size > limits.parts * _ENTRY_SIZE:
            raise _too_many(limits)


def check_entries(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuses an archive that lists too many parts after all, or several parts that share their bytes.

    Raises:
        UnusableFileError: It does.
    """
    entries = sorted(archive.filelist, key=lambda entry: entry.header_offset)
    if len(entries) > limits.parts:
        raise _too_many(limits)
    for entry, following in pairwise(entries):
        if entry.header_offset + _LOCAL_HEADER_SIZE + entry.compress_size > following.header_offset:
            raise UnusableFileError(
                "this file is not safe to open: parts of it lie in the same place. "
                "If you trust it, open it in your spreadsheet program and save it again as .xlsx."
            )


def _directories(path: Path) -> list[tuple[int, int]]:
    """What the records at the end say: how many parts, and the directory's size in bytes. Both may be lies."""
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        length = min(stream.tell(), _END_SIZE + _COMMENT_SIZE + _LOCATOR_SIZE + _END64_SIZE)
        stream.seek(-length, os.SEEK_END)
        tail = stream.read()
    found: list[tuple[int, int]] = []
    at = len(tail) - _END_SIZE
    places = {at, tail.rfind(_END)} if at >= 0 else set()
    for place in places:
        if not tail.startswith(_END, place) or place < 0 or place + _END_SIZE > len(tail):
            continue
        found.append(struct.unpack_from("<HL", tail, place + 10))
        locator = place - _LOCATOR_SIZE
        wide = locator - _END64_SIZE
        if wide >= 0 and tail.startswith(_LOCATOR, locator) and tail.startswith(_END64, wide):
            found.append(struct.unpack_from("<QQ", tail, wide + 32))
    return found


def _too_many(limits: Limits) -> UnusableFileError:
    return UnusableFileError(f"this archive has more than {limits.parts:,} parts, no workbook has so many. {NOT_OURS}")
