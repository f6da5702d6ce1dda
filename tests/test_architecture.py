"""Who may import whom: the arrows between the rooms, and which room may know which library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from smsheets.kinds import KINDS

PACKAGE = Path(__file__).parents[1] / "smsheets"
FILES = sorted(PACKAGE.rglob("*.py"))

LEAVES = ("cells", "errors", "files", "kinds", "median", "money", "periods", "safe_text", "text_length", "x_links")
"""Modules that import nothing of the rest but each other."""

ALLOWED = {
    "problems": ("cells", "spec.load"),
    "profile": (),
    "plan": (*LEAVES,),
    "spec": (*LEAVES, "plan.reference"),
    "layout": (*LEAVES, "plan.reference", "profile", "spec"),
    "calc": (*LEAVES, "layout"),
    "writer": (*LEAVES, "layout", "calc", "profile", "spec.model", "spec.vocabulary"),
    "reader": (*LEAVES, "layout", "calc", "plan", "problems", "profile", "spec"),
    "analysis": (*LEAVES, "plan", "problems"),
    "report": (*LEAVES, "analysis", "plan", "problems", "spec.catalogue", "spec.load", "spec.reference"),
    "report.xlsx": (
        *LEAVES, "analysis", "calc.engine", "layout.items", "layout.cells_of", "problems", "report", "spec.vocabulary",
        "writer",
    ),
    "annotation": (*LEAVES, "problems", "reader", "report"),
    "profile_file": (*LEAVES, "layout.items", "profile", "spec"),
    "workbook_set": (*LEAVES, "analysis", "plan", "problems", "reader.read", "spec"),
    "comparison": (*LEAVES, "analysis", "layout.placed", "plan", "reader.read", "report", "spec", "workbook_set"),
    "rewrite": (*LEAVES, "layout", "problems", "profile", "profile_file", "reader", "report", "spec", "writer"),
    "api": (
        *LEAVES, "analysis", "annotation", "comparison", "layout", "profile", "profile_file", "reader", "report",
        "rewrite", "spec", "workbook_set", "writer",
    ),
    "cli": (
        "__init__", *LEAVES, "analysis", "api", "comparison", "layout", "profile", "profile_file", "reader.file.limits",
        "reader.read", "report", "rewrite", "spec", "workbook_set",
    ),
    "__main__": ("cli",),
    "__init__": ("analysis", "api", "comparison", "errors", "problems", "profile", "reader", "report"),
}  # fmt: skip
"""Room or module -> what of the package it may import, besides itself. A room inside a room has a line of its own."""

HOMES = {
    "xlsxwriter": ("writer", "report.xlsx"),
    "openpyxl": ("reader.file.source",),
    "python_calamine": ("reader.file.damaged",),
    "ironcalc": ("calc",),
    "click": ("cli",),
    "pandas": ("report",),
    "yaml": ("spec.yaml_source",),
    "babel": ("layout", "profile", "reader.values.dates", "report", "reader.values.numbers"),
    "dateutil": ("layout.prefill",),
    "holidays": ("layout.prefill", "layout.items"),
    "grapheme": ("text_length",),
    "rapidfuzz": ("rewrite.mapping",),
    "texttable": ("report.text",),
    "jinja2": ("report.html",),
}
"""Library -> the only rooms that import it."""

EVERYWHERE = ("msgspec",)
"""What every room may import besides the standard library."""


def name_of(path: Path) -> str:
    """`layout.place` for smsheets/layout/place.py; `layout` for its __init__.py."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, also inside functions and for types only, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module is not None
            yield from ((_whole(node.module, alias.name), node.lineno) for alias in node.names)


def _whole(module: str, name: str) -> str:
    """`from smsheets.report.sections import budget` imports a module; `from x import Name` the module x."""
    whole = f"{module}.{name}"
    path = PACKAGE.parent / whole.replace(".", "/")
    return whole if path.is_dir() or path.with_suffix(".py").is_file() else module


def room_of(name: str) -> str:
    """`report.xlsx` for a module inside of it, `report` for the rest of that room."""
    return max((room for room in (*ALLOWED, *LEAVES) if within(name, (room,))), key=len, default=name.partition(".")[0])


