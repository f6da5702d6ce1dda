"""The documentation and the code say the same, and what the documentation shows is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import msgspec
import openpyxl
import pytest
from click.testing import CliRunner
from generated.doc_pages import DOCS, command_names, doc_pages, get_command
from refresh import COMMAND

import smsheets
from smsheets.analysis.rules import all_rules
from smsheets.analysis.rules.budget import lines
from smsheets.cli.main import main
from smsheets.kinds import KINDS
from smsheets.plan.budget import BudgetLine
from smsheets.plan.reference import FindingText
from smsheets.problems import problem_texts
from smsheets.spec.catalogue import languages
from smsheets.spec.load import load_thresholds
from smsheets.spec.model import Column
from smsheets.spec.yaml_source import Source

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SPECS_README = ROOT / "workbook_specs" / "README.md"
TEXT = README.read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GUIDES = (README, *sorted(DOCS.glob("*.md")), SPECS_README)
"""What is written for those who use the program; the rest is for those who change it."""
PAGES = (
    *GUIDES,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "smsheets" / "README.md",
    ROOT / "tests" / "README.md",
)
AS_OF = date(2027, 7, 5)
CODES = {*problem_texts(), *(rule.id for rule in all_rules()), *load_thresholds()}


def in_project(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[str]:
    """The code blocks of a page in one language, those inside of lists too."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for _, block in found]


def command_lines(path: Path) -> Iterator[list[str]]:
    """Every `smsheets ...` that a page tells people to type, as its words."""
    for block in blocks(path, "console"):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            assert words[0] == "smsheets", line
            end = next((index for index, word in enumerate(words) if word in (">", "&&")), len(words))
            yield words[1:end]


@pytest.mark.parametrize("path", doc_pages(), ids=in_project)
def test_what_is_generated_is_that_of_the_code(path: Path) -> None:
    made = doc_pages()[path]
    assert path.is_file(), f"run: {COMMAND} docs"
    assert path.read_text(encoding="utf-8") == made, f"run: {COMMAND} docs"


@pytest.mark.parametrize("name", command_names())
def test_every_command_and_option_is_described(name: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = text.split(f"\n## smsheets {name}\n")[1].split("\n## ")[0]
    for parameter in get_command(name).params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert re.search(rf"`{option}[` ]", section), f"{name} {option}"


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("findings.md", [rule.id for rule in all_rules()]),
        ("thresholds.md", list(load_thresholds())),
        ("problems.md", list(problem_texts())),
        ("templates.md", list(KINDS)),
        ("settings.md", list(languages())),
    ],
)
def test_every_code_threshold_kind_and_language_is_named(page: str, names: list[str]) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [name for name in names if f"`{name}`" not in text and f"### {name}\n" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=in_project)
def test_every_code_that_is_named_exists(path: Path) -> None:
    groups = {code.partition(".")[0] for code in CODES}
    files = ("xlsx", "yaml", "md", "html", "toml", "json", "py", "csv")
    named = re.findall(r"[`\"\[ ]((?:[a-z]+(?:-[a-z]+)?)\.[a-z][a-z_-]+)", path.read_text(encoding="utf-8"))
    codes = {name for name in named if name.partition(".")[0] in groups and name.partition(".")[2] not in files}
    added = {"budget.contract_ends", "budget.contract_days"} if path == SPECS_README else set()
    assert sorted(codes - CODES - added) == []


@pytest.mark.parametrize("path", GUIDES, ids=in_project)
def test_every_option_that_is_named_exists(path: Path) -> None:
    known = {
        option
        for name in command_names()
        for item in get_command(name).params
        for option in (*item.opts, *item.secondary_opts)
    }
    named = set(re.findall(r"`(--[a-z][a-z-]*)", path.read_text(encoding="utf-8")))
    assert sorted(named - known - {"--help", "--version"}) == []


@pytest.mark.parametrize("path", GUIDES, ids=in_project)
def test_every_command_line_can_be_typed(path: Path) -> None:
    """The program takes its arguments and options; nothing is run."""
    for words in command_lines(path):
        try:
            get_command(words[0]).make_context(words[0], words[1:])
        except click.ClickException as error:
            pytest.fail(f"smsheets {shlex.join(words)}: {error.format_message()}")


@pytest.mark.parametrize("path", PAGES, ids=in_project)
def test_links_inside_the_project_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target, place in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text):
        page = path.parent / target if target else path
        assert page.exists(), target
        if place:
            headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_the_first_two_blocks_set_up_and_run() -> None:
    first, second = blocks(README, "sh")[:2]
    assert "smsheets analyze samples/filled/" in first
    assert "pytest" in second


MOST_LINES = 250
"""What somebody reads who wants to know whether the program is for them."""


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    assert len(TEXT.splitlines()) <= MOST_LINES
    assert [in_project(page) for page in PAGES if page != README and in_project(page) not in TEXT] == [
        "smsheets/docs/README.md"
    ]


def test_every_picture_exists() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
    assert len(pictures) >= 5
    for picture in pictures:
        assert (README.parent / picture).is_file(), picture


