"""Words that people change on the Lists sheet: the sheet and the report take them alike, or the word is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from emulate import excel
from emulate.recalculated import with_cells
from emulate.written_book import take_apart
from filled import GERMAN, filled, problem_lines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patch_xlsx import patch_cells, patch_parts, recalculate
from repair.repaired import repaired

from smsheets.plan.budget import Budget
from smsheets.plan.carry import rule_of
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import OpenWorkbook, read_source, read_workbook
from smsheets.spec.load import load_spec
from smsheets.spec.reference import load_tools

CATEGORIES = ["Software and tools", "Advertising", "Hired services", "Digital assets", "Own time"]
LINES = """
| Line | Category           | What for | Channel   | Jan 2027 Planned | Jan 2027 Actual | Feb 2027 Planned |
|------|--------------------|----------|-----------|------------------|-----------------|------------------|
| B1   | Software and tools | Planner  |           | 10               | 8               | 20               |
| B2   | Advertising        | Ads      | Instagram | 100              | 60              | 200              |
| B3   | Hired services     | Photos   | Facebook  | 1000             | 900             | 2000             |
"""
FIRST_WORD = 5
FIRST_LINE = 6
"""The row of the first word on the Lists sheet, and of the first line on the sheet Budget."""

pytest.importorskip("ironcalc", reason="skipped: renamed words; there is no engine for this computer")


def budget(folder: Path, lists: dict[int, str], rows: dict[int, str]) -> Path:
    """A budget whose words were changed, calculated: place or line, from 0 -> its word."""
    path = filled(folder, "budget", {"lines": LINES}, rows=12)
    cells = {f"Lists!A{FIRST_WORD + n}": word or None for n, word in lists.items()}
    patch_cells(path, {**cells, **{f"Budget!B{FIRST_LINE + n}": word or None for n, word in rows.items()}})
    recalculate(path)
    return path


def opened(path: Path) -> OpenWorkbook:
    return read_source(open_workbook(path), str(path))


def column(book: OpenWorkbook, table: str, key: str) -> list[object]:
    """What the file shows in a column of a table."""
    found = book.found.tables[table]
    rows = range(found.header_row + 1, found.header_row + found.placed.rows + 1)
    cells = (found.sheet.cells.get((row, found.columns[key])) for row in rows)
    return [cell.value if cell is not None else None for cell in cells]


def codes(path: Path) -> list[str]:
    return [problem.code for problem in read_workbook(path).problems]


def rules(path: Path) -> list[tuple[object, str]]:
    """The carry rule of each line, in the sheet and in the plan."""
    book = opened(path)
    plan = book.read.plan
    assert isinstance(plan, Budget)
    return list(zip(column(book, "lines", "rule"), (rule_of(line).value for line in plan.lines), strict=False))


def sums(path: Path) -> tuple[dict[str, object], dict[str, object]]:
    """The year's budget by category, in the sheet and from the lines that were read; blank ones are left out."""
    book = opened(path)
    sheet = dict(zip(column(book, "by_category", "category"), column(book, "by_category", "year_budget"), strict=True))
    plan, words = book.read.plan, book.read.layout.lists["categories"]
    assert isinstance(plan, Budget)
    shown = dict(zip(words.ids, words.texts, strict=True))
    report: dict[str, object] = {}
    for line in plan.lines:
        if line.category:
            word = shown.get(line.category, line.category)
            amount = float(sum(value for value in line.planned if value is not None))
            report[word] = float(str(report.get(word, 0))) + amount
    return {str(word): value for word, value in sheet.items() if value not in (None, "")}, report


@pytest.mark.parametrize("word", ["Ads", "Paid reach", "Werbung", "advertising!"])
def test_a_word_renamed_on_the_list_and_in_the_rows(word: str, tmp_path: Path) -> None:
    path = budget(tmp_path, {1: word}, {1: word})
    assert problem_lines(path) == []
    assert rules(path) == [("none", "none"), ("unspent", "unspent"), ("none", "none")]
    assert sums(path)[0] == sums(path)[1]


