"""Specs and data files from disk: found, parsed, typed, checked.

A compiled copy of each YAML file is the same content as JSON, which is read in no time. Copies come with the wheel;
where a file has none that is still right, one is kept where Python keeps compiled modules, and for the same reason. A
copy carries a stamp of what it was made from: its content and not its time, because installing sets the times anew.
Where no copy can be written, such as on a read-only disk, the YAML is read each time.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from smsheets.errors import OptionError, SpecError
from smsheets.kinds import KINDS
from smsheets.spec.formula import COUNTERS, NEIGHBOURS, names_in, parse_formula
from smsheets.spec.model import Block, Chart, Column, Field, Form, ListSpec, Sheet, Table, Workbook

if TYPE_CHECKING:
    from smsheets.spec.yaml_source import Source

T = TypeVar("T")


class Common(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every workbook has: the first sheet's form and the lists that several templates share."""

    lists: tuple[ListSpec, ...]
    start: Sheet


class LeanWorkbook(Workbook, frozen=True, kw_only=True):
    """A template with its essential sheets only (see `lean_workbook`).

    Attributes:
        left_out: The ids of the tables and forms that it was made without.
    """

    left_out: frozenset[str]


_PACKAGE = Path(__file__).parents[1]
_SHIPPED, _KEPT = _PACKAGE / "compiled_specs", _PACKAGE / "__pycache__"
"""Folders of compiled copies: those that came with the wheel, and those that were made here."""


def compile_specs() -> Iterator[tuple[str, bytes]]:
    """The compiled copies of all YAML files, by name: the hook that builds the wheel puts them into it."""
    from smsheets.spec.yaml_source import Source

    for path in sorted(specs_folder().rglob("*.yaml")):
        name = path.relative_to(specs_folder()).as_posix()
        source = Source(path.read_text(encoding="utf-8"), f"workbook_specs/{name}")
        yield _copy_name(name), _copy(_stamp(_sources(name)), source)


def _sources(name: str) -> list[Path]:
    """The files that a copy is made from: a template is checked together with what all workbooks share."""
    names = (name, "common.yaml") if name.removesuffix(".yaml") in KINDS else (name,)
    return [specs_folder() / each for each in names]


def _stamp(sources: Sequence[Path]) -> bytes:
    contents = map(_read_bytes, sources)
    return b"-".join(b"%08x.%d" % (zlib.crc32(content), len(content)) for content in contents)


def _copy_name(name: str) -> str:
    return name.removesuffix(".yaml").replace("/", "-") + ".spec"


def _copy(stamp: bytes, source: Source) -> bytes:
    return stamp + b"\n" + msgspec.json.encode(source.value)


def _read_copy(name: str, stamp: bytes, type_: type[T]) -> T | None:
    """The content of a YAML file from its copy; None where none is there, or it is of another content or damaged."""
    for folder in (_SHIPPED, _KEPT):
        with suppress(OSError, msgspec.MsgspecError, RecursionError):
            kept, _, data = (folder / _copy_name(name)).read_bytes().partition(b"\n")
            if kept == stamp:
                return msgspec.json.decode(data, type=type_)
    return None


def _keep_copy(name: str, data: bytes) -> None:
    """Writes beside and moves into place: another process may be reading. A folder that takes nothing is no harm."""
    if sys.dont_write_bytecode:
        return
    copy = _KEPT / _copy_name(name)
    beside = copy.with_suffix(f".{os.urandom(8).hex()}")
    try:
        copy.parent.mkdir(exist_ok=True)
        with beside.open("xb") as stream:
            stream.write(data)
        beside.replace(copy)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def specs_folder() -> Path:
    """The folder of the YAML files: beside the package in a checkout, inside it when installed."""
    inside = _PACKAGE / "workbook_specs"
    return inside if inside.is_dir() else _PACKAGE.parent / "workbook_specs"


def load_data(name: str, type_: type[T]) -> T:
    """A data file of `workbook_specs/` as a typed value.

    Raises:
        SpecError: The file is missing or does not fit the type.
    """
    stamp = _stamp(_sources(name))
    found = _read_copy(name, stamp, type_)
    if found is not None:
        return found
    from smsheets.spec.convert import convert

    source = _source(specs_folder() / name, f"workbook_specs/{name}")
    value = convert(source, type_)
    _keep_copy(name, _copy(stamp, source))
    return value


