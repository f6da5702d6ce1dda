"""`smsheets explain`: every finding and every problem, in every language."""

from __future__ import annotations

import pytest
from conftest import Run

from smsheets.analysis.rules import all_rules
from smsheets.problems import problem_texts
from smsheets.report.explain import all_codes
from smsheets.spec.catalogue import languages
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", all_codes())
def test_every_code_is_explained(code: str, language: str, run: Run) -> None:
    result = run("explain", code, "--lang", language)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"\n{code}\n{'=' * len(code)}\n")
    assert "{" not in result.stdout


def test_the_list_holds_every_code(run: Run) -> None:
    for shape in ("text", "markdown"):
        text = run("explain", "--all", "--format", shape).stdout.replace("\\", "")
        assert [code for code in all_codes() if code not in text] == []
    assert set(all_codes()) == {*(rule.id for rule in all_rules()), *problem_texts()}


def test_a_finding_says_how_to_change_its_line_and_how_to_silence_it(run: Run) -> None:
    text = run("explain", "calendar.dormant").stdout
    assert f'"calendar.dormant_days" = {load_thresholds()["calendar.dormant_days"].value:g}' in text
    assert 'silenced = ["calendar.dormant"]' in text


def test_what_it_says_to_write_can_be_written(folder, run: Run) -> None:  # type: ignore[no-untyped-def]
    """Every setting that is named is one that smsheets.toml takes."""
    lines = [f"silenced = [{', '.join(f'{rule.id!r}' for rule in all_rules())}]", "[thresholds]"]
    lines += sorted(
        f'"{name}" = {load_thresholds()[name].value:g}'
        for name in {name for text in load_finding_texts().values() for name in text.thresholds}
    )
    (folder / "smsheets.toml").write_text("\n".join(lines), encoding="utf-8")
    assert run("new", "budget").exit_code == 0


def test_the_brackets_of_a_report_may_be_copied_along(run: Run) -> None:
    assert run("explain", "[budget.over]").stdout == run("explain", "budget.over").stdout


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("budget.ovr",), "There is no finding or problem 'budget.ovr'; did you mean 'budget.over'?"),
        (("zzz",), "There is no finding or problem 'zzz'; smsheets explain --all lists what there is"),
        ((), "Name a finding or a problem, for example: smsheets explain budget.over; or --all for a list."),
    ],
)  # fmt: skip
def test_what_cannot_be_explained(words: tuple[str, ...], line: str, run: Run) -> None:
    result = run("explain", *words)
    assert (result.exit_code, result.stderr) == (2, line + "\n")