def test_a_word_renamed_on_the_list_only(tmp_path: Path) -> None:
    assert problem_lines(budget(tmp_path, {1: "Ads"}, {})) == [
        "budget.xlsx: Budget!B7: 'Category' must be one of the words of the list 'Categories', found text"
        " 'Advertising'; it was read as 'Ads', but the sheet's own formulas do not know it. Pick 'Ads'."
        " [cell.other-word]"
    ]


@pytest.mark.parametrize(("word", "code"), [("Insta", "cell.other-word"), ("Our page", "cell.not-in-open-list")])
def test_a_channel_renamed_on_the_list_only(word: str, code: str, tmp_path: Path) -> None:
    path = budget(tmp_path, {}, {})
    channels = next(cell for cell in open_workbook(path).sheets[-2].cells.values() if cell.value == "Instagram")
    patch_cells(path, {f"Lists!{chr(64 + channels.col)}{channels.row}": word})
    recalculate(path)
    assert codes(path) == [code]


def test_a_word_that_the_list_no_longer_has(tmp_path: Path) -> None:
    path = budget(tmp_path, {1: ""}, {})
    assert codes(path) == ["cell.not-in-open-list"]
    assert rules(path)[1] == ("none", "unspent")


def test_a_list_without_a_word_counts_no_blank_category(tmp_path: Path) -> None:
    """Else a line without a category would be like the empty place."""
    path = budget(tmp_path, {1: ""}, {1: ""})
    assert rules(path)[1] == ("none", "none")


def test_words_renamed_in_a_workbook_that_names_them_as_text(tmp_path: Path) -> None:
    """Until version 0.2 formulas held the word itself."""
    path = filled(tmp_path, "budget", {"lines": LINES}, rows=12)
    patch_parts(path, lambda _, text: text.replace(f"=Lists!$A${FIRST_WORD + 1})", '="Advertising")'))
    patch_cells(path, {f"Lists!A{FIRST_WORD + 1}": "Ads", f"Budget!B{FIRST_LINE + 1}": "Ads"})
    recalculate(path)
    assert [sheet for sheet, _ in rules(path)] == ["none", "none", "none"]
    assert codes(path) == ["list.renamed-word"]
    assert repaired(path).after.problems == ()


def with_more_words(path: Path, after: str, words: list[str]) -> Path:
    """The workbook with words in the places below a word of a list, calculated."""
    book = take_apart(path.read_bytes())
    (lists,) = (sheet for sheet in book.sheets if sheet.name == "Lists")
    (last,) = (cell for cell in lists.cells.values() if cell.raw == after)
    more = {
        (last.row + n, last.col): replace(last, row=last.row + n, kind="text", raw=word)
        for n, word in enumerate(words, 1)
    }
    changed = replace(lists, cells={**lists.cells, **more})
    sheets = tuple(changed if sheet is lists else sheet for sheet in book.sheets)
    path.write_bytes(excel.write(with_cells(replace(book, sheets=sheets), {})))
    return path


def test_words_beyond_the_room(tmp_path: Path) -> None:
    path = with_more_words(budget(tmp_path, {}, {}), "Own time", [f"Own {n}" for n in range(1, 11)])
    assert problem_lines(path) == [
        "budget.xlsx: Lists!A18: 'By category' has 13 places for words of the list 'Categories', so it leaves out"
        " 'Own 9', 'Own 10'. Give these words a place higher up, or run 'smsheets repair' on this file: the copy that"
        " it writes has room for all. [list.no-room]"
    ]
    assert repaired(path).after.problems == ()


def test_as_many_words_as_there_is_room_for(tmp_path: Path) -> None:
    path = with_more_words(budget(tmp_path, {}, {}), "Own time", [f"Own {n}" for n in range(1, 9)])
    assert problem_lines(path) == []


