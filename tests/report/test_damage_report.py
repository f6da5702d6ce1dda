"""The damage report: problems by sheet, told so that a person can go to the cell and repair it."""

from __future__ import annotations

import io
import json
from datetime import date

import msgspec

from smsheets import Analysis
from smsheets.cells import CellRef
from smsheets.problems import MissingInput, Problem, Quoted, make_problem
from smsheets.report.build import problems_section
from smsheets.report.damage import (
    CheckedFile,
    CheckView,
    check_schema,
    damage_sections,
    group_problems,
    render_check,
    whole_entry,
)
from smsheets.report.markdown import render_markdown
from smsheets.report.text import render_text
from smsheets.report.wording import Words


def amount(cell: tuple[str, int, int], found: str, read: str = "12000", column: str = "Actual") -> Problem:
    sheet, row, col = cell
    where = CellRef("plan/b.xlsx", sheet, row, col)
    return make_problem("cell.not-a-number", where, column=column, found=Quoted(found), read=read)


def checked(*problems: Problem, missing: tuple[int, ...] = (), notes: tuple[str, ...] = ()) -> CheckedFile:
    cell = CellRef("plan/b.xlsx", "Budget", 3, 1)
    inputs = tuple(MissingInput(cell=cell, label="Line", count=count) for count in missing)
    return CheckedFile(file="plan/b.xlsx", kind="budget", language="en", problems=problems, missing=inputs, notes=notes)


def text_of(file: CheckedFile, language: str = "en") -> str:
    return render_text(damage_sections(file), Words(language), codes=True)


def test_problems_stand_under_their_sheets() -> None:
    file = checked(amount(("Budget", 14, 8), "12 k"), amount(("My sheet", 2, 1), "x"), missing=(11, 0))
    assert text_of(file) == (
        "\nplan/b.xlsx\n===========\n"
        "2 problems on 2 sheets; 12 fields still to fill in.\n"
        "\nBudget\n------\n"
        "Budget!H14: 'Actual' must be a number, found text '12 k'.\n"
        "  Write 12000, or leave it empty.\n"
        "  [cell.not-a-number]\n"
        "\nMy sheet\n--------\n"
        "'My sheet'!A2: 'Actual' must be a number, found text 'x'.\n"
        "  Write 12000, or leave it empty.\n"
        "  [cell.not-a-number]\n"
    )


def test_problems_of_one_kind_in_one_column_are_one_entry() -> None:
    rows = [(14, "a"), (15, "b"), (16, "a"), (18, "a")]
    text = text_of(checked(*(amount(("Budget", row, 8), found, read=found) for row, found in rows)))
    assert text == (
        "\nplan/b.xlsx\n===========\n4 problems on 1 sheet.\n\nBudget\n------\n"
        "Budget!H14:H16, H18: 4 cells of 'Actual' are no numbers. Found: 'a', 'b'\n"
        "  Write plain numbers such as 1200, or leave the cells empty.\n"
        "  [cell.not-a-number]\n"
    )


def test_of_many_values_the_first_are_told() -> None:
    text = text_of(checked(*(amount(("Budget", row, 8), f"t{row}") for row in range(1, 21, 2))))
    assert "Budget!H1, H3, H5, … H19: 10 cells of 'Actual' are no numbers. Found: 't1'," in text
    assert "'t5', …\n" in text
    assert "t7" not in text


def test_other_columns_codes_and_labels_are_told_apart() -> None:
    same = amount(("Budget", 14, 8), "a")
    apart = [
        same,
        amount(("Budget", 15, 9), "a"),
        amount(("Budget", 15, 8), "a", column="Planned"),
        make_problem("cell.error-value", CellRef("plan/b.xlsx", "Budget", 15, 8), column="Actual", found="#REF!"),
    ]
    assert [group.problems for group in group_problems(apart)] == [(problem,) for problem in apart]


