"""The file as bytes: what it is, and its parts, inflated piece by piece within limits.

Nothing here knows what a cell is. `open_package` looks at the bytes (never at the file's extension), says in one
sentence what a file that is not an .xlsx workbook is, and gives the parts of one that is.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, Self
from urllib.parse import unquote
from xml.parsers import expat

import msgspec

from smsheets.files import is_endless
from smsheets.reader.file.limits import (
    MEGABYTE,
    NOT_OURS,
    SAVE_AS,
    USUAL,
    Content,
    Limits,
    check_directory,
    check_entries,
    describe,
    open_content,
    other_zip,
)
from smsheets.reader.file.limits import DamagedFileError as DamagedFileError
from smsheets.reader.file.limits import UnusableFileError as UnusableFileError

_CHUNK_BYTES = 64 * 1024  # inflated at once: a bomb is noticed before it fills the memory
_TAG_BYTES = 1024 * 1024
"""No tag or comment is so long. Expat goes through an unfinished one from its start with every chunk."""
_SHOWN = 80  # characters of a name in a message

SAVE_AGAIN = "Take an earlier copy, or open it in your spreadsheet program and save it again as .xlsx."

_ZIP_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,  # an encrypted entry
    ValueError,  # names that are not text, offsets before the file's beginning
)
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252")

Start = Callable[[str, dict[str, str]], Any]
End = Callable[[str], Any]


class Relationship(msgspec.Struct, frozen=True):
    """Where a part points. `kind` is the last step of the type's address, the same in strict and transitional files."""

    kind: str
    target: str


