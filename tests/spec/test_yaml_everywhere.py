"""The data files without libyaml: PyYAML's own parser, which some computers have alone, is stricter."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from smsheets.spec import yaml_source
from smsheets.spec.load import specs_folder
from smsheets.spec.yaml_source import Source

FILES = sorted(specs_folder().rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(specs_folder())))
def test_both_parsers_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8")
    values = []
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        monkeypatch.setattr(yaml_source, "_Loader", loader)
        values.append(Source(text, path.name).value)
    assert values[0] == values[1]


def test_there_are_files() -> None:
    assert len(FILES) > 40
