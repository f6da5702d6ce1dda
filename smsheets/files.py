"""Files that a command is given, and files that it writes: whole or not at all, never over one that is not its own.

A file is written beside its place and moved there when it is complete. A full disk, Ctrl-C or a process that is killed
leaves the older file as it was.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from smsheets.errors import OptionError

_ENDINGS = (".xlsx", ".xlsm")
_LOCKS = ("~$", ".~lock.")
"""How the names of the files begin that programs keep beside a workbook while it is open."""
_PACKAGES = (".numbers", ".pages", ".key")
"""Endings of what is a file to people and a folder on the disk."""
_MOST_NAMED = 10  # files that are left out


class Found(NamedTuple):
    """Workbooks that were looked for, and a line for each place where something was left out."""

    files: list[Path]
    left_out: list[str]


def find_workbooks(given: Iterable[Path]) -> Found:
    """The workbooks that are given, and those in the folders that are given, by name.

    Left out is what a program keeps beside a workbook while it is open, unless nothing else is given, and what in a
    folder is no workbook.

    Raises:
        OptionError: A folder holds none, or cannot be read.
    """
    files: list[Path] = []
    left_out: list[str] = []
    locks: list[Path] = []
    for path in given:
        if os.path.isdir(path) and path.suffix.lower() not in _PACKAGES:
            found = _workbooks_in(path)
            files += found.files
            left_out += found.left_out
        else:
            (locks if path.name.startswith(_LOCKS) else files).append(path)
    if not files:
        return Found(locks, left_out)
    return Found(list(dict.fromkeys(files)), [*left_out, *(f"{path}: left out, {_OPEN}." for path in locks)])


_OPEN = "it belongs to a workbook that is open in a spreadsheet program"


def _workbooks_in(folder: Path) -> Found:
    try:
        inside = sorted(folder.iterdir())
        files = [path for path in inside if path.suffix.lower() in _ENDINGS and path.is_file()]
    except OSError as error:
        raise OptionError(f"{folder}: cannot be read: {error.strerror}") from error
    files = [path for path in files if not path.name.startswith((*_LOCKS, "."))]
    if not files:
        raise OptionError(f"{folder}: there is no .xlsx workbook in this folder.")
    others = [path.name for path in inside if path not in files]
    others = [name for name in others if not name.startswith(".") or name.startswith(_LOCKS)]
    named = ", ".join(others[:_MOST_NAMED])
    more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
    return Found(files, [f"{folder}: left out {named}{more}."] if others else [])


def is_endless(path: Path) -> bool:
    """True for a device or a pipe: to read one may take for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


class _TakenError(OptionError):
    """A file exists already, and nobody said that it may be overwritten."""


def check_targets(targets: Iterable[Path], given: Iterable[Path], *, force: bool) -> None:
    """Refuses what `check_target` refuses; of several files that exist already it names all.

    Raises:
        OptionError: The text says which.
    """
    taken: list[tuple[Path, _TakenError]] = []
    for target in targets:
        try:
            check_target(target, given, force=force)
        except _TakenError as error:
            taken.append((target, error))
    if len(taken) > 1:
        names = ", ".join(str(target) for target, _ in taken)
        raise OptionError(f"{names}: exist already. Use --force to overwrite them, or choose another folder.")
    if taken:
        raise taken[0][1]


def check_target(target: Path, given: Iterable[Path], *, force: bool) -> None:
    """Refuses to write over a file that was given to be read, whatever it is called, or over any without `force`.

    Raises:
        OptionError: The text says which.
    """
    with _named(target):
        found = _stat(target)
    if found is None:
        return
    for path in given:
        with suppress(OSError):
            if os.path.samestat(found, path.stat()):
                raise OptionError(
                    f"{target}: this is the workbook itself, which is never changed. Choose another name."
                )
    with _named(target):
        _refuse_folder(found)
    if not force and not _is_stream(target, found):
        raise _TakenError(f"{target}: exists already. Use --force to overwrite it, or choose another name.")


def save_files(files: Mapping[Path, bytes], *, new_folders: bool = False) -> None:
    """Writes files: all of them, or none.

    Of a link what it points at is replaced, and the link stays. A file keeps its rights. What is no file, such as
    `/dev/stdout` or a pipe, is written to as it is.

    Args:
        new_folders: Make the folders that are not there.

    Raises:
        OptionError: One cannot be written; the older files are as they were.
    """
    made: list[Path] = []
    on_their_way: list[_NewFile] = []
    try:
        for target, data in files.items():
            with _named(target):
                if new_folders:
                    _make_folder(Path(os.path.realpath(target)).parent, made)
                on_their_way.append(_NewFile(target, data))
                on_their_way[-1].write()
        for file in on_their_way:
            with _named(file.target):
                file.move(may_go_back=len(files) > 1)
    except BaseException:
        for file in reversed(on_their_way):
            file.go_back()
            file.clear()
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    finally:
        for file in on_their_way:
            file.clear()


