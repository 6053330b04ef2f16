"""Set-up by `make`: where something is missing, one sentence says what to type."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, needs

GOOD, OLD = "exit 0", "exit 1"
NO_VENV = '[ "$1" = -c ] || exit 1'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout in a path with a space, and its Makefile."""
    folder = tmp_path / "my leaflets"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def make(folder: Path, python: str, *targets: str) -> subprocess.CompletedProcess[str]:
    (folder / "python").write_text(f"#!/bin/sh\n{python}\n")
    (folder / "python").chmod(0o755)
    call = [needs("make"), "PYTHON=./python", *targets]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False)


def test_python_that_is_too_old_is_named(folder: Path) -> None:
    done = make(folder, OLD, ".venv/here")
    assert "Python 3.11 or newer is needed; name it: make PYTHON=python3.12\n" in done.stdout
    assert done.returncode == 2


def test_missing_venv_says_how_to_install_it(folder: Path) -> None:
    done = make(folder, NO_VENV, ".venv/here")
    assert "apt-get install python3-venv\n" in done.stdout
    assert (done.returncode, (folder / ".venv").exists()) == (2, False)


def test_make_alone_says_what_there_is(folder: Path) -> None:
    done = make(folder, GOOD)
    assert any(line.startswith("make export: write the leaflets") for line in done.stdout.splitlines())
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """A machine on which nothing can be installed."""
    for name in ("sh", "id", "grep"):
        (tmp_path / name).symlink_to(needs(name))
    return {**os.environ, "PATH": str(tmp_path)}


def pango(python: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    call = ["sh", str(ROOT / "scripts/pango.sh"), python, "libpango-1.0-0", "libpangoft2-1.0-0"]
    return subprocess.run(call, env=environment, capture_output=True, text=True, check=False)


def test_missing_pango_says_the_one_command(bare: dict[str, str]) -> None:
    done = pango(needs("false"), bare)
    command = "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0"
    assert done.stdout == f"Pango is missing. Install it, then run make again: {command}\n"
    assert done.returncode == 1


def test_pango_that_is_there_is_left_alone(bare: dict[str, str]) -> None:
    done = pango(needs("true"), bare)
    assert (done.returncode, done.stdout) == (0, "")
