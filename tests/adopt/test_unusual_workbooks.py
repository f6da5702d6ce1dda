"""Workbooks with nothing for us, with hostile texts, and very large ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from adopt.foreign_files import adopted, foreign, lost_texts, read_rows
from made import made
from openpyxl import load_workbook

from smsheets.errors import OptionError, WorkbookFileError
from smsheets.kinds import KINDS
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import read_workbook
from smsheets.rewrite.adopt import AdoptOptions, adopt
from smsheets.rewrite.mapping import require_likeness


def test_an_empty_workbook_says_so_in_one_line(tmp_path: Path) -> None:
    path = foreign(tmp_path / "empty.xlsx", {"Sheet1": []})
    with pytest.raises(OptionError, match=r"does not look like any of our workbooks. If it is one, say which: --as"):
        adopted(path)
    with pytest.raises(OptionError, match=r"no rows were found that fit a content calendar"):
        adopted(path, "calendar")


def test_a_sheet_of_too_many_columns_says_so_in_one_line(tmp_path: Path) -> None:
    plan: list[list[object]] = [["Date", "Platform", "Text"], ["2027-01-04", "Instagram", "New bowls"]]
    for wide in (1_000, 1_001):
        path = foreign(tmp_path / f"{wide}.xlsx", {"Plan": plan, "Export": [list(range(wide))]})
        if wide == 1_000:
            assert len(adopted(path, "calendar")[0].tables[0].rows) == 1
            continue
        with pytest.raises(WorkbookFileError, match=r"its sheet 'Export' has more than 1,000 columns\. Delete those"):
            adopted(path, "calendar")


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("calendar", "fit a content calendar. A row of headings is needed, such as Date, Platform, Text,"),
        ("budget", "fit a social media budget. A row of headings is needed, such as Item, Category, Planned, Actual,"),
        ("roadmap", "fit an initiative roadmap. A row of headings is needed, such as Task, Owner, Start, Due,"),
        ("kpi-report", "fit a KPI report. A row of headings is needed, such as Metric, Target, Jan,"),
        (
            "strategy",
            "fit a social media strategy. A row of headings is needed, such as Goal, Metric, Target, Deadline,",
        ),
    ],
)
def test_a_refusal_names_the_headings_of_its_kind(tmp_path: Path, kind: str, says: str) -> None:
    path = foreign(tmp_path / "weeks.xlsx", {"Weekly": [["Week", "Visitors"], ["W1", 12], ["W2", 13]]})
    with pytest.raises(OptionError) as raised:
        adopted(path, kind)
    assert says in str(raised.value)
    assert "--map" in str(raised.value)


def test_the_headings_that_a_refusal_names_are_enough(tmp_path: Path) -> None:
    for kind in KINDS.values():
        for number, texts in enumerate(kind.headings.split(", or ")):
            heads = texts.split(", ")
            cells: dict[str, object] = {"Date": "2027-05-03", "Start": "2027-05-03", "Due": "2027-06-03"}
            cells |= {"Month": "Jan 2027", "Platform": "Instagram", "Deadline": "2027-06-03"}
            figures = {"Planned", "Actual", "Target", "Jan", "Feb", "Mar", "Followers", "Reach"}
            rows = [heads, [cells.get(head, 7 if head in figures else f"{head} 1") for head in heads]]
            adoption, _ = adopted(foreign(tmp_path / f"{kind.id}{number}.xlsx", {"Sheet": rows}), kind.id)
            assert sum(len(item.rows) for item in adoption.tables) >= 1, texts


def test_a_heading_that_is_named_makes_any_table_one_that_is_read(tmp_path: Path) -> None:
    rows = [["Qqa", "Qqb", "Qqc", "Qqd", "Qqe", "Qqf"], *([f"thing {n}", n, "x", "y", "z", "w"] for n in (1, 2, 3))]
    path = foreign(tmp_path / "plan.xlsx", {"Plan": rows})
    with pytest.raises(OptionError, match="no rows were found"):
        adopted(path, "budget")
    _, target = adopted(path, "budget", corrections=["Qqa=Item", "Qqb=Actual"])
    assert read_rows(target, "lines", "line", "actual#1") == [("thing 1", "1"), ("thing 2", "2"), ("thing 3", "3")]


def test_headings_without_rows_say_so(tmp_path: Path) -> None:
    path = foreign(tmp_path / "empty.xlsx", {"Sheet1": [["Date", "Platform", "Caption"]]})
    with pytest.raises(OptionError, match=r"no rows were found"):
        adopted(path, "calendar")


def test_our_own_workbook_is_not_adopted(tmp_path: Path) -> None:
    path = tmp_path / "calendar.xlsx"
    path.write_bytes(made("calendar"))
    with pytest.raises(OptionError, match=r"this is a workbook of smsheets already"):
        adopt(open_workbook(path), AdoptOptions(given={}, default_start=date(2027, 1, 1)))


def test_texts_stay_texts(tmp_path: Path) -> None:
    bad = ["=1+1", "+1", "@SUM(A1)", "-2", "\x1b[31mred", "<script>", "'quoted"]
    rows = [["Date", "Platform", "Caption", "Mood"]]
    rows += [[f"2027-05-0{n}", "Instagram", f"text {n}", text.replace("\x1b", "")] for n, text in enumerate(bad, 1)]
    path = tmp_path / "plan.xlsx"
    foreign(path, {"Plan": rows})
    book = load_workbook(path)
    for row in book["Plan"].iter_rows(min_row=2):
        row[3].data_type = "s"
    book.save(path)
    _, target = adopted(path)
    cells = [cell for page in load_workbook(target) for line in page.iter_rows() for cell in line]
    mood = [cell for cell in cells if cell.value in [row[3] for row in rows[1:]]]
    assert {cell.value for cell in mood} == {row[3] for row in rows[1:]}
    assert {cell.data_type for cell in mood} == {"s"}


def test_errors_and_formulas_that_were_never_calculated_are_kept_as_texts(tmp_path: Path) -> None:
    rows = [
        ["Date", "Platform", "Caption"],
        ["2027-05-03", "Instagram", "#REF!"],
        ["2027-05-04", "Instagram", "=A2&B2"],
        ["2027-05-05", "Instagram", "Three"],
    ]
    path = foreign(tmp_path / "plan.xlsx", {"Plan": rows})
    adoption, target = adopted(path)
    assert lost_texts(target, {"Plan": rows}, *(row[0] for row in rows[1:])) == []
    assert {item.value: item.why for item in adoption.left}["=A2&B2"] == "A formula that was never calculated"


def test_a_large_sheet_comes_over_whole(tmp_path: Path) -> None:
    rows = [["Date", "Platform", "Caption"]]
    rows += [[f"2027-{n % 12 + 1:02}-{n % 28 + 1:02}", "Instagram", f"Text {n}"] for n in range(3000)]
    path = foreign(tmp_path / "large.xlsx", {"Plan": rows})
    _, target = adopted(path)
    assert read_rows(target, "posts", "copy") == [(f"Text {n}",) for n in range(3000)]
    assert read_workbook(target).problems == ()


def test_a_cell_in_the_last_row_of_the_sheet_is_no_reason_to_walk_there(tmp_path: Path) -> None:
    path = foreign(
        tmp_path / "plan.xlsx", {"Plan": [["Date", "Platform", "Caption"], ["2027-05-03", "Instagram", "One"]]}
    )
    book = load_workbook(path)
    book["Plan"].cell(1_048_576, 16_384, "far away")
    book.save(path)
    adoption, _ = adopted(path)
    assert [(item.value, item.cells) for item in adoption.left] == [("far away", "XFD1048576")]


def test_hidden_sheets_are_read_too(tmp_path: Path) -> None:
    heads = ["Date", "Platform", "Caption"]
    path = foreign(
        tmp_path / "plan.xlsx", {"A": [heads, ["2027-05-03", "X", "One"]], "B": [heads, ["2027-05-04", "X", "Two"]]}
    )
    book = load_workbook(path)
    book["B"].sheet_state = "hidden"
    book.save(path)
    assert read_rows(adopted(path)[1], "posts", "copy") == [("One",), ("Two",)]


def test_without_rapidfuzz_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rapidfuzz", None)
    with pytest.raises(OptionError, match="pip install rapidfuzz"):
        require_likeness()


def test_the_row_that_ends_a_table_of_ours_is_no_row_of_a_copy(tmp_path: Path) -> None:
    rows = [["Date", "Platform", "Caption"], ["2027-05-03", "Instagram", "One"]]
    end = [[None, None, "Insert rows above this line"], [None, "Zeilen über dieser Linie einfügen", None]]
    adoption, target = adopted(foreign(tmp_path / "plan.xlsx", {"Plan": [*rows, *end]}))
    assert read_rows(target, "posts", "copy") == [("One",)]
    assert [item.cells for item in adoption.left] == ["C3", "B4"]


@pytest.mark.parametrize("largest", [13, 10**10, 9 * 10**15])
def test_numbers_below_measures_are_only_months_where_they_can_be(largest: int, tmp_path: Path) -> None:
    rows = [["Item", "Planned", "", "Actual", ""], ["", 1, largest, 1, largest], ["Ads", 10, 20, 30, 40]]
    path = foreign(tmp_path / "numbers.xlsx", {"Sheet": rows})
    adoption, _ = adopted(path, "budget")
    assert sum(len(item.rows) for item in adoption.tables) >= 1
