"""Names of any content stay texts: no part of a workbook takes one for a formula, a reference, or XML."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from smsheets.api import analyze, read_workbook
from smsheets.kinds import KINDS
from smsheets.layout.marker import property_facts
from smsheets.profile import Profile
from smsheets.profile_file import make_profile
from smsheets.reader.file.source import open_workbook
from smsheets.report.wording import Words
from smsheets.report.xlsx.workbook import render_workbook
from smsheets.writer.workbook import NewWorkbook

SAMPLES = Path(__file__).parents[2] / "samples" / "filled"
ODD = (
    "Wow!Q3 fans", "Yahoo!A1", "=cmd|'/c calc'!A1", "=1+1", "'Sheet'!$A$1", "It's!B2", "{=SUM(A1)}", "+A1!A1",
    "@SUM(1)",
    "<r>bold & <b></r>", "<r><t>x</t></r>", "</t></si>", "&L&A&[Tab]", "]]>", "_x0041_", "_xFFFF_", "x\x07y\x0bz",
    "\ufffe\uffff", "http://x.example/#!A1", "internal:'Lists'!A1", "mailto:a@b.example", "TRUE", "#N/A", "1e5",
    "a,b\"c'd",
    "ﷺ" * 60, "\U0001f9d1\u200d\U0001f33e" * 20, "''", "[Book1]Sheet1!A1", "%s {name} \\1",
)  # fmt: skip
_REFERENCE = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[\w.]+))!\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?")


TITLES = "Settings!$"
"""The cells that titles of charts follow: what a chart of the KPI report shows can be changed there."""


def assert_sound(data: bytes) -> None:
    """Every part is XML, every reference of a chart is to cells of a sheet that exists, every title a text of ours."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    sheets = {item.get("name") for item in parts["xl/workbook.xml"].iter() if item.tag.endswith("}sheet")}
    for name, root in parts.items():
        if not name.startswith("xl/charts/chart"):
            continue
        for item in root.iter():
            local = item.tag.rpartition("}")[2]
            if local == "f":
                found = _REFERENCE.fullmatch(item.text or "")
                assert found is not None, (name, item.text)
                assert (found["bare"] or found["quoted"].replace("''", "'")) in sheets, (name, item.text)
            if local == "tx":
                named = [inner.text or "" for inner in item.iter() if inner.tag.endswith("}f")]
                assert all(text.startswith(TITLES) for text in named), (name, named)


def made(kind: str, profile: Profile) -> bytes:
    from smsheets.spec.load import load_spec

    buffer = io.BytesIO()
    NewWorkbook(spec=load_spec(kind), profile=profile).write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_a_business_its_channels_and_people(kind: str, tmp_path: Path) -> None:
    given = make_profile({"company": " ".join(ODD[:9]), "own_channels": ODD, "team": [*ODD[:3], "<r>&</r>"]})
    path = tmp_path / "new.xlsx"
    path.write_bytes(made(kind, given))
    assert_sound(path.read_bytes())
    book = openpyxl.load_workbook(path)
    written = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    if kind != "strategy":
        assert "Wow!Q3 fans" in written
    if kind == "budget":
        assert written >= {"<r>bold & <b></r>", "<r><t>x</t></r>", "=cmd|'/c calc'!A1", "=1+1"}
    read = read_workbook(path)
    assert read.layout.profile.channels == given.channels
    # A name that is an error value, or asks for other names in a condition, is named; nothing else is.
    assert {problem.code for problem in read.problems} <= {"cell.error-value", "list.condition"}


WORDS = ("Followers", "Clay & Kiln", "Instagram", "Pinterest ads", "Product photographer", "Owner", "Engagement rate",
         "Tone, glazes, packaging", "Freelancer")  # fmt: skip
"""Words of the samples that become names of charts, sheets, rows and columns of a report."""


def with_odd_words(folder: Path, first: int) -> list[Path]:
    """The samples with some of their words replaced, in each cell that is nothing but one of them."""
    odd = {word: ODD[(first + number) % len(ODD)] for number, word in enumerate(WORDS)}
    paths = []
    for source in sorted(SAMPLES.glob("*.xlsx")):
        book = openpyxl.load_workbook(source)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value in odd and openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(odd[cell.value]) is None:
                        cell.value, cell.data_type = odd[cell.value], "s"
        paths.append(folder / source.name)
        book.save(paths[-1])
    return paths


@pytest.mark.parametrize("first", range(0, len(ODD), 9))
def test_names_in_a_report(first: int, tmp_path: Path) -> None:
    analysis = analyze(*with_odd_words(tmp_path, first))
    assert_sound(render_workbook(analysis, Words("en")))


def test_many_channels_are_in_several_properties(tmp_path: Path) -> None:
    """A document property holds 255 characters; without the hidden sheet all channels are found again by them."""
    names = [*(f"Instagram Filiale {n}, \U0001f3fa" for n in range(14)), *(f"k{n}" for n in range(80))]
    given = make_profile({"own_channels": names})
    path = tmp_path / "new.xlsx"
    path.write_bytes(made("budget", given))
    source = open_workbook(path)
    assert max(len(value.encode("utf-16-le")) // 2 for value in source.properties.values()) <= 255
    assert {"smsheets.channels", "smsheets.channels.2"} <= source.properties.keys()
    assert read_workbook(path).layout.profile.channels == given.channels
    book = openpyxl.load_workbook(path)
    del book[next(sheet.title for sheet in book if sheet.sheet_state == "hidden")]
    book.save(path)
    assert read_workbook(path).layout.profile.channels == given.channels
    assert "channels.2" not in property_facts(source.properties)
