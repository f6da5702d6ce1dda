"""Words out of lists: one or several in a cell, yes and no; also in people's own words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from smsheets.layout.vocabulary import Vocabulary
from smsheets.reader.values.scope import Scope, Typed, Value, Wrong, plain, shown
from smsheets.reader.values.typed_text import LONGEST_VALUE, stripped
from smsheets.reader.values.words import normal_label, parse_yes_no, split_many

_LIKENESS = 0.6
_OPEN_LIKENESS = 0.75
_YES_NO = "yes_no"
_ANY_JOINT = re.compile(r"[/&+,;|]")


def read_yes_no(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    """Yes or no: the list's words, those of other languages, a check mark, `TRUE`."""
    words = scope.vocabulary
    text = "" if isinstance(value, bool) else plain(value)
    known = words.find(_YES_NO, text)
    parsed = value if isinstance(value, bool) else known == "yes" if known is not None else parse_yes_no(text)
    if parsed is None:
        first, second, *_ = (*words.texts(_YES_NO), "yes", "no")
        wrong("cell.not-yes-or-no", found=shown(value), first=first, second=second)
    else:
        _check_word(text, "yes" if parsed else "no", _YES_NO, value, scope, wrong)
    return parsed


def read_choice(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    """The id of the one value that a cell names; a person's own value of an open list as it stands there."""
    choices = scope.field.choices or ""
    text = stripped(plain(value))
    if "." in choices:
        return text
    several = _several(text, choices, scope.vocabulary) if scope.vocabulary.find(choices, text) is None else {}
    if len(several) > 1:
        words = (scope.vocabulary.word_of(choices, item) or typed for item, typed in several.items())
        wrong("cell.several-values", found=shown(value), read=", ".join(words))
        return None
    found = next(iter(several), None) or scope.vocabulary.find(choices, text)
    if found is None:
        return _unknown(text, choices, scope, wrong)
    _check_word(text, found, choices, value, scope, wrong)
    return found


def read_many(value: Typed, scope: Scope, wrong: Wrong) -> Value:
    """The ids of all values that a cell names. No dropdown and no formula of the sheet needs its own words here."""
    text = plain(value)
    choices = scope.field.choices or ""
    if not choices or "." in choices:
        return split_many(text)
    # A value of one's own may hold a sign that would part it: `Tom & Tina`.
    pieces = (text,) if scope.vocabulary.find(choices, text) is not None else split_many(text)
    read = (scope.vocabulary.find(choices, piece) or _unknown(piece, choices, scope, wrong) for piece in pieces)
    return tuple(piece for piece in read if piece is not None)


def _several(text: str, choices: str, words: Vocabulary) -> dict[str, str]:
    """The list values that a text names together, each as it was typed; none where it is one value of someone's own."""
    if len(text) > LONGEST_VALUE:
        return {}
    for pieces in dict.fromkeys((split_many(text), tuple(_ANY_JOINT.split(text)))):
        typed = [piece.strip() for piece in pieces if piece.strip()]
        meant = {piece: words.find(choices, piece) for piece in typed}
        known = {found: piece for piece, found in meant.items() if found is not None}
        unknown = {piece: piece for piece, found in meant.items() if found is None}
        if len(known) > 1 or (known and len(typed) > 1 and not (unknown and words.is_open(choices))):
            return {**known, **unknown}
    return {}


def _unknown(text: str, choices: str, scope: Scope, wrong: Wrong) -> str | None:
    """Names a word that is not on the list; in an open list it is read as a value of one's own."""
    own = scope.vocabulary.is_open(choices)
    guess = ""
    if next(scope.guesses, None) is not None:
        guess = _guess(text, scope.vocabulary.texts(choices), _OPEN_LIKENESS if own else _LIKENESS)
    if not own or guess or scope.vocabulary.is_new(choices, text):
        wrong(
            "cell.not-in-open-list" if own else "cell.not-in-list",
            found=shown(text),
            guess=guess,
            list=scope.vocabulary.label(choices),
            lists_sheet=scope.layout.lists_sheet,
        )
    return text if own else None


def _check_word(text: str, found: str, choices: str, value: Typed, scope: Scope, wrong: Wrong) -> None:
    """Names a word that people understand, and the sheet's formulas do not."""
    if scope.vocabulary.shows(choices, text):
        return
    word = scope.vocabulary.word_of(choices, found)
    if word:
        wrong("cell.other-word", found=shown(value), read=word, list=scope.vocabulary.label(choices))


def _guess(text: str, known: Iterable[str], likeness: float) -> str:
    if len(text) > LONGEST_VALUE:
        return ""
    by_label: Mapping[str, str] = {normal_label(word): word for word in known}
    close = difflib.get_close_matches(normal_label(text), by_label, n=1, cutoff=likeness)
    return by_label[close[0]] if close else ""
