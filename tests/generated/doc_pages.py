"""The reference pages of the documentation, made from the code: `python tests/refresh.py docs` writes them.

A page is made whole (`commands.md`, `findings.md`, `thresholds.md`, `problems.md`), or is written by hand and has
marked places for tables that come from the code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from test_architecture import ALLOWED, LEAVES, PACKAGE

from smsheets.cli.main import main
from smsheets.kinds import KINDS
from smsheets.problems import problem_texts
from smsheets.spec.load import Threshold, load_spec, load_thresholds
from smsheets.spec.model import Table
from smsheets.spec.reference import load_finding_texts

DOCS = PACKAGE / "docs"
ARCHITECTURE = PACKAGE / "README.md"

_MADE = "<!-- Made by `python tests/refresh.py docs`: change the program, not this page. -->"

_COMMANDS_HEAD = f"""\
# Commands

{_MADE}

`smsheets --help` lists the commands, `smsheets analyze --help` shows the options of one, `smsheets --version`
prints the version.
"""
_FINDINGS_HEAD = f"""\
# Findings

{_MADE}

What `smsheets analyze` can find. `smsheets explain budget.over` prints one of them in the terminal, with `--lang de` in
German. Names in braces are filled in with your own words and figures. A number in brackets is the
[threshold](thresholds.md) as it is shipped; [settings.md](settings.md) says how to change it, and how to silence a
finding.

- An **error** costs money or does harm now, a **warning** deserves a look, a **note** is good to know.
- The **class** says what is at risk: `harm` (customers wait, or an account is open to others), `money` (lost now),
  `goals` (goals, work or posts are off course), `upkeep` (something in the plan is not in order).
- What to do next goes by class first. Within a class it goes by **effect** per minute, with the **minutes** that
  putting it right takes, about. An effect that is not known is not zero: a minute counts as the median of those known
  in its class, more or less by the weight of its rule and by its level.
- The three steps are of three areas where there are so many. None is a note while there is anything else.
- Where there is more than one thing to do, `analyze` prints the one that fits the case.
"""
_THRESHOLDS_HEAD = f"""\
# Thresholds

{_MADE}

Where findings draw their lines. Each can be changed in `smsheets.toml`, under `[thresholds]`: see
[settings.md](settings.md). A share is a number from 0 to 1: 0.15 is 15 %.
"""
_PROBLEMS_HEAD = f"""\
# Problems

{_MADE}

What `smsheets check` and `smsheets analyze` can say about a cell. Each problem has the file, the cell as Excel writes
it, what was expected, what was found, what to do, and its code. `smsheets explain cell.merged` prints one of them. A
code here leads to a workbook that has the problem, and to what is printed about it.
"""

_PROBLEM_GROUPS = {
    "cell": "A cell",
    "row": "A row",
    "id": "Ids",
    "sheet": "A sheet",
    "table": "A table",
    "column": "A column",
    "form": "A form: labels with a value beside each",
    "list": "Lists",
    "workbook": "A workbook",
    "set": "Several workbooks of one business",
}
"""The first part of a problem's code -> its heading."""


def doc_pages() -> dict[Path, str]:
    """Every page that holds something made from the code, with the text it must have."""
    made = {
        "commands.md": commands_page(),
        "findings.md": findings_page(),
        "thresholds.md": thresholds_page(),
        "problems.md": problems_page(),
    }
    pages = {DOCS / name: text for name, text in made.items()}
    for path, tables in ((DOCS / "templates.md", {"sheets": sheets_table()}), (ARCHITECTURE, {"rooms": rooms_table()})):
        pages[path] = put_in_place(path.read_text(encoding="utf-8"), tables)
    return pages


def put_in_place(text: str, tables: dict[str, str]) -> str:
    """A page's text with every marked place filled."""
    for name, table in tables.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        assert pattern.search(text), f"the page has no place for {name}"
        text = pattern.sub(lambda match, body=table: f"{match[1]}{body}{match[2]}", text)
    return text


def sheets_table() -> str:
    """Each workbook with its sheets, and the tables that are read back."""
    rows = []
    for kind in KINDS:
        spec = load_spec(kind)
        tables = (
            f"`{block.id}`"
            for sheet in spec.sheets
            for block in sheet.blocks
            if isinstance(block, Table) and not block.computed
        )
        rows.append((f"`{kind}`", ", ".join(sheet.name for sheet in spec.sheets), ", ".join(tables)))
    return _table(("workbook", "sheets", "tables that are read"), rows)


def rooms_table() -> str:
    """Each room with the first line of its docstring, and what it may import besides the leaves."""
    rows = [(f"`{name}`", _first_line(name), "") for name in LEAVES]
    for room, below in ALLOWED.items():
        rows.append((f"`{room}`", _first_line(room), ", ".join(f"`{name}`" for name in below if name not in LEAVES)))
    return _table(("room", "what it is", "imports, besides leaves"), rows)


