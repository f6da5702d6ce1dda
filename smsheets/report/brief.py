"""A report in ten lines: a message for Monday morning.

For each business: the verdict, three things to do with their cells, the key figures, and how many problems there are.
It is plain text without colours, so that it can be piped and pasted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import PurePath

from smsheets.analysis.finding import Wording
from smsheets.analysis.result import Analysis, BusinessAnalysis, Finding
from smsheets.money import Money, Share
from smsheets.report.document import Line, Verbatim
from smsheets.report.sections.headline import figure_label, figure_value, verdict_line
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

WIDTH = 100
"""Characters of a line, where the texts allow it."""

MOST_LINES = 10
_FIGURE_LINES = 2
_INDENT = "   "
_CUT = "…"
_GAP = " · "


def render_brief(analysis: Analysis, words: Words) -> str:
    """Ten lines at most for each business, with a blank line between two."""
    blocks = ["".join(f"{line}\n" for line in _lines(item, analysis, words)) for item in analysis.businesses]
    if not blocks:
        return f"{words.value(_problem_line(None, analysis))}\n"
    return "\n".join(blocks)


def _lines(business: BusinessAnalysis, analysis: Analysis, words: Words) -> Iterator[str]:
    name = Verbatim(business.business) if business.business else Line("Business without a name")
    verdict = verdict_line(business.headline, short=True)
    head = Line("{business}, {day}: {verdict}", {"business": name, "day": analysis.as_of, "verdict": verdict})
    yield words.value(head)
    for number, finding in enumerate(business.headline.steps, 1):
        yield from _step_lines(number, finding, words)
    yield from _packed(_figures(business, words))
    yield words.value(_problem_line(business, analysis))


def _step_lines(number: int, finding: Finding, words: Words) -> Iterator[str]:
    """What is, with its cell, and below it what to do."""
    where = f" ({_cell(finding)})" if finding.evidence else ""
    lead = f"{number}. "
    says = words.text(finding.says, finding.values)
    yield lead + cut_words(says, WIDTH - len(lead) - len(where)) + where
    yield _INDENT + cut_words(words.text(finding.todo, finding.values), WIDTH - len(_INDENT))


def _cell(finding: Finding) -> str:
    """Its most telling cell; of the file only the name."""
    cell = finding.evidence[0]
    return safe_line(f"{PurePath(cell.file).name}: {cell}")


def cut_words(text: str, longest: int) -> str:
    """The text; where it has more characters, cut after a sentence if that leaves half, else after a whole word."""
    if len(text) <= longest:
        return text
    sentence = text[: longest + 1].rpartition(". ")[0]
    if len(sentence) >= longest // 2:
        return f"{sentence}."
    room = max(longest - len(_CUT), 1)
    shorter = text[: room + 1].rpartition(" ")[0] or text[:room]
    return shorter.rstrip(" ,;:.-") + _CUT


def _figures(business: BusinessAnalysis, words: Words) -> Iterator[str]:
    """`Orders, Jun 2027: 61 (+3)`; an amount that is held against another stands beside it."""
    for item in business.headline.figures:
        label = words.value(figure_label(item, business.context, short=True))
        if isinstance(item.value, Money) and item.of is not None:
            yield words.text("{label} {value} of {of}", {"label": Verbatim(label), "value": item.value, "of": item.of})
            continue
        shown = f"{label}: {words.cell(figure_value(item))}"
        yield f"{shown} ({_signed(item.change, words)})" if item.change is not None and item.metric else shown


def _signed(change: Wording, words: Words) -> str:
    amount = change.amount if isinstance(change, Money) else change.value if isinstance(change, Share) else change
    shown = words.value(change)
    return f"+{shown}" if isinstance(amount, Decimal) and amount > 0 else shown


def _packed(texts: Iterable[str]) -> Iterator[str]:
    """As many texts beside each other as fit, on two lines; what does not fit is left out."""
    lines: list[str] = []
    for text in texts:
        if lines and len(lines[-1]) + len(_GAP) + len(text) <= WIDTH:
            lines[-1] += _GAP + text
        elif len(lines) < _FIGURE_LINES:
            lines.append(text)
    yield from lines


def _problem_line(business: BusinessAnalysis | None, analysis: Analysis) -> Line:
    """The problems in the files of a business; all of them where there is one business."""
    problems = analysis.problems
    if business is not None and len(analysis.businesses) > 1:
        name = business.business.casefold()
        files = {file.file for file in analysis.files if file.business.strip().casefold() == name}
        problems = tuple(problem for problem in problems if problem.cell.file in files)
    if not problems:
        return Line("Problems in the workbooks: none.")
    return Line("Problems in the workbooks: {count}. smsheets check lists them by cell.", {"count": len(problems)})
