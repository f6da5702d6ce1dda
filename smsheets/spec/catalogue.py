"""Languages: a catalogue maps an English text to its own. A new language is a new folder of YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from smsheets.errors import OptionError
from smsheets.spec.load import load_data, specs_folder

ENGLISH = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages there are, English first."""
    folders = sorted(path.name for path in (specs_folder() / "locales").iterdir() if path.is_dir())
    return (ENGLISH, *folders)


class Catalogue:
    """The texts of one language.

    `parts` are read when they are first needed: `budget` (a template), `budget-report`, `budget-sample`.
    """

    def __init__(self, language: str) -> None:
        if language not in languages():
            raise OptionError(f"There is no language '{language}'. Use one of: {', '.join(languages())}.")
        self.language = language
        self._texts: dict[str, str] = {}
        self._read: set[str] = set()

    def use(self, *parts: str) -> Catalogue:
        """This catalogue, with these parts read. A part that a language does not have is passed over."""
        for part in parts:
            if self.language != ENGLISH and part not in self._read:
                self._read.add(part)
                self._texts.update(load_part(self.language, part))
        return self

    def text(self, english: str) -> str:
        """The text in this language; the English one where it is not translated."""
        return self._texts.get(english, english)


@cache
def load_part(language: str, part: str) -> Mapping[str, str]:
    """One file of a language's folder: English text -> text."""
    path = specs_folder() / "locales" / language / f"{part}.yaml"
    return load_data(f"locales/{language}/{part}.yaml", dict[str, str]) if path.is_file() else {}


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language.

    Raises:
        OptionError: There is no such language.
    """
    return Catalogue(language)
