"""Every text a person may read has a translation, and every translation is of a text that is there."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from smsheets.kinds import KINDS
from smsheets.layout.placed import SheetUse
from smsheets.problems import NOTHING, QUOTED, problem_texts
from smsheets.report.explain import with_unit
from smsheets.spec.catalogue import languages, load_part
from smsheets.spec.checks import SHEET_NAME_LIMIT, TEXT_LINE_LIMIT, VALIDATION_TEXT_LIMIT
from smsheets.spec.formula import Name, names_in, parse_formula
from smsheets.spec.load import fields_of, load_common, load_spec, load_thresholds, specs_folder
from smsheets.spec.model import Chart, Column, Field, Form, Sheet, Table, Text, Workbook
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions, load_occasions
from smsheets.spec.vocabulary import RowSource
from smsheets.spec.yaml_source import Source
from smsheets.writer.formats import TITLE_LIMIT, short_title

PACKAGE = Path(__file__).parents[1] / "smsheets"
TRANSLATED = tuple(language for language in languages() if language != "en")
PARTS = {
    language: sorted(
        path.stem
        for path in (specs_folder() / "locales" / language).glob("*.yaml")
        if path.stem not in ("words", "plurals")
    )
    for language in TRANSLATED
}
SHEET_PARTS = {kind: ("common", "program", kind) for kind in KINDS}
"""What a workbook's sheets are put into words with."""
REPORT_PARTS = (
    "common", *KINDS, "report", "headline", "charts", "page", "compare", "explain",
    "report-workbook", "client", "problems", "program",
)  # fmt: skip
"""What a report is put into words with."""
SAMPLE_PARTS = {kind: (f"{kind}-sample", "sample") for kind in KINDS}


def texts_of_field(field: Field) -> Iterator[str]:
    yield field.label
    yield field.hint
    yield field.example
    formulas = [field.formula, *(item.formula for item in field.formats)]
    if isinstance(field, Column):
        formulas += [field.first, field.total if field.total != "sum" else None]
    for formula in formulas:
        names = names_in(parse_formula(formula)) if formula is not None else []
        yield from (name.name for name in names if isinstance(name, Name) and name.scope == "text")


def texts_of_sheet(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.name, sheet.title, *sheet.note, sheet.when_empty)
    for block in sheet.blocks:
        yield block.title
        if isinstance(block, Form | Table):
            for field in block.fields if isinstance(block, Form) else block.columns:
                yield from texts_of_field(field)
        elif isinstance(block, Chart):
            yield from (block.alt, block.axis)
            yield from (series.label for series in block.series)
        else:
            assert isinstance(block, Text)
            yield from block.lines


def texts_of_workbook(workbook: Workbook) -> Iterator[str]:
    yield from (workbook.title, workbook.purpose, *workbook.steps, *workbook.lean_steps)
    for sheet in workbook.sheets:
        yield from texts_of_sheet(sheet)
    for spec in workbook.lists:
        yield spec.label
        yield from (value.text for value in spec.values)


def prefilled_texts(workbook: Workbook) -> Iterator[str]:
    """What stands in the rows that a new workbook begins with."""
    for sheet in workbook.sheets:
        for block in sheet.blocks:
            if isinstance(block, Table):
                lists = {column.id for column in block.columns if column.choices is not None}
                rows = [item for row in block.prefill for item in row.items()]
                yield from (value for key, value in rows if isinstance(value, str) and key not in lists)
                if block.prefill_from is RowSource.KPI_DEFINITIONS:
                    for item in load_kpi_definitions().values():
                        yield from (item.formula, item.source)
                if block.prefill_from is RowSource.KEY_DATES:
                    yield from (item.name for item in load_occasions())


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings_in(key)
            yield from strings_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)


