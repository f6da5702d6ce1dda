"""Kinds of files, and how much one may ask of the computer; checked by its bytes and its archive's directory."""

from __future__ import annotations

import codecs
import io
import os
import posixpath
import re
import struct
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

Content: TypeAlias = Path | bytes
"""A workbook's file: where it is, or what is in it."""

SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx."
NOT_OURS = "Give the .xlsx workbook instead."

_SCAN_BYTES = 64 * 1024 * 1024  # how far an OLE file is searched for its directory
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_OTHER_BYTES = (
    (b"%PDF", "this is a PDF, not a workbook"),
    (b"{\\rtf", "this is a rich text document, not a workbook"),
    (b"\x1f\x8b", "this is a gzip archive, not a workbook"),
    (b"7z\xbc\xaf\x27\x1c", "this is a 7-Zip archive, not a workbook"),
    (b"Rar!", "this is a RAR archive, not a workbook"),
    (b"\x89PNG", "this is a picture, not a workbook"),
    (b"\xff\xd8\xff", "this is a picture, not a workbook"),
)


_FIRST_TAG = re.compile(
    r"(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:[^-]++|-(?!->))*+-->\s*+)*+<(?:!doctype html|html|head|body|table|meta)\b"
)
"""A web page's, behind any number of comments."""


class UnusableFileError(Exception):
    """Why the file cannot be read, without its path: `this is a PDF, not a workbook. Give ...`."""


class DamagedFileError(UnusableFileError):
    """A workbook that is broken somewhere: its values may still be found by a program that looks at less of it."""


def open_content(content: Content) -> BinaryIO:
    """The bytes of a workbook's file, to be read from their start."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def describe(content: Content, head: bytes) -> str:
    """The kind of a file that is no zip archive, and what to do."""
    if isinstance(content, Path) and content.name.startswith("~$"):
        return "this is the small file Excel keeps beside a workbook while it is open. Give the workbook itself."
    if head.startswith(_OLE):
        return _describe_ole(content)
    if head.startswith(_BARE_XLS):
        return f"this is an old Excel workbook (.xls). {SAVE_AS}"
    for magic, what in _OTHER_BYTES:
        if head.startswith(magic):
            return f"{what}. {NOT_OURS}"
    text = _as_text(head)
    if text is None:
        return f"this is not a workbook, and of no kind we know. {NOT_OURS}"
    return _describe_text(text)


def _describe_ole(content: Content) -> str:
    with open_content(content) as stream:
        data = stream.read(_SCAN_BYTES).lower()
    if _ole_entry(data, "encryptedpackage"):
        return (
            "this workbook is protected with a password. "
            "Open it in your spreadsheet program, take the password off and save it as .xlsx."
        )
    if _ole_entry(data, "workbook") or _ole_entry(data, "book"):
        return f"this is an old Excel workbook (.xls). {SAVE_AS}"
    return f"this is a document of an old Office program, not a workbook. {NOT_OURS}"


def _ole_entry(data: bytes, name: str) -> bool:
    """True if the OLE directory names it: entries begin at multiples of 128 bytes, with the name in UTF-16.

    Both are given in lower case: some programs write `WORKBOOK`.
    """
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0 and at % 128:
        at = data.find(wanted, at + 1)
    return at >= 0


def _as_text(head: bytes) -> str | None:
    """The first bytes as text, or None where they are not text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) & ~1].decode("utf-16", "replace")
    if b"\0" in head or sum(byte < 32 and byte not in b"\t\n\r\f\x1a\x1b" for byte in head) > len(head) // 50:
        return None
    return head.decode("utf-8-sig", "replace")


