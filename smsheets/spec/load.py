"""Specs and data files from disk: found, parsed, typed, checked.

Compiled copies of the YAML are kept where Python keeps compiled modules, and for the same reason. A copy carries a
stamp of the files it was made from; when one of them changes, it is made again. Where no copy can be written, the YAML
is read each time.
"""

from __future__ import annotations

import os
import sys
import typing
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from smsheets.errors import SpecError
from smsheets.kinds import KINDS
from smsheets.spec.model import Common, Form, Workbook, fields_of

T = TypeVar("T")

_FOLDER = Path(__file__).parents[1] / "__pycache__"


def compiled(name: str, type_: type[T], sources: Sequence[Path], make: Callable[[], T]) -> T:
    """The value that `make` gives, from its compiled copy where that is still right.

    Args:
        name: The copy's name.
        sources: The files the value is made from.
    """
    copy = _FOLDER / f"{name.replace('/', '-')}.spec"
    stamp = _stamp([*sources, *_modules(type_)])
    found = _read(copy, stamp, type_)
    if found is not None:
        return found
    value = make()
    if not sys.dont_write_bytecode:
        _write(copy, stamp + b"\n" + msgspec.json.encode(value))
    return value


def _stamp(files: Sequence[Path]) -> bytes:
    stats = (os.stat(path) if path.exists() else None for path in files)
    return "-".join(f"{stat.st_mtime_ns}.{stat.st_size}" if stat else "none" for stat in stats).encode()


def _modules(type_: object) -> list[Path]:
    """The files of the modules in which a type and its arguments are defined: a changed type makes a new copy."""
    parts = [type_, *typing.get_args(type_)]
    names = sorted({part.__module__ for part in parts if hasattr(part, "__module__")})
    return [Path(file) for name in names if (file := getattr(sys.modules[name], "__file__", None)) is not None]


def _read(copy: Path, stamp: bytes, type_: type[T]) -> T | None:
    try:
        kept, _, data = copy.read_bytes().partition(b"\n")
        return msgspec.json.decode(data, type=type_) if kept == stamp else None
    except (OSError, msgspec.MsgspecError):
        return None


def _write(copy: Path, data: bytes) -> None:
    """Writes beside and moves into place: another process may be reading."""
    beside = copy.with_suffix(f".{os.getpid()}")
    try:
        copy.parent.mkdir(exist_ok=True)
        beside.write_bytes(data)
        beside.replace(copy)
    except OSError:
        beside.unlink(missing_ok=True)


def specs_folder() -> Path:
    """The folder of the YAML files: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parents[1]
    inside = package / "workbook_specs"
    return inside if inside.is_dir() else package.parent / "workbook_specs"


def load_data(name: str, type_: type[T]) -> T:
    """A data file of `workbook_specs/` as a typed value.

    Raises:
        SpecError: The file is missing or does not fit the type.
    """
    path = specs_folder() / name
    return compiled(name, type_, [path], lambda: _parse(path, f"workbook_specs/{name}", type_))


def _parse(path: Path, name: str, type_: type[T]) -> T:
    from smsheets.spec.convert import convert
    from smsheets.spec.yaml_source import Source

    return convert(Source(_read_text(path), name), type_)


@cache
def load_common() -> Common:
    """The first sheet and the shared lists."""
    return load_data("common.yaml", Common)


@cache
def load_spec(kind: str) -> Workbook:
    """One of the five templates, whole: with the first sheet and the shared lists in place."""
    path = specs_folder() / f"{kind}.yaml"
    sources = [path, specs_folder() / "common.yaml"]
    return compiled(kind, Workbook, sources, lambda: read_spec(path, name=f"workbook_specs/{kind}.yaml"))


def read_spec(path: Path, name: str | None = None) -> Workbook:
    """A spec from any file, checked.

    Raises:
        SpecError: The file is missing, not YAML, has an unknown key or wrong value, breaks a limit of
            Excel, or a formula names something that does not exist.
    """
    from smsheets.spec.checks import check_kinship, check_workbook
    from smsheets.spec.convert import convert
    from smsheets.spec.yaml_source import Source

    source = Source(_read_text(path), name or str(path))
    workbook = complete(convert(source, Workbook), load_common())
    check_workbook(workbook, source, _threshold_names(workbook))
    if name is None and workbook.kind in KINDS:
        check_kinship(workbook, load_spec(workbook.kind), source)
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


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpecError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}: is not a text file in UTF-8") from error


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
