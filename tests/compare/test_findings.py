"""Findings: new, gone, still there, known by the rule and what it is about."""

from __future__ import annotations

from smsheets.analysis.finding import Finding, Level
from smsheets.comparison.run import compare_findings


def finding(name: str, about: str = "", root: str = "", count: int = 0, also: tuple[Finding, ...] = ()) -> Finding:
    return Finding(
        id=name,
        about=about,
        root=root,
        level=Level.NOTE,
        says="{count}",
        todo="",
        source="",
        values={"count": count},
        also=also,
    )


def names(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{item.id} {item.about} {item.values['count']}" for item in findings]


def told(old: list[Finding], new: list[Finding], renamed: dict[tuple[str, str], str] | None = None) -> list[list[str]]:
    changes = compare_findings(old, new, renamed)
    return [names(changes.new), names(changes.gone), names(changes.still)]


def test_the_rule_and_what_it_is_about_tell_findings_apart() -> None:
    old = [finding("budget.over", "B1"), finding("budget.idle", "B2")]
    new = [finding("budget.over", "B2"), finding("budget.idle", "B2", count=3)]
    assert told(old, new) == [["budget.over B2 0"], ["budget.over B1 0"], ["budget.idle B2 3"]]


def test_what_is_told_below_another_is_no_news() -> None:
    over, pacing = finding("budget.over", "B1", "line B1"), finding("budget.pacing", "B1", "line B1")
    old = [finding("budget.over", "B1", "line B1", also=(pacing,))]
    assert told(old, [pacing]) == [[], ["budget.over B1 0"], ["budget.pacing B1 0"]]
    assert told([pacing, over], old) == [[], [], ["budget.over B1 0", "budget.pacing B1 0"]]


def test_of_several_cases_of_a_rule_the_same_words_are_the_same_case() -> None:
    old = [finding("calendar.gap", count=number) for number in (1, 2, 3)]
    new = [finding("calendar.gap", count=number) for number in (3, 1)]
    assert told(old, new) == [[], ["calendar.gap  2"], ["calendar.gap  3", "calendar.gap  1"]]


def test_a_finding_about_a_row_with_another_id_is_still_there() -> None:
    old, new = [finding("budget.over", "B2")], [finding("budget.over", "B7")]
    assert told(old, new, {("budget", "B2"): "B7"}) == [[], [], ["budget.over B7 0"]]
    assert told(old, new, {("roadmap", "B2"): "B7"}) == [["budget.over B7 0"], ["budget.over B2 0"], []]