def _source(path: Path, name: str) -> Source:
    from smsheets.spec.yaml_source import Source, read_text

    return Source(read_text(path, SpecError), name)


@cache
def load_common() -> Common:
    """The first sheet and the shared lists."""
    return load_data("common.yaml", Common)


@cache
def load_spec(kind: str) -> Workbook:
    """One of the five templates, whole: with the first sheet and the shared lists in place."""
    name = f"{kind}.yaml"
    stamp = _stamp(_sources(name))
    found = _read_copy(name, stamp, Workbook)
    if found is not None:
        return complete(found, load_common())
    source = _source(specs_folder() / name, f"workbook_specs/{name}")
    workbook = _checked(source)
    _keep_copy(name, _copy(stamp, source))
    return workbook


@cache
def load_lean(kind: str) -> LeanWorkbook:
    """One of the five templates with its essential sheets only."""
    return lean_workbook(load_spec(kind))


def lean_workbook(workbook: Workbook) -> LeanWorkbook:
    """The template with its first sheet, its essential sheets, and those that its formulas look something up on.

    What names a table or a form that is left out is left out with it: a field whose formula does, the computed table or
    the form that such a field is in where nothing is left of it, a chart. An input whose dropdown offered what is on a
    sheet that is left out keeps its place without a dropdown.
    """
    sheets = [sheet for sheet in workbook.sheets if sheet.essential or sheet.reference or sheet is workbook.sheets[0]]
    while (kept := _without_loose_ends(sheets)) != sheets:
        sheets = kept
    whole = {block.id for sheet in workbook.sheets for block in sheet.blocks if isinstance(block, Form | Table)}
    there = {block.id for sheet in sheets for block in sheet.blocks if isinstance(block, Form | Table)}
    parts = {key: getattr(workbook, key) for key in workbook.__struct_fields__}
    parts["sheets"], parts["steps"] = tuple(sheets), workbook.lean_steps or workbook.steps
    return LeanWorkbook(**parts, left_out=frozenset(whole - there))


