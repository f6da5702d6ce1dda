"""The brief of a report: verdict, steps, key figures, the same in text, Markdown and JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from sample_analysis import markdown_of, sample_analysis, text_of

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.headline import Headline
from smsheets.analysis.key_figures import KeyFigure
from smsheets.analysis.plan_states import PlanState, State
from smsheets.money import Money
from smsheets.plan.reference import FindingClass
from smsheets.report.document import Entry, Line, Section, TilesView
from smsheets.report.json_view import render_json
from smsheets.report.markdown import render_markdown
from smsheets.report.sections.headline import headline_sections, tiles_view, verdict_line
from smsheets.report.text import render_text
from smsheets.report.wording import Words

CONTEXT = Context(plans=PlanSet(), as_of=date(2027, 7, 5), thresholds={"calendar.cadence_weeks": Decimal(4)})


def verdict(*plans: PlanState, language: str = "en", short: bool = False) -> str:
    return Words(language).value(verdict_line(Headline(state=State.LOOK, plans=plans), short=short))


def plan(kind: str, state: str, value: int | Money | None = None, of: int | Money | None = None) -> PlanState:
    return PlanState(kind=kind, state=State(state), value=value, of=of)


def test_the_verdict_is_one_sentence_with_the_figures_that_decide_it() -> None:
    plans = (
        plan("strategy", "off", 0, 3),
        plan("roadmap", "look", 1, 5),
        plan("calendar", "look", 3, 4),
        plan("kpi-report", "unknown"),
        plan("budget", "on_track", Money(Decimal(90), "EUR"), Money(Decimal(100), "EUR")),
    )
    assert verdict(*plans) == (
        "Off track: goals (0 of 3 on course); needs attention: roadmap (1 of 5 initiatives late), calendar (3 of the 4 "
        "posts wanted); not known: results (no figure with a target yet); on track: budget (€90.00 spent of €100.00)."
    )
    assert verdict(*plans, short=True) == (
        "Off track: goals; needs attention: roadmap, calendar; not known: results; on track: budget."
    )
    assert verdict(*plans, short=True, language="de") == (
        "Nicht im Plan: Ziele; genauer ansehen: Maßnahmen, Redaktionsplan; nicht bekannt: Ergebnisse; im Plan: Budget."
    )


@pytest.mark.parametrize(
    ("plans", "says"),
    [
        ((), "Nothing can be said yet: no plan was read."),
        ((plan("budget", "unknown"),), "Cannot be judged yet: budget (no actual amounts yet)."),
        ((plan("strategy", "unknown", 2, 3),), "Cannot be judged yet: goals (2 of 3 cannot be judged)."),
        ((plan("roadmap", "on_track", 0, 4),), "All on track: roadmap (0 of 4 initiatives late)."),
        ((plan("roadmap", "on_track", 0, 0),), "All on track: roadmap (all initiatives finished)."),
        (
            (msgspec.structs.replace(plan("kpi-report", "look", 0, 9), close=2),),
            "Needs attention: results (2 of 9 figures slightly behind).",
        ),
        (
            (msgspec.structs.replace(plan("budget", "look", 1, 2), close=3),),
            "Needs attention: budget (1 spent of 2, 3 lines over budget).",
        ),
        ((plan("roadmap", "look", 1, 4),), "Needs attention: roadmap (1 of 4 initiatives late)."),
        (
            (msgspec.structs.replace(plan("kpi-report", "unknown", 1, 2), stale=date(2027, 3, 1)),),
            "Cannot be judged yet: results (last figures: Mar 2027).",
        ),
    ],
)
def test_a_verdict_says_what_is_not_known(plans: tuple[PlanState, ...], says: str) -> None:
    assert verdict(*plans) == says


def test_a_figure_that_is_not_known_says_so() -> None:
    figures = (KeyFigure(id="forecast", state=State.UNKNOWN), KeyFigure(id="goals", value=1, of=3, state=State.OFF))
    tiles = tiles_view(Headline(state=State.OFF, figures=figures), CONTEXT)
    words = Words("en")
    assert [[words.cell(cell) for cell in row] for row in tiles.table.rows] == [
        ["Forecast in all", "not known", "", "", "", "not known"],
        ["Goals on course", "1 of 3", "", "", "", "off track"],
    ]


def test_goals_that_cannot_all_be_judged_say_how_many_are() -> None:
    figures = (KeyFigure(id="goals", value=1, of=2, state=State.UNKNOWN),)
    tiles = tiles_view(Headline(state=State.UNKNOWN, figures=figures), CONTEXT)
    assert [Words("en").cell(cell) for cell in tiles.table.rows[0]] == [
        "Goals on course", "1 of 2 judged", "", "", "", "not known",
    ]  # fmt: skip


def sections() -> list[Section]:
    return list(headline_sections(sample_analysis()))


def test_the_sample_has_verdict_three_steps_and_at_most_eight_figures() -> None:
    brief, steps, figures = sections()
    assert brief.chapter
    assert [type(part) for part in brief.parts] == [Line, Line]
    assert [type(part) for part in steps.parts] == [Entry] * 3
    assert [part.name for part in steps.parts if isinstance(part, Entry)] == [
        finding.id for finding in sample_analysis().businesses[0].headline.steps
    ]
    (tiles,) = figures.parts
    assert isinstance(tiles, TilesView)
    assert 6 <= len(tiles.tiles) <= 8


def test_the_steps_of_the_sample_are_those_of_a_good_adviser() -> None:
    """The lost parcel with the messages that wait, the account without two-factor, and money lost now."""
    complaint, account, money = sample_analysis().businesses[0].headline.steps
    assert (complaint.id, account.id) == ("kpi-report.complaint_not_routed", "strategy.two_factor_off")
    todo = Words("en").text(complaint.todo, complaint.values)
    assert [name for name in ("M20 (Parcel lost", "M15", "M19", "M21", "M23") if name not in todo] == []
    assert money.class_ is FindingClass.MONEY
    assert len({step.area for step in (complaint, account, money)}) == 3


@pytest.mark.parametrize("language", ["en", "de"])
def test_it_ends_the_text_and_begins_the_markdown(language: str) -> None:
    analysis, words = sample_analysis(language), Words(language)
    brief = [words.value(section.title) for section in headline_sections(analysis)]
    text = [words.value(section.title) for section in text_of(analysis)]
    assert text[-len(brief) :] == brief
    markdown = render_markdown(markdown_of(analysis), words)
    assert markdown.startswith(f"## {words.text('In brief')}\n\n- ")
    sentence = words.value(verdict_line(analysis.businesses[0].headline))
    assert sentence in markdown
    assert sentence in " ".join(render_text(text_of(analysis), words).split())


def test_markdown_has_no_html_and_no_bare_sign_that_means_something() -> None:
    markdown = render_markdown(markdown_of(sample_analysis()), Words("en"))
    assert "<" not in markdown.replace("\\<", "")
    assert "&amp;" not in markdown
    assert "Clay & Kiln" in markdown


def test_several_businesses_have_a_brief_each() -> None:
    one = sample_analysis()
    business = one.businesses[0]
    both = msgspec.structs.replace(one, businesses=(business, msgspec.structs.replace(business, business="Budget")))
    chapters = [Words("de").value(section.title) for section in headline_sections(both) if section.chapter]
    assert chapters == ["Kurz gesagt: Clay & Kiln", "Kurz gesagt: Budget"]


def test_the_json_has_the_same_verdict_steps_and_figures() -> None:
    analysis, words = sample_analysis(), Words("en")
    view = json.loads(render_json(analysis, words))["businesses"][0]["headline"]
    headline = analysis.businesses[0].headline
    assert list(view) == ["state", "verdict", "plans", "steps", "figures"]
    assert view["verdict"] == words.value(verdict_line(headline))
    assert [step["id"] for step in view["steps"]] == [finding.id for finding in headline.steps]
    spent, shown = headline.figures[0], view["figures"][0]
    assert isinstance(spent.value, Money)
    assert (shown["id"], shown["unit"], Decimal(shown["value"])) == ("spent", "money", spent.value.amount)
    assert {plan["kind"]: plan["state"] for plan in view["plans"]} == {
        plan.kind: plan.state.value for plan in headline.plans
    }
