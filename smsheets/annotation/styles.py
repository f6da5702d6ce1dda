"""The few looks of the problem sheet, put behind those that the workbook has: no number of a look changes."""

from __future__ import annotations

from dataclasses import dataclass

from smsheets.annotation.splice import Edit, Element, Outline, outline, put_last
from smsheets.reader.file.package import UnusableFileError

_FONTS = (
    '<{p}font><{p}b/><{p}sz val="16"/><{p}color rgb="FF1F2933"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}sz val="10"/><{p}color rgb="FF5F6C7B"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}b/><{p}sz val="11"/><{p}color rgb="FFFFFFFF"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}sz val="11"/><{p}color rgb="FF1F2933"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF1F5F8B"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
)
_FILL = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF1F5F8B"/><{p}bgColor indexed="64"/>'
    "</{p}patternFill></{p}fill>"
)
_BORDER = (
    '<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom style="thin"><{p}color rgb="FFC9D3DC"/></{p}bottom>'
    "<{p}diagonal/></{p}border>"
)
_MIDDLE, _TOP = '<{p}alignment vertical="center"/>', '<{p}alignment vertical="top" wrapText="1"/>'
_LOOKS = (
    # font, filled, lined, alignment
    (0, False, False, _MIDDLE),
    (1, False, False, _MIDDLE),
    (2, True, False, _MIDDLE),
    (3, False, True, _TOP),
    (4, False, True, _TOP),
)


@dataclass(frozen=True, slots=True)
class Looks:
    """Numbers of cell formats."""

    title: int
    remark: int
    header: int
    text: int
    link: int


def add_looks(data: bytes, part: str) -> tuple[bytes, Looks | None]:
    """The styles part with our looks, and their numbers; None where the part cannot take them.

    Looks that an earlier copy left at the end are used again.
    """
    try:
        page = outline(data, part, depth=2)
    except UnusableFileError:
        return data, None
    lists = [
        next((item for item in page.elements if item.depth == 1 and item.name == name), None)
        for name in ("fonts", "fills", "borders", "cellXfs")
    ]
    fonts, fills, borders, formats = lists
    if fonts is None or fills is None or borders is None or formats is None:
        return data, None
    prefix = page.root.prefix
    edits: list[Edit] = []
    font = _add(page, fonts, [text.format(p=prefix) for text in _FONTS], edits)
    fill = _add(page, fills, [_FILL.format(p=prefix)], edits)
    border = _add(page, borders, [_BORDER.format(p=prefix)], edits)
    first = _add(page, formats, _formats(prefix, font, fill, border), edits)
    return page.with_edits(edits), Looks(*range(first, first + len(_LOOKS)))


def _formats(prefix: str, font: int, fill: int, border: int) -> list[str]:
    return [
        f'<{prefix}xf numFmtId="0" fontId="{font + number}" fillId="{fill if filled else 0}" '
        f'borderId="{border if lined else 0}" xfId="0" quotePrefix="1" applyFont="1" applyFill="1" applyBorder="1" '
        f'applyAlignment="1">{alignment.format(p=prefix)}</{prefix}xf>'
        for number, filled, lined, alignment in _LOOKS
    ]


def _add(page: Outline, parent: Element, items: list[str], edits: list[Edit]) -> int:
    """Puts items at the end of a list, and gives the number of the first."""
    count = len(page.children(parent))
    xml = "".join(items)
    if page.data[: parent.close].endswith(xml.encode()):
        return count - len(items)
    edits.append(put_last(parent, xml))
    if "count" in parent.attrs:
        edits.append(page.attribute(parent, "count", str(count + len(items))))
    return count
