"""The report as text: readable at 80 columns, plain when piped, and safe to print."""

from __future__ import annotations

import io
import unicodedata
from datetime import date, time
from decimal import Decimal

import msgspec
import pytest
from gone_words import gone_words
from sample_analysis import sample_analysis, text_of

from smsheets.cells import CellRef
from smsheets.money import Money, Share
from smsheets.problems import MissingInput
from smsheets.report.build import read_section
from smsheets.report.document import Entry, Line, Section, TableView
from smsheets.report.markdown import render_markdown
from smsheets.report.text import WIDTH, render_text
from smsheets.report.wording import Words

NASTY = "\x1b[31mred\x1b[0m\x07 \u202eevil\u202c one\r\ntwo\tthree {x} [bold]b[/bold] \u2028 end\x9b2J"


def columns(text: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_sample_fits_into_eighty_columns(language: str) -> None:
    text = render_text(text_of(sample_analysis(language)), Words(language))
    assert len(text.splitlines()) > 200
    assert [line for line in text.splitlines() if columns(line) > WIDTH] == []
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_it_has_its_chapters_in_order(language: str) -> None:
    text = render_text(text_of(sample_analysis(language)), Words(language))
    lines = text.splitlines()
    chapters = [lines[n - 1] for n, line in enumerate(lines) if line and set(line) == {"="}]
    words = Words(language)
    order = ("What was read", "Plan summary", "Variance report", "Findings", "Problems", "In brief")
    assert chapters == [words.text(title) for title in order]


def test_nothing_is_left_unfilled() -> None:
    for language in ("en", "de"):
        text = render_text(text_of(sample_analysis(language)), Words(language))
        assert "{" not in text
        assert "}" not in text
        assert "Decimal(" not in text
        assert list(gone_words(text.splitlines(), language)) == []


def test_every_cell_of_every_finding_is_named() -> None:
    analysis = sample_analysis("en")
    findings = [each for finding in analysis.findings for each in (finding, *finding.also)]
    assert max(len(finding.evidence) for finding in findings) > 10
    for text in (render_text(text_of(analysis), Words("en")), render_markdown(text_of(analysis), Words("en"))):
        plain = " ".join(text.replace("\\", "").split())
        assert [cell for finding in findings for cell in finding.evidence if str(cell) not in plain] == []


def test_what_is_still_to_fill_in_is_a_line_for_each_sheet() -> None:
    analysis = sample_analysis("en")
    cells = [("Goals", 3, 1, "Metric"), ("Goals", 4, 38, "Target"), ("Channels", 1, 0, "Channels")]
    missing = tuple(
        MissingInput(cell=CellRef("a.xlsx", sheet, 7, col), label=label, count=count)
        for sheet, col, count, label in cells
    )
    file = msgspec.structs.replace(analysis.files[0], file="a.xlsx", missing=missing)
    text = render_text([read_section(msgspec.structs.replace(analysis, files=(file,)))], Words("en"))
    assert "To fill in: a.xlsx: Goals: 'Metric' (C7), 'Target' (D7, 38 rows).\n" in text
    assert "To fill in: a.xlsx: Channels: 'Channels' (A7, no row yet).\n" in text


def test_colours_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    sections = [Section("Title", (Entry(level="error", says=Line("Says."), todo=Line("Do."), where="a!B1", name="x"),))]
    piped, terminal = io.StringIO(), Terminal()
    piped.write(render_text(sections, Words("en"), piped))
    terminal.write(render_text(sections, Words("en"), terminal))
    assert "\x1b" not in piped.getvalue()
    assert "\x1b" in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    quiet = Terminal()
    quiet.write(render_text(sections, Words("en"), quiet))
    assert "\x1b[31" not in quiet.getvalue()


def test_entries_and_tables_are_shown() -> None:
    table = TableView(
        title="Costs", headers=("What", "Amount", "Share"), total=True,
        rows=(
            ("Ads", Money(Decimal("1234.5"), "EUR"), Share(Decimal("0.125"))),
            ("All", Money(Decimal("-1"), "EUR"), None),
        ),
    )  # fmt: skip
    entries = (
        Entry(level="warning", says=Line("{n} late.", {"n": 2}), todo=Line("Hurry."), where="b: S!A1", name="r.late"),
        Entry(level="problem", says=Line("'X' is wrong."), todo=Line("Mend it."), where="b.xlsx: S!A2", name="cell.x"),
    )
    sections = [Section("Report", (table, *entries), chapter=True), Section("Part")]
    assert render_text(sections, Words("en"), codes=True) == (
        "\nReport\n======\nCosts\n\n"
        " What     Amount   Share\n"
        " ───────────────────────\n"
        " Ads    1,234.50   12.5%\n"
        " All       -1.00\n\n"
        "[warning] 2 late.\n  Hurry.\n  b: S!A1 [r.late]\n"
        "b.xlsx: S!A2: 'X' is wrong.\n  Mend it.\n  [cell.x]\n"
        "\nPart\n----\n"
    )


def test_an_empty_table_is_not_shown() -> None:
    assert render_text([Section("A", (TableView(headers=("X",), rows=()),))], Words("en")) == "\nA\n-\n"


def test_what_people_typed_cannot_steer_the_terminal() -> None:
    sections = [
        Section(
            NASTY,
            (
                Line(NASTY),
                Line("Is {x}.", {"x": NASTY}),
                Line("Are {x}.", {"x": (NASTY, NASTY)}),
                TableView(title=NASTY, headers=(NASTY, "B"), rows=((NASTY, Line(NASTY)),)),
                Entry(level="error", says=Line("S {x}", {"x": NASTY}), todo=Line(NASTY), where=NASTY, name="n"),
                Entry(level="problem", says=Line(NASTY), todo=Line(NASTY), where=NASTY, name="n"),
            ),
            chapter=True,
        )
    ]
    for language in ("en", "de"):
        text = render_text(sections, Words(language))
        bad = {sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")}
        assert bad == set()
        assert "[bold]b[/bold]" in text.replace("\n", "")
        assert "{x}" in text


def test_values_are_written_as_people_of_a_language_do() -> None:
    values = {
        "money": Money(Decimal("1234.5"), "EUR"), "yen": Money(Decimal(1234), "JPY"), "share": Share(Decimal("0.333")),
        "day": date(2027, 3, 5), "clock": time(9, 5), "number": Decimal("1234.50"), "count": 12345, "names": ("a", "b"),
    }  # fmt: skip
    line = Line("{money}|{yen}|{share}|{day}|{clock}|{number}|{count}|{names}", values)
    assert Words("en").value(line) == "€1,234.50|¥1,234|33.3%|Mar 5, 2027|9:05 AM|1,234.5|12,345|a, b"
    assert Words("de").value(line) == "1.234,50 €|1.234 ¥|33,3\u00a0%|05.03.2027|09:05|1.234,5|12.345|a, b"


def test_amounts_in_tables_stand_without_their_currency() -> None:
    words = Words("en")
    assert words.cell(Money(Decimal("1234.5"), "EUR")) == "1,234.50"
    assert words.cell(Money(Decimal("1234"), "JPY")) == "1,234"
    assert words.cell(Money(Decimal("12"), "")) == "12.00"
    assert words.value(Money(Decimal("12"), "")) == "12.00"
    assert words.cell(None) == ""


def test_what_nobody_gave_is_left_out() -> None:
    assert Words("en").text("{here} and {gone}.", {"here": "One"}) == "One and ."
