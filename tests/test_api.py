"""The package as a library: a few functions and their types."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import smsheets
from smsheets import (
    Profile,
    SmsheetsError,
    analyze,
    annotate_workbook,
    client_report,
    compare,
    new_workbook,
    read_workbook,
    repair_workbook,
)
from smsheets.api import workbook_bytes
from smsheets.errors import OptionError, SpecError, WorkbookFileError
from smsheets.kinds import KINDS


def test_the_public_names() -> None:
    assert smsheets.__all__ == [
        "Analysis", "Comparison", "Limits", "Problem", "Profile", "ReadWorkbook", "SmsheetsError",
        "adopt_workbook", "analyze", "annotate_workbook", "client_report", "compare", "grow_workbook", "new_workbook",
            "read_workbook", "repair_workbook",
    ]  # fmt: skip
    assert all(getattr(smsheets, name).__doc__ for name in smsheets.__all__)
    with pytest.raises(AttributeError, match="module 'smsheets' has no attribute 'nothing'"):
        smsheets.nothing  # noqa: B018


def test_the_package_is_typed() -> None:
    assert (Path(smsheets.__file__).parent / "py.typed").is_file()
    for function in (new_workbook, read_workbook, analyze, client_report, compare, annotate_workbook, repair_workbook):
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(item.annotation is not inspect.Parameter.empty for item in signature.parameters.values())


def test_every_error_is_a_smsheets_error() -> None:
    assert all(issubclass(error, SmsheetsError) for error in (OptionError, SpecError, WorkbookFileError))


def test_from_nothing_to_an_analysis(tmp_path: Path) -> None:
    paths = [tmp_path / "deep" / f"{kind}.xlsx" for kind in KINDS]
    for kind, path in zip(KINDS, paths, strict=True):
        new_workbook(kind, path, Profile(company="Clay"), sample=True)
    read = read_workbook(paths[2])
    assert read.kind == "budget"
    assert read.problems == ()
    analysis = analyze(read, *(path for path in paths if path != paths[2]), as_of=date(2027, 7, 5))
    assert analysis.as_of == date(2027, 7, 5)
    assert analysis.findings
    assert "budget.lines" in analysis.frames()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_inputs_give_the_same_bytes(kind: str) -> None:
    profile = Profile(company="Clay", language="de", currency="EUR", country="DE")
    assert workbook_bytes(kind, profile, sample=True) == workbook_bytes(kind, profile, sample=True)


def test_a_file_is_not_overwritten_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    new_workbook("budget", path)
    with pytest.raises(OptionError) as caught:
        new_workbook("budget", str(path))
    assert str(caught.value) == f"{path}: exists already. Use --force to overwrite it, or choose another name."
    new_workbook("budget", path, force=True)


def test_an_unknown_template_is_taken_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"^none\.yaml: cannot be read: No such file or directory$"):
        new_workbook("none.yaml", tmp_path / "x.xlsx")


def test_a_day_is_needed_somewhere(tmp_path: Path) -> None:
    new_workbook("budget", tmp_path / "budget.xlsx")
    with pytest.raises(OptionError, match="Say up to which day"):
        analyze(tmp_path / "budget.xlsx")
    new_workbook("budget", tmp_path / "sample.xlsx", sample=True)
    assert analyze(tmp_path / "sample.xlsx").as_of == date(2027, 7, 5)


def test_thresholds_of_ones_own(tmp_path: Path) -> None:
    new_workbook("budget", tmp_path / "budget.xlsx", sample=True)
    usual = analyze(tmp_path / "budget.xlsx")
    eased = analyze(tmp_path / "budget.xlsx", thresholds={"budget.idle_months": 100})
    found, still = (
        {item.id for finding in analysis.findings for item in (finding, *finding.also)} for analysis in (usual, eased)
    )
    assert found - still == {"budget.idle"}
    with pytest.raises(OptionError, match=r"no threshold 'budget.idle_mons'; did you mean 'budget.idle_months'\?$"):
        analyze(tmp_path / "budget.xlsx", thresholds={"budget.idle_mons": 100})


def test_a_file_that_is_none_of_ours(tmp_path: Path) -> None:
    with pytest.raises(WorkbookFileError, match="there is no such file"):
        read_workbook(tmp_path / "none.xlsx")
    with pytest.raises(WorkbookFileError):
        analyze(tmp_path / "none.xlsx", as_of=date(2027, 1, 1))


def test_what_a_report_for_a_client_cannot_be_made_of(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"^period June: write a month or a quarter, for example 2027-06 or 2027-Q2$"):
        client_report(period="June")
    with pytest.raises(OptionError, match=r"brand\.colour: write a colour as in CSS"):
        client_report(brand={"colour": "brown"})
    with pytest.raises(OptionError, match=r"brand\.logo: .*none\.png cannot be read"):
        client_report(brand={"logo": str(tmp_path / "none.png")})
    paths = [tmp_path / "clay.xlsx", tmp_path / "kiln.xlsx"]
    for path in paths:
        new_workbook("roadmap", path, Profile(company=path.stem))
    with pytest.raises(OptionError, match=r"^A report for a client is about one business, and these are 2\.$"):
        client_report(*paths, as_of=date(2027, 7, 5))


def test_the_profile_has_defaults_that_can_be_used() -> None:
    profile = Profile()
    assert (profile.language, profile.months, profile.start) == ("en", 12, date(2027, 1, 1))
    with pytest.raises(AttributeError):
        profile.months = 6  # type: ignore[misc]


def test_amounts_are_exact(tmp_path: Path) -> None:
    new_workbook("budget", tmp_path / "budget.xlsx", sample=True)
    plan = analyze(tmp_path / "budget.xlsx").businesses[0].plans.budget
    assert plan is not None
    assert all(isinstance(amount, Decimal) for line in plan.lines for amount in line.planned if amount is not None)
