"""The README's picture of the report workbook: `python tests/proof/make_report_workbook_picture.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "samples" / "pictures" / "report-workbook.png"
DOTS_PER_INCH = 100
SHOWN_HEIGHT = 0.73
"""The first page down to below the key figures; the rest of it is empty."""

_PAGE_INCHES = (11.69, 8.27)
MOST_BYTES = 150_000


def make_picture(target: Path) -> Path:
    """Writes the filled samples' report, prints it, and takes its first page."""
    from smsheets import analyze
    from smsheets.report.wording import Words
    from smsheets.report_workbook.workbook import render_workbook

    os.chdir(ROOT / "samples" / "filled")
    data = render_workbook(analyze(*sorted(Path().glob("*.xlsx"))), Words("en"))
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "variance.xlsx"
        file.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", scratch, str(file)]
        subprocess.run(command, check=True, capture_output=True)
        width, height = (int(inches * DOTS_PER_INCH) for inches in _PAGE_INCHES)
        crop = ["-x", "0", "-y", "0", "-W", str(width), "-H", str(int(height * SHOWN_HEIGHT))]
        take = ["pdftoppm", "-f", "1", "-l", "1", "-r", str(DOTS_PER_INCH), *crop, "-png", "-singlefile"]
        command = [*take, str(file.with_suffix(".pdf")), str(target.with_suffix(""))]
        subprocess.run(command, check=True, capture_output=True)
    return target


if __name__ == "__main__":
    size = make_picture(TARGET).stat().st_size
    sys.stdout.write(f"{TARGET.relative_to(ROOT)} written, {size} bytes\n")
    if size > MOST_BYTES:
        raise SystemExit(f"{TARGET.name} is larger than {MOST_BYTES} bytes")
