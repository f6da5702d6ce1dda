"""Two files, two folders, two languages, two periods, two businesses: what can be compared, and with what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from compared import write_sample
from patch_xlsx import patch_cells

from smsheets import Comparison, compare, new_workbook, read_workbook
from smsheets.comparison.changes import TableChanges
from smsheets.errors import OptionError
from smsheets.layout.content import sample_profile
from smsheets.profile_file import make_profile
from smsheets.spec.load import specs_folder


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    for kind in ("budget", "calendar", "kpi-report"):
        write_sample(kind, folder / f"{kind}.xlsx")
    return folder


def table_of(comparison: Comparison, name: str) -> TableChanges:
    return next(item for workbook in comparison.workbooks for item in workbook.tables if item.table.id == name)


def test_a_workbook_and_its_copy(samples: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes((samples / "budget.xlsx").read_bytes())
    comparison = compare(samples / "budget.xlsx", copy)
    assert not comparison.differs
    assert (comparison.findings.new, comparison.findings.gone) == ((), ())
    assert comparison.findings.still != ()


def test_folders_are_matched_by_kind(samples: Path, tmp_path: Path) -> None:
    for kind, name in (("calendar", "posts"), ("budget", "money"), ("roadmap", "work")):
        write_sample(kind, tmp_path / f"{name}.xlsx")
    (tmp_path / "~$money.xlsx").write_bytes(b"held open")
    (tmp_path / "notes.txt").write_text("no workbook", encoding="utf-8")
    comparison = compare(samples, tmp_path)
    pairs = [(Path(item.old.file).name, Path(item.new.file).name) for item in comparison.workbooks]
    assert pairs == [("budget.xlsx", "money.xlsx"), ("calendar.xlsx", "posts.xlsx")]
    assert [Path(file).name for file in comparison.only_old] == ["kpi-report.xlsx"]
    assert [Path(file).name for file in comparison.only_new] == ["work.xlsx"]
    assert [table.table.id for item in comparison.workbooks for table in item.tables if table.differs] == []


def test_a_file_is_compared_with_the_one_of_its_kind_in_a_folder(samples: Path) -> None:
    comparison = compare(samples / "calendar.xlsx", samples)
    assert [item.kind for item in comparison.workbooks] == ["calendar"]


def test_workbooks_already_read(samples: Path) -> None:
    read = read_workbook(samples / "budget.xlsx")
    assert not compare(read, [samples / "budget.xlsx"]).differs


@pytest.mark.parametrize("kind", ["budget", "strategy", "kpi-report"])
def test_new_workbooks_of_two_languages_differ_in_their_language_alone(kind: str, tmp_path: Path) -> None:
    """What is picked from lists is the same in both, and so are the texts that a new workbook begins with."""
    for language in ("en", "de"):
        profile = make_profile({**sample_profile("en"), "language": language, "country": "US"})
        new_workbook(kind, tmp_path / f"{language}.xlsx", profile)
    comparison = compare(tmp_path / "en.xlsx", tmp_path / "de.xlsx", as_of=date(2027, 7, 5))
    differing = [table for table in comparison.workbooks[0].tables if table.differs]
    assert [table.table.id for table in differing] == ["start"]
    assert [change.column.id for change in differing[0].changed[0].changes] == ["language"]


def test_two_periods_are_compared_by_lines_and_sums(samples: Path, tmp_path: Path) -> None:
    later = write_sample("budget", tmp_path / "later.xlsx", start="2028-01")
    line = next(item for item in read_workbook(later).plan.lines if item.line_id == "B3")  # type: ignore[attr-defined]
    patch_cells(later, {str(line.cell("planned", 3)): 400, str(line.cell("line_id")): "B90"})
    comparison = compare(samples / "budget.xlsx", later)
    (workbook,) = comparison.workbooks
    assert (workbook.same_period, workbook.old.start, workbook.new.start) == (False, date(2027, 1, 1), date(2028, 1, 1))
    lines = table_of(comparison, "lines")
    assert (lines.added, lines.dropped) == ((), ())
    assert [(row.old.id, row.new.id, row.by.value) for row in lines.changed] == [("B3", "B90", "content")]
    assert workbook.budget is not None
    money = {item.id_now: item.money for item in workbook.budget.lines}
    assert (money["B90"].planned, money["B90"].planned_now) == (Decimal(1200), Decimal(1500))
    assert not money["B1"].differs


def test_posts_of_two_periods_are_counted(samples: Path, tmp_path: Path) -> None:
    later = write_sample("calendar", tmp_path / "later.xlsx", start="2028-01")
    posts = table_of(compare(samples / "calendar.xlsx", later), "posts")
    assert (posts.counted, posts.before == posts.now, posts.changed, posts.added) == (True, True, (), ())


def test_more_months_are_the_same_period(samples: Path, tmp_path: Path) -> None:
    longer = write_sample("budget", tmp_path / "longer.xlsx", months=15)
    comparison = compare(samples / "budget.xlsx", longer)
    (workbook,) = comparison.workbooks
    assert workbook.same_period
    assert [table.table.id for table in workbook.tables if table.differs] == ["start"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("budget.xlsx", "calendar.xlsx", "is a budget, .* is a calendar: they cannot be compared"),
        ("budget.xlsx", "twice", r"two\.xlsx: is a calendar, as .*one\.xlsx is"),
        ("budget.xlsx", "empty", "empty: there is no .xlsx workbook in this folder"),
    ],
)
def test_what_cannot_be_compared(old: str, new: str, line: str, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "twice").mkdir()
    for name in ("one", "two"):
        (tmp_path / "twice" / f"{name}.xlsx").write_bytes((samples / "calendar.xlsx").read_bytes())
    path = samples / new if (samples / new).exists() else tmp_path / new
    with pytest.raises(OptionError, match=line):
        compare(samples / old, path)


def test_two_businesses_are_refused(samples: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    new_workbook("budget", other, make_profile({**sample_profile("en"), "company": "Plate & Fork"}))
    with pytest.raises(
        OptionError, match=r"is of 'Clay & Kiln', .* of 'Plate & Fork': compare workbooks of one business"
    ):
        compare(samples / "budget.xlsx", other)


def test_a_business_with_another_name_is_known_by_its_rows(samples: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "renamed.xlsx"
    renamed.write_bytes((samples / "budget.xlsx").read_bytes())
    place = str(read_workbook(renamed).plan.start.cell("business"))
    patch_cells(renamed, {place: "Clay and Kiln Pottery"})
    comparison = compare(samples / "budget.xlsx", renamed)
    (row,) = table_of(comparison, "start").changed
    assert [(str(item.new_cell), item.new) for item in row.changes] == [(place, "Clay and Kiln Pottery")]


def test_two_currencies_are_not_subtracted(samples: Path, tmp_path: Path) -> None:
    write_sample("budget", tmp_path / "franc.xlsx", currency="CHF")
    (workbook,) = compare(samples / "budget.xlsx", tmp_path / "franc.xlsx").workbooks
    assert not workbook.same_currency


def test_a_template_of_ones_own_tells_the_row(tmp_path: Path) -> None:
    spec = tmp_path / "mine.yaml"
    text = (specs_folder() / "budget.yaml").read_text(encoding="utf-8")
    spec.write_text(text.replace("kind: budget", "kind: my-budget", 1), encoding="utf-8")
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    new_workbook(str(spec), old)
    new.write_bytes(old.read_bytes())
    patch_cells(new, {"Budget!C6": "Another line"})
    (row,) = table_of(compare(old, new, as_of=date(2027, 7, 5)), "lines").changed
    assert [(item.column.id, item.new_cell.a1, item.new) for item in row.changes] == [("line", "A6", "Another line")]


def test_own_columns_and_sheets_are_told(samples: Path, tmp_path: Path) -> None:
    import openpyxl

    own = tmp_path / "own.xlsx"
    book = openpyxl.load_workbook(samples / "calendar.xlsx")
    book.create_sheet("Photo list")["A1"] = "What to photograph"
    book.save(own)
    (workbook,) = compare(samples / "calendar.xlsx", own).workbooks
    assert [(part.sheet, part.heading) for part in workbook.own_added] == [("Photo list", "")]
    (back,) = compare(own, samples / "calendar.xlsx").workbooks
    assert [part.sheet for part in back.own_dropped] == ["Photo list"]
