"""How much a heading looks like the words we know, slips of the pen and further words included.

The only module that uses rapidfuzz, which not every computer has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from smsheets.errors import OptionError
from smsheets.reader.foreign.heading_words import known_headings, table_headings

_ALIKE = 84.0
"""Of 100; `Plattfrom` and `Platform` have 89, `Post` and `Posts` 89, `Date` and `Data` 75."""

_SLIP = 0.85
_PART = 0.85
_LAST_WORD = 0.7
_SHORTEST_SLIP = 5


def require_likeness() -> None:
    """Makes sure that the library is there.

    Raises:
        OptionError: It is not; the text says how to get it.
    """
    try:
        import rapidfuzz  # noqa: F401
    except ImportError:
        text = "'smsheets adopt' needs the package rapidfuzz. Install it with: pip install rapidfuzz"
        raise OptionError(text) from None


def heading_scores(label: str, kind: str, table: str) -> Mapping[str, float]:
    """Column id -> how sure it is (0..1) that a normalised heading stands for it."""
    words = table_headings(kind, table)
    exact = words.get(label)
    if exact is not None:
        return exact
    scores: dict[str, float] = {}
    for part, weight in _parts(label):
        for column, sure in words.get(part, {}).items():
            scores[column] = max(scores.get(column, 0.0), sure * weight)
        for word, likeness in _alike(part, kind, table).items():
            for column, sure in words[word].items():
                scores[column] = max(scores.get(column, 0.0), sure * weight * likeness * _SLIP)
    return scores


@cache
def may_be_heading(label: str, kind: str) -> bool:
    """Whether a normalised text is one of the headings of a template, or nearly."""
    known = known_headings(kind)
    if label in known:
        return True
    return any(part in known or _nearest(part, known) for part, weight in _parts(label) if weight > _LAST_WORD)


def _parts(label: str) -> Iterator[tuple[str, float]]:
    """The heading itself, without what stands in brackets, its parts, and its last word."""
    yield label, 1.0
    bare = " ".join(re.sub(r"[(\[{].*?[)\]}]", " ", label).split()).rstrip(":*")
    if bare and bare != label:
        yield bare, 0.97
    parts = [part.strip() for part in re.split(r"[/&+|,]| - | and | und | et | y | e | en ", bare) if part.strip()]
    if len(parts) > 1:
        for part in parts:
            yield part, _PART
    words = bare.split()
    if len(words) > 1:
        yield words[-1], _LAST_WORD


def _alike(part: str, kind: str, table: str) -> Mapping[str, float]:
    return _nearest(part, frozenset(table_headings(kind, table)))


@cache
def _nearest(part: str, words: frozenset[str]) -> dict[str, float]:
    """The words that a text looks like, each with its likeness (0..1)."""
    if len(part) < _SHORTEST_SLIP:
        return {}
    from rapidfuzz import fuzz, process

    found = process.extract(part, words, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    sorted_words = process.extract(part, words, scorer=fuzz.token_sort_ratio, score_cutoff=95, limit=3)
    return {word: score / 100 for word, score, _ in (*sorted_words, *found) if len(word) >= _SHORTEST_SLIP - 1}
