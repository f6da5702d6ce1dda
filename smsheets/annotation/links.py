"""What a part points at, and what kind each part is: the two lists that a new part must stand in."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from smsheets.annotation.archive import EditedPackage
from smsheets.annotation.splice import Edit, Element, escaped, outline, put_last
from smsheets.reader.file.package import Relationship, resolve_target

CONTENT_TYPES = "[Content_Types].xml"
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
        self._edited = edited
        self._folder = folder
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
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        return f"rId{number}"

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
    """Whether a part is written in the strict dialect, which has other addresses for the same things."""
    return main_address(root).startswith("http://purl.oclc.org/")


def main_address(root: Element) -> str:
    """The namespace that a part's root is in."""
    name = f"xmlns:{root.prefix[:-1]}" if root.prefix else "xmlns"
    return root.attrs.get(name, "http://schemas.openxmlformats.org/spreadsheetml/2006/main")


def declare_parts(edited: EditedPackage, parts: Iterable[tuple[str, str]]) -> None:
    """Says of what kind new parts are: (name, content type). All drawings of notes are declared together."""
    types = outline(edited.read(CONTENT_TYPES), CONTENT_TYPES)
    prefix = types.root.prefix
    known = {item.attrs.get("PartName", "").lower() for item in types.named("Override")}
    vml = any(item.attrs.get("Extension", "").lower() == "vml" for item in types.named("Default"))
    edits: list[Edit] = []
    xml = ""
    for name, kind in parts:
        if name.lower().endswith(".vml") and not vml:
            vml = True
            xml += f'<{prefix}Default Extension="vml" ContentType="{VML_TYPE}"/>'
        elif not name.lower().endswith(".vml") and f"/{name}".lower() not in known:
            xml += f'<{prefix}Override PartName="/{escaped(name)}" ContentType="{kind}"/>'
    if xml:
        edits.append(put_last(types.root, xml))
        edited.write(CONTENT_TYPES, types.with_edits(edits))
