"""The formula language of the specs: text with `{names}` and `each(...)` to parts, and nothing more.

What a name means, and where it sits on a sheet, is decided by `smsheets.layout`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

NEIGHBOURS = ("prev", "next", "all", "from", "upto")
COUNTERS = ("each", "row", "item")
_WORD_KINDS = ("list", "word", "text")

_NAME = re.compile(r"\{([^{}]*)\}")
_EACH = re.compile(r"\beach\(")
_FUNCTION = re.compile(r"\b(?!each\()([A-Za-z_][A-Za-z0-9_.]*)\(")

PORTABLE_FUNCTIONS = frozenset(
    [
        "SUM", "SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "AVERAGEIF", "AVERAGEIFS", "SUMPRODUCT", "INDEX", "MATCH",
        "VLOOKUP", "IFERROR", "IF", "AND", "OR", "NOT", "CHOOSE", "SUBTOTAL", "LARGE", "SMALL", "RANK", "ROUND", "MIN",
        "MAX", "COUNT", "COUNTA", "COUNTBLANK", "EDATE", "EOMONTH", "NETWORKDAYS", "NETWORKDAYS.INTL", "WORKDAY",
        "WORKDAY.INTL", "WEEKDAY", "WEEKNUM",
        "DATE", "YEAR", "MONTH", "DAY", "TODAY", "LEFT", "RIGHT", "MID", "LEN", "TRIM", "SUBSTITUTE", "SEARCH", "REPT",
        "VALUE", "ISNUMBER", "ISBLANK", "HYPERLINK", "IFNA", "ISOWEEKNUM", "ABS", "CHAR", "INT", "MOD",
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
