"""The parts of a workbook with some of them changed, and the archive they are saved in.

What is not changed is copied as it lies in the file, compressed: it is neither unpacked nor looked at.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import BinaryIO

from smsheets.annotation.splice import Element, escaped, outline, put_last
from smsheets.reader.file.limits import Content, open_content
from smsheets.reader.file.package import Package, Relationship, UnusableFileError, part_key, resolve_target

_DAY = (1980, 1, 1, 0, 0, 0)
"""New parts have the first day an archive can name, so that the same workbook gives the same bytes."""
_UTF8 = 0x800  # bit 11 of an entry's flags: its name is UTF-8
_DESCRIPTOR = 0x8
"""Says that an entry's sizes are behind it; here they always are in front."""
_VERSION = 20  # 2.0, the ZIP version that knows deflated entries
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MOST_BYTES = 0xFFFFFFFF  # more needs the 64-bit records, which no honest workbook does


class EditedPackage:
    """A package that parts are changed in and added to, in memory."""

    def __init__(self, content: Content, package: Package) -> None:
        self.package = package
        self._content = content
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, str] = {}

    def holds(self, part: str) -> bool:
        """True if there is such a part."""
        return part_key(part) in self._changed or self.package.holds(part)

    def read(self, part: str) -> bytes:
        """A part as it is now."""
        changed = self._changed.get(part_key(part))
        return self.package.read(part) if changed is None else changed

    def write(self, part: str, data: bytes) -> None:
        """Changes a part, or adds it."""
        if not self.package.holds(part):
            self._added.setdefault(part_key(part), part)
        self._changed[part_key(part)] = data

    def free_part(self, pattern: str) -> str:
        """The first part name that is not taken: `xl/comments{}.xml` with a number in it."""
        return next(part for part in map(pattern.format, count(1)) if not self.holds(part))

    def save(self) -> bytes:
        """The archive: its entries in the order they had, then the new ones."""
        files: list[_File] = []
        with open_content(self._content) as stream:
            for entry in self.package.entries:
                key = part_key(entry.filename)
                changed = self._changed.get(key) if entry is self.package.entry(key) else None
                files.append(_copied(entry, stream) if changed is None else _packed(entry, changed))
        files += [_packed(zipfile.ZipInfo(name, _DAY), self._changed[key]) for key, name in self._added.items()]
        return _archive(files)


@dataclass(frozen=True, slots=True)
class _File:
    """An entry with its bytes as they lie in the archive."""

    entry: zipfile.ZipInfo
    method: int
    crc: int
    size: int
    packed: bytes


def _copied(entry: zipfile.ZipInfo, stream: BinaryIO) -> _File:
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        raise UnusableFileError("this workbook is cut short or damaged. Download or copy it again.")
    name_length, extra_length = _LOCAL.unpack(header)[-2:]
    stream.seek(name_length + extra_length, 1)
    packed = stream.read(entry.compress_size)
    return _File(entry, entry.compress_type, entry.CRC, entry.file_size, packed)


def _packed(entry: zipfile.ZipInfo, data: bytes) -> _File:
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    return _File(entry, zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), packer.compress(data) + packer.flush())


def _archive(files: list[_File]) -> bytes:
    if sum(len(file.packed) for file in files) > _MOST_BYTES // 2 or any(file.size > _MOST_BYTES for file in files):
        raise UnusableFileError("this workbook is too large for a copy with notes. Delete the sheets not needed.")
    content, directory = bytearray(), bytearray()
    for file in files:
        entry = file.entry
        flags = entry.flag_bits & ~_DESCRIPTOR
        try:
            name = entry.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
        except UnicodeEncodeError:
            flags |= _UTF8
            name = entry.orig_filename.encode()
        year, month, day, hour, minute, second = entry.date_time
        when = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
        facts = (flags, file.method, *when, file.crc, len(file.packed), file.size, len(name))
        version = max(_VERSION, entry.extract_version)
        directory += _CENTRAL.pack(
            *(b"PK\1\2", entry.create_version, entry.create_system, version, 0),
            *(*facts, 0, 0, 0, entry.internal_attr, entry.external_attr, len(content)),
        )
        directory += name
        content += _LOCAL.pack(b"PK\3\4", version, *facts, 0) + name + file.packed
    end = _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(directory), len(content), 0)
    return bytes(content + directory + end)


