"""Files that commands write: whole or not at all, in their place, and never over a file of somebody else."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result
from started import begin
from test_architecture import FILES, name_of

import smsheets
from smsheets import files
from smsheets.cli.main import main
from smsheets.errors import OptionError
from smsheets.files import check_target, is_own_report, marked, save_files

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]
MINE = b"What I wrote myself.\n"


class Case(NamedTuple):
    """A way to write: a command line with `{}` for the output, and a file that comes of it."""

    words: str
    output: str
    file: str = ""
    is_report: bool = True

    @property
    def path(self) -> str:
        return self.file or self.output


WRITERS: Mapping[tuple[str, str], tuple[Case, ...]] = {
    ("analyze", "output"): (
        Case("budget.xlsx -o {}", "report.txt"),
        Case("budget.xlsx --brief -o {}", "brief.txt"),
        Case("budget.xlsx --format markdown -o {}", "report.md"),
        Case("budget.xlsx --format json -o {}", "report.json"),
        Case("budget.xlsx --format csv -o {}", "csv", "csv/findings.csv"),
        Case("budget.xlsx --client -o {}", "client.html"),
        Case("budget.xlsx --client -o {}", "clients", "clients/business.html"),
    ),
    ("analyze", "page"): (Case("budget.xlsx --html {}", "report.html"),),
    ("analyze", "sheets"): (Case("budget.xlsx --xlsx {}", "variance.xlsx"),),
    ("check", "output"): (
        Case("budget.xlsx -o {}", "check.txt"),
        Case("budget.xlsx --format markdown -o {}", "check.md"),
        Case("budget.xlsx --format json -o {}", "check.json"),
    ),
    ("check", "copy"): (Case("budget.xlsx --annotate {}", "noted.xlsx", is_report=False),),
    ("compare", "output"): (
        Case("budget.xlsx budget.xlsx -o {}", "changes.txt"),
        Case("budget.xlsx budget.xlsx --format json -o {}", "changes.json"),
    ),
    ("compare", "page"): (Case("budget.xlsx budget.xlsx --html {}", "changes.html"),),
    ("new", "output"): (
        Case("strategy -o {}", "new.xlsx", is_report=False),
        Case("strategy roadmap -o {}", "plan", "plan/roadmap.xlsx", is_report=False),
    ),
    ("init", "output"): (Case("--yes -o {}", "mine.toml", is_report=False),),
    ("repair", "output"): (
        Case("budget.xlsx -o {}", "fixed.xlsx", is_report=False),
        Case("budget.xlsx -o {}", "fixed", "fixed/budget.xlsx", is_report=False),
    ),
    ("grow", "output"): (
        Case("lean.xlsx -o {}", "whole.xlsx", is_report=False),
        Case("lean.xlsx -o {}", "whole", "whole/lean.xlsx", is_report=False),
    ),
    ("adopt", "output"): (Case("own.xlsx --as calendar -o {}", "adopted.xlsx", is_report=False),),
    ("samples", "output"): (Case("-o {}", "samples", "samples/filled/calendar.xlsx", is_report=False),),
}
"""Command and option -> ways to write with it."""

READ = {"config", "specs", "comment"}
"""Options that name a file to read."""

CASES = [
    pytest.param(name, case, id=f"{name} {case.words.format(case.output)}")
    for (name, _), cases in WRITERS.items()
    for case in cases
]


def test_every_option_that_names_a_file_is_listed() -> None:
    context = click.Context(main)
    found = {
        (name, option.name)
        for name in main.list_commands(context)
        for option in main.get_command(context, name).params  # type: ignore[union-attr]
        if isinstance(option, click.Option) and isinstance(option.type, click.Path) and option.name not in READ
    }
    assert found == WRITERS.keys(), (
        "a new option: say in WRITERS how a file is written with it, or in READ that it is read"
    )


def test_every_command_that_writes_can_be_forced() -> None:
    for name, _ in WRITERS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert any("--force" in option.opts for option in command.params), name


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    shutil.copy(ROOT / "samples" / "blank" / "budget.xlsx", folder / "budget.xlsx")
    smsheets.new_workbook("budget", folder / "lean.xlsx", smsheets.Profile(lean=True))
    book = openpyxl.Workbook()
    for row in (["Date", "Channel", "Caption"], ["2027-01-04", "Instagram", "Hello"], ["2027-01-05", "TikTok", "You"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "own.xlsx")
    return folder


@pytest.fixture
def place(folder: Path, given: Path) -> Path:
    for path in given.iterdir():
        shutil.copy(path, folder / path.name)
    return folder


def call(name: str, case: Case, *more: str, output: str = "") -> Result:
    words = case.words.format(output or case.output).split()
    return CliRunner().invoke(main, [name, *words, "-q" if name != "init" else "--yes", *more], catch_exceptions=False)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@contextmanager
def full_disk(room: int = 0) -> Iterator[None]:
    """Files cannot be longer than `room` bytes: what is written beyond that fails, as on a full disk."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_nothing_is_overwritten_that_the_program_did_not_write(name: str, case: Case, place: Path) -> None:
    path = place / case.path
    for mine in ((place / "budget.xlsx").read_bytes(), MINE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(mine)
        before = names(place)
        refused = call(name, case)
        assert (refused.exit_code, len(refused.output.splitlines())) == (2, 1), refused.output
        assert "exists already. Use --force" in refused.output
        assert path.read_bytes() == mine
        assert names(place) == before
    path.chmod(0o600)
    with full_disk():
        failed = call(name, case, "--force")
    assert (failed.exit_code, len(failed.stderr.splitlines())) == (2, 1), failed.output
    assert "cannot be written" in failed.stderr
    assert path.read_bytes() == mine
    assert names(place) == before
    assert call(name, case, "--force").exit_code in (0, 1)
    written = path.read_bytes()
    assert written != MINE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = call(name, case)
    assert again.exit_code == 2 if not case.is_report else again.exit_code in (0, 1), again.output
    assert path.read_bytes() == written


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_new_file_comes_whole_or_not_at_all(name: str, case: Case, place: Path) -> None:
    before = names(place)
    with full_disk():
        failed = call(name, case)
    assert (failed.exit_code, len(failed.stderr.splitlines())) == (2, 1), failed.output
    assert names(place) == before
    usual = os.umask(0o027)
    try:
        assert call(name, case).exit_code in (0, 1)
    finally:
        os.umask(usual)
    assert stat.S_IMODE((place / case.path).stat().st_mode) == 0o640
    assert not [found for found in names(place) if ".smsheets-" in found]


@pytest.mark.parametrize(("name", "case"), [item for item in CASES if not item.values[1].file])  # type: ignore[union-attr]
def test_a_link_stays_and_what_it_points_at_is_written(name: str, case: Case, place: Path) -> None:
    ending = Path(case.output).suffix
    (place / "elsewhere").mkdir()
    link, file = place / f"link{ending}", place / "elsewhere" / f"kept{ending}"
    link.symlink_to(file)
    assert call(name, case, output=link.name).exit_code in (0, 1)
    assert link.is_symlink()
    assert file.is_file()


@pytest.mark.parametrize(("name", "case"), CASES)
def test_names_that_cannot_be_are_one_line(name: str, case: Case, place: Path) -> None:
    before = names(place)
    long = "n" * 300 + Path(case.output).suffix
    for output in (long, f"{long}/{case.output}", "budget.xlsx/" + case.output):
        refused = call(name, case, output=output)
        assert (refused.exit_code, len(refused.output.splitlines())) == (2, 1), (output, refused.output)
        assert names(place) == before


@pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_folder_that_may_not_be_searched_is_one_line(name: str, case: Case, place: Path) -> None:
    """Somebody else's folder is looked into by nobody but root, who is nobody for a moment."""
    home = Path(smsheets.__file__).parent
    if not all(folder.stat().st_mode & 0o1 for folder in (home, *home.parents)):
        pytest.skip("the program is in a folder that nobody else may search")
    assert call(name, case).exit_code in (0, 1)  # everything is imported
    locked = place / "locked"
    locked.mkdir(mode=0o700)
    for folder in (place, *place.parents[:-2]):
        folder.chmod(0o755)
    os.seteuid(65534)
    try:
        refused = call(name, case, output=f"locked/{case.output}")
    finally:
        os.seteuid(0)
    assert (refused.exit_code, len(refused.output.splitlines())) == (2, 1), refused.output
    assert "Permission denied" in refused.output


def test_a_report_that_somebody_changed_is_theirs(place: Path) -> None:
    """Notes below a report, and a workbook that another program saved."""
    for (name, _), cases in WRITERS.items():
        for case in cases:
            path = place / case.path
            if not case.is_report or path.suffix not in (".txt", ".md", ".xlsx"):
                continue
            call(name, case)
            assert is_own_report(path)
            if path.suffix == ".xlsx":
                openpyxl.load_workbook(path).save(path)
            else:
                path.write_bytes(path.read_bytes().replace(b"\n", b"\nMy note.\n", 1))
            assert not is_own_report(path)
            assert call(name, case).exit_code == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"smsheets 00000000\n",
        b"I use smsheets.\n\nsmsheets 1c291ca3\n",
        b'{"schema": "mine/1", "text": "smsheets.analysis/1"}',
        b"<!doctype html>\n<title>smsheets</title>",
        b"PK\x03\x04",
        marked("A report\n") + b"and what I think of it\n",
        b"what I think of it\n" + marked("A report\n"),
        marked("A report\n").replace(b"A", b"My"),
    ],
)
def test_what_is_no_report_of_ours(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    assert not is_own_report(tmp_path / "file")


def test_a_workbook_is_no_report_of_ours(place: Path) -> None:
    assert not is_own_report(place / "budget.xlsx")
    with zipfile.ZipFile(place / "empty.xlsx", "w") as archive:
        archive.writestr("docProps/custom.xml", 'name="smsheets.report"')
    assert not is_own_report(place / "empty.xlsx")


def test_the_first_workbook_of_a_folder_is_no_place_for_a_report(folder: Path, run: Run) -> None:
    """The name after -o is left out, and the shell gives the first workbook."""
    shutil.copytree(ROOT / "samples" / "filled", folder / "plan")
    before = {path: path.read_bytes() for path in (folder / "plan").iterdir()}
    first, *others = [f"plan/{path.name}" for path in sorted(before)]
    for command, option in (("analyze", "-o"), ("check", "-o"), ("analyze", "--html"), ("analyze", "--xlsx")):
        assert run(command, option, first, *others).exit_code == 2
    assert run("compare", others[0], others[0], "-o", first).exit_code == 2
    assert {path: path.read_bytes() for path in (folder / "plan").iterdir()} == before


def test_all_of_them_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o600)
    (tmp_path / "folder").mkdir()
    with pytest.raises(OptionError, match="folder: cannot be written"):
        save_files(
            {tmp_path / "a": b"new", tmp_path / "x" / "b": b"new", tmp_path / "folder": b"new"}, new_folders=True
        )
    assert names(tmp_path) == ["a", "folder"]
    assert (tmp_path / "a").read_bytes() == b"old"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_was_moved_already_goes_back(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    moved: list[Path] = []
    usual = Path.replace

    def replace(path: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == 3:
            raise error
        return usual(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises((OptionError, KeyboardInterrupt)):
        save_files({tmp_path / name: b"new" for name in "abc"})
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_nothing_that_lies_beside_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is foretold, with a link to something precious laid there."""
    monkeypatch.setattr(files.os, "urandom", lambda size: b"\0" * size)
    (tmp_path / "precious").write_bytes(MINE)
    (tmp_path / f".smsheets-{'00' * 8}.part").symlink_to(tmp_path / "precious")
    with pytest.raises(OptionError, match="cannot be written"):
        save_files({tmp_path / "report.txt": b"new"})
    assert (tmp_path / "precious").read_bytes() == MINE


def test_a_file_that_is_for_reading_only_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o444)
    monkeypatch.setattr(files.os, "access", lambda path, mode: False)  # root may do anything
    with pytest.raises(OptionError, match="Permission denied"):
        save_files({tmp_path / "a": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"


def test_pipes_and_devices_are_written_to_as_they_are(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    check_target(tmp_path / "pipe", (), force=False)
    with pytest.raises(OptionError, match="pipe: cannot be written: nobody reads it"):
        save_files({tmp_path / "pipe": b"new"})
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    save_files({tmp_path / "pipe": b"new"})
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    save_files({Path(os.devnull): b"new"})
    if Path("/dev/full").exists():
        with pytest.raises(OptionError, match="No space left on device"):
            save_files({Path("/dev/full"): b"new"})
    for folder in (tmp_path, Path("/")):
        with pytest.raises(OptionError, match="Is a directory"):
            check_target(folder, (), force=True)


def test_the_name_of_standard_output_goes_where_it_goes(place: Path) -> None:
    """Also into a file that the shell has opened, which has something in it."""
    (place / "all.txt").write_bytes(MINE)
    words = [sys.executable, "-m", "smsheets", "check", "budget.xlsx", "--format", "json", "-q", "-o", "/dev/stdout"]
    with (place / "all.txt").open("ab") as stream:
        done = subprocess.run(words, stdout=stream, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0
    assert (place / "all.txt").read_bytes().startswith(MINE + b"{\n")


def test_several_runs_into_one_page(place: Path) -> None:
    words = [sys.executable, "-m", "smsheets", "check", "budget.xlsx", "-q", "-o", "report.txt"]
    runs = [
        subprocess.Popen(words, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) for _ in "1234"
    ]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0)] * 4
    assert is_own_report(place / "report.txt")


_WRITING = re.compile(r"""\.write_(?:text|bytes)\(|\bopen\([^)]*["'][rbt]*[wax+][rbt+]*["']|tempfile|\.to_csv\(""")
_WRITING_MODULES = {
    "files": "all outputs",
    "spec.load": "compiled copies of specs, beside those of Python",
    "report.html.page": "a page for the browser that prints it, in a folder that goes away",
    "report.frames": "CSV as text, not to a file",
}


def test_one_module_writes() -> None:
    """Whoever writes a file elsewhere would have to think of links, rights, full disks and Ctrl-C again."""
    found = {name_of(path) for path in FILES if _WRITING.search(path.read_text(encoding="utf-8"))}
    assert found == _WRITING_MODULES.keys()


MOMENTS = 4


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize(
    ("name", "words", "path"),
    [
        ("analyze", "budget.xlsx -o {}", "report.txt"),
        ("analyze", "budget.xlsx --html {}", "report.html"),
        ("check", "budget.xlsx --annotate {}", "noted.xlsx"),
        ("new", "--all -o {}", "plan"),
        ("repair", "budget.xlsx -o {}", "fixed.xlsx"),
    ],
)
def test_whatever_ends_it_the_older_file_is_whole(
    name: str, words: str, path: str, end: signal.Signals, place: Path
) -> None:
    """Ended at moments from the first import to the last line."""
    target = place / path / "budget.xlsx" if path == "plan" else place / path
    line = f"{name} {words.format(path)} --force -q"
    began = time.monotonic()
    begin(line, place).communicate()
    whole = time.monotonic() - began
    written = target.read_bytes()
    for number in range(MOMENTS):
        target.write_bytes(MINE)
        run = begin(line, place)
        time.sleep(whole * (number + 0.5) / MOMENTS)
        run.send_signal(end)
        _, err = run.communicate()
        assert target.read_bytes() in (MINE, written)
        if end == signal.SIGINT:
            assert err in (b"Stopped.\n", b""), err
            assert not [found for found in names(place) if ".smsheets-" in found]
