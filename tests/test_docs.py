"""What the pages for people say is so: commands, options, targets, modules and links; and nothing private got in."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from conftest import ROOT

from exporters import build, cli

PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
PRIVATE = re.compile(
    r"/(?:wor[k]/|roo[t]/\.|hom[e]/)|(?<!emit-)inde[x]-url|pythonhoste[d]|registry\.npmj[s]|\"resolve[d]\""
)


def commands() -> dict[str, argparse.ArgumentParser]:
    actions = cli.parser()._actions
    return next(action.choices for action in actions if isinstance(action, argparse._SubParsersAction))


def options() -> Iterator[str]:
    for command in (cli.parser(), *commands().values()):
        yield from (option for action in command._actions for option in action.option_strings if option != "-h")


def ours() -> Iterator[Path]:
    """Every file that git does not ignore."""
    ignored = [".git", *(ROOT / ".gitignore").read_text("utf-8").replace("/\n", "\n").split()]
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in ignored)]
        yield from (Path(folder, name) for name in files if not any(fnmatch(name, pattern) for pattern in ignored))


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`lbp {command}" in README


@pytest.mark.parametrize("option", sorted(set(options())))
def test_every_option_is_in_the_readme(option: str) -> None:
    assert re.search(rf"{option}\b", README)


@pytest.mark.parametrize("name", build.FORMATS)
def test_every_format_is_in_the_readme(name: str) -> None:
    assert f".{build.FORMATS[name].ending}`" in README


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert set(re.findall(r"\blbp ([a-z]+)", text)) <= commands().keys()
    assert set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", text, re.MULTILINE)) <= TARGETS


def test_help_of_make_names_every_target_for_people() -> None:
    described = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    assert described == TARGETS
    assert {"export", "test", "test-quick", "wheel", "help"} <= described


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_that_are_there(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_architecture_names_every_module_and_none_that_is_not_there() -> None:
    packages = [ROOT / package for package in ("lbp_content", "exporters")]
    modules = {file.name for package in packages for file in package.glob("*.py") if file.name != "__init__.py"}
    folders = {f"{folder.name}/" for package in packages for folder in package.iterdir() if ours_in(folder)}
    named = set(re.findall(r"\b(\w+\.py)\b", ARCHITECTURE))
    assert sorted(modules - named) == []
    assert sorted(name for name in named if not list(ROOT.glob(f"[!.]*/**/{name}"))) == []
    assert sorted(folder for folder in folders if folder not in ARCHITECTURE) == []


def ours_in(folder: Path) -> bool:
    return folder.is_dir() and folder.name != "__pycache__" and any(folder.iterdir())


def test_no_file_names_this_machine_or_a_registry() -> None:
    found = []
    for file in ours():
        text = file.read_bytes().decode("utf-8", "ignore")
        found += [f"{file.relative_to(ROOT)}: {match.group()}" for match in PRIVATE.finditer(text)]
    assert found == []


def test_locks_have_a_hash_for_every_package() -> None:
    for lock in ("export.txt", "test.txt"):
        packages = re.split(r"^(?=\S)", (ROOT / "requirements" / lock).read_text("utf-8"), flags=re.MULTILINE)
        assert [package.split()[0] for package in packages if package and "--hash=sha256:" not in package] == []
