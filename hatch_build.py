"""Puts the compiled copies of the YAML files into the wheel, so that an installed program parses none of them."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledSpecs(BuildHookInterface):  # type: ignore[type-arg]
    """Runs when a wheel is built. An editable install reads the YAML itself, and keeps copies of its own."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the copies."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from smsheets.spec.load import compile_specs

        self._folder = tempfile.TemporaryDirectory()
        for name, data in compile_specs():
            path = Path(self._folder.name) / name
            path.write_bytes(data)
            build_data["force_include"][str(path)] = f"smsheets/compiled_specs/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clears up."""
        if version != "editable":
            self._folder.cleanup()
