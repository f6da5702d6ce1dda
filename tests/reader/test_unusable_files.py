"""Files that `smsheets analyze` cannot use: one clear line on standard error for each, exit status 2."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filled import template

from smsheets.cli.main import main


def analyze(*paths: Path) -> Result:
    return CliRunner().invoke(main, ["analyze", *map(str, paths)])


def ole_file(stream: str) -> bytes:
    """The smallest compound file with one named stream: what .xls and password-protected files are."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<IIIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<I", header, 76, 0)
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b"".join(_entry(name, kind) for name, kind in (("Root Entry", 5), (stream, 2), ("", 0), ("", 0)))
    return bytes(header) + fat + directory


def _entry(name: str, kind: int) -> bytes:
    entry = bytearray(128)
    text = name.encode("utf-16-le")
    entry[: len(text)] = text
    struct.pack_into("<HBB", entry, 64, len(text) + 2 if name else 0, kind, 1)
    struct.pack_into("<III", entry, 68, 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
    return bytes(entry)


CONTENTS = {
    "prices.csv": b"Line,Planned\nAds,100\n",
    "old.xls": ole_file("Workbook"),
    "protected.xlsx": ole_file("EncryptedPackage"),
    "truncated.xlsx": template("budget")[:20_000],
    "empty.xlsx": b"",
    "page.xlsx": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.xlsx", "there is no such file"),
        ("prices.csv", ".xlsx"),
        ("old.xls", ".xls"),
        ("protected.xlsx", "password"),
        ("truncated.xlsx", "damaged"),
        ("empty.xlsx", "empty"),
        ("page.xlsx", "HTML"),
    ],
)
def test_one_line_for_a_file_that_cannot_be_used(name: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name in CONTENTS:
        path.write_bytes(CONTENTS[name])
    result = analyze(path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"{path}: ")
    assert words in result.stderr


def test_a_folder(tmp_path: Path) -> None:
    result = analyze(tmp_path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "folder" in result.stderr


def test_the_others_are_analyzed_all_the_same(tmp_path: Path) -> None:
    good, bad = tmp_path / "budget.xlsx", tmp_path / "missing.xlsx"
    good.write_bytes(template("budget", "en", True))
    result = analyze(good, bad)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{bad}: ")
    assert "budget.xlsx" in result.stdout
