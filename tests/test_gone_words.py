"""The wording that people read: what was found to be unnatural or unclear does not come back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gone_words import GONE, gone_words

from smsheets.spec.catalogue import load_part
from smsheets.spec.load import specs_folder
from smsheets.spec.yaml_source import Source

ROOT = Path(__file__).parents[1]
_NO_TEXTS = {"aliases", "earlier", "earlier_hints", "earlier_texts"}
"""What people type, and what earlier workbooks have."""
_GENERATED = {"findings", "problems", "thresholds", "commands"}
"""Pages of the reference that are made from the texts."""


def texts_of_data(value: Any) -> Iterator[str]:
    """All texts of a YAML file but words that are only read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _NO_TEXTS:
                yield from texts_of_data(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of_data(item)


def texts_of_module(path: Path) -> Iterator[str]:
    """All texts in the code of a module but docstrings and the names in braces that values are given for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    remarks |= {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks:
            yield node.value


def english_texts() -> Iterator[str]:
    """What is on sheets, in findings and problems, in the program, and in the guides that show it."""
    for path in sorted(specs_folder().rglob("*.yaml")):
        if not {"locales", "adopt"} & set(path.parts):
            yield from texts_of_data(Source(path.read_text(encoding="utf-8"), path.name).value)
    for path in sorted((ROOT / "smsheets").rglob("*.py")):
        yield from texts_of_module(path)
    for path in [ROOT / "README.md", *sorted((ROOT / "smsheets" / "docs").glob("*.md"))]:
        if path.stem not in _GENERATED:
            yield from path.read_text(encoding="utf-8").splitlines()


def test_english_has_no_wording_that_is_gone() -> None:
    assert list(gone_words(english_texts(), "en")) == []


def test_german_has_no_wording_that_is_gone() -> None:
    files = sorted((specs_folder() / "locales" / "de").glob("*.yaml"))
    parts = [file.stem for file in files if file.stem not in ("words", "plurals")]
    texts = [text for part in parts for text in load_part("de", part).values()]
    assert len(texts) > 2000
    assert list(gone_words(texts, "de")) == []


def test_the_list_finds_what_it_names() -> None:
    gone = {
        "en": ("The rates work themselves out.", "There are {points}.", "Dearest: {dearest}"),
        "de": ("Der zweite Faktor ist aus.", "Da sind {available}.", "Rechts aufklappen"),
    }
    assert gone.keys() == GONE.keys()
    for language, texts in gone.items():
        assert len(list(gone_words(texts, language))) == len(texts)
    assert list(gone_words(["{dear} costs more, dearly"], "en")) == []
