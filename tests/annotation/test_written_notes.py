"""Notes and a sheet of problems spliced into other people's workbooks, everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from artificial import OURS, annotated, wrong_cells
from patch_xlsx import patch_parts, read_parts, write_parts
from rich_workbooks import by_openpyxl, by_xlsxwriter, notes_of, open_book, parts_of

from smsheets.annotation.copy import needed_ending
from smsheets.reader.file.source import given_file, open_workbook

MAKERS = [by_xlsxwriter, by_openpyxl]
Make = Callable[[Path], Path]
WORKBOOK = "xl/workbook.xml"


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def costs(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A rich workbook with a note in `Costs!B2`."""
    make: Make = request.param
    return make(tmp_path / "costs.xlsx")


def shown(data: bytes) -> str:
    return data.decode("utf-8")


def test_only_the_parts_that_must_change_do(costs: Path) -> None:
    before, after = parts_of(costs), parts_of(annotated(costs, wrong_cells("Costs!B2", "Costs!C5")))
    changed = {name for name in before if before[name] != after[name]}
    comments = {name for name in before if "comments" in name.lower()}
    drawing = {name for name in before if name.lower().endswith(".vml")}
    lists = {"[Content_Types].xml", WORKBOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert changed == lists | comments | drawing
    assert [name for name in before if name in after] == list(before)
    assert [name for name in after if name not in before] == [f"xl/worksheets/sheet{len(sheets(before)) + 1}.xml"]


def sheets(parts: dict[str, bytes]) -> list[str]:
    return [name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]


def test_a_changed_part_is_the_old_one_with_pieces_put_in(costs: Path) -> None:
    before, after = parts_of(costs), parts_of(annotated(costs, wrong_cells("Costs!B2", "Costs!C5")))
    for name, data in before.items():
        if name != WORKBOOK:
            stripped = re.sub(rb'count="\d+"', b"", data)
            assert is_within(stripped, re.sub(rb'count="\d+"', b"", after[name])), name


def is_within(short: bytes, long: bytes) -> bool:
    """Whether all of `short` stands in `long`, in its order."""
    rest = iter(long)
    return all(byte in rest for byte in short)


def test_a_sheet_without_notes_gets_one_link_and_no_other_change(costs: Path) -> None:
    name = open_workbook(costs).sheets[1].name
    before, after = parts_of(costs), parts_of(annotated(costs, wrong_cells(f"{name}!A1")))
    part = "xl/worksheets/sheet2.xml"
    link = re.search(r'<legacyDrawing[^>]* \w+:id="(\w+)"/>', shown(after[part]))
    assert link is not None
    assert shown(after[part]).replace(link[0], "") == shown(before[part])
    assert f'Id="{link[1]}"' in shown(after["xl/worksheets/_rels/sheet2.xml.rels"])
    assert before["xl/worksheets/sheet1.xml"] == after["xl/worksheets/sheet1.xml"]


def test_every_problem_has_its_note_and_old_notes_stay(costs: Path) -> None:
    old = notes_of(costs)
    name = open_workbook(costs).sheets[1].name
    copy = annotated(costs, wrong_cells("Costs!B2", "Costs!C5", f"{name}!A1", f"{name}!XFD1048576"))
    assert notes_of(copy) == {
        **old,
        "Costs!B2": f"{old['Costs!B2']}\n{OURS}",
        "Costs!C5": OURS,
        f"{name}!A1": OURS,
        f"{name}!XFD1048576": OURS,
    }


def test_several_problems_of_a_cell_are_told_in_one_note(costs: Path) -> None:
    copy = annotated(costs, [*wrong_cells("Costs!C5"), *wrong_cells("Costs!C5", found="x")])
    assert notes_of(copy)["Costs!C5"] == f"{OURS}\n{OURS.replace('12 k', 'x')}"


def test_every_note_has_a_box(costs: Path) -> None:
    after = parts_of(annotated(costs, wrong_cells("Costs!B2", "Costs!C5", "Costs!D4")))
    boxes = re.findall(r"Row>(\d+)<.*?Column>(\d+)<", "".join(shown(after[name]) for name in after if ".vml" in name))
    assert sorted(boxes) == [("1", "1"), ("3", "3"), ("4", "2")]
    ids = re.findall(r'id="(_x0000_s\d+)"', "".join(shown(after[name]) for name in after if ".vml" in name))
    assert len(ids) == len(set(ids))


def test_a_drawing_whose_names_are_declared_elsewhere_gets_them_with_each_box(tmp_path: Path) -> None:
    costs = by_xlsxwriter(tmp_path / "costs.xlsx")
    parts = read_parts(costs)
    name = next(name for name in parts if name.endswith(".vml"))
    assert b"<v:shape xmlns:v=" not in parts_of(annotated(costs, wrong_cells("Costs!C5")))[name]
    parts[name] = (
        re.sub(rb'xmlns:v="[^"]*"', b"", parts[name], count=1)
        .replace(b"v:", b"w:")
        .replace(b"<xml ", b'<xml xmlns:w="urn:schemas-microsoft-com:vml" ')
    )
    write_parts(costs, parts)
    after = parts_of(annotated(costs, wrong_cells("Costs!C5")))[name]
    assert after.count(b'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"') == 1
    assert notes_of(tmp_path / "copy.xlsx")["Costs!C5"] == OURS


def test_a_problem_inside_merged_cells_is_noted_where_it_can_be_seen(tmp_path: Path) -> None:
    copy = annotated(by_xlsxwriter(tmp_path / "costs.xlsx"), wrong_cells("Costs!B13", "Costs!C12"))
    assert notes_of(copy)["Costs!A12"] == f"{OURS}\n{OURS}"


def test_the_sheet_in_front_lists_them(costs: Path) -> None:
    name = open_workbook(costs).sheets[1].name
    copy = annotated(costs, wrong_cells("Costs!B2", f"{name}!A1"))
    book = open_book(copy)
    front = book.worksheets[0]
    taken = "problems" in [title.casefold() for title in open_book(costs).sheetnames]
    assert front.title == ("Problems 2" if taken else "Problems")
    rows = [[cell.value for cell in row] for row in front.iter_rows(min_row=4)]
    told = ["'Cost' must be a number, found text '12 k'.", "Write 12000, or leave it empty.", "cell.not-a-number"]
    headers = ["Sheet", "Cell", "What is wrong", "What to do", "Code"]
    assert rows == [headers, ["Costs", "B2", *told], [name, "A1", *told]]
    quoted = name if name.isalpha() else "'" + name.replace("'", "''") + "'"
    links = [front[cell].hyperlink.location for cell in ("B5", "B6")]
    assert links == ["Costs!B2", f"{quoted}!A1"]
    assert (front.freeze_panes, front.auto_filter.ref) == ("A5", "A4:E6")
    assert front["A2"].value == "2 problems on 2 sheets."
    assert front["C5"].alignment.wrap_text
    assert front["A4"].fill.fgColor.rgb == "FF1F5F8B"
    assert front.column_dimensions["C"].width == 62


def test_german(costs: Path) -> None:
    copy = annotated(costs, wrong_cells("Costs!B2"), language="de")
    front = open_book(copy).worksheets[0]
    assert (front.title, front["A2"].value) == ("Probleme", "1 Problem auf 1 Blatt.")
    assert [cell.value for cell in front[4]] == ["Blatt", "Zelle", "Was nicht stimmt", "Was zu tun ist", "Kennung"]
    assert open_workbook(copy).problem_sheet == "Probleme"


def test_names_of_a_sheet_and_the_open_tab_move_along(tmp_path: Path) -> None:
    costs = by_xlsxwriter(tmp_path / "costs.xlsx")
    before, after = open_book(costs), open_book(annotated(costs, wrong_cells("Costs!B2")))
    assert after.active is not None
    assert before.active is not None
    assert after.active.title == before.active.title == "O'Neil & Söhne"
    assert {name: item.attr_text for name, item in after["Costs"].defined_names.items()} == {"local": "Costs!$A$1"}
    assert after["O'Neil & Söhne"].print_title_rows == "$1:$1"
    assert after["Costs"].auto_filter.ref == "A1:D9"
    assert list(after.defined_names) == list(before.defined_names)


def test_a_workbook_without_a_view_opens_where_it_did(tmp_path: Path) -> None:
    costs = by_openpyxl(tmp_path / "costs.xlsx")
    patch_parts(costs, lambda name, text: re.sub("<bookViews>.*?</bookViews>", "", text))
    copy = annotated(costs, wrong_cells("Costs!B2"))
    active = open_book(copy).active
    assert active is not None
    assert active.title == "Costs"


def test_a_tab_bar_that_was_moved_shows_the_new_sheet(tmp_path: Path) -> None:
    costs = by_openpyxl(tmp_path / "costs.xlsx")
    patch_parts(costs, lambda name, text: text.replace('firstSheet="0"', 'firstSheet="1"'))
    parts = parts_of(costs)
    assert b'firstSheet="1"' in parts[WORKBOOK]
    after = shown(parts_of(annotated(costs, wrong_cells("Costs!B2")))[WORKBOOK])
    assert sorted(re.findall(r'(?:firstSheet|activeTab)="\d"', after)) == ['activeTab="1"', 'firstSheet="0"']


def test_texts_are_texts(costs: Path) -> None:
    found = '=HYPERLINK("http://x") <b>&amp; "q" _x000D_ ]]> \U0001f600'
    copy = annotated(costs, wrong_cells("Costs!C5", found=found))
    cell = open_book(copy).worksheets[0]["C5"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    told = f"'Cost' must be a number, found text '{found}'."
    assert cell.value == told.replace("_x000D_", "_x005F_x000D_")  # openpyxl leaves the file's own escapes in
    source = open_book(copy)["Costs"]["C5"].comment
    assert source is not None
    assert told.replace("_x000D_", "_x005F_x000D_") in source.text


def test_texts_of_any_length(costs: Path) -> None:
    copy = annotated(costs, wrong_cells("Costs!C5", column="long " * 20_000))
    book = open_book(copy)
    text, note = book.worksheets[0]["C5"].value, notes_of(copy)["Costs!C5"]
    assert isinstance(text, str)
    assert len(text) < 1_000
    assert len(note) < 1_000
    assert note.endswith("Write 12000, or leave it empty. [cell.not-a-number]")
    again = annotated(copy, wrong_cells("Costs!C6"), earlier=book.sheetnames[0], name="again")
    assert "Costs!C5" not in notes_of(again)


def test_very_many_problems(tmp_path: Path) -> None:
    costs = by_openpyxl(tmp_path / "costs.xlsx")
    many = [problem for row in range(1, 10_003) for problem in wrong_cells(f"Costs!C{row}")]
    copy = annotated(costs, many)
    front = open_book(copy).worksheets[0]
    assert front.max_row == 10_004
    assert front["A2"].value == "10,002 problems on 1 sheet."
    assert front["A3"].value == "These are the first 10,000 problems; repair them and check again."


def test_annotating_again_replaces_ours_and_keeps_theirs(costs: Path) -> None:
    first = annotated(costs, wrong_cells("Costs!B2", "Costs!C5", "Costs!C6"), name="first")
    earlier = open_workbook(first).problem_sheet
    same = annotated(first, wrong_cells("Costs!B2", "Costs!C5", "Costs!C6"), earlier=earlier, name="same")
    assert same.read_bytes() == first.read_bytes()
    other = annotated(first, wrong_cells("Costs!C6"), earlier=earlier, name="other")
    assert notes_of(other) == {**notes_of(costs), "Costs!C6": OURS}
    clean = annotated(first, [], earlier=earlier, name="clean")
    assert notes_of(clean) == notes_of(costs)
    front = open_book(clean).worksheets[0]
    assert [front["A2"].value, front["A3"].value, front.max_row] == [
        "All is well.",
        "Nothing has to be repaired.",
        4 - 1,
    ]
    before, after = parts_of(costs), parts_of(clean)
    assert [name for name in before if ".vml" in name and after[name] != before[name]] == []
    assert '_FilterDatabase" localSheetId="0"' not in shown(after[WORKBOOK])


def test_what_a_person_wrote_into_our_note_stays(costs: Path) -> None:
    first = annotated(costs, wrong_cells("Costs!C5"), name="first")
    patch_comments(first, lambda text: text.replace(">smsheets: ", ">I shall ask. smsheets: "))
    assert notes_of(first)["Costs!C5"].startswith("I shall ask. smsheets: ")
    clean = annotated(first, [], earlier=open_workbook(first).problem_sheet, name="clean")
    assert notes_of(clean)["Costs!C5"] == "I shall ask. "


def patch_comments(path: Path, change: Callable[[str], str]) -> None:
    parts = read_parts(path)
    write_parts(
        path, {name: change(shown(data)).encode() if is_comments(name) else data for name, data in parts.items()}
    )


def is_comments(name: str) -> bool:
    return "comment" in name and name.endswith(".xml")


def test_a_conversation_is_left_alone(tmp_path: Path) -> None:
    costs = by_openpyxl(tmp_path / "costs.xlsx")
    patch_comments(costs, lambda text: text.replace(">Owner<", ">tc={1}<"))
    copy = annotated(costs, wrong_cells("Costs!B2", "Costs!C5"))
    assert notes_of(copy)["Costs!B2"] == notes_of(costs)["Costs!B2"]
    assert notes_of(copy)["Costs!C5"] == OURS
    assert open_book(copy).worksheets[0]["B5"].value == "B2"


def test_notes_without_boxes_get_them(tmp_path: Path) -> None:
    """Some programs write the notes and not the drawing."""
    costs = by_openpyxl(tmp_path / "costs.xlsx")
    parts = {name: data for name, data in read_parts(costs).items() if not name.endswith(".vml")}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<legacyDrawing[^>]*/>", b"", parts[sheet])
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[rels] = re.sub(rb"<Relationship [^>]*vmlDrawing[^>]*/>", b"", parts[rels])
    write_parts(costs, parts)
    after = parts_of(annotated(costs, wrong_cells("Costs!C5")))
    drawing = shown(next(data for name, data in after.items() if name.endswith(".vml")))
    assert re.findall(r"Row>(\d+)<.*?Column>(\d+)<", drawing) == [("1", "1"), ("3", "3"), ("4", "2")]
    assert b"<legacyDrawing" in after[sheet]


def test_runs_beside_which_a_text_stands_are_kept(tmp_path: Path) -> None:
    """A note's text is plain, or in runs of several looks; `<text/>` is none."""
    costs = by_openpyxl(tmp_path / "costs.xlsx")
    runs = "<text><r><rPr><b/></rPr><t>Ask </t></r><r><t>me</t></r><phoneticPr fontId='1'/></text>"

    def change(text: str) -> str:
        first, second = re.findall("<text>.*?</text>", text, re.DOTALL)
        return text.replace(first, runs).replace(second, "<text/>")

    patch_comments(costs, change)
    copy = annotated(costs, wrong_cells("Costs!B2", "Costs!D4"))
    assert {place: note.strip() for place, note in notes_of(copy).items()} == {
        "Costs!B2": f"Ask me\n{OURS}",
        "Costs!D4": OURS,
    }
    comments = shown(next(data for name, data in parts_of(copy).items() if is_comments(name)))
    assert "</r><phoneticPr fontId='1'/></text>" in comments


def test_prefixes_and_declarations_survive(tmp_path: Path) -> None:
    """Some programs write every element with a prefix, and declare the links' prefix where it is used."""
    costs = by_openpyxl(tmp_path / "costs.xlsx")

    def change(name: str, text: str) -> str:
        if name.startswith(("xl/worksheets/sheet", "xl/workbook.xml", "xl/styles.xml")) or "comments" in name:
            text = re.sub(r"<(/?)(?![?!/])([A-Za-z]\w*)(?=[\s/>])", r"<\1p:\2", text)
            text = text.replace(
                'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
                'xmlns:p="http://schemas.openxmlformats.org/spreadsheetml',
            )
        return text

    patch_parts(costs, change)
    copy = annotated(costs, wrong_cells("Costs!C5", "Second!A1"))
    assert notes_of(copy)["Second!A1"] == OURS
    assert notes_of(copy)["Costs!C5"] == OURS
    assert open_book(copy).worksheets[0]["A4"].font.b
    assert "<p:legacyDrawing" in shown(parts_of(copy)["xl/worksheets/sheet2.xml"])


def test_the_strict_dialect_keeps_its_addresses(tmp_path: Path) -> None:
    costs = by_openpyxl(tmp_path / "costs.xlsx")

    def strict(name: str, text: str) -> str:
        text = text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        return text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    patch_parts(costs, strict)
    after = parts_of(annotated(costs, wrong_cells("Second!A1", "Costs!B2")))
    new = {name: shown(data) for name, data in after.items() if name not in parts_of(costs)}
    assert len(new) == 4
    for name, text in new.items():
        if not name.endswith(".vml"):
            assert "http://purl.oclc.org/ooxml" in text, name
            assert "openxmlformats.org/spreadsheetml" not in text
            assert "openxmlformats.org/officeDocument" not in text


def test_styles_that_cannot_be_read_are_left_alone(tmp_path: Path) -> None:
    costs = by_openpyxl(tmp_path / "costs.xlsx")
    patch_parts(costs, lambda name, text: text[:-20] if name == "xl/styles.xml" else text)
    before, after = parts_of(costs), parts_of(annotated(costs, wrong_cells("Costs!B2")))
    assert before["xl/styles.xml"] == after["xl/styles.xml"]
    assert " s=" not in shown(after["xl/worksheets/sheet4.xml"])


def test_other_parts_are_copied_as_they_lie_in_the_file(tmp_path: Path) -> None:
    """Not even unpacked: a part of another method, a broken one, a folder, an odd name."""
    import zipfile

    costs = by_openpyxl(tmp_path / "costs.xlsx")
    with zipfile.ZipFile(costs, "a") as archive:
        archive.writestr(zipfile.ZipInfo("xl/media/bild ä.bin", (2001, 2, 3, 4, 5, 6)), b"\0\1" * 99)
        archive.writestr("xl/media/", b"")
        archive.writestr("custom/x.bin", b"abc" * 1000, zipfile.ZIP_LZMA)
    data = bytearray(costs.read_bytes())
    copy = annotated(costs, wrong_cells("Costs!B2"))
    with zipfile.ZipFile(copy) as archive:
        assert archive.testzip() is None
        entry = archive.getinfo("xl/media/bild ä.bin")
        assert (entry.date_time, entry.compress_type) == ((2001, 2, 3, 4, 5, 6), zipfile.ZIP_STORED)
        assert archive.getinfo("custom/x.bin").compress_type == zipfile.ZIP_LZMA
        assert archive.read("custom/x.bin") == b"abc" * 1000
    assert bytes(data) == costs.read_bytes()


def test_macros_stay_and_keep_their_ending(tmp_path: Path) -> None:
    costs = by_openpyxl(tmp_path / "costs.xlsm")
    assert needed_ending(given_file(costs)) == ".xlsx"
    parts = read_parts(costs)
    types = shown(parts["[Content_Types].xml"])
    parts["[Content_Types].xml"] = types.replace("sheet.main+xml", "sheet.macroEnabled.main+xml").encode()
    parts["xl/vbaProject.bin"] = b"\xd0\xcf macros"
    write_parts(costs, parts)
    assert needed_ending(given_file(costs)) == ".xlsm"
    assert parts_of(annotated(costs, wrong_cells("Costs!B2")))["xl/vbaProject.bin"] == b"\xd0\xcf macros"
