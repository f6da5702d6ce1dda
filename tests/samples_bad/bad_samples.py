"""Makes samples/bad/<code>/: for every problem code a small workbook that has this problem, and what is said about it.

    python tests/refresh.py bad

The workbooks begin as new ones, and are then changed as people change them. `expected.txt` holds the exact lines.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from emulate import excel
from emulate.without_columns import without_columns
from emulate.written_book import take_apart
from filled import Edit, before_weekends, change_blocks, rename_column
from filled import filled as filled_workbook
from patch_xlsx import (
    Formula,
    copy_sheet,
    merge_cells,
    patch_cells,
    patch_parts,
    read_parts,
    recalculate,
    sheet_parts,
    write_parts,
)
from test_read_lists import with_more_words

from smsheets.api import analyze
from smsheets.cells import column_number
from smsheets.profile import Profile
from smsheets.reader.read import LISTED
from smsheets.spec.model import Block, Table, Workbook

SMALL = Profile(months=2, channels=("instagram",))
GERMAN = msgspec.structs.replace(SMALL, language="de", currency="EUR", country="DE")
CANADIAN = msgspec.structs.replace(SMALL, country="CA")

Case = Callable[[Path], object]
Form = dict[str, str | float]

ADS = """
| Line | Category    | What for | Carry rule | Jan 2027 Planned | Jan 2027 Actual | Feb 2027 Planned |
|------|-------------|----------|------------|------------------|-----------------|------------------|
| B1   | Advertising | Ads      | unspent    | 100              | 80              | 100              |
| B2   | Software and tools    | Planner  |            | 20               | 20              | 20               |
"""
POST = """
| Post | Date       | Time  | Channel   | Title | Status |
|------|------------|-------|-----------|-------|--------|
| P1   | 2027-01-15 | '9:30' | Instagram | Hello | Idea  |
"""


def few_rows(block: Block) -> Block:
    """The same table with few spare rows: the samples are to be small."""
    return msgspec.structs.replace(block, rows=12) if isinstance(block, Table) and block.rows > 12 else block


def filled(
    folder: Path, kind: str, tables: dict[str, str], profile: Profile = SMALL, edit: Edit | None = None, **forms: Form
) -> Path:
    """A small workbook with these rows and form values."""
    small = change_blocks(few_rows)
    return filled_workbook(
        folder, kind, tables, profile=profile, edit=lambda spec: small(edit(spec) if edit else spec), forms=forms
    )


def budget(folder: Path, **cells: str | float | Formula | None) -> Path:
    """A budget with two lines; cells of its sheet Budget are changed."""
    path = filled(folder, "budget", {"lines": ADS})
    patch_cells(path, {f"Budget!{cell}": value for cell, value in cells.items()})
    return path


def with_line(old: str, new: str) -> Case:
    """A budget in whose lines one text is another."""
    assert old in ADS
    return lambda folder: filled(folder, "budget", {"lines": ADS.replace(old, new)})


def with_cells(**cells: str | float | Formula | None) -> Case:
    """A budget in which some cells were changed."""
    return lambda folder: budget(folder, **cells)


def with_start(**cells: str | float) -> Case:
    """A budget on whose first sheet some cells were changed."""

    def case(folder: Path) -> None:
        path = filled(folder, "budget", {"lines": ADS})
        patch_cells(path, {f"Start here!{cell}": value for cell, value in cells.items()})

    return case


def with_post(old: str, new: str, profile: Profile = SMALL) -> Case:
    """A calendar in whose post one text is another."""
    assert old in POST
    return lambda folder: filled(folder, "calendar", {"posts": POST.replace(old, new)}, profile)


def changed(kind: str, edit: Edit, **tables: str) -> Case:
    """A workbook whose sheets were changed."""
    return lambda folder: filled(folder, kind, tables, edit=edit)


def ambiguous_number(folder: Path) -> None:
    lines = "| Posten | Kategorie | Wofür | Jan 2027 Geplant |\n|--|--|--|--|\n| B1 | Werbung | Anzeigen | '1,234' |"
    filled(folder, "budget", {"lines": lines}, GERMAN)


def not_a_whole_number(folder: Path) -> None:
    posts = "| Post ID | Date | Channel | Reach |\n|--|--|--|--|\n| P1 | 2027-01-15 | Instagram | 120.5 |"
    filled(folder, "kpi-report", {"post_results": posts})


def other_weekend(folder: Path) -> None:
    initiatives = "| Id | Initiative | Start | Due |\n|--|--|--|--|\n| I1 | Photo day | 2027-02-14 | 2027-02-14 |"
    profile = msgspec.structs.replace(SMALL, country="SA")
    filled(folder, "roadmap", {"initiatives": initiatives}, profile, edit=before_weekends)


def turned_date(folder: Path) -> None:
    """A post typed as 4/10/2027 into a program that expects the month first, beside one typed as 30/9/2027."""
    posts = "| Post | Date | Channel | Title | Status |\n|--|--|--|--|--|\n"
    days = ("'28/9/2027'", "'30/9/2027'", "2027-04-10", "'13/10/2027'")
    rows = (f"| P{number} | {day} | Instagram | Post {number} | Idea |\n" for number, day in enumerate(days, 1))
    filled(folder, "calendar", {"posts": posts + "".join(rows)})


def length_of_time(folder: Path) -> None:
    """Hours typed as 8:30, of which a spreadsheet program makes a time."""
    messages = "| Received | Channel | Kind | First answer after (hours) |\n|--|--|--|--|\n"
    path = filled(folder, "kpi-report", {"inbox": messages + "| 2027-01-15 | Instagram | Question | 8.5 |"})
    time_style = re.search(r'<c r="C6" s="(\d+)"', _sheet_text(path, "Post results"))
    assert time_style is not None
    found = re.search(r'<c r="([A-Z]+\d+)" s="\d+"><v>8.5</v>', _sheet_text(path, "Inbox"))
    assert found is not None
    place, style = found[1], time_style[1]

    def as_time(name: str, text: str) -> str:
        return re.sub(rf'<c r="{place}" s="\d+"><v>8.5</v>', f'<c r="{place}" s="{style}"><v>{8.5 / 24}</v>', text)

    patch_parts(path, as_time)
    recalculate(path)


def not_yes_or_no(folder: Path) -> None:
    ideas = "| No. | Idea | Evergreen |\n|--|--|--|\n| E1 | A day in the bakery | perhaps |"
    filled(folder, "calendar", {"ideas": ideas})


def unknown_id(folder: Path) -> None:
    initiatives = "| Id | Initiative | Depends on |\n|--|--|--|\n| I1 | Open the account | I9 |"
    filled(folder, "roadmap", {"initiatives": initiatives})


def wrong_in_every_row(folder: Path) -> None:
    """More wrong cells in one column than are told one by one."""
    heading = "| Line | Category | What for | Carry rule | Jan 2027 Planned |\n|---|---|---|---|---|\n"
    lines = "".join(f"| B{n} | Advertising | Ads | unspent | '12 k' |\n" for n in range(1, LISTED + 6))

    def long(block: Block) -> Block:
        rows = LISTED + 10 if isinstance(block, Table) and block.id == "lines" else 12
        return msgspec.structs.replace(block, rows=rows) if isinstance(block, Table) and block.rows > 12 else block

    filled_workbook(folder, "budget", {"lines": heading + lines}, profile=SMALL, edit=change_blocks(long))


def without_ideas(spec: Workbook) -> Workbook:
    return msgspec.structs.replace(spec, sheets=tuple(sheet for sheet in spec.sheets if sheet.id != "ideas_sheet"))


def unknown_headings(folder: Path) -> object:
    """All headings of a table in words that nobody knows; its rows are what they were."""
    path = filled(folder, "calendar", {"posts": POST.replace("'9:30'", "")})
    book = read_parts(path)
    part = sheet_parts(book)["Posts"]
    text = book[part].decode()
    headings = re.findall(r'<c r="([A-Z]+)5"', text)
    patch_cells(path, {f"Posts!{col}5": f"Kolom {number}" for number, col in enumerate(headings, 1)})
    return path


def unknown_labels(folder: Path) -> object:
    """All labels of a form in words that nobody knows; the hints beside its values are what they were."""
    path = filled(folder, "strategy", {}, mission={"what_we_do": "We sell pots", "destination": "More shops"})
    patch_cells(path, {f"Mission!A{row}": f"Vraag {row}" for row in range(4, 8)})
    return path


def without_headings(folder: Path) -> None:
    path = filled(folder, "calendar", {})
    patch_cells(path, {f"Ideas!{letter}5": None for letter in "ABCDEFGHIJ"})


def moved_rows(folder: Path) -> None:
    path = budget(folder)
    january = next(
        int(row) for row in re.findall(r'<c r="A(\d+)"[^>]*><f>DATE\(2027,1,1\)</f>', _sheet_text(path, "Dashboard"))
    )
    patch_cells(path, {f"Dashboard!A{january}": Formula("DATE(2027,2,1)", 46419)})


def short_timeline(folder: Path) -> None:
    """A roadmap with three initiatives, and a timeline of which all rows but two were deleted."""
    rows = "".join(f"| I{n} | Open account {n} | 2027-01-0{n} | 2027-01-2{n} |\n" for n in (4, 5, 6))
    path = filled(folder, "roadmap", {"initiatives": "| Id | Initiative | Start | Due |\n|--|--|--|--|\n" + rows})
    timeline = sheet_parts(read_parts(path))["Timeline"]

    def without_rows(name: str, text: str) -> str:
        deleted = re.compile(r'<row r="(\d+)".*?</row>', re.DOTALL)
        return deleted.sub(lambda row: row[0] if int(row[1]) < 8 else "", text) if name == timeline else text

    patch_parts(path, without_rows)


def missing_field(folder: Path) -> None:
    patch_cells(budget(folder), {"Settings!A5": "Watch limti"})


def too_large(folder: Path) -> None:
    limits: Form = {"watch_share": 1.5, "over_share": 0.15, "weeks_per_year": 52}
    filled(folder, "budget", {"lines": ADS}, settings=limits)


def changed_posts(**cells: str | float | None) -> Case:
    """A calendar in which some cells of its posts were changed."""

    def case(folder: Path) -> None:
        path = filled(folder, "calendar", {"posts": POST})
        patch_cells(path, {f"Posts!{cell}": value for cell, value in cells.items()})

    return case


def merged_cells(folder: Path) -> None:
    path = filled(folder, "calendar", {"posts": POST})
    patch_cells(path, {"Posts!G6": None})
    merge_cells(path, "Posts", "F6:G6")
    patch_cells(path, {"Posts!F6": "Photo"})


def own_total(folder: Path) -> None:
    path = budget(folder, C8="Total", K8=120, M8=100, O8=120)
    recalculate(path)


def copied_table(folder: Path) -> None:
    path = filled(folder, "calendar", {"posts": POST})
    copy_sheet(path, "Posts", "Posts (2)")
    patch_cells(path, {"Posts (2)!H6": "Hello again"})


def form_value(cell: str, value: str | float | None, **more: str | float | None) -> Case:
    """A budget in whose settings some cells were changed."""

    def case(folder: Path) -> None:
        limits: Form = {"watch_share": 0.05, "over_share": 0.15, "weeks_per_year": 52}
        path = filled(folder, "budget", {"lines": ADS}, settings=limits)
        patch_cells(path, {f"Settings!{place}": content for place, content in {cell: value, **more}.items()})
        recalculate(path)

    return case


def not_calculated(folder: Path) -> None:
    def without_results(name: str, text: str) -> str:
        return re.sub(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", text) if name.startswith("xl/worksheets/") else text

    patch_parts(budget(folder), without_results)


def newer_version(folder: Path) -> None:
    patch_cells(budget(folder), {"_smsheets!B3": "9"})


def more_words(folder: Path) -> None:
    with_more_words(filled(folder, "budget", {"lines": ADS}), "Own time", [f"Own {n}" for n in range(1, 11)])


def condition(folder: Path) -> None:
    with_more_words(filled(folder, "budget", {"lines": ADS}), "Own time", [">100"])


def renamed_word(folder: Path) -> None:
    """In a workbook as it was made until version 0.2."""
    path = filled(folder, "budget", {"lines": ADS.replace("Advertising", "Ads")})
    patch_parts(path, lambda _, text: text.replace("=Lists!$A$6)", '="Advertising")'))
    patch_cells(path, {"Lists!A6": "Ads"})
    recalculate(path)


def deleted_column(folder: Path) -> None:
    path = filled(folder, "budget", {"lines": ADS})
    path.write_bytes(excel.write(without_columns(take_apart(path.read_bytes()), "Budget", column_number("L"))))


def deleted_line(folder: Path) -> None:
    path = filled(folder, "budget", {"lines": ADS})
    patch_cells(path, {f"Settings!{letter}5": None for letter in "ABC"})


def two_of_a_kind(folder: Path) -> None:
    for name in ("second", "first"):
        path = filled(folder, "budget", {"lines": ADS}, start={"business": "Corner Bakery"})
        path.rename(folder / f"{name}.xlsx")


def two_currencies(folder: Path) -> None:
    filled(folder, "budget", {"lines": ADS}, start={"business": "Corner Bakery"})
    euros = msgspec.structs.replace(SMALL, currency="EUR")
    filled(folder, "calendar", {}, euros, start={"business": "Corner Bakery"})


def two_periods(folder: Path) -> None:
    filled(folder, "budget", {"lines": ADS}, start={"business": "Corner Bakery"})
    later = msgspec.structs.replace(SMALL, start=date(SMALL.start.year + 1, 1, 1))
    filled(folder, "calendar", {}, later, start={"business": "Corner Bakery"})


def two_names(folder: Path) -> None:
    filled(folder, "budget", {"lines": ADS}, start={"business": "Corner Bakery"})
    filled(folder, "calendar", {}, start={"business": "Corner-Bakery Ltd"})


def _sheet_text(path: Path, sheet: str) -> str:
    parts = read_parts(path)
    return parts[sheet_parts(parts)[sheet]].decode()


CASES: dict[str, Case] = {
    "cell.not-a-number": with_line("| 100              | 80", "| '12 k' | 80"),
    "cell.not-a-whole-number": not_a_whole_number,
    "cell.ambiguous-number": ambiguous_number,
    "cell.number-as-text": with_line("| 100              | 80", "| '$1,200.50' | 80"),
    "cell.length-of-time": length_of_time,
    "cell.other-currency": with_line("| 100              | 80", "| '80 EUR' | 80"),
    "cell.not-a-date": with_post("2027-01-15", "'soon'"),
    "cell.ambiguous-date": with_post("2027-01-15", "'03/04/2027'", CANADIAN),
    "cell.other-weekday": with_post("2027-01-15", "'Mon, Jan 15, 2027'"),
    "cell.not-a-first-day": with_start(B7=46402),
    "cell.not-a-currency": with_start(B9="dollars?"),
    "cell.not-a-language": with_start(B10="soon"),
    "cell.not-a-country": with_start(B11="Wonderland"),
    "cell.turned-date": turned_date,
    "cell.date-as-text": with_post("2027-01-15", "'Jan 15, 2027'"),
    "cell.not-a-time": with_post("'9:30'", "'noonish'"),
    "cell.time-with-zone": with_post("'9:30'", "'9:30 AM EST'"),
    "cell.not-yes-or-no": not_yes_or_no,
    "cell.not-in-list": with_line("| unspent ", "| unspend "),
    "cell.not-in-open-list": with_line("| Advertising ", "| Advertizing "),
    "cell.date-with-time": with_post("2027-01-15", "'2027-01-15 14:30'"),
    "cell.other-word": with_post("Idea ", "Brainstorm"),
    "cell.several-values": with_post("Instagram |", "Instagram, Facebook |"),
    "cell.placeholder": with_post("2027-01-15", "'TBD'"),
    "cell.merged": merged_cells,
    "cell.too-small": with_line("| 100              | 80", "| -100 | 80"),
    "cell.too-large": too_large,
    "cell.error-value": with_line("| 100              | 80", "| '#REF!' | 80"),
    "cell.not-calculated": with_cells(K6=Formula("60+40")),
    "cell.overwritten-formula": with_cells(P6=500),
    "cell.formula-disagrees": with_cells(P6=Formula("O6*2", 200)),
    "row.missing-formulas": with_cells(
        **{f"{letters}7": None for letters in ("I", "J", "L", "N", "P", "R", *"STUVWX")}
    ),
    "row.changed-formulas": with_cells(N6=Formula("M6*3", 240), P6=Formula("O6*2", 200)),
    "row.total": own_total,
    "row.not-a-record": changed_posts(A8="Ask Tina!"),
    "row.not-counted": with_cells(A19="B13", B19="Advertising", C19="More ads", M19=50),
    "row.several-not-counted": with_cells(A19="B13", C19="More ads", M19=50, A20="B14", C20="A fair", M20=80),
    "row.not-shown": short_timeline,
    "row.outside": changed_posts(A3="P9", B3=46402, E3="Instagram", K3="Idea"),
    "id.missing": with_cells(A7=None),
    "id.duplicate": with_line("| B2 ", "| B1 "),
    "id.unknown": unknown_id,
    "sheet.missing": changed("calendar", without_ideas),
    "table.missing": without_headings,
    "table.lost-columns": deleted_column,
    "form.lost-lines": deleted_line,
    "sheet.errors": with_cells(P6=Formula("#REF!*2", "#REF!"), N6=Formula("#REF!-M6", "#REF!")),
    "table.missing-column": changed("calendar", rename_column("posts", "date", "Daet")),
    "table.unknown-headings": unknown_headings,
    "form.unknown-labels": unknown_labels,
    "table.duplicate-column": changed("budget", rename_column("lines", "note", "Owner"), lines=ADS),
    "table.unnamed-column": changed_posts(H5=None),
    "table.twice": copied_table,
    "table.rows-moved": moved_rows,
    "list.no-room": more_words,
    "list.condition": condition,
    "list.renamed-word": renamed_word,
    "column.more": wrong_in_every_row,
    "form.missing-field": missing_field,
    "form.value-beside": form_value("D5", 0.2, B5=None),
    "form.value-without-label": form_value("A5", None),
    "form.twice": form_value("B9", 0.2, A9="Watch limit"),
    "workbook.not-calculated": not_calculated,
    "workbook.version": newer_version,
    "workbook.other-weekend": other_weekend,
    "set.two-of-a-kind": two_of_a_kind,
    "set.currencies": two_currencies,
    "set.periods": two_periods,
    "set.businesses": two_names,
}
"""Code -> what makes its workbooks in a folder."""


def expected_lines(folder: Path) -> str:
    """What is said about the workbooks of a folder, the folder left out."""
    analysis = analyze(*sorted(folder.glob("*.xlsx")), as_of=date(2027, 2, 15))
    return "".join(f"{problem}\n" for problem in analysis.problems).replace(f"{folder}/", "")


def make(target: Path) -> None:
    """Makes every case anew."""
    for code, case in CASES.items():
        folder = target / code
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        case(folder)
        for path in folder.glob("*.xlsx"):
            write_parts(path, read_parts(path))
        (folder / "expected.txt").write_text(expected_lines(folder), encoding="utf-8")
