"""Words as people type them: plain characters, yes and no, labels as they are compared, several things in one cell.

Pure functions on text, no spreadsheet in them, as in the modules of the values themselves (`numbers`, `dates`,
`words`). There, None means "this is no such thing", `Ambiguous` means "it is one of these, and nothing here says
which": neither is ever guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Generic, TypeVar

import msgspec

from smsheets.spec.catalogue import languages
from smsheets.spec.reference import words_for

Reading = TypeVar("Reading")


class Ambiguous(msgspec.Struct, Generic[Reading], frozen=True):
    """A text with more than one reading: `1.234`, `03/04/2027`. The readings differ, and have no order of merit."""

    readings: tuple[Reading, ...]


LONGEST_VALUE = 200
"""Characters. A longer text is no number, no date and no word of a list, and no pattern is tried on it."""

_INVISIBLE = dict.fromkeys(
    (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFE0E, 0xFE0F, 0xFEFF)
)
_STRAIGHT_QUOTES = str.maketrans("‘’‚‛′`´“”„‟″", "'''''''\"\"\"\"\"")
_PLAIN_SIGNS = str.maketrans("−﹣－–—‒％٪٫٬，،．：⁄", "------%%.',,.:/")


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


def plain_text(text: str) -> str:
    """One line with plain spaces, quotes, dashes and digits, whatever script or typography it came in."""
    text = text.translate(_INVISIBLE).translate(_STRAIGHT_QUOTES).translate(_PLAIN_SIGNS)
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


_YES = word_set("1 x ✓ ✔ ☑ ✅")
_NO = word_set("0 ✗ ✘ ☐ ❌")
_PLACEHOLDERS = word_set("- -- --- – — _ ... … . ? ?? ??? / x? xx xxx")
"""Texts for no value yet in any language, as labels are compared."""
_LONGEST_LABEL = 255  # characters, as many as a hint may have
_LONGEST_MANY = 2_000  # characters; a longer text is no list of values
_JOINT = re.compile(r"\s[/&]\s|(?<=[^\W\d_]{3})[/&](?=[^\W\d_]{3})|\+(?=\s*\w)")


def parse_yes_no(text: str) -> bool | None:
    """Yes or no in any language that has a `words.yaml`; `x` and a check mark are yes."""
    word = normal_label(text)
    if word in _YES or word in words_for("yes"):
        return True
    return False if word in _NO or word in words_for("no") else None


def is_placeholder(text: str) -> bool:
    """True if a text only says that there is no value yet: a dash, `?`, `n/a`, `TBD`."""
    label = normal_label(text)
    return label in _PLACEHOLDERS or label in words_for("placeholders")


def normal_label(text: str) -> str:
    """A label as it is compared: without case, double spaces, curly quotes, and the `*` or `:` people put behind it.

    Of a text longer than a label can be, the beginning and the length are compared.
    """
    return _normal(text if len(text) <= _LONGEST_LABEL else f"{text[:_LONGEST_LABEL]}... {len(text)}")


_SPACE_BEFORE_PERCENT = re.compile(r"(?<=\d) %")
"""Written with a space in one language or version of a text, and without in another."""


@lru_cache(maxsize=8192)
def _normal(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_STRAIGHT_QUOTES).translate(_INVISIBLE)).casefold()
    spaced = " ".join(unicodedata.normalize("NFKC", plain).split())
    return _SPACE_BEFORE_PERCENT.sub("%", spaced).rstrip("*: ")


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def _separator() -> re.Pattern[str]:
    joining = any_of(words_for("joining", of=languages()))
    return re.compile(rf"[;\n\r|]|,(?!\d)|(?<!\d),|\s(?:{joining})\s", re.IGNORECASE)


def split_many(text: str) -> tuple[str, ...]:
    """Several things in one cell: `Instagram, Facebook; X / TikTok & Bluesky`, one a line, or with bullets.

    A slash or `&` counts with spaces around it or between words of three letters and more: `A/B test` and `Q&A` stay
    whole, and so do addresses of pages. Labels that hold a separator themselves (`Facts & Figures`) are to be looked up
    before this is asked.
    """
    if len(text) > _LONGEST_MANY:
        return (text,)
    pieces: list[str] = []
    for piece in _separator().split(text.translate(_INVISIBLE)):
        pieces += [piece] if "://" in piece or "www." in piece else _JOINT.split(piece)
    trimmed = (re.sub(r"^\s*(?:[-•*·–]\s+)?", "", piece).strip() for piece in pieces)
    return tuple(piece for piece in trimmed if piece)