def _without_loose_ends(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without what names something that none of them has."""
    there = {
        block.id: {field.id for field in (block.fields if isinstance(block, Form) else block.columns)}
        for sheet in sheets
        for block in sheet.blocks
        if isinstance(block, Form | Table)
    }
    kept = ((sheet, (_kept_block(block, there) for block in sheet.blocks)) for sheet in sheets)
    return [
        msgspec.structs.replace(
            sheet,
            blocks=tuple(block for block in blocks if block is not None),
            when_empty=sheet.when_empty if _names_only(sheet.when_empty, there) else "",
        )
        for sheet, blocks in kept
    ]


_Fields = Mapping[str, Collection[str]]
"""Table or form -> the ids of its fields."""


def _kept_block(block: Block, there: _Fields) -> Block | None:
    """The block with those of its fields that can be worked out; None where nothing is left to be seen."""
    if isinstance(block, Chart):
        named = (block.categories, *(series.values for series in block.series))
        return block if all(_is_there(*name.split(".", 1), there=there) for name in named) else None
    if isinstance(block, Form):
        fields = tuple(_kept_field(field, there) for field in block.fields if _can_be_computed(field, there))
        return msgspec.structs.replace(block, fields=fields) if fields else None
    if isinstance(block, Table):
        columns = tuple(_kept_field(column, there) for column in block.columns if _can_be_computed(column, there))
        lost = block.computed and len(columns) < len(block.columns)
        return None if lost else msgspec.structs.replace(block, columns=columns)
    return block


_F = TypeVar("_F", bound=Field)


def _kept_field(field: _F, there: _Fields) -> _F:
    table, _, column = (field.choices or "").partition(".")
    if column and not _is_there(table, column, there=there):
        field = msgspec.structs.replace(field, choices=None)
    if isinstance(field, Column) and field.total not in (None, "sum") and not _names_only(field.total, there):
        field = msgspec.structs.replace(field, total=None)
    return field


def _can_be_computed(field: Field, there: _Fields) -> bool:
    texts = [field.formula, *(item.formula for item in field.formats)]
    texts += [field.first] if isinstance(field, Column) else []
    return all(_names_only(text, there) for text in texts)


def _names_only(formula: str | None, there: _Fields) -> bool:
    """True where each table or form that a formula names is there, with the field."""
    named = names_in(parse_formula(formula)) if formula is not None else ()
    return all(name.scope in _OWN_SCOPES or _is_there(name.scope, name.name, there=there) for name in named)


_OWN_SCOPES = ("", "list", "word", "text", *NEIGHBOURS, *COUNTERS)
"""Of names in a formula that are no table's or form's."""


def _is_there(block: str, field: str, *, there: _Fields) -> bool:
    return field in there.get(block, ())


def read_spec(path: Path, name: str | None = None) -> Workbook:
    """A spec from any file, checked.

    Raises:
        SpecError: The file is missing, not YAML, has an unknown key or wrong value, breaks a limit of
            Excel, or a formula names something that does not exist.
    """
    from smsheets.spec.checks import check_kinship

    source = _source(path, name or str(path))
    workbook = _checked(source)
    if name is None and workbook.kind in KINDS:
        check_kinship(workbook, load_spec(workbook.kind), source)
    return workbook


def _checked(source: Source) -> Workbook:
    from smsheets.spec.checks import check_workbook
    from smsheets.spec.convert import convert

    workbook = complete(convert(source, Workbook), load_common())
    check_workbook(workbook, source, _threshold_names(workbook))
    return workbook


def complete(workbook: Workbook, common: Common) -> Workbook:
    """The spec with the common first sheet and the shared lists it does not define itself."""
    own = {spec.id for spec in workbook.lists}
    shared = tuple(spec for spec in common.lists if spec.id not in own)
    form, *rest = common.start.blocks
    assert isinstance(form, Form)
    form = msgspec.structs.replace(form, fields=(*form.fields, *workbook.start_fields))
    start = msgspec.structs.replace(common.start, blocks=(form, *rest))
    return msgspec.structs.replace(workbook, sheets=(start, *workbook.sheets), lists=(*workbook.lists, *shared))


def _threshold_names(workbook: Workbook) -> Collection[str]:
    """The thresholds that the workbook's fields may name; none are loaded where no field names any."""
    if not any(field.threshold for field in fields_of(workbook)):
        return ()
    return load_thresholds(workbook.kind) if workbook.kind in KINDS else load_thresholds()


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SpecError(f"{path}: cannot be read: {error.strerror}") from error


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line drawn.

    Attributes:
        id: `kind.name`, as rules name it.
        value: A share (0.05), a number of days, a count: `unit` says which.
        meaning: What happens at it, in a sentence.
        source: Where the number comes from.
        date: When the source was looked up or is from, `2026-11`; empty where it is this program's own choice.
    """

    id: str
    value: float
    unit: str
    meaning: str
    source: str
    date: str = ""

    @property
    def amount(self) -> Decimal:
        """The value as an exact decimal."""
        return Decimal(str(self.value))


LARGEST_THRESHOLD = 10_000
"""That a person may set: as days, 27 years; the largest of ours is 480."""


def check_threshold(name: str, value: float, where: str = "") -> None:
    """Refuses a threshold that draws no line.

    Raises:
        OptionError: It is no number, below zero, or larger than anything it is compared with.
    """
    if not 0 <= value <= LARGEST_THRESHOLD:
        raise OptionError(f"{where}threshold '{name}': write a number from 0 to {LARGEST_THRESHOLD:,}, not {value:g}")


@cache
def load_thresholds(*kinds: str) -> Mapping[str, Threshold]:
    """Thresholds by id: those of some templates, or all."""
    found: dict[str, Threshold] = {}
    for kind in kinds or KINDS:
        for threshold in load_data(f"thresholds/{kind}.yaml", tuple[Threshold, ...]):
            found[threshold.id] = threshold
    return found


def spec_schema() -> bytes:
    """The JSON Schema of a workbook spec as indented JSON in UTF-8, for editors that complete and check YAML."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Workbook)), indent=2) + b"\n"


def fields_of(workbook: Workbook) -> Iterator[Field]:
    """Every field of every form and table."""
    for sheet in workbook.sheets:
        for block in sheet.blocks:
            if isinstance(block, Form):
                yield from block.fields
            elif isinstance(block, Table):
                yield from block.columns


def record_tables(workbook: Workbook) -> Iterator[Table]:
    """The tables that people fill, as other people's workbooks have them: two that were once one are one."""
    tables = [block for sheet in workbook.sheets for block in sheet.blocks if isinstance(block, Table)]
    for table in (table for table in tables if not table.computed and not table.once_in):
        parts = [part for part in tables if part.once_in == table.id]
        columns = {column.id: column for part in (table, *parts) for column in part.columns}
        yield msgspec.structs.replace(table, columns=tuple(columns.values())) if parts else table
