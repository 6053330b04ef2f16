"""Finished files -> a folder: all of them or none, whatever happens on the way. The standard library alone.

New files are staged beside copies of the old ones; a journal says that all are there; then they are renamed one by one.
A call that is killed leaves every published file whole, and the next call finishes what the journal says, or undoes it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from lbp_content.finding import ContentError, Finding, Location

STAGING = ".staging"
NEW, OLD = "new", "old"  # folders in STAGING
FINISH, UNDO = "finish.json", "undo.json"  # the journal: name of a file -> whether there was one before
Journal = dict[str, bool]


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """Put files into `out` by their paths below it. Raises OSError, with the files that were there as they were."""
    with alone(out):
        swap(files, out)


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Make `out`, wait until no other call publishes into it, and settle what a killed call left."""
    out.mkdir(parents=True, exist_ok=True)
    folder = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        recover(out)
        yield
    finally:
        os.close(folder)


def swap(files: Mapping[str, bytes], out: Path) -> None:
    """`publish` for who is `alone` already."""
    try:
        _stage(files, out)
    except BaseException:
        _clear(out / STAGING)
        raise
    recover(out)


def recover(out: Path) -> None:
    """Do what the journal says; without one, throw away what was staged."""
    staging = out / STAGING
    if (staging / UNDO).exists():
        _undo(out)
    elif (staging / FINISH).exists():
        _finish_or_undo(out)
    if staging.exists():
        _clear(staging)


def _stage(files: Mapping[str, bytes], out: Path) -> None:
    staging = out / STAGING
    for name, data in files.items():
        _write(staging / NEW / name, data)
        if (out / name).exists():
            _write(staging / OLD / name, (out / name).read_bytes())
    journal = {name: (out / name).exists() for name in files}
    _write(staging / "journal.new", json.dumps(journal).encode())
    os.replace(staging / "journal.new", staging / FINISH)
    _sync(staging)


def _finish_or_undo(out: Path) -> None:
    staging = out / STAGING
    journal = _journal(staging / FINISH)
    try:
        _finish(journal, out)
    except BaseException:
        os.replace(staging / FINISH, staging / UNDO)
        _undo(out)
        _clear(staging)
        raise


def _finish(journal: Journal, out: Path) -> None:
    for name in journal:
        new = out / STAGING / NEW / name
        if new.exists():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(new, out / name)
            _sync((out / name).parent)


def _undo(out: Path) -> None:
    """Put the old files back where new ones have come; those that have not come are still staged."""
    for name, existed in _journal(out / STAGING / UNDO).items():
        old, new = (out / STAGING / folder / name for folder in (OLD, NEW))
        if not new.exists() and existed and old.exists():
            os.replace(old, out / name)
        elif not new.exists() and not existed:
            (out / name).unlink(missing_ok=True)


def _journal(file: Path) -> Journal:
    """The journal, if it is one of ours. Raises ContentError."""
    try:
        journal = json.loads(file.read_text("utf-8"))
    except ValueError:
        journal = None
    if isinstance(journal, dict) and all(_below(name) for name in journal):
        return {name: bool(existed) for name, existed in journal.items()}
    remedy = f"Delete the folder {file.parent}, then run the command again."
    raise ContentError([Finding("journal-broken", "this journal is not one of ours", remedy, Location(str(file)))])


def _below(name: str) -> bool:
    """Whether a name leads to a place below the folder."""
    path = PurePosixPath(name)
    inside = bool(path.parts) and not path.is_absolute() and ".." not in path.parts
    return inside and path.parts[0] != STAGING and name.isprintable()


def _clear(staging: Path) -> None:
    """Take the journal away first: half of what was staged must never be taken for the whole."""
    for journal in (FINISH, UNDO):
        (staging / journal).unlink(missing_ok=True)
    shutil.rmtree(staging, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """See that the names in a folder outlast a power cut."""
    entry = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system can
            os.fsync(entry)
    finally:
        os.close(entry)
