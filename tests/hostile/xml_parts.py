"""XML that is hostile as XML: document types, endless tags and texts, nesting, odd characters."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from made_files import around, attack, in_part, on_template, parts_of, write
from make_xlsx import HEAD, MAIN, OFFICE, RELS

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
DOCUMENT_TYPES = {
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY l10 "{"a" * 200_000}">]>',
    "external": '<!DOCTYPE x [<!ENTITY l10 SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    "public": '<!DOCTYPE x PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd">',
}
READ_PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet11.xml",
    "docProps/custom.xml",
)
UNREAD_PARTS = ("xl/theme/theme1.xml", "xl/charts/chart1.xml", "docProps/core.xml", "docProps/app.xml")


def with_document_type(path: Path, part: str, kind: str, encoding: str) -> None:
    """A part that begins with a document type, and uses its entity as often as it can."""
    text = parts_of()[part].decode()
    _, _, rest = text.partition("?>")
    use = "&l10;" * 400 if kind != "public" else ""
    first, end, tail = rest.strip().partition(">")
    text = f'<?xml version="1.0" encoding="{encoding}"?>{DOCUMENT_TYPES[kind]}{first}{end}{use}{tail}'
    # The list of content types is asked only where a pointer is missing.
    links = {"_rels/.rels": HEAD + "<Relationships/>", "xl/workbook.xml": b""} if part.startswith("[") else {}
    parts = {name: data for name, data in parts_of().items() if name not in links}
    write(path, {**parts, part: text.encode(encoding)})


def _noise(size: int) -> Iterator[str]:
    """Text that hardly packs, in pieces."""
    source = random.Random(1)
    for _ in range(size >> 16):
        yield source.randbytes(1 << 15).hex()


@attack("this workbook is damaged: its part xl/worksheets/sheet2.xml has a tag that does not end")
def endless_comment(path: Path) -> None:
    pieces = itertools.chain(["<!--"], _noise(90 << 20), ["-->"])
    on_template(path, {"xl/worksheets/sheet2.xml": around("xl/worksheets/sheet2.xml", "<sheetData", pieces)})


@attack("this workbook is damaged: its part xl/worksheets/sheet2.xml has a tag that does not end")
def endless_attribute(path: Path) -> None:
    pieces = itertools.chain(['<x a="'], _noise(90 << 20), ['"/>'])
    on_template(path, {"xl/worksheets/sheet2.xml": around("xl/worksheets/sheet2.xml", "<sheetData", pieces)})


@attack("this workbook is damaged: its part xl/worksheets/sheet2.xml has a tag that does not end")
def million_attributes(path: Path) -> None:
    pieces = itertools.chain(["<x"], (f' a{n}="{n}"' for n in range(1_000_000)), ["/>"])
    on_template(path, {"xl/worksheets/sheet2.xml": around("xl/worksheets/sheet2.xml", "<sheetData", pieces)})


@attack()
def many_long_comments(path: Path) -> None:
    pieces = (piece for _ in range(90) for piece in ("<!--", *_noise(1_000_000), "-->"))
    on_template(path, {"xl/worksheets/sheet2.xml": around("xl/worksheets/sheet2.xml", "<sheetData", pieces)})


@attack()
def deep_nesting(path: Path) -> None:
    pieces = itertools.chain(("<x>" for _ in range(1_000_000)), ("</x>" for _ in range(1_000_000)))
    on_template(path, {"xl/worksheets/sheet2.xml": around("xl/worksheets/sheet2.xml", "<sheetData", pieces)})


@attack()
def deep_nesting_of_texts(path: Path) -> None:
    pieces = itertools.chain(("<si><r>" for _ in range(200_000)), ("</r></si>" for _ in range(200_000)))
    on_template(path, {"xl/sharedStrings.xml": around("xl/sharedStrings.xml", "</sst>", pieces)})


@attack()
def million_names_of_elements(path: Path) -> None:
    pieces = (f"<x{n:x}/>" for n in range(1_000_000))
    on_template(path, {"xl/worksheets/sheet2.xml": around("xl/worksheets/sheet2.xml", "<sheetData", pieces)})


@attack()
def million_namespaces(path: Path) -> None:
    pieces = (f'<n{n}:x xmlns:n{n}="urn:{n}"/>' for n in range(500_000))
    on_template(path, {"xl/worksheets/sheet2.xml": around("xl/worksheets/sheet2.xml", "<sheetData", pieces)})


@attack()
def control_characters(path: Path) -> None:
    """As the file format escapes them, halves of characters among them; bare ones are no XML."""
    evil = "_x001B_[2J_x001B_]0;owned_x0007__x009B_31m_xD800__x0000__x202E_"
    text = in_part("xl/sharedStrings.xml", "</sst>", "").replace("<t>", f"<t>{evil}")
    on_template(path, {"xl/sharedStrings.xml": text + "</sst>"})


@attack()
def bare_control_characters(path: Path) -> None:
    on_template(path, {"xl/sharedStrings.xml": in_part("xl/sharedStrings.xml", "<t>", "<t>\x1b[2J")})


@attack("this workbook is damaged: its part xl/sharedStrings.xml is not proper XML")
def half_characters(path: Path) -> None:
    on_template(path, {"xl/sharedStrings.xml": in_part("xl/sharedStrings.xml", "<t>", "<t>&#xD800;")})


@attack("this workbook is written in the unusual encoding")
def encoding_that_is_a_program(path: Path) -> None:
    name = "x" * 50_000
    on_template(path, {"xl/workbook.xml": f'<?xml version="1.0" encoding="{name}"?><workbook xmlns="{MAIN}"/>'})


@attack("this is an XML file, not a workbook.")
def comments_without_end(path: Path) -> None:
    path.write_bytes(b"<!---->" * 200 + b"<foo>")


@attack("this is an XML file, not a workbook.")
def comments_that_do_not_end(path: Path) -> None:
    path.write_bytes(b"<?xml?>" + b"<!-- - -- " * 3_000 + b"<foo>")


@attack()
def notes_that_begin_again_and_again(path: Path) -> None:
    """As those of an annotated copy begin, and none of them ends."""
    text = "smsheets: " * 9_900
    notes = (f'<comment ref="A{row}" authorId="0"><text><t>{text}</t></text></comment>' for row in range(6, 206))
    part = f'{HEAD}<comments xmlns="{MAIN}"><authors><author>x</author></authors><commentList>'
    link = f'<Relationship Id="notes" Type="{OFFICE}/comments" Target="../comments9.xml"/>'
    on_template(
        path,
        {
            "xl/comments9.xml": itertools.chain([part], notes, ["</commentList></comments>"]),
            "xl/worksheets/_rels/sheet2.xml.rels": f'{HEAD}<Relationships xmlns="{RELS}">{link}</Relationships>',
        },
    )