class ShownTexts(ast.NodeVisitor):
    """The texts that a module gives to the parts of a report, or puts into a workbook's language itself."""

    def __init__(self, tree: ast.Module) -> None:
        self.found: set[str] = set()
        self.constants: dict[str, ast.expr] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.constants[node.targets[0].id] = node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                self.constants[node.target.id] = node.value
        self.visit(tree)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in ("Line", "Section", "Status", "Term", "text") and node.args:
            self.take(node.args[0])
        if name == "Section" and len(node.args) > 1:
            self.take(node.args[1])
        for keyword in node.keywords:
            if keyword.arg in ("headers", "title") and name in ("TableView", "Section", "Entry", "ReportPart"):
                self.take(keyword.value)
            if (name, keyword.arg) in (("HeatView", "corner"), ("Status", "word")):
                self.take(keyword.value)
        self.generic_visit(node)

    def take(self, node: ast.expr, depth: int = 0) -> None:
        """The texts that an expression can give."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.found.add(node.value)
        elif isinstance(node, ast.IfExp):
            self.take(node.body, depth)
            self.take(node.orelse, depth)
        elif isinstance(node, ast.Tuple | ast.List):
            for item in node.elts:
                self.take(item, depth)
        elif isinstance(node, ast.BoolOp):
            for item in node.values:
                self.take(item, depth)
        elif isinstance(node, ast.Dict):
            for value in node.values:
                self.take(value, depth)
        elif isinstance(node, ast.Subscript):
            self.take(node.value, depth)
        elif isinstance(node, ast.Name) and node.id in self.constants and depth < 3:
            self.take(self.constants[node.id], depth + 1)


def shown_texts(*folders: str) -> set[str]:
    found: set[str] = set()
    for folder in folders:
        path = PACKAGE / folder
        for file in [path] if path.is_file() else path.rglob("*.py"):
            found |= ShownTexts(ast.parse(file.read_text(encoding="utf-8"))).found
    return {text for text in found if any(sign.isalpha() for sign in string.Formatter().vformat(text, (), _Blank()))}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def rule_texts() -> set[str]:
    rules = load_finding_texts().values()
    own = {text for rule in rules for text in (rule.says, rule.todo, rule.source, rule.lacks, rule.at_stake)}
    own |= {text for rule in rules for texts in (rule.tells, rule.cases) for text in texts.values()}
    return (own | shown_texts("analysis")) - {""}


def texts_of_problems() -> set[str]:
    words = {text for item in problem_texts().values() for text in msgspec.structs.astuple(item)}
    return (words | {QUOTED, NOTHING}) - {""}


def threshold_texts() -> set[str]:
    thresholds = load_thresholds().values()
    return {text for item in thresholds for text in (item.meaning, item.source, with_unit(item.unit))}


def merged(language: str, parts: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        found.update(load_part(language, part))
    return found


def untranslated(texts: set[str], language: str, parts: tuple[str, ...]) -> list[str]:
    return sorted(text for text in texts if text and text not in merged(language, parts))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_a_template_is_translated(kind: str, language: str) -> None:
    workbook = load_spec(kind)
    texts = {*texts_of_workbook(workbook), *prefilled_texts(workbook)} - NOT_TRANSLATED
    assert untranslated({text for text in texts if any(map(str.isalpha, text))}, language, SHEET_PARTS[kind]) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_that_the_program_puts_on_sheets_is_translated(language: str) -> None:
    texts = shown_texts("layout", "writer") | set(_validation_messages()) | {use.value for use in SheetUse}
    assert untranslated(texts, language, ("common", "program")) == []


STATISTICS = re.compile(r"Theil|median|quartil|percentil|standard deviation|regress|outlier|Ausreißer", re.IGNORECASE)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_report_speaks_of_statistics(language: str) -> None:
    texts = rule_texts() | shown_texts("report", "comparison")
    translations = merged(language, REPORT_PARTS)
    said = [text for english in texts for text in (english, translations.get(english, ""))]
    assert [text for text in said if STATISTICS.search(re.sub(r"{\w+}", "", text))] == []


def _validation_messages() -> Iterator[str]:
    tree = ast.parse((PACKAGE / "writer" / "formats.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "_error_message":
            returned = (item.value for item in ast.walk(node) if isinstance(item, ast.Return))
            yield from (value.value for value in returned if isinstance(value, ast.Constant))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "source", ["rules", "problems", "reports", "metrics", "thresholds"],
)  # fmt: skip
def test_every_text_of_a_report_is_translated(source: str, language: str) -> None:
    texts = {
        "rules": rule_texts,
        "problems": texts_of_problems,
        "reports": lambda: shown_texts("report", "annotation", "rewrite", "comparison"),
        "metrics": lambda: {item.label for item in load_kpi_definitions().values()},
        "thresholds": threshold_texts,
    }[source]()
    assert texts
    assert untranslated(texts, language, REPORT_PARTS) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_remark_about_a_file_is_translated(language: str) -> None:
    tree = ast.parse((PACKAGE / "reader" / "read.py").read_text(encoding="utf-8"))
    remarks = {
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and " " in node.value.value
    }
    assert untranslated(remarks, language, REPORT_PARTS) == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", KINDS)
def test_every_free_text_of_the_sample_is_translated(kind: str, language: str) -> None:
    """Free text is what holds a space; ids, list values and addresses are the same in every language.

    A text that a new workbook begins with is put into words with the template's own.
    """
    path = specs_folder() / "sample" / f"{kind}.yaml"
    value = Source(path.read_text(encoding="utf-8"), kind).value
    texts = {text for text in strings_in(value) if " " in text and not text.startswith(("http", "@", "#"))}
    known = {value.id for spec in load_spec(kind).lists for value in spec.values}
    assert untranslated(texts - known - NOT_TRANSLATED, language, (*SHEET_PARTS[kind], *SAMPLE_PARTS[kind])) == []


NOT_TRANSLATED = {
    "Clay & Kiln", "clay and kiln, clay n kiln, clayandkilln", "Plate & Fork", "The Blue Bowl", "Black Friday",
    "Instagram, Facebook, TikTok", "Instagram, Pinterest", "Instagram, TikTok", "Avinash Kaushik, Occam's Razor",
    "Buffer, State of social media engagement",
}  # fmt: skip
"""Names: the same everywhere."""


def texts_of_the_program() -> set[str]:
    """Every text in the code, and the texts of findings and thresholds."""
    used = rule_texts() | threshold_texts() | {item.unit for item in load_thresholds().values()}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used.update(strings_in([node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]))
    return used


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_is_of_a_text_that_is_there(language: str) -> None:
    used = texts_of_the_program()
    for path in specs_folder().rglob("*.yaml"):
        if "locales" not in path.parts:
            used.update(strings_in(Source(path.read_text(encoding="utf-8"), path.name).value))
    for kind in KINDS:
        used.update(texts_of_workbook(load_spec(kind)))
    dead = {part: sorted(set(load_part(language, part)) - used) for part in PARTS[language]}
    assert {part: texts for part, texts in dead.items() if texts} == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_template_holds_no_translation_of_anothers_text(language: str) -> None:
    """A part has what its own template needs, and reports; what templates share is in `common` and `program`."""
    reports = texts_of_the_program()
    for kind in KINDS:
        own = {*texts_of_workbook(load_spec(kind)), *prefilled_texts(load_spec(kind)), *reports}
        assert sorted(set(load_part(language, kind)) - own) == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("parts", [*SHEET_PARTS.values(), *SAMPLE_PARTS.values()], ids="+".join)
def test_parts_that_are_used_together_agree(parts: tuple[str, ...], language: str) -> None:
    assert disagreeing(parts, language) == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_words_of_a_report_agree(language: str) -> None:
    """A report has its own texts and the words of the lists of all templates; their other texts stay on the sheets."""
    words = {value.text for kind in KINDS for spec in load_spec(kind).lists for value in spec.values}
    own = {text for part in REPORT_PARTS if part not in ("common", *KINDS) for text in load_part(language, part)}
    found = disagreeing(REPORT_PARTS, language)
    assert {english: where for english, where in found.items() if english in words} == {}
    reports = tuple(part for part in REPORT_PARTS if part not in ("common", *KINDS))
    assert {english: where for english, where in disagreeing(reports, language).items() if english in own} == {}


def disagreeing(parts: tuple[str, ...], language: str) -> dict[str, dict[str, str]]:
    """The texts that several parts translate, and not all alike."""
    found: dict[str, dict[str, str]] = {}
    for part in parts:
        for english, translated in load_part(language, part).items():
            found.setdefault(english, {})[part] = translated
    return {english: where for english, where in found.items() if len(set(where.values())) > 1}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_what_the_text_names(language: str) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    for part in PARTS[language]:
        for english, translated in load_part(language, part).items():
            assert names(english) == names(translated), (part, english)
            assert translated.strip(), (part, english)


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", KINDS)
def test_a_translation_keeps_the_limits_of_a_sheet(kind: str, language: str) -> None:
    words = merged(language, SHEET_PARTS[kind])
    workbook = load_spec(kind)
    names = [words.get(sheet.name, sheet.name) for sheet in workbook.sheets]
    assert [name for name in names if len(name) > SHEET_NAME_LIMIT or any(sign in name for sign in "[]:*?/\\")] == []
    assert len({name.casefold() for name in [*names, words["Lists"]]}) == len(names) + 1
    for sheet in workbook.sheets:
        lines = [*sheet.note, sheet.when_empty]
        for block in sheet.blocks:
            lines += block.lines if isinstance(block, Text) else ()
            for field in block.fields if isinstance(block, Form) else block.columns if isinstance(block, Table) else ():
                hint = words.get(field.hint, field.hint)
                assert len(hint) <= VALIDATION_TEXT_LIMIT, (block.id, field.id, len(hint))
        shown = [words.get(line, line) for line in lines]
        assert [(len(line), line) for line in shown if len(line) > TEXT_LINE_LIMIT] == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", KINDS)
def test_labels_that_differ_still_differ(kind: str, language: str) -> None:
    words = merged(language, SHEET_PARTS[kind])
    workbook = load_spec(kind)
    groups = [[value.text for value in spec.values] for spec in workbook.lists]
    for sheet in workbook.sheets:
        for block in sheet.blocks:
            fields = block.fields if isinstance(block, Form) else block.columns if isinstance(block, Table) else ()
            groups.append([field.label for field in fields])
    for texts in groups:
        translated = [words.get(text, text).casefold() for text in texts]
        assert sorted(text for text in translated if translated.count(text) > 1) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_messages_of_the_sheets_fit_into_their_boxes(language: str) -> None:
    words = merged(language, ("common", "program"))
    messages = [words.get(text, text) for text in _validation_messages()]
    assert messages
    assert max(map(len, messages)) <= VALIDATION_TEXT_LIMIT


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_a_label_too_long_for_the_heading_of_a_hint_is_cut_between_words(kind: str, language: str) -> None:
    words = merged(language, SHEET_PARTS[kind]) if language in TRANSLATED else {}
    for field in fields_of(load_spec(kind)):
        label = words.get(field.label, field.label)
        title = short_title(label)
        assert len(title) <= TITLE_LIMIT
        if title != label:
            kept = title.removesuffix("…")
            assert label.startswith(kept)
            assert not label[len(kept)].isalnum()


def test_the_shared_first_sheet_is_translated_once() -> None:
    """What every template has stands in `common` alone."""
    shared = set(texts_of_sheet(load_common().start)) - {""}
    for language in TRANSLATED:
        assert sorted(shared - set(load_part(language, "common")) - set(load_part(language, "program"))) == []
