"""The report as Markdown: whole, and what people typed stays text."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from sample_analysis import markdown_of, sample_analysis

from smsheets.money import Money
from smsheets.report.document import Entry, Line, Section, TableView
from smsheets.report.markdown import render_markdown
from smsheets.report.wording import Words


def test_headings_lists_tables_and_entries() -> None:
    table = TableView(title="Costs", headers=("What", "Amount"), rows=(("Ads", Money(Decimal(5), "EUR")),))
    parts = (
        Line("A line."),
        table,
        Entry(level="error", says=Line("Late."), todo=Line("Hurry."), where="b.xlsx: S!A1", name="r.late"),
        Entry(level="problem", says=Line("Wrong."), todo=Line("Mend it."), where="b.xlsx: S!A2", name="cell.x"),
    )
    assert render_markdown([Section("Report", parts, chapter=True), Section("Part", (Line("End."),))], Words("en")) == (
        "## Report\n\n- A line.\n\n**Costs**\n\n| What | Amount |\n| --- | --- |\n| Ads | 5.00 |\n\n"
        "- **error**: Late. Hurry. (b.xlsx: S!A1) `r.late`\n"
        "- **b.xlsx: S!A2**: Wrong. Mend it. `cell.x`\n\n"
        "### Part\n\n- End.\n\n"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a|b", r"a\|b"),
        ("*bold* _it_", r"\*bold\* \_it\_"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[link](http://x.y)", r"\[link\](http://x.y)"),
        ("![x](y)", r"!\[x\](y)"),
        ("`code`", r"\`code\`"),
        ("# head", r"\# head"),
        ("~~gone~~", r"\~\~gone\~\~"),
        ("back\\slash", r"back\\slash"),
        ("one\ntwo", "one two"),
        ("a\x1b[31mb", "a\ufffd\\[31mb"),
        ("{x}", r"\{x\}"),
    ],
)
def test_signs_that_mean_something_are_escaped(typed: str, shown: str) -> None:
    table = TableView(headers=("A",), rows=((typed,),))
    parts = (Line("Is {x}", {"x": typed}), table)
    text = render_markdown([Section(typed, parts)], Words("en"))
    assert text == f"### {shown}\n\n- Is {shown}\n\n| A |\n| --- |\n| {shown} |\n\n"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_table_of_the_sample_is_whole(language: str) -> None:
    lines = render_markdown(markdown_of(sample_analysis(language)), Words(language)).splitlines()
    assert sum(line.startswith("## ") for line in lines) == 6
    cells: int | None = None
    for line in lines:
        if line.startswith("|"):
            found = len(re.findall(r"(?<!\\)\|", line))
            assert cells in (None, found), line
            cells = found
        else:
            cells = None
