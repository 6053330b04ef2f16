"""The wheel: it holds all that an export needs and nothing else, and exports from any folder."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, plain_environment

from lbp_content.load import Content

pytestmark = pytest.mark.slow
OURS = re.compile(r"(lbp_content|exporters|locales)/|lbp_content-[\d.]+\.dist-info/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make wheel` builds it."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), "."]
    subprocess.run(build, cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it; what the lock lists is borrowed from the environment of the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))  # a .pth of there, as ours, is not read
    return python


def lbp(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, python.parent / "lbp", *arguments)


def run(folder: Path, *call: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(call, cwd=folder, env=plain_environment(), capture_output=True, text=True, check=False)


def test_wheel_holds_what_an_export_needs_and_nothing_else(wheel: Path, content: Content) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    needed = [f"exporters/{file.parent.name}/{file.name}" for file in ROOT.glob("exporters/[ts]*/*.*")]
    needed += [str(file.relative_to(ROOT)) for file in ROOT.glob("lbp_content/data/**/*.*")]
    needed += [f"locales/{locale}/LC_MESSAGES/lbp.po" for locale in content.leaflet.locales if locale != "en"]
    assert set(needed) <= names
    assert [name for name in names if not OURS.match(name) or "node_modules" in name] == []
    assert any(name.endswith("LICENSE-TEXT.md") for name in names)


def test_installed_lbp_is_the_wheels_own(python: Path, tmp_path: Path) -> None:
    script = "import exporters, lbp_content; print(exporters.__file__, lbp_content.__file__)"
    where = run(tmp_path, python, "-c", script).stdout
    assert [path.startswith(str(python.parents[1])) for path in where.split()] == [True, True]


def test_wheel_exports_from_any_folder(python: Path, tmp_path: Path) -> None:
    done = lbp(python, tmp_path, "export", "--out", "here")
    assert (done.returncode, done.stderr) == (0, "")
    assert len([file for file in (tmp_path / "here").rglob("*") if file.is_file()]) == 9


def test_wheel_writes_no_catalog_into_itself(python: Path, tmp_path: Path) -> None:
    for command in ("extract", "update"):
        done = lbp(python, tmp_path, command)
        assert (done.returncode, "in a checkout of the project" in done.stderr) == (2, True)
