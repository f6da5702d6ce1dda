"""The JSON Schema of a workbook spec, for editors that complete and check YAML."""

from __future__ import annotations

import msgspec

from smsheets.spec.model import Workbook


def spec_schema() -> bytes:
    """The schema as indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Workbook)), indent=2) + b"\n"
