"""The order of findings: class first, then the worth of a minute; three steps of three areas."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from smsheets.analysis.finding import Finding, Level
from smsheets.analysis.ranking import choose_steps, rank_findings, sort_findings
from smsheets.plan.reference import Area, EffectUnit, FindingClass, FindingText
from smsheets.spec.reference import load_finding_texts

LEVELS = {"e": Level.ERROR, "w": Level.WARNING, "n": Level.NOTE}


def finding(text: str) -> Finding:
    """`w harm customers 90/15 x`: level, class, area, effect (`?` where it is unknown) by minutes, and its id."""
    level, class_, area, worth, name = text.split()
    effect, minutes = worth.split("/")
    return Finding(
        id=name, level=LEVELS[level], class_=FindingClass(class_), area=Area(area), minutes=int(minutes),
        effect=None if effect == "?" else Decimal(effect), says="", todo="", source="", weight=2,
    )  # fmt: skip


def ids(*given: str) -> str:
    return " ".join(item.id for item in rank_findings(map(finding, given)))


def test_harm_comes_before_money_and_money_before_goals() -> None:
    given = ("e upkeep work 900/1 d", "e goals goals 900/1 c", "w money budget 1/60 b", "w harm customers ?/60 a")
    assert ids(*given) == "a b c d"


def test_within_a_class_the_worth_of_a_minute_counts() -> None:
    assert ids("e money budget 200/60 slow", "w money budget 100/15 quick") == "quick slow"
    assert ids("w money budget 0/15 nothing", "w money budget 1/15 little") == "little nothing"


def test_an_unknown_effect_neither_wins_nor_loses_always() -> None:
    """A minute counts as the median of the class, 5 here: below what is worth more, above what is worth less."""
    known = ("w money budget 90/10 much", "w money budget 50/10 some", "w money budget 10/10 little")
    assert ids(*known, "w money budget ?/11 unknown") == "much some unknown little"
    assert ids(*known, "e money budget ?/10 error") == "error much some little"
    assert ids(*known, "n money budget ?/10 note") == "much some note little"
    assert ids("w money budget ?/20 long", "w money budget ?/10 short") == "short long"


def test_the_weight_of_a_rule_moves_an_unknown_effect() -> None:
    known, unknown = finding("w money budget 50/10 known"), finding("w money budget ?/10 unknown")
    for weight, order in ((3, ["unknown", "known"]), (1, ["known", "unknown"])):
        given = (known, msgspec.structs.replace(unknown, weight=weight))
        assert [item.id for item in rank_findings(given)] == order


def test_the_list_goes_by_level_first() -> None:
    given = ("n harm customers ?/5 n", "w money budget 90/5 w", "e upkeep work ?/60 e", "w harm accounts ?/60 v")
    assert [item.id for item in sort_findings(map(finding, given))] == ["e", "v", "w", "n"]


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ((), ""),
        (("n goals posts ?/5 a", "n upkeep work ?/5 b"), "a b"),
        (("w harm customers ?/5 a", "w harm customers ?/6 b", "w harm accounts ?/7 c", "w goals goals 1/9 d"), "a c d"),
        (("w harm customers ?/5 a", "w harm customers ?/6 b", "w harm accounts ?/7 c"), "a b c"),
        (("w goals posts ?/5 a", "n harm customers ?/5 b"), "a"),
        (("w money budget 9/1 a", "w money budget 8/1 b", "w money budget 7/1 c", "w money budget 6/1 d"), "a b c"),
        (("w upkeep basics ?/5 d", "e goals posts ?/5 c", "w money budget 9/9 b", "w harm accounts ?/9 a"), "a b c"),
    ],
)
def test_the_three_steps_are_of_three_areas(given: tuple[str, ...], chosen: str) -> None:
    assert " ".join(item.id for item in choose_steps([finding(text) for text in given])) == chosen


def test_a_text_names_its_effect_and_what_is_at_stake_together() -> None:
    text = next(iter(load_finding_texts().values()))
    with pytest.raises(ValueError, match="belong together"):
        msgspec.convert({**msgspec.to_builtins(text), "effect": EffectUnit.MONEY.value, "at_stake": ""}, FindingText)
