"""YAML without its traps: what people write is what the spec holds, and each value knows its line."""

from __future__ import annotations

import pytest

from smsheets.errors import SpecError
from smsheets.spec.yaml_source import Source, show_path


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("NO", "NO"),
        ("y", "y"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("12:30", "12:30"),
        ("1:30:00", "1:30:00"),
        ("010", 10),
        ("0o10", "0o10"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-3", -3),
        ("+49 30 1234", "+49 30 1234"),
        ("2027-01-01", "2027-01-01"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("null", None),
        ("~", None),
        ("", None),
        ("Null", "Null"),
        ("'010'", "010"),
        ('"true"', "true"),
        ("=", "="),
        ("1.200,50", "1.200,50"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_a_plain_value_is_what_it_looks_like(written: str, value: object) -> None:
    found = Source(f"key: {written}\n", "my.yaml").value
    assert found == {"key": value}
    assert type(found["key"]) is type(value)


def test_block_texts_are_texts() -> None:
    assert Source("a: |\n  12\nb: >-\n  one\n  two\n", "my.yaml").value == {"a": "12\n", "b": "one two"}


def test_a_part_written_once_may_be_used_twice() -> None:
    assert Source("a: &x [1, 2]\nb: *x\n", "my.yaml").value == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: 1\nb: 2\na: 3\n", "my.yaml:3: a: this key stands here and in line 1; keep one of them"),
        (
            "list:\n  - x: 1\n    y: 2\n    x: 3\n",
            "my.yaml:4: list[0].x: this key stands here and in line 2; keep one of them",
        ),
        ("a: {b: 1,\n  b: 2}\n", "my.yaml:2: a.b: this key stands here and in line 1; keep one of them"),
        ("? [a]\n: b\n", "my.yaml:1: a key must be a word"),
        ("x:\n  ? {a: 1}\n  : b\n", "my.yaml:2: x: a key must be a word"),
        ("a: &x\n  b: *x\n", "my.yaml:1: a.b: this part holds itself; write it out"),
        ("a: *x\n", "my.yaml:1: not readable as YAML: found undefined alias"),
        ("a: [1\nb: 2\n", "my.yaml:2: not readable as YAML: did not find expected ',' or ']'"),
        ("a: 1\n  b: 2\n", "my.yaml:2: not readable as YAML: mapping values are not allowed in this context"),
        ("a: 'x\n", "my.yaml:2: not readable as YAML: found unexpected end of stream"),
        ("a:\tb\n\tc: 1\n", "my.yaml:2: not readable as YAML: found a tab character that violates indentation"),
        (
            "a: 1\n---\nb: 2\n",
            "my.yaml:2: not readable as YAML: expected a single document in the stream but found another document",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, error: str) -> None:
    with pytest.raises(SpecError) as caught:
        Source(text, "my.yaml")
    assert str(caught.value) == error


def test_every_value_knows_its_line() -> None:
    source = Source("# a remark\na: 1\nb:\n  - c: 2\n\n    d: >-\n      long\n      text\n  - e\n", "my.yaml")
    assert source.line(("a",)) == 2
    assert source.line(("b",)) == 3
    assert source.line(("b", 0)) == 4
    assert source.line(("b", 0, "d")) == 6
    assert source.line(("b", 1)) == 9


def test_the_line_of_what_is_missing_is_that_of_what_holds_it() -> None:
    source = Source("a: 1\nb:\n  c: 2\n", "my.yaml")
    assert source.line(("b", "missing", 3, "x")) == 2
    assert source.line(("missing",)) == 1


def test_an_empty_file_holds_nothing() -> None:
    assert Source("", "my.yaml").value is None
    assert Source("# only a remark\n", "my.yaml").value is None


def test_paths_are_shown_as_people_write_them() -> None:
    assert show_path(("sheets", 0, "columns", 12, "type")) == "sheets[0].columns[12].type"
    assert show_path(()) == ""
