"""YAML without its traps: what people write is what the spec holds, and each value knows its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from smsheets.errors import SpecError
from smsheets.spec.yaml_source import Source, read_text, show_path


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


TOO_DEEP = "lists and groups are nested more than 40 deep"
TOO_MANY = "there are more than 100,000 values, those that aliases repeat counted"
TOO_LARGE = "this number is too large; put it in quotes if it is a text"
DEEP = {
    "lists": "[" * 3_000 + "]" * 3_000,
    "lists without end": "[" * 100_000,
    "groups": "{a: " * 3_000 + "1" + "}" * 3_000,
    "blocks": "\n".join(" " * depth + "a:" for depth in range(1_000)),
    "dashes": "- " * 1_000 + "x",
    "keys": "? " * 1_000 + "x",
    "aliases": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 2_000)),
}
BOMBS = {
    "lists": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)),
    "groups": "a0: &a0 {x: 1, y: 2}\n" + "".join(f"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}}}\n" for n in range(1, 30)),
    "one long list": f"a: &a [{'x, ' * 5_000}]\nb: [{'*a, ' * 5_000}]\n",
    "no aliases": "[" + "x, " * 100_001 + "]",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_is_nested_too_deep_is_refused_before_it_is_built(text: str) -> None:
    with pytest.raises(SpecError, match=rf"^my\.yaml:\d+: {TOO_DEEP}$"):
        Source(text, "my.yaml")


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_what_grows_by_its_aliases_is_refused(text: str) -> None:
    with pytest.raises(SpecError, match=rf"^my\.yaml:\d+: {TOO_MANY}$"):
        Source(text, "my.yaml")


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 5_000, "9" * 19, "1e999", "-1e999", "9" * 400 + ".5"])
def test_a_number_that_nothing_can_hold_is_refused(number: str) -> None:
    with pytest.raises(SpecError, match=rf"^my\.yaml:2: b: {TOO_LARGE}$"):
        Source(f"a: 1\nb: {number}\n", "my.yaml")
    assert Source(f"b: '{number}'", "my.yaml").value == {"b": number}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_is_read_with_and_without_a_mark(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text("a: Töpferei\n", encoding=encoding)
    assert Source(read_text(tmp_path / "my.yaml", SpecError), "my.yaml").value == {"a": "Töpferei"}


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_refused(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "my.yaml").write_text("a: Töpferei\n", encoding=encoding)
    with pytest.raises(SpecError, match=r"my\.yaml: is not saved as UTF-8\. Save it again in a text editor"):
        read_text(tmp_path / "my.yaml", SpecError)