def test_what_is_only_counted_is_in_the_count_and_the_cells() -> None:
    problems = [amount(("Budget", row, 8), "x") for row in range(1, 4)]
    more = make_problem(
        "column.more", CellRef("plan/b.xlsx", "Budget", 4, 8),
        column="Actual", first="3", count="25", last="40", kind="cell.not-a-number",
    )  # fmt: skip
    text = text_of(checked(*problems, more))
    assert "28 problems on 1 sheet." in text
    assert "Budget!H1:H3, … H40: 28 cells of 'Actual' are no numbers." in text


def test_a_report_on_several_workbooks_names_every_cell() -> None:
    rows = [(14, "a"), (15, "a"), (16, "b"), *((row, "a") for row in range(18, 28, 2))]
    problems = [amount(("Budget", row, 8), found) for row, found in rows]
    problems += [word(row, "Reel", "Short video") for row in range(6, 18, 2)]
    alone = amount(("Budget", 3, 9), "x")
    analysis = Analysis(as_of=date(2027, 3, 1), files=(), businesses=(), problems=(*problems, alone))
    sections = [problems_section(analysis)]
    text = " ".join(render_text(sections, Words("en")).split())
    assert "plan/b.xlsx: Budget!H14:H16, H18, H20, … H26: 8 cells of 'Actual' are no numbers." in text
    assert "All cells: H14:H15 'a', H16 'b', H18 'a', H20 'a', H22 'a', H24 'a', H26 'a' plan/b.xlsx: Budget!I3" in text
    assert "Understood: plan/b.xlsx: Posts!F6, F8, F10, F12, F14, F16: 'Reel' as 'Short video'." in text
    assert "  - All cells: H14:H15 'a', H16 'b'," in render_markdown(sections, Words("en"))
    assert "Alle Zellen: H14:H15 'a'" in render_text(sections, Words("de"))


def test_cells_that_are_named_already_are_named_once() -> None:
    rows = [
        make_problem("row.missing-formulas", CellRef("plan/b.xlsx", "Budget", row, 2), "F", column="Left")
        for row in (3, 4, 5)
    ]
    (group,) = group_problems(rows)
    assert (whole_entry(group).where, whole_entry(group).cells) == ("plan/b.xlsx: Budget!B3:F5", ())


def word(row: int, found: str, read: str) -> Problem:
    where = CellRef("plan/b.xlsx", "Posts", row, 6)
    return make_problem("cell.other-word", where, column="Format", list="Formats", found=Quoted(found), read=read)


def test_a_word_that_was_understood_is_no_problem() -> None:
    hints = [word(6, "Reel", "Short video"), word(7, "Pic", "Photo"), word(9, "Reel", "Short video")]
    text = text_of(checked(*hints), "de")
    assert text.startswith("\nplan/b.xlsx\n===========\nAlles in Ordnung; 3 Zellen verstanden.\n\nVerstanden\n")
    assert "Posts!F6, F9: 'Reel' als 'Short video'.\nPosts!F7: 'Pic' als 'Photo'.\n" in text
    file = checked(*hints, amount(("Budget", 1, 1), "a"))
    assert [problem.code for problem in file.to_repair] == ["cell.not-a-number"]
    assert "1 problem on 1 sheet; 3 cells understood.\n" in text_of(file)
    shown = json.loads(render_check([file], lambda _: Words("en")))["files"][0]["problems"]
    assert [problem["hint"] for problem in shown] == [True, True, True, False]


def test_codes_are_shown_where_they_are_asked_for() -> None:
    file = checked(amount(("Budget", 1, 1), "a"))
    assert "cell.not-a-number" not in render_text(damage_sections(file), Words("en"))


def test_rows_of_cells_are_told_together() -> None:
    rows = [
        make_problem("row.missing-formulas", CellRef("plan/b.xlsx", "Budget", row, 2), "F", column="Left")
        for row in (3, 4, 5)
    ]
    assert "Budget!B3:F5: The formulas are gone from 3 rows," in text_of(checked(*rows))
    assert "Budget!B3:F3: The formulas are gone" in text_of(checked(rows[0]))


def test_all_is_well_in_one_line() -> None:
    assert text_of(checked()) == "plan/b.xlsx: All is well.\n"
    assert text_of(checked(missing=(1,))) == "plan/b.xlsx: All is well; 1 field still to fill in.\n"
    assert text_of(checked(), "de") == "plan/b.xlsx: Alles in Ordnung.\n"


