"""Texts that people wrote as files, and YAML to plain values, each with the line it came from.

Scalars follow YAML 1.2: only `true` and `false` are booleans, `010` is the number 10, `12:30` and `no`
are texts. A key that is twice in one mapping is refused, and so is anything but plain values.
"""

from __future__ import annotations

import codecs
import math
import re
from typing import TYPE_CHECKING, Any

import yaml

from smsheets.errors import SmsheetsError, SpecError
from smsheets.files import is_endless

if TYPE_CHECKING:
    import pathlib

Path = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

_MOST_BYTES = 1024 * 1024
"""Of a file that a person writes: fourteen times the longest of ours."""
_DEEPEST = 40
"""Groups and lists inside each other: four times as deep as our own go. Each takes some of the stack."""
_MOST_VALUES = 100_000
"""With those that aliases repeat: twenty times as many as the longest of ours has."""
_MOST_DIGITS = 18
"""Of a whole number: more than 64 bits hold."""


def read_text(path: pathlib.Path, refuse: type[SmsheetsError]) -> str:
    """The text of a file that a person wrote, in UTF-8 with or without a mark at its start.

    Args:
        refuse: What is raised where it cannot be read; the text names the file and says what to do.
    """
    if is_endless(path):
        raise refuse(f"{path}: is a device or a pipe, not a file")
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not possible"
        raise refuse(f"{path}: cannot be read: {reason}") from error
    if len(data) > _MOST_BYTES:
        raise refuse(f"{path}: is larger than {_MOST_BYTES // 1024:,} KB; no such file is. Is it the right one?")
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise UnicodeError
        return data.decode("utf-8-sig")
    except UnicodeError:
        raise refuse(
            f"{path}: is not saved as UTF-8. Save it again in a text editor with the encoding UTF-8"
            " (in Notepad: File, Save as, Encoding)."
        ) from None


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
        self._count = 0
        try:
            self._check_depth(text)
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

    def _check_depth(self, text: str) -> None:
        """Refuses what is nested too deep, before nodes are made of it: that takes stack for each level."""
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    raise SpecError(f"{self.name}:{_line(event)}: {_TOO_DEEP}")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _build(self, node: yaml.Node, path: Path) -> Any:
        line = self._lines[path] = _line(node)
        self._count += 1
        if self._count > _MOST_VALUES:
            raise SpecError(f"{self.name}:{line}: {_TOO_MANY}")
        if len(path) > _DEEPEST:
            raise SpecError(f"{self.name}:{line}: {_TOO_DEEP}")
        if isinstance(node, yaml.ScalarNode):
            try:
                return _scalar(node)
            except ValueError:
                raise self.error(path, "this number is too large; put it in quotes if it is a text") from None
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
            line = _line(key_node)
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


def _line(part: yaml.Node | yaml.Event) -> int:
    """The line, from 1, that a part begins in."""
    return part.start_mark.line + 1 if part.start_mark is not None else 1


_TOO_MANY = f"there are more than {_MOST_VALUES:,} values, those that aliases repeat counted"
_TOO_DEEP = f"lists and groups are nested more than {_DEEPEST} deep"


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    """The value of a scalar.

    Raises:
        ValueError: It is a number that no value of a spec holds.
    """
    text: str = node.value
    if node.style in ('"', "'", "|", ">") or node.tag == "!":
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        if len(text) > _MOST_DIGITS:
            raise ValueError
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        if math.isinf(number):
            raise ValueError
        return number
    return text


def show_path(path: Path) -> str:
    """`("sheets", 0, "name")` as `sheets[0].name`."""
    shown = ""
    for part in path:
        shown += f"[{part}]" if isinstance(part, int) else (f".{part}" if shown else part)
    return shown