def _first_line(room: str) -> str:
    """The first line of the docstring of a module, or of the `__init__.py` of a folder."""
    folder = PACKAGE / room.replace(".", "/")
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, path
    return _cell(text.splitlines()[0])


def commands_page() -> str:
    """Each command with its arguments and options."""
    return "\n".join((_COMMANDS_HEAD, *(line for name in command_names() for line in _command_section(name))))


def command_names() -> list[str]:
    """The commands in the order in which the program lists them."""
    return main.list_commands(click.Context(main))


def get_command(name: str) -> click.Command:
    """A command by its name."""
    command = main.get_command(click.Context(main), name)
    assert command is not None, name
    return command


def _command_section(name: str) -> Iterator[str]:
    command = get_command(name)
    arguments = [_argument(item) for item in command.params if isinstance(item, click.Argument)]
    usage = " ".join(("smsheets", name, *arguments, "[OPTIONS]"))
    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n"))
    yield from (f"## smsheets {name}", "", f"`{usage}`", "", text.replace("<", "\\<").replace("~", "\\~"), "")
    rows = [(_names(item), _help(item)) for item in command.params if isinstance(item, click.Option)]
    if rows:
        yield _table(("option", "meaning"), rows)


def _argument(argument: click.Argument) -> str:
    name = argument.metavar or (argument.name or "").upper()
    if isinstance(argument.type, click.Choice):
        name = "|".join(argument.type.choices)
    if argument.nargs == -1 and not name.endswith("..."):
        name += "..."
    return name if argument.required else f"[{name}]"


def _names(option: click.Option) -> str:
    names = [f"`{name}`" for name in (*option.opts, *option.secondary_opts)]
    if not option.is_flag:
        if isinstance(option.type, click.Choice):
            value = "|".join(option.type.choices)
        else:
            value = option.metavar or _value_name(option.type)
        names[-1] = f"`{option.opts[-1]} {value}`"
    return ", ".join(names).replace("|", "\\|")


def _value_name(kind: click.ParamType) -> str:
    if isinstance(kind, click.Path):
        return "PATH"
    return "NUMBER" if isinstance(kind, click.types.IntParamType | click.types.FloatParamType) else "TEXT"


def _help(option: click.Option) -> str:
    default = f" Default: {option.default}." if option.show_default else ""
    return _cell(f"{option.help}{default}")


def findings_page() -> str:
    """Each finding by its workbook: when, what it says, what to do, its thresholds, where it comes from."""
    lines = [_FINDINGS_HEAD]
    for kind in KINDS:
        lines += [f"## {load_spec(kind).title}", ""]
        for code, texts in load_finding_texts().items():
            if code.startswith(f"{kind}."):
                lines += [f"### {code}", "", f"**{texts.level.value.capitalize()}.** {texts.says}", ""]
                lines += [f"- Or it says: {says}" for says in dict.fromkeys(texts.tells.values())]
                lines += [f"- To do: {texts.todo}"]
                lines += [f"  - or: {todo}" for todo in texts.cases.values()]
                if texts.lacks:
                    lines += [f"- Where an input is empty: {texts.lacks}"]
                lines += [f"- Class: {texts.class_.value}, area: {texts.area.value}"]
                lines += [f"- Effect: {f'{texts.at_stake}, in {texts.effect.value}' if texts.effect else 'not known'}"]
                lines += [f"- Minutes: {texts.minutes}"]
                lines += [f"- Needs: {', '.join(texts.needs)}"]
                if texts.thresholds:
                    lines += [f"- Thresholds: {', '.join(_threshold(name) for name in texts.thresholds)}"]
                lines += [f"- From: {texts.source}", ""]
    return "\n".join(lines)


def _threshold(name: str) -> str:
    return f"`{name}` ({_amount(load_thresholds()[name])})"


def _amount(threshold: Threshold) -> str:
    return f"{threshold.value:g} {threshold.unit}"


def thresholds_page() -> str:
    """Each threshold with its value, its meaning, where it comes from, and the findings that use it."""
    lines = [_THRESHOLDS_HEAD]
    for kind in KINDS:
        rows = []
        for item in load_thresholds(kind).values():
            source = f"{item.source} ({item.date})" if item.date else item.source
            rows.append((f"`{item.id}`", _amount(item), _cell(item.meaning), _cell(source)))
        if rows:
            lines += [f"## {load_spec(kind).title}", ""]
            lines += [_table(("threshold", "value", "meaning", "from"), rows)]
    return "\n".join(lines)


def problems_page() -> str:
    """Each problem code with its texts and its example."""
    lines = [_PROBLEMS_HEAD]
    for group, heading in _PROBLEM_GROUPS.items():
        rows = [
            (f"[`{code}`](../../samples/bad/{code})", _cell(words.says), _cell(words.todo))
            for code, words in problem_texts().items()
            if code.startswith(f"{group}.")
        ]
        lines += [f"## {heading}", "", _table(("code", "says", "to do"), rows)]
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, with a line break at its end."""
    lines = (head, ["---"] * len(head), *rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
