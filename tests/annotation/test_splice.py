"""Pieces put into XML: nothing else of its bytes changes, however it is written."""

from __future__ import annotations

import pytest

from smsheets.annotation.splice import cell_text, cut, outline, put_first, put_last, small_number, stretches
from smsheets.reader.file.package import UnusableFileError

ODD = (
    b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <a> --><?go > ?>\n"
    b"<x:a  k = 'b > c'\n xmlns:x=\"u\"><![CDATA[<b>]]> \xc3\xa4 <x:b q='\"'/>\r\n<x:c ><d/></x:c ></x:a>\n"
)


def test_elements_are_found_where_they_are() -> None:
    page = outline(ODD, "odd.xml")
    shown = {item.name: ODD[item.start : item.end] for item in page.elements}
    assert shown["b"] == b"<x:b q='\"'/>"
    assert shown["c"] == b"<x:c ><d/></x:c >"
    assert shown["d"] == b"<d/>"
    assert ODD[page.root.inside : page.root.close].startswith(b"<![CDATA[")
    assert page.root.text == "<b> ä \n"
    assert page.root.prefix == "x:"


def test_what_is_put_in_is_all_that_changes() -> None:
    page = outline(ODD, "odd.xml")
    b, c = page.named("b", "c")
    edits = [put_last(b, "<n/>"), put_first(c, "<ü/>"), put_last(c, "<z/>"), page.attribute(b, "q", '<">')]
    edits += [page.attribute(c, "new", "1"), cut(page.named("d")[0])]
    expected = ODD.replace(b"q='\"'/>", b'q="&lt;&quot;&gt;"><n/></x:b>')
    expected = expected.replace(b"<x:c ><d/></x:c >", b'<x:c  new="1"><&#252;/><z/></x:c >')
    assert page.with_edits(edits) == expected


def test_an_attribute_of_another_name_or_inside_a_text_is_not_taken() -> None:
    data = b"""<a note=' id="1" ' xid="2" id='3'/>"""
    page = outline(data, "a.xml")
    assert page.with_edits([page.attribute(page.root, "id", "4")]) == b"""<a note=' id="1" ' xid="2" id="4"/>"""


def test_elements_that_are_deep_inside_can_be_left_out() -> None:
    data = b"<a><b><c><d><m ref='A1'/></d></c></b><e/></a>"
    page = outline(data, "a.xml", depth=1, also=("m",))
    assert [(item.name, item.depth) for item in page.elements] == [("a", 0), ("b", 1), ("m", 4), ("e", 1)]
    assert [item.name for item in page.children(page.root)] == ["b", "e"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_edited_as_utf_8(encoding: str) -> None:
    mark = "\ufeff" if encoding != "utf-16" else ""
    text = "<?xml version='1.0' encoding='UTF-16'?><a>ä<b/></a>"
    page = outline((mark + text).encode(encoding), "a.xml")
    assert page.with_edits([put_last(page.root, "<c/>")]).decode() == "<?xml version='1.0'?><a>ä<b/><c/></a>"


def test_what_is_put_in_fits_every_encoding() -> None:
    data = "<?xml version='1.0' encoding='iso-8859-1'?><a>ä</a>".encode("latin-1")
    page = outline(data, "a.xml")
    assert page.with_edits([put_last(page.root, "<b>€</b>")]) == data.replace(b"</a>", b"<b>&#8364;</b></a>")


@pytest.mark.parametrize("data", [b"<a><b></a>", b"", b"no xml", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableFileError):
        outline(data, "a.xml")


def test_texts_hold_nothing_that_xml_cannot() -> None:
    assert cell_text("a\0\x0b<&>\ufffe\"'\n_x000D_ _x1") == "a&lt;&amp;&gt;&quot;'&#10;_x005F_x000D_ _x1"


@pytest.mark.parametrize(("text", "number"), [("12", 12), (" 3 ", 3), ("", None), ("-1", None), ("9" * 5000, None)])
def test_numbers_that_are_none(text: str, number: int | None) -> None:
    assert small_number(text) == number


def test_stretches_end_at_the_first_end_and_do_not_overlap() -> None:
    assert list(stretches([1, 3, 9, 12, 20], [5, 7, 15])) == [(1, 5), (9, 15)]
    assert list(stretches([], [5])) == []
    assert list(stretches([5], [5])) == []
