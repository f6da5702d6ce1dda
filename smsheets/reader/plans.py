"""Rows and forms that were read -> the typed plan of a kind."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from smsheets.kinds import KINDS
from smsheets.plan.record import Plan, Record
from smsheets.reader.places.found import Found
from smsheets.reader.rows import ReadRow, form_where, table_where
from smsheets.reader.values.scope import Value

_REPEATED = re.compile(r"(.+)#(\d+)")


def _plan_type(kind: str) -> type[Plan]:
    """The plan type of a kind; the plain `Plan` for a kind of a user's own."""
    if kind not in KINDS:
        return Plan
    module = KINDS[kind].field
    found: type[Plan] = getattr(import_module(f"smsheets.plan.{module}"), module.title().replace("_", ""))
    return found


def build_plan(
    kind: str,
    found: Found,
    rows: Mapping[str, Sequence[ReadRow]],
    forms: Mapping[str, Mapping[str, Value]],
    file: str,
) -> Plan:
    """The plan with every table and form its type knows; what the type does not know stays in the rows."""
    type_ = _plan_type(kind)
    parts: dict[str, Any] = {}
    for name, record_type in _record_types(type_).items():
        if name in rows:
            table = found.tables[name]
            parts[name] = tuple(_record(record_type, row.values, table_where(table, row, file)) for row in rows[name])
        elif name in forms:
            parts[name] = _record(record_type, forms[name], form_where(found.forms[name], file))
    return type_(**parts)


def _record(type_: type[Record], values: Mapping[str, Value], where: object) -> Record:
    known = _fields(type_)
    joined: dict[str, object] = {}
    for key, value in values.items():
        match = _REPEATED.fullmatch(key)
        name, n = (match[1], int(match[2])) if match else (key, 0)
        if name not in known:
            continue
        if n:
            series = joined.setdefault(name, [])
            assert isinstance(series, list)
            series.extend([None] * (n - len(series)))
            series[n - 1] = value
        elif isinstance(value, date):
            joined |= _parted(name, value, known)
        elif value is not None:
            joined[name] = value
    converted = msgspec.convert(joined, type_, strict=False)
    return msgspec.structs.replace(converted, where=where)


def _parted(name: str, value: date, known: Mapping[str, object]) -> dict[str, object]:
    """A day, its time, and the yes that a day stands for, each in its field; the record may lack some of these."""
    day = value.date() if isinstance(value, datetime) else value
    clock = value.time() if isinstance(value, datetime) else None
    is_yes = known[name] == (bool | None)
    parts = {name: True, f"{name}_on": day} if is_yes else {name: day}
    return {key: part for key, part in {**parts, f"{name}_at": clock}.items() if key in known and part is not None}


@cache
def _fields(type_: type[Record]) -> Mapping[str, object]:
    """Name of each field of a record -> its type."""
    hints = typing.get_type_hints(type_)
    return {name: hints[name] for name in type_.__struct_fields__ if name != "where"}


@cache
def _record_types(type_: type[Plan]) -> Mapping[str, type[Record]]:
    """Field of the plan type -> the record type it holds."""
    found: dict[str, type[Record]] = {}
    for name, hint in typing.get_type_hints(type_).items():
        inner = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
        if isinstance(inner, type) and issubclass(inner, Record):
            found[name] = inner
    return found
