"""A template of a user's own, from YAML to workbook and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import openpyxl
import pytest
from click.testing import CliRunner

from smsheets import Profile, SmsheetsError, analyze, new_workbook, read_workbook
from smsheets.cli.main import main
from smsheets.spec.load import read_spec, specs_folder
from smsheets.spec.model import Workbook

MY_SPEC = Path(__file__).parent / "own" / "my.yaml"
PROFILE = Profile(company="Clay & Kiln", months=3, start=date(2027, 4, 1), currency="EUR", country="DE", language="en")
FIRST_ROW = 12
"""The first row of the table Items."""


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "stock.xlsx"
    new_workbook(str(MY_SPEC), path, PROFILE)
    return path


def put(path: Path, target: Path, cells: dict[str, object]) -> Path:
    """A copy of a workbook with some cells of the sheet Stock filled in, as openpyxl saves it."""
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book["Stock"][address] = value
    book.save(target)
    return target


def test_the_command_makes_it(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["new", "--spec", str(MY_SPEC), "-o", str(tmp_path / "x")])
    assert result.output == f"{tmp_path / 'x' / 'my.xlsx'} written\n"
    assert result.exit_code == 0
    assert read_workbook(tmp_path / "x" / "my.xlsx").kind == "stock"


def test_the_sheets_are_those_of_the_spec(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert book.sheetnames == ["Start here", "Stock", "Summary", "Lists", "_smsheets"]
    start = [cell.value for cell in book["Start here"]["A"]]
    assert start[0] == "What is on the shelf"
    assert "smsheets stock v3" in start
    assert [cell.value for cell in book["Stock"][FIRST_ROW - 1]] == [
        "Item", "Name", "Shelf", "Amount", "Price", "Fragile", "Apr 2027\nSold", "Apr 2027\nLeft", "May 2027\nSold",
        "May 2027\nLeft", "Jun 2027\nSold", "Jun 2027\nLeft", "Worth", "Advice",
    ]  # fmt: skip


def test_prefilled_rows_and_defaults_are_there(blank: Path) -> None:
    sheet = openpyxl.load_workbook(blank)["Stock"]
    assert [cell.value for cell in sheet[FIRST_ROW][:4]] == ["S1", "Mugs", "Top shelf", 20]
    assert [cell.value for cell in sheet[FIRST_ROW + 1][:4]] == ["S2", "Bowls", "Low shelf", None]
    assert [cell.value for cell in sheet[FIRST_ROW + 11][:2]] == ["S12", None]
    assert sheet["D5"].value == 5


def test_every_formula_has_its_value(blank: Path) -> None:
    pytest.importorskip("ironcalc")
    book = openpyxl.load_workbook(blank, data_only=True)
    stock, summary = book["Stock"], book["Summary"]
    assert [stock.cell(FIRST_ROW, col).value for col in (8, 10, 12, 13, 14)] == [20, 20, 20, None, "can wait"]
    assert [stock.cell(FIRST_ROW + 1, col).value for col in (8, 10, 12, 13, 14)] == [None] * 5
    assert (stock["D10"].value, stock["M10"].value) == (20, 0)
    assert [[cell.value for cell in row] for row in summary["A5:B6"]] == [["Top shelf", 1], ["Low shelf", 1]]


def test_a_blank_one_has_no_problem_and_says_what_is_missing(blank: Path) -> None:
    read = read_workbook(blank)
    assert read.problems == ()
    assert [(item.label, str(item.cell), item.count) for item in read.missing] == [("Keeper", "Stock!D6", 1)]


def test_what_people_fill_in_comes_back(blank: Path, tmp_path: Path) -> None:
    cells = {
        "D6": "Mia", "D7": date(2027, 4, 1), "E12": 12.5, "F12": "yes", "G12": 3, "I12": 14, "C13": "upper", "D13": 2,
        "B14": "Vases", "C14": "Cellar", "F14": "no",
    }  # fmt: skip
    read = read_workbook(put(blank, tmp_path / "filled.xlsx", cells))
    assert read.kind == "stock"
    assert read.plan.start.business == "Clay & Kiln"
    assert dict(read.forms["limits"]) == {"low_at": 5, "keeper": "Mia", "counted_on": date(2027, 4, 1)}
    rows = [{key: value for key, value in row.values.items() if value is not None} for row in read.rows["items"]]
    assert rows == [
        {
            "item_id": "S1", "name": "Mugs", "shelf": "top", "amount": 20, "price": Decimal("12.5"), "fragile": True,
            "sold#1": 3, "sold#2": 14,
        },
        {"item_id": "S2", "name": "Bowls", "shelf": "top", "amount": 2},
        {"item_id": "S3", "name": "Vases", "shelf": "Cellar", "fragile": False},
    ]  # fmt: skip
    assert [row.row for row in read.rows["items"]] == [12, 13, 14]


def test_what_is_wrong_in_it_is_told_by_cell(blank: Path, tmp_path: Path) -> None:
    cells = {"D12": "many", "D13": -4, "A14": "S1", "B14": "Vases", "F14": "perhaps", "D7": "soon"}
    read = read_workbook(put(blank, tmp_path / "wrong.xlsx", cells))
    found = {(str(problem.cell), problem.code) for problem in read.problems}
    assert found >= {
        ("Stock!D7", "cell.not-a-date"),
        ("Stock!D12", "cell.not-a-number"),
        ("Stock!D13", "cell.too-small"),
        ("Stock!F14", "cell.not-yes-or-no"),
        ("Stock!A14", "id.duplicate"),
    }


def test_an_overwritten_formula_is_found(blank: Path, tmp_path: Path) -> None:
    pytest.importorskip("ironcalc")
    read = read_workbook(put(blank, tmp_path / "over.xlsx", {"H12": 99}))
    problem = next(problem for problem in read.problems if problem.code == "cell.overwritten-formula")
    assert str(problem.cell) == "Stock!H12"
    assert "99" in problem.says
    assert "20" in problem.says


def test_the_spec_travels_inside_the_file(blank: Path) -> None:
    sheet = openpyxl.load_workbook(blank)["_smsheets"]
    assert sheet.sheet_state == "hidden"
    pieces = [row[1].value for row in sheet.iter_rows() if row[0].value == "spec"]
    assert msgspec.json.decode("".join(pieces), type=Workbook) == read_spec(MY_SPEC)


def test_a_long_spec_is_cut_into_pieces(tmp_path: Path) -> None:
    remarks = "\n".join(f'          - "{"long remark " * 8}{n}"' for n in range(400))
    text = MY_SPEC.read_text(encoding="utf-8") + f"      - type: text\n        lines:\n{remarks}\n"
    (tmp_path / "long.yaml").write_text(text, encoding="utf-8")
    new_workbook(str(tmp_path / "long.yaml"), tmp_path / "long.xlsx", PROFILE)
    sheet = openpyxl.load_workbook(tmp_path / "long.xlsx")["_smsheets"]
    assert sum(row[0].value == "spec" for row in sheet.iter_rows()) > 1
    assert read_workbook(tmp_path / "long.xlsx").problems == ()


def test_it_is_read_without_the_yaml(tmp_path: Path) -> None:
    (tmp_path / "gone.yaml").write_text(MY_SPEC.read_text(encoding="utf-8"), encoding="utf-8")
    new_workbook(str(tmp_path / "gone.yaml"), tmp_path / "stock.xlsx", PROFILE)
    (tmp_path / "gone.yaml").unlink()
    assert len(read_workbook(tmp_path / "stock.xlsx").rows["items"]) == 2


def test_in_german_the_programs_own_words_are_german(tmp_path: Path) -> None:
    profile = msgspec.structs.replace(PROFILE, language="de")
    new_workbook(str(MY_SPEC), tmp_path / "stock.xlsx", profile)
    book = openpyxl.load_workbook(tmp_path / "stock.xlsx")
    assert book.sheetnames == ["Hier beginnen", "Stock", "Summary", "Listen", "_smsheets"]
    assert book["Stock"]["H11"].value == "Apr 2027\nLeft"
    read = read_workbook(tmp_path / "stock.xlsx")
    assert read.problems == ()
    assert read.language == "de"


def test_analyze_says_what_was_read(blank: Path) -> None:
    analysis = analyze(blank, as_of=date(2027, 5, 1))
    (file,) = analysis.files
    assert (file.kind, file.business, file.currency) == ("stock", "Clay & Kiln", "EUR")
    assert dict(file.records) == {"items": 2}
    assert analysis.findings == ()
    assert analysis.problems == ()


def test_the_report_says_what_was_read(blank: Path) -> None:
    result = CliRunner().invoke(main, ["analyze", str(blank), "--as-of", "2027-05-01", "--full"])
    text = " ".join(result.output.split())
    assert "stock" in text
    assert "'stock' is a template of your own: its cells are read and checked, but no rules know it." in text
    assert "'Keeper'" in text
    assert "No problems" in text
    assert "Plan summary" not in text
    assert result.exit_code == 0


def test_it_may_stand_beside_the_others(blank: Path, tmp_path: Path) -> None:
    new_workbook("budget", tmp_path / "budget.xlsx", PROFILE)
    analysis = analyze(blank, tmp_path / "budget.xlsx", as_of=date(2027, 5, 1))
    assert [file.kind for file in analysis.files] == ["stock", "budget"]
    (business,) = analysis.businesses
    assert business.plans.budget is not None


def test_a_budget_with_a_column_of_ones_own_is_a_budget(tmp_path: Path) -> None:
    owner = "          - id: owner\n            label: Owner\n"
    text = (specs_folder() / "budget.yaml").read_text(encoding="utf-8")
    column = "          - id: contract\n            label: Contract no.\n            hint: Its number.\n"
    (tmp_path / "mine.yaml").write_text(text.replace(owner, column + owner), encoding="utf-8")
    new_workbook(str(tmp_path / "mine.yaml"), tmp_path / "mine.xlsx", PROFILE)

    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    sheet = book["Budget"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "Line ID")
    columns = {str(cell.value).replace("\n", " "): cell.column for cell in header}
    row = header[0].row + 1
    values = {"Contract no.": "A-17", "Apr 2027 Planned": 100, "Apr 2027 Actual": 130, "May 2027 Planned": 100}
    for label, value in values.items():
        sheet.cell(row, columns[label]).value = value
    book.save(tmp_path / "filled.xlsx")

    read = read_workbook(tmp_path / "filled.xlsx")
    assert read.kind == "budget"
    assert read.rows["lines"][0].values["contract"] == "A-17"
    analysis = analyze(read, as_of=date(2027, 5, 1))
    variance = analysis.businesses[0].variance.budget
    assert variance is not None
    assert "budget.over" in [finding.id for finding in analysis.findings]
    assert analysis.findings[0].evidence[0].row == row


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("none.yaml", None, "none.yaml: cannot be read: No such file or directory"),
        ("bad.yaml", "kind: [\n", "bad.yaml:2: not readable as YAML: did not find expected node content"),
        ("bad.yaml", "kind: stock\n", "bad.yaml:1: the key 'version' is missing"),
    ],
)
def test_one_line_and_exit_status_2_for_a_spec_that_cannot_be_used(
    name: str, text: str | None, message: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["new", "--spec", str(tmp_path / name), "-o", str(tmp_path / "x")])
    assert result.stderr == f"{tmp_path}/{message}\n"
    assert result.exit_code == 2
    assert not (tmp_path / "x").exists()


def test_two_sheets_that_would_have_one_name_in_german(tmp_path: Path) -> None:
    text = MY_SPEC.read_text(encoding="utf-8").replace("    name: Summary", "    name: Listen")
    (tmp_path / "my.yaml").write_text(text, encoding="utf-8")
    new_workbook(str(tmp_path / "my.yaml"), tmp_path / "en.xlsx", PROFILE)
    with pytest.raises(SmsheetsError, match="two sheets would be called 'Listen'"):
        new_workbook(str(tmp_path / "my.yaml"), tmp_path / "de.xlsx", msgspec.structs.replace(PROFILE, language="de"))


def test_its_first_month_is_known_even_when_the_cell_is_emptied(tmp_path: Path) -> None:
    new_workbook(str(MY_SPEC), tmp_path / "stock.xlsx", PROFILE)
    book = openpyxl.load_workbook(tmp_path / "stock.xlsx")
    book["Start here"]["B7"] = None
    book.save(tmp_path / "emptied.xlsx")
    assert read_workbook(tmp_path / "emptied.xlsx").layout.profile.start == date(2027, 4, 1)
