"""The README's pictures of the report page, taken by Chromium: `python tests/proof/make_report_pictures.py`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "samples" / "pictures"
NODE_FOLDER = Path(__file__).parent / "node"
PICTURES = (
    {"path": "report-desktop.png", "width": 1180, "height": 1010, "scheme": "light", "part": ""},
    {"path": "report-phone.png", "width": 360, "height": 760, "scheme": "light", "part": ""},
    {"path": "report-dark.png", "width": 1180, "height": 1250, "scheme": "dark", "part": "budget"},
)
MOST_BYTES = 250_000


def make_report_pictures(folder: Path) -> list[Path]:
    """Renders the filled samples' report, takes every picture, and returns their paths."""
    from smsheets import analyze
    from smsheets.report.html.page import render_page
    from smsheets.report.wording import Words

    os.chdir(ROOT / "samples" / "filled")
    page = render_page(analyze(*sorted(Path().glob("*.xlsx"))), Words("en"))
    wanted = [{**picture, "path": str(folder / str(picture["path"]))} for picture in PICTURES]
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "report.html"
        file.write_text(page, encoding="utf-8")
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "google-chrome"
        command = ["node", str(NODE_FOLDER / "picture_page.cjs"), chromium, str(file), json.dumps(wanted)]
        subprocess.run(command, check=True)
    return [Path(picture["path"]) for picture in wanted]


if __name__ == "__main__":
    for path in make_report_pictures(FOLDER):
        size = path.stat().st_size
        sys.stdout.write(f"{path.relative_to(ROOT)} written, {size} bytes\n")
        if size > MOST_BYTES:
            raise SystemExit(f"{path.name} is larger than {MOST_BYTES} bytes")
