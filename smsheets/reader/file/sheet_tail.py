"""What stands behind the cells of a worksheet part: merged ranges and data validations.

It can be longer than the cells, and it may be broken without harm: what cannot be read here is left out with a remark.
"""

from __future__ import annotations

from xml.parsers.expat import XMLParserType

from smsheets.cells import Area, parse_area
from smsheets.reader.file.package import LocalNames
from smsheets.reader.file.source_cells import Validation

BROKEN_MERGE = "A merged range of a sheet is damaged. It is left out."
MANY_MERGES = "A sheet has more than 100,000 merged ranges. The rest of them is left out."
MANY_VALIDATIONS = "A sheet has more than 20,000 validation rules. The rest of them is left out."

_MOST_MERGES = 100_000
_MOST_VALIDATIONS = 20_000
_LONGEST = 10_000
"""Characters of a validation's formula or ranges that are kept; real ones have a few dozen."""


class SheetTail:
    """Fed by expat once the cells are over; an element's text is listened to only where it matters."""

    def __init__(self, local: LocalNames, parser: XMLParserType) -> None:
        self.merges: list[Area] = []
        self.validations: list[Validation] = []
        self.remarks: dict[str, None] = {}
        self._local = local
        self._parser = parser
        self._pieces: list[str] = []
        self._kind = self._ranges = ""
        self._formulas: list[str] = []

    def listen(self) -> None:
        """From here on the parser tells this, and nobody else, what it meets."""
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = None

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        tag = self._local[tag]
        if tag == "mergeCell":
            self.add_merge(attrs.get("ref", ""))
        elif tag == "dataValidation":
            self._kind, self._ranges = attrs.get("type", "none"), attrs.get("sqref", "")
            self._formulas = ["", ""]
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._pieces.append
        elif tag in ("formula1", "formula2", "sqref", "f"):
            self._pieces.clear()

    def _end(self, tag: str) -> None:
        """Inside of one validation. Those Excel 2010 added have their ranges and formulas in elements of their own."""
        tag = self._local[tag]
        if tag == "formula1" or tag == "formula2":
            self._formulas[tag == "formula2"] = "".join(self._pieces)[:_LONGEST]
        elif tag == "sqref":
            self._ranges = "".join(self._pieces)
        elif tag == "dataValidation":
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = None
            self._pieces.clear()
            self._add_validation()

    def add_merge(self, ref: str) -> None:
        """Some programs write merged ranges before the cells."""
        area = parse_area(ref)
        if area is None:
            self.remarks[BROKEN_MERGE] = None
        elif len(self.merges) < _MOST_MERGES:
            self.merges.append(area)
        else:
            self.remarks[MANY_MERGES] = None

    def _add_validation(self) -> None:
        if self._kind == "none":
            return  # an input message without a rule
        if len(self.validations) < _MOST_VALIDATIONS:
            self.validations.append(Validation(self._kind, self._ranges[:_LONGEST], *self._formulas))
        else:
            self.remarks[MANY_VALIDATIONS] = None
