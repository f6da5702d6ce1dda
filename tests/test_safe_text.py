"""Texts out of workbooks and file names are only shown: on a terminal, in Markdown, in CSV files."""

from __future__ import annotations

import csv
import os
import zipfile
from html import escape
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from filled import ENGLISH, filled

from smsheets.cli.main import main
from smsheets.safe_text import safe_cell, safe_line, safe_markdown, safe_spaced

EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202egnp.exe\u2066 [red]x[/red] [link=http://x]y[/link]"
FORMULAS = (
    "=1+1",
    "=cmd|'/c calc'!A1",
    "{=1}",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "http://x",
    "internal:A1",
    "_x0041_",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain  text\n of two lines", "plain text of two lines"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\x1b]0;title\x07", "\ufffd]0;title\ufffd"),
        ("\x9b31m", "\ufffd31m"),
        ("a\u202egnp.exe", "a\ufffdgnp.exe"),
        ("a\u2066b\u2069c\u200fd", "a\ufffdb\ufffdc\ufffdd"),
        ("zero\u200bwidth\ufeff soft\u00adhyphen", "zerowidth softhyphen"),
        ("\ud800\ue000", "\ufffd\ufffd"),
        ("👩\u200d👧 stays", "👩\u200d👧 stays"),
        ("no\u00a0break\u202fspace\u2028line", "no break space line"),
        ("[red]text[/red]", "[red]text[/red]"),
    ],
)
def test_a_terminal_only_shows_it(text: str, expected: str) -> None:
    assert safe_line(text) == expected


def test_a_line_that_is_set_keeps_its_spaces() -> None:
    assert safe_spaced("  a   b\tc\nd") == "  a   b c d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("![x](http://x)", r"!\[x\](http://x)"),
        ("a | b", r"a \| b"),
        ("`code` *bold* _it_ ~no~ # {x}", r"\`code\` \*bold\* \_it\_ \~no\~ \# \{x\}"),
        ("&lt;b&gt; &#x202e;", "&amp;lt;b&amp;gt; &amp;\\#x202e;"),
        ("Clay & Kiln", "Clay & Kiln"),
        ("my_file_1.xlsx _x_", r"my_file_1.xlsx \_x\_"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("=== no heading", r"\=== no heading"),
        ("C:\\x", r"C:\\x"),
        ("12.50 EUR - ok", "12.50 EUR - ok"),
    ],
)
def test_markdown_only_shows_it(text: str, expected: str) -> None:
    assert safe_markdown(text) == expected


def test_a_text_in_a_csv_file_is_no_formula_and_a_number_stays() -> None:
    assert [safe_cell(value) for value in ("=1+1", "+1", "-1", "@x", "\tx", "\rx")] == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx",
    ]  # fmt: skip
    assert [safe_cell(value) for value in (-1, -1.5, None, "x=1", "")] == [-1, -1.5, None, "x=1", ""]


def _evil_calendar(folder: Path) -> Path:
    """A calendar whose texts, words and names are hostile."""
    post = f"| Post | Date | Channel | Title | Status |\n|---|---|---|---|---|\n| P1 | {'soon'} | X1X | X2X | X3X |\n"
    path = filled(folder, "calendar", {"posts": post}, profile=ENGLISH, forms={"start": {"business": "X1X"}})
    texts = {"X1X": EVIL, "X2X": "=cmd|'/c calc'!A1", "X3X": "<script>alert(1)</script>[x](javascript:y)"}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = parts["xl/sharedStrings.xml"].decode()
    for name, text in texts.items():
        written = "".join(f"_x{ord(sign):04X}_" if ord(sign) < 32 else sign for sign in text)
        strings = strings.replace(f"<t>{name}</t>", f"<t>{escape(written)}</t>")
    evil = folder / f"{EVIL.replace('/', '')}.xlsx"
    with zipfile.ZipFile(evil, "w") as archive:
        for name, data in {**parts, "xl/sharedStrings.xml": strings.encode()}.items():
            archive.writestr(name, data)
    return evil


