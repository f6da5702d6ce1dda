"""YAML text to plain values, each with the line it came from.

Scalars follow YAML 1.2: only `true` and `false` are booleans, `010` is the number 10, `12:30` and `no`
are texts. A key that is twice in one mapping is refused, and so is anything but plain values.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from smsheets.errors import SpecError

Path = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class Source:
    """A parsed YAML file.

    Attributes:
        name: The file's name, as error texts give it.
        value: Its content as dicts, lists, texts, numbers, booleans and None.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self._lines: dict[Path, int] = {}
        self._open: set[int] = set()
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark is not None else 1
            what = getattr(error, "problem", None) or str(error).splitlines()[0]
            if what.startswith("but "):
                what = f"{getattr(error, 'context', '')} {what}"
            raise SpecError(f"{name}:{line}: not readable as YAML: {what}") from error
        self.value: Any = self._build(node, ()) if node is not None else None

    def line(self, path: Path) -> int:
        """The line (from 1) of the value at a path, or of the nearest part of it that exists."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def error(self, path: Path, message: str) -> SpecError:
        """The exception for something wrong at a path."""
        where = show_path(path)
        return SpecError(f"{self.name}:{self.line(path)}: {where + ': ' if where else ''}{message}")

    def _build(self, node: yaml.Node, path: Path) -> Any:
        self._lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._open:
            raise self.error(path, "this part holds itself; write it out")
        self._open.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            built: Any = [self._build(item, (*path, index)) for index, item in enumerate(node.value)]
        else:
            built = self._mapping(node, path)
        self._open.remove(id(node))
        return built

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            line = key_node.start_mark.line + 1
            if not isinstance(key, str):
                self._lines[path] = line
                raise self.error(path, "a key must be a word")
            if key in built:
                first = self.line((*path, key))
                raise SpecError(
                    f"{self.name}:{line}: {show_path((*path, key))}: this key stands here and in line {first};"
                    " keep one of them"
                )
            built[key] = self._build(value_node, (*path, key))
            self._lines[(*path, key)] = line
        return built


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    text: str = node.value
    if node.style in ('"', "'", "|", ">") or node.tag == "!":
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def show_path(path: Path) -> str:
    """`("sheets", 0, "name")` as `sheets[0].name`."""
    shown = ""
    for part in path:
        shown += f"[{part}]" if isinstance(part, int) else (f".{part}" if shown else part)
    return shown
