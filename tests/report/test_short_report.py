"""The short report: one window of a terminal for a business, whatever is wrong; what is left out is counted."""

from __future__ import annotations

import re

import msgspec
import pytest
from sample_analysis import sample_analysis

from smsheets.analysis.finding import Finding, Level
from smsheets.analysis.result import Analysis
from smsheets.cells import CellRef
from smsheets.problems import MissingInput, Problem, Quoted, make_problem
from smsheets.report.short import MOST_LINES, render_short
from smsheets.report.text import WIDTH
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line


def dates_as_text(*rows: int) -> list[Problem]:
    return [
        make_problem(
            "cell.date-as-text", CellRef("plan/calendar.xlsx", "Posts", row, 2),
            column="Date", found=Quoted(f"{row} May 2027"), read="2027-05-01",
        )
        for row in rows
    ]  # fmt: skip


def with_findings(analysis: Analysis, level: Level, times: int) -> Analysis:
    """The sample with many findings of a level before its own."""
    [business] = analysis.businesses
    first = next(item for item in business.findings if item.level is level)
    more = tuple(msgspec.structs.replace(first, about=f"{first.about}{n}") for n in range(times))
    grown = msgspec.structs.replace(business, findings=(*more, *business.findings))
    return msgspec.structs.replace(analysis, businesses=(grown,))


def without_steps(analysis: Analysis) -> list[Finding]:
    [business] = analysis.businesses
    return [item for item in business.findings if item not in business.headline.steps]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_sample_is_one_window(language: str) -> None:
    analysis, words = sample_analysis(language), Words(language)
    text = render_short(analysis, words)
    lines = text.splitlines()
    assert 30 < len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > WIDTH or line != line.rstrip() or "{" in line] == []
    assert re.findall(r"\[[a-z-]+\.[a-z_-]+\]", text) == []
    for finding in analysis.businesses[0].headline.steps:
        says = words.text(finding.says, finding.values)
        assert says[:40] in " ".join(text.split())
    for finding in without_steps(analysis):
        if finding.level is Level.ERROR:
            assert f"  {safe_line(str(finding.evidence[0]))}: " in text


def test_codes_are_behind_every_finding_that_is_named() -> None:
    analysis = sample_analysis("en")
    text = render_short(analysis, Words("en"), codes=True)
    assert max(map(len, text.splitlines())) <= WIDTH
    for finding in analysis.businesses[0].headline.steps:
        assert f"[{finding.id}]" in text


@pytest.mark.parametrize("level", [Level.ERROR, Level.WARNING])
def test_whatever_is_wrong_it_is_one_window_and_counts_what_it_leaves_out(level: Level) -> None:
    analysis = with_findings(sample_analysis("en"), level, 500)
    cells = [CellRef("plan/b.xlsx", "Budget", 9, column) for column in range(2, 90)]
    problems = dates_as_text(*range(6, 300, 3))
    problems += [make_problem("cell.error-value", cell, column=f"C{cell.col}", found="#REF!") for cell in cells]
    text = render_short(msgspec.structs.replace(analysis, problems=tuple(problems)), Words("en"))
    assert len(text.splitlines()) <= MOST_LINES
    assert f"\n{len(problems)} problems\n" in text
    assert "  86 more problems: see smsheets check\n" in text
    shown = len(re.findall(r"^  (?!plan|b\.xlsx|calendar\.xlsx)'?[A-Z][\w' ]*![A-Z]+\d+: ", text, re.MULTILINE))
    counted = sum(int(number) for number in re.findall(r"(\d+) (?:more errors?|more warnings?|notes?)\b", text))
    assert shown + counted == len(without_steps(analysis))


def test_dates_that_are_typed_as_text_are_said_once() -> None:
    problems = (*dates_as_text(*range(6, 88, 3)),)
    text = render_short(msgspec.structs.replace(sample_analysis("en"), problems=problems), Words("en"))
    told = " ".join(text.split())
    assert "28 problems calendar.xlsx: Posts!B6, B9, B12, … B87: 28 dates in 'Date' are typed as text," in told
    assert "smsheets repair turns them into dates." in told


def test_what_was_understood_is_no_problem() -> None:
    word = make_problem(
        "cell.other-word", CellRef("c.xlsx", "Posts", 6, 6),
        column="Format", list="Formats", found=Quoted("Reel"), read="Short video",
    )  # fmt: skip
    text = render_short(msgspec.structs.replace(sample_analysis("en"), problems=(word,)), Words("en"))
    assert "Problems in the workbooks: none.\n1 cell understood: see smsheets check\n" in text


def test_of_several_businesses_each_has_its_verdict_and_its_steps() -> None:
    analysis = sample_analysis("en")
    [business] = analysis.businesses
    others = tuple(msgspec.structs.replace(business, business=name) for name in ("Ann", "Ben", "Cleo"))
    text = render_short(msgspec.structs.replace(analysis, businesses=others), Words("en"))
    assert [text.count(f"\n{name}, Jul 5, 2027, from ") for name in ("Ann", "Ben", "Cleo")] == [1, 1, 1]
    assert len(text.splitlines()) < 3 * 20
    assert text.count("more errors, ") == 3


def test_a_blank_workbook_says_what_to_fill_in_next() -> None:
    analysis = sample_analysis("en")
    [business] = analysis.businesses
    headline = msgspec.structs.replace(business.headline, steps=())
    blank = msgspec.structs.replace(business, findings=(), headline=headline)
    cells = [CellRef("plan/strategy.xlsx", sheet, 14, 2) for sheet in ("Company", "Company", "Goals", "Team", "Setup")]
    missing = tuple(MissingInput(cell=cell, label=f"Label {n}", count=n) for n, cell in enumerate(cells))
    [strategy] = [file for file in analysis.files if file.kind == "strategy"]
    files = (msgspec.structs.replace(strategy, missing=missing),)
    text = render_short(msgspec.structs.replace(analysis, businesses=(blank,), files=files), Words("en"))
    assert (
        "\nWhat to fill in next\n1. strategy.xlsx: Company!B14: Label 0, Label 1\n"
        "2. strategy.xlsx: Goals!B14: Label 2\n3. strategy.xlsx: Team!B14: Label 3\n"
    ) in text
    assert "11 fields still to fill in: see --full" in text
