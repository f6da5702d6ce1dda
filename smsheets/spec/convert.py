"""Plain values to typed, frozen structs; what does not fit is told with file, line, path and a guess."""

from __future__ import annotations

import difflib
import re
from typing import TypeVar

import msgspec

from smsheets.spec.yaml_source import Path, Source

T = TypeVar("T")

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$?(?P<path>.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([A-Za-z_][\w-]*)|\[(\d+|\.\.\.)\]")
_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(.*)`")
_UNKNOWN_VALUE = re.compile(r"Invalid (?:enum )?value '?(.*?)'?$")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_KINDS = {"str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false",
          "array": "a list", "object": "a group of keys", "null": "nothing"}


def convert(source: Source, type_: type[T]) -> T:
    """The file's content as `type_`.

    Raises:
        SpecError: A key is unknown or missing, or a value has the wrong type or is out of range.
    """
    try:
        return msgspec.convert(source.value, type_)
    except msgspec.ValidationError as error:
        path, message = explain(str(error), source, type_)
        raise source.error(path, message) from error


def explain(text: str, source: Source, type_: object) -> tuple[Path, str]:
    """A msgspec message as (path into the file, message in our words)."""
    match = _AT.match(text)
    what, where = (match["what"], match["path"] or "") if match else (text, "")
    path: Path = tuple(int(n) if n.isdigit() else key for key, n in _STEP.findall(where) if key or n != "...")
    known = sorted(_words_of(type_))
    if unknown := _UNKNOWN_KEY.match(what):
        return (*path, unknown[1]), f"unknown key '{unknown[1]}'{did_you_mean(unknown[1], known)}"
    if missing := _MISSING.match(what):
        return path, f"the key '{missing[1]}' is missing"
    if value := _UNKNOWN_VALUE.match(what):
        name = path[-1] if path else "value"
        return path, f"unknown {name} '{value[1]}'{did_you_mean(value[1], known)}"
    for word, plain in _KINDS.items():
        what = re.sub(rf"`{word}( \| null)?`", plain, what)
    return path, what[0].lower() + what[1:]


def did_you_mean(word: str, known: list[str]) -> str:
    """`; did you mean 'x'?`, or nothing where no known word is close."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def _words_of(type_: object) -> set[str]:
    """All keys and closed words that a type and its parts know, as the JSON Schema lists them."""
    words: set[str] = set()

    def walk(part: object) -> None:
        if isinstance(part, dict):
            words.update(part.get("properties", {}))
            words.update(word for word in part.get("enum", []) if isinstance(word, str))
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(msgspec.json.schema(type_))
    return words
