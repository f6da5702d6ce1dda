"""The formula language: names in braces and each(...) taken apart, everything else left as it is."""

from __future__ import annotations

import pytest

from smsheets.spec.formula import (
    PORTABLE_FUNCTIONS,
    Each,
    FormulaSyntaxError,
    Name,
    names_in,
    parse_formula,
    unportable_functions,
    whole_ranges,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1+1", ("1+1",)),
        ("", ()),
        ("{planned}", (Name("", "planned"),)),
        ("{ planned }", (Name("", "planned"),)),
        ("{planned}-{actual}", (Name("", "planned"), "-", Name("", "actual"))),
        ("SUM({all.actual})", ("SUM(", Name("all", "actual"), ")")),
        ("{prev.left}", (Name("prev", "left"),)),
        ("{lines.category@row}", (Name("lines", "category", at_row=True),)),
        ("{settings.watch}", (Name("settings", "watch"),)),
        ("{each.end}", (Name("each", "end"),)),
        ("{row.n}", (Name("row", "n"),)),
        ("{list:channels}", (Name("list", "channels"),)),
        ("{word:statuses.on_track}", (Name("word", "statuses.on_track"),)),
        ("{text:no budget}", (Name("text", "no budget"),)),
        ("{text: 5.5 % }", (Name("text", "5.5 %"),)),
        ('IF({a}="}","",{b})', None),
        ("each(months, +, {planned})", (Each("months", "+", (Name("", "planned"),)),)),
        (
            "SUM(each(months, comma, {planned}))-1",
            ("SUM(", Each("months", ",", (Name("", "planned"),)), ")-1"),
        ),
        (
            'each(list:channels, &, IF({item}="a,(b",SUM({x},{y}),0))',
            (
                Each(
                    "list:channels", "&",
                    ("IF(", Name("", "item"), '="a,(b",SUM(', Name("", "x"), ",", Name("", "y"), "),0)"),
                ),
            ),
        ),
        (
            "each(months, +, each(weeks, *, {item.n}))",
            (Each("months", "+", (Each("weeks", "*", (Name("item", "n"),)),)),),
        ),
        ("REACH(1)", ("REACH(1)",)),
    ],
)  # fmt: skip
def test_a_formula_is_taken_apart(text: str, parts: tuple[object, ...] | None) -> None:
    if parts is None:
        with pytest.raises(FormulaSyntaxError, match="a brace is open or closed without its partner"):
            parse_formula(text)
    else:
        assert parse_formula(text) == parts


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{planned", "a brace is open or closed without its partner"),
        ("planned}", "a brace is open or closed without its partner"),
        ("{{planned}}", "a brace is open or closed without its partner"),
        ("each(months, +, {a}", "each( is not closed"),
        ('each(months, +, ")")', None),
        ('each(months, +, ")', "each( is not closed"),
        ("each(months)", "each(...) takes a source, a sign and an expression: each(months, +, {planned})"),
    ],
)
def test_what_does_not_close_is_told(text: str, message: str | None) -> None:
    if message is None:
        assert parse_formula(text) == (Each("months", "+", ('")"',)),)
        return
    with pytest.raises(FormulaSyntaxError) as caught:
        parse_formula(text)
    assert str(caught.value) == message


def test_the_names_inside_each_are_found_too() -> None:
    parts = parse_formula("{a}+each(months, +, IF({b}>0,{c},0))*{d.e}")
    assert [str(name) for name in names_in(parts)] == ["{a}", "{b}", "{c}", "{d.e}"]


@pytest.mark.parametrize("text", ["{a}", "{a.b}", "{a.b@row}", "{list:x}", "{word:x.y}", "{text:no budget}"])
def test_a_name_is_shown_as_it_is_written(text: str) -> None:
    (name,) = parse_formula(text)
    assert str(name) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SUM({a})+IF({b}>0,1,0)", []),
        ("XLOOKUP({a},{b},{c})+LET(x,1,x)", ["LET", "XLOOKUP"]),
        ('IF({a}="FILTER(x)",1,0)', []),
        ("{filter(x}", []),
        ("sum({a})", ["sum"]),
        ("each(months, +, {a})", []),
        ("_xlfn.CONCAT({a})", ["_xlfn.CONCAT"]),
        ("STDEV.S({a})", ["STDEV.S"]),
        ("({a}+1)*(2)", []),
    ],
)
def test_functions_that_programs_differ_in(text: str, found: list[str]) -> None:
    assert unportable_functions(text) == found


def test_no_function_of_later_versions_is_called_portable() -> None:
    newer = {"XLOOKUP", "FILTER", "UNIQUE", "SORT", "SEQUENCE", "LET", "LAMBDA", "TEXTJOIN", "CONCAT", "IFS", "SWITCH"}
    volatile = {"INDIRECT", "OFFSET", "RAND", "NOW"}
    of_a_language = {"TEXT", "DOLLAR", "FIXED", "CELL", "INFO"}
    assert not PORTABLE_FUNCTIONS & (newer | volatile | of_a_language)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("SUM({a.x})", ["{a.x}"]),
        ("SUM({a.x}*2)", []),
        ("SUM(({a.x}>2)*1)", []),
        ("COUNT( {a.x} ,{a.y})", ["{a.x}", "{a.y}"]),
        ("SUMIFS({a.x},{a.y},{word})", ["{a.x}", "{a.y}", "{word}"]),
        ("COUNTA({a.x})", []),
        ("COUNTBLANK({a.x})", []),
        ("COUNTIF({a.x},{word})", []),
        ('COUNTIF({a.x},"<>")', []),
        ('COUNTIF({a.x},"?*")', []),
        ('COUNTIF({a.x},">=0")', ["{a.x}"]),
        ('COUNTIFS({a.x},{word},{a.y}, "<"&{day})', ["{a.x}", "{word}", "{a.y}"]),
        ("INDEX({a.x},3)", []),
        ("MATCH({word},{a.x},0)", []),
        ("INDEX({a.x},MATCH({word},{a.y},0))", ["{a.x}", "{a.y}"]),
        ("INDEX({a.x},MATCH({word},{a.y},0)+1)", []),
        ("INDEX({a.x},MATCH({word},{a.y},1))", []),
        ('INDEX({a.x},MATCH({word}&"|",{a.y},0))', ["{a.x}", "{a.y}"]),
        ('SUMPRODUCT(({a.x}<>"")*({a.y}=""))', []),
        ("NETWORKDAYS({day},{day},{a.x})", []),
        ('IF(COUNT({a.x})=0,"SUM(",COUNTA({a.x}))', ["{a.x}"]),
        ("{a.x}", []),
    ],
)
def test_a_range_holds_its_heading_only_where_that_counts_for_nothing(text: str, whole: list[str]) -> None:
    parts = parse_formula(text)
    assert [str(parts[number]) for number in sorted(whole_ranges(parts))] == whole
