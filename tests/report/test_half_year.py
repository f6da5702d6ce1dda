"""A workbook of six months: nothing of it, and nothing that is said of it, speaks of a year."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from made import put
from sample_analysis import text_of

from smsheets import analyze
from smsheets.layout.content import sample_profile
from smsheets.profile_file import make_profile
from smsheets.report.html.page import render_page
from smsheets.report.json_view import render_json
from smsheets.report.text import render_text
from smsheets.report.wording import Words

LANGUAGES = pytest.mark.parametrize("language", ["en", "de"])
MONEY = ("budget", "kpi-report")
YEAR = re.compile(r"\byear(?!_)|jahr(?!esz)", re.IGNORECASE)
RATES = ("weeks a year", "weeks of the year", "Arbeitswochen im Jahr", "Wochen im Jahr")
"""A week's hours become a month's cost by the weeks of a year, however long the workbook is."""


def half_year(language: str, folder: Path) -> list[Path]:
    profile = make_profile({**sample_profile(language), "language": language, "months": 6})
    paths = [folder / f"{kind}.xlsx" for kind in MONEY]
    for kind, path in zip(MONEY, paths, strict=True):
        put(kind, path, profile, sample=True)
    return paths


def says_year(text: object) -> bool:
    return isinstance(text, str) and bool(YEAR.search(text)) and not any(rate in text for rate in RATES)


@LANGUAGES
def test_no_sheet_speaks_of_a_year(language: str, tmp_path: Path) -> None:
    for path in half_year(language, tmp_path):
        for sheet in openpyxl.load_workbook(path):
            if sheet.title.startswith("_"):
                continue
            shown = [cell.value for row in sheet.iter_rows() for cell in row if not str(cell.value).startswith("=")]
            hints = [hint.prompt for hint in sheet.data_validations.dataValidation]
            assert [text for text in (*shown, *hints) if says_year(text)] == [], sheet.title


@LANGUAGES
def test_no_report_speaks_of_a_year(language: str, tmp_path: Path) -> None:
    analysis, words = analyze(*half_year(language, tmp_path)), Words(language)
    lines = render_text(text_of(analysis), words).splitlines()
    lines += re.sub(r"<style.*?</style>|<[^>]*>", "\n", render_page(analysis, words), flags=re.DOTALL).splitlines()
    lines += re.findall(r'"(?:says|message|todo|label)": "([^"]*)"', render_json(analysis, words).decode())
    assert [line for line in lines if says_year(line)] == []
