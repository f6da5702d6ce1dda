"""A formula as the file format wants it: functions that are younger than the format carry a prefix in the file."""

from __future__ import annotations

import re

YOUNG_FUNCTIONS = ("IFNA", "ISOWEEKNUM")
"""Those of the portable functions that came with Excel 2013. Without the prefix, programs show `#NAME?`."""

_PREFIX = "_xlfn."
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b\x0c\x0e-\x1f]")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_YOUNG = re.compile(rf"(?<![\w.])({'|'.join(YOUNG_FUNCTIONS)})\(")


def file_formula(formula: str) -> str:
    """The formula with the prefix where it is needed; what stands in quotes is left alone."""
    if not any(f"{name}(" in formula for name in YOUNG_FUNCTIONS):
        return formula
    pieces = _QUOTED.split(formula)
    pieces[::2] = [_YOUNG.sub(rf"{_PREFIX}\1(", piece) for piece in pieces[::2]]
    return "".join(pieces)


def escaped_text(text: str) -> str:
    """A formula's text as the file holds it. XlsxWriter escapes the texts of cells so, but not what formulas show."""
    return _ESCAPED.sub(lambda found: "_x005F_" if found[0] == "_" else f"_x{ord(found[0]):04X}_", text)
