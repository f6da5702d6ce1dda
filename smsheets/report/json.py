"""Structs -> JSON: a view declares what of a struct is shown, and its schema is the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, Self, get_args, get_type_hints

import msgspec

from smsheets.report.document import number_of
from smsheets.report.wording import Words


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A struct as JSON shows it.

    Each field is taken from the struct's field of that name and fitted to the type it has here: another struct becomes
    the view that the type names, a tuple a tuple of them, an amount, a share and a count a plain decimal. What has
    another name or is put into words is made in `_own`.
    """

    @classmethod
    def make(cls, source: Any, words: Words, **given: Any) -> Self:
        """The view of a struct.

        Args:
            words: The language of its sentences.
            given: Fields that only the caller can know.
        """
        values = {**cls._own(source, words), **given}
        for name, kind in _kinds_of_fields(cls).items():
            if name not in values:
                values[name] = _fitted(getattr(source, name), kind, words)
        return cls(**values)

    @classmethod
    def _own(cls, source: Any, words: Words) -> dict[str, Any]:
        """The fields that are not simply taken from the struct."""
        return {}


class _FieldKind(NamedTuple):
    """The way a field is fitted: to a view, to a decimal, or not at all."""

    view: type[View] | None
    is_decimal: bool


@cache
def _kinds_of_fields(view: type[View]) -> Mapping[str, _FieldKind]:
    hints = get_type_hints(view)
    return {name: _kind_of_field(hints[name]) for name in view.__struct_fields__}


def _kind_of_field(hint: Any) -> _FieldKind:
    views = (type_ for type_ in _types_in(hint) if isinstance(type_, type) and issubclass(type_, View))
    return _FieldKind(next(views, None), Decimal in (hint, *get_args(hint)))


def _types_in(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _types_in(part)


def _fitted(value: Any, kind: _FieldKind, words: Words) -> Any:
    if value is None:
        return None
    if kind.view is not None:
        make = kind.view.make
        return tuple(make(item, words) for item in value) if isinstance(value, tuple) else make(value, words)
    return number_of(value) if kind.is_decimal else value


class CellView(View, frozen=True, kw_only=True):
    """A cell: file, sheet and address as Excel writes it."""

    file: str
    sheet: str
    cell: str

    @classmethod
    def _own(cls, source: Any, words: Words) -> dict[str, Any]:
        return {"cell": source.a1}


def json_bytes(view: Any) -> bytes:
    """A view as indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(view), indent=2) + b"\n"


def schema_bytes(view: type) -> bytes:
    """The JSON Schema of a view."""
    return json_bytes(msgspec.json.schema(view))
