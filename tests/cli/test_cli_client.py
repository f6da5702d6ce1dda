"""`smsheets analyze --client`: the report that a client gets, one for each business, and their list."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from smsheets.files import is_own_report, marked_pdf

Run = Callable[..., Result]
SAMPLES = Path(__file__).parents[2] / "samples" / "filled"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><use href="#a"/></svg>'


@pytest.fixture
def sample(folder: Path) -> Path:
    """A filled KPI report in the folder the command runs in."""
    shutil.copy(SAMPLES / "kpi-report.xlsx", folder / "kpi-report.xlsx")
    return folder


def test_the_page_is_that_of_the_last_whole_month_in_the_brand_of_the_settings(sample: Path, run: Run) -> None:
    (sample / "brand").mkdir()
    (sample / "brand" / "logo.png").write_bytes(PNG)
    (sample / "brand" / "smsheets.toml").write_text(
        "[brand]\nlogo = 'logo.png'\ncolour = '#ABC'\nprepared_by = 'Studio Nord'\n", encoding="utf-8"
    )
    (sample / "said.md").write_text("A good month.\n", encoding="utf-8")
    words = ("kpi-report.xlsx", "--client", "-o", "june.html", "--comment", "said.md")
    result = run("analyze", *words, "--config", "brand/smsheets.toml")
    assert (result.exit_code, result.output) == (0, "june.html written\n")
    page = (sample / "june.html").read_text(encoding="utf-8")
    assert "Social media report, June 2027</title>" in page
    assert all(part in page for part in ("data:image/png;base64,", "--band: #aabbcc", "Studio Nord", "A good month."))
    assert run("analyze", *words, "--period", "2027-Q2", "--lang", "de").exit_code == 0
    assert "Social-Media-Bericht, Q2 2027</title>" in (sample / "june.html").read_text(encoding="utf-8")


def test_several_businesses_get_a_file_each_and_a_list(sample: Path, run: Run) -> None:
    book = openpyxl.load_workbook(sample / "kpi-report.xlsx")
    book["Start here"]["B6"] = "Mill Bakery"
    book.save(sample / "other.xlsx")
    (sample / "said.md").write_text("A good month.\n", encoding="utf-8")
    refused = run("analyze", ".", "--client", "-o", "clients.html")
    assert refused.stderr.endswith("there are 2 businesses, so name a folder: -o clients/\n")
    refused = run("analyze", ".", "--client", "-o", "clients", "--comment", "said.md")
    assert "--comment belongs to one business" in refused.stderr
    assert not (sample / "clients").exists()
    result = run("analyze", "kpi-report.xlsx", "other.xlsx", "--client", "-o", "clients/")
    assert result.output.splitlines()[-1] == "clients written"
    assert sorted(path.name for path in (sample / "clients").iterdir()) == [
        "clay-kiln.html", "index.html", "mill-bakery.html"
    ]  # fmt: skip
    assert "Mill Bakery" not in (sample / "clients" / "clay-kiln.html").read_text(encoding="utf-8")
    index = (sample / "clients" / "index.html").read_text(encoding="utf-8")
    assert index.count('<a href="clay-kiln.html">') == index.count('<a href="mill-bakery.html">') == 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("--client", "--client: say where it goes, for example -o report.html, -o report.pdf, or -o clients/"),
        ("--client -o a.xlsx", "--client -o a.xlsx: write a name that ends in .html or .pdf, or a folder"),
        (
            "--client -o a.html --period 2027-13",
            "--period 2027-13: write a month or a quarter, for example 2027-06 or 2027-Q2",
        ),
        ("--client -o a.html --period ''", "--period : write a month or a quarter, for example 2027-06 or 2027-Q2"),
        ("--client -o a.html --comment no.md", "no.md: cannot be read: No such file or directory"),
        ("--client -o a.html --brief", "--client is a page or a PDF: leave out --format, --brief and --full"),
        ("--client -o a.html --format json", "--client is a page or a PDF: leave out --format, --brief and --full"),
        ("--budget", "--period, --comment and --budget are for a report with --client"),
        ("--period 2027-06", "--period, --comment and --budget are for a report with --client"),
        (
            "--client -o kpi-report.xlsx",
            "--client -o kpi-report.xlsx: write a name that ends in .html or .pdf, or a folder",
        ),
    ],
)
def test_what_is_refused_in_one_line(words: str, line: str, sample: Path, run: Run) -> None:
    given = [word.strip("'") for word in words.split()]
    result = run("analyze", "kpi-report.xlsx", *given)
    assert (result.exit_code, result.output) == (2, f"{line}\n")


LOGOS: dict[str, tuple[bytes, str]] = {
    "a.png": (PNG, ""),
    "a.jpg": (b"\xff\xd8\xff\xe0" + b"\0" * 20, ""),
    "a.svg": (SVG.encode(), ""),
    "b.png": (b"GIF89a", "is no picture that a report can carry: save it as .png, .jpg or .svg"),
    "b.svg": (SVG.replace("<use", "<script>1</script><use").encode(), "does more than show a picture"),
    "c.svg": (SVG.replace("#a", "https://a.example/x.svg#a").encode(), "does more than show a picture"),
    "d.svg": (SVG.replace("viewBox", 'onload="1" viewBox').encode(), "does more than show a picture"),
    "e.svg": (SVG.replace("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg', 1).encode(), "does more than show a picture"),
    "f.svg": (b"<html><svg></svg></html>", "is no picture"),
    "g.png": (PNG + b"\0" * 500_000, "is larger than 500 KB: save a smaller picture"),
    "missing.png": (b"", "cannot be read: No such file or directory"),
    "/dev/zero": (b"", "is no picture"),
}


@pytest.mark.parametrize("name", list(LOGOS))
def test_a_logo_only_shows_something(name: str, folder: Path) -> None:
    from smsheets.errors import OptionError
    from smsheets.profile import Brand
    from smsheets.profile_file import read_logo

    data, line = LOGOS[name]
    if data:
        (folder / name).write_bytes(data)
    if line:
        with pytest.raises(OptionError, match=line):
            read_logo(Brand(logo=name), folder)
    else:
        assert read_logo(Brand(logo=name), folder).startswith("data:image/")


def test_without_a_browser_a_pdf_is_one_line(sample: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smsheets.report.html.page.BROWSERS", ())
    monkeypatch.setattr("smsheets.report.html.page.ELSEWHERE", ())
    result = run("analyze", "kpi-report.xlsx", "--client", "-o", "june.pdf")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "a PDF needs Chromium, Chrome or Edge" in result.output
    assert not (sample / "june.pdf").exists()


def test_a_pdf_is_known_until_somebody_changes_it(folder: Path) -> None:
    path = folder / "june.pdf"
    path.write_bytes(marked_pdf(b"%PDF-1.4\n%%EOF"))
    assert is_own_report(path)
    path.write_bytes(path.read_bytes().replace(b"1.4", b"1.5"))
    assert not is_own_report(path)
