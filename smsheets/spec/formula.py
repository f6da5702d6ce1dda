"""The formula language of the specs: text with `{names}` and `each(...)` to parts, and nothing more.

What a name means, and where it sits on a sheet, is decided by `smsheets.layout`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

NEIGHBOURS = ("prev", "next", "all", "from", "upto")
COUNTERS = ("each", "row", "item")
_WORD_KINDS = ("list", "word", "text")

_NAME = re.compile(r"\{([^{}]*)\}")
_EACH = re.compile(r"\beach\(")
_FUNCTION = re.compile(r"(?<![A-Za-z0-9_.])[0-9.]*+(?!each\()([A-Za-z_][A-Za-z0-9_.]*+)\(")

PORTABLE_FUNCTIONS = frozenset(
    [
        "SUM", "SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "AVERAGEIF", "AVERAGEIFS", "SUMPRODUCT", "INDEX", "MATCH",
        "VLOOKUP", "IFERROR", "IF", "AND", "OR", "NOT", "CHOOSE", "SUBTOTAL", "LARGE", "SMALL", "RANK", "ROUND", "MIN",
        "MAX", "COUNT", "COUNTA", "COUNTBLANK", "EDATE", "EOMONTH", "NETWORKDAYS", "NETWORKDAYS.INTL", "WORKDAY",
        "WORKDAY.INTL", "WEEKDAY", "WEEKNUM",
        "DATE", "YEAR", "MONTH", "DAY", "TODAY", "LEFT", "RIGHT", "MID", "LEN", "TRIM", "SUBSTITUTE", "SEARCH", "REPT",
        "VALUE", "ROW", "ISNUMBER", "ISBLANK", "IFNA", "NA", "ISOWEEKNUM", "ABS", "CHAR", "INT", "MOD",
    ]
)  # fmt: skip
"""The functions that Excel 2010+, Google Sheets and LibreOffice compute the same way."""


class Name(msgspec.Struct, frozen=True):
    """`{scope.name}`: `scope` is "" for a field of the same table; `at_row` is set by `@row`."""

    scope: str
    name: str
    at_row: bool = False

    def __str__(self) -> str:
        separator = ":" if self.scope in _WORD_KINDS else "."
        return (
            "{" + (f"{self.scope}{separator}" if self.scope else "") + self.name + ("@row" if self.at_row else "") + "}"
        )


class Each(msgspec.Struct, frozen=True):
    """`each(source, joiner, parts)`."""

    source: str
    joiner: str
    parts: tuple[Part, ...]


Part = str | Name | Each


class FormulaSyntaxError(ValueError):
    """The formula text cannot be taken apart; the text says why."""


@lru_cache(maxsize=4096)
def parse_formula(text: str) -> tuple[Part, ...]:
    """Formula text to parts.

    Raises:
        FormulaSyntaxError: Braces or parentheses do not close, or `each(...)` lacks one of its three parts.
    """
    parts: list[Part] = []
    position = 0
    while match := _EACH.search(text, position):
        parts += _names(text[position : match.start()])
        inside, position = _closing(text, match.end())
        pieces = inside.split(",", 2)
        if len(pieces) != 3:
            raise FormulaSyntaxError("each(...) takes a source, a sign and an expression: each(months, +, {planned})")
        source, joiner, expression = pieces
        joined = joiner.strip().replace("comma", ",")
        parts.append(Each(source.strip(), joined, parse_formula(expression.strip())))
    parts += _names(text[position:])
    return tuple(parts)


def names_in(parts: tuple[Part, ...]) -> list[Name]:
    """All names of a formula, those inside `each(...)` too, in order."""
    found: list[Name] = []
    for part in parts:
        if isinstance(part, Name):
            found.append(part)
        elif isinstance(part, Each):
            found += names_in(part.parts)
    return found


_INPUT = re.compile(r"\{(?P<table>\w+)\.(?P<column>\w+)\}")


def input_named(line: str) -> Name | None:
    """The input that the line of an empty sheet names; None where it does not name exactly one."""
    found = _INPUT.findall(line)
    return Name(*found[0]) if len(found) == 1 else None


_BLIND = frozenset(
    ["SUM", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS", "COUNT", "MIN", "MAX", "LARGE", "SMALL", "RANK"]
)
"""Functions that take no notice of texts in a range: neither of its heading nor of the words in its last row."""

_COMPARED = re.compile(r'"[<>](?!>)')
"""A condition that only numbers meet."""

_Argument = list["str | int | _Call"]


@dataclass(slots=True)
class _Call:
    """A function in a formula: for each argument its texts, its names by their number among the parts, its calls."""

    function: str
    arguments: list[_Argument] = field(default_factory=lambda: [[]])

    def said(self, position: int) -> _Argument:
        """An argument without the blanks around what it consists of."""
        return [item for item in self.arguments[position] if not isinstance(item, str) or item.strip()]

    def name_at(self, position: int) -> int | None:
        """The number of the name that an argument consists of."""
        match self.said(position):
            case [int(number)]:
                return number
        return None


@lru_cache(maxsize=4096)
def whole_ranges(parts: tuple[Part, ...]) -> frozenset[int]:
    """The numbers of those names among the parts whose range may hold its heading and the words below its last row.

    Where the heading would count, a range has to leave it out: `COUNTA` counts every text, `COUNTIFS` one that is
    called like what is looked for, and arithmetic on a text is an error.
    """
    found: set[int] = set()
    for call in _calls(parts):
        names = [call.name_at(position) for position in range(len(call.arguments))]
        if call.function in _BLIND or (call.function in ("COUNTIF", "COUNTIFS") and _is_compared(call)):
            found.update(name for name in names if name is not None)
        elif call.function == "INDEX" and names[0] is not None and len(call.arguments) == 2:
            match call.said(1):
                case [_Call("MATCH", [_, _, ["0"]]) as place] if (among := place.name_at(1)) is not None:
                    found.update((names[0], among))
    return frozenset(found)


def _is_compared(call: _Call) -> bool:
    first = (said[0] for position in range(len(call.arguments)) if (said := call.said(position)))
    return any(isinstance(text, str) and _COMPARED.match(text) for text in first)


def _calls(parts: tuple[Part, ...]) -> list[_Call]:
    """Every function of a formula, those inside others too; a mere parenthesis is one without a name."""
    outside = _Call("")
    calls, stack = [outside], [outside]
    for number, part in enumerate(parts):
        if isinstance(part, Name):
            stack[-1].arguments[-1].append(number)
        elif isinstance(part, Each):
            stack[-1].arguments[-1].append(str(part.source))
        else:
            for token in _TOKEN.findall(part):
                if token.endswith("(") and not token.startswith('"'):
                    call = _Call(token[:-1])
                    stack[-1].arguments[-1].append(call)
                    stack.append(call)
                    calls.append(call)
                elif token == ")" and len(stack) > 1:
                    stack.pop()
                elif token == ",":
                    stack[-1].arguments.append([])
                else:
                    stack[-1].arguments[-1].append(token)
    return calls


_TOKEN = re.compile(r'"[^"]*"?|[A-Za-z_][A-Za-z0-9_.]*\(|[(),]|[^"(),A-Za-z_]+|[A-Za-z_][A-Za-z0-9_.]*')
"""A text in quotes, a function with its parenthesis, a sign between arguments, or what is between these."""


def unportable_functions(text: str) -> list[str]:
    """The functions in a formula that not all spreadsheet programs compute alike."""
    plain = re.sub(r'"[^"]*"|\{[^{}]*\}', '""', text)
    return sorted({name for name in _FUNCTION.findall(plain) if name not in PORTABLE_FUNCTIONS})


def _names(text: str) -> list[Part]:
    parts: list[Part] = []
    position = 0
    for match in _NAME.finditer(text):
        if match.start() > position:
            parts.append(text[position : match.start()])
        parts.append(_name(match[1]))
        position = match.end()
    if position < len(text):
        parts.append(text[position:])
    if any(isinstance(part, str) and ("{" in part or "}" in part) for part in parts):
        raise FormulaSyntaxError("a brace is open or closed without its partner")
    return parts


def _name(inside: str) -> Name:
    for kind in _WORD_KINDS:
        if inside.startswith(kind + ":"):
            return Name(kind, inside[len(kind) + 1 :].strip())
    at_row = inside.endswith("@row")
    scope, _, name = inside.removesuffix("@row").strip().rpartition(".")
    return Name(scope, name, at_row)


def _closing(text: str, start: int) -> tuple[str, int]:
    """The text up to the parenthesis that closes the one before `start`, and the position after it."""
    depth = 1
    quoted = False
    for position in range(start, len(text)):
        character = text[position]
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "()":
            depth += 1 if character == "(" else -1
            if not depth:
                return text[start:position], position + 1
    raise FormulaSyntaxError("each( is not closed")