class _NewFile:
    """One file on its way to its place."""

    def __init__(self, target: Path, data: bytes) -> None:
        self.target, self._data = target, data
        self._place = Path(os.path.realpath(target))
        # A name that nobody else has: other runs may be writing the same file, and what is in the folder stays.
        name = f".smsheets-{os.urandom(8).hex()}"
        self._part, self._kept = self._place.with_name(f"{name}.part"), self._place.with_name(f"{name}.old")
        self._older: os.stat_result | None = None
        self._is_stream = self._moved = False

    def write(self) -> None:
        """Writes all of it beside its place."""
        self._older = older = _stat(self.target)
        if older is not None:
            _refuse_folder(older)
            self._is_stream = _is_stream(self.target, older)
        if self._is_stream:
            return
        if older is not None and not os.access(self._place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # moving would not ask for this right
        with self._part.open("xb") as stream:
            if older is not None:
                _keep_rights(self._place, older, self._part)
            stream.write(self._data)
            if older is not None:
                stream.flush()
                os.fsync(stream.fileno())  # only what is on the disk may take the place of an older file

    def move(self, *, may_go_back: bool) -> None:
        """Puts it in its place."""
        if self._is_stream:
            _write_stream(self.target, self._data)
            return
        if may_go_back and self._older is not None:
            try:
                os.link(self._place, self._kept)
            except OSError:
                shutil.copy2(self._place, self._kept)
        self._part.replace(self._place)
        self._moved = True

    def go_back(self) -> None:
        """Puts the older file back."""
        if self._moved:
            with suppress(OSError):
                if self._kept.exists():
                    self._kept.replace(self._place)
                elif self._older is None:
                    self._place.unlink()

    def clear(self) -> None:
        """Takes away what is beside it."""
        for path in (self._part, self._kept):
            with suppress(OSError):
                path.unlink()


@contextmanager
def _named(target: Path) -> Iterator[None]:
    """What goes wrong with a file in one line.

    Raises:
        OptionError: It cannot be written, or not even be looked at.
    """
    try:
        yield
    except OSError as error:
        raise OptionError(f"{target}: cannot be written: {error.strerror or error}") from error


def _stat(path: Path) -> os.stat_result | None:
    """What is there; None where nothing is. Folders that may not be searched and impossible names raise OSError."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Makes a folder and those it is in, and adds them to `made`."""
    missing = [path for path in (folder, *folder.parents) if not os.path.exists(path)]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        made.append(path)


def _refuse_folder(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISBLK(found.st_mode):
        raise OSError(errno.EINVAL, "it is a disk, not a file")


def _keep_rights(place: Path, older: os.stat_result, part: Path) -> None:
    """Gives a new file the owner, the rights and the access list of the older one, as far as the system lets us."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.chown(part, older.st_uid, older.st_gid)
    part.chmod(stat.S_IMODE(older.st_mode))
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(place):
                os.setxattr(part, name, os.getxattr(place, name))


def _is_stream(target: Path, found: os.stat_result) -> bool:
    """True for what is no file, so that nothing can be lost: a device, a pipe, a standard stream that goes anywhere."""
    return not stat.S_ISREG(found.st_mode) or _stream_of(target) is not None


_STREAMS = ("/dev/", "/proc/")


def _stream_of(target: Path) -> int | None:
    """The number of the standard stream that a name such as /dev/stdout means; it may go into a file, too."""
    if not str(target).startswith(_STREAMS):
        return None
    for number in (1, 2):
        with suppress(OSError):
            if os.path.samestat(os.fstat(number), target.stat()):
                return number
    return None


def _write_stream(target: Path, data: bytes) -> None:
    """Writes to a device or a pipe; a pipe that nobody reads is refused instead of waited for."""
    number = _stream_of(target)
    if number is None:
        try:
            number = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            raise OSError(error.errno, "nobody reads it") if error.errno == errno.ENXIO else error from None
        os.set_blocking(number, True)
    else:
        number = os.dup(number)
    with suppress(BrokenPipeError), open(number, "wb") as stream:
        stream.write(data)


_START = 4_096
"""Bytes of a file by which it is known."""

_LONGEST_REPORT = 100_000_000
"""Bytes: no report is so long, and a file that is longer is not read to its end."""

REPORT_PAGE = '<meta name="generator" content="smsheets">'
"""The mark of a page."""

REPORT_PROPERTY = "smsheets.report"
"""The mark of a report as a workbook: a document property."""

_REPORT_JSON = re.compile(rb'\{\s*"schema": "smsheets\.\w+/\d+"')
_NEVER_SAVED_AGAIN = re.compile(rb"<dcterms:modified [^<>]*>2026-01-01T00:00:00Z<")
"""A program that saves a workbook writes when."""
_LAST_LINE = re.compile(rb"\n%?smsheets ([0-9a-f]{8})\n\Z")
"""In a PDF it is a comment."""


def marked(report: str) -> bytes:
    """A report as text or Markdown with a last line that says whose it is, and by which a change is noticed."""
    return _with_mark(report.encode())


def marked_pdf(report: bytes) -> bytes:
    """A report as PDF with the same mark, as a comment."""
    return _with_mark(report, b"%")


def _with_mark(data: bytes, sign: bytes = b"") -> bytes:
    return data + b"\n" + sign + f"smsheets {zlib.crc32(data):08x}\n".encode()


def is_own_report(path: Path) -> bool:
    """True if a file is a report of this program that nobody has changed: a newer one may take its place."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LONGEST_REPORT:
            return False
        with path.open("rb") as stream:
            start = stream.read(_START)
            if start.startswith(b"PK"):
                return _is_report_workbook(path)
            if start.startswith(b"<!doctype html>"):
                return REPORT_PAGE.encode() in start
            if _REPORT_JSON.match(start):
                return True
            data = start + stream.read()
    except OSError:
        return False
    last = _LAST_LINE.search(data, max(0, len(data) - _START))
    return last is not None and int(last[1], 16) == zlib.crc32(data[: last.start()])


def _is_report_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            with archive.open("docProps/custom.xml") as part:
                marked = f'name="{REPORT_PROPERTY}"'.encode() in part.read(_START)
            with archive.open("docProps/core.xml") as part:
                return marked and _NEVER_SAVED_AGAIN.search(part.read(_START)) is not None
    except (KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError):
        return False