_CONTENT_TYPES = "[Content_Types].xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

NewParts = tuple[tuple[str, str], ...]
"""Parts with their content types."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Links:
    """The relationships of one part, with new ones added; `save` puts them into the package."""

    def __init__(self, edited: EditedPackage, part: str) -> None:
        folder, name = posixpath.split(part)
        self._edited, self._folder = edited, folder
        self._part = posixpath.join(folder, "_rels", f"{name}.rels")
        data = edited.read(self._part) if edited.holds(self._part) else _EMPTY
        self._outline = outline(data, self._part)
        self._targets: dict[str, Relationship] = {}
        for item in self._outline.named("Relationship"):
            target = item.attrs.get("Target", "")
            if item.attrs.get("TargetMode", "").lower() != "external":
                target = resolve_target(folder, target)
            kind = item.attrs.get("Type", "").rpartition("/")[2]
            self._targets[item.attrs.get("Id", "")] = Relationship(kind, target)
        self._new = ""

    def target(self, id: str) -> str | None:
        """The part that a relationship points at."""
        link = self._targets.get(id)
        return link.target if link is not None else None

    def of_kind(self, kind: str) -> str | None:
        """The first part of a kind that is pointed at."""
        return next((link.target for link in self._targets.values() if link.kind == kind), None)

    def add(self, kind: str, target: str, *, strict: bool, id: str = "") -> str:
        """Points at a part; returns the relationship's id, a new one unless one is asked for."""
        link = id or self._free_id()
        self._targets[link] = Relationship(kind, target)
        address = posixpath.relpath(f"/{target}", f"/{self._folder}")
        office = _STRICT_OFFICE if strict else _OFFICE
        self._new += (
            f'<{self._outline.root.prefix}Relationship Id="{escaped(link)}" Type="{office}/{kind}" '
            f'Target="{escaped(address)}"/>'
        )
        return link

    def _free_id(self) -> str:
        taken = {name.lower() for name in self._targets}
        return next(f"rId{number}" for number in count(len(taken) + 1) if f"rid{number}" not in taken)

    def save(self) -> None:
        """Puts what was added into the package."""
        if self._new:
            edit = put_last(self._outline.root, self._new)
            self._edited.write(self._part, self._outline.with_edits([edit]))


def office_prefix(root: Element) -> tuple[str, str]:
    """How an element names a relationship: the prefix, and the declaration it needs where the root has none."""
    for name, value in root.attrs.items():
        if name.startswith("xmlns:") and value in (_OFFICE, _STRICT_OFFICE):
            return name.removeprefix("xmlns:"), ""
    return "r", f' xmlns:r="{_STRICT_OFFICE if is_strict(root) else _OFFICE}"'


def is_strict(root: Element) -> bool:
    """True if a part is written in the strict dialect, which has other addresses for the same things."""
    return main_address(root).startswith("http://purl.oclc.org/")


def main_address(root: Element) -> str:
    """The namespace that a part's root is in."""
    name = f"xmlns:{root.prefix[:-1]}" if root.prefix else "xmlns"
    return root.attrs.get(name, "http://schemas.openxmlformats.org/spreadsheetml/2006/main")


def declare_parts(edited: EditedPackage, parts: Iterable[tuple[str, str]]) -> None:
    """Says of what kind new parts are: (name, content type). All drawings of notes are declared together."""
    types = outline(edited.read(_CONTENT_TYPES), _CONTENT_TYPES)
    prefix = types.root.prefix
    known = {item.attrs.get("PartName", "").lower() for item in types.named("Override")}
    vml = any(item.attrs.get("Extension", "").lower() == "vml" for item in types.named("Default"))
    xml = ""
    for name, kind in parts:
        if name.lower().endswith(".vml") and not vml:
            vml = True
            xml += f'<{prefix}Default Extension="vml" ContentType="{VML_TYPE}"/>'
        elif not name.lower().endswith(".vml") and f"/{name}".lower() not in known:
            xml += f'<{prefix}Override PartName="/{escaped(name)}" ContentType="{kind}"/>'
    if xml:
        edited.write(_CONTENT_TYPES, types.with_edits([put_last(types.root, xml)]))
