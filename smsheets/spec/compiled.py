"""Compiled copies of the YAML files, kept where Python keeps compiled modules and for the same reason.

A copy carries a stamp of the files it was made from; when one of them changes, it is made again. Where no copy can be
written, the YAML is read each time.
"""

from __future__ import annotations

import os
import sys
import typing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

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
