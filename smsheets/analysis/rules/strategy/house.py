"""Rules on how the house is run: by which policy, and is the business ready at all?"""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.rules.strategy.names import begun_strategy
from smsheets.money import Share
from smsheets.plan.readiness import ReadinessAnswer, Verdict, assess_readiness

_RULES = "house rules"
_OWN_STEPS = "Do next what you wrote down yourselves: {steps}."


@rule(
    "strategy.no_policy",
    level=Level.WARNING,
    needs=("strategy",),
    says="There is no written policy: the sheet House rules holds no rule yet.",
    todo="Write down at least how complaints and abuse are answered, by whom and within how many hours.",
    source="Readiness question on a written policy",
    weight=2,
)
def check_policy_is_written(context: Context) -> Iterator[Hit]:
    """At least one house rule is written, once anything of the strategy is."""
    strategy = begun_strategy(context)
    if strategy is None or any(item.rule is not None for item in strategy.house_rules):
        return
    rules = tuple(item.cell("rule") for item in strategy.house_rules if item.topic is not None)
    answers = tuple(row.cell("answer") for row in strategy.readiness if row.question == "policy")
    yield Hit(about="house_rules", root=_RULES, evidence=rules + answers)


@rule(
    "strategy.policy_gaps",
    level=Level.NOTE,
    needs=("strategy",),
    says="The house rules leave open: {open}.",
    todo="Write one sentence for each of them into 'Our rule', and who sees to it, before it happens.",
    source="Readiness question on a written policy",
    weight=2,
)
def check_policy_is_whole(context: Context) -> Iterator[Hit]:
    """Every topic that the sheet House rules asks about has a rule, once one of them has."""
    strategy = begun_strategy(context)
    if strategy is None or all(item.rule is None for item in strategy.house_rules):
        return
    settled = {item.guide for item in strategy.house_rules if item.rule is not None}
    gaps = [item for item in strategy.house_rules if item.guide not in settled and item.guide is not None]
    if gaps:
        questions = tuple(dict.fromkeys(_quoted(item.guide) for item in gaps))
        yield Hit(
            about="house_rules",
            root=_RULES,
            evidence=tuple(item.cell("rule") for item in gaps),
            values={"open": questions},
        )


@rule(
    "strategy.not_ready",
    level=Level.WARNING,
    needs=("strategy",),
    says="The readiness score is {score}; {line} is needed.",
    todo="Take up the questions answered no first: write a next step and an owner beside each.",
    source="Six readiness questions; the line is this program's default",
    thresholds=("strategy.readiness_line",),
    lacks="Answer the questions on the sheet Readiness that are still open ({count}) to learn whether you are ready to "
    "spend money.",
    weight=2,
)
def check_readiness_above_line(context: Context) -> Iterator[Hit | Lack]:
    """The readiness score reaches its line; the one on the sheet counts before the threshold.

    It cannot be said before all questions are answered.
    """
    strategy = begun_strategy(context)
    if strategy is None:
        return
    unanswered = [row for row in strategy.readiness if row.question is not None and row.answer is None]
    if unanswered:
        yield Lack(evidence=tuple(row.cell("answer") for row in unanswered), values={"count": len(unanswered)})
    line = strategy.readiness_result.line
    if line is None:
        line = context.thresholds["strategy.readiness_line"]
    result = assess_readiness(strategy.readiness, line)
    if result is not None and result.verdict is Verdict.NOT_READY:
        short = sorted((row for row in strategy.readiness if row.answer in ("no", "partly")), key=_worst_first)
        steps = tuple(_quoted(row.next_step) for row in short if row.next_step is not None)
        yield Hit(
            about="readiness",
            evidence=tuple(row.cell("answer") for row in short),
            values={"score": Share(result.score), "line": Share(line), "steps": steps},
            todo=_OWN_STEPS if steps else "",
        )


def _quoted(sentence: str | None) -> str:
    """A person's sentence inside one of ours."""
    return f"'{(sentence or '').strip().rstrip('.')}'"


def _worst_first(row: ReadinessAnswer) -> bool:
    return row.answer != "no"
