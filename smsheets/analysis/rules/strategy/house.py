"""Rules on how the house is run: who answers, by which policy, and is the business ready at all?"""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.money import Share
from smsheets.plan.readiness import ReadinessAnswer, Verdict, assess_readiness


@rule(
    "strategy.nobody_answers",
    level=Level.ERROR,
    needs=("strategy",),
    says="Nobody is in charge of comments and messages.",
    todo="Put a person beside the role 'Comments and messages' on the sheet Team, with hours per week and a stand-in.",
    source="This program's own rule: a question left lying is a customer lost",
)
def check_somebody_answers(context: Context) -> Iterator[Hit]:
    """The role for comments and messages has a person, once anything of the strategy is written."""
    strategy = context.plans.strategy
    if strategy is None or not strategy.begun:
        return
    rows = [role for role in strategy.team if role.role == "comments"]
    if all(row.person is None for row in rows):
        yield Hit(evidence=tuple(row.cell("person") for row in rows))


@rule(
    "strategy.no_policy",
    level=Level.WARNING,
    needs=("strategy",),
    says="There is no written policy: the sheet House rules holds no rule yet.",
    todo="Write down at least how complaints and abuse are answered, by whom and within how many hours.",
    source="Readiness question on a written policy",
)
def check_policy_is_written(context: Context) -> Iterator[Hit]:
    """At least one house rule is written, once anything of the strategy is."""
    strategy = context.plans.strategy
    if strategy is None or not strategy.begun or any(item.rule is not None for item in strategy.house_rules):
        return
    rules = tuple(item.cell("rule") for item in strategy.house_rules if item.topic is not None)
    answers = tuple(row.cell("answer") for row in strategy.readiness if row.question == "policy")
    yield Hit(evidence=rules + answers)


@rule(
    "strategy.not_ready",
    level=Level.WARNING,
    needs=("strategy",),
    says="The readiness score is {score}; {line} is needed.",
    todo="Take up the questions answered no first: write a next step and an owner beside each.",
    source="Six readiness questions; the line is this program's default",
    thresholds=("strategy.readiness_line",),
)
def check_readiness_above_line(context: Context) -> Iterator[Hit]:
    """The readiness score reaches its line; the one on the sheet counts before the threshold.

    Nothing is said before all questions are answered.
    """
    strategy = context.plans.strategy
    if strategy is None:
        return
    line = strategy.readiness_result.line
    if line is None:
        line = context.thresholds["strategy.readiness_line"]
    result = assess_readiness(strategy.readiness, line)
    if result is not None and result.verdict is Verdict.NOT_READY:
        short = sorted((row for row in strategy.readiness if row.answer in ("no", "partly")), key=_worst_first)
        values = {"score": Share(result.score), "line": Share(line)}
        yield Hit(evidence=tuple(row.cell("answer") for row in short), values=values)


def _worst_first(row: ReadinessAnswer) -> bool:
    return row.answer != "no"
