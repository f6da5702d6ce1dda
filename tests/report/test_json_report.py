"""The analysis as JSON: its own schema describes it, amounts are exact, and nothing of it is lost."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sample_analysis import sample_analysis

from smsheets import Analysis
from smsheets.analysis.result import SCHEMA
from smsheets.cells import CellRef
from smsheets.problems import make_problem
from smsheets.report.json_view import analysis_schema, render_json
from smsheets.report.wording import Words

SCHEMA_JSON: dict[str, Any] = json.loads(analysis_schema())


def rendered(language: str = "en") -> Any:
    return json.loads(render_json(sample_analysis(language), Words(language)))


def misfits(value: object, shape: dict[str, Any], path: str = "$") -> list[str]:
    """Where a value does not fit our own schema: a wrong type, a missing or an unknown key."""
    while "$ref" in shape:
        shape = SCHEMA_JSON["$defs"][shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        return min((misfits(value, choice, path) for choice in shape["anyOf"]), key=len)
    types: dict[str, Any] = {
        "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
        "null": type(None),
    }  # fmt: skip
    if "type" in shape and not isinstance(value, types[shape["type"]]):
        return [f"{path} is no {shape['type']}"]
    if "enum" in shape and value not in shape["enum"]:
        return [f"{path} is none of {shape['enum']}"]
    found: list[str] = []
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += misfits(item, shape.get("items") or {}, f"{path}[{number}]")
    if isinstance(value, dict):
        known, rest = shape.get("properties", {}), shape.get("additionalProperties", True)
        found += [f"{path}.{key} is missing" for key in shape.get("required", []) if key not in value]
        for key, item in value.items():
            if key not in known and not isinstance(rest, dict) and known:
                found.append(f"{path}.{key} is unknown")
            inner = known.get(key, rest if isinstance(rest, dict) else {})
            found += misfits(item, inner, f"{path}.{key}")
    return found


@pytest.mark.parametrize("language", ["en", "de"])
def test_it_fits_its_own_schema(language: str) -> None:
    assert misfits(rendered(language), SCHEMA_JSON) == []


def test_it_says_which_schema_it_has() -> None:
    assert rendered()["schema"] == SCHEMA == "smsheets.analysis/1"
    assert SCHEMA_JSON["$ref"].endswith("/AnalysisView")


def test_its_keys_are_stable() -> None:
    view = rendered()
    assert list(view) == ["schema", "as_of", "files", "businesses", "problems"]
    assert list(view["files"][0]) == [
        "file", "kind", "business", "language", "currency", "records", "missing", "notes", "own_columns", "own_sheets",
    ]  # fmt: skip
    assert list(view["businesses"][0]) == [
        "business", "currency", "headline", "plans", "variance", "forecast", "findings", "lacking", "not_checked",
        "silenced",
    ]  # fmt: skip
    assert list(view["businesses"][0]["findings"][0]) == [
        "id", "about", "level", "class", "area", "minutes", "message", "todo", "source", "evidence", "effect", "hours",
        "transfers", "also",
    ]  # fmt: skip
    assert set(view["businesses"][0]["plans"]) == {"strategy", "roadmap", "budget", "calendar", "kpi_report"}


def test_amounts_and_dates_are_exact_texts() -> None:
    line = rendered()["businesses"][0]["plans"]["budget"]["lines"][0]
    planned = [amount for amount in line["planned"] if amount is not None]
    assert planned
    assert all(isinstance(amount, str) and Decimal(amount) >= 0 for amount in planned)
    assert date.fromisoformat(rendered()["as_of"])


def test_a_record_knows_its_row() -> None:
    view = rendered()["businesses"][0]["plans"]
    assert set(view["calendar"]["posts"][0]["where"]) == {"sheet", "row"}
    rows = [post["where"]["row"] for post in view["calendar"]["posts"]]
    assert rows == sorted(set(rows))


def test_findings_name_their_cells_and_are_in_words() -> None:
    for finding in rendered("de")["businesses"][0]["findings"]:
        assert "{" not in finding["message"] + finding["todo"]
        assert finding["level"] in ("error", "warning", "note")
        for cell in finding["evidence"]:
            assert set(cell) == {"file", "sheet", "cell"}


def test_the_plans_are_the_same_in_every_language() -> None:
    """But for free text and places: ids, list values, amounts and dates."""

    def figures(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: figures(value) for key, value in part.items() if key not in ("where", "language")}
        if isinstance(part, list):
            return [figures(item) for item in part]
        if isinstance(part, str) and not part.replace(".", "").replace("-", "").isdigit():
            return "text"
        return part

    english, german = rendered("en")["businesses"][0], rendered("de")["businesses"][0]
    assert figures(english["plans"]) == figures(german["plans"])
    assert [finding["id"] for finding in english["findings"]] == [finding["id"] for finding in german["findings"]]


def test_problems_are_there_with_code_and_place() -> None:
    cell = CellRef("plan/budget.xlsx", "Budget", 14, 8)
    problem = make_problem("cell.not-a-number", cell, column="Actual, March", found="text '12 k'", read="12000")
    analysis = Analysis(as_of=date(2027, 3, 1), files=(), businesses=(), problems=(problem,))
    assert json.loads(render_json(analysis, Words("en")))["problems"] == [
        {
            "code": "cell.not-a-number", "hint": False,
            "file": "plan/budget.xlsx", "sheet": "Budget", "cell": "H14", "until": "",
            "message": "'Actual, March' must be a number, found text '12 k'.",
            "todo": "Write 12000, or leave it empty.",
        }
    ]  # fmt: skip
