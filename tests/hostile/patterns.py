"""Every regular expression of the program, how it is used, and the texts that take it longest.

The patterns are found in the program's syntax trees, so a new one is among them without being listed. The texts are
made from a pattern itself: whatever it repeats is repeated thousands of times, behind what leads there, and then it
does not go on as the pattern asks for.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import smsheets

_PROGRAM = Path(smsheets.__file__).parent
_ONCE = {"match", "fullmatch"}
"""Tried at one place of a text. All others are tried at each."""
_METHODS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
_FLAGS_AT = {"compile": 1, "match": 2, "fullmatch": 2, "search": 2, "findall": 2, "finditer": 2, "sub": 4, "split": 3}


@dataclass(frozen=True)
class UsedPattern:
    """A pattern, where it comes from (`smsheets.reader.values.dates._ZONE`), and the methods it is used with."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]

    @property
    def tries(self) -> list[Callable[[Any], object]]:
        """What is done with it: tried at the beginning of a text, at the whole of it, or everywhere in it."""
        used = {
            "match": self.pattern.match,
            "fullmatch": self.pattern.fullmatch,
            "everywhere": lambda text: sum(1 for _ in self.pattern.finditer(text)),
        }
        return [used[name] for name in sorted({name if name in _ONCE else "everywhere" for name in self.methods})]


class UnknownPatternError(Exception):
    """A pattern that is put together from what only its caller knows."""


def used_patterns(examples: Mapping[str, Iterable[str]]) -> list[UsedPattern]:
    """All patterns of the program.

    Args:
        examples: Function -> patterns as it puts them together from its arguments.

    Raises:
        UnknownPatternError: A function does so that has no examples.
    """
    sources = {_module_name(path): path.read_text(encoding="utf-8") for path in sorted(_PROGRAM.rglob("*.py"))}
    trees = {name: ast.parse(source) for name, source in sources.items() if "re." in source}
    everywhere = {name: _methods_by_name(tree) for name, tree in trees.items()}
    found: list[UsedPattern] = []
    for name, tree in trees.items():
        used = {known: set(methods) for known, methods in everywhere[name].items()}
        for known, methods in ((known, methods) for other in everywhere.values() for known, methods in other.items()):
            if not known.startswith("_"):
                used.setdefault(known, set()).update(methods)
        found += _Finder(name, used, examples).of(tree)
    unique = {(item.pattern.pattern, item.pattern.flags, item.methods): item for item in reversed(found)}
    return sorted(unique.values(), key=lambda item: (item.where, str(item.pattern.pattern)))


def _module_name(path: Path) -> str:
    parts = path.relative_to(_PROGRAM.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _methods_by_name(tree: ast.Module) -> dict[str, set[str]]:
    """Name of a variable or function -> the methods that are called on it or on what it holds."""
    used: dict[str, set[str]] = {}
    held: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.For | ast.comprehension):
            first = node.targets[0] if isinstance(node, ast.Assign) else node.target
            for target in (item for item in ast.walk(first) if isinstance(item, ast.Name)):
                held.setdefault(target.id, set()).add(
                    _name_of(node.value if isinstance(node, ast.Assign) else node.iter)
                )
        elif isinstance(node, ast.Attribute) and node.attr in _METHODS:
            used.setdefault(_name_of(node.value), set()).add(node.attr)
    for name, holders in held.items():
        for holder in holders:
            used.setdefault(holder, set()).update(used.get(name, ()))
    return used


