"""The roadmap's two sections of the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.roadmap import compute_variance
from smsheets.money import Money, Share
from smsheets.plan.budget import Budget
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative, Roadmap, Task
from smsheets.plan.strategy import Strategy
from smsheets.report.document import ChartView, Line, Status, TableView, TimeBar, TimeBarsView, Tone, Verbatim
from smsheets.report.sections.roadmap import plan_section, variance_section

ROADMAP = Roadmap(
    initiatives=(
        Initiative(
            initiative_id="I1",
            initiative="Trial",
            goal_id="G1",
            owner="Owner",
            start=date(2027, 6, 28),
            due=date(2027, 7, 9),
            done_share=Decimal("0.6"),
            status="in_progress",
            planned_budget=Decimal(200),
        ),
        Initiative(initiative_id="I2", initiative="Video", status="done", due=date(2027, 7, 1)),
        Initiative(initiative_id="I3", initiative="Given up", status="cancelled"),
    ),
    tasks=(Task(task="x", owner="Owner", due=date(2027, 7, 6), status="next", hours=Decimal(2)),),
)
STRATEGY = Strategy(goals=(Goal(goal_id="G1", goal="More orders"),))


def context(budget: Budget | None = None) -> Context:
    plans = PlanSet(roadmap=ROADMAP, strategy=STRATEGY, budget=budget)
    return Context(plans=plans, as_of=date(2027, 7, 5), thresholds={"roadmap.slip_days": Decimal(3)}, currency="EUR")


def test_the_plan_by_goal() -> None:
    counts, coming, goals = plan_section(ROADMAP, context()).parts
    assert counts == Line(
        "Initiatives: {all}, finished: {finished}. Open tasks: {tasks}.", {"all": 2, "finished": 1, "tasks": 1}
    )
    assert coming == Line("Next due: '{initiative}' on {due}.", {"initiative": "Trial", "due": date(2027, 7, 9)})
    assert isinstance(goals, TableView)
    assert goals.rows == (
        ("G1", "More orders", 1, 0, date(2027, 7, 9), Money(Decimal(200), "EUR")),
        (Line("no goal"), None, 1, 1, date(2027, 7, 1), None),
    )


def test_progress_money_and_people() -> None:
    parts = variance_section(compute_variance(ROADMAP, context()), context()).parts
    times, progress, money, people = (part for part in parts if isinstance(part, TableView))
    share = Share(Decimal("0.6"))
    assert progress.rows == (
        ("I1", "Trial", date(2027, 7, 9), share, share, 0, Status("on time", Tone.GOOD)),
        ("I2", "Video", date(2027, 7, 1), None, Share(Decimal(1)), None, Status("done", Tone.GOOD)),
        ("I3", "Given up", None, None, None, None, None),
    )
    assert times.rows == (
        ("I1", "Trial", "Owner", date(2027, 6, 28), date(2027, 7, 9), date(2027, 7, 9)),
        ("I2", "Video", None, None, date(2027, 7, 1), date(2027, 7, 1)),
    )
    amount = Money(Decimal(200), "EUR")
    assert (money.headers, money.rows, money.total) == (
        ("ID", "Initiative", "Planned budget"),
        (("I1", "Trial", amount), (Line("Total"), None, amount)),
        True,
    )
    assert people.rows == (("Owner", 1, 1, 0, 0, Decimal(2)),)


def test_money_has_the_budget_beside_it_where_there_is_one() -> None:
    given = context(Budget())
    parts = variance_section(compute_variance(ROADMAP, given), given).parts
    money = next(part for part in parts if isinstance(part, TableView) and part.title == "Money")
    assert money.headers == ("ID", "Initiative", "Planned budget", "In the budget", "Spent")
    assert {len(row) for row in money.rows} == {5}


def bars_of(*initiatives: Initiative) -> tuple[tuple[TimeBar, ...], Line]:
    """The bars of the picture, and what it says."""
    given = context()
    parts = variance_section(compute_variance(Roadmap(initiatives=initiatives), given), given).parts
    [picture] = [part for part in parts if isinstance(part, TimeBarsView)]
    return picture.bars, picture.says


def initiative(number: int, **fields: object) -> Initiative:
    known = {
        "initiative_id": f"I{number}",
        "initiative": "Work",
        "start": date(2027, 6, 28),
        "due": date(2027, 7, 9),
        "status": "in_progress",
        "done_share": Decimal("0.6"),
    }
    return Initiative(**{**known, **fields})  # type: ignore[arg-type]


def test_the_picture_has_a_bar_for_each_initiative_with_dates() -> None:
    bars, says = bars_of(
        initiative(1, done_share=Decimal("0.1")),
        initiative(2, start=date(2027, 6, 1), due=date(2027, 6, 30), status="done", finished_on=date(2027, 7, 2)),
        initiative(3, start=date(2027, 6, 1), due=date(2027, 7, 2), done_share=Decimal("0.9")),
        initiative(4, status="cancelled"),
        initiative(5, start=None),
    )
    assert [(bar.name.text, bar.due, bar.ends, bar.done_share, bar.status.word) for bar in bars] == [
        ("I2 Work", date(2027, 6, 30), date(2027, 7, 2), Decimal(1), "done late"),
        ("I3 Work", date(2027, 7, 2), date(2027, 7, 7), Decimal("0.9"), "overdue"),
        ("I1 Work", date(2027, 7, 9), date(2027, 7, 16), Decimal("0.1"), "slipping"),
    ]
    assert says.text == "{says} Shown: {drawn} of {all}."
    assert (says.values["drawn"], says.values["all"]) == (3, 4)


def test_the_picture_says_who_is_furthest_behind() -> None:
    given = context()
    late = initiative(1, done_share=Decimal("0.1"))
    parts = variance_section(compute_variance(Roadmap(initiatives=(late,)), given), given).parts
    [picture] = [part for part in parts if isinstance(part, TimeBarsView)]
    assert picture.as_of == given.as_of
    assert picture.says.values == {"late": 1, "all": 1, "initiative": Verbatim("Work"), "days": 5}


def test_of_many_initiatives_those_that_need_a_look_are_drawn() -> None:
    many = [initiative(number) for number in range(1, 60)]
    late = [initiative(number, due=date(2027, 7, 1)) for number in range(60, 65)]
    bars, says = bars_of(*many, *late)
    assert len(bars) == 40
    assert {"I60 Work", "I64 Work"} <= {bar.name.text for bar in bars}
    assert (says.values["drawn"], says.values["all"]) == (40, 64)


def test_a_mistyped_year_does_not_press_the_others_together() -> None:
    bars, _ = bars_of(initiative(1), initiative(2, due=date(2072, 7, 9)))
    assert [bar.name.text for bar in bars] == ["I1 Work"]


def test_without_dates_there_is_no_picture_and_no_timetable() -> None:
    given = context()
    undated = Roadmap(initiatives=(initiative(1, start=None, due=None),))
    parts = variance_section(compute_variance(undated, given), given).parts
    assert [part.title for part in parts if isinstance(part, TableView | TimeBarsView)] == ["Progress"]


def test_late_without_a_known_slip_is_counted_only() -> None:
    bars, says = bars_of(initiative(1, due=date(2027, 7, 1), done_share=None))
    assert [bar.ends for bar in bars] == [date(2027, 7, 5)]
    assert says == Line("Late or slipping: {late} of {all}.", {"late": 1, "all": 1})


def test_money_is_drawn_beside_the_budget_only() -> None:
    def titles(budget: Budget | None) -> list[object]:
        given = context(budget)
        parts = variance_section(compute_variance(ROADMAP, given), given).parts
        return [part.title for part in parts if isinstance(part, ChartView)]

    assert titles(None) == [Line("Tasks by person")]
    assert titles(Budget()) == [Line("Money of the initiatives"), Line("Tasks by person")]


def test_a_blank_roadmap_says_so_in_one_line() -> None:
    blank = context()
    expected = (Line("No initiatives are filled in yet."),)
    assert plan_section(Roadmap(), blank).parts == expected
    assert variance_section(compute_variance(Roadmap(), blank), blank).parts == expected
