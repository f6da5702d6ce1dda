"""`1.000`: one thousand in Germany, one in England. It is read where something says which, else asked back.

The property: numbers written as people of one place write them, in the column of a workbook of another, are read
right, or named with both readings; never read wrong.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from babel.numbers import format_decimal
from filled import ENGLISH, GERMAN, filled, problem_lines, records
from hypothesis import given, settings
from hypothesis import strategies as st

from smsheets.cells import CellRef
from smsheets.layout.lists import Vocabulary
from smsheets.layout.place import place_workbook
from smsheets.plan.reference import Unit
from smsheets.problems import Problem
from smsheets.profile import Profile
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.read import read_workbook
from smsheets.reader.values.fields import read_cell
from smsheets.reader.values.scope import Beside, Scope, Value
from smsheets.reader.values.words import normal_label
from smsheets.spec.load import load_spec
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import FieldType

PLACES = [
    "en_US", "en_GB", "en_IN", "en_ZA", "en_NG", "de_DE", "de_AT", "de_CH", "fr_FR", "fr_CH",
    "es_ES", "es_MX", "it_IT", "pt_BR", "nl_NL", "pl_PL", "sv_SE", "sl_SI", "ja_JP", "tr_TR",
    "id_ID", "ar_EG", "hi_IN", "bn_BD", "fa_IR", "sw_TZ",
]  # fmt: skip
DIGITS = {"ar_EG": "arab", "hi_IN": "deva", "bn_BD": "beng", "fa_IR": "arabext"}
"""Places whose own digits are tried as well."""

FIELDS = {
    "plain": Field(id="x", label="X", type=FieldType.NUMBER),
    "hours": Field(id="x", label="X", type=FieldType.NUMBER, unit="hour", minimum=0),
    "money": Field(id="x", label="X", type=FieldType.MONEY),
    "whole": Field(id="x", label="X", type=FieldType.INTEGER, minimum=0),
}


def read_column(texts: list[str], field: Field, place: str, currency: str) -> list[tuple[Value, list[str]]]:
    """What is read from a column of a workbook of a place, and the codes of the problems, cell by cell."""
    language, country = place.split("_")
    profile = Profile(language=language if language in ("en", "de") else "en", country=country, currency=currency)
    layout = place_workbook(load_spec("budget"), profile)
    cells = tuple(SourceCell(row, 1, text) for row, text in enumerate(texts, 1))
    scope = Scope(layout, Vocabulary(layout, {}, normal_label), field, "X", tuple(texts), None, cells)
    read = []
    for cell in cells:
        problems: list[Problem] = []
        value = read_cell(cell, CellRef("f", "s", cell.row, 1), scope, problems)
        read.append((value, [problem.code for problem in problems]))
    return read


@st.composite
def numbers(draw: st.DrawFn) -> list[Decimal]:
    """Numbers of one column, small and large ones mixed, with two decimals at most."""
    size = draw(st.integers(0, 7))
    amounts = st.decimals(0, 10**size, allow_nan=False, places=draw(st.sampled_from([0, 0, 1, 2])))
    return draw(st.lists(amounts, min_size=1, max_size=6))


@settings(deadline=None)
@given(
    column=numbers(),
    written_in=st.sampled_from(PLACES),
    workbook=st.sampled_from(PLACES),
    kind=st.sampled_from(sorted(FIELDS)),
    own_digits=st.booleans(),
    currency=st.sampled_from(["USD", "EUR", "JPY"]),
)
def test_a_number_of_another_place_is_read_right_or_asked_back(
    column: list[Decimal], written_in: str, workbook: str, kind: str, own_digits: bool, currency: str
) -> None:
    field = FIELDS[kind]
    if kind == "whole" or (kind == "money" and currency == "JPY"):
        column = [number.to_integral() for number in column]
    system = DIGITS.get(written_in, "latn") if own_digits else "latn"
    texts = [format_decimal(number, locale=written_in, numbering_system=system) for number in column]
    for number, text, (value, codes) in zip(column, texts, read_column(texts, field, workbook, currency), strict=True):
        assert (value, codes) in ((number, ["cell.number-as-text"]), (None, ["cell.ambiguous-number"])), text
        if not own_digits or system == "latn":
            groups = sum(not letter.isdecimal() for letter in text)
            assert value is not None or groups == 1, f"{text} has one reading only"


@settings(deadline=None)
@given(
    column=numbers(),
    pasted=st.decimals(Decimal("0.01"), 10**5, allow_nan=False, places=2),
    at=st.integers(0, 6),
    pasted_from=st.sampled_from(PLACES),
    workbook=st.sampled_from(PLACES),
    kind=st.sampled_from(["hours", "money", "plain"]),
)
def test_one_number_of_another_place_does_not_change_how_the_others_are_read(
    column: list[Decimal], pasted: Decimal, at: int, pasted_from: str, workbook: str, kind: str
) -> None:
    """The pasted one has two decimals, so it can only be meant in one way."""
    texts = [format_decimal(number, locale=workbook, numbering_system="latn") for number in column]
    texts.insert(at, format_decimal(pasted, "#,##0.00", locale=pasted_from, numbering_system="latn"))
    column.insert(at, pasted)
    for number, text, (value, codes) in zip(
        column, texts, read_column(texts, FIELDS[kind], workbook, "EUR"), strict=True
    ):
        assert (value, codes) in ((number, ["cell.number-as-text"]), (None, ["cell.ambiguous-number"])), text
    assert read_column(texts, FIELDS[kind], workbook, "EUR")[min(at, len(texts) - 1)][0] == pasted


@pytest.mark.parametrize(
    ("texts", "kind", "place", "read"),
    [
        (["1.000"], "plain", "en_US", None),
        (["12.500"], "plain", "en_US", None),
        (["1,000"], "plain", "de_DE", None),
        (["1.000"], "plain", "de_DE", 1000),
        (["1,000"], "plain", "en_US", 1000),
        (["1.000", "2,5", "0,75"], "plain", "en_US", 1000),
        (["1.000", "2.5", "0.75"], "plain", "en_US", 1),
        (["1.000", "900", "1100"], "plain", "en_US", None),  # a column may hold 76.631 beside 15112
        (["1.000", "900", "1100"], "plain", "en_DE", 1000),
        (["1.000", "900", "1100"], "money", "en_US", 1000),
        (["16.480", "14,221.67"], "plain", "de_DE", None),  # one text alone does not outweigh the country
        (["16.480", "14,221.67", "3.5"], "plain", "de_DE", Decimal("16.48")),
        (["16.480", "14,221.67", "3,5"], "plain", "de_DE", None),
        (["16.480", "14,221.67", *["3,5"] * 8], "plain", "de_DE", None),
        (["16.480", "14,221.67", *["3,5"] * 9], "plain", "de_DE", 16480),
        (["16,480", "14.221,67"], "plain", "en_US", None),
        (["16,480", "14.221,67", "3,5"], "plain", "en_US", Decimal("16.48")),
        (["16.480", "14,221.67"], "plain", "de_CH", None),
        (["16.480", "14.221,67"], "plain", "de_DE", 16480),
        (["1.000", "2.50"], "money", "de_DE", None),
        (["1.000", "2,50"], "money", "en_US", None),
        (["1.000", "2,50", "3,75"], "money", "en_US", 1000),
        (["1.000", "2", "3"], "plain", "en_US", None),
        (["1.000", "2", "3"], "plain", "de_DE", None),
        (["1.000"], "hours", "en_US", None),
        (["1.000"], "money", "en_US", None),
        (["1.000", "0.50", "2.25"], "money", "en_US", None),
        (["1.000"], "whole", "en_US", 1000),
        (["1,000"], "whole", "de_DE", 1000),
        (["1.000"], "plain", "en_DE", None),
        (["1.000"], "plain", "de_CH", None),
    ],
)
def test_what_decides(texts: list[str], kind: str, place: str, read: Decimal | None) -> None:
    value, codes = read_column(texts, FIELDS[kind], place, "USD")[0]
    assert value == read
    assert codes == (["cell.ambiguous-number"] if read is None else ["cell.number-as-text"])


def test_an_amount_in_a_currency_without_decimals_is_whole() -> None:
    assert read_column(["1.000"], FIELDS["money"], "en_US", "JPY") == [(1000, ["cell.number-as-text"])]


def test_the_limits_of_a_column_decide() -> None:
    week = msgspec.structs.replace(FIELDS["hours"], maximum=168)
    assert read_column(["7.500"], week, "en_US", "USD") == [(Decimal("7.500"), ["cell.number-as-text"])]
    share = Field(id="x", label="X", type=FieldType.PERCENT, minimum=0, maximum=1)
    assert read_column(["12.500 %"], share, "en_US", "USD") == [(Decimal("0.125"), ["cell.number-as-text"])]
    assert read_column(["1.000"], share, "en_US", "USD") == [(None, ["cell.ambiguous-number"])]


@pytest.mark.parametrize(
    ("beside", "read"),
    [
        (Beside(unit=Unit.COUNT, whole=True), 1000),
        (Beside(unit=Unit.COUNT, look=lambda: (SourceCell(1, 2, 950), SourceCell(1, 3, 1040.0))), 1000),
        (Beside(unit=Unit.COUNT, look=lambda: (SourceCell(1, 2, 1.25),)), None),
        (Beside(unit=Unit.COUNT, look=lambda: (SourceCell(1, 2, 950.5), SourceCell(1, 3, 1040.0))), None),
        (Beside(unit=Unit.HOURS), None),
    ],
)
def test_the_row_decides(beside: Beside, read: int | None) -> None:
    layout = place_workbook(load_spec("budget"), ENGLISH)
    scope = Scope(layout, Vocabulary(layout, {}, normal_label), FIELDS["plain"], "X", ("1.000",))
    assert read_cell(SourceCell(1, 1, "1.000"), CellRef("f", "s", 1, 1), scope, [], lambda: beside) == read


KPIS = """
| ID | Channel   | Metric   | Unit    | Baseline | Jan 2027 Target | Jan 2027 Actual |
|----|-----------|----------|---------|----------|-----------------|-----------------|
| K1 | Instagram | {metric} | {unit}  | {base}   | {target}        | {actual}        |
"""


@pytest.mark.parametrize(
    ("metric", "unit", "base", "actual", "read"),
    [
        ("Followers", "", "", "'1.000'", "1000"),  # followers are whole
        ("Followers", "", "", "'12.500'", "12500"),
        ("Rating", "", "4.5", "'4.000'", ""),
        ("Newsletter readers", "number", "950", "'1.000'", "1000"),  # the baseline says so
        ("Newsletter readers", "number", "", "'1.000'", ""),
        ("Revenue", "", "", "'1.000'", ""),
        ("Revenue", "", "'1.250,50'", "'1.000'", "1000"),
        ("Revenue", "", "4", "'80 EUR'", ""),
    ],
)
def test_a_kpi(metric: str, unit: str, base: str, actual: str, read: str, tmp_path: Path) -> None:
    text = KPIS.format(metric=metric, unit=unit, base=base, target="", actual=actual)
    path = filled(tmp_path, "kpi-report", {"kpis": text})
    assert records(read_workbook(path), "kpis", "actual#1").strip("| ") == read
    assert problem_lines(path)


@pytest.mark.parametrize(
    ("typed", "profile", "line"),
    [
        ("'1.000'", ENGLISH, "found text '1.000', which can be 1 or 1000. Write 1 or 1000. [cell.ambiguous-number]"),
        ("'1,000'", GERMAN, "found text '1,000', which can be 1000 or 1. Write 1000 or 1. [cell.ambiguous-number]"),
        ("'1.000 posts'", ENGLISH, "Write a plain number such as 1200, or leave it empty. [cell.not-a-number]"),
        ("'5 days'", ENGLISH, "Write a plain number such as 1200, or leave it empty. [cell.not-a-number]"),
        ("'minus 5'", ENGLISH, "Write a plain number such as 1200, or leave it empty. [cell.not-a-number]"),
        ("'5 million'", ENGLISH, "Write a plain number such as 1200, or leave it empty. [cell.not-a-number]"),
        ("'about 200'", ENGLISH, "Write 200, or leave it empty. [cell.not-a-number]"),
    ],
)
def test_no_advice_repeats_a_guess(typed: str, profile: Profile, line: str, tmp_path: Path) -> None:
    heading = {"en": "Goal ID | Goal | Target", "de": "Ziel-ID | Ziel | Zielwert"}[profile.language]
    goals = f"| {heading} |\n|--|--|--|\n| G1 | Grow | {typed} |"
    path = filled(tmp_path, "strategy", {"goals": goals}, profile=profile)
    assert [text for text in problem_lines(path) if text.endswith(line)], problem_lines(path)
