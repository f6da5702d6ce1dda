"""What people type, before it is a number, a date or a word: plain characters, languages, and texts of two readings.

Pure functions on text, no spreadsheet in them, as in the modules of the values themselves (`numbers`, `dates`,
`words`). There, None means "this is no such thing", `Ambiguous` means "it is one of these, and nothing here says
which": neither is ever guessed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

Reading = TypeVar("Reading")


class Ambiguous(msgspec.Struct, Generic[Reading], frozen=True):
    """A text with more than one reading: `1.234`, `03/04/2027`. The readings differ, and have no order of merit."""

    readings: tuple[Reading, ...]


LONGEST_VALUE = 200
"""Characters. A longer text is no number, no date and no word of a list, and no pattern is tried on it."""

INVISIBLE = dict.fromkeys(
    (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFE0E, 0xFE0F, 0xFEFF)
)
STRAIGHT_QUOTES = str.maketrans("‘’‚‛′`´“”„‟″", "'''''''\"\"\"\"\"")
_PLAIN_SIGNS = str.maketrans("−﹣－–—‒％٪٫٬，．：⁄", "------%%.',.:/")


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


def plain_text(text: str) -> str:
    """One line with plain spaces, quotes, signs and digits, whatever script or typography it came in."""
    text = text.translate(INVISIBLE).translate(STRAIGHT_QUOTES).translate(_PLAIN_SIGNS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
    return " ".join(text.split())


@lru_cache(maxsize=256)
def stripped(text: str) -> str:
    """Without spaces around it. Remembered, because a file may give one long text to very many cells."""
    return text.strip()


def language_and_country(lang: str) -> tuple[str, str]:
    """`de_CH` -> ("de", "CH"); the country is empty where none is given."""
    language, _, rest = lang.replace("_", "-").partition("-")
    country = next((part for part in rest.split("-") if len(part) == 2), "")
    return language.lower(), country.upper()
