"""Languages: a catalogue maps an English text to its own. A new language is a new folder of YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

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
            self._texts.update(load_part(language, part))

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


@cache
def load_part(language: str, part: str) -> Mapping[str, str]:
    """One file of a language's folder: English text -> text. Empty where the language does not have it."""
    path = specs_folder() / "locales" / language / f"{part}.yaml"
    return load_data(f"locales/{language}/{part}.yaml", dict[str, str]) if path.is_file() else {}
