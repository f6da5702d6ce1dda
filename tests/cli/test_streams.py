"""What is printed: in any encoding, into pipes that are closed, on full disks; and Ctrl-C at any time."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import pytest
from started import begin

from smsheets.api import new_workbook
from smsheets.cli import was_interrupted
from smsheets.cli.main import main
from smsheets.cli.say import put
from smsheets.profile import Profile
from smsheets.safe_text import escaped_json, written_plainly

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "filled"
ENCODINGS = ("cp1252", "cp1250", "cp437", "latin-1", "ascii")

LINES: Mapping[str, tuple[str, ...]] = {
    "init": ("--yes -o mine.toml --force",),
    "new": ("strategy -o new.xlsx --force",),
    "analyze": (
        "budget.xlsx", "budget.xlsx --brief", "budget.xlsx --format markdown --lang de", "budget.xlsx --format json",
    ),
    "check": ("broken.xlsx", "broken.xlsx --format json"),
    "repair": ("broken.xlsx -o fixed.xlsx --force",),
    "grow": ("lean.xlsx -o whole.xlsx --force",),
    "adopt": ("own.xlsx --as calendar --dry-run",),
    "compare": ("broken.xlsx budget.xlsx", "broken.xlsx budget.xlsx --format json"),
    "explain": ("--all --lang de", "budget.over"),
    "schema": ("analysis",),
    "completion": ("bash",),
    "samples": ("--help",),
}  # fmt: skip
"""Command -> what is tried with it; each prints something."""

CASES = [f"{name} {words}" for name, lines in LINES.items() for words in lines]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A budget whose names have letters that no code page has together, and the same with a problem."""
    import openpyxl

    made = tmp_path_factory.mktemp("streams")
    book = openpyxl.load_workbook(SAMPLES / "budget.xlsx")
    cells = {cell.value: cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    cells["Clay & Kiln"].value = "Głina & 粘土 – Čaj …"
    cells["Product photographer"].value = "Łódź ─ ťava \N{RIGHTWARDS ARROW} 😀 粘土"
    book.save(made / "budget.xlsx")
    new_workbook("budget", made / "lean.xlsx", Profile(lean=True))
    own = openpyxl.Workbook()
    for row in (
        ["Date", "Channel", "Caption"],
        ["2027-01-04", "Instagram", "粘土 – é"],
        ["2027-01-05", "TikTok", "You"],
    ):
        own.active.append(row)  # type: ignore[union-attr]
    own.save(made / "own.xlsx")
    cells["Instagram ads"].offset(column=1).value = "viel … 粘土"
    book.save(made / "broken.xlsx")
    return made


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def start(words: str, folder: Path, **more: object) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "smsheets", *words.split()]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(), **more}
    return subprocess.Popen(line, cwd=folder, **options)  # type: ignore[call-overload, no-any-return]


def test_every_command_is_listed() -> None:
    assert set(LINES) == set(main.list_commands(click.Context(main)))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("words", CASES)
def test_any_encoding(words: str, encoding: str, folder: Path) -> None:
    run = start(words, folder, env=environment(PYTHONIOENCODING=encoding))
    out, err = run.communicate()
    assert run.returncode in (0, 1), err.decode(encoding)
    assert b"Traceback" not in err
    shown = out.decode(encoding)
    assert shown or "-o" in words
    if "json" in words:
        assert "粘土" in json.dumps(json.loads(shown), ensure_ascii=False)


@pytest.mark.parametrize("words", CASES)
def test_a_pipe_that_is_closed(words: str, folder: Path) -> None:
    run = start(words, folder)
    assert run.stdout is not None
    run.stdout.close()
    assert run.stderr is not None
    with run.stderr as stream:
        err = stream.read()
    assert (run.wait() in (0, 1), b"pipe" in err.lower(), b"Traceback" in err) == (True, False, False), err


@pytest.mark.parametrize("words", CASES)
def test_standard_output_that_is_not_there(words: str, folder: Path) -> None:
    done = subprocess.run(
        f'exec "{sys.executable}" -m smsheets {words} >&-', shell=True, cwd=folder, env=environment(),
        stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    assert (done.returncode in (0, 1), b"Traceback" in done.stderr) == (True, False), done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [*CASES, "--help", "--version"])
def test_a_full_disk(words: str, folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        run = start(words, folder, stdout=full)
        _, err = run.communicate()
    lines = err.decode().splitlines()
    assert (run.returncode, lines[-1:]) == (2, ["The result cannot be printed: No space left on device"]), err
    assert len(lines) == 1


class Full(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        raise self.error


def test_a_closed_pipe_does_not_stop_what_is_done_besides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full(BrokenPipeError(32, "Broken pipe")))
    put("one line")
    put("another")
    monkeypatch.setattr(sys, "stderr", Full(OSError(28, "No space left on device")))
    put("an error that nobody will see", err=True)


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("────", "ascii", "----"),
        ("Überfällig … 5 €", "ascii", "Ueberfaellig ... 5 EUR"),
        ("Überfällig … 5 €", "latin-1", "Überfällig ... 5 EUR"),
        ("Čaj Łódź ťava é", "cp1252", "Caj ?ódz tava é"),
        ("cafe\u0301 😀 粘土 ½", "ascii", "cafe ? ?? ?"),
    ],
)
def test_what_an_encoding_lacks_is_written_plainly(text: str, encoding: str, shown: str) -> None:
    codecs.register_error("test.plainly", written_plainly)
    assert text.encode(encoding, "test.plainly").decode(encoding) == shown


def test_every_sign_of_our_own_texts_has_a_plain_form() -> None:
    """A report in English or German has no question mark where a sign was."""
    codecs.register_error("test.plainly", written_plainly)
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "workbook_specs" / "locales" / "de").glob("*.yaml")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "smsheets" / "report").glob("*.py")]
    signs = sorted(set(re.findall(r"[^\x00-\x7f\U0001f000-\U0001ffff]", "".join(texts))))
    assert [sign for sign in signs if b"?" in sign.encode("ascii", "test.plainly")] == []


def test_json_stays_the_same_with_escapes() -> None:
    text = json.dumps({"é😀粘": ["Łódź", 1.5]}, ensure_ascii=False)
    assert escaped_json(text).isascii()
    assert json.loads(escaped_json(text)) == json.loads(text)


@pytest.mark.parametrize("words", ["--help", *(f"{name} {lines[0]}" for name, lines in LINES.items())])
def test_ctrl_c_is_one_line_at_any_time(words: str, folder: Path) -> None:
    began = time.monotonic()
    begin(words, folder).communicate()
    whole = time.monotonic() - began
    for number in range(MOMENTS):
        run = begin(words, folder)
        time.sleep(whole * (number + 0.5) / MOMENTS)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate()
        assert run.returncode in (0, 1, 130, -signal.SIGINT)
        assert b"Traceback" not in err, err
        if run.returncode in (130, -signal.SIGINT):
            assert err == b"Stopped.\n"


MOMENTS = 4


def test_ctrl_c_in_an_import_is_still_ctrl_c() -> None:
    def broken(error: Callable[[], BaseException]) -> BaseException:
        try:
            raise error()
        except BaseException:
            try:
                raise ImportError("a module failed")
            except ImportError as made:
                return made

    assert was_interrupted(broken(KeyboardInterrupt))
    assert was_interrupted(KeyboardInterrupt())
    assert not was_interrupted(broken(ValueError))
