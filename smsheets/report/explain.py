"""The meaning of each finding and each problem, for the one who reads its code in a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smsheets.plan.reference import EffectUnit, FindingClass, FindingText
from smsheets.problems import problem_texts
from smsheets.report.document import Line, Part, Section, TableView, Verbatim
from smsheets.report.sections.cells import kind_cell
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts

_NAMES = re.compile(r"{\w+}")
_BLANK = "…"


def all_codes() -> tuple[str, ...]:
    """Every code of a finding and of a problem, findings first."""
    return (*load_finding_texts(), *problem_texts())


def list_sections() -> Iterator[Section]:
    """All findings and all problems, a line each."""
    findings = tuple(
        (Verbatim(code), Line(text.level.value), _pattern(text.says)) for code, text in load_finding_texts().items()
    )
    yield Section("Findings", (TableView(headers=("Code", "Level", "Says"), rows=findings),), chapter=True)
    problems = tuple((Verbatim(code), _pattern(words.says)) for code, words in problem_texts().items())
    yield Section("Problems", (TableView(headers=("Code", "Says"), rows=problems),), chapter=True)


def code_section(code: str) -> Section:
    """All about one code.

    Args:
        code: One of `all_codes()`.
    """
    found = load_finding_texts().get(code)
    parts = _problem_parts(code) if found is None else _rule_parts(code, found)
    return Section(Verbatim(code), tuple(parts), chapter=True)


def _problem_parts(code: str) -> Iterator[Part]:
    words = problem_texts()[code]
    yield Line("A problem: a cell that could not be read as it stands. Everything else is still worked out.")
    yield Line("It says: {says}", {"says": _pattern(words.says)})
    yield Line("What to do: {todo}", {"todo": _pattern(words.todo)})


def _rule_parts(code: str, found: FindingText) -> Iterator[Part]:
    yield Line(_LEVEL_MEANINGS[found.level.value])
    yield Line("Class: {class}", {"class": Line(_CLASS_MEANINGS[found.class_])})
    yield _effect_line(found)
    yield Line("Time to put it right: about {count} minutes.", {"count": found.minutes})
    yield Line("It says: {says}", {"says": _pattern(found.says)})
    yield Line("What to do: {todo}", {"todo": _pattern(found.todo)})
    yield Line("Where it comes from: {source}", {"source": Line(found.source)})
    needed = tuple(kind_cell(kind) for kind in found.needs)
    yield Line("It needs these workbooks: {workbooks}.", {"workbooks": needed})
    if found.lacks:
        yield Line("Where an input is empty: {says}", {"says": _pattern(found.lacks)})
    if found.thresholds:
        yield _threshold_table(found)
        yield Line("To change a limit, write into smsheets.toml: [thresholds]")
        for name in found.thresholds:
            yield Line("{setting}", {"setting": Verbatim(f'"{name}" = {load_thresholds()[name].value:g}')})
    yield Line("To silence this, write into smsheets.toml: {line}", {"line": Verbatim(f'silenced = ["{code}"]')})


_LEVEL_MEANINGS = {
    "error": "An error: it costs money or does harm now.",
    "warning": "A warning: it needs attention.",
    "note": "A note: it is worth knowing.",
}


_CLASS_MEANINGS = {
    FindingClass.HARM: "harm (1 of 4): customers wait, or an account is open to others.",
    FindingClass.MONEY: "money (2 of 4): money is lost now.",
    FindingClass.GOALS: "goals (3 of 4): goals, work or posts are off course.",
    FindingClass.UPKEEP: "upkeep (4 of 4): something in the plan is not in order.",
}
_EFFECTS = {EffectUnit.MONEY: "Effect, in money: {stake}.", EffectUnit.HOURS: "Effect, in hours: {stake}."}


def _effect_line(found: FindingText) -> Line:
    if found.effect is None:
        return Line("Effect: not known; the workbooks do not say what it costs.")
    return Line(_EFFECTS[found.effect], {"stake": Line(found.at_stake)})


def _threshold_table(found: FindingText) -> TableView:
    lines = [load_thresholds()[name] for name in found.thresholds]
    return TableView(
        title="Its limits",
        headers=("Setting", "Value", "Meaning", "Source"),
        rows=tuple(
            (
                Verbatim(line.id),
                Line(with_unit(line.unit), {"value": line.amount}),
                Line(line.meaning),
                Line(line.source),
            )
            for line in lines
        ),
    )


def with_unit(unit: str) -> str:
    """A threshold's value with its unit, in English: `{value} days`."""
    return f"{{value}} {unit}"


def _pattern(text: str) -> Line:
    """A text without the values of a case."""
    return Line(text, {name[1:-1]: Verbatim(_BLANK) for name in _NAMES.findall(text)})