def _name_of(node: ast.expr) -> str:
    """`_X` of `_X`, `_X()`, `_X[0]`, `_X.items()`; of an attribute, its own name."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Attribute) and node.attr in ("items", "values"):
            node = node.value
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


class _Finder:
    """The patterns of one module."""

    def __init__(self, module: str, used: Mapping[str, set[str]], examples: Mapping[str, Iterable[str]]) -> None:
        self.name = module
        self.module = importlib.import_module(module)
        self.used = used
        self.examples = examples

    def of(self, tree: ast.Module) -> Iterator[UsedPattern]:
        for statement in tree.body:
            yield from self._in(statement, "", statement)

    def _in(self, node: ast.AST, function: str, statement: ast.stmt) -> Iterator[UsedPattern]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            function = f"{function}.{node.name}" if function else node.name
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and _is_of_re(child.func) and child.args:
                yield from self._of_call(child, function, statement)
            yield from self._in(child, function, statement)

    def _of_call(self, call: ast.Call, function: str, statement: ast.stmt) -> Iterator[UsedPattern]:
        assert isinstance(call.func, ast.Attribute)
        method = call.func.attr
        if method not in _FLAGS_AT:
            return
        names = _assigned(statement) if not function else [function.rpartition(".")[2]]
        where = f"{self.name}.{function or (names or ['?'])[0]}"
        methods = {method} if method != "compile" else set().union(*(self.used.get(name, set()) for name in names))
        for pattern in self._patterns(call, function, names, where):
            yield UsedPattern(where, pattern, frozenset(methods or _METHODS))

    def _patterns(self, call: ast.Call, function: str, names: list[str], where: str) -> Iterator[re.Pattern[Any]]:
        assert isinstance(call.func, ast.Attribute)
        if where in self.examples:
            yield from map(re.compile, self.examples[where])
            return
        at = _FLAGS_AT[call.func.attr]
        flags = [item.value for item in call.keywords if item.arg == "flags"] + call.args[at : at + 1]
        try:
            pattern, *flag = (self._value(node) for node in (call.args[0], *flags))
        except NameError:
            values = [self.module.__dict__[name] for name in names if name in self.module.__dict__]
            made = [value() if function and callable(value) and _takes_nothing(value) else value for value in values]
            found = [pattern for value in made for pattern in _flat(value)]
            if not found:
                raise UnknownPatternError(f"{where}: {ast.unparse(call)}") from None
            yield from found
        else:
            yield re.compile(pattern, *flag)

    def _value(self, node: ast.expr) -> Any:
        return eval(compile(ast.Expression(node), self.name, "eval"), self.module.__dict__)


def _is_of_re(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"


def _assigned(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _takes_nothing(function: Any) -> bool:
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    return code is not None and code.co_argcount == 0


def _flat(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _flat(item)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _flat(item)


# --- texts that take a pattern longest ---

_ANY = " a1A.,-_:/#@'\"<>=()[]{}\n\té漢"
"""Tried where a pattern takes any character."""
_WRONG = ("\x01", "")
"""What a text may end with, so that it does not fit."""
_MOST_TEXTS = 120
_parser: Any = re._parser  # type: ignore[attr-defined]


def worst_texts(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Texts of this length that a pattern looks at for long."""
    seeds = dict.fromkeys(
        _seeds(
            str(pattern.pattern, "latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern,
            pattern.flags & ~re.UNICODE,
        )
    )
    for lead, piece in list(seeds)[:_MOST_TEXTS]:
        for wrong in _WRONG:
            text = lead + piece * max(size // len(piece), 1) + wrong
            yield text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


@cache
def _seeds(pattern: str, flags: int) -> tuple[tuple[str, str], ...]:
    """(What leads to a repetition, what it repeats), for each repetition of a pattern."""
    found: list[tuple[str, str]] = []
    tree = _parser.parse(pattern, flags)
    letters = sorted({chr(code) for code in _literals(tree)})[:24]

    def walk(items: Any, lead: str) -> str:
        """Notes the repetitions in these items; a text that fits all of them."""
        for code, value in items:
            name = str(code)
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                least, most, body = value
                for piece in _texts_of(body):
                    if piece and most > 8:
                        found.append((lead, piece))
                        found.extend((lead, piece + other) for other in letters[:6])
                if most > 8:
                    found.extend((lead, letter) for letter in dict.fromkeys((*letters, *_ANY[:8])))
                walk(body, lead)
                lead += next(iter(_texts_of(body)), "") * max(least, 0)
            elif name == "SUBPATTERN":
                lead = walk(value[3], lead)
            elif name == "ATOMIC_GROUP":
                lead = walk(value, lead)
            elif name == "BRANCH":
                leads = [walk(branch, lead) for branch in value[1]]
                lead = leads[0]
            elif name in ("ASSERT", "ASSERT_NOT"):
                walk(value[1], lead)
            else:
                lead += next(iter(_texts_of([(code, value)])), "")
        return lead

    whole = walk(tree, "")
    begun = [("", whole[:end]) for end in range(len(whole), 0, -max(len(whole) // 12, 1))]
    found[:0] = [*begun, *(("", lead + piece) for lead, piece in found if lead)]
    return tuple((lead[:60], piece[:60]) for lead, piece in found if piece)


def _literals(items: Any) -> Iterator[int]:
    for code, value in items:
        name = str(code)
        if name in ("LITERAL", "NOT_LITERAL"):
            yield value
        elif name == "IN":
            for kind, inside in value:
                if str(kind) == "LITERAL":
                    yield inside
                elif str(kind) == "RANGE":
                    yield inside[0]
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from _literals(value[2])
        elif name == "SUBPATTERN":
            yield from _literals(value[3])
        elif name == "ATOMIC_GROUP":
            yield from _literals(value)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _literals(branch)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _literals(value[1])


def _texts_of(items: Any) -> list[str]:
    """A few short texts that fit these items of a pattern, the branches of a choice one by one."""
    texts = [""]
    for code, value in items:
        name = str(code)
        if name == "LITERAL":
            more = [chr(value)]
        elif name == "NOT_LITERAL":
            more = [letter for letter in _ANY if ord(letter) != value][:2]
        elif name == "ANY":
            more = ["a", " "]
        elif name == "IN":
            fits = re.compile(_set_of(value))
            more = [letter for letter in _ANY if fits.fullmatch(letter)][:4] or [
                chr(inside if str(kind) == "LITERAL" else inside[0])
                for kind, inside in value
                if str(kind) in ("LITERAL", "RANGE")
            ][:1]
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            more = [text * max(value[0], 1) for text in _texts_of(value[2])[:3]]
        elif name == "SUBPATTERN":
            more = _texts_of(value[3])
        elif name == "ATOMIC_GROUP":
            more = _texts_of(value)
        elif name == "BRANCH":
            more = [text for branch in value[1][:6] for text in _texts_of(branch)[:2]]
        else:
            more = [""]
        texts = [text + end for text in texts for end in more or [""]][:8]
    return texts


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


def _set_of(items: Any) -> str:
    """A set of characters as it is written."""
    parts = []
    for kind, value in items:
        match str(kind):
            case "NEGATE":
                parts.append("^")
            case "LITERAL":
                parts.append(re.escape(chr(value)))
            case "RANGE":
                parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
            case "CATEGORY":
                parts.append(_CATEGORIES[str(value)])
    return f"[{''.join(parts)}]"
