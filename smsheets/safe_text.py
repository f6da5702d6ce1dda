"""Texts that come from a workbook, a file name or an option, made harmless for the place they are written to.

One function for each place: a terminal, a stream that lacks characters, Markdown, a cell of a CSV file, an attribute of
XML, the name of a file. JSON stays exact data, and the writers of .xlsx files write every text as a string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_REPLACEMENT = "\ufffd"
_JOINER = "\u200d"
"""Holds an emoji of several parts together."""
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the order of letters around: a file name may show another ending than it has."""
_SPACES = str.maketrans("\u00a0\u202f", "  ")

_MARKDOWN = re.compile(r"([\\`*{}\[\]<>#|~]|(?<!\w)_|_(?!\w))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKDOWN_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)])(?=\s|$))")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_line(text: str) -> str:
    """A person's text on one line, its spaces single, that a terminal only shows."""
    return safe_spaced(" ".join(text.split()))


def safe_spaced(line: str) -> str:
    """A line as it is set, that a terminal only shows: commanding characters are replaced, invisible ones left out."""
    line = line.translate(_SPACES)
    return line if line.isprintable() else "".join(map(_shown, line))


def _shown(character: str) -> str:
    if character.isprintable() or character == _JOINER:
        return character
    if character.isspace():
        return " "
    if character in _DIRECTION:
        return _REPLACEMENT
    category = unicodedata.category(character)
    return {"Cc": _REPLACEMENT, "Cs": _REPLACEMENT, "Co": _REPLACEMENT, "Cf": ""}.get(category, character)


_PLAIN = {
    **dict.fromkeys("─–—−‐‑·•", "-"), **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
    "…": "...", "→": "->", "←": "<-", "×": "x", "≥": ">=", "≤": "<=", "│": "|", "▲": "^", "▼": "v", "►": ">",
    "✓": "+", "✕": "x", "●": "*", "○": "o", "€": "EUR", "£": "GBP", "¥": "JPY",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
}  # fmt: skip
"""How characters are written where they cannot be."""


def written_plainly(error: UnicodeError) -> tuple[str, int]:
    """For `codecs.register_error`: characters that an encoding lacks, in ASCII; `?` where nothing says the same."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if unicodedata.combining(character):
        return ""
    letters = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode() if character.isalpha() else ""
    return letters or "?"


def escaped_json(text: str) -> str:
    """JSON in ASCII, with the same content."""
    import json

    return re.sub(r"[^\x00-\x7f]", lambda found: json.dumps(found[0])[1:-1], text)


def safe_markdown(line: str) -> str:
    """A safe line in which nothing is a heading, a list, a link, HTML or the end of a table's cell.

    Characters that mean nothing in their place are left alone, as in `Clay & Kiln` and `my_file.xlsx`: not everything
    that a report is pasted into knows Markdown.
    """
    escaped = _MARKDOWN.sub(r"\\\1", _ENTITY.sub("&amp;", line))
    return _MARKDOWN_START.sub(lambda start: f"\\{start[1]}" if start[1] else f"{start[2]}\\{start[3]}", escaped)


def safe_cell(value: object) -> object:
    """A value of a CSV file: a text that a spreadsheet would take for a formula gets an apostrophe; numbers stay."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_xml(text: str) -> str:
    """A text with nothing in it that XML has no place for: a cell can hold that by an escape, a title cannot."""
    return _NO_XML.sub(_REPLACEMENT, text)


_WORDS = re.compile(r"\w+")
_LONGEST_NAME = 60  # characters of a file's name
_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
"""Names that Windows keeps for devices."""


def safe_file_names(texts: Iterable[str], *taken: str, default: str) -> tuple[str, ...]:
    """For each text a name of letters, digits and hyphens, without an ending; none comes twice, none is `taken`.

    Args:
        default: The name for a text with neither letters nor digits.
    """
    found: list[str] = []
    for text in texts:
        words = _WORDS.findall(unicodedata.normalize("NFC", text).casefold())
        plain = "-".join(words)[:_LONGEST_NAME].strip("-_") or default
        name, number = plain, 1
        while name in found or name in taken or name in _RESERVED:
            number += 1
            name = f"{plain}-{number}"
        found.append(name)
    return tuple(found)