def test_remarks_are_told() -> None:
    note = "The sheet's own figures could not be checked: the engine for that is not available for this computer."
    assert "plan/b.xlsx: The sheet's own figures" in text_of(checked(notes=(note,)))
    german = text_of(checked(amount(("Budget", 1, 1), "a"), notes=(note,)), "de")
    assert "1 Problem auf 1 Blatt." in german
    assert "Die Zahlen auf den Blättern konnten nicht geprüft werden" in " ".join(german.split())


def test_the_names_of_sheets_are_the_same_in_every_language() -> None:
    text = text_of(checked(amount(("Start here", 2, 1), "x")), "de")
    assert "\nStart here\n----------\n'Start here'!A2: " in text


def test_a_terminal_gets_links(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    sections = list(damage_sections(checked(amount(("My sheet", 14, 8), "a"))))
    shown = Terminal()
    shown.write(render_text(sections, Words("en"), shown))
    assert "\x1b]8;;file:///" in shown.getvalue()
    assert "/plan/b.xlsx#%27My%20sheet%27!H14\x1b\\" in shown.getvalue()
    assert "\x1b" not in render_text(sections, Words("en"))


def test_markdown() -> None:
    text = render_markdown(damage_sections(checked(amount(("Budget", 14, 8), "12_k"))), Words("en"))
    assert text == (
        "## plan/b.xlsx\n\n- 1 problem on 1 sheet.\n\n### Budget\n\n"
        "- **Budget!H14**: 'Actual' must be a number, found text '12_k'. Write 12000, or leave it empty. "
        "`cell.not-a-number`\n\n"
    )
    assert render_markdown(damage_sections(checked()), Words("en")) == "- plan/b.xlsx: All is well.\n\n"


def test_json_names_every_cell() -> None:
    problems = [amount(("O'Neil", row, 8), "12 k") for row in (14, 15)]
    problems.append(
        make_problem(
            "table.missing-column", CellRef("plan/b.xlsx", "Budget", 3, 2), "F", column="Date", guess="Daet", place="B3"
        )
    )
    shown = json.loads(render_check([checked(*problems, missing=(3,))], lambda _: Words("en")))
    assert shown["schema"] == "smsheets.check/1"
    (file,) = shown["files"]
    assert [problem["link"] for problem in file["problems"]] == ["#'O''Neil'!H14", "#'O''Neil'!H15", "#'Budget'!B3:F3"]
    assert file["problems"][0] == {
        "file": "plan/b.xlsx", "sheet": "O'Neil", "cell": "H14", "until": "", "row": 14, "col": 8,
        "hint": False, "link": "#'O''Neil'!H14", "code": "cell.not-a-number",
        "says": "'Actual' must be a number, found text '12 k'.", "todo": "Write 12000, or leave it empty.",
        "found": "text '12 k'", "guess": None, "expected": "12000",
    }  # fmt: skip
    last = file["problems"][2]
    assert (last["until"], last["guess"], last["found"], last["expected"]) == ("F", "Daet", None, None)
    assert file["missing"] == [
        {"cell": {"file": "plan/b.xlsx", "sheet": "Budget", "cell": "A3"}, "label": "Line", "count": 3}
    ]


def test_an_example_is_not_what_is_expected() -> None:
    problem = amount(("Budget", 1, 1), "a lot", read="a plain number such as 1200")
    shown = json.loads(render_check([checked(problem)], lambda _: Words("en")))
    assert shown["files"][0]["problems"][0]["expected"] is None


def test_the_schema_is_that_of_the_json() -> None:
    data = render_check([checked(amount(("Budget", 1, 1), "a"))], lambda _: Words("en"))
    assert isinstance(msgspec.json.decode(data, type=CheckView), CheckView)
    schema = json.loads(check_schema())
    assert set(json.loads(data)["files"][0]["problems"][0]) == set(schema["$defs"]["CellProblemView"]["properties"])
