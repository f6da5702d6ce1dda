"""A user's own spec under one of the program's kinds keeps the nature of the fields it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from smsheets.errors import SpecError
from smsheets.spec.load import read_spec, specs_folder

BUDGET = (specs_folder() / "budget.yaml").read_text(encoding="utf-8")
OWNER = """\
          - id: owner
            label: Owner
"""


def read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(text, encoding="utf-8")
    read_spec(path)


def test_columns_may_be_added_and_left_out(tmp_path: Path) -> None:
    assert BUDGET.count(OWNER) == 1
    read(BUDGET.replace(OWNER, f"          - id: contract\n            label: Contract\n{OWNER}"), tmp_path)
    start, end = BUDGET.index(OWNER), BUDGET.index("          - id: note\n")
    read(BUDGET[:start] + BUDGET[end:], tmp_path)


def test_labels_hints_and_lists_may_be_changed(tmp_path: Path) -> None:
    read(BUDGET.replace(OWNER, "          - id: owner\n            label: Who\n"), tmp_path)


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("            type: integer\n", "'lines.owner' of a budget has type text, not integer"),
        ("            each: months\n", "'lines.owner' of a budget has each none, not months"),
        ("            many: true\n", "'lines.owner' of a budget has many false, not true"),
    ],
)
def test_another_nature_is_refused(added: str, message: str, tmp_path: Path) -> None:
    text = BUDGET.replace(OWNER, OWNER + added)
    line = text[: text.index("- id: owner")].count("\n") + 1
    with pytest.raises(SpecError) as caught:
        read(text, tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 'my.yaml'}:{line}: sheets[0].blocks[0].columns[5]: {message};"
        " give the column another id, or the spec a kind of its own"
    )


def test_under_a_kind_of_its_own_anything_goes(tmp_path: Path) -> None:
    text = BUDGET.replace(OWNER, OWNER + "            type: integer\n").replace("kind: budget", "kind: my-budget")
    read(text, tmp_path)
