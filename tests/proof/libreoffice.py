"""LibreOffice as a second opinion: it opens workbooks, computes every formula anew, and saves them.

By default LibreOffice believes the cached values of a file it did not write itself, and would only echo them. So it
gets a profile folder of its own in which "recalculate on load" is set to "always".
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""
SECONDS_TO_START = 120
SECONDS_PER_FILE = 20


def find_libreoffice() -> str | None:
    """The program, or None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class LibreOffice:
    """LibreOffice with a profile of its own.

    Args:
        program: The path of `soffice`.
        folder: An empty folder to work in.
        recalculate: False leaves LibreOffice as it comes: it echoes cached values. Only to prove the proof.
    """

    def __init__(self, program: str, folder: Path, recalculate: bool = True) -> None:
        self._program = program
        self._folder = folder
        self._runs = 0
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        if recalculate:
            settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def resave(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Name -> the workbook as LibreOffice computes and saves it; all of them in one process."""
        found = self._convert(files, "xlsx:Calc MS Excel 2007 XML")
        return {name: path.read_bytes() for name, path in found.items()}

    def print_pdf(self, files: Mapping[str, bytes]) -> dict[str, Path]:
        """Name -> the workbook as LibreOffice prints it; all of them in one process."""
        return self._convert(files, "pdf")

    def _convert(self, files: Mapping[str, bytes], target: str) -> dict[str, Path]:
        self._runs += 1
        given, taken = self._folder / f"in{self._runs}", self._folder / f"out{self._runs}"
        given.mkdir()
        for name, data in files.items():
            (given / f"{name}.xlsx").write_bytes(data)
        command = [
            self._program,
            f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            str(taken),
            *(str(given / f"{name}.xlsx") for name in files),
        ]
        limit = SECONDS_TO_START + SECONDS_PER_FILE * len(files)
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
        made = {name: taken / f"{name}.{target.partition(':')[0]}" for name in files}
        missing = [name for name, path in made.items() if not path.exists()]
        assert not missing, f"LibreOffice did not save {missing}:\n{done.stdout}\n{done.stderr}"
        return made
