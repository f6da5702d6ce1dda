"""Compiled copies of the YAML files: the same content, still right, and never needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from smsheets.kinds import KINDS
from smsheets.layout.content import load_sample, sample_profile
from smsheets.problems import problem_texts
from smsheets.spec import load
from smsheets.spec.load import compile_specs, load_common, load_data, load_spec, load_thresholds, specs_folder
from smsheets.spec.reference import (
    foreign_signs,
    foreign_words,
    typed_words,
)
from smsheets.spec.yaml_source import Source

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies are kept in a folder that is empty; nothing is known yet."""
    monkeypatch.setattr(load, "_KEPT", tmp_path / "kept")
    monkeypatch.setattr(load, "_SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for function in (load_common, load_spec, load_thresholds):
        function.cache_clear()
    return tmp_path


def ship(folder: Path) -> None:
    (folder / "shipped").mkdir()
    for name, data in compile_specs():
        (folder / "shipped" / name).write_bytes(data)


def test_there_is_one_for_each_file_with_its_content(folders: Path) -> None:
    copies = dict(compile_specs())
    paths = list(specs_folder().rglob("*.yaml"))
    assert len(copies) == len(paths)
    for path in paths:
        name = path.relative_to(specs_folder()).as_posix()
        stamp, _, data = copies[name.removesuffix(".yaml").replace("/", "-") + ".spec"].partition(b"\n")
        assert json.loads(data) == Source(path.read_text(encoding="utf-8"), name).value
        assert stamp


def test_what_is_read_from_a_copy_is_what_is_read_from_the_file(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    from_files = [load_spec(kind) for kind in KINDS], load_common(), load_thresholds()
    assert not (folders / "kept").exists()
    ship(folders)
    for function in (load_common, load_spec, load_thresholds):
        function.cache_clear()
    monkeypatch.setattr(load, "_source", lambda *_: pytest.fail("a YAML file is read"))
    assert ([load_spec(kind) for kind in KINDS], load_common(), load_thresholds()) == from_files


@pytest.mark.parametrize(
    "broken",
    [b"", b"\n", b"garbage", b"{stamp}\n", b"{stamp}\n[1, 2", b"{stamp}\n[1, 2]", b"{stamp}\n" + b"[" * 100_000],
)
def test_a_damaged_copy_is_made_anew(broken: bytes, folders: Path) -> None:
    whole = load_data("currencies.yaml", dict[str, tuple[str, ...]])
    copy = folders / "kept" / "currencies.spec"
    made = copy.read_bytes()
    copy.write_bytes(broken.replace(b"{stamp}", made.partition(b"\n")[0]))
    assert load_data("currencies.yaml", dict[str, tuple[str, ...]]) == whole
    assert copy.read_bytes() == made


def test_a_changed_file_of_the_same_size_and_time_is_noticed(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folders / "specs" / "x.yaml"
    file.parent.mkdir()
    monkeypatch.setattr(load, "specs_folder", lambda: file.parent)
    for text in ("a: one\n", "a: two\n"):
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(1_600_000_000_000_000_000, 1_600_000_000_000_000_000))
        assert load_data("x.yaml", dict[str, str]) == {"a": text[3:6]}


@pytest.mark.parametrize("reason", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_a_folder_that_takes_no_copies_is_no_harm(
    reason: OSError, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise reason

    usual = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, mode="r", *more: (refuse if "x" in mode else usual)(path, mode, *more)
    )
    for name in ("mkdir", "unlink", "replace"):
        monkeypatch.setattr(Path, name, refuse)
    assert load_spec("roadmap").kind == "roadmap"
    assert sample_profile()["company"]
    assert load_sample("roadmap", "en", "")
    assert problem_texts()
    assert foreign_words()
    assert foreign_signs()
    assert typed_words()


def test_the_wheel_brings_them(tmp_path: Path) -> None:
    """Installed where nothing can be written, no command reads YAML."""
    made = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)], check=False
    )
    assert made.returncode == 0
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    copies = {path.name: path.read_bytes() for path in (tmp_path / "site" / "smsheets" / "compiled_specs").iterdir()}
    assert copies == dict(compile_specs())
    book = openpyxl.Workbook()
    for row in (["Date", "Channel", "Caption"], ["2027-01-04", "Instagram", "Hello"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "own.xlsx")
    usual = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"}
    for words in (
        "new --all --sample -o plan",
        "analyze plan -o report.txt",
        "check plan",
        "repair plan/budget.xlsx -o fixed.xlsx",
        "adopt own.xlsx --as calendar --dry-run",
        "compare plan plan",
        "explain --all",
    ):
        line = [sys.executable, "-X", "importtime", "-m", "smsheets", *words.split()]
        done = subprocess.run(line, cwd=tmp_path, env=usual, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        assert " yaml" not in done.stderr, words
