"""Web pages -> every message of the Nu checker: all pages in one call. Never give it a folder or a page of a book."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from exporters.validate.judges import places
from exporters.validate.judges.verdicts import NoVerdict, Verdicts
from lbp_content.finding import Finding, Location

REMEDY = "Mend exporters/templates/ or exporters/styles/, then export again."


def judge(files: Sequence[Path]) -> Verdicts:
    """Its errors, warnings and remarks; for us each of them counts."""
    jar = places.package("vnu-jar") / "build" / "dist" / "vnu.jar"
    pages = [str(file.resolve()) for file in files]
    command = [places.java(), "-jar", str(jar), "--Werror", "--format", "json", "--stdout", *pages]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        messages = json.loads(run.stdout)["messages"]
    except (ValueError, KeyError):
        raise NoVerdict(f"Nu gave no verdict: {(run.stderr or run.stdout).strip()[-300:]}") from None
    if run.returncode and not messages:
        raise NoVerdict(f"Nu ended with {run.returncode} and named no reason.")
    return Verdicts(places.package_version("vnu-jar"), {file: _of(file, messages) for file in files})


def _of(file: Path, messages: Sequence[dict[str, Any]]) -> tuple[Finding, ...]:
    return tuple(_finding(file, one) for one in messages if _path(one) in ("", str(file.resolve())))


def _path(message: dict[str, Any]) -> str:
    """The file that a message is about; empty if it is about the run."""
    return unquote(urlsplit(message.get("url", "")).path)


def _finding(file: Path, message: dict[str, Any]) -> Finding:
    kind = message.get("subType", message["type"])
    return Finding("nu", f"{kind}: {message['message']}", REMEDY, Location(str(file), message.get("lastLine", 0)))
