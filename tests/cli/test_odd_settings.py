"""A smsheets.toml of any content: it is read, or one line says what is wrong with it."""

from __future__ import annotations

import codecs
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from smsheets.api import analyze, new_workbook
from smsheets.errors import OptionError
from smsheets.spec.load import LARGEST_THRESHOLD, load_thresholds

SAVE_AGAIN = "Save it again in a text editor with the encoding UTF-8 (in Notepad: File, Save as, Encoding)."
NESTED = "cannot be read as TOML: its lists and tables are nested too deep"
DIGITS = "cannot be read as TOML: a number in it has too many digits"


def refused(data: bytes, folder: Path, run: Callable[..., Result]) -> str:
    """The line that each command that reads settings prints."""
    (folder / "smsheets.toml").write_bytes(data)
    lines = set()
    for words in (("new", "budget", "-o", "new.xlsx"), ("init", "--yes", "-o", "other.toml")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        lines.add(result.stderr)
    assert len(lines) == 1
    (line,) = lines
    assert line.count("\n") == 1
    assert not (folder / "new.xlsx").exists()
    if "threshold" in line:
        assert line.startswith("smsheets.toml: ")
    return line.removeprefix("smsheets.toml: ").rstrip("\n")


@pytest.mark.parametrize("text", ["company = 'Clay'\n", "# Töpferei\ncompany = 'Töpferei'\r\n"])
def test_a_mark_at_the_start_is_no_part_of_the_file(text: str, folder: Path, run: Callable[..., Result]) -> None:
    (folder / "smsheets.toml").write_bytes(codecs.BOM_UTF8 + text.encode())
    result = run("new", "budget")
    assert (result.exit_code, result.output) == (0, "budget.xlsx written\n")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("company = 'Clay'\n".encode("utf-16"), f"is not saved as UTF-8. {SAVE_AGAIN}"),
        (codecs.BOM_UTF16_BE + "company = 'Clay'\n".encode("utf-16-be"), f"is not saved as UTF-8. {SAVE_AGAIN}"),
        ("company = 'Töpferei'\n".encode("cp1252"), f"is not saved as UTF-8. {SAVE_AGAIN}"),
        (b"team = " + b"[" * 2_000 + b"]" * 2_000, NESTED),
        (b"team = " + b"[" * 60 + b"]" * 60, NESTED),
        (b"team = " + b"{a=" * 2_000 + b"1" + b"}" * 2_000, NESTED),
        (b"[thresholds]\n" + b".".join([b"a"] * 2_000) + b" = 1\n", NESTED),
        (b"[thresholds]\n" + b".".join([b"a"] * 60) + b" = 1\n", NESTED),
        (b"[" + b".".join([b"a"] * 2_000) + b"]\n", NESTED),
        (b"months = " + b"9" * 5_000, DIGITS),
        (b"months = 0x" + b"f" * 5_000, DIGITS),
        (b"start = " + b"9" * 1_000, DIGITS),
        (b"company = 'x'\n#" + b"x" * 1_100_000, "is larger than 1,024 KB; no such file is. Is it the right one?"),
        (b"start = '9999-12'", "--start 9999-12: the months must lie between 1990-01 and 2199-12"),
        (b"start = 9999-12-31", "--start 9999-12: the months must lie between 1990-01 and 2199-12"),
        (b"start = '99999-01'", "--start 99999-01: write a year and a month, for example 2027-01"),
        (
            f"own_channels = {[f'k{n}' for n in range(3_000)]}".encode(),
            "--own-channel: a workbook holds at most 100 names, not 3,000",
        ),
        (f"channels = '{'k,' * 3_000}'".encode(), "--channels: a workbook holds at most 100 names, not 3,001"),
        (b"company = '" + b"x" * 300 + b"'", f"--company {'x' * 40}...: write at most 200 characters"),
        (b"brand = 'blue'", "brand: expected a group of keys, got a text"),
        (b"[brand]\ncolor = '#123456'", "brand.color: unknown key 'color'; did you mean 'colour'?"),
        (b"[brand]\ncolour = 'blue'", "brand.colour: write a colour as in CSS, for example #1f5f8b, not 'blue'"),
        (b"[brand]\ncolour = '#12345g'", "brand.colour: write a colour as in CSS, for example #1f5f8b, not '#12345g'"),
        (b"[brand]\ncolour = '#123;}'", "brand.colour: write a colour as in CSS, for example #1f5f8b, not '#123;}'"),
        (b"[brand]\ncolour = 123456", "brand.colour: expected a text, got a whole number; put it in quotes"),
        (b"[brand]\nprepared_by = '" + b"x" * 101 + b"'", "brand.prepared_by: write at most 100 characters"),
        (b"[brand]\nlogo = ['a.png']", "brand.logo: expected a text, got a list"),
        (b"months = -9_000_000_000_000", "--months -9000000000000: a workbook holds 1 to 24 months"),
    ],
    ids=lambda part: f"{part[:24]!r}" if isinstance(part, bytes) else "",
)
def test_what_is_refused_in_one_line(data: bytes, line: str, folder: Path, run: Callable[..., Result]) -> None:
    assert refused(data, folder, run) == line


@pytest.mark.parametrize("value", ["nan", "+nan", "inf", "-inf", "-1", "1e308", "10_001", "-0.01"])
def test_a_threshold_that_draws_no_line_is_named(value: str, folder: Path, run: Callable[..., Result]) -> None:
    line = refused(f"[thresholds]\n'budget.idle_months' = {value}\n".encode(), folder, run)
    assert line.startswith("threshold 'budget.idle_months': write a number from 0 to 10,000, not ")


def test_the_same_from_python(tmp_path: Path) -> None:
    new_workbook("budget", tmp_path / "budget.xlsx", sample=True)
    line = r"^threshold 'budget\.idle_months': write a number from 0 to 10,000, not nan$"
    with pytest.raises(OptionError, match=line):
        analyze(tmp_path / "budget.xlsx", thresholds={"budget.idle_months": float("nan")})


@pytest.mark.parametrize("value", [0, LARGEST_THRESHOLD])
def test_every_threshold_may_be_at_either_end(value: int) -> None:
    samples = Path(__file__).parents[2] / "samples" / "filled"
    analysis = analyze(*samples.glob("*.xlsx"), thresholds=dict.fromkeys(load_thresholds(), value))
    assert analysis.findings


def test_any_damage_is_told_in_one_line(folder: Path, run: Callable[..., Result]) -> None:
    """Bytes of an honest file changed, left out, doubled, at random but always alike."""
    honest = b'company = "Clay"\nmonths = 12\nstart = 2027-01-01\nchannels = ["instagram"]\n[thresholds]\n"a.b" = 0.5\n'
    drawn = random.Random(20270705)
    for _ in range(150):
        data = bytearray(honest)
        for _ in range(drawn.randint(1, 4)):
            at = drawn.randrange(len(data))
            data[at : at + drawn.choice((0, 1, 3))] = drawn.choice(
                (bytes([drawn.randrange(256)]), b"", b"nan", b"9" * 400, b"[[", b"=", b".", b"\n", b"''", b"1e400")
            )
        (folder / "smsheets.toml").write_bytes(data)
        result = run("init", "--yes", "--force", "-o", "other.toml")
        assert result.exit_code in (0, 2), data
        assert result.output.count("\n") == 1, data
