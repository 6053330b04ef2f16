"""Publishing: all files or none, whether a call fails, is killed, or meets another one."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporters.publish import STAGING, alone, publish
from lbp_content.finding import ContentError

OLD = {"index.html": b"old index", "de/a.html": b"old page", "de/a.pdf": b"old sheets"}
NEW = {"index.html": b"new index", "de/a.html": b"new page", "de/a.pdf": b"new sheets", "de/a.epub": b"new book"}
BLOCKED = {"index.html": b"new index", "en/a.html": b"a new page", "de/a.html/below": b"a file is in the way"}


def there(out: Path) -> dict[str, bytes]:
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def seen(out: Path) -> dict[str, bytes]:
    """What readers take for published."""
    return {name: data for name, data in there(out).items() if not name.startswith(STAGING)}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    publish(OLD, tmp_path / "out")
    return tmp_path / "out"


def test_files_are_where_they_belong_and_nothing_else(out: Path) -> None:
    assert there(out) == OLD
    publish(NEW, out)
    assert there(out) == NEW
    assert sorted(path.name for path in out.iterdir()) == ["de", "index.html"]


def test_files_not_asked_for_stay(out: Path) -> None:
    publish({"de/a.html": b"new page"}, out)
    assert there(out) == OLD | {"de/a.html": b"new page"}


def test_files_have_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        publish(OLD, tmp_path / "out")
    finally:
        os.umask(before)
    assert (tmp_path / "out/de/a.pdf").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "out/de").stat().st_mode & 0o777 == 0o750


def test_folder_may_be_a_link(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(out)
    publish(NEW, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert there(out) == NEW


def test_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(OSError, match="File exists"):
        publish(NEW, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_file_in_the_way_of_a_folder_undoes_all(out: Path) -> None:
    with pytest.raises(OSError, match=r"de/a\.html"):
        publish(BLOCKED, out)
    assert there(out) == OLD


def test_folder_in_the_way_of_a_file_undoes_all(out: Path) -> None:
    (out / "de/a.epub").mkdir()
    with pytest.raises(IsADirectoryError):
        publish(NEW, out)
    assert there(out) == OLD


@pytest.mark.parametrize("name", ["replace", "fsync", "open"])
def test_call_that_fails_anywhere_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    outcomes = list(failing(name, full, tmp_path, monkeypatch))
    assert len(outcomes) > 2
    assert all(files == (OLD if failed else NEW) for failed, files in outcomes)


@pytest.mark.parametrize("name", ["replace", "fsync", "open"])
def test_call_that_is_stopped_anywhere_leaves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    outcomes = list(failing(name, KeyboardInterrupt(), tmp_path, monkeypatch))
    assert len(outcomes) > 2
    assert all(files in (OLD, NEW) if stopped else files == NEW for stopped, files in outcomes)


def failing(
    name: str, error: BaseException, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[bool, dict[str, bytes]]]:
    """Let each call of a function of `os` fail in turn: whether publishing failed, and what is there."""
    failed, number = True, 0
    while failed:
        out = folder / str(number)
        publish(OLD, out)
        with monkeypatch.context() as patch:
            patch.setattr(os, name, fails_at(number, getattr(os, name), error))
            try:
                publish(NEW, out)
                failed = False
            except type(error):
                failed = True
        yield failed, seen(out)
        with alone(out):
            assert there(out) == seen(out)
        number += 1


def fails_at(number: int, function: Callable[..., object], error: BaseException) -> Callable[..., object]:
    calls = iter(range(1000))

    def failing(*arguments: object, **named: object) -> object:
        if next(calls) == number:
            raise error
        return function(*arguments, **named)

    return failing


KILLED = """
import os, signal, sys
from itertools import count
from pathlib import Path
from exporters.publish import publish

STEPS = ("open", "os.", "shutil.", "fcntl.", "sync")

def kill_at(number):
    steps = count()
    def watch(event, _):
        if event.startswith(STEPS) and next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    sync = os.fsync
    os.fsync = lambda file: (sys.audit("sync"), sync(file))

