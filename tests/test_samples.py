"""The samples are what the program makes today, and say the same in every language."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from generated.samples import FOLDERS, sample_places
from generated.workbook_difference import describe_difference
from refresh import SAMPLES

import smsheets
from smsheets.analysis.finding import Finding
from smsheets.cli.main import main
from smsheets.kinds import KINDS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    assert CliRunner().invoke(main, ["samples", "-o", str(folder)]).exit_code == 0
    return folder


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_are_fresh(kind: str, folder: str, made: Path) -> None:
    name = Path(folder) / f"{kind}.xlsx"
    if lines := describe_difference(SAMPLES / name, made / name, lambda: sample_places(kind, folder)):
        pytest.fail("\n".join(lines), pytrace=False)


def test_the_filled_samples_have_findings_and_no_problems() -> None:
    analysis = smsheets.analyze(*sorted((SAMPLES / "filled").glob("*.xlsx")))
    assert analysis.as_of.isoformat() == "2027-07-05"
    assert not analysis.problems
    assert len({finding.id for finding in all_findings(analysis)}) >= 30


def all_findings(analysis: smsheets.Analysis) -> list[Finding]:
    """Every finding, with those that another one's cause brings about."""
    return [finding for first in analysis.findings for finding in (first, *first.also)]


def test_the_blank_samples_have_nothing_wrong_and_something_to_fill_in() -> None:
    from datetime import date

    analysis = smsheets.analyze(*sorted((SAMPLES / "blank").glob("*.xlsx")), as_of=date(2027, 7, 5))
    assert (analysis.problems, analysis.findings) == ((), ())
    assert [business.lacking for business in analysis.businesses] == [()]
    assert all(file.missing for file in analysis.files)


def test_the_german_sample_is_the_same_plan(tmp_path: Path) -> None:
    options = ["--lang", "de", "--currency", "EUR", "--country", "DE", "--start", "2027-01", "--sample"]
    assert CliRunner().invoke(main, ["new", "--all", *options, "-o", str(tmp_path)]).exit_code == 0
    english = smsheets.analyze(*sorted((SAMPLES / "filled").glob("*.xlsx")))
    german = smsheets.analyze(*sorted(tmp_path.glob("*.xlsx")))
    assert not german.problems
    ids = [Counter(finding.id for finding in all_findings(analysis)) for analysis in (german, english)]
    assert ids[0] == ids[1]
    assert figures(german) == figures(english)


def figures(analysis: smsheets.Analysis) -> dict[str, list[tuple[str, ...]]]:
    """Everything in the plans that is not free text: numbers, dates, ids, yes and no; public holidays left out."""
    found: dict[str, list[tuple[str, ...]]] = {}
    plans = msgspec.to_builtins(analysis.businesses[0].plans)
    for kind, plan in plans.items():
        for table, records in plan.items():
            if table not in ("start", "holidays", "key_dates"):
                rows = records if isinstance(records, list | tuple) else [records]
                found[f"{kind}.{table}"] = [tuple(sorted(_figures(row))) for row in rows]
    return found


def _figures(row: dict[str, Any]) -> list[str]:
    kept = []
    for name, value in row.items():
        values = value if isinstance(value, list | tuple) else [value]
        is_figure = all(
            v is None or not isinstance(v, str) or v.replace(".", "").replace("-", "").isdigit() for v in values
        )
        if name != "where" and (is_figure or name.endswith("_id") or name in ("channel", "status", "carry_rule")):
            kept.append(f"{name}={value}")
    return kept