@pytest.mark.parametrize("command", ["analyze", "check"])
@pytest.mark.parametrize("shape", ["text", "markdown"])
def test_reports_of_a_hostile_workbook_are_safe(command: str, shape: str, tmp_path: Path) -> None:
    path = _evil_calendar(tmp_path)
    whole = ["--full"] if (command, shape) == ("analyze", "text") else []
    result = CliRunner().invoke(main, [command, str(path), "--format", shape, *whole])
    assert result.exit_code == 1, result.output
    assert all(line.isprintable() or "\u200d" in line for line in result.output.splitlines())
    assert "]0;owned" in result.output.replace("\\", "")
    if shape == "markdown":
        assert "<script" not in result.output.replace("\\<script", "")
        assert "](" not in result.output.replace("\\](", "")
    else:
        assert "[red]x[/red]" in result.output


def test_error_lines_and_progress_are_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = EVIL.replace("/", "")
    for words in (["analyze", f"{name}.xlsx"], ["check", f"{name}\n.xlsx"], ["new", "budget", "-o", f"{name}.xlsx"]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == (0 if words[0] == "new" else 2)
        lines = result.output.splitlines()
        assert len(lines) == 1
        assert lines[0].isprintable()
        assert "\ufffd]0;owned" in lines[0]


@pytest.mark.skipif(os.name != "posix", reason="file names of other systems are always text")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = _evil_calendar(tmp_path).rename(tmp_path / os.fsdecode(b"caf\xe9.xlsx"))
    for words in (["analyze", str(path)], ["analyze", str(path), "--format", "json"], ["check", str(path)]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 1, result.exception
        assert "caf?.xlsx" in result.output
    assert (
        "caf\ufffd.csv: there is no such file" in CliRunner().invoke(main, ["analyze", str(path)[:-4] + "csv"]).output
    )


def test_csv_files_hold_no_formula(tmp_path: Path) -> None:
    path = _evil_calendar(tmp_path)
    CliRunner().invoke(main, ["analyze", str(path), "--format", "csv", "-o", str(tmp_path / "out")])
    text = (tmp_path / "out" / "calendar.posts.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["title"] for row in rows] == ["'=cmd|'/c calc'!A1"]


@pytest.mark.parametrize("text", [*FORMULAS, EVIL, "<&>\"'", "👩\u200d👧"])
@pytest.mark.parametrize("given", ["options", "file"])
def test_a_new_workbook_holds_names_as_texts(
    text: str, given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["new", "budget", "calendar", "-o", "out"]
    if given == "options":
        words += ["--company", text, "--own-channel", text, "--team", text]
    else:
        quoted = _as_toml(text)
        Path("smsheets.toml").write_text(
            f"company = {quoted}\nown_channels = [{quoted}]\nteam = [{quoted}]\n", encoding="utf-8"
        )
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    for kind in ("budget", "calendar"):
        book = openpyxl.load_workbook(tmp_path / "out" / f"{kind}.xlsx")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert any(cell.data_type == "s" and _plain(str(cell.value)) == _plain(text) for cell in cells), text
        assert not [cell.value for cell in cells if cell.data_type == "f" and str(cell.value) == text]
        links = [cell for cell in cells if cell.hyperlink]
        assert {cell.hyperlink.location.partition("!")[0] for cell in links} == {
            f"'{name}'" if " " in name else name for name in shown(book)
        }
        assert not [cell for cell in links if cell.hyperlink.target or _plain(str(cell.value)) == _plain(text)]
        read = CliRunner().invoke(main, ["check", f"out/{kind}.xlsx", "--verbose"])
        is_condition = _plain(text).startswith(("<", ">", "="))  # sums by such a word are wrong in every program
        assert read.exit_code == is_condition, read.output
        assert read.output.count("[") == read.output.count("[list.condition]") == is_condition, read.output


def shown(book: openpyxl.Workbook) -> list[str]:
    """The sheets that links lead to: from the first one to each of the others, and back."""
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _as_toml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(sign):08X}" for sign in text) + '"'


def _plain(text: str) -> str:
    """Without the signs that openpyxl reads as the escapes they are written as, and without spaces around it."""
    from smsheets.reader.file.source_cells import text_value

    return "".join(sign for sign in str(text_value(text)) if sign.isprintable()).strip()
