"""Run by a Python that has the module `uno`: edits workbooks as a person does, with the program's own commands.

`python3 office.py PROGRAM FOLDER`: FOLDER/jobs.json lists {"given": path, "edits": [[command, sheet, ...], ...],
"saved": path}.
One start of the program serves all of them. The tests do not import it: their Python is another.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import TableSortField

CONTENTS = 1 | 2 | 4 | 16
"""Values, dates, texts and formulas (com.sun.star.sheet.CellFlags)."""
SECONDS_TO_START = 60


def option(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def start(program, folder):
    """The program in a profile of its own, with its desktop."""
    pipe = f"smsheets{os.getpid()}"  # several run at once, in folders of the same name
    office = subprocess.Popen(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if time.monotonic() > until:
                office.kill()
                raise
            time.sleep(0.1)


def edit(sheet, command, *words):
    """One command of the program."""

    def area(name):
        return sheet.getCellRangeByName(name)

    if command == "insert_rows":
        sheet.Rows.insertByIndex(words[0] - 1, words[1])
    elif command == "delete_rows":
        sheet.Rows.removeByIndex(words[0] - 1, words[1])
    elif command == "insert_columns":
        sheet.Columns.insertByIndex(words[0] - 1, words[1])
    elif command == "delete_columns":
        sheet.Columns.removeByIndex(words[0] - 1, words[1])
    elif command == "copy":
        sheet.copyRange(area(words[1]).getCellByPosition(0, 0).CellAddress, area(words[0]).RangeAddress)
    elif command == "move":
        sheet.moveRange(area(words[1]).getCellByPosition(0, 0).CellAddress, area(words[0]).RangeAddress)
    elif command == "sort":
        field = TableSortField()
        field.Field, field.IsAscending = words[1], words[2]
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        area(words[0]).sort((option("SortFields", fields), option("ContainsHeader", False)))
    elif command == "clear":
        area(words[0]).clearContents(CONTENTS)
    elif command == "number":
        area(words[0]).Value = words[1]
    elif command == "text":
        area(words[0]).String = words[1]
    else:
        raise ValueError(command)


def main(program, folder):
    office, desktop = start(program, folder)
    try:
        for job in json.loads((folder / "jobs.json").read_text(encoding="utf-8")):
            book = desktop.loadComponentFromURL(Path(job["given"]).as_uri(), "_blank", 0, (option("Hidden", True),))
            for command, sheet, *words in job["edits"]:
                edit(book.Sheets.getByName(sheet), command, *words)
            book.calculateAll()
            book.storeToURL(Path(job["saved"]).as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
            book.close(True)
        with contextlib.suppress(Exception):  # the bridge ends with the program
            desktop.terminate()
        office.wait(SECONDS_TO_START)
    finally:
        office.kill()  # else whoever started this waits for its output


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