def test_every_dependency_is_explained() -> None:
    table = TEXT.split("## What it stands on")[1].split("\n## ")[0]
    needed = [re.split(r"[><=;\s]", line)[0] for line in PROJECT["dependencies"]]
    assert re.findall(r"^\| `([\w-]+)` \| \w", table, re.MULTILINE) == needed


def test_there_is_one_version() -> None:
    newest = re.findall(r"^## (\d[\d.]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[0]
    assert PROJECT["version"] == smsheets.__version__ == newest


def test_the_readme_shows_what_is_printed() -> None:
    window, problem = blocks(README, "text")
    run = CliRunner().invoke
    files = sorted(str(path) for path in (ROOT / "samples" / "filled").glob("*.xlsx"))
    assert run(main, ["analyze", *files]).output.startswith(f"\n{window}\nMore errors\n")
    wrong = ROOT / "samples" / "bad" / "cell.overwritten-formula" / "budget.xlsx"
    assert problem in run(main, ["check", str(wrong)]).output


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example, with_openpyxl = blocks(DOCS / "python.md", "python")
    for folder, kind in (("plan", "roadmap"), ("plan", "kpi-report"), ("june", "budget"), ("july", "budget")):
        (tmp_path / folder).mkdir(exist_ok=True)
        shutil.copy(ROOT / "samples" / "filled" / f"{kind}.xlsx", tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    book = openpyxl.Workbook()
    for row in (["Date", "Channel", "Caption"], ["2027-01-04", "Instagram", "Hello"], ["2027-01-05", "TikTok", "You"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save("old-calendar.xlsx")
    exec(compile(example, "python.md", "exec"), names)
    assert {path.name for path in tmp_path.iterdir()} >= {"notes.xlsx", "fixed.xlsx"}
    assert isinstance(names["changes"], smsheets.Comparison)
    page = (tmp_path / "june.html").read_text(encoding="utf-8")
    assert all(text in page for text in ("June 2027", "A good month.", "Studio Nord", "#8a3b12"))
    exec(compile(with_openpyxl, "python.md", "exec"), names)
    lines = smsheets.read_workbook("plan/budget-with-actuals.xlsx").plan.lines  # type: ignore[attr-defined]
    assert [line.actual[1] for line in lines if line.line_id in ("B1", "B3")] == [310, Decimal("95.5")]
    assert names["places"]["B1"].sheet == "Budget"  # type: ignore[index]


def test_the_settings_of_the_example_can_be_used(tmp_path: Path) -> None:
    example, brand = blocks(DOCS / "settings.md", "toml")
    config = tmp_path / "smsheets.toml"
    config.write_text(f"{example}\n{brand}", encoding="utf-8")
    budget = ROOT / "samples" / "filled" / "budget.xlsx"
    done = CliRunner().invoke(main, ["analyze", str(budget), "--config", str(config), "--full"])
    assert "[budget.over]" in done.output
    assert "B5" in done.output
    assert done.exit_code == 0


def test_the_column_and_the_finding_that_are_added_as_an_example_are_well_formed() -> None:
    values = [Source(block, "README.md").value for block in blocks(SPECS_README, "yaml")]
    columns = [msgspec.convert(value, tuple[Column, ...]) for value in values if isinstance(value, list)]
    assert [column.id for [column] in columns] == ["supplier", "half", "contract_ends"]
    [finding] = [value for value in values if isinstance(value, dict) and "budget.contract_ends" in value]
    [text] = msgspec.convert(finding, dict[str, FindingText]).values()
    [rule] = blocks(SPECS_README, "python")
    names: dict[str, Any] = dict(vars(lines))
    exec(compile(rule, "README.md", "exec"), names)
    line = BudgetLine(line_id="B4", line="Scheduling tool")
    ends = SimpleNamespace(contract_ends=AS_OF, cell=line.cell, line_id=line.line_id, line=line.line, name=line.name)
    facts = SimpleNamespace(
        thresholds={"budget.contract_days": Decimal(30)}, as_of=AS_OF, budget=SimpleNamespace(lines=[ends])
    )
    [hit] = names["check_contracts_are_decided_on"].check(facts)
    assert (hit.about, hit.values) == ("B4", {"line": "Scheduling tool", "ends": AS_OF})
    assert set(re.findall(r'"(\w+)": item', rule)) == set(re.findall(r"{(\w+)}", text.says + text.todo))
    assert f'@rule("{next(iter(finding))}")' in rule
    assert f'thresholds["{text.thresholds[0]}"]' in rule


def test_a_template_of_the_readme_is_made_and_read(tmp_path: Path) -> None:
    example = next(block for block in blocks(SPECS_README, "yaml") if block.startswith("kind:"))
    spec = tmp_path / "giveaway.yaml"
    spec.write_text(example, encoding="utf-8")
    made = CliRunner().invoke(main, ["new", "--spec", str(spec), "-o", str(tmp_path)])
    assert made.exit_code == 0, made.output
    workbook = tmp_path / "giveaway.xlsx"
    assert smsheets.read_workbook(workbook).kind == "giveaway"
    done = CliRunner().invoke(main, ["analyze", str(workbook), "--as-of", "2027-07-05", "--full"])
    assert "Giveaways" in done.output
    assert done.exit_code == 0
