"""The tables of the README that come from the code: `python tests/refresh.py readme` puts them in place."""

from __future__ import annotations

import re
from pathlib import Path

from smsheets.kinds import KINDS
from smsheets.problems import PROBLEM_TEXTS
from smsheets.spec.load import load_spec, load_thresholds
from smsheets.spec.model import Table
from smsheets.spec.reference import load_finding_texts

README = Path(__file__).parents[1] / "README.md"


def readme_tables() -> dict[str, str]:
    """Name of a marked place in the README -> the Markdown that stands there."""
    return {
        "sheets": _sheets(),
        "problems": _problems(),
        "findings": _findings(),
        "thresholds": _thresholds(),
    }


def put_in_place(text: str, tables: dict[str, str]) -> str:
    """The README's text with every marked place filled."""
    for name, table in tables.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert pattern.search(text), f"the README has no place for {name}"
        text = pattern.sub(lambda match, body=table: f"{match[1]}{body}{match[2]}", text)
    return text


def _sheets() -> str:
    rows = ["| workbook | sheets | tables that are read |", "| --- | --- | --- |"]
    for kind in KINDS:
        spec = load_spec(kind)
        sheets = ", ".join(sheet.name for sheet in spec.sheets)
        tables = [
            f"`{block.id}`"
            for sheet in spec.sheets
            for block in sheet.blocks
            if isinstance(block, Table) and not block.computed
        ]
        rows.append(f"| `{kind}` | {sheets} | {', '.join(tables)} |")
    return "\n".join(rows) + "\n"


def _problems() -> str:
    rows = ["| code | says | do |", "| --- | --- | --- |"]
    for code, words in PROBLEM_TEXTS.items():
        rows.append(f"| `{code}` | {_cell(words.says)} | {_cell(words.todo)} |")
    return "\n".join(rows) + "\n"


def _findings() -> str:
    rows = ["| finding | level | needs | says | from |", "| --- | --- | --- | --- | --- |"]
    for rule_id, rule in load_finding_texts().items():
        needs = ", ".join(rule.needs)
        rows.append(f"| `{rule_id}` | {rule.level.value} | {needs} | {_cell(rule.says)} | {_cell(rule.source)} |")
    return "\n".join(rows) + "\n"


def _thresholds() -> str:
    rows = ["| threshold | value | meaning | from |", "| --- | --- | --- | --- |"]
    for item in load_thresholds().values():
        source = f"{item.source} ({item.date})" if item.date else item.source
        rows.append(f"| `{item.id}` | {item.value:g} {item.unit} | {_cell(item.meaning)} | {_cell(source)} |")
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
