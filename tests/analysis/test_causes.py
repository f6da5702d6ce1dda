"""One decision for each channel, each pot of money, each person: the graver finding speaks, the others are below it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from calendar_rows import HEADING, channel, context_of, out, posts, strategy, wanted

from smsheets.analysis.finding import Finding, Level
from smsheets.analysis.run import analyze_business, gather_causes
from smsheets.plan.calendar import Calendar


def finding(name: str, **more: object) -> Finding:
    given = {"level": Level.WARNING, "says": name, "todo": f"Do {name}.", "source": "", **more}
    return Finding(id=name, about=name, **given)  # type: ignore[arg-type]


def gathered(*findings: Finding) -> dict[str, list[str]]:
    found = list(gather_causes(findings))
    assert all(other.todo == "" and not other.also for first in found for other in first.also)
    assert all(first.todo for first in found)
    return {first.id: [other.id for other in first.also] for first in found}


def test_one_cause_is_told_once_by_the_first() -> None:
    assert gathered(finding("a", root="x"), finding("b"), finding("c", root="x"), finding("d")) == {
        "a": ["c"],
        "b": [],
        "d": [],
    }


def test_what_is_within_a_thing_waits_for_the_decision_on_it() -> None:
    channel_x = finding("asleep", root="channel x", decides=True)
    post = finding("too long", root="post P1", within=("channel x",))
    assert gathered(channel_x, post) == {"asleep": ["too long"]}
    assert gathered(post, channel_x) == {"asleep": ["too long"]}, "the decision speaks, whichever comes first"
    doubt = finding("keep up less", root="channel x", decides=True, level=Level.NOTE)
    assert gathered(post, doubt) == {"too long": ["keep up less"]}, "a note does not decide on what is graver"
    busy = finding("behind", root="channel x")
    assert gathered(busy, post) == {"behind": [], "too long": []}, "where nothing is to be decided both are told"


def test_a_decision_is_as_grave_as_the_gravest_of_what_it_decides_on() -> None:
    post = finding("too long", within=("channel x",), level=Level.ERROR)
    [found] = gather_causes([post, finding("asleep", root="channel x", decides=True)])
    assert (found.id, found.level) == ("asleep", Level.ERROR)


def test_money_is_given_away_once() -> None:
    over, also_over = (finding(name, root=name, takes=("B5",)) for name in ("over", "also over"))
    move, other_move = (finding(name, root=name, moves=("B5", "B6")) for name in ("move", "other move"))
    assert gathered(over, also_over) == {"over": [], "also over": []}, "their parts are shared out already"
    assert gathered(over, also_over, move, other_move) == {"over": ["move", "other move"], "also over": []}
    assert gathered(move, over) == {"move": ["over"]}
    assert gathered(move, finding("else", moves=("B7",))) == {"move": [], "else": []}


def test_a_channel_that_is_to_be_decided_on_has_one_finding() -> None:
    """Its post that is not ready is below it."""
    text = HEADING + out("2027-03-03", "x") + "\n2027-07-08 | x | draft\n2027-09-09 | instagram | approved"
    calendar = Calendar(posts=posts(text), cadence_wanted=wanted(x="1"))
    plan = strategy(channel("x", linked=True))
    found = analyze_business("Clay & Kiln", context_of(calendar, plan)).findings
    about_x = [item for item in found if "channel x" in (item.root, *item.within)]
    assert [item.id for item in about_x] == ["calendar.dormant_linked"]
    assert [item.id for item in about_x[0].also] == ["calendar.not_ready"]


def test_the_graver_level_is_the_first() -> None:
    calendar = Calendar(
        posts=posts(HEADING + out("2027-05-20", "x") + "\n2027-07-08 | x | draft"), cadence_wanted=wanted(x="1")
    )
    found = analyze_business("Clay & Kiln", context_of(calendar)).findings
    assert date(2027, 7, 8) in found[0].values.values()
    assert found[0].effect is None or found[0].effect > Decimal(0)
    assert [item.level for item in found] == sorted(
        (item.level for item in found), key=[Level.ERROR, Level.WARNING, Level.NOTE].index
    )