for number in count():
    out = Path(sys.argv[1]) / str(number)
    publish({old}, out)
    if (child := os.fork()) == 0:
        kill_at(number)
        try:
            publish({new}, out)
        finally:
            os._exit(0)
    if os.WIFEXITED(os.waitpid(child, 0)[1]):
        break
"""


def killed(new: dict[str, bytes], folder: Path) -> list[Path]:
    """Folders in which a call was killed at its first step, its second, and so on, until one came through."""
    folder.mkdir()
    script = KILLED.replace("{old}", repr(OLD)).replace("{new}", repr(new))
    subprocess.run([sys.executable, "-W", "error", "-c", script, str(folder)], check=True)
    return sorted(folder.iterdir(), key=lambda path: int(path.name))


@pytest.mark.slow
def test_call_killed_at_any_step_leaves_whole_files_and_the_next_settles_it(tmp_path: Path) -> None:
    outs = killed(NEW, tmp_path / "outs")
    settled = []
    for out in outs:
        assert all(data in (OLD.get(name), NEW.get(name)) for name, data in seen(out).items())
        with alone(out):
            settled.append(there(out))
    assert all(files in (OLD, NEW) for files in settled)
    assert settled == sorted(settled, key=lambda files: files == NEW)  # from some step on there is no way back
    assert 20 < settled.count(OLD) < len(outs) - 20


@pytest.mark.slow
def test_call_killed_while_it_undoes_is_undone_by_the_next(tmp_path: Path) -> None:
    outs = killed(BLOCKED, tmp_path / "outs")
    for out in outs:
        try:
            publish({"en/b.html": b"other"}, out)
        except OSError:
            publish({"en/b.html": b"other"}, out)
        assert there(out) == OLD | {"en/b.html": b"other"}
    assert len(outs) > 50


def test_staged_files_of_a_killed_call_are_thrown_away(out: Path) -> None:
    (out / STAGING / "new/de").mkdir(parents=True)
    (out / STAGING / "new/de/a.html").write_bytes(b"half a pa")
    publish({"index.html": b"new index"}, out)
    assert there(out) == OLD | {"index.html": b"new index"}


@pytest.mark.parametrize("name", ["../x", "de/../../x", "/tmp/x", "", ".", ".staging/x", "x\\u0000y"])
@pytest.mark.parametrize("journal", ["finish.json", "undo.json"])
def test_journal_that_leads_outside_is_refused(out: Path, journal: str, name: str) -> None:
    (out / STAGING / "new").mkdir(parents=True)
    (out / STAGING / "x").write_bytes(b"stray")
    (out / STAGING / journal).write_text(f'{{"{name}": false}}')
    with pytest.raises(ContentError, match=r"journal-broken.*\n.*Delete the folder .*\.staging"):
        publish(NEW, out)
    assert seen(out) == OLD
    assert not (out.parent / "x").exists()


@pytest.mark.parametrize("journal", [b"", b"[]", b"3", b"\xff", b'{"a": '])
def test_journal_that_is_broken_is_refused(out: Path, journal: bytes) -> None:
    (out / STAGING).mkdir()
    (out / STAGING / "finish.json").write_bytes(journal)
    with pytest.raises(ContentError, match="journal-broken"):
        publish(NEW, out)


def test_two_calls_at_once_do_not_mix(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from exporters.publish import publish\n"
        "for _ in range(40): publish({f'de/{n}': sys.argv[2].encode() for n in range(8)}, Path(sys.argv[1]))"
    )
    out = tmp_path / "out"
    calls = [subprocess.Popen([sys.executable, "-c", script, str(out), word]) for word in ("one", "two", "three")]
    found = set()
    while any(call.poll() is None for call in calls):
        with alone(out):
            files = there(out)
        assert len(files) in (0, 8)
        assert len(set(files.values())) <= 1
        found |= set(files.values())
    assert [call.returncode for call in calls] == [0, 0, 0]
    assert found >= {b"one", b"two", b"three"}
