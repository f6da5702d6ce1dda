"""Languages: a catalogue maps an English text to its own. A new language is a new folder of YAML files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from smsheets.errors import OptionError
from smsheets.spec.load import load_data, specs_folder

ENGLISH = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages that workbooks and reports can be in, English first: every folder with a catalogue."""
    return (ENGLISH, *sorted(path.parent.name for path in (specs_folder() / "locales").glob("*/common.yaml")))


class Catalogue:
    """The texts of one language, from some of its parts: `budget` (a template and its reports), `budget-sample`."""

    def __init__(self, language: str, parts: tuple[str, ...]) -> None:
        self.language = language
        self._texts: dict[str, str] = {}
        for part in parts if language != ENGLISH else ():
            self._texts.update((english, keep_percent(text)) for english, text in load_part(language, part).items())

    def text(self, english: str) -> str:
        """The text in this language; the English one where it is not translated."""
        return self._texts.get(english, english)


@cache
def catalogue(language: str, *parts: str) -> Catalogue:
    """The texts of a language; where two parts have the same text, the later one counts.

    Raises:
        OptionError: There is no such language.
    """
    if language not in languages():
        raise OptionError(f"There is no language '{language}'. Use one of: {', '.join(languages())}.")
    return Catalogue(language, parts)


class NounForms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The forms of nouns behind a number, by the plural categories of CLDR; texts are written with those for many.

    Attributes:
        between: Words that may stand between the number and the noun: `1 working day`.
        one, two, few, many: The form as texts have it -> the form of that category. A language has those it needs.
    """

    between: tuple[str, ...] = ()
    one: dict[str, str] = {}
    two: dict[str, str] = {}
    few: dict[str, str] = {}
    many: dict[str, str] = {}

    def agreeing(self, text: str, category: str) -> str:
        """What follows a number, its noun in the form of a category; as it is where that noun has no other form."""
        forms: Mapping[str, str] = getattr(self, category, {})
        found = self._start.match(text)
        if found is None or found["noun"] not in forms:
            return text
        return text[: found.start("noun")] + forms[found["noun"]] + text[found.end("noun") :]

    @property
    def _start(self) -> re.Pattern[str]:
        return _behind_number(self.between)


@cache
def _behind_number(between: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, between)) or r"(?!)"
    return re.compile(rf" (?:(?:{words}) )*(?P<noun>\w+)")


@cache
def noun_forms(language: str) -> NounForms:
    """The forms of a language's nouns behind a number; none where nobody wrote any."""
    name = f"locales/{language}/plurals.yaml"
    return load_data(name, NounForms) if (specs_folder() / name).is_file() else NounForms()


_BEFORE_PERCENT = re.compile(r"(?<=\d) %")


def keep_percent(text: str) -> str:
    """A text in which no line is broken between a number and its %; English has no space there."""
    return _BEFORE_PERCENT.sub("\u00a0%", text)


@cache
def load_part(language: str, part: str) -> Mapping[str, str]:
    """One file of a language's folder: English text -> text. Empty where the language does not have it."""
    path = specs_folder() / "locales" / language / f"{part}.yaml"
    return load_data(f"locales/{language}/{part}.yaml", dict[str, str]) if path.is_file() else {}
