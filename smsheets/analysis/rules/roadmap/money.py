"""Rules about what initiatives cost."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.rules.roadmap.causes import id_of
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.money import Money
from smsheets.plan.initiative_money import add_line_months, line_months


@rule(
    "roadmap.not_budgeted",
    level=Level.WARNING,
    needs=("roadmap", "budget"),
    says="'{initiative}' is to cost {planned}, but its budget lines hold {budgeted} in the months it runs.",
    todo="Plan {missing} more on the lines {lines}, or make '{initiative}' cheaper.",
    source="Planned budget against the planned money of the budget lines it names, from start to due",
    lacks="Fill in 'Budget line ids' of {initiatives} to learn whether the budget holds the money.",
)
def check_initiatives_are_budgeted(context: Context) -> Iterator[Hit | Lack]:
    """Unfinished initiatives that plan to spend more than their budget lines have; the effect is what is missing.

    Nothing is lacking while the budget has no lines.
    """
    budget = context.plans.budget
    if budget is None:
        return
    unpaid = [item for item in unfinished_initiatives(context) if item.planned_budget and not item.line_ids]
    if unpaid and any(line.has_amounts for line in budget.lines):
        names = tuple(id_of(item) for item in unpaid)
        yield Lack(evidence=tuple(item.cell("line_ids") for item in unpaid), values={"initiatives": names})
    for item in unfinished_initiatives(context):
        budgeted = add_line_months(line_months(item, budget), budget).planned
        if budgeted is None or item.planned_budget is None or item.planned_budget <= budgeted:
            continue
        missing = item.planned_budget - budgeted
        yield Hit(
            about=id_of(item),
            evidence=(item.cell("planned_budget"), item.cell("line_ids")),
            values={
                "initiative": item.name,
                "planned": Money(item.planned_budget, context.currency),
                "budgeted": Money(budgeted, context.currency),
                "missing": Money(missing, context.currency),
                "lines": item.line_ids,
            },
            effect=missing,
        )
