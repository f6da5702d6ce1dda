"""The README and the code say the same."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from readme_tables import README, put_in_place, readme_tables
from refresh import COMMAND

from smsheets.analysis.rules import all_rules
from smsheets.cli.main import main
from smsheets.kinds import KINDS
from smsheets.problems import PROBLEM_TEXTS
from smsheets.spec.catalogue import languages

TEXT = README.read_text(encoding="utf-8")
COMMANDS = main.list_commands(click.Context(main))


def test_the_tables_are_those_of_the_code() -> None:
    assert put_in_place(TEXT, readme_tables()) == TEXT, f"run: {COMMAND}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_described(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert f"### smsheets {name}" in TEXT
    section = TEXT.split(f"### smsheets {name}")[1].split("\n### ")[0].split("\n## ")[0]
    for parameter in command.params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert f"`{option}" in section or f"`{option}" in TEXT.split("### Whose workbook")[1], f"{name} {option}"


def test_the_first_two_blocks_set_up_and_run() -> None:
    first, second = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)[:2]
    assert "smsheets analyze samples/filled/" in first
    assert "pytest" in second


def test_every_picture_exists() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
    assert len(pictures) >= 5
    for picture in pictures:
        assert (README.parent / picture).is_file(), picture


def test_every_kind_code_finding_and_language_is_named() -> None:
    names = [*KINDS, *PROBLEM_TEXTS, *(rule.id for rule in all_rules()), *languages()]
    assert [name for name in names if f"`{name}`" not in TEXT] == []


def test_links_inside_the_project_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http|#)([^)#]+)\)", TEXT):
        assert (README.parent / Path(target)).exists(), target
