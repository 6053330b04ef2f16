"""What the tests share: the leaflet and its editions, a checkout to plant faults in, and what to do without a tool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest

from exporters import fonts
from lbp_content.load import TOPIC, Content, load
from lbp_content.messages import map_text
from lbp_content.model import Text
from lbp_content.translate import Edition, catalog_file, edition, translated

ROOT = Path(__file__).parent.parent
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 620">{}</svg>'
DISC = SVG.format('<circle cx="400" cy="310" r="300" fill="#E2A93B"/>')


def lacking(reason: str) -> NoReturn:
    """Skip a test for want of a tool, where everyone sees it; with CI=true nothing may be wanting."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def needs(tool: str) -> str:
    """The path of a program that a test can't do without."""
    return shutil.which(tool) or lacking(f"{tool} is not installed")


@pytest.fixture(scope="session")
def content() -> Content:
    """The leaflet as it is, with a disc for a drawing that is not there yet."""
    found = load()
    return replace(found, figures={name: found.figures.get(name, DISC) for name in drawings(found)})


def drawings(content: Content) -> list[str]:
    """The files of all drawings."""
    return [content.leaflet.cover.file, *(treatment.figure.file for treatment in content.leaflet.treatments)]


@pytest.fixture(scope="session")
def english(content: Content) -> Edition:
    return edition(content, content.leaflet, "en")


@pytest.fixture(scope="session")
def german(content: Content) -> Edition:
    """A draft as long as a message is missing."""
    if not catalog_file("de").exists():
        pytest.skip("there is no German catalog")
    leaflet, gaps = translated(content, "de")
    return edition(content, leaflet, "de", draft=bool(gaps))


@pytest.fixture(scope="session")
def pseudo(english: Edition) -> Edition:
    """Every text in brackets: a word outside of them comes from nowhere."""

    def bracketed(text: Text) -> Text:
        return text.model_copy(update={"text": f"[{text.text}]"})

    return replace(english, leaflet=map_text(english.leaflet, bracketed))


@pytest.fixture(scope="session")
def arabic(pseudo: Edition) -> Edition:
    """Right to left, its words those of the pseudo-locale."""
    return replace(pseudo, locale="ar", lang="ar", dir="rtl")


def plain_environment() -> dict[str, str]:
    """That of the tests, but for what changes how Python runs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


class Checkout(NamedTuple):
    """A copy of the project that a test may damage, with the fonts' package in it."""

    folder: Path

    def lbp(
        self,
        *arguments: str,
        before: Sequence[str] = (),
        stdout: Any = subprocess.PIPE,
        stderr: Any = subprocess.PIPE,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run the copy's own command line in its folder; `before`: a command that starts it."""
        return subprocess.run(
            [*before, sys.executable, "-m", "exporters.cli", *arguments],
            cwd=self.folder,
            env=self.environment(**environment),
            stdout=stdout,
            stderr=stderr,
            text=True,
            check=False,
        )

    def environment(self, **more: str) -> dict[str, str]:
        return {**plain_environment(), "PYTHONPATH": str(self.folder), **more}

    def edit(self, file: str, old: str, new: str) -> int:
        """Put `new` in the first place of `old`, and return the number of its line."""
        text = (self.folder / file).read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        (self.folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def published(self) -> dict[str, bytes]:
        """Every file of the output folder by its path below it."""
        out = self.folder / "leaflets"
        return {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


@pytest.fixture
def checkout(tmp_path: Path, content: Content) -> Checkout:
    """What `lbp` runs on, copied with its compiled modules; a disc where a drawing is not there yet."""
    for package in ("lbp_content", "exporters", "locales"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(fonts.folder(), tmp_path / fonts.folder().name)
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    figures = tmp_path / TOPIC.relative_to(ROOT) / "figures"
    figures.mkdir(exist_ok=True)
    for name in drawings(content):
        if not (figures / name).exists():
            (figures / name).write_text(DISC, "utf-8")
    return Checkout(tmp_path)
