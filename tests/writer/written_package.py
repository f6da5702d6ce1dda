"""The templates as files: their XML parts, taken apart once for all tests of the writer."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from made import made

from smsheets.kinds import KINDS
from smsheets.layout.content import load_sample, sample_profile
from smsheets.layout.placed import Layout
from smsheets.profile import Profile
from smsheets.profile_file import make_profile
from smsheets.spec.load import load_spec
from smsheets.writer.workbook import NewWorkbook

LANGUAGES = ("en", "de")
TEMPLATES = [(kind, language) for language in LANGUAGES for kind in KINDS]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TEXT = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Package:
    """A workbook's parts."""

    name: str
    data: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Part name -> its bytes."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cache  # noqa: B019 - packages live as long as the tests
    def xml(self, part: str) -> Element:
        """A part's root, without namespaces in the names of the main one."""
        root = ElementTree.fromstring(self.parts[part])
        for element in root.iter():
            element.tag = element.tag.removeprefix(_MAIN)
        return root

    @cached_property
    def sheets(self) -> dict[str, Element]:
        """Sheet name -> its part, in the order of the tabs."""
        links = {item.get("Id"): item.get("Target") for item in self.xml("xl/_rels/workbook.xml.rels")}
        return {
            str(sheet.get("name")): self.xml(f"xl/{links[sheet.get(_LINK)]}")
            for sheet in self.xml("xl/workbook.xml").iter("sheet")
        }

    def cells(self) -> list[tuple[str, Element]]:
        """Every cell with its sheet's name."""
        found = [(name, cell) for name, sheet in self.sheets.items() for cell in sheet.iter("c")]
        assert len(found) > 1_000, "the parts were not understood"
        return found

    def formulas(self) -> Iterator[tuple[str, str]]:
        """Every formula of cells, conditional formats and validations, without `=`, with where it stands."""
        for name, cell in self.cells():
            formula = cell.find("f")
            if formula is not None:
                yield f"{name}!{cell.get('r')}", formula.text or ""
        for name, sheet in self.sheets.items():
            for tag in ("formula", "formula1", "formula2"):
                for formula in sheet.iter(tag):
                    yield f"{name}, {tag}", formula.text or ""

    def defined_names(self) -> dict[str, str]:
        """Name -> what it stands for; names of one sheet only with its number behind."""
        return {
            item.get("name", "") + (f"@{item.get('localSheetId')}" if item.get("localSheetId") else ""): item.text or ""
            for item in self.xml("xl/workbook.xml").iter("definedName")
        }


def profile_of(language: str) -> Profile:
    """The sample business in a language."""
    money = {"en": ("USD", "US"), "de": ("EUR", "DE")}[language]
    values = {**sample_profile(language), "language": language, "currency": money[0], "country": money[1]}
    return make_profile(values)


@cache
def blank(kind: str, language: str) -> Package:
    """A template to be filled in."""
    return Package(f"{kind} {language} blank", made(kind, profile_of(language)))


@cache
def sample(kind: str, language: str) -> Package:
    """The sample business's workbook."""
    return Package(f"{kind} {language} sample", made(kind, profile_of(language), sample=True))


def both(kind: str, language: str) -> tuple[Package, Package]:
    """The template, blank and filled with the sample."""
    return blank(kind, language), sample(kind, language)


@cache
def layout_of(kind: str, language: str, *, sample: bool = False) -> Layout:
    """Where everything sits in the blank template, or in the sample, whose tables begin with other rows."""
    content = load_sample(kind, language) if sample else None
    return NewWorkbook(spec=load_spec(kind), profile=profile_of(language), sample=content).layout


def without_texts(formula: str) -> str:
    """A formula without what stands in double quotes."""
    return _TEXT.sub('""', formula)
