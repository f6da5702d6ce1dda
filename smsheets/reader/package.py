"""The file as bytes: what it is, and its parts, inflated piece by piece within limits.

Nothing here knows what a cell is. `open_package` looks at the bytes (never at the file's extension), says in one
sentence what a file that is not an .xlsx workbook is, and gives the parts of one that is.
"""

from __future__ import annotations

import codecs
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, Self
from urllib.parse import unquote
from xml.parsers import expat

import msgspec

MAX_ENTRIES = 5_000
MAX_PART_BYTES = 100 * 1024 * 1024
MAX_ALL_BYTES = 250 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM_BYTES = 20 * 1024 * 1024
CHUNK_BYTES = 64 * 1024

SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx."
SAVE_AGAIN = "Take an earlier copy, or open it in your spreadsheet program and save it again as .xlsx."
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


class UnusableFileError(Exception):
    """Why the file cannot be read, without its path: `this is a PDF, not a workbook. Give ...`."""


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

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._inflated = 0
        self._entries = {_part_key(info.filename): info for info in archive.infolist()}
        self._kinds: dict[str, str] | None = None

    @property
    def names(self) -> list[str]:
        """All part names in lower case, without a leading slash."""
        return list(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def holds(self, part: str) -> bool:
        """Whether there is such a part."""
        return _part_key(part) in self._entries

    def part_of_kind(self, *endings: str) -> str | None:
        """The first part whose content type ends so, from `[Content_Types].xml`."""
        if self._kinds is None:
            self._kinds = self._read_content_types()
        return next((part for part, kind in self._kinds.items() if kind.endswith(endings) and self.holds(part)), None)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What a part (`""`: the package itself) points at inside the file, by relationship id."""
        folder, name = posixpath.split(part)
        found: dict[str, Relationship] = {}

        def start(tag: str, attrs: dict[str, str]) -> None:
            if tag.endswith("Relationship") and attrs.get("TargetMode", "").lower() != "external":
                target = _resolve(folder, attrs.get("Target", ""))
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
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = f"its part {part} is not proper XML in line {error.lineno}"
            raise UnusableFileError(f"this workbook is damaged: {reason}. {SAVE_AGAIN}") from None

    def peek(self, part: str) -> bytes:
        """The first bytes of a part."""
        return next(self._chunks(part), b"")[:200]

    def _chunks(self, part: str) -> Iterator[bytes]:
        info = self._entries.get(_part_key(part))
        if info is None:
            raise UnusableFileError(f"this workbook is damaged: its part {part} is missing. {SAVE_AGAIN}")
        self._check_size(part, info.file_size, info.compress_size)
        size = 0
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    size += len(chunk)
                    self._inflated += len(chunk)
                    self._check_size(part, size, info.compress_size)
                    yield chunk
        except _ZIP_BROKEN:
            if info.flag_bits & 1:
                raise UnusableFileError(f"this archive is protected with a password. {SAVE_AS}") from None
            raise UnusableFileError(f"this workbook is damaged: its part {part} is broken. {SAVE_AGAIN}") from None

    def _check_size(self, part: str, size: int, compressed: int) -> None:
        """Sizes in bytes. Asked of the declared size first, then of what really comes out."""
        if size > MAX_PART_BYTES or self._inflated > MAX_ALL_BYTES:
            limit = MAX_PART_BYTES if size > MAX_PART_BYTES else MAX_ALL_BYTES
            raise UnusableFileError(
                f"this workbook is too large: part {part} goes over {limit // 1024**2} MB when unpacked. "
                "Delete the sheets that are not needed and save it again."
            )
        if size > RATIO_FROM_BYTES and size > MAX_RATIO * max(compressed, 1):
            raise UnusableFileError(
                f"this file is not safe to open: part {part} unpacks to more than {MAX_RATIO} times its size. "
                "If you trust it, open it in your spreadsheet program and save it again as .xlsx."
            )

    def _read_content_types(self) -> dict[str, str]:
        kinds: dict[str, str] = {}

        def start(tag: str, attrs: dict[str, str]) -> None:
            if tag.endswith("Override"):
                kinds[_resolve("", attrs.get("PartName", ""))] = attrs.get("ContentType", "")

        if self.holds("[Content_Types].xml"):
            self.parse("[Content_Types].xml", start=start)
        return kinds


def new_parser(*, start: Start | None, end: End | None, text: End | None) -> expat.XMLParserType:
    """An expat parser that joins neighbouring text and refuses a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = CHUNK_BYTES
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    return parser


def open_package(path: Path) -> Package:
    """Open a file that holds an .xlsx workbook, for a `with` statement.

    Raises:
        UnusableFileError: it is something else, cannot be opened, or its archive is broken or too large.
    """
    head = _first_bytes(path)
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise UnusableFileError(_describe(path, head))
    if path.stat().st_size > MAX_ALL_BYTES:
        raise UnusableFileError(f"this file is larger than {MAX_ALL_BYTES // 1024**2} MB. {NOT_OURS}")
    try:
        archive = zipfile.ZipFile(path)
    except _ZIP_BROKEN:
        raise UnusableFileError(
            f"this workbook is cut short or damaged. Download or copy it again. {SAVE_AGAIN}"
        ) from None
    if len(archive.filelist) > MAX_ENTRIES:
        archive.close()
        raise UnusableFileError(f"this archive has more than {MAX_ENTRIES} parts, no workbook has so many. {NOT_OURS}")
    package = Package(archive)
    if other := _other_zip(package):
        archive.close()
        raise UnusableFileError(other)
    return package


def _first_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            inside = [entry.name.lower() for entry in path.iterdir()]
            if "index.zip" in inside or ("index" in inside and "metadata" in inside):
                raise UnusableFileError("this is an Apple Numbers document. Export it from Numbers as .xlsx.")
            raise UnusableFileError("this is a folder, not a file. Give the .xlsx workbook in it.")
        with path.open("rb") as stream:
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


def _describe(path: Path, head: bytes) -> str:
    """What a file is that is no zip archive, and what to do."""
    if path.name.startswith("~$"):
        return "this is the small file Excel keeps beside a workbook while it is open. Give the workbook itself."
    if head.startswith(_OLE):
        return _describe_ole(path)
    if head.startswith(_BARE_XLS):
        return f"this is an old Excel workbook (.xls). {SAVE_AS}"
    for magic, what in _OTHER_BYTES:
        if head.startswith(magic):
            return f"{what}. {NOT_OURS}"
    text = _as_text(head)
    if text is None:
        return f"this is not a workbook, and of no kind we know. {NOT_OURS}"
    return _describe_text(text)


def _describe_ole(path: Path) -> str:
    with path.open("rb") as stream:
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
    """Whether the OLE directory names it: entries begin at multiples of 128 bytes, with the name in UTF-16.

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
    if re.match(r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta)\b", low, re.DOTALL):
        return f"this is a web page (HTML), not a workbook. {SAVE_AS}"
    if low.startswith("<"):
        return f"this is an XML file, not a workbook. {NOT_OURS}"
    if low.startswith("{") and "doc_id" in low:
        return (
            "this is only a link to a Google Sheet. In Google Sheets, choose File, Download, Microsoft Excel (.xlsx)."
        )
    if re.search(r"^\|?[ :]*-{3,}[ :]*\|", low, re.MULTILINE) or re.search(r"^#{1,6} \S", low, re.MULTILINE):
        return f"this is Markdown text, not a workbook. Paste its table into a workbook. {NOT_OURS}"
    lines = [line for line in low.splitlines()[:20] if line.strip()]
    if any(all(line.count(sign) for line in lines[:-1] or lines) for sign in ",;\t"):
        return f"this is a list with separators (CSV), not a workbook. {SAVE_AS}"
    return f"this is plain text, not a workbook. {NOT_OURS}"


def _other_zip(package: Package) -> str | None:
    """What an archive is that holds no .xlsx workbook; None where it may hold one."""
    names = package.names
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" in package.peek("mimetype"):
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


def _refuse_doctype(*_: object) -> NoReturn:
    raise UnusableFileError(
        "this file is not safe to open: it brings a document type of its own. "
        "If you trust it, open it in your spreadsheet program and save it again as .xlsx."
    )


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """Expat knows few encodings, and fails in odd ways for the rest; a workbook has no reason to use another."""
    if encoding and encoding.lower() not in _ENCODINGS:
        raise UnusableFileError(f"this workbook is written in the unusual encoding {encoding}. {SAVE_AGAIN}")


def _resolve(folder: str, target: str) -> str:
    """A relationship's target as a part name: from `folder`, or from the top where it begins with a slash."""
    target = unquote(target).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _part_key(part: str) -> str:
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/").lower()