class LocalNames(dict[str, str]):
    """`x:row` -> `row`; remembers each answer, because it is asked for every element."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


class Package:
    """The parts of one .xlsx file. Part names are looked up as people write them: any case, either slash."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits = USUAL) -> None:
        self.limits = limits
        self._archive = archive
        self._inflated = 0
        self._entries = {part_key(info.filename): info for info in archive.infolist()}
        self._kinds: dict[str, str] | None = None

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        """The names that the archive lists, in its order."""
        return self._archive.infolist()

    def entry(self, part: str) -> zipfile.ZipInfo | None:
        """The archive's entry of a part."""
        return self._entries.get(part_key(part))

    @property
    def names(self) -> list[str]:
        """All part names in lower case, without a leading slash."""
        return list(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def holds(self, part: str) -> bool:
        """True if there is such a part."""
        return part_key(part) in self._entries

    def part_of_kind(self, *endings: str) -> str | None:
        """The first part whose content type ends so, from `[Content_Types].xml`."""
        if self._kinds is None:
            try:
                self._kinds = self._read_content_types()
            except DamagedFileError:
                self._kinds = {}  # it is asked where a pointer is missing, and that is rare
        return next((part for part, kind in self._kinds.items() if kind.endswith(endings) and self.holds(part)), None)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The parts that a part (`""`: the package itself) points at inside the file, by relationship id."""
        folder, name = posixpath.split(part)
        found: dict[str, Relationship] = {}

        def start(tag: str, attrs: dict[str, str]) -> None:
            if tag.endswith("Relationship") and attrs.get("TargetMode", "").lower() != "external":
                target = resolve_target(folder, attrs.get("Target", ""))
                found[attrs.get("Id", "")] = Relationship(attrs.get("Type", "").rpartition("/")[2], target)

        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.holds(rels):
            self.parse(rels, start=start)
        return found

    def parse(self, part: str, *, start: Start, end: End | None = None, text: End | None = None) -> None:
        """Feed one part to the handlers, chunk by chunk.

        Raises:
            UnusableFileError: the part is missing, broken, not XML, has a document type, or is over a limit.
        """
        parser = new_parser(start=start, end=end, text=text)
        self.feed(part, parser)

    def feed(self, part: str, parser: expat.XMLParserType) -> None:
        """As `parse`, with a parser made by `new_parser` that the caller goes on changing while it runs."""
        fed = 0
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _TAG_BYTES:
                    reason = f"its part {shown_part(part)} has a tag that does not end"
                    raise UnusableFileError(f"this workbook is damaged: {reason}. {SAVE_AGAIN}")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = f"its part {shown_part(part)} is not proper XML in line {error.lineno}"
            raise DamagedFileError(f"this workbook is damaged: {reason}. {SAVE_AGAIN}") from None

    def read(self, part: str) -> bytes:
        """A part's bytes, within the limits."""
        return b"".join(self._chunks(part))

    def peek(self, part: str) -> bytes:
        """The first bytes of a part."""
        return next(self._chunks(part), b"")[:200]

    def _chunks(self, part: str) -> Iterator[bytes]:
        info = self._entries.get(part_key(part))
        if info is None:
            raise DamagedFileError(f"this workbook is damaged: its part {shown_part(part)} is missing. {SAVE_AGAIN}")
        self._check_size(part, info.file_size, info.compress_size)
        size = 0
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    size += len(chunk)
                    self._inflated += len(chunk)
                    self._check_size(part, size, info.compress_size)
                    yield chunk
        except _ZIP_BROKEN:
            if info.flag_bits & 1:
                raise UnusableFileError(f"this archive is protected with a password. {SAVE_AS}") from None
            raise DamagedFileError(
                f"this workbook is damaged: its part {shown_part(part)} is broken. {SAVE_AGAIN}"
            ) from None

    def _check_size(self, part: str, size: int, compressed: int) -> None:
        """Sizes in bytes. Asked of the declared size first, then of what really comes out."""
        limits = self.limits
        if size > limits.part_mb * MEGABYTE or self._inflated > limits.mb * MEGABYTE:
            most = limits.part_mb if size > limits.part_mb * MEGABYTE else limits.mb
            raise UnusableFileError(
                f"this workbook is too large: its part {shown_part(part)} goes over {most:g} MB when unpacked. "
                "Delete the sheets that are not needed and save it again, or allow more with --max-mb."
            )
        if size > limits.free_mb * MEGABYTE and size > limits.ratio * max(compressed, 1):
            raise UnusableFileError(
                f"this file is not safe to open: its part {shown_part(part)} unpacks to more than {limits.ratio} times "
                "its size. If you trust it, say how many megabytes it may unpack to with --max-mb."
            )

    def _read_content_types(self) -> dict[str, str]:
        kinds: dict[str, str] = {}

        def start(tag: str, attrs: dict[str, str]) -> None:
            if tag.endswith("Override"):
                kinds[resolve_target("", attrs.get("PartName", ""))] = attrs.get("ContentType", "")

        if self.holds("[Content_Types].xml"):
            self.parse("[Content_Types].xml", start=start)
        return kinds


def new_parser(*, start: Start | None, end: End | None, text: End | None) -> expat.XMLParserType:
    """An expat parser that joins neighbouring text and refuses a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _CHUNK_BYTES
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    return parser


def open_package(content: Content, limits: Limits = USUAL) -> Package:
    """Open a file that holds an .xlsx workbook, for a `with` statement.

    Raises:
        UnusableFileError: it is something else, cannot be opened, or its archive is broken or too large.
    """
    head = _first_bytes(content)
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise UnusableFileError(describe(content, head))
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > limits.mb * MEGABYTE:
        raise UnusableFileError(f"this file is larger than {limits.mb:g} MB. {NOT_OURS} Or allow more with --max-mb.")
    try:
        check_directory(content, limits)
        archive = zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content)
    except _ZIP_BROKEN:
        raise UnusableFileError(
            f"this workbook is cut short or damaged. Download or copy it again. {SAVE_AGAIN}"
        ) from None
    try:
        check_entries(archive, limits)
        package = Package(archive, limits)
        other = other_zip(package.names, package.peek)
        if other is not None:
            raise UnusableFileError(other)
    except UnusableFileError:
        archive.close()
        raise
    return package


def _first_bytes(content: Content) -> bytes:
    try:
        if isinstance(content, Path) and content.is_dir():
            inside = [entry.name.lower() for entry in content.iterdir()]
            if "index.zip" in inside or ("index" in inside and "metadata" in inside):
                raise UnusableFileError("this is an Apple Numbers document. Export it from Numbers as .xlsx.")
            raise UnusableFileError("this is a folder, not a file. Give the .xlsx workbook in it.")
        if isinstance(content, Path) and is_endless(content):
            raise UnusableFileError("this is a device or a pipe, not a file. Give the .xlsx workbook.")
        with open_content(content) as stream:
            head = stream.read(8192)
    except FileNotFoundError:
        raise UnusableFileError("there is no such file. Check the name and the folder.") from None
    except PermissionError:
        raise UnusableFileError("this file may not be read. Check its permissions, or copy it elsewhere.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not possible"
        raise UnusableFileError(f"this file cannot be opened ({reason}). Check the name and the folder.") from None
    if not head:
        raise UnusableFileError("this file is empty. Download or copy it again.")
    return head


def _refuse_doctype(*_: object) -> NoReturn:
    raise UnusableFileError(
        "this file is not safe to open: it brings a document type of its own. "
        "If you trust it, open it in your spreadsheet program and save it again as .xlsx."
    )


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """Expat knows few encodings, and fails in odd ways for the rest; a workbook has no reason to use another."""
    if encoding and encoding.lower() not in _ENCODINGS:
        raise UnusableFileError(f"this workbook is written in the unusual encoding {encoding[:_SHOWN]}. {SAVE_AGAIN}")


def resolve_target(folder: str, target: str) -> str:
    """A relationship's target as a part name: from `folder`, or from the top where it begins with a slash."""
    target = unquote(target).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def shown_part(part: str) -> str:
    """A part's name as messages give it: an archive may hold names of any length."""
    return part if len(part) <= _SHOWN else part[:_SHOWN] + "..."


def part_key(part: str) -> str:
    """A part's name as it is looked up: in lower case, with forward slashes."""
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/").lower()
