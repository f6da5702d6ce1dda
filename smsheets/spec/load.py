"""Specs and data files from disk: found, parsed, typed, checked."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from smsheets.errors import SpecError
from smsheets.spec.compiled import compiled
from smsheets.spec.model import Common, Workbook, fields_of

T = TypeVar("T")

KINDS = ("strategy", "roadmap", "budget", "calendar", "kpi-report")


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

    return convert(Source(_read(path), name), type_)


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
    from smsheets.spec.checks import check_workbook
    from smsheets.spec.convert import convert
    from smsheets.spec.kinship import check_kinship
    from smsheets.spec.yaml_source import Source

    source = Source(_read(path), name or str(path))
    workbook = complete(convert(source, Workbook), load_common())
    check_workbook(workbook, source, _threshold_names(workbook))
    if name is None and workbook.kind in KINDS:
        check_kinship(workbook, load_spec(workbook.kind), source)
    return workbook


def complete(workbook: Workbook, common: Common) -> Workbook:
    """The spec with the common first sheet and the shared lists it does not define itself."""
    own = {spec.id for spec in workbook.lists}
    shared = tuple(spec for spec in common.lists if spec.id not in own)
    return msgspec.structs.replace(workbook, sheets=(common.start, *workbook.sheets), lists=(*workbook.lists, *shared))


def _threshold_names(workbook: Workbook) -> Collection[str]:
    """The thresholds that the workbook's fields may name; none are loaded where no field names any."""
    from smsheets.spec.thresholds import load_thresholds

    if not any(field.threshold for field in fields_of(workbook)):
        return ()
    return load_thresholds(workbook.kind) if workbook.kind in KINDS else load_thresholds()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpecError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}: is not a text file in UTF-8") from error
