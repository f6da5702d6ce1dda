"""Plain values to typed, frozen structs; what does not fit is named with file, line, path and a guess."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from smsheets.errors import did_you_mean
from smsheets.spec.yaml_source import Path, Source

T = TypeVar("T")

_AT = " - at `"
_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(\d+|\.\.\.)\]")
_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(.*)`")
_UNKNOWN_VALUE = re.compile(r"Invalid (?:enum )?value '?(.*?)'?$")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_WORDS = {
    "str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
    "object": "a group of keys", "null": "nothing",
}  # fmt: skip
_PATTERNS = {
    "^[a-z][a-z0-9_]*$": "in small letters, digits and _, with a letter in front",
    "^[a-z][a-z0-9-]*$": "in small letters, digits and -, with a letter in front",
    "^[A-Z]{0,3}$": "of at most three capital letters",
}
_ANY_KEY = "..."


def convert(source: Source, type_: type[T]) -> T:
    """The file's content as `type_`.

    Raises:
        SpecError: A key is unknown or missing, or a value has the wrong type or is out of range.
    """
    try:
        return msgspec.convert(source.value, type_)
    except msgspec.ValidationError as error:
        path, message = explain(str(error), source.value, type_)
        raise source.error(path, message) from error


def explain(text: str, content: object, type_: object) -> tuple[Path, str]:
    """A msgspec message about plain values as (path into them, message in our words)."""
    before, at, where = text.rpartition(_AT) if text.endswith("`") else ("", "", "")
    what = before if at else text
    path: Path = tuple(int(n) if n.isdigit() else key or n for key, n in _STEP.findall(where if at else ""))
    if unknown := _UNKNOWN_KEY.match(what):
        known = _Shape(content, type_).at(path).get("properties", {})
        return (*path, unknown[1]), f"unknown key '{unknown[1]}'{did_you_mean(unknown[1], known)}"
    if missing := _MISSING.match(what):
        return path, f"the key '{missing[1]}' is missing"
    if value := _UNKNOWN_VALUE.match(what):
        known = _Shape(content, type_).at(path).get("enum", ())
        name = "value" if path[-1:] == (_ANY_KEY,) or not path else path[-1]
        hint = did_you_mean(value[1], known) or (f"; use one of: {', '.join(known)}" if known else "")
        return _named(path, value[1], content), f"unknown {name} '{value[1]}'{hint}"
    return tuple(part for part in path if part != _ANY_KEY), _plain(what)


def _plain(what: str) -> str:
    """`Expected `str`, got `int`` as `expected a text, got a whole number`."""
    for pattern, meaning in _PATTERNS.items():
        what = what.replace(f"matching regex '{pattern}'", meaning)
    what = re.sub(r"of length >= (\d+)", r"with at least \1 in it", what)
    if re.fullmatch(r"Expected `str( \| null)?`, got `(int|float|bool)`", what):
        what += "; put it in quotes"
    what = re.sub(r"`([^`]*)`", lambda found: _in_words(found[1]), what)
    return what[0].lower() + what[1:]


def _in_words(types: str) -> str:
    """`int | null` as `a whole number`; a key that may be left out is not worth saying."""
    found = [_WORDS.get(name, name) for name in types.split(" | ") if name != "null" or types == "null"]
    return ", ".join(found[:-1]) + (" or " if len(found) > 1 else "") + found[-1]


def _named(path: Path, word: str, content: Any) -> Path:
    """The path with the key in place that msgspec leaves out (`looks[...]`): the first with that value."""
    if _ANY_KEY not in path:
        return path
    found = content
    for part in path[: path.index(_ANY_KEY)]:
        found = found[part]
    keys = [key for key, value in found.items() if value == word]
    return (*path[: path.index(_ANY_KEY)], *keys[:1])


class _Shape:
    """A type as its JSON Schema, looked at along a path of the value that should fit it."""

    def __init__(self, value: object, type_: object) -> None:
        self._schema = msgspec.json.schema(type_)
        self._value = value

    def at(self, path: Path) -> dict[str, Any]:
        """The schema of what is at a path: with `properties` for a group of keys, `enum` for closed words."""
        part, value = self._one(self._schema, self._value), self._value
        for step in path:
            value = value[step] if isinstance(value, dict) and step != _ANY_KEY else value
            if isinstance(step, int):
                value = value[step] if isinstance(value, list) else None
                inner = part.get("items", {})
            elif step == _ANY_KEY:
                inner = part.get("additionalProperties", {})
            else:
                inner = part.get("properties", {}).get(step, {})
            part = self._one(inner, value)
        return part

    def _one(self, part: Any, value: object) -> dict[str, Any]:
        """Follows references; of several shapes takes the one that the value's `type` names."""
        while "$ref" in part:
            part = self._schema["$defs"][part["$ref"].rpartition("/")[2]]
        if "anyOf" not in part:
            return dict(part)
        choices = [self._one(choice, value) for choice in part["anyOf"]]
        tags = [choice.get("properties", {}).get("type", {}).get("enum", []) for choice in choices]
        tag = value.get("type") if isinstance(value, dict) else None
        for choice, names in zip(choices, tags, strict=True):
            if tag in names:
                return choice
        named = {"properties": {"type": {"enum": [name for names in tags for name in names]}}}
        return named if any(tags) else next((choice for choice in choices if choice.get("type") != "null"), {})