def within(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    name = name_of(path)
    room = room_of(name)
    allowed = (room, *(ALLOWED.get(room, ()) if room not in LEAVES else LEAVES))
    wrong = [
        f"{path}:{line}: {name} imports {module}"
        for module, line in imports_of(path)
        if module.startswith("smsheets.") and not within(module.removeprefix("smsheets."), allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_library_has_one_home(path: Path) -> None:
    name = name_of(path)
    wrong = [
        f"{path}:{line}: {name} imports {module}"
        for module, line in imports_of(path)
        if (library := module.partition(".")[0]) in HOMES and not within(name, HOMES[library])
    ]
    assert wrong == []


def test_every_library_that_is_imported_is_listed_here() -> None:
    found = {module.partition(".")[0] for path in FILES for module, _ in imports_of(path)}
    assert found - set(sys.stdlib_module_names) - {"smsheets"} <= {*HOMES, *EVERYWHERE}


def test_every_room_is_listed_here() -> None:
    rooms = {room_of(name_of(path)) for path in FILES}
    assert rooms == {*ALLOWED, *LEAVES}


def test_no_arrow_is_reversed() -> None:
    """What is allowed has no way back: a room never sees one that sees it."""
    below = {room: {room_of(name) for name in names} - {room} for room, names in ALLOWED.items()}

    def reach(room: str, seen: tuple[str, ...] = ()) -> None:
        assert room not in seen, " -> ".join((*seen, room))
        for other in below.get(room, ()):
            reach(other, (*seen, room))

    for room in below:
        reach(room)


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not for types only either, nor inside of functions: what two modules both need stands below them."""
    below = {
        name_of(path): {module.removeprefix("smsheets.") for module, _ in imports_of(path)} - {name_of(path)}
        for path in FILES
    }
    circles: list[str] = []

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circles.append(" -> ".join((*way[way.index(name) :], name)))
        elif name not in done:
            for other in sorted(below[name] & below.keys()):
                visit(other, (*way, name))
            done.add(name)

    done: set[str] = set()
    for name in below:
        visit(name, ())
    assert circles == []


MOST_MODULES, MOST_LINES = 258, 400
"""A stranger can hold so many modules, and a page of a module is found at once. The last ones are `cli.grow`,
`analysis.ranking`, the client's report, its figures and its page, the short report, the words of specs,
and the heights of rows."""


def test_modules_are_few_and_short() -> None:
    long = {
        name_of(path): lines
        for path in FILES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}
    assert len(FILES) <= MOST_MODULES


OWN_TO_EACH_KIND = {
    "analysis.context.PlanSet": "each plan has its own type",
    "analysis.variance.whole.Variance": "each variance has its own type",
    "report.sections.headline._PLANS": "the verdict has sentences of its own for each plan",
}
"""The only places besides `kinds` that name three or more kinds, and why each of them needs to."""


def test_the_kinds_are_listed_once() -> None:
    found = {
        name: f"{path}:{node.lineno} lists {', '.join(sorted(kinds))} by hand: take them from smsheets.kinds"
        for path in FILES
        if name_of(path) != "kinds"
        for node, name, names in _lists_of_names(path)
        if not name.endswith(".needs")  # of a rule: a choice, no list of all
        if len(kinds := {kind.id for kind in KINDS.values() if names & {kind.id, kind.field, kind.name}}) >= 3
    }
    assert [line for name, line in found.items() if name not in OWN_TO_EACH_KIND] == []
    assert found.keys() == OWN_TO_EACH_KIND.keys(), "an excuse that nobody needs any more"


def _lists_of_names(path: Path) -> Iterator[tuple[ast.AST, str, set[str]]]:
    """Every list, map and class body of a module: its node, the name of what it is assigned to, the names in it."""
    names: dict[ast.AST, str] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names[node.value] = node.targets[0].id
        if isinstance(node, ast.keyword) and node.arg == "needs":
            names[node.value] = "needs"
        items: Iterable[ast.AST | None] = ()
        if isinstance(node, ast.ClassDef):
            items, names[node] = [item.target for item in node.body if isinstance(item, ast.AnnAssign)], node.name
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            items = node.elts
        elif isinstance(node, ast.Dict):
            items = [*node.keys, *node.values]
        words = {getattr(item, "value", getattr(item, "id", None)) for item in items}
        where = f"{name_of(path)}.{names.get(node, getattr(node, 'lineno', ''))}"
        yield node, where, {word for word in words if isinstance(word, str)}


def test_the_plan_and_the_analysis_never_see_a_workbook() -> None:
    rooms = ("reader", "writer", "layout", "calc", "spec")
    for room in ("plan", "analysis"):
        assert not set(rooms) & set(ALLOWED[room])


def test_reader_and_writer_never_import_each_other() -> None:
    assert not within("writer", ALLOWED["reader"])
    assert not within("reader", ALLOWED["writer"])


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_command_line_asks_for_todays_date(path: Path) -> None:
    if name_of(path).partition(".")[0] == "cli":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("today", "now", "utcnow", "localtime", "gmtime")
    ]
    assert asked == []


def test_nothing_is_random() -> None:
    found = {module for path in FILES for module, _ in imports_of(path)}
    assert not found & {"random", "secrets", "uuid"}
