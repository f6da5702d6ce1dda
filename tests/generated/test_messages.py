"""A template that was changed is told near its spec: one line for each cause, with the cell and the line to look at."""

from __future__ import annotations

from pathlib import Path

from generated.samples import FILLED, FOLDERS, sample_places, write_sample
from generated.spec_places import SpecFile
from generated.workbook_difference import MOST_LINES, describe_difference
from patch_xlsx import patch_cells, patch_parts
from refresh import COMMAND, SAMPLES

from smsheets.kinds import KINDS
from smsheets.spec.load import read_spec, specs_folder


def difference(folder: Path, kind: str, sample: str, *changes: tuple[str, str]) -> list[str]:
    """What is said about a sample by a spec in which some texts are others."""
    text = (specs_folder() / f"{kind}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path, made = folder / f"{kind}.yaml", folder / f"{kind}.xlsx"
    path.write_text(text, encoding="utf-8")
    spec = read_spec(path, f"{kind}.yaml")
    write_sample(kind, sample, spec, made)
    file = SpecFile(path, f"{kind}.yaml")
    kept = SAMPLES / sample / f"{kind}.xlsx"
    return describe_difference(kept, made, lambda: sample_places(kind, sample, spec, file))


def line_of(*marks: str) -> int:
    """The line of the budget's spec with the last of these texts, each looked for from the one before."""
    lines = (specs_folder() / "budget.yaml").read_text(encoding="utf-8").splitlines()
    at = 0
    for mark in marks:
        at = next(number for number in range(at, len(lines)) if mark in lines[number])
    return at + 1


MEANT = f"; if this is meant: {COMMAND}"
WITHOUT_CARRY = ("SUM({planned})+IF(ISNUMBER({prev.left}),\n", "SUM({planned})+IF(FALSE,\n")
"""In the formula of the budget's column `Available`."""


def test_a_broken_formula_is_one_line_with_its_cell_and_its_line_in_the_spec(tmp_path: Path) -> None:
    assert difference(tmp_path, "budget", FILLED, WITHOUT_CARRY) == [
        "Budget!P8 'Available, Feb 2027' was 170, is 100 (and 439 more cells of this column);"
        f" formula at budget.yaml:{line_of('- id: available', '+IF(ISN')}" + MEANT,
        "because of this 52 cells show other values, their own formulas are unchanged; the first is"
        " Budget!I4 'Left now, total'",
    ]


def test_where_no_value_differs_the_formula_is_told(tmp_path: Path) -> None:
    assert difference(tmp_path, "budget", "blank", WITHOUT_CARRY) == [
        "Budget!P6 'Available, Feb 2027' is empty as before, formula"
        ' was …T(O6,N6)=0,"",SUM(O6)+IF(ISNUMBER(N6), IF(BN6="both ways",N6, IF(BN6="unspent",MAX(0,ROUND…,'
        ' is …T(O6,N6)=0,"",SUM(O6)+IF(FALSE, IF(BN6="both ways",N6, IF(BN6="unspent",MAX(0,ROUND(N6+MIN…'
        f" (and 439 more cells of this column); formula at budget.yaml:{line_of('- id: available', '+IF(ISN')}" + MEANT
    ]


def test_a_formula_of_one_cell(tmp_path: Path) -> None:
    change = ("ROUND(SUM({lines.opening}),6)", "ROUND(SUM({lines.opening}),0)*2")
    assert difference(tmp_path, "budget", FILLED, change) == [
        "Budget!H4 'Opening carry, total' was 50, is 100;"
        f" formula at budget.yaml:{line_of('- id: opening', 'total:')}{MEANT}"
    ]


def test_a_label_and_what_repeats_it(tmp_path: Path) -> None:
    assert difference(tmp_path, "budget", FILLED, ("label: Planned\n", "label: Plan\n")) == [
        "Budget!K5 'Plan, Jan 2027' was 'Jan 2027 Planned', is 'Jan 2027 Plan' (and 11 more cells of this column);"
        f" label at budget.yaml:{line_of('label: Planned')}" + MEANT,
        "_smsheets!E21 was 'Jan 2027 Planned', is 'Jan 2027 Plan' (and 11 more cells of this sheet)" + MEANT,
        "Budget!K6 'Plan, Jan 2027': entry rule's errorTitle was Planned, is Plan (and 11 more places like it);"
        f" column at budget.yaml:{line_of('- id: planned')}" + MEANT,
        "Budget!K6 'Plan, Jan 2027': entry rule's promptTitle was Planned, Jan 2027, is Plan, Jan 2027"
        f" (and 11 more places like it); column at budget.yaml:{line_of('- id: planned')}" + MEANT,
    ]


def test_looks_that_change_alike_are_one_line(tmp_path: Path) -> None:
    changes = [
        ("width: 9.5\n          - id: available", "width: 11.5\n          - id: available"),
        ("minimum: 0", "minimum: 1"),
    ]
    assert difference(tmp_path, "budget", FILLED, *changes) == [
        "Budget, column K 'Planned, Jan 2027': width was 10.28515625, is 12.28515625 (and 11 more places like it);"
        f" column at budget.yaml:{line_of('- id: planned')}" + MEANT,
        "Budget!K6 'Planned, Jan 2027': entry rule's formula1 was 0.0, is 1.0 (and 11 more places like it);"
        f" column at budget.yaml:{line_of('- id: planned')}" + MEANT,
    ]


def test_a_number_format(tmp_path: Path) -> None:
    changes = [
        (
            "label: Opening carry\n            advanced: true\n            type: money",
            "label: Opening carry\n            advanced: true\n            type: number",
        )
    ]
    assert difference(tmp_path, "budget", FILLED, *changes) == [
        "Budget!H4 'Opening carry, total': number format was #,##0.00, is #,##0.## (and 40 more places like it);"
        f" column at budget.yaml:{line_of('- id: opening')}" + MEANT
    ]


def test_a_new_column_is_told_and_not_all_that_it_moves(tmp_path: Path) -> None:
    extra = "          - id: extra\n            label: Extra\n            hint: More.\n"
    change = ("          - id: note\n", f"{extra}          - id: note\n")
    assert difference(tmp_path, "budget", FILLED, change) == [
        f"Budget!G5 'Extra' is new; label at budget.yaml:{line_of('- id: note') + 1}{MEANT}",
        "Budget!H5 'Note' was at Budget!G5: cells of this sheet moved (66 texts), so the workbook is not compared any"
        f" further{MEANT}",
        f"other bytes too: part xl/workbook.xml{MEANT}",
    ]


def test_a_new_field_of_a_form(tmp_path: Path) -> None:
    field = "          - id: extra\n            label: Extra\n            hint: More.\n"
    change = ("          - id: over_share\n", f"{field}          - id: over_share\n")
    assert difference(tmp_path, "budget", FILLED, change) == [
        f"Settings!A6 'Extra' is new; text at budget.yaml:{line_of('- id: over_share') + 1}{MEANT}",
        f"Settings!C6 'More.' is new; text at budget.yaml:{line_of('- id: over_share') + 2}{MEANT}",
        "Settings!A7 'Over limit' was at Settings!A6: cells of this sheet moved (21 texts), so the workbook is not"
        f" compared any further{MEANT}",
        f"other bytes too: part xl/workbook.xml{MEANT}",
    ]


def test_an_entry_of_the_sample(tmp_path: Path) -> None:
    made = tmp_path / "budget.xlsx"
    made.write_bytes((SAMPLES / FILLED / "budget.xlsx").read_bytes())
    patch_cells(made, {"Budget!K6": 20})
    lines = describe_difference(SAMPLES / FILLED / "budget.xlsx", made, lambda: sample_places("budget", FILLED))
    assert lines == [f"Budget!K6 'Planned, Jan 2027' was 15, is 20; entry at sample/budget.yaml:10{MEANT}"]


def test_the_same_cells_in_other_bytes(tmp_path: Path) -> None:
    kept, made = SAMPLES / "blank" / "budget.xlsx", tmp_path / "budget.xlsx"
    made.write_bytes(kept.read_bytes())
    patch_parts(made, lambda name, text: text.replace("</a:theme>", "<!-- --></a:theme>") if "theme" in name else text)
    assert describe_difference(kept, made) == [f"same cells, other bytes: part xl/theme/theme1.xml{MEANT}"]


def test_no_more_lines_than_people_read(tmp_path: Path) -> None:
    kept, made = SAMPLES / "blank" / "budget.xlsx", tmp_path / "budget.xlsx"
    made.write_bytes(kept.read_bytes())
    patch_parts(made, lambda _, text: text.replace("SUM(", "MAX("))
    lines = describe_difference(kept, made, lambda: sample_places("budget", "blank"))
    assert len(lines) == MOST_LINES + 1
    assert lines[-1].startswith("and ")
    assert all(line.endswith(MEANT) for line in lines)


def test_every_line_of_every_template_is_in_its_file() -> None:
    for kind in KINDS:
        for folder in FOLDERS:
            for place in set(sample_places(kind, folder).values()):
                for at in (place.at, place.owner):
                    name, _, line = at.rpartition(" ")[2].partition(":")
                    assert int(line) <= len((specs_folder() / name).read_text(encoding="utf-8").splitlines())