def _describe_text(text: str) -> str:
    low = text.lstrip().lower()
    if low.startswith("<") and "urn:schemas-microsoft-com:office:spreadsheet" in low and "<html" not in low:
        return f"this is an Excel 2003 XML spreadsheet. {SAVE_AS}"
    if "office:document" in low and "opendocument" in low:
        return f"this is a flat OpenDocument spreadsheet (.fods). {SAVE_AS}"
    if _FIRST_TAG.match(low):
        return f"this is a web page (HTML), not a workbook. {SAVE_AS}"
    if low.startswith("<"):
        return f"this is an XML file, not a workbook. {NOT_OURS}"
    if low.startswith("{") and "doc_id" in low:
        return (
            "this is only a link to a Google Sheet. In Google Sheets, choose File, Download, Microsoft Excel (.xlsx)."
        )
    if re.search(r"^\|?[ :]*+-{3,}+[ :]*+\|", low, re.MULTILINE) or re.search(r"^#{1,6} \S", low, re.MULTILINE):
        return f"this is Markdown text, not a workbook. Paste its table into a workbook. {NOT_OURS}"
    lines = [line for line in low.splitlines()[:20] if line.strip()]
    if any(all(line.count(separator) for line in lines[:-1] or lines) for separator in ",;\t"):
        return f"this is a list with separators (CSV), not a workbook. {SAVE_AS}"
    return f"this is plain text, not a workbook. {NOT_OURS}"


def other_zip(names: list[str], peek: Callable[[str], bytes]) -> str | None:
    """The kind of an archive that holds no .xlsx workbook; None where it may hold one."""
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" in peek("mimetype"):
            return f"this is an OpenDocument spreadsheet (.ods). {SAVE_AS}"
        return f"this is an OpenDocument file, but not a spreadsheet. {NOT_OURS}"
    if any(name.endswith(".iwa") for name in names) or any(posixpath.basename(name) == "index.zip" for name in names):
        return "this is an Apple Numbers document. Export it from Numbers as .xlsx."
    if "xl/workbook.bin" in names:
        return f"this is a binary Excel workbook (.xlsb). {SAVE_AS}"
    if "word/document.xml" in names:
        return f"this is a Word document, not a workbook. {NOT_OURS}"
    if "ppt/presentation.xml" in names:
        return f"this is a PowerPoint presentation, not a workbook. {NOT_OURS}"
    if "[content_types].xml" not in names and not any(name.startswith(("_rels/", "xl/")) for name in names):
        return f"this is a zip archive, not a workbook. If a workbook is in it, unpack it first. {NOT_OURS}"
    return None


MEGABYTE = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of a file. The largest honest workbook among thousands of real ones stays below half of it.

    Attributes:
        parts: Files inside the .xlsx archive.
        part_mb: Megabytes of one part when unpacked.
        mb: Megabytes of all parts that are read, when unpacked; the archive itself may not be larger either.
        ratio: How many times its size a part may unpack to, once it is past `free_mb`.
        free_mb: Megabytes a part may unpack to whatever its ratio.
        cells: Filled cells in all sheets.
        rows: Filled rows of one table.
        written: Cells of a workbook that is written anew, with all its formulas.
        characters: Of all texts of a workbook that is written anew.
    """

    parts: int = 5_000
    part_mb: float = 100
    mb: float = 250
    ratio: int = 200
    free_mb: float = 20
    cells: int = 500_000
    rows: int = 5_000
    written: int = 200_000
    characters: int = 50_000_000

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
            characters=usual.characters if max_mb is None else int(max_mb * MEGABYTE),
            written=usual.written if max_cells is None else max_cells,
        )


USUAL = Limits()


_END = b"PK\x05\x06"
_END_SIZE = 22  # bytes, as are the next ones: fixed by the ZIP format
_END64 = b"PK\x06\x06"
_END64_SIZE = 56
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_COMMENT_SIZE = 1 << 16
_ENTRY_SIZE = 512
"""More bytes than the directory of an honest archive has for each part: its name and some forty more."""
_LOCAL_HEADER_SIZE = 30


def check_directory(content: Content, limits: Limits) -> None:
    """Refuses an archive whose directory is too long to be read at all.

    Raises:
        UnusableFileError: It lists too many parts, or takes up more bytes than that many parts have.
        OSError: The file cannot be read.
    """
    for count, size in _directories(content):
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


def _directories(content: Content) -> list[tuple[int, int]]:
    """The claims of the records at the end: how many parts, and the directory's size in bytes. Both may be lies."""
    with open_content(content) as stream:
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
