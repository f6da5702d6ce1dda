"""The specs that come along: every one passes the checks that a user's own has to pass."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest

from smsheets.errors import OptionError, SpecError
from smsheets.kinds import KINDS
from smsheets.spec.catalogue import catalogue, languages, load_part
from smsheets.spec.load import (
    fields_of,
    load_common,
    load_data,
    load_spec,
    load_thresholds,
    read_spec,
    spec_schema,
    specs_folder,
)
from smsheets.spec.model import Column, Field, Form, Table, Workbook
from smsheets.spec.vocabulary import FieldType, RowSource
from smsheets.spec.yaml_source import Source


@pytest.mark.parametrize("kind", KINDS)
def test_the_spec_passes_every_check(kind: str) -> None:
    path = specs_folder() / f"{kind}.yaml"
    workbook = read_spec(path, name=f"workbook_specs/{kind}.yaml")
    assert workbook.kind == kind
    assert workbook == load_spec(kind)
    (shared,), (form,) = load_common().start.blocks, workbook.sheets[0].blocks
    assert isinstance(shared, Form)
    assert isinstance(form, Form)
    assert form.fields == (*shared.fields, *workbook.start_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_the_spec_is_its_own_kin(kind: str) -> None:
    assert read_spec(specs_folder() / f"{kind}.yaml").kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_it_is_for_and_how_to_fill_it_in(kind: str) -> None:
    workbook = load_spec(kind)
    assert workbook.purpose
    assert len(workbook.steps) == 5


@pytest.mark.parametrize("kind", KINDS)
def test_every_input_says_what_to_type(kind: str) -> None:
    assert [field.id for field in fields_of(load_spec(kind)) if field.formula is None and not field.hint] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_json_schema_fits_the_shipped_spec(kind: str) -> None:
    schema = json.loads(spec_schema())
    value = Source((specs_folder() / f"{kind}.yaml").read_text(encoding="utf-8"), kind).value
    assert list(misfits(value, schema, schema, kind)) == []


def test_the_json_schema_refuses_what_the_program_refuses() -> None:
    schema = json.loads(spec_schema())
    value = Source((specs_folder() / "budget.yaml").read_text(encoding="utf-8"), "budget").value
    value["sheets"][0]["blocks"][0]["columns"][0]["typ"] = "id"
    value["sheets"][0]["blocks"][0]["columns"][1]["type"] = "curency"
    del value["version"]
    found = list(misfits(value, schema, schema, "budget"))
    assert found == [
        "budget: version is missing",
        "budget.sheets[0].blocks[0].columns[0]: typ is unknown",
        "budget.sheets[0].blocks[0].columns[1].type: curency is none of the words",
    ]


def misfits(value: object, shape: Any, schema: Any, path: str) -> Any:
    """What of a value does not fit a JSON Schema, for the few words of it that our schema uses."""
    while "$ref" in shape:
        shape = schema["$defs"][shape["$ref"].removeprefix("#/$defs/")]
    unknown = set(shape) - {
        "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "title", "description",
        "default", "minItems", "pattern", "minimum", "maximum", "exclusiveMinimum", "discriminator",
    }  # fmt: skip
    assert not unknown, unknown
    if "anyOf" in shape:
        tries = [list(misfits(value, choice, schema, path)) for choice in shape["anyOf"]]
        yield from min(tries, key=len)
        return
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
    if "type" in shape:
        fits = value is None if shape["type"] == "null" else isinstance(value, types[shape["type"]])
        if not fits:
            yield f"{path}: is no {shape['type']}"
            return
    if "enum" in shape and value not in shape["enum"]:
        yield f"{path}: {value} is none of the words"
    if isinstance(value, str) and not re.search(shape.get("pattern", ""), value):
        yield f"{path}: does not match"
    if isinstance(value, list):
        if len(value) < shape.get("minItems", 0):
            yield f"{path}: holds too little"
        for number, item in enumerate(value):
            yield from misfits(item, shape.get("items", {}), schema, f"{path}[{number}]")
    if isinstance(value, dict):
        known = shape.get("properties", {})
        yield from (f"{path}: {key} is missing" for key in shape.get("required", []) if key not in value)
        for key, item in value.items():
            rest = shape.get("additionalProperties", True)
            if key in known:
                yield from misfits(item, known[key], schema, f"{path}.{key}")
            elif rest is False:
                yield f"{path}: {key} is unknown"
            elif isinstance(rest, dict):
                yield from misfits(item, rest, schema, f"{path}.{key}")


def test_the_schema_names_every_key_and_word_of_the_model() -> None:
    definitions = json.loads(spec_schema())["$defs"]
    assert set(definitions["Column"]["properties"]) == set(Column.__struct_fields__)
    assert set(definitions["Field"]["properties"]) == set(Field.__struct_fields__)
    assert definitions["FieldType"]["enum"] == sorted(item.value for item in FieldType)
    assert set(definitions["Table"]["properties"]) == {*Table.__struct_fields__, "type"}
    assert definitions["Table"]["additionalProperties"] is False


def test_a_spec_survives_being_carried_as_json() -> None:
    for kind in KINDS:
        workbook = load_spec(kind)
        assert msgspec.json.decode(msgspec.json.encode(workbook), type=Workbook) == workbook


def test_every_source_of_rows_is_known_to_the_layout() -> None:
    from smsheets.layout.prefill import SOURCES

    assert set(SOURCES) == set(RowSource)


@pytest.mark.parametrize("kind", KINDS)
def test_every_threshold_has_a_meaning_and_a_source(kind: str) -> None:
    for name, threshold in load_thresholds(kind).items():
        assert name.startswith(f"{kind}.")
        assert threshold.meaning
        assert threshold.source


def test_thresholds_of_all_kinds_are_those_of_each() -> None:
    each = [name for kind in KINDS for name in load_thresholds(kind)]
    assert sorted(load_thresholds()) == sorted(each)
    assert len(set(each)) == len(each)


def test_every_threshold_that_a_field_names_is_there() -> None:
    for kind in KINDS:
        named = {field.threshold for field in fields_of(load_spec(kind)) if field.threshold is not None}
        assert named <= set(load_thresholds(kind))


def test_languages() -> None:
    assert languages()[0] == "en"
    assert "de" in languages()
    assert catalogue("en", "budget").text("Left") == "Left"
    assert catalogue("de", "common", "budget").text("As-of date") != "As-of date"
    assert catalogue("de", "budget").text("A text that nobody translated") == "A text that nobody translated"
    assert load_part("de", "a-template-of-ones-own") == {}
    with pytest.raises(OptionError) as caught:
        catalogue("xx", "budget")
    assert str(caught.value) == f"There is no language 'xx'. Use one of: {', '.join(languages())}."


def test_a_data_file_that_is_not_there() -> None:
    with pytest.raises(SpecError, match=r"nothing\.yaml: cannot be read: No such file or directory"):
        load_data("nothing.yaml", list[str])


def test_forms_and_tables_are_found() -> None:
    blocks = [block for sheet in load_spec("budget").sheets for block in sheet.blocks]
    count = sum(len(b.fields) for b in blocks if isinstance(b, Form)) + sum(
        len(b.columns) for b in blocks if isinstance(b, Table)
    )
    assert len(list(fields_of(load_spec("budget")))) == count