def test_more_channels_than_the_columns_of_the_calendar(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {}, rows=12)
    with_more_words(path, "Facebook", [f"Site {n}" for n in range(3, 13)])
    (line,) = problem_lines(path)
    assert "has 10 places for words of the list 'Channels', so it leaves out 'Site 11', 'Site 12'" in line


WORDS = st.sampled_from(
    [
        *("", "Ads", "Paid reach", "Freelancers", *CATEGORIES),
        *(">100", "<5", "=Ads", "<>", "*", "Ads*", "?", "Why?", "~misc", "a~b", "a*b"),
        *("R&D", "O'Neil", '"so"', "100 %", "-minus", "+plus", "@home", "#1", "50", "Ünï", "🎉 Party"),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(WORDS, min_size=6, max_size=6, unique=True), st.lists(st.integers(0, 5), min_size=3, max_size=3))
def test_the_sheet_and_the_report_take_any_word_alike(tmp_path: Path, words: list[str], rows: list[int]) -> None:
    """Or something is named: a word that is a condition, one that is not on the list."""
    path = budget(tmp_path, dict(enumerate(words)), {n: words[place] for n, place in enumerate(rows)})
    if not read_workbook(path).problems:
        assert all(sheet == report for sheet, report in rules(path)), (words, rows)
        assert sums(path)[0] == sums(path)[1], (words, rows)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([">100 €"], [">100 €"]),
        (["=Ads", "<5", "~misc"], ["=Ads", "<5", "~misc"]),
        (["Ads*", "Ads 2"], ["Ads*"]),
        (["Why?", "Whys"], ["Why?"]),
        (["*Ads*", "Other?", "Why?", "R&D", "-minus"], []),
    ],
)
def test_a_word_that_is_a_condition_is_named(words: list[str], named: list[str], tmp_path: Path) -> None:
    path = budget(tmp_path, {5 + n: word for n, word in enumerate(words)}, {0: words[0]})
    problems = read_workbook(path).problems
    assert [problem.code for problem in problems] == ["list.condition"] * len(named)
    assert [problem.values["found"] for problem in problems] == named


EARLIER = """
| Posten | Kategorie | Wofür    | Übertragsregel | Jan 2027 Geplant | Jan 2027 Ist | Feb 2027 Geplant |
|--------|-----------|----------|----------------|------------------|--------------|------------------|
| B1     | Eigene Zeit | Fotos | nur Guthaben   | 100              | 60           | 200              |
"""


def test_a_word_of_an_earlier_template_stays_in_the_workbooks_made_with_it(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": EARLIER}, profile=GERMAN, rows=12)
    patch_parts(path, lambda _, text: text.replace("nur Guthaben", "nur Rest"))
    read = read_workbook(path)
    assert list(map(str, read.problems)) == []
    assert read.rows["lines"][0].values["carry_rule"] == "unspent"


TOOLS = """
| Tool or place | Kind     | What for |
| canva         | pictures and video | Posters  |
| Canvass       | planning | Posts    |
| Trello, Slack | tasks    | Work     |
"""


def test_a_list_of_suggestions_takes_any_word_and_knows_its_own(tmp_path: Path) -> None:
    path = filled(tmp_path, "strategy", {"tools": TOOLS})
    read = read_workbook(path)
    assert list(map(str, read.problems)) == []
    assert [row.values["tool"] for row in read.rows["tools"]] == ["Canva", "Canvass", "Trello, Slack"]
    rules = openpyxl.load_workbook(path)["Tools and files"].data_validations.dataValidation
    offered = next(rule for rule in rules if rule.promptTitle == "Tool or place")
    assert (offered.type, offered.showErrorMessage) == ("list", False)
    kinds = next(spec for spec in load_spec("strategy").lists if spec.id == "tool_kinds")
    assert set(load_tools()) <= {value.id for value in kinds.values}
